//! The phases and gates of the schedule, row by row.

use jiff::{SignedDuration, Timestamp};
use room::{Day, Ending, LengthSource, Room, Schedule, Solved, SolvedStep, Stage, StageStanding, Step};

use super::{seconds, share_of, slack_state, span, stopwatch_of};
use crate::wire::ScheduleRowView;
use crate::wire::project::times::{clock, on_the_wall};

/// The rows.
pub(super) fn rows(room: &Room, day: &Day, stands: &Schedule) -> Vec<ScheduleRowView> {
    let mut rows = Vec::new();
    for (stage, solved) in day.stages.iter().zip(&stands.stages) {
        rows.push(phase(room, stage, solved, stands.now));
        let planned = stage.planned_steps();
        for ((step, solved), planned) in stage.steps.iter().zip(&solved.steps).zip(planned) {
            rows.push(gate(room, stage, (step, solved, planned), stands.now));
        }
    }
    rows
}

/// Where each row is projected to be, in the order of the rows.
pub(super) fn projections(schedule: &Schedule) -> Vec<Option<(f64, f64)>> {
    let mut spans = Vec::new();
    for solved in &schedule.stages {
        spans.push(projected(solved.start, solved.end, schedule.now));
        spans.extend(solved.steps.iter().map(|step| projected(step.start, step.end, schedule.now)));
    }
    spans
}

fn projected(start: Option<Timestamp>, end: Option<Ending>, now: Timestamp) -> Option<(f64, f64)> {
    let end = end.filter(|end| !end.is_past)?.at;
    let from = start.unwrap_or(now).max(now).min(end);
    Some((seconds(from), seconds(end)))
}

fn phase(room: &Room, stage: &Stage, solved: &Solved, now: Timestamp) -> ScheduleRowView {
    let (from, to) = stage.planned;
    let end = stage.ended;
    let actual = stage.begun.map(|begun| (begun, end.unwrap_or(now)));
    let row = row(room, stage, solved.end, solved.latest, solved.slack);
    ScheduleRowView {
        title: stage.title.clone(),
        basis: basis(stage),
        planned: from.map(|from| (seconds(from), seconds(to.unwrap_or(from)))),
        planned_words: planned_words(room, from, to),
        actual: actual.map(|(from, to)| (seconds(from), seconds(to))),
        actual_words: actual_words(room, stage.begun, end),
        difference: match solved.standing {
            StageStanding::Done => difference(end, to.or(from)),
            StageStanding::Running => {
                difference(stage.begun, from).replace("late", "late begun").replace("early", "early begun")
            }
            StageStanding::Ahead | StageStanding::Left => String::new(),
        },
        projected: projected(solved.start, solved.end, now),
        earliest: match solved.standing {
            StageStanding::Left if stage.has_checks => "left open".to_owned(),
            StageStanding::Left => "–".to_owned(),
            _ => row.earliest,
        },
        is_critical: solved.is_critical,
        ..row
    }
}

fn gate(
    room: &Room,
    stage: &Stage,
    (step, solved, planned): (&Step, &SolvedStep, Option<(Timestamp, Timestamp)>),
    now: Timestamp,
) -> ScheduleRowView {
    let share = share_of(room, step);
    let hold = match (step.hold, step.planned) {
        (Some(hold), Some(planned)) if hold < planned => {
            format!("hold {}, not {}", stopwatch_of(hold), stopwatch_of(planned))
        }
        (Some(hold), _) => format!("hold {}", stopwatch_of(hold)),
        (None, _) => "no hold named".to_owned(),
    };
    let actual = step.entered.map(|entered| (entered, step.passed.unwrap_or(now)));
    // How far the hold ran is drawn from where it began: what it stood still for follows.
    let held = step.entered.filter(|_| step.passed.is_none() && !step.held.is_zero()).map(|entered| {
        let ran = step.counted_to.map_or(SignedDuration::ZERO, |to| now.duration_since(to).max(SignedDuration::ZERO));
        let end = entered.checked_add(step.held).and_then(|end| end.checked_add(ran)).unwrap_or(now).min(now);
        (seconds(entered), seconds(end))
    });
    ScheduleRowView {
        title: format!("{share} · {hold}"),
        is_step: true,
        planned: planned.map(|(from, to)| (seconds(from), seconds(to))),
        planned_words: planned.map(|(from, to)| planned_words(room, Some(from), Some(to))).unwrap_or_default(),
        actual: actual.map(|(from, to)| (seconds(from), seconds(to))),
        actual_words: actual_words(room, step.entered, step.passed),
        difference: difference(step.passed, planned.map(|(_, to)| to)),
        held,
        projected: projected(solved.start, solved.end, now),
        ..row(room, stage, solved.end, solved.latest, solved.slack)
    }
}

fn row(
    room: &Room,
    stage: &Stage,
    end: Option<Ending>,
    latest: Option<Timestamp>,
    slack: Option<SignedDuration>,
) -> ScheduleRowView {
    let resolved = room.resolved();
    ScheduleRowView {
        phase: stage.section.to_string(),
        title: String::new(),
        is_step: false,
        basis: String::new(),
        planned: None,
        actual: None,
        held: None,
        projected: None,
        planned_words: String::new(),
        actual_words: String::new(),
        difference: String::new(),
        earliest: earliest(room, end),
        latest: latest.map(|latest| on_the_wall(latest, resolved)).unwrap_or_default(),
        slack: slack.map_or_else(|| "–".to_owned(), span),
        slack_state: slack_state(slack),
        is_critical: false,
    }
}

/// "07:42:00", "≥ 07:52:00", "done".
pub(super) fn earliest(room: &Room, end: Option<Ending>) -> String {
    match end {
        None => "–".to_owned(),
        Some(Ending { is_past: true, .. }) => "done".to_owned(),
        Some(Ending { at, is_least, .. }) => {
            format!("{}{}", if is_least { "≥ " } else { "" }, on_the_wall(at, room.resolved()))
        }
    }
}

fn planned_words(room: &Room, from: Option<Timestamp>, to: Option<Timestamp>) -> String {
    let zone = &room.resolved().zone;
    let at = |at: Timestamp| clock(&at.to_zoned_datetime(zone.clone()));
    match (from, to) {
        (Some(from), Some(to)) => format!("{} – {}", at(from), at(to)),
        (Some(from), None) => at(from),
        (None, _) => String::new(),
    }
}

fn actual_words(room: &Room, from: Option<Timestamp>, to: Option<Timestamp>) -> String {
    let at = |at: Timestamp| on_the_wall(at, room.resolved());
    match (from, to) {
        (Some(from), Some(to)) => format!("{} – {}", at(from), at(to)),
        (Some(from), None) => format!("since {}", at(from)),
        (None, _) => String::new(),
    }
}

/// "12:00 late", "02:00 early", "on time".
fn difference(was: Option<Timestamp>, planned: Option<Timestamp>) -> String {
    let Some((was, planned)) = was.zip(planned) else { return String::new() };
    let by = was.duration_since(planned);
    match by.as_secs() {
        0 => "on time".to_owned(),
        1.. => format!("{} late", stopwatch_of(by)),
        _ => format!("{} early", stopwatch_of(by)),
    }
}

/// How long it is counted for, and why so.
fn basis(stage: &Stage) -> String {
    let length = stage.length.map(stopwatch_of).unwrap_or_default();
    match stage.source {
        LengthSource::Settings => format!("{length}, from war-room.toml"),
        LengthSource::Text => format!("{length}, as the checklist says"),
        LengthSource::UntilNext => format!("{length}, until the next phase is planned to begin"),
        LengthSource::Holds if stage.length.is_some() => {
            format!("{length}: its holds are longer than the time planned for it")
        }
        LengthSource::Holds => "its holds; nothing says how long the rest takes".to_owned(),
        LengthSource::Moment => "a moment: the checklist gives it no length".to_owned(),
        LengthSource::Unknown => "nothing says how long it takes: counted as nothing".to_owned(),
    }
}
