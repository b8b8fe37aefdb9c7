//! What is due, the next first; what is late before all.

use jiff::{SignedDuration, Timestamp};
use room::{ConditionState, Room};

use super::Seeing;
use crate::wire::project::book::Book;
use crate::wire::project::day::share;
use crate::wire::project::schedule::lost_at;
use crate::wire::project::words::{length, stopwatch};
use crate::wire::{DueEntryView, DueView};

/// How far ahead the list looks.
const AHEAD: SignedDuration = SignedDuration::from_hours(2);
/// What is nearer than this is urgent.
const URGENT: SignedDuration = SignedDuration::from_mins(1);
/// A list longer than this is no list of what is next.
const MOST: usize = 6;

/// What is due.
pub(crate) fn due(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>, now: Timestamp) -> DueView {
    if room.closed().is_some() {
        return DueView::default();
    }
    let mut entries: Vec<(Timestamp, String, String)> = Vec::new();
    if let Some(seen) = seen {
        of_the_watch(&mut entries, seen);
    }
    of_the_day(&mut entries, book, room, seen, now);
    of_rounds(&mut entries, room, now);
    entries.sort_by_key(|(at, _, _)| *at);
    let entries = entries.into_iter().filter(|(at, _, _)| at.duration_since(now) <= AHEAD).take(MOST);
    DueView { entries: entries.map(|(at, title, phase)| entry(at, title, phase, now)).collect() }
}

fn entry(at: Timestamp, title: String, phase: String, now: Timestamp) -> DueEntryView {
    let left = at.duration_since(now);
    let words = |length_of: SignedDuration| {
        let seconds = length_of.unsigned_abs().as_secs();
        if seconds < 24 * 3600 { stopwatch(seconds) } else { length(seconds - seconds % 3600) }
    };
    let when = if left.is_negative() { format!("late {}", words(left)) } else { format!("in {}", words(left)) };
    DueEntryView { title, when, is_urgent: left <= URGENT, phase }
}

fn of_the_watch(entries: &mut Vec<(Timestamp, String, String)>, seen: &Seeing<'_>) {
    let watch = &seen.watching.watch;
    let room = seen.room;
    if let Some((alert, at)) = watch.verdict(room, seen.now).deadline {
        let name = seen.rule(&alert).map_or("blindness", |rule| rule.name.as_str());
        entries.push((at, format!("Roll back: {name}"), String::new()));
    }
    if let Some(blind) = watch.memory().blind().filter(|blind| blind.deadline().is_none()) {
        entries.push((blind.tolerated_until(room), "Blindness is HIGH".to_owned(), String::new()));
    }
    let Some(gate) = room.current_gate() else { return };
    let phase = phase_of(room, &gate.item);
    let HoldDue { ends, words } = hold_due(seen, gate);
    entries.extend(ends.map(|at| (at, format!("Hold of {} ends", share(gate)), phase.clone())));
    entries.extend(words.into_iter().map(|(text, at)| (at, format!("Say again: {text}"), phase.clone())));
}

/// What a gate's hold waits for.
pub(crate) struct HoldDue {
    /// When it is over, while its clock runs.
    pub(crate) ends: Option<Timestamp>,
    /// The conditions that stand on a word, and up to when it counts.
    pub(crate) words: Vec<(String, Timestamp)>,
}

/// What the hold of the gate that was entered waits for.
pub(crate) fn hold_due(seen: &Seeing<'_>, gate: &plan::Gate) -> HoldDue {
    let (watch, room) = (&seen.watching.watch, seen.room);
    let hold = watch.memory().hold();
    let left_ms = room.hold_s(gate).unwrap_or(0).saturating_mul(1000).saturating_sub(hold.held_ms());
    let left = SignedDuration::from_millis(i64::try_from(left_ms).unwrap_or(i64::MAX));
    let runs = hold.counted_to().filter(|_| left_ms > 0);
    let valid = SignedDuration::try_from(room.config().gates.word_valid_for).unwrap_or_default();
    let words = watch.conditions(room, gate, seen.now).into_iter().filter_map(|one| {
        let said = room.item(&one.item).and_then(|state| state.marks.last())?;
        let is_on_word = matches!(one.read.state, ConditionState::OnWord | ConditionState::WordRanOut);
        is_on_word.then(|| said.at.checked_add(valid).ok()).flatten().map(|at| (one.read.text, at))
    });
    HoldDue { ends: runs.and_then(|to| to.checked_add(left).ok()), words: words.collect() }
}

/// The beginnings of phases, and the end of the announced window.
fn of_the_day(
    entries: &mut Vec<(Timestamp, String, String)>,
    book: &Book<'_>,
    room: &Room,
    seen: Option<&Seeing<'_>>,
    now: Timestamp,
) {
    let phases = book.plan.phases.iter().zip(&room.resolved().phases);
    for (phase, span) in phases {
        let Some(start) = span.start.filter(|_| !room.is_behind_go_live(phase)) else { continue };
        let is_ahead = start > now;
        // Late is what began a while ago and of which nobody has done anything yet.
        let is_untouched = !phase.items.is_empty()
            && phase.items.iter().all(|item| room.item(item).is_none_or(|state| state.marks.is_empty()));
        let is_late = start <= now && now.duration_since(start) <= AHEAD && is_untouched;
        if is_ahead || is_late {
            entries.push((start, format!("{} starts", phase.title), phase.section.to_string()));
        }
    }
    if let Some(at) = lost_at(room, seen, now) {
        entries.push((at, "Announced window is lost".to_owned(), String::new()));
    } else if let Some((from, to)) = room.window()
        && from <= now
        && to > now
        && room.next_gate().is_some()
        && room.went_live().is_none()
    {
        entries.push((to, "Announced window ends".to_owned(), String::new()));
    }
}

/// The rounds that are due or next. What was missed is told once, and is no entry for ever.
fn of_rounds(entries: &mut Vec<(Timestamp, String, String)>, room: &Room, now: Timestamp) {
    if !room.makes_rounds() {
        return;
    }
    for (table, round) in room.rounds_due(now).into_iter().chain(room.rounds_ahead(now)) {
        let Some(routine) = room.plan().routines.get(table.index) else { continue };
        let title = format!("Round: {}", routine.text.trim().trim_end_matches(':'));
        let phase = table.items.first().map(|item| phase_of(room, item)).unwrap_or_default();
        entries.push((round.when.due, title, phase));
    }
}

fn phase_of(room: &Room, item: &plan::ItemId) -> String {
    let phase = room.plan().phases.iter().find(|phase| phase.items.contains(item));
    phase.map(|phase| phase.section.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use room::{Event, GoLiveDeclared};

    use super::*;
    use crate::wire::project::sample;

    #[test]
    fn with_go_live_nothing_of_the_day_starts_any_more_and_nothing_of_it_is_late() {
        let titles = |room: &Room, now: &str| -> Vec<String> {
            let view = due(&Book::of(room.plan()), room, None, now.parse().unwrap());
            view.entries.into_iter().map(|entry| entry.title).filter(|title| title.ends_with(" starts")).collect()
        };
        assert!(!titles(&sample::room(), "2026-01-21T06:00:00Z").is_empty());
        let live = GoLiveDeclared { reason: String::new(), open: Vec::new() };
        let room = sample::room_after(&sample::recorded([Event::GoLiveDeclared(Box::new(live))]));
        assert_eq!(titles(&room, "2026-01-21T06:00:00Z"), [""; 0]);
    }
}
