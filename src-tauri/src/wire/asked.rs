//! What a check asks for before it is done, and what its row of a table says besides.

use serde::Serialize;
use ts_rs::TS;

use super::InlineView;

/// One of the answers of a check that is a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnswerView {
    /// Its own words: "NO-GO".
    pub words: String,
    /// `done`, `not_met` (it says that the check is not done), `no_go` (nobody goes on before it is lifted) or
    /// `not_applicable`.
    pub means: String,
    /// Whether a person gave it, and it stands.
    pub chosen: bool,
    /// Whether the source marks it; never more than a claim.
    pub claimed: bool,
}

/// A blank of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldView {
    /// Names it for [`super::Act::Answer`]; may be empty.
    pub field: String,
    /// What it asks for, in words: "Version".
    pub label: String,
    /// What a person filled in; empty while nobody did.
    pub value: String,
}

/// A cell of a check's row in a table that its words do not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ColumnView {
    /// The column's head; may be empty.
    pub head: String,
    /// What stands in the cell.
    pub inlines: Vec<InlineView>,
}
