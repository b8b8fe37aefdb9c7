//! The tables of a room's file. Migrations only go forward.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::failure::Failure;

/// The schema's version, in SQLite's `user_version`.
pub(crate) const VERSION: i64 = VERSIONS.len() as i64;

/// Marks the file as a room's, in SQLite's `application_id`: "WROM".
pub(crate) const APPLICATION: i64 = 0x5752_4f4d;

/// What each version adds to the one before, from 1 on. What stands here was released and never changes.
const VERSIONS: [&str; 2] = [LOG, SAMPLES];

/// Version 1. Updates and deletes are refused by the file itself, whoever opens it.
const LOG: &str = "
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    device TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
CREATE TRIGGER events_have_no_gap BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'an event comes right after the one before'); END;
CREATE TABLE seals (
    count INTEGER PRIMARY KEY,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at INTEGER NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE TRIGGER seals_are_not_changed BEFORE UPDATE ON seals
BEGIN SELECT RAISE(ABORT, 'a seal is never changed'); END;
CREATE TRIGGER seals_are_not_removed BEFORE DELETE ON seals
BEGIN SELECT RAISE(ABORT, 'a seal is never removed'); END;
CREATE TABLE scratch (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
";

/// Version 2: samples. They come into `fresh_samples` in the order of their coming, and a chunk at a time from there into
/// `samples`, where one seek finds a signal's stretch. Times are milliseconds since 1970.
const SAMPLES: &str = "
CREATE TABLE signals (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE fresh_samples (
    id INTEGER PRIMARY KEY,
    signal INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    good_for INTEGER NOT NULL,
    value REAL
) STRICT;
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY,
    minutes INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
CREATE TABLE samples (
    chunk INTEGER NOT NULL,
    signal INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    good_for INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (chunk, signal, at, state)
) STRICT, WITHOUT ROWID;
CREATE TABLE rollups (
    chunk INTEGER NOT NULL,
    signal INTEGER NOT NULL,
    at INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    good_until INTEGER NOT NULL,
    low REAL,
    high REAL,
    mean REAL,
    last REAL,
    seen INTEGER NOT NULL,
    unseen INTEGER NOT NULL,
    gap INTEGER NOT NULL,
    PRIMARY KEY (chunk, signal, at)
) STRICT, WITHOUT ROWID;
";

/// Makes the tables in an empty file, as one transaction.
pub(crate) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE;{}PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;",
        VERSIONS.concat()
    ))
}

/// Brings a file of an older version to this one, as one transaction.
pub(crate) fn migrate(connection: &Connection, path: &Path) -> Result<(), Failure> {
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    let found = version(connection).map_err(failure)?;
    let missing: String = VERSIONS.iter().skip(usize::try_from(found).unwrap_or(0)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let done = connection.execute_batch(&format!("BEGIN IMMEDIATE;{missing}PRAGMA user_version = {VERSION}; COMMIT;"));
    if done.is_err() {
        // Where the transaction has ended by itself, there is none to end.
        let _ = connection.execute_batch("ROLLBACK");
    }
    done.map_err(failure)
}

/// The version of the file that is open.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whether the file has the tables of samples.
pub(crate) fn has_samples(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(version(connection)? >= 2)
}

/// Opens once more for what may be lost with the power, not with the process: a commit waits for no disk. What is
/// synced next through the other connection is synced with all that came before it.
pub(crate) fn open_unsynced(path: &Path) -> Result<Connection, Failure> {
    let connection = open(path)?;
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(|error| Failure::of(&error, path))?;
    // The log is brought over when nobody waits for it, and never in the middle of a batch.
    connection.pragma_update(None, "wal_autocheckpoint", 0).map_err(|error| Failure::of(&error, path))?;
    Ok(connection)
}

/// Opens for writing, with everything synced before a commit returns.
pub(crate) fn open(path: &Path) -> Result<Connection, Failure> {
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failure)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(failure)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(failure)?;
    connection.pragma_update(None, "fullfsync", true).map_err(failure)?;
    connection.busy_timeout(std::time::Duration::from_secs(2)).map_err(failure)?;
    Ok(connection)
}

/// Whether the file is a room of this program or of an older one.
pub(crate) fn check(connection: &Connection, path: &Path) -> Result<(), Failure> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = number("application_id").map_err(|error| Failure::of(&error, path))?;
    let version = number("user_version").map_err(|error| Failure::of(&error, path))?;
    if application != APPLICATION {
        return Err(Failure::NotARoom(path.to_owned()));
    }
    if version > VERSION {
        return Err(Failure::Newer { path: path.to_owned(), found: version });
    }
    Ok(())
}
