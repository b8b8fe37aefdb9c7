//! The verifier in Python as a person runs it: words, JSON, exit codes; and that it leaves everything as it was.

use std::path::Path;
use std::process::{Command, Output};

use journal::{Device, Heads, Journal, short};
use room::Event;
use serde_json::Value;

use crate::forger::Forger;
use crate::{python, rooms};

/// Runs it; `None` where there is no Python, which the test of all kinds says.
fn run(arguments: &[&str]) -> Option<(i32, String, String)> {
    let mut command = Command::new("python3");
    command.args(["-B", "verify.py"]).args(arguments).current_dir(python::folder());
    // No list of heads of whoever runs the tests.
    let Output { status, stdout, stderr } = command.env("XDG_DATA_HOME", "/nowhere").output().ok()?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Some((status.code().unwrap(), text(stdout), text(stderr)))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn the_verifier_in_python_answers_in_words_in_json_and_by_its_exit() {
    let folder = tempfile::tempdir().unwrap();
    let base = rooms::day(folder.path(), "a day");
    let (room, heads) = (shown(&base.room), shown(&base.heads));
    let Some((exit, words, _)) = run(&[&room, "--heads", &heads]) else { return };
    assert_eq!(exit, 0, "{words}");
    let lines: Vec<&str> = words.lines().collect();
    assert!(lines[0].ends_with("a-day.warroom: 20 events, head 10a3-5cec"), "{words}");
    assert_eq!(lines[1], "  integrity: whole");
    assert!(lines[2].starts_with("  completeness: complete up to event 15, says the list of heads "), "{words}");
    assert!(lines[2].ends_with("; completeness after event 20 unknown"), "{words}");
    assert_eq!(lines[3], "  samples: whole, 18 rows in 3 chunks; 6 samples not closed under a digest yet");

    let (exit, words, _) = run(&[&room]).unwrap();
    assert_eq!(exit, 3, "{words}");
    assert!(words.contains("completeness after event 20 unknown: no head from elsewhere is known"), "{words}");
    let (exit, json, _) = run(&[&room, "--head", "10A3-5CEC", "--json"]).unwrap();
    let found: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((exit, found["complete_to"].as_u64()), (0, Some(20)), "{json}");
    let (exit, words, _) = run(&[&room, "--head", "0000-0000"]).unwrap();
    assert!(exit == 1 && words.contains("integrity: broken at event 21: no event has the head 0000-0000"), "{words}");

    let cut = Forger::copy(&base, folder.path().join("cut.warroom"));
    cut.does("DELETE FROM events WHERE seq > 14; DELETE FROM seals WHERE count > 14");
    let (exit, words, _) = run(&[&shown(&cut.path), "--heads", &heads]).unwrap();
    assert!(exit == 1 && words.contains("integrity: broken at event 15: the list of heads "), "{words}");
    let changed = Forger::copy(&base, folder.path().join("changed.warroom"));
    changed.does("UPDATE samples SET value = 0.125 WHERE chunk = 4 AND value = 0.25");
    let (exit, words, _) = run(&[&shown(&changed.path)]).unwrap();
    assert!(exit == 1 && words.contains("integrity: whole"), "{words}");
    assert!(words.contains("samples: changed in chunk 4 (2027-01-16T10:01:00Z to 2027-01-16T10:02:10Z): "), "{words}");

    for (arguments, exit) in [(&[heads.as_str()][..], 2), (&["/nowhere/x.warroom"], 2), (&[], 64), (&["--what"], 64)] {
        let (found, words, complaint) = run(arguments).unwrap();
        assert_eq!((found, words.as_str()), (exit, ""), "{arguments:?}");
        assert!(!complaint.is_empty());
    }
}

#[test]
fn the_verifier_in_python_changes_nothing_and_reads_a_room_that_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let base = rooms::day(folder.path(), "a day");
    let room = shown(&base.room);
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names
    };
    let (bytes, before) = (std::fs::read(&base.room).unwrap(), names());
    let Some((exit, ..)) = run(&[&room]) else { return };
    assert_eq!((exit, std::fs::read(&base.room).unwrap() == bytes, names()), (3, true, before));

    let (mut journal, _) = Journal::open(&base.room, Device::from_seed([1; 32])).unwrap();
    let event = Event::Noted { text: "only beside the file so far".to_owned() };
    journal.append(event, rooms::at(200_000), rooms::at(200_000), "MK").unwrap();
    Heads::at(&base.heads).add(&journal.seal(rooms::at(200_001)).unwrap()).unwrap();
    let (exit, words, _) = run(&[&room, "--heads", &shown(&base.heads)]).unwrap();
    assert!(exit == 0 && words.contains(&format!("21 events, head {}", short(journal.head()))), "{words}");
    assert!(words.contains("complete up to event 21"), "{words}");
}
