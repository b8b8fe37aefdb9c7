//! Pieces of a line, and blocks that are no check.

use plan::{Block, CommandId, Inline, Table};

use super::book::Book;
use super::outside::may_open;
use super::words::small;
use crate::wire::{BlockView, CommandView, InlineView};

pub(crate) fn inlines(pieces: &[Inline]) -> Vec<InlineView> {
    pieces.iter().map(inline).collect()
}

fn inline(piece: &Inline) -> InlineView {
    let text = piece.text().to_string();
    match piece {
        Inline::Text { .. } => InlineView::Text { text },
        Inline::Emphasis { .. } => InlineView::Emphasis { text },
        Inline::Strong { .. } => InlineView::Strong { text },
        Inline::Code { .. } => InlineView::Code { text },
        Inline::Link { target, .. } => InlineView::Link { opens: may_open(target), text, target: target.to_string() },
    }
}

/// How a fence of commands is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fences {
    /// By its commands, one by one.
    Split,
    /// As written, with every comment.
    Whole,
}

/// A block that is neither a check nor a heading; `None` for those two, and for a table whose every row is a check.
pub(crate) fn block(book: &Book<'_>, block: &Block, fences: Fences) -> Option<BlockView> {
    let view = match block {
        Block::Item { .. } | Block::Section { .. } => return None,
        Block::Prose(prose) => BlockView::Prose {
            line: small(prose.line),
            depth: small(prose.depth),
            bullet: prose.bullet.as_deref().unwrap_or_default().to_owned(),
            quoted: prose.quoted,
            inlines: inlines(&prose.inlines),
        },
        Block::Commands(fence) => {
            let line = small(fence.line);
            let split = commands(book, &fence.commands);
            if fences == Fences::Whole || split.is_empty() {
                BlockView::Code { line, language: String::new(), text: fence.text.to_string() }
            } else {
                BlockView::Commands { line, commands: split }
            }
        }
        Block::Code(listing) => BlockView::Code {
            line: small(listing.line),
            language: listing.language.clone().unwrap_or_default(),
            text: listing.text.to_string(),
        },
        Block::Table(table) => {
            let Table { line, head, rows } = book.tables().left_of(table)?;
            BlockView::Table {
                line: small(line),
                head: cells(&head),
                rows: rows.iter().map(|row| cells(row)).collect(),
            }
        }
    };
    Some(view)
}

fn cells(row: &[Vec<Inline>]) -> Vec<Vec<InlineView>> {
    row.iter().map(|cell| inlines(cell)).collect()
}

pub(crate) fn commands(book: &Book<'_>, ids: &[CommandId]) -> Vec<CommandView> {
    ids.iter()
        .filter_map(|id| book.command(id))
        .map(|command| CommandView {
            id: command.id.to_string(),
            line: small(command.line),
            text: command.text.clone(),
            label: command.label.clone().unwrap_or_default(),
            remark: command.remark.clone().unwrap_or_default(),
            alternative: command.alternative.clone().unwrap_or_default(),
        })
        .collect()
}
