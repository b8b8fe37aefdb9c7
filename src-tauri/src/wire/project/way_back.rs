//! The rollback that runs: its clock against the limit, its marks, and what keeps it from being declared.

use jiff::Timestamp;
use plan::Severity;
use room::{Cause, Intent, Mode, RollbackState, Room, Sight, decide};

use super::book::Book;
use super::times::on_the_wall;
use super::watch::Seeing;
use super::words::{small, stopwatch};
use crate::wire::{VerdictView, WayBackView};

/// The rollback that runs or ended, or what is known before one does.
pub(crate) fn way_back(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>, now: Timestamp) -> WayBackView {
    let marks = &book.plan.rollback.success;
    let done = marks.iter().filter(|id| room.standing(id).is_done()).count();
    let marks = if marks.is_empty() { String::new() } else { format!("{done} of {} marks true", marks.len()) };
    match room.rollback().filter(|rollback| rollback.ended.as_ref().is_none_or(|end| end.stood_down.is_none())) {
        None => WayBackView {
            state: "none".to_owned(),
            cannot_start: if room.closed().is_some() { "The room is closed.".to_owned() } else { String::new() },
            marks,
            ..proposed(book, room, seen)
        },
        Some(rollback) => WayBackView { marks, ..of_rollback(book, room, rollback, now) },
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
    WayBackView {
        criterion: criterion.map(|one| one.id.to_string()).unwrap_or_default(),
        reason: reason.unwrap_or_default(),
        way: fitting_way(book, room),
        ..WayBackView::default()
    }
}

/// The first way whose condition speaks of where the rollout stands; else the first.
fn fitting_way(book: &Book<'_>, room: &Room) -> u32 {
    let ways = &book.plan.rollback.ways;
    let in_canary = room.next_gate().is_some() && !book.plan.gates.is_empty();
    let speaks = |words: &str| {
        let words = words.to_lowercase();
        if in_canary { words.contains("canary") } else { words.contains("full") || words.contains("complete") }
    };
    let fits = ways.iter().position(|way| way.when.as_deref().is_some_and(speaks));
    match (fits, ways.is_empty()) {
        (Some(index), _) => small(index + 1),
        (None, false) => 1,
        (None, true) => 0,
    }
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
        decided: format!("Decided by {} {}", rollback.actor, at(rollback.began)),
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
