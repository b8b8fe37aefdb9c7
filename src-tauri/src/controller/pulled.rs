//! What is pulled out of the room that is open, a piece at a time: pages of its log, the history of an alert, a text to be
//! copied, an address to be opened.

use jiff::Timestamp;

use super::live::Live;
use super::{Controller, Laptop, Open, no_room, refused};
use crate::drill::Order;
use crate::rooms::Found;
use crate::wire::project::{self, Book, Handing, Scored};
use crate::wire::{
    AlertPageView, AlertQuery, CopyTarget, DrillMarkView, HandoffView, OutsideTarget, Problem, ScoreView,
};

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

    pub(super) fn alert_page(&self, query: &AlertQuery, now: Timestamp) -> Result<AlertPageView, Problem> {
        let events = self.whole().ok_or_else(|| self.is_being_read())?;
        Ok(project::alert_page(self.room(), events, self.seeing(now).as_ref(), query))
    }

    /// The page of the handoff is drafted anew every few seconds: it is long, and whoever reads it has the deadline that
    /// runs in the head, by the second.
    pub(super) fn is_drafted_anew(now: Timestamp) -> bool {
        now.as_second() % 5 == 0
    }

    /// The score of the drill that this room was.
    pub(super) fn score(&self, order: &Order, mark: Option<DrillMarkView>, rooms: &[Found]) -> Option<ScoreView> {
        let now = self.events.last()?.occurred_at;
        Some(project::score(Scored {
            room: &self.room,
            events: &self.events,
            seen: self.seeing(now),
            scenario: order.scenario,
            seed: order.seed,
            mark: mark?,
            rooms,
            path: self.path(),
            head: self.head(),
        }))
    }

    /// What is handed over, as the page shows it; `None` while the log is still being read.
    pub(super) fn handoff(&self, book: &Book<'_>, laptop: &Laptop, now: Timestamp) -> Option<HandoffView> {
        let (head, seen) = (self.head(), self.seeing(now));
        Some(project::handoff(&Handing {
            book,
            room: self.room(),
            events: self.whole()?,
            seen: seen.as_ref(),
            login: &laptop.login,
            head: &head,
            now,
        }))
    }

    /// The same as text. A drill's is marked, so that nobody takes it for the day.
    fn handoff_text(&self, laptop: &Laptop, now: Timestamp) -> Result<String, Problem> {
        let room = self.room();
        let view = self.handoff(&Book::of(room.plan()), laptop, now).ok_or_else(|| self.is_being_read())?;
        let verdict = self.status(now).lines().next().unwrap_or_default().to_owned();
        let mark = if crate::drill::is_drill(room) { "DRILL, made up: " } else { "" };
        let title = format!("{mark}{}", room.title());
        Ok(project::handoff_in_words(&view, &title, &verdict, &laptop.paths.shown(self.path()), &self.head()))
    }

    /// How the room stands, in two lines for a chat.
    pub(super) fn status(&self, now: Timestamp) -> String {
        project::status(self.room(), self.seeing(now).as_ref(), &self.head(), now)
    }
}

impl Controller {
    /// What is handed over, for the clipboard: nothing is sent by it.
    pub(super) fn handoff_to_copy(&self, now: Timestamp) -> Result<String, Problem> {
        match &self.open {
            Open::Room(live) => live.handoff_text(&self.laptop, now),
            Open::Nothing | Open::Opening(_) => Err(no_room()),
        }
    }
}
