//! Times of day: "6:30 AM", "14:00", "14h30", "1400 UTC", "noon", and stretches between two of them.

use jiff::civil::Time;

use super::duration::unit_s;
use super::token::Reader;
use super::zone::Zone;

/// A time of day or a stretch between two, with the zone that stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clocks {
    pub(super) from: Time,
    pub(super) to: Option<Time>,
    pub(super) zone: Option<Zone>,
}

/// Hours that have a name.
const NAMED: [(&str, i8); 7] =
    [("noon", 12), ("midday", 12), ("mittag", 12), ("midi", 12), ("midnight", 0), ("mitternacht", 0), ("minuit", 0)];

/// The names of hours.
pub(super) fn named_hours() -> impl Iterator<Item = &'static str> {
    NAMED.into_iter().map(|(name, _)| name)
}

/// One time as it is written.
#[derive(Debug, Clone)]
struct Clock {
    hour: i8,
    minute: i8,
    /// Whether PM was named, or AM.
    afternoon: Option<bool>,
    zone: Option<Zone>,
}

impl Clock {
    fn plain(hour: i8, minute: i8) -> Self {
        Self { hour, minute, afternoon: None, zone: None }
    }

    fn time(&self, afternoon: Option<bool>) -> Option<Time> {
        let hour = match afternoon {
            Some(_) if !(1..=12).contains(&self.hour) => return None,
            Some(false) => self.hour % 12,
            Some(true) => self.hour % 12 + 12,
            None => self.hour,
        };
        Time::new(hour, self.minute, 0, 0).ok()
    }
}

impl Reader<'_> {
    /// `7:30-8:00 AM`, `6:30 AM`, `22:00–02:00 UTC`.
    pub(super) fn clocks(&mut self) -> Option<Clocks> {
        let mut place = *self;
        // "7-8 AM": the first hour has neither minutes nor AM.
        let is_tight = place.is_joined(1) && place.is_joined(2);
        let is_range = place.sign(1, '-') && (is_tight || !place.is_counted()) || place.word(1) == Some("to");
        let bare = place.hour(0).filter(|_| is_range);
        let first = match place.clock().or_else(|| place.digits_only()) {
            Some(first) => first,
            None => {
                place.at += 1;
                Clock::plain(bare?, 0)
            }
        };
        let mut second = None;
        let between = place.until(0);
        if between > 0 {
            let mut end = Reader { at: place.at + between, ..place };
            second = end.clock().or_else(|| end.digits_only());
            if second.is_some() {
                place = end;
            }
        }
        // "9-10:30" is a stretch, "step 9 - 10:30" is not.
        let is_said =
            second.as_ref().is_some_and(|clock| clock.afternoon.is_some() || is_tight || self.word(1) == Some("to"));
        if bare.is_some() && !is_said {
            return None;
        }
        // "2026-01-21T24:00" and "18:00-24:00" end a day.
        let midnight = |clock: &Clock| clock.hour == 24 && clock.minute == 0 && clock.afternoon.is_none();
        let to = second
            .as_ref()
            .and_then(|clock| if midnight(clock) { Some(Time::midnight()) } else { clock.time(clock.afternoon) });
        let afternoon = first.afternoon.or_else(|| second.as_ref().and_then(|clock| clock.afternoon));
        let mut from = match first.afternoon {
            Some(_) => first.time(first.afternoon)?,
            // "13:00-2:00 PM" names PM for its end alone.
            None => first.time(afternoon).or_else(|| first.time(None))?,
        };
        if let (Some(to), None, Some(shared)) = (to, first.afternoon, afternoon)
            && from > to
            && let Some(earlier) = first.time(Some(!shared))
        {
            // "11:30-1:00 PM" begins before noon.
            from = earlier;
        }
        let zone = second.and_then(|clock| clock.zone).or(first.zone);
        self.at = place.at;
        Some(Clocks { from, to, zone })
    }

    fn hour(&self, ahead: usize) -> Option<i8> {
        self.digits(ahead).filter(|digits| digits.len() <= 2)?;
        i8::try_from(self.number(ahead)?).ok().filter(|hour| (0..=24).contains(hour))
    }

    fn minute(&self, ahead: usize) -> Option<i8> {
        self.digits(ahead).filter(|digits| digits.len() == 2)?;
        i8::try_from(self.number(ahead)?).ok().filter(|minute| (0..60).contains(minute))
    }

    /// `6:30 AM`, `16:00`, `6 AM`, `14h30`, `14 Uhr`, `noon`; with the zone behind it.
    fn clock(&mut self) -> Option<Clock> {
        if let Some(word) = self.word(0) {
            let (_, hour) = *NAMED.iter().find(|(name, _)| *name == word)?;
            self.at += 1;
            let zone = self.zone();
            return Some(Clock { zone, ..Clock::plain(hour, 0) });
        }
        // "app:1:20" and "2.10:30" are no times.
        let before = self.at.checked_sub(1).map(|at| Reader { at, ..*self });
        if self.is_joined(0) && before.is_some_and(|before| before.sign(0, ':') || before.sign(0, '.')) {
            return None;
        }
        let hour = self.hour(0)?;
        let mut clock = Clock::plain(hour, 0);
        let mut taken = 1;
        let mut has_minute = false;
        if self.sign(1, ':') && self.is_joined(1) && self.is_joined(2) {
            clock.minute = self.minute(2)?;
            has_minute = true;
            taken = 3;
            if self.sign(3, ':') && self.is_joined(3) && self.digits(4).is_some() {
                taken = 5;
                if self.sign(5, '.') && self.is_joined(5) && self.is_joined(6) && self.digits(6).is_some() {
                    taken = 7;
                }
            }
        } else if self.sign(1, '.') && self.is_joined(1) && self.is_joined(2) && self.word(3) == Some("uhr") {
            clock.minute = self.minute(2)?;
            has_minute = true;
            taken = 3;
        } else if self.word(1) == Some("h")
            && self.is_joined(1)
            && self.is_joined(2)
            && let Some(minute) = self.minute(2)
            && self.word(3).filter(|_| self.is_joined(3)).and_then(unit_s).is_none()
        {
            // "14h30" is a time, "1h30" a length, unless it stands behind "at".
            if hour < 7 && !self.is_after_at() {
                return None;
            }
            clock.minute = minute;
            has_minute = true;
            taken = 3;
        } else if self.word(1) == Some("h") && self.is_joined(1) && self.is_after_at() {
            has_minute = true;
            taken = 2;
        }
        match self.word(taken) {
            Some("am") => clock.afternoon = Some(false),
            Some("pm") => clock.afternoon = Some(true),
            Some("a" | "p") if self.sign(taken + 1, '.') && self.word(taken + 2) == Some("m") => {
                clock.afternoon = Some(self.word(taken) == Some("p"));
                taken += 2 + usize::from(self.sign(taken + 3, '.'));
            }
            _ => {}
        }
        // "1 am Montag" is no time of night in German; "6 AM" and "6am" are.
        if clock.afternoon.is_some() {
            if !has_minute && !self.is_joined(taken) && self.written(taken) == "am" && self.is_capital(taken + 1) {
                return None;
            }
            taken += 1;
        } else if matches!(self.word(taken), Some("uhr" | "hrs" | "h"))
            && (has_minute || self.word(taken) == Some("uhr"))
        {
            has_minute = true;
            taken += 1;
        }
        if clock.afternoon.is_none() && !has_minute {
            return None;
        }
        // "localhost:80:80" and "1:30:4.2.0" are no times.
        if has_minute && self.sign(taken, ':') && self.is_joined(taken) && self.digits(taken + 1).is_some() {
            return None;
        }
        self.at += taken;
        clock.zone = self.zone();
        Some(clock)
    }

    /// `1400 UTC`, `1400-1600 UTC`: four digits are a time only where a zone stands behind them.
    fn digits_only(&mut self) -> Option<Clock> {
        let digits = self.digits(0).filter(|digits| digits.len() == 4)?;
        let number: i8 = digits.get(..2)?.parse().ok()?;
        let minute: i8 = digits.get(2..)?.parse().ok()?;
        if number > 24 || minute > 59 {
            return None;
        }
        let mut place = Reader { at: self.at + 1, ..*self };
        let mut zone = place.zone();
        if zone.is_none() {
            // The zone may stand behind the other end.
            let between = place.until(0);
            let end = Reader { at: place.at + between, ..place };
            let mut behind = Reader { at: end.at + 1, ..end };
            let is_other = between > 0 && end.digits(0).is_some_and(|digits| digits.len() == 4);
            zone = behind.zone().filter(|_| is_other);
            zone.as_ref()?;
        }
        *self = place;
        Some(Clock { zone, ..Clock::plain(number, minute) })
    }

    /// Whether the number at this place counts something: "phase 2", "step 9".
    fn is_counted(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| Reader { at, ..*self });
        before.is_some_and(|before| before.word(0).is_some_and(|word| !matches!(word, "from" | "between" | "at")))
    }

    /// Whether "at", "à", "um" or the like stands before this place.
    fn is_after_at(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| Reader { at, ..*self });
        before.is_some_and(|before| matches!(before.word(0), Some("at" | "à" | "um" | "las" | "às" | "dès" | "vers")))
    }
}
