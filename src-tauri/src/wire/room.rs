//! The frame of the room: head, run of the day, chosen phase, criteria.

use serde::Serialize;
use ts_rs::TS;

/// The room's head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeaderView {
    /// "payments-api 4.2.0".
    pub title: String,
    /// "Production · window 06:30 – 08:00 UTC".
    pub subtitle: String,
    /// The room's mode in capitals: "PREPARE"; empty where the verdict's place says it already.
    pub mode: String,
    /// The verdict; while the way is back, what is done about it: `rolling_back` or `rolled_back`.
    pub verdict: super::VerdictView,
    /// The verdict's own word, whatever stands in its place; for who follows without a window.
    #[serde(skip)]
    #[ts(skip)]
    pub word: room::VerdictWord,
    /// The drill that this room is; `None` where it is none. Sent with the head, so that no frame ever shows a drill
    /// without its marks.
    pub drill: Option<super::DrillMarkView>,
}

/// The time, made in Rust once a second: the window has no timer of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClockView {
    /// "T-00:41:50", "T+00:41:07"; days before the hours from one day on ("T-2d 03:00:00"). Without a room "05:48:10".
    pub big: String,
    /// "07:11:07 UTC · 10:11 here"; without a room "UTC · 08:48 here".
    pub small: String,
    /// "Wednesday 21 January 2026", in the plan's zone; UTC without a room.
    pub date: String,
    /// "real time 20 Jan 18:44:16 UTC", for the footer; empty outside of a drill.
    pub real: String,
}

/// The run of the day, and what is ready at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayView {
    /// The phases in the order of the text.
    pub phases: Vec<PhaseEntryView>,
    /// The pages.
    pub pages: Vec<PageView>,
}

/// A stop on the run of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhaseEntryView {
    /// Names it for [`super::Intent::Look`].
    pub id: String,
    /// "06:30" on T0's day, "T-6d", "+24h"; empty where nothing says when.
    pub when: String,
    /// The whole time in words, for a hint: "21 Jan 06:30 – 07:30 UTC".
    pub when_words: String,
    /// Its name.
    pub title: String,
    /// How many boxes it has.
    pub total: u32,
    /// How many the source claims to be done.
    pub claimed: u32,
    /// How many are done: stated by a person, or observed.
    pub done: u32,
    /// How many are neither done nor settled otherwise (overridden, deferred, not applicable).
    pub open: u32,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// A page that is ready at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PageView {
    /// `rollback`, `messages`, `escalation`, `references`, `written`.
    pub id: String,
    /// Its key.
    pub key: String,
    /// Its name.
    pub title: String,
    /// "3 ways", "12".
    pub count: String,
    /// The same where there is no room for words: "3", "12".
    pub count_short: String,
}

/// The chosen phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhaseView {
    /// Which.
    pub id: String,
    /// "Deployment execution · Deployment day · Phase 2".
    pub crumb: String,
    /// Its name.
    pub title: String,
    /// "21 Jan 06:30 – 07:30 UTC"; empty where nothing says when.
    pub when: String,
    /// "17 boxes · 3 claimed in the source".
    pub count: String,
    /// How many claims of the source wait to be confirmed here.
    pub claims: u32,
    /// The later phases, to defer a check to: id and title.
    pub later: Vec<(String, String)>,
    /// Checks of earlier phases that were deferred to here.
    pub returned: Vec<ItemView>,
    /// Its gates.
    pub gates: Vec<GateView>,
    /// Everything that stands in it, in the order of the text.
    pub rows: Vec<RowView>,
}

/// A canary gate's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GateView {
    /// The item that is the gate.
    pub item: String,
    /// "10 %"; the item's words where it names no share.
    pub share: String,
    /// "hold 05:00"; "no hold named" where the text has none.
    pub hold: String,
    /// `next`, `open` (it may be entered), `holding`, `paused`, `broken` (a condition is not met), `held` (it may be
    /// passed), `passed` or `overridden`.
    pub state: String,
    /// Whether it is the one that is worked on: the one that was entered, else the next.
    pub worked: bool,
    /// "passed 06:52:12", "hold paused", "next": what the card says at its right.
    pub status: String,
    /// "3 conditions", "paused 07:05:02: P95 latency 241 ms", "held 05:00, on word": the card's second line.
    pub line: String,
    /// "03:18 of 10:00"; empty before it is entered.
    pub held: String,
    /// From 0 to 100.
    pub percent: u32,
    /// Whether any of the hold rests on a person's word.
    pub on_word: bool,
    /// Its conditions as they are now.
    pub conditions: Vec<super::ConditionView>,
    /// Why it cannot be passed now; empty where it can.
    pub cannot_pass: String,
    /// Why it cannot be entered now; empty where it can.
    pub cannot_enter: String,
    /// "06:42 left · ends at 07:18:22 UTC at the earliest"; empty where no hold is waited for.
    pub left: String,
    /// "50 % on the new version, said by MK 07:01:44 · pods 3/3, said by MK 07:02:10": what nobody observes, with who said
    /// it. Empty before it is entered.
    pub said: String,
    /// The gate before, to which one may go back from here ("10 %"); empty where the rollout does not stand here, or
    /// where none is before.
    pub back_to: String,
    /// The reason with which the roll-back dialogue begins when the gate is given up; empty where it was not entered.
    pub give_up: String,
}

/// A line of a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RowView {
    /// A heading inside the phase.
    Heading {
        /// Line in the source.
        line: u32,
        /// Depth below the phase, from 1.
        depth: u32,
        /// "Step 1", or empty.
        label: String,
        /// Its words.
        title: String,
        /// When it is due, where it says so itself.
        when: String,
    },
    /// A check.
    Item(Box<ItemView>),
    /// Anything else.
    Block(BlockView),
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ItemView {
    /// Names it.
    pub id: String,
    /// Line in the source.
    pub line: u32,
    /// Depth of nesting, from 0.
    pub depth: u32,
    /// Its words.
    pub inlines: Vec<InlineView>,
    /// `open`, `claimed`, `stated`, `answered_no` (the answer that a person gave means no), `observed`, `breached` (a signal shows that it is not so), `unseen` (it was observed
    /// and is not seen any more), `word_ran_out`, `overridden`, `deferred` or `not_applicable`.
    pub state: String,
    /// "Observed by Prometheus (prod)", and what became of it: "breached since 07:05:02", "was met until 13:21:02 ·
    /// un-ticked 13:21:32, after 30 s without a sample". Empty where no signal observes it.
    pub observed: String,
    /// "612 ms · 07:11:05", "last 0.05 % · 02:04 ago": the signal's last reading; empty where none came.
    pub reading: String,
    /// The query or the address that observes it; empty where none does.
    pub query: String,
    /// "MK · 06:31:02": who acted last and when; empty where nobody did.
    pub by: String,
    /// What was seen, or the reason; empty where there is none.
    pub words: String,
    /// The limit that asks for what was seen ("Error rate <1%"); empty where a tick is enough.
    pub asks: String,
    /// The answers to choose from; empty where it is no choice.
    pub answers: Vec<super::AnswerView>,
    /// The blanks to fill before it is done.
    pub fields: Vec<super::FieldView>,
    /// What its row of a table says besides; empty for what stands in no table.
    pub columns: Vec<super::ColumnView>,
    /// `check`, `gate` or `hold`.
    pub item_kind: String,
    /// What stands at the right: "hold 05:00", "< 200 ms", or empty.
    pub right: String,
    /// The line below: "Expected: >90% pass rate", "Claimed in the source, not confirmed", or empty.
    pub below: String,
    /// What hangs on it: commands, paragraphs, code.
    pub blocks: Vec<BlockView>,
    /// What was attached to it, in the order of the log.
    pub evidence: Vec<super::EvidenceView>,
    /// What Space does to it.
    pub space: SpaceView,
}

/// What Space does to a box, and a click on its mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SpaceView {
    /// `state`, `ask` (what was seen or what fills the blanks, which is then stated), `answer` (one of the answers is to be
    /// chosen), `confirm`, `undo` or `enter_gate`. What a signal observes is
    /// stated too, and refused with the reason.
    pub act: String,
    /// The gate whose hold it begins; else empty.
    pub gate: String,
    /// "Tick", "Choose…", "Fill in…", "Confirm", "Take back", "Start the hold".
    pub words: String,
}

/// A block that is no check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum BlockView {
    /// A paragraph or a list entry without a box.
    Prose {
        /// Line in the source.
        line: u32,
        /// Depth in lists, from 0.
        depth: u32,
        /// `•`, `1.` or empty.
        bullet: String,
        /// Whether it is quoted.
        quoted: bool,
        /// Its words.
        inlines: Vec<InlineView>,
    },
    /// A fence of commands, split.
    Commands {
        /// Line of the fence.
        line: u32,
        /// Its commands.
        commands: Vec<super::CommandView>,
    },
    /// Other code.
    Code {
        /// Line in the source.
        line: u32,
        /// Language, or empty.
        language: String,
        /// The text.
        text: String,
    },
    /// A table.
    Table {
        /// Line in the source.
        line: u32,
        /// The head's cells.
        head: Vec<Vec<InlineView>>,
        /// The rows' cells.
        rows: Vec<Vec<Vec<InlineView>>>,
    },
}

/// A piece of a line. Drawn as text; a link's target is shown and opened only through [`super::Intent::OpenOutside`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum InlineView {
    /// Plain words.
    Text {
        /// The words.
        text: String,
    },
    /// Emphasised words.
    Emphasis {
        /// The words.
        text: String,
    },
    /// Bold words.
    Strong {
        /// The words.
        text: String,
    },
    /// Code.
    Code {
        /// The code.
        text: String,
    },
    /// A link.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        target: String,
        /// Whether it may be opened outside (http, https, mailto, tel).
        opens: bool,
    },
}

/// The criteria beside the chosen phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CriteriaView {
    /// Groups: "In this phase", "Key metrics", "Roll back if", "Successful if".
    pub groups: Vec<CriteriaGroupView>,
}

/// A group of criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CriteriaGroupView {
    /// Its name.
    pub title: String,
    /// Its criteria.
    pub criteria: Vec<CriterionView>,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CriterionView {
    /// Names it.
    pub id: String,
    /// Line in the source.
    pub line: u32,
    /// "P95 latency"; the text where nothing measurable is named.
    pub name: String,
    /// "< 200 ms", "10 – 20 %", "= 0"; empty where the text gives no number.
    pub limit: String,
    /// `critical`, `high`, `medium`, or empty.
    pub severity: String,
    /// "for 2 min", "in the first hour", "target: <1%", or empty.
    pub remark: String,
    /// `firing`, `was` (it fired and does not any more), `never`, `unseen` (no data), `unarmed`, or empty where that is
    /// not looked at.
    pub state: String,
    /// "0.84 %"; the last reading. Empty where none was ever seen.
    pub reading: String,
    /// "since 07:21:10", "was 07:06:55 – 07:24:38", "never", "no metric or probe is bound to it".
    pub history: String,
}
