//! How each stretch of the text was understood: the whole text once more, line by line, with what was made of it.
//!
//! Works on lines, since that is what people see; a stretch is a run of lines that became one thing. What is known of a
//! line is its place in the plan until the stretches are made: of a long text there are many lines.

use super::document::{Document, Node, NodeKind};
use super::quick::{ByNumber, put_in_order};
use super::source::Source;
use crate::model::{CommandId, ContactId, Item, Plan, ReadAs, Reading, ReferenceId};

/// A block that tells what its lines are. Of a long text there are many, kept until all else is read.
pub(crate) struct Shape {
    sort: Sort,
    first: u32,
    last: u32,
}

/// What a block is.
#[derive(Clone, Copy)]
enum Sort {
    Heading,
    Words,
    Code,
    Html,
    FrontMatter,
    TableHead,
    Row,
    /// A list entry whose words do not begin on its own line.
    Bare,
    Layout,
}

/// The blocks of a text that tell what its lines are, in the order in which they count.
pub(crate) fn shapes(document: &Document, source: &Source<'_>) -> Vec<Shape> {
    let of_node = |node: &Node| {
        let sort = match &node.kind {
            NodeKind::Heading(_) => Sort::Heading,
            NodeKind::Paragraph => Sort::Words,
            NodeKind::Code(_) => Sort::Code,
            NodeKind::Html(_) => Sort::Html,
            NodeKind::Metadata(_) => Sort::FrontMatter,
            NodeKind::TableHead => Sort::TableHead,
            NodeKind::TableRow => Sort::Row,
            NodeKind::ListItem { .. } if is_bare(document, source, node) => Sort::Bare,
            NodeKind::Rule => Sort::Layout,
            // What only holds others may end far behind: its lines are not looked for.
            NodeKind::Document
            | NodeKind::Quote
            | NodeKind::List(_)
            | NodeKind::ListItem { .. }
            | NodeKind::Table
            | NodeKind::TableCell
            | NodeKind::Lost
            | NodeKind::Group => return None,
        };
        let first = source.line(node.start());
        let last = match sort {
            Sort::TableHead | Sort::Row | Sort::Bare => first,
            _ => source.line(node.end().saturating_sub(1).max(node.start())),
        };
        Some(Shape { sort, first: short(first), last: short(last) })
    };
    let of_definition = |(start, end): &(usize, usize)| {
        let (first, last) = (source.line(*start), source.line(end.saturating_sub(1)));
        Shape { sort: Sort::Layout, first: short(first), last: short(last) }
    };
    let mut shapes = Vec::with_capacity(source.lines());
    shapes.extend(document.nodes().filter_map(of_node));
    shapes.extend(document.definitions().iter().map(of_definition));
    shapes
}

/// A line's number, or the place of something in the plan, in as many bytes as are kept of it.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What was made of the text, in its order. Every line that is not blank stands in one stretch.
pub(crate) fn read(shapes: &[Shape], source: &Source<'_>, plan: &Plan) -> Vec<Reading> {
    let mut facts = Facts::of(plan, source.lines());
    let mut lines = Lines { taken: vec![false; source.lines() + 1], runs: Vec::with_capacity(source.lines() / 2) };
    for shape in shapes {
        let (first, last) = (shape.first as usize, shape.last as usize);
        let known = |other: Fact| facts.at(first).unwrap_or(other);
        match shape.sort {
            Sort::Heading => lines.whole(first, last, known(Fact::Prose)),
            Sort::Words => lines.words(first, last, &facts),
            Sort::Code => lines.code(first, last, &mut facts),
            Sort::Html => lines.each(first, last, &facts, Fact::Html),
            Sort::FrontMatter => lines.whole(first, last, Fact::FrontMatter),
            Sort::TableHead => lines.whole(first, last, Fact::Table),
            Sort::Row => lines.whole(first, last, known(Fact::Table)),
            Sort::Bare => lines.whole(first, last, known(Fact::Layout)),
            Sort::Layout => lines.whole(first, last, Fact::Layout),
        }
    }
    // What is left holds no words to show: the line below a table's head, a lone sign of a quote or a list.
    for line in 1..=source.lines() {
        if lines.taken.get(line).is_some_and(|taken| *taken) {
            continue;
        }
        let is_sign = |character: char| {
            character.is_whitespace() || character.is_ascii_digit() || "|-:>+*=.)#[]`~\\".contains(character)
        };
        let text = source.line_text(line);
        if text.is_empty() {
            continue;
        }
        // The parser tells of the first definition of a link's name alone.
        let is_definition = text.trim_start_matches([' ', '>']).starts_with('[') && text.contains("]:");
        if !text.trim().is_empty() && (is_definition || text.chars().all(is_sign)) {
            lines.whole(line, line, Fact::Layout);
        }
    }
    lines.in_order(source, &facts)
}

/// A list entry whose words do not begin on its own line: that line would stand nowhere.
fn is_bare(document: &Document, source: &Source<'_>, node: &Node) -> bool {
    let first = node.first().map(|first| document.node(first));
    first
        .is_none_or(|first| first.kind != NodeKind::Paragraph || source.line(first.start()) > source.line(node.start()))
}

/// What a line is: something of the plan, by its place there, or nothing but a part of the text.
#[derive(Clone, Copy)]
enum Fact {
    Item(u32),
    Section(u32),
    Message(u32),
    Criterion(u32),
    /// Several things of one line, by the place of their list.
    Commands(u32),
    Contacts(u32),
    References(u32),
    Prose,
    Code,
    Table,
    FrontMatter,
    Html,
    Layout,
}

/// What stands on which line.
struct Facts<'a> {
    plan: &'a Plan,
    of_lines: Vec<Option<Fact>>,
    commands: Vec<Vec<CommandId>>,
    contacts: Vec<Vec<ContactId>>,
    references: Vec<Vec<ReferenceId>>,
    /// The first criterion of an item on each line.
    of_items: ByNumber<u32>,
}

impl<'a> Facts<'a> {
    /// Where a line is several things, the one that asks most of a person counts.
    fn of(plan: &'a Plan, lines: usize) -> Self {
        let mut found = Self {
            plan,
            of_lines: vec![None; lines + 1],
            commands: Vec::new(),
            contacts: Vec::new(),
            references: Vec::new(),
            of_items: ByNumber::up_to(lines),
        };
        // What an item's own line says is the first that is said of it.
        for (at, criterion) in plan.criteria.iter().enumerate().filter(|(_, criterion)| criterion.item.is_some()) {
            found.of_items.set_first(criterion.line, short(at));
        }
        for (at, item) in plan.items.iter().enumerate() {
            found.put(item.range.line, Fact::Item(short(at)));
        }
        for (at, section) in plan.sections.iter().enumerate().filter(|(_, section)| section.level > 0) {
            found.put(section.line, Fact::Section(short(at)));
        }
        for (at, message) in plan.messages.iter().enumerate() {
            found.put(message.line, Fact::Message(short(at)));
        }
        let people = plan.contacts.iter().map(|contact| (contact.line, &contact.id));
        for (line, id) in people.chain(plan.channels.iter().map(|channel| (channel.line, &channel.id))) {
            if let Some(Fact::Contacts(at)) = found.put(line, Fact::Contacts(short(found.contacts.len()))) {
                push_at(&mut found.contacts, at, id.clone());
            }
        }
        for (at, criterion) in plan.criteria.iter().enumerate() {
            found.put(criterion.line, Fact::Criterion(short(at)));
        }
        for command in &plan.commands {
            if let Some(Fact::Commands(at)) = found.put(command.line, Fact::Commands(short(found.commands.len()))) {
                push_at(&mut found.commands, at, command.id.clone());
            }
        }
        for reference in &plan.references {
            if let Some(Fact::References(at)) =
                found.put(reference.line, Fact::References(short(found.references.len())))
            {
                push_at(&mut found.references, at, reference.id.clone());
            }
        }
        found
    }

    /// What a line is: what is known already, or else this; nothing where the text has no such line.
    fn put(&mut self, line: usize, fact: Fact) -> Option<Fact> {
        self.of_lines.get_mut(line).map(|known| *known.get_or_insert(fact))
    }

    fn at(&self, line: usize) -> Option<Fact> {
        self.of_lines.get(line).copied().flatten()
    }

    /// What a fact says outside.
    fn shown(&self, fact: Fact) -> ReadAs {
        let of_plan = match fact {
            Fact::Item(at) => self.plan.items.get(at as usize).map(|item| self.shown_item(item)),
            Fact::Section(at) => {
                self.plan.sections.get(at as usize).map(|section| ReadAs::Heading { section: section.id.clone() })
            }
            Fact::Message(at) => {
                self.plan.messages.get(at as usize).map(|message| ReadAs::Message { message: message.id.clone() })
            }
            Fact::Criterion(at) => {
                let criterion = self.plan.criteria.get(at as usize);
                criterion.map(|criterion| ReadAs::Criterion { criterion: criterion.id.clone() })
            }
            Fact::Commands(at) => self.commands.get(at as usize).map(|all| ReadAs::Commands { commands: all.clone() }),
            Fact::Contacts(at) => self.contacts.get(at as usize).map(|all| ReadAs::Contact { contacts: all.clone() }),
            Fact::References(at) => {
                self.references.get(at as usize).map(|all| ReadAs::Reference { references: all.clone() })
            }
            Fact::Prose => None,
            Fact::Code => Some(ReadAs::Code),
            Fact::Table => Some(ReadAs::Table),
            Fact::FrontMatter => Some(ReadAs::FrontMatter),
            Fact::Html => Some(ReadAs::Html),
            Fact::Layout => Some(ReadAs::Layout),
        };
        of_plan.unwrap_or(ReadAs::Prose)
    }

    fn shown_item(&self, item: &Item) -> ReadAs {
        let line = item.range.line;
        let here = self.of_items.get(line).and_then(|at| self.plan.criteria.get(*at as usize..)).unwrap_or_default();
        let mut here = here.iter().take_while(|criterion| criterion.line == line);
        let criterion = here.find(|criterion| criterion.item.as_ref() == Some(&item.id));
        ReadAs::Item { item: item.id.clone(), criterion: criterion.map(|criterion| criterion.id.clone()) }
    }
}

/// Puts one more into a list, or into a new one behind the last.
fn push_at<T>(lists: &mut Vec<Vec<T>>, at: u32, one: T) {
    match lists.get_mut(at as usize) {
        Some(list) => list.push(one),
        None => lists.push(vec![one]),
    }
}

fn is_blank(text: &str) -> bool {
    match text.bytes().find(|byte| !byte.is_ascii_whitespace()) {
        Some(byte) if byte.is_ascii_graphic() => false,
        Some(_) => text.trim().is_empty(),
        None => true,
    }
}

/// A run of lines that became one thing.
struct Run {
    first: u32,
    last: u32,
    fact: Fact,
}

/// Which lines are in a run. What is said first stays: a block is met before what only surrounds it.
struct Lines {
    taken: Vec<bool>,
    runs: Vec<Run>,
}

impl Lines {
    /// The lines as one thing, as far as they are free.
    fn whole(&mut self, first: usize, last: usize, fact: Fact) {
        let mut is_open = false;
        for line in first..=last {
            let Some(taken) = self.taken.get_mut(line) else { return };
            if *taken {
                is_open = false;
                continue;
            }
            *taken = true;
            match self.runs.last_mut().filter(|_| is_open) {
                Some(run) => run.last = short(line),
                None => self.runs.push(Run { first: short(line), last: short(line), fact }),
            }
            is_open = true;
        }
    }

    /// A paragraph: a line that nothing is known of goes on with what the line above it was.
    fn words(&mut self, first: usize, last: usize, facts: &Facts<'_>) {
        let mut start = first;
        let mut fact = facts.at(first).unwrap_or(Fact::Prose);
        for line in first + 1..=last {
            if let Some(next) = facts.at(line) {
                self.whole(start, line - 1, std::mem::replace(&mut fact, next));
                start = line;
            }
        }
        self.whole(start, last, fact);
    }

    /// A code block: a letter is one thing; else each line by itself, the others as they are. Where commands were read
    /// the whole fence is theirs: comments and sample output belong to them.
    fn code(&mut self, first: usize, last: usize, facts: &mut Facts<'_>) {
        if let Some(fact @ (Fact::Message(_) | Fact::Section(_))) = facts.at(first) {
            return self.whole(first, last, fact);
        }
        let mut commands = Vec::new();
        for line in first..=last {
            if let Some(Fact::Commands(at)) = facts.at(line) {
                commands.extend(facts.commands.get(at as usize).into_iter().flatten().cloned());
            }
        }
        let mut other = Fact::Code;
        if !commands.is_empty() {
            other = Fact::Commands(short(facts.commands.len()));
            facts.commands.push(commands);
        }
        self.each(first, last, facts, other);
    }

    /// Each line by itself where something is known of it, the others as `other`.
    fn each(&mut self, first: usize, last: usize, facts: &Facts<'_>, other: Fact) {
        let mut start = first;
        for line in first..=last {
            match facts.at(line) {
                None | Some(Fact::Commands(_)) => {}
                Some(fact) => {
                    if line > start {
                        self.whole(start, line - 1, other);
                    }
                    self.whole(line, line, fact);
                    start = line + 1;
                }
            }
        }
        if start <= last {
            self.whole(start, last, other);
        }
    }

    /// The runs by their place, blank lines at their ends cut off.
    fn in_order(self, source: &Source<'_>, facts: &Facts<'_>) -> Vec<Reading> {
        let mut found: Vec<Reading> = Vec::with_capacity(self.runs.len());
        let mut runs = self.runs;
        put_in_order(&mut runs, |run| run.first);
        for run in runs {
            let said = (run.first as usize..=run.last as usize).map(|line| (line, source.line_text(line)));
            let mut said = said.filter(|(_, text)| !is_blank(text));
            let Some((first, text)) = said.next() else { continue };
            let (last, end) = said.next_back().unwrap_or((first, text));
            let (start, end) = (source.line_start(first), source.line_start(last) + end.len());
            found.push(Reading { start, end, line: first, end_line: last, read: facts.shown(run.fact) });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn check(text: &str, expected: &[&str]) {
        let (plan, _) = crate::read(text, &Config::default());
        let said: Vec<String> = plan
            .reading
            .iter()
            .map(|one| {
                let what = format!("{:?}", one.read);
                let what = what.split([' ', '{']).next().unwrap_or_default().to_lowercase();
                format!("{}-{} {what}", one.line, one.end_line)
            })
            .collect();
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn each_line_says_what_became_of_it() {
        check(
            "---\ntitle: x\n---\n# Ship\n\nwords\nmore\n\n- [ ] **a** [x](y)\n  goes on\n  ```sh\n  ls\n  # note\n  ```\n\n<!-- [ ] no -->\n\n***\n\n[x]: https://a.example\n",
            &[
                "1-3 frontmatter",
                "4-4 heading",
                "6-7 prose",
                "9-10 item",
                "11-14 commands",
                "16-16 html",
                "18-18 layout",
                "20-20 layout",
            ],
        );
    }

    #[test]
    fn tables_letters_and_lines_of_a_fence() {
        check(
            "## Customer notice\n\n```\nSubject: Maintenance\n\nDear all\n```\n\n## Contacts\n\n```\nLead: Ada - +351 21 555 01 01\nDirector: [Name] - [Phone]\n\nnobody\n```\n\n| a | b |\n|---|---|\n| c | d |\n",
            &[
                "1-1 heading",
                "3-7 message",
                "9-9 heading",
                "11-11 code",
                "12-12 contact",
                "13-13 contact",
                "15-16 code",
                "18-18 table",
                "19-19 layout",
                "20-20 table",
            ],
        );
    }

    #[test]
    fn quotes_lists_and_setext_headings() {
        check(
            "Title\n=====\n\n> said\n>\n> more\n\n-\n  - deep\n",
            &["1-2 heading", "4-4 prose", "5-5 layout", "6-6 prose", "8-8 layout", "9-9 prose"],
        );
    }
}
