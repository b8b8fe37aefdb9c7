//! The controller with a clock of our own and no desktop.

mod acting;
mod alarming;
mod arming;
mod checking;
mod drilling;
mod entering;
mod exporting;
mod handing;
mod looking;
mod missing;
mod proving;
mod rereading;
mod resuming;
mod sampling;
mod saving;
mod signing;
mod watching;
mod week;

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::*;
use crate::device_key::DeviceKey;
use crate::keychain::Keychain;
use crate::rooms::Rooms;
use crate::wire::project::sample;
use crate::wire::{CopyTarget, OutsideTarget, Screen};

/// A controller, the time it is told, the answers it gave, and a disk of its own.
struct Table {
    controller: Controller,
    rooms: Rooms,
    /// Holds `data/`.
    folder: Rc<TempDir>,
    /// Whether the disk takes its time: jobs wait until [`Table::work`].
    is_disk_slow: bool,
    jobs: VecDeque<Job>,
    now: Timestamp,
    answers: Arc<Mutex<Vec<Result<(), Problem>>>>,
    /// The index of the log's words.
    words: Option<journal::Words>,
}

/// Whatever was done in a test: what its log makes comes back from its bytes as it is.
impl Drop for Table {
    fn drop(&mut self) {
        let Open::Room(live) = &self.controller.open else { return };
        if std::thread::panicking() {
            return;
        }
        let Some(events) = live.whole() else { return };
        let room = room::Room::fold(events).expect("it begins with the opening");
        if let Some(bytes) = room.to_bytes() {
            let stored = room::Room::of_bytes(&bytes).expect("what was put can be read");
            assert!(stored == room, "{stored:#?}\nis not\n{room:#?}");
            assert_eq!(stored.to_bytes(), Some(bytes));
        }
    }
}

impl Table {
    fn laid() -> Self {
        Self::in_folder(Rc::new(tempfile::tempdir().unwrap()))
    }

    /// With a keychain for the device's key.
    fn with_keychain(keychain: Keychain) -> Self {
        let mut table = Self::laid();
        table.rooms = Rooms::at(table.controller.laptop.paths.data()).keeping_keys_in(keychain);
        table
    }

    /// This laptop's device.
    fn device(&self) -> journal::Device {
        DeviceKey::of(self.controller.laptop.paths.data(), Keychain::none()).device().unwrap().0
    }

    /// Another window on the same laptop.
    fn beside(other: &Self) -> Self {
        Self::in_folder(Rc::clone(&other.folder))
    }

    fn in_folder(folder: Rc<TempDir>) -> Self {
        let data = folder.path().join("data").into_os_string();
        let home = PathBuf::from("/home/mk");
        let paths = Paths::from_environment(|name| (name == "XDG_DATA_HOME").then(|| data.clone()), Some(home));
        let rooms = Rooms::at(paths.data()).caching_in(folder.path().join("cache"));
        let laptop = Laptop {
            keychain: Keychain::none(),
            paths,
            zone: TimeZone::UTC,
            theme: Theme::Dark,
            complaint: None,
            recent: Vec::new(),
            armed: BTreeSet::new(),
            login: "login".to_owned(),
            begins_at_t0: false,
        };
        Self {
            controller: Controller::new(laptop),
            rooms,
            folder,
            is_disk_slow: false,
            jobs: VecDeque::new(),
            now: "2026-01-21T05:48:10Z".parse().unwrap(),
            answers: Arc::default(),
            words: None,
        }
    }

    /// With a window that knows everything, and the sample checklist read.
    fn opening() -> Self {
        let mut table = Self::laid();
        table.subscribe();
        table.read_sample();
        table
    }

    fn in_the_room() -> Self {
        let mut table = Self::opening();
        let effects = table.enter("2026-01-21T06:30");
        assert_eq!(table.answers.lock().unwrap().pop(), Some(Ok(())), "{effects:?}");
        table
    }

    /// What comes of a wake, with all that the disk does for it; answers are given out.
    fn wake(&mut self, wake: Wake) -> Vec<Effect> {
        let mut rest = Vec::new();
        self.handle(wake, &mut rest);
        if !self.is_disk_slow {
            rest.extend(self.work());
        }
        rest
    }

    fn handle(&mut self, wake: Wake, rest: &mut Vec<Effect>) {
        for effect in self.controller.handle(wake, self.now) {
            match effect {
                Effect::Answer(reply, outcome) => (reply.0)(outcome),
                Effect::Disk(job) => self.jobs.push_back(job),
                other => rest.push(other),
            }
        }
    }

    /// The disk does all that it was asked for.
    fn work(&mut self) -> Vec<Effect> {
        let mut rest = Vec::new();
        while let Some(job) = self.jobs.pop_front() {
            if let Some(outcome) = self.rooms.perform(job) {
                self.handle(Wake::Disk(outcome), &mut rest);
            }
        }
        rest
    }

    fn subscribe(&mut self) -> Update {
        let effects = self.wake(Wake::Subscribe(Sink(Box::new(|_| true))));
        sent(&effects).expect("the first subscription gets everything")
    }

    fn act(&mut self, intent: Intent) -> Vec<Effect> {
        let reply = self.reply();
        self.wake(Wake::Act { intent, reply })
    }

    fn reply(&self) -> Reply {
        let answers = Arc::clone(&self.answers);
        Reply(Box::new(move |outcome| answers.lock().unwrap().push(outcome)))
    }

    /// The last answer; `None` while one is owed.
    fn answer(&self) -> Option<Result<(), Problem>> {
        self.answers.lock().unwrap().pop()
    }

    /// What is said to an intent that is refused.
    fn refusal(&mut self, intent: Intent) -> (ProblemCode, String) {
        self.act(intent);
        let problem = self.answer().expect("an answer").expect_err("a refusal");
        (problem.code, problem.message)
    }

    fn enter(&mut self, start: &str) -> Vec<Effect> {
        self.act(Intent::Enter { start: start.to_owned(), zone: "UTC".to_owned() })
    }

    fn read_sample(&mut self) -> Vec<Effect> {
        self.read(checklist())
    }

    fn read(&mut self, checklist: Checklist) -> Vec<Effect> {
        let path = checklist.path.clone();
        let effects = self.wake(Wake::Path { path: path.clone(), given: Given::default(), origin: Origin::Window });
        let number = number_of_read(&effects);
        let outcome = Ok(Box::new(checklist));
        self.wake(Wake::Read { number, path, given: Given::default(), origin: Origin::Window, outcome })
    }

    fn fail_to_read(&mut self, origin: Origin) -> Vec<Effect> {
        let path = PathBuf::from("/home/mk/gone.md");
        let effects = self.wake(Wake::Path { path: path.clone(), given: Given::default(), origin });
        let number = number_of_read(&effects);
        let outcome = Err(crate::source::read(Path::new("/home/mk/gone.md")).unwrap_err());
        self.wake(Wake::Read { number, path, given: Given::default(), origin, outcome })
    }
}

/// The sample checklist, read.
fn checklist() -> Checklist {
    let (plan, findings) = sample::read();
    Checklist {
        path: PathBuf::from("/home/mk/deploy.md"),
        text: sample::TEXT.to_owned(),
        settings: Some(sample::SETTINGS.to_owned()),
        plan,
        findings,
    }
}

fn number_of_read(effects: &[Effect]) -> u64 {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Read { number, .. } => Some(*number),
            _ => None,
        })
        .expect("a file is read")
}

fn sent(effects: &[Effect]) -> Option<Update> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send(update) => Some((**update).clone()),
        _ => None,
    })
}

/// The last of the updates, where the disk's outcome brought another.
fn sent_last(effects: &[Effect]) -> Option<Update> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Send(update) => Some((**update).clone()),
        _ => None,
    })
}

/// The names of the sections that an update carries, as the window reads them.
fn sections(update: Option<&Update>) -> Vec<String> {
    let Some(update) = update else { return Vec::new() };
    let value = serde_json::to_value(update).unwrap();
    let names = value.as_object().unwrap().keys().filter(|name| *name != "sequence");
    let mut names: Vec<_> = names.cloned().collect();
    names.sort();
    names
}

#[test]
fn the_first_subscription_gets_every_section_of_the_frame() {
    let first = Table::laid().subscribe();
    assert_eq!(first.sequence, 1);
    assert_eq!(sections(Some(&first)), ["clock", "problems", "screen", "start", "theme"]);
    assert_eq!(first.screen, Some(Screen::Start));
}

#[test]
fn a_page_that_is_drawn_anew_gets_everything_from_one_on() {
    let mut table = Table::in_the_room();
    let update = table.subscribe();
    assert_eq!(update.sequence, 1);
    assert_eq!(
        sections(Some(&update)),
        [
            "alerts",
            "check",
            "clock",
            "criteria",
            "day",
            "due",
            "escalation",
            "exports",
            "handoff",
            "header",
            "log",
            "messages",
            "people",
            "phase",
            "problems",
            "record",
            "references",
            "reread",
            "rollback",
            "routines",
            "schedule",
            "screen",
            "signals",
            "start",
            "theme",
            "vitals",
            "way_back",
            "written"
        ]
    );
}

#[test]
fn without_a_window_nothing_is_sent() {
    let mut table = Table::laid();
    assert!(sent(&table.wake(Wake::Tick)).is_none());
}

#[test]
fn a_second_changes_clocks_and_nothing_else() {
    let mut table = Table::in_the_room();
    assert!(sent(&table.wake(Wake::Tick)).is_none(), "the same second is told once");
    table.now = "2026-01-21T05:48:11Z".parse().unwrap();
    let update = sent(&table.wake(Wake::Tick)).unwrap();
    // What is due counts down, and the schedule is solved anew.
    assert_eq!(sections(Some(&update)), ["clock", "due", "schedule"]);
    assert_eq!(update.clock.unwrap().big, "T-00:41:49");
}

#[test]
fn looking_at_a_phase_changes_only_what_is_about_it_and_counts_on() {
    let mut table = Table::in_the_room();
    let phases = checklist().plan.phases;
    let look = |table: &mut Table, index: usize| {
        let intent = Intent::Look { phase: phases[index].section.to_string() };
        sent(&table.act(intent))
    };
    let before = look(&mut table, 1).unwrap();
    assert_eq!(sections(Some(&before)), ["criteria", "day", "phase"]);
    let after = look(&mut table, 2).unwrap();
    assert_eq!(after.sequence, before.sequence + 1);
    assert_eq!(look(&mut table, 2), None, "the same phase again changes nothing");
    let (code, _) = table.refusal(Intent::Look { phase: "s-nothing".to_owned() });
    assert_eq!(code, ProblemCode::Refused);
}

#[test]
fn the_phase_that_runs_is_chosen_on_entering() {
    let chosen = |now: &str| {
        let mut table = Table::opening();
        table.now = now.parse().unwrap();
        let update = sent_last(&table.enter("2026-01-21T06:30")).unwrap();
        update.phase.unwrap().title
    };
    assert_eq!(chosen("2026-01-01T00:00:00Z"), "24 Hours Before", "before all, the first");
    assert_eq!(chosen("2026-01-21T06:29:59Z"), "24 Hours Before");
    assert_eq!(chosen("2026-01-21T09:00:00Z"), "First 24 Hours");
    assert_eq!(chosen("2026-03-01T00:00:00Z"), "First 24 Hours", "after all, the last that began");
}

#[test]
fn a_plan_without_phases_shows_the_whole_checklist() {
    let mut table = Table::laid();
    table.subscribe();
    let mut checklist = checklist();
    checklist.plan.phases.clear();
    table.read(checklist);
    let phase = sent_last(&table.enter("2026-01-21T06:30")).unwrap().phase.unwrap();
    assert_eq!(phase.title, "Production Deployment Checklist");
    assert!(!phase.rows.is_empty());
}

#[test]
fn a_proposal_shows_its_meaning_and_accepts_nothing() {
    let mut table = Table::opening();
    let intent = Intent::ProposeStart { start: "2026-01-30T06:30".to_owned(), zone: "UTC".to_owned() };
    let update = sent(&table.act(intent)).unwrap();
    assert_eq!(sections(Some(&update)), ["clock", "opening"]);
    let opening = update.opening.unwrap();
    assert_eq!(opening.offset_words.as_deref(), Some("every date moves by 9 days"));
    assert_eq!(opening.proposed_start, "2026-01-21T06:30");
}

#[test]
fn an_answer_that_makes_no_t0_keeps_the_question_open() {
    let mut table = Table::opening();
    let update = sent(&table.enter("tomorrow")).unwrap();
    assert_eq!(sections(Some(&update)), ["clock", "opening"]);
    let problem = update.opening.unwrap().problem.unwrap();
    assert_eq!(problem.code, ProblemCode::BadStart);
    assert_eq!(table.answer(), Some(Err(problem)));
    assert_eq!(sent_last(&table.enter("2026-01-21T06:30")).unwrap().screen, Some(Screen::Room));
}

#[test]
fn a_mistake_in_the_zone_is_the_zones_and_a_bad_time_in_a_good_zone_the_times() {
    let mut table = Table::opening();
    let mut code = |start: &str, zone: &str| {
        let intent = Intent::ProposeStart { start: start.to_owned(), zone: zone.to_owned() };
        let opening = sent(&table.act(intent)).unwrap().opening.unwrap();
        opening.problem.map(|problem| problem.code)
    };
    assert_eq!(code("2026-01-30T06:30", "Europe/Lisbonn"), Some(ProblemCode::BadZone));
    assert_eq!(code("tomorrow", "europe/lisbon"), Some(ProblemCode::BadStart));
    assert_eq!(code("2026-01-30T06:30", "europe/lisbon"), None);
}

#[test]
fn a_time_that_the_clocks_leave_out_is_no_t0() {
    let mut table = Table::opening();
    let intent = Intent::Enter { start: "2026-03-29T02:30".to_owned(), zone: "Europe/Berlin".to_owned() };
    let (code, message) = table.refusal(intent);
    assert_eq!(code, ProblemCode::BadStart);
    assert!(message.starts_with("There is no 02:30 on 29 Mar 2026 in Europe/Berlin"), "{message}");
}

#[test]
fn a_file_that_cannot_be_read_is_said_on_the_start_window_until_it_is_dismissed() {
    let mut table = Table::laid();
    table.subscribe();
    let effects = table.fail_to_read(Origin::Window);
    let problem = sent(&effects).unwrap().start.unwrap().problem.unwrap();
    assert_eq!(problem.code, ProblemCode::Unreadable);
    assert_eq!(problem.message, "There is no file ~/gone.md: check its name and its folder.");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Say(_))));
    let update = sent(&table.act(Intent::DismissProblem)).unwrap();
    assert_eq!(update.start.unwrap().problem, None);
}

#[test]
fn a_file_of_the_command_line_is_said_in_the_terminal_too() {
    let effects = Table::laid().fail_to_read(Origin::CommandLine);
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Say(sentence) if sentence.contains("~/gone.md"))),
        "{effects:?}"
    );
}

#[test]
fn a_file_that_cannot_be_read_leaves_the_room_as_it_is() {
    let mut table = Table::in_the_room();
    let update = sent(&table.fail_to_read(Origin::Window)).unwrap();
    assert_eq!(sections(Some(&update)), ["problems"]);
    assert_eq!(update.problems.unwrap().len(), 1);
}

#[test]
fn an_answer_that_a_later_question_overtook_is_dropped() {
    let mut table = Table::laid();
    table.subscribe();
    let path = |name: &str| Wake::Path { path: PathBuf::from(name), given: Given::default(), origin: Origin::Window };
    let late = number_of_read(&table.wake(path("/late.md")));
    table.wake(path("/new.md"));
    let effects = table.wake(Wake::Read {
        number: late,
        path: PathBuf::from("/late.md"),
        given: Given::default(),
        origin: Origin::Window,
        outcome: Ok(Box::new(checklist())),
    });
    assert!(effects.is_empty(), "{effects:?}");
}

#[test]
fn what_was_read_is_remembered_and_opened_again_by_its_id() {
    let mut table = Table::laid();
    table.subscribe();
    let effects = table.read_sample();
    let list = effects.iter().find_map(|effect| match effect {
        Effect::KeepRecent(list) => Some(list.clone()),
        _ => None,
    });
    let list = list.expect("the list is kept");
    assert_eq!(
        (list[0].title.as_str(), list[0].path.as_path()),
        ("payments-api 4.2.0", Path::new("/home/mk/deploy.md"))
    );
    let effects = table.act(Intent::OpenRecent { id: list[0].id() });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Read { path, .. } if *path == list[0].path)));
    let (code, _) = table.refusal(Intent::OpenRecent { id: "recent-0".to_owned() });
    assert_eq!(code, ProblemCode::Refused);
}

#[test]
fn the_command_lines_t0_is_the_first_answer() {
    let mut table = Table::laid();
    table.subscribe();
    let given = Given { start: Some(jiff::civil::date(2026, 1, 30).at(6, 30, 0, 0)), ..Given::default() };
    let path = PathBuf::from("/a.md");
    let number = number_of_read(&table.wake(Wake::Path {
        path: path.clone(),
        given: given.clone(),
        origin: Origin::CommandLine,
    }));
    let outcome = Ok(Box::new(checklist()));
    let effects = table.wake(Wake::Read { number, path, given, origin: Origin::CommandLine, outcome });
    let opening = sent(&effects).unwrap().opening.unwrap();
    assert_eq!((opening.start.as_str(), opening.zone.as_str()), ("2026-01-30T06:30", "UTC"));
    assert_eq!(opening.offset_words.as_deref(), Some("every date moves by 9 days"));
}

#[test]
fn one_question_for_a_file_at_a_time() {
    let mut table = Table::laid();
    assert!(matches!(table.act(Intent::ChooseChecklist)[..], [Effect::AskForFile]));
    assert_eq!(table.refusal(Intent::ChooseChecklist).0, ProblemCode::Refused);
    table.wake(Wake::Chosen(None));
    assert!(matches!(table.act(Intent::ChooseChecklist)[..], [Effect::AskForFile]));
}

#[test]
fn the_clipboard_gets_the_plans_words_and_a_failure_is_answered() {
    let mut table = Table::in_the_room();
    let target = CopyTarget::Command(checklist().plan.commands[0].id.to_string());
    let mut effects = table.act(Intent::Copy { target });
    let Some(Effect::Copy(text, reply)) = effects.pop() else { panic!("nothing is copied: {effects:?}") };
    assert_eq!(text, "pg_dump app | gzip");
    let outcome = Err(problem(ProblemCode::Refused, "no clipboard".to_owned()));
    let effects = table.wake(Wake::Done { reply, outcome: outcome.clone() });
    assert_eq!(sent(&effects).unwrap().problems.unwrap().len(), 1);
    assert_eq!(table.answer(), Some(outcome));
    let (code, _) = table.refusal(Intent::Copy { target: CopyTarget::Command("c-0".to_owned()) });
    assert_eq!(code, ProblemCode::Refused);
}

#[test]
fn an_address_that_the_plan_does_not_hold_is_never_opened() {
    let mut table = Table::in_the_room();
    let target = OutsideTarget::Link { target: "file:///etc/passwd".to_owned() };
    let (code, _) = table.refusal(Intent::OpenOutside { target });
    assert_eq!(code, ProblemCode::Refused);
    let target = OutsideTarget::Link { target: "https://wiki.example/run".to_owned() };
    let effects = table.act(Intent::OpenOutside { target });
    assert!(matches!(&effects[..], [.., Effect::OpenOutside(address, _)] if address == "https://wiki.example/run"));
}

#[test]
fn what_needs_a_room_is_refused_without_one() {
    let mut table = Table::laid();
    let intents = [
        Intent::Look { phase: "s".to_owned() },
        Intent::Copy { target: CopyTarget::Command("c".to_owned()) },
        Intent::ProposeStart { start: "2026-01-21T06:30".to_owned(), zone: "UTC".to_owned() },
        Intent::Enter { start: "2026-01-21T06:30".to_owned(), zone: "UTC".to_owned() },
    ];
    for intent in intents {
        assert_eq!(table.refusal(intent).0, ProblemCode::Refused);
    }
}

#[test]
fn leaving_goes_back_to_the_start_window() {
    let mut table = Table::in_the_room();
    let effects = table.act(Intent::Leave);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Title(title) if title == "War Room")));
    assert_eq!(sent(&effects).unwrap().screen, Some(Screen::Start));
}

#[test]
fn colours_are_shown_and_kept() {
    let mut table = Table::laid();
    table.subscribe();
    let effects = table.act(Intent::UseTheme { theme: Theme::Light });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepTheme(Theme::Light))));
    assert_eq!(sections(sent(&effects).as_ref()), ["theme"]);
    let update = sent(&table.wake(Wake::Kept(Err("cannot be written".to_owned())))).unwrap();
    assert_eq!(update.start.unwrap().problem.unwrap().message, "cannot be written");
}

#[test]
fn broken_settings_are_said_until_they_are_dismissed() {
    let mut table = Table::laid();
    table.controller.laptop.complaint = Some("settings.toml:2: no".to_owned());
    table.controller = Controller::new(table.controller.laptop.clone());
    let said = |update: Option<Update>| update.unwrap().start.unwrap().problem.map(|problem| problem.message);
    assert_eq!(said(Some(table.subscribe())).as_deref(), Some("settings.toml:2: no"));
    let file = said(sent(&table.fail_to_read(Origin::Window))).unwrap();
    assert!(file.contains("gone.md"), "{file}");
    let effects = table.act(Intent::DismissProblem);
    assert_eq!(said(sent(&effects)).as_deref(), Some("settings.toml:2: no"), "the one below comes up");
    let effects = table.act(Intent::DismissProblem);
    assert_eq!(said(sent(&effects)), None);
}
