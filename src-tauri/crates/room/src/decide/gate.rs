//! Gates: entered, passed, overridden, gone back from.

use plan::{Gate, ItemId};

use super::{GateSight, Sight, said};
use crate::event::{Event, GoneBack};
use crate::refusal::Refusal;
use crate::state::Room;

/// A person says that the gate's share of the traffic is on the new version.
pub(super) fn enter(room: &Room, id: &ItemId) -> Result<Event, Refusal> {
    next(room, id)?;
    if room.gate(id).is_some_and(|state| state.entered.is_some()) {
        return Err(Refusal::Already("entered: its hold runs while every condition is met"));
    }
    Ok(Event::GateEntered { gate: id.clone() })
}

/// A person passes a gate: on positive evidence alone. The end of the hold's clock is no pass.
pub(super) fn pass(room: &Room, id: &ItemId, sight: &Sight) -> Result<Event, Refusal> {
    next(room, id)?;
    let seen = entered(id, sight)?;
    let open =
        seen.conditions.iter().filter(|read| !read.state.is_met()).map(|read| read.text.clone()).collect::<Vec<_>>();
    if !open.is_empty() {
        return Err(Refusal::ConditionsOpen { conditions: open });
    }
    if !seen.is_held {
        return Err(Refusal::NotHeld { held_s: seen.held_ms / 1000 });
    }
    Ok(Event::GatePassed {
        gate: id.clone(),
        held_ms: seen.held_ms,
        on_word: seen.on_word,
        fetched_ms: seen.fetched_ms,
        readings: seen.conditions.clone(),
    })
}

/// A named person passes a gate against what is seen. What is seen stands beside the reason.
pub(super) fn override_it(room: &Room, id: &ItemId, reason: &str, sight: &Sight) -> Result<Event, Refusal> {
    next(room, id)?;
    let reason = said(reason, "why")?;
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    let seen = sight.gate.as_ref().filter(|seen| &seen.gate == id);
    Ok(Event::GateOverridden {
        gate: id.clone(),
        reason,
        held_ms: seen.map_or(0, |seen| seen.held_ms),
        readings: seen.map(|seen| seen.conditions.clone()).unwrap_or_default(),
    })
}

/// A person goes back to the gate before: its share is held anew, and what was passed from there on is void.
pub(super) fn go_back(room: &Room, id: &ItemId, reason: &str, sight: &Sight) -> Result<Event, Refusal> {
    no_way_back(room)?;
    let gates = &room.plan().gates;
    let place = gates.iter().position(|gate| gate.item == *id).ok_or(Refusal::Unknown("gate"))?;
    let stands = room.stands_at();
    if stands.is_none_or(|gate| gate.item != *id) {
        return Err(Refusal::StandsElsewhere { gate: stands.map(|gate| gate.text.clone()) });
    }
    let before = place.checked_sub(1).and_then(|before| gates.get(before));
    let Some(before) = before else {
        return Err(Refusal::NoGateBefore { gate: stands.map(|gate| gate.text.clone()).unwrap_or_default() });
    };
    let reason = said(reason, "why")?;
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    let seen = sight.gate.as_ref().filter(|seen| seen.gate == *id);
    let passed_ms = room.gate(id).and_then(|state| state.passed.as_ref()).map_or(0, |pass| pass.held_ms);
    Ok(Event::GoneBack(Box::new(GoneBack {
        gate: id.clone(),
        to: before.item.clone(),
        reason,
        held_ms: seen.map_or(passed_ms, |seen| seen.held_ms),
        readings: seen.map(|seen| seen.conditions.clone()).unwrap_or_default(),
    })))
}

/// While the way back is taken the shares of the traffic are not what the gates say.
pub(super) fn no_way_back(room: &Room) -> Result<(), Refusal> {
    match room.rollback() {
        Some(rollback) if rollback.is_running() || rollback.is_back() => Err(Refusal::WayBackRuns),
        _ => Ok(()),
    }
}

/// The gate, where it is the next one: gates are passed in their order.
fn next<'a>(room: &'a Room, id: &ItemId) -> Result<&'a Gate, Refusal> {
    no_way_back(room)?;
    let gate = room.plan().gates.iter().find(|gate| &gate.item == id).ok_or(Refusal::Unknown("gate"))?;
    match room.next_gate() {
        Some(next) if next.item == *id => Ok(gate),
        Some(next) if room.gate(id).is_none_or(|state| state.passed.is_none()) => {
            Err(Refusal::EarlierGate { gate: next.text.clone() })
        }
        _ => Err(Refusal::Already("passed")),
    }
}

fn entered<'a>(id: &ItemId, sight: &'a Sight) -> Result<&'a GateSight, Refusal> {
    sight.gate.as_ref().filter(|seen| &seen.gate == id).ok_or(Refusal::GateNotEntered)
}
