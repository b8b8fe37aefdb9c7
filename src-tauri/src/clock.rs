//! The only reader of the time, and of the zone that the laptop is set to.
//!
//! Everything else gets the time as an argument, so that a test and a drill can bring their own.

use std::time::Duration;

use jiff::{Timestamp, tz::TimeZone};

/// Now.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "the one place that reads the time and hands it on as an argument")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The zone that the laptop is set to; UTC where the system does not tell.
#[must_use]
pub(crate) fn laptop_zone() -> TimeZone {
    TimeZone::try_system().unwrap_or(TimeZone::UTC)
}

/// How long it is from `now` to the next full second, so that the clock on the screen turns with the world's.
#[must_use]
pub(crate) fn until_next_second(now: Timestamp) -> Duration {
    const SECOND: u64 = 1_000_000_000;
    let inside = u64::try_from(now.as_nanosecond().rem_euclid(i128::from(SECOND))).unwrap_or(0);
    Duration::from_nanos(SECOND - inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_second_is_never_now() {
        let at = |text: &str| until_next_second(text.parse().unwrap());
        assert_eq!(at("2026-01-21T06:30:00Z"), Duration::from_secs(1));
        assert_eq!(at("2026-01-21T06:30:00.75Z"), Duration::from_millis(250));
        assert_eq!(at("1969-12-31T23:59:59.75Z"), Duration::from_millis(250));
    }
}
