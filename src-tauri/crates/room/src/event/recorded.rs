//! An event as the log has it.

use jiff::Timestamp;

use super::Event;

/// An event with what the log knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// When it happened; before `recorded_at` for a late note.
    pub occurred_at: Timestamp,
    /// When it was accepted.
    pub recorded_at: Timestamp,
    /// Who acted: initials, or the login name until a person is chosen.
    pub actor: String,
    /// What happened.
    pub event: Event,
}
