//! The fingerprints of some events, as they are stored: for whoever shows a part of a log.

use std::path::Path;

use rusqlite::params;

use crate::chain::Hash;
use crate::failure::Failure;
use crate::read;

/// The fingerprints of these events, in their order; `None` for one that the file does not have. They are not checked here:
/// [`crate::verify()`] does.
///
/// # Errors
/// The file cannot be read.
pub fn hashes(path: &Path, events: impl IntoIterator<Item = u64>) -> Result<Vec<Option<Hash>>, Failure> {
    let opened = read::open_for_reading(path)?;
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    let moment = opened.connection.unchecked_transaction().map_err(failure)?;
    let mut hash = moment.prepare("SELECT hash FROM events WHERE seq = ?1").map_err(failure)?;
    let mut found = Vec::new();
    for event in events {
        let bytes = hash.query_row(params![i64::try_from(event).unwrap_or(i64::MAX)], |row| row.get::<_, Vec<u8>>(0));
        // What is damaged or missing has no fingerprint; the others are shown.
        found.push(bytes.ok().and_then(|bytes| Hash::try_from(bytes.as_slice()).ok()));
    }
    Ok(found)
}
