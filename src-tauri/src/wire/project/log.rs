//! The log in words: every kind of event as a sentence, with the names that the plan gives things.

mod after;
mod correct;
mod index;
mod kind;
mod page;
mod samples;
mod schedule;
mod watch;

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::Timestamp;
use plan::{ContactId, ItemId, MessageId, Resolved, SectionId};
use room::{AddedContact, Event, FilledContact, Opened, Recorded, Reread, Room};

use super::book::{Book, heading};
use super::escalation::{by, reached};
use super::messages::notice_title;
use super::times::{on_the_wall, start_words_there};
use super::words::{counted, days_and_length, small};
use crate::wire::{LogEntryView, LogGroupView, LogView};

pub(crate) use correct::{corrections, with_corrections};
pub(crate) use index::LogIndex;
pub(crate) use page::{Rows, log_page, row_on, told_between, words_of, words_of_places};

/// How many entries the footer shows.
const TAIL: usize = 3;

/// What the window always knows of the log.
pub(crate) fn log(
    book: &Book<'_>,
    room: &Room,
    events: &[Recorded],
    index: &LogIndex,
    head: &str,
    note_typed: &str,
) -> LogView {
    let teller = Teller::with(book, room, events, index.undone());
    LogView {
        count: small(events.len()),
        head: head.to_owned(),
        tail: events
            .iter()
            .rev()
            .filter(|recorded| !samples::is_of_samples(&recorded.event))
            .take(TAIL)
            .map(|recorded| teller.entry(recorded))
            .collect(),
        groups: kind::KINDS
            .iter()
            .map(|kind| LogGroupView {
                id: kind.id.to_owned(),
                title: kind.title.to_owned(),
                count: small(index.count_of(kind.id)),
            })
            .collect(),
        note_typed: note_typed.to_owned(),
    }
}

/// The log while its events are still being read: how many there are is known, and nothing of them is told.
pub(crate) fn log_being_read(room: &Room, head: &str, note_typed: &str) -> LogView {
    LogView {
        count: u32::try_from(room.last()).unwrap_or(u32::MAX),
        head: head.to_owned(),
        tail: Vec::new(),
        groups: Vec::new(),
        note_typed: note_typed.to_owned(),
    }
}

/// One event in words, as the log tells it.
pub(crate) fn entry_words(book: &Book<'_>, room: &Room, events: &[Recorded], recorded: &Recorded) -> String {
    Teller::of(book, room, events).entry(recorded).text
}

/// These events in words, in their order.
pub(crate) fn told(room: &Room, events: &[Recorded], chosen: &[&Recorded]) -> Vec<LogEntryView> {
    let book = Book::of(room.plan());
    let teller = Teller::of(&book, room, events);
    chosen.iter().map(|recorded| teller.entry(recorded)).collect()
}

/// What was decided, and what alarmed, with its moment: the part of the log that a record has to tell besides what it
/// says at each box.
pub(crate) fn decided_and_alarmed(room: &Room, events: &[Recorded]) -> Vec<(Timestamp, LogEntryView)> {
    let book = Book::of(room.plan());
    let teller = Teller::of(&book, room, events);
    let told = events.iter().filter(|recorded| kind::is_in_record(&recorded.event));
    told.map(|recorded| (recorded.occurred_at, teller.entry(recorded))).collect()
}

/// What happened after an event, the first first, as much of it as asked for, and how much it is; what only keeps the
/// record of samples is left out.
pub(crate) fn entries_after(
    book: &Book<'_>,
    room: &Room,
    events: &[Recorded],
    seq: u64,
    most: usize,
) -> (Vec<LogEntryView>, usize) {
    let from = usize::try_from(seq).unwrap_or(usize::MAX);
    let after = || {
        let after = events.iter().skip(from);
        after.filter(|recorded| recorded.seq > seq && !samples::is_of_samples(&recorded.event))
    };
    let teller = Teller::of(book, room, events);
    (after().take(most).map(|recorded| teller.entry(recorded)).collect(), after().count())
}

/// Tells events in words.
struct Teller<'a> {
    book: &'a Book<'a>,
    room: &'a Room,
    resolved: &'a Resolved,
    events: &'a [Recorded],
    undone: Cow<'a, HashSet<u64>>,
}

impl<'a> Teller<'a> {
    /// For a list that is told as a whole, whose index says already what was taken back.
    fn with(book: &'a Book<'a>, room: &'a Room, events: &'a [Recorded], undone: &'a HashSet<u64>) -> Self {
        Self { book, room, resolved: room.resolved(), events, undone: Cow::Borrowed(undone) }
    }

    fn of(book: &'a Book<'a>, room: &'a Room, events: &'a [Recorded]) -> Self {
        let undone = events.iter().filter_map(|recorded| match recorded.event {
            Event::Undone { event } => Some(event),
            _ => None,
        });
        Self { book, room, resolved: room.resolved(), events, undone: Cow::Owned(undone.collect()) }
    }

    fn entry(&self, recorded: &Recorded) -> LogEntryView {
        let (text, detail) = self.end_of_rehearsal(recorded).unwrap_or_else(|| self.words(&recorded.event));
        let written = on_the_wall(recorded.recorded_at, self.resolved);
        let at = on_the_wall(recorded.occurred_at, self.resolved);
        let item = kind::item(&recorded.event, self.events);
        let phase = item.and_then(|item| self.book.phase_of(item)).map(|phase| &phase.section);
        let item = item.filter(|_| phase.is_some());
        LogEntryView {
            seq: u32::try_from(recorded.seq).unwrap_or(u32::MAX),
            late: if written == at { String::new() } else { format!("noted late, {written}") },
            at,
            actor: recorded.actor.clone(),
            event: recorded.event.kind().to_owned(),
            text,
            detail,
            undone: self.undone.contains(&recorded.seq),
            kind: kind::of(&recorded.event).one.to_owned(),
            tone: kind::tone(&recorded.event).to_owned(),
            item: item.map(ToString::to_string).unwrap_or_default(),
            phase: phase.map(ToString::to_string).unwrap_or_default(),
            hash: String::new(),
            corrects: correct::corrects(&recorded.event),
            corrected_by: self.corrected_by(recorded.seq),
            stays: correct::stays(&recorded.event).to_owned(),
        }
    }

    /// The sentence, and what else belongs to it.
    fn words(&self, event: &Event) -> (String, String) {
        match event {
            Event::Opened(opened) => self.opened(opened),
            Event::PersonNamed(person) => {
                let role = if person.role.is_empty() { String::new() } else { format!(", {}", person.role) };
                (format!("{} is {}{role}", person.initials, person.name), String::new())
            }
            Event::ActorChosen { initials } => (format!("{initials} acts from now on"), String::new()),
            Event::Stated { item, saw, answer, values } => {
                let saw = saw.iter().map(|saw| format!("saw {saw}"));
                let values = values.iter().map(|value| format!("{}: {}", room::label(&value.field), value.value));
                let detail = saw.chain(values).collect::<Vec<_>>().join(" · ");
                match answer {
                    Some(answer) => {
                        let asked = self.book.item(item).map_or_else(|| self.past(item.as_str()), room::question);
                        (format!("answered: {asked}: {}", answer.words), detail)
                    }
                    None => (format!("stated: {}", self.item(item)), detail),
                }
            }
            Event::Confirmed { items } => self.confirmed(items),
            Event::Overridden { item, reason } => (format!("overridden: {}", self.item(item)), reason.clone()),
            Event::Deferred { item, to, reason } => {
                (format!("deferred to {}: {}", self.section(to), self.item(item)), reason.clone())
            }
            Event::NotApplicable { item, reason } => (format!("not applicable: {}", self.item(item)), reason.clone()),
            Event::EvidenceAdded(added) => {
                let (words, digest) = super::evidence::words(&added.evidence);
                let digest = if digest.is_empty() { String::new() } else { format!(" (SHA-256 {digest})") };
                (format!("attached to {}", self.item(&added.item)), format!("{words}{digest}"))
            }
            Event::Undone { event } => self.undone(*event),
            Event::ContactFilled(FilledContact { contact, name, phone, mail, chat, pager }) => {
                let known = [name, phone, mail, chat, pager].map(String::as_str);
                let known: Vec<&str> = known.into_iter().filter(|part| !part.is_empty()).collect();
                (format!("filled in: {}", self.contact(contact)), known.join(" · "))
            }
            Event::ContactProven { contact, way, words } => {
                (format!("answered {}: {}", by(*way), self.contact(contact)), words.clone())
            }
            Event::ContactAdded(AddedContact { role, name, phone, mail, .. }) => {
                let role = if role.is_empty() { String::new() } else { format!(", {role}") };
                let ways = [phone, mail].map(String::as_str).into_iter().filter(|way| !way.is_empty());
                (format!("put on the ladder: {name}{role}"), ways.collect::<Vec<_>>().join(" · "))
            }
            Event::ContactTried { contact, way, answered, words, about } => {
                let about = about.as_ref().map(|alert| format!(", about {}", self.alert(alert)));
                let who = self.contact(contact);
                (format!("{}{}", reached(&who, *way, *answered), about.unwrap_or_default()), words.clone())
            }
            Event::ChannelFilled { channel, target } if target.is_empty() => {
                (format!("emptied: {}", self.contact(channel)), String::new())
            }
            Event::ChannelFilled { channel, target } => {
                (format!("filled in: {}", self.contact(channel)), target.clone())
            }
            Event::DraftKept { draft, message, subject, body, .. } => {
                (format!("draft kept: {}", self.notice(*draft, message.as_ref())), letter(subject, body))
            }
            Event::DraftDropped { draft } => {
                (format!("draft dropped: {}", self.notice(*draft, self.template_of(*draft))), String::new())
            }
            Event::SentByHand { draft, message, to, subject, body } => {
                let notice = self.notice(*draft, message.as_ref());
                (format!("sent by hand to {to}: {notice}"), letter(subject, body))
            }
            Event::Noted { text } => (text.clone(), String::new()),
            Event::Corrected(corrected) => self.corrected(corrected),
            Event::PlanReread(reread) => self.reread(reread),
            Event::Closed(closed) => super::closing::in_log(closed),
            Event::Reopened { reason } => ("opened the room again".to_owned(), reason.clone()),
            Event::SamplesSealed(sealed) => self.samples_sealed(sealed),
            Event::SamplesRolledUp(rolled) => self.samples_rolled_up(rolled),
            Event::GoLiveDeclared(_)
            | Event::RoundTicked(_)
            | Event::RoundsMissed(_)
            | Event::RoundsExplained(_)
            | Event::SuccessDeclared(_)
            | Event::HandedOver(_)
            | Event::TakenOver(_)
            | Event::LessonNoted { .. } => self.afterwards(event),
            watched => self.watched(watched),
        }
    }

    fn opened(&self, opened: &Opened) -> (String, String) {
        let start = start_words_there(self.resolved);
        let moved = opened.moved_s;
        let by = days_and_length(moved.unsigned_abs());
        let detail = match moved {
            0 => String::new(),
            1.. => format!("every date of the text moved by {by}"),
            _ => format!("every date of the text moved back by {by}"),
        };
        (format!("opened from {}, T0 {start}", opened.file), detail)
    }

    fn confirmed(&self, items: &[ItemId]) -> (String, String) {
        let names: Vec<String> = items.iter().map(|item| self.item(item)).collect();
        match names.as_slice() {
            [only] => (format!("confirmed: {only}"), String::new()),
            several => (format!("confirmed {}", counted(several.len(), "claim", "claims")), several.join(" · ")),
        }
    }

    fn undone(&self, seq: u64) -> (String, String) {
        let at = usize::try_from(seq).ok().and_then(|seq| seq.checked_sub(1));
        match at.and_then(|at| self.events.get(at)).map(|recorded| &recorded.event) {
            // What is taken back is an act on a check or on a step, and never itself a taking back: this goes no deeper.
            Some(event) if !matches!(event, Event::Undone { .. }) => {
                (format!("took back {}", self.words(event).0), format!("event {seq}"))
            }
            _ => (format!("took back event {seq}"), String::new()),
        }
    }

    fn item(&self, id: &ItemId) -> String {
        self.book.item(id).map_or_else(|| self.past(id.as_str()), |item| item.text.to_string())
    }

    fn section(&self, id: &SectionId) -> String {
        self.book.section(id).map_or_else(|| self.past(id.as_str()), |section| heading(section).to_owned())
    }

    /// What the plan does not have any more, as it was called.
    fn past(&self, id: &str) -> String {
        self.room.words_of_the_past(id).unwrap_or(id).to_owned()
    }

    /// The checklist was read again: how much went on under other words, and how much of what was said has no place now.
    fn reread(&self, reread: &Reread) -> (String, String) {
        let seq = self.events.iter().find(|one| matches!(&one.event, Event::PlanReread(own) if **own == *reread));
        let seq = seq.map_or(0, |recorded| recorded.seq);
        let gone: Vec<&str> =
            self.room.gone().iter().filter(|gone| gone.event == seq).map(|gone| gone.text.as_str()).collect();
        let detail = match gone.len() {
            0 => "all that was said goes on".to_owned(),
            _ => format!("in the log alone from now on: {}", gone.join(" · ")),
        };
        (
            format!(
                "read the checklist again and accepted it, {}",
                counted(reread.text.lines().count(), "line", "lines")
            ),
            detail,
        )
    }

    /// A contact's role, or a channel's name.
    fn contact(&self, id: &ContactId) -> String {
        let plan = self.book.plan;
        let ladder = self.room.ladder();
        let contact = ladder.into_iter().find(|contact| &contact.id == id).map(|contact| &contact.role);
        let channel = || plan.channels.iter().find(|channel| &channel.id == id).map(|channel| &channel.text);
        contact.or_else(channel).map_or_else(|| self.past(id.as_str()), Clone::clone)
    }

    fn notice(&self, number: u32, message: Option<&MessageId>) -> String {
        notice_title(self.book.plan, number, message)
    }

    /// The template of a draft, which may be gone from the room's state.
    fn template_of(&self, number: u32) -> Option<&MessageId> {
        self.events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::DraftKept { draft, message, .. } if *draft == number => message.as_ref(),
            _ => None,
        })
    }
}

fn letter(subject: &str, body: &str) -> String {
    match (subject, body) {
        ("", body) => body.to_owned(),
        (subject, "") => subject.to_owned(),
        (subject, body) => format!("{subject}\n\n{body}"),
    }
}

#[cfg(test)]
mod tests;
