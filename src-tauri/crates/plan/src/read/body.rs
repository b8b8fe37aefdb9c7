//! What stands in the sections: items with their nesting, commands, prose; and the same once more as plain entries,
//! which is what the readers of criteria, messages, contacts and references walk over.

use std::collections::HashMap;

use super::document::{Document, NodeId, NodeKind};
use super::notes::Notes;
use super::outline::{Outline, Part};
use super::script::{self, Group};
use super::source::Source;
use crate::model::{Block, Command, CommandId, Inline, Item, ItemId, ItemKind, Origin, SourceMark, Table};

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
    pub(crate) text: String,
    pub(crate) kind: EntryKind,
    /// The bytes of its block in the source.
    pub(crate) bytes: (usize, usize),
}

#[derive(Debug)]
pub(crate) enum EntryKind {
    /// A list entry with a box; the index of its item.
    Item(usize),
    /// A list entry without a box.
    Bullet,
    Paragraph,
    /// Shell commands in groups, with the commands' ids in the same order, and the item that they belong to.
    Script {
        groups: Vec<(Group, Vec<CommandId>)>,
        item: Option<usize>,
    },
    /// Any other fence; the line of its first row.
    Fence {
        first_line: usize,
    },
    /// A table's row below its head: the head's cells and the row's, and the row's item where it is one.
    Row {
        head: Vec<String>,
        cells: Vec<String>,
        item: Option<usize>,
    },
}

/// Everything that the sections hold.
#[derive(Default)]
pub(crate) struct Bodies {
    pub(crate) items: Vec<Item>,
    /// Index of each item's section.
    pub(crate) item_sections: Vec<Option<usize>>,
    pub(crate) commands: Vec<Command>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) preamble: Vec<Block>,
    ordinals: HashMap<(Vec<String>, String), usize>,
}

/// Where a block goes.
#[derive(Debug, Clone, Copy)]
enum Holder {
    Preamble,
    Section(usize),
    Item(usize),
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
    bullet: Option<String>,
}

impl Bodies {
    /// Fills the sections' bodies, and collects items, commands and entries.
    pub(crate) fn read(
        document: &Document,
        source: &Source<'_>,
        outline: &mut Outline,
        _notes: &mut Notes<'_>,
    ) -> Self {
        let mut bodies = Self::default();
        for at in 0..outline.preamble.len() {
            let Some(node) = outline.preamble.get(at).copied() else { continue };
            bodies.block(document, source, outline, Task::top(node, Holder::Preamble, None));
        }
        // By line, since the section for what stands above every heading was added last.
        let mut order: Vec<usize> = (0..outline.sections.len()).collect();
        order.sort_by_key(|at| outline.sections.get(*at).map(|section| section.line));
        for section in order {
            let parts = outline.blocks.get(section).cloned().unwrap_or_default();
            let mut after_list = false;
            for part in parts {
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
                        bodies.block(document, source, outline, task);
                    }
                }
            }
        }
        bodies.entries.sort_by_key(|entry| entry.line);
        bodies
    }

    /// The items that stand directly in a section, nested ones included, in the order of the text.
    pub(crate) fn items_of(&self, section: usize) -> impl Iterator<Item = &Item> {
        // Items are collected section by section, so those of one stand together.
        let start = self.item_sections.iter().position(|at| *at == Some(section)).unwrap_or(self.items.len());
        let own = self.item_sections.iter().zip(&self.items).skip(start);
        own.take_while(move |(at, _)| **at == Some(section)).map(|(_, item)| item)
    }

    fn last_item_of(&self, section: usize) -> Option<usize> {
        let at = self.items.len().checked_sub(1)?;
        (self.item_sections.get(at) == Some(&Some(section))).then_some(at)
    }

    /// Reads a block and all below it, with a stack of our own.
    fn block(&mut self, document: &Document, source: &Source<'_>, outline: &mut Outline, first: Task) {
        let mut tasks = vec![first];
        while let Some(task) = tasks.pop() {
            let node = document.node(task.node);
            let line = source.line(node.start);
            match &node.kind {
                NodeKind::Paragraph | NodeKind::Heading(_) => {
                    let text = Inline::plain(&node.inlines);
                    let kind = if task.bullet.is_some() { EntryKind::Bullet } else { EntryKind::Paragraph };
                    self.entry(&task, line, text, kind, (node.start, node.end));
                    let block = Block::Prose {
                        line,
                        depth: task.depth,
                        bullet: task.bullet,
                        quoted: task.quoted,
                        inlines: node.inlines.clone(),
                    };
                    self.put(outline, task.holder, block);
                }
                NodeKind::List(start) => {
                    let mut number = *start;
                    let below: Vec<Task> = node
                        .children
                        .iter()
                        .map(|child| {
                            let bullet = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
                            number = number.map(|number| number.saturating_add(1));
                            Task { node: *child, bullet: Some(bullet), ..task.same() }
                        })
                        .collect();
                    tasks.extend(below.into_iter().rev());
                }
                NodeKind::ListItem { ticked: Some(ticked), .. } => {
                    let item = self.item(document, source, outline, &task, *ticked);
                    let first_is_text = first_words(document, task.node).is_some();
                    let below = node.children.iter().skip(usize::from(first_is_text)).map(|child| Task {
                        node: *child,
                        holder: Holder::Item(item),
                        item: Some(item),
                        depth: task.depth + 1,
                        bullet: None,
                        ..task.same()
                    });
                    let below: Vec<Task> = below.collect();
                    tasks.extend(below.into_iter().rev());
                }
                NodeKind::ListItem { ticked: None, .. } => {
                    let first_is_text = first_words(document, task.node).is_some();
                    let below: Vec<Task> = node
                        .children
                        .iter()
                        .enumerate()
                        .map(|(index, child)| {
                            let is_first = index == 0 && first_is_text;
                            Task {
                                node: *child,
                                bullet: is_first.then(|| task.bullet.clone()).flatten(),
                                depth: task.depth + usize::from(!is_first),
                                ..task.same()
                            }
                        })
                        .collect();
                    tasks.extend(below.into_iter().rev());
                }
                NodeKind::Quote => {
                    let below: Vec<Task> =
                        node.children.iter().map(|child| Task { node: *child, quoted: true, ..task.same() }).collect();
                    tasks.extend(below.into_iter().rev());
                }
                NodeKind::Group | NodeKind::Document => {
                    let below: Vec<Task> =
                        node.children.iter().map(|child| Task { node: *child, ..task.same() }).collect();
                    tasks.extend(below.into_iter().rev());
                }
                NodeKind::Code { info, text } => {
                    let is_fence = info.is_some();
                    if script::is_shell(info.as_deref(), text) && !self.is_output(&task, outline) {
                        self.script(outline, &task, line, text, (node.start, node.end));
                    } else {
                        let first_line = line + usize::from(is_fence);
                        self.entry(&task, line, text.clone(), EntryKind::Fence { first_line }, (node.start, node.end));
                        let language = info.as_deref().and_then(|info| info.split_whitespace().next());
                        let block = Block::Code { line, language: language.map(str::to_owned), text: text.clone() };
                        self.put(outline, task.holder, block);
                    }
                }
                NodeKind::Html(text) => {
                    let block = Block::Code { line, language: Some("html".to_owned()), text: text.clone() };
                    self.put(outline, task.holder, block);
                }
                NodeKind::Metadata(text) => {
                    let block = Block::Code { line, language: Some("yaml".to_owned()), text: text.clone() };
                    self.put(outline, task.holder, block);
                }
                NodeKind::Table => {
                    let table = table(document, task.node, line);
                    self.rows(document, source, &task, &table);
                    self.put(outline, task.holder, Block::Table(table));
                }
                NodeKind::TableHead | NodeKind::TableRow | NodeKind::TableCell | NodeKind::Rule => {}
            }
        }
    }

    fn entry(&mut self, task: &Task, line: usize, text: String, kind: EntryKind, bytes: (usize, usize)) {
        let (section, depth, quoted) = (task.section, task.depth, task.quoted);
        self.entries.push(Entry { line, section, depth, quoted, text, kind, bytes });
    }

    fn rows(&mut self, document: &Document, source: &Source<'_>, task: &Task, table: &Table) {
        let words = |cells: &[Vec<Inline>]| -> Vec<String> {
            cells.iter().map(|cell| Inline::plain(cell).trim().to_owned()).collect()
        };
        let head = words(&table.head);
        let rows = document.node(task.node).children.iter().map(|row| document.node(*row));
        let rows = rows.filter(|row| row.kind == NodeKind::TableRow);
        for (row, cells) in rows.zip(&table.rows) {
            let cells = words(cells);
            let kind = EntryKind::Row { head: head.clone(), cells: cells.clone(), item: None };
            self.entry(task, source.line(row.start), cells.join(" | "), kind, (row.start, row.end));
        }
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

    fn item(
        &mut self,
        document: &Document,
        source: &Source<'_>,
        outline: &mut Outline,
        task: &Task,
        ticked: bool,
    ) -> usize {
        let node = document.node(task.node);
        let inlines = first_words(document, task.node).map(|words| document.node(words).inlines.clone());
        let inlines = inlines.unwrap_or_default();
        let text = Inline::plain(&inlines).trim().to_owned();
        let parent = task.item.filter(|_| matches!(task.holder, Holder::Item(_)));
        let mut path = outline.path(task.section);
        path.extend(parent.and_then(|parent| self.items.get(parent)).map(|item| item.text.clone()));
        let id = ItemId::of(&path, &text, self.ordinal("item", path.clone(), &text));
        let line = source.line(node.start);
        let at = self.items.len();
        self.items.push(Item {
            id: id.clone(),
            range: source.whole_line(line),
            text: text.clone(),
            inlines,
            section: outline.section(task.section).map(|section| section.id.clone()),
            parent: parent.and_then(|parent| self.items.get(parent)).map(|item| item.id.clone()),
            depth: task.depth,
            state: if ticked { SourceMark::Claimed } else { SourceMark::Open },
            origin: Origin::Box,
            choices: Vec::new(),
            fields: Vec::new(),
            owner: None,
            due: None,
            kind: ItemKind::Check,
            children: Vec::new(),
            blocks: Vec::new(),
            commands: Vec::new(),
            expected: None,
        });
        self.item_sections.push(task.section);
        self.entry(task, line, text, EntryKind::Item(at), (node.start, node.end));
        match parent.and_then(|parent| self.items.get_mut(parent)) {
            Some(parent) => parent.children.push(id),
            None => self.put(outline, task.holder, Block::Item { id }),
        }
        at
    }

    fn script(&mut self, outline: &mut Outline, task: &Task, line: usize, text: &str, bytes: (usize, usize)) {
        let place = script::Place {
            line,
            path: outline.path(task.section),
            item: task.item.and_then(|item| self.items.get(item)).map(|item| item.id.clone()),
            section: outline.section(task.section).map(|section| section.id.clone()),
        };
        let mut with_ids = Vec::new();
        let mut all = Vec::new();
        for group in script::split(text) {
            let commands = script::commands(&group, &place, |text| self.ordinal("command", place.path.clone(), text));
            let ids: Vec<CommandId> = commands.iter().map(|command| command.id.clone()).collect();
            self.commands.extend(commands);
            if let Some(item) = task.item.and_then(|at| self.items.get_mut(at)) {
                item.commands.extend(ids.iter().cloned());
                if item.expected.is_none() {
                    item.expected = group.expected.as_ref().map(|(_, promise)| promise.clone());
                }
            }
            all.extend(ids.iter().cloned());
            with_ids.push((group, ids));
        }
        self.entry(task, line, text.to_owned(), EntryKind::Script { groups: with_ids, item: task.item }, bytes);
        self.put(outline, task.holder, Block::Commands { line, text: text.to_owned(), commands: all });
    }

    /// Whether the words right above a fence say that it is what a command answers.
    fn is_output(&self, task: &Task, outline: &Outline) -> bool {
        let above = self.entries.last().filter(|entry| entry.section == task.section);
        match above {
            Some(Entry {
                kind: EntryKind::Script { .. } | EntryKind::Fence { .. } | EntryKind::Row { .. }, ..
            }) => false,
            Some(entry) => script::announces_output(&entry.text),
            None => {
                let heading = outline.section(task.section).filter(|section| section.bold);
                heading.is_some_and(|section| script::announces_output(&section.text))
            }
        }
    }

    pub(crate) fn ordinal(&mut self, of: &str, mut path: Vec<String>, text: &str) -> usize {
        path.push(of.to_owned());
        let count = self.ordinals.entry((path, text.to_owned())).or_default();
        *count += 1;
        *count - 1
    }
}

impl Task {
    fn top(node: NodeId, holder: Holder, section: Option<usize>) -> Self {
        Self { node, holder, section, item: None, depth: 0, quoted: false, bullet: None }
    }

    /// The same place for a block below; the bullet is the block's own.
    fn same(&self) -> Self {
        Self { bullet: None, ..*self }
    }
}

/// The paragraph that a list entry begins with.
fn first_words(document: &Document, item: NodeId) -> Option<NodeId> {
    let first = document.node(item).children.first()?;
    matches!(document.node(*first).kind, NodeKind::Paragraph | NodeKind::Heading(_)).then_some(*first)
}

fn table(document: &Document, id: NodeId, line: usize) -> Table {
    let mut table = Table { line, head: Vec::new(), rows: Vec::new() };
    for row in &document.node(id).children {
        let row = document.node(*row);
        let cells = row.children.iter().map(|cell| document.node(*cell).inlines.clone()).collect();
        if row.kind == NodeKind::TableHead {
            table.head = cells;
        } else {
            table.rows.push(cells);
        }
    }
    table
}
