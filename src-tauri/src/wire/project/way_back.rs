//! The rollback that runs: its clock against the limit, its marks, and what keeps it from being declared.

use jiff::Timestamp;
use plan::{RollbackWay, Severity};
use room::{Cause, Intent, Mode, RollbackState, Room, Sight, decide};

use super::book::Book;
use super::rollback::left_behind;
use super::times::on_the_wall;
use super::watch::Seeing;
use super::words::stopwatch;
use crate::wire::{VerdictView, WayBackView};

/// The rollback that runs or ended, or what is known before one does.
pub(crate) fn way_back(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>, now: Timestamp) -> WayBackView {
    let marks = &book.plan.rollback.success;
    let done = marks.iter().filter(|id| room.standing(id).is_done()).count();
    let marks = if marks.is_empty() { String::new() } else { format!("{done} of {} marks true", marks.len()) };
    let (words, rehearsed_percent) = rehearsed(book, room);
    let view =
        match room.rollback().filter(|rollback| rollback.ended.as_ref().is_none_or(|end| end.stood_down.is_none())) {
            None => WayBackView {
                state: "none".to_owned(),
                cannot_start: if room.closed().is_some() { "The room is closed.".to_owned() } else { String::new() },
                marks,
                ..proposed(book, room, seen)
            },
            Some(rollback) => WayBackView { marks, ..of_rollback(book, room, rollback, now) },
        };
    let rehearse = Intent::Rehearse { way: u32::from(!book.plan.rollback.ways.is_empty()) };
    WayBackView {
        cannot_rehearse: decide(room, &rehearse, &Sight::default(), now)
            .err()
            .map(|why| why.to_string())
            .unwrap_or_default(),
        rehearsed: words,
        rehearsed_percent,
        may_begin_anew: room.mode() == Mode::RolledBack,
        ..view
    }
}

/// The criterion that would be the reason, with its words, and the way that fits.
fn proposed(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>) -> WayBackView {
    let fires = seen.and_then(|seen| {
        let watch = &seen.watching.watch;
        let verdict = watch.verdict(room, seen.now);
        let firing = watch.firing(room, seen.now);
        let is_heavy = |severity: Severity| severity >= Severity::High;
        let id = firing.into_iter().find(|(id, severity)| is_heavy(*severity) && !id.is_blind()).map(|(id, _)| id);
        match verdict.cause {
            Cause::Overdue { alert } => Some(alert),
            _ => id,
        }
    });
    let criterion = fires.as_ref().and_then(|id| book.plan.criteria.iter().find(|one| one.id.as_str() == id.as_str()));
    let reason = seen.zip(fires.as_ref()).map(|(seen, id)| {
        let since = seen.watching.watch.rule_memory(id).and_then(room::RuleMemory::since);
        let since = since.map(|at| format!(" since {}", on_the_wall(at, room.resolved()))).unwrap_or_default();
        format!("{}{since}", seen.watching.watch.breach(id))
    });
    let (way, way_why) = fitting_way(book, room);
    WayBackView {
        criterion: criterion.map(|one| one.id.to_string()).unwrap_or_default(),
        reason: reason.unwrap_or_default(),
        way,
        way_why,
        ..WayBackView::default()
    }
}

/// The way that fits where the rollout stands, and why: while a canary is open the one that says so; afterwards the next
/// that does not, and takes nothing away.
fn fitting_way(book: &Book<'_>, room: &Room) -> (u32, String) {
    let ways = &book.plan.rollback.ways;
    let in_canary = room.next_gate().is_some() && !book.plan.gates.is_empty();
    let says = |way: &RollbackWay, words: &[&str]| {
        let when = way.when.as_deref().unwrap_or_default().to_lowercase();
        words.iter().any(|word| when.contains(word))
    };
    let quoted = |number: u32, way: &RollbackWay| match &way.when {
        Some(when) => format!("way {number} serves “{when}”"),
        None => format!("way {number} is the next in the checklist"),
    };
    let numbered = || ways.iter().zip(1_u32..);
    if ways.is_empty() {
        return (0, String::new());
    }
    if in_canary {
        let stands = match room.stands_at() {
            Some(gate) => format!("The rollout stands at {}", super::day::share(gate)),
            None => "No gate was entered yet".to_owned(),
        };
        return match numbered().find(|(way, _)| says(way, &["canary"])) {
            Some((way, number)) => (number, format!("{stands}: {}", quoted(number, way))),
            None => (1, format!("{stands}: no way says that it serves then, and way 1 is the first")),
        };
    }
    if let Some((way, number)) = numbered().find(|(way, _)| says(way, &["full", "complete"])) {
        return (number, format!("Every gate is passed: {}", quoted(number, way)));
    }
    let is_grave = |way: &RollbackWay| !left_behind(book, way).0.is_empty();
    let mut after = numbered().filter(|(way, _)| !says(way, &["canary"]));
    let skipped: Vec<u32> = after.clone().take_while(|(way, _)| is_grave(way)).map(|(_, number)| number).collect();
    let next = after.find(|(way, _)| !is_grave(way));
    match next.or_else(|| numbered().next()) {
        Some((way, number)) if !book.plan.gates.is_empty() => {
            let skipped = skipped
                .iter()
                .filter(|one| **one < number)
                .map(|one| format!("; way {one} takes service or data away"));
            let skipped: String = skipped.collect();
            (number, format!("Every gate is passed, the canary is over: {}{skipped}", quoted(number, way)))
        }
        Some((_, number)) => (number, String::new()),
        None => (1, String::new()),
    }
}

/// "best rehearsal 06:40, MK 20 Jan 18:44:16", and where that stands against the limit.
fn rehearsed(book: &Book<'_>, room: &Room) -> (String, u32) {
    let all = room.rehearsals();
    let Some(best) = all.first() else { return ("never rehearsed in this room".to_owned(), 0) };
    let at = on_the_wall(best.at, room.resolved());
    let percent =
        book.plan.rollback.target_s.and_then(|target_s| (best.took_s.min(target_s) * 100).checked_div(target_s));
    let words = format!("best rehearsal {}, {} {at}", stopwatch(best.took_s), best.actor);
    (words, percent.and_then(|percent| u32::try_from(percent).ok()).unwrap_or(0))
}

fn of_rollback(book: &Book<'_>, room: &Room, rollback: &RollbackState, now: Timestamp) -> WayBackView {
    let at = |moment| on_the_wall(moment, room.resolved());
    let end = rollback.ended.as_ref().map(|end| end.at);
    let took_s = u64::try_from(end.unwrap_or(now).duration_since(rollback.began).as_secs()).unwrap_or(0);
    let target_s = book.plan.rollback.target_s;
    let limit = target_s.and_then(|target_s| {
        let length = jiff::SignedDuration::from_secs(i64::try_from(target_s).ok()?);
        rollback.began.checked_add(length).ok()
    });
    let is_late = target_s.is_some_and(|target_s| took_s > target_s);
    let against = match (target_s, limit) {
        (Some(target_s), Some(limit)) if is_late => {
            format!("over the limit of {} since {}", stopwatch(target_s), at(limit))
        }
        (Some(target_s), Some(limit)) => format!("of {} · limit at {}", stopwatch(target_s), at(limit)),
        _ => "no limit named".to_owned(),
    };
    let percent = target_s.and_then(|target_s| (took_s.min(target_s) * 100).checked_div(target_s)).unwrap_or(0);
    let cannot_declare = match decide(room, &Intent::DeclareRolledBack, &Sight::default(), now) {
        Err(refusal) if rollback.is_running() => refusal.to_string(),
        _ => String::new(),
    };
    WayBackView {
        state: if rollback.is_running() { "running" } else { "done" }.to_owned(),
        criterion: rollback.criterion.as_ref().map(ToString::to_string).unwrap_or_default(),
        reason: rollback.reason.clone(),
        decided: match rollback.is_rehearsal {
            true => format!("Rehearsed by {} since {}", rollback.actor, at(rollback.began)),
            false => format!("Decided by {} {}", rollback.actor, at(rollback.began)),
        },
        is_rehearsal: rollback.is_rehearsal,
        way: rollback.way(),
        took: stopwatch(took_s),
        against,
        percent: u32::try_from(percent).unwrap_or(100),
        is_late,
        cannot_declare,
        ..WayBackView::default()
    }
}

/// What stands in the verdict's place while the way is back: what was decided, and its clock.
pub(super) fn in_place_of_the_verdict(book: &Book<'_>, room: &Room, now: Timestamp) -> Option<VerdictView> {
    let (kind, word) = match room.mode() {
        Mode::RollingBack => ("rolling_back", "ROLLING BACK"),
        Mode::RolledBack => ("rolled_back", "ROLLED BACK"),
        Mode::Prepare | Mode::Live | Mode::Watch | Mode::Closed => return None,
    };
    let rollback = room.rollback()?;
    let view = of_rollback(book, room, rollback, now);
    // Since when it burned stands on the page; here there is room for what and how much.
    let reason = view.reason.split(" since ").next().unwrap_or(&view.reason);
    let lines = vec![format!("{} · {reason}", view.decided), format!("{} {}", view.took, view.against)];
    Some(VerdictView {
        kind: kind.to_owned(),
        word: word.to_owned(),
        lines,
        spoken: format!("{word}: {}", rollback.reason),
    })
}
