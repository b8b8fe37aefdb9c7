//! What the log says of samples: a line from time to time, and one line for many of them in a row.

use jiff::Timestamp;
use room::{Event, SamplesRolledUp, SamplesSealed};

use super::Teller;
use crate::wire::project::times::on_the_wall;
use crate::wire::project::words::counted;

/// How many digits of a digest are shown: enough to tell two apart by eye. The whole stands in the exports.
const DIGITS: usize = 8;

/// Whether an event only keeps the record of what was measured.
pub(super) fn is_of_samples(event: &Event) -> bool {
    matches!(event, Event::SamplesSealed(_) | Event::SamplesRolledUp(_))
}

impl Teller<'_> {
    pub(super) fn samples_sealed(&self, sealed: &SamplesSealed) -> (String, String) {
        let samples = counted(usize::try_from(sealed.rows).unwrap_or(usize::MAX), "sample", "samples");
        let signals = counted(usize::try_from(sealed.signals).unwrap_or(usize::MAX), "signal", "signals");
        (
            format!("closed {samples} of {signals} under a digest, {}", self.span(sealed.from, sealed.to)),
            format!("chunk {} · digest {}", sealed.chunk, short(&sealed.digest)),
        )
    }

    pub(super) fn samples_rolled_up(&self, rolled: &SamplesRolledUp) -> (String, String) {
        let minutes = counted(usize::try_from(rolled.minutes).unwrap_or(usize::MAX), "minute", "minutes");
        let chunks: Vec<String> = rolled.chunks.iter().map(u64::to_string).collect();
        (
            format!("rolled up old samples to rows of {minutes}, {}", self.span(rolled.from, rolled.to)),
            format!(
                "chunks {} are chunk {} now · digest {} is {} now",
                chunks.join(", "),
                rolled.into,
                short(&rolled.old),
                short(&rolled.new)
            ),
        )
    }

    fn span(&self, from: Timestamp, to: Timestamp) -> String {
        format!("{} to {}", on_the_wall(from, self.resolved), on_the_wall(to, self.resolved))
    }
}

fn short(digest: &str) -> &str {
    digest.get(..DIGITS).unwrap_or(digest)
}
