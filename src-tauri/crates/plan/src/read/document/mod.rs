//! The Markdown parser's events as a tree with positions.
//!
//! The tree is an arena and is built with a stack of our own: nesting of any depth neither overflows the call stack
//! while it is walked nor when it is dropped.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use smallvec::SmallVec;

use super::inlines;
use crate::model::Inline;

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
    pub(crate) inlines: Vec<Inline>,
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
    Html(Box<String>),
    Metadata(Box<String>),
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

/// A block of code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Code {
    /// The info string; `None` for indented code.
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

static NOTHING: Node =
    Node { kind: NodeKind::Group, start: 0, end: 0, children: SmallVec::new_const(), words: (0, 0) };

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
        let Builder { nodes, words, breaks, apart, boxes, .. } = builder;
        Self { nodes, words, breaks, apart, boxes, definitions }
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
    pub(crate) fn take_words(&mut self, id: NodeId) -> Vec<Inline> {
        let Some(node) = self.nodes.get_mut(id) else { return Vec::new() };
        let (first, end) = std::mem::take(&mut node.words);
        let words = self.words.get_mut(first as usize..end as usize).unwrap_or_default();
        words.iter_mut().map(std::mem::take).collect()
    }

    /// Puts front matter in its place that the parser was not shown.
    pub(crate) fn put_metadata(&mut self, text: String, start: usize, end: usize) {
        let id = self.nodes.len();
        self.nodes.push(Node::new(NodeKind::Metadata(Box::new(text)), start, end));
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

/// How the words that come next are dressed.
#[derive(Clone)]
enum Dress {
    Emphasis,
    Strong,
    Link(String),
    Plain,
}

struct Builder {
    nodes: Vec<Node>,
    words: Vec<Inline>,
    breaks: Vec<(NodeId, Break)>,
    apart: Vec<NodeId>,
    boxes: Boxes,
    /// Open blocks, the document first.
    open: Vec<NodeId>,
    /// A paragraph that the parser does not mark: words that stand directly in a tight list's entry.
    implied: Option<NodeId>,
    dress: Vec<Dress>,
    /// The block that takes words, and how many bytes of them it has.
    measured: (NodeId, usize),
}

impl Builder {
    fn new(length: usize) -> Self {
        // A block takes about half a line, and every other one has words.
        let mut nodes = Vec::with_capacity(length / 16 + 1);
        nodes.push(Node::new(NodeKind::Document, 0, length));
        Self {
            nodes,
            words: Vec::with_capacity(length / 32 + 1),
            breaks: Vec::new(),
            apart: Vec::new(),
            boxes: Boxes::default(),
            open: vec![0],
            implied: None,
            dress: Vec::new(),
            measured: (0, 0),
        }
    }

    fn take(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(tag, start, end),
            Event::End(tag) => self.end(tag, end),
            Event::Text(text) => self.words(&text, start, end),
            // Where it leads says more than how it is dressed.
            Event::Code(text) if self.is_in_link() => self.words(&text, start, end),
            Event::Code(text) => self.piece(Inline::Code { text: text.into_string() }, start, end),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text, start, end),
            Event::InlineHtml(text) => self.words(&text, start, end),
            Event::Html(text) => self.words(&text, start, end),
            Event::FootnoteReference(name) => self.words(&format!("[^{name}]"), start, end),
            Event::SoftBreak => self.line_ends(false, start, end),
            Event::HardBreak => self.line_ends(true, start, end),
            Event::Rule => {
                self.implied = None;
                let id = self.push(NodeKind::Rule, start, end);
                self.attach(id);
            }
            Event::TaskListMarker(ticked) => self.mark(ticked),
        }
    }

    fn start(&mut self, tag: Tag<'_>, start: usize, end: usize) {
        let kind = match tag {
            Tag::Emphasis => return self.dress.push(Dress::Emphasis),
            Tag::Strong => return self.dress.push(Dress::Strong),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                return self.dress.push(Dress::Link(dest_url.into_string()));
            }
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return self.dress.push(Dress::Plain),
            Tag::Paragraph => NodeKind::Paragraph,
            Tag::Heading { level, .. } => NodeKind::Heading(level as usize),
            Tag::BlockQuote(_) => NodeKind::Quote,
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                NodeKind::Code(Box::new(Code { info: Some(info.into_string()), text: String::new() }))
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => NodeKind::Code(Box::default()),
            Tag::HtmlBlock => NodeKind::Html(Box::default()),
            Tag::MetadataBlock(_) => NodeKind::Metadata(Box::default()),
            Tag::List(first) => NodeKind::List(first),
            Tag::Item => NodeKind::ListItem { ticked: None },
            Tag::Table(_) => NodeKind::Table,
            Tag::TableHead => NodeKind::TableHead,
            Tag::TableRow => NodeKind::TableRow,
            Tag::TableCell => NodeKind::TableCell,
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => NodeKind::Group,
        };
        self.implied = None;
        let is_apart = matches!(kind, NodeKind::Code(_) | NodeKind::Html(_) | NodeKind::Table);
        let id = self.push(kind, start, end);
        if is_apart {
            self.apart.push(id);
        }
        self.attach(id);
        self.open.push(id);
    }

    /// A link whose words are a picture with an address of its own, or none at all, is shown by where it leads.
    fn close_link(&mut self, target: String, end: usize) {
        let holder = self.holder(end);
        let last = self.nodes.get(holder).filter(|node| node.words.1 > node.words.0).and(self.words.last());
        let is_said = matches!(last, Some(Inline::Link { target: said, .. }) if *said == target);
        if !is_said && !target.is_empty() {
            self.piece(Inline::Link { text: target.clone(), target }, end, end);
        }
    }

    fn end(&mut self, tag: TagEnd, end: usize) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {
                if let Some(Dress::Link(target)) = self.dress.pop() {
                    self.close_link(target, end);
                }
            }
            _ => {
                self.implied = None;
                self.dress.clear();
                if self.open.len() > 1 {
                    self.open.pop();
                }
            }
        }
    }

    fn is_in_link(&self) -> bool {
        self.dress.iter().any(|dress| matches!(dress, Dress::Link(_)))
    }

    fn words(&mut self, words: &str, start: usize, end: usize) {
        let top = self.top();
        match self.nodes.get_mut(top).map(|node| &mut node.kind) {
            Some(NodeKind::Code(code)) => return code.text.push_str(words),
            Some(NodeKind::Html(text) | NodeKind::Metadata(text)) => return text.push_str(words),
            _ => {}
        }
        let text = words.to_owned();
        let dress = self.dress.iter().rev().find(|dress| matches!(dress, Dress::Link(_))).or(self
            .dress
            .iter()
            .rev()
            .find(|dress| matches!(dress, Dress::Strong))
            .or(self.dress.last()));
        let piece = match dress {
            Some(Dress::Link(target)) => Inline::Link { text, target: target.clone() },
            Some(Dress::Strong) => Inline::Strong { text },
            Some(Dress::Emphasis) => Inline::Emphasis { text },
            Some(Dress::Plain) | None => Inline::Text { text },
        };
        self.piece(piece, start, end);
    }

    /// A blank in the words, and the place where the line ended.
    fn line_ends(&mut self, hard: bool, start: usize, end: usize) {
        let holder = self.holder(start);
        let at = if self.measured.0 == holder { self.measured.1 } else { 0 };
        self.breaks.push((holder, Break { at, offset: start, next: end, hard }));
        self.words(" ", start, end);
    }

    fn piece(&mut self, piece: Inline, start: usize, end: usize) {
        let holder = self.holder(start);
        let Some(node) = self.nodes.get_mut(holder) else { return };
        node.end = node.end.max(short(end));
        if self.measured.0 != holder {
            self.measured = (holder, 0);
        }
        self.measured.1 += piece.text().len();
        // The parser cuts words at every bracket; whoever reads them wants them in one piece.
        let (first, behind) = node.words;
        let last = if behind > first { self.words.last_mut() } else { None };
        match (last, &piece) {
            (Some(Inline::Text { text }), Inline::Text { text: more })
            | (Some(Inline::Strong { text }), Inline::Strong { text: more })
            | (Some(Inline::Emphasis { text }), Inline::Emphasis { text: more }) => text.push_str(more),
            (Some(Inline::Link { text, target }), Inline::Link { text: more, target: other }) if target == other => {
                text.push_str(more);
            }
            _ => {
                let at = short(self.words.len());
                node.words = (if behind > first { first } else { at }, at + 1);
                self.words.push(piece);
            }
        }
    }

    /// The block that takes words now; in a tight list's entry an implied paragraph.
    fn holder(&mut self, start: usize) -> NodeId {
        let top = self.top();
        let words_stand_here = self
            .nodes
            .get(top)
            .is_some_and(|node| matches!(node.kind, NodeKind::Heading(_) | NodeKind::Paragraph | NodeKind::TableCell));
        if words_stand_here {
            return top;
        }
        if let Some(id) = self.implied {
            return id;
        }
        let id = self.push(NodeKind::Paragraph, start, start);
        self.attach(id);
        self.implied = Some(id);
        id
    }

    /// The box belongs to the innermost list entry that is open. Its place may lie outside of the paragraph that the
    /// parser reports around it, so the order of events decides, not the offsets.
    fn mark(&mut self, is_ticked: bool) {
        for id in self.open.iter().rev() {
            if let Some(NodeKind::ListItem { ticked }) = self.nodes.get_mut(*id).map(|node| &mut node.kind) {
                match ticked.replace(is_ticked) {
                    Some(before) => self.boxes.ticked -= usize::from(before),
                    None => self.boxes.all += 1,
                }
                self.boxes.ticked += usize::from(is_ticked);
                return;
            }
        }
    }

    fn push(&mut self, kind: NodeKind, start: usize, end: usize) -> NodeId {
        self.nodes.push(Node::new(kind, start, end));
        self.nodes.len() - 1
    }

    fn attach(&mut self, id: NodeId) {
        let top = self.top();
        if let Some(node) = self.nodes.get_mut(top) {
            node.children.push(short(id));
        }
    }

    fn top(&self) -> NodeId {
        self.open.last().copied().unwrap_or(0)
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
