//! Values as a person reads them, and from one unit into another.

use plan::{Criterion, Operator, Unit, Value};

/// A number without needless digits: `200`, `0.1`, `-3`; `infinite` for what has no bound.
#[must_use]
pub fn number(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "infinite".to_owned() } else { "minus infinite".to_owned() };
    }
    let size = value.abs();
    // As many digits as tell two readings apart, and not more than a person takes in.
    let digits = if size >= 100.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 0.1 || size == 0.0 {
        2
    } else {
        4
    };
    let scale = 10_f64.powi(digits);
    // Adding zero turns minus nought into nought.
    format!("{}", (value * scale).round() / scale + 0.0)
}

/// A number as it stands in the text, without needless digits: a bound of 99.95 is not one of 100.
#[must_use]
pub fn written(value: f64) -> String {
    // Adding zero turns minus nought into nought.
    format!("{}", (value * 1e6).round() / 1e6 + 0.0)
}

/// A unit's sign; empty where it has none.
#[must_use]
pub fn sign(unit: Option<Unit>) -> &'static str {
    match unit {
        Some(Unit::Percent) => "%",
        Some(Unit::S) => "s",
        Some(Unit::Ms) => "ms",
        Some(Unit::Bytes) => "bytes",
        Some(Unit::Cores) => "cores",
        Some(Unit::Ratio | Unit::Count) | None => "",
    }
}

/// "612 ms".
#[must_use]
pub fn with_unit(value: f64, unit: Option<Unit>) -> String {
    with_sign(number(value), unit)
}

fn with_sign(amount: String, unit: Option<Unit>) -> String {
    match sign(unit) {
        "" => amount,
        word => format!("{amount} {word}"),
    }
}

/// A length as people say it: `90 s`, `2 min`, `24 h`, `7 days`, `1 h 30 min`.
#[must_use]
pub fn length(seconds: u64) -> String {
    const DAY: u64 = 86_400;
    // Up to two days people count hours ("the first 24 hours").
    if seconds > 2 * DAY && seconds.is_multiple_of(DAY) {
        return format!("{} days", seconds / DAY);
    }
    if seconds < 120 && !seconds.is_multiple_of(60) {
        return format!("{seconds} s");
    }
    let days = if seconds > 2 * DAY { seconds / DAY } else { 0 };
    let inside = seconds - days * DAY;
    let parts = [
        (days, if days == 1 { "day" } else { "days" }),
        (inside / 3600, "h"),
        (inside / 60 % 60, "min"),
        (inside % 60, "s"),
    ];
    let words: Vec<_> =
        parts.into_iter().filter(|(amount, _)| *amount > 0).map(|(amount, word)| format!("{amount} {word}")).collect();
    if words.is_empty() { "0 s".to_owned() } else { words.join(" ") }
}

/// A value in the unit that people say it in: a ratio as percent, seconds below ten as milliseconds.
#[must_use]
pub fn spoken(value: f64, unit: Unit) -> (f64, Unit) {
    match unit {
        Unit::Ratio => (value * 100.0, Unit::Percent),
        Unit::S if value.abs() < 10.0 => (value * 1000.0, Unit::Ms),
        other => (value, other),
    }
}

/// "0.0021 = 0.21 %": what came, and what it means.
#[must_use]
pub fn shown(value: f64, unit: Unit) -> String {
    let (spoken, spoken_unit) = spoken(value, unit);
    format!("{value} = {}", with_unit(spoken, Some(spoken_unit)))
}

/// A value of one unit in another; `None` where they measure different things. A criterion without a unit takes the
/// number as it is.
#[must_use]
pub fn converted(value: f64, from: Unit, to: Option<Unit>) -> Option<f64> {
    match to {
        None => Some(value),
        Some(to) => Value { number: value, unit: Some(from) }.in_unit(to),
    }
}

/// An operator's sign; `None` for what lies between two bounds.
#[must_use]
pub fn operator(op: Operator) -> Option<&'static str> {
    match op {
        Operator::Below => Some("<"),
        Operator::AtMost => Some("≤"),
        Operator::Above => Some(">"),
        Operator::AtLeast => Some("≥"),
        Operator::Equal => Some("="),
        Operator::Between => None,
    }
}

/// A bound in words: "> 500 ms", "10 – 20 %", "< 15 min"; `None` where the text gives no number.
#[must_use]
pub fn bound(criterion: &Criterion) -> Option<String> {
    let value = criterion.value?;
    let Some(sign) = operator(criterion.op?) else {
        let high = criterion.high.unwrap_or(value);
        return Some(format!("{} – {}", written(value), with_sign(written(high), criterion.unit)));
    };
    if criterion.unit == Some(Unit::S) && value >= 60.0 && value.fract() == 0.0 {
        // Whole seconds, and small enough by far: nobody writes a bound of centuries.
        return Some(format!("{sign} {}", length(value as u64)));
    }
    Some(format!("{sign} {}", with_sign(written(value), criterion.unit)))
}

/// Whether a value lies above the range that a criterion names: it left it, and not for the better. False where it names
/// none, or where nobody can tell.
#[must_use]
pub fn is_above_range(criterion: &Criterion, value: f64, unit: Option<Unit>) -> bool {
    let (Some(Operator::Between), Some(high)) = (criterion.op, criterion.high) else { return false };
    let value = match unit {
        Some(unit) => converted(value, unit, criterion.unit),
        None => Some(value),
    };
    value.is_some_and(|value| value > high)
}

/// What a criterion measures, for people; its own words where it has no name of the vocabulary.
#[must_use]
pub fn name(criterion: &Criterion) -> String {
    let known = match criterion.metric.as_deref() {
        Some("error_rate") => "Error rate",
        Some("latency_p50") => "P50 latency",
        Some("latency_p95") => "P95 latency",
        Some("latency_p99") => "P99 latency",
        Some("request_rate") => "Request rate",
        Some("cpu") => "CPU",
        Some("memory") => "Memory",
        Some("restarts") => "Pod restarts",
        Some("pods_ready") => "Pods ready",
        _ => return own_name(criterion),
    };
    // Without a number the text says more than the name: "Memory leak detected" is not "Memory".
    if criterion.value.is_some() { known.to_owned() } else { criterion.text.clone() }
}

/// A criterion's own words, without the value where it stands beside them as the limit: "Failed requests: 0",
/// ">90% pass rate", "Queue depth < 100".
fn own_name(criterion: &Criterion) -> String {
    let text = criterion.text.as_str();
    if criterion.value.is_none() {
        return text.to_owned();
    }
    let is_sign = |letter: char| "<>=≤≥".contains(letter);
    // "Rollback time measured (target: <15 minutes)": the bound fills the bracket.
    if let Some((name, bracket)) = text.split_once(" (")
        && bracket.contains(is_sign)
        && !name.contains(is_sign)
    {
        return name.to_owned();
    }
    if let Some((name, value)) = text.split_once(':')
        && value.trim_start().starts_with(|first: char| first.is_ascii_digit() || is_sign(first))
    {
        return name.trim_end().to_owned();
    }
    let Some((before, after)) = text.split_once(is_sign) else {
        return text.to_owned();
    };
    let amount = after.trim_start_matches(|letter: char| is_sign(letter) || letter == ' ');
    let rest = amount.split_once(' ').map_or("", |(_, rest)| rest);
    match (before.trim_end(), rest.trim()) {
        ("", "") => text.to_owned(),
        ("", rest) => capitalised(rest),
        (before, "") => before.to_owned(),
        _ => text.to_owned(),
    }
}

/// The words with the first letter as a capital.
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The unit of a name in the settings.
#[must_use]
pub fn unit_named(name: &str) -> Option<Unit> {
    const ALL: [Unit; 7] = [Unit::Ratio, Unit::Percent, Unit::S, Unit::Ms, Unit::Bytes, Unit::Cores, Unit::Count];
    ALL.into_iter().find(|unit| unit_name(*unit) == name)
}

/// A unit's name in the settings.
#[must_use]
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "ratio",
        Unit::Percent => "percent",
        Unit::S => "s",
        Unit::Ms => "ms",
        Unit::Bytes => "bytes",
        Unit::Cores => "cores",
        Unit::Count => "count",
    }
}
