//! Where armed criteria have no fresh data. No data is never "fine": blindness has an alert of its own, tolerated for a
//! while, and then HIGH.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use plan::Severity;
use plan::config::{Config, ProbeKind};
use serde::{Deserialize, Serialize};

use super::{SignalNow, Watch, host};
use crate::alert::{AlertId, Fired, Purpose, Rule, RuleMemory, blind_deadline, signed};
use crate::event::Event;
use crate::gate::shifted;
use crate::reading::Signal;
use crate::state::Room;

/// A stretch of blindness.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BlindMemory {
    /// The time of the last sample of the first that was lost.
    since: Timestamp,
    /// The names of the rules that are not seen.
    names: Vec<String>,
    /// The deadline, once it is HIGH.
    deadline: Option<Timestamp>,
    is_overdue: bool,
}

impl BlindMemory {
    pub(super) fn of_log(since: Timestamp, deadline: Option<Timestamp>, is_overdue: bool) -> Self {
        Self { since, names: Vec::new(), deadline, is_overdue }
    }

    /// The wall clock was set. Once it is HIGH it keeps its beginning and its deadline, which the log has.
    pub(super) fn shift(&mut self, by: SignedDuration) {
        if self.deadline.is_none() {
            self.since = shifted(self.since, by);
        }
    }

    /// Since when.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.since
    }

    /// The names of the rules that are not seen.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The deadline, once it is HIGH; extensions left out.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.deadline
    }

    /// The deadline, with what a person added to it.
    #[must_use]
    pub fn deadline_in(&self, room: &Room) -> Option<Timestamp> {
        let own = self.deadline?;
        let extended = room.alerts().get(&AlertId::blind()).filter(|state| state.extended.is_some());
        Some(extended.and_then(|state| state.deadline).unwrap_or(own))
    }

    /// Until when it is tolerated: from then on it is HIGH.
    #[must_use]
    pub fn tolerated_until(&self, room: &Room) -> Timestamp {
        self.since.checked_add(signed(room.config().alerts.blind_for)).unwrap_or(Timestamp::MAX)
    }
}

impl Watch {
    /// The armed rules without fresh data.
    #[must_use]
    pub fn unseen(&self, room: &Room, now: Timestamp) -> Vec<&Rule> {
        let is_unseen = |rule: &&Rule| {
            let is_fresh = self.memory.rules.get(&rule.id).is_some_and(|memory| memory.is_fresh(now));
            // A person's word stands in for what is not seen in a gate.
            !is_fresh && !self.is_waited_for(rule, now) && !self.is_spoken_for(room, rule, now)
        };
        self.armed(room, now).into_iter().filter(is_unseen).collect()
    }

    /// Whether a person's word stands in for what is not seen of a gate's condition.
    pub(super) fn is_spoken_for(&self, room: &Room, rule: &Rule, now: Timestamp) -> bool {
        let (Purpose::Condition { .. }, Some(gate), Some(item)) = (&rule.purpose, room.current_gate(), &rule.item)
        else {
            return false;
        };
        self.conditions(room, gate, now).iter().any(|one| one.item == *item && one.is_met())
    }

    /// Whether not seeing a rule makes the room blind (DESIGN.md, "BLIND").
    fn blinds(rule: &Rule) -> bool {
        matches!(rule.purpose, Purpose::Condition { .. }) || rule.severity >= Severity::High
    }

    /// The rules without fresh data that make the room blind.
    #[must_use]
    pub fn blinding(&self, room: &Room, now: Timestamp) -> Vec<&Rule> {
        self.unseen(room, now).into_iter().filter(|rule| Self::blinds(rule)).collect()
    }

    /// Why a signal is not seen, in words.
    #[must_use]
    pub fn why_unseen(&self, signal: &Signal, now: Timestamp) -> String {
        let Some(known) = self.signals.get(signal) else { return "no answer yet".to_owned() };
        if let Some((fault, _, _)) = &known.fault {
            return fault.to_string();
        }
        match known.sample.as_ref() {
            Some(sample) if sample.too_few.is_some() => {
                let (count, least) = sample.too_few.unwrap_or_default();
                let (count, least) = (crate::measure::number(count), crate::measure::number(least));
                format!("too few samples: made from {count}, and it takes {least}")
            }
            Some(sample) => {
                let age_s = now.duration_since(sample.at).as_secs();
                format!("the newest sample is {age_s} s old")
            }
            None => "no answer yet".to_owned(),
        }
    }

    /// Says that the room is blind, that it is HIGH, that its time is up, and that all is seen again.
    pub(super) fn see(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let blinding = self.blinding(room, now);
        let names = names_of(&blinding);
        let Some(first) = blinding.first() else { return self.seen_again(room, now) };
        let why = self.why_none_is_seen(room, &blinding, first, now);
        let lost = blinding.iter().map(|rule| {
            let last = self.memory.rules.get(&rule.id).and_then(RuleMemory::last);
            last.map_or_else(|| self.armed_since.get(&rule.id).copied().unwrap_or(now), |last| last.seen.at)
        });
        let since = lost.min().unwrap_or(now);
        let mut events = Vec::new();
        let blind = self.memory.blind.get_or_insert_with(|| BlindMemory { since, ..BlindMemory::default() });
        if blind.names != names {
            let since = blind.since;
            blind.names.clone_from(&names);
            events.push(Event::Blinded { names, since, why: why.clone() });
        }
        let rules = &room.config().alerts;
        let high_from = blind.tolerated_until(room);
        if blind.deadline.is_none() && now >= high_from {
            let deadline = high_from.checked_add(signed(blind_deadline(room))).ok();
            blind.deadline = deadline;
            events.push(Event::AlertFired(Box::new(Fired {
                alert: AlertId::blind(),
                name: "Blind".to_owned(),
                text: format!("blind for {}", crate::measure::length(rules.blind_for.as_secs())),
                severity: Severity::High,
                since: blind.since,
                seen: None,
                deadline,
                why,
                first: None,
                since_before: None,
            })));
        }
        let is_over = blind.deadline_in(room).is_some_and(|deadline| deadline <= now);
        if is_over && !blind.is_overdue {
            events.push(Event::DeadlinePassed { alert: AlertId::blind() });
        }
        blind.is_overdue = is_over;
        events
    }

    fn seen_again(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        // Right after the start nothing has been seen, and nothing has been missed: that resolves nothing.
        if self.memory.blind.is_none() || self.armed(room, now).into_iter().any(|rule| self.is_waited_for(rule, now)) {
            return Vec::new();
        }
        let Some(blind) = self.memory.blind.take() else { return Vec::new() };
        vec![Event::SeenAgain { since: blind.since }, Event::AlertResolved { alert: AlertId::blind(), seen: None }]
    }

    /// Why the room is blind, in one line; empty where it is not.
    #[must_use]
    pub fn why_blind(&self, room: &Room, now: Timestamp) -> String {
        let blinding = self.blinding(room, now);
        blinding.first().map(|first| self.why_none_is_seen(room, &blinding, first, now)).unwrap_or_default()
    }

    /// Why nothing is seen, in one line: a source of which nothing comes is one reason, however many criteria it blinds.
    fn why_none_is_seen(&self, room: &Room, blinding: &[&Rule], first: &Rule, now: Timestamp) -> String {
        if self.is_offline() {
            return "this laptop is offline: nothing can be reached".to_owned();
        }
        let why = self.why_unseen(&first.signal, now);
        let is_same = blinding.iter().all(|rule| self.why_unseen(&rule.signal, now) == why);
        if is_same {
            return why;
        }
        let source_of = |rule: &Rule| match &rule.signal {
            Signal::Metric(name) => room.config().metrics.get(name).map(|metric| metric.source.clone()),
            Signal::Probe(_) => None,
        };
        let down = self.sources_down(room);
        let blinding_down =
            down.iter().filter(|down| blinding.iter().any(|rule| source_of(rule).as_ref() == Some(&down.source)));
        let mut reasons: Vec<String> =
            blinding_down.map(|down| format!("source {} ({})", down.source, down.why)).collect();
        let others = blinding
            .iter()
            .filter(|rule| !source_of(rule).is_some_and(|source| down.iter().any(|down| down.source == source)));
        let others: Vec<&Rule> = others.copied().collect();
        if let Some(first) = others.first() {
            reasons.push(format!("{} ({})", first.name, self.why_unseen(&first.signal, now)));
        }
        let more = if names_of(&others).len() > 1 { " and others" } else { "" };
        format!("{}{more}", reasons.join(", "))
    }

    /// Whether nothing at all can be reached, and more than one place was asked: then it is the laptop's way, said once, and
    /// not every service.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        let fault = |known: &SignalNow| known.fault.as_ref().map(|(fault, _, _)| fault.clone());
        // What was never asked says nothing of the way.
        let asked = || self.signals.iter().filter(|(_, known)| !fault(known).is_some_and(|fault| fault.is_unasked()));
        let places: HashSet<&str> = asked().filter_map(|(signal, _)| place(&self.config, signal)).collect();
        places.len() > 1 && asked().all(|(_, known)| fault(known).is_some_and(|fault| fault.is_of_the_way()))
    }
}

/// The server that is asked for a signal. Who is asked for a name, and what a command asks, the settings do not say.
fn place<'a>(config: &'a Config, signal: &Signal) -> Option<&'a str> {
    let of_source = |name: &str| config.sources.get(name).map(|source| host(&source.url));
    match signal {
        Signal::Metric(name) => of_source(&config.metrics.get(name)?.source),
        Signal::Probe(name) => match config.probes.get(name)?.kind.as_ref()? {
            ProbeKind::Http { url, .. } | ProbeKind::Alertmanager { url, .. } => Some(host(url)),
            ProbeKind::Tls { host, .. } | ProbeKind::Tcp { host, .. } => Some(host.as_str()),
            ProbeKind::Targets { source, .. } => of_source(source),
            ProbeKind::Dns { .. } | ProbeKind::Command { .. } => None,
        },
    }
}

/// The names of rules, each once, in their order: two levels of one metric bear one name.
pub(super) fn names_of(rules: &[&Rule]) -> Vec<String> {
    let mut known = HashSet::new();
    rules.iter().filter(|rule| known.insert(&rule.name)).map(|rule| rule.name.clone()).collect()
}
