//! What a person changes of the schedule.

use jiff::Timestamp;
use plan::ItemId;
use serde::{Deserialize, Serialize};

/// A person changed the schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleChanged {
    /// What.
    pub change: Change,
    /// Why.
    pub reason: String,
    /// What it gained and what it costs, as it was shown before it was taken.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub shown: String,
}

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// The announced window ends at another time.
    WindowEnd {
        /// When it ended before.
        from: Timestamp,
        /// When it ends.
        to: Timestamp,
    },
    /// T0's phase begins at another time.
    Start {
        /// When it was to begin before.
        from: Timestamp,
        /// When it begins.
        to: Timestamp,
    },
    /// A gate is held for less than the plan wants, or as the plan wants again.
    Hold {
        /// The gate's item.
        gate: ItemId,
        /// What the plan wants, in seconds.
        from_s: u64,
        /// How long it is held, in seconds.
        to_s: u64,
    },
}
