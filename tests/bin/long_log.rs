//! What a long log costs: verifying it in full, reading it, folding it into a room and backing it up, each beside a bare
//! read + hash + parse of the same file, and opening it from a snapshot beside opening a room of one event, as lines of JSON
//! for the table of `cargo xtask bench`. Optimised, or the figures say nothing:
//! `cargo run --release -p journal --example long_log -- FOLDER 1000000`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it prints what it measured")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Heads, Integrity, Journal, Snapshot};
use room::{Event, Opened, Person, Room};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};

/// How many events are written at once, and sealed.
const BATCH: u64 = 100;

/// Each is measured so many times, in turn.
const TIMES: u32 = 3;

/// How much longer a long room may take to open from its snapshot than an empty one (issue 10).
const AT_MOST_MORE: Duration = Duration::from_millis(300);

/// What all else is held against.
const BARE: &str = "bare read + hash + parse";

const TEXT: &str = "# Pay\n\n## Deploy\n\n- [ ] Roll out the canary\n- [ ] Error rate below 1 %\n- [ ] Announce it\n";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().ok_or("long_log FOLDER [EVENTS]")?;
    let count = arguments.next().map_or(Ok(1_000_000), |count| count.to_string_lossy().parse::<u64>())?;
    let folder = tempfile::tempdir_in(folder)?;
    let (path, list) = (folder.path().join("long.warroom"), folder.path().join("heads.log"));
    let began = Instant::now();
    write(&path, &list, count)?;
    eprintln!("{count} events, {} MB, written in {:.1?}", std::fs::metadata(&path)?.len() / 1_000_000, began.elapsed());
    let heads = Heads::at(&list);
    let mut all: Vec<(&str, Vec<Duration>)> = Vec::new();
    for _ in 0..TIMES {
        let measured = [
            (BARE, timed(|| bare(&path))?),
            ("verify with every seal", timed(|| verified(&path, &heads))?),
            ("open: read, check, fold", timed(|| folded(&path))?),
            ("backup, read again", timed(|| Ok(journal::backup(&path, &folder.path().join("b.warroom"))?.events))?),
        ];
        for (name, (took, found)) in measured {
            if found != count {
                return Err(format!("{name}: {found} events").into());
            }
            match all.iter_mut().find(|(known, _)| *known == name) {
                Some((_, all)) => all.push(took),
                None => all.push((name, vec![took])),
            }
        }
    }
    from_the_snapshot(folder.path(), &path, count)?;
    let bare = all.first().map_or(1.0, |(_, took)| median_us(took));
    for (name, mut took) in all {
        took.sort_unstable();
        let slowest_us = took.last().map_or(0.0, Duration::as_secs_f64) * 1e6;
        let median_us = median_us(&took);
        let is_limit = name == BARE;
        let line = serde_json::json!({
            "name": format!("{count} events: {name}"),
            "count": took.len(),
            "median_us": median_us,
            "p95_us": slowest_us,
            "max_us": slowest_us,
            "limit": (!is_limit).then_some(BARE),
            "ratio": (!is_limit).then_some(median_us / bare),
            "at_most": name.starts_with("verify").then_some(3.0),
        });
        println!("{line}");
    }
    Ok(())
}

fn median_us(took: &[Duration]) -> f64 {
    let mut sorted = took.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).map_or(0.0, Duration::as_secs_f64) * 1e6
}

fn timed(what: impl FnOnce() -> Result<u64, Box<dyn Error>>) -> Result<(Duration, u64), Box<dyn Error>> {
    let began = Instant::now();
    let found = what()?;
    Ok((began.elapsed(), found))
}

/// A log as a long watch leaves it: alerts and notes, and somebody who says what they saw.
fn write(path: &Path, list: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let begin = Timestamp::from_second(1_800_000_000)?;
    let opened = Opened {
        room: "cd".repeat(16),
        file: "pay.md".to_owned(),
        path: "/pay.md".to_owned(),
        text: TEXT.to_owned(),
        settings: None,
        start: "2027-01-21T06:30".parse()?,
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "2026a".to_owned(),
        reader: "1".to_owned(),
        drill: None,
    };
    let items: Vec<_> = Room::open(opened.clone()).plan().items.iter().map(|item| item.id.clone()).collect();
    let (mut journal, _) = Journal::create(path, Device::from_seed([5; 32]), opened, "login", begin)?;
    let heads = Heads::at(list);
    while journal.count() < count {
        let now = begin + SignedDuration::from_secs(i64::try_from(journal.count())?);
        let batch = (journal.count()..count.min(journal.count() + BATCH)).map(|number| (event(number, &items), now));
        journal.append_all(batch.collect(), now, "MK")?;
        let head = journal.seal(now)?;
        // The list itself is not what is measured here: without a sync for each line.
        if journal.count().is_multiple_of(1_000) || journal.count() == count {
            heads.add(&head)?;
        }
    }
    journal.rest();
    Ok(())
}

fn event(number: u64, items: &[plan::ItemId]) -> Event {
    let item = || items.get(usize::try_from(number).unwrap_or(0) % items.len().max(1)).cloned();
    match (number % 4, item()) {
        (0, Some(item)) => Event::Stated {
            item,
            saw: Some(format!("0.{} % after a quarter of an hour", number % 97)),
            answer: None,
            values: Vec::new(),
        },
        (1, _) => Event::PersonNamed(Person {
            initials: "MK".to_owned(),
            name: format!("Maria Keller {}", number % 7),
            role: "release manager".to_owned(),
        }),
        _ => {
            Event::Noted { text: format!("note {number}: the canary holds, errors and latency as before the release") }
        }
    }
}

/// A long room is opened for writing from its snapshot, and one of a single event from its log, in turn: until a person can
/// act, with the window left out, which is the same for both.
fn from_the_snapshot(folder: &Path, long: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let (file, empty, device) =
        (folder.join("long.snapshot"), folder.join("empty.warroom"), Device::from_seed([5; 32]));
    write(&empty, &folder.join("empty-heads.log"), 1)?;
    let (journal, log) = Journal::open(long, device.clone())?;
    let state = Room::fold(&log.events).and_then(|room| room.to_bytes()).ok_or("no state")?;
    eprintln!("its state has {} MB", state.len() / 1_000_000);
    let snapshot = Snapshot { room: journal.room().to_owned(), count, head: log.head, state };
    snapshot.write(&file, &device, "bench")?;
    drop((journal, log, snapshot));
    let (mut short, mut resumed) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        // What is opened stays open until the clock was read: nobody waits for its being let go.
        let began = Instant::now();
        let (journal, log) = Journal::open(&empty, device.clone())?;
        let room = Room::fold(&log.events).ok_or("no opening")?;
        short.push(began.elapsed());
        drop((journal, log, room));
        let began = Instant::now();
        let read = Snapshot::read_with(&file, &device, "bench", Room::of_bytes)?.ok_or("no snapshot")?;
        let (snapshot, room) = (read.0, read.1.ok_or("no state")?);
        let (journal, log) = Journal::open_after(long, device.clone(), &snapshot)?.ok_or("it does not fit")?;
        resumed.push(began.elapsed());
        if room.last() + log.events.len() as u64 != count {
            return Err("from the snapshot another room is opened".into());
        }
        drop((journal, log, room, snapshot));
    }
    let (short, resumed) = (median_us(&short), median_us(&resumed));
    let limit = "300 ms more than an empty room";
    let line = serde_json::json!({
        "name": format!("{count} events: open from the snapshot, beyond an empty room"),
        "count": TIMES,
        "median_us": resumed - short,
        "p95_us": resumed - short,
        "max_us": resumed - short,
        "limit": limit,
        "ratio": (resumed - short) / (AT_MOST_MORE.as_secs_f64() * 1e6),
        "at_most": 1.0,
    });
    println!("{line}");
    Ok(())
}

/// The least that anybody has to do who looks at every byte: reads the rows in order, hashes their bytes, parses their bodies.
fn bare(path: &Path) -> Result<u64, Box<dyn Error>> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare(
        "SELECT seq, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash FROM events ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let mut hash = Sha256::new();
        hash.update(b"war-room event 1\n");
        for number in [0, 1, 2] {
            hash.update(row.get::<_, i64>(number)?.to_be_bytes());
        }
        hash.update(row.get::<_, u32>(6)?.to_be_bytes());
        for text in [3, 4, 5, 7] {
            let bytes = row.get_ref(text)?.as_bytes()?;
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        hash.update(row.get_ref(8)?.as_bytes()?);
        if hash.finalize().as_slice() != row.get_ref(9)?.as_bytes()? {
            return Err("a hash".into());
        }
        let event: Event = serde_json::from_str(row.get_ref(7)?.as_str()?)?;
        std::hint::black_box(&event);
        count += 1;
    }
    Ok(count)
}

fn verified(path: &Path, heads: &Heads) -> Result<u64, Box<dyn Error>> {
    let report = journal::verify(path, heads, None)?;
    if (report.integrity, report.complete_to) != (Integrity::Whole, Some(report.events)) {
        return Err("it is not whole".into());
    }
    Ok(report.events)
}

fn folded(path: &Path) -> Result<u64, Box<dyn Error>> {
    let log = journal::read(path)?;
    let room = Room::fold(&log.events).ok_or("no opening")?;
    Ok(room.last())
}
