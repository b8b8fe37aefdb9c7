//! What repeats after go-live, as rounds with a time of their own.
//!
//! An interval is a length of time: "every 1 hour" goes on counting while a clock is changed, and has 24 rounds in 24
//! hours. What repeats by days is a time on the wall of the plan's zone; where the zone skips or repeats that time, it is
//! taken as the zone's rules before the change say, and told. Pure: nothing here asks for the time.

mod kept;
mod now;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};
use plan::{ItemId, Routine, When};

pub(crate) use kept::ROUNDS;
pub use kept::{Afterwards, RoundDone, RoundMark, RoundState, Succeeded, WentLive, Why};
pub use now::{Missed, Round, RoundStanding};

use crate::state::Room;

/// A day in seconds.
const DAY_S: u64 = 86_400;
/// The longest time for which a round that is due is not overdue yet.
const MOST_GRACE: SignedDuration = SignedDuration::from_mins(15);

/// When something repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many seconds from go-live.
    Every {
        /// The interval.
        every_s: i64,
    },
    /// Every so many days, at a time on the wall.
    Days {
        /// The first day.
        first: Date,
        /// So many days lie between one and the next.
        step: i64,
        /// When.
        time: Time,
    },
    /// At each handoff of the room.
    Handoff,
}

/// Something that repeats, with its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// [`crate::RoundKey::routine`].
    pub key: String,
    /// Its place in the plan's list.
    pub index: usize,
    /// When it repeats.
    pub rhythm: Rhythm,
    /// The number of its last round, from 1; `None` where it goes on until the room is closed.
    pub last: Option<i64>,
    /// Its checks.
    pub items: Vec<ItemId>,
    zone: TimeZone,
    live: Timestamp,
}

/// One time at which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Its number, from 1.
    pub number: i64,
    /// When it is due.
    pub due: Timestamp,
    /// When the next one would be due: from then on it is missed.
    pub until: Timestamp,
    /// What became of its time on the wall.
    pub wall: WallTime,
}

/// Whether a time on the wall is there once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallTime {
    /// Once; or it is no time on the wall but a length.
    Once,
    /// The zone skips it on that day.
    Skipped,
    /// It is there twice on that day: the first counts.
    Twice,
}

impl Timetable {
    /// The round with this number, from 1; `None` behind the last one.
    #[must_use]
    pub fn nth(&self, number: i64) -> Option<Occurrence> {
        if number < 1 || self.last.is_some_and(|last| number > last) {
            return None;
        }
        let (due, wall) = self.due(number)?;
        let (until, _) = self.due(number.checked_add(1)?)?;
        Some(Occurrence { number, due, until, wall })
    }

    /// The round that is due at this very time.
    #[must_use]
    pub fn at(&self, due: Timestamp) -> Option<Occurrence> {
        self.nth(self.begun(due)).filter(|found| found.due == due)
    }

    /// How many rounds are due at this time or before: the number of the last of them, 0 for none.
    #[must_use]
    pub fn begun(&self, at: Timestamp) -> i64 {
        let count = match self.rhythm {
            Rhythm::Handoff => 0,
            Rhythm::Every { every_s } => {
                let since = at.duration_since(self.live);
                if since.is_negative() { 0 } else { since.as_secs() / every_s.max(1) }
            }
            Rhythm::Days { first, step, .. } => {
                let today = at.to_zoned_datetime(self.zone.clone()).date();
                let days = i64::from(first.until(today).map_or(0, |span| span.get_days()));
                // The day's own time may be ahead still, and a change of the clock moves it by no more than a day.
                let guess = days.div_euclid(step.max(1)).saturating_add(2);
                let has_begun = |number: &i64| self.due(*number).is_some_and(|(due, _)| due <= at);
                (guess.saturating_sub(3).max(1)..=guess.max(1)).rev().find(has_begun).unwrap_or(0)
            }
        };
        let count = self.last.map_or(count, |last| count.min(last));
        count.max(0)
    }

    /// The rounds that are due after `from` and not after `to`, in their order.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Occurrence> + '_ {
        let numbers = self.begun(from).saturating_add(1)..=self.begun(to);
        numbers.filter_map(|number| self.nth(number))
    }

    /// The first round that is due after this time.
    #[must_use]
    pub fn next(&self, at: Timestamp) -> Option<Occurrence> {
        self.nth(self.begun(at).checked_add(1)?)
    }

    /// So long a round that is due is not overdue: a quarter of the interval, and 15 minutes at the most.
    #[must_use]
    pub fn grace(&self) -> SignedDuration {
        match self.rhythm {
            Rhythm::Every { every_s } => MOST_GRACE.min(SignedDuration::from_secs(every_s / 4)),
            Rhythm::Days { .. } | Rhythm::Handoff => MOST_GRACE,
        }
    }

    /// The time of a round, with no regard to which one is the last.
    fn due(&self, number: i64) -> Option<(Timestamp, WallTime)> {
        match self.rhythm {
            Rhythm::Handoff => None,
            Rhythm::Every { every_s } => {
                let after = SignedDuration::from_secs(every_s.checked_mul(number)?);
                Some((self.live.checked_add(after).ok()?, WallTime::Once))
            }
            Rhythm::Days { first, step, time } => {
                let days = step.checked_mul(number.checked_sub(1)?)?;
                let day = first.checked_add(Span::new().try_days(days).ok()?).ok()?;
                instant(&self.zone, DateTime::from_parts(day, time))
            }
        }
    }
}

/// A time on the wall as an instant: what the zone skips or repeats is taken as its rules before the change say.
fn instant(zone: &TimeZone, wall: DateTime) -> Option<(Timestamp, WallTime)> {
    let found = zone.to_ambiguous_timestamp(wall);
    let kind = match found.offset() {
        AmbiguousOffset::Unambiguous { .. } => WallTime::Once,
        AmbiguousOffset::Gap { .. } => WallTime::Skipped,
        AmbiguousOffset::Fold { .. } => WallTime::Twice,
    };
    Some((found.compatible().ok()?, kind))
}

impl Room {
    /// What repeats, in the order of the text, counted from the go-live that was declared; empty before it. What stands in
    /// no section of the watch repeats in its own phase and is none of these.
    #[must_use]
    pub fn timetables(&self) -> Vec<Timetable> {
        let Some(live) = self.went_live().map(|live| live.at) else { return Vec::new() };
        let routines = self.plan.routines.iter().enumerate();
        routines.filter_map(|(index, routine)| self.timetable(index, routine, live)).collect()
    }

    fn timetable(&self, index: usize, routine: &Routine, live: Timestamp) -> Option<Timetable> {
        let length_s = self.first_length_s(routine);
        if length_s.is_none() && !self.is_in_the_watch(routine) {
            return None;
        }
        let zone = self.resolved.zone.clone();
        let wall = live.to_zoned_datetime(zone.clone()).datetime();
        let (rhythm, last) = match (routine.every_s, routine.at.as_deref()) {
            (None, Some("shift_handoff")) => (Rhythm::Handoff, None),
            (None | Some(0), _) => return None,
            (Some(every_s), at) if every_s % DAY_S == 0 => {
                self.by_days(routine, i64::try_from(every_s / DAY_S).ok()?, at, (live, wall), length_s)?
            }
            (Some(every_s), _) => {
                let every_s = i64::try_from(every_s).ok()?;
                (Rhythm::Every { every_s }, length_s.map(|length_s| length_s / every_s))
            }
        };
        let key = key_of(self, routine)?;
        Some(Timetable { key, index, rhythm, last, items: routine.items.clone(), zone, live })
    }

    /// What repeats by days: at the time that the text names, else at that of go-live.
    fn by_days(
        &self,
        routine: &Routine,
        step: i64,
        at: Option<&str>,
        (live, wall): (Timestamp, DateTime),
        length_s: Option<i64>,
    ) -> Option<(Rhythm, Option<i64>)> {
        let named = at.and_then(|at| Time::strptime("%H:%M", at).ok());
        let time = named.unwrap_or(wall.time());
        let zone = &self.resolved.zone;
        let is_ahead = |day: Date| instant(zone, DateTime::from_parts(day, time)).is_some_and(|(at, _)| at > live);
        let later = |day: Date, days: i64| day.checked_add(Span::new().try_days(days).ok()?).ok();
        let date = at.and_then(|at| at.parse::<Date>().ok());
        // The text's dates move with T0.
        let date =
            date.and_then(|date| date.to_datetime(time).checked_add(self.resolved.moved).ok()).map(DateTime::date);
        let first = match (date, weekday_of(&routine.text)) {
            (Some(date), _) => first_ahead(date, step, is_ahead)?,
            (None, Some(weekday)) if step % 7 == 0 => {
                let ahead = i64::from(wall.date().weekday().until(weekday));
                first_ahead(later(wall.date(), ahead)?, step, is_ahead)?
            }
            // One that names its hour may begin on the day of go-live.
            (None, _) if named.is_some() && step == 1 => first_ahead(wall.date(), 1, is_ahead)?,
            (None, _) => later(wall.date(), step)?,
        };
        let last = length_s.map(|length_s| {
            let days = length_s / i64::try_from(DAY_S).unwrap_or(i64::MAX);
            // What is due later in the day than go-live was has its last round a day earlier.
            let days = days - i64::from(time > wall.time());
            let until = later(wall.date(), days).unwrap_or(first);
            let span = i64::from(first.until(until).map_or(0, |span| span.get_days()));
            let within = if span < 0 { 0 } else { span / step + 1 };
            // The date that the text names counts also where the first week ends before it.
            if date.is_some() { within.max(1) } else { within }
        });
        Some((Rhythm::Days { first, step, time }, last))
    }

    /// For how long a routine's section says that it goes on ("First 24 Hours").
    fn first_length_s(&self, routine: &Routine) -> Option<i64> {
        let mut at = Some(&routine.section);
        while let Some(section) = at.and_then(|id| self.plan.section(id)) {
            if let Some(When::First { length_s }) = &section.when {
                return Some(*length_s);
            }
            at = section.parent.as_ref();
        }
        None
    }

    fn is_in_the_watch(&self, routine: &Routine) -> bool {
        let mut at = Some(&routine.section);
        while let Some(section) = at.and_then(|id| self.plan.section(id)) {
            if section.kind == plan::SectionKind::Watch {
                return true;
            }
            at = section.parent.as_ref();
        }
        false
    }
}

/// What names a routine: its section, or its item where that alone repeats.
fn key_of(room: &Room, routine: &Routine) -> Option<String> {
    match routine.items.as_slice() {
        [] => None,
        [only] if room.plan.item(only).is_some_and(|item| item.text == routine.text) => Some(only.to_string()),
        _ => Some(routine.section.to_string()),
    }
}

/// The first of these days that is ahead.
fn first_ahead(day: Date, step: i64, is_ahead: impl Fn(Date) -> bool) -> Option<Date> {
    let mut day = day;
    // A date that lies far behind go-live is years too old for a plan that goes live now.
    for _ in 0..1_000 {
        if is_ahead(day) {
            return Some(day);
        }
        day = day.checked_add(Span::new().try_days(step.max(1)).ok()?).ok()?;
    }
    None
}

/// The weekday that a routine's words name ("Every Monday at 9:00").
fn weekday_of(text: &str) -> Option<Weekday> {
    let text = text.to_lowercase();
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    days.into_iter().find(|(name, _)| text.contains(name)).map(|(_, day)| day)
}
