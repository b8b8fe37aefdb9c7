//! What happened, in the order of time: the decisions, the gates and the grave alerts, each in the words of the log. Those
//! that are marked in the chart have a number.

use std::collections::HashSet;

use jiff::Timestamp;
use plan::{ItemId, Severity};
use room::{Event, HoldTurn, Meaning, Recorded, Room};
use serde::Serialize;

use super::{MOST, Seen, sentence};
use crate::watching::WATCH;
use crate::wire::project::told;

/// How many lines have a number at the most: so many can be told apart in the chart.
const NUMBERED: usize = 16;

/// A line.
pub(super) struct Line<'a> {
    pub(super) recorded: &'a Recorded,
    /// Its number in the chart.
    pub(super) number: Option<u32>,
    /// 0 for what was decided, 1 for what demanded it, 2 for the rest.
    rank: u8,
}

/// The lines, and how many were left out.
pub(super) struct Lines<'a> {
    pub(super) lines: Vec<Line<'a>>,
    left_out: usize,
}

/// As the template shows them.
#[derive(Serialize)]
pub(super) struct Timeline {
    lines: Vec<Shown>,
    more: String,
}

#[derive(Serialize)]
struct Shown {
    number: String,
    at: String,
    text: String,
    by: String,
    /// What corrects it.
    corrected: Vec<String>,
}

/// The lines of a log.
pub(super) fn lines<'a>(room: &Room, events: &'a [Recorded], span: (Timestamp, Timestamp)) -> Lines<'a> {
    let first = first_act(room, events);
    let ranked = |recorded: &'a Recorded| {
        let rank = if Some(recorded.seq) == first { Some(0) } else { rank(&recorded.event) };
        rank.map(|rank| Line { recorded, number: None, rank })
    };
    let mut lines: Vec<Line<'a>> = events.iter().filter_map(ranked).collect();
    let all = lines.len();
    // Where there are too many the lesser ones give way first, and of equals the later ones.
    let mut places = MOST;
    let kept: HashSet<u64> = (0..=2)
        .flat_map(|rank| {
            let of_rank: Vec<u64> =
                lines.iter().filter(|line| line.rank == rank).take(places).map(|line| line.recorded.seq).collect();
            places -= of_rank.len();
            of_rank
        })
        .collect();
    lines.retain(|line| kept.contains(&line.recorded.seq));
    let is_drawn = |line: &Line<'_>| (span.0..=span.1).contains(&line.recorded.occurred_at);
    let most = if lines.iter().filter(|line| is_drawn(line) && line.rank < 2).count() > NUMBERED { 0 } else { 1 };
    let numbered = lines.iter_mut().filter(|line| line.rank <= most && is_drawn(line)).take(NUMBERED);
    for (line, number) in numbered.zip(1..) {
        line.number = Some(number);
    }
    Lines { left_out: all - lines.len(), lines }
}

/// As they are shown.
pub(super) fn shown(seen: &Seen<'_>, lines: Lines<'_>) -> Timeline {
    let Lines { lines, left_out } = lines;
    let chosen: Vec<&Recorded> = lines.iter().map(|line| line.recorded).collect();
    let words = told(seen.room, seen.events, &chosen);
    let lines = lines.iter().zip(words).map(|(line, entry)| {
        let detail = if line.rank == 0 && !entry.detail.is_empty() {
            format!(": {}", super::one_line(&entry.detail))
        } else {
            String::new()
        };
        Shown {
            number: line.number.map(|number| number.to_string()).unwrap_or_default(),
            at: seen.at(line.recorded.occurred_at),
            text: format!("{}{detail}", sentence(&entry.text)),
            // What the room itself found stands there without a name.
            by: if line.recorded.actor == WATCH { String::new() } else { line.recorded.actor.clone() },
            corrected: super::corrected(seen.room, line.recorded.seq),
        }
    });
    let more = match left_out {
        0 => String::new(),
        left => format!("And {left} more, which the log has."),
    };
    Timeline { lines: lines.collect(), more }
}

/// The event with which the deployment began.
pub(super) fn first_act(room: &Room, events: &[Recorded]) -> Option<u64> {
    let from = room.plan().start.phase.as_ref();
    let phases = room.plan().phases.iter().skip_while(|phase| Some(&phase.section) != from);
    let items: HashSet<&ItemId> = phases.flat_map(|phase| &phase.items).collect();
    let begins = |event: &Event| match event {
        Event::Stated { item, answer, .. } => {
            items.contains(item) && answer.as_ref().is_none_or(|answer| answer.means != Meaning::NoGo)
        }
        Event::Overridden { item, .. } => items.contains(item),
        Event::GateEntered { .. } => true,
        _ => false,
    };
    events.iter().find(|recorded| begins(&recorded.event)).map(|recorded| recorded.seq)
}

fn rank(event: &Event) -> Option<u8> {
    match event {
        Event::AttemptBegan(_)
        | Event::Closed(_)
        | Event::GateOverridden { .. }
        | Event::GatePassed { .. }
        | Event::GoLiveDeclared(_)
        | Event::GoneBack(_)
        | Event::Reopened { .. }
        | Event::RollbackBegan { .. }
        | Event::RolledBack
        | Event::StoodDown { .. }
        | Event::SuccessDeclared(_) => Some(0),
        Event::Stated { answer: Some(answer), .. } if is_decision(answer) => Some(0),
        Event::AlertFired(fired) if fired.severity >= Severity::High => Some(1),
        Event::DeadlinePassed { .. } | Event::Blinded { .. } | Event::GateEntered { .. } | Event::WayChosen { .. } => {
            Some(1)
        }
        Event::HoldTurned { turn: HoldTurn::Paused | HoldTurn::Broken, .. } => Some(1),
        // What fires without demanding the way back, and what is over, stands among the alerts.
        Event::DeadlineExtended { .. }
        | Event::HoldTurned { .. }
        | Event::PlanReread(_)
        | Event::RehearsalBegan(_)
        | Event::ScheduleChanged(_)
        | Event::SeenAgain { .. }
        | Event::StepStated { .. }
        | Event::TakenOver(_) => Some(2),
        _ => None,
    }
}

/// Whether an answer goes on or holds the day: "GO", "NO-GO".
pub(super) fn is_decision(answer: &room::Answer) -> bool {
    answer.means == Meaning::NoGo || answer.words.trim().eq_ignore_ascii_case("go")
}
