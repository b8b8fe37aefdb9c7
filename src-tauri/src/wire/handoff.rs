//! The page on which the room passes from one person to the next.

use serde::Serialize;
use ts_rs::TS;

use super::{ItemView, LogEntryView, PersonView};

/// The page of the handoff: drafted from the room as it is, every line with the event that it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct HandoffView {
    /// `open` (nobody has signed) or `signed` (the first has, the second has not).
    pub state: String,
    /// "Drafted from the log at 21:51:12 UTC".
    pub drafted: String,
    /// Who hands over.
    pub from: SignatureView,
    /// Who takes over; without a name while nobody was named.
    pub to: SignatureView,
    /// "MK holds the room until IB signs; alerts still ring here."
    pub holds: String,
    /// Whom the room can be handed to.
    pub candidates: Vec<PersonView>,
    /// Why the room cannot be handed over now; empty where it can.
    pub cannot_hand_over: String,
    /// Why the room cannot be taken over now; empty where it can.
    pub cannot_take_over: String,
    /// What happened since the first signature, the first first.
    pub changed: Vec<LogEntryView>,
    /// "3 events since it was signed"; empty before.
    pub changed_words: String,
    /// What is handed over: `alerts`, `overridden`, `deferred`, `running`, `due`.
    pub sections: Vec<HandoffSectionView>,
    /// What the next person sees first, by urgency.
    pub first: Vec<HandoffLineView>,
    /// The notes of this shift, the latest first.
    pub notes: Vec<HandoffNoteView>,
    /// "3 from the log, 1 since it was signed".
    pub notes_words: String,
    /// The checklist's own handoff: its checks, each under a name that is of this shift alone. Empty where it has none.
    pub checks: Vec<ItemView>,
    /// "2 of 4 checks settled · Shift handoff"; empty where it has none.
    pub checks_words: String,
    /// What signing does besides: what, and how.
    pub signing: Vec<(String, String)>,
    /// The handoffs before this one, the latest first.
    pub past: Vec<HandoffLineView>,
}

/// One of the two signatures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct SignatureView {
    /// Initials; empty while nobody is named.
    pub initials: String,
    /// The name, or the initials where the room knows no name.
    pub name: String,
    /// "Release manager · has the room since 06:00".
    pub words: String,
    /// "signed 21:51:40 UTC"; empty before.
    pub signed: String,
}

/// A group of what is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandoffSectionView {
    /// Names it.
    pub id: String,
    /// "Open alerts".
    pub title: String,
    /// "2 · no CRITICAL, no HIGH".
    pub aside: String,
    /// Its lines; empty where there is nothing.
    pub lines: Vec<HandoffLineView>,
}

/// A line of the handoff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct HandoffLineView {
    /// `critical`, `high`, `medium`, `pending`, `blind`, `overridden`, `deferred`, `clock`, `due`, `note` or empty.
    pub mark: String,
    /// What it is.
    pub title: String,
    /// What is to be known of it; may be empty.
    pub words: String,
    /// What stands at the right: a time, where to.
    pub right: String,
    /// The number of the event that it comes from; 0 where none is.
    pub event: u32,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandoffNoteView {
    /// The event's number.
    pub event: u32,
    /// "21:48:10 MK".
    pub by: String,
    /// The words.
    pub text: String,
}
