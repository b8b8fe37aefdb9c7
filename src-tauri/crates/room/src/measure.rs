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
    match sign(unit) {
        "" => number(value),
        word => format!("{} {word}", number(value)),
    }
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

/// A bound in words: "> 500 ms", "10 – 20 %"; `None` where the text gives no number.
#[must_use]
pub fn bound(criterion: &Criterion) -> Option<String> {
    let value = criterion.value?;
    let sign = match criterion.op? {
        Operator::Below => "<",
        Operator::AtMost => "≤",
        Operator::Above => ">",
        Operator::AtLeast => "≥",
        Operator::Equal => "=",
        Operator::Between => {
            let high = criterion.high.unwrap_or(value);
            return Some(format!("{} – {}", number(value), with_unit(high, criterion.unit)));
        }
    };
    Some(format!("{sign} {}", with_unit(value, criterion.unit)))
}
