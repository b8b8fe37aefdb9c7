//! What the log says of samples, which lie beside it: their digests.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Samples that were kept beside the log since the last such event are one chunk from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamplesSealed {
    /// Names the chunk within the room; counts up.
    pub chunk: u64,
    /// The time of its earliest sample.
    pub from: Timestamp,
    /// The time of its latest sample.
    pub to: Timestamp,
    /// From how many signals.
    pub signals: u64,
    /// How many samples, those that say that there was no data among them.
    pub rows: u64,
    /// SHA-256 over them, in hexadecimal digits; the bytes are defined by the journal.
    pub digest: String,
}

/// Older chunks were brought together into one of fewer rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamplesRolledUp {
    /// The chunks that are replaced.
    pub chunks: Vec<u64>,
    /// The chunk that replaces them.
    pub into: u64,
    /// How long a row stands for from now on: 1 or 10 minutes.
    pub minutes: u32,
    /// The time of the earliest row.
    pub from: Timestamp,
    /// The time of the latest row.
    pub to: Timestamp,
    /// How many rows there are now.
    pub rows: u64,
    /// SHA-256 over the digests of the replaced chunks, in their order, in hexadecimal digits.
    pub old: String,
    /// SHA-256 over the new rows.
    pub new: String,
}
