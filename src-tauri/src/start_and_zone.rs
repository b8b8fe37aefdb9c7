//! T0 and zone as a person types them, on the command line and in the window.
//!
//! Owns: what counts as an answer, and the sentence for what does not. Must not know: who asked.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use plan::{Plan, Resolved};

/// The years in which a deployment may lie: what is outside is a slip of the pen, and arithmetic on dates near the ends
/// of the calendar would fail.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2199;

/// Reads T0, a time on the wall: `2026-01-21T06:30`.
///
/// # Errors
/// A sentence.
pub(crate) fn start(text: &str) -> Result<DateTime, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("T0 needs a date and a time, such as 2026-01-21T06:30.".to_owned());
    }
    let parsed = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|format| DateTime::strptime(format, text).ok());
    match parsed {
        None => Err(format!("“{text}” is no date and time: write T0 like 2026-01-21T06:30.")),
        Some(start) if !YEARS.contains(&start.year()) => {
            Err(format!("The year {} cannot be meant: write T0 like 2026-01-21T06:30.", start.year()))
        }
        Some(start) => Ok(start),
    }
}

/// Reads a zone by its IANA name.
///
/// # Errors
/// A sentence.
pub(crate) fn zone(name: &str) -> Result<TimeZone, String> {
    let name = name.trim();
    if name.is_empty() {
        return Err("The plan needs a time zone: name one, such as UTC or Europe/Lisbon.".to_owned());
    }
    TimeZone::get(name).map_err(|_| format!("There is no time zone “{name}”: name one, such as UTC or Europe/Lisbon."))
}

/// What an answer makes of a plan.
///
/// # Errors
/// A sentence: no date, no zone, or a time that the clocks of that zone leave out on that day.
pub(crate) fn resolve(plan: &Plan, start_text: &str, zone_text: &str) -> Result<Resolved, String> {
    let start = start(start_text)?;
    let zone = zone(zone_text)?;
    if let AmbiguousOffset::Gap { .. } = zone.to_ambiguous_timestamp(start).offset() {
        return Err(format!(
            "There is no {} on {} in {zone_text}, the clocks are put forward over it: name another time.",
            start.strftime("%H:%M"),
            start.strftime("%-d %b %Y")
        ));
    }
    Ok(plan::resolve(plan, start, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_on_the_wall_is_read_and_nothing_else() {
        assert_eq!(start(" 2026-01-21T06:30 "), Ok(jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0)));
        assert_eq!(
            start("21.1.2026"),
            Err("“21.1.2026” is no date and time: write T0 like 2026-01-21T06:30.".to_owned())
        );
        for wrong in
            ["2026-01-21", "2026-01-21T06:30Z", "2026-01-21T06:30+02:00", "2026-02-30T06:30", "0026-01-21T06:30", ""]
        {
            assert!(start(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_zone_has_a_name_of_the_database() {
        assert_eq!(zone("Europe/Lisbon").unwrap().iana_name(), Some("Europe/Lisbon"));
        assert_eq!(
            zone("Europe/Lisbonn").unwrap_err(),
            "There is no time zone “Europe/Lisbonn”: name one, such as UTC or Europe/Lisbon."
        );
    }
}
