//! `war-room now`: how a room stands, in two lines for a chat.

use std::io;

use jiff::Timestamp;
use plan::{Gate, ItemId, Phase, PhaseSpan};
use room::{Mode, Room, VerdictWord};

use super::arguments::Now;
use super::{Streams, exit, room_file};
use crate::clock;
use crate::wire::project::{counted, left_open_count, mode_word, schedule_in_words, start_words_there, when_words};

/// Tells how a room stands.
pub(super) fn now(arguments: &Now, streams: &mut Streams<'_>) -> io::Result<u8> {
    let path = &arguments.room;
    let told = room_file::read(path)
        .and_then(|file| Ok((two_lines(file.room(path)?, &file.head, clock::now()), file.said(path), file.code)));
    match told {
        Ok((lines, words, code)) => {
            write!(streams.out, "{lines}")?;
            streams.out.flush()?;
            if !words.is_empty() {
                writeln!(streams.err, "{words}")?;
            }
            Ok(code)
        }
        Err(sentence) => {
            writeln!(streams.err, "{sentence}")?;
            Ok(exit::UNREADABLE)
        }
    }
}

/// The verdict with mode and what is next; then the day, when that is, the deadline, and the head. The verdict is the
/// last one that the log knows, with its time: nobody looks at production from here.
fn two_lines(room: &Room, head: &str, now: Timestamp) -> String {
    let plan = room.plan();
    let mode = match (room.mode(), room.closed()) {
        (Mode::Closed, Some(outcome)) => {
            let open = room.closing().map(|closed| left_open_count(&closed.open)).filter(|open| !open.is_empty());
            let open = open.map(|open| format!(", {open}")).unwrap_or_default();
            format!("closed: {}{open}", outcome.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        (mode, _) => mode_word(mode).to_owned(),
    };
    let next = plan.phases.iter().enumerate().find(|(_, phase)| open_in(room, &phase.items) > 0);
    let at =
        |moment: Timestamp| moment.to_zoned_datetime(room.resolved().zone.clone()).strftime("%H:%M:%S %Z").to_string();
    let verdict = match room.verdict().filter(|_| room.mode() != Mode::Closed) {
        Some((word, since)) if word != VerdictWord::NotWatched => format!("{word} since {}", at(since)),
        _ => VerdictWord::NotWatched.to_string(),
    };
    let burning = room.alerts().values().filter(|state| state.is_firing());
    let deadline = burning.filter_map(|state| state.deadline).min().filter(|_| room.mode() != Mode::Closed);
    let deadline = deadline.map(|deadline| format!("roll back by {} if it is not resolved", at(deadline)));
    // By the log alone: a hold that runs was counted at its last turn, and runs on.
    let schedule = schedule_in_words(room, None, now).filter(|_| room.mode() != Mode::Closed);
    let silenced = room.alerts().values().filter(|_| room.mode() != Mode::Closed).filter_map(|state| {
        let silence = state.silenced.as_ref()?;
        Some(format!("{} silenced until {} by {}", state.fired.name, at(silence.until), silence.actor))
    });
    let first = [verdict, mode].into_iter().chain(what_is_next(room, next.map(|(_, phase)| phase)));
    let when = next.map(|(at, phase)| {
        let span = room.resolved().phases.get(at).copied().unwrap_or(PhaseSpan { start: None, end: None });
        (phase, when_words(phase.when.as_ref(), span, room.resolved()))
    });
    let when = when.filter(|(_, words)| !words.is_empty()).map(|(phase, words)| format!("{} {words}", phase.title));
    let second = [room.title(), format!("T0 {}", start_words_there(room.resolved()))]
        .into_iter()
        .chain(when)
        .chain(deadline)
        .chain(schedule)
        .chain(silenced)
        .chain([format!("head {head}")]);
    let line = |parts: Vec<String>| parts.join(" · ");
    format!("{}\n{}\n", line(first.collect()), line(second.collect()))
}

/// The first phase in which something is open, and the first gate in it that nobody has settled.
fn what_is_next(room: &Room, phase: Option<&Phase>) -> Vec<String> {
    let Some(phase) = phase else { return vec!["nothing open in any phase".to_owned()] };
    let open = counted(open_in(room, &phase.items), "check", "checks");
    let mut words = vec![format!("next: {}, {open} open", phase.title)];
    let is_open = |gate: &&Gate| phase.items.contains(&gate.item) && !room.standing(&gate.item).is_settled();
    if let Some(gate) = room.plan().gates.iter().find(is_open) {
        let below = room.plan().item(&gate.item).map_or(0, |item| open_in(room, &item.children));
        words.push(format!("gate {}, {below} open below it", gate.text));
    }
    words
}

fn open_in(room: &Room, items: &[ItemId]) -> usize {
    items.iter().filter(|item| !room.standing(item).is_settled()).count()
}
