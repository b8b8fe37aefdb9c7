//! How low and how high the metrics went since go-live, by what is stored beside the log: asked for now and then, beside the
//! disk's own line, since reading a week must not hold an act up.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use journal::signal_key;
use room::{Room, RoundStanding, Signal};

use super::{Controller, Effect, Open, Out};
use crate::tape::Ends;
use crate::wire::project::all_signals;

/// How often it is asked: as often as samples are closed under a digest.
const ASKED_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// In so many pieces: about a minute each in a week.
const PIECES: u32 = 10_080;

/// As many rounds of a routine stand side by side at the most.
const MOST_MISSED: usize = 24;

/// What is to be read.
#[derive(Debug)]
pub(crate) struct EndsAsked {
    /// The room.
    pub(crate) path: PathBuf,
    signals: Vec<Signal>,
    from: Timestamp,
    to: Timestamp,
    /// When rounds were due that were missed.
    moments: Vec<Timestamp>,
}

/// How far the asking is.
#[derive(Debug, Default)]
pub(super) struct Asking {
    is_out: bool,
    asked: Option<Timestamp>,
}

impl Controller {
    /// A second passed: where it is time, the ends are read.
    pub(super) fn ends_tick(&mut self, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        // A drill stores nothing.
        if crate::drill::is_drill(live.room()) || live.watched().is_none() {
            return;
        }
        let Some(from) = live.room().went_live().map(|went_live| went_live.at) else { return };
        let is_due = live.ends.asked.is_none_or(|asked| now.duration_since(asked).abs() >= ASKED_EVERY);
        if live.ends.is_out || !is_due {
            return;
        }
        live.ends = Asking { is_out: true, asked: Some(now) };
        let metrics = all_signals(live.room()).into_iter().filter(|signal| matches!(signal, Signal::Metric(_)));
        let (signals, path) = (metrics.collect(), live.path().to_path_buf());
        let moments = missed(live.room(), now);
        out.effects.push(Effect::ReadEnds(Box::new(EndsAsked { path, signals, from, to: now, moments })));
    }

    /// They were read; those of a room that was left are dropped.
    pub(super) fn ends_read(&mut self, path: &Path, outcome: Result<Ends, String>) {
        let Open::Room(live) = &mut self.open else { return };
        if live.path() != path {
            return;
        }
        live.ends.is_out = false;
        match outcome {
            Ok(ends) => {
                if let Some((watching, _)) = live.watching() {
                    watching.ends = ends;
                }
            }
            Err(why) => tracing::warn!(why, "what is stored since go-live could not be read"),
        }
    }
}

/// Reads them out of the room's file.
pub(super) fn read(asked: &EndsAsked) -> Result<Ends, String> {
    let keys: Vec<String> = asked.signals.iter().map(signal_key).collect();
    let found = journal::samples(&asked.path, &keys, asked.from, asked.to, PIECES);
    let stretches = found.map_err(|failure| failure.to_string())?;
    Ok(Ends::of(asked.signals.iter().cloned().zip(stretches), (asked.from, asked.to), &asked.moments))
}

/// When the rounds were due that were missed, as many as a grid shows of each routine.
fn missed(room: &Room, now: Timestamp) -> Vec<Timestamp> {
    let mut found = Vec::new();
    for table in room.timetables() {
        let begun = table.begun(now);
        let past = (1..=begun).rev().take(MOST_MISSED).filter_map(|number| table.nth(number));
        let missed = past.filter(|when| room.round(&table, *when, now).standing == RoundStanding::Missed);
        found.extend(missed.map(|when| when.due));
    }
    found.sort_unstable();
    found.dedup();
    found
}
