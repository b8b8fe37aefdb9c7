//! Samples beside the log: what the signals answered, kept in batches, closed into chunks whose digests are in the chain,
//! and rolled up as they grow old.
//!
//! Owns: their tables, the bytes of their digests, how long which of them is kept. Must not know: what is alarming, and
//! how anything is drawn.

mod all;
mod bucket;
mod digest;
mod read;
mod rows;
mod tend;
mod verify;
mod write;

use jiff::SignedDuration;
use room::{Measure, Reading, Signal};

pub use self::all::{Kept as KeptSample, every_sample};
pub use self::bucket::Bucket;
pub use self::read::{Stretch, recent_samples, samples};
pub use self::verify::{BadChunk, SamplesReport};

pub(crate) use self::verify::{Said, report};
pub(crate) use self::write::Kept;

/// Samples are kept one by one for a day (the issue on the log: "raw for a day, 1 min for a week, 10 min after").
pub(crate) const RAW_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Rows of a minute are kept for a week.
pub(crate) const MINUTES_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The most rows that a room keeps: a day one by one and a week by minutes, of 200 signals that are asked every 5 s (3.5
/// and 2 million), some 170 MB. Before more is refused, the oldest is rolled up before its time.
pub(crate) const MOST_ROWS: u64 = 6_000_000;

/// What came of asking a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// A number.
    Number,
    /// A number made from fewer things than were asked for.
    TooFew,
    /// What was expected is so.
    Passed,
    /// What was expected is not so.
    Failed,
    /// No data.
    NoData,
}

impl State {
    /// The state's number in the table and in the digest.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Number => 0,
            Self::TooFew => 1,
            Self::Passed => 2,
            Self::Failed => 3,
            Self::NoData => 4,
        }
    }

    /// Whether it says how production is.
    #[must_use]
    pub fn is_seen(self) -> bool {
        !matches!(self, Self::NoData)
    }

    fn of_number(number: u8) -> Self {
        match number {
            0 => Self::Number,
            1 => Self::TooFew,
            2 => Self::Passed,
            3 => Self::Failed,
            // Nothing that is not understood counts as seen.
            _ => Self::NoData,
        }
    }
}

/// One answer of a signal, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Whose: `metrics.error_rate`, `probes.api`.
    pub signal: String,
    /// Its own time, in milliseconds since 1970; that of the answer where there was no data.
    pub at: i64,
    /// For how many milliseconds it counts.
    pub good_for: i64,
    /// What came.
    pub state: State,
    /// The value; 1 for yes and 0 for no.
    pub value: Option<f64>,
}

impl Sample {
    /// What of a reading is kept.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let signal = signal_key(&reading.signal);
        match &reading.outcome {
            Ok(sample) => {
                let (state, value) = match (&sample.measure, &sample.too_few) {
                    (Measure::Number(value), None) => (State::Number, *value),
                    (Measure::Number(value), Some(_)) => (State::TooFew, *value),
                    (Measure::Passed(_), _) => (State::Passed, 1.0),
                    (Measure::Failed(_), _) => (State::Failed, 0.0),
                };
                let at = sample.at.as_millisecond();
                let good_for = (sample.good_until.as_millisecond() - at).max(0);
                Self { signal, at, good_for, state, value: stored(value) }
            }
            Err(_) => {
                let at = reading.at.as_millisecond();
                Self { signal, at, good_for: 0, state: State::NoData, value: None }
            }
        }
    }
}

/// What a signal is called in the table.
#[must_use]
pub fn signal_key(signal: &Signal) -> String {
    match signal {
        Signal::Metric(name) => format!("metrics.{name}"),
        Signal::Probe(name) => format!("probes.{name}"),
    }
}

/// A number as SQLite gives it back: it keeps neither NaN nor the sign of zero, and the digest is over what is read.
fn stored(value: f64) -> Option<f64> {
    if value.is_nan() { None } else { Some(value + 0.0) }
}

#[cfg(test)]
mod tests;
