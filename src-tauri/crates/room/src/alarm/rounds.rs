//! Rounds that are due: told once each, and those that were missed once together, however long nobody looked.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Alarm, Notice, quiet};
use crate::event::{Event, MissedRun, RoundsMissed};
use crate::routine::{ROUNDS, RoundStanding, Timetable};
use crate::state::Room;

/// What was told of rounds, besides what the log knows.
#[derive(Debug, Clone, Default)]
pub(super) struct RoundsTold {
    /// Up to which moment rounds that are due were told.
    up_to: Option<Timestamp>,
    /// Up to which round of each routine it was said that they were missed.
    missed: BTreeMap<String, Timestamp>,
}

impl Alarm {
    /// The rounds that were missed and of which nothing was said yet, all in one event.
    #[must_use]
    pub fn missed_rounds(&mut self, room: &Room, now: Timestamp) -> Option<Event> {
        let is_new = |run: &MissedRun| self.rounds.missed.get(&run.routine).is_none_or(|said| *said < run.to);
        let runs: Vec<MissedRun> = room.missed_and_unsaid(now).into_iter().filter(is_new).collect();
        for run in &runs {
            self.rounds.missed.insert(run.routine.clone(), run.to);
        }
        (!runs.is_empty()).then(|| Event::RoundsMissed(Box::new(RoundsMissed { runs })))
    }

    /// The notification about rounds that fell due since the last one.
    pub fn rounds_due(&mut self, room: &Room, now: Timestamp) -> Option<Notice> {
        let live = room.went_live().filter(|_| room.makes_rounds())?.at;
        let told = [self.rounds.up_to, room.afterwards().told()].into_iter().flatten().max();
        let from = told.map_or(live, |told| told.max(live));
        if now <= from {
            return None;
        }
        self.rounds.up_to = Some(now);
        let mut due: Vec<(Timetable, Timestamp, SignedDuration)> = Vec::new();
        let (mut missed, mut span): (u64, Option<(Timestamp, Timestamp)>) = (0, None);
        for table in room.timetables() {
            for when in table.between(from, now) {
                match room.round(&table, when, now).standing {
                    RoundStanding::Due | RoundStanding::Overdue => {
                        due.push((table.clone(), when.due, now.duration_since(when.due)));
                    }
                    RoundStanding::Missed => {
                        missed = missed.saturating_add(1);
                        let (first, last) = span.unwrap_or((when.due, when.due));
                        span = Some((first.min(when.due), last.max(when.due)));
                    }
                    RoundStanding::Ahead | RoundStanding::Unfinished | RoundStanding::Done => {}
                }
            }
        }
        notice(room, &due, missed, span)
    }
}

fn notice(
    room: &Room,
    due: &[(Timetable, Timestamp, SignedDuration)],
    missed: u64,
    span: Option<(Timestamp, Timestamp)>,
) -> Option<Notice> {
    let wall = |at: Timestamp| at.to_zoned_datetime(room.resolved().zone.clone());
    let at = |at: Timestamp| wall(at).strftime("%H:%M %Z").to_string();
    let name = |table: &Timetable| {
        let routine = room.plan().routines.get(table.index);
        routine.map(|routine| routine.text.trim().trim_end_matches(':').to_owned()).unwrap_or_default()
    };
    let lines = due.iter().map(|(table, when, _)| {
        let checks = table.items.len();
        format!("{}: {checks} {}, due {}", name(table), if checks == 1 { "check" } else { "checks" }, at(*when))
    });
    let missed_words = span.map(|(first, last)| {
        let rounds = if missed == 1 { "1 round was".to_owned() } else { format!("{missed} rounds were") };
        if first == last {
            format!("{rounds} missed: {}", at(first))
        } else if wall(first).date() == wall(last).date() {
            format!("{rounds} missed, from {} to {}", at(first), at(last))
        } else {
            // Over a night a time alone would name two of them.
            let day = |at: Timestamp| wall(at).strftime("%-d %b %H:%M %Z").to_string();
            format!("{rounds} missed, from {} to {}", day(first), day(last))
        }
    });
    let title = match (due, &missed_words) {
        ([], None) => return None,
        ([], Some(words)) => words.clone(),
        ([(_, when, _)], None) => format!("Round due: {}", at(*when)),
        (several, None) => format!("{} rounds due", several.len()),
        (_, Some(words)) => format!("Round due; {words}"),
    };
    let why = missed_words.map(|words| format!("{words}. Do them late, or say why."));
    Some(quiet(ROUNDS, title, lines.chain(why).collect::<Vec<_>>().join("\n")))
}
