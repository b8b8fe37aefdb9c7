//! The drill: its marks, what is offered, and its score.

use serde::Serialize;
use ts_rs::TS;

/// What marks a drill, and its speed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DrillMarkView {
    /// "Bad canary".
    pub scenario: String,
    /// What does not happen, in two lines: "No command reaches x0-prod, no message is sent, nobody is called.", "Same
    /// room, same keys, made-up probes. Its log is kept apart."
    pub lines: Vec<String>,
    /// How many times faster than the wall: 1 to 60.
    pub speed: u32,
    /// The speeds to choose from, rising: 1, 2, 4, 10, 60; none where only the drill's log is open.
    pub speeds: Vec<u32>,
    /// Whether its time passes without waiting, up to what is due next.
    pub skips: bool,
    /// "skipped to 21 Jan 06:35:07"; empty where nothing was skipped yet.
    pub skipped_to: String,
    /// Whether it has ended; then the score can be asked for.
    pub has_ended: bool,
}

/// The drill that is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DrillOfferView {
    /// "A made-up deployment goes wrong within minutes. Nothing leaves this laptop, and no checklist is needed."
    pub words: String,
    /// What can be drilled, at least one; the first is started by the card's button and key.
    pub scenarios: Vec<ScenarioView>,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ScenarioView {
    /// `bad-canary`: names it for [`super::Intent::StartDrill`].
    pub id: String,
    /// "Bad canary".
    pub title: String,
    /// "Errors and P95 climb once traffic shifts".
    pub words: String,
    /// "best 06:40 · 3 runs", "not run yet"; read from the drills' rooms on this laptop.
    pub best: String,
}

/// The bundled example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExampleView {
    /// Its title.
    pub title: String,
    /// "64 boxes · 3 gates · 11 decision criteria. A checklist to look around in."
    pub words: String,
}

/// The score of a drill.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ScoreView {
    /// "payments-api 4.2.0": for the head, since no room is open.
    pub title: String,
    /// "Drill · Bad canary · ×4 · seed 1".
    pub crumb: String,
    /// "Rolled back in time", "Rolled back, 02:10 over the limit", "Not rolled back".
    pub headline: String,
    /// Whether the headline is good news.
    pub is_good: bool,
    /// Time to detect, to decide, to be back, who was told; always these four, in this order.
    pub figures: Vec<FigureView>,
    /// The signal that went wrong over the whole drill, drawn like a vital sign; `None` where none has numbers.
    pub chart: Option<super::VitalView>,
    /// The left end of chart and stretches, in seconds of Unix time (drill time).
    pub from_s: f64,
    /// The right end.
    pub to_s: f64,
    /// Below the chart: to see, to decide, to be back; those that did not happen are left out.
    pub stretches: Vec<StretchView>,
    /// "09:04 from the fault to rolled back"; empty where it was not rolled back.
    pub span: String,
    /// What happened, and what was done.
    pub timeline: Vec<TimelineEntryView>,
    /// Who was told.
    pub told: Vec<super::ToldView>,
    /// "3 of 4".
    pub told_count: String,
    /// The runs of this scenario over this checklist on this laptop, the oldest first, at most six.
    pub runs: Vec<DrillRunView>,
    /// "15:00": what a full bar of a run means; empty where the plan has no limit.
    pub limit: String,
    /// All scenarios, for the left side.
    pub scenarios: Vec<ScenarioView>,
    /// Which of them this was.
    pub scenario: String,
    /// Speed of this run and of the next, and which may be chosen: as in the head of a drill.
    pub mark: DrillMarkView,
    /// The drill's room, for [`super::Intent::EnterRoom`].
    pub room: String,
    /// Its file's name.
    pub file: String,
    /// Its short head.
    pub head: String,
}

/// A figure of the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FigureView {
    /// `detect`, `decide`, `back` or `told`.
    pub id: String,
    /// "Detection".
    pub name: String,
    /// "00:48", "3"; "never" where it did not happen.
    pub value: String,
    /// What it is held against: "limit 15:00", "of 4", "earliest 00:30". Only figures of the plan or of the scenario: no
    /// goal that nobody set.
    pub against: String,
    /// From 0 to 100: the bar.
    pub percent: u32,
    /// Where the earliest possible stands on the bar; `None` where that says nothing.
    pub earliest_percent: Option<u32>,
    /// `good`, `late`, `missed` or `plain` (nothing to hold it against).
    pub state: String,
    /// "18 s after the bell", "08:20 to spare", "customers not told".
    pub words: String,
}

/// A stretch of the drill.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StretchView {
    /// `detect`, `decide` or `back`.
    pub id: String,
    /// Where it begins, in seconds of Unix time (drill time).
    pub from_s: f64,
    /// Where it ends.
    pub to_s: f64,
    /// "00:48", "Rolling back 06:40".
    pub words: String,
    /// What stands below its beginning: "07:04:00", "fault".
    pub from: (String, String),
    /// What stands below its end: "07:13:04", "rolled back".
    pub to: (String, String),
}

/// A line of what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TimelineEntryView {
    /// "07:04:48".
    pub at: String,
    /// "Acknowledged".
    pub text: String,
    /// "18 s after the bell"; empty where nothing is measured.
    pub remark: String,
    /// "MK", "room".
    pub by: String,
}

/// A run of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DrillRunView {
    /// "Run 2".
    pub title: String,
    /// Its file's name.
    pub file: String,
    /// "08:05"; "not rolled back".
    pub took: String,
    /// From 0 to 100, of the plan's limit.
    pub percent: u32,
    /// Whether it is this one.
    pub is_this: bool,
}
