//! What the check asks for: the source page by page, and the report for the clipboard. It is there as soon as a checklist
//! is read, and as long as a room of it is open.

use super::live::Live;
use super::open::Opening;
use super::{Controller, Open, refused};
use crate::record::{CheckReport, check_report};
use crate::wire::project::{self, Book, Checked};
use crate::wire::{CheckView, Problem, SourcePageView, SourceQuery};

impl Controller {
    /// A page of the source of what is open.
    pub(super) fn source_page(&self, query: &SourceQuery) -> Result<Box<SourcePageView>, Problem> {
        let page = match &self.open {
            Open::Nothing => return Err(nothing()),
            Open::Opening(opening) => {
                project::source_page(&Book::of(&opening.checklist.plan), opening.checked(), query)
            }
            Open::Room(live) => {
                let path = self.laptop.paths.shown(live.room().opened().path.as_ref());
                project::source_page(&Book::of(live.room().plan()), live.checked(&path), query)
            }
        };
        Ok(Box::new(page))
    }

    /// What `war-room check` prints about what is open.
    pub(super) fn report(&self) -> Result<String, Problem> {
        match &self.open {
            Open::Nothing => Err(nothing()),
            Open::Opening(opening) => Ok(check_report(&CheckReport {
                name: opening.path(),
                plan: &opening.checklist.plan,
                resolved: opening.resolved().ok(),
                findings: &opening.checklist.findings,
                allowed: 0,
            })),
            Open::Room(live) => Ok(check_report(&CheckReport {
                name: &self.laptop.paths.shown(live.room().opened().path.as_ref()),
                plan: live.room().plan(),
                resolved: Some(live.resolved()),
                findings: live.findings(),
                allowed: 0,
            })),
        }
    }
}

impl Opening {
    fn checked(&self) -> Checked<'_> {
        let checklist = &self.checklist;
        Checked { path: self.path(), text: &checklist.text, findings: &checklist.findings, has_room: false }
    }

    pub(super) fn check(&self) -> CheckView {
        project::check(&Book::of(&self.checklist.plan), self.checked())
    }
}

impl Live {
    pub(super) fn checked<'a>(&'a self, path: &'a str) -> Checked<'a> {
        Checked { path, text: &self.room().opened().text, findings: self.findings(), has_room: true }
    }
}

fn nothing() -> Problem {
    refused("No checklist is open: open one first.")
}
