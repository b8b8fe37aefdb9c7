//! How much of a hold was seen, second by second.

use super::{Act, Happening, LONGEST_LOOK_S, Watched, walk};

impl Watched {
    /// How many of the seconds from `from` to `to` (which is `now`, where no clock was set back) somebody looked and
    /// every condition of a gate was known to be met, by a good sample or by a word.
    #[must_use]
    pub fn covered_s(&self, gate: usize, (from, to): (i64, i64), now: i64) -> i64 {
        let looks: Vec<i64> = self
            .happened
            .iter()
            .filter(|(_, happening)| matches!(happening, Happening::Looked))
            .map(|(at, _)| *at)
            .collect();
        // The look at `now` is on its way.
        let pairs = looks.iter().zip(looks.iter().skip(1).chain([&now]));
        let asleep: Vec<(i64, i64)> = pairs
            .map(|(before, after)| (*before, *after))
            .filter(|(before, after)| after - before > LONGEST_LOOK_S)
            .collect();
        let is_looked_at = |second: i64| !asleep.iter().any(|(before, after)| (*before..*after).contains(&second));
        // While the way back is taken nobody knows where the traffic is.
        let mut back: Vec<(i64, i64)> = Vec::new();
        for (_, at, act) in self.acts() {
            match act {
                Act::RollBack => back.push((at, i64::MAX)),
                Act::StandDown => back.last_mut().into_iter().for_each(|(_, until)| *until = at),
                // What was rolled back is over with a new attempt.
                Act::Attempt(_) => back.iter_mut().for_each(|(_, until)| *until = at.min(*until)),
                _ => {}
            }
        }
        let is_back = |second: i64| back.iter().any(|(from, until)| (*from..*until).contains(&second));
        let known = Self::conditions(gate).into_iter().map(|condition| {
            let samples = condition.map(|rule| walk::samples(self, rule)).unwrap_or_default();
            (samples, self.words(gate, condition))
        });
        let known: Vec<_> = known.collect();
        let is_known = |second: i64, (samples, words): &(Vec<walk::Taken>, Vec<i64>)| {
            let last = samples.iter().rev().find(|sample| sample.at <= second);
            let by_sample = last.is_some_and(|sample| !sample.is_breach && second < sample.good_until);
            by_sample || words.iter().any(|at| (*at..*at + self.settings.word_s).contains(&second))
        };
        let counted = (from..to).filter(|second| {
            is_looked_at(*second) && !is_back(*second) && known.iter().all(|one| is_known(*second, one))
        });
        i64::try_from(counted.count()).unwrap_or(i64::MAX)
    }
}
