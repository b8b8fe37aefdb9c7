//! What is handed over, group by group. What was overridden or deferred never looks done here.

use jiff::{SignedDuration, Timestamp};
use plan::{ItemId, Severity, When};
use room::{AlertId, Event, Phase, Room, RoundSaid, Rule, RuleMemory, Standing};

use super::{Handing, number};
use crate::wire::project::book::heading;
use crate::wire::project::day::share;
use crate::wire::project::times::{on_the_wall, on_the_wall_of_zone};
use crate::wire::project::watch::{Seeing, due, gate};
use crate::wire::project::words::{capitalised, counted, stopwatch};
use crate::wire::{HandoffLineView, HandoffSectionView};

/// How far back an event is looked for that a running clock comes from.
const LOOKS_BACK: usize = 5_000;
/// So many lines of a group are shown.
const MOST: usize = 30;

pub(super) fn sections(handing: &Handing<'_>) -> Vec<HandoffSectionView> {
    let alerts = handing.seen.map(alerts).unwrap_or_default();
    let aside = handing.seen.map_or_else(|| "nothing is observed: nobody knows".to_owned(), alerts_aside);
    let (overridden, deferred) = settled_otherwise(handing);
    let running = running(handing);
    let due = next_due(handing);
    let clocks = format!("{} · they do not stop for a handoff", counted(running.len(), "clock", "clocks"));
    let of = |id: &str, title: &str, aside: String, mut lines: Vec<HandoffLineView>| {
        let left = lines.len().saturating_sub(MOST);
        lines.truncate(MOST);
        let aside = if left == 0 { aside } else { format!("{aside} · {left} more in their pages") };
        HandoffSectionView { id: id.to_owned(), title: title.to_owned(), aside, lines }
    };
    let overridden_aside = format!("{} · not done, only let through", overridden.len());
    let deferred_aside = format!("{} · not done, they come back where they were deferred to", deferred.len());
    vec![
        of("alerts", "Open alerts", aside, alerts),
        of("overridden", "Overridden", overridden_aside, overridden),
        of("deferred", "Deferred", deferred_aside, deferred),
        of("running", "Running", clocks, running),
        of("due", "Next due", "for the person who takes over".to_owned(), due),
    ]
}

/// "2 fire, 1 pending · no CRITICAL, no HIGH".
fn alerts_aside(seen: &Seeing<'_>) -> String {
    let firing = seen.watching.watch.firing(seen.room, seen.now);
    let pending = pending(seen).count();
    let of = |wanted: Severity| firing.iter().filter(|(_, severity)| *severity == wanted).count();
    let graver =
        [(Severity::Critical, "CRITICAL"), (Severity::High, "HIGH")].map(|(severity, word)| match of(severity) {
            0 => format!("no {word}"),
            several => format!("{several} {word}"),
        });
    let fire = counted(firing.len(), "fires", "fire");
    format!("{fire}, {pending} pending · {}", graver.join(", "))
}

/// What fires, the gravest first, then what is pending, then where the room is blind.
fn alerts(seen: &Seeing<'_>) -> Vec<HandoffLineView> {
    let (watch, room) = (&seen.watching.watch, seen.room);
    let since = |id: &AlertId| match id.is_blind() {
        true => watch.memory().blind().map(room::BlindMemory::since),
        false => watch.rule_memory(id).and_then(RuleMemory::since),
    };
    let at = |at: Timestamp| format!("since {}", on_the_wall(at, room.resolved()));
    let mut ids = watch.firing(room, seen.now);
    if watch.memory().blind().is_some() && !ids.iter().any(|(id, _)| id.is_blind()) {
        ids.push((AlertId::blind(), Severity::Medium));
    }
    // In a storm nobody reads a thousand lines: their number stands above them.
    let fires = ids.into_iter().take(MOST).map(|(id, severity)| {
        let (mark, word) = match severity {
            _ if id.is_blind() => ("blind", "BLIND"),
            Severity::Critical => ("critical", "CRITICAL"),
            Severity::High => ("high", "HIGH"),
            Severity::Medium => ("medium", "MEDIUM"),
        };
        let known = room.alerts().get(&id);
        HandoffLineView {
            mark: mark.to_owned(),
            title: capitalised(&watch.breach(&id)),
            words: format!(
                "{word} · {}",
                known.map_or_else(|| "not acknowledged".to_owned(), |state| known_by(room, state))
            ),
            right: since(&id).map(at).unwrap_or_default(),
            event: known.map_or(0, |state| number(state.event)),
        }
    });
    let fires: Vec<_> = fires.collect();
    let pending = pending(seen).take(MOST).map(|rule| HandoffLineView {
        mark: "pending".to_owned(),
        title: capitalised(&watch.breach(&rule.id)),
        words: format!("pending · fires {} if it stays", rule.fire_words()),
        right: since(&rule.id).map(at).unwrap_or_default(),
        event: 0,
    });
    fires.into_iter().chain(pending).collect()
}

/// The criteria whose breach does not fire yet.
fn pending<'a>(seen: &'a Seeing<'_>) -> impl Iterator<Item = &'a Rule> {
    let watch = &seen.watching.watch;
    watch.armed(seen.room, seen.now).into_iter().filter(|rule| watch.phase(&rule.id) == Phase::Pending)
}

/// "acknowledged by MK 21:42:00: “one client retries”".
pub(super) fn known_by(room: &Room, state: &room::AlertState) -> String {
    match &state.acknowledged {
        None => "not acknowledged".to_owned(),
        Some((actor, at, note)) => {
            let note = if note.is_empty() { String::new() } else { format!(": “{note}”") };
            format!("acknowledged by {actor} {}{note}", on_the_wall(*at, room.resolved()))
        }
    }
}

/// What was overridden, and what was deferred: of the checks, and of the rounds that are at hand.
fn settled_otherwise(handing: &Handing<'_>) -> (Vec<HandoffLineView>, Vec<HandoffLineView>) {
    let Handing { book, room, seen, now, .. } = *handing;
    let sight = seen.map(|seen| seen.watching.watch.sight(room, now)).unwrap_or_default();
    let observed = |id: &ItemId| match sight.items.get(id) {
        Some((true, words)) => format!("observed now: met, {words}"),
        Some((false, words)) => format!("observed now: not met, {words}"),
        None => String::new(),
    };
    let line = |mark: &str, title: String, (actor, at, reason): (&str, Timestamp, &str), right: String, event: u64| {
        HandoffLineView {
            mark: mark.to_owned(),
            title,
            words: format!("{actor} {}: “{reason}”", on_the_wall(at, room.resolved())),
            right,
            event: number(event),
        }
    };
    let (mut overridden, mut deferred) = (Vec::new(), Vec::new());
    for item in &book.plan.items {
        let Some(mark) = room.item(&item.id).and_then(|state| state.marks.last()) else { continue };
        let title = room::question(item);
        match &mark.standing {
            Standing::Overridden { reason } => {
                let by = (mark.actor.as_str(), mark.at, reason.as_str());
                overridden.push(line("overridden", title, by, observed(&item.id), mark.event));
            }
            Standing::Deferred { to, reason } => {
                let section = book.section(to).map_or_else(|| to.to_string(), |section| heading(section).to_owned());
                let by = (mark.actor.as_str(), mark.at, reason.as_str());
                deferred.push(line("deferred", title, by, format!("to {section}"), mark.event));
            }
            _ => {}
        }
    }
    for table in room.timetables() {
        let Some(when) = table.nth(table.begun(now)) else { continue };
        let key = room::RoundKey { routine: table.key.clone(), due: when.due };
        let Some(state) = room.afterwards().round(&key) else { continue };
        let of = format!("round of {}", on_the_wall(when.due, room.resolved()));
        for id in &table.items {
            let (Some(mark), Some(item)) = (state.mark(id), book.item(id)) else { continue };
            let title = format!("{} ({of})", room::question(item));
            match &mark.said {
                RoundSaid::Overridden { reason } => {
                    let by = (mark.actor.as_str(), mark.at, reason.as_str());
                    overridden.push(line("overridden", title, by, observed(id), mark.event));
                }
                RoundSaid::Deferred { reason } => {
                    let by = (mark.actor.as_str(), mark.at, reason.as_str());
                    deferred.push(line("deferred", title, by, "to the next round".to_owned(), mark.event));
                }
                RoundSaid::Done { .. } | RoundSaid::NotApplicable { .. } => {}
            }
        }
    }
    (overridden, deferred)
}

/// Every clock that runs on through a handoff.
fn running(handing: &Handing<'_>) -> Vec<HandoffLineView> {
    let Handing { room, events, seen, now, .. } = *handing;
    let clock = |title: String, words: String, right: String, event: u64| HandoffLineView {
        mark: "clock".to_owned(),
        title,
        words,
        right,
        event: number(event),
    };
    let recent = |is: &dyn Fn(&Event) -> bool| {
        events.iter().rev().take(LOOKS_BACK).find(|known| is(&known.event)).map_or(0, |known| known.seq)
    };
    let at = |moment| on_the_wall_of_zone(moment, room.resolved());
    let mut found = Vec::new();
    if let Some(rollback) = room.rollback().filter(|rollback| rollback.is_running()) {
        let what = if rollback.is_rehearsal { "Rehearsal of the rollback" } else { "Rollback" };
        let words = format!("{} since {}", rollback.actor, at(rollback.began));
        let event = recent(&|event| matches!(event, Event::RollbackBegan { .. } | Event::RehearsalBegan(_)));
        found.push(clock(what.to_owned(), words, between(rollback.began, now), event));
    }
    if let Some(seen) = seen {
        of_the_watch(seen, &mut |title, words, right, event| found.push(clock(title, words, right, event)));
    }
    if let Some(current) = room.current_gate() {
        let view = gate(room, current, seen);
        let is_of_it = |event: &Event| match event {
            Event::HoldTurned { gate, .. } | Event::GateEntered { gate } => *gate == current.item,
            _ => false,
        };
        let title = format!("Hold of {}", share(current));
        found.push(clock(title, view.line, view.held, recent(&is_of_it)));
    }
    for (title, from, to, event) in first_windows(room, now) {
        let words = format!("from go-live {} to {}", on_the_wall(from, room.resolved()), at(to));
        found.push(clock(title, words, format!("{} of {}", between(from, now), between(from, to)), event));
    }
    found
}

/// Deadlines, what is pending, and voices that rest.
fn of_the_watch(seen: &Seeing<'_>, found: &mut dyn FnMut(String, String, String, u64)) {
    let (watch, room) = (&seen.watching.watch, seen.room);
    let at = |moment| on_the_wall_of_zone(moment, room.resolved());
    for (id, _) in watch.firing(room, seen.now).into_iter().take(MOST) {
        let Some(deadline) = watch.deadline_of(room, &id) else { continue };
        let known = room.alerts().get(&id);
        let more = known.and_then(|state| state.extended.as_ref());
        let more = more.map(|(actor, reason)| format!(" · more time by {actor}: {reason}")).unwrap_or_default();
        let right = if deadline > seen.now {
            format!("in {}", between(seen.now, deadline))
        } else {
            format!("over for {}", between(deadline, seen.now))
        };
        let name = if id.is_blind() { "blindness".to_owned() } else { watch.breach(&id) };
        let words = format!("roll back at {} if it is not resolved{more}", at(deadline));
        found(format!("Deadline of {name}"), words, right, known.map_or(0, |state| state.event));
    }
    for rule in pending(seen).take(MOST) {
        let since = watch.rule_memory(&rule.id).and_then(RuleMemory::since);
        let right = since.map(|since| format!("for {}", between(since, seen.now))).unwrap_or_default();
        found(format!("{} pending", rule.name), format!("fires {}", rule.fire_words()), right, 0);
    }
    for state in room.alerts().values() {
        let Some(silence) = state.silenced.as_ref().filter(|silence| silence.until > seen.now) else { continue };
        let words = format!("silenced by {} until {}: {}", silence.actor, at(silence.until), silence.reason);
        let right = format!("speaks in {}", between(seen.now, silence.until));
        found(state.fired.name.clone(), words, right, state.event);
    }
}

/// The stretches that the checklist counts from go-live ("First 24 hours") and that run: their words, from when to when,
/// and the event of the go-live; the one that ends first before the others.
pub(crate) fn first_windows(room: &Room, now: Timestamp) -> Vec<(String, Timestamp, Timestamp, u64)> {
    let Some(live) = room.went_live() else { return Vec::new() };
    let found = room.plan().sections.iter().filter_map(|section| {
        let Some(When::First { length_s }) = section.when else { return None };
        let to = live.at.checked_add(SignedDuration::from_secs(length_s)).ok()?;
        (live.at <= now && now < to)
            .then(|| (heading(section).trim_end_matches(':').to_owned(), live.at, to, live.event))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(_, _, to, _)| *to);
    found.dedup_by_key(|(_, _, to, _)| *to);
    found
}

/// What is due next, and notices that wait.
fn next_due(handing: &Handing<'_>) -> Vec<HandoffLineView> {
    let Handing { book, room, seen, now, .. } = *handing;
    let entries = due(book, room, seen, now).entries.into_iter().map(|entry| HandoffLineView {
        mark: "due".to_owned(),
        title: entry.title,
        right: entry.when,
        ..HandoffLineView::default()
    });
    let mut lines: Vec<_> = entries.collect();
    if !lines.iter().any(|line| line.title.starts_with("Round: ")) {
        for (table, round) in room.rounds_ahead(now).into_iter().take(2) {
            lines.push(HandoffLineView {
                mark: "due".to_owned(),
                title: format!("Round: {}", crate::wire::project::routines::title(room, &table)),
                words: counted(table.items.len(), "check", "checks"),
                right: on_the_wall_of_zone(round.when.due, room.resolved()),
                event: 0,
            });
        }
    }
    let missed = room.missed(now);
    if missed.rounds > 0 {
        let count = usize::try_from(missed.rounds).unwrap_or(usize::MAX);
        lines.push(HandoffLineView {
            mark: "due".to_owned(),
            title: format!("{} missed, and nobody said why", counted(count, "round", "rounds")),
            ..HandoffLineView::default()
        });
    }
    for draft in room.drafts().values() {
        let what =
            if draft.subject.is_empty() { draft.body.lines().next().unwrap_or_default() } else { &draft.subject };
        lines.push(HandoffLineView {
            mark: "due".to_owned(),
            title: format!("Notice not sent: {what}"),
            words: format!("draft kept by {}", draft.actor),
            right: on_the_wall_of_zone(draft.at, room.resolved()),
            event: 0,
        });
    }
    lines
}

/// From one moment to another as a clock shows it.
fn between(from: Timestamp, to: Timestamp) -> String {
    stopwatch(u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0))
}
