//! Closing, in words.

use jiff::Timestamp;
use room::{Event, Recorded, Room, RoomClosed};

use super::times::on_the_wall_of_zone;
use crate::wire::ClosingView;

/// What is left open: now, or at the closing of a room that is closed.
pub(crate) fn closing_of(room: &Room, events: &[Recorded], now: Timestamp) -> ClosingView {
    let Some(closed) = room.closing() else {
        let left_open = room::left_open(room, now);
        return ClosingView { count: count(&left_open), left_open, closed: String::new() };
    };
    let last = events.iter().rev().find(|recorded| matches!(recorded.event, Event::Closed(_)));
    let by = last.map(|last| {
        let at = on_the_wall_of_zone(last.occurred_at, room.resolved());
        format!("Closed {at} by {}", last.actor)
    });
    ClosingView { left_open: closed.open.clone(), count: count(&closed.open), closed: by.unwrap_or_default() }
}

/// "12 left open"; empty where nothing is.
pub(crate) fn count(open: &[String]) -> String {
    if open.is_empty() { String::new() } else { format!("{} left open", open.len()) }
}

/// The event as the log tells it: how it ended, and what was left open.
pub(super) fn in_log(closed: &RoomClosed) -> (String, String) {
    let open =
        if closed.open.is_empty() { String::new() } else { format!(" · left open: {}", closed.open.join(" · ")) };
    ("closed the room".to_owned(), format!("{}{open}", closed.outcome))
}
