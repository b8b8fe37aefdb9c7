//! What grows old: rolled up with an event that holds the old and the new digest, and then swept away bit by bit.

use jiff::{SignedDuration, Timestamp};
use room::{Event, Recorded, SamplesRolledUp};
use rusqlite::Connection;

use super::bucket::rolled;
use super::rows::{self, Chunk, Of};
use super::write::{MINUTE_MS, minutes_of, time};
use super::{Bucket, MINUTES_FOR, MOST_ROWS, RAW_FOR, digest};
use crate::chain::{Hash, hex};
use crate::failure::Failure;
use crate::write::Journal;

/// A step of rolling up.
struct Step {
    /// From rows of so many minutes, 0 for each sample.
    from: u32,
    /// To rows of so many.
    to: u32,
    /// How old they are before that.
    after: SignedDuration,
    /// By how much the oldest is older when it is done: together, so that the log holds few events of it.
    patience: SignedDuration,
    /// How many chunks at once: what is read and written for them holds an act up for some milliseconds at the most.
    most: usize,
}

const STEPS: [Step; 2] = [
    Step { from: 0, to: 1, after: RAW_FOR, patience: SignedDuration::from_hours(1), most: 8 },
    Step { from: 1, to: 10, after: MINUTES_FOR, patience: SignedDuration::from_hours(6), most: 8 },
];

/// How many rows are swept away at once, some milliseconds' work.
const SWEPT: i64 = 2_000;

/// The share of the most rows from which on the oldest is rolled up before its time.
const FULL: u64 = MOST_ROWS - MOST_ROWS / 20;

impl Journal {
    /// Rolls up what is old enough, one step at most, with an event; `None` where nothing is. Chunks that are not what
    /// their digests say are left as they are.
    ///
    /// # Errors
    /// Nothing is rolled up.
    pub fn roll_up_samples(&mut self, now: Timestamp, actor: &str) -> Result<Option<Recorded>, Failure> {
        self.roll_up_within(FULL, now, actor)
    }

    pub(crate) fn roll_up_within(
        &mut self,
        full: u64,
        now: Timestamp,
        actor: &str,
    ) -> Result<Option<Recorded>, Failure> {
        let failure = |error: rusqlite::Error| Failure::of(&error, &self.path);
        let all = rows::chunks(&self.connection).map_err(failure)?;
        let is_full = self.kept.rows > full;
        let due = STEPS.iter().find_map(|step| {
            let due = self.due(step, &all, now, is_full);
            (!due.is_empty()).then_some((step, due))
        });
        let Some((step, due)) = due else { return Ok(None) };
        let mut sources = Vec::new();
        for chunk in &due {
            match fit_rows(&self.connection, chunk).map_err(failure)? {
                Some(rows) => sources.push(rows),
                None => {
                    // What was changed is evidence: rolled up, it would bear a digest of ours.
                    self.kept.unfit.insert(chunk.id);
                    return Ok(None);
                }
            }
        }
        let id = self.kept.chunk.saturating_add(1);
        let signals = together(sources, i64::from(step.to).saturating_mul(MINUTE_MS));
        let count: u64 = signals.iter().map(|signal| signal.rows.len() as u64).sum();
        let new = digest::of_rollups(id, &signals);
        let from = due.iter().map(|chunk| chunk.from).min().unwrap_or_default();
        let to = due.iter().map(|chunk| chunk.to).max().unwrap_or_default();
        let chunk = Chunk { id, minutes: step.to, from, to, rows: count, digest: new.to_vec() };
        let event = Event::SamplesRolledUp(Box::new(SamplesRolledUp {
            chunks: due.iter().map(|chunk| chunk.id).collect(),
            into: id,
            minutes: step.to,
            from: time(from),
            to: time(to),
            rows: count,
            old: hex(&digest::of_replaced(&digests(&due))),
            new: hex(&new),
        }));
        let recorded = self.append_with(event, now, now, actor, |change| {
            rows::insert_rollups(change, id, &signals)?;
            let mut statement = change.prepare_cached("DELETE FROM chunks WHERE id = ?1")?;
            for chunk in &due {
                statement.execute([rows::stored(chunk.id)])?;
            }
            rows::insert_chunk(change, &chunk)
        })?;
        self.kept.chunk = id;
        let gone: u64 = due.iter().map(|chunk| chunk.rows).sum();
        self.kept.rows = self.kept.rows.saturating_sub(gone).saturating_add(count);
        Ok(Some(recorded))
    }

    /// The oldest chunks that this step is for.
    fn due(&self, step: &Step, all: &[Chunk], now: Timestamp, is_full: bool) -> Vec<Chunk> {
        let age = |chunk: &Chunk| now.duration_since(time(chunk.to));
        let mut old: Vec<&Chunk> =
            all.iter().filter(|chunk| chunk.minutes == step.from && !self.kept.unfit.contains(&chunk.id)).collect();
        old.sort_by_key(|chunk| (chunk.to, chunk.id));
        let is_due = old.first().is_some_and(|oldest| age(oldest) > step.after + step.patience);
        let due = old.into_iter().filter(|chunk| is_full || (is_due && age(chunk) > step.after));
        let mut due: Vec<Chunk> = due.take(step.most).cloned().collect();
        due.sort_by_key(|chunk| chunk.id);
        due
    }

    /// Removes some of what was rolled up from the file; false where there is nothing to remove.
    ///
    /// # Errors
    /// Nothing is removed.
    pub fn sweep_samples(&mut self) -> Result<bool, Failure> {
        self.is_there()?;
        let failure = |error: rusqlite::Error| Failure::of(&error, &self.path);
        for (table, key) in [("samples", "chunk, signal, at, state"), ("rollups", "chunk, signal, at")] {
            let Some(chunk) = left_over(&self.unsynced, table).map_err(failure)? else { continue };
            let sweep = format!(
                "DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE chunk = ?1 LIMIT {SWEPT})"
            );
            self.unsynced.prepare_cached(&sweep).and_then(|mut sweep| sweep.execute([chunk])).map_err(failure)?;
            self.is_rested = false;
            return Ok(true);
        }
        Ok(false)
    }
}

/// A chunk's rows for the next step; `None` where they are not what its digest says.
fn fit_rows(connection: &Connection, chunk: &Chunk) -> rusqlite::Result<Option<Vec<Of<Bucket>>>> {
    if chunk.minutes > 0 {
        let rows = rows::rollups_of(connection, chunk.id)?;
        return Ok((digest::of_rollups(chunk.id, &rows).as_slice() == chunk.digest).then_some(rows));
    }
    let samples = rows::samples_of(connection, chunk.id)?;
    let is_fit = digest::of_samples(chunk.id, &samples).as_slice() == chunk.digest;
    // Made anew: the rows that lie beside them bear no digest of their own.
    Ok(is_fit.then(|| minutes_of(&samples)))
}

/// The rows of several chunks as those of one, signal by signal.
fn together(sources: Vec<Vec<Of<Bucket>>>, step_ms: i64) -> Vec<Of<Bucket>> {
    let mut all: Vec<Of<Bucket>> = sources.into_iter().flatten().collect();
    all.sort_by_key(|signal| signal.id);
    let mut signals: Vec<Of<Bucket>> = Vec::new();
    for signal in all {
        match signals.last_mut().filter(|last| last.id == signal.id) {
            Some(last) => last.rows.extend(signal.rows),
            None => signals.push(signal),
        }
    }
    for signal in &mut signals {
        signal.rows.sort_by_key(|row| (row.at, row.first_at));
        signal.rows = rolled(std::mem::take(&mut signal.rows), step_ms);
    }
    signals
}

fn digests(chunks: &[Chunk]) -> Vec<Hash> {
    chunks.iter().map(|chunk| chunk.digest.as_slice().try_into().unwrap_or_default()).collect()
}

/// A chunk of the table that no row of the table of chunks names any more: it was rolled up.
fn left_over(connection: &Connection, table: &str) -> rusqlite::Result<Option<i64>> {
    let chunks = rows::chunks(connection)?;
    let of_table = ids_in(connection, table)?;
    let is_known = |id: &i64| chunks.binary_search_by_key(id, |chunk| rows::stored(chunk.id)).is_ok();
    Ok(of_table.into_iter().find(|id| !is_known(id)))
}

/// The chunks that have rows in a table, found by one seek each.
pub(crate) fn ids_in(connection: &Connection, table: &str) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(&format!(
        "WITH RECURSIVE found(id) AS (SELECT min(chunk) FROM {table} UNION ALL \
         SELECT (SELECT min(chunk) FROM {table} WHERE chunk > found.id) FROM found WHERE found.id IS NOT NULL) \
         SELECT id FROM found WHERE id IS NOT NULL"
    ))?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}
