//! A line or a fence as the readers of criteria, messages, contacts and references walk over it.

use std::num::NonZero;
use std::ops::Range;
use std::rc::Rc;

use crate::model::{CommandId, Text};
use crate::read::hints::Hints;
use crate::read::script::Group;

/// A line or a fence of the text, in the order of the text. Of a long text there are many, and each reader goes through
/// them: numbers have four bytes here, so that an entry is 64 bytes, which is what comes out of the memory at once.
#[derive(Debug)]
pub(crate) struct Entry {
    line: u32,
    /// Index of its section, counted from 1.
    section: Option<NonZero<u32>>,
    depth: u32,
    /// Whether it stands in a block quote.
    pub(crate) quoted: bool,
    pub(crate) text: Text,
    /// What its words may say.
    pub(crate) hints: Hints,
    pub(crate) kind: EntryKind,
}

#[derive(Debug)]
pub(crate) enum EntryKind {
    /// A list entry with a box; the index of its item.
    Item(usize),
    /// A list entry without a box.
    Bullet,
    Paragraph,
    // What few entries have lies apart: every reader goes through all entries, and most are a line of words.
    Script(Box<Script>),
    /// Any other fence; the line of its first row.
    Fence {
        first_line: usize,
    },
    Row(Box<Row>),
}

/// Shell commands.
#[derive(Debug)]
pub(crate) struct Script {
    /// In groups, with the commands' ids in the same order.
    pub(crate) groups: Vec<(Group, Vec<CommandId>)>,
    /// The item that they belong to.
    pub(crate) item: Option<usize>,
    /// Index of its first command among [`super::Bodies::commands`], as long as those stand as they were read.
    pub(crate) first: usize,
}

/// A table's row below its head.
#[derive(Debug)]
pub(crate) struct Row {
    /// The cells of the head, which all rows of the table share.
    pub(crate) head: Rc<[String]>,
    pub(crate) cells: Vec<String>,
    /// The row's item, where it is one.
    pub(crate) item: Option<usize>,
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) section: Option<usize>,
    pub(super) depth: usize,
    pub(super) quoted: bool,
}

impl Entry {
    pub(super) fn new(place: Place, text: Text, hints: Hints, kind: EntryKind) -> Self {
        let Place { line, section, depth, quoted } = place;
        let section = section.map(|section| NonZero::<u32>::MIN.saturating_add(short(section)));
        Self { line: short(line), section, depth: short(depth), quoted, text, hints, kind }
    }

    pub(crate) fn line(&self) -> usize {
        self.line as usize
    }

    /// Index of its section.
    pub(crate) fn section(&self) -> Option<usize> {
        self.section.map(|section| section.get() as usize - 1)
    }

    /// Depth of nesting in lists, from 0.
    pub(crate) fn depth(&self) -> usize {
        self.depth as usize
    }

    /// The places of its commands among [`super::Bodies::commands`], as long as those stand as they were read.
    pub(crate) fn commands(&self) -> Range<usize> {
        match &self.kind {
            EntryKind::Script(script) => {
                script.first..script.first + script.groups.iter().map(|(_, ids)| ids.len()).sum::<usize>()
            }
            _ => 0..0,
        }
    }
}

/// A number in as many bytes as an entry keeps of it.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_out_of_the_memory_at_once() {
        assert_eq!(size_of::<Entry>(), 64);
        let place = Place { line: 7, section: Some(0), depth: 2, quoted: true };
        let entry = Entry::new(place, "a".into(), Hints::ANY, EntryKind::Paragraph);
        assert_eq!((entry.line(), entry.section(), entry.depth(), entry.quoted), (7, Some(0), 2, true));
        let entry = Entry::new(Place { section: None, ..place }, "a".into(), Hints::ANY, EntryKind::Paragraph);
        assert_eq!(entry.section(), None);
    }
}
