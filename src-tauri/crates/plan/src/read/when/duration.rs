//! How long: "5 minutes", "2+ minutes", "1h30", "1.5 hours", "half an hour", "20-30 minutes".

use std::sync::LazyLock;

use super::token::{Kind, Reader, Token, any_word, lowered, tokens};
use crate::read::words::{self, WordMap};

/// Units of time and their seconds.
pub(super) const UNITS: [(&[&str], u64); 5] = [
    (
        &[
            "s",
            "sec",
            "secs",
            "second",
            "seconds",
            "sek",
            "sekunde",
            "sekunden",
            "seconde",
            "secondes",
            "segundo",
            "segundos",
            "saniye",
            "сек",
            "секунд",
            "секунды",
            "секунда",
        ],
        1,
    ),
    (
        &[
            "m",
            "min",
            "mins",
            "minute",
            "minutes",
            "minuten",
            "minuto",
            "minutos",
            "dk",
            "dakika",
            "мин",
            "минут",
            "минуты",
            "минута",
        ],
        60,
    ),
    (
        &[
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "std",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "saat",
            "ч",
            "час",
            "часа",
            "часов",
        ],
        3600,
    ),
    (
        &[
            "d", "day", "days", "tag", "tage", "tagen", "jour", "jours", "día", "días", "dia", "dias", "gün", "день",
            "дня", "дней",
        ],
        86_400,
    ),
    (
        &[
            "w",
            "wk",
            "wks",
            "week",
            "weeks",
            "woche",
            "wochen",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "hafta",
            "неделя",
            "недели",
            "недель",
        ],
        604_800,
    ),
];

/// Seconds of a unit of time; `None` where the word is none. `m` counts as minutes.
pub(crate) fn unit_s(word: &str) -> Option<u64> {
    static NAMED: LazyLock<WordMap<u64>> = LazyLock::new(|| named(&UNITS));
    NAMED.get(word).copied()
}

/// Words that stand for a number before a unit.
pub(super) const SMALL_NUMBERS: [(&[&str], u64); 8] = [
    (&["a", "an", "one", "eine", "einer", "einen", "une", "una", "uma", "bir"], 1),
    (&["two", "zwei", "deux", "dos", "dois", "duas", "iki"], 2),
    (&["three", "drei", "trois", "tres", "três", "üç"], 3),
    (&["four"], 4),
    (&["five"], 5),
    (&["ten"], 10),
    (&["fifteen"], 15),
    (&["thirty"], 30),
];

/// The number that a word stands for before a unit: "an hour", "two weeks".
fn small_number(word: &str) -> Option<u64> {
    static NAMED: LazyLock<WordMap<u64>> = LazyLock::new(|| named(&SMALL_NUMBERS));
    NAMED.get(word).copied()
}

fn named(words: &[(&[&'static str], u64)]) -> WordMap<u64> {
    words.iter().flat_map(|(names, number)| names.iter().map(move |name| (*name, *number))).collect()
}

/// What a stretch of words says about a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    /// Seconds, the least where it is a range.
    pub(super) least_s: u64,
    /// Seconds, the most.
    pub(super) most_s: u64,
}

impl Reader<'_> {
    /// A length at this place, and the place after it.
    pub(super) fn length(&mut self) -> Option<Length> {
        let mut place = *self;
        let (amount, unit) = place.amount()?;
        // "20-30 minutes", "1-1.5 hours", "20 min to 1 hour".
        let between = place.until(0);
        let mut end = Reader { at: place.at + between, ..place };
        if between > 0
            && let Some((more, Some(end_unit))) = end.amount()
        {
            let (one, other) = (amount.seconds(unit.unwrap_or(end_unit))?, more.seconds(end_unit)?);
            self.at = end.at;
            return Some(Length { least_s: one.min(other), most_s: one.max(other) });
        }
        let unit_s = unit?;
        let mut sum_s = amount.seconds(unit_s)?;
        // "1h30m", "1 hour 30 minutes", "1h30".
        let mut smaller = unit_s;
        loop {
            let mut next = place;
            if let Some((amount, Some(next_unit))) = next.amount()
                && next_unit < smaller
            {
                sum_s = sum_s.saturating_add(amount.seconds(next_unit)?);
                smaller = next_unit;
                place = next;
            } else if smaller == 3600
                && place.is_joined(0)
                && let Some(minutes) = place.number(0).filter(|minutes| (0..60).contains(minutes))
            {
                sum_s = sum_s.saturating_add(u64::try_from(minutes).ok()? * 60);
                place.at += 1;
                break;
            } else {
                break;
            }
        }
        self.at = place.at;
        Some(Length { least_s: sum_s, most_s: sum_s })
    }

    /// A number with its unit, where it has one: `5 minutes`, `2+ minutes`, `1.5 hours`, `half an hour`, `an hour`.
    fn amount(&mut self) -> Option<(Amount, Option<u64>)> {
        if self.word(0) == Some("half") && matches!(self.word(1), Some("a" | "an")) {
            let unit = self.word(2).and_then(unit_s)?;
            self.at += 3;
            return Some((Amount { thousandths: 500 }, Some(unit)));
        }
        if let Some(number) = self.word(0).and_then(small_number) {
            // "a 5 minute break" is no length of "a".
            let half = usize::from(self.word(1) == Some("half"));
            let unit = self.word(1 + half).and_then(unit_s).filter(|_| self.written(1 + half).chars().count() > 1)?;
            self.at += 2 + half;
            let thousandths = if half > 0 { 500 } else { number * 1000 };
            return Some((Amount { thousandths }, Some(unit)));
        }
        let whole = u64::try_from(self.number(0)?).ok()?;
        let mut taken = 1;
        let mut thousandths = whole * 1000;
        if (self.sign(1, '.') || self.sign(1, ','))
            && self.is_joined(1)
            && self.is_joined(2)
            && let Some(digits) = self.digits(2).filter(|digits| digits.len() <= 3)
        {
            let scale = [100, 10, 1].get(digits.len().checked_sub(1)?).copied()?;
            thousandths += digits.parse::<u64>().ok()? * scale;
            taken = 3;
        } else if self.sign(1, '½') {
            thousandths += 500;
            taken = 2;
        }
        let plus = usize::from(self.sign(taken, '+'));
        let dash = usize::from(plus == 0 && self.sign(taken, '-') && self.word(taken + 1).and_then(unit_s).is_some());
        let unit = self.word(taken + plus + dash).and_then(unit_s);
        self.at += if unit.is_some() { taken + plus + dash + 1 } else { taken };
        Some((Amount { thousandths }, unit))
    }
}

/// A number in thousandths, so that 1.5 is whole.
#[derive(Debug, Clone, Copy)]
struct Amount {
    thousandths: u64,
}

impl Amount {
    fn seconds(self, unit_s: u64) -> Option<u64> {
        Some(self.thousandths.checked_mul(unit_s)? / 1000)
    }
}

/// The first duration of a text in seconds, the longest end of a range: "5 minutes", "2+ minutes", "1h30m", "in 24h".
pub(crate) fn duration_s(text: &str) -> Option<u64> {
    // No length goes without its unit.
    if !any_word(text, |word| unit_s(word).is_some()) {
        return None;
    }
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let mut reader = Reader::new(text, &tokens, None);
    while reader.at < tokens.len() {
        if let Some(length) = reader.length() {
            return Some(length.most_s);
        }
        // What stands behind "0.5" or "P95" belongs to it.
        reader.at += 1;
    }
    None
}

/// The length that a heading plans for what stands below it: a part of its brackets that says nothing else
/// ("(15 minutes)", "(5 % traffic, 12 hours)", "(optional, ~5 min)"), or what follows "Duration:".
pub(crate) fn planned_s(text: &str) -> Option<u64> {
    if let Some((name, value)) = words::labelled(text)
        && is_duration_label(name)
    {
        return whole_s(value).or_else(|| duration_s(value));
    }
    words::inside_brackets(text).flat_map(|inside| inside.split([',', ';', '·', '|'])).find_map(whole_s)
}

/// Whether a label asks for a length: "Duration", "Estimated time".
pub(crate) fn is_duration_label(name: &str) -> bool {
    const LABELS: [&str; 15] = [
        "duration",
        "estimated duration",
        "expected duration",
        "planned duration",
        "total duration",
        "estimated time",
        "time estimate",
        "time needed",
        "time required",
        "dauer",
        "durée",
        "duración",
        "duração",
        "süre",
        "длительность",
    ];
    words::is_one_of(name.trim(), &LABELS)
}

/// The length of words that say nothing but a length.
fn whole_s(text: &str) -> Option<u64> {
    if !any_word(text, |word| unit_s(word).is_some()) {
        return None;
    }
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let mut reader = Reader::new(text, &tokens, None);
    while let Some(Token { kind, .. }) = reader.peek(0) {
        let is_filling = match kind {
            Kind::Sign(sign) => matches!(sign, '~' | '≈'),
            Kind::Word(word) => matches!(
                word.as_ref(),
                "about"
                    | "approx"
                    | "approximately"
                    | "around"
                    | "ca"
                    | "circa"
                    | "est"
                    | "estimated"
                    | "takes"
                    | "for"
                    | "monitor"
                    | "watch"
                    | "izleme"
            ),
            Kind::Number(_) => false,
        };
        if !is_filling {
            break;
        }
        reader.at += 1;
        if reader.sign(0, '.') {
            reader.at += 1;
        }
    }
    let length = reader.length()?;
    while reader.sign(0, '.') || matches!(reader.word(0), Some("each" | "total" | "max" | "long")) {
        reader.at += 1;
    }
    (reader.at == tokens.len()).then_some(length.most_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration_s("Hold for 5 minutes"), Some(300));
        assert_eq!(duration_s("Pod healthy (2+ minutes)"), Some(120));
        assert_eq!(duration_s("Within 15 minutes"), Some(900));
        assert_eq!(duration_s("1h30m"), Some(5400));
        assert_eq!(duration_s("first 24h"), Some(86_400));
        assert_eq!(duration_s("all pods"), None);
        assert_eq!(duration_s("P95 latency <200ms"), None);
        assert_eq!(duration_s("a 15-minute hold"), Some(900));
    }

    #[test]
    fn durations_as_people_say_them() {
        for (text, expected) in [
            ("half an hour", 1800),
            ("wait an hour", 3600),
            ("a day", 86_400),
            ("1h30", 5400),
            ("90s", 90),
            ("1.5 hours", 5400),
            ("1,5 Stunden", 5400),
            ("20-30 minutes", 1800),
            ("1–1.5 hours", 5400),
            ("20 min to 1 hour", 3600),
            ("30 Minuten", 1800),
            ("10 минут", 600),
            ("30dk", 1800),
            ("2 часа", 7200),
            ("une heure", 3600),
            ("2 hours 15 minutes", 8100),
        ] {
            assert_eq!(duration_s(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_heading_plans_a_length_only_where_brackets_say_nothing_else() {
        for (text, expected) in [
            ("Step 1: Ship (15 minutes)", Some(900)),
            ("Canary (5 % traffic, 12 Hours)", Some(43_200)),
            ("Load test (optional, ~5 min)", Some(300)),
            ("Prepare (2-3 hours)", Some(10_800)),
            ("Estimated Duration: 3-4 hours (with the way back)", Some(14_400)),
            ("Quick rollback (Within 15 minutes)", None),
            ("Switch off (< 2 minutes)", None),
            ("Prepare (2-3 hours before)", None),
            ("First 24 hours (Critical)", None),
            ("Check (7:30-8:00 AM)", None),
        ] {
            assert_eq!(planned_s(text), expected, "{text}");
        }
    }
}
