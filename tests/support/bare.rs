//! What the times of an act are held against: the least that the disk allows.
//!
//! Owns: a bare file of SQLite, synced as a room is. Must not know: the journal, the window.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// How long a row is: about as long as a row of a room's log that says of a check that it is done. SQLite writes whole
/// pages anyway.
const ROW_BYTES: usize = 180;

/// A bare file of SQLite: one table, one row a commit, each on the disk before the commit returns.
#[derive(Debug)]
pub struct BareFile {
    connection: Connection,
    row: Vec<u8>,
}

impl BareFile {
    /// Makes the file. It is set as a room's file is, see `src-tauri/crates/journal/src/schema.rs`: without the same promises its
    /// times would say nothing.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "fullfsync", true)?;
        connection.execute_batch("CREATE TABLE rows (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")?;
        Ok(Self { connection, row: vec![b'x'; ROW_BYTES] })
    }

    /// Inserts a row, and says how long it took until it was on the disk.
    ///
    /// # Errors
    /// It is not on the disk.
    pub fn commit(&self) -> rusqlite::Result<Duration> {
        let started = Instant::now();
        self.connection.prepare_cached("INSERT INTO rows (bytes) VALUES (?1)")?.execute([&self.row])?;
        Ok(started.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_commit_is_a_row_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bare.sqlite");
        let file = BareFile::create(&path).expect("a file");
        for _ in 0..3 {
            file.commit().expect("a commit");
        }
        let other = Connection::open(&path).expect("the file");
        let found: (i64, i64) = other
            .query_row("SELECT count(*), sum(length(bytes)) FROM rows", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("the rows");
        assert_eq!(found, (3, 3 * ROW_BYTES as i64));
        let kept: String = other.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("the mode");
        assert_eq!(kept, "wal");
    }
}
