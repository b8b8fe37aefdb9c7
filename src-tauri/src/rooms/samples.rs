//! Samples of the room that is open: kept, closed under digests, rolled up.

use std::path::Path;

use jiff::Timestamp;
use journal::{Failure, Hash, Sample, Stretch};
use room::Recorded;

use super::{Held, ITSELF, Outcome, Rooms};
use crate::tape;

/// What the signals showed in the time that the charts begin with.
pub(super) fn lately(path: &Path, now: Timestamp) -> Vec<(String, Stretch)> {
    let from = now.checked_sub(tape::LENGTH).unwrap_or(now);
    journal::recent_samples(path, from, now).unwrap_or_else(|failure| {
        // The charts begin empty, as in a new room.
        tracing::warn!(%failure, "the last samples cannot be read");
        Vec::new()
    })
}

impl Rooms {
    pub(super) fn keep_samples(&mut self, number: Option<u64>, batch: Vec<Sample>, restore: bool) -> Option<Outcome> {
        let kept = self.writing(restore).and_then(|journal| journal.keep_samples(&batch));
        if let (Err(failure), None) = (&kept, number) {
            tracing::warn!(%failure, lost = batch.len(), "the last samples of a room are not kept");
        }
        number.map(|number| Outcome::SamplesKept { number, outcome: kept.map_err(|failure| (failure, batch)) })
    }

    pub(super) fn seal_samples(&mut self, now: Timestamp) -> Result<Option<(Recorded, Hash)>, Failure> {
        let journal = self.writing(false)?;
        let recorded = journal.seal_samples(now, ITSELF)?;
        Ok(recorded.map(|recorded| (recorded, *journal.head())))
    }

    /// Rolls up first: it comes from time to time, and what it leaves behind is removed bit by bit in between.
    pub(super) fn tend_samples(&mut self, now: Timestamp) -> Result<Option<(Recorded, Hash)>, Failure> {
        let journal = self.writing(false)?;
        if let Some(recorded) = journal.roll_up_samples(now, ITSELF)? {
            return Ok(Some((recorded, *journal.head())));
        }
        journal.sweep_samples().map(|_| None)
    }

    /// Whoever leaves a room leaves no samples that no digest vouches for.
    pub(super) fn seal_last_samples(&mut self, now: Timestamp) {
        if let Held::Writing(journal) = &mut self.held
            && let Err(failure) = journal.seal_samples(now, ITSELF)
        {
            tracing::warn!(%failure, "the last samples of the room bear no digest yet");
        }
    }
}
