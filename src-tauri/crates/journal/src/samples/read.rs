//! Reading samples over any stretch of time, in few enough pieces to be drawn.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::Bucket;
use super::bucket::rolled;
use super::rows::{self, BUCKET, Chunk, Raw, bucket};
use super::write::time;
use crate::failure::Failure;
use crate::{read, schema};

/// From this length of a piece on, the rows of a minute are read instead of each sample: at least half as fine.
const FROM_MINUTES_MS: i64 = 30_000;

/// What a signal showed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stretch {
    /// Pieces in the order of their times. The first may begin before what was asked for, so that a line can begin at
    /// the edge.
    pub buckets: Vec<Bucket>,
    /// The stretches in which nothing was seen: from the last sample on where it was followed by none while it counted.
    pub gaps: Vec<(Timestamp, Timestamp)>,
    /// For how many milliseconds nothing was seen, gaps inside of pieces included.
    pub unseen_ms: i64,
}

/// What the signals of a room showed between `from` and `to`, each in at most `most` pieces and the one before them; in
/// their order, each by the name that [`super::signal_key`] gives it.
///
/// # Errors
/// The file cannot be read.
pub fn samples(
    path: &Path,
    signals: &[String],
    from: Timestamp,
    to: Timestamp,
    most: u32,
) -> Result<Vec<Stretch>, Failure> {
    let opened = read::open_for_reading(path)?;
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    // All of it as it stands at one moment: a chunk may be closed meanwhile.
    let moment = opened.connection.unchecked_transaction().map_err(failure)?;
    stretches(&moment, signals, from, to, most).map_err(failure)
}

/// Each sample of all signals between `from` and `to`, by the signals' names, and the one before them.
///
/// # Errors
/// The file cannot be read.
pub fn recent_samples(path: &Path, from: Timestamp, to: Timestamp) -> Result<Vec<(String, Stretch)>, Failure> {
    let opened = read::open_for_reading(path)?;
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    let moment = opened.connection.unchecked_transaction().map_err(failure)?;
    if !schema::has_samples(&moment).map_err(failure)? {
        return Ok(Vec::new());
    }
    let names: Vec<String> = rows::signals(&moment).map_err(failure)?.into_iter().map(|(_, name)| name).collect();
    let stretches = stretches(&moment, &names, from, to, u32::MAX).map_err(failure)?;
    Ok(names.into_iter().zip(stretches).collect())
}

fn stretches(
    connection: &Connection,
    signals: &[String],
    from: Timestamp,
    to: Timestamp,
    most: u32,
) -> rusqlite::Result<Vec<Stretch>> {
    if !schema::has_samples(connection)? {
        return Ok(vec![Stretch { gaps: vec![(from, to)], ..Stretch::default() }; signals.len()]);
    }
    let (from, to) = (from.as_millisecond(), to.as_millisecond());
    // Pieces begin at multiples of their length, so that they stay where they are while the stretch moves on: one more of
    // them can be begun than fit.
    let pieces = i64::from(most.saturating_sub(1).max(1));
    let step = (to.saturating_sub(from).max(0).saturating_add(pieces - 1) / pieces).max(1);
    let known = rows::signals(connection)?;
    let chunks = rows::chunks(connection)?;
    let looked_at = looked_at(&chunks, from, to);
    signals
        .iter()
        .map(|name| match known.iter().find(|(_, known)| known == name) {
            Some((id, _)) => {
                let rows = rows_of(connection, *id, &looked_at, (from, to), step)?;
                Ok(stretch(rows, (from, to), step))
            }
            None => Ok(stretch(Vec::new(), (from, to), step)),
        })
        .collect()
}

/// The chunks in which the stretch lies, and the last that ends before it.
fn looked_at(chunks: &[Chunk], from: i64, to: i64) -> Vec<&Chunk> {
    // A row of minutes stands for a stretch that may begin before its chunk's first sample of that minute.
    let mut looked_at: Vec<&Chunk> = chunks.iter().filter(|chunk| chunk.to >= from && chunk.from <= to).collect();
    looked_at.extend(chunks.iter().filter(|chunk| chunk.to < from).max_by_key(|chunk| chunk.to));
    looked_at
}

/// A signal's rows in the stretch, and the one before it, in the order of their times.
fn rows_of(
    connection: &Connection,
    signal: i64,
    chunks: &[&Chunk],
    (from, to): (i64, i64),
    step: i64,
) -> rusqlite::Result<Vec<Bucket>> {
    let mut rows: Vec<Bucket> = Vec::new();
    let mut before: Vec<Bucket> = Vec::new();
    let mut of_samples = connection.prepare_cached(SAMPLES)?;
    let mut of_rollups = connection.prepare_cached(&ROLLUPS.replace("{}", BUCKET))?;
    let mut of_fresh = connection.prepare_cached(FRESH)?;
    let mut sample_before = connection.prepare_cached(SAMPLE_BEFORE)?;
    let mut rollup_before = connection.prepare_cached(&ROLLUP_BEFORE.replace("{}", BUCKET))?;
    let raw = |row: &rusqlite::Row<'_>| {
        let raw = Raw { at: row.get(0)?, state: row.get(1)?, good_for: row.get(2)?, value: row.get(3)? };
        Ok(Bucket::of(&raw))
    };
    for chunk in chunks {
        let id = rows::stored(chunk.id);
        // A row of a coarser chunk reaches beyond its beginning.
        let reach = from.saturating_sub(i64::from(chunk.minutes.max(1)).saturating_mul(super::write::MINUTE_MS));
        if chunk.minutes > 0 || step >= FROM_MINUTES_MS {
            let found = of_rollups.query_map(params![id, signal, reach, to], |row| bucket(row, 0))?;
            let (old, new): (Vec<_>, Vec<_>) =
                found.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().partition(|row| is_before(row, from));
            before.extend(old);
            rows.extend(new);
            before.extend(rollup_before.query_map(params![id, signal, reach], |row| bucket(row, 0))?.flatten());
        } else {
            let found = of_samples.query_map(params![id, signal, from, to], raw)?;
            rows.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
            before.extend(sample_before.query_map(params![id, signal, from], raw)?.flatten());
        }
    }
    let found = of_fresh.query_map(params![signal, to], raw)?;
    let (old, new): (Vec<_>, Vec<_>) =
        found.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().partition(|row| is_before(row, from));
    before.extend(old);
    rows.extend(new);
    let begins_at_the_edge = rows.iter().any(|row| row.seen > 0 && row.first_at <= from);
    let before = before.into_iter().filter(|row| row.seen > 0 && !begins_at_the_edge);
    rows.extend(before.max_by_key(|row| row.last_at));
    rows.sort_by_key(|row| (row.at, row.first_at));
    Ok(rows)
}

fn is_before(row: &Bucket, from: i64) -> bool {
    row.at.max(row.last_at) < from
}

const SAMPLES: &str = "SELECT at, state, good_for, value FROM samples WHERE chunk = ?1 AND signal = ?2 \
                       AND at BETWEEN ?3 AND ?4 ORDER BY at";
const SAMPLE_BEFORE: &str = "SELECT at, state, good_for, value FROM samples WHERE chunk = ?1 AND signal = ?2 AND at < ?3 \
                             AND state < 4 ORDER BY at DESC LIMIT 1";
const ROLLUPS: &str = "SELECT {} FROM rollups WHERE chunk = ?1 AND signal = ?2 AND at BETWEEN ?3 AND ?4 ORDER BY at";
const ROLLUP_BEFORE: &str = "SELECT {} FROM rollups WHERE chunk = ?1 AND signal = ?2 AND at < ?3 AND seen > 0 \
                             ORDER BY at DESC LIMIT 1";
/// What belongs to no chunk yet is at most what came in some minutes, and is looked through whole.
const FRESH: &str = "SELECT at, state, good_for, value FROM fresh_samples WHERE signal = ?1 AND at <= ?2";

/// What the rows of a signal, in the order of their times, show.
fn stretch(rows: Vec<Bucket>, (from, to): (i64, i64), step: i64) -> Stretch {
    let gaps = gaps(&rows, from, to);
    let inside: i64 = rows.iter().filter(|row| !is_before(row, from)).map(|row| row.gap_ms).sum();
    let unseen_ms = gaps.iter().map(|(start, end)| end - start).sum::<i64>().saturating_add(inside);
    let (before, rows): (Vec<Bucket>, Vec<Bucket>) = rows.into_iter().partition(|row| row.at < from);
    let mut buckets = before;
    buckets.extend(rolled(rows, step));
    let gaps = gaps.into_iter().map(|(start, end)| (time(start), time(end))).collect();
    Stretch { buckets, gaps, unseen_ms }
}

/// The stretches between `from` and `to` in which nothing was seen.
fn gaps(rows: &[Bucket], from: i64, to: i64) -> Vec<(i64, i64)> {
    let mut gaps = Vec::new();
    let mut last: Option<(i64, i64)> = None;
    for row in rows.iter().filter(|row| row.seen > 0) {
        match last {
            None if row.first_at > from => gaps.push((from, row.first_at)),
            Some((at, good_until)) if row.first_at > good_until => gaps.push((at, row.first_at)),
            _ => {}
        }
        if last.is_none_or(|(at, _)| row.last_at >= at) {
            last = Some((row.last_at, row.good_until));
        }
    }
    match last {
        None => gaps.push((from, to)),
        Some((at, good_until)) if good_until < to => gaps.push((at, to)),
        Some(_) => {}
    }
    gaps.retain(|(_, end)| *end > from);
    gaps.iter().map(|(start, end)| ((*start).max(from), (*end).min(to))).filter(|(start, end)| start < end).collect()
}

#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 4] = [SAMPLES, SAMPLE_BEFORE, ROLLUPS, ROLLUP_BEFORE];
