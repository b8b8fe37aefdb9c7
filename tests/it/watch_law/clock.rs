//! What interrupts a watched day: a wall clock that is set, and a program that is killed and started.

use jiff::SignedDuration;
use room::{Cause, Event, Interruption, Memory, Verdict, Watch};
use tests::watched::Happening;

use super::tally::Count;
use super::{Bug, Day, at};

impl Day {
    /// The wall clock is set, and the watch is told, as where two clocks are compared; or it is set back while the program
    /// is down, and nobody tells.
    pub(super) fn set_clock(&mut self, by: i64, is_down: bool) {
        self.tally.count(if is_down { Count::ClockSetBack } else { Count::ClockSet });
        let before = self.watch.verdict(&self.room, at(self.now));
        self.now += by;
        // What was seen is counted by the clock as it is now.
        self.furthest = self.now;
        self.broken = self.broken.map(|at| at + by);
        self.reference.sets_clock(by);
        if is_down {
            self.restart(&before);
            return;
        }
        let what = Interruption::ClockJumped { by: SignedDuration::from_secs(by) };
        if self.bug != Bug::ClockIsNotTold {
            let events = self.watch.interrupted(&self.room, what, at(self.now));
            self.take(events, "War Room");
        }
        self.told.set_clock(&self.watch, by);
        self.hold_the_law();
    }

    /// Killed, and started at once: what stands beside the log and the log itself are all that is left.
    pub(super) fn restart(&mut self, before: &Verdict) {
        self.tally.count(Count::Restarted);
        let text = serde_json::to_string(self.watch.memory()).expect("what is remembered can be written");
        let mut memory: Memory = serde_json::from_str(&text).expect("what was written can be read");
        if self.bug == Bug::MemoryIsLost {
            memory = Memory::default();
        }
        let (watch, events) = Watch::new(&self.room, memory, false, at(self.now));
        let is_clock = |event: &Event| matches!(event, Event::ClockJumped { .. });
        assert!(events.iter().all(is_clock), "{events:?}: {}", self.here());
        self.watch = watch;
        self.take(events, "War Room");
        self.reference.happens(Happening::Restarted, self.now);
        self.told.restart(&self.room, &self.watch, at(self.now));
        let after = self.watch.verdict(&self.room, at(self.now));
        // Where nothing was blind, the first answers are waited for again: what was not seen may be on its way.
        let waits = matches!(before.cause, Cause::Unseen { .. } | Cause::Waiting) && after.cause == Cause::Waiting;
        assert!(after == *before || waits, "{before:?} before the kill, {after:?} after it: {}", self.here());
    }
}
