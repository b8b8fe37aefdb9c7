//! The whole checklist, in the order of the text.

use jiff::SignedDuration;
use plan::{Block, Finding, Plan};
use room::Room;

use super::book::Book;
use super::inlines::Fences;
use super::opening::findings;
use super::rows::rows;
use crate::wire::WrittenView;

/// Everything that stands in the checklist: fences whole and times unmoved, as written.
pub(crate) fn written(book: &Book<'_>, room: &Room, path: &str, found: &[Finding]) -> WrittenView {
    WrittenView {
        path: path.to_owned(),
        rows: rows(book, room, &whole(book.plan), SignedDuration::ZERO, Fences::Whole, None),
        findings: findings(found),
    }
}

/// The body of the whole document.
pub(super) fn whole(plan: &Plan) -> Vec<Block> {
    let top = plan.sections.iter().filter(|section| section.parent.is_none());
    let headings = top.map(|section| Block::Section { id: section.id.clone() });
    plan.preamble.iter().cloned().chain(headings).collect()
}
