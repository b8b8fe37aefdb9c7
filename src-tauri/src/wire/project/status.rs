//! How the room stands, in two lines for the chat: verdict, gate, deadline and zone.

use jiff::Timestamp;
use room::{Mode, Room, VerdictWord};

use super::header::mode_word;
use super::times::on_the_wall_of_zone;
use super::watch::{Seeing, gate};

/// The two lines. The verdict is the one that is seen now; where nobody looks it is NOT WATCHED.
pub(crate) fn status(room: &Room, seen: Option<&Seeing<'_>>, head: &str, now: Timestamp) -> String {
    let at = |moment| on_the_wall_of_zone(moment, room.resolved());
    let verdict = seen.map(|seen| {
        let verdict = seen.watching.watch.verdict(room, now);
        let reason = seen.watching.watch.reason(room, &verdict);
        (verdict, reason)
    });
    let mut first = vec![match &verdict {
        Some((verdict, reason)) => format!("{}: {reason}", verdict.word),
        None => VerdictWord::NotWatched.to_string(),
    }];
    first.push(match room.mode() {
        Mode::Closed => format!("closed: {}", room.closed().unwrap_or_default()),
        mode => mode_word(mode).to_owned(),
    });
    if let Some(current) = room.current_gate().or_else(|| room.next_gate()) {
        let view = gate(room, current, seen);
        let held = if view.held.is_empty() { String::new() } else { format!(", {}", view.held) };
        first.push(format!("gate {} {}{held}", view.share, view.status));
    }
    let mut second = vec![room.title(), at(now)];
    if let Some(rollback) = room.rollback().filter(|rollback| rollback.is_running()) {
        let what = if rollback.is_rehearsal { "rehearsal of the rollback" } else { "rolling back" };
        second.push(format!("{what} since {}, decided by {}", at(rollback.began), rollback.actor));
    } else if let Some((_, deadline)) = verdict.as_ref().and_then(|(verdict, _)| verdict.deadline.as_ref()) {
        second.push(format!("roll back by {} if it is not resolved", at(*deadline)));
    }
    second.extend(who_has_it(room));
    if room.attempt() > 1 {
        second.push(format!("attempt {}", room.attempt()));
    }
    second.push(format!("head {head}"));
    let line = |parts: Vec<String>| parts.into_iter().map(|part| one_line(&part)).collect::<Vec<_>>().join(" · ");
    format!("{}\n{}", line(first), line(second))
}

/// "IB has the room", once it was handed over or is being so.
fn who_has_it(room: &Room) -> Option<String> {
    let handoffs = room.handoffs();
    match &handoffs.waiting {
        Some(offer) => Some(format!("{} has the room until {} signs", offer.of_whom(), offer.to)),
        None => handoffs.past.last().map(|last| format!("{} has the room", last.by)),
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn it_is_two_lines_with_verdict_gate_and_zone() {
        let room = sample::room();
        let now: Timestamp = "2026-01-21T06:40:00Z".parse().unwrap();
        let words = status(&room, None, "3f9a-c27e", now);
        let lines: Vec<&str> = words.lines().collect();
        assert_eq!(lines.len(), 2, "{words}");
        assert!(lines[0].starts_with("NOT WATCHED · prepare · gate "), "{words}");
        assert!(lines[1].contains("06:40:00 UTC") && lines[1].ends_with("head 3f9a-c27e"), "{words}");
    }
}
