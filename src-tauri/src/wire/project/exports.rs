//! What a room can be saved as, in words.

use crate::wire::{ExportKind, ExportView};

/// What holds for all of them.
pub(crate) const NOTE: &str =
    "Made from the log on disk, for its owner alone. Secrets are named in the settings and stand in no export.";

/// All of them; the first is what the key saves.
pub(crate) fn exports() -> Vec<ExportView> {
    let kinds =
        [ExportKind::Report, ExportKind::Checklist, ExportKind::Events, ExportKind::Samples, ExportKind::Archive];
    kinds.map(|kind| ExportView { kind, title: export_title(kind).to_owned(), form: form(kind).to_owned() }).to_vec()
}

/// "Report".
pub(crate) fn export_title(kind: ExportKind) -> &'static str {
    match kind {
        ExportKind::Report => "Report",
        ExportKind::Checklist => "Checklist",
        ExportKind::Events => "Events",
        ExportKind::Samples => "Vitals",
        ExportKind::Archive => "Everything",
    }
}

fn form(kind: ExportKind) -> &'static str {
    match kind {
        ExportKind::Report => "one page, prints",
        ExportKind::Checklist => "Markdown, with its record",
        ExportKind::Events => "JSON lines, with the chain",
        ExportKind::Samples => "CSV, one row an answer",
        ExportKind::Archive => "archive with a verifier",
    }
}
