//! The log's page, and what the footer and the header say of the record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Problem;

/// An event in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogEntryView {
    /// The event's number.
    pub seq: u32,
    /// "06:31:02"; with the day where it is not T0's: "20 Jan 06:31:02". On the plan's wall.
    pub at: String,
    /// "noted late, 07:40:11" for what was written later than it was so, or empty.
    pub late: String,
    /// Who.
    pub actor: String,
    /// The event's kind (`stated`, `noted`, …).
    pub event: String,
    /// "stated: Deployment started".
    pub text: String,
    /// What else belongs to it: reason, what was seen, the notice's words; or empty.
    pub detail: String,
    /// Whether it was taken back later.
    pub undone: bool,
    /// "Tick", "Observed", "Gate": its kind in one word.
    pub kind: String,
    /// How urgent it is: `critical`, `high`, `medium`, `good`, or empty.
    pub tone: String,
    /// [`super::ItemView::id`] of the check that it is about, and the phase in which that stands; empty where there is none.
    pub item: String,
    /// [`super::PhaseEntryView::id`].
    pub phase: String,
    /// "3f9a-c27e": its short fingerprint; empty where it was not read.
    pub hash: String,
    /// The number of the event that it corrects; 0 where it corrects none.
    pub corrects: u32,
    /// The numbers of the events that correct it, in the order of the log.
    pub corrected_by: Vec<u32>,
    /// What a correction of it would leave as it is, and how that is changed instead: shown where one is written. Empty where
    /// there is nothing that a person could correct.
    pub stays: String,
}

/// What the window always knows of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogView {
    /// How many events there are.
    pub count: u32,
    /// "3f9a-c27e": the short head.
    pub head: String,
    /// The last three, the latest first, for the footer.
    pub tail: Vec<LogEntryView>,
    /// The kinds to filter by, with their number of events.
    pub groups: Vec<LogGroupView>,
    /// The note that was being typed and not written yet, as it is on disk: what the field holds where the room is
    /// opened again after a kill. Empty where there is none.
    pub note_typed: String,
}

/// Events of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogGroupView {
    /// `ticks`, `observed`, `room`, `commands`, `notes`, `messages`, `votes`, `gates`, `alerts`, `calls`.
    pub id: String,
    /// "Ticks".
    pub title: String,
    /// How many.
    pub count: u32,
}

/// What part of the list is asked for. Its rows are counted from the first event on, so that each stays where it is while
/// others come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct LogQuery {
    /// A kind's id; empty for all.
    pub group: String,
    /// Words that must stand in it; empty for all.
    pub search: String,
    /// The first row; beyond the end for the last rows.
    pub from: u32,
    /// How many rows; at most 200.
    pub count: u32,
    /// Asks where the row of this event is, too; 0 for none.
    pub place_of: u32,
}

/// Rows of the list, the earliest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct LogPageView {
    /// The number of the first row, from 0.
    pub from: u32,
    /// The rows.
    pub entries: Vec<LogEntryView>,
    /// How many rows there are in all that fit the query.
    pub found: u32,
    /// The row of the event that was asked for, or of the last before it that fits; `None` where there is none.
    pub place: Option<u32>,
}

/// The record's state, shown in red while it is not well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct RecordView {
    /// Why the log is not being saved, with how many acts wait; `None` while all is on disk.
    pub unsaved: Option<Problem>,
    /// Why nothing can be done here: followed, newer, damaged; empty where one may act.
    pub reading_only: String,
    /// What is to be known of where the file lies, synced by a cloud service or on a drive of the network; empty where that
    /// is well.
    pub carried: String,
    /// Whose key signs the seals, and where it lies: in the keychain, or in a file and why; empty where nobody signs here.
    pub key: String,
    /// That another key signs than the laptop's own, and what to do; empty where the own one does.
    pub stands_in: String,
    /// What speaks against the log: it contradicts a head that this laptop has seen, or is damaged; empty while nothing does.
    pub doubted: String,
    /// "Reading the log: 420,000 of 1,000,000 events", while the pages that need all of them cannot be shown; else empty.
    pub reading: String,
    /// The room's file, with `~` for the home.
    pub file: String,
    /// How the room ended; empty while it is open.
    pub closed: String,
}
