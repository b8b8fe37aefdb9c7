//! The schedule of a room that is closed: as it stood then, in the past. Nothing is ahead, at risk or to be chosen any more.

use jiff::Timestamp;
use room::{Room, Schedule};

use super::{clock, on_the_wall_of_zone};
use crate::wire::{CountdownView, ScheduleRowView, ScheduleView, SpentView};

/// The view of the moment of the closing, told as what it was.
pub(super) fn as_it_ended(view: ScheduleView, room: &Room, stands: &Schedule, closed_at: Timestamp) -> ScheduleView {
    let resolved = room.resolved();
    let ended = stands.window.map(|(_, to)| {
        let wall = clock(&to.to_zoned_datetime(resolved.zone.clone()));
        if to > closed_at { format!(" · window until {wall}") } else { format!(" · window ended {wall}") }
    });
    let countdown = match stands.window {
        Some((_, to)) if !stands.is_over() => CountdownView {
            state: "over".to_owned(),
            title: "Closed before the day was over".to_owned(),
            value: String::new(),
            at: String::new(),
            words: format!(
                "Closed at {}; the window was announced until {}.",
                on_the_wall_of_zone(closed_at, resolved),
                on_the_wall_of_zone(to, resolved)
            ),
        },
        _ => view.countdown,
    };
    ScheduleView {
        now_words: format!("closed {}{}", on_the_wall_of_zone(closed_at, resolved), ended.unwrap_or_default()),
        countdown,
        left: String::new(),
        at_risk: Vec::new(),
        what_ifs: Vec::new(),
        notice: None,
        holds: Vec::new(),
        can_start_later: false,
        rows: view.rows.into_iter().map(row).collect(),
        spent: view.spent.into_iter().map(spent).collect(),
        ..view
    }
}

fn row(row: ScheduleRowView) -> ScheduleRowView {
    let is_settled = ["done", "–", "left open"].contains(&row.earliest.as_str());
    let earliest = match row.actual {
        _ if is_settled => row.earliest,
        None => "not begun".to_owned(),
        Some(_) => "not ended".to_owned(),
    };
    ScheduleRowView {
        earliest,
        projected: None,
        latest: String::new(),
        slack: "–".to_owned(),
        slack_state: String::new(),
        is_critical: false,
        ..row
    }
}

fn spent(part: SpentView) -> SpentView {
    match part.state.as_str() {
        "left" => SpentView { words: "left at the closing".to_owned(), ..part },
        "running" => SpentView {
            words: part.words.trim_end_matches(super::RUNS_ON).to_owned(),
            state: "spent".to_owned(),
            ..part
        },
        _ => part,
    }
}
