//! What polls missed of one metric: after a sleep, a gap of the network, a restart.
//!
//! Owns: asking for it within a time in which an alarm may wait, and bringing the server's times onto this laptop's
//! clock, as a poll does. Must not know: why it was missed, and what follows from it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use room::{Fault, Reading, Sample};
use tokio::time::timeout;

use super::range::History;
use super::steps::Steps;
use crate::Question;

/// How long all of it may take. What is newer waits for it, an alarm too.
const WITHIN: Duration = Duration::from_secs(10);

/// So many moments at most: in a night they lie further apart than the polls did.
const MOST: u64 = 4_000;

/// What the polls from one moment to another would have read, the oldest first. What does not come in time, and what
/// leaves no past, is a fault at its moment.
pub async fn missed(question: &Question, from: Timestamp, to: Timestamp, clock: fn() -> Timestamp) -> Vec<Reading> {
    let span = Duration::try_from(to.duration_since(from)).unwrap_or_default();
    // In whole seconds: servers answer such steps from what they keep.
    let step = question.every.max(Duration::from_secs(span.as_secs().div_ceil(MOST)));
    let steps_of = |ahead| Steps::over(moved(from, ahead), moved(to, ahead), step);
    let mut ahead = SignedDuration::ZERO;
    let mut readings = Vec::new();
    let asking = async {
        let mut history = History::of(question, step).ok_or_else(no_past)?;
        ahead = history.ahead(clock).await?;
        for part in steps_of(ahead).parts() {
            readings.extend(history.readings(&part).await);
        }
        Ok(())
    };
    let outcome = timeout(WITHIN, asking).await.unwrap_or(Err(Fault::TimedOut { after: WITHIN }));
    if let Err(fault) = outcome {
        let steps = steps_of(ahead);
        let unseen = steps.iter().skip(readings.len()).map(|at| {
            let (signal, outcome) = (question.signal.clone(), Err(fault.clone()));
            Reading { signal, sequence: 0, at, outcome }
        });
        readings.extend(unseen);
    }
    let back = SignedDuration::ZERO.saturating_sub(ahead);
    readings.into_iter().map(|reading| here(reading, back)).collect()
}

fn no_past() -> Fault {
    Fault::BadSettings { words: "it has no past that could be asked for".to_owned() }
}

/// A reading of the server's clock by this laptop's.
fn here(reading: Reading, back: SignedDuration) -> Reading {
    let outcome = reading.outcome.map(|sample| Sample {
        at: moved(sample.at, back),
        good_until: moved(sample.good_until, back),
        ..sample
    });
    Reading { at: moved(reading.at, back), outcome, ..reading }
}

fn moved(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}
