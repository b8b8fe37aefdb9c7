//! What became of the alerts of a room: silences that last, and the history of each, pulled page by page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The voice of an alert rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SilenceView {
    /// [`super::AlertView::id`].
    pub alert: String,
    /// "P95 latency > 500 ms".
    pub title: String,
    /// "Silenced until 07:26:00 UTC by MK: the fix is on its way".
    pub words: String,
}

/// What part of which alert's history is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct AlertQuery {
    /// [`AlertEntryView::id`]; empty for the first of the list.
    pub alert: String,
    /// Only turns before this [`AlertTurnView::number`]; 0 for the latest.
    pub before: u32,
}

/// Every alert that ever fired in the room, and a page of the history of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct AlertPageView {
    /// All of them, what fires first.
    pub alerts: Vec<AlertEntryView>,
    /// Whose history this is; empty where nothing ever fired.
    pub id: String,
    /// Its turns, the latest first, at most 100.
    pub turns: Vec<AlertTurnView>,
    /// How many there are in all.
    pub count: u32,
    /// Whether there are earlier ones.
    pub more: bool,
}

/// An alert that fires or once did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AlertEntryView {
    /// Names it.
    pub id: String,
    /// `critical`, `high`, `medium` or `blind`.
    pub severity: String,
    /// "P95 latency > 500 ms".
    pub title: String,
    /// `firing` or `resolved`.
    pub state: String,
    /// "fires since 07:06:55", "07:02:10 – 07:05:30".
    pub words: String,
}

/// A turn of an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AlertTurnView {
    /// Its place in the history, from 1.
    pub number: u32,
    /// The number of the event that tells of it.
    pub seq: u32,
    /// "07:06:55"; with the day where it is not T0's.
    pub at: String,
    /// `pending`, `fired`, `told`, `acknowledged`, `silenced`, `speaks`, `extended`, `overdue`, `tried`, `unseen`, `seen`
    /// or `resolved`.
    pub kind: String,
    /// "Fires: HIGH".
    pub words: String,
    /// "612 ms"; empty where nothing was seen.
    pub value: String,
    /// Who acted: initials, or "War Room".
    pub who: String,
    /// Why, or what was said; may be empty.
    pub detail: String,
}
