//! What is drawn up only while somebody looks at it: the review of the week, with the rooms beside this one, and what is left
//! open before a room is closed.
//!
//! Owns: what is looked at, and what was read of other rooms for it. Those are read beside what is done on disk, when the
//! review comes into sight; nothing waits for them.

use std::path::PathBuf;

use jiff::Timestamp;

use super::live::Live;
use super::{Controller, Effect, Open, Out};
use crate::rooms::{RoomTrend, Trends};
use crate::wire::project;
use crate::wire::{ClosingView, OnDemand, Problem, ReviewView};

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Sought {
    review: bool,
    closing: bool,
    /// What was read of other rooms; `None` before the first time.
    trends: Option<Trends>,
}

impl Live {
    /// The review, while it is looked at, and once all of the log is read.
    pub(super) fn review(&self, now: Timestamp) -> Option<ReviewView> {
        let sought = &self.looking.sought;
        let events = self.whole().filter(|_| sought.review)?;
        let own = RoomTrend::of(self.room(), events, String::new());
        let rooms = sought.trends.as_ref().map(|trends| project::trends(trends, &own));
        Some(ReviewView { rooms, ..project::review(self.room(), events, now) })
    }

    /// What is left open, while it is looked at; of a closed room always what it was closed with.
    pub(super) fn closing(&self, now: Timestamp) -> Option<ClosingView> {
        let is_closed = self.room().closed().is_some();
        (is_closed || self.looking.sought.closing).then(|| project::closing_of(self.room(), &self.events, now))
    }
}

impl Controller {
    /// Something comes into sight, or goes out of it.
    pub(super) fn seek(&mut self, what: OnDemand, shown: bool, now: Timestamp, out: &mut Out) -> Result<(), Problem> {
        let folder = crate::paths::rooms_in(self.laptop.paths.data());
        let live = self.room()?;
        match what {
            OnDemand::Closing => live.looking.sought.closing = shown,
            OnDemand::Review => {
                live.looking.sought.review = shown;
                let is_drill = crate::drill::is_drill(live.room());
                // A drill stands beside no day.
                if shown && !is_drill {
                    let known = live.looking.sought.trends.clone().unwrap_or_default();
                    out.effects.push(Effect::ReadTrends { folder, path: live.path().to_path_buf(), known, now });
                }
            }
        }
        Ok(())
    }

    /// The other rooms were read; what was read for a room that was left is dropped.
    pub(super) fn trends_read(&mut self, path: &PathBuf, trends: Trends) {
        let Open::Room(live) = &mut self.open else { return };
        if live.path() == path {
            live.looking.sought.trends = Some(trends);
        }
    }
}
