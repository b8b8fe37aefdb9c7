//! The rollback that runs: steps, marks, who was told, and the clock.

use serde::Serialize;
use ts_rs::TS;

/// A step of a way back, or of the proof that it worked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StepView {
    /// Names it for [`super::Act::StateStep`]: the command's id; `way 3/by hand` for what is done by hand.
    pub id: String,
    /// The command, to copy; `None` for what is done by hand.
    pub command: Option<super::CommandView>,
    /// What is done by hand: "A record of api.payments.example"; empty with a command.
    pub text: String,
    /// `open`, `worked`, `failed`. Always `open` while no rollback runs.
    pub state: String,
    /// "MK · 07:21:46"; empty while open.
    pub by: String,
    /// The result as it was entered: "deployment.apps/payments-api rolled back"; may be empty.
    pub result: String,
}

/// Somebody who must be told. The drill's score shows the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ToldView {
    /// Names it for [`super::Act::Tell`]: a contact's, channel's or message's id.
    pub id: String,
    /// "Primary engineer", "#deployments", "Customers".
    pub title: String,
    /// The person's name; empty where none is known.
    pub name: String,
    /// `open`, `told` (no answer known), `answered`.
    pub state: String,
    /// "answered 07:22:05", "told 07:28:02", "not told yet".
    pub words: String,
    /// `escalation` or `messages`: the page from which they are told.
    pub page: String,
}

/// The rollback that runs, or what is known before one does. A section of its own: it changes with every second.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct WayBackView {
    /// `none` (none was decided in this attempt), `running` or `done` (a person said that it is rolled back).
    pub state: String,
    /// Why none can be started now ("The room is closed."); empty where one can, and while one runs.
    pub cannot_start: String,
    /// The criterion that is proposed as the reason: the most severe that fires; its [`super::CriterionView::id`], or
    /// empty.
    pub criterion: String,
    /// The words that are proposed, "error rate 12.4 % > 10 % since 07:21:10"; while it runs, those that were recorded.
    pub reason: String,
    /// "Decided by MK 07:21:40"; empty before.
    pub decided: String,
    /// The number of the chosen way; before, the one to propose (the first whose `when` fits, else 1); 0 without a way.
    pub way: u32,
    /// "04:12"; when done, how long it took. Empty before.
    pub took: String,
    /// "of 15:00 · limit at 07:36:40", "over the limit of 15:00 since 07:36:40", "no limit named"; empty before.
    pub against: String,
    /// From 0 to 100: how much of the limit is over; 0 without one.
    pub percent: u32,
    /// Whether the limit has passed.
    pub is_late: bool,
    /// "1 of 5 marks true"; empty where the checklist names no marks.
    pub marks: String,
    /// Why that way is proposed, or how the chosen one was: "The canary is in progress: way 1 is “if during canary”". Empty
    /// where nothing is to be said.
    pub way_why: String,
    /// Whether it is a rehearsal, before the day.
    pub is_rehearsal: bool,
    /// Why it cannot be rehearsed now; empty where it can.
    pub cannot_rehearse: String,
    /// "best rehearsal 06:40, MK 20 Jan 18:44:16", "never rehearsed".
    pub rehearsed: String,
    /// From 0 to 100: where the best rehearsal stands against the limit; 0 without one.
    pub rehearsed_percent: u32,
    /// Whether a new attempt may begin.
    pub may_begin_anew: bool,
    /// Why it cannot be declared now ("4 of 5 marks are open: No data loss, …"); empty where it can, and in `none`.
    pub cannot_declare: String,
}
