//! Markdown as typed nodes: what a window draws without ever seeing HTML.

use std::borrow::Cow;

use serde::Serialize;

use super::{CommandId, ItemId, SectionId};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Plain words.
    Text {
        /// The words.
        text: String,
    },
    /// Words that the source emphasises.
    Emphasis {
        /// The words, inner marks dropped.
        text: String,
    },
    /// Words that the source sets in bold.
    Strong {
        /// The words, inner marks dropped.
        text: String,
    },
    /// Code between back-ticks.
    Code {
        /// The code.
        text: String,
    },
    /// A link, with its target as written; whether it may be opened is decided where it is opened.
    Link {
        /// What the source shows.
        text: String,
        /// Where it leads.
        target: String,
    },
}

/// A block of a section or of an item, in the order of the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A check; its own blocks and children hang on the item.
    Item {
        /// Which.
        id: ItemId,
    },
    /// A heading below, with its own body.
    Section {
        /// Which.
        id: SectionId,
    },
    /// A paragraph, a list entry without a box, a quoted line.
    Prose {
        /// Line in the source.
        line: usize,
        /// How deep in lists it stands, from 0.
        depth: usize,
        /// `•`, `1.` or nothing.
        bullet: Option<String>,
        /// Whether it stands in a block quote.
        quoted: bool,
        /// The words.
        inlines: Vec<Inline>,
    },
    /// A fence with shell commands. Shown by its commands, never run whole.
    Commands {
        /// Line of the opening fence.
        line: usize,
        /// The fence's text as written.
        text: String,
        /// Its commands, in order.
        commands: Vec<CommandId>,
    },
    /// Any other code block.
    Code {
        /// Line of the opening fence, or of the first indented line.
        line: usize,
        /// The info string's first word.
        language: Option<String>,
        /// The text as written.
        text: String,
    },
    /// A table.
    Table(Table),
}

/// A table's cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Line in the source.
    pub line: usize,
    /// The head's cells.
    pub head: Vec<Vec<Inline>>,
    /// The rows' cells.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

impl Default for Inline {
    fn default() -> Self {
        Self::Text { text: String::new() }
    }
}

impl Inline {
    /// The words without their dress.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text } | Self::Emphasis { text } | Self::Strong { text } | Self::Code { text } => text,
            Self::Link { text, .. } => text,
        }
    }

    /// The words of a line without their dress, as they stand where they are one piece.
    #[must_use]
    pub fn said(inlines: &[Self]) -> Cow<'_, str> {
        match inlines {
            [] => Cow::Borrowed(""),
            [one] => Cow::Borrowed(one.text()),
            many => Cow::Owned(Self::plain(many)),
        }
    }

    /// The words of a line without their dress.
    #[must_use]
    pub fn plain(inlines: &[Self]) -> String {
        let mut words = String::with_capacity(inlines.iter().map(|inline| inline.text().len()).sum());
        inlines.iter().for_each(|inline| words.push_str(inline.text()));
        words
    }
}
