//! Markdown as typed nodes: what a window draws without ever seeing HTML.

use std::borrow::Cow;

use serde::Serialize;

use super::{CommandId, Inlines, ItemId, SectionId, Text};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Plain words.
    Text {
        /// The words.
        text: Text,
    },
    /// Words that the source emphasises.
    Emphasis {
        /// The words, inner marks dropped.
        text: Text,
    },
    /// Words that the source sets in bold.
    Strong {
        /// The words, inner marks dropped.
        text: Text,
    },
    /// Code between back-ticks.
    Code {
        /// The code.
        text: Text,
    },
    /// A link, with its target as written; whether it may be opened is decided where it is opened.
    Link {
        /// What the source shows.
        text: Text,
        /// Where it leads; apart, since most pieces are none, and a long text has many pieces.
        target: Box<Text>,
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
    // The others lie apart: most blocks of a checklist are checks.
    /// A paragraph, a list entry without a box, a quoted line.
    Prose(Box<Prose>),
    /// A fence with shell commands. Shown by its commands, never run whole.
    Commands(Box<Fence>),
    /// Any other code block.
    Code(Box<Listing>),
    /// A table.
    Table(Box<Table>),
}

/// Words of a line or of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prose {
    /// Line in the source.
    pub line: usize,
    /// How deep in lists it stands, from 0.
    pub depth: usize,
    /// `•`, `1.` or nothing.
    pub bullet: Option<Cow<'static, str>>,
    /// Whether it stands in a block quote.
    pub quoted: bool,
    /// The words.
    pub inlines: Inlines,
}

/// A fence with shell commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fence {
    /// Line of the opening fence.
    pub line: usize,
    /// The fence's text as written.
    pub text: Text,
    /// Its commands, in order.
    pub commands: Vec<CommandId>,
}

/// Code that is no shell command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// Line of the opening fence, or of the first indented line.
    pub line: usize,
    /// The info string's first word.
    pub language: Option<String>,
    /// The text as written.
    pub text: Text,
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
        Self::Text { text: Text::default() }
    }
}

impl Inline {
    /// The words without their dress.
    #[must_use]
    pub fn text(&self) -> &str {
        self.shared()
    }

    /// The words, for what says the same.
    pub(crate) fn shared(&self) -> &Text {
        match self {
            Self::Text { text } | Self::Emphasis { text } | Self::Strong { text } | Self::Code { text } => text,
            Self::Link { text, .. } => text,
        }
    }

    /// The words of a line without their dress; those of pieces that stand as they follow each other are shared.
    pub(crate) fn whole(inlines: &[Self]) -> Text {
        let all = inlines.split_first().and_then(|(first, rest)| first.shared().up_to(rest.iter().map(Self::shared)));
        all.unwrap_or_else(|| Text::from(Self::plain(inlines)))
    }

    /// Whether two pieces are dressed alike, whatever they say.
    pub(crate) fn is_dressed_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Link { target, .. }, Self::Link { target: other, .. }) => target == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Other words in the same dress.
    pub(crate) fn with(&self, text: Text) -> Self {
        match self {
            Self::Text { .. } => Self::Text { text },
            Self::Emphasis { .. } => Self::Emphasis { text },
            Self::Strong { .. } => Self::Strong { text },
            Self::Code { .. } => Self::Code { text },
            Self::Link { target, .. } => Self::Link { text, target: target.clone() },
        }
    }

    /// The place of the words.
    pub(crate) fn text_mut(&mut self) -> &mut Text {
        match self {
            Self::Text { text } | Self::Emphasis { text } | Self::Strong { text } | Self::Code { text } => text,
            Self::Link { text, .. } => text,
        }
    }

    /// The same without blanks around them.
    #[must_use]
    pub fn trimmed(inlines: &[Self]) -> Text {
        Self::whole(inlines).trimmed()
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
