//! Who has the room, and how it passes on.
//!
//! Owns: what is kept of handoffs. The first holds the room until the second signs; nothing stops for it: clocks, alerts
//! and deadlines go on as they are.

use jiff::Timestamp;

use crate::event::{Event, Recorded};
use crate::routine::{Occurrence, Rhythm, RoundDone, Timetable, WallTime};
use crate::state::{Room, Undoable};

/// The handoffs of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handoffs {
    /// The first signature, where the second is not given yet.
    pub waiting: Option<Offer>,
    /// Those with both, in the order of the log.
    pub past: Vec<Handoff>,
}

/// A first signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The event's number.
    pub event: u64,
    /// When.
    pub at: Timestamp,
    /// Who signed.
    pub by: String,
    /// Who had the room, where that is somebody else; empty otherwise.
    pub had_by: String,
    /// Who is to take it.
    pub to: String,
}

/// A handoff with both signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// The number of the second signature's event.
    pub event: u64,
    /// When that was.
    pub at: Timestamp,
    /// Who has the room since.
    pub by: String,
    /// The first signature.
    pub signed: Offer,
    /// The checks of the checklist's own handoff of which nobody said anything, each in its words.
    pub open: Vec<String>,
}

impl Offer {
    /// Whose room is handed over.
    #[must_use]
    pub fn of_whom(&self) -> &str {
        if self.had_by.is_empty() { &self.by } else { &self.had_by }
    }
}

impl Handoffs {
    /// The first signature is taken back; the second never is, for the room has passed on with it.
    pub(crate) fn withdraw(&mut self, event: u64) {
        self.waiting = self.waiting.take().filter(|offer| offer.event != event);
    }
}

impl Room {
    /// The handoffs.
    #[must_use]
    pub fn handoffs(&self) -> &Handoffs {
        &self.handoffs
    }

    /// Who has the room: who took it over last, else who hands it over first, else whoever acts. Whoever acts in between
    /// has it no more for that.
    #[must_use]
    pub fn has_the_room(&self) -> Option<&str> {
        let first = self.handoffs.waiting.as_ref().map(Offer::of_whom);
        self.handoffs.past.last().map(|last| last.by.as_str()).or(first).or(self.actor())
    }

    /// Since when the shift runs that the next handoff ends: since the last one, and after go-live since that at the
    /// earliest; `None` before both.
    #[must_use]
    pub fn shift_since(&self) -> Option<Timestamp> {
        let live = self.went_live().map(|live| live.at);
        let taken = self.handoffs.past.last().map(|last| last.at);
        taken.max(live)
    }

    /// The checklist's own handoff as a round: that of the shift which runs, named by when that began. It is due at no time
    /// of its own. `None` for a routine of another rhythm.
    #[must_use]
    pub fn handoff_round(&self, table: &Timetable) -> Option<Occurrence> {
        if table.rhythm != Rhythm::Handoff {
            return None;
        }
        let due = self.shift_since()?;
        let number = i64::try_from(self.handoffs.past.len()).unwrap_or(i64::MAX).saturating_add(1);
        Some(Occurrence { number, due, until: Timestamp::MAX, wall: WallTime::Once })
    }

    pub(crate) fn pass_on(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::HandedOver(handed) => {
                self.handoffs.waiting = Some(Offer {
                    event: recorded.seq,
                    at: recorded.occurred_at,
                    by: recorded.actor.clone(),
                    had_by: handed.had_by.clone(),
                    to: handed.to.clone(),
                });
                let (event, actor) = (recorded.seq, recorded.actor.clone());
                self.acts.push(Undoable { event, actor, items: Vec::new() });
            }
            Event::TakenOver(taken) => {
                let Some(signed) = self.handoffs.waiting.take() else { return };
                let mut settled = vec![signed.event];
                for key in &taken.finished {
                    let state = self.afterwards.rounds.entry(key.clone()).or_default();
                    settled.extend(state.marks.values().flatten().map(|mark| mark.event));
                    let (at, actor) = (recorded.occurred_at, taken.by.clone());
                    state.done = Some(RoundDone { at, actor, late_s: 0, readings: taken.readings.clone() });
                }
                // What two people signed for is not taken back by one.
                self.acts.retain(|act| !settled.contains(&act.event));
                let (event, at, by) = (recorded.seq, recorded.occurred_at, taken.by.clone());
                self.actor = Some(by.clone());
                self.handoffs.past.push(Handoff { event, at, by, signed, open: taken.open.clone() });
            }
            _ => {}
        }
    }
}
