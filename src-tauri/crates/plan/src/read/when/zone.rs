//! Zones: by IANA name, abbreviation, offset or city.

use std::ops::Range;

use jiff::tz::{Offset, TimeZone};

use super::token::{Reader, lowered, tokens};

/// Which half of the year an abbreviation holds in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    /// Standard time ("PST").
    Standard,
    /// Summer time ("PDT").
    Summer,
}

/// A zone as a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Zone {
    /// An IANA name or an offset (`+08:00`).
    pub(crate) name: String,
    /// The words that name it.
    pub(crate) words: String,
    /// Where the abbreviation says so, the half of the year that it holds in.
    pub(crate) season: Option<Season>,
    /// What else the abbreviation may mean.
    pub(crate) other: Option<&'static str>,
}

/// Abbreviation, zone, season, what else it may mean.
type Abbreviation = (&'static str, &'static str, Option<Season>, Option<&'static str>);

const STANDARD: Option<Season> = Some(Season::Standard);
const SUMMER: Option<Season> = Some(Season::Summer);

const ABBREVIATIONS: [Abbreviation; 59] = [
    ("UTC", "UTC", None, None),
    ("GMT", "UTC", None, None),
    ("Z", "UTC", None, None),
    ("PT", "America/Los_Angeles", None, None),
    ("PST", "America/Los_Angeles", STANDARD, None),
    ("PDT", "America/Los_Angeles", SUMMER, None),
    ("MT", "America/Denver", None, None),
    ("MST", "America/Denver", STANDARD, None),
    ("MDT", "America/Denver", SUMMER, None),
    ("CT", "America/Chicago", None, None),
    ("CST", "America/Chicago", STANDARD, Some("China's time, or Cuba's")),
    ("CDT", "America/Chicago", SUMMER, None),
    ("ET", "America/New_York", None, None),
    ("EST", "America/New_York", STANDARD, None),
    ("EDT", "America/New_York", SUMMER, None),
    ("AKST", "America/Anchorage", STANDARD, None),
    ("AKDT", "America/Anchorage", SUMMER, None),
    ("HST", "Pacific/Honolulu", None, None),
    ("BRT", "America/Sao_Paulo", None, None),
    ("WET", "Europe/Lisbon", STANDARD, None),
    ("WEST", "Europe/Lisbon", SUMMER, None),
    ("BST", "Europe/London", SUMMER, Some("Bangladesh's time")),
    ("CET", "Europe/Berlin", STANDARD, None),
    ("CEST", "Europe/Berlin", SUMMER, None),
    ("MEZ", "Europe/Berlin", STANDARD, None),
    ("MESZ", "Europe/Berlin", SUMMER, None),
    ("EET", "Europe/Athens", STANDARD, None),
    ("EEST", "Europe/Athens", SUMMER, None),
    ("MSK", "Europe/Moscow", None, None),
    ("МСК", "Europe/Moscow", None, None),
    ("TRT", "Europe/Istanbul", None, None),
    ("SAST", "Africa/Johannesburg", None, None),
    ("EAT", "Africa/Nairobi", None, None),
    ("WAT", "Africa/Lagos", None, None),
    ("GST", "Asia/Dubai", None, None),
    ("PKT", "Asia/Karachi", None, None),
    ("IST", "Asia/Kolkata", None, Some("Ireland's time, or Israel's")),
    ("ICT", "Asia/Bangkok", None, None),
    ("WIB", "Asia/Jakarta", None, None),
    ("SGT", "Asia/Singapore", None, None),
    ("HKT", "Asia/Hong_Kong", None, None),
    ("PHT", "Asia/Manila", None, None),
    ("JST", "Asia/Tokyo", None, None),
    ("KST", "Asia/Seoul", None, None),
    ("AWST", "Australia/Perth", None, None),
    ("ACST", "Australia/Adelaide", STANDARD, None),
    ("ACDT", "Australia/Adelaide", SUMMER, None),
    ("AET", "Australia/Sydney", None, None),
    ("AEST", "Australia/Sydney", STANDARD, None),
    ("AEDT", "Australia/Sydney", SUMMER, None),
    ("NZT", "Pacific/Auckland", None, None),
    ("NZST", "Pacific/Auckland", STANDARD, None),
    ("NZDT", "Pacific/Auckland", SUMMER, None),
    ("COT", "America/Bogota", None, None),
    ("CLT", "America/Santiago", STANDARD, None),
    ("CLST", "America/Santiago", SUMMER, None),
    ("NPT", "Asia/Kathmandu", None, None),
    ("IDT", "Asia/Jerusalem", SUMMER, None),
    ("AST", "America/Halifax", STANDARD, Some("Arabia's time")),
];

/// Cities that the database does not name, and regions before "time".
const PLACES: [(&str, &str); 28] = [
    ("pacific", "America/Los_Angeles"),
    ("mountain", "America/Denver"),
    ("central", "America/Chicago"),
    ("eastern", "America/New_York"),
    ("uk", "Europe/London"),
    ("san francisco", "America/Los_Angeles"),
    ("seattle", "America/Los_Angeles"),
    ("boston", "America/New_York"),
    ("washington", "America/New_York"),
    ("atlanta", "America/New_York"),
    ("austin", "America/Chicago"),
    ("dallas", "America/Chicago"),
    ("porto", "Europe/Lisbon"),
    ("barcelona", "Europe/Madrid"),
    ("milan", "Europe/Rome"),
    ("geneva", "Europe/Zurich"),
    ("munich", "Europe/Berlin"),
    ("hamburg", "Europe/Berlin"),
    ("frankfurt", "Europe/Berlin"),
    ("tel aviv", "Asia/Jerusalem"),
    ("ankara", "Europe/Istanbul"),
    ("beijing", "Asia/Shanghai"),
    ("mumbai", "Asia/Kolkata"),
    ("delhi", "Asia/Kolkata"),
    ("bangalore", "Asia/Kolkata"),
    ("bengaluru", "Asia/Kolkata"),
    ("rio", "America/Sao_Paulo"),
    ("kyiv", "Europe/Kyiv"),
];

/// Zones of one offset all year whose offset is no whole hour.
const PARTS_OF_HOURS: [(&str, &str); 7] = [
    ("+03:30", "Asia/Tehran"),
    ("+04:30", "Asia/Kabul"),
    ("+05:30", "Asia/Kolkata"),
    ("+05:45", "Asia/Kathmandu"),
    ("+06:30", "Asia/Yangon"),
    ("+08:45", "Australia/Eucla"),
    ("+09:30", "Australia/Darwin"),
];

/// The zone of an IANA name or an offset.
pub(crate) fn time_zone(name: &str) -> Option<TimeZone> {
    match offset_s(name) {
        Some(seconds) => Offset::from_seconds(seconds).ok().map(TimeZone::fixed),
        None => TimeZone::get(name).ok(),
    }
}

/// Seconds of `+08:00`.
fn offset_s(name: &str) -> Option<i32> {
    let (sign, rest) = match name.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, name.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    Some(sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60))
}

/// The IANA name that stands for an offset where a plan's one zone has to have a name.
pub(crate) fn iana_name(name: &str) -> Option<String> {
    let Some(seconds) = offset_s(name) else { return Some(name.to_owned()) };
    if let Some((_, zone)) = PARTS_OF_HOURS.iter().find(|(offset, _)| *offset == name) {
        return Some((*zone).to_owned());
    }
    // The signs of Etc are those of POSIX: hours west of Greenwich.
    let hours = seconds / 3600;
    let name = format!("Etc/GMT{}{}", if hours > 0 { "-" } else { "+" }, hours.abs());
    (seconds % 3600 == 0 && TimeZone::get(&name).is_ok()).then_some(name)
}

impl Reader<'_> {
    /// A zone behind a time of day: `UTC`, `(PST)`, `GMT+8`, `+08:00`, `Europe/Lisbon`, `Lisbon time`, `(Berlin)`.
    pub(super) fn zone(&mut self) -> Option<Zone> {
        let bracket = usize::from(self.sign(0, '(') || self.sign(0, '[') || self.sign(0, ','));
        let mut place = Reader { at: self.at + bracket, ..*self };
        let first = place.at;
        let mut zone = place.iana().or_else(|| place.abbreviated()).or_else(|| place.bare_offset());
        if zone.is_none() {
            zone = place.city(self.sign(0, '('));
        }
        let mut zone = zone?;
        let start = place.tokens.get(first).map_or(0, |token| token.start);
        let end = place.at.checked_sub(1).and_then(|at| place.tokens.get(at)).map_or(start, |token| token.end);
        zone.words = self.text.get(start..end).unwrap_or("").to_owned();
        if self.sign(0, '(') && place.sign(0, ')') || self.sign(0, '[') && place.sign(0, ']') {
            place.at += 1;
        }
        self.at = place.at;
        Some(zone)
    }

    /// A zone by its IANA name.
    pub(super) fn iana(&mut self) -> Option<Zone> {
        let start = self.peek(0)?.start;
        if !self.is_capital(0) || !self.sign(1, '/') || !self.is_joined(1) {
            return None;
        }
        let rest = self.text.get(start..)?;
        // No name of the database is longer.
        let length = rest
            .char_indices()
            .take(40)
            .find(|(_, character)| !character.is_ascii_alphanumeric() && !matches!(character, '/' | '_' | '-' | '+'))
            .map_or(rest.len().min(40), |(at, _)| at);
        let name = rest.get(..length)?.trim_end_matches(['-', '/', '+']);
        TimeZone::get(name).ok()?;
        let end = start + name.len();
        while self.peek(0).is_some_and(|token| token.start < end) {
            self.at += 1;
        }
        Some(plain(name))
    }

    /// `UTC`, `GMT+8`, `UTC+05:30`, `PST`: in capitals, since "est", "ist" and "et" are words.
    pub(super) fn abbreviated(&mut self) -> Option<Zone> {
        if !self.is_upper(0) {
            return None;
        }
        let written = self.written(0);
        let (_, name, season, other) = ABBREVIATIONS.iter().find(|(short, ..)| *short == written)?;
        self.at += 1;
        if *name == "UTC" {
            if let Some(offset) = self.offset() {
                return Some(plain(&offset));
            }
            return Some(plain(name));
        }
        Some(Zone { season: *season, other: *other, ..plain(name) })
    }

    /// `+2`, `-05:30`, `+0800` behind "UTC" or "GMT"; `UTC` itself for none.
    fn offset(&mut self) -> Option<String> {
        let is_east = self.sign(0, '+');
        let is_west = self.sign(0, '-') && self.is_joined(0);
        if !is_east && !is_west {
            return None;
        }
        let digits = self.digits(1)?;
        let number = self.number(1)?;
        let (hours, minutes, taken) = if digits.len() == 4 {
            (number / 100, number % 100, 2)
        } else if self.sign(2, ':') && self.is_joined(2) && self.digits(3).is_some_and(|digits| digits.len() == 2) {
            (number, self.number(3)?, 4)
        } else {
            (number, 0, 2)
        };
        if hours > 14 || minutes > 59 {
            return None;
        }
        self.at += taken;
        let name = format!("{}{hours:02}:{minutes:02}", if is_east { '+' } else { '-' });
        Some(if hours == 0 && minutes == 0 { "UTC".to_owned() } else { name })
    }

    /// `+08:00` or `+0800` right behind a time. A minus is none: it is the dash of a range.
    fn bare_offset(&mut self) -> Option<Zone> {
        let has_minutes = self.digits(1).is_some_and(|digits| digits.len() == 4)
            || self.sign(2, ':') && self.digits(1).is_some_and(|digits| digits.len() == 2);
        if !self.sign(0, '+') || !has_minutes {
            return None;
        }
        self.offset().map(|name| plain(&name))
    }

    /// `Lisbon time`, `(Berlin)`, `New York time`, `Pacific time`.
    fn city(&mut self, is_in_brackets: bool) -> Option<Zone> {
        if !self.is_capital(0) {
            return None;
        }
        let is_two = self.is_capital(1) && self.word(1).is_some_and(|word| word != "time");
        let words = if is_two { 2 } else { 1 };
        let ends = self.word(words) == Some("time") || is_in_brackets && self.sign(words, ')');
        if !ends {
            return None;
        }
        let name = (0..words).filter_map(|ahead| self.word(ahead)).collect::<Vec<_>>().join(" ");
        let zone = place(&name)?;
        self.at += words + usize::from(self.word(words) == Some("time"));
        Some(plain(&zone))
    }
}

/// The zone of a city or region, in lower case.
fn place(name: &str) -> Option<String> {
    if let Some((_, zone)) = PLACES.iter().find(|(place, _)| *place == name) {
        return Some((*zone).to_owned());
    }
    let bundled = jiff::tz::TimeZoneDatabase::bundled();
    let found = bundled.available().find(|zone| {
        let zone = zone.as_str();
        let city = zone.rsplit_once('/').filter(|(area, _)| !area.starts_with("Etc")).map(|(_, city)| city);
        city.is_some_and(|city| city.len() == name.len() && city.replace('_', " ").eq_ignore_ascii_case(name))
    })?;
    Some(found.as_str().to_owned())
}

fn plain(name: &str) -> Zone {
    Zone { name: name.to_owned(), words: name.to_owned(), season: None, other: None }
}

/// The zone that a text of nothing else names: `Europe/Lisbon`, `CET`, `UTC+2`, `Berlin`.
pub(crate) fn named_zone(text: &str) -> Option<String> {
    let text = text.trim();
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let mut reader = Reader::new(text, &tokens, None);
    let zone = reader.iana().or_else(|| reader.abbreviated()).or_else(|| reader.bare_offset());
    if let Some(zone) = zone.filter(|_| reader.at == tokens.len()) {
        return Some(zone.name);
    }
    place(&text.to_lowercase())
}

/// The zone that a line names for the whole plan, and whether it says so of all times ("All times are UTC").
pub(crate) fn zone(text: &str) -> Option<(Zone, bool)> {
    let is_statement = speaks_of_all(text);
    let names = || text.as_bytes().windows(3).any(|three| matches!(three, b"UTC" | b"GMT"));
    let areas = ["Europe/", "America/", "Asia/", "Africa/", "Australia/", "Pacific/", "Atlantic/", "Indian/", "Etc/"];
    let is_behind_area = |at: usize| text.get(..=at).is_some_and(|head| areas.iter().any(|area| head.ends_with(area)));
    let has_area = || text.match_indices('/').any(|(at, _)| is_behind_area(at));
    let is_timed = || may_have_time(text) && may_follow(text);
    let may_name = is_statement || is_timed() || names() || has_area();
    if !may_name {
        return None;
    }
    let lowered = lowered(text);
    let tokens = tokens(text, &lowered);
    let mut reader = Reader::new(text, &tokens, None);
    while reader.at < tokens.len() {
        let mut place = reader;
        if let Some(clock) = place.clocks() {
            if let Some(zone) = clock.zone {
                return Some((zone, is_statement));
            }
            reader.at = place.at;
            continue;
        }
        if let Some(zone) = place.iana() {
            return Some((zone, is_statement));
        }
        let is_universal = matches!(reader.written(0), "UTC" | "GMT");
        let is_short = is_statement && reader.written(0).len() > 1;
        if (is_universal || is_short)
            && let Some(zone) = place.abbreviated()
        {
            return Some((zone, is_statement));
        }
        reader.at += 1;
    }
    None
}

/// The stretches of a text whose lines may name a zone; [`zone`] makes nothing of any other line.
pub(crate) fn stretches(text: &str) -> impl Iterator<Item = Range<usize>> {
    // Most hold nothing of the kind, and many bytes are looked at in one step.
    const STRETCH: usize = 64;
    let bytes = text.as_bytes();
    let may_hold = move |start: usize| {
        let Some(stretch) = bytes.get(start..).and_then(|rest| rest.first_chunk::<{ STRETCH + 2 }>()) else {
            return true;
        };
        let ([first @ .., _, _], [_, second @ .., _], [_, _, third @ ..]) = (stretch, stretch, stretch);
        let three = first.iter().zip(second).zip(third);
        three.fold(0, |so_far, ((first, second), third)| so_far | u8::from(may_begin(*first, *second, *third))) != 0
    };
    let starts = (0..bytes.len()).step_by(STRETCH).filter(move |start| may_hold(*start));
    starts.map(move |start| start..bytes.len().min(start + STRETCH))
}

/// Whether three bytes may be of a time of day, of "time" itself, of UTC or GMT, or the end of an area's name. Without a
/// way out in the middle, so that the machine can do many at once.
fn may_begin(first: u8, second: u8, third: u8) -> bool {
    let is_time = |byte: u8| {
        let letter = byte | 0x20;
        (byte == b':') | (letter == b'a') | (letter == b'p') | (letter == b'h') | (letter == b'u')
    };
    let begins_time = is_time(second) | (second == b' ') & (is_time(third) | (third == b' '));
    let is_name = (first == b'U') & (second == b'T') & (third == b'C')
        | (first == b'G') & (second == b'M') & (third == b'T')
        | (first | 0x20 == b'i') & (second | 0x20 == b'm') & (third | 0x20 == b'e');
    let ends_area = (first == b'e') | (first == b'a') | (first == b'c') | (first == b'n');
    first.is_ascii_digit() & begins_time | is_name | ends_area & (second == b'/')
}

/// Whether a line has anything that names a zone behind a time of day: most times stand without.
fn may_follow(text: &str) -> bool {
    let is_time = |four: &[u8]| four.eq_ignore_ascii_case(b"time");
    // A city begins with a capital, in any alphabet.
    let is_city = |rest: &str| !rest.trim_start().starts_with(|first: char| first.is_ascii() && !first.is_uppercase());
    let is_abbreviation = |word: &str| ABBREVIATIONS.iter().any(|(short, ..)| *short == word);
    !text.is_ascii()
        || text.contains(['/', '+'])
        || text.split('(').skip(1).any(is_city)
        || text.as_bytes().windows(4).any(is_time)
        || text
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()))
            .any(|word| !matches!(word, "" | "AM" | "PM") && is_abbreviation(word))
}

/// Whether a number stands before what makes it a time of day: ":30", "AM", "h", "Uhr".
fn may_have_time(text: &str) -> bool {
    let mut is_behind_digit = false;
    text.bytes().any(|byte| {
        let is_time = is_behind_digit && matches!(byte, b':' | b'a' | b'A' | b'p' | b'P' | b'h' | b'H' | b'u' | b'U');
        is_behind_digit = byte.is_ascii_digit() || is_behind_digit && byte == b' ';
        is_time
    })
}

/// Whether a line speaks of times as such: "All times are in …", "Time zone: …".
pub(crate) fn speaks_of_all(text: &str) -> bool {
    // One look at the letters that all of them hold spares most lines the rest.
    text.as_bytes().windows(3).any(|three| matches!(three, b"ime" | b"IME"))
        && ["imes are", "imes in", "imezone", "ime zone", "IMEZONE", "IME ZONE"]
            .iter()
            .any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = zone(text).map(|(zone, _)| zone.name);
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn zones_of_a_line() {
        check("from 6:30 AM - 8:00 AM UTC to deploy", "UTC");
        check("at 09:00 (Europe/Lisbon)", "Europe/Lisbon");
        check("Slack/Zoom and A/AAAA", "none");
        check("starts 10:00 PST", "America/Los_Angeles");
        check("PST is no time", "none");
        check("All times are in CET", "Europe/Berlin");
        check("il est 10:00 et 12:00", "none");
        check("2026-02-19 13:33 GMT+8", "+08:00");
        check("at 13:33 +0530", "+05:30");
        check("9 AM Lisbon time", "Europe/Lisbon");
        check("9:30 (Berlin)", "Europe/Berlin");
        check("18:00 New York time", "America/New_York");
        check("9:30 (Bring cake)", "none");
        check("9:00 JST", "Asia/Tokyo");
        check("2026-01-21T06:30Z", "UTC");
    }

    #[test]
    fn an_offset_has_a_name_where_there_is_one() {
        assert_eq!(iana_name("+08:00").as_deref(), Some("Etc/GMT-8"));
        assert_eq!(iana_name("-05:00").as_deref(), Some("Etc/GMT+5"));
        assert_eq!(iana_name("+05:30").as_deref(), Some("Asia/Kolkata"));
        assert_eq!(iana_name("+00:20"), None);
        assert_eq!(iana_name("Europe/Lisbon").as_deref(), Some("Europe/Lisbon"));
        assert!(time_zone("+08:00").is_some() && time_zone("UTC").is_some() && time_zone("Mars/Base").is_none());
    }

    #[test]
    fn the_table_knows_only_zones_that_there_are() {
        for (short, name, ..) in ABBREVIATIONS {
            assert!(TimeZone::get(name).is_ok(), "{short}");
        }
        for (_, name) in PLACES.into_iter().chain(PARTS_OF_HOURS) {
            assert!(TimeZone::get(name).is_ok(), "{name}");
        }
    }
}
