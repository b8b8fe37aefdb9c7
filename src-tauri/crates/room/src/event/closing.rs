//! How a room is closed.

use serde::{Deserialize, Serialize};

/// A person closed the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomClosed {
    /// How it ended, in words.
    pub outcome: String,
    /// What was left open then, each in words, as the person was shown it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}
