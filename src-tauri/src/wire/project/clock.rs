//! The clock of the head.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use plan::Resolved;

use super::times;
use crate::wire::ClockView;

/// The clock without a room: the world's time, and the laptop's.
pub(crate) fn without_room(now: Timestamp, here: &TimeZone) -> ClockView {
    let utc = now.to_zoned_datetime(TimeZone::UTC);
    ClockView {
        big: utc.strftime("%H:%M:%S").to_string(),
        small: format!("UTC · {} here", times::clock(&now.to_zoned_datetime(here.clone()))),
        date: utc.strftime("%A %-d %B %Y").to_string(),
        real: String::new(),
    }
}

/// The clock of a room: the distance from T0, the plan's time, and the laptop's.
pub(crate) fn of_room(now: Timestamp, resolved: &Resolved, here: &TimeZone) -> ClockView {
    let there = now.to_zoned_datetime(resolved.zone.clone());
    ClockView {
        big: distance(now, resolved.start),
        small: format!(
            "{} {} · {} here",
            there.strftime("%H:%M:%S"),
            times::zone(&there),
            times::clock(&now.to_zoned_datetime(here.clone()))
        ),
        date: there.strftime("%A %-d %B %Y").to_string(),
        real: String::new(),
    }
}

/// The clock of a drill says that it is one, and what time it truly is.
pub(crate) fn of_drill(clock: ClockView, real: Option<Timestamp>, here: &TimeZone) -> ClockView {
    let Some(real) = real else { return clock };
    let there = real.to_zoned_datetime(here.clone());
    ClockView {
        small: format!("drill time {}", clock.small.split(" · ").next().unwrap_or_default()),
        real: format!("real time {}", there.strftime("%-d %b %H:%M:%S %Z")),
        ..clock
    }
}

/// `T-00:41:50`, `T+00:41:07`, `T-2d 03:00:00`. Whole seconds, counted so that T0 itself is `T+00:00:00`.
fn distance(now: Timestamp, start: Timestamp) -> String {
    let seconds = now.as_second().saturating_sub(start.as_second());
    let sign = if seconds < 0 { '-' } else { '+' };
    let whole = seconds.unsigned_abs();
    let (days, hours, minutes, rest) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60);
    match days {
        0 => format!("T{sign}{hours:02}:{minutes:02}:{rest:02}"),
        _ => format!("T{sign}{days}d {hours:02}:{minutes:02}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_down_through_days_to_nought_and_up() {
        let start = "2026-01-21T06:30:00Z".parse().unwrap();
        let at = |text: &str| distance(text.parse().unwrap(), start);
        assert_eq!(at("2026-01-19T03:30:00Z"), "T-2d 03:00:00");
        assert_eq!(at("2026-01-21T05:48:10.4Z"), "T-00:41:50");
        assert_eq!(at("2026-01-21T06:30:00.9Z"), "T+00:00:00");
        assert_eq!(at("2026-01-21T07:11:07Z"), "T+00:41:07");
    }

    #[test]
    fn without_a_room_the_world_counts() {
        let here = TimeZone::fixed(jiff::tz::offset(3));
        let view = without_room("2026-01-21T05:48:10Z".parse().unwrap(), &here);
        assert_eq!(
            (view.big.as_str(), view.small.as_str(), view.date.as_str()),
            ("05:48:10", "UTC · 08:48 here", "Wednesday 21 January 2026")
        );
    }
}
