//! Copies: what they promise, each on real files.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use room::Event;
use rusqlite::Connection;

use crate::tests::{Place, at, device, note};
use crate::{Backup, Failure, Head, Integrity, Journal, To, backup, read, verify};

fn names(place: &Place) -> Vec<String> {
    let folder = place.room().parent().unwrap().to_owned();
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn to(place: &Place) -> PathBuf {
    place.room().with_file_name("backup.warroom")
}

/// Damages the file and leaves a log of SQLite beside it that nobody has brought over.
fn damage(place: &Place) {
    drop(place.with_notes(6));
    place.change("UPDATE events SET body = '{}' WHERE seq = 4");
    let whole = std::fs::read(place.room()).unwrap();
    let connection = Connection::open(place.room()).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL; INSERT INTO scratch VALUES ('a', 'b')").unwrap();
    let log = std::fs::read(beside(&place.room(), "-wal")).unwrap();
    drop(connection);
    std::fs::write(place.room(), whole).unwrap();
    std::fs::write(beside(&place.room(), "-wal"), log).unwrap();
}

fn beside(path: &Path, end: &str) -> PathBuf {
    super::beside(path, end)
}

#[test]
fn a_backup_of_an_open_room_holds_all_of_its_moment_in_one_file_of_its_own() {
    let place = Place::new();
    let mut journal = place.with_notes(5);
    let head: Head = journal.seal(at(9)).unwrap();
    journal.keep_scratch("note", "half a wo").unwrap();
    let made = backup(&place.room(), &to(&place)).unwrap();
    assert_eq!(made, Backup { events: 6, head: head.hash });
    note(&mut journal, "after");
    let found = verify(&to(&place), &place.heads(), Some(&crate::hex(&head.hash))).unwrap();
    assert_eq!((found.integrity, found.events, found.complete_to), (Integrity::Whole, 6, Some(6)));
    assert_eq!(std::fs::metadata(to(&place)).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!names(&place).contains(&"backup.warroom-part".to_owned()), "{:?}", names(&place));
    assert_eq!(backup(&place.room(), &to(&place)).unwrap().events, 7, "a later one takes its name");
    // It is a room as any other.
    drop(journal);
    let (journal, log) = Journal::open(&to(&place), device()).unwrap();
    assert_eq!((log.events.len(), journal.scratch().unwrap().len()), (7, 1));
}

#[test]
fn a_backup_that_fails_leaves_the_one_before_and_no_half_of_its_own() {
    let place = Place::new();
    let mut journal = place.with_notes(2);
    backup(&place.room(), &to(&place)).unwrap();
    // Left by an attempt that the power ended.
    std::fs::write(beside(&to(&place), "-part"), "half").unwrap();
    note(&mut journal, "more");
    assert_eq!(backup(&place.room(), &to(&place)).unwrap().events, 4);
    drop(journal);
    place.change("UPDATE events SET body = '{}' WHERE seq = 3");
    let failed = backup(&place.room(), &to(&place)).unwrap_err();
    assert!(matches!(failed, Failure::Damaged { event: 3, .. }), "{failed:?}");
    assert_eq!(read(&to(&place)).unwrap().events.len(), 4);
    assert!(!names(&place).contains(&"backup.warroom-part".to_owned()), "{:?}", names(&place));
    let itself = backup(&place.room(), &place.room()).unwrap_err();
    assert!(itself.to_string().contains("a room is no backup of itself"), "{itself}");
    assert!(matches!(backup(&place.room(), Path::new("/nowhere/x.warroom")), Err(Failure::Gone(_))));
}

#[test]
fn a_backup_is_whole_while_the_room_is_written() {
    let place = Place::new();
    let mut journal = place.made();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| (0..40).for_each(|_| note(&mut journal, "more")));
        let mut made = Vec::new();
        while !writer.is_finished() {
            made.push(backup(&place.room(), &to(&place)).unwrap().events);
        }
        assert!(made.is_sorted(), "{made:?}");
    });
    assert_eq!(backup(&place.room(), &to(&place)).unwrap(), Backup { events: 41, head: *journal.head() });
}

#[test]
fn a_damaged_file_is_copied_as_it_was_found_before_anything_else_and_never_written() {
    let place = Place::new();
    damage(&place);
    let before = (std::fs::read(place.room()).unwrap(), std::fs::read(beside(&place.room(), "-wal")).unwrap());
    let failure = Journal::open(&place.room(), device()).unwrap_err();
    let copy = beside(&place.room(), "-damaged-1");
    let Failure::Damaged { event: 4, last: 7, copy: Some(Ok(kept)), .. } = &failure else { panic!("{failure:?}") };
    assert_eq!(kept, &copy);
    let words = failure.words(To::Enter, "pay.warroom");
    let expected = "pay.warroom is damaged at event 4 (its content is not what was hashed): it is open for reading only, up \
                    to the event before. Events 4 to 7 are missing from what is shown. The file as it was found is kept as ";
    assert_eq!(words, format!("{expected}{}.", copy.display()));
    assert_eq!(std::fs::read(&copy).unwrap(), before.0);
    assert_eq!(std::fs::read(beside(&copy, "-wal")).unwrap(), before.1);
    assert_eq!(std::fs::read(place.room()).unwrap(), before.0, "nothing was brought over");
    assert_eq!(std::fs::read(beside(&place.room(), "-wal")).unwrap(), before.1);
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(read(&place.room()).unwrap().events.len(), 3);

    // Once is enough, as long as it is the same damage.
    Journal::open(&place.room(), device()).unwrap_err();
    let copies = |names: &[String]| names.iter().filter(|name| name.contains("-damaged-")).count();
    assert_eq!(copies(&names(&place)), 2, "{:?}", names(&place));
    place.change_again("UPDATE events SET body = '{}' WHERE seq = 2");
    let failure = Journal::open(&place.room(), device()).unwrap_err();
    assert!(
        matches!(&failure, Failure::Damaged { event: 2, copy: Some(Ok(copy)), .. } if copy.ends_with("pay-20260121-1.warroom-damaged-2")),
        "{failure:?}"
    );
}

#[test]
fn whoever_only_reads_a_damaged_file_makes_no_copy_and_hears_what_is_missing() {
    let place = Place::new();
    drop(place.with_notes(3));
    place.change("DELETE FROM events WHERE seq = 4; UPDATE events SET prev = zeroblob(32) WHERE seq = 3");
    let log = read(&place.room()).unwrap();
    let words = log.damage.unwrap().words(To::Read, "pay.warroom");
    let expected = "pay.warroom is damaged at event 3 (it does not continue the event before it): what stands before it was \
                    read. Event 3, and whatever came after it, is missing from what is shown.";
    assert_eq!(words, expected);
    assert!(names(&place).iter().all(|name| !name.contains("damaged")));
}

#[test]
fn a_late_fact_keeps_both_of_its_times_in_the_log_and_in_its_backup() {
    let place = Place::new();
    let mut journal = place.made();
    let event = Event::Noted { text: "it began earlier".to_owned() };
    let recorded = journal.append(event, at(-600), at(5), "MK").unwrap();
    assert_eq!((recorded.occurred_at, recorded.recorded_at), (at(-600), at(5)));
    backup(&place.room(), &to(&place)).unwrap();
    for path in [place.room(), to(&place)] {
        let log = read(&path).unwrap();
        assert_eq!((log.events[1].occurred_at, log.events[1].recorded_at), (at(-600), at(5)));
    }
}
