//! The checklist's own text with the record at each box. Whatever is not a box stays as it was, byte for byte.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use plan::{Item, SourceMark};
use room::{Event, Note, Recorded, Room, Sent, Standing};

use crate::wire::project::{corrections, decided_and_alarmed, planned_against_actual, told, with_corrections};

use super::{TICKED, events, moment, noted, one_line, what_is_true};

/// Where the checklist's own text begins and ends in the export, each on a line of its own.
pub(super) const BEGIN: &str = "<!-- The checklist begins. -->";
pub(super) const END: &str = "<!-- The checklist ends. -->";

/// What stands between a box's own words and the record.
pub(super) const DASH: &str = " — ";

/// What the room itself does not know of its log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    /// The log.
    pub(crate) events: &'a [Recorded],
    /// The last event's hash, in short.
    pub(crate) head: &'a str,
    /// What is wrong with the file after that event; empty where nothing is.
    pub(crate) damage: &'a str,
}

/// The whole export: a block that says what it is, the checklist, the notes, and what was sent.
pub(crate) fn export_md(room: &Room, about: About<'_>) -> String {
    let mut text = header(room, about);
    let _ = writeln!(text, "{BEGIN}");
    text.push_str(&annotated(room));
    let _ = write!(text, "\n{END}\n\n## What was decided, and what alarmed\n\n");
    text.push_str(&decided(room, about.events));
    text.push_str("\n## Notes\n\n");
    let notes = noted(room);
    if notes.is_empty() {
        text.push_str("None.\n");
    }
    for (note, begin) in notes {
        text.push_str(&of_note(room, note, begin));
    }
    text.push_str(&corrected(room, about.events));
    if !room.gone().is_empty() {
        text.push_str("\n## Said of what the checklist does not have any more\n\n");
    }
    for gone in room.gone() {
        let said = gone.marks.last().map(|mark| format!(" ({} {})", safe(&mark.actor), moment(mark.at, room)));
        let _ = writeln!(text, "- {}{}", safe(&one_line(&gone.text)), said.unwrap_or_default());
    }
    let compared = about.events.last().map(|last| planned_against_actual(room, last.recorded_at)).unwrap_or_default();
    if !compared.is_empty() {
        text.push_str("\n## Planned against actual\n\n");
    }
    for line in compared {
        let _ = writeln!(text, "- {}", safe(&one_line(&line)));
    }
    text.push_str("\n## Messages sent\n");
    if room.sent().is_empty() {
        text.push_str("\nNone.\n");
    }
    for sent in room.sent() {
        text.push_str(&of_sent(room, sent));
    }
    text
}

/// One line an event: when, who, what, and the reason or the value.
fn decided(room: &Room, events: &[Recorded]) -> String {
    let told = decided_and_alarmed(room, events);
    if told.is_empty() {
        return "Nothing.\n".to_owned();
    }
    let mut text = String::new();
    for (at, entry) in told {
        let detail = one_line(&entry.detail);
        let detail = if detail.is_empty() { String::new() } else { format!("{DASH}{}", safe(&detail)) };
        let words = safe(&one_line(&entry.text));
        let by: Vec<String> = corrections(room, u64::from(entry.seq)).iter().map(|words| one_line(words)).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", safe(&by.join("; "))) };
        let _ = writeln!(text, "- {} {}: {words}{detail}{by}", moment(at, room), safe(&entry.actor));
    }
    text
}

/// The corrections, each with what it corrects; nothing where there are none.
fn corrected(room: &Room, events: &[Recorded]) -> String {
    let chosen: Vec<&Recorded> = events.iter().filter(|one| matches!(one.event, Event::Corrected(_))).collect();
    if chosen.is_empty() {
        return String::new();
    }
    let mut text =
        "\n## Corrections\n\nWhat was corrected stands in the log as it was written, and so does what it did.\n\n"
            .to_owned();
    for (recorded, entry) in chosen.iter().zip(told(room, events, &chosen)) {
        let at = on_the_day(room, recorded.occurred_at, recorded.recorded_at);
        let words = with_corrections(&one_line(&entry.text), room, recorded.seq);
        let detail = safe(&one_line(&entry.detail));
        let _ = writeln!(text, "- {at} {}, event {}: {}{DASH}{detail}", safe(&entry.actor), recorded.seq, safe(&words));
    }
    text
}

/// When it was, and when it was written where that is another time.
fn on_the_day(room: &Room, at: Timestamp, recorded_at: Timestamp) -> String {
    let (at, written) = (moment(at, room), moment(recorded_at, room));
    if written == at { at } else { format!("{at} (noted late, {written})") }
}

fn header(room: &Room, about: About<'_>) -> String {
    let opened = room.opened();
    let mut lines = vec![
        format!("**{}**: the record of room `{}`", safe(&room.title()), safe(&opened.room)),
        format!("{}, head `{}`", events(room), about.head),
        format!("T0 {}, zone {}", moment(room.resolved().start, room), opened.zone),
        match room.reread_at() {
            0 => format!("Read from {}", safe(&opened.file)),
            event => format!("Read from {}, and once more as event {event} accepted it", safe(&opened.file)),
        },
    ];
    if let Some(drill) = &opened.drill {
        // First: nobody may take a rehearsal for the day.
        lines.insert(0, format!("**DRILL** {}, seed {}: made up, nothing of it happened", drill.scenario, drill.seed));
    }
    if let Some(outcome) = room.closed() {
        lines.push(format!("Closed: {}", safe(outcome)));
    }
    for person in room.people() {
        let role = if person.role.is_empty() { String::new() } else { format!(", {}", safe(&person.role)) };
        lines.push(format!("{}: {}{role}", safe(&person.initials), safe(&person.name)));
    }
    for handoff in &room.handoffs().past {
        let (from, at) = (safe(handoff.signed.of_whom()), moment(handoff.at, room));
        lines.push(format!("Handed over by {from}, taken over by {} {at}", safe(&handoff.by)));
    }
    if !about.damage.is_empty() {
        lines.push(format!("NOT WHOLE: {}", safe(about.damage)));
    }
    lines.push(
        "A tick is what a person stated or a signal showed; which of the two stands behind “—”, with the record."
            .to_owned(),
    );
    // Two blanks at its end make a line of its own of each.
    let quoted: Vec<String> = lines.iter().map(|line| format!("> {line}  \n")).collect();
    format!("{}\n", quoted.concat())
}

/// The text with every box as the room has it.
fn annotated(room: &Room) -> String {
    let mut boxes: HashMap<usize, Vec<&Item>> = HashMap::new();
    for item in &room.plan().items {
        boxes.entry(item.range.line).or_default().push(item);
    }
    let mut text = String::with_capacity(room.text().len() * 2);
    for (line, content) in (1..).zip(plan::line_ends(room.text()).split_inclusive('\n')) {
        match boxes.get(&line) {
            Some(items) => text.push_str(&with_records(room, items, content)),
            None => text.push_str(content),
        }
    }
    text
}

/// A line with the room's ticks and the records of its boxes. Nearly always that is one; several stand on what is one
/// line here only where the text ends its lines in another way.
fn with_records(room: &Room, items: &[&Item], line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    let mut records = Vec::new();
    for item in items {
        if !item.choices.is_empty() {
            rest = with_answer(room, item, rest, &mut text);
            records.extend(record_of(room, item));
            continue;
        }
        let Some((before, mark, after)) = box_in(rest) else { break };
        text.push_str(before);
        text.push(ticked(room.standing(&item.id).is_done(), mark));
        rest = after;
        records.extend(record_of(room, item));
    }
    let words = rest.trim_end();
    text.push_str(words);
    if !records.is_empty() {
        text.push_str(DASH);
        text.push_str(&records.join("; "));
    }
    text.push_str(rest.strip_prefix(words).unwrap_or_default());
    text
}

/// A mark as the room has it; what says the same already stays as it was.
fn ticked(is_so: bool, mark: char) -> char {
    match (is_so, mark) {
        (true, 'x' | 'X') | (false, ' ' | '\t') => mark,
        (true, _) => 'x',
        (false, _) => ' ',
    }
}

/// A line of answers: the one that was given is ticked, whatever it means, and no other. The box of the line itself, where
/// it is none of the answers, is ticked when the check is done.
fn with_answer<'a>(room: &Room, item: &Item, line: &'a str, text: &mut String) -> &'a str {
    let mut boxes = 0;
    let mut rest = line;
    while let Some((.., after)) = box_in(rest) {
        boxes += 1;
        rest = after;
    }
    let said = room.item(&item.id).and_then(|state| state.marks.last()).and_then(|mark| mark.said.as_ref());
    let given = said.and_then(|said| said.answer.as_ref()).map(|answer| answer.words.as_str());
    let is_own = boxes > item.choices.len();
    let own = is_own.then(|| room.standing(&item.id).is_done());
    let answers = item.choices.iter().map(|choice| Some(choice.text.as_str()) == given);
    let mut rest = line;
    for is_so in own.into_iter().chain(answers) {
        let Some((before, mark, after)) = box_in(rest) else { break };
        text.push_str(before);
        text.push(ticked(is_so, mark));
        rest = after;
    }
    rest
}

/// A line before, at and behind the mark in its first box.
fn box_in(line: &str) -> Option<(&str, char, &str)> {
    let at = line.match_indices('[').map(|(at, _)| at + 1).find(|at| {
        let inside = line.as_bytes().get(*at..).unwrap_or_default();
        matches!(inside, [b'x' | b'X' | b' ' | b'\t', b']', ..])
    })?;
    Some((line.get(..at)?, line.get(at..)?.chars().next()?, line.get(at + 1..)?))
}

fn record_of(room: &Room, item: &Item) -> Option<String> {
    let is_ticked = item.state == SourceMark::Claimed;
    let marked = item.choices.iter().filter(|choice| choice.state == SourceMark::Claimed);
    let marked: Vec<String> = marked.map(|choice| format!("“{}”", choice.text)).collect();
    let marked = marked.join(" and ");
    match what_is_true(room, &item.id) {
        None if !marked.is_empty() => Some(safe(&format!("open, {marked} {TICKED}"))),
        // A success criterion that was ticked before the day opens empty.
        None if is_ticked => Some(format!("open, {TICKED} before the day")),
        None => None,
        Some(words) if *room.standing(&item.id) == Standing::Claimed => Some(safe(&words)),
        Some(words) if !marked.is_empty() => Some(safe(&format!("{words} ({marked} {TICKED})"))),
        Some(words) if is_ticked => Some(safe(&format!("{words} ({TICKED})"))),
        Some(words) => Some(safe(&words)),
    }
}

fn of_note(room: &Room, note: &Note, begin: &str) -> String {
    let at = on_the_day(room, note.at, note.recorded_at);
    let words = with_corrections(&one_line(&note.text), room, note.event);
    format!("- {at} {}: {begin}{}\n", safe(&note.actor), safe(&words))
}

fn of_sent(room: &Room, sent: &Sent) -> String {
    let known = room.plan().messages.iter().find(|message| Some(&message.id) == sent.message.as_ref());
    let name = known.map_or_else(|| format!("Notice {}", sent.draft), |message| safe(&message.text));
    let subject = if sent.subject.is_empty() { String::new() } else { format!("Subject: {}\n\n", sent.subject) };
    let words = format!("{subject}{}", sent.body);
    // Longer than any row of back-ticks inside, so that none of them ends it.
    let longest = words.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let by = with_corrections(&sent.actor, room, sent.event);
    format!(
        "\n### {name}\n\n{} to {}, by hand, said {}\n\n{fence}text\n{}\n{fence}\n",
        moment(sent.at, room),
        safe(&one_line(&sent.to)),
        safe(&one_line(&by)),
        words.trim_end()
    )
}

/// Words as a reader of Markdown shows them: what would begin HTML or code does not. All else stays as it was typed, so
/// that it can be searched for.
fn safe(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins_html =
            letter == '<' && letters.peek().is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(*next));
        if letter == '`' || begins_html {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}
