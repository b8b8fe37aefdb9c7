//! Somebody who has the file, SQLite, and no scruples; and the chance by which positions are chosen.

use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer as _, SigningKey};
use journal::{Head, Row};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::rooms::Base;

/// Numbers that follow from a seed (SplitMix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `from..=to`.
    pub(crate) fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from + 1)
    }

    pub(crate) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.within(0, of.len() as u64 - 1)).unwrap()].clone()
    }
}

/// A copy of a room that is open for anything.
pub(crate) struct Forger {
    pub(crate) path: PathBuf,
    connection: Connection,
}

impl Forger {
    pub(crate) fn copy(base: &Base, path: PathBuf) -> Self {
        std::fs::copy(&base.room, &path).unwrap();
        let connection = Connection::open(&path).unwrap();
        let triggers = "PRAGMA synchronous = OFF; PRAGMA journal_mode = DELETE; PRAGMA ignore_check_constraints = 1;
            DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_removed; DROP TRIGGER events_have_no_gap;
            DROP TRIGGER seals_are_not_changed; DROP TRIGGER seals_are_not_removed;";
        connection.execute_batch(triggers).unwrap();
        Self { path, connection }
    }

    pub(crate) fn does(&self, statements: &str) {
        self.connection.execute_batch(statements).unwrap_or_else(|error| panic!("{statements}: {error}"));
    }

    pub(crate) fn numbers(&self, query: &str) -> Vec<i64> {
        let mut statement = self.connection.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// How many events there are.
    pub(crate) fn count(&self) -> u64 {
        self.numbers("SELECT count(*) FROM events")[0].unsigned_abs()
    }

    /// Changes one bit or letter of a field.
    pub(crate) fn edit(&self, table: &str, column: &str, which: &str, chance: &mut Chance) {
        let query = format!("SELECT {column} FROM {table} WHERE {which}");
        let old: Value = self.connection.query_row(&query, [], |row| row.get(0)).unwrap();
        let new = match old.clone() {
            Value::Integer(number) => Value::Integer(number ^ (1 << chance.within(0, 7))),
            Value::Real(number) => Value::Real(if number.is_finite() { number * 2.0 + 0.125 } else { 7.0 }),
            Value::Null => Value::Real(1.0),
            Value::Text(text) => {
                let mut letters: Vec<char> = text.chars().collect();
                let at = usize::try_from(chance.within(0, letters.len() as u64 - 1)).unwrap();
                letters[at] = if letters[at] == 'x' { 'y' } else { 'x' };
                Value::Text(letters.into_iter().collect())
            }
            Value::Blob(mut bytes) => {
                let at = usize::try_from(chance.within(0, bytes.len() as u64 - 1)).unwrap();
                bytes[at] ^= 1 << chance.within(0, 7);
                Value::Blob(bytes)
            }
        };
        assert_ne!(old, new);
        let statement = format!("UPDATE {table} SET {column} = ?1 WHERE {which}");
        assert_eq!(self.connection.execute(&statement, [new]).unwrap(), 1, "{statement}");
    }

    /// Gives other numbers to the events from `from` on.
    pub(crate) fn shift(&self, from: u64, by: i64) {
        self.does(&format!(
            "UPDATE events SET seq = -(seq + {by}) WHERE seq >= {from}; UPDATE events SET seq = -seq WHERE seq < 0"
        ));
    }

    /// Swaps the numbers of two events.
    pub(crate) fn swap(&self, one: u64, other: u64) {
        self.does(&format!(
            "UPDATE events SET seq = -1 WHERE seq = {one}; UPDATE events SET seq = {one} WHERE seq = {other}; \
             UPDATE events SET seq = {other} WHERE seq = -1"
        ));
    }

    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut statement = self
            .connection
            .prepare(
                "SELECT seq, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash FROM events \
                 ORDER BY seq",
            )
            .unwrap();
        let rows = statement.query_map([], |row| {
            Ok(Row {
                seq: row.get::<_, i64>(0)?.unsigned_abs(),
                occurred_at: row.get(1)?,
                recorded_at: row.get(2)?,
                device: row.get(3)?,
                actor: row.get(4)?,
                kind: row.get(5)?,
                version: row.get(6)?,
                body: row.get(7)?,
                prev: row.get(8)?,
                hash: row.get(9)?,
            })
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }

    pub(crate) fn put(&self, row: &Row) {
        let statement = "INSERT OR REPLACE INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let Row { occurred_at, recorded_at, device, actor, kind, version, body, prev, hash, .. } = row;
        let seq = i64::try_from(row.seq).unwrap();
        self.connection
            .execute(statement, params![seq, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash])
            .unwrap();
    }

    /// Tells the log anew from an event on: another actor, and all hashes fresh.
    pub(crate) fn rewrite(&self, from: u64, device: Option<&str>) {
        let mut prev = [0; 32];
        for mut row in self.rows() {
            if row.seq >= from {
                row.prev = prev;
                if row.seq == from {
                    row.actor.push('!');
                }
                if let Some(device) = device {
                    device.clone_into(&mut row.device);
                }
                row.hash = row.expected_hash();
                self.put(&row);
            }
            prev = row.hash;
        }
    }

    /// Signs the seals from a count on anew, with another key.
    pub(crate) fn seal_anew(&self, from: u64, key: &SigningKey, room: &str) {
        let hashes: Vec<_> = self.rows().into_iter().map(|row| row.hash).collect();
        for count in self.numbers(&format!("SELECT count FROM seals WHERE count >= {from}")) {
            let hash = hashes[usize::try_from(count).unwrap() - 1];
            let signature = key.sign(&Head::bytes(room, count.unsigned_abs(), &hash)).to_bytes();
            let statement = "UPDATE seals SET hash = ?1, public_key = ?2, signature = ?3 WHERE count = ?4";
            let key = key.verifying_key().to_bytes();
            assert_eq!(self.connection.execute(statement, params![hash, key, signature, count]).unwrap(), 1);
        }
    }

    /// Flips a bit of a text in the file itself, with no SQLite in between; also where SQLite left a piece of an old page.
    pub(crate) fn flip(path: &Path, text: &str) {
        let mut bytes = std::fs::read(path).unwrap();
        let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(text.as_bytes())).collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at] ^= 2;
        }
        std::fs::write(path, bytes).unwrap();
    }
}
