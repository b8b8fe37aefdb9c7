//! A correction: of an event that is there, and in which a person could know something better.

use jiff::Timestamp;

use super::{Decision, not_ahead, said};
use crate::event::{Corrected, Event};
use crate::refusal::Refusal;
use crate::state::Room;

/// A person says what is right where an event says otherwise. It may be a correction itself.
pub(super) fn correct(
    room: &Room,
    event: u64,
    [right, why]: [&str; 2],
    at: Option<Timestamp>,
    now: Timestamp,
) -> Decision {
    if event == 0 || event > room.last() {
        return Err(Refusal::NotInTheLog { event, last: room.last() });
    }
    if room.keeps_samples(event) {
        return Err(Refusal::NothingToCorrect { event });
    }
    let right = said(right, "what is right")?;
    let why = said(why, "why")?;
    if room.corrections_of(event).any(|known| known.right == right) {
        return Err(Refusal::Already("corrected so"));
    }
    Ok((Event::Corrected(Box::new(Corrected { event, right, why })), not_ahead(at, now)?))
}
