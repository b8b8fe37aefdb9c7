//! What wakes the watch, and what follows from it: alarms at once, the log in its turn.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use outbound::Report;
use room::{Dated, Event, Fetched, Interruption, Mode, Reading, Room};

use super::line::Turn;
use super::{Controller, Effect, Laptop, Open, Out, Reply, refused};
use crate::armed::Armed;
use crate::rooms::Job;
use crate::shell::WatchLine;
use crate::watching::{Findings, Watching};
use crate::wire::Act;
use crate::wire::project::watch_lines;

impl Controller {
    /// Signals answered, or did not.
    pub(super) fn heard(&mut self, number: u64, readings: &[Reading], now: Timestamp, out: &mut Out) {
        if self.watch_number != Some(number) {
            return;
        }
        let Open::Room(live) = &mut self.open else { return };
        let Some((watching, room)) = live.watching() else { return };
        let found = watching.hear(room, readings, now);
        let lines = watch_lines::readings(room, &watching.watch, readings, now);
        out.effects.extend(lines.into_iter().map(|line| Effect::Tell(Box::new(line))));
        self.found(found, now, out);
    }

    /// What was missed of a signal came, or did not.
    pub(super) fn fetched(&mut self, number: u64, fetched: &Fetched, now: Timestamp, out: &mut Out) {
        if self.watch_number != Some(number) {
            return;
        }
        let Open::Room(live) = &mut self.open else { return };
        let Some((watching, room)) = live.watching() else { return };
        let found = watching.fetched(room, fetched, now);
        self.found(found, now, out);
    }

    /// The laptop slept, the program stood still, or the clock was set.
    pub(super) fn interrupted(&mut self, what: Interruption, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        let Some((watching, room)) = live.watching() else { return };
        let found = watching.interrupted(room, what, now);
        self.found(found, now, out);
    }

    /// A second passed.
    pub(super) fn watch_tick(&mut self, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        let Some((watching, room)) = live.watching() else { return };
        let mut found = watching.tick(room, now);
        let held_back = watching.held_back(room);
        found.events.extend(held_back.map(|event| Dated { event, occurred_at: now }));
        if watching.looks(room, now) {
            out.effects.push(Effect::LookAtDesktop);
        }
        self.found(found, now, out);
        let Open::Room(live) = &mut self.open else { return };
        if let Some(text) = live.watching().and_then(|(watching, room)| watching.unkept(room)) {
            out.job(Job::Remember { text });
        }
    }

    /// The room is another one: what follows from that for the watch is looked at, at once.
    pub(super) fn room_changed(&mut self, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        let Some((watching, room)) = live.watching() else { return };
        let found = watching.tick(room, now);
        self.found(found, now, out);
    }

    fn found(&mut self, found: Findings, now: Timestamp, out: &mut Out) {
        if let Some(number) = self.watch_number {
            let fetch = |stretch| Effect::Fetch { number, stretch };
            out.effects.extend(found.missed.into_iter().map(fetch));
        }
        if found.events.is_empty() && found.notifications.is_empty() {
            return;
        }
        let Open::Room(live) = &mut self.open else { return };
        if let Some((watching, room)) = live.watching() {
            let told = |Dated { event, occurred_at }: &Dated| {
                let line = watch_lines::event(room, &watching.watch, event, now)?;
                Some(WatchLine { at: occurred_at.to_string(), ..line })
            };
            out.effects.extend(found.events.iter().filter_map(told).map(|line| Effect::Tell(Box::new(line))));
        }
        out.has_turned = true;
        out.effects.extend(found.notifications.into_iter().map(Effect::Notify));
        live.found_at(found.events);
        self.pump(now, out);
    }

    /// The desktop took a notification or did not, or a person did something with one.
    pub(super) fn desktop(&mut self, report: &Report, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        match report {
            Report::Acknowledged { key } if key == room::SUMMARY => {
                live.line.join(Turn::Act { act: Act::AcknowledgeAll, reply: None }, &mut out.answers);
            }
            Report::Acknowledged { key } => {
                for alert in Watching::acknowledged(live.room(), key) {
                    let act = Act::Acknowledge { alert, note: String::new() };
                    live.line.join(Turn::Act { act, reply: None }, &mut out.answers);
                }
            }
            Report::Opened { .. } => out.effects.push(Effect::Raise),
            Report::DoNotDisturb(_) => {
                let Some((watching, room)) = live.watching() else { return };
                watching.reported(report);
                let held_back = watching.held_back(room).into_iter();
                let events = held_back.map(|event| Dated { event, occurred_at: now }).collect();
                self.found(Findings { events, ..Findings::default() }, now, out);
                return;
            }
            Report::Shown { .. } | Report::Failed { .. } => {
                let event = live.watching().and_then(|(watching, _)| watching.reported(report));
                if let (Some(event), Some((watching, room))) = (&event, live.watching()) {
                    let line = watch_lines::event(room, &watching.watch, event, now);
                    out.effects.extend(line.map(|line| Effect::Tell(Box::new(line))));
                }
                live.found(event.into_iter().collect(), now);
            }
        }
        self.pump(now, out);
    }

    /// The laptop is kept awake, or why it is not.
    pub(super) fn awake(&mut self, outcome: Result<(), String>, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        let (held, why) = match outcome {
            Ok(()) => (true, String::new()),
            Err(why) => (false, why),
        };
        if let Some((watching, _)) = live.watching() {
            watching.desktop.may_sleep.clone_from(&why);
        }
        if live.room().awake() != Some((held, why.as_str())) {
            live.found(vec![Event::KeptAwake { held, why }], now);
            self.pump(now, out);
        }
    }

    pub(super) fn test_notification(&mut self, reply: Reply, out: &mut Out) {
        let outcome = match &mut self.open {
            Open::Room(live) => match live.watching() {
                Some((watching, room)) => {
                    out.effects.push(Effect::Notify(watching.test(room)));
                    Ok(())
                }
                None => Err(refused("This room is only read here: its own window alarms.")),
            },
            Open::Nothing | Open::Opening(_) => Err(super::no_room()),
        };
        out.answers.push((reply, outcome));
    }

    /// Brings what is observed, and whether the laptop is kept awake, into line with what is open.
    pub(super) fn align(&mut self, now: Timestamp, out: &mut Out) {
        let room = match &self.open {
            Open::Room(live) => live.watched().map(|watching| (live.room(), watching)),
            Open::Nothing | Open::Opening(_) => None,
        };
        let open = room.filter(|(room, _)| room.mode() != Mode::Closed);
        // A gate may be held on word alone; only what the settings name is observed.
        let observed = open.filter(|(room, _)| Watching::has_signals(room));
        let wants_awake = observed.is_some_and(|(room, watching)| watching.wants_awake(room));
        let asks = |room: &Room| (room.bound_at(), room.armed_at());
        match (observed, self.watch_number) {
            (Some((room, watching)), number) if number.is_none() || asks(room) != self.asked_as => {
                if number.is_none() {
                    self.watches += 1;
                    self.watch_number = Some(self.watches);
                    // Whoever begins to watch is told what will not be heard.
                    let lines = watch_lines::silences(room, &watching.watch, now);
                    out.effects.extend(lines.into_iter().map(|line| Effect::Tell(Box::new(line))));
                }
                self.asked_as = asks(room);
                // A drill is told what it sees by its own production.
                if !crate::drill::is_drill(room) {
                    let folder = folder_of(&room.opened().path);
                    out.effects.push(Effect::Watch {
                        number: self.watches,
                        config: Box::new(room.config().clone()),
                        armed: if watching.is_silent() { Armed::new() } else { armed(room, &self.laptop, &folder) },
                        folder,
                    });
                }
            }
            (None, Some(_)) => {
                self.watch_number = None;
                out.effects.push(Effect::StopWatch);
            }
            _ => {}
        }
        if wants_awake != self.is_kept_awake {
            self.is_kept_awake = wants_awake;
            out.effects.push(Effect::KeepAwake(wants_awake));
        }
    }

    /// A command was armed here, or disarmed: the laptop keeps it in mind, so that it runs here and nowhere else.
    pub(super) fn keep_in_mind(&mut self, event: &Event, out: &mut Out) {
        let (probe, is_armed) = match event {
            Event::CommandArmed { probe, .. } => (probe, true),
            Event::CommandDisarmed { probe } => (probe, false),
            _ => return,
        };
        let Open::Room(live) = &self.open else { return };
        let room = live.room();
        let Some(command) = room.command_of(probe) else { return };
        let name = crate::armed::name(&room.opened().room, probe, command, &folder_of(&room.opened().path));
        if is_armed {
            self.laptop.armed.insert(name.clone())
        } else {
            self.laptop.armed.remove(&name)
        };
        out.effects.push(Effect::KeepArmed { name, is_armed });
    }

    /// Another room is open, or none: what was observed was for the one before.
    pub(super) fn forget_watch(&mut self, out: &mut Out) {
        if self.watch_number.take().is_some() {
            out.effects.push(Effect::StopWatch);
        }
    }
}

/// The commands that the log says are armed, and that were armed on this laptop: a room's file that came by mail runs
/// nothing.
pub(super) fn armed(room: &Room, laptop: &Laptop, folder: &Path) -> Armed {
    let known = room.armed().keys().filter_map(|probe| Some((probe, room.command_of(probe)?)));
    let armed = known.filter(|(probe, command)| {
        let name = crate::armed::name(&room.opened().room, probe, command, folder);
        room.is_armed(probe, command) && laptop.armed.contains(&name)
    });
    armed.map(|(probe, command)| (probe.clone(), command.to_owned())).collect()
}

/// A person takes notice of all that fires, each alert as an event of its own.
pub(super) fn all_acknowledged(room: &Room, sight: &room::Sight, now: Timestamp) -> Vec<(Event, Timestamp)> {
    let open = Watching::acknowledged(room, room::SUMMARY).into_iter();
    let intents = open.map(|alert| room::Intent::Acknowledge { alert: alert.into(), note: String::new() });
    intents.filter_map(|intent| room::decide(room, &intent, sight, now).ok()).collect()
}

/// The folder of the checklist, in which the settings' files lie.
pub(super) fn folder_of(checklist: &str) -> PathBuf {
    Path::new(checklist).parent().map(Path::to_path_buf).unwrap_or_default()
}
