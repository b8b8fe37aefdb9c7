//! What the disk may be asked for, and what comes of it.
//!
//! Owns: these words. Must not know: how any of it is done.

use std::path::PathBuf;

use jiff::Timestamp;
use journal::{Failure, Hash, Kept, Sample, Stretch};
use room::{Event, Opened, Recorded};

use super::list::Found;
use super::snapshots::Before;
use crate::synced::Carrier;

/// What is to be done on disk.
#[derive(Debug)]
pub(crate) enum Job {
    /// Make a room, and open it for writing in the place of what is open.
    Make {
        /// Comes back with the outcome.
        number: u64,
        /// What the room is called after.
        subject: String,
        /// The first event; its name of the room is chosen here, by chance.
        opened: Box<Opened>,
        /// Who makes it.
        actor: String,
        /// When.
        now: Timestamp,
        /// The seed of the key that signs, for a drill, whose name follows from its seed as well.
        key: Option<[u8; 32]>,
    },
    /// Open a room in the place of what is open: for writing, else for reading.
    Enter {
        /// Comes back with the outcome.
        number: u64,
        /// Its file.
        path: PathBuf,
        /// When.
        now: Timestamp,
        /// Let go of it first, without a seal: it is open, and something is wrong with its file.
        anew: bool,
    },
    /// Append events, all or none.
    Append {
        /// What happened, and when.
        events: Vec<(Event, Timestamp)>,
        /// When they are accepted.
        recorded_at: Timestamp,
        /// Who acted.
        actor: String,
        /// Make the file again first, where it is gone.
        restore: bool,
        /// The field whose typed words the event holds: they are forgotten with it.
        clears: Option<String>,
    },
    /// Keep words that are being typed.
    Type {
        /// The field.
        name: String,
        /// All that stands in it.
        text: String,
        /// Make the file again first, where it is gone.
        restore: bool,
    },
    /// Keep what the watch remembers, beside the log.
    Remember {
        /// All of it.
        text: String,
    },
    /// Keep what the signals answered, beside the log.
    KeepSamples {
        /// Comes back with the outcome; `None` where nobody is there any more to hear of it.
        number: Option<u64>,
        /// The samples.
        batch: Vec<Sample>,
        /// Make the file again first, where it is gone.
        restore: bool,
    },
    /// Close the samples that were kept so far under a digest.
    SealSamples {
        /// Comes back with the outcome.
        number: u64,
        /// When.
        now: Timestamp,
    },
    /// Roll up a part of what is old enough, or remove a part of what was rolled up.
    TendSamples {
        /// Comes back with the outcome.
        number: u64,
        /// When.
        now: Timestamp,
    },
    /// Keep the state as a snapshot, where another opening is spared the log up to there.
    Snapshot {
        /// After how many events.
        count: u64,
        /// The hash of the last of them.
        head: Hash,
        /// The state.
        state: Vec<u8>,
    },
    /// Sign count and head, and keep them outside of the room as well.
    Seal {
        /// When.
        now: Timestamp,
    },
    /// Write the sheet beside the room.
    Sheet {
        /// The whole page.
        html: String,
    },
    /// Bring all into the one file: nobody waits.
    Rest,
    /// Look for what another window wrote.
    Poll,
    /// Seal, rest, and let go of the room.
    Leave {
        /// When.
        now: Timestamp,
    },
    /// Look which rooms there are.
    List,
}

/// What came of a job.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Of [`Job::Make`].
    Made {
        /// The job's.
        number: u64,
        /// The room with its first event.
        outcome: Result<Box<Entered>, Failure>,
    },
    /// Of [`Job::Enter`].
    Entered {
        /// The job's.
        number: u64,
        /// The room; `None` where it is the one that is open.
        outcome: Result<Option<Box<Entered>>, Failure>,
    },
    /// Of [`Job::Append`]: the events as they are on disk, with the head.
    Appended(Result<(Vec<Recorded>, Hash), Failure>),
    /// Of [`Job::Type`].
    Typed(Result<(), Failure>),
    /// Of [`Job::KeepSamples`]: what could not be kept comes back.
    SamplesKept {
        /// The job's.
        number: u64,
        /// Why it could not, and what.
        outcome: Result<(), (Failure, Vec<Sample>)>,
    },
    /// Of [`Job::SealSamples`] and [`Job::TendSamples`]: the event, where there is one, with the head.
    SamplesTurned {
        /// The job's.
        number: u64,
        /// The event.
        outcome: Result<Option<(Recorded, Hash)>, Failure>,
    },
    /// Of [`Job::Seal`].
    Sealed(Result<(), Failure>),
    /// Of [`Job::Sheet`], in words.
    SheetWritten(Result<(), String>),
    /// Of [`Job::Poll`]: what came, with the head.
    Followed(Result<(Vec<Recorded>, Hash), Failure>),
    /// Of [`Job::Leave`].
    Left,
    /// Of [`Job::List`].
    Listed(Vec<Found>),
}

/// A room that was opened.
#[derive(Debug)]
pub(crate) struct Entered {
    /// Its file.
    pub(crate) path: PathBuf,
    /// The state that it was opened from; then the events after it are all that were read.
    pub(crate) before: Option<Before>,
    /// All its events, or those after a snapshot.
    pub(crate) events: Vec<Recorded>,
    /// The hash of the last.
    pub(crate) head: Hash,
    /// The words that were being typed, by their field.
    pub(crate) typed: Vec<(String, String)>,
    /// What the watch remembered, where it did.
    pub(crate) memory: Option<String>,
    /// What the signals showed lately, by the names of the journal.
    pub(crate) samples: Vec<(String, Stretch)>,
    /// Why it can only be read, where that is so.
    pub(crate) reading_only: Option<Failure>,
    /// Where its file lies, where that is no good place for it.
    pub(crate) carrier: Option<Carrier>,
    /// The device that seals it, and where its key lies; `None` where nobody does, or a drill's.
    pub(crate) signed_by: Option<(String, Kept)>,
}
