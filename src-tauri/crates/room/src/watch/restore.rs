//! Taking up what an earlier watch left: its memory, and what the log knows besides.

use jiff::Timestamp;

use super::{BlindMemory, Watch};
use crate::alert::{Fired, Phase, RuleMemory};
use crate::event::Event;
use crate::state::{Mode, Room};

impl Watch {
    /// Holds the memory against the log. An alert that the log knows fires still, whatever the memory says: only fresh
    /// data resolves. One that only the memory knows is written now: the program ended before it was on disk.
    pub(super) fn restore(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let mut events = self.set_back_meanwhile(room, now);
        for (id, state) in room.alerts().iter().filter(|(_, state)| state.is_firing()) {
            if id.is_blind() {
                let known = &state.fired;
                self.memory
                    .blind
                    .get_or_insert_with(|| BlindMemory::of_log(known.since, known.deadline, state.is_overdue));
                continue;
            }
            let known = self.memory.rules.get(id).map(RuleMemory::phase);
            if known != Some(Phase::Firing) && self.book.rule(id).is_some() {
                let memory = RuleMemory::of_log(state.fired.since, state.fired.deadline, state.is_overdue);
                self.memory.rules.insert(id.clone(), memory);
            }
        }
        if room.mode() == Mode::Closed {
            return events;
        }
        for rule in &self.book.rules {
            let Some(memory) = self.memory.rules.get(&rule.id) else { continue };
            let (Phase::Firing, Some(since)) = (memory.phase(), memory.since()) else { continue };
            let is_known = room.alerts().get(&rule.id).is_some_and(|state| state.fired.since == since);
            if !is_known && rule.purpose.alarms() {
                let seen = memory.last().map(|last| last.seen.clone());
                events.push(Event::AlertFired(Box::new(Fired {
                    why: "the program ended before this was written".to_owned(),
                    first: memory.first().cloned(),
                    since_before: memory.since_before(),
                    ..rule.fired(since, seen, memory.deadline())
                })));
            }
        }
        // The log has the last word on the verdict that was said.
        self.memory.verdict = room.verdict();
        // The gap is seen by the first tick.
        if self.memory.last_look.is_none() {
            self.memory.last_look = Some(now);
        }
        events
    }
}
