//! Of when a value is, and until when it counts.
//!
//! Owns: the samples' own times, brought onto this laptop's clock, and the scrape interval as it is learned. Must not
//! know: how anything is asked.
//!
//! The server's clock and the laptop's may differ, so only ages cross: how old a sample was when the server evaluated the
//! query, taken off the moment at which the answer came.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use room::Fault;

use super::answer::Newest;

/// A sample counts for so many scrape intervals (DESIGN.md, "Fresh").
const INTERVALS: f64 = 2.5;

/// A sample counts for so many polls at least (DESIGN.md, "Fresh").
const POLLS: u32 = 2;

/// How often the interval is learned anew: somebody may change it during the day.
const LEARN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// How soon it is asked again where nothing was learned.
const LEARN_AGAIN: SignedDuration = SignedDuration::from_secs(30);

/// So many gaps between samples that the polls saw stand in for an interval that the server did not tell.
const GAPS: usize = 8;

/// A clock is read a little after the answer came.
const SLACK: Duration = Duration::from_secs(1);

/// What is known of one selector's samples.
#[derive(Debug, Default)]
struct Pace {
    /// Seconds, as the server's samples show.
    learned: Option<f64>,
    /// Seconds between the samples that polls saw one after the other.
    gaps: VecDeque<f64>,
    /// The newest sample's time by the server's clock.
    newest_s: Option<f64>,
    /// That time on this laptop's clock, as it was told first.
    newest_at: Option<Timestamp>,
    /// The newest sample for which the interval was asked because it was about to go stale.
    asked_for: Option<f64>,
}

impl Pace {
    /// The newest sample's time on this laptop's clock. One sample has one time: an answer's way takes a little longer
    /// or shorter each time, and the same sample must not look like another one.
    ///
    /// Unless the laptop's clock was set since: then the ways do not tell how far the two times are apart.
    fn saw(&mut self, newest: &Newest, answered_at: Timestamp, longest_way: Duration) -> Timestamp {
        let told = later(answered_at, -newest.age_s.max(0.0));
        let known = self.newest_at.filter(|_| self.newest_s.is_some_and(|known| known == newest.at_s));
        self.count(newest.at_s);
        let at = known.filter(|known| known.duration_since(told).unsigned_abs() <= longest_way).unwrap_or(told);
        self.newest_at = Some(at);
        at
    }

    fn count(&mut self, at_s: f64) {
        if let Some(before) = self.newest_s.filter(|before| at_s > *before) {
            self.gaps.push_back(at_s - before);
            while self.gaps.len() > GAPS {
                self.gaps.pop_front();
            }
        }
        self.newest_s = Some(at_s);
    }

    fn interval_s(&self) -> Option<f64> {
        self.learned.or_else(|| self.gaps.iter().copied().min_by(f64::total_cmp))
    }
}

/// What is known of the samples of a query.
#[derive(Debug)]
pub(super) struct Freshness {
    paces: Vec<Pace>,
    every: Duration,
    /// So much later than another may an answer come.
    longest_way: Duration,
    asked_at: Option<Timestamp>,
    learn_at: Option<Timestamp>,
    good_until: Option<Timestamp>,
}

/// Of when a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    /// Its own time.
    pub(super) at: Timestamp,
    /// Until when it counts.
    pub(super) good_until: Timestamp,
}

impl Freshness {
    /// For a query of so many selectors, polled this often; an answer may take so long.
    pub(super) fn new(selectors: usize, (every, timeout): (Duration, Duration)) -> Self {
        let paces = (0..selectors).map(|_| Pace::default()).collect();
        let longest_way = timeout.saturating_add(SLACK);
        Self { paces, every, longest_way, asked_at: None, learn_at: None, good_until: None }
    }

    /// Whether the scrape interval should be asked along with this poll: at first, every few minutes, and once more
    /// before a sample goes stale, but never at every poll.
    pub(super) fn is_learning(&mut self, now: Timestamp, timeout: Duration) -> bool {
        let is_due = self.learn_at.is_none_or(|at| at <= now);
        let next_poll = later(now, (self.every + timeout).as_secs_f64());
        let is_ending = self.good_until.is_some_and(|until| until < next_poll);
        let is_new = self.paces.iter().any(|pace| pace.asked_for != pace.newest_s);
        let is_rested = self.asked_at.and_then(|at| at.checked_add(LEARN_AGAIN).ok()).is_none_or(|at| at <= now);
        let is_learning = is_due || (is_ending && is_new && is_rested);
        if is_learning {
            self.asked_at = Some(now);
            self.learn_at = now.checked_add(LEARN_AGAIN).ok();
            for pace in &mut self.paces {
                pace.asked_for = pace.newest_s;
            }
        }
        is_learning
    }

    /// Takes what the server told of the interval of one selector; nothing where none of its series has two samples.
    pub(super) fn learn(&mut self, selector: usize, interval_s: Option<f64>, now: Timestamp) {
        if let (Some(pace), Some(interval_s)) = (self.paces.get_mut(selector), interval_s) {
            pace.learned = Some(interval_s);
            self.learn_at = now.checked_add(LEARN_EVERY).ok();
        }
    }

    /// The times of a value whose selectors' newest samples were told by an answer that came at `answered_at`.
    pub(super) fn times(&mut self, newest: &[Option<Newest>], answered_at: Timestamp) -> Result<Times, Fault> {
        if self.paces.is_empty() {
            return Err(Fault::Unproven);
        }
        let polls = (self.every * POLLS).as_secs_f64();
        let mut times: Option<Times> = None;
        for (pace, newest) in self.paces.iter_mut().zip(newest) {
            let Some(newest) = newest else { continue };
            let at = pace.saw(newest, answered_at, self.longest_way);
            let interval = pace.interval_s().unwrap_or_default();
            let good_until = later(at, polls.max(INTERVALS * interval));
            times = Some(match times {
                None => Times { at, good_until },
                Some(before) => Times { at: before.at.min(at), good_until: before.good_until.min(good_until) },
            });
        }
        self.good_until = times.map(|times| times.good_until);
        times.ok_or(Fault::Ended)
    }
}

/// So many seconds later; the same where that is beyond all calendars.
fn later(at: Timestamp, seconds: f64) -> Timestamp {
    let span = SignedDuration::try_from_secs_f64(seconds).ok();
    span.and_then(|span| at.checked_add(span).ok()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(5);
    const TIMEOUT: Duration = Duration::from_secs(3);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// By a server whose clock is 1,000 s behind.
    fn newest(now: i64, sampled: i64) -> Option<Newest> {
        Some(Newest { age_s: (now - sampled) as f64, at_s: (sampled - 1000) as f64 })
    }

    fn times(freshness: &mut Freshness, now: i64, sampled: &[Option<i64>]) -> Result<(i64, i64), Fault> {
        let newest: Vec<_> = sampled.iter().map(|sampled| sampled.and_then(|sampled| newest(now, sampled))).collect();
        let times = freshness.times(&newest, at(now))?;
        Ok((times.at.as_second() - at(0).as_second(), times.good_until.as_second() - at(0).as_second()))
    }

    #[test]
    fn a_sample_has_its_own_time_on_this_laptops_clock() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        freshness.learn(0, Some(30.0), at(0));
        assert_eq!(times(&mut freshness, 100, &[Some(80)]), Ok((80, 155)));
    }

    #[test]
    fn a_sample_of_the_servers_future_is_of_now() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        let future = Some(Newest { age_s: -40.0, at_s: 40.0 });
        assert_eq!(freshness.times(&[future], at(0)), Ok(Times { at: at(0), good_until: at(10) }));
    }

    #[test]
    fn two_polls_count_where_they_are_longer() {
        let mut freshness = Freshness::new(1, (Duration::from_secs(60), TIMEOUT));
        freshness.learn(0, Some(15.0), at(0));
        assert_eq!(times(&mut freshness, 10, &[Some(0)]), Ok((0, 120)));
    }

    #[test]
    fn of_several_selectors_the_oldest_counts_and_the_first_to_go() {
        let mut freshness = Freshness::new(3, (EVERY, TIMEOUT));
        freshness.learn(0, Some(60.0), at(0));
        freshness.learn(1, Some(10.0), at(0));
        assert_eq!(times(&mut freshness, 100, &[Some(50), Some(99), None]), Ok((50, 124)));
        assert_eq!(times(&mut freshness, 100, &[None, None, None]), Err(Fault::Ended));
        assert_eq!(times(&mut Freshness::new(0, (EVERY, TIMEOUT)), 100, &[]), Err(Fault::Unproven));
    }

    #[test]
    fn thirty_seconds_of_scrape_polled_every_five_are_fresh_throughout() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        for now in (0..600).step_by(5) {
            if freshness.is_learning(at(now), TIMEOUT) {
                freshness.learn(0, Some(30.0), at(now));
            }
            let sampled = now - now % 30;
            let (own, until) = times(&mut freshness, now, &[Some(sampled)]).unwrap();
            assert_eq!(own, sampled);
            assert!(until >= now + 5 + 3, "stale at {now}");
        }
    }

    #[test]
    fn a_clock_that_is_set_gives_the_same_sample_its_time_anew() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        assert_eq!(times(&mut freshness, 100, &[Some(90)]), Ok((90, 100)));
        // Set back by an hour: what was 10 s old is 12 s old.
        let told = Some(Newest { age_s: 12.0, at_s: -910.0 });
        let times = freshness.times(&[told], at(-3498)).unwrap();
        assert_eq!(times.at, at(-3510));
    }

    #[test]
    fn the_same_sample_has_the_same_time_however_long_its_answer_took() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        let newest = |age_s| [Some(Newest { age_s, at_s: 1000.0 })];
        let first = freshness.times(&newest(2.0), at(100)).unwrap();
        let again = freshness.times(&newest(6.9995), at(105)).unwrap();
        assert_eq!((first.at, again.at), (at(98), at(98)));
        let next = freshness.times(&[Some(Newest { age_s: 1.0, at_s: 1009.0 })], at(108)).unwrap();
        assert_eq!(next.at, at(107));
    }

    #[test]
    fn a_target_that_dies_ages_out() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        freshness.learn(0, Some(30.0), at(0));
        let mut asked = 0;
        for now in (0..200).step_by(5) {
            if freshness.is_learning(at(now), TIMEOUT) {
                asked += 1;
                freshness.learn(0, Some(30.0), at(now));
            }
            let (_, until) = times(&mut freshness, now, &[Some(0)]).unwrap();
            assert_eq!(until, 75);
        }
        assert_eq!(asked, 1, "once more before it goes stale, and not at every poll after");
    }

    #[test]
    fn an_interval_that_the_server_does_not_tell_is_taken_from_the_polls() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        assert_eq!(times(&mut freshness, 0, &[Some(0)]), Ok((0, 10)));
        assert_eq!(times(&mut freshness, 5, &[Some(0)]), Ok((0, 10)));
        assert_eq!(times(&mut freshness, 40, &[Some(40)]), Ok((40, 140)));
        assert_eq!(times(&mut freshness, 60, &[Some(60)]), Ok((60, 110)));
        freshness.learn(0, Some(30.0), at(60));
        assert_eq!(times(&mut freshness, 60, &[Some(60)]), Ok((60, 135)));
    }

    #[test]
    fn the_interval_is_asked_at_first_and_every_five_minutes() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        let mut asked = Vec::new();
        for now in (0..700).step_by(5) {
            if freshness.is_learning(at(now), TIMEOUT) {
                asked.push(now);
                freshness.learn(0, Some(15.0), at(now));
            }
            times(&mut freshness, now, &[Some(now)]).unwrap();
        }
        assert_eq!(asked, [0, 300, 600]);
    }

    #[test]
    fn a_scrape_faster_than_the_polls_does_not_double_the_questions() {
        let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
        let mut asked = 0;
        for now in (0..300).step_by(5) {
            if freshness.is_learning(at(now), TIMEOUT) {
                asked += 1;
                freshness.learn(0, Some(1.0), at(now));
            }
            times(&mut freshness, now, &[Some(now - 4)]).unwrap();
        }
        assert!(asked <= 10, "{asked}");
    }

    #[test]
    fn no_number_breaks_it() {
        for odd in [f64::MAX, f64::MIN, f64::INFINITY, f64::NAN, -0.0] {
            let mut freshness = Freshness::new(1, (EVERY, TIMEOUT));
            freshness.learn(0, Some(odd), at(0));
            let times = freshness.times(&[Some(Newest { age_s: odd, at_s: odd })], at(0)).unwrap();
            assert!(times.at <= at(0));
        }
    }
}
