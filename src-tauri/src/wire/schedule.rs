//! The schedule, as the window draws it: what is planned, what was, what is projected, on one axis; and what could be
//! otherwise. Times for drawing are seconds of Unix time; every word is made here.

use serde::Serialize;
use ts_rs::TS;

/// The schedule.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ScheduleView {
    /// The left end of the axis.
    pub from_s: f64,
    /// The right end.
    pub to_s: f64,
    /// Marks on the axis: where, and "06:30".
    pub ticks: Vec<(f64, String)>,
    /// Now.
    pub now_s: f64,
    /// "now 07:05:18 UTC · window ends 08:00".
    pub now_words: String,
    /// From when to when the announced window is; `None` where none is announced.
    pub window: Option<(f64, f64)>,
    /// "from war-room.toml: Verification 10:00, Go-live 02:00"; empty where the settings give no length.
    pub measured: String,
    /// Phases and their gates, in order.
    pub rows: Vec<ScheduleRowView>,
    /// What becomes of the window.
    pub countdown: CountdownView,
    /// "06:00 left", "05:22 over": what the run of the day says beside the page; empty where no window is announced.
    pub left: String,
    /// Phases of which it is known that they begin late: which, and "at risk: starts ≥ 12 min late".
    pub at_risk: Vec<(String, String)>,
    /// What could be otherwise; the first is as it stands.
    pub what_ifs: Vec<WhatIfView>,
    /// Where the slack went; empty where no window is announced.
    pub spent: Vec<SpentView>,
    /// The notice that moves the window; `None` where none is announced, or nothing is ahead.
    pub notice: Option<WindowNoticeView>,
    /// The gates whose holds could be shorter: id, and "100 %".
    pub holds: Vec<(String, String)>,
    /// Whether T0's phase could begin later.
    pub can_start_later: bool,
    /// What people changed: "window ends 08:30, not 08:00 (MK: the hold was paused)".
    pub changes: Vec<String>,
}

/// A phase or a gate on the axis.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ScheduleRowView {
    /// The phase; for a gate its phase.
    pub phase: String,
    /// "Deployment", "50 % · hold 10:00".
    pub title: String,
    /// Whether it is a gate of the phase above.
    pub is_step: bool,
    /// Where its length comes from: "30:00, until the next phase is planned to begin".
    pub basis: String,
    /// Planned, from when to when; a moment where both are one.
    pub planned: Option<(f64, f64)>,
    /// What was, up to now.
    pub actual: Option<(f64, f64)>,
    /// How far a hold ran.
    pub held: Option<(f64, f64)>,
    /// What is projected.
    pub projected: Option<(f64, f64)>,
    /// "06:30 – 07:30"; empty where nothing is planned.
    pub planned_words: String,
    /// "06:31:02 – 06:58:10", "since 06:31:02"; empty where nothing was done.
    pub actual_words: String,
    /// "12:00 late", "02:00 early", "on time"; empty where nothing can be compared.
    pub difference: String,
    /// "07:42:00", "≥ 07:52:00", "done", "left open": the earliest end.
    pub earliest: String,
    /// "07:48:00": the latest end that keeps what follows; empty where nothing limits it.
    pub latest: String,
    /// "06:00", "05:22 over"; "–" where there is none.
    pub slack: String,
    /// `calm`, `near`, `lost`, or empty where there is none.
    pub slack_state: String,
    /// Whether go-live is later by each second by which this is.
    pub is_critical: bool,
}

/// What becomes of the announced window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CountdownView {
    /// `none` (no window is announced), `calm`, `near`, `burning` (each second costs one), `lost` or `over` (go-live is
    /// reached).
    pub state: String,
    /// "You lose it in 6 min", "18 min of slack", "No window is announced".
    pub title: String,
    /// "06:00"; empty where nothing is counted.
    pub value: String,
    /// "at 07:11:18 UTC"; empty where nothing is counted down.
    pub at: String,
    /// What it means, in a sentence or two.
    pub words: String,
}

/// Something that could be otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WhatIfView {
    /// Names it for [`super::Act::TakeWhatIf`].
    pub id: String,
    /// "100 % held 15:00, not 30:00".
    pub title: String,
    /// "verification waits for 07:30"; may be empty.
    pub remark: String,
    /// "07:42:00", "≥ 07:42:00": when go-live would be.
    pub go_live: String,
    /// "18:00", "05:22 over"; "–" without a window.
    pub slack: String,
    /// As [`ScheduleRowView::slack_state`].
    pub slack_state: String,
    /// "12:00 earlier, 12:00 more slack"; empty where nothing is gained.
    pub gain: String,
    /// What it costs, in words: "nothing", "watched 15:00 of 30:00: a deviation, with a reason".
    pub costs: String,
    /// Why it cannot be taken; empty where it can.
    pub cannot_take: String,
    /// Where it would end, row by row as [`ScheduleView::rows`].
    pub projected: Vec<Option<(f64, f64)>>,
}

/// A part of the slack that went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SpentView {
    /// "18:00", "− 02:12", "+ 15:00".
    pub value: String,
    /// "at the plan", "before 50 %".
    pub words: String,
    /// `plan`, `spent`, `running`, `won` or `left`.
    pub state: String,
}

/// The notice that moves the window, as it would be drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WindowNoticeView {
    /// The new end for [`super::Act::DraftWindowNotice`]: `2026-01-21T08:30`.
    pub until: String,
    /// "08:30 UTC leaves 36:00 of slack".
    pub leaves: String,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The words.
    pub body: String,
    /// The draft that says so already; 0 where there is none.
    pub draft: u32,
    /// "not sent", "draft kept 07:06:10 by MK".
    pub status: String,
}
