//! A value that a person wrote down.

use super::number::number;
use super::unit::plain_unit;
use crate::model::Unit;

/// A value that a person wrote down, in its own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The number, brought into `unit`.
    pub number: f64,
    /// Its unit; `None` where none was written.
    pub unit: Option<Unit>,
}

/// The value that a text begins with: "0.4 %", "350ms", "7/7". `None` where it begins with words.
#[must_use]
pub fn value(text: &str) -> Option<Value> {
    let lower = text.trim().to_lowercase();
    let (number, taken) = number(&lower)?;
    let (unit, factor, length) = plain_unit(lower.get(taken..).unwrap_or(""));
    let unit = (length > 0).then_some(unit);
    Some(Value { number: number * factor, unit })
}

impl Value {
    /// The number in another unit; `None` where the units measure different things, or where a value without a unit
    /// would have to be guessed: 0.004 may be a ratio or a percentage.
    #[must_use]
    pub fn in_unit(self, wanted: Unit) -> Option<f64> {
        match (self.unit, wanted) {
            (Some(unit), wanted) if unit == wanted => Some(self.number),
            (None, Unit::Count) => Some(self.number),
            (Some(Unit::S), Unit::Ms) => Some(self.number * 1000.0),
            (Some(Unit::Ms), Unit::S) => Some(self.number / 1000.0),
            (Some(Unit::Ratio), Unit::Percent) => Some(self.number * 100.0),
            (Some(Unit::Percent), Unit::Ratio) => Some(self.number / 100.0),
            _ => None,
        }
    }
}
