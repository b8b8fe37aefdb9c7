//! The back-test: one rule held against the past, as it would have been held on the day.
//!
//! Owns: when it would have fired and resolved, where nothing was seen, and what was worst. The judging is that of the
//! day: the same [`RuleMemory`] over the same samples. Must not know: where the past comes from.
//!
//! A past has no steps of a rollout, so no sample is left aside for warming up; and the rule counts throughout, whenever
//! it would be armed on the day.

mod day;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use plan::Operator;
use plan::config::Fire;

pub use day::DayCount;

use crate::alert::{Judgement, Phase, Purpose, Rule, RuleMemory, Seen, Turn};
use crate::measure;
use crate::reading::{Measure, Reading};
use crate::watch::meaning;

/// So many different reasons of one window are told; more say nothing new to a person.
const MOST_REASONS: usize = 3;

/// One rule on its way through the past. Readings come in the order of their times.
#[derive(Debug, Clone)]
pub struct Backtest {
    rule: Rule,
    memory: RuleMemory,
    /// What breached since the rule became pending, the oldest first.
    pending: Vec<Value>,
    episode: Option<Episode>,
    /// The worst of the episode that goes on.
    episode_worst: Option<Value>,
    window: Option<Unseen>,
    worst: Option<Value>,
    tested: Tested,
}

/// What a back-test found.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// From when on readings were looked for.
    pub from: Timestamp,
    /// The last reading's time: what lies behind it was not looked at.
    pub to: Timestamp,
    /// When it would have fired.
    pub episodes: Vec<Episode>,
    /// How often a breach threatened and was over before the rule fired.
    pub threats: usize,
    /// Where nothing was seen: neither good nor bad.
    pub unseen: Vec<Unseen>,
    /// The worst that was seen, whether it was a breach or not.
    pub worst: Option<Seen>,
}

/// A time for which the rule would have fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Episode {
    /// The first breaching sample.
    pub since: Timestamp,
    /// The reading at which it fired.
    pub fired_at: Timestamp,
    /// The last breaching sample.
    pub last_breach_at: Timestamp,
    /// The reading at which it was resolved; `None` where it still fired at the end.
    pub resolved_at: Option<Timestamp>,
    /// Until when a HIGH would have had to be resolved.
    pub deadline: Option<Timestamp>,
    /// Whether the deadline passed while it fired.
    pub is_overdue: bool,
    /// The worst of its samples.
    pub worst: Option<Seen>,
}

/// A time in which nothing was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Until then what was seen before counted.
    pub from: Timestamp,
    /// From then on something was seen again, or the end.
    pub to: Timestamp,
    /// Why, in words, each reason once.
    pub why: Vec<String>,
}

/// A number that was seen, and what is said of it.
#[derive(Debug, Clone, PartialEq)]
struct Value {
    /// How bad it is; the larger the worse. `None` for what is no number.
    badness: Option<f64>,
    seen: Seen,
}

impl Backtest {
    /// A rule before the first reading.
    #[must_use]
    pub fn new(rule: Rule, from: Timestamp) -> Self {
        Self {
            rule,
            memory: RuleMemory::default(),
            pending: Vec::new(),
            episode: None,
            episode_worst: None,
            window: None,
            worst: None,
            tested: Tested { from, to: from, episodes: Vec::new(), threats: 0, unseen: Vec::new(), worst: None },
        }
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Takes the next reading in.
    pub fn observe(&mut self, reading: &Reading) {
        let at = reading.at;
        self.tested.to = at;
        // What was seen before may have stopped to count between two readings.
        if self.seen_until().is_none_or(|until| until < at) && at > self.tested.from {
            self.lose_sight(at);
        }
        let before = self.memory.last().map(|last| last.seen.at);
        let phase = self.memory.phase();
        let sample = meaning(&self.rule, reading);
        let turn = sample.as_ref().and_then(|sample| self.memory.observe(&self.rule, sample));
        if let Some(sample) = sample.as_ref().filter(|_| self.memory.last().map(|last| last.seen.at) != before) {
            let value = Value { badness: badness(&self.rule, &sample.measure), seen: self.rule.seen(sample) };
            self.weigh(value, self.rule.judge(sample) == Judgement::Breach);
        }
        self.turn(turn.as_ref(), phase, at);
        if self.memory.is_fresh(at) {
            if let Some(window) = self.window.take() {
                self.see_again(Unseen { to: at, ..window });
            }
        } else {
            self.lose_sight(at);
            self.give_reason(reading, sample.is_some());
        }
    }

    /// What was found until now.
    #[must_use]
    pub fn finish(mut self) -> Tested {
        let to = self.tested.to;
        if let Some(window) = self.window.take() {
            self.see_again(Unseen { to, ..window });
        }
        if let Some(mut episode) = self.episode.take() {
            episode.is_overdue = episode.deadline.is_some_and(|deadline| deadline <= to);
            episode.worst = self.episode_worst.take().map(|value| value.seen);
            self.tested.episodes.push(episode);
        }
        self.tested.worst = self.worst.map(|value| value.seen);
        self.tested
    }

    fn seen_until(&self) -> Option<Timestamp> {
        self.memory.last().map(|last| last.good_until)
    }

    fn lose_sight(&mut self, at: Timestamp) {
        let from = self.seen_until().unwrap_or(self.tested.from).clamp(self.tested.from.min(at), at);
        self.window.get_or_insert_with(|| Unseen { from, to: from, why: Vec::new() });
    }

    fn see_again(&mut self, mut window: Unseen) {
        if window.why.is_empty() {
            window.why.push("no new sample".to_owned());
        }
        if window.to > window.from {
            self.tested.unseen.push(window);
        }
    }

    fn give_reason(&mut self, reading: &Reading, is_judged: bool) {
        let why = match &reading.outcome {
            Err(fault) => fault.to_string(),
            Ok(sample) => match sample.too_few {
                Some((_, least)) => format!("made from fewer than {}", measure::number(least)),
                None if is_judged => "no new sample".to_owned(),
                None => return,
            },
        };
        if let Some(window) = &mut self.window
            && window.why.len() < MOST_REASONS
            && !window.why.contains(&why)
        {
            window.why.push(why);
        }
    }

    fn weigh(&mut self, value: Value, is_breach: bool) {
        keep_worse(&mut self.worst, &value);
        if !is_breach {
            return;
        }
        match &mut self.episode {
            Some(episode) => {
                episode.last_breach_at = value.seen.at;
                keep_worse(&mut self.episode_worst, &value);
            }
            None => self.pending.push(value),
        }
    }

    fn turn(&mut self, turn: Option<&Turn>, before: Phase, at: Timestamp) {
        match turn {
            Some(&Turn::Fired { since, deadline }) => {
                self.episode_worst = None;
                for value in self.pending.drain(..).filter(|value| value.seen.at >= since) {
                    keep_worse(&mut self.episode_worst, &value);
                }
                let last_breach_at = self.memory.last().map_or(at, |last| last.seen.at);
                self.episode = Some(Episode {
                    since,
                    fired_at: at,
                    last_breach_at,
                    resolved_at: None,
                    deadline,
                    is_overdue: false,
                    worst: None,
                });
            }
            Some(Turn::Resolved) => {
                if let Some(mut episode) = self.episode.take() {
                    episode.resolved_at = Some(at);
                    episode.is_overdue = episode.deadline.is_some_and(|deadline| deadline <= at);
                    episode.worst = self.episode_worst.take().map(|value| value.seen);
                    self.tested.episodes.push(episode);
                }
            }
            None => {}
        }
        if self.memory.phase() == Phase::Inactive {
            self.tested.threats += usize::from(before == Phase::Pending);
            self.pending.clear();
        } else if let Some(since) = self.memory.since() {
            // A tally goes on with the oldest breach that is still among its samples.
            self.pending.retain(|value| value.seen.at >= since);
        }
    }
}

impl Tested {
    /// How long an episode lasted, from its first breaching sample until it was resolved or until the end.
    #[must_use]
    pub fn lasted(&self, episode: &Episode) -> SignedDuration {
        episode.resolved_at.unwrap_or(self.to).duration_since(episode.since)
    }

    /// How long all episodes lasted together.
    #[must_use]
    pub fn firing(&self) -> SignedDuration {
        self.episodes.iter().fold(SignedDuration::ZERO, |sum, episode| sum.saturating_add(self.lasted(episode)))
    }

    /// For how long nothing was seen.
    #[must_use]
    pub fn without_data(&self) -> SignedDuration {
        self.unseen.iter().fold(SignedDuration::ZERO, |sum, window| sum.saturating_add(window.lasted()))
    }

    /// Whether something was seen at every moment.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unseen.is_empty() && self.to > self.from
    }
}

impl Unseen {
    /// How long.
    #[must_use]
    pub fn lasted(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

impl Rule {
    /// What a step this long between two readings makes of the rule, in sentences: nothing where it is asked as often as
    /// on the day and counts in whole steps.
    #[must_use]
    pub fn remarks_on_step(&self, step: std::time::Duration) -> Vec<String> {
        let words = |length: std::time::Duration| measure::length(length.as_secs());
        let mut remarks = Vec::new();
        if step > self.every {
            remarks.push(format!(
                "looked at every {}, and on the day every {}: what is shorter may be missed",
                words(step),
                words(self.every)
            ));
        }
        if let Fire::For(length) = self.fire
            && !length.is_zero()
            && length < step
        {
            remarks.push(format!(
                "“for {}” is shorter than a step of {}: it fires at the second breaching step",
                words(length),
                words(step)
            ));
        }
        remarks
    }
}

fn keep_worse(worst: &mut Option<Value>, value: &Value) {
    let is_worse = match (worst.as_ref().map(|worst| worst.badness), value.badness) {
        (None, _) | (Some(None), Some(_)) => true,
        (Some(Some(before)), Some(badness)) => badness > before,
        (Some(_), None) => false,
    };
    if is_worse {
        *worst = Some(value.clone());
    }
}

/// How bad a number is for a rule; the larger the worse.
fn badness(rule: &Rule, measure: &Measure) -> Option<f64> {
    let (Measure::Number(value), Some(criterion)) = (measure, &rule.criterion) else { return None };
    let value = rule.in_own_unit(*value);
    let (op, low) = (criterion.op?, criterion.value?);
    let high = criterion.high.unwrap_or(low);
    let outside = (low - value).max(value - high).max(0.0);
    // A decision names what is bad, every other sentence what is good.
    let wanted = match op {
        Operator::Above | Operator::AtLeast => value,
        Operator::Below | Operator::AtMost => -value,
        Operator::Equal | Operator::Between => -outside,
    };
    Some(if rule.purpose == Purpose::Decision { wanted } else { -wanted })
}
