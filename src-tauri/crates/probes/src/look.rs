//! What every look at something has in common: how long it counts, how long it took, what an obstacle means.
//!
//! Must not know: what is looked at.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use room::{Fault, Measure, Sample};

use crate::fetch::Obstacle;

/// What was seen at this moment counts until two looks later, and as long as the last of them may take.
pub(crate) fn looked(measure: Measure, at: Timestamp, every: Duration, timeout: Duration) -> Sample {
    let good = SignedDuration::try_from(every * 2 + timeout).unwrap_or(SignedDuration::ZERO);
    Sample { measure, at, good_until: at.checked_add(good).unwrap_or(at), too_few: None }
}

/// From then to now, by a clock that may have been set back between.
pub(crate) fn took(asked_at: Timestamp, answered_at: Timestamp) -> Duration {
    Duration::try_from(answered_at.duration_since(asked_at)).unwrap_or_default()
}

/// What a look that met an obstacle has seen: a failure where the other side answered, a fault where the way may be at
/// fault.
pub(crate) fn failed(obstacle: Obstacle, host: &str, timeout: Duration) -> Result<Measure, Fault> {
    let words = match obstacle {
        Obstacle::Refused => Fault::Refused.to_string(),
        Obstacle::Untrusted(words) => Fault::Untrusted { words }.to_string(),
        Obstacle::Closed => "the connection was closed before the answer was whole".to_owned(),
        other => return Err(other.into_fault(host, timeout)),
    };
    Ok(Measure::Failed(words))
}
