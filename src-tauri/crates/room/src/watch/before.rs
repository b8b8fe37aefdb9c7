//! What was bad before it counted: a breach that a phase or a gate finds there is not one that it made.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Watch;
use crate::alert::{AlertId, Judgement, Rule, RuleMemory};
use crate::gate::shifted;
use crate::reading::Sample;

/// A breach of a rule that does not count yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Before {
    /// Its first sample.
    since: Timestamp,
    /// Until when its last sample counts.
    good_until: Timestamp,
}

impl Before {
    /// The wall clock was set.
    pub(super) fn shift(&mut self, by: SignedDuration) {
        self.since = shifted(self.since, by);
        self.good_until = shifted(self.good_until, by);
    }
}

impl Watch {
    /// Takes in what a signal shows of a rule that does not count yet.
    pub(super) fn look_before(&mut self, rule: &Rule, sample: &Sample) {
        if !rule.purpose.alarms() {
            return;
        }
        if rule.judge(sample) != Judgement::Breach {
            self.memory.before.remove(&rule.id);
            return;
        }
        let known = self.memory.before.entry(rule.id.clone());
        let before = known.or_insert(Before { since: sample.at, good_until: sample.good_until });
        // What was not seen for a while may have been good meanwhile.
        if before.good_until < sample.at {
            before.since = sample.at;
        }
        before.good_until = before.good_until.max(sample.good_until);
    }

    /// A rule begins to count: a breach that is seen still was there before.
    pub(super) fn begin_after(&mut self, id: &AlertId, now: Timestamp) {
        if let Some(before) = self.memory.before.remove(id).filter(|before| now <= before.good_until) {
            self.memory.rules.entry(id.clone()).or_default().was_breached_before(before.since);
        }
    }

    /// Since when what fires, or threatens to, was breached before it counted; `None` for what is new.
    #[must_use]
    pub fn since_before(&self, id: &AlertId) -> Option<Timestamp> {
        self.memory.rules.get(id).and_then(RuleMemory::since_before)
    }
}
