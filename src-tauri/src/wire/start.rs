//! The start window and the question for T0 and zone.

use serde::Serialize;
use ts_rs::TS;

use super::Problem;

/// The start window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StartView {
    /// "Nothing is live".
    pub headline: String,
    /// The sentence below it.
    pub sentence: String,
    /// Where data is kept, with `~` for the home.
    pub data_folder: String,
    /// Rooms of this laptop, those that are not closed first, then the latest first, at most twenty.
    pub rooms: Vec<RoomEntryView>,
    /// Checklists that were open before, the latest first, at most eight.
    pub recent: Vec<RecentView>,
    /// Why the last file could not be opened.
    pub problem: Option<Problem>,
    /// The drill that is offered.
    pub drill: super::DrillOfferView,
    /// The example that is offered, read like any checklist.
    pub example: super::ExampleView,
}

/// A room of this laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoomEntryView {
    /// Names it for [`super::Intent::EnterRoom`].
    pub id: String,
    /// "payments-api 4.2.0".
    pub title: String,
    /// "Production · 21 Jan 2026".
    pub subtitle: String,
    /// "prepare", "live", "rolling back", "rolled back" or "closed"; "unreadable" where the file cannot be read.
    pub state: String,
    /// "42 of 180 done · 214 events"; how it ended, where it is closed; why it cannot be read.
    pub words: String,
    /// Its file's name.
    pub file: String,
    /// Whether it is a drill.
    pub is_drill: bool,
}

/// A checklist that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecentView {
    /// Names it for [`super::Intent::OpenRecent`].
    pub id: String,
    /// The checklist's title.
    pub title: String,
    /// Its path, with `~` for the home.
    pub path: String,
    /// "opened 20 Jan 15:02 UTC".
    pub opened: String,
}

/// The question for T0 and zone, with what the text says as the proposal and what an answer would mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpeningView {
    /// The checklist's title.
    pub title: String,
    /// Its path, with `~` for the home.
    pub path: String,
    /// A room of this checklist that is not closed: offered first; at most one, the latest.
    pub unfinished: Option<RoomEntryView>,
    /// "180 boxes, 20 ticked · 3 gates · 14 decision criteria": what was read.
    pub read: String,
    /// T0 as proposed by the text, `2026-01-21T06:30`; empty where nothing proposes one.
    pub proposed_start: String,
    /// IANA name as proposed.
    pub proposed_zone: String,
    /// "Phase 2: Deployment (6:30 AM), line 170": where T0 comes from.
    pub start_reason: String,
    /// "line 406 says UTC", "nothing names a zone".
    pub zone_reason: String,
    /// Zones to choose from, the proposed one, UTC and the laptop's first.
    pub zones: Vec<ZoneView>,
    /// T0 of the answer that `moved` is about.
    pub start: String,
    /// Zone of the answer that `moved` is about.
    pub zone: String,
    /// "21 Jan 2026 06:30 UTC · 09:30 here".
    pub start_words: String,
    /// Why the answer makes no T0, where it does not.
    pub problem: Option<Problem>,
    /// "T0 is missing": what is still to be answered, where nobody has and nothing proposes it; else empty.
    pub missing: String,
    /// By how much the text's dates move: "every date moves by 9 days"; `None` where they stay.
    pub offset_words: Option<String>,
    /// The phases with their times as written and as they would be.
    pub moved: Vec<MovedView>,
    /// What was noticed while it was read, the gravest first.
    pub findings: Vec<super::FindingView>,
}

/// A zone to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ZoneView {
    /// IANA name.
    pub name: String,
    /// "the plan", "this laptop", or empty.
    pub hint: String,
}

/// A phase's time before and after the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MovedView {
    /// The phase.
    pub title: String,
    /// As the text has it: "20 Jan 16:00"; empty where the text has no time.
    pub before: String,
    /// With the answer: "29 Jan 16:00 UTC"; empty where it has no time.
    pub after: String,
}
