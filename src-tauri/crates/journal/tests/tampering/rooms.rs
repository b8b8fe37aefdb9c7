//! The rooms that are tampered with: two made here, and one of each released schema.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use journal::{Device, Head, Heads, Journal, Sample, State};
use room::{Event, Opened};
use rusqlite::Connection;

/// A room as it was, and the list of heads that its owner's laptop keeps.
pub(crate) struct Base {
    pub(crate) name: String,
    pub(crate) room: PathBuf,
    pub(crate) heads: PathBuf,
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

/// The folder of the rooms that released programs made.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/rooms")
}

pub(crate) fn all(folder: &Path) -> Vec<Base> {
    let mut bases = vec![day(folder, "a day"), two_laptops(folder, "two laptops")];
    let mut released: Vec<PathBuf> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "warroom"))
        .collect();
    released.sort();
    assert!(released.len() >= 2, "a room of each released schema lies in {}", fixtures().display());
    bases.extend(released.iter().map(|path| copied(folder, path)));
    bases
}

/// A room of a day, with samples of every age: rolled up, in chunks, and fresh.
pub(crate) fn day(folder: &Path, name: &str) -> Base {
    let base = base(folder, name);
    let heads = Heads::at(&base.heads);
    let (mut journal, _) = Journal::create(&base.room, Device::from_seed([1; 32]), opened(), "login", at(0)).unwrap();
    for (chunk, begin) in [0, 600].into_iter().enumerate() {
        note(&mut journal, begin + 1, 0, &format!("Größe {chunk} – ok ✓"));
        measure(&mut journal, begin);
        journal.seal_samples(at(begin + 60), "War Room").unwrap().unwrap();
    }
    note(&mut journal, 700, 420, "seen seven minutes before it was noted");
    heads.add(&journal.seal(at(701)).unwrap()).unwrap();
    const DAY: i64 = 24 * 3600 + 2 * 3600;
    journal.roll_up_samples(at(DAY), "War Room").unwrap().unwrap();
    while journal.sweep_samples().unwrap() {}
    for number in 0..6 {
        note(&mut journal, DAY + number, 0, &format!("note {number}"));
    }
    for begin in [DAY + 60, DAY + 700] {
        measure(&mut journal, begin);
        journal.seal_samples(at(begin + 100), "War Room").unwrap().unwrap();
    }
    heads.add(&journal.seal(at(DAY + 900)).unwrap()).unwrap();
    for number in 0..5 {
        note(&mut journal, DAY + 901 + number, 0, &format!("after the last seal {number}"));
    }
    measure(&mut journal, DAY + 950);
    journal.rest();
    drop(journal);
    base
}

/// A room that was begun on one laptop and went on at another.
fn two_laptops(folder: &Path, name: &str) -> Base {
    let base = base(folder, name);
    let heads = Heads::at(&base.heads);
    let (mut journal, _) = Journal::create(&base.room, Device::from_seed([3; 32]), opened(), "login", at(0)).unwrap();
    for number in 0..4 {
        note(&mut journal, number, 0, &format!("on the first {number}"));
    }
    heads.add(&journal.seal(at(9)).unwrap()).unwrap();
    drop(journal);
    let (mut journal, _) = Journal::open(&base.room, Device::from_seed([4; 32])).unwrap();
    // It has only looked so far: its own list has the head, the room has no seal of it.
    heads.add(&journal.seal(at(10)).unwrap()).unwrap();
    for number in 0..3 {
        note(&mut journal, 20 + number, 0, &format!("on the second {number}"));
    }
    heads.add(&journal.seal(at(30)).unwrap()).unwrap();
    journal.rest();
    drop(journal);
    base
}

/// A released room, with the heads that its seals bear.
fn copied(folder: &Path, path: &Path) -> Base {
    let base = base(folder, &path.file_stem().unwrap().to_string_lossy());
    std::fs::copy(path, &base.room).unwrap();
    let connection = Connection::open(&base.room).unwrap();
    let mut statement = connection.prepare("SELECT count, hash, at, public_key, signature FROM seals").unwrap();
    let seals = statement.query_map([], |row| {
        Ok(Head {
            room: opened().room,
            count: row.get::<_, i64>(0)?.unsigned_abs(),
            hash: row.get(1)?,
            at: Timestamp::from_microsecond(row.get(2)?).unwrap(),
            public_key: row.get(3)?,
            signature: row.get(4)?,
        })
    });
    for head in seals.unwrap() {
        Heads::at(&base.heads).add(&head.unwrap()).unwrap();
    }
    base
}

fn base(folder: &Path, name: &str) -> Base {
    let stem = name.replace(' ', "-");
    Base {
        name: name.to_owned(),
        room: folder.join(format!("{stem}.warroom")),
        heads: folder.join(format!("{stem}.heads.log")),
    }
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

fn note(journal: &mut Journal, second: i64, late_s: i64, text: &str) {
    let event = Event::Noted { text: text.to_owned() };
    journal.append(event, at(second - late_s), at(second), "MK").unwrap();
}

/// Answers of two signals: numbers, a yes, and one without data.
fn measure(journal: &mut Journal, second: i64) {
    let sample = |signal: &str, after: i64, state: State, value: Option<f64>| Sample {
        signal: signal.to_owned(),
        at: at(second + after).as_millisecond(),
        good_for: if value.is_some() { 12_000 } else { 0 },
        state,
        value,
    };
    let batch = [
        sample("metrics.error_rate", 0, State::Number, Some(0.25)),
        sample("metrics.error_rate", 5, State::Number, Some(0.5)),
        sample("metrics.error_rate", 40, State::NoData, None),
        sample("metrics.error_rate", 70, State::Number, Some(f64::INFINITY)),
        sample("probes.api", 0, State::Passed, Some(1.0)),
        sample("probes.api", 5, State::Failed, Some(0.0)),
    ];
    journal.keep_samples(&batch).unwrap();
}
