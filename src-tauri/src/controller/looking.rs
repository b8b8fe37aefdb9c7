//! What of the room's log is looked at: the list, the search in it, and the past.

use room::Recorded;

use super::on_demand::Sought;
use super::past::Past;
use super::proof::Proof;
use super::searching::Searching;
use crate::wire::project::LogIndex;

/// What the log's page needs of the room that is open.
#[derive(Debug, Default)]
pub(super) struct Looking {
    /// Where each event stands in the list.
    pub(super) index: LogIndex,
    /// How far their words are indexed.
    pub(super) searching: Searching,
    /// Which moment is looked at.
    pub(super) past: Past,
    /// Whether the log is what was written.
    pub(super) proof: Proof,
    /// What else is drawn up while somebody looks at it.
    pub(super) sought: Sought,
}

impl Looking {
    pub(super) fn of(events: &[Recorded]) -> Self {
        let mut looking = Self::default();
        looking.index.take(events);
        looking
    }

    /// An event was added to these.
    pub(super) fn notice(&mut self, events: &[Recorded]) {
        self.index.take(events);
        if let Some(recorded) = events.last() {
            self.searching.notice(&recorded.event);
        }
    }
}
