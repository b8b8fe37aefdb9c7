//! What stands in the sections: items with their nesting, commands, prose; and the same once more as plain entries,
//! which is what the readers of criteria, messages, contacts and references walk over.

mod entries;
mod entry;
mod items;
mod lines;
mod tables;

use std::borrow::Cow;

use super::counts;
use super::document::{Code, Document, NodeId, NodeKind};
use super::held::{self, Heads};
use super::hints::{Hint, Hints};
use super::notes::Notes;
use super::ordinals::Ordinals;
use super::outline::{Outline, Part, Path};
use super::quick::{ByNumber, QuickSet, put_in_order};
use super::script::{self, Grammar};
use super::source::Source;
use super::steps::{self, Title, Work};
use crate::model::{
    Block, Command, CommandId, Fence, Inline, Inlines, Item, Listing, Origin, Prose, SourceMark, Table, Text,
};
use entries::List;
use items::Draft;

pub(crate) use entry::{Entry, EntryKind, Row, Script};
pub(crate) use lines::holds_item;

/// Everything that the sections hold.
#[derive(Default)]
pub(crate) struct Bodies {
    pub(crate) items: Vec<Item>,
    /// Index of each item's section.
    pub(crate) item_sections: Vec<Option<usize>>,
    /// What each item's words may say.
    pub(crate) item_hints: Vec<Hints>,
    pub(crate) commands: Vec<Command>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) preamble: Vec<Block>,
    /// The headings that are gates.
    pub(crate) heads: Heads,
    /// Index of the item that each item is nested in.
    parents: Vec<Option<usize>>,
    /// Index of each section's first item.
    firsts: ByNumber<usize>,
    /// Names over lists ("Release manager:") that say who does what stands below.
    owners: Vec<Text>,
    /// Digests of what the headings say, for telling contents from steps.
    titles: QuickSet<u64>,
    /// Whether a block of code is one of shell commands, by the block's number.
    pub(crate) shells: ByNumber<bool>,
    /// Whether a box stands in a block or below it, by the block's number.
    holds_box: Vec<bool>,
    /// What counts as a step in the section that is being read.
    work: Work,
    /// Whether that section belongs to a gate of a heading.
    is_held: bool,
    ordinals: Ordinals,
    /// What stands above the items below one, which is the item and its section's headings.
    below: Option<(usize, Option<usize>, Path)>,
    pub(crate) grammar: Grammar,
    /// The blocks that wait to be read; empty between two that stand directly in a section, and kept for the next.
    tasks: Vec<Task>,
}

/// Where a block goes.
#[derive(Debug, Clone, Copy)]
enum Holder {
    Preamble,
    Section(usize),
    Item(usize),
}

/// The sign that an entry of a list begins with.
#[derive(Debug, Clone, Copy)]
enum Bullet {
    Dot,
    Number(u64),
}

impl Bullet {
    fn shown(self) -> Cow<'static, str> {
        match self {
            Self::Dot => Cow::Borrowed("•"),
            Self::Number(number) => Cow::Owned(format!("{number}.")),
        }
    }
}

/// A block that waits to be read.
struct Task {
    node: NodeId,
    holder: Holder,
    section: Option<usize>,
    /// The nearest item around it.
    item: Option<usize>,
    depth: usize,
    quoted: bool,
    bullet: Option<Bullet>,
    /// The list that it is an entry of.
    list: List,
    /// The name over it that says who does it; index into [`Bodies::owners`].
    owner: Option<usize>,
}

impl Bodies {
    /// Fills the sections' bodies, and collects items, commands and entries; their words are taken out of the document.
    pub(crate) fn read(
        document: &mut Document,
        source: &Source<'_>,
        outline: &mut Outline,
        notes: &mut Notes<'_>,
    ) -> Self {
        let (holds_box, said) = lines::holds_box(document);
        let mut bodies = Self { holds_box, ..Self::default() };
        let boxes = document.boxes().all;
        bodies.items.reserve(boxes);
        bodies.item_sections.reserve(boxes);
        bodies.item_hints.reserve(boxes);
        bodies.parents.reserve(boxes);
        bodies.ordinals.reserve(boxes);
        bodies.entries.reserve(said);
        bodies.titles = outline.sections.iter().map(|section| entries::title(&section.text)).collect();
        for at in 0..outline.preamble.len() {
            let Some(node) = outline.preamble.get(at).copied() else { continue };
            bodies.block(document, source, outline, notes, Task::top(node, Holder::Preamble, None));
        }
        let titles = outline.sections.iter().enumerate();
        let titles: Vec<Title> = titles.map(|(at, section)| Title::of(section, outline.hints(at))).collect();
        // By line, since the section for what stands above every heading was added last.
        let mut order: Vec<usize> = (0..outline.sections.len()).collect();
        order.sort_by_key(|at| outline.sections.get(*at).map(|section| section.line));
        for section in order {
            let parts = outline.blocks.get(section).map(Vec::as_slice).unwrap_or_default();
            let has_box = parts.iter().any(|part| match part {
                Part::Block(node) => bodies.holds_box.get(*node).copied().unwrap_or(false),
                Part::Section(_) => false,
            });
            if let (Some(own), Some(title)) = (outline.section(Some(section)), titles.get(section)) {
                let above = outline.above(Some(section)).skip(1);
                let above = above.filter_map(|at| Some((outline.section(Some(at))?, titles.get(at)?)));
                bodies.work = Work::of(own, title, above, has_box);
            }
            bodies.head(document, source, outline, section, has_box);
            let parts = outline.blocks.get_mut(section).map(std::mem::take).unwrap_or_default();
            if let Some(section) = outline.sections.get_mut(section) {
                section.body.reserve(parts.len());
            }
            let mut after_list = false;
            for part in parts.iter().copied() {
                match part {
                    Part::Section(below) => {
                        let id = outline.sections.get(below).map(|section| section.id.clone());
                        if let (Some(id), Some(section)) = (id, outline.sections.get_mut(section)) {
                            section.body.push(Block::Section { id });
                        }
                        after_list = false;
                    }
                    Part::Block(node) => {
                        let mut task = Task::top(node, Holder::Section(section), Some(section));
                        // A fence right after a list belongs to the list's last check.
                        if after_list {
                            task.item = bodies.last_item_of(section);
                        }
                        after_list = matches!(document.node(node).kind, NodeKind::List(_));
                        bodies.block(document, source, outline, notes, task);
                    }
                }
            }
            if let Some(place) = outline.blocks.get_mut(section) {
                *place = parts;
            }
            bodies.step_of_heading(source, outline, section);
        }
        put_in_order(&mut bodies.entries, |entry| entry.line());
        bodies
    }

    /// The items that stand directly in a section, nested ones included, in the order of the text.
    pub(crate) fn items_of(&self, section: usize) -> impl Iterator<Item = &Item> {
        // Items are collected section by section, so those of one stand together.
        let start = self.firsts.get(section).copied().unwrap_or(self.items.len());
        let own = self.item_sections.iter().zip(&self.items).skip(start);
        own.take_while(move |(at, _)| **at == Some(section)).map(|(_, item)| item)
    }

    /// Index of the item that each item is nested in.
    pub(crate) fn parents(&self) -> impl Iterator<Item = Option<usize>> {
        self.parents.iter().copied()
    }

    fn last_item_of(&self, section: usize) -> Option<usize> {
        let at = self.items.len().checked_sub(1)?;
        (self.item_sections.get(at) == Some(&Some(section))).then_some(at)
    }

    /// Reads a block and all below it, with a stack of our own.
    fn block(
        &mut self,
        document: &mut Document,
        source: &Source<'_>,
        outline: &mut Outline,
        notes: &mut Notes<'_>,
        first: Task,
    ) {
        let mut tasks = std::mem::take(&mut self.tasks);
        tasks.push(first);
        while let Some(task) = tasks.pop() {
            let node = document.node(task.node);
            let line = source.line(node.start());
            match &node.kind {
                NodeKind::Paragraph if self.lines(document, source, outline, notes, &task) => {}
                NodeKind::Paragraph | NodeKind::Heading(_) => {
                    let text = Inline::whole(document.words_of(node));
                    let is_step =
                        self.work.sentences && steps::is_sentence(&text) || self.is_held && held::accepts(&text);
                    if is_step && task.bullet.is_none() && !task.quoted {
                        let draft = Draft::new(document.take_words(task.node), SourceMark::Open, Origin::Step);
                        self.item(source, outline, &task, line, draft);
                        continue;
                    }
                    let kind = if task.bullet.is_some() { EntryKind::Bullet } else { EntryKind::Paragraph };
                    self.entry(&task, line, text, kind);
                    let prose = Prose {
                        line,
                        depth: task.depth,
                        bullet: task.bullet.map(Bullet::shown),
                        quoted: task.quoted,
                        inlines: document.take_words(task.node),
                    };
                    self.put(outline, task.holder, Block::Prose(Box::new(prose)));
                }
                NodeKind::List(start) => {
                    let list = self.list(document, &task, start.is_some());
                    self.note_marks(document, notes, &task, list, line);
                    tasks.extend(node.children().enumerate().rev().map(|(index, child)| {
                        let number = start.map(|start| start.saturating_add(index as u64));
                        let bullet = number.map_or(Bullet::Dot, Bullet::Number);
                        Task { node: child, bullet: Some(bullet), list, ..task.same() }
                    }));
                }
                NodeKind::ListItem { ticked: None } if bound_of(document, task.node).is_some() => {
                    self.bound(document, source, outline, &task);
                }
                NodeKind::ListItem { ticked } => {
                    let first = first_words(document, task.node);
                    let draft = match *ticked {
                        // The paragraph is no block of the item, and is not met again.
                        Some(ticked) => {
                            let words = first.map(|first| document.take_words(first)).unwrap_or_default();
                            Some(Draft::of_box(words, ticked))
                        }
                        None => self.entry_draft(document, outline, notes, &task, first, line),
                    };
                    let (holder, item, owner) = match draft {
                        Some(draft) => {
                            let item = self.item(source, outline, &task, line, draft);
                            (Holder::Item(item), Some(item), task.owner)
                        }
                        None => (task.holder, task.item, self.owner_of_list(document, &task, first)),
                    };
                    let is_item = draft_became(holder, task.holder);
                    let children = document.node(task.node).children().enumerate().rev();
                    let below = children.filter(|(index, _)| !(is_item && *index == 0 && first.is_some()));
                    tasks.extend(below.map(|(index, child)| {
                        let is_first = index == 0 && first.is_some();
                        Task {
                            node: child,
                            holder,
                            item,
                            owner,
                            bullet: task.bullet.filter(|_| is_first),
                            depth: task.depth + usize::from(!is_first),
                            ..task.same()
                        }
                    }));
                }
                NodeKind::Lost => {
                    let anchor = self.anchor(source, &task, line);
                    let depth = anchor.and_then(|at| self.items.get(at)).map_or(task.depth, |item| item.depth + 1);
                    let holder = anchor.map_or(task.holder, Holder::Item);
                    items::note_lost(notes, line);
                    tasks.extend(node.children().rev().map(|child| Task {
                        node: child,
                        holder,
                        item: anchor.or(task.item),
                        depth,
                        list: List { lost: true, ..task.list },
                        ..task.same()
                    }));
                }
                NodeKind::Quote => {
                    let below = node.children().rev();
                    tasks.extend(below.map(|child| Task { node: child, quoted: true, ..task.same() }));
                }
                NodeKind::Group | NodeKind::Document => {
                    tasks.extend(node.children().rev().map(|child| Task { node: child, ..task.same() }));
                }
                NodeKind::Code(code) => {
                    let Code { info, text } = code.as_ref();
                    let is_fence = info.is_some();
                    let is_shell = script::is_shell(info.as_deref(), text);
                    self.shells.set(task.node, is_shell);
                    if is_shell && !self.is_output(&task, outline) {
                        self.script(outline, &task, line, text);
                    } else {
                        let first_line = line + usize::from(is_fence);
                        if is_fence && text.lines().any(counts::is_mark) {
                            items::note_offered(notes, line, text.lines().filter(|line| counts::is_mark(line)).count());
                        }
                        let said = Text::from(text.as_str());
                        self.entry(&task, line, said.clone(), EntryKind::Fence { first_line });
                        let language = info.as_deref().and_then(|info| info.split_whitespace().next());
                        self.put(outline, task.holder, listing(line, language, said));
                        if is_fence && language.is_none() {
                            self.tree(source, outline, &task, first_line, text);
                        }
                    }
                }
                NodeKind::Html(code) => {
                    self.put(outline, task.holder, listing(line, Some("html"), code.text.as_str().into()));
                }
                NodeKind::Metadata(code) => {
                    self.put(outline, task.holder, listing(line, Some("yaml"), code.text.as_str().into()));
                }
                NodeKind::Table => {
                    let table = table(document, task.node, line);
                    self.put(outline, task.holder, Block::Table(Box::new(table.clone())));
                    self.rows(document, source, outline, notes, &task, &table);
                }
                NodeKind::TableHead | NodeKind::TableRow | NodeKind::TableCell | NodeKind::Rule => {}
            }
        }
        self.tasks = tasks;
    }

    fn entry(&mut self, task: &Task, line: usize, text: Text, kind: EntryKind) {
        // What stands in a fence is hardly asked for, and much longer than a line.
        let is_code = matches!(kind, EntryKind::Script(_) | EntryKind::Fence { .. });
        let hints = if is_code { Hints::ANY } else { Hints::of(&text) };
        self.entry_of(task, line, text, hints, kind);
    }

    fn entry_of(&mut self, task: &Task, line: usize, text: Text, hints: Hints, kind: EntryKind) {
        let place = entry::Place { line, section: task.section, depth: task.depth, quoted: task.quoted };
        self.entries.push(Entry::new(place, text, hints, kind));
    }

    fn put(&mut self, outline: &mut Outline, holder: Holder, block: Block) {
        match holder {
            Holder::Preamble => self.preamble.push(block),
            Holder::Section(at) => {
                if let Some(section) = outline.sections.get_mut(at) {
                    section.body.push(block);
                }
            }
            Holder::Item(at) => {
                if let Some(item) = self.items.get_mut(at) {
                    item.blocks.push(block);
                }
            }
        }
    }

    /// A list entry that begins with a comparison.
    fn bound(&mut self, document: &Document, source: &Source<'_>, outline: &mut Outline, task: &Task) {
        let Some(words) = bound_of(document, task.node) else { return };
        let line = source.line(document.node(words).start());
        let mut inlines = Inlines::from(Inline::Text { text: "> ".into() });
        inlines.extend(document.words(words).iter().cloned());
        self.entry(task, line, Inline::whole(&inlines), EntryKind::Bullet);
        let (depth, bullet) = (task.depth, task.bullet.map(Bullet::shown));
        let prose = Prose { line, depth, bullet, quoted: task.quoted, inlines };
        self.put(outline, task.holder, Block::Prose(Box::new(prose)));
    }

    fn script(&mut self, outline: &mut Outline, task: &Task, line: usize, text: &str) {
        let place = script::Place {
            line,
            path: outline.path(task.section),
            item: task.item.and_then(|item| self.items.get(item)).map(|item| item.id.clone()),
            section: outline.section(task.section).map(|section| section.id.clone()),
        };
        let first = self.commands.len();
        let mut all = Vec::new();
        let groups = script::split(text, &mut self.grammar);
        let mut with_ids = Vec::with_capacity(groups.len());
        for group in groups {
            let commands = script::commands(&group, &place, |text| self.command_ordinal(&place.path, text));
            let ids: Vec<CommandId> = commands.iter().map(|command| command.id.clone()).collect();
            self.commands.extend(commands);
            if let Some(item) = task.item.and_then(|at| self.items.get_mut(at)) {
                item.commands.extend(ids.iter().cloned());
                if item.expected.is_none() {
                    item.expected = group.expected.as_ref().map(|(_, promise)| promise.as_str().into());
                }
            }
            all.extend(ids.iter().cloned());
            with_ids.push((group, ids));
        }
        let script = Script { groups: with_ids, item: task.item, first };
        let text = Text::from(text);
        self.entry(task, line, text.clone(), EntryKind::Script(Box::new(script)));
        let fence = Fence { line, text, commands: all };
        self.put(outline, task.holder, Block::Commands(Box::new(fence)));
    }

    /// Whether the words right above a fence say that it is what a command answers.
    fn is_output(&self, task: &Task, outline: &Outline) -> bool {
        let above = self.entries.last().filter(|entry| entry.section() == task.section);
        match above {
            Some(Entry { kind: EntryKind::Script(_) | EntryKind::Fence { .. } | EntryKind::Row(_), .. }) => false,
            Some(entry) => entry.hints.has(Hint::Answer) && script::announces_output(&entry.text),
            None => {
                let heading = outline.section(task.section).filter(|section| section.bold);
                heading.is_some_and(|section| script::announces_output(&section.text))
            }
        }
    }

    /// The number of a command among its equals below the same headings.
    pub(crate) fn command_ordinal(&mut self, path: &Path, text: &str) -> usize {
        self.ordinals.next(path.equals_of("command"), text)
    }
}

impl Task {
    fn top(node: NodeId, holder: Holder, section: Option<usize>) -> Self {
        Self {
            node,
            holder,
            section,
            item: None,
            depth: 0,
            quoted: false,
            bullet: None,
            list: List::default(),
            owner: None,
        }
    }

    /// The same place for a block below; the bullet is the block's own.
    fn same(&self) -> Self {
        Self { bullet: None, ..*self }
    }
}

/// The paragraph that a list entry begins with.
fn first_words(document: &Document, item: NodeId) -> Option<NodeId> {
    let first = document.node(item).first()?;
    matches!(document.node(first).kind, NodeKind::Paragraph | NodeKind::Heading(_)).then_some(first)
}

/// The words of "- >25% of the users cannot log in", which Markdown takes for an entry with a quote.
fn bound_of(document: &Document, item: NodeId) -> Option<NodeId> {
    let quote = document.node(document.node(item).only()?);
    let words = quote.only()?;
    let is_number = |text: &str| text.trim_start_matches(['=', ' ']).starts_with(|first: char| first.is_ascii_digit());
    let is_bound = quote.kind == NodeKind::Quote
        && document.node(words).kind == NodeKind::Paragraph
        && document.words(words).first().is_some_and(|first| is_number(first.text()));
    is_bound.then_some(words)
}

fn listing(line: usize, language: Option<&str>, text: Text) -> Block {
    Block::Code(Box::new(Listing { line, language: language.map(str::to_owned), text }))
}

fn table(document: &Document, id: NodeId, line: usize) -> Table {
    let mut table = Table { line, head: Vec::new(), rows: Vec::new() };
    for row in document.node(id).children() {
        let row = document.node(row);
        let cells = row.children().map(|cell| document.words(cell).to_vec()).collect();
        if row.kind == NodeKind::TableHead {
            table.head = cells;
        } else {
            table.rows.push(cells);
        }
    }
    table
}

/// Whether an entry became an item, by where its blocks go.
fn draft_became(below: Holder, above: Holder) -> bool {
    matches!((below, above), (Holder::Item(below), Holder::Item(above)) if below != above)
        || matches!(below, Holder::Item(_)) && !matches!(above, Holder::Item(_))
}

#[cfg(test)]
mod tests;
