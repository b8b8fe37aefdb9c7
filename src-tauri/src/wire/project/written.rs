//! The whole checklist, in the order of the text.

use jiff::SignedDuration;
use plan::{Block, Finding};

use super::book::Book;
use super::inlines::Fences;
use super::opening::findings;
use super::rows::rows;
use crate::wire::WrittenView;

/// Everything that stands in the checklist: fences whole and times unmoved, as written.
pub(crate) fn written(book: &Book<'_>, path: &str, found: &[Finding]) -> WrittenView {
    let mut body = book.plan.preamble.clone();
    body.extend(
        book.plan
            .sections
            .iter()
            .filter(|section| section.parent.is_none())
            .map(|section| Block::Section { id: section.id.clone() }),
    );
    WrittenView {
        path: path.to_owned(),
        rows: rows(book, &body, SignedDuration::ZERO, Fences::Whole),
        findings: findings(found),
    }
}
