//! Boxes: none, above every heading, without words.

use crate::model::{Level, Origin, Plan, SectionId};
use crate::read::notes::{Note, Notes};
use crate::read::quick::QuickSet;

/// Boxes that are missing, out of place or without words.
pub(crate) fn read(plan: &Plan, notes: &mut Notes<'_>) {
    if plan.counts.boxes == 0 {
        let (line, message) = match (plan.counts.tables, plan.counts.ignored.first()) {
            _ if !plan.items.is_empty() => (
                1,
                format!(
                    "There is no box to tick in this file; {} and {} were taken as checks instead, which the list of how it was read shows one by one.",
                    counted(plan.counts.recovered, "mark", "marks"),
                    counted(plan.counts.steps, "step without a box", "steps without a box"),
                ),
            ),
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
    let made: QuickSet<&SectionId> =
        plan.sections.iter().filter(|section| section.level == 0).map(|section| &section.id).collect();
    let first_step = plan.items.iter().find(|item| item.origin == Origin::Step);
    if let (Some(step), true) = (first_step, plan.counts.boxes > 0) {
        let steps = counted(plan.counts.steps, "entry", "entries");
        notes.at(step.range, Note {
            code: "BOX-19",
            level: Level::Note,
            message: format!("{steps} without a box, this one first, tell to do something and are read as steps that can be ticked."),
            mend: "Begin each with \"- [ ] \" if it is to be ticked; write what only explains as a sentence.",
        });
    }
    // What is no box is told of once: a table's rows all stand at the same place.
    let mut told = false;
    for item in &plan.items {
        let is_box = item.origin == Origin::Box;
        let is_above = item.section.as_ref().is_none_or(|section| made.contains(section));
        if is_above && (is_box || !told) {
            told |= !is_box;
            notes.at(item.range, Note { code: "BOX-01", level: Level::Warning, message:
                "This check stands above every heading and could not be placed in a phase; it is shown first in the run of the day.".to_owned(), mend: "Put it below the heading of the phase that it belongs to." });
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

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
