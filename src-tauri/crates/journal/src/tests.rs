//! The file's promises, each on a real file.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use proptest::prelude::*;
use room::{Event, Opened};
use rusqlite::Connection;

use crate::{Device, Failure, Follower, Heads, Integrity, Journal, read, short, verify};

pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn room(&self) -> PathBuf {
        self.folder.path().join("pay-20260121-1.warroom")
    }

    pub(crate) fn heads_file(&self) -> PathBuf {
        self.folder.path().join("heads.log")
    }

    pub(crate) fn heads(&self) -> Heads {
        Heads::at(&self.heads_file())
    }

    pub(crate) fn made(&self) -> Journal {
        Journal::create(&self.room(), device(), opened(), "login", at(0)).unwrap().0
    }

    pub(crate) fn with_notes(&self, count: u64) -> Journal {
        let mut journal = self.made();
        for number in 0..count {
            note(&mut journal, &format!("note {number}"));
        }
        journal
    }

    pub(crate) fn change(&self, statement: &str) {
        let connection = Connection::open(self.room()).unwrap();
        connection
            .execute_batch(&format!(
                "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_removed; {statement}"
            ))
            .unwrap();
    }

    /// Changes a file whose triggers are gone already.
    pub(crate) fn change_again(&self, statement: &str) {
        Connection::open(self.room()).unwrap().execute_batch(statement).unwrap();
    }

    fn integrity(&self, head: Option<&str>) -> Integrity {
        verify(&self.room(), &self.heads(), head).unwrap().integrity
    }
}

pub(crate) fn device() -> Device {
    Device::from_seed([1; 32])
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn opened() -> Opened {
    Opened {
        room: "ab".repeat(16),
        file: "pay.md".to_owned(),
        path: "/pay.md".to_owned(),
        text: "# Pay\n- [ ] a\n".to_owned(),
        settings: None,
        start: "2026-01-21T06:30".parse().unwrap(),
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "2026a".to_owned(),
        reader: "1".to_owned(),
        drill: None,
    }
}

pub(crate) fn note(journal: &mut Journal, text: &str) {
    let time = at(i64::try_from(journal.count()).unwrap());
    journal.append(Event::Noted { text: text.to_owned() }, time, time, "MK").unwrap();
}

fn broken_at(integrity: &Integrity) -> u64 {
    match integrity {
        Integrity::Broken { event, .. } => *event,
        Integrity::Whole => panic!("the chain is said to be whole"),
    }
}

#[test]
fn what_was_appended_is_there_after_the_process_let_go_of_it() {
    let place = Place::new();
    drop(place.with_notes(3));
    let (journal, log) = Journal::open(&place.room(), device()).unwrap();
    assert_eq!((journal.count(), log.events.len()), (4, 4));
    assert_eq!(log.events[3].event, Event::Noted { text: "note 2".to_owned() });
    assert_eq!(log.events[3].actor, "MK");
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(place.room()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_file_itself_refuses_changes_removals_and_gaps() {
    let place = Place::new();
    drop(place.with_notes(2));
    let connection = Connection::open(place.room()).unwrap();
    for (statement, sentence) in [
        ("UPDATE events SET actor = 'XX' WHERE seq = 2", "an event is never changed"),
        ("DELETE FROM events WHERE seq = 3", "an event is never removed"),
        (
            "INSERT INTO events SELECT 9, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash FROM events WHERE seq = 3",
            "an event comes right after the one before",
        ),
    ] {
        assert!(connection.execute(statement, []).unwrap_err().to_string().contains(sentence), "{statement}");
    }
}

#[test]
fn an_edited_byte_a_removed_event_and_a_cut_tail_are_found_by_their_number() {
    let edits = [
        ("UPDATE events SET body = replace(body, 'note 3', 'note 8') WHERE seq = 5", 5),
        ("UPDATE events SET actor = 'JA' WHERE seq = 2", 2),
        ("UPDATE events SET occurred_at = occurred_at + 1 WHERE seq = 3", 3),
        ("DELETE FROM events WHERE seq = 4", 4),
        ("DELETE FROM events WHERE seq > 6", 7),
    ];
    for (statement, event) in edits {
        let place = Place::new();
        let mut journal = place.with_notes(9);
        place.heads().add(&journal.seal(at(99)).unwrap()).unwrap();
        drop(journal);
        assert_eq!(place.integrity(None), Integrity::Whole);
        place.change(statement);
        assert_eq!(broken_at(&place.integrity(None)), event, "{statement}");
    }
}

#[test]
fn a_rewritten_log_contradicts_the_heads_that_others_hold() {
    let place = Place::new();
    let mut journal = place.with_notes(3);
    let told = short(journal.head());
    place.heads().add(&journal.seal(at(50)).unwrap()).unwrap();
    drop(journal);
    // The same room, told anew from its second event on, with a chain that is whole in itself.
    std::fs::remove_file(place.room()).unwrap();
    let mut other = place.made();
    for text in ["other", "words", "here"] {
        note(&mut other, text);
    }
    drop(other);
    assert!(matches!(place.integrity(None), Integrity::Broken { event: 4, .. }), "the list of heads knows");
    let nothing = Heads::at(&place.folder.path().join("none.log"));
    let alone = verify(&place.room(), &nothing, None).unwrap();
    assert_eq!((alone.integrity, alone.complete_to), (Integrity::Whole, None));
    let with_head = verify(&place.room(), &nothing, Some(&told)).unwrap();
    assert!(matches!(with_head.integrity, Integrity::Broken { .. }));
}

#[test]
fn integrity_and_completeness_are_two_answers() {
    let place = Place::new();
    let mut journal = place.with_notes(4);
    let nothing = Heads::at(&place.folder.path().join("none.log"));
    let earlier = short(journal.head());
    note(&mut journal, "later");
    let report = verify(&place.room(), &nothing, Some(&earlier)).unwrap();
    assert_eq!((report.integrity, report.complete_to, report.events), (Integrity::Whole, Some(5), 6));
    place.heads().add(&journal.seal(at(60)).unwrap()).unwrap();
    assert_eq!(verify(&place.room(), &place.heads(), None).unwrap().complete_to, Some(6));
    let report = verify(&place.room(), &nothing, Some("0000-0000")).unwrap();
    assert_eq!((broken_at(&report.integrity), report.complete_to), (7, None));
}

#[test]
fn a_log_is_whole_while_another_process_writes_and_seals_it() {
    let place = Place::new();
    let mut journal = place.made();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for _ in 0..50 {
                note(&mut journal, "more");
                place.heads().add(&journal.seal(at(9)).unwrap()).unwrap();
            }
        });
        let mut verified = Vec::new();
        while !writer.is_finished() {
            verified.push(place.integrity(None));
        }
        assert!(!verified.is_empty() && verified.iter().all(|found| *found == Integrity::Whole), "{verified:?}");
    });
}

#[test]
fn the_rows_as_stored_carry_the_chain() {
    let place = Place::new();
    let journal = place.with_notes(2);
    let rows = crate::rows(&place.room()).unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(rows.iter().all(|row| row.hash == row.expected_hash()));
    assert!(rows.windows(2).all(|pair| pair[1].prev == pair[0].hash));
    assert_eq!(rows.last().map(|row| &row.hash), Some(journal.head()));
    assert!(matches!(crate::rows(Path::new("/nowhere/x.warroom")), Err(Failure::Gone(_))));
}

#[test]
fn a_seal_with_another_key_s_signature_is_found() {
    let place = Place::new();
    let mut journal = place.with_notes(1);
    journal.seal(at(9)).unwrap();
    drop(journal);
    let connection = Connection::open(place.room()).unwrap();
    connection.execute_batch("DROP TRIGGER seals_are_not_changed; UPDATE seals SET signature = zeroblob(64)").unwrap();
    assert_eq!(broken_at(&place.integrity(None)), 2);
}

#[test]
fn one_room_has_one_writer_and_whoever_comes_second_follows() {
    let place = Place::new();
    let mut journal = place.with_notes(1);
    let second = Journal::open(&place.room(), device()).unwrap_err();
    assert!(second.to_string().contains("is open in another window (process "), "{second}");
    let (mut follower, log) = Follower::open(&place.room()).unwrap();
    assert_eq!(log.events.len(), 2);
    note(&mut journal, "seen at once");
    let new = follower.poll().unwrap();
    assert_eq!(new.iter().map(|event| event.seq).collect::<Vec<_>>(), [3]);
    assert_eq!(follower.poll().unwrap(), []);
    drop(journal);
    assert!(Journal::open(&place.room(), device()).is_ok());
}

#[test]
fn whoever_follows_hears_of_what_is_whole_before_hearing_of_the_damage_after_it() {
    let place = Place::new();
    drop(place.with_notes(1));
    let (mut follower, _) = Follower::open(&place.room()).unwrap();
    let (mut journal, _) = Journal::open(&place.room(), device()).unwrap();
    note(&mut journal, "whole");
    note(&mut journal, "soon changed");
    drop(journal);
    place.change("UPDATE events SET actor = 'JA' WHERE seq = 4");
    let new = follower.poll().unwrap();
    assert_eq!(new.iter().map(|event| event.seq).collect::<Vec<_>>(), [3]);
    for _ in 0..2 {
        assert!(matches!(follower.poll(), Err(Failure::Damaged { event: 4, .. })));
    }
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged_and_ends_when_there_is_space() {
    let place = Place::new();
    let mut journal = place.with_notes(1);
    journal.limit_pages(0);
    let long = "x".repeat(200_000);
    let failed = journal.append(Event::Noted { text: long.clone() }, at(3), at(3), "MK").unwrap_err();
    assert_eq!(failed, Failure::Full);
    assert_eq!(journal.count(), 2);
    assert_eq!(read(&place.room()).unwrap().events.len(), 2);
    journal.limit_pages(100_000);
    journal.append(Event::Noted { text: long }, at(3), at(3), "MK").unwrap();
    assert_eq!(place.integrity(None), Integrity::Whole);
    assert_eq!(read(&place.room()).unwrap().events.len(), 3);
}

#[test]
fn a_file_that_is_gone_is_said_and_made_again_from_what_is_open() {
    let place = Place::new();
    let mut journal = place.with_notes(2);
    for name in std::fs::read_dir(place.folder.path()).unwrap() {
        std::fs::remove_file(name.unwrap().path()).unwrap();
    }
    let event = Event::Noted { text: "after".to_owned() };
    let failed = journal.append(event.clone(), at(9), at(9), "MK").unwrap_err();
    assert_eq!(failed, Failure::Gone(place.room()));
    journal.restore().unwrap();
    journal.append(event, at(9), at(9), "MK").unwrap();
    assert!(matches!(Journal::open(&place.room(), device()), Err(Failure::Held { .. })));
    drop(journal);
    assert_eq!(read(&place.room()).unwrap().events.len(), 4);
    assert_eq!(place.integrity(None), Integrity::Whole);
}

#[test]
fn another_file_at_the_same_path_is_not_taken_for_the_room() {
    let place = Place::new();
    let mut journal = place.with_notes(2);
    let other = Place::new();
    drop(other.made());
    std::fs::rename(other.room(), place.room()).unwrap();
    let event = Event::Noted { text: "ours".to_owned() };
    let failed = journal.append(event.clone(), at(9), at(9), "MK").unwrap_err();
    assert_eq!(failed, Failure::Gone(place.room()));
    journal.restore().unwrap();
    journal.append(event, at(9), at(9), "MK").unwrap();
    drop(journal);
    assert_eq!(read(&place.room()).unwrap().events.len(), 4);
}

#[test]
fn a_copy_of_the_one_file_is_whole_after_a_rest() {
    let place = Place::new();
    let mut journal = place.with_notes(5);
    journal.rest();
    let copy = place.folder.path().join("copy.warroom");
    std::fs::copy(place.room(), &copy).unwrap();
    assert_eq!(read(&copy).unwrap().events.len(), 6);
}

#[test]
fn a_damaged_file_is_read_up_to_its_last_whole_event_and_not_written() {
    let place = Place::new();
    drop(place.with_notes(4));
    place.change("UPDATE events SET body = '{}' WHERE seq = 4");
    let log = read(&place.room()).unwrap();
    assert_eq!(log.events.len(), 3);
    assert!(matches!(log.damage, Some(Failure::Damaged { event: 4, .. })));
    assert!(matches!(Journal::open(&place.room(), device()), Err(Failure::Damaged { event: 4, .. })));
}

#[test]
fn a_newer_file_is_only_read_and_what_is_no_room_is_named() {
    let place = Place::new();
    drop(place.with_notes(1));
    let newer = crate::schema::VERSION + 1;
    Connection::open(place.room()).unwrap().pragma_update(None, "user_version", newer).unwrap();
    assert!(matches!(Journal::open(&place.room(), device()), Err(Failure::Newer { found, .. }) if found == newer));
    assert_eq!(read(&place.room()).unwrap().events.len(), 2);
    let other = place.folder.path().join("x.warroom");
    std::fs::write(&other, "no room at all, but longer than a header of SQLite: ".repeat(20)).unwrap();
    let before = std::fs::read(&other).unwrap();
    assert!(matches!(Journal::open(&other, device()), Err(Failure::NotARoom(_))));
    assert_eq!(std::fs::read(&other).unwrap(), before);
    assert!(matches!(read(Path::new("/nowhere/x.warroom")), Err(Failure::Gone(_))));
}

#[test]
fn words_that_are_being_typed_are_kept_and_forgotten() {
    let place = Place::new();
    let mut journal = place.made();
    journal.keep_scratch("note", "half a wo").unwrap();
    journal.keep_scratch("draft 1", "{}").unwrap();
    journal.keep_scratch("draft 1", "").unwrap();
    drop(journal);
    let (journal, _) = Journal::open(&place.room(), device()).unwrap();
    assert_eq!(journal.scratch().unwrap(), [("note".to_owned(), "half a wo".to_owned())]);
}

#[test]
fn the_list_keeps_its_heads() {
    let place = Place::new();
    let mut journal = place.made();
    let head = journal.seal(at(1)).unwrap();
    place.heads().add(&head).unwrap();
    let mut forged = head.clone();
    forged.count = 7;
    place.heads().add(&forged).unwrap();
    assert_eq!(place.heads().of(&head.room), [head]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The chain's law: change any byte of any body, and the first bad event is that one.
    #[test]
    fn any_changed_body_is_found(count in 1_u64..12, which in 0_u64..12, text in "[a-z]{1,12}") {
        let place = Place::new();
        drop(place.with_notes(count));
        let seq = which % count + 2;
        let body = serde_json::to_string(&Event::Noted { text }).unwrap();
        let same: bool = Connection::open(place.room()).unwrap()
            .query_row("SELECT body = ?1 FROM events WHERE seq = ?2", (&body, i64::try_from(seq).unwrap()), |row| row.get(0)).unwrap();
        prop_assume!(!same);
        place.change(&format!("UPDATE events SET body = '{body}' WHERE seq = {seq}"));
        prop_assert_eq!(broken_at(&place.integrity(None)), seq);
    }
}

/// The columns, triggers and tables of a file, as SQLite keeps them.
fn tables(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut read = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
    let found = read.query_map([], |row| row.get(0)).unwrap();
    found.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_room_of_each_released_schema_opens_whole_and_is_brought_to_this_one() {
    let new = Place::new();
    drop(new.made());
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/rooms");
    for (version, events) in [(1, 4), (2, 20)] {
        let place = Place::new();
        std::fs::copy(fixtures.join(format!("schema-{version}.warroom")), place.room()).unwrap();
        let before = verify(&place.room(), &place.heads(), None).unwrap();
        assert_eq!((before.integrity, before.events, before.samples.first_bad), (Integrity::Whole, events, None));
        let (mut journal, log) = Journal::open(&place.room(), device()).unwrap();
        assert_eq!(log.head, before.head, "no event is written anew");
        note(&mut journal, "after");
        drop(journal);
        let (journal, log) = Journal::open(&place.room(), device()).unwrap();
        assert_eq!(log.events.len() as u64, events + 1);
        drop(journal);
        assert_eq!(tables(&place.room()), tables(&new.room()), "brought over and new are the same");
        let after = verify(&place.room(), &place.heads(), None).unwrap();
        assert_eq!((after.integrity, after.samples.first_bad), (Integrity::Whole, None));
        assert_eq!((after.samples.rows, after.samples.fresh), (before.samples.rows, before.samples.fresh));
    }
    assert_eq!(crate::schema::VERSION, 2, "a room of each released schema is among the fixtures");
}

#[test]
fn the_first_schema_had_no_samples_and_its_words_are_kept() {
    let place = Place::new();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/rooms/schema-1.warroom");
    std::fs::copy(fixture, place.room()).unwrap();
    let nothing = crate::samples(&place.room(), &["metrics.a".to_owned()], at(0), at(60), 10).unwrap();
    assert_eq!(nothing[0].gaps, [(at(0), at(60))], "what was never kept was not seen");
    let (journal, log) = Journal::open(&place.room(), device()).unwrap();
    assert_eq!(log.events[3].event, Event::Noted { text: "note 2".to_owned() });
    assert_eq!(journal.scratch().unwrap(), [("note".to_owned(), "half a wo".to_owned())]);
}
