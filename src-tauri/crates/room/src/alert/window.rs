//! A success criterion over the window that its text names ("first hour"): how long it was breached, and how long seen.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::engine::LastSample;

/// What was seen of a success criterion in its window. Unseen time is neither breached nor met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowMemory {
    /// Where the window begins.
    pub(crate) from: Timestamp,
    /// Where it ends.
    pub(crate) to: Timestamp,
    /// Up to when it has been counted.
    counted_to: Timestamp,
    /// For how long a sample that counted was there.
    seen_ms: u64,
    /// For how long that sample was a breach.
    breached_ms: u64,
    /// Whether the breach lasted, or came often enough.
    pub(crate) has_fired: bool,
    /// When somebody looked first after the end.
    pub(crate) ended: Option<Timestamp>,
}

impl WindowMemory {
    /// A window of which nothing has been seen.
    pub(crate) fn new(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to, counted_to: from, seen_ms: 0, breached_ms: 0, has_fired: false, ended: None }
    }

    /// Counts up to a moment what the last sample was good for.
    pub(super) fn count(&mut self, last: Option<&LastSample>, up_to: Timestamp) {
        let up_to = up_to.min(self.to);
        if up_to <= self.counted_to {
            return;
        }
        if let Some(last) = last {
            let seen = up_to.min(last.good_until).duration_since(self.counted_to.max(last.seen.at));
            let seen_ms = milliseconds(seen);
            self.seen_ms = self.seen_ms.saturating_add(seen_ms);
            if !last.is_good {
                self.breached_ms = self.breached_ms.saturating_add(seen_ms);
            }
        }
        self.counted_to = up_to;
    }

    /// For how long it was breached, as far as it was counted.
    #[must_use]
    pub fn breached_ms(&self) -> u64 {
        self.breached_ms
    }

    /// For how long nothing was seen of the stretch that was counted.
    #[must_use]
    pub fn unseen_ms(&self) -> u64 {
        milliseconds(self.counted_to.duration_since(self.from)).saturating_sub(self.seen_ms)
    }
}

/// A length of time in milliseconds; nought where it is negative.
fn milliseconds(length: SignedDuration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(0)
}
