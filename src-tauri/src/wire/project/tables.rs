//! Tables whose rows are checks: each row stands once, as the check that it became, with what its other columns say; what is
//! left of the table are the rows that are none.

use std::collections::{HashMap, HashSet};

use plan::{Block, Inline, Item, Plan, SourceMark, Table};

use super::inlines::inlines;
use crate::wire::ColumnView;

/// The rows of a plan's tables that became checks, by their line.
#[derive(Debug, Default)]
pub(super) struct Tables<'plan> {
    rows: HashMap<usize, (&'plan Table, usize)>,
}

/// The line of a row: it stands below the head and the line that rules it off.
fn line_of(table: &Table, row: usize) -> usize {
    table.line.saturating_add(2).saturating_add(row)
}

impl<'plan> Tables<'plan> {
    pub(super) fn of(plan: &'plan Plan) -> Self {
        let lines: HashSet<usize> = plan.items.iter().map(|item| item.range.line).collect();
        let sections = plan.sections.iter().flat_map(|section| &section.body);
        let blocks = sections.chain(&plan.preamble).chain(plan.items.iter().flat_map(|item| &item.blocks));
        let tables = blocks.filter_map(|block| match block {
            Block::Table(table) => Some(table.as_ref()),
            _ => None,
        });
        let rows = tables.flat_map(|table| (0..table.rows.len()).map(move |row| (line_of(table, row), (table, row))));
        Self { rows: rows.filter(|(line, _)| lines.contains(line)).collect() }
    }

    /// What stands of a table besides its checks: all of it where none of its rows is one, nothing where all are.
    pub(super) fn left_of(&self, table: &Table) -> Option<Table> {
        let is_check = |row: usize| self.rows.get(&line_of(table, row)).is_some_and(|(known, _)| **known == *table);
        if !(0..table.rows.len()).any(is_check) {
            return Some(table.clone());
        }
        let rows = table.rows.iter().enumerate().filter(|(row, _)| !is_check(*row)).map(|(_, row)| row.clone());
        let rows: Vec<_> = rows.collect();
        (!rows.is_empty()).then(|| Table { rows, ..table.clone() })
    }

    /// What a check's row says besides the check's own words, answers and blanks.
    pub(super) fn columns(&self, item: &Item) -> Vec<ColumnView> {
        let Some((table, row)) = self.rows.get(&item.range.line) else { return Vec::new() };
        let Some(cells) = table.rows.get(*row) else { return Vec::new() };
        // The check's words are those of some cells, in their order.
        let mut rest = item.text.as_str();
        let mut columns = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let text = Inline::plain(cell);
            let text = text.trim();
            if text.is_empty() || text.contains("___") || is_its_mark(item, text) || has_its_answers(item, text) {
                continue;
            }
            let after = rest.strip_prefix(text).filter(|after| after.is_empty() || after.starts_with(": "));
            if let Some(after) = after {
                rest = after.strip_prefix(": ").unwrap_or(after);
                continue;
            }
            let head = table.head.get(at).map(|head| Inline::plain(head).trim().to_owned()).unwrap_or_default();
            columns.push(ColumnView { head, inlines: inlines(cell) });
        }
        columns
    }
}

/// Whether the cell holds nothing but the mark that the check's own state shows.
fn is_its_mark(item: &Item, cell: &str) -> bool {
    let is_mark =
        matches!(cell, "[ ]" | "[]" | "[x]" | "[X]") || cell.chars().all(|one| "☐☑☒⬜□✅✔✓\u{fe0f} ".contains(one));
    is_mark && matches!(item.state, SourceMark::Open | SourceMark::Claimed)
}

/// Whether the cell is where the check's answers stand.
fn has_its_answers(item: &Item, cell: &str) -> bool {
    !item.choices.is_empty() && item.choices.iter().all(|choice| cell.contains(&choice.text))
}
