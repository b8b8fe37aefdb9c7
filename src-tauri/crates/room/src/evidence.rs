//! What was attached to the checks; and what is open below one.

use std::collections::HashMap;

use jiff::Timestamp;
use plan::{Item, ItemId};

use crate::event::{Evidence, EvidenceAdded, Recorded};
use crate::state::Room;

/// Something that was attached to a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The event's number.
    pub event: u64,
    /// What shows it.
    pub evidence: Evidence,
    /// Who attached it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Room {
    /// What was attached to a check, in the order of the log.
    #[must_use]
    pub fn evidence(&self, item: &ItemId) -> &[Attached] {
        self.evidence.get(item).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn attach(&mut self, recorded: &Recorded, added: &EvidenceAdded) {
        let item = self.as_now(&added.item);
        self.evidence.entry(item).or_default().push(Attached {
            event: recorded.seq,
            evidence: added.evidence.clone(),
            actor: recorded.actor.clone(),
            at: recorded.occurred_at,
        });
    }

    /// What was attached goes on with its check; of one that is gone the log keeps it.
    pub(crate) fn carry_evidence(&mut self) {
        let before = std::mem::take(&mut self.evidence);
        let now = before.into_iter().filter_map(|(id, attached)| {
            let now = ItemId::from(self.rereads.now(id.as_str())?.to_owned());
            self.items.contains_key(&now).then_some((now, attached))
        });
        self.evidence = now.collect();
    }

    /// The checks below one that nobody has settled, each with all that stands below it.
    #[must_use]
    pub fn open_below(&self, item: &Item) -> Vec<&Item> {
        if item.children.is_empty() {
            return Vec::new();
        }
        let items: HashMap<&ItemId, &Item> = self.plan.items.iter().map(|item| (&item.id, item)).collect();
        let mut open = Vec::new();
        let mut stack: Vec<&ItemId> = item.children.iter().rev().collect();
        // A plan is a tree; should one ever hold a ring, the walk ends all the same.
        let mut left = items.len();
        while let Some(child) = stack.pop().and_then(|id| items.get(id).copied()) {
            if left == 0 {
                break;
            }
            left -= 1;
            if !self.standing(&child.id).is_settled() {
                open.push(child);
            }
            stack.extend(child.children.iter().rev());
        }
        open
    }

    /// The first check below one that nobody has settled, `find` being how checks are found.
    pub fn first_open_below<'plan>(
        &self,
        item: &'plan Item,
        find: impl Fn(&ItemId) -> Option<&'plan Item>,
    ) -> Option<&'plan Item> {
        let mut stack: Vec<&'plan ItemId> = item.children.iter().rev().collect();
        let mut left = self.plan.items.len();
        while let Some(child) = stack.pop().and_then(&find) {
            if left == 0 || !self.standing(&child.id).is_settled() {
                return Some(child);
            }
            left -= 1;
            stack.extend(child.children.iter().rev());
        }
        None
    }

    /// Whether a check is done: a person said so or a signal shows it, and nothing is open below it.
    #[must_use]
    pub fn is_done(&self, id: &ItemId) -> bool {
        self.standing(id).is_done() && self.plan.item(id).is_none_or(|item| self.open_below(item).is_empty())
    }
}
