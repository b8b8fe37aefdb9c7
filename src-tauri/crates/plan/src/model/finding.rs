//! What the reader noticed and a person should know before the day.

use serde::Serialize;

/// How much a finding matters. Ordered: an error is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// To be decided before the day.
    Warning,
    /// Would mislead the room.
    Error,
}

/// A stretch of the source; lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Range {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
}

/// One thing that the reader noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name of the rule, such as `TIM-01`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Level,
    /// Where it stands.
    #[serde(flatten)]
    pub range: Range,
    /// What goes wrong on the day, as a sentence.
    pub message: String,
    /// How to mend it, as a sentence.
    pub mend: String,
    /// Whether `check --fix` can mend it.
    pub fixable: bool,
}
