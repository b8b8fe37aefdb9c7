//! Attempts: what a rollback leaves of the one that ended, and what opens again; and what a rehearsal measured.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use plan::{Item, ItemId, SectionKind};

use crate::event::{AttemptBegan, Recorded};
use crate::evidence::Attached;
use crate::rollback::RollbackState;
use crate::state::{GateState, ItemState, Room, Standing};

/// An attempt that ended, as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// Its T0.
    pub start: Timestamp,
    /// When the next one began.
    pub ended: Timestamp,
    /// The checks from T0 on, as they stood.
    pub items: HashMap<ItemId, ItemState>,
    /// Its gates.
    pub gates: HashMap<ItemId, GateState>,
    /// How it was rolled back.
    pub rollback: Option<RollbackState>,
    /// What was attached to its checks.
    pub evidence: HashMap<ItemId, Vec<Attached>>,
}

/// What a rehearsal of the way back measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsed {
    /// From its begin until every mark was true, in seconds.
    pub took_s: u64,
    /// When it was over.
    pub at: Timestamp,
    /// Who rehearsed.
    pub actor: String,
}

impl Room {
    /// The attempts that ended, in their order.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The number of the attempt that counts, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        u32::try_from(self.attempts.len()).unwrap_or(u32::MAX - 1).saturating_add(1)
    }

    /// Every time the way back was taken or rehearsed, in the order of the log.
    #[must_use]
    pub fn rollbacks(&self) -> &[RollbackState] {
        &self.rollbacks
    }

    /// The rehearsals that were brought to their end, the fastest first.
    #[must_use]
    pub fn rehearsals(&self) -> Vec<Rehearsed> {
        let ended = self.rollbacks.iter().filter(|one| one.is_rehearsal && one.is_back());
        let mut found: Vec<Rehearsed> = ended
            .filter_map(|one| {
                let end = one.ended.as_ref()?;
                Some(Rehearsed { took_s: took_s(one, end.at), at: end.at, actor: end.actor.clone() })
            })
            .collect();
        found.sort_by_key(|one| one.took_s);
        found
    }

    /// Opens a new attempt.
    pub(crate) fn begin_attempt(&mut self, recorded: &Recorded, began: &AttemptBegan) {
        let (mut items, mut evidence) = (HashMap::new(), HashMap::new());
        for id in self.of_the_attempt() {
            // What showed that it was so shows nothing of what comes.
            evidence.extend(self.evidence.remove_entry(&id));
            let Some(state) = self.items.get_mut(&id) else { continue };
            let fresh = ItemState { marks: Vec::new(), ..state.clone() };
            items.insert(id, std::mem::replace(state, fresh));
        }
        for act in &mut self.acts {
            act.items.retain(|id| !items.contains_key(id));
        }
        self.acts.retain(|act| !act.items.is_empty());
        self.attempts.push(Attempt {
            number: self.attempt(),
            start: self.resolved.start,
            ended: recorded.occurred_at,
            items,
            gates: std::mem::take(&mut self.gates),
            rollback: self.rollback().cloned(),
            evidence,
        });
        self.schedule.begin_anew();
        self.attempt_from = self.rollbacks.len();
        self.attempt_start = Some(began.start);
        self.resolve_attempt();
    }

    /// T0 of the attempt that counts: the phases before it stay where they were, and the window that was announced was
    /// that of the first.
    pub(crate) fn resolve_attempt(&mut self) {
        let Some(start) = self.attempt_start else { return };
        let mut resolved = plan::resolve(&self.plan, start, self.resolved.zone.clone());
        let first = self.plan.phases.iter().position(|phase| Some(&phase.section) == self.plan.start.phase.as_ref());
        let before = resolved.phases.iter_mut().zip(&self.resolved.phases).take(first.unwrap_or(0));
        before.for_each(|(span, known)| *span = *known);
        resolved.window = None;
        self.resolved = resolved;
    }

    /// The checks that belong to an attempt: those of the phases from T0 on, and the marks of success and of the way back.
    fn of_the_attempt(&self) -> HashSet<ItemId> {
        let from = self.plan.start.phase.as_ref();
        let phases = self.plan.phases.iter().skip_while(|phase| Some(&phase.section) != from);
        let of_phases = phases.flat_map(|phase| &phase.items).chain(&self.plan.rollback.success).cloned();
        let is_success = |item: &&Item| {
            let section = item.section.as_ref().and_then(|id| self.plan.section(id));
            section.is_some_and(|section| section.kind == SectionKind::Success)
        };
        let of_success = self.plan.items.iter().filter(is_success).map(|item| item.id.clone());
        of_phases.chain(of_success).collect()
    }

    /// Whether a check is a mark of the way back that runs, and that a person's tick alone proves nothing of.
    #[must_use]
    pub fn asks_how_you_know(&self, item: &Item) -> bool {
        self.rollback().is_some_and(RollbackState::is_running)
            && self.plan.rollback.success.contains(&item.id)
            && item.choices.is_empty()
            && item.fields.is_empty()
    }

    /// The marks of the way back are asked anew: what was said before it was taken says nothing of it.
    pub(crate) fn reopen_marks(&mut self, recorded: &Recorded) {
        for id in self.plan.rollback.success.clone() {
            if !matches!(self.standing(&id), Standing::Open | Standing::Claimed | Standing::NotApplicable { .. }) {
                self.observe(recorded, &id, Standing::Open);
            }
        }
    }

    /// A rehearsal is over: what it measured fills the check that asks for it, on the word of the clock.
    pub(crate) fn keep_what_was_measured(&mut self, recorded: &Recorded) {
        let Some(last) = self.rollbacks.last().filter(|one| one.is_rehearsal && one.is_back()) else { return };
        let took = took_s(last, recorded.occurred_at);
        let words = format!("{:02}:{:02}", took / 60, took % 60);
        for id in self
            .plan
            .items
            .iter()
            .filter(|item| asks_for_the_time(item))
            .map(|item| item.id.clone())
            .collect::<Vec<_>>()
        {
            let standing = match self.limit_s(&id).filter(|limit_s| took >= *limit_s) {
                None => Standing::Stated { saw: Some(format!("{words}, measured by the rehearsal's clock")) },
                Some(limit_s) => Standing::Lost {
                    seen: None,
                    why: format!("{words} in the rehearsal, and the limit is {:02}:{:02}", limit_s / 60, limit_s % 60),
                },
            };
            self.observe(recorded, &id, standing);
        }
        self.reopen_marks(recorded);
    }

    fn limit_s(&self, item: &ItemId) -> Option<u64> {
        let own = self.plan.criterion_of(item).filter(|one| one.unit == Some(plan::Unit::S)).and_then(|one| one.value);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive length of minutes or hours"
        )]
        let own = own.filter(|value| value.is_finite() && *value > 0.0).map(|value| value as u64);
        own.or(self.plan.rollback.target_s)
    }
}

fn took_s(rollback: &RollbackState, end: Timestamp) -> u64 {
    u64::try_from(end.duration_since(rollback.began).as_secs()).unwrap_or(0)
}

/// "Rollback time measured (target: <15 minutes)".
fn asks_for_the_time(item: &Item) -> bool {
    let text = item.text.to_lowercase();
    let is_back = ["rollback", "roll back", "roll-back"].iter().any(|word| text.contains(word));
    is_back && text.contains("time") && text.contains("measured") && item.choices.is_empty() && item.fields.is_empty()
}
