//! Alerts, and how well the room can alarm.

use jiff::{SignedDuration, Timestamp};
use outbound::DoNotDisturb;
use plan::Severity;
use room::{AlertId, AlertState, Mode, NotifyOutcome, Phase, Purpose, Room, Rulebook, Verdict};

use super::verdict::deadline_line;
use super::{Seeing, aloud, blind, severity_word, silences, units};
use crate::watching::Watching;
use crate::wire::project::book::Book;
use crate::wire::project::times::on_the_wall;
use crate::wire::project::words::{capitalised, length};
use crate::wire::{AlertView, AlertsView, TestView, UnarmedView};

/// How many alerts are shown as cards: far more than a person reads, and few enough to be drawn at once in a storm.
const SHOWN: usize = 40;

/// How long what is resolved still shows.
const RESOLVED_SHOWS: SignedDuration = SignedDuration::from_mins(10);

/// The alerts of a room, and all that keeps it from alarming.
pub(crate) fn alerts(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>) -> AlertsView {
    // Where nothing is observed nothing can alarm, and there is nothing to be tested for.
    let Some(seen) = seen.filter(|seen| Watching::has_signals(seen.room) && seen.room.closed().is_none()) else {
        return AlertsView::default();
    };
    let verdict = seen.watching.watch.verdict(room, seen.now);
    let is_drill = crate::drill::is_drill(room);
    let mut alerts: Vec<AlertView> = firing(seen, &verdict);
    let set_up_open = room.mode() == Mode::Prepare && alerts.is_empty();
    let left_out = seen.watching.watch.firing(room, seen.now).len().saturating_sub(SHOWN);
    alerts.extend(resolved(seen));
    AlertsView {
        alerts,
        more: if left_out == 0 { String::new() } else { format!("and {left_out} more fire") },
        silences: silences::silences(seen),
        pending: pending(seen),
        complaints: complaints(seen),
        sound: seen.watching.desktop.sound,
        // A drill's signals are made up, and its notifications tell of nothing.
        test: if is_drill { TestView::default() } else { test(seen) },
        units: if is_drill { Vec::new() } else { units::units(seen) },
        unarmed: unarmed(seen),
        blind: blind::blind(book, seen),
        set_up_open,
    }
}

fn firing(seen: &Seeing<'_>, verdict: &Verdict) -> Vec<AlertView> {
    let watch = &seen.watching.watch;
    let mut ids = watch.firing(seen.room, seen.now);
    if ids.len() > SHOWN {
        // What waits for somebody is in sight.
        let is_known = |id: &AlertId| seen.room.alerts().get(id).is_some_and(|state| state.acknowledged.is_some());
        ids.sort_by_key(|(id, severity)| (std::cmp::Reverse(*severity), is_known(id)));
    }
    if watch.memory().blind().is_some() && !ids.iter().any(|(id, _)| id.is_blind()) {
        ids.push((AlertId::blind(), Severity::Medium));
    }
    let mut follows = watch.follows(seen.room, seen.now);
    let views = ids.into_iter().take(SHOWN).map(|(id, severity)| {
        let follows = follows.remove(&id).map(|cause| cause.from.to_string()).unwrap_or_default();
        AlertView { follows, ..alert(&id, severity, seen, verdict) }
    });
    views.collect()
}

fn alert(id: &AlertId, severity: Severity, seen: &Seeing<'_>, verdict: &Verdict) -> AlertView {
    let watch = &seen.watching.watch;
    let resolved = seen.room.resolved();
    let since = match id.is_blind() {
        true => watch.memory().blind().map(room::BlindMemory::since),
        false => watch.rule_memory(id).and_then(room::RuleMemory::since),
    };
    let known = seen.room.alerts().get(id).filter(|state| Some(state.fired.since) == since);
    let deadline = watch.deadline_of(seen.room, id);
    let rule = seen.rule(id);
    let (title, value) = match rule {
        Some(rule) => {
            let last = watch.rule_memory(id).and_then(room::RuleMemory::last);
            let value = last.map(|last| last.seen.words.clone()).unwrap_or_default();
            (heading(rule), value)
        }
        None => (blind::title(seen), String::new()),
    };
    AlertView {
        id: id.to_string(),
        severity: if id.is_blind() { "blind".to_owned() } else { severity_word(severity).to_owned() },
        title,
        value,
        since: since.map(|since| format!("since {}", on_the_wall(since, resolved))).unwrap_or_default(),
        lines: lines(id, severity, known, seen, verdict),
        deadline: match deadline {
            Some(at) if at > seen.now => deadline_line(at, watch.has_begun(seen.room, seen.now), seen.now),
            Some(at) => format!("The time was up at {}: roll back", on_the_wall(at, resolved)),
            None => String::new(),
        },
        can_be_extended: deadline.is_some() && known.is_some(),
        is_left_alone: seen.room.is_left_alone(id),
        can_be_silenced: known.is_some(),
        silencing: silences::silencing(seen, id, severity),
        silenced: silences::silenced(seen, id),
        aloud: aloud::aloud(seen, id, severity, since),
        state: "firing".to_owned(),
        acknowledged: acknowledged(known, seen),
        follows: String::new(),
        note: known.and_then(|state| state.acknowledged.as_ref()).map(|(_, _, note)| note.clone()).unwrap_or_default(),
    }
}

/// "P95 latency > 500 ms"; for a yes or no its own words.
pub(super) fn heading(rule: &room::Rule) -> String {
    match (rule.bound().as_str(), &rule.purpose) {
        ("", _) => rule.text.clone(),
        (bound, Purpose::Decision) => format!("{} {bound}", rule.name),
        (bound, _) => format!("{} not {bound}", rule.name),
    }
}

fn lines(
    id: &AlertId,
    severity: Severity,
    known: Option<&AlertState>,
    seen: &Seeing<'_>,
    verdict: &Verdict,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(rule) = seen.rule(id) {
        let fresh = seen.watching.watch.fresh(id, seen.now);
        if fresh.is_none() {
            lines.push(format!("Not seen now: {}", seen.watching.watch.why_unseen(&rule.signal, seen.now)));
        }
        lines.push(match severity {
            Severity::Critical if verdict.is_before_start => "The plan would roll back: do not start".to_owned(),
            Severity::Critical => "The plan says: roll back now".to_owned(),
            Severity::High if !seen.watching.watch.has_begun(seen.room, seen.now) => String::new(),
            Severity::High => {
                let own = if rule.is_default_deadline { ", our default: the plan names no time" } else { "" };
                format!("HIGH: roll back if it is not resolved in {}{own}", length(rule.high_deadline.as_secs()))
            }
            Severity::Medium => "The plan says: investigate".to_owned(),
        });
        if !matches!(rule.purpose, Purpose::Decision) {
            lines.pop();
            lines.push(format!("Condition: {}", rule.text));
        }
        lines.push(format!("Fires {}", rule.fire_words()));
    } else if let Some(blind) = seen.watching.watch.memory().blind() {
        lines.push(blind.names().join(", "));
        if severity == Severity::Medium {
            let until = blind.tolerated_until(seen.room);
            lines.push(format!("Tolerated until {}, then it is HIGH", on_the_wall(until, seen.room.resolved())));
        }
    }
    if seen.room.is_left_alone(id) {
        lines.push(
            "The checklist or its bindings do not name it any more: it burns on until fresh data, or words of yours, let it go"
                .to_owned(),
        );
    }
    if known.is_some_and(|state| state.fired.seen.as_ref().is_some_and(|seen| seen.fetched)) {
        lines.push("It came to fire while nobody looked here: fetched afterwards".to_owned());
    }
    if let Some((actor, reason)) = known.and_then(|state| state.extended.as_ref()) {
        lines.push(format!("More time by {actor}: {reason}"));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn acknowledged(known: Option<&AlertState>, seen: &Seeing<'_>) -> String {
    let by = known.and_then(|state| state.acknowledged.as_ref());
    by.map(|(actor, at, _)| format!("{actor} · {}", on_the_wall(*at, seen.room.resolved()))).unwrap_or_default()
}

fn resolved(seen: &Seeing<'_>) -> Vec<AlertView> {
    let is_recent = |at: Timestamp| seen.now.duration_since(at) <= RESOLVED_SHOWS;
    let states = seen.room.alerts().iter().filter(|(_, state)| state.resolved.is_some_and(is_recent));
    let burns = |id: &AlertId| seen.watching.watch.phase(id) == Phase::Firing;
    let mut over: Vec<_> = states.filter(|(id, _)| !burns(id)).collect();
    over.sort_by_key(|(_, state)| std::cmp::Reverse(state.resolved));
    over.into_iter()
        .take(SHOWN)
        .map(|(id, state)| AlertView {
            id: id.to_string(),
            severity: if id.is_blind() { "blind".to_owned() } else { severity_word(state.fired.severity).to_owned() },
            title: match seen.rule(id) {
                Some(rule) => heading(rule),
                None => state.fired.name.clone(),
            },
            value: left(id, seen),
            since: format!(
                "{} – {}",
                on_the_wall(state.fired.since, seen.room.resolved()),
                state.resolved.map(|at| on_the_wall(at, seen.room.resolved())).unwrap_or_default()
            ),
            lines: Vec::new(),
            deadline: String::new(),
            can_be_extended: false,
            is_left_alone: false,
            can_be_silenced: false,
            silencing: String::new(),
            silenced: silences::silenced(seen, id),
            aloud: String::new(),
            state: if left(id, seen).is_empty() { "resolved" } else { "left_upwards" }.to_owned(),
            acknowledged: acknowledged(Some(state), seen),
            follows: String::new(),
            note: state.acknowledged.as_ref().map(|(_, _, note)| note.clone()).unwrap_or_default(),
        })
        .collect()
}

/// "612 ms, above it now": what left its range upwards is over, and nothing is well.
fn left(id: &AlertId, seen: &Seeing<'_>) -> String {
    let last = seen.watching.watch.rule_memory(id).and_then(room::RuleMemory::last);
    let criterion = seen.rule(id).and_then(|rule| rule.criterion.as_ref());
    let left = last.zip(criterion).filter(|(last, criterion)| last.seen.is_above_range(criterion));
    left.map(|(last, _)| format!("{}, above it now", last.seen.words)).unwrap_or_default()
}

fn pending(seen: &Seeing<'_>) -> Vec<String> {
    let watch = &seen.watching.watch;
    let armed = watch.armed(seen.room, seen.now).into_iter().filter(|rule| watch.phase(&rule.id) == Phase::Pending);
    armed
        .map(|rule| {
            let since = watch.rule_memory(&rule.id).and_then(room::RuleMemory::since);
            let since = since.map(|at| on_the_wall(at, seen.room.resolved())).unwrap_or_default();
            format!("{} since {since}: fires {}", watch.breach(&rule.id), rule.fire_words())
        })
        .collect()
}

fn complaints(seen: &Seeing<'_>) -> Vec<String> {
    let desktop = &seen.watching.desktop;
    let mut complaints = Vec::new();
    if seen.watching.watch.is_offline() {
        complaints.push("This laptop is offline: nothing can be reached.".to_owned());
    }
    if !desktop.off.is_empty() {
        complaints.push(format!("Desktop alerts are off: {}. This window alarms.", desktop.off));
    }
    if let Some(DoNotDisturb::On(how)) = &desktop.do_not_disturb {
        complaints.push(format!(
            "Do not disturb is on: {how}. Alerts may not be seen on the desktop: this window and its sound alarm."
        ));
    }
    if !desktop.may_sleep.is_empty() {
        complaints.push(format!("The laptop may fall asleep: {}.", desktop.may_sleep));
    }
    complaints
}

fn test(seen: &Seeing<'_>) -> TestView {
    let at = |moment| on_the_wall(moment, seen.room.resolved());
    let (state, words) = match seen.room.test() {
        _ if seen.watching.desktop.is_testing => ("asked", String::new()),
        None => ("unasked", String::new()),
        Some(test) => match (&test.answered, test.outcome) {
            (Some((actor, true, moment)), _) => ("seen", format!("Seen by {actor} · {}", at(*moment))),
            (Some((actor, false, moment)), _) => ("unseen", format!("Not seen by {actor} · {}", at(*moment))),
            (None, NotifyOutcome::Shown) => ("asked", test.words.clone()),
            (None, NotifyOutcome::Failed | NotifyOutcome::Unknown) => ("failed", capitalised(&test.words)),
        },
    };
    TestView { state: state.to_owned(), words, quiet: quiet(seen) }
}

/// Whether the desktop holds notifications back, as far as it tells.
fn quiet(seen: &Seeing<'_>) -> String {
    match &seen.watching.desktop.do_not_disturb {
        None => String::new(),
        Some(DoNotDisturb::On(how)) => format!("Do not disturb is on: {how}"),
        Some(DoNotDisturb::Off(_)) => "Do not disturb is off".to_owned(),
        Some(DoNotDisturb::Unknown(why)) => format!("Whether do not disturb is on cannot be told: {why}"),
    }
}

/// Criteria that would count now and that nothing observes.
fn unarmed(seen: &Seeing<'_>) -> Vec<UnarmedView> {
    let watch = &seen.watching.watch;
    let begun = watch.has_begun(seen.room, seen.now);
    let counts = |purpose: &Purpose| {
        !matches!(purpose, Purpose::Check { .. } | Purpose::Success { .. })
            && Rulebook::counts(seen.room, purpose, begun, seen.now)
    };
    let unbound = watch.book().unbound.iter().filter(|unbound| counts(&unbound.purpose));
    unbound.map(|unbound| UnarmedView { name: unbound.name.clone(), why: unbound.why.clone() }).collect()
}
