//! What the window asks for, and how it is told that something did not work.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything that a person can ask for from the window. It names things of the plan; it never carries a path, an
/// address or a command line to act on.
#[derive(Debug, Clone, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Intent {
    /// Ask the desktop for a file and read it.
    ChooseChecklist,
    /// Ask the desktop for a file, and attach its name, size and digest to a check.
    AttachFile {
        /// [`super::ItemView::id`].
        item: String,
    },
    /// Read a checklist of the list of recent ones again.
    OpenRecent {
        /// [`super::RecentView::id`].
        id: String,
    },
    /// Show what T0 and zone would mean; nothing is accepted by it.
    ProposeStart {
        /// `2026-01-21T06:30`, on the wall of `zone`.
        start: String,
        /// IANA name.
        zone: String,
    },
    /// Accept T0 and zone, and make a room.
    Enter {
        /// `2026-01-21T06:30`, on the wall of `zone`.
        start: String,
        /// IANA name.
        zone: String,
    },
    /// Enter a room of the list of rooms, or the one that the opening offers.
    EnterRoom {
        /// [`super::RoomEntryView::id`].
        id: String,
    },
    /// Read the bundled example as a checklist.
    OpenExample,
    /// Start a drill; the one that is open is left, its room kept.
    StartDrill {
        /// [`super::ScenarioView::id`].
        scenario: String,
        /// What it is drilled over: empty for the bundled example, `opening` for the checklist that was just read,
        /// `again` for the checklist of the drill that is open or scored.
        over: String,
    },
    /// Let the drill run at this speed from now on.
    SetDrillSpeed {
        /// One of [`super::DrillMarkView::speeds`].
        speed: u32,
    },
    /// Let the drill's time pass without waiting, up to what is due next: a phase, a hold's end, a round. It stops by itself
    /// at an alert that nobody has seen.
    SkipInDrill,
    /// End the drill that is open and show its score. It is the way out of a drill that was not rolled back; after
    /// `DeclareRolledBack` Rust shows the score by itself.
    EndDrill,
    /// Act in the room.
    InRoom {
        /// What is asked.
        act: super::Act,
    },
    /// Show this phase.
    Look {
        /// [`super::PhaseEntryView::id`].
        phase: String,
    },
    /// Look at a moment of the past; nothing is changed by it.
    LookBack {
        /// Which.
        look: super::PastLook,
    },
    /// Draw something up from now on, while it is looked at, or not any more.
    Show {
        /// What.
        what: OnDemand,
        /// Whether it is looked at.
        shown: bool,
    },
    /// Show what another hold, start or end of the window would bring; nothing is changed by it.
    AskWhatIf {
        /// `hold`, `start` or `window`.
        what: String,
        /// The gate of a hold, one of [`super::ScheduleView::holds`]; empty otherwise.
        gate: String,
        /// `15 min` for a hold; `07:00`, or `15 min` from now, for a time.
        value: String,
    },
    /// Back to the start window.
    Leave,
    /// Put the text of something of the plan on the clipboard.
    Copy {
        /// What.
        target: CopyTarget,
    },
    /// Put on the clipboard what `war-room check` prints about the checklist that is opened, or of which the room is.
    CopyReport,
    /// Put on the clipboard how the room stands, in two lines for a chat.
    CopyStatus,
    /// Put on the clipboard what is handed over, as text, with where the record lies.
    CopyHandoff,
    /// Ask the desktop where, and save this of the room there.
    Export {
        /// What.
        export: super::ExportKind,
    },
    /// Open an address of the plan outside (http, https, mailto and tel only).
    OpenOutside {
        /// What.
        target: OutsideTarget,
    },
    /// Keep these colours from now on.
    UseTheme {
        /// Which.
        theme: Theme,
    },
    /// The sentence about the last problem was read.
    DismissProblem,
}

/// What is drawn up only while it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OnDemand {
    /// [`super::Update::review`].
    Review,
    /// [`super::Update::closing`] of a room that is open; what a closed one has is always sent.
    Closing,
}

/// What can be copied.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum CopyTarget {
    /// One command.
    Command(String),
    /// A message's subject and body.
    Message(String),
    /// A reference's target.
    Reference(String),
    /// A contact's line, as the room has it.
    Contact(String),
    /// A draft's subject and words, as kept; by its number.
    Draft(String),
    /// One way of a contact, its number or address: `contact id/way`.
    Reach(String),
    /// What was accepted of the proposals, as the settings write it; the words are not looked at.
    Settings(String),
}

/// What can be opened outside.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutsideTarget {
    /// A reference that is a link.
    Reference {
        /// [`super::ReferenceView::id`].
        id: String,
    },
    /// Call or write to a contact; only where the plan has a number or an address.
    Call {
        /// [`super::ContactView::id`].
        id: String,
    },
    /// Write to a contact.
    Mail {
        /// [`super::ContactView::id`].
        id: String,
    },
    /// Write a draft in the mail program.
    DraftMail {
        /// [`super::DraftView::number`] as text.
        draft: String,
    },
    /// An address that was attached to a check.
    Evidence {
        /// [`super::ItemView::id`].
        item: String,
        /// [`super::EvidenceView::event`].
        event: u32,
    },
    /// A link inside the text of the plan: the address must be one that the plan holds.
    Link {
        /// The address as the plan has it; looked up in the plan, refused where the plan does not hold it.
        target: String,
    },
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark ground.
    #[default]
    Dark,
    /// Pale ground.
    Light,
}

/// Why something did not work. A code exists only where somebody branches on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The file cannot be read: missing, a folder, empty, too large, no UTF-8, or `war-room.toml` has a mistake.
    Unreadable,
    /// What was typed makes no T0.
    BadStart,
    /// What was typed is no zone.
    BadZone,
    /// Not possible now, by the room's rules or because the desktop did not do it; the message says why.
    Refused,
    /// It is not on the disk; it is tried again, and nothing shows it as done.
    NotSaved,
}

/// Something that did not work, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// For the window to branch on.
    pub code: ProblemCode,
    /// One clear sentence that names file, line and mend.
    pub message: String,
    /// More of it: further mistakes, the system's own words.
    pub detail: Option<String>,
}
