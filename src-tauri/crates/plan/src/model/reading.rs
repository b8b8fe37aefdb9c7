//! How the reader understood each stretch of the text.

use serde::Serialize;

use super::{CommandId, ContactId, CriterionId, ItemId, MessageId, ReferenceId, SectionId};

/// A stretch of the source and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// First byte, counted in the text without a byte-order mark.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Its first line, from 1.
    pub line: usize,
    /// Its last line.
    pub end_line: usize,
    /// What it was taken for.
    #[serde(flatten)]
    pub read: ReadAs,
}

/// What a stretch of the source was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum ReadAs {
    /// A heading, or a line that serves as one.
    Heading {
        /// Its section.
        section: SectionId,
    },
    /// An item's own line.
    Item {
        /// Which.
        item: ItemId,
        /// The criterion that was read from it.
        criterion: Option<CriterionId>,
    },
    /// A line with a criterion that is no item.
    Criterion {
        /// Which.
        criterion: CriterionId,
    },
    /// Shell commands of a fence.
    Commands {
        /// Which, in order.
        commands: Vec<CommandId>,
    },
    /// Something to be told.
    Message {
        /// Which.
        message: MessageId,
    },
    /// Somebody to call, or a place to meet.
    Contact {
        /// Which.
        contacts: Vec<ContactId>,
    },
    /// Something to have at hand.
    Reference {
        /// Which.
        references: Vec<ReferenceId>,
    },
    /// Words, shown as they stand.
    Prose,
    /// Code that is no shell command, shown as it stands.
    Code,
    /// A table whose rows are no items, shown as it stands.
    Table,
    /// Front matter.
    FrontMatter,
    /// A comment or raw HTML, shown as text and never drawn.
    Html,
    /// A rule, the target of a link, a mark of a list or a quote: nothing that says anything by itself.
    Layout,
}
