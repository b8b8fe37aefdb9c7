//! The page of the handoff: drafted from the room as it is, and never kept: what is true is true when it is signed.
//!
//! Owns: what the next person has to know, and in which order. Must not know: what a handoff changes.

mod first;
mod sections;
#[cfg(test)]
mod tests;
mod words;

use jiff::Timestamp;
use room::{Intent, Recorded, Room, RoundKey, Sight, decide};

pub(crate) use self::sections::first_windows;
pub(crate) use self::words::in_words;
use super::book::Book;
use super::log::{entries_after, with_corrections};
use super::people::people;
use super::routines::{in_round, title};
use super::times::{on_the_wall, on_the_wall_of_zone};
use super::watch::Seeing;
use super::words::{counted, small};
use crate::wire::{HandoffLineView, HandoffNoteView, HandoffView, ItemView, SignatureView};

/// So much of what happened since the first signature is shown: more is read in the log.
const MOST_CHANGES: usize = 12;
/// So many notes are shown.
const MOST_NOTES: usize = 12;
/// So many handoffs before this one.
const MOST_PAST: usize = 6;

/// What is looked at.
pub(crate) struct Handing<'a> {
    pub(crate) book: &'a Book<'a>,
    pub(crate) room: &'a Room,
    pub(crate) events: &'a [Recorded],
    pub(crate) seen: Option<&'a Seeing<'a>>,
    /// The login name, which acts until a person is chosen.
    pub(crate) login: &'a str,
    /// The short head of the log.
    pub(crate) head: &'a str,
    pub(crate) now: Timestamp,
}

/// The page.
pub(crate) fn handoff(handing: &Handing<'_>) -> HandoffView {
    let Handing { book, room, events, seen, login, now, .. } = *handing;
    let offer = room.handoffs().waiting.as_ref();
    let has = offer.map_or_else(|| room.has_the_room().unwrap_or(login), |offer| offer.of_whom());
    let to = offer.map(|offer| offer.to.as_str());
    let from = SignatureView {
        signed: offer.map(|offer| signed(room, &offer.by, has, offer.at)).unwrap_or_default(),
        ..signature(room, has)
    };
    let changed = offer.map(|offer| entries_after(book, room, events, offer.event, MOST_CHANGES));
    let (changed, count) = changed.unwrap_or_default();
    let (checks, checks_words) = checks(book, room, seen);
    let sections = sections::sections(handing);
    let all = people(room, login).people;
    let candidates: Vec<_> = all
        .into_iter()
        .filter(|person| person.initials != has && Some(person.initials.as_str()) != room.actor())
        .collect();
    let cannot_hand_over = match candidates.first() {
        None => "Nobody else is known in this room: name whoever takes over first (Shift+P).".to_owned(),
        Some(one) => refusal(room, &Intent::HandOver { to: one.initials.clone() }, now),
    };
    HandoffView {
        state: if offer.is_some() { "signed" } else { "open" }.to_owned(),
        drafted: format!("Drafted from the log at {}", on_the_wall_of_zone(now, room.resolved())),
        holds: match to {
            Some(to) => format!("{has} holds the room until {to} signs; alerts still ring here."),
            None => format!("{has} has the room."),
        },
        to: to.map(|to| signature(room, to)).unwrap_or_default(),
        from,
        candidates,
        cannot_hand_over,
        cannot_take_over: refusal(room, &Intent::TakeOver { by: to.unwrap_or(has).to_owned() }, now),
        changed_words: match (offer, count) {
            (None, _) => String::new(),
            (Some(_), 0) => "Nothing happened since it was signed".to_owned(),
            (Some(_), count) => format!("{} since it was signed", counted(count, "event", "events")),
        },
        changed,
        first: first::first(handing, &sections),
        sections,
        notes: notes(room),
        notes_words: notes_words(room),
        checks,
        checks_words,
        signing: signing(handing, has, to),
        past: past(room),
    }
}

fn refusal(room: &Room, intent: &Intent, now: Timestamp) -> String {
    decide(room, intent, &Sight::default(), now).err().map(|refusal| refusal.to_string()).unwrap_or_default()
}

/// "signed 21:51:40 UTC"; who signed, where that is not whose room it is.
fn signed(room: &Room, by: &str, has: &str, at: Timestamp) -> String {
    let whose = if by == has { String::new() } else { format!(" by {by}") };
    format!("signed{whose} {}", on_the_wall_of_zone(at, room.resolved()))
}

fn signature(room: &Room, initials: &str) -> SignatureView {
    let person = room.people().iter().find(|person| person.initials == initials);
    let role = person.map(|person| person.role.clone()).filter(|role| !role.is_empty());
    let last = room.handoffs().past.last().filter(|last| last.by == initials);
    let since = last.map(|last| format!("has the room since {}", on_the_wall_of_zone(last.at, room.resolved())));
    SignatureView {
        initials: initials.to_owned(),
        name: person.map_or(initials, |person| person.name.as_str()).to_owned(),
        words: role.into_iter().chain(since).collect::<Vec<_>>().join(" · "),
        signed: String::new(),
    }
}

/// The notes that count: of the shift that runs, else of the whole room.
fn of_the_shift(room: &Room) -> impl DoubleEndedIterator<Item = &room::Note> {
    let since = room.handoffs().past.last().map(|last| last.at);
    room.notes().iter().filter(move |note| since.is_none_or(|since| note.recorded_at >= since))
}

fn notes(room: &Room) -> Vec<HandoffNoteView> {
    let view = |note: &room::Note| HandoffNoteView {
        event: number(note.event),
        by: format!("{} {}", on_the_wall(note.at, room.resolved()), note.actor),
        text: with_corrections(&note.text, room, note.event),
    };
    of_the_shift(room).rev().take(MOST_NOTES).map(view).collect()
}

fn notes_words(room: &Room) -> String {
    let all = of_the_shift(room).count();
    let words = format!("{all} from the log");
    let Some(offer) = &room.handoffs().waiting else { return words };
    match of_the_shift(room).filter(|note| note.event > offer.event).count() {
        0 => words,
        new => format!("{words}, {new} since it was signed"),
    }
}

/// The checks of the checklist's own handoff, as they stand in this shift.
fn checks(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>) -> (Vec<ItemView>, String) {
    let (mut views, mut settled, mut titles) = (Vec::new(), 0_usize, Vec::new());
    for table in room.timetables() {
        let Some(when) = room.handoff_round(&table) else { continue };
        let key = RoundKey { routine: table.key.clone(), due: when.due };
        let state = room.afterwards().round(&key);
        settled += table.items.iter().filter(|item| state.is_some_and(|state| state.mark(item).is_some())).count();
        let items = table.items.iter().filter_map(|item| book.item(item));
        views.extend(items.map(|item| in_round(book, room, item, &key, seen)));
        titles.push(title(room, &table));
    }
    if views.is_empty() {
        return (views, String::new());
    }
    let words = format!("{settled} of {} settled · {}", counted(views.len(), "check", "checks"), titles.join(", "));
    (views, words)
}

/// What signing does besides.
fn signing(handing: &Handing<'_>, has: &str, to: Option<&str>) -> Vec<(String, String)> {
    let room = handing.room;
    let name = |initials: &str| signature(room, initials).name;
    let next = to.map_or_else(|| "whoever signs".to_owned(), name);
    let ladder = room.ladder();
    let levels = ladder.iter().take(2).map(|contact| {
        let name = room.contact(&contact.id).map(|state| state.name.as_str()).filter(|name| !name.is_empty());
        format!("level {} {}", contact.order, name.unwrap_or(&contact.role))
    });
    let levels: Vec<String> = levels.collect();
    let mut lines = vec![("Acts".to_owned(), format!("{next}, from the second signature on"))];
    if !levels.is_empty() {
        lines.push(("Ladder".to_owned(), format!("stays as it is: {}", levels.join(", "))));
    }
    lines.push(("Alerts".to_owned(), "ring on this laptop, whoever has the room".to_owned()));
    lines.push(("Message".to_owned(), format!("“{next} has the room”, drafted for the team, to approve")));
    lines.push((
        "Log".to_owned(),
        format!("both names, head {}; until the second signs {has} can take it back", handing.head),
    ));
    lines
}

fn past(room: &Room) -> Vec<HandoffLineView> {
    let view = |handoff: &room::Handoff| HandoffLineView {
        title: format!("{} to {}", handoff.signed.of_whom(), handoff.by),
        words: match handoff.open.as_slice() {
            [] => String::new(),
            open => format!("left open: {}", open.join("; ")),
        },
        right: on_the_wall_of_zone(handoff.at, room.resolved()),
        event: number(handoff.event),
        ..HandoffLineView::default()
    };
    room.handoffs().past.iter().rev().take(MOST_PAST).map(view).collect()
}

/// An event's number for the wire.
fn number(event: u64) -> u32 {
    small(usize::try_from(event).unwrap_or(usize::MAX))
}
