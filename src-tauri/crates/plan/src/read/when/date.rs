//! Days: "Jan 21", "21st of January 2026", "2026-01-21", "21.01.2026", "01/21/2026", and the names of weekdays.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use super::token::Reader;
use crate::read::words::WordMap;

/// The months' names as they are written: English in full and cut, and those of other languages.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "janvier", "janv", "enero", "janeiro", "ocak", "января", "январь"],
    &["february", "feb", "februar", "février", "févr", "febrero", "fevereiro", "şubat", "февраля", "февраль"],
    &["march", "mar", "märz", "mär", "mars", "marzo", "março", "mart", "марта", "март"],
    &["april", "apr", "avril", "avr", "abril", "nisan", "апреля", "апрель"],
    &["may", "mai", "mayo", "maio", "mayıs", "mayis", "мая", "май"],
    &["june", "jun", "juni", "juin", "junio", "junho", "haziran", "июня", "июнь"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "julho", "temmuz", "июля", "июль"],
    &["august", "aug", "août", "agosto", "ağustos", "августа", "август"],
    &["september", "sep", "sept", "septembre", "septiembre", "setembro", "eylül", "сентября", "сентябрь"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "outubro", "ekim", "октября", "октябрь"],
    &["november", "nov", "novembre", "noviembre", "novembro", "kasım", "kasim", "ноября", "ноябрь"],
    &[
        "december",
        "dec",
        "dezember",
        "dez",
        "décembre",
        "déc",
        "diciembre",
        "dezembro",
        "aralık",
        "aralik",
        "декабря",
        "декабрь",
    ],
];

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["monday", "montag", "lundi", "lunes", "pazartesi", "понедельник"]),
    (Weekday::Tuesday, &["tuesday", "dienstag", "mardi", "martes", "salı", "вторник"]),
    (Weekday::Wednesday, &["wednesday", "mittwoch", "mercredi", "miércoles", "çarşamba", "среда", "среду"]),
    (Weekday::Thursday, &["thursday", "donnerstag", "jeudi", "jueves", "perşembe", "четверг"]),
    (Weekday::Friday, &["friday", "freitag", "vendredi", "viernes", "cuma", "пятница", "пятницу"]),
    (Weekday::Saturday, &["saturday", "samstag", "sonnabend", "samedi", "sábado", "cumartesi", "суббота", "субботу"]),
    (Weekday::Sunday, &["sunday", "sonntag", "dimanche", "domingo", "pazar", "воскресенье"]),
];

/// English weekdays cut short; words like "sat" and "sun" are days only beside a date.
const SHORT_WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["mon"]),
    (Weekday::Tuesday, &["tue", "tues"]),
    (Weekday::Wednesday, &["wed"]),
    (Weekday::Thursday, &["thu", "thur", "thurs"]),
    (Weekday::Friday, &["fri"]),
    (Weekday::Saturday, &["sat"]),
    (Weekday::Sunday, &["sun"]),
];

/// The names of the months.
pub(super) fn months() -> impl Iterator<Item = &'static str> {
    MONTHS.into_iter().flatten().copied()
}

/// The names of the weekdays, in full and cut short.
pub(super) fn weekdays() -> impl Iterator<Item = &'static str> {
    WEEKDAYS.into_iter().chain(SHORT_WEEKDAYS).flat_map(|(_, names)| names.iter().copied())
}

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    // Most words are none, and each is asked for.
    static NAMED: LazyLock<WordMap<i8>> = LazyLock::new(|| {
        MONTHS.iter().zip(1..).flat_map(|(names, month)| names.iter().map(move |name| (*name, month))).collect()
    });
    NAMED.get(word).copied()
}

/// The day that a word names in full.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    static NAMED: LazyLock<WordMap<Weekday>> = LazyLock::new(|| named(&WEEKDAYS));
    NAMED.get(word).copied()
}

fn short_weekday(word: &str) -> Option<Weekday> {
    static NAMED: LazyLock<WordMap<Weekday>> = LazyLock::new(|| named(&SHORT_WEEKDAYS));
    NAMED.get(word).copied()
}

fn named(days: &[(Weekday, &[&'static str])]) -> WordMap<Weekday> {
    days.iter().flat_map(|(day, names)| names.iter().map(move |name| (*name, *day))).collect()
}

/// A weekday in English, for sentences.
pub(crate) fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// A day, or two of them, as a text has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Days {
    /// The first day; `None` where neither the text nor the file names a year.
    pub(super) first: Option<Date>,
    /// The last day of a range.
    pub(super) last: Option<Date>,
    /// The other reading of a date in numbers (`02/03/2026`).
    pub(super) other: Option<Date>,
}

/// A day with or without its year.
#[derive(Debug, Clone, Copy)]
struct Day {
    year: Option<i16>,
    month: i8,
    day: i8,
    /// Whether day and month could be the other way round.
    is_ambiguous: bool,
}

impl Day {
    fn new(year: Option<i32>, month: i32, day: i32, is_ambiguous: bool) -> Option<Self> {
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        Some(Self { year: year.and_then(|year| i16::try_from(year).ok()), month, day, is_ambiguous })
    }

    fn date(self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.day).ok()
    }
}

impl Reader<'_> {
    /// A day or a range of days at this place.
    pub(super) fn days(&mut self) -> Option<Days> {
        let mut place = *self;
        // "15-20 January 2026": the first day has no month of its own.
        if let Some(first) = place.day_number(0)
            && let between @ 1.. = place.until(1)
            && (!place.sign(1, '/') && !place.sign(1, '.'))
        {
            let mut end = Reader { at: place.at + 1 + between, ..place };
            if end.digits(0).is_some()
                && let Some(last) = end.named_day()
                && let Some(first) = Day::new(last.year.map(i32::from), i32::from(last.month), first, false)
            {
                *self = end;
                return Some(Days { first: first.date(self.year), last: last.date(self.year), other: None });
            }
        }
        let first = place.numeric_day().or_else(|| place.named_day())?;
        let mut days = Days { first: None, last: None, other: None };
        let mut first = first;
        let mut last: Option<Day> = None;
        let between = place.until(0);
        let is_iso_time = place.word(0) == Some("t");
        if between > 0 && !is_iso_time {
            let mut end = Reader { at: place.at + between, ..place };
            if let Some(day) = end.numeric_day().or_else(|| end.named_day()) {
                last = Some(day);
                place = end;
            } else if let Some(day) = end.day_number(0)
                && !end.sign(1, ':')
                && !matches!(end.word(1), Some("am" | "pm" | "h" | "uhr"))
                && !(end.sign(1, '.') && end.is_joined(1) && end.digits(2).is_some())
            {
                // "Jan 15-20", "January 21-22, 2026".
                end.at += 1 + end.ordinal(1);
                let year = end.year_here();
                first.year = first.year.or(year);
                last = Day::new(first.year.map(i32::from), i32::from(first.month), day, false);
                place = end;
            }
        }
        if let Some(last) = last {
            // "Dec 30 - Jan 2, 2027" begins in the year before.
            first.year = first.year.or_else(|| {
                let wraps = last.month < first.month;
                last.year.map(|year| if wraps { year.saturating_sub(1) } else { year })
            });
        }
        days.first = first.date(place.year);
        days.last = last.and_then(|last| {
            let begins = days.first.map(Date::year);
            let year =
                last.year.or(begins).map(|year| year + i16::from(last.year.is_none() && last.month < first.month));
            last.date(year)
        });
        if first.is_ambiguous {
            let swapped = Day { month: first.day, day: first.month, ..first };
            days.other = swapped.date(place.year);
        }
        self.at = place.at;
        Some(days)
    }

    fn day_number(&self, ahead: usize) -> Option<i32> {
        self.digits(ahead).filter(|digits| digits.len() <= 2)?;
        self.number(ahead).filter(|day| (1..=31).contains(day))
    }

    /// "st", "nd", "rd", "th" behind a number, and the dot of "21. Januar".
    fn ordinal(&self, ahead: usize) -> usize {
        usize::from(matches!(self.word(ahead), Some("st" | "nd" | "rd" | "th" | "er" | "º")) && self.is_joined(ahead))
    }

    /// A year behind a date: "2026", ", 2026".
    fn year_here(&mut self) -> Option<i16> {
        let skipped = usize::from(self.sign(0, ',') || matches!(self.word(0), Some("de" | "of")));
        let year = self.digits(skipped).filter(|digits| digits.len() == 4).and_then(|_| self.number(skipped))?;
        // "Jan 21 1400 UTC" names a time, not a year.
        let year = i16::try_from(year).ok().filter(|year| (1970..=2199).contains(year))?;
        self.at += skipped + 1;
        Some(year)
    }

    /// `2026-01-21`, `2026/01/21`, `21.01.2026`, `01/21/2026`.
    fn numeric_day(&mut self) -> Option<Day> {
        if let Some(day) = self.short_numeric_day() {
            return Some(day);
        }
        let separator = ['-', '/', '.'].into_iter().find(|sign| self.sign(1, *sign) && self.sign(3, *sign))?;
        if !(1..=4).all(|ahead| self.is_joined(ahead)) || self.sign(5, separator) && self.is_joined(5) {
            return None;
        }
        let (first, second, third) = (self.number(0)?, self.number(2)?, self.number(4)?);
        let lengths = [0, 2, 4].map(|ahead| self.digits(ahead).map_or(0, str::len));
        let day = match (lengths, separator) {
            ([4, 1..=2, 1..=2], _) => Day::new(Some(first), second, third, false),
            ([1..=2, 1..=2, 4], '.' | '-') => Day::new(Some(third), second, first, false),
            ([1..=2, 1..=2, 4], _) if first > 12 => Day::new(Some(third), second, first, false),
            // Month first is what most who write strokes mean; where it can be either way, a finding says so.
            ([1..=2, 1..=2, 4], _) => Day::new(Some(third), first, second, second <= 12 && first != second),
            _ => None,
        }?;
        if !day.year.is_some_and(|year| (1970..=2199).contains(&year)) {
            return None;
        }
        self.at += 5;
        Some(day)
    }

    /// `02/03`, where nothing but a day is meant: both of two digits, one with a zero, behind a bracket, a comma, a
    /// colon or "on"; "step 01/05" counts.
    fn short_numeric_day(&mut self) -> Option<Day> {
        let is_pair = self.sign(1, '/') && self.is_joined(1) && self.is_joined(2) && !self.sign(3, '/');
        let both = [self.digits(0)?, if is_pair { self.digits(2)? } else { return None }];
        if both.iter().any(|digits| digits.len() != 2) || !both.iter().any(|digits| digits.starts_with('0')) {
            return None;
        }
        let before = self.at.checked_sub(1).map(|at| Reader { at, ..*self })?;
        let is_led = ['(', ',', ':'].iter().any(|sign| before.sign(0, *sign))
            || matches!(before.word(0), Some("on" | "am" | "le" | "el"))
            || before.word(0).and_then(weekday).is_some();
        let (first, second) = (self.number(0)?, self.number(2)?);
        let day = if first > 12 {
            Day::new(None, second, first, false)
        } else {
            Day::new(None, first, second, second <= 12 && first != second)
        };
        let day = day.filter(|_| is_led)?;
        self.at += 3;
        Some(day)
    }

    /// `Jan 21`, `January 21st, 2026`, `21 January`, `21st of January 2026`, `21. Januar`, `21 de enero de 2026`.
    fn named_day(&mut self) -> Option<Day> {
        let (month, day, taken) = if let Some(found) = self.word(0).and_then(month) {
            let dot = usize::from(self.sign(1, '.'));
            let number = self.day_number(1 + dot)?;
            // "May 5 servers": a year, a time, an end or nothing may follow "may"; in small letters it is a verb.
            if self.written(0) == "may" {
                return None;
            }
            (found, number, 2 + dot)
        } else {
            let number = self.day_number(0)?;
            let mut at = 1 + self.ordinal(1);
            let dot = usize::from(self.sign(at, '.'));
            at += dot;
            if matches!(self.word(at), Some("of" | "de" | "d")) {
                at += 1;
            }
            let found = self.word(at).and_then(month)?;
            let year_follows = self.digits(at + 1).is_some_and(|digits| digits.len() == 4);
            // "2. September release" is the second heading, "2 may fail" a warning.
            let is_counted = dot > 0 && self.at == 0 && !year_follows;
            if self.written(at) == "may" || is_counted {
                return None;
            }
            (found, number, at + 1)
        };
        let mut place = Reader { at: self.at + taken, ..*self };
        place.at += place.ordinal(0);
        let year = place.year_here();
        let day = Day::new(year.map(i32::from), i32::from(month), day, false)?;
        self.at = place.at;
        Some(day)
    }

    /// A weekday at this place; cut short only where a date follows.
    pub(super) fn weekday(&mut self) -> Option<Weekday> {
        let word = self.word(0)?;
        if let Some(day) = weekday(word) {
            self.at += 1;
            return Some(day);
        }
        let day = short_weekday(word).filter(|_| self.is_capital(0))?;
        let mut next = Reader { at: self.at + 1, ..*self };
        while next.sign(0, ',') || next.sign(0, '.') {
            next.at += 1;
        }
        let is_day = next.days().is_some();
        if is_day {
            self.at += 1;
        }
        is_day.then_some(day)
    }
}
