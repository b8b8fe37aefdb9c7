//! What is pulled out of the room that is open, a piece at a time: pages of its log, the history of an alert, a text to be
//! copied, an address to be opened.

use jiff::Timestamp;

use super::live::Live;
use super::refused;
use crate::wire::project;
use crate::wire::{AlertPageView, AlertQuery, CopyTarget, LogPageView, LogQuery, OutsideTarget, Problem};

impl Live {
    pub(super) fn text_to_copy(&self, target: &CopyTarget) -> Result<String, Problem> {
        project::copied(self.room(), &self.typed, target).map_err(|why| refused(&why))
    }

    pub(super) fn address_to_open(&self, target: &OutsideTarget) -> Result<String, Problem> {
        if crate::drill::is_drill(self.room()) {
            return Err(refused("This is a drill: nothing leaves this laptop. Copy it instead."));
        }
        project::opened_outside(self.room(), &self.typed, target).map_err(|why| refused(&why))
    }

    pub(super) fn log_page(&self, query: &LogQuery) -> LogPageView {
        project::log_page(self.room(), &self.events, query)
    }

    pub(super) fn alert_page(&self, query: &AlertQuery, now: Timestamp) -> AlertPageView {
        project::alert_page(self.room(), &self.events, self.seeing(now).as_ref(), query)
    }

    /// How the room stands, in two lines for a chat.
    pub(super) fn status(&self, now: Timestamp) -> String {
        project::status(self.room(), self.seeing(now).as_ref(), &self.head(), now)
    }
}
