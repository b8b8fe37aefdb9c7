//! Every sample of a room, signal by signal in the order of time, for whoever takes them elsewhere.

use std::path::Path;

use rusqlite::params;

use super::rows::{self, BUCKET, Raw, bucket};
use super::{Bucket, State};
use crate::failure::Failure;
use crate::{read, schema};

/// A sample, or the row that stands for several of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kept {
    /// How many minutes it stands for; 0 for one sample.
    pub minutes: u32,
    /// What a sample says; [`State::Number`] for a row of several that had data, [`State::NoData`] for one whose had none.
    pub state: State,
    /// The numbers.
    pub bucket: Bucket,
}

/// Gives each signal's rows to `take`, by the name that [`super::signal_key`] gives it. One signal is held in memory at a
/// time.
///
/// # Errors
/// The file cannot be read, or what `take` says.
pub fn every_sample(path: &Path, mut take: impl FnMut(&str, &[Kept]) -> Result<(), Failure>) -> Result<(), Failure> {
    let opened = read::open_for_reading(path)?;
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    // All of it as it stands at one moment: a chunk may be closed meanwhile.
    let moment = opened.connection.unchecked_transaction().map_err(failure)?;
    if !schema::has_samples(&moment).map_err(failure)? {
        return Ok(());
    }
    let chunks = rows::chunks(&moment).map_err(failure)?;
    for (id, name) in rows::signals(&moment).map_err(failure)? {
        let mut all: Vec<Kept> = Vec::new();
        let read = |all: &mut Vec<Kept>| -> rusqlite::Result<()> {
            let raw = |row: &rusqlite::Row<'_>| {
                let raw = Raw { at: row.get(0)?, state: row.get(1)?, good_for: row.get(2)?, value: row.get(3)? };
                Ok(Kept { minutes: 0, state: State::of_number(raw.state), bucket: Bucket::of(&raw) })
            };
            let mut of_samples = moment.prepare_cached(SAMPLES)?;
            let mut of_rollups = moment.prepare_cached(&ROLLUPS.replace("{}", BUCKET))?;
            for chunk in &chunks {
                let number = rows::stored(chunk.id);
                if chunk.minutes == 0 {
                    for kept in of_samples.query_map(params![number, id], raw)? {
                        all.push(kept?);
                    }
                } else {
                    for row in of_rollups.query_map(params![number, id], |row| bucket(row, 0))? {
                        let bucket = row?;
                        let state = if bucket.seen > 0 { State::Number } else { State::NoData };
                        all.push(Kept { minutes: chunk.minutes, state, bucket });
                    }
                }
            }
            for kept in moment.prepare_cached(FRESH)?.query_map(params![id], raw)? {
                all.push(kept?);
            }
            Ok(())
        };
        read(&mut all).map_err(failure)?;
        all.sort_by_key(|kept| kept.bucket.at);
        take(&name, &all)?;
    }
    Ok(())
}

const SAMPLES: &str =
    "SELECT at, state, good_for, value FROM samples WHERE chunk = ?1 AND signal = ?2 ORDER BY at, state";
const ROLLUPS: &str = "SELECT {} FROM rollups WHERE chunk = ?1 AND signal = ?2 ORDER BY at";
const FRESH: &str = "SELECT at, state, good_for, value FROM fresh_samples WHERE signal = ?1 ORDER BY at, id";
