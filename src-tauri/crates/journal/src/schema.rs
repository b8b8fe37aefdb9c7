//! The tables of a room's file. Migrations only go forward.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::failure::Failure;

/// The schema's version, in SQLite's `user_version`.
pub(crate) const VERSION: i64 = 1;

/// Marks the file as a room's, in SQLite's `application_id`: "WROM".
pub(crate) const APPLICATION: i64 = 0x5752_4f4d;

/// Version 1. Updates and deletes are refused by the file itself, whoever opens it.
const TABLES: &str = "
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

/// Makes the tables in an empty file, as one transaction.
pub(crate) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE;{TABLES}PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))
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
