//! Whether the samples are what their digests in the chain say.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use room::{Event, SamplesRolledUp, SamplesSealed};
use rusqlite::Connection;

use super::rows::{self, Chunk};
use super::tend::ids_in;
use super::write::minutes_of;
use super::{digest, write};
use crate::chain::{Hash, hex, unhex};
use crate::{read, schema};

/// What verification found of the samples.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SamplesReport {
    /// How many chunks are what the chain says.
    pub chunks: u64,
    /// How many rows are in them.
    pub rows: u64,
    /// How many samples no digest vouches for yet.
    pub fresh: u64,
    /// The first chunk that is not what the chain says.
    pub first_bad: Option<BadChunk>,
}

/// A chunk that is not what the chain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadChunk {
    /// Its number.
    pub chunk: u64,
    /// From when to when its samples are, as far as that is known.
    pub span: Option<(Timestamp, Timestamp)>,
    /// What is wrong with it, in words.
    pub why: String,
}

/// What the chain says of a chunk.
#[derive(Debug)]
struct Sealed {
    minutes: u32,
    from: Timestamp,
    to: Timestamp,
    rows: u64,
    digest: String,
}

/// What the chain says of all chunks.
#[derive(Debug, Default)]
pub(crate) struct Said {
    chunks: BTreeMap<u64, Sealed>,
    replaced: BTreeSet<u64>,
    bad: Option<BadChunk>,
}

/// Holds the samples of a file against what its events say. Unless all that they say is known, as where the chain is
/// broken, nothing is said of samples that none of them names.
pub(crate) fn report(connection: &Connection, said: &Said, is_all_known: bool) -> rusqlite::Result<SamplesReport> {
    let mut report = SamplesReport { first_bad: said.bad.clone(), ..SamplesReport::default() };
    match report.hold(connection, said, is_all_known) {
        Err(error) if is_of_the_file(&error) => {
            report.finds(0, None, format!("the tables of samples cannot be read: {error}"));
        }
        held => held?,
    }
    Ok(report)
}

impl SamplesReport {
    fn hold(&mut self, connection: &Connection, said: &Said, is_all_known: bool) -> rusqlite::Result<()> {
        if !schema::has_samples(connection)? {
            if let Some((id, sealed)) = said.chunks.iter().next() {
                self.finds(*id, Some((sealed.from, sealed.to)), "the file has no samples at all".to_owned());
            }
            return Ok(());
        }
        let fresh = connection.query_row("SELECT count(*) FROM fresh_samples", [], |row| row.get::<_, i64>(0))?;
        self.fresh = fresh.unsigned_abs();
        let listed = rows::chunks(connection)?;
        for (id, sealed) in &said.chunks {
            let found = match wrong(connection, *id, sealed, listed.iter().find(|chunk| chunk.id == *id)) {
                Err(error) if is_of_the_file(&error) => Some(format!("its rows cannot be read: {error}")),
                found => found?,
            };
            match found {
                None => {
                    self.chunks = self.chunks.saturating_add(1);
                    self.rows = self.rows.saturating_add(sealed.rows);
                }
                Some(why) => self.finds(*id, Some((sealed.from, sealed.to)), why),
            }
        }
        if !is_all_known {
            return Ok(());
        }
        // What was rolled up may still be there; what is listed is read, and must be known.
        for chunk in listed.iter().filter(|chunk| !said.chunks.contains_key(&chunk.id)) {
            let span = Some((write::time(chunk.from), write::time(chunk.to)));
            self.finds(chunk.id, span, NOT_KNOWN.to_owned());
        }
        for table in ["samples", "rollups"] {
            for id in ids_in(connection, table)?.into_iter().map(|id| u64::try_from(id).unwrap_or(0)) {
                if !said.chunks.contains_key(&id) && !said.replaced.contains(&id) {
                    self.finds(id, None, NOT_KNOWN.to_owned());
                }
            }
        }
        Ok(())
    }

    /// The first bad one counts.
    fn finds(&mut self, chunk: u64, span: Option<(Timestamp, Timestamp)>, why: String) {
        if self.first_bad.as_ref().is_none_or(|known| chunk < known.chunk) {
            self.first_bad = Some(BadChunk { chunk, span, why });
        }
    }
}

impl Said {
    /// Takes in what the next event says of samples.
    pub(crate) fn take(&mut self, event: &Event) {
        match event {
            Event::SamplesSealed(sealed) => {
                let SamplesSealed { from, to, rows, .. } = **sealed;
                let digest = sealed.digest.clone();
                self.chunks.insert(sealed.chunk, Sealed { minutes: 0, from, to, rows, digest });
            }
            Event::SamplesRolledUp(rolled) => {
                let replaced: Vec<Sealed> =
                    rolled.chunks.iter().filter_map(|chunk| self.chunks.remove(chunk)).collect();
                let digests: Vec<Hash> = replaced
                    .iter()
                    .filter_map(|sealed| unhex(&sealed.digest).and_then(|digest| digest.try_into().ok()))
                    .collect();
                let old = hex(&digest::of_replaced(&digests));
                if (digests.len() != rolled.chunks.len() || old != rolled.old) && self.bad.is_none() {
                    let why = "it was made from other chunks than the log holds the digests of".to_owned();
                    self.bad = Some(BadChunk { chunk: rolled.into, span: Some((rolled.from, rolled.to)), why });
                }
                self.replaced.extend(&rolled.chunks);
                let SamplesRolledUp { into, minutes, from, to, rows, .. } = **rolled;
                self.chunks.insert(into, Sealed { minutes, from, to, rows, digest: rolled.new.clone() });
            }
            _ => {}
        }
    }
}

/// Why a chunk is bad that was never closed.
const NOT_KNOWN: &str = "no event of the log knows these samples";

/// Whether an error is about what stands in the file.
fn is_of_the_file(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType};
    matches!(error, FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..))
        || read::is_damage(error)
}

/// What is wrong with a chunk; nothing where it is what the chain says.
fn wrong(connection: &Connection, id: u64, said: &Sealed, listed: Option<&Chunk>) -> rusqlite::Result<Option<String>> {
    let Some(listed) = listed else { return Ok(Some("it is missing".to_owned())) };
    let rollups = rows::rollups_of(connection, id)?;
    let (found, digest) = if said.minutes == 0 {
        let samples = rows::samples_of(connection, id)?;
        if digest::of_samples(id, &samples) == of_hex(&said.digest)
            && digest::of_rollups(id, &minutes_of(&samples)) != digest::of_rollups(id, &rollups)
        {
            return Ok(Some("its rows of a minute are not what its samples make".to_owned()));
        }
        (count(&samples), digest::of_samples(id, &samples))
    } else {
        (count(&rollups), digest::of_rollups(id, &rollups))
    };
    if found != said.rows {
        return Ok(Some(format!("{found} rows are there, and {} were sealed", said.rows)));
    }
    if digest != of_hex(&said.digest) {
        return Ok(Some("its rows are not what was sealed".to_owned()));
    }
    let is_listed_so = listed.minutes == said.minutes
        && (write::time(listed.from), write::time(listed.to)) == (said.from, said.to)
        && listed.rows == said.rows
        && listed.digest == of_hex(&said.digest);
    Ok((!is_listed_so).then(|| "its place in the list of chunks is not what was sealed".to_owned()))
}

fn count<T>(signals: &[rows::Of<T>]) -> u64 {
    signals.iter().map(|signal| signal.rows.len() as u64).sum()
}

/// The digest that an event holds; what is none matches nothing.
fn of_hex(text: &str) -> Hash {
    unhex(text).and_then(|digest| digest.try_into().ok()).unwrap_or_default()
}
