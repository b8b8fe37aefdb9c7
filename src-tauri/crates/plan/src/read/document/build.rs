//! From the parser's events to the tree.
//!
//! Owns: which block takes words, and how they are dressed. Must not know: what a block says.

use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Boxes, Break, Code, Document, Node, NodeId, NodeKind, short};
use crate::model::{Inline, Text};

/// How the words that come next are dressed.
#[derive(Clone)]
enum Dress {
    Emphasis,
    Strong,
    Link(Text),
    Plain,
}

/// A tree that grows by one event after the other.
pub(super) struct Builder {
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
    /// The piece that takes words now, still without them, and its block: the parser cuts words at every bracket, and
    /// whoever reads them wants them in one piece.
    piece: Option<(NodeId, Inline)>,
    /// The words of all pieces so far, those of the piece that takes words now behind all others.
    said: String,
    /// The first byte of these.
    first: usize,
}

impl Builder {
    /// An empty tree for a text of that many bytes.
    pub(super) fn new(length: usize) -> Self {
        // A block takes more than half a line, and every other one has words. No more than is needed: of a text as long
        // as a thousand checklists the blocks then have less than 32 MB, above which an allocator asks the system for
        // fresh memory each time.
        let mut nodes = Vec::with_capacity(length / 22 + 1);
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
            piece: None,
            said: String::with_capacity(length / 2),
            first: 0,
        }
    }

    /// Takes an event, with its place in the source.
    pub(super) fn take(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(tag, start, end),
            Event::End(tag) => self.end(tag, end),
            Event::Text(text) => self.words(&text, start, end),
            // Where it leads says more than how it is dressed.
            Event::Code(text) if self.is_in_link() => self.words(&text, start, end),
            Event::Code(text) => self.piece(Inline::Code { text: Text::default() }, &text, start, end),
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
                return self.dress.push(Dress::Link(Text::from(&*dest_url)));
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
    fn close_link(&mut self, target: Text, end: usize) {
        let holder = self.holder(end);
        let last = self.piece.as_ref().filter(|(of, _)| *of == holder).map(|(_, piece)| piece);
        let is_said = matches!(last, Some(Inline::Link { target: said, .. }) if **said == target);
        if !is_said && !target.is_empty() {
            let text = target.clone();
            self.piece(Inline::Link { text: Text::default(), target: Box::new(target) }, &text, end, end);
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
        if let Some(NodeKind::Code(code) | NodeKind::Html(code) | NodeKind::Metadata(code)) =
            self.nodes.get_mut(top).map(|node| &mut node.kind)
        {
            return code.text.push_str(words);
        }
        let text = Text::default();
        let dress = self.dress.iter().rev().find(|dress| matches!(dress, Dress::Link(_))).or(self
            .dress
            .iter()
            .rev()
            .find(|dress| matches!(dress, Dress::Strong))
            .or(self.dress.last()));
        let piece = match dress {
            Some(Dress::Link(target)) => Inline::Link { text, target: Box::new(target.clone()) },
            Some(Dress::Strong) => Inline::Strong { text },
            Some(Dress::Emphasis) => Inline::Emphasis { text },
            Some(Dress::Plain) | None => Inline::Text { text },
        };
        self.piece(piece, words, start, end);
    }

    /// A blank in the words, and the place where the line ended.
    fn line_ends(&mut self, hard: bool, start: usize, end: usize) {
        let holder = self.holder(start);
        let at = if self.measured.0 == holder { self.measured.1 } else { 0 };
        self.breaks.push((holder, Break { at, offset: start, next: end, hard }));
        self.words(" ", start, end);
    }

    /// Takes words: as the piece whose dress is given, or as more of the one that stands before them.
    fn piece(&mut self, dress: Inline, words: &str, start: usize, end: usize) {
        let holder = self.holder(start);
        let Some(node) = self.nodes.get_mut(holder) else { return };
        node.end = node.end.max(short(end));
        if self.measured.0 != holder {
            self.measured = (holder, 0);
        }
        self.measured.1 += words.len();
        let goes_on = |(of, open): &(NodeId, Inline)| {
            *of == holder && open.is_dressed_as(&dress) && !matches!(dress, Inline::Code { .. })
        };
        if !self.piece.as_ref().is_some_and(goes_on) {
            self.close_piece();
            self.piece = Some((holder, dress));
        }
        self.said.push_str(words);
    }

    /// Gives the piece that takes words its words, and its block the piece.
    fn close_piece(&mut self) {
        let Some((holder, mut piece)) = self.piece.take() else { return };
        *piece.text_mut() = Text::at(self.first..self.said.len());
        self.first = self.said.len();
        if let Some(node) = self.nodes.get_mut(holder) {
            let at = short(self.words.len());
            let (first, behind) = node.words;
            node.words = (if behind > first { first } else { at }, at + 1);
            self.words.push(piece);
        }
    }

    /// The tree of all that was taken; `definitions` are those of links.
    pub(super) fn tree(mut self, definitions: Vec<(usize, usize)>) -> Document {
        self.close_piece();
        let place = Arc::new(self.said);
        self.words.iter_mut().for_each(|piece| piece.text_mut().put(&place));
        let Self { nodes, words, breaks, apart, boxes, .. } = self;
        Document { nodes, words, breaks, apart, boxes, definitions }
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
