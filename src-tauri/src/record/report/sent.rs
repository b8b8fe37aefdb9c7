//! What was sent, as it went out; what was noted and corrected; and who was there.

use std::collections::BTreeSet;

use jiff::Timestamp;
use room::{Event, Recorded, Room, Sent};
use serde::Serialize;

use super::{one_line, sentence};
use crate::record::noted;
use crate::wire::LogEntryView;
use crate::wire::project::{on_the_wall, told, with_corrections};

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
    /// "noted late, 07:40:11", where it was.
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
        by: with_corrections(&sent.actor, room, sent.event),
        subject: one_line(&sent.subject),
        body: sent.body.trim_end().to_owned(),
    };
    room.sent().iter().map(message).collect()
}

/// The notes, and what was learned, in the order of time.
pub(super) fn notes(room: &Room) -> Vec<Note> {
    let note = |(note, begin): (&room::Note, &str)| {
        let words = with_corrections(&note.text, room, note.event);
        Note {
            at: on_the_wall(note.at, room.resolved()),
            late: late(room, note.at, note.recorded_at),
            by: note.actor.clone(),
            text: format!("{begin}{}", one_line(&words)),
        }
    };
    noted(room).into_iter().map(note).collect()
}

/// A correction, with what it corrects.
#[derive(Serialize)]
pub(super) struct Correction {
    event: u64,
    at: String,
    late: String,
    by: String,
    text: String,
    /// Why, and what the other event says.
    detail: String,
}

/// The corrections in the order of the log.
pub(super) fn corrections(room: &Room, events: &[Recorded]) -> Vec<Correction> {
    let chosen: Vec<&Recorded> = events.iter().filter(|one| matches!(one.event, Event::Corrected(_))).collect();
    let words = told(room, events, &chosen);
    let correction = |(recorded, entry): (&&Recorded, LogEntryView)| Correction {
        event: recorded.seq,
        at: on_the_wall(recorded.occurred_at, room.resolved()),
        late: late(room, recorded.occurred_at, recorded.recorded_at),
        by: entry.actor,
        text: sentence(&with_corrections(&entry.text, room, recorded.seq)),
        detail: one_line(&entry.detail),
    };
    chosen.iter().zip(words).map(correction).collect()
}

/// "noted late, 07:40:11"; empty where it was noted when it was.
fn late(room: &Room, at: Timestamp, recorded_at: Timestamp) -> String {
    let (at, written) = (on_the_wall(at, room.resolved()), on_the_wall(recorded_at, room.resolved()));
    if at == written { String::new() } else { format!("noted late, {written}") }
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
