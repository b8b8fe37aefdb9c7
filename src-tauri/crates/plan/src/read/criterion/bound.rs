//! Bounds: a comparator with its number, a range, a count of all, "zero".

use super::compare::{self, Comparator};
use super::number::spoken;
use super::unit;
use crate::model::{Operator, Unit};

/// A bound, and where in the text it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bound {
    pub(super) op: Operator,
    pub(super) value: f64,
    pub(super) high: Option<f64>,
    pub(super) unit: Unit,
    /// The unit as written; `None` where none was.
    pub(super) unit_name: Option<&'static str>,
    pub(super) start: usize,
    pub(super) end: usize,
    /// It is one only for a metric that the vocabulary knows.
    pub(super) is_weak: bool,
    /// "Zero errors", "0 crashes in 12h": it names itself what it counts.
    pub(super) is_zero_of: bool,
    /// "3 of 5": how many there are.
    pub(super) of: Option<f64>,
}

/// A number with its unit, and the length of both.
struct Amount {
    value: f64,
    unit: Unit,
    unit_name: Option<&'static str>,
    length: usize,
}

/// What is counted to be none ("no errors"), in the plural or as one word.
const COUNTED: [&str; 34] = [
    "events",
    "errors",
    "5xx",
    "5xxs",
    "4xx",
    "restarts",
    "crashes",
    "crashloops",
    "failures",
    "alerts",
    "alarms",
    "incidents",
    "timeouts",
    "exceptions",
    "oomkills",
    "panics",
    "regressions",
    "warnings",
    "issues",
    "bugs",
    "tickets",
    "vulnerabilities",
    "findings",
    "defects",
    "blockers",
    "complaints",
    "fehler",
    "errores",
    "erreurs",
    "erros",
    "ошибок",
    "hata",
    "drops",
    "deadlocks",
];
/// What a running system counts by itself, so that a plain "no" before it is a number and no figure of speech.
const MEASURED: [&str; 15] = [
    "errors",
    "5xx",
    "5xxs",
    "restarts",
    "crashes",
    "crashloops",
    "timeouts",
    "exceptions",
    "oomkills",
    "panics",
    "fehler",
    "errores",
    "erreurs",
    "erros",
    "ошибок",
];

/// All bounds of a text in lower case, from left to right.
pub(super) fn bounds(lower: &str) -> impl Iterator<Item = Bound> {
    let mut places = lower.char_indices();
    let (mut skip_to, mut is_inside) = (0, false);
    std::iter::from_fn(move || {
        for (at, character) in places.by_ref() {
            let is_letter = character.is_alphabetic();
            let goes_on = is_inside && is_letter;
            is_inside = is_letter || character.is_alphanumeric();
            // Nothing is compared in the middle of a word, nor by a blank.
            if at < skip_to || goes_on || character == ' ' {
                continue;
            }
            let rest = lower.get(at..).unwrap_or("");
            let head = lower.get(..at).unwrap_or("");
            let bound = if character.is_ascii_digit() {
                of_number(rest, head)
            } else if !is_letter && !compare::is_sign(character) {
                None
            } else {
                compared(rest, head)
                    .or_else(|| {
                        matches!(character, 'b' | 'z' | 'e' | 'f' | 'о' | 'd').then(|| between(rest, head)).flatten()
                    })
                    .or_else(|| {
                        let may_be_none = matches!(character, 'z' | 'n' | 's' | 'н' | 'w' | 'k' | 'o' | 'a' | 'б');
                        may_be_none.then(|| none_of(rest, head)).flatten()
                    })
            };
            if let Some(mut bound) = bound {
                bound.start += at;
                bound.end += at;
                skip_to = bound.end.max(at + 1);
                return Some(bound);
            }
            if character.is_ascii_digit() {
                // The digits of one number are not looked at one by one.
                skip_to = at + rest.find(|next: char| !next.is_ascii_digit()).unwrap_or(rest.len());
            }
        }
        None
    })
}

fn amount(text: &str) -> Option<Amount> {
    // "%5" is how Turkish writes a percentage.
    if let Some((value, taken)) = text.strip_prefix('%').and_then(spoken) {
        return Some(Amount { value, unit: Unit::Percent, unit_name: Some("%"), length: 1 + taken });
    }
    let (value, taken) = spoken(text)?;
    let after = text.get(taken..).unwrap_or("");
    let found = unit::unit(after);
    // "> 2FA", "> 5th", "2x": a number that goes on as a word is none.
    if found.is_none() && after.starts_with(char::is_alphabetic) {
        return None;
    }
    let (unit, factor, length, name) =
        found.map_or((Unit::Count, 1.0, 0, None), |(unit, factor, length, name)| (unit, factor, length, Some(name)));
    // "10k rps", "5 million requests/s": the rate's name belongs to it.
    let more = after
        .get(length..)
        .and_then(|rest| unit::unit(rest).filter(|(more, ..)| matches!((unit, more), (Unit::Count, Unit::Count))));
    let length = length + more.map_or(0, |(_, _, more, _)| more);
    Some(Amount { value: value * factor, unit, unit_name: name, length: taken + length })
}

fn bound(op: Operator, amount: &Amount, end: usize) -> Bound {
    Bound {
        op,
        value: amount.value,
        high: None,
        unit: amount.unit,
        unit_name: amount.unit_name,
        start: 0,
        end,
        is_weak: false,
        is_zero_of: false,
        of: None,
    }
}

/// "< 200 ms", "no more than 3", "at least 3 of 5".
fn compared(rest: &str, head: &str) -> Option<Bound> {
    let Comparator { op, length, is_weak, is_sign } = compare::comparator(rest, head)?;
    let tail = rest.get(length..)?;
    let body = tail.trim_start();
    let start = length + tail.len() - body.len();
    // The price of something, or an amount with a sign, is still an amount.
    let amount = amount(body)?;
    let mut end = start + amount.length;
    let after = rest.get(end..).unwrap_or("");
    let of = of_all(after).filter(|_| amount.unit_name.is_none());
    end += of.map_or(0, |(_, length)| length);
    // A date or a path is no amount.
    let goes_on = rest.get(end..).is_some_and(|after| {
        after.starts_with('/')
            && after.get(1..).is_some_and(|next| next.starts_with(|next: char| next.is_ascii_digit()))
    });
    if goes_on && of.is_none() && amount.unit_name.is_none() {
        return None;
    }
    let is_weak = is_weak && !(is_sign && amount.unit_name.is_some());
    Some(Bound { is_weak, of: of.map(|(all, _)| all), ..bound(op, &amount, end) })
}

/// " of 5", "/5", " out of 5": how many there are, and the length.
fn of_all(after: &str) -> Option<(f64, usize)> {
    let sign =
        ["/", " of ", " out of ", " von ", " de ", " sur ", " из "].into_iter().find(|sign| after.starts_with(sign))?;
    let (all, taken) = spoken(after.get(sign.len()..)?)?;
    let end = sign.len() + taken;
    let ends = !after.get(end..)?.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '/' | '.' | '%'));
    (ends && all.fract() == 0.0).then_some((all, end))
}

/// "between 10 and 20 %", "zwischen 10 und 20 %", "from 10 to 20 ms".
fn between(rest: &str, head: &str) -> Option<Bound> {
    if head.ends_with(char::is_alphanumeric) {
        return None;
    }
    const OPENING: [&str; 6] = ["between ", "zwischen ", "entre ", "from ", "от ", "de "];
    const MIDDLE: [&str; 12] = ["and ", "to ", "und ", "bis ", "y ", "e ", "et ", "à ", "a ", "до ", "и ", "- "];
    let opening = OPENING.into_iter().find(|word| rest.starts_with(word))?;
    let low = amount(rest.get(opening.len()..)?)?;
    let first_end = opening.len() + low.length;
    let tail = rest.get(first_end..)?;
    let body = tail.trim_start();
    let middle = MIDDLE.into_iter().find(|word| body.starts_with(word))?;
    let high = amount(body.get(middle.len()..)?)?;
    let end = first_end + (tail.len() - body.len()) + middle.len() + high.length;
    spanned(&low, &high, 0, end)
}

/// Two amounts as a range; the first takes the second's unit where it has none.
fn spanned(low: &Amount, high: &Amount, start: usize, end: usize) -> Option<Bound> {
    let name = high.unit_name?;
    let factor = unit::unit(name).map_or(1.0, |(_, factor, ..)| factor);
    let value = if low.unit_name.is_some() { low.value } else { low.value * factor };
    let is_of_one_kind = low.unit_name.is_none() || low.unit == high.unit;
    (is_of_one_kind && high.value > value).then(|| Bound {
        high: Some(high.value),
        value,
        start,
        ..bound(Operator::Between, high, end)
    })
}

/// What says that there is none; whether it is a number.
pub(super) const NONE: [(&str, bool); 14] = [
    ("zero ", true),
    ("null ", true),
    ("sıfır ", true),
    ("ноль ", true),
    ("no ", false),
    ("without ", false),
    ("keine ", false),
    ("ohne ", false),
    ("sin ", false),
    ("aucune ", false),
    ("sans ", false),
    ("sem ", false),
    ("нет ", false),
    ("без ", false),
];

/// "zero errors", "no 5xx", "keine Fehler".
fn none_of(rest: &str, head: &str) -> Option<Bound> {
    if head.ends_with(|before: char| before.is_alphanumeric() || matches!(before, '-' | '_' | '\'')) {
        return None;
    }
    let first = rest.as_bytes().first();
    let is_here = |word: &str| word.as_bytes().first() == first && rest.starts_with(word);
    let (word, is_number) = NONE.iter().copied().find(|(word, _)| is_here(word))?;
    let behind = rest.get(word.len()..)?;
    let is_whole =
        || word == "no " && head.is_empty() && counted(behind, &COUNTED).is_some_and(|end| ends(behind, end));
    let length = counted(behind, if is_number || is_whole() { &COUNTED } else { &MEASURED })?;
    let none = Amount { value: 0.0, unit: Unit::Count, unit_name: None, length };
    Some(Bound { is_zero_of: true, ..bound(Operator::Equal, &none, word.len() - 1) })
}

/// Whether "no failures" is all that a line says, but for how they would be known.
fn ends(text: &str, end: usize) -> bool {
    const KNOWN: [&str; 18] = [
        "triggered",
        "detected",
        "found",
        "open",
        "created",
        "observed",
        "reported",
        "logged",
        "fired",
        "firing",
        "active",
        "left",
        "pending",
        "outstanding",
        "introduced",
        "visible",
        "in",
        "during",
    ];
    let next = text.get(end..).and_then(|rest| rest.split_whitespace().next());
    next.is_none_or(|next| KNOWN.contains(&next.trim_end_matches(['.', ','])))
}

/// "All 5 smoke tests pass": as many as there are, where a verb says what they do.
fn is_all(head: &str, after: &str) -> bool {
    const DO: [&str; 22] = [
        "pass",
        "passes",
        "passed",
        "passing",
        "exist",
        "exists",
        "tested",
        "running",
        "healthy",
        "ready",
        "green",
        "succeed",
        "succeeded",
        "complete",
        "completed",
        "respond",
        "online",
        "present",
        "work",
        "working",
        "up",
        "verified",
    ];
    let last = head.trim_end().rsplit(' ').next().unwrap_or("");
    let mut behind = after.split_whitespace().take(7);
    matches!(last, "all" | "alle" | "todos" | "todas" | "все" | "tüm")
        && after.starts_with(' ')
        && !head.contains('[')
        // "All 5 hosts: up / down" asks which.
        && !after.contains(" / ")
        && behind.any(|word| DO.contains(&word.trim_end_matches(['.', ',', ':', ';'])))
}

/// The length up to the end of the noun that is counted, within the first words of a text.
fn counted(text: &str, nouns: &[&str]) -> Option<usize> {
    let mut end = 0;
    for word in text.split(' ').take(4) {
        end += word.len();
        let noun = word.trim_end_matches([',', '.', ';', ':', ')']);
        if nouns.contains(&noun) {
            return Some(end);
        }
        if noun.len() < word.len() {
            return None;
        }
        end += 1;
    }
    None
}

/// A bound that begins with a number: a range, a count of all, "0 critical issues", `name: 0`, "3 or more".
fn of_number(rest: &str, head: &str) -> Option<Bound> {
    let before = head.chars().next_back();
    if before.is_some_and(|before| {
        before.is_alphanumeric() || matches!(before, '.' | ',' | '-' | '/' | ':' | '_' | '#' | '$' | '+')
    }) {
        return None;
    }
    let first = amount(rest)?;
    let after = rest.get(first.length..).unwrap_or("");
    let gap = after.trim_start();
    let separator = ["-", "–", "—", "to ", "..", "…", "bis ", "до "].into_iter().find(|sign| gap.starts_with(sign));
    if let Some(separator) = separator {
        let tail = gap.get(separator.len()..).unwrap_or("").trim_start();
        let second = amount(tail)?;
        // Without a unit it may be a date or a list of numbers; a stretch of time is no measurement by itself.
        let end = rest.len() - tail.len() + second.length;
        return spanned(&first, &second, 0, end).filter(|bound| bound.unit != Unit::S || second.unit_name == Some("s"));
    }
    if let Some((op, length)) = compare::behind(after) {
        return Some(Bound { is_weak: first.unit == Unit::S, ..bound(op, &first, first.length + length) });
    }
    if let Some(more) = after.strip_prefix('+').filter(|_| first.unit_name.is_none()) {
        // "3+ restarts"; "1.20+" is a version and "2+ minutes" a duration.
        let is_count = first.value.fract() == 0.0 && more.starts_with(' ') && unit::unit(more).is_none();
        return is_count.then(|| Bound { is_weak: true, ..bound(Operator::AtLeast, &first, first.length + 1) });
    }
    if first.unit_name.is_none() && after.starts_with('/') {
        let (all, length) = of_all(after)?;
        let whole = first.value.fract() == 0.0 && first.value == all;
        return whole.then(|| bound(Operator::Equal, &first, first.length + length));
    }
    let head = head.trim_end();
    // "0.1 Get ready" and "0.0 State" are numbers of sections.
    let is_zero_of = rest.starts_with("0 ")
        && first.unit_name.is_none()
        && after.strip_prefix(' ').is_some_and(|noun| head.is_empty() || counted(noun, &COUNTED).is_some());
    if first.unit_name.is_none() && first.value.fract() == 0.0 && first.value > 1.0 && is_all(head, after) {
        return Some(bound(Operator::Equal, &first, first.length));
    }
    let is_value_of = head.ends_with(':') && first.unit_name.is_none() && after.trim().is_empty();
    (is_zero_of || is_value_of).then(|| Bound { is_zero_of, ..bound(Operator::Equal, &first, first.length) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let said: Vec<String> = bounds(&text.to_lowercase())
            .map(|found| {
                let high = found.high.map_or(String::new(), |high| format!("..{high}"));
                let of = found.of.map_or(String::new(), |of| format!(" of {of}"));
                let weak = if found.is_weak { " weak" } else { "" };
                format!("{:?} {}{high}{of} {:?}{weak}", found.op, found.value, found.unit)
            })
            .collect();
        assert_eq!(said.join("; "), expected, "{text}");
    }

    #[test]
    fn bounds_as_people_write_them() {
        check("no more than 3 restarts", "AtMost 3 Count");
        check("at least 3 of 5 nodes", "AtLeast 3 of 5 Count");
        check("between 10 and 20 %", "Between 10..20 Percent");
        check("zwischen 1 und 2 s", "Between 1..2 S");
        check("0,5 % bis 1 %", "Between 0.5..1 Percent");
        check("> 10 000 rows", "Above 10000 Count");
        check("≥ 99,95 %", "AtLeast 99.95 Percent");
        check("> %5", "Above 5 Percent");
        check("p95 < 200 ms, errors < 1 %", "Below 200 Ms; Below 1 Percent");
        check("zero critical bugs", "Equal 0 Count");
        check("no 5xx", "Equal 0 Count");
        check("no critical issues", "Equal 0 Count");
        check("no critical alerts triggered", "Equal 0 Count");
        check("there are no critical issues", "");
        check("no issues to speak of", "");
        check("all 5 smoke tests pass", "Equal 5 Count");
        check("all 20 tables", "");
        check("all 5 hosts: up / down", "");
        check("delete all 20 tables that exist", "Equal 20 Count");
        check("at least 10k rps", "AtLeast 10000 Count");
        check("200 ms or less", "AtMost 200 Ms");
        check("3+ restarts", "AtLeast 3 Count weak");
        check("within 500 ms", "AtMost 500 Ms weak");
        check("rows>5", "Above 5 Count weak");
        check("rate>5%", "Above 5 Percent");
    }

    #[test]
    fn what_is_no_bound() {
        for text in [
            "settings > 2fa",
            "2>&1",
            "echo a > file",
            "<VERSION>",
            "24/7",
            "3.13.x",
            "1.20+",
            "2+ minutes",
            "jan 15-20",
            "+1 555 0100",
            "1/2 done",
            "0.0 current state",
            "zero downtime deploy",
            "10-12 people",
            "7:30-8:00 am",
            "no need to call",
            "> 5/12/2026",
        ] {
            check(text, "");
        }
    }
}
