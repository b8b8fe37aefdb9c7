//! The head of the room.

use jiff::Timestamp;
use plan::Resolved;
use room::{Mode, Room, VerdictWord};

use super::book::Book;
use super::handoff::first_windows;
use super::times::{clock, date, stretch, zone};
use super::watch::{Seeing, verdict};
use super::way_back::in_place_of_the_verdict;
use super::words::capitalised;
use crate::wire::{DrillMarkView, HeaderView, VerdictView};

/// The head.
pub(crate) fn header(
    book: &Book<'_>,
    room: &Room,
    path: &str,
    seen: Option<&Seeing<'_>>,
    drill: Option<DrillMarkView>,
    now: Timestamp,
) -> HeaderView {
    let plan = room.plan();
    let mut parts = Vec::new();
    if let Some(environment) = &plan.environment {
        parts.push(capitalised(environment));
    }
    parts.push(match room.went_live() {
        Some(live) => live_since(room.resolved(), live.at),
        None => window(room),
    });
    let verdict =
        in_place_of_the_verdict(book, room, now).unwrap_or_else(|| with_first_window(verdict(room, seen), room, now));
    if room.attempt() > 1 {
        parts.push(format!("attempt {}", room.attempt()));
    }
    let is_rehearsed = room.rollback().is_some_and(|rollback| rollback.is_rehearsal);
    let mode = if is_rehearsed { "REHEARSAL".to_owned() } else { mode_word(room.mode()).to_uppercase() };
    HeaderView {
        title: room::title(plan, path),
        subtitle: parts.join(" · "),
        mode: if mode == verdict.word { String::new() } else { mode },
        word: seen.map_or(VerdictWord::NotWatched, |seen| seen.watching.watch.verdict(room, now).word),
        verdict,
        drill,
    }
}

/// During the watch the verdict also says how much is over of the stretch that the checklist counts from go-live: "First 24
/// hours: 07:34 of 24:00". Where two lines are needed for what burns, these come first.
fn with_first_window(verdict: VerdictView, room: &Room, now: Timestamp) -> VerdictView {
    let Some((title, from, to, _)) = first_windows(room, now).into_iter().next() else { return verdict };
    let hours = |from: Timestamp, to: Timestamp| {
        let minutes = to.duration_since(from).as_mins();
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let line = format!("{title}: {} of {}", hours(from, now), hours(from, to));
    let mut lines = verdict.lines;
    if verdict.kind == "go" {
        lines = vec![lines.join(" · ")];
    }
    lines.push(line);
    lines.truncate(2);
    VerdictView { lines, ..verdict }
}

/// A mode's word.
pub(crate) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Prepare => "prepare",
        Mode::Live => "live",
        Mode::RollingBack => "rolling back",
        Mode::RolledBack => "rolled back",
        Mode::Watch => "watch",
        Mode::Closed => "closed",
    }
}

/// `live since 14:18 UTC`, with the date where it is not T0's.
fn live_since(resolved: &Resolved, live: Timestamp) -> String {
    let local = |at: Timestamp| at.to_zoned_datetime(resolved.zone.clone());
    let (t0, live) = (local(resolved.start), local(live));
    let day = if live.date() == t0.date() { String::new() } else { format!(", {}", date(live.date())) };
    format!("live since {} {}{day}", clock(&live), zone(&live))
}

/// `window 06:30 – 08:00 UTC` on T0's day, with the dates where it leaves that day; where its end was moved, what it was;
/// T0 where no window is announced.
fn window(room: &Room) -> String {
    let resolved = room.resolved();
    let local = |at: Timestamp| at.to_zoned_datetime(resolved.zone.clone());
    let t0 = local(resolved.start);
    let Some((from, to)) = room.window() else {
        return format!("T0 {} {} {}", date(t0.date()), clock(&t0), zone(&t0));
    };
    let moved = room.schedule().window.as_ref().map(|moved| format!(", told until {}", clock(&local(moved.from))));
    let (from, to) = (local(from), local(to));
    let words = if from.date() == t0.date() && to.date() == t0.date() {
        format!("window {} – {} {}", clock(&from), clock(&to), zone(&to))
    } else {
        format!("window {}", stretch(&from, Some(&to)))
    };
    format!("{words}{}", moved.unwrap_or_default())
}
