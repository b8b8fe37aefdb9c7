//! How it ended, in a word and two lines; and what is left open.

use jiff::Timestamp;
use room::{Event, RollbackState, Standing, VerdictWord};
use serde::Serialize;

use super::super::section_title;
use super::{Seen, clock, one_line};
use crate::wire::project::{counted, left_open_count};

/// How it ended.
#[derive(Serialize)]
pub(super) struct Outcome {
    /// "ROLLED BACK".
    word: String,
    /// `good`, `bad`, `hold` or `plain`.
    of: &'static str,
    lines: Vec<String>,
}

/// How it ended. What nobody declared is never said to have gone well.
pub(super) fn outcome(seen: &Seen<'_>) -> Outcome {
    let room = seen.room;
    let rollback = room.rollback().filter(|one| !one.is_rehearsal);
    let live = room.went_live();
    let (word, of, first) = match (rollback, room.succeeded(), live) {
        (Some(one), ..) if one.is_running() => ("ROLLING BACK", "bad", under_way(seen, one)),
        (Some(one), ..) if one.is_back() => ("ROLLED BACK", "bad", rolled_back(seen, one)),
        (_, Some(declared), _) => {
            let short = match declared.open.len() {
                0 => "every criterion of the checklist was met".to_owned(),
                open => format!(
                    "{} not met, and declared all the same: {}",
                    counted(open, "criterion", "criteria"),
                    declared.reason
                ),
            };
            let of = if declared.open.is_empty() { "good" } else { "hold" };
            ("SUCCESS", of, format!("Declared {} by {}: {short}.", seen.at(declared.at), declared.actor))
        }
        (_, _, Some(live)) => {
            let reason = if live.reason.is_empty() {
                String::new()
            } else {
                format!(", {} open then: {}", live.open.len(), live.reason)
            };
            (
                "LIVE",
                if live.open.is_empty() { "good" } else { "hold" },
                format!("Go-live declared {} by {}{reason}. Success was not declared.", seen.at(live.at), live.actor),
            )
        }
        _ => not_finished(seen),
    };
    let mut lines = vec![one_line(&first)];
    let times = room.rollbacks().iter().filter(|one| !one.is_rehearsal && one.is_back()).count();
    if times > 1 {
        lines.push(format!(
            "Rolled back {times} times, in {}.",
            counted(room.attempts().len() + 1, "attempt", "attempts")
        ));
    }
    lines.push(closed(seen));
    Outcome { word: word.to_owned(), of, lines }
}

fn not_finished(seen: &Seen<'_>) -> (&'static str, &'static str, String) {
    let acted = super::timeline::first_act(seen.room, seen.events).is_some();
    let stood_down = seen.room.rollback().is_some_and(|one| !one.is_running() && !one.is_back() && !one.is_rehearsal);
    match (acted, stood_down) {
        (_, true) => (
            "UNFINISHED",
            "hold",
            "A rollback was begun and given up. Neither go-live nor a rollback was declared.".to_owned(),
        ),
        (true, _) => {
            ("UNFINISHED", "hold", "The deployment was begun. Neither go-live nor a rollback was declared.".to_owned())
        }
        (false, _) => ("NOT DEPLOYED", "plain", "No act of deployment stands in the log.".to_owned()),
    }
}

fn under_way(seen: &Seen<'_>, one: &RollbackState) -> String {
    format!(
        "Decided {} by {}: {}. It was not over at the end of this log.",
        seen.at(one.began),
        one.actor,
        one.reason.trim_end_matches('.')
    )
}

fn rolled_back(seen: &Seen<'_>, one: &RollbackState) -> String {
    let end = one.ended.as_ref().map(|end| {
        let took = end.at.duration_since(one.began).as_secs();
        format!(" Rolled back {} after {}, says {}.", seen.at(end.at), clock(took), end.actor)
    });
    let marks = &seen.room.plan().rollback.success;
    let done = marks.iter().filter(|id| seen.room.standing(id).is_done()).count();
    let marks = if marks.is_empty() { String::new() } else { format!(" {done} of {} marks true.", marks.len()) };
    format!(
        "Decided {} by {}: {}.{}{marks}",
        seen.at(one.began),
        one.actor,
        one.reason.trim_end_matches('.'),
        end.unwrap_or_default()
    )
}

/// Who closed the room, with which words; else that it is not closed, and how it was seen last.
fn closed(seen: &Seen<'_>) -> String {
    let last = seen.events.iter().rev().find(|recorded| matches!(recorded.event, Event::Closed(_)));
    if let (Some(words), Some(last)) = (seen.room.closed(), last) {
        let open = seen.room.closing().map(|closed| left_open_count(&closed.open)).filter(|open| !open.is_empty());
        let open = open.map(|open| format!(" ({open})")).unwrap_or_default();
        return format!("Closed {} by {}: {}{open}", seen.at(last.occurred_at), last.actor, one_line(words));
    }
    let verdict = match seen.room.verdict() {
        Some((word, since)) if word != VerdictWord::NotWatched => format!("verdict {word} since {}", seen.at(since)),
        _ => "nothing was watched".to_owned(),
    };
    let at: Timestamp = seen.events.last().map_or(seen.span.1, |last| last.recorded_at);
    let mode = crate::wire::project::mode_word(seen.room.mode());
    format!("The room is not closed: as of {}, {mode}, {verdict}.", seen.at(at))
}

/// What is left open: each check of which something was said, in a line; then those of which nobody said anything, together
/// by their headings; then the claims that nobody confirmed.
pub(super) fn left_open(room: &room::Room) -> Vec<String> {
    let mut lines = Vec::new();
    let mut silent: Vec<(String, Vec<String>)> = Vec::new();
    for item in &room.plan().items {
        let words = one_line(&room::question(item));
        let heading = match room.standing(&item.id) {
            Standing::Stated { .. } | Standing::Observed { .. } | Standing::NotApplicable { .. } => continue,
            Standing::Open => item.section.as_ref().map(|id| section_title(room, id)).unwrap_or_default().to_owned(),
            Standing::Claimed => CLAIMED.to_owned(),
            _ => {
                let what = super::super::what_is_true(room, &item.id).unwrap_or_default();
                lines.push(format!("{words}: {what}"));
                continue;
            }
        };
        match silent.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, list)) => list.push(words),
            None => silent.push((heading, vec![words])),
        }
    }
    silent.sort_by_key(|(heading, _)| heading == CLAIMED);
    lines.extend(silent.into_iter().map(|(heading, list)| {
        let count = list.len();
        let heading = if heading.is_empty() { "Open".to_owned() } else { heading.trim_end_matches(':').to_owned() };
        format!("{heading} ({count}): {}", list.join(" · "))
    }));
    lines
}

/// Over the claims that nobody confirmed.
const CLAIMED: &str = "Ticked in the source, confirmed by nobody";
