//! The rounds that can be done now, with their checks as boxes of their own.

use jiff::Timestamp;
use plan::{Item, ItemId};
use room::{Room, Round, RoundKey, RoundSaid, RoundStanding, Timetable};

use super::grid::column_word;
use super::{minutes, moment, time, title};
use crate::wire::project::book::Book;
use crate::wire::project::inlines::Fences;
use crate::wire::project::rows::item_view;
use crate::wire::project::times::{on_the_wall, on_the_wall_of_zone};
use crate::wire::project::watch::Seeing;
use crate::wire::project::words::counted;
use crate::wire::{ItemView, LastRoundView, RoundView, SpaceView};

/// So many of the rounds that were missed can be done late.
const MOST_LATE: usize = 12;

/// The name of a check in a round. The window hands it back as it is.
pub(super) fn round_name(item: &ItemId, due: Timestamp) -> String {
    format!("{item}@{due}")
}

/// The check, and the round's time, that a name means; `None` for the name of a check outside of rounds.
pub(crate) fn named(name: &str) -> Option<(ItemId, Timestamp)> {
    let (item, due) = name.rsplit_once('@')?;
    Some((item.to_owned().into(), due.parse().ok()?))
}

/// The rounds that can be done now, and the name of the one that is to be done next: what was missed or left unfinished
/// can be done late, but nobody is led to it.
pub(super) fn rounds(
    book: &Book<'_>,
    room: &Room,
    tables: &[Timetable],
    seen: Option<&Seeing<'_>>,
    now: Timestamp,
) -> (Vec<RoundView>, String) {
    if !room.makes_rounds() {
        return (Vec::new(), String::new());
    }
    let (mut due, mut late) = (Vec::<(&Timetable, Round)>::new(), Vec::<(&Timetable, Round)>::new());
    for table in tables {
        let begun = table.begun(now);
        // One that is finished stays at hand until the next is due, so that a tick can be taken back.
        let current = table.nth(begun).map(|when| room.round(table, when, now));
        due.extend(current.map(|round| (table, round)));
        let next = table.next(now).filter(|when| Room::may_begin(table, *when, now));
        due.extend(next.map(|when| (table, room.round(table, when, now))));
        let past = (1..begun).rev().filter_map(|number| table.nth(number)).map(|when| room.round(table, when, now));
        let is_open = |round: &Round| matches!(round.standing, RoundStanding::Missed | RoundStanding::Unfinished);
        late.extend(past.filter(is_open).take(MOST_LATE).map(|round| (table, round)));
    }
    let is_to_be_done =
        |round: &Round| matches!(round.standing, RoundStanding::Due | RoundStanding::Overdue | RoundStanding::Ahead);
    due.sort_by_key(|(_, round)| (round.standing == RoundStanding::Done, !is_to_be_done(round), round.when.due));
    let next = due.iter().find(|(_, round)| is_to_be_done(round)).map(|(table, round)| name_of(table, round));
    late.sort_by_key(|(_, round)| std::cmp::Reverse(round.when.due));
    late.truncate(MOST_LATE);
    let rounds = due.into_iter().chain(late).map(|(table, round)| view(book, room, table, &round, seen, now));
    (rounds.collect(), next.unwrap_or_default())
}

fn name_of(table: &Timetable, round: &Round) -> String {
    format!("{}@{}", table.key, round.when.due)
}

fn view(
    book: &Book<'_>,
    room: &Room,
    table: &Timetable,
    round: &Round,
    seen: Option<&Seeing<'_>>,
    now: Timestamp,
) -> RoundView {
    let items = table.items.iter().filter_map(|id| book.item(id));
    let state = room.afterwards().round(&round.key);
    let settled = table.items.iter().filter(|id| state.is_some_and(|state| state.mark(id).is_some())).count();
    let next = table.begun(now).saturating_add(1);
    let stands = match round.standing {
        RoundStanding::Ahead => format!("due in {}", minutes(round.when.due, now)),
        RoundStanding::Due => "due".to_owned(),
        RoundStanding::Overdue => format!("overdue, due {} ago", minutes(round.when.due, now)),
        RoundStanding::Missed => format!("missed, {} ago: it can be done late", minutes(round.when.due, now)),
        RoundStanding::Unfinished => "left unfinished: it can be finished late".to_owned(),
        RoundStanding::Done => "finished".to_owned(),
    };
    let count = counted(table.items.len(), "check", "checks");
    RoundView {
        id: name_of(table, round),
        grid: table.key.clone(),
        due: round.when.due.to_string(),
        title: format!("{} · {}", moment(room, round.when.due), title(room, table)),
        state: column_word(room, round, next).to_owned(),
        words: format!("{stands} · {settled} of {count} settled"),
        items: items.map(|item| in_round(book, room, item, &round.key, seen)).collect(),
    }
}

/// A check as it stands in a round.
pub(crate) fn in_round(
    book: &Book<'_>,
    room: &Room,
    item: &Item,
    round: &RoundKey,
    seen: Option<&Seeing<'_>>,
) -> ItemView {
    let view = item_view(book, room, item, Fences::Split, seen);
    let mark = room.afterwards().round(round).and_then(|state| state.mark(&item.id));
    let state = match mark.map(|mark| &mark.said) {
        None => "open",
        Some(RoundSaid::Done { .. }) => "stated",
        Some(RoundSaid::Overridden { .. }) => "overridden",
        Some(RoundSaid::Deferred { .. }) => "deferred",
        Some(RoundSaid::NotApplicable { .. }) => "not_applicable",
    };
    let asks = if view.asks.is_empty() && (!item.choices.is_empty() || !item.fields.is_empty()) {
        item.text.to_string()
    } else {
        view.asks
    };
    let (act, words) = match mark.map(|mark| &mark.said) {
        Some(RoundSaid::Done { .. }) => ("undo", "Take back"),
        _ if asks.is_empty() => ("state", "Tick"),
        _ => ("ask", "Tick…"),
    };
    ItemView {
        id: round_name(&item.id, round.due),
        depth: 0,
        state: state.to_owned(),
        by: mark.map(|mark| format!("{} · {}", mark.actor, on_the_wall(mark.at, room.resolved()))).unwrap_or_default(),
        words: mark.map(|mark| said_words(&mark.said)).unwrap_or_default(),
        space: SpaceView { act: act.to_owned(), gate: String::new(), words: words.to_owned() },
        asks,
        // What offers answers or has blanks is answered in words here.
        answers: Vec::new(),
        fields: Vec::new(),
        below: item.expected.as_ref().map(|expected| format!("Expected: {expected}")).unwrap_or_default(),
        ..view
    }
}

/// What was seen, or why.
pub(super) fn said_words(said: &RoundSaid) -> String {
    match said {
        RoundSaid::Done { saw } => saw.clone().unwrap_or_default(),
        RoundSaid::Overridden { reason } | RoundSaid::NotApplicable { reason } => reason.clone(),
        RoundSaid::Deferred { reason } => format!("to the next round: {reason}"),
    }
}

/// The round that was finished last.
pub(super) fn last(room: &Room, tables: &[Timetable]) -> Option<LastRoundView> {
    let finished = room.afterwards().finished();
    let (key, state, done) = finished.into_iter().max_by_key(|(_, _, done)| done.at)?;
    let table = tables.iter().find(|table| table.key == key.routine)?;
    let resolved = room.resolved();
    let checks = table.items.iter().filter_map(|id| {
        let mark = state.mark(id)?;
        let text = room.plan().item(id).map(room::question)?;
        let said = match &mark.said {
            RoundSaid::Done { saw: None } => "done".to_owned(),
            RoundSaid::Done { saw: Some(saw) } => saw.clone(),
            RoundSaid::Overridden { reason } => format!("overridden: {reason}"),
            RoundSaid::Deferred { reason } => format!("deferred: {reason}"),
            RoundSaid::NotApplicable { reason } => format!("not applicable: {reason}"),
        };
        Some((text, said, format!("{} {}", mark.actor, on_the_wall(mark.at, resolved))))
    });
    let readings = done.readings.iter().map(|reading| match &reading.seen {
        Some(seen) => {
            let age_s = done.at.duration_since(seen.at).as_secs().max(0);
            (reading.name.clone(), seen.words.clone(), format!("{age_s} s old"))
        }
        None => (reading.name.clone(), format!("not seen: {}", reading.unseen), String::new()),
    });
    Some(LastRoundView {
        time: time(room, key.due),
        words: format!("{}, finished {} by {}", title(room, table), on_the_wall_of_zone(done.at, resolved), done.actor),
        checks: checks.collect(),
        readings: readings.collect(),
    })
}

/// What was missed and nobody explained, with when nobody looked.
pub(super) fn missed(room: &Room, now: Timestamp) -> String {
    let missed = room.missed(now);
    if missed.rounds == 0 {
        return String::new();
    }
    let first = missed.runs.iter().map(|run| run.from).min().unwrap_or(now);
    let last = missed.runs.iter().map(|run| run.to).max().unwrap_or(now);
    let away = room.afterwards().away().iter().rev().find(|(from, to)| *from <= last && first < *to);
    let slept = away.map(|(from, to)| format!("Nobody looked from {} to {}. ", moment(room, *from), moment(room, *to)));
    let count = |amount: u64| usize::try_from(amount).unwrap_or(usize::MAX);
    let rounds = counted(count(missed.rounds), "round", "rounds");
    let were = if missed.rounds == 1 { "was" } else { "were" };
    let span = if first == last {
        format!("at {}", moment(room, first))
    } else {
        format!("from {} to {}", moment(room, first), moment(room, last))
    };
    let checks = counted(count(missed.checks), "check", "checks");
    format!("{}{rounds} with {checks} {were} missed, {span}.", slept.unwrap_or_default())
}
