//! No silence ends silently: its end is said, and what fires still speaks again.

use jiff::Timestamp;

use super::Watch;
use crate::event::Event;
use crate::state::{Mode, Room};

impl Watch {
    /// Says of each silence, once, that its time is over.
    pub(super) fn end_silences(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        if room.mode() == Mode::Closed {
            return events;
        }
        for (id, state) in room.alerts() {
            let Some(until) = state.silenced.as_ref().map(|silence| silence.until).filter(|until| *until <= now) else {
                continue;
            };
            // Its event may be on its way to the log.
            if self.ran_out.insert(id.clone(), until) != Some(until) {
                events.push(Event::SilenceRanOut { alert: id.clone(), seen: self.seen(id, now) });
            }
        }
        events
    }
}
