//! Boxes: none, above every heading, without words.

use std::collections::HashSet;

use crate::model::{Level, Plan, SectionId};
use crate::read::notes::{Note, Notes};

/// Boxes that are missing, out of place or without words.
pub(crate) fn read(plan: &Plan, notes: &mut Notes<'_>) {
    if plan.counts.boxes == 0 {
        let (line, message) = match (plan.counts.tables, plan.counts.ignored.first()) {
            (0, Some(ignored)) => (
                ignored.line,
                format!(
                    "There is no box to tick in this file: all {} marks stand in fences or comments, so the room has no checks.",
                    plan.counts.ignored.len()
                ),
            ),
            (0, None) => (
                1,
                "There is no box to tick in this file, so the room has no checks; its text is shown as it is."
                    .to_owned(),
            ),
            (tables, _) => (
                1,
                format!(
                    "There is no box to tick in this file, only {tables} table{}; cells are shown as they are and cannot be ticked.",
                    if tables == 1 { "" } else { "s" }
                ),
            ),
        };
        notes.on_line(
            line,
            Note {
                code: "BOX-02",
                level: Level::Warning,
                message,
                mend: "Write each check as a list entry that begins with \"- [ ] \".",
            },
        );
    }
    // The section that was made for them has level 0.
    let made: HashSet<&SectionId> =
        plan.sections.iter().filter(|section| section.level == 0).map(|section| &section.id).collect();
    for item in &plan.items {
        if item.section.as_ref().is_none_or(|section| made.contains(section)) {
            notes.at(item.range, Note { code: "BOX-01", level: Level::Warning, message:
                "This box stands above every heading and could not be placed in a phase; it is shown first in the run of the day.".to_owned(), mend: "Put it below the heading of the phase that it belongs to." });
        }
        if item.text.is_empty() {
            notes.at(
                item.range,
                Note {
                    code: "BOX-03",
                    level: Level::Warning,
                    message: "This box has no words, so nobody can tell what it asks for.".to_owned(),
                    mend: "Write what is to be checked behind the box, or remove it.",
                },
            );
        }
    }
}
