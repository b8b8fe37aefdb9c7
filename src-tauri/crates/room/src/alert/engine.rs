//! One rule's life: inactive, pending, firing, resolved, as its samples come.
//!
//! Pending, firing and resolving follow Prometheus to the sample where data is present (a test holds them against its
//! own rule engine). Where data is missing they are stricter: missing never resolves.

use jiff::{SignedDuration, Timestamp};
use plan::Severity;
use plan::config::{Clear, Fire};
use serde::{Deserialize, Serialize};

use super::record::Seen;
use super::rule::{Judgement, Rule};
use super::window::WindowMemory;
use crate::gate::shifted;
use crate::reading::Sample;

/// How long a deadline outlives its breach: one that comes back sooner takes the old deadline up (DESIGN.md).
const DEADLINE_OUTLIVES: SignedDuration = SignedDuration::from_mins(10);

/// More samples than any sensible tally counts.
const MOST_RECENT: usize = 64;
/// The same, as tallies count.
const MOST_COUNTED: u64 = 64;

/// Where a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// No breach.
    Inactive,
    /// A breach that has not lasted, or not come often enough.
    Pending,
    /// It fires.
    Firing,
}

/// What a rule has seen. Kept beside the log, so that a restart goes on where it was.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleMemory {
    /// The last samples with distinct times and whether each was a breach, the newest last.
    recent: Vec<(Timestamp, bool)>,
    /// The first breaching sample of the breach that goes on.
    pending_since: Option<Timestamp>,
    /// The first breaching sample of the episode that fires.
    firing_since: Option<Timestamp>,
    /// The first good sample of the stretch that goes on, without a moment in which none counted.
    good_since: Option<Timestamp>,
    /// When the last episode was resolved.
    resolved_at: Option<Timestamp>,
    /// The deadline of the episode that fires, or of the last one.
    deadline: Option<Timestamp>,
    /// Whether the deadline's passing has been said.
    is_overdue: bool,
    /// The last sample that counts.
    last: Option<LastSample>,
    /// The breaches that may come to be the first of an episode: what the log says of its beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    threats: Vec<Seen>,
    /// Since when it was breached before it counted, while the breach goes on without a good sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since_before: Option<Timestamp>,
    /// What was seen in the window of a success criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    window: Option<WindowMemory>,
}

/// The last sample that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastSample {
    /// What it showed.
    pub seen: Seen,
    /// Until when it counts.
    pub good_until: Timestamp,
    /// Whether it was no breach.
    pub is_good: bool,
}

/// How a rule turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It fires.
    Fired {
        /// The first breaching sample.
        since: Timestamp,
        /// Until when it must be resolved, for a HIGH.
        deadline: Option<Timestamp>,
    },
    /// It is over.
    Resolved,
}

impl RuleMemory {
    /// An episode that the log knows of and this memory does not.
    #[must_use]
    pub fn of_log(since: Timestamp, deadline: Option<Timestamp>, is_overdue: bool) -> Self {
        Self { firing_since: Some(since), pending_since: Some(since), deadline, is_overdue, ..Self::default() }
    }

    /// Where the rule stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match (self.firing_since, self.pending_since) {
            (Some(_), _) => Phase::Firing,
            (None, Some(_)) => Phase::Pending,
            (None, None) => Phase::Inactive,
        }
    }

    /// The first breaching sample of what is pending or firing.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.firing_since.or(self.pending_since)
    }

    /// The deadline of the episode that fires, as far as extensions were taken in.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.firing_since.and(self.deadline)
    }

    /// The last sample that counts.
    #[must_use]
    pub fn last(&self) -> Option<&LastSample> {
        self.last.as_ref()
    }

    /// Whether what was seen last still counts.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.last.as_ref().is_some_and(|last| now <= last.good_until)
    }

    /// Since when every sample was good, and there was one at every moment; `None` where the last was not.
    #[must_use]
    pub fn good_since(&self) -> Option<Timestamp> {
        self.good_since
    }

    /// Since when it was breached before it counted (before the phase, or the gate), while that breach goes on.
    #[must_use]
    pub fn since_before(&self) -> Option<Timestamp> {
        self.since_before
    }

    /// The first breaching sample of what fires, or threatens to.
    #[must_use]
    pub fn first(&self) -> Option<&Seen> {
        let since = self.since()?;
        self.threats.iter().find(|seen| seen.at == since)
    }

    /// What was seen in the window of a success criterion.
    #[must_use]
    pub fn window(&self) -> Option<&WindowMemory> {
        self.window.as_ref()
    }

    /// Begins the window of a success criterion, or goes on with it.
    pub(crate) fn begin_window(&mut self, from: Timestamp, to: Timestamp) {
        if self.window.as_ref().is_none_or(|window| (window.from, window.to) != (from, to)) {
            self.window = Some(WindowMemory::new(from, to));
        }
    }

    /// Says when somebody looked first after the end of the window.
    pub(crate) fn end_window(&mut self, now: Timestamp) -> Option<Timestamp> {
        self.window.as_mut().map(|window| *window.ended.get_or_insert(now))
    }

    /// The window, counted up to a moment.
    pub(crate) fn window_up_to(&self, up_to: Timestamp) -> Option<WindowMemory> {
        let mut window = self.window.clone()?;
        window.count(self.last.as_ref(), up_to);
        Some(window)
    }

    /// It was breached before it counted.
    pub(crate) fn was_breached_before(&mut self, since: Timestamp) {
        self.since_before = Some(since);
    }

    /// A good sample was seen: what is breached later is not breached since before.
    pub(crate) fn was_good(&mut self) {
        self.since_before = None;
    }

    /// What was judged by another sentence, or seen by another question, says nothing; what fires fires on, with its
    /// deadline.
    pub(crate) fn forget_samples(&mut self) {
        self.recent.clear();
        self.last = None;
        self.good_since = None;
        self.since_before = None;
        // Nothing of the window was judged by the sentence that holds now.
        self.window = None;
        if self.firing_since.is_none() {
            self.pending_since = None;
            self.threats.clear();
        }
    }

    /// An episode that demands more than it did when it began: its time runs from its first breach.
    pub(crate) fn set_deadline(&mut self, length: SignedDuration) {
        if self.deadline.is_none() {
            self.deadline = self.firing_since.and_then(|since| since.checked_add(length).ok());
        }
    }

    /// A person gave the episode more time: one that follows takes that deadline up.
    pub(crate) fn move_deadline(&mut self, deadline: Option<Timestamp>) {
        if self.firing_since.is_some() && deadline.is_some() {
            self.deadline = deadline;
        }
    }

    /// Says once that the deadline passed; an extension takes it back.
    pub(crate) fn passes_deadline(&mut self, deadline: Option<Timestamp>, now: Timestamp) -> bool {
        let is_over = self.firing_since.is_some() && deadline.is_some_and(|deadline| deadline <= now);
        let is_new = is_over && !self.is_overdue;
        self.is_overdue = is_over;
        is_new
    }

    /// The wall clock was set: what is measured from one sample to the next goes on by it as it is now. An episode keeps
    /// its beginning, which the log has, and its deadline, which is a time of the wall.
    pub(crate) fn shift(&mut self, by: SignedDuration) {
        for (at, _) in &mut self.recent {
            *at = shifted(*at, by);
        }
        if self.firing_since.is_none() {
            self.pending_since = self.pending_since.map(|at| shifted(at, by));
            for seen in &mut self.threats {
                seen.at = shifted(seen.at, by);
            }
        }
        for at in [&mut self.good_since, &mut self.resolved_at].into_iter().flatten() {
            *at = shifted(*at, by);
        }
        if let Some(last) = &mut self.last {
            last.seen.at = shifted(last.seen.at, by);
            last.good_until = shifted(last.good_until, by);
        }
    }

    /// Says once that the deadline passed by a moment of the past; what was said stays said.
    pub(crate) fn passed_deadline(&mut self, deadline: Timestamp, at: Timestamp) -> bool {
        let is_new = self.firing_since.is_some() && deadline <= at && !self.is_overdue;
        self.is_overdue |= is_new;
        is_new
    }

    /// Takes a sample in. One whose time is not later than the last one's says nothing new about the world; it may
    /// count for longer.
    pub fn observe(&mut self, rule: &Rule, sample: &Sample) -> Option<Turn> {
        self.take(rule, sample, rule.seen(sample))
    }

    /// Takes a sample in that was fetched afterwards: it is judged as if it had been seen at its time.
    pub(crate) fn observe_late(&mut self, rule: &Rule, sample: &Sample) -> Option<Turn> {
        self.take(rule, sample, Seen { fetched: true, ..rule.seen(sample) })
    }

    fn take(&mut self, rule: &Rule, sample: &Sample, seen: Seen) -> Option<Turn> {
        let judgement = rule.judge(sample);
        if let Some(last) = self.last.as_mut().filter(|last| sample.at <= last.seen.at) {
            if sample.at == last.seen.at {
                last.good_until = last.good_until.max(sample.good_until);
            }
            return None;
        }
        // What was not seen was not good.
        if self.last.as_ref().is_some_and(|last| last.good_until < sample.at) {
            self.good_since = None;
        }
        let is_breach = judgement == Judgement::Breach;
        if let Some(window) = &mut self.window {
            window.count(self.last.as_ref(), sample.at);
        }
        if is_breach && self.firing_since.is_none() {
            if self.threats.len() >= MOST_RECENT {
                // The first of a breach that lasts is what the log will tell: it stays.
                self.threats.truncate(1);
            }
            self.threats.push(seen.clone());
        }
        if !is_breach {
            self.since_before = None;
        }
        self.last = Some(LastSample { seen, good_until: sample.good_until, is_good: !is_breach });
        self.recent.push((sample.at, is_breach));
        if self.recent.len() > MOST_RECENT {
            self.recent.remove(0);
        }
        match judgement {
            Judgement::Breach => self.breach(rule, sample.at),
            Judgement::Good => self.good(rule, sample.at),
            // Neither: it ends a breach that only threatened, and keeps one that fires.
            Judgement::Between => {
                self.good_since = None;
                if self.firing_since.is_none() {
                    self.settle(rule);
                }
                None
            }
        }
    }

    fn breach(&mut self, rule: &Rule, at: Timestamp) -> Option<Turn> {
        self.good_since = None;
        let since = *self.pending_since.get_or_insert(at);
        if self.firing_since.is_some() {
            return None;
        }
        let fires = match rule.fire {
            Fire::For(length) => at.duration_since(since) >= signed(length),
            Fire::Tally { hits, samples } => self.among(samples, true) >= hits,
        };
        if !fires {
            return None;
        }
        self.firing_since = Some(since);
        self.is_overdue = false;
        self.threats.retain(|seen| seen.at == since);
        if let Some(window) = &mut self.window {
            window.has_fired = true;
        }
        let taken_up =
            self.resolved_at.filter(|resolved| since.duration_since(*resolved) <= DEADLINE_OUTLIVES).and(self.deadline);
        self.deadline = match rule.severity {
            Severity::High => taken_up.or_else(|| since.checked_add(signed(rule.high_deadline)).ok()),
            Severity::Critical | Severity::Medium => None,
        };
        Some(Turn::Fired { since, deadline: self.deadline })
    }

    fn good(&mut self, rule: &Rule, at: Timestamp) -> Option<Turn> {
        let good_since = *self.good_since.get_or_insert(at);
        if self.firing_since.is_none() {
            self.settle(rule);
            return None;
        }
        let good_for = at.duration_since(good_since);
        let is_clear = match (rule.clear, rule.fire) {
            (Some(Clear::Tally { hits, samples }), _) => self.among(samples, false) >= hits,
            (Some(Clear::For(length)), _) => good_for >= signed(length),
            (Some(Clear::Level(_)), _) | (None, Fire::For(_)) => true,
            // What took two of three samples to fire takes three good ones to clear: one good sample is a flap.
            // They are counted: after a restart without memory there may be fewer.
            (None, Fire::Tally { samples, .. }) => self.among(samples, false) >= samples.min(MOST_COUNTED),
        };
        if !is_clear || good_for < signed(rule.keep_firing) {
            return None;
        }
        self.firing_since = None;
        self.pending_since = None;
        self.threats.clear();
        self.is_overdue = false;
        self.resolved_at = Some(at);
        Some(Turn::Resolved)
    }

    /// What only threatened is over: at the first good sample of a rule that counts time, once no breach is among the
    /// last samples of one that counts samples.
    fn settle(&mut self, rule: &Rule) {
        let is_over = match rule.fire {
            Fire::For(_) => true,
            Fire::Tally { samples, .. } => self.among(samples, true) == 0,
        };
        if is_over {
            self.pending_since = None;
        } else {
            // The breach that counts is the oldest that is still among them.
            self.pending_since = self.oldest_breach(rule);
        }
        let since = self.pending_since;
        self.threats.retain(|seen| since.is_some_and(|since| seen.at >= since));
    }

    fn oldest_breach(&self, rule: &Rule) -> Option<Timestamp> {
        let Fire::Tally { samples, .. } = rule.fire else { return self.pending_since };
        self.newest(samples).filter(|(_, is_breach)| *is_breach).map(|(at, _)| *at).last()
    }

    /// How many of the last `samples` are breaches, or are none.
    fn among(&self, samples: u64, breaches: bool) -> u64 {
        self.newest(samples).filter(|(_, is_breach)| *is_breach == breaches).map(|_| 1).sum()
    }

    /// The last `samples`, the newest first.
    fn newest(&self, samples: u64) -> impl Iterator<Item = &(Timestamp, bool)> {
        self.recent.iter().rev().take(usize::try_from(samples).unwrap_or(MOST_RECENT))
    }
}

/// A length of the settings for the arithmetic of times.
pub(crate) fn signed(length: std::time::Duration) -> SignedDuration {
    SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX)
}
