//! Waiting is skipped: up to what is due next, and never past anything that somebody has to see.

use jiff::{SignedDuration, Timestamp};
use room::{Mode, Room};

use super::scenario::Scenario;

/// After T0 a drill in which something goes wrong ends by itself after this long: nobody was there.
const LONGEST: SignedDuration = SignedDuration::from_mins(60);
/// One of the whole plan this long after the last time that the plan names.
const AFTER_THE_LAST: SignedDuration = SignedDuration::from_hours(24);

/// When a drill ends by itself.
#[must_use]
pub(crate) fn longest(scenario: &Scenario, room: &Room) -> Timestamp {
    let start = room.resolved().start;
    if scenario.fault.is_some() {
        return start.checked_add(LONGEST).unwrap_or(Timestamp::MAX);
    }
    let last = times(room).max().unwrap_or(start).max(start);
    last.checked_add(AFTER_THE_LAST).unwrap_or(Timestamp::MAX)
}

/// Where the rehearsal of a whole plan begins: at the first time that the plan names.
#[must_use]
pub(crate) fn first(room: &Room) -> Timestamp {
    let start = room.resolved().start;
    times(room).min().unwrap_or(start).min(start)
}

/// What is due next: a phase that begins or ends, a hold that is over or wants a word, a round.
#[must_use]
pub(crate) fn next_due(room: &Room, hold_turns: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let rounds = if room.makes_rounds() { room.rounds_ahead(now) } else { Vec::new() };
    let rounds = rounds.into_iter().map(|(_, round)| round.when.due);
    times(room).chain(hold_turns).chain(rounds).filter(|at| *at > now).min()
}

/// Every time that the phases of the plan name.
fn times(room: &Room) -> impl Iterator<Item = Timestamp> {
    room.resolved().phases.iter().flat_map(|phase| [phase.start, phase.end]).flatten()
}

/// Whether something counts each second: a hold, an alert that fires, the way back.
#[must_use]
pub(crate) fn counts(room: &Room) -> bool {
    room.current_gate().is_some()
        || room.mode() == Mode::RollingBack
        || room.alerts().values().any(room::AlertState::is_firing)
}

/// Whether somebody has to see what is there now: an alert that nobody has seen.
#[must_use]
pub(crate) fn is_called_for(room: &Room) -> bool {
    room.alerts().values().any(|state| state.is_firing() && state.acknowledged.is_none())
}
