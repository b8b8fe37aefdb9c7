//! Counted from something: `T-2h`, `T+45 to T+60 minutes`, "24 hours before", `D-1`, "first 24 hours".

use super::duration::{Length, unit_s};
use super::token::{Kind, Reader, Token};

/// A stretch counted from T0 or from go-live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Seconds from T0.
    Seconds { from: i64, to: Option<i64> },
    /// Working days from T0's day.
    WorkingDays { from: i64, to: Option<i64> },
    /// Seconds from go-live.
    First { length: i64 },
}

/// What opens a stretch from T0 or a length of time without a number.
pub(super) const OPENING: [&str; 7] = ["t", "d", "j", "h", "day", "week", "hour"];
/// Working days in one word.
pub(super) const WORKING_DAYS: [&str; 4] = ["werktage", "arbeitstage", "werktag", "arbeitstag"];
/// "First 24 hours".
pub(super) const FIRST: [&str; 14] = [
    "first",
    "erste",
    "ersten",
    "premières",
    "première",
    "primeras",
    "primera",
    "primeros",
    "primeiras",
    "primeira",
    "primeiros",
    "ilk",
    "первые",
    "первый",
];

/// How an offset is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Seconds(i64),
    WorkingDays,
}

/// Whether something is counted before or after something else.
pub(super) fn is_direction(token: &Token<'_>) -> bool {
    matches!(&token.kind, Kind::Word(word) if sign_of(word).is_some())
}

fn sign_of(word: &str) -> Option<i64> {
    match word {
        "before" | "prior" | "ahead" | "vor" | "avant" | "antes" | "до" | "önce" => Some(-1),
        "after" | "post" | "nach" | "après" | "después" | "depois" | "после" | "sonra" => Some(1),
        _ => None,
    }
}

impl Reader<'_> {
    /// Whatever is counted from something at this place.
    pub(super) fn counted(&mut self) -> Option<Counted> {
        self.counted_from_t0().or_else(|| self.before_or_after()).or_else(|| self.first())
    }

    /// `T-2h`, `T-minus 10 working days`, `T+45 to T+60 minutes`, `T-0`, `D-1`, `H-2`, `Day 0`.
    fn counted_from_t0(&mut self) -> Option<Counted> {
        let mut place = *self;
        let (first, first_unit) = place.offset_from_t0()?;
        let between = place.until(0);
        let mut end = Reader { at: place.at + between, ..place };
        let mut second = None;
        if between > 0 {
            if let Some(found) = end.offset_from_t0() {
                second = Some(found);
            } else if let Some((number, unit)) = end.number_and_unit() {
                // "T+45-60 minutes" goes on in the direction of its first end.
                second = Some((if first < 0 { -number } else { number }, Some(unit)));
            }
            if second.is_some() {
                place = end;
            }
        }
        // "T+45 to T+60 minutes": the unit of the second is the first's too; zero needs none.
        let second_unit = second.and_then(|(_, unit)| unit);
        let unit =
            first_unit.or(second_unit).or_else(|| (first == 0 && second.is_none()).then_some(Unit::Seconds(1)))?;
        self.at = place.at;
        let other = second.map(|(number, own)| (number, own.unwrap_or(unit)));
        Some(
            match (unit, other) {
                (Unit::WorkingDays, other) => {
                    let to = other.filter(|(_, unit)| *unit == Unit::WorkingDays).map(|(number, _)| number);
                    Counted::WorkingDays { from: first, to }
                }
                (Unit::Seconds(unit_s), other) => {
                    let to = other.and_then(|(number, unit)| match unit {
                        Unit::Seconds(unit_s) => Some(number * unit_s / 1000),
                        Unit::WorkingDays => None,
                    });
                    Counted::Seconds { from: first * unit_s / 1000, to }
                }
            }
            .in_order(),
        )
    }

    /// One end: its number, as [`Self::number_and_unit`] gives it, and its unit where one follows.
    fn offset_from_t0(&mut self) -> Option<(i64, Option<Unit>)> {
        let word = self.word(0)?;
        let before = self.at.checked_sub(1).map(|at| Reader { at, ..*self });
        let is_part = before.is_some_and(|before| before.sign(0, '-') && self.is_joined(0));
        if is_part {
            return None;
        }
        let (is_before, signs) = if self.sign(1, '-') || self.sign(1, '+') {
            let is_before = self.sign(1, '-');
            match self.word(2) {
                Some("minus") if is_before => (true, 2),
                Some("plus") if is_before => (false, 2),
                _ => (is_before, 1),
            }
        } else {
            match self.word(1) {
                Some("minus") => (true, 1),
                Some("plus") => (false, 1),
                _ => return self.zero(word),
            }
        };
        let fixed = match word {
            "t" => None,
            // "D-1", "J-1" (French) and "H-2" are names of something else in small letters.
            "d" | "j" if self.is_upper(0) => Some(Unit::Seconds(86_400)),
            "h" if self.is_upper(0) => Some(Unit::Seconds(3600)),
            "day" => Some(Unit::Seconds(86_400)),
            _ => return None,
        };
        let mut place = Reader { at: self.at + 1 + signs, ..*self };
        if fixed.is_some() && place.digits(0).is_none_or(|digits| digits.len() > 2) {
            return None;
        }
        let sign = if is_before { -1 } else { 1 };
        let (number, unit) = match place.number_and_unit() {
            Some((number, unit)) => (number, Some(unit)),
            None => {
                let number = i64::from(place.number(0)?) * 1000;
                place.at += 1;
                // "T-1:30" counts hours and minutes.
                if place.sign(0, ':')
                    && place.is_joined(0)
                    && let Some(minutes) = place.number(1)
                {
                    place.at += 2;
                    self.at = place.at;
                    return Some((sign * (number * 3600 + i64::from(minutes) * 60_000), Some(Unit::Seconds(1))));
                }
                place.at += usize::from(place.sign(0, '+'));
                (number, fixed)
            }
        };
        self.at = place.at;
        Some((sign * number, unit))
    }

    /// `T0`, `Day 0`.
    fn zero(&mut self, word: &str) -> Option<(i64, Option<Unit>)> {
        let is_zero = self.digits(1) == Some("0") && (word == "t" && self.is_joined(1) || word == "day");
        if !is_zero {
            return None;
        }
        self.at += 2;
        Some((0, Some(Unit::Seconds(1))))
    }

    /// `10 working days`, `2h`, `45 minutes`: the number, in thousandths where it is not of days, and its unit.
    fn number_and_unit(&mut self) -> Option<(i64, Unit)> {
        let number = i64::from(self.number(0)?);
        if matches!(self.word(1), Some("working" | "business")) && matches!(self.word(2), Some("day" | "days")) {
            self.at += 3;
            return Some((number, Unit::WorkingDays));
        }
        if self.word(1).is_some_and(|word| WORKING_DAYS.contains(&word)) {
            self.at += 2;
            return Some((number, Unit::WorkingDays));
        }
        let mut place = *self;
        let plus = usize::from(self.sign(1, '+'));
        let unit = self.word(1 + plus).and_then(unit_s);
        match place.length() {
            // "1h30" and "1.5 hours" are no single number of a unit.
            Some(Length { least_s, most_s }) if least_s == most_s && place.at != self.at + 2 + plus => {
                self.at = place.at;
                Some((i64::try_from(least_s).ok()?.checked_mul(1000)?, Unit::Seconds(1)))
            }
            _ => {
                let unit = i64::try_from(unit?).ok()?;
                self.at += 2 + plus;
                Some((number * 1000, Unit::Seconds(unit)))
            }
        }
    }

    /// "24 hours before", "2-3 hours prior to", "30 minutes after go-live", "the day before", "10 working days before".
    fn before_or_after(&mut self) -> Option<Counted> {
        // Most texts name no length before or after anything.
        if !self.has_direction {
            return None;
        }
        let mut place = *self;
        if let Some((days, Unit::WorkingDays)) = place.number_and_unit() {
            let sign = place.direction()?;
            self.at = place.at;
            return Some(Counted::WorkingDays { from: sign * days, to: None });
        }
        let mut place = *self;
        let length = match place.length() {
            Some(length) => length,
            None => {
                // "Day before go-live", "the week before".
                let unit = place.word(0).filter(|_| matches!(place.word(0), Some("day" | "week" | "hour")))?;
                place.at += 1;
                let seconds = unit_s(unit)?;
                Length { least_s: seconds, most_s: seconds }
            }
        };
        let sign = place.direction()?;
        self.at = place.at;
        let (least, most) = (i64::try_from(length.least_s).ok()?, i64::try_from(length.most_s).ok()?);
        let (from, to) = if sign < 0 { (-most, -least) } else { (least, most) };
        Some(Counted::Seconds { from, to: (from != to).then_some(to) })
    }

    /// "before", "prior to": -1; "after": 1.
    fn direction(&mut self) -> Option<i64> {
        let sign = sign_of(self.word(0)?)?;
        self.at += 1;
        Some(sign)
    }

    /// "First 24 hours", "first week", "Erste 24 Stunden", "Первые 5 минут".
    fn first(&mut self) -> Option<Counted> {
        let word = self.word(0)?;
        if !FIRST.contains(&word) {
            return None;
        }
        let mut place = Reader { at: self.at + 1, ..*self };
        let length = match place.length() {
            Some(length) => length.most_s,
            None => {
                // A single letter is no unit here: "first S rank".
                let unit = place.word(0).filter(|word| word.chars().count() > 1).and_then(unit_s)?;
                place.at += 1;
                unit
            }
        };
        self.at = place.at;
        Some(Counted::First { length: i64::try_from(length).ok()? })
    }
}

impl Counted {
    /// "T-2h to T-3h" begins with the earlier.
    fn in_order(self) -> Self {
        match self {
            Self::Seconds { from, to: Some(to) } if to < from => Self::Seconds { from: to, to: Some(from) },
            Self::WorkingDays { from, to: Some(to) } if to < from => Self::WorkingDays { from: to, to: Some(from) },
            other => other,
        }
    }
}
