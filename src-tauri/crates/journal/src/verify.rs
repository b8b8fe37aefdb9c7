//! Whether a log is whole, and whether it is complete: two answers.

use std::path::Path;

use crate::chain::{Hash, hex, short};
use crate::failure::Failure;
use crate::heads::{Head, Heads};
use crate::read;
use crate::samples::{self, SamplesReport};

/// Whether the chain holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Integrity {
    /// Every event is what was hashed, and continues the one before.
    Whole,
    /// The first event that is bad or missing, and why.
    Broken {
        /// Its number.
        event: u64,
        /// Why, in words.
        why: String,
    },
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The room's name; empty where even the first event is bad.
    pub room: String,
    /// How many events are whole.
    pub events: u64,
    /// The hash of the last whole one.
    pub head: Hash,
    /// Whether the chain holds.
    pub integrity: Integrity,
    /// The last event that a head from outside of the room vouches for; `None` where no such head is known.
    pub complete_to: Option<u64>,
    /// Where that head comes from, in words.
    pub vouched_by: String,
    /// Whether the samples beside the log are what the chain says of them.
    pub samples: SamplesReport,
}

/// Verifies a room's file against its own seals, the list of heads of this laptop, and a head that somebody else holds
/// (`3f9a-c27e`, or all its digits).
///
/// # Errors
/// The file cannot be read, or is no room.
pub fn verify(path: &Path, heads: &Heads, given: Option<&str>) -> Result<Report, Failure> {
    let opened = read::open_for_reading(path)?;
    // Before the events: another process may be writing, and what was sealed by now is among the events read after this.
    let kept = heads.all();
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    // All of it as it stands at one moment.
    let moment = opened.connection.unchecked_transaction().map_err(failure)?;
    let seals = seals(&moment, path)?;
    let log = read::log(&moment, path)?;
    let rows = read::rows_after(&moment, 0, path)?;
    let samples = samples::report(&moment, &log.events, log.damage.is_none()).map_err(failure)?;
    let room = log.events.first().and_then(|first| match &first.event {
        room::Event::Opened(opened) => Some(opened.room.clone()),
        _ => None,
    });
    let room = room.unwrap_or_default();
    let whole = log.events.len() as u64;
    let hashes: Vec<Hash> = rows.iter().take(log.events.len()).map(|row| row.hash).collect();
    let mut report = Report {
        room: room.clone(),
        events: whole,
        head: log.head,
        integrity: Integrity::Whole,
        complete_to: None,
        vouched_by: String::new(),
        samples,
    };
    if let Some(Failure::Damaged { event, why, .. }) = log.damage {
        report.integrity = Integrity::Broken { event, why };
    } else if whole == 0 {
        report.integrity = Integrity::Broken { event: 1, why: "there is no event at all".to_owned() };
    }
    for seal in seals {
        report.hold_against(&Head { room: room.clone(), ..seal }, &hashes, "a seal in the room");
    }
    for head in kept.into_iter().filter(|head| head.room == room && head.is_signed()) {
        report.hold_against(&head, &hashes, "the list of heads on this laptop");
        report.vouch(head.count, "the list of heads on this laptop");
    }
    if let Some(given) = given {
        report.compare(given, &hashes);
    }
    if report.integrity != Integrity::Whole {
        report.complete_to = None;
    }
    Ok(report)
}

impl Report {
    fn breaks(&mut self, event: u64, why: String) {
        // The first bad number counts.
        let is_earlier = match &self.integrity {
            Integrity::Whole => true,
            Integrity::Broken { event: known, .. } => event < *known,
        };
        if is_earlier {
            self.integrity = Integrity::Broken { event, why };
        }
    }

    fn hold_against(&mut self, head: &Head, hashes: &[Hash], source: &str) {
        if !head.is_signed() {
            return self.breaks(head.count, format!("{source} over {} events has a bad signature", head.count));
        }
        let at = usize::try_from(head.count).unwrap_or(usize::MAX);
        match at.checked_sub(1).and_then(|at| hashes.get(at)) {
            Some(hash) if *hash == head.hash => {}
            Some(_) => self.breaks(head.count, format!("{source} says that event {} was another", head.count)),
            None => {
                let (count, events) = (head.count, self.events);
                let why = format!("{source} counts {count} events, but the log ends after {events}");
                self.breaks(events + 1, why);
            }
        }
    }

    fn vouch(&mut self, count: u64, source: &str) {
        if self.complete_to.is_none_or(|known| known < count) {
            self.complete_to = Some(count);
            source.clone_into(&mut self.vouched_by);
        }
    }

    fn compare(&mut self, given: &str, hashes: &[Hash]) {
        let wanted: String = given.chars().filter(|digit| *digit != '-').collect::<String>().to_lowercase();
        let found = hashes.iter().rposition(|hash| wanted.len() >= 8 && hex(hash).starts_with(&wanted));
        match found {
            Some(at) => self.vouch(at as u64 + 1, "the head that was given"),
            None => {
                let why = format!(
                    "no event has the head {given}, the last one is {}: it is mistyped, or another room's, or the log was \
                     cut or changed since",
                    short(&self.head)
                );
                self.breaks(self.events + 1, why);
            }
        }
    }
}

/// The seals of the file; which room they were made for is not said there.
fn seals(connection: &rusqlite::Connection, path: &Path) -> Result<Vec<Head>, Failure> {
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    let mut statement = connection
        .prepare("SELECT count, hash, at, public_key, signature FROM seals ORDER BY count")
        .map_err(failure)?;
    let rows = statement
        .query_map([], |row| {
            Ok(Head {
                room: String::new(),
                count: row.get::<_, i64>(0)?.unsigned_abs(),
                hash: row.get(1)?,
                at: jiff::Timestamp::from_microsecond(row.get(2)?).unwrap_or_default(),
                public_key: row.get(3)?,
                signature: row.get(4)?,
            })
        })
        .map_err(failure)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failure)
}
