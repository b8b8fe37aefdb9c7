//! Rehearsing the way back before the day, and beginning anew after it was taken.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::said;
use crate::event::{AttemptBegan, Event, RehearsalBegan};
use crate::refusal::Refusal;
use crate::state::{Mode, Room};

/// A person rehearses the way back: before the first act of deployment, when nobody can take it for the day.
pub(super) fn rehearse(room: &Room, way: u32) -> Result<Event, Refusal> {
    if room.rollback().is_some_and(crate::rollback::RollbackState::is_running) {
        return Err(Refusal::Already("being rolled back, or rehearsed"));
    }
    if room.mode() != Mode::Prepare {
        return Err(Refusal::NoRehearsalNow);
    }
    super::rollback::has_way(room, way)?;
    Ok(Event::RehearsalBegan(Box::new(RehearsalBegan { way })))
}

/// A person begins a new attempt in the same room.
pub(super) fn begin(room: &Room, start: DateTime, reason: &str, now: Timestamp) -> Result<Event, Refusal> {
    let back = room.rollback().filter(|_| room.mode() == Mode::RolledBack);
    let Some(ended) = back.and_then(|rollback| rollback.ended.as_ref()) else { return Err(Refusal::NothingRolledBack) };
    let at = room.resolved().zone.to_ambiguous_timestamp(start).compatible().unwrap_or(now);
    if at < ended.at {
        return Err(Refusal::AttemptTooEarly);
    }
    let reason = said(reason, "why")?;
    Ok(Event::AttemptBegan(Box::new(AttemptBegan { number: room.attempt() + 1, start, reason })))
}
