//! The watch over the room that is open: what comes of readings, of time and of the desktop.
//!
//! Owns: the pure watch and alarm of the room's rules with what they remember, the points of the charts, and what is
//! known of the desktop. Decides nothing about what is alarming. An alarm is told at once; the log is written in its
//! turn.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use outbound::{DoNotDisturb, Notification, Report, Urgency};
use plan::Severity;
use room::{
    Alarm, Dated, Event, Fetched, Interruption, Memory, Mode, Notice, NotifyOutcome, Reading, Room, Stretch, Watch,
};

use crate::sampling::Sampling;
use crate::tape::{Ends, Tape};

/// How often the desktop is asked whether it holds notifications back: a person who has switched that on is told before the
/// first repetition of an alarm.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(15);

pub(crate) use crate::rooms::ITSELF as WATCH;

/// The watch over a room.
#[derive(Debug)]
pub(crate) struct Watching {
    pub(crate) watch: Watch,
    alarm: Alarm,
    pub(crate) tape: Tape,
    /// How low and how high the metrics went since go-live, of what is stored.
    pub(crate) ends: Ends,
    /// What is to be kept of the readings.
    pub(crate) sampling: Sampling,
    /// What is kept beside the log, as it was written last.
    kept: String,
    /// Whether another window alarms and writes: this one only shows.
    is_silent: bool,
    /// What was told, by its key: title, and the outcome that the log knows.
    told: BTreeMap<String, (String, Option<NotifyOutcome>)>,
    pub(crate) desktop: Desktop,
    /// When the last reading came.
    pub(crate) heard: Option<Timestamp>,
}

/// What is to be said of notifications of which the log knows nothing, where nobody will hear of them any more.
pub(crate) fn unknown_outcomes(room: &Room) -> Vec<Event> {
    let unknown = room.alerts().iter().filter(|(_, state)| state.is_firing() && !state.is_notified);
    let said = unknown.map(|(id, state)| Event::Notified {
        key: id.to_string(),
        title: state.fired.name.clone(),
        outcome: NotifyOutcome::Unknown,
        words: "the program ended before it was known".to_owned(),
    });
    said.collect()
}

/// What is known of the desktop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Desktop {
    /// Why it takes no notifications; empty while it does, or nothing was tried.
    pub(crate) off: String,
    /// How often the window had to sound, since nothing else could.
    pub(crate) sound: u32,
    /// Whether a test is on its way.
    pub(crate) is_testing: bool,
    /// Why the laptop may fall asleep; empty where it is kept awake or nothing was tried.
    pub(crate) may_sleep: String,
    /// Whether it holds notifications back; `None` while nobody asked it.
    pub(crate) do_not_disturb: Option<DoNotDisturb>,
    /// When it was asked last.
    looked_at: Option<Timestamp>,
    /// What of it was put in line for the log last.
    said: Option<(bool, String)>,
}

/// What comes of something that the watch took in.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// For the log, with the times at which they were so.
    pub(crate) events: Vec<Dated>,
    /// For the desktop.
    pub(crate) notifications: Vec<Notification>,
    /// What is to be fetched.
    pub(crate) missed: Vec<Stretch>,
}

impl Watching {
    /// A watch that takes up what was kept beside the log.
    pub(crate) fn new(
        room: &Room,
        kept: Option<&str>,
        begins_at_t0: bool,
        is_silent: bool,
        now: Timestamp,
    ) -> (Self, Vec<Event>) {
        let memory = kept.map_or_else(Memory::default, |text| {
            serde_json::from_str(text).unwrap_or_else(|error| {
                // What the log knows is taken up all the same.
                tracing::warn!("what the watch remembered cannot be read: {error}");
                Memory::default()
            })
        });
        let (mut watch, mut events) = Watch::new(room, memory, begins_at_t0, now);
        // Whoever only shows what another window watches leaves the asking to it, and a made-up production has no past.
        if !is_silent && !crate::drill::is_drill(room) {
            watch.fetch_what_is_missed();
        }
        // A notification may have been on its way when the program ended.
        events.extend(unknown_outcomes(room));
        let watching = Self {
            alarm: Alarm::new(room, &watch, now),
            watch,
            tape: Tape::default(),
            ends: Ends::default(),
            sampling: Sampling::default(),
            kept: kept.unwrap_or_default().to_owned(),
            is_silent,
            told: BTreeMap::new(),
            desktop: Desktop {
                said: room.do_not_disturb().map(|(on, words)| (on, words.to_owned())),
                ..Desktop::default()
            },
            heard: None,
        };
        (watching, if is_silent { Vec::new() } else { events })
    }

    /// Whether another window alarms and writes.
    pub(crate) fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// Whether there is anything to observe.
    pub(crate) fn has_signals(room: &Room) -> bool {
        let config = room.config();
        !config.metrics.is_empty() || config.probes.values().any(|probe| probe.kind.is_some())
    }

    /// The charts begin with what was kept of the signals before the program was started.
    pub(crate) fn begin_with(&mut self, kept: &[(String, journal::Stretch)]) {
        for (name, stretch) in kept {
            if let Some(metric) = name.strip_prefix("metrics.") {
                self.tape.begin_with(metric, stretch);
            }
        }
    }

    /// Takes in what came together.
    pub(crate) fn hear(&mut self, room: &Room, readings: &[Reading], now: Timestamp) -> Findings {
        let is_kept = !self.is_silent && !crate::drill::is_drill(room);
        for reading in readings {
            self.heard = Some(reading.at);
            self.tape.record(reading);
            if is_kept {
                self.sampling.take_in(reading);
            }
        }
        let events = self.watch.hear_all(room, readings, now);
        self.found_now(events, room, now)
    }

    /// Takes in what was missed.
    pub(crate) fn fetched(&mut self, room: &Room, fetched: &Fetched, now: Timestamp) -> Findings {
        let is_kept = !self.is_silent && !crate::drill::is_drill(room);
        for reading in &fetched.readings {
            self.tape.record_late(reading);
            if is_kept && reading.outcome.is_ok() {
                self.sampling.take_in(reading);
            }
        }
        let events = self.watch.fetched(room, fetched, now);
        self.found(events, room, now)
    }

    /// Takes in what interrupted the watch.
    pub(crate) fn interrupted(&mut self, room: &Room, what: Interruption, now: Timestamp) -> Findings {
        let events = self.watch.interrupted(room, what, now);
        if let Interruption::ClockJumped { by } = what {
            self.tape.shift(by);
            self.alarm.clock_was_set(&self.watch, by);
        }
        self.found_now(events, room, now)
    }

    /// Lets time pass.
    pub(crate) fn tick(&mut self, room: &Room, now: Timestamp) -> Findings {
        let mut events = self.watch.tick(room, now);
        events.extend(self.alarm.missed_rounds(room, now));
        self.found_now(events, room, now)
    }

    fn found_now(&mut self, events: Vec<Event>, room: &Room, now: Timestamp) -> Findings {
        self.found(events.into_iter().map(|event| Dated { event, occurred_at: now }).collect(), room, now)
    }

    fn found(&mut self, events: Vec<Dated>, room: &Room, now: Timestamp) -> Findings {
        let missed = self.watch.to_fetch();
        if self.is_silent {
            return Findings::default();
        }
        let mut notices = self.alarm.due(room, &self.watch, now);
        notices.extend(self.alarm.was_over(room, &self.watch, &events, now));
        // A drill's hours pass in minutes: its phases would be announced all at once.
        if !crate::drill::is_drill(room) {
            notices.extend(self.alarm.reminders(room, now));
        }
        notices.extend(self.alarm.rounds_due(room, now));
        let notifications = notices.iter().map(|notice| self.notification(notice, room)).collect();
        Findings { events, notifications, missed }
    }

    fn notification(&mut self, notice: &Notice, room: &Room) -> Notification {
        let outcome = if notice.is_first { None } else { self.told.get(&notice.key).and_then(|(_, known)| *known) };
        let mark = if crate::drill::is_drill(room) { "DRILL · " } else { "" };
        let title = format!("{mark}{} · {}", notice.title, room.title());
        self.told.insert(notice.key.clone(), (notice.title.clone(), outcome));
        Notification {
            key: notice.key.clone(),
            title,
            body: notice.body.clone(),
            urgency: match notice.severity {
                Some(Severity::Critical) => Urgency::Critical,
                Some(Severity::High) => Urgency::Normal,
                Some(Severity::Medium) | None => Urgency::Low,
            },
            can_be_acknowledged: notice.can_be_acknowledged,
            sounds: notice.sounds,
        }
    }

    /// A test notification.
    pub(crate) fn test(&mut self, room: &Room) -> Notification {
        self.desktop.is_testing = true;
        self.told.insert(room::TEST.to_owned(), ("Test notification".to_owned(), None));
        Notification {
            key: room::TEST.to_owned(),
            title: format!(
                "{}Test of War Room · {}",
                if crate::drill::is_drill(room) { "DRILL · " } else { "" },
                room.title()
            ),
            body: "Alerts will look like this. Say in the window whether you saw it.".to_owned(),
            urgency: Urgency::Normal,
            can_be_acknowledged: false,
            sounds: true,
        }
    }

    /// What came of a notification: for the log where it is the first word of it, or another one than before.
    pub(crate) fn reported(&mut self, report: &Report) -> Option<Event> {
        let (key, outcome, words, sound) = match report {
            Report::Shown { key, sound, .. } => (key, NotifyOutcome::Shown, String::new(), sound),
            Report::Failed { key, words, sound } => (key, NotifyOutcome::Failed, words.clone(), sound),
            Report::DoNotDisturb(told) => {
                self.desktop.do_not_disturb = Some(told.clone());
                return None;
            }
            Report::Acknowledged { .. } | Report::Opened { .. } => return None,
        };
        self.desktop.off.clone_from(&words);
        let held_back = match (&self.desktop.do_not_disturb, outcome) {
            (Some(DoNotDisturb::On(how)), NotifyOutcome::Shown) => format!("perhaps held back: {how}"),
            _ => String::new(),
        };
        if key == room::TEST {
            self.desktop.is_testing = false;
        }
        let sounded = match sound {
            Some(Ok(how)) => format!("sound: {how}"),
            Some(Err(why)) => {
                // The window is what is left.
                self.desktop.sound = self.desktop.sound.saturating_add(1);
                format!("sound: by the window, since {why}")
            }
            None => String::new(),
        };
        let (title, known) = self.told.get_mut(key)?;
        if *known == Some(outcome) {
            return None;
        }
        *known = Some(outcome);
        let words =
            [words, held_back, sounded].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        Some(Event::Notified { key: key.clone(), title: title.clone(), outcome, words })
    }

    /// Whether the desktop is to be asked now whether it holds notifications back. A clock that was set back makes nobody
    /// wait.
    pub(crate) fn looks(&mut self, room: &Room, now: Timestamp) -> bool {
        let is_ours = !self.is_silent && !crate::drill::is_drill(room) && Self::has_signals(room);
        let is_due = self.desktop.looked_at.is_none_or(|at| now < at || now.duration_since(at) >= LOOK_EVERY);
        if is_ours && is_due && room.mode() != Mode::Closed {
            self.desktop.looked_at = Some(now);
            return true;
        }
        false
    }

    /// What the log does not know yet of the desktop's holding notifications back, while that matters: from the first act
    /// of deployment on. That nobody can tell is no turn.
    pub(crate) fn held_back(&mut self, room: &Room) -> Option<Event> {
        let now = match self.desktop.do_not_disturb.as_ref().filter(|_| self.wants_awake(room))? {
            DoNotDisturb::On(words) => (true, words.clone()),
            DoNotDisturb::Off(words) => (false, words.clone()),
            DoNotDisturb::Unknown(_) => return None,
        };
        let was_on = self.desktop.said.as_ref().is_some_and(|(on, _)| *on);
        if now.0 == was_on {
            return None;
        }
        self.desktop.said = Some(now.clone());
        Some(Event::DoNotDisturb { on: now.0, words: now.1 })
    }

    /// The alerts that an Acknowledge on a notification is about.
    pub(crate) fn acknowledged(room: &Room, key: &str) -> Vec<String> {
        let is_open = |state: &room::AlertState| state.is_firing() && state.acknowledged.is_none();
        let open = room.alerts().iter().filter(|(_, state)| is_open(state));
        open.filter(|(id, _)| key == room::SUMMARY || id.as_str() == key).map(|(id, _)| id.to_string()).collect()
    }

    /// What the log has taken in counts from now on.
    pub(crate) fn applied(&mut self, event: &Event) {
        self.watch.applied(event);
    }

    /// What is to be kept beside the log, where it is not what is kept.
    pub(crate) fn unkept(&mut self, room: &Room) -> Option<String> {
        // Without signals or a gate there is nothing to remember but that time went on.
        let is_of_use = Self::has_signals(room) || room.current_gate().is_some();
        if self.is_silent || !is_of_use {
            return None;
        }
        match serde_json::to_string(self.watch.memory()) {
            Ok(text) if text != self.kept => {
                self.kept.clone_from(&text);
                Some(text)
            }
            Ok(_) => None,
            Err(error) => {
                tracing::warn!("what the watch remembers cannot be kept: {error}");
                None
            }
        }
    }

    /// Whether the laptop has to be kept awake.
    pub(crate) fn wants_awake(&self, room: &Room) -> bool {
        // A drill keeps nobody's laptop awake.
        !self.is_silent
            && !crate::drill::is_drill(room)
            && matches!(room.mode(), Mode::Live | Mode::Watch | Mode::RollingBack | Mode::RolledBack)
    }
}
