//! The program's controller on a disk that turns against it. What it does then is stated, and is this: it says in red that
//! the log is not being saved and why, keeps what was asked in its turn, shows none of it as done, tries again each second,
//! and goes on where it was once the disk takes it. Where it may not write at all it reads, and says so.
//!
//! The journal alone is held against the same in `disk.rs`. A clock that is set back is tried with clocks of our own, in the
//! controller's tests and those of the watch.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use journal::{Heads, Integrity};
use room::Event;

use crate::{
    crash::{
        piped::{self, Piped, note},
        place::{Place, enter},
    },
    disk::{Namespace, listing},
};

const FULL: &str = "The log is not being saved: the disk is full. Free some space; it is tried again.";

/// What every sentence about a log begins with that is not being saved.
const NOT_SAVED: &str = "The log is not being saved: ";

/// The words of a note that is some pages long.
fn long(number: usize) -> String {
    format!("note {number} {}", "x".repeat(20_000))
}

/// Asks for long notes until one is not saved. Gives how many were, and the sentence.
fn fill(piped: &mut Piped) -> (usize, String) {
    for number in 0..200 {
        if let Some(refused) = piped.ask(&note(&long(number))) {
            return (number, refused);
        }
    }
    panic!("the disk never fills");
}

/// The notes of a room's file, each by its words up to the second space; its chain must be whole.
fn notes(room: &Path) -> Vec<String> {
    let report = journal::verify(room, &Heads::at(Path::new("/nowhere/heads.log")), None).expect("it can be read");
    assert_eq!(report.integrity, Integrity::Whole);
    let events = journal::read(room).expect("it can be read").events;
    let notes = events.iter().filter_map(|recorded| match &recorded.event {
        Event::Noted { text } => Some(text.split(' ').take(2).collect::<Vec<_>>().join(" ")),
        _ => None,
    });
    notes.collect()
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("note {number}")).collect()
}

/// Waits until all that waited is saved.
fn hear_that_it_is_saved(piped: &mut Piped) {
    piped.hear("it is saved again", |heard| heard.unsaved.last().is_some_and(Option::is_none));
}

/// The room's file inside of a process' own mounts.
fn room_in(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder.join("war-room/rooms")).expect("the rooms' folder").flatten();
    let mut rooms =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "warroom"));
    rooms.next().expect("a room")
}

/// What another reader sees of a room that is open: a copy of its file, with SQLite's own log.
fn seen(room: &Path, to: &Path) -> Vec<String> {
    fs::create_dir_all(to).expect("the folder is ours");
    for end in ["", "-wal"] {
        let from = PathBuf::from(format!("{}{end}", room.display()));
        fs::copy(from, to.join(format!("seen.warroom{end}"))).expect("it is there");
    }
    notes(&to.join("seen.warroom"))
}

/// From a full disk to one that has space again, which `free` makes.
fn fill_and_free(mut piped: Piped, room: &dyn Fn() -> Vec<String>, sentence: &str, free: &dyn Fn(u32)) {
    piped.hear("the question for T0", |heard| heard.screens.last().is_some_and(|screen| screen == "opening"));
    assert_eq!(piped.ask(&enter()), None);
    piped.hear_the_room();
    let (saved, refused) = fill(&mut piped);
    assert!(refused.starts_with(sentence), "{refused}");
    assert!(saved > 3, "some fits: {saved}");
    piped.hear("it says so", |heard| heard.unsaved.last().is_some_and(Option::is_some));
    assert_eq!(piped.heard.unsaved.last(), Some(&Some(refused)));
    let shown = piped.heard.shown;
    // What is asked meanwhile is told at once that it waits, and nothing of it is shown as done.
    let waits = piped.ask(&note(&long(saved + 1))).expect("it waits");
    assert!(waits.starts_with(NOT_SAVED), "{waits}");
    assert_eq!(piped.heard.shown, shown);
    assert_eq!(room(), numbered(saved), "what was acknowledged is there, and nothing else");
    free(piped.process());
    hear_that_it_is_saved(&mut piped);
    assert_eq!(piped.ask(&note("note after")), None);
    let mut all = numbered(saved + 2);
    all.push("note after".to_owned());
    assert_eq!(room(), all, "in the order in which they were asked, each once");
    assert!(piped.heard.shown > shown);
    piped.end();
}

#[test]
fn a_disk_that_is_full_is_said_and_what_waited_is_saved_when_there_is_space() {
    let place = Place::new();
    let data = place.home.path().join("XDG_DATA_HOME");
    let Some(namespace) = Namespace::new(&data) else { return };
    let script = "mount -t tmpfs -o size=1m none \"$1\"; head -c 300000 /dev/zero > \"$1/ballast\"; exec \"$2\" \"$3\"";
    let mut command = namespace.command_of(script, &data, piped::PROGRAM);
    command.arg(place.checklist()).envs(place.home.variables());
    let piped = Piped::start(command);
    let inside = PathBuf::from(format!("/proc/{}/root{}", piped.process(), data.display()));
    let to = place.home.path().join("seen");
    let room = || seen(&room_in(&inside), &to);
    let free = |_| fs::remove_file(inside.join("ballast")).expect("the folder is ours");
    fill_and_free(piped, &room, FULL, &free);
}

/// Needs no right to mount anything: the limit is the process' own, as a quota would be.
#[test]
fn a_file_that_may_grow_no_further_is_said_and_what_waited_is_saved_when_it_may() {
    let place = Place::new();
    let mut command = Command::new("sh");
    // In blocks of 512 bytes. The signal that comes with it would end the program.
    command.args(["-ec", "trap '' XFSZ; ulimit -S -f 800; exec \"$1\" \"$2\"", "sh", piped::PROGRAM]);
    command.arg(place.checklist()).envs(place.home.variables());
    let piped = Piped::start(command);
    let to = place.home.path().join("seen");
    let room = || seen(&place.room().expect("the room"), &to);
    let free = |process: u32| {
        let mut command = Command::new("prlimit");
        command.args(["--pid", &process.to_string(), "--fsize=unlimited"]);
        assert!(command.status().expect("prlimit is there").success());
    };
    fill_and_free(piped, &room, NOT_SAVED, &free);
}

#[test]
fn a_room_whose_file_is_deleted_is_made_again_with_all_that_was_in_it() {
    let place = Place::new();
    let mut piped = place.start();
    piped.hear("the question for T0", |heard| heard.screens.last().is_some_and(|screen| screen == "opening"));
    assert_eq!(piped.ask(&enter()), None);
    piped.hear_the_room();
    assert_eq!(piped.ask(&note("note 0")), None);
    let room = place.room().expect("the room");
    let folder = room.parent().expect("it lies in a folder").to_path_buf();
    for (number, is_folder) in [(1, false), (3, true)] {
        if is_folder {
            fs::remove_dir_all(&folder).expect("the folder is ours");
        } else {
            fs::remove_file(&room).expect("the file is ours");
        }
        let said = piped.heard.unsaved.len();
        let refused = piped.ask(&note(&format!("note {number}"))).expect("it is not saved yet");
        assert!(refused.ends_with(" is gone; it is being made again from what is open."), "{refused}");
        // The answer may come before the frame that says so, and the last frame until then still says that all is saved.
        piped.hear("it says so", |heard| heard.unsaved.iter().skip(said).any(Option::is_some));
        hear_that_it_is_saved(&mut piped);
        assert_eq!(notes(&room), numbered(number + 1), "with what was acknowledged before, and what waited");
        assert_eq!(piped.ask(&note(&format!("note {}", number + 1))), None);
    }
    piped.end();
    assert_eq!(notes(&room), numbered(5));
    let report = journal::verify(&room, &place.heads(), None).expect("it can be read");
    assert_eq!(report.complete_to, Some(report.events), "the list of heads knows all of it");
}

#[test]
fn a_disk_that_may_only_be_read_is_read_and_nothing_is_done_there() {
    let place = Place::new();
    let mut piped = place.start();
    piped.hear("the question for T0", |heard| heard.screens.last().is_some_and(|screen| screen == "opening"));
    assert_eq!(piped.ask(&enter()), None);
    piped.hear_the_room();
    assert_eq!(piped.ask(&note("note 0")), None);
    // Killed, so that the last acts lie in SQLite's own log beside the file.
    piped.kill();
    let data = place.home.path().join("XDG_DATA_HOME");
    let Some(namespace) = Namespace::new(&data) else { return };
    let room = place.room().expect("the room");
    let before = listing(room.parent().expect("it lies in a folder"));
    let script = "mount --bind \"$1\" \"$1\"; mount -o remount,ro,bind \"$1\"; exec \"$2\" \"$3\"";
    let mut command = namespace.command_of(script, &data, piped::PROGRAM);
    command.arg(&room).envs(place.home.variables());
    let mut piped = Piped::start(command);
    piped.hear_the_room();
    let why = " may not be written: it is open for reading only. Make file and folder writable and enter again.";
    assert!(piped.heard.reading_only.ends_with(why), "{}", piped.heard.reading_only);
    assert!(piped.heard.shown >= 2, "what is there is shown: {}", piped.heard.shown);
    let refused = piped.ask(&note("note 1")).expect("nothing is done there");
    assert!(refused.ends_with(why), "{refused}");
    piped.end();
    assert_eq!(listing(room.parent().expect("it lies in a folder")), before, "nothing is left behind");
    let mut piped = place.start();
    piped.hear_the_room();
    assert_eq!(piped.ask(&note("note 1")), None, "writable again, it goes on");
    assert_eq!(piped.heard.reading_only, "");
    piped.end();
    assert_eq!(notes(&room), numbered(2));
}

#[test]
fn the_second_program_on_a_room_follows_and_acts_in_nothing() {
    let place = Place::new();
    let mut first = place.start();
    first.hear("the question for T0", |heard| heard.screens.last().is_some_and(|screen| screen == "opening"));
    assert_eq!(first.ask(&enter()), None);
    first.hear_the_room();
    let mut second = place.start();
    second.hear_the_room();
    let why = format!(" is open in another window (process {}): this one follows and reads only.", first.process());
    assert!(second.heard.reading_only.ends_with(&why), "{}", second.heard.reading_only);
    let refused = second.ask(&note("from the second")).expect("it acts in nothing");
    assert!(refused.ends_with(&why), "{refused}");
    for number in 0..2 {
        assert_eq!(first.ask(&note(&format!("note {number}"))), None);
        let count = journal::read(&place.room().expect("the room")).expect("it can be read").events.len() as u64;
        second.hear("what the first wrote", |heard| heard.shown >= count);
    }
    first.kill();
    second.end();
    let mut third = place.start();
    third.hear_the_room();
    assert_eq!(third.ask(&note("note 2")), None, "a dead writer holds nothing");
    assert_eq!(third.heard.reading_only, "");
    third.end();
    assert_eq!(notes(&place.room().expect("the room")), numbered(3));
}
