//! What people changed of the schedule, as its events made it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use plan::{ItemId, SectionId};

use crate::event::{Change, Recorded, ScheduleChanged};

/// What people changed of the schedule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScheduleState {
    /// Another end of the announced window.
    pub window: Option<Moved>,
    /// Another start of T0's phase.
    pub start: Option<Moved>,
    /// The holds that were shortened.
    pub(crate) holds: BTreeMap<ItemId, HoldCut>,
    /// The phases of which the desktop was told before they began.
    pub(crate) reminded: BTreeSet<String>,
}

/// A time that a person moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// From when.
    pub from: Timestamp,
    /// To when.
    pub to: Timestamp,
    /// Who.
    pub actor: String,
    /// When they said so.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A hold that a person shortened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldCut {
    /// What the plan wants, in seconds.
    pub from_s: u64,
    /// How long it is held instead.
    pub to_s: u64,
    /// Who.
    pub actor: String,
    /// When they said so.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// How the notification of a phase that is to begin is named.
const REMINDER: &str = "reminder ";

impl ScheduleState {
    /// The name of the notification that a phase is to begin: in a new attempt it begins anew, and is told anew.
    pub(crate) fn reminder(section: &SectionId, attempt: u32) -> String {
        match attempt {
            0 | 1 => format!("{REMINDER}{section}"),
            later => format!("{REMINDER}{section} {later}"),
        }
    }

    /// A new attempt has a start of its own, and nobody gave a reason to hold it shorter: what was changed for the one
    /// before says nothing of it.
    pub(crate) fn begin_anew(&mut self) {
        *self = Self { reminded: std::mem::take(&mut self.reminded), ..Self::default() };
    }

    /// Takes in that the desktop was told.
    pub(crate) fn was_reminded(&mut self, key: &str) {
        if key.starts_with(REMINDER) {
            self.reminded.insert(key.to_owned());
        }
    }

    /// Takes in what a person changed; what is as planned again is no change.
    pub(crate) fn change(&mut self, changed: &ScheduleChanged, recorded: &Recorded) {
        let (actor, at, reason) = (recorded.actor.clone(), recorded.occurred_at, changed.reason.clone());
        match &changed.change {
            Change::WindowEnd { from, to } => {
                let from = self.window.as_ref().map_or(*from, |before| before.from);
                self.window = (from != *to).then_some(Moved { from, to: *to, actor, at, reason });
            }
            Change::Start { from, to } => {
                let from = self.start.as_ref().map_or(*from, |before| before.from);
                self.start = (from != *to).then_some(Moved { from, to: *to, actor, at, reason });
            }
            Change::Hold { gate, from_s, to_s } => {
                let cut = HoldCut { from_s: *from_s, to_s: *to_s, actor, at, reason };
                self.holds.insert(gate.clone(), cut);
            }
        }
    }
}
