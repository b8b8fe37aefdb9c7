//! The check: the source line by line, what was found about it, and how it was read.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is known of the checklist before anybody acts on it. The source itself is pulled, see [`SourceQuery`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckView {
    /// "payments-api-4.2.0.md".
    pub file: String,
    /// "~/plans · 517 lines · UTF-8".
    pub place: String,
    /// "NOT READY" where a finding would mislead the room; empty otherwise: nothing here says that a plan is good.
    pub verdict: String,
    /// "8 findings would mislead the room", "Mend them in the file, or open the room knowing them".
    pub verdict_words: Vec<String>,
    /// How many lines the source has.
    pub lines: u32,
    /// The findings, the gravest first; groups without any are left out.
    pub groups: Vec<FindingGroupView>,
    /// What was made of the text, kind by kind, always the same in the same order.
    pub kinds: Vec<ReadKindView>,
    /// "Nothing was changed in your file. …".
    pub note: String,
}

/// Findings of one severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FindingGroupView {
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// "Would mislead the room", "Decide before the day", "Worth knowing".
    pub title: String,
    /// The findings in the order of their lines.
    pub findings: Vec<FindingView>,
}

/// One thing that the reader noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FindingView {
    /// `TIM-01`.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// Line in the checklist; 0 where it is about the settings beside it.
    pub line: u32,
    /// "L 183", "war-room.toml 12".
    pub place: String,
    /// What goes wrong on the day.
    pub message: String,
    /// How to mend it; may be empty.
    pub mend: String,
}

/// Things of one kind that were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadKindView {
    /// `phases`, `boxes`, `gates`, `routines`, `decisions`, `success`, `rollback`, `commands`, `messages` or
    /// `contacts`.
    pub id: String,
    /// "Decision criteria".
    pub title: String,
    /// "14", "0/4".
    pub count: String,
    /// Whether something is to be filled or decided before it can be used.
    pub is_lacking: bool,
    /// What is to be said of them.
    pub lines: Vec<ReadLineView>,
    /// Each of them with its line, where `lines` speak of them together; of a great many only the first.
    pub rows: Vec<ReadLineView>,
}

/// A line about things of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadLineView {
    /// "5 CRITICAL, 5 HIGH, 4 MEDIUM".
    pub words: String,
    /// Line in the source that it speaks of; 0 where it speaks of several.
    pub line: u32,
}

/// What part of the source is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct SourceQuery {
    /// The first row, from 0. Rows are lines and folded stretches of lines.
    pub from: u32,
    /// A line that is to be among the rows, its stretch unfolded where it is folded, in the place of `from`; 0 for none.
    pub line: u32,
    /// The first lines of the stretches that a person unfolded.
    pub unfolded: Vec<u32>,
}

/// A page of the source: at most 200 rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SourcePageView {
    /// How many rows there are, with what is unfolded.
    pub total: u32,
    /// The first row of this page: a multiple of 200.
    pub from: u32,
    /// The row of the line that was asked for; 0 where none was.
    pub at: u32,
    /// What is unfolded now, the stretch of the line that was asked for included.
    pub unfolded: Vec<u32>,
    /// The rows.
    pub rows: Vec<SourceRowView>,
}

/// A row of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SourceRowView {
    /// Lines of which nothing was made and about which nothing was found.
    Fold {
        /// The first of them, which names the stretch.
        line: u32,
        /// "33 lines · 137 – 169".
        words: String,
    },
    /// A line.
    Line(SourceLineView),
}

/// A line of the source, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SourceLineView {
    /// Its number, from 1.
    pub line: u32,
    /// Its text; a line that is longer than anybody reads is cut, and says so.
    pub text: String,
    /// What it became: `heading`, `box`, `gate`, `criterion`, `command`, `message`, `contact`, `reference`, `ignored`
    /// (a mark that was not taken), or `plain` where nothing was made of it.
    pub read: String,
    /// The same in words: "Gate · 50 % · hold 10:00 · 3 conditions".
    pub words: String,
    /// The gravest finding about it: `error`, `warning`, `note`, or empty.
    pub finding: String,
    /// The stretch that it belongs to, where that was unfolded; 0 otherwise.
    pub stretch: u32,
    /// Where it leads in a room; `None` where it leads nowhere or no room is open.
    pub goal: Option<GoalView>,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GoalView {
    /// [`super::PageView::id`]; empty where it is a phase.
    pub page: String,
    /// [`super::PhaseEntryView::id`]; empty where it is a page.
    pub phase: String,
    /// `item`, `step`, `message`, `contact`, or `title` where the place as a whole is meant.
    pub on: String,
    /// The id of that.
    pub id: String,
    /// "Go to the check".
    pub words: String,
}
