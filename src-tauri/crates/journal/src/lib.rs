//! A room's log on disk: one SQLite file, synced before anything counts as done, hash-chained, sealed.
//!
//! Owns: the schema, appending, reading, verifying, copies, seals, the device's key, the list of heads outside of the room, and
//! the samples beside the log with their digests in it; and the copies of a state that another has made of it.
//! Must not know: probes, the window, what an event means. Times come in as arguments.

mod backup;
mod chain;
mod device;
mod failure;
mod hashes;
mod heads;
mod lock;
mod manifest;
mod read;
mod samples;
mod schema;
mod sealed;
mod snapshot;
mod vault;
mod verify;
mod words;
mod write;

pub use backup::{Backup, backup};
pub use chain::{Hash, Row, hex, short};
pub use device::{Device, random};
pub use failure::{Failure, To};
pub use hashes::hashes;
pub use heads::{Head, Heads};
pub use manifest::is_manifest_signed;
pub use read::{Follower, Log, read, rows};
pub use samples::{
    BadChunk, Bucket, KeptSample, Sample, SamplesReport, State, Stretch, every_sample, recent_samples, samples,
    signal_key,
};
pub use sealed::{Sealed, sealed};
pub use snapshot::{Snapshot, name_of, read_after, read_up_to};
pub use vault::{Kept, Vault};
pub use verify::{Integrity, Report, verify};
pub use words::Words;
pub use write::Journal;

#[cfg(test)]
mod tests;
