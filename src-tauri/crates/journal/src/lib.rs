//! A room's log on disk: one SQLite file, synced before anything counts as done, hash-chained, sealed.
//!
//! Owns: the schema, appending, reading, verifying, seals, the device's key, and the list of heads outside of the room.
//! Must not know: probes, the window, what an event means. Times come in as arguments.

mod chain;
mod device;
mod failure;
mod heads;
mod lock;
mod read;
mod schema;
mod verify;
mod write;

pub use chain::{Hash, Row, hex, short};
pub use device::{Device, random};
pub use failure::{Failure, To};
pub use heads::{Head, Heads};
pub use read::{Follower, Log, read, rows};
pub use verify::{Integrity, Report, verify};
pub use write::Journal;

#[cfg(test)]
mod tests;
