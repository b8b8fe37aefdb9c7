//! A snapshot is used where all fits, and nowhere else.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::*;
use crate::Journal;
use crate::tests::{Place, device, note};

const STAMP: &str = "this program";

fn file(place: &Place) -> PathBuf {
    place.room().with_file_name("one.snapshot")
}

/// A room with five events, and a snapshot of it after so many; two more come after.
fn with_snapshot(place: &Place, count: u64) -> Snapshot {
    let mut journal = place.with_notes(count - 1);
    let snapshot =
        Snapshot { room: journal.room().to_owned(), count, head: *journal.head(), state: b"the state".to_vec() };
    snapshot.write(&file(place), &device(), STAMP).unwrap();
    for text in ["after", "and after"] {
        note(&mut journal, text);
    }
    snapshot
}

fn refused(place: &Place) -> String {
    Snapshot::read(&file(place), &device(), STAMP).expect_err("it is refused")
}

#[test]
fn what_fits_is_used_and_gives_what_came_after() {
    let place = Place::new();
    assert_eq!(Snapshot::read(&file(&place), &device(), STAMP), Ok(None), "there is none yet");
    let snapshot = with_snapshot(&place, 5);
    assert_eq!(std::fs::metadata(file(&place)).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(file(&place).parent().unwrap()).unwrap().count(), 3, "room, lock, and it alone");
    assert_eq!(Snapshot::read(&file(&place), &device(), STAMP), Ok(Some(snapshot.clone())));
    let whole = crate::read(&place.room()).unwrap();
    let (mut journal, log) = Journal::open_after(&place.room(), device(), &snapshot).unwrap().expect("it continues it");
    assert_eq!((log.events.as_slice(), log.head), (&whole.events[5..], whole.head));
    assert_eq!((journal.count(), *journal.head(), journal.room()), (7, whole.head, snapshot.room.as_str()));
    note(&mut journal, "it goes on");
    drop(journal);
    assert_eq!(crate::read(&place.room()).unwrap().damage, None);
    let before = read_up_to(&place.room(), 5, |_| {}).unwrap();
    assert_eq!((before.events.as_slice(), before.head), (&whole.events[..5], snapshot.head));
}

#[test]
fn any_byte_that_is_another_is_found() {
    let place = Place::new();
    with_snapshot(&place, 3);
    let bytes = std::fs::read(file(&place)).unwrap();
    for at in 0..bytes.len() {
        let mut other = bytes.clone();
        other[at] ^= 1;
        std::fs::write(file(&place), other).unwrap();
        refused(&place);
        std::fs::write(file(&place), &bytes[..at]).unwrap();
        refused(&place);
    }
    let longer = [bytes.as_slice(), b"x"].concat();
    std::fs::write(file(&place), longer).unwrap();
    refused(&place);
}

#[test]
fn who_makes_the_digest_fit_has_no_signature() {
    let place = Place::new();
    with_snapshot(&place, 3);
    let mut bytes = std::fs::read(file(&place)).unwrap();
    let at = bytes.windows(9).position(|window| window == b"the state").unwrap();
    bytes[at] = b'T';
    let body = bytes.len() - SIGNED;
    let digest = Sha256::digest(&bytes[..body]);
    bytes[body..body + 32].copy_from_slice(&digest);
    std::fs::write(file(&place), &bytes).unwrap();
    assert_eq!(refused(&place), "it is not signed by this device");
}

#[test]
fn what_another_program_or_another_device_made_is_not_used() {
    let place = Place::new();
    let snapshot = with_snapshot(&place, 3);
    assert_eq!(
        Snapshot::read(&file(&place), &device(), "a newer program"),
        Err("another version of the program made it".to_owned())
    );
    snapshot.write(&file(&place), &Device::from_seed([99; 32]), STAMP).unwrap();
    assert_eq!(refused(&place), "it is not signed by this device");
}

#[test]
fn a_file_that_does_not_continue_it_is_opened_from_its_beginning() {
    let is_used = |place: &Place, snapshot: &Snapshot| {
        let opened = Journal::open_after(&place.room(), device(), snapshot).unwrap().is_some();
        assert_eq!(read_after(&place.room(), snapshot).unwrap().is_some(), opened);
        opened
    };
    let place = Place::new();
    let snapshot = with_snapshot(&place, 5);
    assert!(is_used(&place, &snapshot));
    for other in [
        Snapshot { room: "another".to_owned(), ..snapshot.clone() },
        Snapshot { count: 4, ..snapshot.clone() },
        Snapshot { count: 0, ..snapshot.clone() },
        Snapshot { count: 70, ..snapshot.clone() },
        Snapshot { head: [7; 32], ..snapshot.clone() },
    ] {
        assert!(!is_used(&place, &other), "{other:?}");
    }
    // Another telling under the same name.
    let replaced = Place::new();
    let mut journal = replaced.made();
    for number in 0..9 {
        note(&mut journal, &format!("told anew {number}"));
    }
    drop(journal);
    assert!(!is_used(&replaced, &snapshot));
    // Its own event is not what was hashed; what comes after does not continue it; the first event is damaged.
    for seq in [5, 6, 1] {
        let place = Place::new();
        let snapshot = with_snapshot(&place, 5);
        place.change(&format!("UPDATE events SET actor = 'XX' WHERE seq = {seq}"));
        assert!(!is_used(&place, &snapshot), "{seq}");
    }
    // What is damaged before it is found behind the opening, by who reads up to it.
    let place = Place::new();
    let snapshot = with_snapshot(&place, 5);
    place.change("UPDATE events SET actor = 'XX' WHERE seq = 3");
    assert!(is_used(&place, &snapshot));
    let log = read_up_to(&place.room(), 5, |_| {}).unwrap();
    assert!(matches!(log.damage, Some(Failure::Damaged { event: 3, .. })), "{:?}", log.damage);
    assert_eq!(log.events.len(), 2);
}
