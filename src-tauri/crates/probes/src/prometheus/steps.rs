//! The moments of the past at which a query is evaluated.
//!
//! Owns: how far they lie apart, and how many go into one question. Must not know: what is asked.

use std::time::Duration;

use jiff::Timestamp;

/// So many steps in one question. A Prometheus answers 11,000 at once, and no more; but for each step of `timestamp()` it
/// goes through the samples from the beginning (measured on 2.42): four times as many steps take sixteen times as long.
const MOST_AT_ONCE: u64 = 2_000;

/// So many steps of one query at most: what is longer is looked at in longer steps. At one step in five seconds that is
/// two months.
const MOST: i64 = 1_000_000;

/// Moments at equal distances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    first_ms: i64,
    step_ms: i64,
    count: u64,
}

impl Steps {
    /// The whole multiples of `every` between two moments, both included; or of a multiple of it where they would be too
    /// many.
    #[must_use]
    pub fn over(from: Timestamp, to: Timestamp, every: Duration) -> Self {
        let (from_ms, to_ms) = (from.as_millisecond(), to.as_millisecond());
        let every_ms = i64::try_from(every.as_millis()).unwrap_or(i64::MAX).max(1);
        let span_ms = to_ms.saturating_sub(from_ms).max(0);
        let step_ms = every_ms.saturating_mul((span_ms / every_ms / MOST).saturating_add(1));
        let first_ms = match from_ms.rem_euclid(step_ms) {
            0 => from_ms,
            past => from_ms.saturating_add(step_ms - past),
        };
        let count = if first_ms > to_ms { 0 } else { (to_ms - first_ms) / step_ms + 1 };
        Self { first_ms, step_ms, count: u64::try_from(count).unwrap_or_default() }
    }

    /// How far they lie apart.
    #[must_use]
    pub fn step(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.step_ms).unwrap_or_default())
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The first.
    #[must_use]
    pub fn first(&self) -> Timestamp {
        timestamp(self.first_ms)
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Timestamp> {
        let (first_ms, step_ms) = (self.first_ms, self.step_ms);
        (0..self.count).map(move |at| timestamp(moved(first_ms, step_ms, at)))
    }

    /// The same in parts that a server answers each at once.
    pub fn parts(&self) -> impl Iterator<Item = Self> {
        let (whole, parts) = (self.clone(), self.count.div_ceil(MOST_AT_ONCE));
        (0..parts).map(move |part| whole.part(part * MOST_AT_ONCE, MOST_AT_ONCE))
    }

    /// The earlier and the later half.
    pub(super) fn halves(&self) -> (Self, Self) {
        let half = self.count.div_ceil(2);
        (self.part(0, half), self.part(half, self.count))
    }

    fn part(&self, from: u64, most: u64) -> Self {
        let count = self.count.saturating_sub(from).min(most);
        Self { first_ms: moved(self.first_ms, self.step_ms, from), step_ms: self.step_ms, count }
    }

    /// Which of them a server's time is, in seconds; `None` for none of them.
    pub(super) fn index_of(&self, time_s: f64) -> Option<usize> {
        let past_ms = milliseconds(time_s)?.checked_sub(self.first_ms)?;
        let is_one = past_ms >= 0 && past_ms % self.step_ms == 0;
        let at = u64::try_from(past_ms / self.step_ms).ok().filter(|at| is_one && *at < self.count)?;
        usize::try_from(at).ok()
    }

    /// Start, end and step as a range query takes them, in seconds.
    pub(super) fn form(&self) -> [(&'static str, String); 3] {
        let last_ms = moved(self.first_ms, self.step_ms, self.count.saturating_sub(1));
        [("start", seconds(self.first_ms)), ("end", seconds(last_ms)), ("step", seconds(self.step_ms))]
    }
}

fn moved(first_ms: i64, step_ms: i64, steps: u64) -> i64 {
    first_ms.saturating_add(step_ms.saturating_mul(i64::try_from(steps).unwrap_or(i64::MAX)))
}

/// A moment of the calendar, which none of these leaves: they lie between two that are in it.
fn timestamp(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or_default()
}

/// A server's time in whole milliseconds, the finest that it has.
pub(super) fn milliseconds(time_s: f64) -> Option<i64> {
    let ms = (time_s * 1000.0).round();
    // Beyond 2^53 a number is no exact time any more.
    (ms.abs() < 9.0e15).then_some(ms as i64)
}

/// Milliseconds as a number of seconds.
pub(super) fn seconds(ms: i64) -> String {
    format!("{}.{:03}", ms.div_euclid(1000), ms.rem_euclid(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK_S: i64 = 7 * 24 * 3600;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn over(from: i64, to: i64, every_s: u64) -> Steps {
        Steps::over(at(from), at(to), Duration::from_secs(every_s))
    }

    #[test]
    fn steps_are_whole_multiples_inside_of_the_span() {
        let steps = over(1, 21, 5);
        let times: Vec<i64> = steps.iter().map(|time| time.duration_since(at(0)).as_secs()).collect();
        assert_eq!((times, steps.count(), steps.first()), (vec![5, 10, 15, 20], 4, at(5)));
        assert_eq!(over(0, 0, 5).iter().collect::<Vec<_>>(), [at(0)]);
        assert_eq!((over(1, 4, 5).count(), over(10, 0, 5).count()), (0, 0));
    }

    #[test]
    fn a_week_is_asked_in_parts_that_the_server_answers() {
        let steps = over(0, WEEK_S, 5);
        assert_eq!((steps.count(), steps.step()), (120_961, Duration::from_secs(5)));
        let parts: Vec<Steps> = steps.parts().collect();
        assert_eq!(parts.len(), 61);
        assert!(parts.iter().all(|part| (1..=11_000).contains(&part.count())), "the server's own limit");
        let again: Vec<Timestamp> = parts.iter().flat_map(Steps::iter).collect();
        assert!(again.iter().copied().eq(steps.iter()), "each step in one part");
        assert_eq!(parts[1].form().map(|(_, value)| value), ["1800010000.000", "1800019995.000", "5.000"]);
        assert_eq!(over(5, 0, 5).parts().count(), 0);
    }

    #[test]
    fn too_many_steps_are_made_longer_and_never_dropped() {
        let steps = over(0, 365 * 24 * 3600, 1);
        assert_eq!(steps.step(), Duration::from_secs(32));
        assert!(steps.count() <= 1_000_001);
        assert_eq!(over(0, 7, 0).step(), Duration::from_millis(1), "an impossible setting ends all the same");
    }

    #[test]
    fn halves_are_the_whole() {
        for count in 1..9 {
            let steps = over(0, (count - 1) * 5, 5);
            let (one, other) = steps.halves();
            assert!(one.iter().chain(other.iter()).eq(steps.iter()), "{count}");
            assert!(one.count() - other.count() <= 1);
        }
    }

    #[test]
    fn a_time_of_the_server_is_a_step_or_none() {
        let steps = Steps::over(at(0), at(100), Duration::from_millis(2500));
        let index = |seconds: f64| steps.index_of(1_800_000_000.0 + seconds);
        assert_eq!([0.0, 2.5, 100.0].map(index), [Some(0), Some(1), Some(40)]);
        assert_eq!([-2.5, 1.0, 102.5, f64::NAN, f64::INFINITY, f64::MAX].map(index), [None; 6]);
    }
}
