//! Whether a log is whole, and whether it is complete: two answers.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;

use room::Event;
use rusqlite::Connection;

use crate::chain::{Hash, Row, hex, short};
use crate::device::id_of;
use crate::failure::Failure;
use crate::heads::{Head, Heads};
use crate::read::{self, Chain, Taken, Walked};
use crate::samples::{self, Said, SamplesReport};
use crate::schema;

/// What holds the log's head, in words.
const SEAL: &str = "a seal in the room";
const LIST: &str = "the list of heads on this laptop";

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
    /// The first event that only a newer program understands, where there is one: it is in the chain as all others are.
    pub newer: Option<u64>,
    /// Why the room can only be read by this program: it is of a newer one, or its log is whole only up to an event.
    pub reading_only: Option<Failure>,
    /// The last event that a head from outside of the room vouches for; `None` where no such head is known.
    pub complete_to: Option<u64>,
    /// Where that head comes from, in words.
    pub vouched_by: String,
    /// Whether the samples beside the log are what the chain says of them.
    pub samples: SamplesReport,
}

/// What the walk over the events keeps for the questions after it.
#[derive(Default)]
struct Walk {
    room: String,
    hashes: Vec<Hash>,
    /// Each device with the first event that it wrote.
    writers: Vec<(String, u64)>,
    said: Said,
    /// What was found to be signed: most seals stand in the room and in the list, and the curve is what takes time.
    signed: HashSet<(u64, Hash, [u8; 32], Vec<u8>)>,
}

impl Walk {
    fn keep(&mut self, row: &Row, taken: &Taken) {
        self.hashes.push(row.hash);
        if self.writers.iter().all(|(device, _)| *device != row.device) {
            self.writers.push((row.device.clone(), row.seq));
        }
        if let Taken::Event(event) = taken {
            if let (1, Event::Opened(opened)) = (row.seq, event) {
                self.room.clone_from(&opened.room);
            }
            self.said.take(event);
        }
    }

    /// Whether a head of this room is signed.
    fn is_signed(&mut self, head: &Head) -> bool {
        let key = (head.count, head.hash, head.public_key, head.signature.clone());
        let is_signed = self.signed.contains(&key) || head.is_signed();
        if is_signed {
            self.signed.insert(key);
        }
        is_signed
    }

    /// Whether a key is that of a device which wrote one of the first `count` events.
    fn has_written(&self, public_key: &[u8], count: u64) -> bool {
        let id = id_of(public_key);
        self.writers.iter().any(|(device, first)| *first <= count && *device == id)
    }
}

/// Verifies a room's file against its own seals, the list of heads of this laptop, and a head that somebody else holds
/// (`3f9a-c27e`, or all its digits). `docs/log-format.md` says each step, for whoever does it in another language.
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
    let version = schema::version(&moment).map_err(failure)?;
    let is_newer = version > schema::VERSION;
    let mut walk = Walk::default();
    let mut chain = Chain::default();
    let (mut newer, mut newest, mut bad) = (None, 0, None);
    let end = read::walk(&moment, 0, path, |row| match chain.take(&row, is_newer) {
        Ok(taken) => {
            if matches!(taken, Taken::Newer) {
                newer = newer.or(Some(row.seq));
                newest = newest.max(i64::from(row.version));
            }
            walk.keep(&row, &taken);
            ControlFlow::Continue(())
        }
        Err(why) => {
            bad = Some(why);
            ControlFlow::Break(())
        }
    })?;
    if let Walked::Unreadable(why) = end {
        bad = Some(why);
    }
    let mut report = Report {
        room: walk.room.clone(),
        events: chain.last,
        head: chain.head,
        integrity: Integrity::Whole,
        newer,
        reading_only: bad.as_ref().map(|why| read::damaged(path, chain.last, why.clone())),
        complete_to: None,
        vouched_by: String::new(),
        samples: SamplesReport::default(),
    };
    if report.reading_only.is_none() && (is_newer || newer.is_some()) {
        report.reading_only = Some(Failure::Newer { path: path.to_owned(), found: version.max(newest) });
    }
    if let Some(why) = bad {
        report.breaks(chain.last + 1, why);
    } else if chain.last == 0 {
        report.breaks(1, "there is no event at all".to_owned());
    } else if walk.room.is_empty() && newer != Some(1) {
        report.breaks(1, "the first event does not open a room".to_owned());
    }
    // What ends early, or is not understood, may have said more of samples than is known here.
    let is_all_known = report.integrity == Integrity::Whole && newer.is_none() && !is_newer;
    report.samples = samples::report(&moment, &walk.said, is_all_known).map_err(failure)?;
    report.find_outside_of_the_count(&moment);
    match seals(&moment, &walk.room) {
        Ok(seals) => seals.into_iter().for_each(|seal| report.hold_seal(seal, &mut walk)),
        Err(error) if read::is_damage(&error) => {
            report.breaks(chain.last + 1, format!("the seals in the room cannot be read: {error}"));
        }
        Err(error) => return Err(failure(error)),
    }
    for head in kept {
        if head.room == walk.room && walk.is_signed(&head) {
            report.hold_against(&head, &walk.hashes, LIST);
            report.vouch(head.count, LIST);
        }
    }
    if let Some(given) = given {
        report.compare(given, &walk.hashes);
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

    /// Where in the log a seal over so many events stands: after one of its events, or right after the last of them.
    fn place(&self, count: u64) -> u64 {
        count.clamp(1, self.events + 1)
    }

    /// Rows that no walk over the events comes by, which counts from 1.
    fn find_outside_of_the_count(&mut self, connection: &Connection) {
        let least = connection.query_row("SELECT min(seq) FROM events WHERE seq < 1", [], |row| row.get(0));
        // What cannot be asked was found damaged by the walk.
        if let Ok(Some(least)) = least {
            let least: i64 = least;
            self.breaks(1, format!("an event has the number {least}, and events are counted from 1"));
        }
    }

    /// Holds the log against a row of its own table of seals.
    fn hold_seal(&mut self, seal: Result<Head, u64>, walk: &mut Walk) {
        let seal = match seal {
            Ok(seal) => seal,
            Err(count) => return self.breaks(self.place(count), format!("{SEAL} over {count} events is no seal")),
        };
        let place = self.place(seal.count);
        if walk.is_signed(&seal) {
            self.hold_against(&seal, &walk.hashes, SEAL);
        } else {
            self.breaks(place, format!("{SEAL} over {} events has a bad signature", seal.count));
        }
        if !walk.has_written(&seal.public_key, seal.count) {
            let device = id_of(&seal.public_key);
            let why = format!("{SEAL} over {} events is of the device {device}, which wrote none of them", seal.count);
            self.breaks(place, why);
        }
    }

    /// Holds the log against a head that is signed.
    fn hold_against(&mut self, head: &Head, hashes: &[Hash], source: &str) {
        let at = usize::try_from(head.count).unwrap_or(usize::MAX);
        match at.checked_sub(1).map(|at| hashes.get(at)) {
            Some(Some(hash)) if *hash == head.hash => {}
            Some(Some(_)) => self.breaks(head.count, format!("{source} says that event {} was another", head.count)),
            Some(None) => {
                let (count, events) = (head.count, self.events);
                let why = format!("{source} counts {count} events, but the log ends after {events}");
                self.breaks(events + 1, why);
            }
            None => self.breaks(1, format!("{source} counts no events")),
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

/// The seals of the file, as made for this room: which room they were made for is not said there, but signed. A row that
/// is no seal is given by the number of events that it says it counts.
pub(crate) fn seals(connection: &Connection, room: &str) -> rusqlite::Result<Vec<Result<Head, u64>>> {
    let mut statement =
        connection.prepare("SELECT count, hash, at, public_key, signature FROM seals ORDER BY count")?;
    let rows = statement.query_map([], |row| {
        let count = u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0);
        let read = || -> rusqlite::Result<Head> {
            Ok(Head {
                room: room.to_owned(),
                count,
                hash: row.get(1)?,
                at: jiff::Timestamp::from_microsecond(row.get(2)?).unwrap_or_default(),
                public_key: row.get(3)?,
                signature: row.get(4)?,
            })
        };
        Ok(read().map_err(|_| count))
    })?;
    rows.collect()
}

#[cfg(test)]
mod tests;
