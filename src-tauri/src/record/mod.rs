//! What a room leaves for eyes and programs outside of the window: the sheet beside it, its exports, and
//! what a check says of its checklist.
//!
//! Owns: what stands in them. Pure: the room, the stored rows and the time come in as arguments. Must not know: files,
//! the window, who asked.

mod check;
mod lines;
mod markdown;
mod report;
mod samples;
mod sheet;

pub(crate) use check::{CheckReport, check_report, write_check};
pub(crate) use lines::export_jsonl;
pub(crate) use markdown::{About, export_md};
pub(crate) use report::{PIECES, Proof, Reported, charted, file_stem, report, span};
pub(crate) use samples::SamplesTable;
pub(crate) use sheet::sheet;

use jiff::Timestamp;
use plan::{ItemId, SectionId};
use room::{Note, Room, Standing};

use crate::wire::project::{counted, with_corrections};

/// Said of a box that is ticked in the checklist's text: never more than a claim.
const TICKED: &str = "ticked in the source";

/// A moment on the plan's wall, whole: `2026-01-21 06:31:02 UTC`.
fn moment(at: Timestamp, room: &Room) -> String {
    at.to_zoned_datetime(room.resolved().zone.clone()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string()
}

/// A section's name for a person; empty for one that the plan does not have.
fn section_title<'a>(room: &'a Room, id: &SectionId) -> &'a str {
    room.plan().section(id).map_or("", |section| if section.title.is_empty() { &section.text } else { &section.title })
}

/// `214 events`.
fn events(room: &Room) -> String {
    counted(usize::try_from(room.last()).unwrap_or(usize::MAX), "event", "events")
}

/// Words that a person typed, on one line: what breaks a line would end a list entry.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The notes and what was learned, by the time that each is about; what stands before the words of each.
fn noted(room: &Room) -> Vec<(&Note, &'static str)> {
    let mut all: Vec<(&Note, &str)> = room.notes().iter().map(|note| (note, "")).collect();
    all.extend(room.lessons().iter().map(|note| (note, "Learned: ")));
    all.sort_by_key(|(note, _)| (note.at, note.event));
    all
}

/// What is true of a check, who said so, when, and the value or the reason; and where what they said was corrected, how.
/// Nothing for a check of which nobody has said anything.
fn what_is_true(room: &Room, id: &ItemId) -> Option<String> {
    let words = standing_in_words(room, id)?;
    let last = room.item(id)?.marks.last();
    Some(last.map_or_else(|| words.clone(), |mark| one_line(&with_corrections(&words, room, mark.event))))
}

fn standing_in_words(room: &Room, id: &ItemId) -> Option<String> {
    let state = room.item(id)?;
    let act = |verb: &str| {
        let by = state.marks.last().map(|mark| format!(" by {} {}", mark.actor, moment(mark.at, room)));
        format!("{verb}{}", by.unwrap_or_default())
    };
    Some(match state.standing() {
        Standing::Open => return None,
        Standing::Claimed => format!("claimed: {TICKED}, confirmed by nobody"),
        Standing::Stated { saw: None } => act("stated"),
        Standing::Stated { saw: Some(saw) } => format!("{}: {}", act("stated"), one_line(saw)),
        Standing::AnsweredNo { words, .. } => format!("{}: {}, not done", act("answered"), one_line(words)),
        Standing::Observed { seen } => format!("observed {}: {}", moment(seen.at, room), one_line(&seen.words)),
        Standing::Lost { why, .. } => act(&format!("not met any more ({}), un-ticked", one_line(why))),
        Standing::Overridden { reason } => format!("{}: {}", act("overridden"), one_line(reason)),
        Standing::Deferred { to, reason } => {
            format!("{}: {}", act(&format!("deferred to {}", section_title(room, to))), one_line(reason))
        }
        Standing::NotApplicable { reason } => format!("{}: {}", act("not applicable"), one_line(reason)),
    })
}

#[cfg(test)]
mod tests;
