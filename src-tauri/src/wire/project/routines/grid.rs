//! What repeats as a grid: its rounds as columns, its checks as rows.

use jiff::Timestamp;
use plan::ItemId;
use room::{
    Occurrence, Rhythm, Room, Round, RoundKey, RoundMark, RoundSaid, RoundStanding, Timetable, WallTime, measure,
};

use super::{minutes, moment, time, title};
use crate::wire::project::times::{clock, on_the_wall};
use crate::wire::project::watch::{Seeing, rule_of};
use crate::wire::project::words::{counted, small, stopwatch};
use crate::wire::{RoundCellView, RoundColumnView, RoundRowView, RoutineGridView};

/// As many rounds stand side by side at the most.
const WIDEST: i64 = 24;
/// So many of them are ahead where not all stand there.
const AHEAD: i64 = 3;

/// The grid.
pub(super) fn grid(room: &Room, table: &Timetable, seen: Option<&Seeing<'_>>, now: Timestamp) -> RoutineGridView {
    let (first, last) = shown(table, now);
    let rounds: Vec<Round> =
        (first..=last).filter_map(|number| table.nth(number)).map(|when| room.round(table, when, now)).collect();
    let next = table.begun(now).saturating_add(1);
    let rows = table.items.iter().map(|item| RoundRowView {
        item: item.to_string(),
        text: room.plan().item(item).map(room::question).unwrap_or_default(),
        cells: rounds
            .iter()
            .map(|round| {
                let mark = room.afterwards().round(&round.key).and_then(|state| state.mark(item));
                match mark {
                    Some(mark) => said(room, table, round, item, mark, seen),
                    None => unsaid(round, item, next, seen),
                }
            })
            .collect(),
    });
    let line = room.plan().routines.get(table.index).map_or(0, |routine| routine.line);
    RoutineGridView {
        id: table.key.clone(),
        title: title(room, table),
        line: small(line),
        rhythm: rhythm(room, table),
        next: match table.next(now) {
            Some(next) => format!("next {}, in {}", time(room, next.due), minutes(next.due, now)),
            None => "the last one was due".to_owned(),
        },
        earlier: earlier(room, table, first, now),
        rows: rows.collect(),
        columns: rounds.iter().map(|round| column(room, table, round, next)).collect(),
    }
}

/// The numbers of the rounds that stand there: all, or those around now.
fn shown(table: &Timetable, now: Timestamp) -> (i64, i64) {
    match table.last {
        Some(last) if last <= WIDEST => (1, last),
        last => {
            let ahead = table.begun(now).saturating_add(AHEAD).max(WIDEST);
            let end = last.map_or(ahead, |last| ahead.min(last));
            (end.saturating_sub(WIDEST - 1).max(1), end)
        }
    }
}

/// What became of the rounds that stand before those that are shown.
fn earlier(room: &Room, table: &Timetable, first: i64, now: Timestamp) -> String {
    let before = first.saturating_sub(1);
    if before < 1 {
        return String::new();
    }
    let all = (1..first).filter_map(|number| table.nth(number)).map(|when| room.round(table, when, now).standing);
    let (mut done, mut missed) = (0_usize, 0_usize);
    for standing in all {
        match standing {
            RoundStanding::Done => done += 1,
            RoundStanding::Missed => missed += 1,
            _ => {}
        }
    }
    let rounds = counted(usize::try_from(before).unwrap_or(usize::MAX), "earlier round", "earlier rounds");
    format!("{rounds}: {done} done, {missed} missed")
}

fn rhythm(room: &Room, table: &Timetable) -> String {
    match (table.rhythm, table.nth(1)) {
        (_, None) | (Rhythm::Handoff, _) => "no round falls into its time".to_owned(),
        (Rhythm::Every { every_s }, Some(first)) if every_s % 3600 == 0 => {
            let at = first.due.to_zoned_datetime(room.resolved().zone.clone());
            format!("at {}", at.strftime(":%M"))
        }
        (Rhythm::Every { .. }, Some(first)) => format!("from {} on", time(room, first.due)),
        (Rhythm::Days { step: 1, .. }, Some(first)) => format!("at {} each day", time(room, first.due)),
        (Rhythm::Days { .. }, Some(first)) => format!("{}, {}", weekday(room, first.due), moment(room, first.due)),
    }
}

fn column(room: &Room, table: &Timetable, round: &Round, next: i64) -> RoundColumnView {
    let state = room.afterwards().round(&round.key);
    let at = round.when.due.to_zoned_datetime(room.resolved().zone.clone());
    let label = match table.rhythm {
        Rhythm::Every { every_s } if every_s % 3600 == 0 => at.strftime("%H").to_string(),
        Rhythm::Every { .. } => clock(&at),
        Rhythm::Days { .. } | Rhythm::Handoff => format!("{} {}", weekday(room, round.when.due), at.day()),
    };
    let wall = match round.when.wall {
        WallTime::Once => None,
        WallTime::Skipped => Some("the zone skips its time on that day: it is due where the clock goes on"),
        WallTime::Twice => Some("its time is there twice on that day: the first counts"),
    };
    let words = [Some(words(room, table, round)), wall.map(str::to_owned)];
    RoundColumnView {
        due: round.when.due.to_string(),
        label,
        full: moment(room, round.when.due),
        state: column_word(room, round, next).to_owned(),
        words: words.into_iter().flatten().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; "),
        why: state
            .and_then(|state| state.why.as_ref())
            .map(|why| format!("{}: {}", why.actor, why.reason))
            .unwrap_or_default(),
    }
}

/// The wire's word for a round.
pub(super) fn column_word(room: &Room, round: &Round, next: i64) -> &'static str {
    let done = room.afterwards().round(&round.key).and_then(|state| state.done.as_ref());
    match done {
        Some(done) if done.late_s > 0 => "late",
        _ => standing_word(round, next),
    }
}

fn standing_word(round: &Round, next: i64) -> &'static str {
    match round.standing {
        RoundStanding::Ahead if round.when.number == next => "next",
        RoundStanding::Ahead => "ahead",
        RoundStanding::Due => "due",
        RoundStanding::Overdue => "overdue",
        RoundStanding::Missed if round.was_away => "asleep",
        RoundStanding::Missed => "missed",
        RoundStanding::Unfinished => "unfinished",
        RoundStanding::Done => "done",
    }
}

/// A check of a round of which nobody said anything. Of one that was missed is told what is stored of its signal: where
/// nobody looked then, it was fetched afterwards. That makes the round no less missed.
fn unsaid(round: &Round, item: &ItemId, next: i64, seen: Option<&Seeing<'_>>) -> RoundCellView {
    let state = standing_word(round, next);
    let shown = seen.filter(|_| round.standing == RoundStanding::Missed).and_then(|seen| {
        let rule = rule_of(item, seen)?;
        let criterion = rule.criterion.as_ref()?;
        let (low, high) = seen.watching.ends.at(&rule.signal, round.when.due)?;
        let (low, high) = (rule.in_own_unit(low), rule.in_own_unit(high));
        let told = |value| measure::with_unit(value, criterion.unit);
        let words = if told(low) == told(high) { told(low) } else { format!("{} to {}", told(low), told(high)) };
        Some((words, criterion.is_met_by(low) && criterion.is_met_by(high)))
    });
    let (state, words) = match shown {
        None => (state, String::new()),
        Some((words, true)) if round.was_away => {
            ("fetched", format!("fetched afterwards: {words}; nobody did the round"))
        }
        Some((words, false)) if round.was_away => (state, format!("fetched afterwards: {words}, not met")),
        Some((words, is_met)) => {
            let how = if is_met { "" } else { ", not met" };
            (state, format!("the signal showed {words}{how}; nobody did the round"))
        }
    };
    RoundCellView { state: state.to_owned(), words }
}

/// What was said of a check in a round; where a signal showed then that it is so, that is what it rests on, and not the tick.
fn said(
    room: &Room,
    table: &Timetable,
    round: &Round,
    item: &ItemId,
    mark: &RoundMark,
    seen: Option<&Seeing<'_>>,
) -> RoundCellView {
    let word = said_word(mark, table, round.when);
    let by = mark_words(room, mark);
    let Some((reading, is_met)) = shown_then(room, &round.key, item, seen) else {
        return RoundCellView { state: word.to_owned(), words: by };
    };
    let age_s = mark.at.duration_since(reading.at).as_secs().max(0);
    let fetched = if reading.fetched { ", fetched afterwards" } else { "" };
    let shown = format!("{} at {}, {age_s} s before{fetched}", reading.words, on_the_wall(reading.at, room.resolved()));
    let (state, shown) = match (word, is_met) {
        ("done", true) if reading.fetched => ("fetched", format!("observed: {shown}")),
        ("done", true) => ("observed", format!("observed: {shown}")),
        (word, true) => (word, format!("observed: {shown}")),
        // A person says that it is done, and the signal does not: both are told, and it is no observation.
        (word, false) => (word, format!("the signal showed {shown}: not met")),
    };
    RoundCellView { state: state.to_owned(), words: format!("{by} · {shown}") }
}

/// What the signal of a check's own criterion showed when its round was finished, and whether that meets it.
pub(super) fn shown_then<'room>(
    room: &'room Room,
    round: &RoundKey,
    item: &ItemId,
    seen: Option<&Seeing<'_>>,
) -> Option<(&'room room::Seen, bool)> {
    let done = room.afterwards().round(round)?.done.as_ref()?;
    let rule = rule_of(item, seen?)?;
    let criterion = rule.criterion.as_ref()?;
    let reading = done.readings.iter().find(|reading| reading.signal == rule.signal.name())?.seen.as_ref()?;
    let value: f64 = reading.value.parse().ok()?;
    let value = reading.unit.map_or(Some(value), |unit| measure::converted(value, unit, criterion.unit))?;
    Some((reading, criterion.is_met_by(value)))
}

fn said_word(mark: &RoundMark, table: &Timetable, when: Occurrence) -> &'static str {
    match mark.said {
        RoundSaid::Done { .. } if mark.at.duration_since(when.due) >= table.grace() => "late",
        RoundSaid::Done { .. } => "done",
        RoundSaid::Overridden { .. } => "overridden",
        RoundSaid::Deferred { .. } => "deferred",
        RoundSaid::NotApplicable { .. } => "not_applicable",
    }
}

/// "IB 15:19:02: 0.05 %".
fn mark_words(room: &Room, mark: &RoundMark) -> String {
    let by = format!("{} {}", mark.actor, on_the_wall(mark.at, room.resolved()));
    match super::rounds::said_words(&mark.said) {
        words if words.is_empty() => by,
        words => format!("{by}: {words}"),
    }
}

/// What became of a round, in words.
fn words(room: &Room, table: &Timetable, round: &Round) -> String {
    let done = room.afterwards().round(&round.key).and_then(|state| state.done.as_ref());
    if let Some(done) = done {
        let late = match done.late_s {
            0 => String::new(),
            late_s => format!(", late by {}", stopwatch(late_s)),
        };
        return format!("finished {} by {}{late}", on_the_wall(done.at, room.resolved()), done.actor);
    }
    match round.standing {
        RoundStanding::Missed if round.was_away => "missed: nobody looked when it was due".to_owned(),
        RoundStanding::Missed => "missed".to_owned(),
        RoundStanding::Unfinished => "left unfinished".to_owned(),
        RoundStanding::Due => {
            format!("due, overdue after {}", super::super::words::length(table.grace().as_secs().unsigned_abs()))
        }
        RoundStanding::Overdue => "overdue".to_owned(),
        RoundStanding::Ahead | RoundStanding::Done => String::new(),
    }
}

/// "Th".
fn weekday(room: &Room, at: Timestamp) -> String {
    let at = at.to_zoned_datetime(room.resolved().zone.clone());
    let name = at.strftime("%a").to_string();
    name.chars().take(2).collect()
}
