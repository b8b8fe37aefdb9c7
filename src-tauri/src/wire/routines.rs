//! What repeats after go-live: the grids of rounds, what is due of them, what was missed, and what was learned.

use serde::Serialize;
use ts_rs::TS;

use super::ItemView;

/// The page of the watch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct RoutinesView {
    /// `none` (nothing of the plan repeats), `before` (nobody has declared go-live), `watch`, or `over` (rolled back or
    /// closed).
    pub state: String,
    /// "live since 21 Jan 14:18 UTC, declared by MK"; why nothing is due where nothing is.
    pub words: String,
    /// Go-live.
    pub go_live: GoLiveView,
    /// What repeats, each as a grid, in the order of the text.
    pub grids: Vec<RoutineGridView>,
    /// The rounds that can be done now: what is due, the first first, then what was missed or left unfinished, the last
    /// first.
    pub rounds: Vec<RoundView>,
    /// Which of them is to be done next: its name; empty where none is due and none may begin.
    pub next_round: String,
    /// "09:18 UTC in 38 min: Every 1 hour", of each routine, the first first.
    pub next: Vec<String>,
    /// The round that was finished last.
    pub last: Option<LastRoundView>,
    /// "This laptop slept 02:41 – 05:06. 2 rounds with 6 checks were missed."; empty where nothing is to be explained.
    pub missed: String,
    /// The key metrics.
    pub metrics: Vec<KeyMetricView>,
    /// What their worst values are taken from: "at 18 rounds, in alerts, and in the last 15 min".
    pub metrics_words: String,
    /// Targets that contradict each other, each as a sentence.
    pub contradictions: Vec<String>,
    /// Success, before and after it was declared.
    pub success: SuccessView,
    /// What was learned, the first first.
    pub lessons: Vec<LessonView>,
    /// "4 · for 28 Jan": how many, and for which review.
    pub lessons_words: String,
}

/// Go-live, before and after it was declared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct GoLiveView {
    /// `none` (it cannot be declared now), `open` or `declared`.
    pub state: String,
    /// Why it cannot be declared now; empty where it can.
    pub cannot: String,
    /// What speaks against it and wants a reason.
    pub grave: Vec<String>,
    /// What is to be known besides.
    pub others: Vec<String>,
    /// Whether it takes a reason.
    pub wants_reason: bool,
    /// "MK · 14:18:02 UTC"; empty before.
    pub declared: String,
}

/// Success: its criteria, and whether a person declared it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct SuccessView {
    /// Why it cannot be declared now; empty where it can.
    pub cannot: String,
    /// "IB · 22 Jan 14:20:10 UTC"; empty before.
    pub declared: String,
    /// "3 of 11 criteria are met, seen or on word".
    pub met: String,
    /// The criteria as they stand.
    pub lines: Vec<SuccessLineView>,
    /// What is not met, unproven or not observed, and what burns, each in words; where success was declared, what was so then.
    pub open: Vec<String>,
    /// Whether the checklist's closing words can be drafted.
    pub has_closing: bool,
}

/// A criterion of success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SuccessLineView {
    /// Its words.
    pub text: String,
    /// `met`, `on_word`, `not_met`, `unproven`, `running`, `overridden`, `not_applicable` or `open`.
    pub state: String,
    /// What was seen or said of it, or why it is not met.
    pub words: String,
}

/// What repeats, with its rounds as columns and its checks as rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoutineGridView {
    /// Names it.
    pub id: String,
    /// "Every 1 hour".
    pub title: String,
    /// Line in the source.
    pub line: u32,
    /// "at :18", "at 14:18 UTC each day", "once, We 28 Jan"; "at each handoff".
    pub rhythm: String,
    /// "next 09:18 UTC, in 38 min"; "over" where none is ahead.
    pub next: String,
    /// What the grid does not show: "72 earlier rounds: 70 done, 2 missed"; empty where it shows all.
    pub earlier: String,
    /// Its rounds.
    pub columns: Vec<RoundColumnView>,
    /// Its checks.
    pub rows: Vec<RoundRowView>,
}

/// One round as a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoundColumnView {
    /// Names it within its grid.
    pub due: String,
    /// "15", "Th 22".
    pub label: String,
    /// "21 Jan 15:18 UTC".
    pub full: String,
    /// `done`, `late`, `due`, `overdue`, `missed`, `asleep`, `unfinished`, `next` or `ahead`.
    pub state: String,
    /// "done 15:24:10 by IB", "missed while the laptop slept", "late by 05:12"; what became of its time on the wall.
    pub words: String,
    /// Why it was missed: "IB: the laptop slept"; empty where nobody said.
    pub why: String,
}

/// A check of what repeats, over all of its rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoundRowView {
    /// Names it.
    pub item: String,
    /// Its words.
    pub text: String,
    /// Its state in each round, in the order of the columns.
    pub cells: Vec<RoundCellView>,
}

/// A check in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoundCellView {
    /// `observed` (a signal showed it when the round was finished), `fetched` (it was asked for afterwards), `done`, `late`, `overridden`, `deferred`, `not_applicable`, `due`, `overdue`, `missed`, `asleep`, `unfinished`,
    /// `next` or `ahead`.
    pub state: String,
    /// "IB 15:19:02: 0.05 %"; empty where nothing was said.
    pub words: String,
}

/// A round that can be done now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoundView {
    /// Names it.
    pub id: String,
    /// [`RoutineGridView::id`].
    pub grid: String,
    /// [`RoundColumnView::due`].
    pub due: String,
    /// "08:18 UTC · Every 1 hour".
    pub title: String,
    /// [`RoundColumnView::state`].
    pub state: String,
    /// "due since 02:11", "late by 01:12:40", "missed", "3 of 5 settled".
    pub words: String,
    /// Its checks, each under a name that is of this round alone.
    pub items: Vec<ItemView>,
}

/// The round that was finished last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LastRoundView {
    /// "08:18".
    pub time: String,
    /// "Every 1 hour, finished 08:24:10 UTC by IB".
    pub words: String,
    /// Its checks: words, what was seen or said of it, by whom and when.
    pub checks: Vec<(String, String, String)>,
    /// What the signals showed when it was finished: name, value, age then; for what was not seen the reason as value.
    pub readings: Vec<(String, String, String)>,
}

/// A key metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyMetricView {
    /// "Error rate".
    pub name: String,
    /// Line in the source.
    pub line: u32,
    /// The vital sign that shows it: [`super::VitalView::id`]; empty where nothing observes it.
    pub vital: String,
    /// `met`, `breach`, `unseen` or `unbound`.
    pub state: String,
    /// "0.05 %"; why nothing is seen where nothing is.
    pub now: String,
    /// Its worst value since go-live, as far as the room has it: "0.14 %"; empty where it has none.
    pub worst: String,
    /// When that was: "21:41:10".
    pub worst_at: String,
    /// Whether that breaks the target.
    pub worst_breaks: bool,
    /// Its targets, as the text has them, more than one where they differ: "< 0.1 %", "target: <1%".
    pub targets: Vec<String>,
}

/// What was learned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LessonView {
    /// The event's number.
    pub event: u32,
    /// "21 Jan 07:30 · MK".
    pub by: String,
    /// The words.
    pub text: String,
}
