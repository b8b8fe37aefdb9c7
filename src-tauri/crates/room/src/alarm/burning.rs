//! All that burns, as the desktop is told of it.

use std::collections::HashMap;

use jiff::Timestamp;
use plan::Severity;

use crate::alert::{AlertId, Rule, RuleMemory};
use crate::state::Room;
use crate::watch::{BlindMemory, Follows, Watch};

/// How often a HIGH is told before it sounds: the first word is a look, the second is heard.
const HIGH_IS_QUIET: u32 = 1;
/// The same for what is to be investigated.
const MEDIUM_IS_QUIET: u32 = 2;

/// An alert as it burns now.
pub(super) struct Burning {
    pub(super) id: AlertId,
    pub(super) since: Timestamp,
    pub(super) severity: Severity,
    pub(super) is_overdue: bool,
    pub(super) is_acknowledged: bool,
    /// A person lets its voice rest.
    is_silenced: bool,
    /// What it follows from: the cause speaks for it.
    follows: Option<Follows>,
    pub(super) name: String,
}

impl Burning {
    /// Whether it is not told now.
    pub(super) fn rests(&self) -> bool {
        self.is_silenced || self.follows.is_some()
    }

    /// How heavy it is: what is overdue demands the way back.
    pub(super) fn weight(&self) -> Severity {
        if self.is_overdue { Severity::Critical } else { self.severity }
    }

    /// Whether it sounds, where it was told so often before: its voice grows until somebody acknowledges.
    pub(super) fn sounds(&self, times: u32) -> bool {
        match self.weight() {
            Severity::Critical => true,
            // What somebody knows of is not shouted at them.
            _ if self.is_acknowledged => false,
            Severity::High => times >= HIGH_IS_QUIET,
            Severity::Medium => times >= MEDIUM_IS_QUIET,
        }
    }
}

/// All that burns, the strongest first; blindness from its first moment.
pub(super) fn burning(room: &Room, watch: &Watch, now: Timestamp) -> Vec<Burning> {
    let mut firing = watch.firing(room, now);
    if watch.memory().blind().is_some() && !firing.iter().any(|(id, _)| id.is_blind()) {
        firing.push((AlertId::blind(), Severity::Medium));
    }
    if firing.is_empty() {
        return Vec::new();
    }
    let rules: HashMap<&AlertId, &Rule> = watch.book().rules.iter().map(|rule| (&rule.id, rule)).collect();
    let mut follows = watch.follows(room, now);
    let mut found = Vec::with_capacity(firing.len());
    for (id, severity) in firing {
        let rule = rules.get(&id);
        let since = match rule {
            Some(_) => watch.rule_memory(&id).and_then(RuleMemory::since),
            None => watch.memory().blind().map(BlindMemory::since),
        };
        let Some(since) = since else { continue };
        let state = room.alerts().get(&id);
        // A silence outlives its episode; an acknowledgement does not.
        let is_silenced = state.is_some_and(|state| state.is_silenced(now) && severity <= state.fired.severity);
        let is_acknowledged = state.is_some_and(|state| state.fired.since == since && state.acknowledged.is_some());
        let is_overdue = watch.deadline_of(room, &id).is_some_and(|deadline| deadline <= now);
        found.push(Burning {
            // What is overdue and not said in the log yet was silenced as something smaller.
            is_silenced: is_silenced && is_overdue == state.is_some_and(|state| state.is_overdue),
            is_overdue,
            is_acknowledged,
            follows: follows.remove(&id),
            name: rule.map_or_else(|| "Blind".to_owned(), |rule| rule.name.clone()),
            id,
            since,
            severity,
        });
    }
    found
}
