//! What interrupts the watch: sleep, a program that stood still, a wall clock that is set.
//!
//! Owns: what follows of each for what the watch remembers. Must not know: by which clocks it is noticed.

use jiff::{SignedDuration, Timestamp};

use super::Watch;
use crate::event::Event;
use crate::gate::shifted;
use crate::state::{Mode, Room};

/// So long after a sleep the network may not be back: nothing seen meanwhile is no blindness yet.
const WAKING: SignedDuration = SignedDuration::from_secs(20);

/// What interrupts the watch. Times are by the wall clock as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// The laptop slept.
    Slept {
        /// From when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// The program stood still while the laptop ran.
    Stalled {
        /// From when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// The wall clock was set.
    ClockJumped {
        /// By how much: forward, or back where it is less than nought.
        by: SignedDuration,
    },
}

impl Watch {
    /// Takes in what interrupted the watch, before it looks again. What was slept through is held by nothing until it is
    /// fetched; a clock that was set makes nothing older or younger than it is, and moves no deadline.
    pub fn interrupted(&mut self, room: &Room, what: Interruption, now: Timestamp) -> Vec<Event> {
        let is_watched = !self.book.rules.is_empty() || room.current_gate().is_some();
        let event = match what {
            Interruption::ClockJumped { by } => {
                self.shift(by);
                Some(Event::ClockJumped { by_ms: i64::try_from(by.as_millis()).unwrap_or(i64::MAX) })
            }
            Interruption::Slept { from, to } => {
                self.stand_still(from, now);
                self.waking_until = now.checked_add(WAKING).ok();
                is_watched.then_some(Event::Slept { from, to })
            }
            Interruption::Stalled { from, to } => {
                self.stand_still(from, now);
                is_watched.then_some(Event::Stalled { from, to })
            }
        };
        event.filter(|_| room.mode() != Mode::Closed).into_iter().collect()
    }

    /// The wall clock was set back while the program did not run: nothing that is remembered is of a time to come. It is
    /// taken for so much as is known, as if no time had passed meanwhile.
    pub(super) fn set_back_meanwhile(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let ahead = self.memory.last_look.map(|last| last.duration_since(now));
        let Some(ahead) = ahead.filter(|ahead| *ahead > super::AHEAD) else { return Vec::new() };
        self.shift(-ahead);
        // This watch began by the clock as it is.
        self.started = now;
        if room.mode() == Mode::Closed {
            // It takes no word.
            return Vec::new();
        }
        vec![Event::ClockJumped { by_ms: i64::try_from(ahead.as_millis()).map_or(i64::MIN, |by_ms| -by_ms) }]
    }

    fn stand_still(&mut self, from: Timestamp, now: Timestamp) {
        let from = self.memory.last_look.map_or(from, |last| last.min(from));
        self.memory.hold.stand(from, now);
        // The first answers are waited for as at the start: nobody has asked yet.
        self.started = now;
        // It is said already.
        self.memory.last_look = Some(now);
    }

    fn shift(&mut self, by: SignedDuration) {
        self.memory.rules.values_mut().for_each(|memory| memory.shift(by));
        self.memory.before.values_mut().for_each(|before| before.shift(by));
        self.memory.hold.shift(by);
        self.shift_answers(by);
        if let Some(blind) = &mut self.memory.blind {
            blind.shift(by);
        }
        self.started = shifted(self.started, by);
        self.waking_until = self.waking_until.map(|until| shifted(until, by));
        let times = self.armed_since.values_mut().chain(self.memory.counted_since.values_mut());
        for at in times.chain(&mut self.memory.last_look) {
            *at = shifted(*at, by);
        }
        for known in self.signals.values_mut() {
            if let Some(sample) = &mut known.sample {
                sample.at = shifted(sample.at, by);
                sample.good_until = shifted(sample.good_until, by);
            }
            if let Some((_, since, _)) = &mut known.fault {
                *since = shifted(*since, by);
            }
        }
    }
}
