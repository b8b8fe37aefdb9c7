//! The log behind a room that was opened from a snapshot: read whole while one acts already, and held against what the
//! snapshot said.
//!
//! Owns: how far that is, and when the state is kept as a snapshot. Must not know: where snapshots lie.

use std::path::PathBuf;

use jiff::Timestamp;
use journal::Hash;
use room::{Recorded, Room};

use super::live::Live;
use super::{Controller, Effect, Open, Out, Wake, problem};
use crate::rooms::{Before, Job};
use crate::wire::project::{LogIndex, grouped};
use crate::wire::{Problem, ProblemCode};

/// How long a log is before its state is kept: a shorter one is read, checked and folded in some hundredths of a second.
const LEAST: u64 = 5_000;

/// How many events are read again at the most for each that was there: a tenth. So a snapshot of a long log, which may have
/// many megabytes, is made seldom, and what comes after it is read in a moment.
const SHARE: u64 = 10;

/// What is left to be folded when a room is left is not worth a file below this.
const LEAST_AT_THE_END: u64 = 1_000;

/// What is still being read.
#[derive(Debug)]
pub(super) struct Behind {
    number: u64,
    /// How many events there are to be read.
    pub(super) count: u64,
    head: Hash,
    /// The state after them, until it goes to who reads.
    state: Vec<u8>,
    /// How many have been read.
    read: u64,
}

/// What is to be read.
#[derive(Debug)]
pub(crate) struct ToRead {
    number: u64,
    path: PathBuf,
    count: u64,
    head: Hash,
    state: Vec<u8>,
}

/// How far it is, or what came of it.
#[derive(Debug)]
pub(crate) enum ReadBehind {
    /// So many events have been read.
    Read(u64),
    /// All of them, whole, and they make the state of the snapshot.
    Whole(Box<(Vec<Recorded>, LogIndex)>),
    /// They are whole, and make another state.
    Differs,
    /// They cannot be read whole, or are not those of the snapshot.
    Unreadable,
}

/// Reads it; `tell` hears how far it is, and at last what came of it, and says whether anybody listens.
pub(super) fn read(to_read: &ToRead, tell: impl Fn(Wake) -> bool) {
    let ToRead { number, path, count, head, state } = to_read;
    let told = |read| {
        tell(Wake::Behind { number: *number, read });
    };
    let log = journal::read_up_to(path, *count, |read| told(ReadBehind::Read(read)));
    let log = match log {
        Ok(log) if log.damage.is_none() && log.events.len() as u64 == *count && log.head == *head => log,
        Ok(log) => {
            tracing::warn!(damage = ?log.damage, read = log.events.len(), "the log before the snapshot is not whole");
            return told(ReadBehind::Unreadable);
        }
        Err(failure) => {
            tracing::warn!(%failure, "the log before the snapshot cannot be read");
            return told(ReadBehind::Unreadable);
        }
    };
    let folded = Room::fold(&log.events).and_then(|room| room.to_bytes());
    if folded.as_ref() != Some(state) {
        return told(ReadBehind::Differs);
    }
    let mut index = LogIndex::default();
    index.take(&log.events);
    told(ReadBehind::Whole(Box::new((log.events, index))));
}

impl Behind {
    pub(super) fn of(before: &mut Before) -> Self {
        let state = std::mem::take(&mut before.state);
        Self { number: 0, count: before.count, head: before.head, state, read: 0 }
    }
}

impl Live {
    /// All events; `None` while those before a snapshot are still being read.
    pub(super) fn whole(&self) -> Option<&[Recorded]> {
        self.behind.is_none().then_some(self.events.as_slice())
    }

    /// How far the log is read, in words; empty where all of it is.
    pub(super) fn reading(&self) -> String {
        self.behind.as_ref().map_or_else(String::new, |behind| {
            format!("Reading the log: {} of {} events", grouped(behind.read), grouped(self.room.last()))
        })
    }

    /// Why something cannot be shown yet.
    pub(super) fn is_being_read(&self) -> Problem {
        problem(ProblemCode::Refused, format!("{}. This needs all of it: try again in a moment.", self.reading()))
    }

    /// The state for another opening, where it is worth keeping: at the end for what came since, and in between for so much
    /// that reading it again would take time. Not before it has been held against its log.
    pub(super) fn snapshot(&mut self, is_end: bool) -> Option<Job> {
        let count = self.room.last();
        let since = count.saturating_sub(self.kept_at);
        let least = if is_end && self.kept_at > 0 { LEAST_AT_THE_END } else { LEAST.max(count / SHARE) };
        let is_due = count >= LEAST && since >= least && self.behind.is_none() && self.may_write();
        if !is_due || crate::drill::is_drill(&self.room) {
            return None;
        }
        // Also where it has no bytes: it is asked again after as many events.
        self.kept_at = count;
        Some(Job::Snapshot { count, head: *self.head_hash(), state: self.room.to_bytes()? })
    }
}

impl Controller {
    /// Has the log read that lies behind a snapshot.
    pub(super) fn read_what_is_behind(&mut self, number: u64, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        let path = live.path().to_path_buf();
        if let Some(behind) = &mut live.behind {
            behind.number = number;
            let (count, head, state) = (behind.count, behind.head, std::mem::take(&mut behind.state));
            out.effects.push(Effect::ReadBehind(ToRead { number, path, count, head, state }));
        }
    }

    /// The log behind a snapshot was read further, or all of it.
    pub(super) fn read_behind(&mut self, number: u64, read: ReadBehind, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        let Some(behind) = live.behind.as_mut().filter(|behind| behind.number == number) else { return };
        match read {
            ReadBehind::Read(count) => behind.read = count,
            ReadBehind::Whole(whole) => {
                let (mut events, index) = *whole;
                events.append(&mut live.events);
                live.events = events;
                live.looking.index = index;
                live.looking.index.take(&live.events);
                live.behind = None;
                self.prove(out);
            }
            ReadBehind::Differs => {
                let since = grouped(behind.count);
                let message = format!(
                    "This room was opened from a snapshot of its state, and the log makes another state. The snapshot was thrown \
                     away, and the room is opened from its log now. Look again at whatever was decided since event {since}."
                );
                tracing::error!(path = %live.path().display(), "a snapshot is not what the log makes");
                out.effects.push(Effect::Say(message.clone()));
                let problem = problem(ProblemCode::Refused, message);
                live.looking.proof.told_with_it = Some(problem.clone());
                self.problem = Some(problem);
                self.open_anew(now, out);
            }
            // Opened from its beginning it says what is wrong, and is verified again.
            ReadBehind::Unreadable => {
                let count = grouped(behind.count);
                let message =
                    format!("The log before event {count} could not be read whole: leave the room and enter it again.");
                self.problem = Some(problem(ProblemCode::Unreadable, message));
                self.open_anew(now, out);
            }
        }
    }
}
