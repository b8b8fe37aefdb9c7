//! Dates, times of day, durations and zones as people write them.
//!
//! Owns: what a text says about time. Must not know: where in a checklist it stands, and what follows from it.

mod clock;
mod date;
mod duration;
mod relative;
mod token;
mod zone;

use std::sync::LazyLock;

use jiff::civil::{Date, Time, Weekday};

pub(crate) use date::weekday_name;
pub(crate) use duration::{duration_s, is_duration_label, planned_s, unit_s};
pub(crate) use zone::{
    Season, Zone, iana_name, named_zone, speaks_of_all, stretches as stretches_of_zones, time_zone, zone,
};

use super::words::{self, WordSet};
use crate::model::{Stamp, When};
use relative::Counted;
use token::{Kind, Reader, any_word, lowered, tokens};

/// All that a text says about time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// When it is due.
    pub(crate) when: Option<When>,
    /// What it counts from T0, where it names a date or a time besides ("24 hours before (Jan 20, 4 PM)").
    pub(crate) from_t0_s: Option<i64>,
    /// The zone behind its time of day.
    pub(crate) zone: Option<Zone>,
    /// The weekdays that it names.
    pub(crate) weekdays: Vec<Weekday>,
    /// The other reading of its date in numbers.
    pub(crate) other_date: Option<Date>,
    /// Whether it names a day and a month, and nothing tells the year.
    pub(crate) lacks_year: bool,
    /// Whether nothing but filling words is left.
    is_only_when: bool,
}

/// What is kept of a text that was looked at for times.
pub(crate) enum Heard {
    /// It was not looked at, or not with the year that is asked for.
    Unread,
    /// It says nothing, as most do.
    Nothing,
    Said(Box<Said>),
}

static NOTHING: Said = Said {
    when: None,
    from_t0_s: None,
    zone: None,
    weekdays: Vec::new(),
    other_date: None,
    lacks_year: false,
    is_only_when: false,
};

impl From<Said> for Heard {
    fn from(said: Said) -> Self {
        if said == NOTHING { Self::Nothing } else { Self::Said(Box::new(said)) }
    }
}

impl Heard {
    /// What it says, where it was looked at.
    pub(crate) fn said(&self) -> Option<&Said> {
        match self {
            Self::Unread => None,
            Self::Nothing => Some(&NOTHING),
            Self::Said(said) => Some(said),
        }
    }
}

impl Said {
    /// Whether its date is a single day.
    pub(crate) fn is_one_day(&self) -> bool {
        match &self.when {
            Some(When::Absolute { from, to, .. }) => to.and_then(|to| to.date).is_none_or(|to| Some(to) == from.date),
            _ => false,
        }
    }
}

/// The words one of which a text has that says something about time with no more than numbers of one kind.
static NEEDED: LazyLock<WordSet> = LazyLock::new(|| {
    let units = duration::UNITS.iter().flat_map(|(names, _)| names.iter().copied());
    let units = units.chain(relative::WORKING_DAYS).chain(["t", "d", "j", "h", "am", "pm", "uhr"]);
    units.chain(clock::named_hours()).chain(date::weekdays()).chain(date::months()).collect()
});

/// Whether the numbers of a text alone may be a date or a time of day: `6:30`, `02/03`, `2026-01-21`, `1400`.
fn has_numbers_of_time(text: &str) -> bool {
    // How many digits stand before this place, and how many groups of digits with a sign between them.
    let (mut digits, mut groups) = (0, 0);
    let mut is_joined = false;
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            if digits == 0 {
                groups = if is_joined { groups + 1 } else { 1 };
            }
            digits += 1;
            if groups > 2 || digits == 4 {
                return true;
            }
            continue;
        }
        // A dash of any kind may stand for a hyphen.
        if digits > 0 && (matches!(byte, b':' | b'/') || !byte.is_ascii()) {
            return true;
        }
        is_joined = digits > 0 && matches!(byte, b'-' | b'.');
        digits = 0;
    }
    false
}

/// The words that what a text says about time begins with.
static OPENING: LazyLock<WordSet> = LazyLock::new(|| {
    let numbers = duration::SMALL_NUMBERS.iter().flat_map(|(names, _)| names.iter().copied());
    let counted = relative::OPENING.into_iter().chain(relative::FIRST);
    let named = clock::named_hours().chain(date::weekdays()).chain(date::months());
    counted.chain(["half"]).chain(numbers).chain(named).collect()
});

/// What was found on the way through a text.
#[derive(Default)]
struct Scan {
    from: Stamp,
    to: Option<Stamp>,
    has_date: bool,
    counted: Option<Counted>,
    said: Said,
    left: usize,
}

/// Reads all that a text says about time. `year` is for dates that name none.
pub(crate) fn said(text: &str, year: Option<i16>) -> Said {
    // Most texts say nothing about time, and need not be cut into pieces.
    if !has_numbers_of_time(text) && !any_word(text, |word| NEEDED.contains(word)) {
        return Said::default();
    }
    scan(text, year)
}

/// Goes through a text piece by piece.
fn scan(text: &str, year: Option<i16>) -> Said {
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let has_direction = tokens.iter().any(relative::is_direction);
    let mut reader = Reader { has_direction, ..Reader::new(text, &tokens, year) };
    let mut scan = Scan::default();
    // Where the end of a range may stand: right behind a dash or a word like it.
    let mut range_at = None;
    while let Some(token) = reader.peek(0) {
        let is_end = range_at == Some(reader.at);
        let is_taken = scan.take(&mut reader, is_end);
        if !is_taken {
            let between = reader.until(0);
            if between > 0 {
                range_at = Some(reader.at + between);
                reader.at += between;
            } else {
                scan.left += usize::from(!is_filling(&token.kind));
                reader.at += 1;
            }
        }
    }
    scan.end()
}

impl Scan {
    /// Takes what stands at this place, where it is about time.
    fn take(&mut self, reader: &mut Reader<'_>, is_end: bool) -> bool {
        // Nothing about time begins with a sign, nor with most words.
        let may_begin = reader.peek(0).is_some_and(|token| match &token.kind {
            Kind::Number(_) => true,
            Kind::Word(word) => OPENING.contains(word),
            Kind::Sign(_) => false,
        });
        if !may_begin {
            return false;
        }
        if let Some(counted) = reader.counted() {
            // A later one is told from the first only by a person.
            self.counted = self.counted.or(Some(counted));
        } else if let Some(days) = reader.days() {
            if !self.has_date {
                self.has_date = true;
                self.from.date = days.first;
                self.said.lacks_year = days.first.is_none();
                self.said.other_date = days.other;
                if days.last.is_some() {
                    self.to = Some(Stamp { date: days.last, time: None });
                }
            } else if is_end && self.to.is_none_or(|to| to.date.is_none()) {
                self.to = Some(Stamp { date: days.first, time: self.to.and_then(|to| to.time) });
            }
            // "2026-01-21T06:30" goes on with its time.
            if reader.word(0) == Some("t") && reader.is_joined(0) && reader.digits(1).is_some() {
                reader.at += 1;
            }
        } else if let Some(clocks) = reader.clocks() {
            if self.from.time.is_none() {
                self.from.time = Some(clocks.from);
                self.said.zone = clocks.zone;
                if clocks.to.is_some() {
                    self.to = Some(Stamp { date: self.to.and_then(|to| to.date), time: clocks.to });
                }
            } else if let Some(to) = &mut self.to
                && to.date.is_some()
                && to.time.is_none()
            {
                to.time = Some(clocks.from);
                self.said.zone = self.said.zone.take().or(clocks.zone);
            }
        } else if let Some(day) = reader.weekday() {
            self.said.weekdays.push(day);
        } else {
            return false;
        }
        true
    }

    fn end(self) -> Said {
        let Self { from, mut to, has_date, counted, mut said, left } = self;
        said.is_only_when = left == 0;
        if let Some(to) = &mut to {
            to.date = to.date.or_else(|| from.date.and_then(|date| day_of_end(date, from.time, to.time)));
        }
        said.from_t0_s = match counted {
            Some(Counted::Seconds { from, .. }) => Some(from),
            _ => None,
        };
        said.when = if from.date.is_some() || from.time.is_some() {
            let zone = said.zone.as_ref().map(|zone| zone.name.clone());
            Some(When::Absolute { from, to, zone })
        } else {
            counted.filter(|_| !has_date || from.date.is_none()).map(|counted| match counted {
                Counted::Seconds { from, to } => When::Relative { from_s: from, to_s: to },
                Counted::WorkingDays { from, to } => When::WorkingDays { from_days: from, to_days: to },
                Counted::First { length } => When::First { length_s: length },
            })
        };
        said
    }
}

/// The day on which a stretch ends that begins on `date`: "22:00-02:00" ends on the next.
pub(crate) fn day_of_end(date: Date, from: Option<Time>, to: Option<Time>) -> Option<Date> {
    match (from, to) {
        (Some(from), Some(to)) if to <= from => date.tomorrow().ok(),
        _ => Some(date),
    }
}

/// Words and signs that stand beside a time and say nothing more.
fn is_filling(kind: &Kind<'_>) -> bool {
    match kind {
        Kind::Sign(sign) => matches!(sign, ',' | ':' | '.' | '~' | '(' | ')' | '[' | ']' | '@' | '&' | ';'),
        Kind::Word(word) => matches!(
            word.as_ref(),
            "at" | "on"
                | "from"
                | "by"
                | "the"
                | "and"
                | "about"
                | "approx"
                | "ca"
                | "circa"
                | "around"
                | "local"
                | "time"
                | "morning"
                | "afternoon"
                | "evening"
                | "night"
                | "next"
                | "this"
                | "starting"
                | "starts"
                | "deployment"
                | "release"
                | "launch"
                | "go"
                | "live"
                | "day"
                | "rollout"
                | "um"
                | "am"
                | "à"
                | "le"
                | "de"
                | "в"
        ),
        Kind::Number(_) => false,
    }
}

/// The first year that stands in a full date of the text; a comment above all is not the text's.
pub(crate) fn year_of(text: &str) -> Option<i16> {
    let text = text.trim_start();
    let comment = if text.starts_with("<!--") { text.find("-->").unwrap_or(0) } else { 0 };
    let mut lines = text.get(comment..).unwrap_or(text).lines();
    lines.find_map(|line| {
        // A date has a year of four digits.
        let may_have = line.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
        may_have.then(|| first_date(line, None)).flatten().map(|date| date.year())
    })
}

/// The first date of a text.
pub(crate) fn first_date(text: &str, year: Option<i16>) -> Option<Date> {
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let mut reader = Reader::new(text, &tokens, year);
    while reader.at < tokens.len() {
        if let Some(date) = reader.days().and_then(|days| days.first) {
            return Some(date);
        }
        reader.at += 1;
    }
    None
}

/// The text without its dates and the weekdays beside them; `None` where it has none. A release that is counted like a
/// date (`2026.1.21`) is none.
pub(crate) fn without_dates(text: &str, year: Option<i16>) -> Option<String> {
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let mut reader = Reader::new(text, &tokens, year);
    let (mut kept, mut from, mut is_cut) = (String::new(), 0, false);
    while reader.at < tokens.len() {
        let first = reader.at;
        let mut place = reader;
        let is_weekday = place.weekday().is_some();
        while is_weekday && (place.sign(0, ',') || place.sign(0, '.')) {
            place.at += 1;
        }
        let is_date = place.days().is_some_and(|days| days.first.is_some());
        let span = tokens.get(first).zip(place.at.checked_sub(1).and_then(|last| tokens.get(last)));
        let span = span.filter(|_| is_date || is_weekday).map(|(first, last)| (first.start, last.end));
        match span.filter(|(start, end)| text.get(*start..*end).is_some_and(|date| is_weekday || is_no_release(date))) {
            Some((start, end)) => {
                kept.push_str(text.get(from..start).unwrap_or(""));
                kept.push(' ');
                from = end;
                is_cut |= is_date;
                reader.at = place.at.max(first + 1);
            }
            None => reader.at += 1,
        }
    }
    kept.push_str(text.get(from..).unwrap_or(""));
    is_cut.then_some(kept)
}

/// Whether what reads as a date is not rather a release: it has a word, or its year stands last or before a hyphen.
fn is_no_release(date: &str) -> bool {
    let is_year = |part: &str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
    date.chars().any(char::is_alphabetic)
        || date.contains(['-', '/']) && date.split(['-', '/']).any(is_year)
        || date.split('.').nth(2).is_some_and(is_year)
}

/// The first stretch between two times of day of a text: "6:30 AM - 8:00 AM".
pub(crate) fn first_stretch(text: &str) -> Option<(Time, Time)> {
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let mut reader = Reader::new(text, &tokens, None);
    while reader.at < tokens.len() {
        match reader.clocks() {
            Some(clocks) => {
                if let Some(to) = clocks.to {
                    return Some((clocks.from, to));
                }
            }
            None => reader.at += 1,
        }
    }
    None
}

/// When a heading or a label says that it is due. `year` is for dates that name none.
pub(crate) fn when(text: &str, year: Option<i16>) -> Option<When> {
    said(text, year).when
}

/// Whether words in brackets only say when, so that a title can do without them.
pub(crate) fn says_only_when(text: &str, year: Option<i16>) -> bool {
    let said = said(text, year.or(Some(2000)));
    if said.when.is_some() && said.is_only_when {
        return true;
    }
    if !text.as_bytes().windows(4).any(|four| four.eq_ignore_ascii_case(b"days")) {
        return false;
    }
    let words = words::plain(text);
    words::has(&words, "days before") || words.starts_with("days ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_first_look_leaves_out_says_nothing_about_time() {
        let openings = [
            "",
            "half ",
            "half a ",
            "an ",
            "first ",
            "two ",
            "5 ",
            "5",
            "1.5 ",
            "T-",
            "T+2",
            "day ",
            "at 14.30 ",
            "1400 ",
        ];
        let units = duration::UNITS.iter().flat_map(|(names, _)| names.iter().copied());
        let named = clock::named_hours().chain(date::weekdays()).chain(date::months()).chain(relative::WORKING_DAYS);
        let endings = [
            "UTC",
            "am",
            "p.m.",
            "Uhr",
            "o'clock",
            "%",
            "0",
            "2026–01–21",
            "02/03",
            "1.2.2026",
            "6:30",
            "14h30",
            "errors",
        ];
        for word in units.chain(named).chain(endings) {
            for opening in openings {
                for ending in ["", " before", " after go-live", " 2026", " 21", ", 6 AM"] {
                    let text = format!("{opening}{word}{ending}");
                    let scanned = scan(&text, Some(2026));
                    let found = said(&text, Some(2026));
                    assert_eq!(Said { is_only_when: found.is_only_when, ..scanned }, found, "{text}");
                }
            }
        }
    }

    fn check(text: &str, expected: &str) {
        let stamp = |stamp: &Stamp| {
            let date = stamp.date.map(|date| date.to_string());
            let time = stamp.time.map(|time| time.strftime("%H:%M").to_string());
            [date, time].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let said = match when(text, Some(2026)) {
            None => "nothing".to_owned(),
            Some(When::Absolute { from, to: None, .. }) => stamp(&from),
            Some(When::Absolute { from, to: Some(to), .. }) => format!("{} to {}", stamp(&from), stamp(&to)),
            Some(When::Relative { from_s, to_s }) => format!("T{from_s:+}s {to_s:?}"),
            Some(When::WorkingDays { from_days, to_days }) => format!("{from_days:+} working days {to_days:?}"),
            Some(When::First { length_s }) => format!("first {length_s}s"),
        };
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn times_as_people_write_them() {
        check("Timeline: Jan 20, 4:00 PM", "2026-01-20 16:00");
        check("Phase 1: Pre-Deployment (6:00 AM)", "06:00");
        check("Phase 3: Verification (7:30-8:00 AM)", "07:30 to 08:00");
        check("lunch 11:30 – 1:00 PM", "11:30 to 13:00");
        check("PRE-DEPLOYMENT VERIFICATION (Jan 15-20)", "2026-01-15 to 2026-01-20");
        check("Target Date: January 21-22, 2026", "2026-01-21 to 2026-01-22");
        check("21 January 2027 at 06:30", "2027-01-21 06:30");
        check("2026-02-19 13:33 GMT+8", "2026-02-19 13:33");
        check("Day 2 (Jan 16-17):", "2026-01-16 to 2026-01-17");
        check("24 Hours Before Deployment", "T-86400s None");
        check("T-2h", "T-7200s None");
        check("T+45 to T+60 minutes", "T+2700s Some(3600)");
        check("First 24 Hours (Critical Monitoring)", "first 86400s");
        check("First Week Post-Deployment", "first 604800s");
        check("Every 4 hours", "nothing");
        check("50% Traffic (Three pods)", "nothing");
        check("Nodes 3 of 7, version 1.20+", "nothing");
        check("12 AM", "00:00");
        check("12:30 pm", "12:30");
        check("13:30 PM", "nothing");
        check("Step 7", "nothing");
        check("Markets opened", "nothing");
    }

    #[test]
    fn times_of_day_in_every_dress() {
        check("Deploy (14:00)", "14:00");
        check("Deploy at 14h30", "14:30");
        check("Deploy (1h30)", "nothing");
        check("Deploy at 1h30", "01:30");
        check("Deploy 1400 UTC", "14:00");
        check("Deploy 1400-1630 UTC", "14:00 to 16:30");
        check("Build 1400", "nothing");
        check("At noon", "12:00");
        check("Monday 22:00–02:00", "22:00 to 02:00");
        check("Jan 21, 22:00–02:00", "2026-01-21 22:00 to 2026-01-22 02:00");
        check("Jan 21 22:00 – Jan 23 02:00", "2026-01-21 22:00 to 2026-01-23 02:00");
        check("Jan 21, 18:00-24:00", "2026-01-21 18:00 to 2026-01-22 00:00");
        check("14.30 Uhr", "14:30");
        check("9 a.m. sharp", "09:00");
        check("2026-01-21T06:30Z", "2026-01-21 06:30");
        check("Day 5: 1% canary", "nothing");
        check("Day 8: 15% at 10:30", "10:30");
        check("image app:1:20", "nothing");
        check("7:30 UTC - 8:00 UTC", "07:30 to 08:00");
        check("9 to 10:30", "09:00 to 10:30");
        check("Phase 2 - 10:30 AM", "10:30");
        check("7 - 8 AM", "07:00 to 08:00");
        check("13:00-2:00 PM", "13:00 to 14:00");
    }

    #[test]
    fn days_in_every_dress() {
        check("21.01.2026", "2026-01-21");
        check("01/21/2026", "2026-01-21");
        check("21/01/2026", "2026-01-21");
        check("2026/01/21", "2026-01-21");
        check("21st of January", "2026-01-21");
        check("January 21st, 2027", "2027-01-21");
        check("21. Januar 2026", "2026-01-21");
        check("21 de enero de 2027", "2027-01-21");
        check("3 März", "2026-03-03");
        check("21 января 2026", "2026-01-21");
        check("5 Mayıs", "2026-05-05");
        check("Jan 30 - Feb 2", "2026-01-30 to 2026-02-02");
        check("Dec 30 - Jan 2", "2026-12-30 to 2027-01-02");
        check("Dec 30 - Jan 2, 2027", "2026-12-30 to 2027-01-02");
        check("15-20 January 2027", "2027-01-15 to 2027-01-20");
        check("2026-01-15 to 2026-01-20", "2026-01-15 to 2026-01-20");
        check("Freeze (02/03)", "2026-02-03");
        check("Step 01/05", "nothing");
        check("Pods 7/7", "nothing");
        check("3 may fail", "nothing");
        check("May 4", "2026-05-04");
        check("2. September release", "nothing");
        check("February 30", "nothing");
        check("version 1.2.2026", "2026-02-01");
    }

    #[test]
    fn times_from_t0_in_every_dress() {
        check("B. (T-minus 20 working days) Bug fixing", "-20 working days None");
        check("T-plus 30 days", "T+2592000s None");
        check("T-0: the window", "T+0s None");
        check("T+5min", "T+300s None");
        check("T-1 week", "T-604800s None");
        check("T-4 Hours: gather", "T-14400s None");
        check("T+0 to T+5 minutes", "T+0s Some(300)");
        check("T+30+ minutes", "T+1800s None");
        check("T+45-60 minutes", "T+2700s Some(3600)");
        check("T-1h30", "T-5400s None");
        check("T-1:30", "T-5400s None");
        check("T-3h .. T-2h", "T-10800s Some(-7200)");
        check("2-3 hours before", "T-10800s Some(-7200)");
        check("30 minutes after go-live", "T+1800s None");
        check("The day before go-live", "T-86400s None");
        check("D-1: freeze", "T-86400s None");
        check("D+1", "T+86400s None");
        check("J-3", "T-259200s None");
        check("H-2", "T-7200s None");
        check("Day 0", "T+0s None");
        check("10 working days before release", "-10 working days None");
        check("Day 3", "nothing");
        check("d-1 of the disk", "nothing");
        check("CVE-D-1", "nothing");
        check("Первые 5 минут", "first 300s");
        check("Erste 24 Stunden", "first 86400s");
        check("First place", "nothing");
        check("(12 hours)", "nothing");
    }

    #[test]
    fn zones_stand_behind_times() {
        let zone = |text: &str| match when(text, Some(2026)) {
            Some(When::Absolute { zone, .. }) => zone.unwrap_or_default(),
            _ => "no time".to_owned(),
        };
        assert_eq!(zone("Deploy (9:00 AM PST)"), "America/Los_Angeles");
        assert_eq!(zone("Deploy (09:00 Europe/Lisbon)"), "Europe/Lisbon");
        assert_eq!(zone("Deploy 9 AM Lisbon time"), "Europe/Lisbon");
        assert_eq!(zone("2026-02-19 13:33 GMT+8"), "+08:00");
        assert_eq!(zone("13:00-14:00 UTC"), "UTC");
        assert_eq!(zone("13:00 (est. 5 min)"), "");
        assert_eq!(zone("6:30 AM"), "");
    }

    #[test]
    fn brackets_that_say_more_than_when_stay() {
        for text in [
            "Jan 15-20",
            "6:00 AM",
            "2-3 hours before",
            "Jan 21 afternoon",
            "T+0 to T+5 minutes",
            "Days before go-live",
        ] {
            assert!(says_only_when(text, Some(2026)), "{text}");
        }
        for text in ["Jan 21, agreed with the bank", "after 6:00 AM ask Ada", "15 minutes", "Critical monitoring"] {
            assert!(!says_only_when(text, Some(2026)), "{text}");
        }
    }

    #[test]
    fn what_is_doubtful_is_told() {
        let doubtful = said("Tuesday 02/03/2026, 09:00 IST", None);
        assert_eq!(doubtful.weekdays, [Weekday::Tuesday]);
        assert_eq!(doubtful.other_date, Some(jiff::civil::date(2026, 3, 2)));
        assert!(doubtful.zone.is_some_and(|zone| zone.other.is_some()));
        assert!(said("Freeze (Jan 15)", None).lacks_year);
        assert!(!said("Freeze (Jan 15)", Some(2026)).lacks_year);
        assert_eq!(said("24 hours before (Jan 20, 4 PM)", Some(2026)).from_t0_s, Some(-86_400));
    }
}
