//! The page of the watch: go-live, the rounds of what repeats, and what was learned.

mod grid;
mod metrics;
mod rounds;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use room::{
    Intent, Mode, Room, Sight, SuccessLine, SuccessStanding, Timetable, decide, speaks_against, success_lines,
    success_open,
};

pub(crate) use self::rounds::{in_round, named};
use super::book::Book;
use super::log::with_corrections;
use super::times::{clock, date, on_the_wall_of_zone, zone};
use super::updates::has_closing;
use super::watch::Seeing;
use super::words::counted;
use crate::wire::{GoLiveView, LessonView, RoutinesView, SuccessLineView, SuccessView};

/// The page.
pub(crate) fn routines(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>, now: Timestamp) -> RoutinesView {
    let tables = room.timetables();
    let (state, words) = state(room);
    let (metrics, metrics_words, contradictions) = metrics::metrics(book, room, seen);
    let (rounds, next_round) = rounds::rounds(book, room, &tables, seen, now);
    RoutinesView {
        state: state.to_owned(),
        words,
        go_live: go_live(room, now),
        // A handoff has no time of its own: its checks stand on its page, and a grid of it would be empty.
        grids: tables
            .iter()
            .filter(|table| table.rhythm != room::Rhythm::Handoff)
            .map(|table| grid::grid(room, table, seen, now))
            .collect(),
        rounds,
        next_round,
        next: next(room, now),
        last: rounds::last(room, &tables),
        missed: rounds::missed(room, now),
        metrics,
        metrics_words,
        contradictions,
        success: success(room, now),
        lessons: lessons(room),
        lessons_words: lessons_words(room, &tables),
    }
}

fn state(room: &Room) -> (&'static str, String) {
    let declared =
        room.went_live().map(|live| format!("live since {}, declared by {}", moment(room, live.at), live.actor));
    match (room.mode(), declared) {
        (Mode::Closed, _) => ("over", "The room is closed: nothing is due any more.".to_owned()),
        (Mode::RolledBack, _) => ("over", "It is rolled back: nothing is due any more.".to_owned()),
        (_, Some(declared)) => ("watch", declared),
        _ if room.plan().routines.is_empty() => ("none", "Nothing of this checklist repeats.".to_owned()),
        _ => ("before", "Rounds count from go-live, which nobody has declared yet.".to_owned()),
    }
}

/// What can be said of go-live now.
fn go_live(room: &Room, now: Timestamp) -> GoLiveView {
    if let Some(live) = room.went_live() {
        let declared = format!("{} · {}", live.actor, on_the_wall_of_zone(live.at, room.resolved()));
        let (grave, others) = (live.open.clone(), Vec::new());
        return GoLiveView { state: "declared".to_owned(), declared, grave, others, ..GoLiveView::default() };
    }
    let against = speaks_against(room);
    // A reason stands in for the one that is to be given: what is refused besides it is refused whatever is said.
    let intent = Intent::DeclareGoLive { reason: "so".to_owned() };
    let cannot = decide(room, &intent, &Sight::default(), now).err().map(|refusal| refusal.to_string());
    GoLiveView {
        state: if cannot.is_some() { "none" } else { "open" }.to_owned(),
        cannot: cannot.unwrap_or_default(),
        wants_reason: against.wants_reason(),
        grave: against.grave(),
        others: against.overridden.into_iter().chain(against.open).collect(),
        declared: String::new(),
    }
}

/// What can be said of success now.
fn success(room: &Room, now: Timestamp) -> SuccessView {
    if room.went_live().is_none() {
        return SuccessView::default();
    }
    let found = success_lines(room, now);
    let is_met = |line: &&SuccessLine| matches!(line.standing, SuccessStanding::Met | SuccessStanding::OnWord);
    let met = found.iter().filter(is_met).count();
    let met = format!("{met} of {} criteria are met, seen or on word", found.len());
    let lines = found.into_iter().map(|line| {
        let until = line.until.map(|until| format!(", until {}", moment(room, until))).unwrap_or_default();
        let unseen = line.judged.as_ref().map_or(0, |judged| judged.unseen_ms / 1000);
        let unseen =
            if unseen == 0 { String::new() } else { format!(", unseen for {}", super::words::stopwatch(unseen)) };
        SuccessLineView {
            text: line.text,
            state: success_word(line.standing).to_owned(),
            words: format!("{}{until}{unseen}", line.words),
        }
    });
    let lines = lines.collect();
    let has_closing = has_closing(room);
    if let Some(declared) = room.succeeded() {
        let words = format!("{} · {}", declared.actor, on_the_wall_of_zone(declared.at, room.resolved()));
        return SuccessView {
            declared: words,
            met,
            lines,
            open: declared.open.clone(),
            has_closing,
            cannot: String::new(),
        };
    }
    let intent = Intent::DeclareSuccess { reason: "so".to_owned() };
    let cannot = decide(room, &intent, &Sight::default(), now).err().map(|refusal| refusal.to_string());
    let open = success_open(room, now);
    SuccessView { cannot: cannot.unwrap_or_default(), declared: String::new(), met, lines, open, has_closing }
}

/// The wire's word for where a criterion of success stands.
fn success_word(standing: SuccessStanding) -> &'static str {
    match standing {
        SuccessStanding::Met => "met",
        SuccessStanding::OnWord => "on_word",
        SuccessStanding::NotMet => "not_met",
        SuccessStanding::Unproven => "unproven",
        SuccessStanding::Running => "running",
        SuccessStanding::Overridden => "overridden",
        SuccessStanding::NotApplicable => "not_applicable",
        SuccessStanding::Open => "open",
    }
}

/// What is due next of each routine.
fn next(room: &Room, now: Timestamp) -> Vec<String> {
    let ahead = room.rounds_ahead(now).into_iter();
    ahead
        .map(|(table, round)| {
            let due = round.when.due;
            format!("{} in {}: {}", time(room, due), minutes(due, now), title(room, &table))
        })
        .collect()
}

fn lessons(room: &Room) -> Vec<LessonView> {
    let view = |lesson: &room::Note| {
        let at = lesson.at.to_zoned_datetime(room.resolved().zone.clone());
        LessonView {
            event: u32::try_from(lesson.event).unwrap_or(u32::MAX),
            by: format!("{} {} · {}", date(at.date()), clock(&at), lesson.actor),
            text: with_corrections(&lesson.text, room, lesson.event),
        }
    };
    room.lessons().iter().map(view).collect()
}

/// How many there are, and which review they are for: the last round that repeats by weeks.
fn lessons_words(room: &Room, tables: &[Timetable]) -> String {
    let is_weekly = |table: &&Timetable| {
        let every_s = room.plan().routines.get(table.index).and_then(|routine| routine.every_s);
        every_s.is_some_and(|every_s| every_s >= 7 * 86_400)
    };
    let count = counted(room.lessons().len(), "note", "notes");
    match tables.iter().find(is_weekly).and_then(|table| table.nth(1)) {
        Some(review) => {
            let at = review.due.to_zoned_datetime(room.resolved().zone.clone());
            format!("{count} · for {}", date(at.date()))
        }
        None => count,
    }
}

/// "Every 1 hour": a routine's words without what ends a heading.
pub(crate) fn title(room: &Room, table: &Timetable) -> String {
    let routine = room.plan().routines.get(table.index);
    routine.map(|routine| routine.text.trim().trim_end_matches(':').to_owned()).unwrap_or_default()
}

/// "21 Jan 14:18 UTC".
pub(crate) fn moment(room: &Room, at: Timestamp) -> String {
    let at = at.to_zoned_datetime(room.resolved().zone.clone());
    format!("{} {} {}", date(at.date()), clock(&at), zone(&at))
}

/// "09:18 UTC".
pub(super) fn time(room: &Room, at: Timestamp) -> String {
    let at = at.to_zoned_datetime(room.resolved().zone.clone());
    format!("{} {}", clock(&at), zone(&at))
}

/// A distance in whole minutes, so that it is another one once a minute: "38 min", "1 h 38 min".
pub(super) fn minutes(at: Timestamp, now: Timestamp) -> String {
    let minutes = at.duration_since(now).abs().as_mins();
    if minutes == 0 { "less than a minute".to_owned() } else { super::words::length(minutes.unsigned_abs() * 60) }
}
