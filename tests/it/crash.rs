//! The program's controller, with its real disk, watch and desktop, killed at any moment under load: what was acknowledged
//! as the window would hear it is there, what was shown is there, nothing is there by half, the chain holds, and nothing
//! outside is done twice.
//!
//! What leaves the room in this version are notifications, and the armed commands of probes. An alarm never waits for the
//! disk: it may be told before the log has it, and after a kill it is told once more where the log cannot say that it was.

mod acts;
mod desktop;
pub(crate) mod piped;
pub(crate) mod place;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use journal::{Heads, Integrity};
use room::{Event, NotifyOutcome, Recorded, Room};
use serde_json::Value;
use tests::{
    home::Home,
    long::{Progress, asked, is_long},
    program,
};

use self::{
    acts::{Acts, Told, Wanted, is_asked_for},
    piped::{Heard, Piped, note},
    place::{Place, enter},
};
use crate::kill::{Chance, spin};

/// Kills in a plain run, and where there is time (`cargo xtask test --long`).
const KILLS: u64 = 200;
const KILLS_LONG: u64 = 10_000;

/// How many kills one room lives through; then the next is begun, so that killed beginnings are among them too.
const KILLS_OF_A_ROOM: u64 = 20;

/// So many homes are killed in at the same time, each with a part of the kills.
const AT_ONCE: u64 = 2;

/// What was told in one life, and what was heard of it.
struct Life {
    told: Vec<Told>,
    heard: Heard,
    /// Whether the room was asked for, or was there before.
    entered: Option<u64>,
    /// The process that lived.
    process: u32,
    /// Whether the command was let run, in the log as it was or by an act of this life.
    may_run: bool,
}

impl Life {
    /// One life in a place whose room holds these events: acts that are waited for, acts that are not, the kill.
    fn live(place: &Place, room: Option<&Room>, at: u64, chance: &mut Chance) -> Self {
        place.web_is_well(chance.below(2) == 0);
        let mut piped = place.start();
        let process = piped.process();
        let mut life = Self { told: Vec::new(), heard: Heard::default(), entered: None, process, may_run: false };
        let mut acts = Acts::of(room, at);
        life.may_run = acts.armed;
        // Now and then it is killed while it starts, or opens the room.
        if chance.below(8) == 0 {
            spin(chance, 6_000_000);
            life.heard = piped.kill();
            return life;
        }
        if room.is_none() {
            piped.hear("the question for T0", |heard| heard.screens.last().is_some_and(|screen| screen == "opening"));
            life.entered = Some(piped.tell(&enter()));
            if chance.below(3) == 0 {
                spin(chance, 2_000_000);
                life.heard = piped.kill();
                return life;
            }
        }
        piped.hear_the_room();
        for _ in 0..chance.below(4) {
            let number = life.tell(&mut piped, &mut acts, chance);
            assert_eq!(piped.answer(number), None, "no rule refuses it");
        }
        let unwaited = 2 + chance.below(8);
        let first = piped_number(&life) + 1;
        for _ in 0..unwaited {
            life.tell(&mut piped, &mut acts, chance);
        }
        let heard = chance.below(unwaited);
        for number in first..first + heard {
            assert_eq!(piped.answer(number), None, "no rule refuses it");
        }
        match chance.below(4) {
            0 => spin(chance, 2_000_000),
            1 => {}
            _ => spin(chance, 100_000),
        }
        life.heard = piped.kill();
        life
    }

    fn tell(&mut self, piped: &mut Piped, acts: &mut Acts, chance: &mut Chance) -> u64 {
        let (intent, wanted) = acts.next(chance);
        let number = piped.tell(&intent);
        self.may_run |= acts.armed;
        self.told.push(Told { number, wanted });
        number
    }

    /// How many of the events that were asked for were acknowledged. Acts are answered in their order.
    fn acknowledged(&self) -> usize {
        let is_done = |told: &&Told| self.heard.answers.contains_key(&told.number);
        let events = self.told.iter().filter(is_done).filter(|told| matches!(told.wanted, Wanted::Exactly(_)));
        events.count()
    }
}

/// The number of the last that was told.
fn piped_number(life: &Life) -> u64 {
    life.told.last().map(|told| told.number).or(life.entered).unwrap_or(0)
}

/// What was seen over all kills.
#[derive(Debug, Default)]
struct Tally {
    acknowledged: usize,
    unanswered: usize,
    unfinished: usize,
    beginnings: usize,
    alarms: usize,
    unknown: usize,
    notifications: usize,
    runs: usize,
    /// Runs that a life had begun and that ended after it.
    late_runs: usize,
    samples: u64,
}

/// The room after a kill: whole, and exactly what was told up to some act that is not before the last answered one, nor
/// before what was shown.
fn look(place: &Place, before: &[Recorded], life: &Life, seed: u64) -> Vec<Recorded> {
    let Some(path) = place.room() else {
        assert!(before.is_empty(), "seed {seed}: the room is gone");
        let answered = life.entered.is_some_and(|number| life.heard.answers.contains_key(&number));
        assert!(!answered && life.heard.shown == 0, "seed {seed}: a room was acknowledged, and none is there");
        return Vec::new();
    };
    let log = journal::read(&path).expect("it can be read");
    assert_eq!(log.damage, None, "seed {seed}");
    let report = journal::verify(&path, &place.heads(), None).expect("it can be read");
    let events = log.events.len() as u64;
    assert_eq!((report.integrity, report.events), (Integrity::Whole, events), "seed {seed}");
    assert_eq!(report.samples.first_bad, None, "seed {seed}");
    assert_eq!(log.events.get(..before.len()), Some(before), "seed {seed}: what was there before stays");
    assert!(events >= life.heard.shown, "seed {seed}: {} events were shown, {events} are there", life.heard.shown);
    let found: Vec<&Event> = log.events[before.len()..].iter().map(|recorded| &recorded.event).collect();
    let found: Vec<&Event> = found.into_iter().filter(|event| is_asked_for(event)).collect();
    let wanted = life.told.iter().filter_map(|told| match &told.wanted {
        Wanted::Exactly(event) => Some(event),
        Wanted::Nothing => None,
    });
    let wanted: Vec<&Event> = wanted.collect();
    assert!(found.len() <= wanted.len(), "seed {seed}: more than was told");
    assert_eq!(found, wanted[..found.len()], "seed {seed}: in the order in which it was told, once, nothing by half");
    let acknowledged = life.acknowledged();
    assert!(found.len() >= acknowledged, "seed {seed}: {acknowledged} were acknowledged, {} are there", found.len());
    log.events
}

/// What left the room in a life: each thing once.
fn look_outside(place: &Place, room: Option<&Room>, life: &Life, ran: usize, seed: u64, tally: &mut Tally) {
    place.desktop.settle();
    let told = place.desktop.told();
    let alarms = told.iter().filter(|title| title.starts_with("CRITICAL")).count();
    let is_known = room.is_some_and(|room| {
        let mut firing = room.alerts().values().filter(|state| state.is_firing());
        firing.any(|state| state.is_notified)
    });
    // A kill comes long before the minute after which a burning alarm is told again.
    assert!(alarms <= usize::from(!is_known), "seed {seed}: told again, known before {is_known}: {told:?}");
    let tests = life.told.iter().filter(|told| matches!(told.wanted, Wanted::Nothing)).count();
    let tested = told.iter().filter(|title| title.starts_with("Test of War Room")).count();
    assert!(tested <= tests, "seed {seed}: {told:?}");
    assert!(ran == 0 || life.may_run, "seed {seed}: a command ran that nobody armed");
    tally.alarms += alarms;
    tally.notifications += told.len();
    tally.runs += ran;
}

/// Every alarm has an outcome in the log: that it was shown, or that nobody knows.
fn assert_outcomes(events: &[Recorded], seed: u64, tally: &mut Tally) {
    let mut owed = None;
    for recorded in events {
        match &recorded.event {
            Event::AlertFired(fired) => {
                assert_eq!(owed, None, "up to seed {seed}: event {} before an outcome", recorded.seq);
                owed = Some(fired.alert.to_string());
            }
            Event::Notified { key, outcome, .. } if owed.as_deref() == Some(key) => {
                tally.unknown += usize::from(*outcome == NotifyOutcome::Unknown);
                owed = None;
            }
            _ => {}
        }
    }
    assert_eq!(owed, None, "up to seed {seed}: an alarm has no outcome, and nobody was told that it is unknown");
}

/// Says to the other homes that one broke off: what is wrong is then said at once, not after the hours that theirs take.
struct BrokeOff<'a>(&'a AtomicBool);

impl Drop for BrokeOff<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(true, Ordering::SeqCst);
        }
    }
}

/// The kills from `first` on in one home.
fn kill_in_one_home(first: u64, kills: u64, progress: &Progress, broke_off: &AtomicBool) -> Tally {
    let _says_so = BrokeOff(broke_off);
    let place = Place::new();
    let mut tally = Tally::default();
    let mut before: Vec<Recorded> = Vec::new();
    for seed in first..first + kills {
        let mut chance = Chance(seed);
        let room = Room::fold(&before);
        let ran = place.ran().len();
        let life = Life::live(&place, room.as_ref(), seed * 1_000, &mut chance);
        let after = look(&place, &before, &life, seed);
        // A number may be another process's by and by: only what came since is looked at.
        let process = life.process.to_string();
        let new: Vec<String> = place.ran().into_iter().skip(ran).collect();
        let ran = new.iter().filter(|by| **by == process).count();
        tally.late_runs += new.len() - ran;
        look_outside(&place, room.as_ref(), &life, ran, seed, &mut tally);
        let asked = after.iter().skip(before.len()).filter(|recorded| is_asked_for(&recorded.event)).count();
        tally.acknowledged += life.acknowledged();
        tally.unanswered += usize::from(asked > life.acknowledged());
        tally.unfinished += usize::from(life.told.iter().any(|told| !life.heard.answers.contains_key(&told.number)));
        tally.beginnings += usize::from(before.is_empty());
        before = after;
        progress.step();
        if broke_off.load(Ordering::SeqCst) {
            break;
        }
        if (seed + 1 - first).is_multiple_of(KILLS_OF_A_ROOM) || seed + 1 == first + kills {
            tally.samples += put_before_the_user(&place, &before, seed, &mut tally);
            place.begin_anew();
            before = Vec::new();
        }
    }
    tally
}

/// The room as a person finds it after all kills: opened once more, and left in order. Gives how many samples it holds.
fn put_before_the_user(place: &Place, before: &[Recorded], seed: u64, tally: &mut Tally) -> u64 {
    if before.is_empty() {
        return 0;
    }
    // An alarm that began now could be on its way when the room is left: its outcome would be said at the next start.
    place.web_is_well(true);
    let mut piped = place.start();
    piped.hear_the_room();
    assert_eq!(piped.ask(&note("after all kills")), None);
    let heard = piped.end();
    assert_eq!(heard.unsaved.iter().flatten().count(), 0, "{heard:?}");
    place.desktop.settle();
    place.desktop.told();
    let path = place.room().expect("the room");
    let log = journal::read(&path).expect("it can be read");
    assert_outcomes(&log.events, seed, tally);
    let report = journal::verify(&path, &place.heads(), None).expect("it can be read");
    let last = log.events.len() as u64;
    assert_eq!((report.integrity, report.complete_to), (Integrity::Whole, Some(last)), "left in order it is sealed");
    report.samples.rows + report.samples.fresh
}

#[test]
#[allow(clippy::print_stdout, reason = "what the kills hit is not the same in every run, and is worth knowing")]
fn whatever_the_program_acknowledged_or_showed_is_there_after_a_kill_at_any_moment() {
    // Parts of a long run add up: `WAR_ROOM_KILLS=2000 WAR_ROOM_SEED=2001` is the second fifth of it.
    let kills = asked("WAR_ROOM_KILLS").unwrap_or(if is_long() { KILLS_LONG } else { KILLS });
    let first = asked("WAR_ROOM_SEED").unwrap_or(1);
    println!("{kills} kills from seed {first}");
    let each = kills / AT_ONCE;
    let (progress, broke_off) = (Arc::new(Progress::of("kills", each * AT_ONCE)), Arc::<AtomicBool>::default());
    let homes = (0..AT_ONCE).map(|home| {
        let (progress, broke_off) = (Arc::clone(&progress), Arc::clone(&broke_off));
        thread::spawn(move || kill_in_one_home(first + home * each, each, &progress, &broke_off))
    });
    // Each comes to its end, and ends what it has started, before anything is said of one.
    let homes: Vec<_> = homes.collect::<Vec<_>>().into_iter().map(thread::JoinHandle::join).collect();
    let mut all = Tally::default();
    for home in homes {
        let tally = home.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        all.acknowledged += tally.acknowledged;
        all.unanswered += tally.unanswered;
        all.unfinished += tally.unfinished;
        all.beginnings += tally.beginnings;
        all.alarms += tally.alarms;
        all.unknown += tally.unknown;
        all.notifications += tally.notifications;
        all.runs += tally.runs;
        all.late_runs += tally.late_runs;
        all.samples += tally.samples;
    }
    println!("{all:?}");
    assert!(all.unfinished as u64 > kills / 10, "the kills came too late to prove anything: {all:?}");
    assert!(all.unanswered > 0, "no kill came between commit and answer: {all:?}");
    assert!(all.alarms > 0 && all.runs > 0 && all.samples > 0, "the load was none: {all:?}");
}

/// Exactly between: the event is seen on the disk by another reader, and the answer never comes.
#[test]
fn an_act_of_the_program_that_was_on_the_disk_and_not_answered_is_there_once() {
    let place = Place::new();
    let mut piped = place.start();
    piped.hear("the question for T0", |heard| heard.screens.last().is_some_and(|screen| screen == "opening"));
    assert_eq!(piped.ask(&enter()), None);
    let path = place.room().expect("the room");
    for life in 0..3 {
        piped.hear_the_room();
        let words = format!("silent {life}");
        piped.tell_silently(&note(&words));
        let count = || {
            let events = journal::read(&path).expect("it can be read while it is written").events;
            events.iter().filter(|recorded| recorded.event == Event::Noted { text: words.clone() }).count()
        };
        // Syncing takes milliseconds; this many readings take seconds.
        assert!((0..20_000).any(|_| count() == 1), "life {life}: the act never came to the disk");
        assert!(piped.kill().answers.len() <= 1, "it was not answered");
        piped = place.start();
        piped.hear_the_room();
        assert_eq!(count(), 1, "it is there, once");
    }
}

/// Between what was intended and what came of it: the desktop has the notification and does not say so, when the program
/// is killed. The next start says that nobody knows, and an alarm that burns still is not told as if it were new.
#[test]
fn an_alarm_whose_outcome_nobody_knows_is_said_to_be_so() {
    let place = Place::new();
    place.web_is_well(false);
    place.desktop.hang(true);
    let mut piped = place.start();
    piped.hear("the question for T0", |heard| heard.screens.last().is_some_and(|screen| screen == "opening"));
    assert_eq!(piped.ask(&enter()), None);
    let path = place.room().expect("the room");
    let kinds = || -> Vec<&'static str> {
        journal::read(&path).expect("it can be read").events.iter().map(|recorded| recorded.event.kind()).collect()
    };
    let mut told = Vec::new();
    let was_told = (0..20_000).any(|_| {
        told.extend(place.desktop.told());
        kinds().contains(&"alert_fired") && told.iter().any(|title| title.starts_with("CRITICAL"))
    });
    assert!(was_told, "the alarm came neither to the disk nor to the desktop: {told:?} {:?}", kinds());
    piped.kill();
    assert!(!kinds().contains(&"notified"), "nothing is known of it: {:?}", kinds());

    place.desktop.hang(false);
    let mut piped = place.start();
    piped.hear_the_room();
    assert_eq!(piped.ask(&note("looked into")), None);
    piped.end();
    let log = journal::read(&path).expect("it can be read");
    let outcome = log.events.iter().find_map(|recorded| match &recorded.event {
        Event::Notified { outcome, words, .. } => Some((*outcome, words.clone())),
        _ => None,
    });
    assert_eq!(outcome, Some((NotifyOutcome::Unknown, "the program ended before it was known".to_owned())));
    let is_firing = |recorded: &&Recorded| matches!(recorded.event, Event::AlertFired(_));
    assert_eq!(log.events.iter().filter(is_firing).count(), 1, "it fires once");
}

/// The program itself, which plays a drill without a window and prints each event once it is on the disk.
#[test]
fn what_the_program_printed_of_a_drill_is_in_its_log_after_a_kill() {
    let kills = if is_long() { 500 } else { 10 };
    let progress = Progress::of("drills killed", kills);
    let home = Home::new().expect("a home");
    let mut printed = 0;
    for seed in 1..=kills {
        let mut chance = Chance(seed);
        let mut command = Command::new(program());
        command.args(["drill", "bad-canary", "--headless", "--json", "--speed", "60", "--seed", &seed.to_string()]);
        command.envs(home.variables()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut drill = command.spawn().expect("the program starts");
        let mut output = BufReader::new(drill.stdout.take().expect("its output is piped"));
        let mut told = String::new();
        // What begins a drill comes in its first minute, which takes a second here.
        for _ in 0..chance.below(10) {
            output.read_line(&mut told).expect("lines are text");
        }
        spin(&mut chance, 100_000);
        drill.kill().expect("it can be killed");
        drill.wait().expect("its end is seen");
        output.read_to_string(&mut told).expect("lines are text");
        let lines = told.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        let lines = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let kinds: Vec<String> = lines.filter_map(|line| Some(line["kind"].as_str()?.to_owned())).collect();
        let rooms = home.path().join("XDG_DATA_HOME/war-room/rooms");
        let entries =
            std::fs::read_dir(&rooms).map(|entries| entries.flatten().collect()).unwrap_or_else(|_| Vec::new());
        let mut found = entries
            .iter()
            .map(std::fs::DirEntry::path)
            .filter(|path| path.extension().is_some_and(|end| end == "warroom"));
        match found
            .next()
            .map(|room| (journal::read(&room), journal::verify(&room, &Heads::at(&home.path().join("none")), None)))
        {
            Some((Ok(log), Ok(report))) if !log.events.is_empty() => {
                let there: Vec<&str> = log.events.iter().map(|recorded| recorded.event.kind()).collect();
                assert_eq!(report.integrity, Integrity::Whole, "seed {seed}");
                assert_eq!(
                    there.get(..kinds.len()).map(<[_]>::to_vec),
                    Some(kinds.iter().map(String::as_str).collect()),
                    "seed {seed}"
                );
            }
            other => assert!(kinds.is_empty(), "seed {seed}: {kinds:?} were printed: {other:?}"),
        }
        printed += kinds.len();
        // There is none where it was killed before it made one.
        let _ = std::fs::remove_dir_all(&rooms);
        progress.step();
    }
    assert!(printed > 0, "the kills came too early to prove anything");
}
