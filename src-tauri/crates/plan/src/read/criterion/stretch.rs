//! Stretches of time inside a condition: how long it must hold, and over which time it counts.

use std::sync::LazyLock;

use smallvec::SmallVec;

use super::compare;
use super::number::spoken;
use super::unit;
use crate::read::words::WordSet;

/// What a clause says about time besides its bound.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Stretches {
    pub(super) for_s: Option<u64>,
    pub(super) window_s: Option<u64>,
    /// Where that stands, so that it is read neither as a bound nor as part of a name.
    pub(super) spans: SmallVec<[(usize, usize); 2]>,
}

/// What opens a stretch for which something must hold.
const FOR: [&str; 13] = [
    "for",
    "lasting",
    "sustained",
    "für",
    "seit",
    "lang",
    "durante",
    "pendant",
    "por",
    "в течение",
    "дольше",
    "during",
    "throughout",
];
/// What opens a stretch over which something counts.
const OVER: [&str; 11] =
    ["over", "in", "within", "across", "per", "every", "innerhalb von", "en", "em", "за", "during"];
/// What may stand between the opening word and the number.
const BETWEEN: [&str; 25] = [
    "more than ",
    "longer than ",
    "at least ",
    "at most ",
    "less than ",
    "over ",
    "about ",
    "approximately ",
    "the ",
    "a ",
    "any ",
    "first ",
    "last ",
    "past ",
    "next ",
    "for ",
    "más de ",
    "mehr als ",
    "mindestens ",
    "plus de ",
    "mais de ",
    "más ",
    "> ",
    ">",
    "≥ ",
];

/// The stretches of a clause in lower case.
pub(super) fn stretches(lower: &str) -> Stretches {
    let mut found = Stretches::default();
    let mut is_inside = false;
    let mut skip_to = 0;
    for (at, character) in lower.char_indices() {
        let starts_word = !is_inside;
        is_inside = character.is_alphanumeric();
        // Nothing begins by a blank, nor in the middle of a word.
        if at < skip_to || character == ' ' || !starts_word && character != '/' {
            continue;
        }
        let rest = lower.get(at..).unwrap_or("");
        let read = if character == '/' {
            slash(rest, lower.get(..at).unwrap_or("")).map(|(seconds, length)| (false, seconds, length))
        } else if character.is_ascii_digit() {
            averaged(rest)
        } else if character.is_alphabetic() {
            opened(rest)
        } else {
            None
        };
        let Some((is_for, seconds, length)) = read else { continue };
        let slot = if is_for { &mut found.for_s } else { &mut found.window_s };
        slot.get_or_insert(seconds);
        found.spans.push((at, at + length));
        skip_to = at + length;
    }
    found
}

/// The first words of what opens a stretch, of which most words are none.
static OPENING: LazyLock<WordSet> = LazyLock::new(|| {
    let words = ["first", "last", "past"].into_iter().chain(FOR).chain(OVER);
    words.filter_map(|words| words.split(' ').next()).collect()
});

/// "for more than 5 minutes", "over the last 10 min", "in 5min", "per hour", "first hour".
fn opened(rest: &str) -> Option<(bool, u64, usize)> {
    if !OPENING.opens(rest) {
        return None;
    }
    let word = |words: &[&'static str]| {
        words.iter().find_map(|word| {
            let after = rest.strip_prefix(word)?;
            after.starts_with(char::is_whitespace).then_some(word.len())
        })
    };
    if let Some(length) = word(&["first", "last", "past"]) {
        let (seconds, taken) = stretch(rest.get(length..)?, true)?;
        return Some((false, seconds, length + taken));
    }
    if let Some(length) = word(&FOR) {
        let (seconds, taken) = stretch(rest.get(length..)?, false)?;
        let is_window = rest.get(length..length + taken)?.contains("first ");
        return Some((!is_window, seconds, length + taken));
    }
    let length = word(&OVER)?;
    let may_be_bare =
        rest.starts_with("per ") || rest.get(length..)?.trim_start().starts_with(['a', 'f', 'l', 'p', 't']);
    let tail = rest.get(length..)?;
    // "over 5 minutes" may be a bound; whoever reads bounds decides. "in less than 30 min" is one.
    let compares = compare::comparator(tail.trim_start(), " ").is_some();
    let (seconds, taken) = if compares { None } else { stretch(tail, may_be_bare) }?;
    Some((false, seconds, length + taken))
}

/// Filling words and a duration; `is_bare` allows a unit alone ("hour").
fn stretch(text: &str, is_bare: bool) -> Option<(u64, usize)> {
    let mut rest = text.trim_start();
    for _ in 0..3 {
        let Some(after) = BETWEEN.into_iter().find_map(|filling| rest.strip_prefix(filling)) else { break };
        rest = after;
    }
    let start = text.len() - rest.len();
    if let Some((seconds, length)) = duration(rest) {
        return Some((seconds, start + length));
    }
    if !is_bare {
        return None;
    }
    let (factor, length) = unit::time(rest)?;
    // "per s" is part of a rate's name.
    let is_long = factor >= 60.0 && length > 1;
    is_long.then(|| (whole(factor), start + length))
}

/// "5-minute average", "10 min moving average", "24h boyunca".
fn averaged(rest: &str) -> Option<(bool, u64, usize)> {
    let (seconds, length) = duration(rest)?;
    let tail = rest.get(length..)?;
    let after = tail.trim_start_matches([' ', '-', '(', ')']);
    let skipped = tail.len() - after.len();
    for (word, is_for) in [
        ("average", false),
        ("avg", false),
        ("mean", false),
        ("moving average", false),
        ("rolling", false),
        ("window", false),
        ("boyunca", true),
        ("lang", true),
    ] {
        if after.strip_prefix(word).is_some_and(|end| !end.starts_with(char::is_alphanumeric)) {
            return Some((is_for, seconds, length + skipped + word.len()));
        }
    }
    None
}

/// "errors/24h", "10/min".
fn slash(rest: &str, head: &str) -> Option<(u64, usize)> {
    let is_glued = head.chars().next_back().is_some_and(char::is_alphanumeric);
    let body = rest.get(1..)?;
    if !is_glued {
        return None;
    }
    if let Some((seconds, length)) = duration(body) {
        return Some((seconds, length + 1));
    }
    let (factor, length) = unit::time(body)?;
    (factor >= 60.0 && !body.starts_with(' ')).then(|| (whole(factor), length + 1))
}

/// A duration that a text begins with: "5 minutes", "2+ minutes", "5-minute", "1h30m", "24hrs".
pub(super) fn duration(text: &str) -> Option<(u64, usize)> {
    let mut total = 0.0;
    let mut smallest = f64::INFINITY;
    let mut end = 0;
    loop {
        let tail = text.get(end..)?;
        let blanks = tail.len() - tail.trim_start().len();
        let blanks = if end == 0 { 0 } else { blanks };
        let Some((number, taken)) = tail.get(blanks..).and_then(spoken) else { break };
        let after = tail.get(blanks + taken..).unwrap_or("");
        let sign = after.len() - after.strip_prefix(['+', '-']).unwrap_or(after).len();
        let Some((factor, length)) = after.get(sign..).and_then(time) else { break };
        if factor >= smallest {
            break;
        }
        smallest = factor;
        total += number * factor;
        end += blanks + taken + sign + length;
    }
    (end > 0).then(|| (whole(total), end))
}

/// A unit of time that may be followed by a smaller one at once ("1h30m").
fn time(text: &str) -> Option<(f64, usize)> {
    let body = text.strip_prefix(' ').unwrap_or(text);
    let end = body.find(|next: char| !next.is_alphabetic()).unwrap_or(body.len());
    let next_is_digit = body.get(end..).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    let found = if next_is_digit { unit::time(body.get(..end)?) } else { unit::time(body) };
    found.map(|(factor, length)| (factor, length + text.len() - body.len()))
}

/// Whole seconds of a number that is not negative.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float is cut at the ends of u64, which no duration reaches"
)]
fn whole(seconds: f64) -> u64 {
    seconds.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_told_from_bounds() {
        let read = |text: &str| {
            let found = stretches(text);
            (found.for_s, found.window_s)
        };
        assert_eq!(read("above 5 % for 10 minutes"), (Some(600), None));
        assert_eq!(read("> 5% for more than 5 minutes"), (Some(300), None));
        assert_eq!(read("> 5 in 5min"), (None, Some(300)));
        assert_eq!(read("over the last 10 min"), (None, Some(600)));
        assert_eq!(read("5-minute average above 2"), (None, Some(300)));
        assert_eq!(read("sustained 24hrs"), (Some(86_400), None));
        assert_eq!(read("50 errors/24h"), (None, Some(86_400)));
        assert_eq!(read("3 restarts per hour"), (None, Some(3600)));
        assert_eq!(read("3 restarts/hour"), (None, Some(3600)));
        assert_eq!(read("1,200 requests/s"), (None, None));
        assert_eq!(read("restore in < 30 min"), (None, None));
        assert_eq!(read("restore in less than 30 min"), (None, None));
        assert_eq!(read("24h boyunca p95 < 1200ms"), (Some(86_400), None));
        assert_eq!(read("in first 24h"), (None, Some(86_400)));
        assert_eq!(read("for the first hour"), (None, Some(3600)));
        assert_eq!(duration("1h30m"), Some((5400, 5)));
    }
}
