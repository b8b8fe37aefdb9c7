//! The schedule: another end of the window, a later start, a shorter hold. Each is a named person's act, with a reason.

use jiff::Timestamp;
use plan::ItemId;

use super::said;
use crate::event::{Change, Event, ScheduleChanged};
use crate::refusal::Refusal;
use crate::state::Room;

/// What a person wants to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Another end of the announced window.
    WindowEnd(Timestamp),
    /// Another start of T0's phase.
    Start(Timestamp),
    /// A shorter hold of a gate, in seconds.
    Hold(ItemId, u64),
}

/// Changes the schedule.
pub(super) fn change(
    room: &Room,
    wanted: &Wanted,
    reason: &str,
    shown: &str,
    now: Timestamp,
) -> Result<Event, Refusal> {
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    let change = match wanted {
        Wanted::WindowEnd(to) => window_end(room, *to, now)?,
        Wanted::Start(to) => start(room, *to, now)?,
        Wanted::Hold(gate, to_s) => hold(room, gate, *to_s)?,
    };
    let reason = said(reason, "why")?;
    Ok(Event::ScheduleChanged(Box::new(ScheduleChanged { change, reason, shown: shown.to_owned() })))
}

fn window_end(room: &Room, to: Timestamp, now: Timestamp) -> Result<Change, Refusal> {
    let (begins, from) = room.window().ok_or(Refusal::NoWindow)?;
    if to <= now || to <= begins {
        return Err(Refusal::NotAhead);
    }
    if to == from {
        return Err(Refusal::Already("the end of the window"));
    }
    Ok(Change::WindowEnd { from, to })
}

fn start(room: &Room, to: Timestamp, now: Timestamp) -> Result<Change, Refusal> {
    let phase = room.plan().phases.iter().find(|phase| Some(&phase.section) == room.plan().start.phase.as_ref());
    let phase = phase.ok_or(Refusal::Unknown("phase that begins at T0"))?;
    if crate::schedule::acts(room, phase).0.is_some() {
        return Err(Refusal::HasBegun);
    }
    if to <= now {
        return Err(Refusal::NotAhead);
    }
    let from = room.schedule().start.as_ref().map_or(room.resolved().start, |moved| moved.to);
    if to == from {
        return Err(Refusal::Already("the start"));
    }
    if to < room.resolved().start {
        return Err(Refusal::BeforeT0);
    }
    Ok(Change::Start { from, to })
}

fn hold(room: &Room, id: &ItemId, to_s: u64) -> Result<Change, Refusal> {
    let gate = room.plan().gates.iter().find(|gate| &gate.item == id).ok_or(Refusal::Unknown("gate"))?;
    if room.gate(id).is_some_and(|state| state.passed.is_some()) {
        return Err(Refusal::Already("passed"));
    }
    let from_s = gate.hold_s.ok_or(Refusal::Unknown("hold of this gate"))?;
    if to_s == 0 || to_s > from_s {
        return Err(Refusal::NotShorter);
    }
    if room.hold_s(gate) == Some(to_s) {
        return Err(Refusal::Already("held for so long"));
    }
    Ok(Change::Hold { gate: id.clone(), from_s, to_s })
}
