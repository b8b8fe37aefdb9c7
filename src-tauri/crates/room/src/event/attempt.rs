//! A rehearsal of the way back, and a new attempt after one that was taken for true.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The way back is rehearsed: the same steps, marks and clock, and nothing of it is the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RehearsalBegan {
    /// The way, by its number from 1; 0 where the plan names none.
    pub way: u32,
}

/// The phases from T0 open again with a T0 of their own; the attempt before stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptBegan {
    /// Its number: 2 for the first that follows.
    pub number: u32,
    /// Its T0, on the wall of the room's zone.
    pub start: DateTime,
    /// Why.
    pub reason: String,
}
