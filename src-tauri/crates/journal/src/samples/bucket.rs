//! Several samples as one row: what is kept of them, so that a short breach is seen for as long as the room is.

use super::{State, rows::Raw};

/// What a signal showed in a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bucket {
    /// When the stretch begins, in milliseconds since 1970.
    pub at: i64,
    /// The time of the first sample with data; 0 without any.
    pub first_at: i64,
    /// The time of the last one.
    pub last_at: i64,
    /// Until when the last one counts.
    pub good_until: i64,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// The mean of the values.
    pub mean: f64,
    /// The last value.
    pub last: f64,
    /// How many samples had data.
    pub seen: u64,
    /// How many answers had none.
    pub unseen: u64,
    /// For how long, between the first and the last, no sample counted.
    pub gap_ms: i64,
}

impl Bucket {
    /// One sample.
    pub(crate) fn of(raw: &Raw) -> Self {
        let state = State::of_number(raw.state);
        match raw.value.filter(|_| state.is_seen()) {
            Some(value) => Self {
                at: raw.at,
                first_at: raw.at,
                last_at: raw.at,
                good_until: raw.at.saturating_add(raw.good_for),
                low: value,
                high: value,
                mean: value,
                last: value,
                seen: 1,
                unseen: 0,
                gap_ms: 0,
            },
            None => Self { at: raw.at, unseen: 1, ..Self::default() },
        }
    }

    /// Takes in what comes after it.
    pub(crate) fn add(&mut self, next: &Self) {
        let unseen = self.unseen.saturating_add(next.unseen);
        match (self.seen, next.seen) {
            (_, 0) => {}
            (0, _) => *self = Self { at: self.at, ..*next },
            (here, there) => {
                if next.first_at > self.good_until {
                    self.gap_ms = self.gap_ms.saturating_add(next.first_at.saturating_sub(self.last_at));
                }
                self.gap_ms = self.gap_ms.saturating_add(next.gap_ms);
                let seen = here.saturating_add(there);
                self.mean = (self.mean * here as f64 + next.mean * there as f64) / seen as f64;
                self.seen = seen;
                self.low = self.low.min(next.low);
                self.high = self.high.max(next.high);
                if next.last_at >= self.last_at {
                    self.last_at = next.last_at;
                    self.last = next.last;
                    self.good_until = next.good_until;
                }
                self.first_at = self.first_at.min(next.first_at);
            }
        }
        self.unseen = unseen;
    }
}

/// Rows in the order of their times, brought together: one for each stretch of `step_ms` that has any.
pub(crate) fn rolled(rows: impl IntoIterator<Item = Bucket>, step_ms: i64) -> Vec<Bucket> {
    let step_ms = step_ms.max(1);
    let mut buckets: Vec<Bucket> = Vec::new();
    for row in rows {
        let at = row.at.div_euclid(step_ms).saturating_mul(step_ms);
        match buckets.last_mut().filter(|last| last.at == at) {
            Some(last) => last.add(&row),
            None => buckets.push(Bucket { at, ..row }),
        }
    }
    buckets
}
