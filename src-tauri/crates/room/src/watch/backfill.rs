//! What was missed of a metric, asked for afterwards: after sleep, while the way was at fault, while the program did not
//! run.
//!
//! Owns: what was missed, that nothing newer is judged before it, and what fetched samples mean. Must not know: how
//! anything is fetched.
//!
//! A fetched sample is judged as if it had been seen at its time: what came to fire in the stretch fires since then, and
//! what was over in it is over. What could not be fetched stays unseen.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use plan::config::{Config, EVERY, Metric, Probe, TIMEOUT};
use serde::{Deserialize, Serialize};

use super::{Watch, deadline, meaning};
use crate::alert::{AlertId, Judgement, Purpose, Rule, RuleMemory, Rulebook, signed};
use crate::event::{Event, StretchFetched, StretchUnseen};
use crate::gate::shifted;
use crate::reading::{Fault, Reading, Sample, Signal};
use crate::state::{Mode, Room};

/// How far back is fetched at most. Who was away for longer reads the rest where it is kept; and a stretch of a night
/// would take a server longer than an alarm may wait.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// How long what is newer waits for what was missed. An alarm must not wait for a server that never answers: whoever
/// fetches has a shorter limit of its own.
const PATIENCE: SignedDuration = SignedDuration::from_secs(15);

/// An answer may be later than its time limit by so much, as a busy laptop is.
const SLACK: SignedDuration = SignedDuration::from_secs(1);

/// What was missed of a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Whose.
    pub signal: Signal,
    /// When it was answered last; what is of that time is known.
    pub from: Timestamp,
    /// When it was answered again: that answer is known, too.
    pub to: Timestamp,
}

/// What came of fetching a stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetched {
    /// Which.
    pub stretch: Stretch,
    /// What questions of the time would have read, in their order.
    pub readings: Vec<Reading>,
}

/// Something for the log, and when it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What.
    pub event: Event,
    /// When.
    pub occurred_at: Timestamp,
}

/// When a signal was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answered {
    /// From then on no question was missed, or what was missed was fetched.
    whole_since: Timestamp,
    /// The last time.
    last: Timestamp,
}

/// A stretch that is being fetched.
#[derive(Debug, Clone)]
struct Waiting {
    stretch: Stretch,
    /// So long what is newer waits.
    until: Timestamp,
    held: Vec<Reading>,
}

/// What is being fetched.
#[derive(Debug, Clone, Default)]
pub(super) struct Backfill {
    /// Whether anybody fetches.
    is_on: bool,
    waiting: BTreeMap<Signal, Waiting>,
    /// What nobody was told yet.
    asked: Vec<Stretch>,
    /// What came of those that are through, until all are.
    report: Option<StretchFetched>,
}

impl Backfill {
    /// Whether a stretch of a signal is being fetched.
    pub(super) fn is_waiting_for(&self, signal: &Signal) -> bool {
        self.waiting.contains_key(signal)
    }

    /// What is fetched may not fit any more to what is asked now: what waits for it is judged at the next look.
    pub(super) fn hurry(&mut self) {
        self.asked.clear();
        self.waiting.values_mut().for_each(|waiting| waiting.until = Timestamp::MIN);
    }
}

impl Watch {
    /// From now on somebody fetches what was missed: [`Watch::to_fetch`] says what, and what is newer waits for
    /// [`Watch::fetched`], but not for long.
    pub fn fetch_what_is_missed(&mut self) {
        self.backfill.is_on = true;
    }

    /// What is to be fetched; each stretch is said once.
    pub fn to_fetch(&mut self) -> Vec<Stretch> {
        std::mem::take(&mut self.backfill.asked)
    }

    /// From when to when a signal was answered without a question missed that was not fetched afterwards.
    pub(super) fn answered(&self, signal: &Signal) -> Option<(Timestamp, Timestamp)> {
        self.memory.answered.get(&key(signal)).map(|answered| (answered.whole_since, answered.last))
    }

    /// Whether a reading has to wait for what was missed before it.
    pub(super) fn waits(&mut self, room: &Room, reading: &Reading, now: Timestamp) -> bool {
        if let Some(waiting) = self.backfill.waiting.get_mut(&reading.signal) {
            waiting.held.push(reading.clone());
            return true;
        }
        if !is_answered(reading) {
            return false;
        }
        let at = reading.at;
        let key = key(&reading.signal);
        let known = self.memory.answered.get(&key).copied();
        let missed =
            known.filter(|known| at.duration_since(known.last) > longest_pause(room.config(), &reading.signal));
        let is_fetched = self.backfill.is_on && matches!(reading.signal, Signal::Metric(_));
        let Some(known) = missed.filter(|_| is_fetched && room.mode() != Mode::Closed) else {
            let whole_since = known.filter(|_| missed.is_none()).map_or(at, |known| known.whole_since);
            self.memory.answered.insert(key, Answered { whole_since, last: at });
            return false;
        };
        let earliest = at.checked_sub(LONGEST).unwrap_or(at);
        let stretch = Stretch { signal: reading.signal.clone(), from: known.last.max(earliest), to: at };
        let until = now.checked_add(PATIENCE).unwrap_or(now);
        self.backfill.asked.push(stretch.clone());
        let waiting = Waiting { stretch, until, held: vec![reading.clone()] };
        self.backfill.waiting.insert(reading.signal.clone(), waiting);
        true
    }

    /// Takes in what was missed, and then what waited for it.
    pub fn fetched(&mut self, room: &Room, fetched: &Fetched, now: Timestamp) -> Vec<Dated> {
        let signal = &fetched.stretch.signal;
        // One that comes too late was given up: what is newer has been judged.
        if self.backfill.waiting.get(signal).is_none_or(|waiting| waiting.stretch != fetched.stretch) {
            return Vec::new();
        }
        let of_now = |events: Vec<Event>| events.into_iter().map(move |event| Dated { event, occurred_at: now });
        let mut found: Vec<Dated> = of_now(self.renew(room)).collect();
        found.extend(of_now(self.arm(room, now)));
        if let Some(waiting) = self.backfill.waiting.remove(signal) {
            found.extend(self.take_late(room, &fetched.readings, &waiting, now));
            found.extend(of_now(self.go_on(room, waiting, &fetched.readings, None, now)));
        }
        found.extend(of_now(self.settle(room, now)));
        found
    }

    /// What waited for too long is judged without what was missed.
    pub(super) fn give_up_fetching(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let late: Vec<Signal> = self
            .backfill
            .waiting
            .iter()
            .filter(|(_, waiting)| waiting.until <= now)
            .map(|(signal, _)| signal.clone())
            .collect();
        let mut events = Vec::new();
        for signal in late {
            let Some(waiting) = self.backfill.waiting.remove(&signal) else { continue };
            let after = std::time::Duration::try_from(PATIENCE).unwrap_or_default();
            events.extend(self.go_on(room, waiting, &[], Some(Fault::TimedOut { after }), now));
        }
        events
    }

    /// A closed room misses nothing.
    pub(super) fn forget_answers(&mut self) {
        self.memory.answered.clear();
        self.backfill = Backfill { is_on: self.backfill.is_on, ..Backfill::default() };
    }

    /// What waited is judged, and what came of the stretch is kept to be said.
    fn go_on(
        &mut self,
        room: &Room,
        waiting: Waiting,
        readings: &[Reading],
        fault: Option<Fault>,
        now: Timestamp,
    ) -> Vec<Event> {
        let Waiting { stretch, held, .. } = waiting;
        let key = key(&stretch.signal);
        let fault = fault.or_else(|| missing_of(readings));
        let before = self.memory.answered.get(&key).copied();
        // What lies further back than is fetched was missed for good.
        let is_whole = fault.is_none() && before.is_some_and(|before| before.last >= stretch.from);
        let last = held.iter().filter(|reading| is_answered(reading)).map(|reading| reading.at).max();
        let whole_since = before.filter(|_| is_whole).map_or(stretch.to, |before| before.whole_since);
        self.memory.answered.insert(key, Answered { whole_since, last: last.unwrap_or(stretch.to) });
        let mut events = Vec::new();
        for reading in &held {
            events.extend(self.judge(room, reading, now));
        }
        events.extend(self.report(room, &stretch, is_whole, fault));
        events
    }

    /// Says what came of it once nothing is being fetched any more. A question or two are missed every day, and are not
    /// worth a word.
    fn report(&mut self, room: &Room, stretch: &Stretch, is_whole: bool, fault: Option<Fault>) -> Option<Event> {
        let (every, timeout) = pace(room.config(), &stretch.signal);
        let short = every.saturating_mul(2).saturating_add(timeout).saturating_add(SLACK);
        if stretch.to.duration_since(stretch.from) > short {
            let report = self.backfill.report.get_or_insert_with(|| StretchFetched {
                from: stretch.from,
                to: stretch.to,
                fetched: Vec::new(),
                unseen: Vec::new(),
            });
            (report.from, report.to) = (report.from.min(stretch.from), report.to.max(stretch.to));
            let metric = stretch.signal.name().to_owned();
            if is_whole {
                report.fetched.push(metric);
            } else {
                let too_long = || format!("no more than {} h are fetched", LONGEST.as_hours());
                let why = fault.map_or_else(too_long, |fault| fault.to_string());
                report.unseen.push(StretchUnseen { metric, why });
            }
        }
        let mut report = self.backfill.report.take_if(|_| self.backfill.waiting.is_empty())?;
        // Which came first says nothing.
        report.fetched.sort();
        report.unseen.sort_by(|one, other| one.metric.cmp(&other.metric));
        Some(Event::StretchFetched(Box::new(report)))
    }

    /// Holds what was fetched against the rules, in the order of its time.
    fn take_late(&mut self, room: &Room, readings: &[Reading], waiting: &Waiting, now: Timestamp) -> Vec<Dated> {
        let signal = &waiting.stretch.signal;
        // One sample has not quite one time: that of a poll's is known by when its answer came.
        let (_, blur) = pace(room.config(), signal);
        let first_after = waiting.held.first().map(time_of).and_then(|at| at.checked_sub(blur).ok());
        let rules: Vec<(Rule, Option<Timestamp>)> = self
            .book
            .rules
            .iter()
            .filter(|rule| rule.signal == *signal)
            .map(|rule| {
                let last = self.memory.rules.get(&rule.id).and_then(RuleMemory::last);
                (rule.clone(), last.and_then(|last| last.seen.at.checked_add(blur).ok()))
            })
            .collect();
        let mut found = Vec::new();
        for reading in readings.iter().filter(|reading| reading.signal == *signal && reading.at < waiting.stretch.to) {
            for (rule, last_before) in &rules {
                let Some(sample) = meaning(rule, reading) else { continue };
                let is_known = last_before.is_some_and(|last| sample.at <= last)
                    || first_after.is_some_and(|first| first <= sample.at);
                if is_known {
                    continue;
                }
                if !self.takes(room, rule, &sample, now) || !self.counted(room, rule, sample.at) {
                    self.look_before(rule, &sample);
                    continue;
                }
                found.extend(self.pass_deadline(room, rule, sample.at.min(now)));
                if !self.is_warming_up(room, rule, sample.at) {
                    let occurred_at = sample.at.min(now);
                    let event = self.observe(room, rule, &sample, true);
                    let has_fired = matches!(event, Some(Event::AlertFired(_)));
                    found.extend(event.map(|event| Dated { event, occurred_at }));
                    let broke = if has_fired { self.break_hold(room, rule, &sample) } else { None };
                    found.extend(broke.map(|event| Dated { event, occurred_at }));
                } else if rule.judge(&sample) != Judgement::Breach
                    && let Some(memory) = self.memory.rules.get_mut(&rule.id)
                {
                    memory.was_good();
                }
            }
        }
        found
    }

    /// A breach in the stretch breaks the hold as it would have, even where it is over.
    fn break_hold(&mut self, room: &Room, rule: &Rule, sample: &Sample) -> Option<Event> {
        let gate = room.current_gate()?;
        let is_its = matches!(&rule.purpose, Purpose::Condition { gate: of } if *of == gate.item);
        if !is_its {
            return None;
        }
        let entered = room.held_from(&gate.item)?;
        let hold = self.memory.hold.of(&gate.item, entered);
        let held_ms = hold.held_ms();
        let turn = hold.broke(room.config().gates.on_breach)?;
        let why = format!("{}: {}, fetched afterwards", rule.text, rule.words(sample));
        Some(Event::HoldTurned { gate: gate.item.clone(), turn, held_ms, why })
    }

    /// A deadline that passed in the stretch, before what is told next.
    fn pass_deadline(&mut self, room: &Room, rule: &Rule, at: Timestamp) -> Option<Dated> {
        let memory = self.memory.rules.get_mut(&rule.id)?;
        let deadline = deadline(room, &rule.id, memory)?;
        memory
            .passed_deadline(deadline, at)
            .then(|| Dated { event: Event::DeadlinePassed { alert: rule.id.clone() }, occurred_at: deadline })
    }

    /// Whether a rule counted at a moment of the past.
    fn counted(&self, room: &Room, rule: &Rule, at: Timestamp) -> bool {
        if self.memory.counted_since.get(&rule.id).is_some_and(|since| *since <= at) {
            return true;
        }
        match &rule.purpose {
            Purpose::Condition { gate } => {
                let entered = room.gate(gate).and_then(|state| state.entered.as_ref());
                entered.is_some_and(|(entered, _)| *entered <= at)
            }
            Purpose::Mark => false,
            // These begin at a time of the wall, whether somebody looked or not.
            purpose => Rulebook::counts(room, purpose, false, at),
        }
    }

    /// Remembers since when a rule counts, whatever becomes of the program.
    pub(super) fn begins_to_count(&mut self, id: &AlertId, now: Timestamp) {
        self.memory.counted_since.entry(id.clone()).or_insert(now);
    }

    pub(super) fn shift_answers(&mut self, by: SignedDuration) {
        for answered in self.memory.answered.values_mut() {
            answered.whole_since = shifted(answered.whole_since, by);
            answered.last = shifted(answered.last, by);
        }
        self.backfill.hurry();
    }
}

/// The time of what a reading shows.
fn time_of(reading: &Reading) -> Timestamp {
    reading.outcome.as_ref().map_or(reading.at, |sample| sample.at)
}

/// Whether the source itself answered.
fn is_answered(reading: &Reading) -> bool {
    reading.outcome.as_ref().err().is_none_or(Fault::is_answer)
}

/// Why what was fetched is not all that was missed; `None` where every question of the time has its answer.
fn missing_of(readings: &[Reading]) -> Option<Fault> {
    if readings.is_empty() {
        return Some(Fault::Broken { words: "nothing came of it".to_owned() });
    }
    readings.iter().filter_map(|reading| reading.outcome.as_ref().err()).find(|fault| !fault.is_answer()).cloned()
}

/// A signal's name among those of both kinds.
fn key(signal: &Signal) -> String {
    match signal {
        Signal::Metric(name) => name.clone(),
        // No metric has a slash in its name.
        Signal::Probe(name) => format!("probe/{name}"),
    }
}

/// How often a signal is asked, and how long an answer may take.
fn pace(config: &Config, signal: &Signal) -> (SignedDuration, SignedDuration) {
    let of_metric = |metric: &Metric| config.sources.get(&metric.source).map(|source| (source.every, source.timeout));
    let of_probe = |probe: &Probe| (probe.every, probe.timeout);
    let known = match signal {
        Signal::Metric(name) => config.metrics.get(name).and_then(of_metric),
        Signal::Probe(name) => config.probes.get(name).map(of_probe),
    };
    let (every, timeout) = known.unwrap_or((EVERY, TIMEOUT));
    (signed(every), signed(timeout))
}

/// The longest time from one answer to the next where no question is missed.
fn longest_pause(config: &Config, signal: &Signal) -> SignedDuration {
    let (every, timeout) = pace(config, signal);
    every.saturating_add(timeout).saturating_add(SLACK)
}
