//! What was sent, as it went out; what was noted; and who was there.

use std::collections::BTreeSet;

use room::{Room, Sent};
use serde::Serialize;

use super::one_line;
use crate::wire::project::on_the_wall;

/// A message as it went out.
#[derive(Serialize)]
pub(super) struct Message {
    at: String,
    name: String,
    to: String,
    by: String,
    subject: String,
    body: String,
}

/// A note.
#[derive(Serialize)]
pub(super) struct Note {
    at: String,
    /// "written 07:40:11", where it was noted late.
    late: String,
    by: String,
    text: String,
}

/// The messages in the order of the log.
pub(super) fn messages(room: &Room) -> Vec<Message> {
    let name = |sent: &Sent| {
        let known = room.plan().messages.iter().find(|message| Some(&message.id) == sent.message.as_ref());
        known.map_or_else(|| format!("Notice {}", sent.draft), |message| one_line(&message.text))
    };
    let message = |sent: &Sent| Message {
        at: on_the_wall(sent.at, room.resolved()),
        name: name(sent),
        to: one_line(&sent.to),
        by: sent.actor.clone(),
        subject: one_line(&sent.subject),
        body: sent.body.trim_end().to_owned(),
    };
    room.sent().iter().map(message).collect()
}

/// The notes, and what was learned, in the order of time.
pub(super) fn notes(room: &Room) -> Vec<Note> {
    let mut all: Vec<(&room::Note, &str)> = room.notes().iter().map(|note| (note, "")).collect();
    all.extend(room.lessons().iter().map(|note| (note, "Learned: ")));
    all.sort_by_key(|(note, _)| (note.at, note.event));
    let note = |(note, begin): (&room::Note, &str)| {
        let (at, written) = (on_the_wall(note.at, room.resolved()), on_the_wall(note.recorded_at, room.resolved()));
        let late = if at == written { String::new() } else { format!("written {written}") };
        Note { at, late, by: note.actor.clone(), text: format!("{begin}{}", one_line(&note.text)) }
    };
    all.into_iter().map(note).collect()
}

/// Whoever stands behind initials, and who had the room when.
pub(super) fn people(room: &Room) -> Vec<String> {
    let role = |role: &str| if role.is_empty() { String::new() } else { format!(", {}", one_line(role)) };
    let mut lines: Vec<String> = room
        .people()
        .iter()
        .map(|person| format!("{}: {}{}", person.initials, one_line(&person.name), role(&person.role)))
        .collect();
    let handoffs = &room.handoffs().past;
    lines.extend(handoffs.iter().map(|handoff| {
        let (from, at) = (handoff.signed.of_whom(), on_the_wall(handoff.at, room.resolved()));
        format!("The room was handed over by {from} and taken over by {} {at}", handoff.by)
    }));
    let mut known = BTreeSet::new();
    lines.retain(|line| known.insert(line.clone()));
    lines.truncate(super::MOST);
    lines
}
