//! The watch: what comes of readings and of time. It holds the rules of the plan against what is observed, keeps the
//! clock of the gate's hold, knows where the room is blind, and gives the verdict.
//!
//! What it finds is given as events for the log. What it remembers between two readings is no event ([`Memory`]): it is
//! kept beside the log, and a restart takes it up. An alarm never waits for the disk, so that the watch itself, and not
//! the log, says what fires.

mod backfill;
mod before;
mod blind;
mod cause;
mod gate;
mod hear;
mod interruption;
mod memory;
mod observed;
mod readings;
mod reread;
mod restore;
mod silence;
mod success;
#[cfg(test)]
pub(crate) mod tests;
mod verdict;

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use plan::config::Config;
use plan::{ItemId, Unit};

pub use backfill::{Dated, Fetched, Stretch};
pub use blind::BlindMemory;
pub use cause::{Follows, SourceDown};
pub(crate) use hear::meaning;
pub use interruption::Interruption;
pub use memory::Memory;
pub use verdict::{Cause, Verdict};

use self::backfill::Backfill;
use crate::alert::{AlertId, Fired, LastSample, Phase, Rule, RuleMemory, Rulebook, Seen, Turn, signed};
use crate::decide::Sight;
use crate::event::Event;
use crate::reading::{Fault, Measure, Sample, Signal};
use crate::state::{Mode, Room};

/// A tick that comes this much later than the one before was slept through, or the program did not run.
const LONGEST_TICK: SignedDuration = SignedDuration::from_secs(10);

/// What is more ahead of the clock than the answers' ways differ is of the clock as it was set before.
const AHEAD: SignedDuration = SignedDuration::from_secs(2);

/// What a signal said last.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalNow {
    /// The last sample.
    pub sample: Option<Sample>,
    /// Why the last question had no answer, since when that is so, and how many questions had none.
    pub fault: Option<(Fault, Timestamp, u32)>,
    sequence: u64,
}

/// The watch over one room.
#[derive(Debug, Clone)]
pub struct Watch {
    book: Rulebook,
    /// The units that the book was made with.
    units: BTreeMap<String, Unit>,
    memory: Memory,
    signals: HashMap<Signal, SignalNow>,
    /// When this watch began: nothing is missed before the first answers can be there.
    started: Timestamp,
    /// So long after a sleep the first answers are waited for.
    waking_until: Option<Timestamp>,
    /// Whether the deployment counts as begun at T0, whatever anybody has done.
    begins_at_t0: bool,
    /// The checks of which something was said that is not in the room yet.
    said: HashSet<ItemId>,
    /// The settings that the book was made with.
    config: Config,
    /// The number of the last event that bound something, when the book was made.
    bound: u64,
    /// The rules of the book that the plan does not have any more.
    left: Vec<AlertId>,
    /// When each rule began to count.
    armed_since: HashMap<AlertId, Timestamp>,
    /// The success criteria of which was said what came of them, and that is not in the room yet.
    judged: HashSet<AlertId>,
    /// The silences of which was said that they ran out, each with its end, and that are in the room still.
    ran_out: HashMap<AlertId, Timestamp>,
    /// What was missed and is being fetched.
    backfill: Backfill,
}

impl Watch {
    /// A watch that begins now, with what an earlier one left. `begins_at_t0` is for a watch without a room of its own.
    #[must_use]
    pub fn new(room: &Room, memory: Memory, begins_at_t0: bool, now: Timestamp) -> (Self, Vec<Event>) {
        let mut watch = Self {
            book: Rulebook::default(),
            units: BTreeMap::new(),
            memory,
            signals: HashMap::new(),
            started: now,
            waking_until: None,
            begins_at_t0,
            said: HashSet::new(),
            config: Config::default(),
            bound: 0,
            left: Vec::new(),
            armed_since: HashMap::new(),
            judged: HashSet::new(),
            ran_out: HashMap::new(),
            backfill: Backfill::default(),
        };
        watch.rename(room);
        watch.make_book(room);
        let events = watch.restore(room, now);
        (watch, events)
    }

    /// The rules, and what nothing observes.
    #[must_use]
    pub fn book(&self) -> &Rulebook {
        &self.book
    }

    /// What is to be kept beside the log.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// What a signal said last.
    #[must_use]
    pub fn signal(&self, signal: &Signal) -> Option<&SignalNow> {
        self.signals.get(signal)
    }

    /// What a rule remembers.
    #[must_use]
    pub fn rule_memory(&self, id: &AlertId) -> Option<&RuleMemory> {
        self.memory.rules.get(id)
    }

    /// Where a rule stands.
    #[must_use]
    pub fn phase(&self, id: &AlertId) -> Phase {
        self.memory.rules.get(id).map_or(Phase::Inactive, RuleMemory::phase)
    }

    /// The last sample of a rule, where it still counts.
    #[must_use]
    pub fn fresh(&self, id: &AlertId, now: Timestamp) -> Option<&LastSample> {
        self.memory.rules.get(id).filter(|memory| memory.is_fresh(now))?.last()
    }

    /// Whether the deployment has begun.
    #[must_use]
    pub fn has_begun(&self, room: &Room, now: Timestamp) -> bool {
        matches!(room.mode(), Mode::Live | Mode::Watch | Mode::RollingBack | Mode::RolledBack)
            || (self.begins_at_t0 && now >= room.resolved().start)
    }

    /// Whether a rule alarms now: it counts, and is no mere check.
    #[must_use]
    pub fn is_armed(&self, room: &Room, rule: &Rule, now: Timestamp) -> bool {
        rule.purpose.alarms() && self.counts(room, rule, now)
    }

    /// Whether a rule counts now.
    #[must_use]
    pub fn counts(&self, room: &Room, rule: &Rule, now: Timestamp) -> bool {
        Rulebook::counts(room, &rule.purpose, self.has_begun(room, now), now)
    }

    /// The rules that alarm now.
    #[must_use]
    pub fn armed(&self, room: &Room, now: Timestamp) -> Vec<&Rule> {
        // Asked once: it looks at all that anybody did.
        let begun = self.has_begun(room, now);
        let counts = |rule: &&Rule| rule.purpose.alarms() && Rulebook::counts(room, &rule.purpose, begun, now);
        self.book.rules.iter().filter(counts).collect()
    }

    /// The rules that alarm now, by their signal.
    #[must_use]
    pub fn armed_by_signal(&self, room: &Room, now: Timestamp) -> HashMap<&Signal, Vec<&Rule>> {
        let mut armed: HashMap<&Signal, Vec<&Rule>> = HashMap::new();
        for rule in self.armed(room, now) {
            armed.entry(&rule.signal).or_default().push(rule);
        }
        armed
    }

    /// Whether the first answers of a rule cannot be there yet. Where the room was blind before, it is blind until
    /// something is seen.
    fn is_waited_for(&self, rule: &Rule, now: Timestamp) -> bool {
        let armed = self.armed_since.get(&rule.id).copied().unwrap_or(now);
        let first = armed.max(self.started);
        // One question, and one that failed.
        let grace = signed(rule.every.saturating_add(rule.timeout)).saturating_add(SignedDuration::from_secs(1));
        let last = self.memory.rules.get(&rule.id).and_then(RuleMemory::last);
        let is_unseen_since = last.is_none_or(|last| last.good_until < first);
        // Right after a sleep the network may not be back; and what was missed comes before what is seen.
        let is_waking = self.waking_until.is_some_and(|until| now <= until);
        let is_coming = is_waking || self.backfill.is_waiting_for(&rule.signal) || now.duration_since(first) <= grace;
        self.memory.blind.is_none() && is_unseen_since && is_coming
    }

    /// What was said is in the room.
    pub fn applied(&mut self, event: &Event) {
        if let Event::Observed { item, .. } | Event::ObservationLost { item, .. } = event {
            self.said.remove(item);
        }
        if let Event::SuccessJudged(judged) = event {
            self.judged.remove(&judged.alert);
        }
        if let Event::SilenceRanOut { alert, .. } = event {
            self.ran_out.remove(alert);
        }
        // What was on its way under the names of the text before will not come back under them.
        if let Event::PlanReread(_) = event {
            self.said.clear();
            self.judged.clear();
            self.ran_out.clear();
        }
    }

    /// Lets time pass: deadlines, ages, the clock of the hold.
    pub fn tick(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        self.mind_the_gap(now);
        let mut events = self.renew(room);
        if let Some(last) = self.memory.last_look.replace(now)
            && now.duration_since(last) > LONGEST_TICK
            && room.mode() != Mode::Closed
            && (!self.book.rules.is_empty() || room.current_gate().is_some())
        {
            events.push(Event::NotLooked { from: last, to: now });
        }
        events.extend(self.arm(room, now));
        events.extend(self.give_up_fetching(room, now));
        if room.mode() == Mode::Closed {
            self.forget_answers();
        }
        // A closed room takes no word: what came meanwhile is said once it is open again.
        let open = self.book.rules.iter().filter(|_| room.mode() != Mode::Closed);
        for rule in open {
            let Some(memory) = self.memory.rules.get_mut(&rule.id) else { continue };
            let deadline = deadline(room, &rule.id, memory);
            if memory.passes_deadline(deadline, now) {
                events.push(Event::DeadlinePassed { alert: rule.id.clone() });
            }
        }
        events.extend(self.end_silences(room, now));
        events.extend(self.settle(room, now));
        events
    }

    /// What was slept through is held by nothing, even where the samples before and after it are good.
    fn mind_the_gap(&mut self, now: Timestamp) {
        if let Some(last) = self.memory.last_look.filter(|last| now.duration_since(*last) > LONGEST_TICK) {
            self.memory.hold.stand(last, now);
        }
    }

    /// What follows once readings or time were taken in: what is seen of the checks, the hold, blindness, the verdict.
    fn settle(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        if room.mode() == Mode::Closed {
            return Vec::new();
        }
        let mut events = self.tick_checks(room, now);
        events.extend(self.run_hold(room, now));
        events.extend(self.see(room, now));
        events.extend(self.turn_verdict(room, now));
        events
    }

    /// Makes the rulebook anew where a unit was confirmed since. An alert that was judged in another unit is over.
    fn renew(&mut self, room: &Room) -> Vec<Event> {
        let mut events = self.follow_the_text(room);
        if self.units != room.units && room.mode() != Mode::Closed {
            // What was judged in another unit says nothing.
            let before = std::mem::take(&mut self.book);
            self.make_book(room);
            for was in &before.rules {
                let is_as_it_was = self.book.rule(&was.id).is_some_and(|known| known.unit == was.unit);
                if !is_as_it_was {
                    // It is asked anew, and waited for as at the start.
                    self.armed_since.remove(&was.id);
                    events.extend(self.forget(was));
                }
            }
        }
        events
    }

    /// Forgets what a rule saw; its alert is over.
    fn forget(&mut self, rule: &Rule) -> Option<Event> {
        self.memory.counted_since.remove(&rule.id);
        let forgotten = self.memory.rules.remove(&rule.id)?;
        let is_over = rule.purpose.alarms() && forgotten.phase() == Phase::Firing;
        is_over.then(|| Event::AlertResolved { alert: rule.id.clone(), seen: None })
    }

    /// Remembers since when each rule counts; one that does not count any more forgets what it saw, and its alert is
    /// over with its purpose.
    fn arm(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        if room.mode() == Mode::Closed {
            return events;
        }
        events.extend(self.judge_success(room, now));
        let begun = self.has_begun(room, now);
        for at in 0..self.book.rules.len() {
            let Some(rule) = self.book.rules.get(at) else { continue };
            if Rulebook::counts(room, &rule.purpose, begun, now) {
                let id = rule.id.clone();
                self.begins_to_count(&id, now);
                if !self.armed_since.contains_key(&id) {
                    self.begin_after(&id, now);
                    self.armed_since.insert(id, now);
                }
            } else if !self.is_to_be_judged(room, rule, now) {
                self.armed_since.remove(&rule.id);
                self.memory.counted_since.remove(&rule.id);
                if self.memory.rules.contains_key(&rule.id) {
                    let rule = rule.clone();
                    events.extend(self.forget(&rule));
                }
            }
        }
        events
    }

    /// After a step of the rollout rates lag behind: what is sampled meanwhile is not judged.
    fn is_warming_up(&self, room: &Room, rule: &Rule, at: Timestamp) -> bool {
        let steps = room.plan().gates.iter().filter_map(|gate| room.gate(&gate.item)?.entered.as_ref());
        let Some((step, _)) = steps.max_by_key(|(at, _)| *at) else { return false };
        let since = at.duration_since(*step);
        !since.is_negative() && since < signed(rule.warm_up)
    }

    fn observe(&mut self, room: &Room, rule: &Rule, sample: &Sample, is_late: bool) -> Option<Event> {
        let memory = self.memory.rules.entry(rule.id.clone()).or_default();
        memory.move_deadline(deadline(room, &rule.id, memory));
        let turn = match is_late {
            false => memory.observe(rule, sample),
            true => memory.observe_late(rule, sample),
        }?;
        let seen = Seen { fetched: is_late, ..rule.seen(sample) };
        if !rule.purpose.alarms() {
            return None;
        }
        let (first, since_before) = (memory.first().cloned(), memory.since_before());
        Some(match turn {
            Turn::Fired { since, deadline } => {
                let fired = rule.fired(since, Some(seen), deadline);
                Event::AlertFired(Box::new(Fired { first, since_before, ..fired }))
            }
            Turn::Resolved => Event::AlertResolved { alert: rule.id.clone(), seen: Some(seen) },
        })
    }

    /// What an alert shows now, where that still counts.
    fn seen(&self, id: &AlertId, now: Timestamp) -> Option<Seen> {
        self.fresh(id, now).map(|last| last.seen.clone())
    }

    /// What is seen at the moment of a decision.
    #[must_use]
    pub fn sight(&self, room: &Room, now: Timestamp) -> Sight {
        let items = self.book.rules.iter().filter_map(|rule| {
            let item = rule.item.clone()?;
            let last = self.fresh(&rule.id, now).filter(|_| self.counts(room, rule, now))?;
            Some((item, (last.is_good, last.seen.words.clone())))
        });
        let values = self.signals.iter().filter_map(|(signal, known)| match (signal, &known.sample) {
            (Signal::Metric(name), Some(Sample { measure: Measure::Number(value), .. })) => {
                Some((name.clone(), *value))
            }
            _ => None,
        });
        let alerts = self.book.rules.iter().filter_map(|rule| Some((rule.id.clone(), self.seen(&rule.id, now)?)));
        Sight {
            gate: self.gate_sight(room, now),
            items: items.collect(),
            alerts: alerts.collect(),
            values: values.collect(),
            readings: self.readings(now),
        }
    }
}

/// `api.example` of `https://api.example:8443/health`, `2001:db8::1` of `https://[2001:db8::1]:9090`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let server = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    match server.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or(address),
        None => server.split(':').next().unwrap_or(server),
    }
}

/// The deadline of what fires, with what a person added to it.
fn deadline(room: &Room, id: &AlertId, memory: &RuleMemory) -> Option<Timestamp> {
    let own = memory.deadline()?;
    let known = room.alerts().get(id).filter(|state| Some(state.fired.since) == memory.since());
    Some(known.filter(|state| state.extended.is_some()).and_then(|state| state.deadline).unwrap_or(own))
}
