//! A disk that fills, a folder that may not be written, a room that somebody else has: nothing that was acknowledged is
//! lost, and what is not on the disk is never called so.
//!
//! The real thing needs a file system of the test's own, in a mount namespace of its own. Where that is not allowed
//! (a container without the right), the test says so, and SQLite's own limit stands for the disk's.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use journal::{Heads, Integrity};

use crate::hammer::{Hammer, PROGRAM, read};

/// Ways to a mount namespace: as root, or as a user who is root in a namespace of their own.
const NAMESPACES: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];

/// A shell script in a mount namespace of its own; `$1` is the folder, `$2` the program.
pub(crate) struct Namespace {
    flags: &'static [&'static str],
}

impl Namespace {
    /// The first way that is allowed here; says so where none is.
    #[allow(clippy::print_stdout, reason = "a test that is left out says so in its output")]
    pub(crate) fn new(folder: &Path) -> Option<Self> {
        let namespaces = NAMESPACES.into_iter().map(|flags| Self { flags });
        let allowed = namespaces.into_iter().find(|namespace| {
            let mut command = namespace.command("mount -t tmpfs -o size=1m none \"$1\" 2>/dev/null", folder);
            command.output().is_ok_and(|output| output.status.success())
        });
        if allowed.is_none() {
            println!("No file system may be mounted here: limits of SQLite and of the process stand for a full disk.");
        }
        allowed
    }

    fn command(&self, script: &str, folder: &Path) -> Command {
        self.command_of(script, folder, PROGRAM)
    }

    /// The same with another program; what is added to the command is `$3` and so on.
    pub(crate) fn command_of(&self, script: &str, folder: &Path, program: &str) -> Command {
        let mut command = Command::new("unshare");
        command.args(self.flags).args(["sh", "-ec", script, "sh"]).arg(folder).arg(program);
        command
    }
}

fn folder_in(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir(&path).expect("the folder is ours");
    path
}

/// Writes until the disk refuses. Gives the sentence, and the number of the last event that was acknowledged.
fn fill(hammer: &mut Hammer) -> (String, u64) {
    let mut last = 0;
    for act in std::iter::repeat_n("long 20000", 200) {
        let answer = hammer.ask(act);
        match answer.strip_prefix("ok ") {
            Some(seq) => last = seq.parse().expect("a number"),
            None => return (answer, last),
        }
    }
    panic!("the disk never fills");
}

fn assert_whole(room: &Path, events: u64) {
    let report = journal::verify(room, &Heads::at(Path::new("/nowhere/heads.log")), None).expect("it can be read");
    assert_eq!((report.integrity, report.events), (Integrity::Whole, events));
}

const FULL: &str = "failed The log is not being saved: the disk is full. Free some space; it is tried again.";

#[test]
fn a_disk_that_fills_loses_nothing_that_was_acknowledged_and_goes_on_when_there_is_space() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let small = folder_in(&folder, "small");
    let Some(namespace) = Namespace::new(&small) else { return };
    let script = "mount -t tmpfs -o size=1m none \"$1\"; head -c 300000 /dev/zero > \"$1/ballast\"; exec \"$2\" \"$1/day.warroom\"";
    let mut hammer = Hammer::run(namespace.command(script, &small));
    assert_eq!(hammer.answer().as_deref(), Some("open 1"));
    let (sentence, last) = fill(&mut hammer);
    assert_eq!(sentence, FULL);
    assert!(last > 5, "a megabyte holds some: {last}");
    // It goes on being full, and saying so.
    assert_eq!(hammer.ask("long 20000"), FULL);
    // The namespace's files as they lie there now: another reader sees what was acknowledged.
    let inside = PathBuf::from(format!("/proc/{}/root{}", hammer.process(), small.display()));
    let seen = folder_in(&folder, "seen");
    copy(&inside, &seen);
    assert_whole(&seen.join("day.warroom"), last);
    fs::remove_file(inside.join("ballast")).expect("the folder is ours");
    assert_eq!(hammer.ask("long 20000"), format!("ok {}", last + 1), "there is space again");
    assert_eq!(hammer.ask("note after"), format!("ok {}", last + 2));
    copy(&inside, &seen);
    assert_whole(&seen.join("day.warroom"), last + 2);
    hammer.end();
}

/// A room's file with SQLite's own log beside it.
fn copy(from: &Path, to: &Path) {
    for name in ["day.warroom", "day.warroom-wal"] {
        fs::copy(from.join(name), to.join(name)).expect("it is there");
    }
}

#[test]
fn a_room_that_may_grow_no_further_is_as_a_full_disk() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let room = folder.path().join("day.warroom");
    let mut hammer = Hammer::on(&room);
    assert_eq!(hammer.answer().as_deref(), Some("open 1"));
    assert_eq!(hammer.ask("pages 60"), "ok 1");
    let (sentence, last) = fill(&mut hammer);
    assert_eq!(sentence, FULL);
    assert_eq!(read(&room), format!("events {last}"));
    assert_eq!(hammer.ask("pages 100000"), format!("ok {last}"));
    assert_eq!(hammer.ask("long 20000"), format!("ok {}", last + 1));
    hammer.end();
    assert_whole(&room, last + 1);
}

#[test]
fn a_folder_that_may_not_be_written_is_read_and_said() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let fixed = folder_in(&folder, "fixed");
    let Some(namespace) = Namespace::new(&fixed) else { return };
    let room = fixed.join("day.warroom");
    let mut hammer = Hammer::on(&room);
    assert_eq!(hammer.answer().as_deref(), Some("open 1"));
    assert_eq!(hammer.ask("note first"), "ok 2");
    assert_eq!(hammer.ask("long 30000"), "ok 3");
    // Killed, so that its last acts lie in SQLite's own log beside the file: they must be read from there.
    hammer.kill();
    assert!(fixed.join("day.warroom-wal").metadata().expect("it is there").len() > 0);
    let bound = "mount --bind \"$1\" \"$1\"; mount -o remount,ro,bind \"$1\"; ";
    let said = |script: &str| {
        Hammer::run(namespace.command(&format!("{bound}{script}"), &fixed)).answer().expect("it says something")
    };
    let read = "exec \"$2\" \"$1/day.warroom\" --read";
    assert_eq!(said(read), "events 3");
    // As it comes off a stick: without the index of SQLite's own log, which cannot be made here, a copy must be read.
    fs::remove_file(fixed.join("day.warroom-shm")).expect("it is there");
    assert_eq!(said(read), "events 3");
    let before = listing(&fixed);
    for script in ["exec \"$2\" \"$1/day.warroom\"", "exec \"$2\" \"$1/new.warroom\""] {
        let refused = said(script);
        assert!(refused.starts_with("refused The log is not being saved: "), "{refused}");
        assert!(refused.ends_with(" may not be written. Make it writable; it is tried again."), "{refused}");
    }
    assert_eq!(listing(&fixed), before, "nothing is left behind");
    assert_eq!(Hammer::on(&room).answer().as_deref(), Some("open 3"), "writable again, it goes on");
}

/// Names and sizes.
pub(crate) fn listing(folder: &Path) -> Vec<(String, u64)> {
    let entries = fs::read_dir(folder).expect("the folder is ours").flatten();
    let mut names: Vec<(String, u64)> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.metadata().expect("it is there").len()))
        .collect();
    names.sort();
    names
}

#[test]
fn one_room_has_one_writer_and_the_second_process_follows_until_the_first_is_gone() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let room = folder.path().join("day.warroom");
    let mut first = Hammer::on(&room);
    assert_eq!(first.answer().as_deref(), Some("open 1"));
    let refused = Hammer::on(&room).answer().expect("it says something");
    assert_eq!(refused, format!("refused {} is open in another window (process {}).", room.display(), first.process()));
    for seq in 2..6 {
        assert_eq!(first.ask(&format!("note {seq}")), format!("ok {seq}"));
        assert_eq!(read(&room), format!("events {seq}"), "the second sees it as soon as it is acknowledged");
    }
    first.kill();
    let mut second = Hammer::on(&room);
    assert_eq!(second.answer().as_deref(), Some("open 5"), "a dead writer holds nothing");
    assert_eq!(second.ask("note from the second"), "ok 6");
    second.end();
    assert_whole(&room, 6);
}
