//! Whether the samples are what their digests in the chain say.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use room::{Event, Recorded};
use rusqlite::Connection;

use super::rows::{self, Chunk};
use super::tend::ids_in;
use super::write::minutes_of;
use super::{digest, write};
use crate::chain::{Hash, hex, unhex};
use crate::schema;

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
struct Said {
    minutes: u32,
    from: Timestamp,
    to: Timestamp,
    rows: u64,
    digest: String,
}

/// What the chain says of all chunks.
#[derive(Default)]
struct Chain {
    said: BTreeMap<u64, Said>,
    replaced: BTreeSet<u64>,
    bad: Option<BadChunk>,
}

/// Holds the samples of a file against its events. Where the chain itself is broken, the events end before what came
/// last, and nothing is said of samples that none of them names.
pub(crate) fn report(
    connection: &Connection,
    events: &[Recorded],
    is_chain_whole: bool,
) -> rusqlite::Result<SamplesReport> {
    let chain = Chain::of(events);
    let mut report = SamplesReport { first_bad: chain.bad.clone(), ..SamplesReport::default() };
    let (mut listed, mut in_samples, mut in_rollups) = (Vec::new(), Vec::new(), Vec::new());
    if schema::has_samples(connection)? {
        listed = rows::chunks(connection)?;
        in_samples = ids_in(connection, "samples")?;
        in_rollups = ids_in(connection, "rollups")?;
        let fresh = connection.query_row("SELECT count(*) FROM fresh_samples", [], |row| row.get::<_, i64>(0))?;
        report.fresh = fresh.unsigned_abs();
        for (id, said) in &chain.said {
            match wrong(connection, *id, said, listed.iter().find(|chunk| chunk.id == *id))? {
                None => {
                    report.chunks = report.chunks.saturating_add(1);
                    report.rows = report.rows.saturating_add(said.rows);
                }
                Some(why) => report.finds(*id, Some((said.from, said.to)), why),
            }
        }
    } else if let Some((id, said)) = chain.said.iter().next() {
        report.finds(*id, Some((said.from, said.to)), "the file has no samples at all".to_owned());
    }
    if is_chain_whole {
        let ids = listed.iter().map(|chunk| chunk.id).chain(in_samples).chain(in_rollups);
        // What was rolled up may still be there; what is listed is read, and must be known.
        let unknown = ids.filter(|id| {
            let is_listed = listed.iter().any(|chunk| chunk.id == *id);
            !chain.said.contains_key(id) && (is_listed || !chain.replaced.contains(id))
        });
        for id in unknown.collect::<BTreeSet<_>>() {
            let span = listed.iter().find(|chunk| chunk.id == id);
            let span = span.map(|chunk| (write::time(chunk.from), write::time(chunk.to)));
            report.finds(id, span, "no event of the log knows these samples".to_owned());
        }
    }
    Ok(report)
}

impl SamplesReport {
    /// The first bad one counts.
    fn finds(&mut self, chunk: u64, span: Option<(Timestamp, Timestamp)>, why: String) {
        if self.first_bad.as_ref().is_none_or(|known| chunk < known.chunk) {
            self.first_bad = Some(BadChunk { chunk, span, why });
        }
    }
}

impl Chain {
    fn of(events: &[Recorded]) -> Self {
        let mut chain = Self::default();
        for recorded in events {
            match &recorded.event {
                Event::SamplesSealed(sealed) => {
                    chain.said.insert(
                        sealed.chunk,
                        Said {
                            minutes: 0,
                            from: sealed.from,
                            to: sealed.to,
                            rows: sealed.rows,
                            digest: sealed.digest.clone(),
                        },
                    );
                }
                Event::SamplesRolledUp(rolled) => {
                    let replaced: Vec<Said> =
                        rolled.chunks.iter().filter_map(|chunk| chain.said.remove(chunk)).collect();
                    let digests: Vec<Hash> = replaced
                        .iter()
                        .filter_map(|said| unhex(&said.digest).and_then(|digest| digest.try_into().ok()))
                        .collect();
                    let old = hex(&digest::of_replaced(&digests));
                    if (digests.len() != rolled.chunks.len() || old != rolled.old) && chain.bad.is_none() {
                        let why = "it was made from other chunks than the log holds the digests of".to_owned();
                        chain.bad = Some(BadChunk { chunk: rolled.into, span: Some((rolled.from, rolled.to)), why });
                    }
                    chain.replaced.extend(&rolled.chunks);
                    chain.said.insert(
                        rolled.into,
                        Said {
                            minutes: rolled.minutes,
                            from: rolled.from,
                            to: rolled.to,
                            rows: rolled.rows,
                            digest: rolled.new.clone(),
                        },
                    );
                }
                _ => {}
            }
        }
        chain
    }
}

/// What is wrong with a chunk; nothing where it is what the chain says.
fn wrong(connection: &Connection, id: u64, said: &Said, listed: Option<&Chunk>) -> rusqlite::Result<Option<String>> {
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
