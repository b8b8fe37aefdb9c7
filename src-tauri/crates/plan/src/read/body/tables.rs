//! Tables: each row an entry, and an item where the table is a list of checks.

use std::rc::Rc;

use super::items::Draft;
use super::{Bodies, EntryKind, Row, Task};
use crate::model::{Inline, Level, SectionKind, Table, Text};
use crate::read::document::{Document, NodeId, NodeKind};
use crate::read::notes::{Note, Notes};
use crate::read::outline::Outline;
use crate::read::rows::{self, Kind};
use crate::read::source::Source;
use crate::read::when;

impl Bodies {
    /// The entries of a table, and the items of its rows.
    pub(super) fn rows(
        &mut self,
        document: &Document,
        source: &Source<'_>,
        outline: &mut Outline,
        notes: &mut Notes<'_>,
        task: &Task,
        table: &Table,
    ) {
        let words = |cells: &[Vec<Inline>]| -> Vec<String> {
            cells.iter().map(|cell| Inline::plain(cell).trim().to_owned()).collect()
        };
        let head: Rc<[String]> = words(&table.head).into();
        let mut made = self.items_of_rows(outline, notes, task, table).unwrap_or_default().into_iter();
        let rows = document.node(task.node).children().map(|row| document.node(row));
        let rows = rows.filter(|row| row.kind == NodeKind::TableRow);
        for (row, cells) in rows.zip(&table.rows) {
            let cells = words(cells);
            let line = source.line(row.start());
            let item = made.next().flatten().map(|draft| self.place(source, outline, task, line, draft));
            let text = cells.join(" | ");
            self.entry(task, line, text.into(), EntryKind::Row(Box::new(Row { head: Rc::clone(&head), cells, item })));
        }
    }

    fn items_of_rows(
        &self,
        outline: &Outline,
        notes: &mut Notes<'_>,
        task: &Task,
        table: &Table,
    ) -> Option<Vec<Option<Draft>>> {
        let section = outline.section(task.section)?;
        if task.quoted {
            return None;
        }
        let (kind, rows) = rows::read(&table.head, &table.rows)?;
        if kind == Kind::Steps
            && (!self.work.numbered || matches!(section.kind, SectionKind::Contacts | SectionKind::Reference))
        {
            return None;
        }
        let count = rows.iter().flatten().count();
        if count > 0 {
            note(notes, table.line, kind, count);
        }
        let drafts = rows.into_iter().map(|row| {
            let row = row?;
            let mut draft = Draft::new(row.inlines.into(), row.state, row.origin);
            draft.text = row.text.into();
            draft.choices = row.choices;
            draft.fields = row.fields;
            draft.owner = row.owner.map(Text::from);
            draft.expected = row.expected.map(Text::from);
            draft.due = row.time.and_then(|time| when::when(&time, None));
            Some(draft)
        });
        Some(drafts.collect())
    }
}

/// Whether the table's rows would be items.
pub(super) fn holds_item(document: &Document, id: NodeId) -> bool {
    let table = super::table(document, id, 0);
    rows::read(&table.head, &table.rows).is_some_and(|(_, rows)| rows.iter().any(Option::is_some))
}

fn note(notes: &mut Notes<'_>, line: usize, kind: Kind, count: usize) {
    let rows = if count == 1 { "1 row of this table is".to_owned() } else { format!("{count} rows of this table are") };
    let (code, message, mend) = match kind {
        Kind::States => (
            "BOX-15",
            format!("{rows} read as checks, the column of signs as their state; a tick in it counts as a claim."),
            "Nothing is to be done if each row is to be checked; else leave the column of signs out.",
        ),
        Kind::Choices => (
            "BOX-15",
            format!("{rows} read as questions with the answers of their cell."),
            "Nothing is to be done if each asks for one answer.",
        ),
        Kind::Levels => (
            "BOX-16",
            format!(
                "{rows} read as open checks: a tick in several columns says for which level a check is demanded, not that it is done."
            ),
            "Leave out the rows of levels that this deployment does not need.",
        ),
        Kind::Steps => (
            "BOX-18",
            format!("{rows} read as steps without a box, by their times and actions."),
            "Write them as list entries with a box if they are to be ticked apart.",
        ),
    };
    notes.on_line(line, Note { code, level: Level::Note, message, mend });
}
