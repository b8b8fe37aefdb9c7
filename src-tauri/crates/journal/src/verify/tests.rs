//! What verification finds where somebody took pains: keys, seals, the list of heads, rows that no walk comes by.

use ed25519_dalek::{Signer as _, SigningKey};
use rusqlite::{Connection, params};

use crate::tests::{Place, at, device, note};
use crate::{Device, Failure, Head, Heads, Integrity, Journal, Report, read, verify};

fn report(place: &Place) -> Report {
    verify(&place.room(), &place.heads(), None).unwrap()
}

/// The first bad number, and why.
fn broken(place: &Place) -> (u64, String) {
    match report(place).integrity {
        Integrity::Broken { event, why } => (event, why),
        Integrity::Whole => panic!("the log is said to be whole"),
    }
}

/// Puts a seal into the room, over its events so far, with a signature of the caller's.
fn put_seal(place: &Place, public_key: [u8; 32], signature: &[u8]) {
    let (count, hash) = last(place);
    Connection::open(place.room())
        .unwrap()
        .execute("INSERT INTO seals VALUES (?1, ?2, 0, ?3, ?4)", params![count, hash, public_key, signature])
        .unwrap();
}

fn last(place: &Place) -> (i64, [u8; 32]) {
    let query = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1";
    Connection::open(place.room()).unwrap().query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[test]
fn a_seal_by_the_key_of_a_device_that_wrote_nothing_is_found() {
    let place = Place::new();
    drop(place.with_notes(3));
    let stranger = SigningKey::from_bytes(&[9; 32]);
    let (count, hash) = last(&place);
    let bytes = Head::bytes(&"ab".repeat(16), count.unsigned_abs(), &hash);
    put_seal(&place, stranger.verifying_key().to_bytes(), &stranger.sign(&bytes).to_bytes());
    let (event, why) = broken(&place);
    assert_eq!(event, 4);
    assert!(why.contains("which wrote none of them"), "{why}");
}

#[test]
fn whoever_only_looks_into_a_room_leaves_no_seal_in_it() {
    let place = Place::new();
    drop(place.with_notes(3));
    let other = Device::from_seed([2; 32]);
    let (mut journal, _) = Journal::open(&place.room(), other.clone()).unwrap();
    place.heads().add(&journal.seal(at(9)).unwrap()).unwrap();
    let found = report(&place);
    assert_eq!((found.integrity, found.complete_to), (Integrity::Whole, Some(4)), "its list of heads knows the room");
    note(&mut journal, "now it writes");
    drop(journal);
    let (mut journal, _) = Journal::open(&place.room(), other).unwrap();
    journal.seal(at(10)).unwrap();
    drop(journal);
    let seals = "SELECT count FROM seals";
    let sealed: Vec<i64> = {
        let connection = Connection::open(place.room()).unwrap();
        let mut read = connection.prepare(seals).unwrap();
        let rows = read.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(sealed, [5]);
    assert_eq!(report(&place).integrity, Integrity::Whole);
}

#[test]
fn a_key_for_which_anything_is_signed_signs_nothing() {
    let place = Place::new();
    drop(place.made());
    // The neutral point as key and as R, and 0 as s: the plain equation holds for every message.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    put_seal(&place, neutral, &signature);
    let (event, why) = broken(&place);
    assert_eq!((event, why.as_str()), (1, "a seal in the room over 1 events has a bad signature"));
}

#[test]
fn a_row_that_is_no_seal_is_said_and_not_stumbled_over() {
    for (change, event) in [
        ("INSERT INTO seals VALUES (3, zeroblob(3), 0, zeroblob(32), zeroblob(64))", 3),
        ("INSERT INTO seals VALUES (0, zeroblob(32), 0, zeroblob(32), zeroblob(64))", 1),
        ("INSERT INTO seals VALUES (-4, zeroblob(32), 0, zeroblob(32), zeroblob(64))", 1),
        ("INSERT INTO seals VALUES (900, zeroblob(32), 0, zeroblob(32), zeroblob(64))", 5),
    ] {
        let place = Place::new();
        drop(place.with_notes(3));
        place.change(&format!("PRAGMA ignore_check_constraints = 1; {change}"));
        assert_eq!(broken(&place).0, event, "{change}");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_the_first_bad_one_and_what_stands_before_it_is_read() {
    for change in [
        "UPDATE events SET body = CAST(x'ff' AS TEXT) WHERE seq = 3",
        "UPDATE events SET version = -1 WHERE seq = 3",
        "UPDATE events SET version = 0 WHERE seq = 3",
        "PRAGMA ignore_check_constraints = 1; UPDATE events SET prev = x'00' WHERE seq = 3",
        "UPDATE events SET recorded_at = 9223372036854775807 WHERE seq = 3",
    ] {
        let place = Place::new();
        drop(place.with_notes(4));
        place.change(change);
        assert_eq!(broken(&place).0, 3, "{change}");
        let log = read(&place.room()).unwrap();
        assert_eq!(log.events.len(), 2, "{change}");
        assert!(matches!(log.damage, Some(Failure::Damaged { event: 3, last: 5, .. })), "{:?}", log.damage);
    }
}

#[test]
fn a_page_of_the_file_that_is_lost_is_the_first_bad_event_and_no_end_of_reading() {
    let place = Place::new();
    let mut journal = place.made();
    for number in 0..20 {
        note(&mut journal, &format!("note {number} {}", "x".repeat(1_000)));
    }
    journal.rest();
    drop(journal);
    let room = place.room();
    let mut bytes = std::fs::read(&room).unwrap();
    let page = bytes.windows(7).position(|found| found == b"note 11").unwrap() / 4096 * 4096;
    bytes[page..page + 4096].fill(0xaa);
    std::fs::write(&room, bytes).unwrap();
    let (event, why) = broken(&place);
    assert!((8..12).contains(&event) && why.contains("the file is damaged"), "{event}: {why}");
    let log = read(&room).unwrap();
    assert_eq!(log.events.len() as u64, event - 1);
    assert!(matches!(Journal::open(&room, device()), Err(Failure::Damaged { .. })));
}

#[test]
fn events_outside_of_the_count_are_found() {
    let place = Place::new();
    drop(place.with_notes(2));
    place.change(
        "DROP TRIGGER events_have_no_gap; INSERT INTO events SELECT -7, occurred_at, recorded_at, device, actor, kind, \
         version, body, prev, hash FROM events WHERE seq = 2",
    );
    assert_eq!(broken(&place), (1, "an event has the number -7, and events are counted from 1".to_owned()));
    assert_eq!(read(&place.room()).unwrap().events.len(), 3, "and keep nobody from reading");
}

#[test]
fn what_only_a_newer_program_understands_is_in_the_chain_as_all_else() {
    let place = Place::new();
    drop(place.with_notes(2));
    // As a newer program writes: another version of the body, or a kind of its own in a file of a newer schema.
    for (kind, version, schema) in [("noted", 7, 2), ("foreseen", 1, 9)] {
        let connection = Connection::open(place.room()).unwrap();
        let mut row = crate::rows(&place.room()).unwrap().pop().unwrap();
        row.prev = row.hash;
        (row.seq, row.version, row.kind) = (row.seq + 1, version, kind.to_owned());
        row.body = format!("{{\"kind\":\"{kind}\",\"colour\":\"green\"}}");
        row.hash = row.expected_hash();
        connection
            .execute(
                "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    i64::try_from(row.seq).unwrap(),
                    row.occurred_at,
                    row.recorded_at,
                    row.device,
                    row.actor,
                    row.kind,
                    row.version,
                    row.body,
                    row.prev,
                    row.hash
                ],
            )
            .unwrap();
        connection.pragma_update(None, "user_version", schema).unwrap();
        let found = report(&place);
        assert_eq!((found.integrity, found.events, found.newer), (Integrity::Whole, row.seq, Some(4)));
        let version = schema.max(i64::from(version));
        assert_eq!(found.reading_only, Some(Failure::Newer { path: place.room(), found: version }), "and is only read");
        let log = read(&place.room()).unwrap();
        assert!(matches!(log.damage, Some(Failure::Newer { .. })), "{:?}", log.damage);
        assert_eq!(log.events.len(), 3, "what it means is not guessed");
        assert!(matches!(Journal::open(&place.room(), device()), Err(Failure::Newer { .. })));
    }
}

#[test]
fn a_line_that_was_cut_short_or_is_no_text_takes_no_other_head_with_it() {
    let place = Place::new();
    let mut journal = place.with_notes(1);
    let (first, list) = (journal.seal(at(9)).unwrap(), place.heads_file());
    let heads = Heads::at(&list);
    heads.add(&first).unwrap();
    let mut bytes = std::fs::read(&list).unwrap();
    bytes.extend_from_slice(b"\xff\xfe\n");
    bytes.extend_from_slice(b"2027-01-15T08:00:00Z abab");
    std::fs::write(&list, bytes).unwrap();
    note(&mut journal, "more");
    let second = journal.seal(at(10)).unwrap();
    heads.add(&second).unwrap();
    assert_eq!(heads.of(&first.room), [first, second]);
}
