//! Keeping samples: batches that wait for no disk, and chunks under a digest that stands in the chain.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use room::{Event, Recorded, SamplesSealed};
use rusqlite::{Connection, TransactionBehavior, params};

use super::bucket::rolled;
use super::rows::{self, Chunk, Of, Raw};
use super::{Bucket, MOST_ROWS, Sample, digest};
use crate::chain::hex;
use crate::failure::Failure;
use crate::write::Journal;

/// A minute, in milliseconds.
pub(crate) const MINUTE_MS: i64 = 60_000;

/// What is known of the samples in the file that is open for writing.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// The number of each signal.
    signals: BTreeMap<String, i64>,
    /// How many rows there are, in all tables.
    pub(crate) rows: u64,
    /// How many of them belong to no chunk yet.
    pub(crate) fresh: u64,
    /// The number of the newest chunk.
    pub(crate) chunk: u64,
    /// Chunks that are not what their digests say: they stay as they are, for whoever looks into it.
    pub(crate) unfit: BTreeSet<u64>,
}

impl Kept {
    /// What the file holds.
    pub(crate) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let signals = rows::signals(connection)?.into_iter().map(|(id, name)| (name, id)).collect();
        let chunks = rows::chunks(connection)?;
        let fresh = connection.query_row("SELECT count(*) FROM fresh_samples", [], |row| row.get::<_, i64>(0))?;
        let fresh = fresh.unsigned_abs();
        Ok(Self {
            signals,
            rows: chunks.iter().map(|chunk| chunk.rows).sum::<u64>().saturating_add(fresh),
            fresh,
            chunk: chunks.last().map_or(0, |chunk| chunk.id),
            unfit: BTreeSet::new(),
        })
    }
}

impl Journal {
    /// Keeps a batch of samples, late ones too. It waits for no disk: what is lost with the power is at most what came
    /// since the last event.
    ///
    /// # Errors
    /// None of them is kept.
    pub fn keep_samples(&mut self, batch: &[Sample]) -> Result<(), Failure> {
        if batch.is_empty() {
            return Ok(());
        }
        self.is_there()?;
        let count = batch.len() as u64;
        if self.kept.rows.saturating_add(count) > MOST_ROWS {
            let words =
                format!("it holds the most samples that a room keeps ({MOST_ROWS}), and no more of them are kept");
            return Err(Failure::Other { path: self.path.clone(), words });
        }
        let known = &self.kept.signals;
        let new = insert(&mut self.unsynced, known, batch).map_err(|error| Failure::of(&error, &self.path))?;
        self.kept.signals.extend(new);
        self.kept.rows = self.kept.rows.saturating_add(count);
        self.kept.fresh = self.kept.fresh.saturating_add(count);
        self.is_rested = false;
        Ok(())
    }

    /// How many samples belong to no chunk yet.
    #[must_use]
    pub fn fresh_samples(&self) -> u64 {
        self.kept.fresh
    }

    /// Closes what was kept so far as a chunk, whose digest is an event; `None` where there is nothing new.
    ///
    /// # Errors
    /// It is not closed: the samples stay, and are closed the next time.
    pub fn seal_samples(&mut self, now: Timestamp, actor: &str) -> Result<Option<Recorded>, Failure> {
        let failure = |error: rusqlite::Error| Failure::of(&error, &self.path);
        let signals = fresh(&self.connection).map_err(failure)?;
        let times = signals.iter().flat_map(|signal| &signal.rows).map(|raw| raw.at);
        let (Some(from), Some(to)) = (times.clone().min(), times.max()) else { return Ok(None) };
        let id = self.kept.chunk.saturating_add(1);
        let digest = digest::of_samples(id, &signals);
        let count: u64 = signals.iter().map(|signal| signal.rows.len() as u64).sum();
        let chunk = Chunk { id, minutes: 0, from, to, rows: count, digest: digest.to_vec() };
        let event = Event::SamplesSealed(Box::new(SamplesSealed {
            chunk: id,
            from: time(from),
            to: time(to),
            signals: signals.len() as u64,
            rows: count,
            digest: hex(&digest),
        }));
        let recorded = self.append_with(event, now, now, actor, |change| {
            rows::insert_samples(change, id, &signals)?;
            rows::insert_rollups(change, id, &minutes_of(&signals))?;
            rows::insert_chunk(change, &chunk)?;
            change.execute("DELETE FROM fresh_samples", []).map(|_| ())
        })?;
        self.kept.chunk = id;
        // A sample that came twice is one row now.
        self.kept.rows = self.kept.rows.saturating_sub(self.kept.fresh).saturating_add(count);
        self.kept.fresh = 0;
        Ok(Some(recorded))
    }
}

/// The rows of a minute that are made of a chunk's samples. They lie beside them from the beginning, so that a long look
/// is quick, and stay when the samples go.
pub(crate) fn minutes_of(signals: &[Of<Raw>]) -> Vec<Of<Bucket>> {
    let of = |signal: &Of<Raw>| Of {
        id: signal.id,
        name: signal.name.clone(),
        rows: rolled(signal.rows.iter().map(Bucket::of), MINUTE_MS),
    };
    signals.iter().map(of).collect()
}

/// A time of the tables; the nearest that there is.
pub(crate) fn time(millisecond: i64) -> Timestamp {
    let nearest = if millisecond < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(millisecond).unwrap_or(nearest)
}

/// Writes a batch; the numbers of signals that were not known before come back once they are in the file.
fn insert(
    connection: &mut Connection,
    known: &BTreeMap<String, i64>,
    batch: &[Sample],
) -> rusqlite::Result<BTreeMap<String, i64>> {
    let mut new = BTreeMap::new();
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut statement = change.prepare_cached(
            "INSERT INTO fresh_samples (signal, at, state, good_for, value) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for sample in batch {
            let id = match known.get(&sample.signal).or_else(|| new.get(&sample.signal)) {
                Some(id) => *id,
                None => {
                    change.execute("INSERT INTO signals (name) VALUES (?1)", [&sample.signal])?;
                    let id = change.last_insert_rowid();
                    new.insert(sample.signal.clone(), id);
                    id
                }
            };
            let value = sample.value.and_then(super::stored);
            statement.execute(params![id, sample.at, sample.state.number(), sample.good_for.max(0), value])?;
        }
    }
    change.commit()?;
    Ok(new)
}

/// What belongs to no chunk yet, in the order of the digest. A sample that came again only counts for longer.
fn fresh(connection: &Connection) -> rusqlite::Result<Vec<Of<Raw>>> {
    let mut statement = connection.prepare_cached(
        "SELECT signal, at, state, good_for, value FROM fresh_samples ORDER BY signal, at, state, id",
    )?;
    let read = statement.query_map([], |row| {
        Ok((row.get(0)?, Raw { at: row.get(1)?, state: row.get(2)?, good_for: row.get(3)?, value: row.get(4)? }))
    })?;
    let mut signals = rows::by_signal(connection, read)?;
    for signal in &mut signals {
        signal.rows.dedup_by(|again, kept| {
            let is_same = (again.at, again.state) == (kept.at, kept.state);
            if is_same {
                kept.good_for = kept.good_for.max(again.good_for);
            }
            is_same
        });
    }
    Ok(signals)
}
