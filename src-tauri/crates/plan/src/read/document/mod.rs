//! The Markdown parser's events as a tree with positions.
//!
//! The tree is an arena and is built with a stack of our own: nesting of any depth neither overflows the call stack
//! while it is walked nor when it is dropped.

use pulldown_cmark::{Options, Parser};
use smallvec::SmallVec;

use super::inlines;
use crate::model::{Inline, Inlines};
use build::Builder;

mod build;
mod recover;

/// Index of a node in [`Document::nodes`].
pub(crate) type NodeId = usize;

/// A block of the document. A long text has many, and each reader goes through them: a place in the text, a number of a
/// block and one of a piece of words have four bytes here, which are enough for a text of four gigabytes.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// Byte range in the source.
    start: u32,
    end: u32,
    /// Most blocks hold one block or two, which need no place of their own in memory.
    children: SmallVec<[u32; 4]>,
    /// The words of a heading, paragraph or table cell: the first and the last but one among all of the document.
    words: (u32, u32),
}

impl Node {
    fn new(kind: NodeKind, start: usize, end: usize) -> Self {
        let (start, end) = (short(start), short(end));
        Self { kind, start, end, children: SmallVec::new_const(), words: (0, 0) }
    }

    /// The first byte in the source.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }

    /// The byte in the source behind the last.
    pub(crate) fn end(&self) -> usize {
        self.end as usize
    }

    /// The blocks in this one.
    pub(crate) fn children(&self) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator {
        self.children.iter().map(|id| *id as usize)
    }

    /// The first block in this one.
    pub(crate) fn first(&self) -> Option<NodeId> {
        self.children().next()
    }

    /// The block in this one, where there is just one.
    pub(crate) fn only(&self) -> Option<NodeId> {
        self.first().filter(|_| self.children.len() == 1)
    }
}

/// A number of a place in as many bytes as a block keeps of it.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The end of a line inside a paragraph; in the words it is one blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Break {
    /// Byte in the words, counted over all inlines.
    pub(crate) at: usize,
    /// Byte in the source where the line ends, and where the next one begins.
    pub(crate) offset: usize,
    pub(crate) next: usize,
    /// Whether the author asked for it, with two blanks or a backslash.
    pub(crate) hard: bool,
}

/// One line of a paragraph.
#[derive(Debug)]
pub(crate) struct Line {
    /// Byte range in the source.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) inlines: Inlines,
    /// Whether the break before it was asked for; so is the paragraph's beginning.
    pub(crate) hard: bool,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Document,
    Heading(usize),
    Paragraph,
    Quote,
    /// First number of an ordered list.
    List(Option<u64>),
    /// `Some(ticked)` where it has a box.
    ListItem {
        ticked: Option<bool>,
    },
    // What few blocks have lies apart: there are many more blocks of other kinds, and they are gone through often.
    Code(Box<Code>),
    Html(Box<Code>),
    Metadata(Box<Code>),
    Table,
    TableHead,
    TableRow,
    TableCell,
    Rule,
    /// A list that Markdown takes for indented code.
    Lost,
    /// Footnote definitions and whatever else only holds blocks.
    Group,
}

/// A block of code, of HTML or of front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Code {
    /// The info string; only a fence of code has one.
    pub(crate) info: Option<String>,
    pub(crate) text: String,
}

/// The whole text as a tree; node 0 is the document.
#[derive(Debug)]
pub(crate) struct Document {
    nodes: Vec<Node>,
    /// The words of all blocks, those of one behind each other.
    words: Vec<Inline>,
    /// Where lines of the source end inside of a block's words, by the block: few have more than one line.
    breaks: Vec<(NodeId, Break)>,
    /// The blocks of code and of HTML and the tables, so that whoever asks for these alone does not go through all.
    apart: Vec<NodeId>,
    boxes: Boxes,
    /// Bytes of the definitions of links, which are no blocks: the parser takes them out of the text.
    definitions: Vec<(usize, usize)>,
}

/// How many list entries have a box.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Boxes {
    pub(crate) all: usize,
    pub(crate) ticked: usize,
}

static NOTHING: Node = Node { kind: NodeKind::Group, start: 0, end: 0, children: SmallVec::new_const(), words: (0, 0) };

impl Document {
    /// The text as a tree, lists that Markdown takes for code put back into it.
    pub(crate) fn parse(text: &str) -> Self {
        let mut document = Self::tree(text);
        recover::lists(&mut document, text);
        document
    }

    /// The text as Markdown has it.
    fn tree(text: &str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut builder = Builder::new(text.len());
        let parser = Parser::new_ext(text, options);
        let definitions = parser.reference_definitions().iter();
        let definitions = definitions.map(|(_, definition)| (definition.span.start, definition.span.end)).collect();
        for (event, range) in parser.into_offset_iter() {
            builder.take(event, range.start, range.end);
        }
        builder.tree(definitions)
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id).unwrap_or(&NOTHING)
    }

    /// Where lines of the source end inside of a block's words.
    pub(crate) fn breaks(&self, id: NodeId) -> impl Iterator<Item = &Break> {
        // A block is closed before another one takes words, so that they stand in the order of the blocks.
        let first = self.breaks.partition_point(|(of, _)| *of < id);
        let all = self.breaks.get(first..).unwrap_or_default().iter();
        all.take_while(move |(of, _)| *of == id).map(|(_, found)| found)
    }

    /// The words of a heading, paragraph or table cell.
    pub(crate) fn words(&self, id: NodeId) -> &[Inline] {
        self.words_of(self.node(id))
    }

    /// The words of a block that is at hand.
    pub(crate) fn words_of(&self, node: &Node) -> &[Inline] {
        let (first, end) = node.words;
        self.words.get(first as usize..end as usize).unwrap_or_default()
    }

    /// Takes the words out of a block that nobody reads again.
    pub(crate) fn take_words(&mut self, id: NodeId) -> Inlines {
        let Some(node) = self.nodes.get_mut(id) else { return Inlines::default() };
        let (first, end) = std::mem::take(&mut node.words);
        let words = self.words.get_mut(first as usize..end as usize).unwrap_or_default();
        words.iter_mut().map(std::mem::take).collect()
    }

    /// Puts front matter in its place that the parser was not shown.
    pub(crate) fn put_metadata(&mut self, text: String, start: usize, end: usize) {
        let id = self.nodes.len();
        self.nodes.push(Node::new(NodeKind::Metadata(Box::new(Code { info: None, text })), start, end));
        let before = self.top().take_while(|child| self.node(*child).start() < start).count();
        if let Some(document) = self.nodes.first_mut() {
            document.children.insert(before, short(id));
        }
    }

    /// The document's own blocks.
    pub(crate) fn top(&self) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator {
        self.node(0).children()
    }

    /// How many list entries have a box.
    pub(crate) fn boxes(&self) -> Boxes {
        self.boxes
    }

    /// The blocks of code and of HTML and the tables.
    pub(crate) fn apart(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.apart.iter().map(|id| (*id, self.node(*id)))
    }

    /// Bytes of the definitions of links.
    pub(crate) fn definitions(&self) -> &[(usize, usize)] {
        &self.definitions
    }

    /// The lines of a paragraph, each with its own words.
    pub(crate) fn lines(&self, id: NodeId) -> Vec<Line> {
        let node = self.node(id);
        let mut lines = Vec::new();
        let mut rest = inlines::Cutter::new(self.words_of(node));
        let (mut start, mut hard, mut from) = (node.start(), true, 0);
        for found in self.breaks(id) {
            let cut = rest.take(found.at.saturating_sub(from));
            // The blank that stands for the break.
            rest.take(1);
            lines.push(Line { start, end: found.offset, inlines: cut, hard });
            start = found.next;
            from = found.at + 1;
            hard = found.hard;
        }
        lines.push(Line { start, end: node.end(), inlines: rest.rest(), hard });
        lines
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(text: &str) -> Vec<(bool, String)> {
        let document = Document::parse(text);
        document
            .nodes()
            .filter_map(|node| match node.kind {
                NodeKind::ListItem { ticked: Some(ticked) } => {
                    let words = node.first().map(|id| Inline::plain(document.words(id)));
                    Some((ticked, words.unwrap_or_default()))
                }
                _ => None,
            })
            .collect()
    }

    /// Of a long text there are hundreds of thousands: whoever makes it greater looks at what reading takes.
    #[test]
    fn a_block_is_small() {
        assert!(size_of::<Node>() <= 56, "{}", size_of::<Node>());
    }

    #[test]
    fn a_box_is_found_in_tight_and_loose_lists_and_before_any_dress() {
        let text = "- [ ] `code` first\n- [X] **bold**\n\n* [ ] loose\n\n  more\n\t* [x] [link](x) tab child\n1. [ ] 🚀 numbered\n";
        assert_eq!(
            boxes(text),
            [
                (false, "code first".to_owned()),
                (true, "bold".to_owned()),
                (false, "loose".to_owned()),
                (true, "link tab child".to_owned()),
                (false, "🚀 numbered".to_owned()),
            ]
        );
    }

    #[test]
    fn nesting_of_any_depth_is_read() {
        let depth = 20_000;
        let text = "> ".repeat(depth) + "- [ ] deep";
        assert_eq!(boxes(&text).len(), 1);
        let mut list = String::new();
        for level in 0..500 {
            list.push_str(&" ".repeat(level * 2));
            list.push_str("- [ ] x\n");
        }
        assert_eq!(boxes(&list).len(), 500);
    }
}
