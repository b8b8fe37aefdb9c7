//! A drill without a window: controller, disk and clock in one hand.
//!
//! Owns: that everything that follows from one second of the drill is done before the next, so that the same scenario
//! and seed give the same log, to the last byte. Must not know: what is printed.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use journal::Hash;
use outbound::Report;
use room::{Recorded, Room};

use super::{Controller, Effect, Laptop, Wake};
use crate::clock;
use crate::drill::{Order, Run};
use crate::keychain::Keychain;
use crate::paths::Paths;
use crate::rooms::{Job, Outcome, Rooms};
use crate::wire::Theme;

/// A drill without a window: controller, log and clock, one second at a time.
pub(crate) struct Stage {
    controller: Controller,
    rooms: Rooms,
    run: Option<Run>,
    speed: u32,
    path: PathBuf,
    head: Option<Hash>,
    events: Vec<Recorded>,
    /// What could not be done.
    said: Vec<String>,
}

impl Stage {
    /// Makes the drill's room.
    ///
    /// # Errors
    /// A sentence where it cannot be made.
    pub(crate) fn set(order: Order, paths: Paths, rooms: Rooms) -> Result<Self, String> {
        let speed = order.speed;
        let controller = Controller::new(Laptop {
            // A drill leaves nothing behind in it.
            keychain: Keychain::none(),
            paths,
            zone: jiff::tz::TimeZone::UTC,
            theme: Theme::Dark,
            complaint: None,
            recent: Vec::new(),
            armed: std::collections::BTreeSet::new(),
            login: "login".to_owned(),
            begins_at_t0: false,
        });
        let mut stage = Self {
            controller,
            rooms,
            run: None,
            speed,
            path: PathBuf::new(),
            head: None,
            events: Vec::new(),
            said: Vec::new(),
        };
        stage.wake(Wake::Drill(Box::new(order)));
        if stage.controller.drilled_room().is_none() {
            let said = stage.said.pop();
            return Err(said.unwrap_or_else(|| "The drill's room could not be made.".to_owned()));
        }
        Ok(stage)
    }

    /// The drill's room.
    pub(crate) fn room(&self) -> Option<&Room> {
        self.controller.drilled_room()
    }

    /// Lets one second of the drill pass, with all that follows from it; false once it is over.
    pub(crate) fn second(&mut self) -> bool {
        let second = match (&mut self.run, self.controller.drilled_room()) {
            (Some(run), Some(room)) if room.closed().is_none() => run.next(room),
            _ => return false,
        };
        self.wake(Wake::Drilled(Box::new(second)));
        self.wake(Wake::Tick);
        true
    }

    fn now(&self) -> jiff::Timestamp {
        self.run.as_ref().map_or_else(clock::now, |run| run.now)
    }

    /// Handles a wake, and all that follows from it, before anything else.
    fn wake(&mut self, wake: Wake) {
        let mut wakes = VecDeque::from([wake]);
        while let Some(wake) = wakes.pop_front() {
            let now = self.now();
            for effect in self.controller.handle(wake, now) {
                self.perform(effect, &mut wakes);
            }
        }
    }

    fn perform(&mut self, effect: Effect, wakes: &mut VecDeque<Wake>) {
        match effect {
            Effect::Disk(job) => {
                if let Some(outcome) = self.rooms.perform(job) {
                    self.keep(&outcome);
                    wakes.push_back(Wake::Disk(outcome));
                }
            }
            Effect::StartClock(run, _) => self.run = Some(*run),
            // A made-up desktop takes what it is told; nothing of a drill leaves the machine.
            Effect::Notify(notification) => {
                let sound = notification.sounds.then(|| Ok("made up, in a drill".to_owned()));
                let report = Report::Shown { key: notification.key, has_actions: false, sound };
                wakes.push_back(Wake::Desktop(report));
            }
            Effect::Say(sentence) => self.said.push(sentence),
            Effect::Answer(reply, outcome) => (reply.0)(outcome),
            _ => {}
        }
    }

    fn keep(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Made { outcome: Ok(entered), .. } => {
                self.path.clone_from(&entered.path);
                self.head = Some(entered.head);
                self.events.clone_from(&entered.events);
            }
            Outcome::Appended(Ok((recorded, head))) => {
                self.head = Some(*head);
                self.events.extend(recorded.iter().cloned());
            }
            _ => {}
        }
    }

    /// The wall's seconds go so many times slower than the drill's.
    pub(crate) fn speed(&self) -> u32 {
        self.speed
    }

    /// The room's file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The hash of the last event.
    pub(crate) fn head(&self) -> Option<Hash> {
        self.head
    }

    /// All events so far.
    pub(crate) fn events(&self) -> &[Recorded] {
        &self.events
    }

    /// Has the room sealed and let go of.
    pub(crate) fn leave(&mut self) {
        self.rooms.perform(Job::Leave { now: self.now() });
        tracing::info!(path = %self.path.display(), "a drill was played");
    }
}
