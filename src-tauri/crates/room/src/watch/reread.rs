//! The checklist was read again: the rules are made anew, and what was pending, firing or held goes on under its new name.
//!
//! No edit resolves anything. What burns and has no criterion any more is watched on by the rule that it had, until fresh
//! data says otherwise or a person lets it go with words; a deadline runs on with its alert, whatever the text says now.

use std::collections::{BTreeMap, HashMap};

use plan::Severity;
use plan::config::Config;

use super::Watch;
use crate::alert::{AlertId, Fired, Phase, Purpose, Rule, RuleMemory, Rulebook, signed};
use crate::event::Event;
use crate::reading::Signal;
use crate::state::Room;

impl Watch {
    /// The rules of the plan, with those that were left alone and burn.
    pub(super) fn make_book(&mut self, room: &Room) {
        self.book = Rulebook::of(room);
        let burns = |rule: &&Rule| {
            let in_memory = self.memory.rules.get(&rule.id).is_some_and(|memory| memory.phase() == Phase::Firing);
            in_memory || room.alerts().get(&rule.id).is_some_and(crate::alert::AlertState::is_firing)
        };
        let left: Vec<Rule> = room.rereads.left.iter().filter(burns).cloned().collect();
        self.left = left.iter().map(|rule| rule.id.clone()).collect();
        self.book.rules.extend(left);
        self.book.index();
        self.units.clone_from(&room.units);
        self.config = room.config().clone();
        self.bound = room.bound_at();
    }

    /// Takes up a memory that was kept before the checklist was read again.
    pub(super) fn rename(&mut self, room: &Room) {
        if self.memory.reread == room.reread_at() {
            return;
        }
        self.memory.reread = room.reread_at();
        let now = |id: &AlertId| match room.rereads.names.get(id.as_str()) {
            Some(Some(now)) => AlertId::from(now.clone()),
            _ => id.clone(),
        };
        let rules = std::mem::take(&mut self.memory.rules);
        let mut renamed: BTreeMap<AlertId, RuleMemory> = BTreeMap::new();
        for (id, memory) in rules {
            // Of two that come to one name, the one that fires counts.
            let is_better = |known: &RuleMemory| known.phase() != Phase::Firing && memory.phase() == Phase::Firing;
            let id = now(&id);
            if renamed.get(&id).is_none_or(is_better) {
                renamed.insert(id, memory);
            }
        }
        self.memory.rules = renamed;
        let counted_since = std::mem::take(&mut self.memory.counted_since);
        self.memory.counted_since = counted_since.into_iter().map(|(id, at)| (now(&id), at)).collect();
        // Whether what the text says now was breached before is seen by what comes.
        self.memory.before.clear();
        self.memory.hold.rename(|gate| room.as_now(gate));
        self.armed_since = std::mem::take(&mut self.armed_since).into_iter().map(|(id, at)| (now(&id), at)).collect();
        self.said = std::mem::take(&mut self.said).iter().map(|item| room.as_now(item)).collect();
    }

    /// The room has another text than the rules were made of, or let an alert go that had no criterion any more.
    pub(super) fn follow_the_text(&mut self, room: &Room) -> Vec<Event> {
        let is_reread = self.memory.reread != room.reread_at();
        if !is_reread && self.bound == room.bound_at() {
            let (gone, left): (Vec<_>, Vec<_>) =
                std::mem::take(&mut self.left).into_iter().partition(|id| !room.is_left_alone(id));
            self.left = left;
            for id in gone {
                self.book.rules.retain(|rule| rule.id != id);
                self.book.index();
                self.memory.rules.remove(&id);
            }
            return Vec::new();
        }
        let before: Vec<Rule> = std::mem::take(&mut self.book.rules);
        let before: HashMap<AlertId, Rule> = before
            .into_iter()
            .map(|rule| {
                // What is only bound anew is called as before.
                let now = room.rereads.names.get(rule.id.as_str()).filter(|_| is_reread);
                let now = now.cloned().flatten();
                (now.map_or_else(|| rule.id.clone(), AlertId::from), rule)
            })
            .collect();
        let config = self.config.clone();
        self.rename(room);
        self.make_book(room);
        self.backfill.hurry();
        // A signal that is asked anew begins to count anew, and one that is another says nothing yet.
        self.signals.retain(|signal, _| is_as_it_was(signal, &config, room.config()));
        if is_reread {
            self.signals.values_mut().for_each(|known| known.sequence = 0);
        }

        let mut events = Vec::new();
        for rule in &self.book.rules.clone() {
            let was = before.get(&rule.id);
            let is_alike =
                was.is_some_and(|was| judges_alike(was, rule) && is_as_it_was(&rule.signal, &config, room.config()));
            if !is_alike && let Some(memory) = self.memory.rules.get_mut(&rule.id) {
                memory.forget_samples();
                // It is waited for as at the start; what its signal showed last is held against the new bound at once.
                self.armed_since.remove(&rule.id);
                self.memory.counted_since.remove(&rule.id);
                let last = self.signals.get(&rule.signal).and_then(|known| known.sample.clone());
                if let Some(sample) = last.filter(|sample| sample.too_few.is_none()) {
                    events.extend(self.observe(room, rule, &sample, false));
                }
            }
            let Some(memory) = self.memory.rules.get_mut(&rule.id) else { continue };
            let is_alert = !matches!(rule.purpose, Purpose::Check { .. } | Purpose::Mark);
            let is_graver = was.is_some_and(|was| was.severity < rule.severity);
            if is_alert && is_graver && memory.phase() == Phase::Firing {
                if rule.severity == Severity::High {
                    memory.set_deadline(signed(rule.high_deadline));
                }
                let Some(since) = memory.since() else { continue };
                events.push(Event::AlertFired(Box::new(Fired {
                    alert: rule.id.clone(),
                    name: rule.name.clone(),
                    text: rule.text.clone(),
                    severity: rule.severity,
                    since,
                    seen: memory.last().map(|last| last.seen.clone()),
                    deadline: memory.deadline(),
                    why: "the checklist says that it is graver than before".to_owned(),
                    first: memory.first().cloned(),
                    since_before: memory.since_before(),
                })));
            }
        }
        let rules = &self.book.rules;
        let in_room = room.alerts();
        self.memory.rules.retain(|id, memory| {
            let is_known = rules.iter().any(|rule| rule.id == *id) || in_room.contains_key(id);
            is_known || memory.phase() == Phase::Firing
        });
        events
    }
}

/// Whether two rules say the same of every sample.
fn judges_alike(one: &Rule, other: &Rule) -> bool {
    let bound = |rule: &Rule| {
        rule.criterion.as_ref().map(|criterion| (criterion.op, criterion.value, criterion.high, criterion.unit))
    };
    let is_decision = |rule: &Rule| rule.purpose == Purpose::Decision;
    one.signal == other.signal
        && one.unit == other.unit
        && bound(one) == bound(other)
        && one.clear == other.clear
        && is_decision(one) == is_decision(other)
}

/// Whether a signal is asked as before.
fn is_as_it_was(signal: &Signal, before: &Config, now: &Config) -> bool {
    match signal {
        Signal::Metric(name) => {
            let asked = |config: &Config| {
                let metric = config.metrics.get(name)?;
                Some((metric.query.clone(), metric.minimum.clone(), config.sources.get(&metric.source).cloned()))
            };
            asked(before) == asked(now)
        }
        Signal::Probe(name) => before.probes.get(name) == now.probes.get(name),
    }
}
