//! Corrections: which event says what is right where another one says otherwise.
//!
//! Owns: who corrects whom, both ways. A correction changes nothing else of the room: what an act did stands until it is
//! taken back, or until somebody states it anew.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::event::{Corrected, Event, Recorded};
use crate::state::Room;
use crate::stored::stored;

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its own number.
    pub event: u64,
    /// The number of the event that it corrects.
    pub corrects: u64,
    /// The time that it is about.
    pub at: Timestamp,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// By whom.
    pub actor: String,
    /// What is right.
    pub right: String,
    /// Why that is known.
    pub why: String,
}

/// The corrections of a log, and in which of its events there is nothing to correct.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Corrections {
    all: Vec<Correction>,
    /// By the event that is corrected, their places.
    places: BTreeMap<u64, Vec<usize>>,
    /// The events that only keep the record of samples, in their order.
    samples: Vec<u64>,
}
stored!(struct Correction { event, corrects, at, recorded_at, actor, right, why });
stored!(struct Corrections { all, places, samples });

impl Corrections {
    pub(crate) fn follow(&mut self, recorded: &Recorded) {
        match &recorded.event {
            // One that names no event before it, as only a forged log has it, corrects nothing.
            Event::Corrected(corrected) if corrected.event < recorded.seq => {
                let Corrected { event, right, why } = corrected.as_ref();
                self.places.entry(*event).or_default().push(self.all.len());
                self.all.push(Correction {
                    event: recorded.seq,
                    corrects: *event,
                    at: recorded.occurred_at,
                    recorded_at: recorded.recorded_at,
                    actor: recorded.actor.clone(),
                    right: right.clone(),
                    why: why.clone(),
                });
            }
            Event::SamplesSealed(_) | Event::SamplesRolledUp(_) => self.samples.push(recorded.seq),
            _ => {}
        }
    }
}

impl Room {
    /// All corrections, in the order of the log.
    #[must_use]
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections.all
    }

    /// The corrections of one event, in the order of the log; not those of its corrections.
    pub fn corrections_of(&self, event: u64) -> impl Iterator<Item = &Correction> {
        let places = self.corrections.places.get(&event).into_iter().flatten();
        places.filter_map(|place| self.corrections.all.get(*place))
    }

    /// Whether an event only keeps the record of samples: digests, in which no person knows anything better.
    #[must_use]
    pub fn keeps_samples(&self, event: u64) -> bool {
        self.corrections.samples.binary_search(&event).is_ok()
    }
}
