//! What polls missed of one metric: after a sleep, a gap of the network, a restart.
//!
//! Owns: asking for it within a time in which an alarm may wait, and bringing the server's times onto this laptop's
//! clock, as a poll does. Must not know: why it was missed, and what follows from it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use room::{Fault, Reading, Sample};
use tokio::time::{Instant, timeout_at};

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
    let until = Instant::now() + WITHIN;
    let span = Duration::try_from(to.duration_since(from)).unwrap_or_default();
    // In whole seconds: servers answer such steps from what they keep.
    let step = question.every.max(Duration::from_secs(span.as_secs().div_ceil(MOST)));
    let fault_at = |at, fault| Reading { signal: question.signal.clone(), sequence: 0, at, outcome: Err(fault) };
    let all = |fault: &Fault| Steps::over(from, to, step).iter().map(|at| fault_at(at, fault.clone())).collect();
    let Some(mut history) = History::of(question, step) else {
        return all(&Fault::BadSettings { words: "it has no past that could be asked for".to_owned() });
    };
    let late = Fault::TimedOut { after: WITHIN };
    let ahead = match timeout_at(until, history.ahead(clock)).await {
        Ok(Ok(ahead)) => ahead,
        Ok(Err(fault)) => return all(&fault),
        Err(_) => return all(&late),
    };
    let steps = Steps::over(moved(from, ahead), moved(to, ahead), step);
    let mut readings = Vec::new();
    for part in steps.parts() {
        match timeout_at(until, history.readings(&part)).await {
            Ok(read) => readings.extend(read),
            Err(_) => readings.extend(part.iter().map(|at| fault_at(at, late.clone()))),
        }
    }
    let back = SignedDuration::ZERO.saturating_sub(ahead);
    readings.into_iter().map(|reading| here(reading, back)).collect()
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
