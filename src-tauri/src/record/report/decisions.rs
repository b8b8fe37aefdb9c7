//! What people decided, each with what was observed at that second: what its own event holds, else what the signals showed.

use jiff::Timestamp;
use plan::Severity;
use room::{AlertId, ConditionRead, ConditionState, Event, Meaning, Recorded};
use serde::Serialize;

use super::chart::shown_at;
use super::timeline::is_decision;
use super::{Seen, clock, one_line};
use crate::wire::project::told;

/// A decision.
#[derive(Serialize)]
pub(super) struct Decision {
    /// "ROLL BACK".
    word: &'static str,
    /// `good`, `bad`, `due` or `plain`.
    of: &'static str,
    at: String,
    by: String,
    /// In the words of the log, with the reason.
    text: String,
    /// What was observed.
    observed: String,
    /// What corrects it.
    corrected: Vec<String>,
}

/// The decisions of a log, in its order.
pub(super) fn decisions(seen: &Seen<'_>) -> Vec<Decision> {
    let decided: Vec<&Recorded> = seen.events.iter().filter(|recorded| word(seen, recorded).is_some()).collect();
    let firing = firing_at(seen.events, &decided);
    let words = told(seen.room, seen.events, &decided);
    let of = decided.iter().zip(words).zip(firing).filter_map(|((recorded, entry), firing)| {
        let (word, of) = word(seen, recorded)?;
        // A gate's conditions stand beside it, as what was observed.
        let is_passed = matches!(recorded.event, Event::GatePassed { .. });
        let detail = if is_passed { String::new() } else { one_line(&entry.detail) };
        Some(Decision {
            word,
            of,
            at: seen.at(recorded.occurred_at),
            by: recorded.actor.clone(),
            text: if detail.is_empty() {
                super::sentence(&entry.text)
            } else {
                format!("{}: {detail}", super::sentence(&entry.text))
            },
            observed: observed(seen, recorded, firing),
            corrected: super::corrected(seen.room, recorded.seq),
        })
    });
    of.collect()
}

fn word(seen: &Seen<'_>, recorded: &Recorded) -> Option<(&'static str, &'static str)> {
    Some(match &recorded.event {
        Event::Stated { answer: Some(answer), .. } if is_decision(answer) => match answer.means {
            Meaning::NoGo => ("NO-GO", "bad"),
            _ => ("GO", "good"),
        },
        Event::GatePassed { on_word: true, .. } => ("PASSED ON WORD", "due"),
        Event::GatePassed { .. } => ("PASSED", "good"),
        Event::GateOverridden { .. } | Event::Overridden { .. } => ("OVERRIDDEN", "due"),
        Event::GoneBack(_) => ("GONE BACK", "due"),
        Event::GoLiveDeclared(declared) if declared.open.is_empty() => ("GO-LIVE", "good"),
        Event::GoLiveDeclared(_) => ("GO-LIVE", "due"),
        Event::SuccessDeclared(declared) if declared.open.is_empty() => ("SUCCESS", "good"),
        Event::SuccessDeclared(_) => ("SUCCESS", "due"),
        Event::RollbackBegan { .. } => ("ROLL BACK", "bad"),
        Event::RolledBack if is_rehearsed(seen, recorded.occurred_at) => ("REHEARSED", "plain"),
        Event::RolledBack => ("ROLLED BACK", "plain"),
        Event::StoodDown { .. } => ("STOOD DOWN", "plain"),
        Event::WayChosen { .. } => ("OTHER WAY", "plain"),
        Event::AttemptBegan(_) => ("NEW ATTEMPT", "plain"),
        Event::DeadlineExtended { .. } => ("MORE TIME", "due"),
        Event::AlertSilenced { .. } => ("SILENCED", "due"),
        Event::ScheduleChanged(_) => ("SCHEDULE", "due"),
        Event::PlanReread(_) => ("PLAN CHANGED", "due"),
        Event::Closed(_) => ("CLOSED", "plain"),
        Event::Reopened { .. } => ("RE-OPENED", "plain"),
        _ => return None,
    })
}

/// Whether the way back that was gone at that time was only a rehearsal.
fn is_rehearsed(seen: &Seen<'_>, at: Timestamp) -> bool {
    seen.room.rollbacks().iter().rfind(|one| one.began <= at).is_some_and(|one| one.is_rehearsal)
}

/// What fired at each of these events, the gravest first: one walk over the log for all of them.
fn firing_at(events: &[Recorded], chosen: &[&Recorded]) -> Vec<Vec<String>> {
    let mut firing: Vec<(&AlertId, Severity, &str)> = Vec::new();
    let mut chosen = chosen.iter().peekable();
    let mut found = Vec::new();
    for recorded in events {
        match &recorded.event {
            Event::AlertFired(fired) => {
                firing.retain(|(alert, ..)| **alert != fired.alert);
                firing.push((&fired.alert, fired.severity, &fired.name));
            }
            Event::AlertResolved { alert, .. } => firing.retain(|(known, ..)| *known != alert),
            _ => {}
        }
        if chosen.next_if(|one| one.seq == recorded.seq).is_some() {
            let mut now = firing.clone();
            now.sort_by_key(|(_, severity, _)| std::cmp::Reverse(*severity));
            // More than a few say nothing more.
            let words =
                now.iter().take(3).map(|(_, severity, name)| format!("{} fires: {name}", severity_word(*severity)));
            found.push(words.collect());
        }
    }
    found
}

pub(super) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "CRITICAL",
        Severity::High => "HIGH",
        Severity::Medium => "MEDIUM",
    }
}

fn observed(seen: &Seen<'_>, recorded: &Recorded, firing: Vec<String>) -> String {
    let own = match &recorded.event {
        Event::GatePassed { readings, held_ms, .. } | Event::GateOverridden { readings, held_ms, .. } => {
            let held = i64::try_from(held_ms / 1000).unwrap_or(i64::MAX);
            let held = format!("held {}", clock(held));
            readings.iter().map(condition).chain([held]).collect()
        }
        Event::GoneBack(gone) => gone.readings.iter().map(condition).collect(),
        Event::SuccessDeclared(declared) => declared.met.clone(),
        _ => of_signals(seen, recorded.occurred_at),
    };
    let all: Vec<String> = own.into_iter().chain(firing).map(|words| one_line(&words)).collect();
    if all.is_empty() { "nothing was observed at that second".to_owned() } else { all.join(" · ") }
}

fn of_signals(seen: &Seen<'_>, at: Timestamp) -> Vec<String> {
    seen.signals.iter().filter_map(|one| shown_at(one, at)).collect()
}

fn condition(read: &ConditionRead) -> String {
    let state = match read.state {
        ConditionState::Pass => "met",
        ConditionState::Fail => "not met",
        ConditionState::NoData => "no data",
        ConditionState::TooFew => "too few samples",
        ConditionState::OnWord => "on word",
        ConditionState::WordRanOut => "word ran out",
        ConditionState::Open => "open",
    };
    if read.words.is_empty() {
        format!("{}: {state}", read.text)
    } else {
        format!("{}: {state}, {}", read.text, read.words)
    }
}
