//! The room passes on: two people sign, one after the other.

use super::Sight;
use crate::event::{Event, HandedOver, RoundKey, TakenOver};
use crate::refusal::Refusal;
use crate::routine::RoundState;
use crate::said::question;
use crate::state::Room;

/// A named person hands the room over to another whom the room knows.
pub(super) fn hand_over(room: &Room, to: &str) -> Result<Event, Refusal> {
    if let Some(offer) = &room.handoffs().waiting {
        return Err(Refusal::HandoverWaits { to: offer.to.clone() });
    }
    let actor = room.actor().ok_or(Refusal::NobodyNamed)?;
    let to = known(room, to)?;
    let had_by = room.has_the_room().unwrap_or(actor);
    if to == actor || to == had_by {
        return Err(Refusal::HasTheRoom { who: to });
    }
    let had_by = if had_by == actor { String::new() } else { had_by.to_owned() };
    Ok(Event::HandedOver(Box::new(HandedOver { to, had_by })))
}

/// Whom it was handed to takes it over. What nobody said of the checklist's own handoff stays open, and is named.
pub(super) fn take_over(room: &Room, by: &str, sight: &Sight) -> Result<Event, Refusal> {
    let offer = room.handoffs().waiting.as_ref().ok_or(Refusal::NothingHandedOver)?;
    let by = known(room, by)?;
    if by == offer.by {
        return Err(Refusal::HasTheRoom { who: by });
    }
    if by != offer.to {
        return Err(Refusal::HandedToAnother { to: offer.to.clone() });
    }
    let (mut finished, mut open) = (Vec::new(), Vec::new());
    for table in room.timetables() {
        let Some(when) = room.handoff_round(&table) else { continue };
        let key = RoundKey { routine: table.key.clone(), due: when.due };
        let empty = RoundState::default();
        let state = room.afterwards().round(&key).unwrap_or(&empty);
        let left = table.items.iter().filter(|item| state.mark(item).is_none());
        let left: Vec<String> = left.filter_map(|item| room.plan().item(item).map(question)).collect();
        if left.is_empty() {
            finished.push(key);
        }
        open.extend(left);
    }
    let (from, signed) = (offer.by.clone(), offer.event);
    let readings = sight.readings.clone();
    Ok(Event::TakenOver(Box::new(TakenOver { by, from, signed, finished, open, readings })))
}

/// The first signature is taken back.
pub(super) fn withdraw(room: &Room) -> Result<Event, Refusal> {
    let offer = room.handoffs().waiting.as_ref().ok_or(Refusal::NothingToUndo)?;
    Ok(Event::Undone { event: offer.event })
}

/// Somebody's initials as the room has them.
fn known(room: &Room, initials: &str) -> Result<String, Refusal> {
    let typed = initials.trim().to_uppercase();
    if typed.is_empty() {
        return Err(Refusal::Missing("who takes the room over"));
    }
    let found = room.people().iter().find(|person| person.initials == typed);
    found.map(|person| person.initials.clone()).ok_or(Refusal::NoSuchPerson { initials: initials.trim().to_owned() })
}
