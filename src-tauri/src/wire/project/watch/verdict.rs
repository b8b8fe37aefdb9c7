//! The verdict in its place in the head.

use jiff::Timestamp;
use plan::Severity;
use room::{AlertId, BlindMemory, Cause, Room, Verdict, VerdictWord};

use super::{Seeing, clock_between};
use crate::watching::Watching;
use crate::wire::VerdictView;
use crate::wire::project::words::{capitalised, counted};

/// The verdict; without a watch the room sees nothing, and says so.
pub(crate) fn verdict(room: &Room, seen: Option<&Seeing<'_>>) -> VerdictView {
    let Some(seen) = seen else {
        return view(VerdictWord::NotWatched, unwatched(room), "nothing is observed");
    };
    let verdict = seen.watching.watch.verdict(room, seen.now);
    let reason = seen.watching.watch.reason(room, &verdict);
    let mut lines = lines(&verdict, &reason, seen);
    lines.retain(|line| !line.is_empty());
    lines.truncate(2);
    view(verdict.word, lines, &reason)
}

fn unwatched(room: &Room) -> Vec<String> {
    if room.closed().is_some() {
        vec!["The room is closed:".to_owned(), "nothing is observed any more".to_owned()]
    } else {
        vec!["Nothing is bound to a probe:".to_owned(), "the room cannot see production".to_owned()]
    }
}

/// The wire's word for a verdict.
pub(super) fn kind(word: VerdictWord) -> &'static str {
    match word {
        VerdictWord::NotWatched => "not_watched",
        VerdictWord::Go => "go",
        VerdictWord::Hold => "hold",
        VerdictWord::Blind => "blind",
        VerdictWord::RollBack => "roll_back",
    }
}

fn view(word: VerdictWord, lines: Vec<String>, reason: &str) -> VerdictView {
    VerdictView { kind: kind(word).to_owned(), word: word.to_string(), lines, spoken: format!("{word}: {reason}") }
}

fn lines(verdict: &Verdict, reason: &str, seen: &Seeing<'_>) -> Vec<String> {
    let deadline = verdict.deadline.as_ref().map(|(_, at)| *at);
    let begun = seen.watching.watch.has_begun(seen.room, seen.now);
    // Whoever moved it stands beside it; the reason stands on the alert.
    let extended = verdict.deadline.as_ref().and_then(|(alert, _)| seen.room.alerts().get(alert)?.extended.as_ref());
    let moved = extended.map(|(actor, _)| format!(" · more time by {actor}")).unwrap_or_default();
    let runs = deadline.filter(|at| *at > seen.now);
    let runs = runs.map(|at| format!("{}{moved}", deadline_line(at, begun, seen.now))).unwrap_or_default();
    match &verdict.cause {
        Cause::Fires { alert } => {
            let demand = match seen.rule(alert).map(|rule| rule.severity) {
                _ if verdict.is_before_start => "Do not start: the plan would roll back".to_owned(),
                // A HIGH's time runs on beside it, whatever becomes of the CRITICAL.
                Some(Severity::Critical) => match deadline.filter(|at| *at > seen.now) {
                    Some(at) => {
                        format!("The plan says: roll back now · HIGH runs out in {}", clock_between(seen.now, at))
                    }
                    None => "The plan says: roll back now".to_owned(),
                },
                _ if runs.is_empty() => "Investigate".to_owned(),
                _ => runs,
            };
            vec![breach(alert, seen), demand]
        }
        Cause::Overdue { alert } => {
            let demand = if verdict.is_before_start { "Do not start" } else { "The time is up: roll back now" };
            vec![breach(alert, seen), demand.to_owned()]
        }
        Cause::Blind { names } => {
            let (all, fresh) = seen.signals();
            let since = seen.watching.watch.memory().blind().map_or(seen.now, BlindMemory::since);
            let silent = clock_between(since, seen.now);
            let unseen = all.saturating_sub(fresh);
            let first = match unseen {
                0 => format!("{} unseen for {silent}", counted(names.len(), "criterion", "criteria")),
                unseen => format!("{unseen} of {} unseen for {silent}", counted(all, "signal", "signals")),
            };
            let blind = seen.watching.watch.memory().blind().filter(|_| runs.is_empty());
            let second = blind.map_or(runs, |blind| tolerated(blind, seen));
            vec![first, second]
        }
        Cause::Unseen { names } => vec![format!("No data: {}", names.join(", ")), runs],
        Cause::NoGo { answers } => {
            let first = match answers.as_slice() {
                [one] => one.clone(),
                several => counted(several.len(), "answer says NO-GO", "answers say NO-GO"),
            };
            vec![first, "Nobody goes on before it is lifted".to_owned()]
        }
        Cause::Conditions { texts } => {
            let gate = seen.room.current_gate().map_or("the gate", |gate| gate.text.as_str());
            let open = match texts.as_slice() {
                [one] => one.clone(),
                several => counted(several.len(), "condition", "conditions"),
            };
            vec![format!("In {gate}:"), format!("{open} not met, or not said")]
        }
        Cause::AllGood { .. } => {
            let investigate = match verdict.to_investigate {
                0 => String::new(),
                count => format!("{count} to investigate"),
            };
            vec![capitalised(reason), investigate]
        }
        Cause::NothingArmed => {
            let room = seen.room;
            if !Watching::has_signals(room) {
                return unwatched(room);
            }
            let before = seen.now < room.resolved().start;
            let line =
                if before { "Decision criteria are armed from T0 on" } else { "No criterion is bound to a signal" };
            vec!["No criterion is armed:".to_owned(), line.to_owned()]
        }
        Cause::Waiting => vec![capitalised(reason)],
        Cause::Closed => unwatched(seen.room),
    }
}

/// "P95 latency 612 ms, > 500 ms for 04:12".
fn breach(alert: &AlertId, seen: &Seeing<'_>) -> String {
    let watch = &seen.watching.watch;
    let since = match alert.is_blind() {
        true => watch.memory().blind().map(BlindMemory::since),
        false => watch.rule_memory(alert).and_then(room::RuleMemory::since),
    };
    let length = since.map(|since| format!(" for {}", clock_between(since, seen.now))).unwrap_or_default();
    capitalised(&format!("{}{length}", watch.breach(alert)))
}

/// "Roll back in 25:48 if it is not resolved"; before the first act there is nothing to roll back.
pub(super) fn deadline_line(deadline: Timestamp, begun: bool, now: Timestamp) -> String {
    if begun {
        format!("Roll back in {} if it is not resolved", clock_between(now, deadline))
    } else {
        "Do not start before it is resolved".to_owned()
    }
}

/// "HIGH in 02:56 unless they are seen again".
fn tolerated(blind: &BlindMemory, seen: &Seeing<'_>) -> String {
    let until = blind.tolerated_until(seen.room);
    format!("HIGH in {} unless they are seen again", clock_between(seen.now, until))
}
