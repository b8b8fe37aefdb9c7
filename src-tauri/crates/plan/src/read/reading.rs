//! How each stretch of the text was understood: the whole text once more, line by line, with what was made of it.
//!
//! Works on lines, since that is what people see; a stretch is a run of lines that became one thing.

use super::document::{Document, Node, NodeKind};
use super::quick::ByNumber;
use super::source::Source;
use crate::model::{Plan, ReadAs, Reading};

/// What was made of the text, in its order. Every line that is not blank stands in one stretch.
pub(crate) fn read(document: &Document, source: &Source<'_>, plan: &Plan) -> Vec<Reading> {
    let facts = Facts::of(plan, source.lines());
    let mut lines = Lines { taken: vec![None; source.lines() + 1], runs: Vec::new() };
    for node in document.nodes() {
        // What only holds others may end far behind: its lines are not looked for.
        let first = || source.line(node.start);
        let last = || source.line(node.end.saturating_sub(1).max(node.start));
        let known = |line: usize, other: &'static ReadAs| facts.at(line).unwrap_or(other);
        match &node.kind {
            NodeKind::Heading(_) => {
                let first = first();
                lines.whole(first, last(), known(first, &ReadAs::Prose));
            }
            NodeKind::Paragraph => lines.words(first(), last(), &facts),
            NodeKind::Code { .. } => lines.code(first(), last(), &facts, ReadAs::Code),
            NodeKind::Html(_) => lines.each(first(), last(), &facts, &ReadAs::Html),
            NodeKind::Metadata(_) => lines.whole(first(), last(), &ReadAs::FrontMatter),
            NodeKind::TableHead => lines.one(first(), &ReadAs::Table),
            NodeKind::TableRow => lines.one(first(), known(first(), &ReadAs::Table)),
            NodeKind::ListItem { .. } if is_bare(document, source, node) => {
                lines.one(first(), known(first(), &ReadAs::Layout));
            }
            NodeKind::Rule => lines.whole(first(), last(), &ReadAs::Layout),
            NodeKind::Document
            | NodeKind::Quote
            | NodeKind::List(_)
            | NodeKind::ListItem { .. }
            | NodeKind::Table
            | NodeKind::TableCell
            | NodeKind::Lost
            | NodeKind::Group => {}
        }
    }
    for (start, end) in document.definitions() {
        lines.whole(source.line(*start), source.line(end.saturating_sub(1)), &ReadAs::Layout);
    }
    // What is left holds no words to show: the line below a table's head, a lone sign of a quote or a list.
    for line in 1..=source.lines() {
        if lines.taken.get(line).is_some_and(Option::is_some) {
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
            lines.one(line, &ReadAs::Layout);
        }
    }
    lines.in_order(source)
}

/// A list entry whose words do not begin on its own line: that line would stand nowhere.
fn is_bare(document: &Document, source: &Source<'_>, node: &Node) -> bool {
    let first = node.children.first().map(|first| document.node(*first));
    first.is_none_or(|first| first.kind != NodeKind::Paragraph || source.line(first.start) > source.line(node.start))
}

/// What stands on which line.
struct Facts(Vec<Option<ReadAs>>);

impl Facts {
    /// Where a line is several things, the one that asks most of a person counts.
    fn of(plan: &Plan, lines: usize) -> Self {
        let mut found = Self(vec![None; lines + 1]);
        // What an item's own line says is the first that is said of it.
        let mut of_items = ByNumber::default();
        for (at, criterion) in plan.criteria.iter().enumerate().filter(|(_, criterion)| criterion.item.is_some()) {
            of_items.set_first(criterion.line, at);
        }
        for item in &plan.items {
            let here = of_items.get(item.range.line).and_then(|at| plan.criteria.get(*at..)).unwrap_or_default();
            let mut here = here.iter().take_while(|criterion| criterion.line == item.range.line);
            let criterion = here.find(|criterion| criterion.item.as_ref() == Some(&item.id));
            let criterion = criterion.map(|criterion| criterion.id.clone());
            found.put(item.range.line, || ReadAs::Item { item: item.id.clone(), criterion });
        }
        for section in &plan.sections {
            if section.level > 0 {
                found.put(section.line, || ReadAs::Heading { section: section.id.clone() });
            }
        }
        for message in &plan.messages {
            found.put(message.line, || ReadAs::Message { message: message.id.clone() });
        }
        let people = plan.contacts.iter().map(|contact| (contact.line, &contact.id));
        let people = people.chain(plan.channels.iter().map(|channel| (channel.line, &channel.id)));
        for (line, id) in people {
            let at = found.put(line, || ReadAs::Contact { contacts: Vec::new() });
            if let Some(ReadAs::Contact { contacts }) = at {
                contacts.push(id.clone());
            }
        }
        for criterion in &plan.criteria {
            found.put(criterion.line, || ReadAs::Criterion { criterion: criterion.id.clone() });
        }
        for command in &plan.commands {
            let at = found.put(command.line, || ReadAs::Commands { commands: Vec::new() });
            if let Some(ReadAs::Commands { commands }) = at {
                commands.push(command.id.clone());
            }
        }
        for reference in &plan.references {
            let at = found.put(reference.line, || ReadAs::Reference { references: Vec::new() });
            if let Some(ReadAs::Reference { references }) = at {
                references.push(reference.id.clone());
            }
        }
        found
    }

    /// What a line is: what is known already, or else this; nothing where the text has no such line.
    fn put(&mut self, line: usize, read: impl FnOnce() -> ReadAs) -> Option<&mut ReadAs> {
        self.0.get_mut(line).map(|known| known.get_or_insert_with(read))
    }

    fn at(&self, line: usize) -> Option<&ReadAs> {
        self.0.get(line)?.as_ref()
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
    first: usize,
    last: usize,
    read: ReadAs,
}

/// Which line is in which run. What is said first stays: a block is met before what only surrounds it.
struct Lines {
    taken: Vec<Option<usize>>,
    runs: Vec<Run>,
}

impl Lines {
    /// The lines as one thing, as far as they are free.
    fn whole(&mut self, first: usize, last: usize, read: &ReadAs) {
        let mut run: Option<usize> = None;
        for line in first..=last {
            let Some(place) = self.taken.get_mut(line) else { return };
            if place.is_some() {
                run = None;
                continue;
            }
            let at = match run {
                Some(at) => at,
                None => {
                    self.runs.push(Run { first: line, last: line, read: read.clone() });
                    self.runs.len() - 1
                }
            };
            *place = Some(at);
            if let Some(run) = self.runs.get_mut(at) {
                run.last = line;
            }
            run = Some(at);
        }
    }

    /// A line as one thing, if it is free.
    fn one(&mut self, line: usize, read: &ReadAs) {
        self.whole(line, line, read);
    }

    /// A paragraph: a line that nothing is known of goes on with what the line above it was.
    fn words(&mut self, first: usize, last: usize, facts: &Facts) {
        let mut start = first;
        let mut read = facts.at(first).unwrap_or(&ReadAs::Prose);
        for line in first + 1..=last {
            if let Some(next) = facts.at(line) {
                self.whole(start, line - 1, std::mem::replace(&mut read, next));
                start = line;
            }
        }
        self.whole(start, last, read);
    }

    /// A code block: a letter is one thing; else each line by itself, the others as they are. Where commands were read
    /// the whole fence is theirs: comments and sample output belong to them.
    fn code(&mut self, first: usize, last: usize, facts: &Facts, other: ReadAs) {
        if let Some(read @ (ReadAs::Message { .. } | ReadAs::Heading { .. })) = facts.at(first) {
            return self.whole(first, last, read);
        }
        let mut commands = Vec::new();
        for line in first..=last {
            if let Some(ReadAs::Commands { commands: here }) = facts.at(line) {
                commands.extend(here.iter().cloned());
            }
        }
        let other = if commands.is_empty() { other } else { ReadAs::Commands { commands } };
        self.each(first, last, facts, &other);
    }

    /// Each line by itself where something is known of it, the others as `other`.
    fn each(&mut self, first: usize, last: usize, facts: &Facts, other: &ReadAs) {
        let mut start = first;
        for line in first..=last {
            match facts.at(line) {
                None | Some(ReadAs::Commands { .. }) => {}
                Some(read) => {
                    if line > start {
                        self.whole(start, line - 1, other);
                    }
                    self.one(line, read);
                    start = line + 1;
                }
            }
        }
        if start <= last {
            self.whole(start, last, other);
        }
    }

    /// The runs by their place, blank lines at their ends cut off.
    fn in_order(self, source: &Source<'_>) -> Vec<Reading> {
        let mut found: Vec<Reading> = Vec::with_capacity(self.runs.len());
        let mut runs = self.runs;
        runs.sort_by_key(|run| run.first);
        for run in runs {
            let said = (run.first..=run.last).map(|line| (line, source.line_text(line)));
            let mut said = said.filter(|(_, text)| !is_blank(text));
            let Some((first, text)) = said.next() else { continue };
            let (last, end) = said.next_back().unwrap_or((first, text));
            let (start, end) = (source.line_start(first), source.line_start(last) + end.len());
            found.push(Reading { start, end, line: first, end_line: last, read: run.read });
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
