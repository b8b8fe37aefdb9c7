//! A second, slow and obvious opinion about a room: it keeps what was asked and accepted, in order, and works every
//! answer out from the beginning each time it is asked.
//!
//! Owns: what a room says of one small day, whose facts are written down in `day` by hand. Must not know: how `room`
//! decides and folds, or how `plan` reads a text; it shares no code with either.

mod alerts;
mod answers;
mod ask;
mod back;
mod clock;
mod day;
mod gates;
mod later;
mod marks;
mod people;
mod rounds;
mod rules;
mod seen;

pub use ask::{Ask, Found, GateSight, Said, Sight};
pub use clock::{PLACES, Place};
pub use day::{
    ALERTS, ANSWERS, BODIES, CHANNELS, CHECKS, CONTACTS, Check, DAY, EVIDENCE, Every, GATES, Gate, Means, PHASES,
    PROPOSALS, ROUTINES, SAWS, SECTIONS, SETTINGS, STEPS, Saw, TOLD, VALUES,
};
pub use rounds::MissedSeen;
pub use seen::{AlertSeen, AttemptSeen, BackSeen, CorrectionSeen, GateSeen, Known, RoundSeen, Seen, Tried};

/// Who stands in the log where nobody asked.
pub const FINDER: &str = "War Room";

/// An ask that was accepted.
#[derive(Debug, Clone)]
struct Act {
    seq: u64,
    /// Seconds; when it was accepted.
    now: i64,
    actor: String,
    ask: Ask,
    sight: Sight,
}

/// The reference: nothing but what was accepted, when somebody looked, and what they were told.
#[derive(Debug, Clone)]
pub struct Reference {
    place: Place,
    acts: Vec<Act>,
    looks: Vec<rounds::Look>,
}

impl Reference {
    /// A room that was opened in one of [`PLACES`].
    #[must_use]
    pub fn new(place: Place) -> Self {
        Self { place, acts: Vec::new(), looks: Vec::new() }
    }

    /// Whether this may be; if so it has happened.
    pub fn ask(&mut self, ask: &Ask, sight: &Sight, now: i64) -> bool {
        let may_be = self.allows(ask, sight, now);
        if may_be {
            let actor = match ask {
                Ask::Finds(_) => FINDER.to_owned(),
                _ => self.actor().unwrap_or_else(|| "login".to_owned()),
            };
            let seq = self.last() + 1;
            self.acts.push(Act { seq, now, actor, ask: ask.clone(), sight: sight.clone() });
        }
        may_be
    }

    /// Number of the last event. The opening is event 1, and what was told stands in the log, too.
    fn last(&self) -> u64 {
        let told: usize = self.looks.iter().map(rounds::Look::events).sum();
        (self.acts.len() + told) as u64 + 1
    }

    /// The room as it was before one of its acts.
    fn before(&self, place: usize) -> Self {
        Self { place: self.place, acts: self.acts.iter().take(place).cloned().collect(), looks: Vec::new() }
    }
}
