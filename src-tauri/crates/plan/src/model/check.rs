//! What is checked: items, criteria, gates, routines and the ways back.

use serde::{Deserialize, Serialize};

use super::{Block, CommandId, CriterionId, Few, Inlines, ItemId, Range, SectionId, Text, When};

/// The mark's state in the source. Never more than a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceMark {
    /// `[ ]`, `☐`, or no mark at all.
    Open,
    /// `[x]`, `[X]` or `✅`: somebody claims that it is done.
    Claimed,
    /// `[-]`: somebody took it off the list.
    Cancelled,
    /// `[~]`, `⏳`, `❌`: somebody meant something by it, and nobody can tell what it is now.
    Unknown,
}

/// What an item was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A task marker that Markdown knows.
    Box,
    /// A mark that Markdown shows as text, as a table's cell or as indented code.
    Recovered,
    /// No mark: a numbered or plain step.
    Step,
}

/// One of the answers of an item that is a choice (`Decision: [ ] GO [ ] NO-GO`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The answer's words ("NO-GO").
    pub text: String,
    /// Its mark in the source.
    pub state: SourceMark,
}

/// A blank that a person fills on the day ("Actual start: ____").
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What is asked for ("Actual start").
    pub text: String,
    /// The blank as it stands (`____`).
    pub blank: String,
}

/// How an item came to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A task marker.
    Check,
    /// A task marker that is a canary gate; see [`Gate`].
    Gate,
    /// The child of a gate that tells how long to hold.
    Hold,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Stable name.
    pub id: ItemId,
    /// Where its first line stands.
    pub range: Range,
    /// Its words without dress.
    pub text: Text,
    /// Its words as typed nodes.
    pub inlines: Inlines,
    /// The section it stands in; `None` above the first heading.
    pub section: Option<SectionId>,
    /// The item it is nested in.
    pub parent: Option<ItemId>,
    /// Depth of nesting below the section, from 0.
    pub depth: usize,
    /// The mark in the source.
    pub state: SourceMark,
    /// What it was made from.
    pub origin: Origin,
    /// The answers to choose from; empty where it is no choice.
    pub choices: Few<Choice>,
    /// The values that it asks a person for.
    pub fields: Few<Field>,
    /// Who does it, where the text says so ("Owner" column, "(DBA)", "Owner: Ada").
    pub owner: Option<Text>,
    /// When it is due, where its own words say so.
    pub due: Option<Box<When>>,
    /// What it is.
    pub kind: ItemKind,
    /// Direct children, in order.
    pub children: Few<ItemId>,
    /// What hangs on it besides children: fences, paragraphs.
    pub blocks: Few<Block>,
    /// The commands inside it or right after it, in order.
    pub commands: Few<CommandId>,
    /// What a command's comment promises (`# Expected: …`).
    pub expected: Option<Text>,
}

/// A unit in which a value is compared. The names are those of `war-room.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share of 1.
    Ratio,
    /// Hundredths.
    Percent,
    /// Seconds.
    S,
    /// Milliseconds.
    Ms,
    /// Bytes.
    Bytes,
    /// CPU cores.
    Cores,
    /// A number of things.
    Count,
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Operator {
    /// Below.
    #[serde(rename = "<")]
    Below,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// Above.
    #[serde(rename = ">")]
    Above,
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// Exactly.
    #[serde(rename = "=")]
    Equal,
    /// From `value` to `high`, both included.
    #[serde(rename = "between")]
    Between,
}

/// What a breach demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Investigate.
    Medium,
    /// Roll back after a deadline.
    High,
    /// Roll back now.
    Critical,
}

/// Where in the plan a criterion stands, which says when it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Before the day.
    Preparation,
    /// A condition of a gate.
    Gate,
    /// A check of a phase of the day.
    Phase,
    /// A key metric of the watch.
    Watch,
    /// A rollback decision criterion.
    Decision,
    /// A mark of a successful rollback.
    Rollback,
    /// A success criterion.
    Success,
}

/// A threshold or condition that the text names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Criterion {
    /// Stable name.
    pub id: CriterionId,
    /// Line in the source.
    pub line: usize,
    /// The words as they stand.
    pub text: String,
    /// What is measured: a name of the vocabulary (`error_rate`, `latency_p95`, `cpu`, …), else one made from the
    /// text (`nodes_ready`), or `None` where the text names nothing measurable.
    pub metric: Option<String>,
    /// How it is compared; `None` where the text gives no number ("normal").
    pub op: Option<Operator>,
    /// The bound in `unit`; the lower bound of `Between`.
    pub value: Option<f64>,
    /// The upper bound of `Between`.
    pub high: Option<f64>,
    /// The unit of `value` and `high`.
    pub unit: Option<Unit>,
    /// How long it must hold, in seconds, where the text says so ("2+ minutes").
    pub for_s: Option<u64>,
    /// Over which stretch it counts, in seconds ("first hour", "in first 24h").
    pub window_s: Option<u64>,
    /// What a breach demands, where a heading says so.
    pub severity: Option<Severity>,
    /// How long a HIGH may burn before the way back is due, in seconds, where the text says so ("roll back if not
    /// resolved in 15 min").
    pub deadline_s: Option<u64>,
    /// Where it stands.
    #[serde(rename = "where")]
    pub place: Place,
    /// What else the text says about it in brackets ("target: <1%").
    pub remark: Option<String>,
    /// The item it was read from, where it has a box.
    pub item: Option<ItemId>,
    /// The section it stands in.
    pub section: Option<SectionId>,
}

impl Criterion {
    /// Whether a value in the criterion's own unit makes the sentence true. A criterion without a number is true of
    /// none, and so is any of a value that is no number.
    #[must_use]
    pub fn is_met_by(&self, value: f64) -> bool {
        let (Some(op), Some(bound)) = (self.op, self.value) else { return false };
        match op {
            Operator::Below => value < bound,
            Operator::AtMost => value <= bound,
            Operator::Above => value > bound,
            Operator::AtLeast => value >= bound,
            Operator::Equal => value == bound,
            Operator::Between => self.high.is_some_and(|high| (bound..=high).contains(&value)),
        }
    }
}

/// A share of traffic that is held before the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gate {
    /// The item that is the gate.
    pub item: ItemId,
    /// Line in the source.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// Percent of the traffic, where the text names it.
    pub share_percent: Option<f64>,
    /// What the text says about the share in brackets ("First pod").
    pub remark: Option<String>,
    /// How long to hold, in seconds.
    pub hold_s: Option<u64>,
    /// The child that says so.
    pub hold_item: Option<ItemId>,
    /// The children that must be met.
    pub conditions: Vec<ItemId>,
}

/// What repeats.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Routine {
    /// The section that holds its items.
    pub section: SectionId,
    /// Line in the source.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// The interval in seconds.
    pub every_s: Option<u64>,
    /// When, where it is no interval or besides it: `shift_handoff`, or a date (`2026-01-28`).
    pub at: Option<String>,
    /// Its checks.
    pub items: Vec<ItemId>,
}

/// The ways back and how to know that they worked.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Rollback {
    /// The ways, in order.
    pub ways: Vec<RollbackWay>,
    /// What to run afterwards to see that it worked.
    pub verify: Vec<CommandId>,
    /// The time limit in seconds.
    pub target_s: Option<u64>,
    /// Line that names the limit.
    pub target_line: Option<usize>,
    /// The decision criteria.
    pub criteria: Vec<CriterionId>,
    /// The marks of a successful rollback.
    pub success: Vec<ItemId>,
}

/// One way back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RollbackWay {
    /// Line in the source.
    pub line: usize,
    /// Its name ("Rollback deployment").
    pub text: String,
    /// When it serves, where the text says so ("if during canary").
    pub when: Option<String>,
    /// Its commands; none where it goes by hand.
    pub commands: Vec<CommandId>,
    /// What the text says about going by hand ("Update DNS A record"), each step on a line of its own.
    pub by_hand: Option<String>,
    /// All that is done on it, in the order of the text.
    pub steps: Vec<WayStep>,
}

/// One step of a way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayStep {
    /// Line in the source.
    pub line: usize,
    /// What is done; empty where a command says it.
    pub text: String,
    /// The command, where it is one.
    pub command: Option<CommandId>,
}

impl WayStep {
    /// A step that is a command.
    #[must_use]
    pub fn of_command(line: usize, command: CommandId) -> Self {
        Self { line, text: String::new(), command: Some(command) }
    }
}
