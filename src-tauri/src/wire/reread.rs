//! A checklist that was changed while its room is open, as the window shows it.

use serde::Serialize;
use ts_rs::TS;

/// What the checklist's file says besides what the room has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct RereadView {
    /// `same`, `offered`, `unreadable` or `elsewhere`.
    pub state: String,
    /// "The checklist was changed: 2 reworded, 1 new, 1 gone."; empty for `same`.
    pub words: String,
    /// More of it; may be empty.
    pub detail: String,
    /// Why it cannot be accepted now; empty where it can.
    pub obstacle: String,
    /// Names what is shown, for [`super::Act::AcceptReread`]; empty where nothing is offered.
    pub digest: String,
    /// The checklist's path, with `~` for the home.
    pub file: String,
    /// What is another for the plan as a whole.
    pub facts: Vec<RereadChangeView>,
    /// What is another, each thing once.
    pub rows: Vec<RereadRowView>,
    /// "and 120 more, all new checks"; empty where all are shown.
    pub more: String,
}

/// One thing that is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RereadRowView {
    /// Names the row within what is shown.
    pub id: String,
    /// `moved`, `reworded`, `changed`, `new` or `gone`.
    pub turn: String,
    /// "Check", "Gate", "Heading", …
    pub thing: String,
    /// As it was; null for what is new.
    pub before: Option<RereadSideView>,
    /// As it is; null for what is gone.
    pub after: Option<RereadSideView>,
    /// What belongs to it and is another.
    pub changes: Vec<RereadChangeView>,
    /// What stands on it and what becomes of that: "stated by MK 06:41:07: kept"; empty where nothing does.
    pub stands: String,
    /// Whether what stands on it does not go on.
    pub is_lost: bool,
}

/// A thing as one of the two texts has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RereadSideView {
    /// Line in its text.
    pub line: u32,
    /// The heading it stands under.
    pub place: String,
    /// Its words up to where the two differ, what differs, and the rest.
    pub pieces: [String; 3],
}

/// Something that is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RereadChangeView {
    /// "T0", "Hold", "Limit".
    pub name: String,
    /// As it was; may be empty.
    pub before: String,
    /// As it is; may be empty.
    pub after: String,
}
