//! What the watch remembers between two readings, kept beside the log.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::BlindMemory;
use super::backfill::Answered;
use super::before::Before;
use crate::alert::{AlertId, RuleMemory};
use crate::gate::HoldMemory;
use crate::verdict::VerdictWord;

/// What the watch remembers between two readings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    pub(super) rules: BTreeMap<AlertId, RuleMemory>,
    pub(super) hold: HoldMemory,
    pub(super) blind: Option<BlindMemory>,
    /// What is breached of the rules that do not count yet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) before: BTreeMap<AlertId, Before>,
    /// When each signal was answered.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) answered: BTreeMap<String, Answered>,
    /// Since when each rule counts, however often the program was started meanwhile.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) counted_since: BTreeMap<AlertId, Timestamp>,
    /// When time was let pass last.
    pub(super) last_look: Option<Timestamp>,
    /// The number of the event that read the checklist last: by its names all else is kept.
    #[serde(default)]
    pub(super) reread: u64,
    /// The verdict that was said last, and since when.
    pub(super) verdict: Option<(VerdictWord, Timestamp)>,
}

impl Memory {
    /// The clock of the hold.
    #[must_use]
    pub fn hold(&self) -> &HoldMemory {
        &self.hold
    }

    /// Where the watch is blind.
    #[must_use]
    pub fn blind(&self) -> Option<&BlindMemory> {
        self.blind.as_ref()
    }

    /// The verdict that was said last, and since when.
    #[must_use]
    pub fn verdict(&self) -> Option<(VerdictWord, Timestamp)> {
        self.verdict
    }
}
