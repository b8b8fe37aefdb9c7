//! A line or a fence as the readers of criteria, messages, contacts and references walk over it.

use std::ops::Range;
use std::rc::Rc;

use crate::model::{CommandId, Text};
use crate::read::hints::Hints;
use crate::read::script::Group;

/// A line or a fence of the text, in the order of the text.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) line: usize,
    /// Index of its section.
    pub(crate) section: Option<usize>,
    /// Depth of nesting in lists, from 0.
    pub(crate) depth: usize,
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

impl Entry {
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
