//! Dates, times of day, durations and zones as people write them.

use jiff::civil::{Date, Time};

use super::words;
use crate::model::{Stamp, When};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A piece of a text about time.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(String),
    Word(String),
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if character.is_ascii_digit() {
            let mut number = String::from(character);
            while let Some(next) = rest.next_if(char::is_ascii_digit) {
                number.push(next);
            }
            found.push(Token::Number(number));
        } else if character.is_alphabetic() {
            let mut word: String = character.to_lowercase().collect();
            while let Some(next) = rest.next_if(|next| next.is_alphabetic()) {
                word.extend(next.to_lowercase());
            }
            found.push(Token::Word(word));
        } else if !character.is_whitespace() {
            found.push(Token::Sign(if matches!(character, '–' | '—' | '−') { '-' } else { character }));
        }
    }
    found
}

/// The month that a word names, in full or cut to three or four letters.
fn month(word: &str) -> Option<i8> {
    let is_cut = (3..=4).contains(&word.len());
    let at = MONTHS.iter().position(|month| *month == word || is_cut && month.starts_with(word))?;
    i8::try_from(at + 1).ok()
}

/// A place in the tokens; each reader either takes what it understands or leaves the place as it was.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The year of dates that name none.
    year: Option<i16>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn number(&self, ahead: usize) -> Option<i32> {
        match self.peek(ahead)? {
            Token::Number(digits) if digits.len() <= 4 => digits.parse().ok(),
            _ => None,
        }
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        match self.peek(ahead)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn sign(&self, ahead: usize, sign: char) -> bool {
        self.peek(ahead) == Some(&Token::Sign(sign))
    }

    fn day(number: i32) -> Option<i8> {
        i8::try_from(number).ok().filter(|day| (1..=31).contains(day))
    }

    /// `Jan 15`, `Jan 15-20`, `January 21-22, 2026`, `21 January 2026`, `2026-01-21`: first day, last day.
    fn dates(&mut self) -> Option<(Date, Option<Date>)> {
        if let (Some(year), true, Some(month), true, Some(day)) =
            (self.number(0), self.sign(1, '-'), self.number(2), self.sign(3, '-'), self.number(4))
            && year >= 1000
        {
            let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, Self::day(day)?).ok()?;
            self.at += 5;
            return Some((date, None));
        }
        let (month, day, mut taken) = if let Some(month) = self.word(0).and_then(month) {
            let dot = usize::from(self.sign(1, '.'));
            (month, Self::day(self.number(1 + dot)?)?, 2 + dot)
        } else if let (Some(day), Some(month)) = (self.number(0), self.word(1).and_then(month)) {
            (month, Self::day(day)?, 2)
        } else {
            return None;
        };
        if self.word(taken).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th")) {
            taken += 1;
        }
        let mut last = None;
        if self.sign(taken, '-')
            && let Some(number) = self.number(taken + 1).and_then(Self::day)
            && !self.sign(taken + 2, ':')
        {
            last = Some(number);
            taken += 2;
        }
        let mut year = self.year;
        let comma = usize::from(self.sign(taken, ','));
        if let Some(number) = self.number(taken + comma).filter(|number| *number >= 1000) {
            year = i16::try_from(number).ok();
            taken += comma + 1;
        }
        let first = Date::new(year?, month, day).ok()?;
        let last = last.and_then(|day| Date::new(year?, month, day).ok());
        self.at += taken;
        Some((first, last))
    }

    /// `6:30 AM`, `16:00`, `6 AM`; the second part tells whether AM or PM was named.
    fn time(&mut self) -> Option<(i8, i8, Option<bool>)> {
        let hour = self.number(0).and_then(|hour| i8::try_from(hour).ok()).filter(|hour| (0..=24).contains(hour))?;
        let mut taken = 1;
        let mut minute = None;
        if self.sign(1, ':') {
            minute =
                self.number(2).and_then(|minute| i8::try_from(minute).ok()).filter(|minute| (0..60).contains(minute));
            minute?;
            taken = 3;
            if self.sign(3, ':') && self.number(4).is_some() {
                taken = 5;
            }
        }
        let afternoon = match self.word(taken) {
            Some("am") => Some(false),
            Some("pm") => Some(true),
            Some("a" | "p") if self.word(taken + 1) == Some("m") || self.sign(taken + 1, '.') => {
                let afternoon = self.word(taken) == Some("p");
                while self.sign(taken + 1, '.') || self.word(taken + 1) == Some("m") {
                    taken += 1;
                }
                Some(afternoon)
            }
            _ => None,
        };
        if afternoon.is_some() {
            taken += 1;
        } else if minute.is_none() {
            return None;
        }
        self.at += taken;
        Some((hour, minute.unwrap_or(0), afternoon))
    }

    /// `7:30-8:00 AM`, `6:30 AM`: first and last time of day.
    fn times(&mut self) -> Option<(Time, Option<Time>)> {
        let start = self.at;
        // "7-8 AM": the first hour has neither minutes nor AM.
        let bare = self.number(0).filter(|hour| *hour <= 12 && self.sign(1, '-'));
        let first = match self.time() {
            Some(first) => first,
            None => {
                let hour = i8::try_from(bare?).ok()?;
                self.at += 1;
                (hour, 0, None)
            }
        };
        let mut second = None;
        if self.sign(0, '-') || matches!(self.word(0), Some("to" | "until")) {
            self.at += 1;
            second = self.time();
            if second.is_none() {
                self.at -= 1;
            }
        }
        if second.is_none() && first.2.is_none() && bare.is_some() {
            self.at = start;
            return None;
        }
        let last = second.and_then(|(hour, minute, afternoon)| of_day(hour, minute, afternoon));
        let afternoon = first.2.or_else(|| second.and_then(|(_, _, afternoon)| afternoon));
        let mut begin = of_day(first.0, first.1, afternoon)?;
        if let (Some(end), None) = (last, first.2)
            && begin > end
        {
            // "11:30-1:00 PM" begins before noon.
            begin = of_day(first.0, first.1, afternoon.map(|afternoon| !afternoon))?;
        }
        Some((begin, last))
    }
}

fn of_day(hour: i8, minute: i8, afternoon: Option<bool>) -> Option<Time> {
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// Seconds of a unit of time; `None` where the word is none. `m` counts as minutes.
pub(crate) fn unit_s(word: &str) -> Option<u64> {
    Some(match word {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86_400,
        "w" | "week" | "weeks" => 604_800,
        _ => return None,
    })
}

/// The first duration of a text in seconds: "5 minutes", "2+ minutes", "1h30m", "in 24h".
pub(crate) fn duration_s(text: &str) -> Option<u64> {
    let tokens = tokens(text);
    let reader = Reader { tokens: &tokens, at: 0, year: None };
    for at in 0..tokens.len() {
        let place = Reader { at, ..reader };
        let plus = usize::from(place.sign(1, '+') || place.sign(1, '-'));
        let (Some(number), Some(unit)) = (place.number(0), place.word(1 + plus).and_then(unit_s)) else { continue };
        let mut seconds = u64::try_from(number).ok()? * unit;
        let mut next = Reader { at: at + 2 + plus, ..reader };
        while let (Some(number), Some(smaller)) = (next.number(0), next.word(1).and_then(unit_s)) {
            if smaller >= unit {
                break;
            }
            seconds += u64::try_from(number).ok()? * smaller;
            next.at += 2;
        }
        return Some(seconds);
    }
    None
}

/// The first year that stands in a full date of the text.
pub(crate) fn year_of(text: &str) -> Option<i16> {
    first_date(text, None).map(|date| date.year())
}

/// The first date of a text.
pub(crate) fn first_date(text: &str, year: Option<i16>) -> Option<Date> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| Reader { tokens: &tokens, at, year }.dates()).map(|(date, _)| date)
}

/// The first stretch between two times of day of a text: "6:30 AM - 8:00 AM".
pub(crate) fn first_stretch(text: &str) -> Option<(Time, Time)> {
    let tokens = tokens(text);
    (0..tokens.len())
        .filter_map(|at| Reader { tokens: &tokens, at, year: None }.times())
        .find_map(|(from, to)| to.map(|to| (from, to)))
}

/// When a heading or a label says that it is due. `year` is for dates that name none.
pub(crate) fn when(text: &str, year: Option<i16>) -> Option<When> {
    absolute(text, year).or_else(|| relative(text)).or_else(|| first(text))
}

fn absolute(text: &str, year: Option<i16>) -> Option<When> {
    let tokens = tokens(text);
    let mut date: Option<(Date, Option<Date>)> = None;
    let mut time: Option<(Time, Option<Time>)> = None;
    let mut reader = Reader { tokens: &tokens, at: 0, year };
    while reader.at < tokens.len() {
        if date.is_none()
            && let Some(found) = reader.dates()
        {
            date = Some(found);
        } else if time.is_none()
            && let Some(found) = reader.times()
        {
            time = Some(found);
        } else {
            reader.at += 1;
        }
    }
    if date.is_none() && time.is_none() {
        return None;
    }
    let from = Stamp { date: date.map(|(first, _)| first), time: time.map(|(first, _)| first) };
    let last_date = date.and_then(|(_, last)| last);
    let last_time = time.and_then(|(_, last)| last);
    let to =
        (last_date.is_some() || last_time.is_some()).then(|| Stamp { date: last_date.or(from.date), time: last_time });
    Some(When::Absolute { from, to, zone: None })
}

/// `T-2h`, `T+45 to T+60 minutes`, "24 hours before", "2 days after deployment".
fn relative(text: &str) -> Option<When> {
    let tokens = tokens(text);
    let reader = Reader { tokens: &tokens, at: 0, year: None };
    let mut found: Vec<i64> = Vec::new();
    for at in 0..tokens.len() {
        let place = Reader { at, ..reader };
        if place.word(0) == Some("t") && (place.sign(1, '-') || place.sign(1, '+')) {
            let sign = if place.sign(1, '-') { -1 } else { 1 };
            let unit = place.word(3).and_then(unit_s).or_else(|| {
                (at..tokens.len()).find_map(|later| Reader { at: later, ..reader }.word(0).and_then(unit_s))
            });
            if let (Some(number), Some(unit)) = (place.number(2), unit) {
                found.push(sign * i64::from(number) * i64::try_from(unit).ok()?);
            }
        }
    }
    if let Some(from_s) = found.first() {
        return Some(When::Relative { from_s: *from_s, to_s: found.get(1).copied() });
    }
    for at in 0..tokens.len() {
        let place = Reader { at, ..reader };
        let (Some(number), Some(unit)) = (place.number(0), place.word(1).and_then(unit_s)) else { continue };
        let sign = match place.word(2) {
            Some("before" | "prior") => -1,
            Some("after") => 1,
            _ => continue,
        };
        return Some(When::Relative { from_s: sign * i64::from(number) * i64::try_from(unit).ok()?, to_s: None });
    }
    None
}

/// "First 24 Hours", "First week".
fn first(text: &str) -> Option<When> {
    let tokens = tokens(text);
    let reader = Reader { tokens: &tokens, at: 0, year: None };
    for at in 0..tokens.len() {
        let place = Reader { at, ..reader };
        if place.word(0) != Some("first") {
            continue;
        }
        let length = match (place.number(1), place.word(2).and_then(unit_s), place.word(1).and_then(unit_s)) {
            (Some(number), Some(unit), _) => i64::from(number) * i64::try_from(unit).ok()?,
            (_, _, Some(unit)) => i64::try_from(unit).ok()?,
            _ => continue,
        };
        return Some(When::First { length_s: length });
    }
    None
}

/// Whether words in brackets only say when, so that a title can do without them.
pub(crate) fn says_only_when(text: &str, year: Option<i16>) -> bool {
    let words = words::plain(text);
    absolute(text, year.or(Some(2000))).is_some()
        || relative(text).is_some()
        || words::has(&words, "days before")
        || words.starts_with("days ")
}

/// The zone that a text names right after a time of day, or an IANA name anywhere in it.
pub(crate) fn zone(text: &str) -> Option<&str> {
    for word in text.split(|character: char| character.is_whitespace() || matches!(character, '(' | ')' | ',' | ';')) {
        let word = word.trim_matches(|character: char| !character.is_alphanumeric());
        if word == "UTC" || word == "GMT" {
            return Some("UTC");
        }
        let looks_like_iana = word.contains('/') && word.starts_with(|first: char| first.is_ascii_uppercase());
        if looks_like_iana && jiff::tz::TimeZone::get(word).is_ok() {
            return Some(word);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn durations() {
        assert_eq!(duration_s("Hold for 5 minutes"), Some(300));
        assert_eq!(duration_s("Pod healthy (2+ minutes)"), Some(120));
        assert_eq!(duration_s("Within 15 minutes"), Some(900));
        assert_eq!(duration_s("1h30m"), Some(5400));
        assert_eq!(duration_s("first 24h"), Some(86_400));
        assert_eq!(duration_s("all pods"), None);
        assert_eq!(duration_s("P95 latency <200ms"), None);
    }

    #[test]
    fn zones() {
        assert_eq!(zone("from 6:30 AM - 8:00 AM UTC to deploy"), Some("UTC"));
        assert_eq!(zone("at 09:00 (Europe/Lisbon)"), Some("Europe/Lisbon"));
        assert_eq!(zone("Slack/Zoom and A/AAAA"), None);
    }
}
