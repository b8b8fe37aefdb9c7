//! What a room can be saved as. The window names the kind alone: where it is saved is asked by the desktop.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// The report, for people.
    Report,
    /// The checklist with its record.
    Checklist,
    /// The log with its chain.
    Events,
    /// What was measured.
    Samples,
    /// All of it in one file.
    Archive,
}

/// One of them, as it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportView {
    /// Names it for [`super::Intent::Export`].
    pub kind: ExportKind,
    /// "Report".
    pub title: String,
    /// "one page, prints".
    pub form: String,
}

/// What the room can be saved as, and what came of it last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ExportsView {
    /// All of them; the first is what the key saves.
    pub exports: Vec<ExportView>,
    /// What is being saved: the desktop asks where, or it is written. `None` where nothing is.
    pub under_way: Option<ExportKind>,
    /// Whether the desktop still asks where: nothing is written yet.
    pub is_asked: bool,
    /// "Report saved to ~/Documents/payments-api-4.2.0-20260121.html."; empty where nothing was saved.
    pub saved: String,
    /// Counts what was saved, so that the same words are told again.
    pub count: u32,
    /// What holds for all of them.
    pub note: String,
}
