//! What is left open, for whoever closes the room, and of a room that is closed.

use serde::Serialize;
use ts_rs::TS;

/// What is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ClosingView {
    /// Each in words, the gravest first: now, while the room is open; at its closing, once it is closed.
    pub left_open: Vec<String>,
    /// "12 left open"; empty where nothing is.
    pub count: String,
    /// "Closed 08:06:12 UTC by MK": the closing, while it is closed; empty otherwise.
    pub closed: String,
}
