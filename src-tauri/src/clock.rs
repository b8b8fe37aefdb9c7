//! The only reader of the time, and of the zone that the laptop is set to.
//!
//! Everything else gets the time as an argument, so that a test and a drill can bring their own.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use room::Interruption;

/// A wall clock that goes otherwise than the others by more than this was set: no clock drifts so much from one second to
/// the next, and a time server that only nudges it stays far below.
const JUMP: SignedDuration = SignedDuration::from_secs(2);

/// A shorter sleep is over before anybody misses a question.
const SLEEP: Duration = Duration::from_secs(2);

/// Somebody looks each second; who comes three seconds late stood still.
const STALL: Duration = Duration::from_secs(4);

/// Now.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "the one place that reads the time and hands it on as an argument")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// All clocks of the laptop, read at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clocks {
    /// What people read.
    wall: Timestamp,
    /// Goes on while the laptop sleeps, and cannot be set; `None` where the system has none (all but Linux).
    counting_sleep: Option<Duration>,
    /// Stands still while the laptop sleeps, and cannot be set.
    awake: Duration,
}

/// All clocks of the laptop.
#[must_use]
pub(crate) fn clocks() -> Clocks {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    Clocks { wall: now(), counting_sleep: counting_sleep(), awake: BEGAN.get_or_init(Instant::now).elapsed() }
}

#[cfg(target_os = "linux")]
fn counting_sleep() -> Option<Duration> {
    // `Instant` is CLOCK_MONOTONIC, which stands still in a suspend.
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(target_os = "linux"))]
fn counting_sleep() -> Option<Duration> {
    None
}

impl Clocks {
    /// What was between another look at the clocks and this one.
    #[must_use]
    pub(crate) fn since(&self, before: &Self) -> Vec<Interruption> {
        let awake = self.awake.saturating_sub(before.awake);
        let by_the_wall = self.wall.duration_since(before.wall);
        let passed = match (before.counting_sleep, self.counting_sleep) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            // Without such a clock a wall clock that is ahead was set, or slept: the latter makes nobody see more.
            _ => Duration::try_from(by_the_wall).unwrap_or_default().max(awake),
        };
        let set_by = by_the_wall.saturating_sub(signed(passed));
        let mut found = Vec::new();
        if set_by.abs() > JUMP {
            found.push(Interruption::ClockJumped { by: set_by });
        }
        let from = |length: Duration| self.wall.checked_sub(signed(length)).unwrap_or(self.wall);
        let slept = passed.saturating_sub(awake);
        if slept > SLEEP {
            found.push(Interruption::Slept { from: from(passed), to: self.wall });
        } else if awake > STALL {
            found.push(Interruption::Stalled { from: from(awake), to: self.wall });
        }
        found
    }
}

fn signed(length: Duration) -> SignedDuration {
    SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX)
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

    const T0: &str = "2026-01-21T06:30:00Z";

    /// Clocks that went on by so many seconds each, since all of them were looked at.
    fn check(wall: f64, counting_sleep: Option<f64>, awake: f64, expected: &[Interruption]) {
        let clocks = |wall: f64, counting_sleep: Option<f64>, awake: f64| Clocks {
            wall: T0.parse::<Timestamp>().unwrap() + SignedDuration::try_from_secs_f64(wall).unwrap(),
            counting_sleep: counting_sleep.map(|seconds| Duration::from_secs_f64(7000.0 + seconds)),
            awake: Duration::from_secs_f64(500.0 + awake),
        };
        let before = clocks(0.0, counting_sleep.map(|_| 0.0), 0.0);
        assert_eq!(clocks(wall, counting_sleep, awake).since(&before), expected);
    }

    fn at(second: i64) -> Timestamp {
        T0.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(second)
    }

    fn jumped(seconds: i64) -> Interruption {
        Interruption::ClockJumped { by: SignedDuration::from_secs(seconds) }
    }

    #[test]
    fn sleep_a_stall_and_a_set_clock_are_told_apart() {
        check(1.0, Some(1.0), 1.0, &[]);
        check(2.9, Some(1.0), 1.0, &[]);
        check(1200.0, Some(1200.0), 1.0, &[Interruption::Slept { from: at(0), to: at(1200) }]);
        check(20.0, Some(20.0), 20.0, &[Interruption::Stalled { from: at(0), to: at(20) }]);
        check(3.5, Some(3.5), 3.5, &[]);
        check(3601.0, Some(1.0), 1.0, &[jumped(3600)]);
        check(-3599.0, Some(1.0), 1.0, &[jumped(-3600)]);
        // The time server sets the clock right after the sleep.
        let slept = Interruption::Slept { from: at(10), to: at(1210) };
        check(1210.0, Some(1200.0), 1.0, &[jumped(10), slept]);
    }

    #[test]
    fn without_a_clock_that_counts_sleep_what_is_ahead_was_slept() {
        check(1.0, None, 1.0, &[]);
        check(1200.0, None, 1.0, &[Interruption::Slept { from: at(0), to: at(1200) }]);
        check(20.0, None, 20.0, &[Interruption::Stalled { from: at(0), to: at(20) }]);
        check(-3599.0, None, 1.0, &[jumped(-3600)]);
    }

    #[test]
    fn the_clocks_of_this_laptop_agree_with_each_other() {
        let before = clocks();
        assert_eq!(clocks().since(&before), []);
        assert_eq!(before.counting_sleep.is_some(), cfg!(target_os = "linux"));
    }

    #[test]
    fn the_next_second_is_never_now() {
        let at = |text: &str| until_next_second(text.parse().unwrap());
        assert_eq!(at("2026-01-21T06:30:00Z"), Duration::from_secs(1));
        assert_eq!(at("2026-01-21T06:30:00.75Z"), Duration::from_millis(250));
        assert_eq!(at("1969-12-31T23:59:59.75Z"), Duration::from_millis(250));
    }
}
