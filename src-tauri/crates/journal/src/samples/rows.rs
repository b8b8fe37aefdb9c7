//! The rows of the sample tables, as they are read and written.

use rusqlite::{Connection, params};

use super::Bucket;

/// A sample as it lies in the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Raw {
    pub(crate) at: i64,
    pub(crate) state: u8,
    pub(crate) good_for: i64,
    pub(crate) value: Option<f64>,
}

/// A signal's rows in a chunk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Of<T> {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) rows: Vec<T>,
}

/// A chunk as the table of chunks has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) id: u64,
    /// How many minutes a row stands for; 0 where each sample is kept.
    pub(crate) minutes: u32,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) rows: u64,
    pub(crate) digest: Vec<u8>,
}

/// Which way a time is stored that no row of ours can be too large for.
pub(crate) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number of things. One below nought was never written by us, and is not taken for its opposite.
fn counted(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(at)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, number))
}

/// The chunks, in their order.
pub(crate) fn chunks(connection: &Connection) -> rusqlite::Result<Vec<Chunk>> {
    let mut statement =
        connection.prepare_cached("SELECT id, minutes, first, last, rows, digest FROM chunks ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(Chunk {
            id: counted(row, 0)?,
            minutes: row.get(1)?,
            from: row.get(2)?,
            to: row.get(3)?,
            rows: counted(row, 4)?,
            digest: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// The samples of a chunk, signal by signal.
pub(crate) fn samples_of(connection: &Connection, chunk: u64) -> rusqlite::Result<Vec<Of<Raw>>> {
    let mut statement = connection.prepare_cached(
        "SELECT signal, at, state, good_for, value FROM samples WHERE chunk = ?1 ORDER BY signal, at, state",
    )?;
    let rows = statement.query_map([stored(chunk)], |row| {
        Ok((row.get(0)?, Raw { at: row.get(1)?, state: row.get(2)?, good_for: row.get(3)?, value: row.get(4)? }))
    })?;
    by_signal(connection, rows)
}

/// The rows of a chunk that stand for several samples each, signal by signal.
pub(crate) fn rollups_of(connection: &Connection, chunk: u64) -> rusqlite::Result<Vec<Of<Bucket>>> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT signal, {BUCKET} FROM rollups WHERE chunk = ?1 ORDER BY signal, at"))?;
    let rows = statement.query_map([stored(chunk)], |row| Ok((row.get(0)?, bucket(row, 1)?)))?;
    by_signal(connection, rows)
}

/// The columns of a bucket, for [`bucket`].
pub(crate) const BUCKET: &str = "at, first_at, last_at, good_until, low, high, mean, last, seen, unseen, gap";

/// A bucket from the column `from` on.
pub(crate) fn bucket(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Bucket> {
    let number = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<f64>>(from + at)?.unwrap_or(f64::NAN));
    Ok(Bucket {
        at: row.get(from)?,
        first_at: row.get(from + 1)?,
        last_at: row.get(from + 2)?,
        good_until: row.get(from + 3)?,
        low: number(4)?,
        high: number(5)?,
        mean: number(6)?,
        last: number(7)?,
        seen: counted(row, from + 8)?,
        unseen: counted(row, from + 9)?,
        gap_ms: row.get(from + 10)?,
    })
}

/// Writes a chunk's samples.
pub(crate) fn insert_samples(connection: &Connection, chunk: u64, signals: &[Of<Raw>]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO samples (chunk, signal, at, state, good_for, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for signal in signals {
        for raw in &signal.rows {
            statement.execute(params![stored(chunk), signal.id, raw.at, raw.state, raw.good_for, raw.value])?;
        }
    }
    Ok(())
}

/// Writes a chunk's rows that stand for several samples each.
pub(crate) fn insert_rollups(connection: &Connection, chunk: u64, signals: &[Of<Bucket>]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(&format!(
        "INSERT INTO rollups (chunk, signal, {BUCKET}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    ))?;
    for signal in signals {
        for row in &signal.rows {
            statement.execute(params![
                stored(chunk),
                signal.id,
                row.at,
                row.first_at,
                row.last_at,
                row.good_until,
                super::stored(row.low),
                super::stored(row.high),
                super::stored(row.mean),
                super::stored(row.last),
                stored(row.seen),
                stored(row.unseen),
                row.gap_ms
            ])?;
        }
    }
    Ok(())
}

/// Writes a chunk's own row.
pub(crate) fn insert_chunk(connection: &Connection, chunk: &Chunk) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO chunks (id, minutes, first, last, rows, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![stored(chunk.id), chunk.minutes, chunk.from, chunk.to, stored(chunk.rows), chunk.digest])?;
    Ok(())
}

/// The name of each signal.
pub(crate) fn signals(connection: &Connection) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut statement = connection.prepare_cached("SELECT id, name FROM signals ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Rows in the order of their signals, put together under each signal's name. A number without a name has none.
pub(crate) fn by_signal<T>(
    connection: &Connection,
    rows: impl Iterator<Item = rusqlite::Result<(i64, T)>>,
) -> rusqlite::Result<Vec<Of<T>>> {
    let names = signals(connection)?;
    let mut all: Vec<Of<T>> = Vec::new();
    for row in rows {
        let (id, row) = row?;
        match all.last_mut().filter(|last| last.id == id) {
            Some(last) => last.rows.push(row),
            None => {
                let known = names.binary_search_by_key(&id, |(id, _)| *id).ok().and_then(|at| names.get(at));
                let name = known.map(|(_, name)| name.clone()).unwrap_or_default();
                all.push(Of { id, name, rows: vec![row] });
            }
        }
    }
    Ok(all)
}
