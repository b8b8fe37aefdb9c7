//! Numbers, spans and limits as a person reads them.

use plan::Criterion;

pub(crate) use room::measure::{capitalised, length, name as criterion_name, written as number};

/// A criterion's bound: `< 200 ms`, `10 – 20 %`, `= 0`; empty where the text gives no number.
pub(crate) fn limit(criterion: &Criterion) -> String {
    room::measure::bound(criterion).unwrap_or_default()
}

/// A length in minutes and seconds, with hours where there are any: `05:00`, `1:30:00`.
pub(crate) fn stopwatch(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes:02}:{rest:02}"),
        _ => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

/// Like [`stopwatch`], but in whole days from two days on: nobody counts hours then.
pub(crate) fn stopwatch_or_days(seconds: u64) -> String {
    match seconds {
        long if long >= 48 * 3600 => format!("{} days", long / 86_400),
        seconds => stopwatch(seconds),
    }
}

/// Like [`length`], but in days from one day on: dates move by days.
pub(crate) fn days_and_length(seconds: u64) -> String {
    const DAY: u64 = 86_400;
    let days = counted(usize::try_from(seconds / DAY).unwrap_or(usize::MAX), "day", "days");
    match (seconds / DAY, seconds % DAY) {
        (0, rest) => length(rest),
        (_, 0) => days,
        (_, rest) => format!("{days} {}", length(rest)),
    }
}

/// `1 box`, `3 boxes`, `40,001 events`.
pub(crate) fn counted(amount: usize, one: &str, many: &str) -> String {
    match amount {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(u64::try_from(amount).unwrap_or(u64::MAX))),
    }
}

/// `420,000`: a number that is too long to be counted by eye.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// A count for the wire, where every number fits into a double.
pub(crate) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use plan::{Operator, Unit};

    use super::*;

    fn bound(op: Operator, value: f64, high: Option<f64>, unit: Option<Unit>) -> String {
        let mut criterion = super::super::sample::criterion("x");
        criterion.op = Some(op);
        criterion.value = Some(value);
        criterion.high = high;
        criterion.unit = unit;
        limit(&criterion)
    }

    #[test]
    fn limits_read_as_people_write_them() {
        assert_eq!(bound(Operator::Below, 200.0, None, Some(Unit::Ms)), "< 200 ms");
        assert_eq!(bound(Operator::Between, 10.0, Some(20.0), Some(Unit::Percent)), "10 – 20 %");
        assert_eq!(bound(Operator::Equal, 0.0, None, Some(Unit::Count)), "= 0");
        assert_eq!(bound(Operator::AtLeast, 3.0, None, None), "≥ 3");
        assert_eq!(bound(Operator::Below, 0.1, None, Some(Unit::Percent)), "< 0.1 %");
        assert_eq!(bound(Operator::AtMost, 0.1 + 0.2, None, None), "≤ 0.3");
        assert_eq!(bound(Operator::Below, 900.0, None, Some(Unit::S)), "< 15 min");
        assert_eq!(bound(Operator::Below, 0.5, None, Some(Unit::S)), "< 0.5 s");
        assert_eq!(limit(&super::super::sample::criterion("normal")), "");
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        let all: Vec<_> = [0, 45, 60, 90, 120, 5400, 86_400, 604_800, 270_000].map(length).to_vec();
        assert_eq!(all, ["0 s", "45 s", "1 min", "90 s", "2 min", "1 h 30 min", "24 h", "7 days", "3 days 3 h"]);
        assert_eq!([300, 5400].map(stopwatch), ["05:00", "1:30:00"]);
    }

    #[test]
    fn a_name_does_not_say_the_limit_again() {
        let name = |text: &str| {
            let mut criterion = super::super::sample::criterion(text);
            criterion.value = Some(90.0);
            criterion_name(&criterion)
        };
        let texts = [
            "Failed Requests: 0",
            ">90% pass rate",
            "Queue depth < 100",
            "Latency <200ms P95",
            "Back in (target: <15 min)",
        ];
        let names = ["Failed Requests", "Pass rate", "Queue depth", "Latency <200ms P95", "Back in"];
        assert_eq!(texts.map(name), names);
        assert_eq!(criterion_name(&super::super::sample::criterion("Status: 0 or so")), "Status: 0 or so");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(listed(&["name", "phone", "mail"]), "name, phone and mail");
        assert_eq!(listed(&["name"]), "name");
    }
}
