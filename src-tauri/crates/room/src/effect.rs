//! What must follow outside of the room, as data; a driver performs it.

use crate::event::Event;

/// What must follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Sign count and head of the log, and keep them outside of the room as well.
    Seal,
    /// Write the sheet beside the room anew.
    WriteSheet,
}

/// Every how many events the log is sealed (DESIGN.md, "The log").
const SEAL_EVERY: u64 = 100;

/// What follows from an event that was just recorded as number `seq`.
#[must_use]
pub fn effects(event: &Event, seq: u64) -> Vec<Effect> {
    let is_turn = matches!(
        event,
        Event::Opened(_)
            | Event::Closed(_)
            | Event::Reopened { .. }
            | Event::PlanReread(_)
            | Event::GatePassed { .. }
            | Event::GateOverridden { .. }
            | Event::GoneBack(_)
            | Event::AttemptBegan(_)
            | Event::RollbackBegan { .. }
            | Event::RolledBack
            | Event::TakenOver(_)
    );
    let mut found = Vec::new();
    if is_turn || seq.is_multiple_of(SEAL_EVERY) {
        found.push(Effect::Seal);
    }
    // The sheet shows verdict, alerts, open checks, contacts and the way back: what changes one of these makes it old.
    // A draft or a note does not.
    let is_on_sheet = !matches!(
        event,
        Event::DraftKept { .. }
            | Event::DraftDropped { .. }
            | Event::DoNotDisturb { .. }
            | Event::KeptAwake { .. }
            | Event::NotLooked { .. }
            | Event::Slept { .. }
            | Event::Stalled { .. }
            | Event::ClockJumped { .. }
            | Event::StretchFetched(_)
            | Event::Noted { .. }
            | Event::Notified { .. }
            | Event::SamplesRolledUp(_)
            | Event::SamplesSealed(_)
            | Event::SentByHand { .. }
            | Event::TestAnswered { .. }
            | Event::UnitConfirmed { .. }
    );
    if is_on_sheet {
        found.push(Effect::WriteSheet);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_closings_and_every_hundredth_event_are_sealed() {
        let note = Event::Noted { text: "x".to_owned() };
        assert_eq!(effects(&note, 99), []);
        assert_eq!(effects(&note, 100), [Effect::Seal]);
        let closed = crate::event::RoomClosed { outcome: "done".to_owned(), open: Vec::new() };
        let closed = Event::Closed(Box::new(closed));
        assert_eq!(effects(&closed, 7), [Effect::Seal, Effect::WriteSheet]);
        let passed = Event::GatePassed {
            gate: "i-1".to_owned().into(),
            held_ms: 1,
            on_word: false,
            fetched_ms: 0,
            readings: Vec::new(),
        };
        assert_eq!(effects(&passed, 7), [Effect::Seal, Effect::WriteSheet]);
    }
}
