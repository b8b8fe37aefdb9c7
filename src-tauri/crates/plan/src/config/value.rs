//! How single values are written: durations, sizes, moments, zones, addresses, names of secrets.
//!
//! Owns: the spelling of each. Must not know: where in the file a value stands.

use std::time::Duration;

use jiff::{
    civil::{DateTime, Time},
    tz::TimeZoneDatabase,
};
use toml::de::DeValue;

/// A duration: whole numbers with `h`, `m`, `s` or `ms`, the greater unit first and each at most once.
pub(super) fn duration(text: &str) -> Option<Duration> {
    const UNITS_MS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];
    let mut rest = text;
    let mut units = UNITS_MS.iter();
    let mut sum_ms: u64 = 0;
    while !rest.is_empty() {
        let (amount, after) = leading_number(rest)?;
        let letters = after.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(letters)?;
        // Going on in the same iterator keeps the order and lets no unit stand twice.
        let (_, unit_ms) = units.find(|(name, _)| *name == unit)?;
        sum_ms = sum_ms.checked_add(amount.checked_mul(*unit_ms)?)?;
        rest = after;
    }
    (!text.is_empty()).then_some(Duration::from_millis(sum_ms))
}

/// A size in bytes: a whole number with `B`, `KiB`, `MiB` or `GiB`.
pub(super) fn size_bytes(text: &str) -> Option<u64> {
    let (amount, unit) = leading_number(text)?;
    let factor = match unit {
        "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    amount.checked_mul(factor)
}

/// `2 of 3`: how many of the last so many samples.
pub(super) fn tally(text: &str) -> Option<(u64, u64)> {
    let (hits, samples) = text.split_once(" of ")?;
    let (hits, samples) = (number(hits)?, number(samples)?);
    (1 <= hits && hits <= samples).then_some((hits, samples))
}

/// The years in which a deployment may lie: what is outside is a slip of the pen, and arithmetic on dates near the ends
/// of the calendar would fail.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2199;

/// A moment on the wall of a zone: `2026-01-21T06:30`, seconds allowed.
pub(super) fn moment(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once('T')?;
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let time = time_of_day(time)?;
    let year = (year.len() == 4).then(|| digits(year)).flatten().filter(|year| YEARS.contains(year))?;
    let date = jiff::civil::Date::new(year, two_digits(month)?, two_digits(day)?).ok()?;
    Some(date.to_datetime(time))
}

/// A stretch of the wall clock: `06:30/08:00`. It has a length; one that ends before it begins ends on the day after.
pub(super) fn window(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once('/')?;
    let (from, to) = (time_of_day(from)?, time_of_day(to)?);
    (from != to).then_some((from, to))
}

/// The IANA name as the bundled database writes it.
pub(super) fn zone(text: &str) -> Option<String> {
    // The database would take "+01" apart for us, but an offset is no zone: it knows no summer time.
    let zone = TimeZoneDatabase::bundled().get(text).ok()?;
    zone.iana_name().map(str::to_owned)
}

/// The names of all zones of the bundled database.
pub(super) fn zones() -> Vec<String> {
    TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect()
}

/// The name behind `secret:`, of lower-case letters, digits and hyphens.
pub(super) fn secret_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix("secret:")?;
    let begins = name.starts_with(|character: char| character.is_ascii_lowercase());
    let fits = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    (begins && name.chars().all(fits)).then_some(name)
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UrlFault {
    /// It is none, or none of http.
    NoAddress,
    /// It carries a name or a password.
    HoldsPassword,
}

/// Whether this is an address of http or https with a host.
pub(super) fn url(text: &str) -> Result<(), UrlFault> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(UrlFault::NoAddress)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or_default();
    if authority.contains('@') {
        return Err(UrlFault::HoldsPassword);
    }
    let printable = text.chars().all(|character| character.is_ascii_graphic() && !"\"<>\\^`{|}".contains(character));
    if printable && host_and_port(authority) { Ok(()) } else { Err(UrlFault::NoAddress) }
}

fn host_and_port(authority: &str) -> bool {
    let (host, port, letters) = if let Some(bracketed) = authority.strip_prefix('[') {
        let Some((address, after)) = bracketed.split_once(']') else { return false };
        match after.strip_prefix(':') {
            Some(port) => (address, Some(port), "abcdefABCDEF:."),
            None if after.is_empty() => (address, None, "abcdefABCDEF:."),
            None => return false,
        }
    } else {
        const NAME: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._";
        match authority.split_once(':') {
            Some((host, port)) => (host, Some(port), NAME),
            None => (authority, None, NAME),
        }
    };
    let host_fits = host.chars().all(|character| character.is_ascii_digit() || letters.contains(character));
    let port_fits = port.is_none_or(|port| number(port).is_some_and(|port| (1..=65_535).contains(&port)));
    !host.is_empty() && host_fits && port_fits
}

/// Whether this is a server's name or address alone: no scheme, no port.
pub(super) fn is_host(text: &str) -> bool {
    match text.matches(':').count() {
        0 => host_and_port(text),
        // One colon is a port's; an address of IPv6 has more.
        1 => false,
        _ => host_and_port(&format!("[{text}]")),
    }
}

/// Whether a header may be called so.
pub(super) fn is_header(name: &str) -> bool {
    // RFC 9110, 5.6.2: a token.
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(fits)
}

/// Whether a header may hold this: what is printed, and nothing that would end the line.
pub(super) fn is_header_value(text: &str) -> bool {
    !text.trim().is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

/// Whether this points into a JSON document, RFC 6901: nothing for the whole of it, else a slash before each step.
pub(super) fn is_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('/')
}

/// The whole number from 0 that stands there.
pub(super) fn whole(value: &DeValue<'_>) -> Option<u64> {
    let integer = value.as_integer()?;
    u64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// The number that stands there; what is not finite is none.
pub(super) fn number_of(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|number| number as f64)
        }
        DeValue::Float(float) => float.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

/// A name that a shell takes for a variable.
pub(super) fn is_variable(name: &str) -> bool {
    let begins = name.starts_with(|character: char| character.is_ascii_alphabetic() || character == '_');
    begins && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// A rule of the review: three capitals, a hyphen, two digits.
pub(super) fn is_code(text: &str) -> bool {
    text.split_once('-').is_some_and(|(family, ordinal)| {
        family.len() == 3
            && family.chars().all(|character| character.is_ascii_uppercase())
            && ordinal.len() == 2
            && ordinal.chars().all(|character| character.is_ascii_digit())
    })
}

/// Whether a header of this name carries a secret.
pub(super) fn names_a_secret(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    ["authorization", "cookie", "token", "key", "secret", "password"].iter().any(|word| header.contains(word))
}

/// `06:30` or `06:30:15`.
fn time_of_day(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let second = second.map_or(Some(0), two_digits)?;
    Time::new(two_digits(hour)?, two_digits(minute)?, second, 0).ok()
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2).then(|| digits(text)).flatten()
}

/// Digits only: `parse` alone would take `+1`.
fn digits<Number: std::str::FromStr>(text: &str) -> Option<Number> {
    let only_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok()).flatten()
}

fn number(text: &str) -> Option<u64> {
    digits(text)
}

fn leading_number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (amount, rest) = text.split_at_checked(end)?;
    Some((number(amount)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_units_from_the_greatest_down() {
        let seconds = |text| duration(text).map(|duration| duration.as_secs_f64());
        assert_eq!(seconds("90s"), Some(90.0));
        assert_eq!(seconds("10m"), Some(600.0));
        assert_eq!(seconds("1h30m"), Some(5400.0));
        assert_eq!(seconds("1h1m1s1ms"), Some(3661.001));
        assert_eq!(seconds("500ms"), Some(0.5));
        assert_eq!(seconds("0m"), Some(0.0));
        for wrong in ["", "90", "m", "1.5h", "30m1h", "1h1h", "-5m", "+5m", "5 m", "5M", "5d", "99999999999999999999s"]
        {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        assert_eq!(duration("18446744073709551615h"), None);
    }

    #[test]
    fn sizes_are_binary() {
        assert_eq!(size_bytes("1MiB"), Some(1_048_576));
        assert_eq!(size_bytes("512B"), Some(512));
        for wrong in ["", "MiB", "1MB", "1 MiB", "1mib", "-1MiB", "99999999999GiB", "20000000000000000000B"] {
            assert_eq!(size_bytes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_tally_can_be_reached() {
        assert_eq!(tally("2 of 3"), Some((2, 3)));
        for wrong in ["", "2of3", "0 of 3", "4 of 3", "2 of", "two of three", "+1 of 2"] {
            assert_eq!(tally(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn moments_are_dates_with_times() {
        assert_eq!(moment("2026-01-21T06:30"), Some(jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0)));
        assert_eq!(moment("2026-01-21T06:30:15"), Some(jiff::civil::date(2026, 1, 21).at(6, 30, 15, 0)));
        for wrong in [
            "2026-01-21",
            "2026-01-21 06:30",
            "2026-02-30T06:30",
            "2026-01-21T24:00",
            "2026-1-21T06:30",
            "26-01-21T06:30",
            "0026-01-21T06:30",
            "2200-01-01T00:00",
            "2026-01-21T06:30Z",
            "2026-01-21T06",
        ] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_window_has_a_length_and_may_go_over_midnight() {
        let at = |hour, minute| jiff::civil::time(hour, minute, 0, 0);
        assert_eq!(window("06:30/08:00"), Some((at(6, 30), at(8, 0))));
        assert_eq!(window("23:00/01:30"), Some((at(23, 0), at(1, 30))));
        for wrong in ["06:30", "06:30/06:30", "06:30-08:00", "6:30/8:00", "06:30/25:00", "06:30/08:00/09:00"] {
            assert_eq!(window(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn zones_are_names_and_not_offsets() {
        assert_eq!(zone("Europe/Lisbon").as_deref(), Some("Europe/Lisbon"));
        assert_eq!(zone("europe/lisbon").as_deref(), Some("Europe/Lisbon"));
        assert_eq!(zone("UTC").as_deref(), Some("UTC"));
        for wrong in ["", "Europe/Lisboa", "+01:00", "UTC+1", "local"] {
            assert_eq!(zone(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn addresses_have_a_host_and_no_password() {
        for right in
            ["https://prometheus.example", "http://localhost:9090/api?x=1#y", "http://[::1]:9090", "http://10.0.0.1"]
        {
            assert_eq!(url(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "prometheus.example",
            "ftp://x.example",
            "https://",
            "https://:80",
            "https://a b",
            "http://x:0",
            "http://x:66666",
            "http://[::1",
            "http://[zz]",
            "https://ex\u{e4}mple",
            "https://x/{a}",
        ] {
            assert_eq!(url(wrong), Err(UrlFault::NoAddress), "{wrong}");
        }
        assert_eq!(url("https://user:hunter2@x.example"), Err(UrlFault::HoldsPassword));
        assert_eq!(url("https://x.example/@team"), Ok(()));
    }

    #[test]
    fn hosts_stand_alone() {
        for right in ["api.example", "10.0.0.1", "::1", "2001:db8::7", "db_1"] {
            assert!(is_host(right), "{right}");
        }
        for wrong in
            ["", "https://api.example", "api.example:443", "[::1]", "api.example/health", "a b", "::x", "cafe:443"]
        {
            assert!(!is_host(wrong), "{wrong}");
        }
    }

    #[test]
    fn headers_are_tokens_with_one_line_of_text() {
        assert!(is_header("X-Scope-OrgID") && !is_header("X Scope") && !is_header("") && !is_header("X:"));
        assert!(
            is_header_value("team a")
                && !is_header_value("a\r\nb")
                && !is_header_value(" ")
                && !is_header_value("\u{e4}")
        );
    }

    #[test]
    fn secrets_are_named() {
        assert_eq!(secret_name("secret:slack-team"), Some("slack-team"));
        for wrong in ["secret:", "secret:Slack", "secret:-a", "secret:a b", "slack-team", "SECRET:a"] {
            assert_eq!(secret_name(wrong), None, "{wrong}");
        }
    }
}
