//! `war-room drill`: a rehearsal, in the window or without one.
//!
//! Without a window the drill's seconds are counted here, one after the other, and everything that follows from one is
//! done before the next: so that the same scenario and seed give the same log, to the last byte.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use journal::Hash;
use outbound::Report;
use room::{Recorded, Room};
use serde_json::json;

use super::arguments::Drill;
use super::{Streams, exit};
use crate::controller::{Controller, Effect, Laptop, Wake};
use crate::drill::score::{Score, score};
use crate::drill::{EXAMPLE, EXAMPLE_FILE, EXAMPLE_SETTINGS, Order, Run, scenario};
use crate::paths::Paths;
use crate::rooms::Rooms;
use crate::wire::Theme;
use crate::wire::project::{self, Book};
use crate::{clock, source};

/// What is said where no drill can be made.
type Sentence = String;

/// Lists the scenarios, or runs a drill without a window.
pub(super) fn drill(arguments: &Drill, streams: &mut Streams<'_>) -> io::Result<u8> {
    if arguments.list {
        for scenario in &scenario::SCENARIOS {
            if arguments.json {
                writeln!(
                    streams.out,
                    "{}",
                    json!({"scenario": scenario.id, "title": scenario.title, "words": scenario.words})
                )?;
            } else {
                writeln!(streams.out, "{}  {}: {}", scenario.id, scenario.title, scenario.words)?;
            }
        }
        return Ok(exit::GOOD);
    }
    let order = match order(arguments, true) {
        Ok(order) => order,
        Err(sentence) => {
            writeln!(streams.err, "{sentence}")?;
            return Ok(exit::UNREADABLE);
        }
    };
    let paths = Paths::of_this_user();
    let rooms = Rooms::at(paths.data());
    match Stage::set(order, paths, rooms) {
        Ok(mut stage) => stage.play(arguments, streams),
        Err(sentence) => {
            writeln!(streams.err, "{sentence}")?;
            Ok(exit::UNREADABLE)
        }
    }
}

/// The drill that the arguments ask for.
pub(super) fn order(arguments: &Drill, is_alone: bool) -> Result<Order, Sentence> {
    let wanted = arguments.scenario.as_deref().unwrap_or("bad-canary");
    let scenario = scenario::of(wanted).ok_or_else(|| {
        let known = scenario::SCENARIOS.iter().map(|scenario| scenario.id).collect::<Vec<_>>().join(", ");
        format!("There is no scenario “{wanted}”: choose one of {known}.")
    })?;
    let (file, text, settings) = match &arguments.checklist {
        None => (EXAMPLE_FILE.to_owned(), EXAMPLE.to_owned(), Some(EXAMPLE_SETTINGS.to_owned())),
        Some(path) => {
            let read = source::read(path).map_err(|error| error.sentence(|path| path.display().to_string()))?;
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (file, read.text, read.settings)
        }
    };
    let speed = arguments.speed.unwrap_or(crate::controller::DRILL_SPEED);
    Ok(Order { scenario, seed: arguments.seed, speed, is_alone, file, text, settings })
}

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
    pub(crate) fn set(order: Order, paths: Paths, rooms: Rooms) -> Result<Self, Sentence> {
        let speed = order.speed;
        let controller = Controller::new(Laptop {
            paths,
            zone: jiff::tz::TimeZone::UTC,
            theme: Theme::Dark,
            complaint: None,
            recent: Vec::new(),
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

    fn keep(&mut self, outcome: &crate::rooms::Outcome) {
        use crate::rooms::Outcome;
        match outcome {
            Outcome::Made { outcome: Ok(entered), .. } => {
                self.path.clone_from(&entered.path);
                self.head = Some(entered.head);
                self.events.clone_from(&entered.events);
            }
            Outcome::Appended(Ok((recorded, head))) => {
                self.head = Some(*head);
                self.events.push(recorded.clone());
            }
            _ => {}
        }
    }

    /// Plays to the end, and tells it.
    fn play(&mut self, arguments: &Drill, streams: &mut Streams<'_>) -> io::Result<u8> {
        let pause = Duration::from_secs(1) / self.speed.max(1);
        if !arguments.json {
            writeln!(streams.err, "DRILL: made up from scenario and seed; nothing leaves this laptop.")?;
        }
        let mut told = 0;
        loop {
            told = self.tell(told, arguments.json, streams)?;
            if !self.second() {
                break;
            }
            wait(pause);
        }
        self.tell(told, arguments.json, streams)?;
        let Some(room) = self.room() else { return Ok(exit::UNREADABLE) };
        let result = score(room, &self.events);
        let head = self.head.map(|head| journal::short(&head)).unwrap_or_default();
        let drill = room.opened().drill.clone();
        let (scenario, seed) = drill.map(|drill| (drill.scenario, drill.seed)).unwrap_or_default();
        if arguments.json {
            let summary = json!({
                "scenario": scenario,
                "seed": seed,
                "head": self.head.map(|head| journal::hex(&head)).unwrap_or_default(),
                "score": result,
                "room": self.path.display().to_string(),
            });
            writeln!(streams.out, "{summary}")?;
        } else {
            write!(streams.out, "{}", in_words(&result))?;
            writeln!(streams.out, "{scenario}, seed {seed}, head {head}\n{}", self.path.display())?;
        }
        streams.out.flush()?;
        let path = self.path.clone();
        self.rooms.perform(crate::rooms::Job::Leave { now: self.now() });
        tracing::info!(path = %path.display(), "a drill was played");
        Ok(exit::GOOD)
    }

    /// Tells the events that were not told yet.
    fn tell(&self, from: usize, is_json: bool, streams: &mut Streams<'_>) -> io::Result<usize> {
        let Some(room) = self.room() else { return Ok(from) };
        let book = Book::of(room.plan());
        for recorded in self.events.iter().skip(from) {
            let words = project::entry_words(&book, room, &self.events, recorded);
            if is_json {
                let line = json!({
                    "at": recorded.occurred_at.to_string(),
                    "kind": recorded.event.kind(),
                    "actor": recorded.actor,
                    "text": words,
                });
                writeln!(streams.out, "{line}")?;
            } else {
                let at = recorded.occurred_at.to_zoned_datetime(room.resolved().zone.clone());
                writeln!(streams.out, "{} {}: {words}", at.strftime("%H:%M:%S %Z"), recorded.actor)?;
            }
        }
        streams.out.flush()?;
        Ok(self.events.len())
    }
}

/// Lets the wall's clock go on, so that a person can follow.
#[allow(clippy::disallowed_methods, reason = "the drill's own driver: nothing is decided by it, and no test waits")]
fn wait(pause: Duration) {
    std::thread::sleep(pause);
}

fn in_words(result: &Score) -> String {
    let clock = |seconds: Option<i64>| {
        seconds.map_or_else(|| "never".to_owned(), |seconds| format!("{:02}:{:02}", seconds / 60, seconds % 60))
    };
    let limit =
        result.limit_s.map(|limit_s| format!(" of {:02}:{:02}", limit_s / 60, limit_s % 60)).unwrap_or_default();
    format!(
        "\nSeen after {} (earliest {})\nDecided after {} more (earliest {})\nBack after {}{limit}\nTold {} of {}\n",
        clock(result.detect_s),
        clock(result.earliest_detect_s),
        clock(result.decide_s),
        clock(result.earliest_decide_s),
        clock(result.back_s),
        result.told,
        result.to_be_told
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use room::{Event, Mode};

    /// Played to its end: the stage, its folder, and the hash of its last event.
    fn played(seed: u64, checklist: Option<&str>) -> (Stage, tempfile::TempDir, Hash) {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario::of("bad-canary").unwrap();
        let text = checklist.unwrap_or(EXAMPLE).to_owned();
        let order =
            Order { scenario, seed, speed: 60, is_alone: true, file: EXAMPLE_FILE.to_owned(), text, settings: None };
        let home = folder.path().to_path_buf();
        let paths = Paths::from_environment(|_| None, Some(home));
        let rooms = Rooms::at(folder.path());
        let mut stage = Stage::set(order, paths, rooms).unwrap();
        let mut seconds = 0;
        while stage.second() {
            seconds += 1;
            assert!(seconds < 3600, "the drill never ends");
        }
        let head = stage.head.unwrap();
        (stage, folder, head)
    }

    fn kinds(stage: &Stage) -> Vec<&'static str> {
        stage.events.iter().map(|recorded| recorded.event.kind()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_head_and_another_another() {
        let (_, _, one) = played(7, None);
        let (_, _, same) = played(7, None);
        let (_, _, other) = played(8, None);
        assert_eq!(one, same);
        assert_ne!(one, other);
    }

    #[test]
    fn a_canary_goes_wrong_is_seen_and_taken_back_in_time() {
        let (stage, ..) = played(7, None);
        let room = stage.room().unwrap();
        let result = score(room, &stage.events);
        assert_eq!(result.outcome, "rolled_back");
        assert!(result.detect_s >= result.earliest_detect_s && result.earliest_detect_s > Some(0), "{result:?}");
        assert!(result.told > 0 && result.told <= result.to_be_told);
        for kind in ["gate_entered", "alert_fired", "notified", "alert_acknowledged", "rollback_began", "rolled_back"] {
            assert!(kinds(&stage).contains(&kind), "{kind}");
        }
        assert_eq!(room.mode(), Mode::Closed);
        let acted = stage.events.iter().filter(|recorded| recorded.actor == "RM");
        assert!(acted.count() > 5);
    }

    #[test]
    fn nothing_of_a_drill_leaves_and_everything_bears_its_mark() {
        let (stage, folder, _) = played(7, None);
        let room = stage.room().unwrap();
        assert_eq!(room.opened().drill.as_ref().map(|drill| drill.scenario.as_str()), Some("bad-canary"));
        let name = stage.path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("drill-"), "{name}");
        assert!(!folder.path().join("heads.log").exists(), "a drill's head is no head of the day");
        assert!(!folder.path().join("device.key").exists(), "and the laptop's own key signs nothing of it");
        let sheet = std::fs::read_to_string(stage.path.with_extension("html")).unwrap();
        assert!(sheet.contains("DRILL"), "the sheet says what it is");
    }

    #[test]
    fn a_checklist_of_its_own_is_drilled_with_its_own_thresholds_and_people() {
        let text = "# Ship ledger\n\n## Deployment (2026-05-01 10:00 UTC)\n- [ ] Begun\n- [ ] 25% traffic\n  - [ ] Error \
                    rate < 3 %\n  - [ ] Hold for 3 minutes\n\n## Rollback (within 5 minutes)\n### Critical\n- Error rate > \
                    23 %\n### Option 1: Undo\n```bash\nkubectl rollout undo deployment/ledger\n```\n\n## Escalation\n- \
                    **Captain**: Nemo - +1 555 0100 - nemo@example.org\n";
        let (stage, ..) = played(7, Some(text));
        let room = stage.room().unwrap();
        let fired = stage.events.iter().find_map(|recorded| match &recorded.event {
            Event::AlertFired(fired) if fired.severity == plan::Severity::Critical => Some(fired.clone()),
            _ => None,
        });
        let seen = fired.expect("the plan's own threshold is breached").seen.unwrap().words;
        let value: f64 = seen.trim_end_matches(" %").parse().unwrap();
        assert!(value > 23.0, "{seen}");
        let told: Vec<_> = stage
            .events
            .iter()
            .filter_map(|recorded| match &recorded.event {
                Event::Told { whom, .. } => Some(whom.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(told, [room.plan().contacts[0].id.to_string()]);
    }

    #[test]
    fn a_checklist_without_a_threshold_is_refused_in_words() {
        let scenario = scenario::of("bad-canary").unwrap();
        let text = "# x\n- [ ] y\n".to_owned();
        let order =
            Order { scenario, seed: 1, speed: 1, is_alone: true, file: "x.md".to_owned(), text, settings: None };
        let why = order.prepare().unwrap_err();
        assert!(why.starts_with("This checklist names no decision criterion with a number"), "{why}");
    }

    #[test]
    fn verify_is_good_and_finds_what_was_changed() {
        let (mut stage, folder, head) = played(7, None);
        let path = stage.path.clone();
        stage.rooms.perform(crate::rooms::Job::Leave { now: stage.now() });
        let heads = journal::Heads::at(&folder.path().join("heads.log"));
        let known = journal::hex(&head);
        let whole = journal::verify(&path, &heads, Some(&known)).unwrap();
        assert!(matches!(whole.integrity, journal::Integrity::Whole), "{whole:?}");
        assert_eq!(whole.complete_to, Some(u64::try_from(stage.events.len()).unwrap()));
        let tamper = |sql: &str| {
            let copy = folder.path().join("copy.warroom");
            std::fs::copy(&path, &copy).unwrap();
            let connection = rusqlite::Connection::open(&copy).unwrap();
            let triggers: Vec<String> = connection
                .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                .unwrap()
                .query_map([], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            for trigger in triggers {
                connection.execute_batch(&format!("DROP TRIGGER \"{trigger}\"")).unwrap();
            }
            connection.execute_batch(sql).unwrap();
            drop(connection);
            let found = journal::verify(&copy, &heads, Some(&known)).unwrap();
            (!matches!(found.integrity, journal::Integrity::Whole), found.complete_to)
        };
        let (is_broken, _) = tamper("UPDATE events SET actor = 'XX' WHERE seq = 9");
        assert!(is_broken, "an edited byte");
        let (is_broken, _) = tamper("DELETE FROM events WHERE seq = 9");
        assert!(is_broken, "a removed event");
        let (is_broken, complete_to) = tamper("DELETE FROM events WHERE seq > 20");
        assert!(is_broken || complete_to.is_none(), "a cut tail");
    }
}
