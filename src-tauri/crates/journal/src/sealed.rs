//! What shows others that a log is what it was: the hashes of its events, and its own seals.

use std::path::Path;

use crate::chain::Hash;
use crate::failure::Failure;
use crate::heads::Head;
use crate::{read, verify};

/// What a room's file holds to prove its log with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The hash of each whole event, in their order.
    pub hashes: Vec<Hash>,
    /// The last seal that is signed and counts whole events alone; `None` where there is none.
    pub seal: Option<Head>,
}

/// Reads hashes and seals of a room that is known by this name, up to its last whole event. Whether the events are what was
/// hashed is [`crate::read`]'s to say.
///
/// # Errors
/// The file cannot be read.
pub fn sealed(path: &Path, room: &str, whole: usize) -> Result<Sealed, Failure> {
    let opened = read::open_for_reading(path)?;
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    let moment = opened.connection.unchecked_transaction().map_err(failure)?;
    let mut hashes: Vec<Hash> = Vec::with_capacity(whole);
    let mut statement = moment.prepare("SELECT hash FROM events ORDER BY seq LIMIT ?1").map_err(failure)?;
    let most = i64::try_from(whole).unwrap_or(i64::MAX);
    for hash in statement.query_map([most], |row| row.get(0)).map_err(failure)? {
        hashes.push(hash.map_err(failure)?);
    }
    let seals = verify::seals(&moment, room).map_err(failure)?;
    let is_of_this = |seal: &Head| {
        let at = usize::try_from(seal.count).ok().and_then(|count| count.checked_sub(1));
        at.and_then(|at| hashes.get(at)) == Some(&seal.hash) && seal.is_signed()
    };
    let seal = seals.into_iter().rev().flatten().find(is_of_this);
    Ok(Sealed { hashes, seal })
}
