//! Lists that Markdown takes for indented code, put back into the tree.
//!
//! A fence that is indented less than the entry above it ends that entry's list, and the sub-tasks below the fence,
//! which are indented by four, become code. Only blocks that hold nothing but list entries, a box among them, are read
//! as what they were meant to be; each entry stands on a line of its own.

use super::{Document, Node, NodeId, NodeKind, short};
use crate::model::{Inline, Inlines};

/// One line of such a block.
struct Entry<'a> {
    /// Byte of the list's sign in the source.
    start: usize,
    end: usize,
    column: usize,
    number: Option<u64>,
    words: &'a str,
}

/// Puts every such list back.
pub(super) fn lists(document: &mut Document, text: &str) {
    for at in 0..document.apart.len() {
        let Some(id) = document.apart.get(at).copied() else { continue };
        let Some(Node { kind: NodeKind::Code(code), start, end, .. }) = document.nodes.get(id) else { continue };
        if code.info.is_some() {
            continue;
        }
        if let Some(entries) = entries(text, *start as usize, *end as usize, &code.text) {
            build(document, id, &entries);
        }
    }
}

/// The block's lines, if all of them are list entries and one has a box.
fn entries<'a>(text: &'a str, start: usize, end: usize, code: &str) -> Option<Vec<Entry<'a>>> {
    let begin = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let mut entries = Vec::new();
    let mut has_box = false;
    let mut at = begin;
    let mut said = code.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in text.get(begin..end)?.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            // Inside a quote the line begins with the quote's sign: such a block stays what it is.
            if said.next() != Some(words) {
                return None;
            }
            let indent = line.len() - line.trim_start().len();
            let (number, words) = entry(words)?;
            has_box |= ["[ ] ", "[x] ", "[X] "].iter().any(|sign| words.starts_with(sign));
            let column = line.get(..indent)?.chars().fold(0, |column: usize, character| match character {
                '\t' => (column / 4 + 1) * 4,
                _ => column + 1,
            });
            entries.push(Entry { start: at + indent, end: at + line.trim_end().len(), column, number, words });
        }
        at += line.len();
    }
    (has_box && said.next().is_none()).then_some(entries)
}

/// The words behind a list's sign, and the number of a numbered one.
fn entry(line: &str) -> Option<(Option<u64>, &str)> {
    let (number, rest) = match line.strip_prefix(['-', '*', '+']) {
        Some(rest) => (None, rest),
        None => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
            (Some(line.get(..digits)?.parse().ok()?), rest)
        }
    };
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then_some((number, words))
}

fn build(document: &mut Document, block: NodeId, entries: &[Entry<'_>]) {
    let Some(node) = document.nodes.get_mut(block) else { return };
    node.kind = NodeKind::Lost;
    // Column, list and last entry of each level that is open.
    let mut open: Vec<(usize, NodeId, NodeId)> = Vec::new();
    for entry in entries {
        while open.len() > 1 && open.last().is_some_and(|(column, ..)| *column > entry.column) {
            open.pop();
        }
        let list = match open.last() {
            Some((column, list, _)) if *column >= entry.column => *list,
            above => {
                let holder = above.map_or(block, |(_, _, item)| *item);
                document.add(holder, NodeKind::List(entry.number), entry)
            }
        };
        let item = document.add(list, NodeKind::ListItem { ticked: None }, entry);
        let paragraph = document.add(item, NodeKind::Paragraph, entry);
        let first = short(document.words.len());
        document.words.extend(inlines(entry.words));
        let end = short(document.words.len());
        if let Some(node) = document.nodes.get_mut(paragraph) {
            node.words = (first, end);
        }
        match open.last_mut() {
            Some((_, open, last)) if *open == list => *last = item,
            _ => open.push((entry.column, list, item)),
        }
    }
}

/// The words of one line; as they stand where they would be a block of another kind.
fn inlines(words: &str) -> Inlines {
    let mut line = Document::tree(words);
    match line.node(0).only() {
        Some(only) if line.node(only).kind == NodeKind::Paragraph => line.take_words(only),
        _ => Inline::Text { text: words.into() }.into(),
    }
}

impl Document {
    fn add(&mut self, holder: NodeId, kind: NodeKind, entry: &Entry<'_>) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node::new(kind, entry.start, entry.end));
        if let Some(node) = self.nodes.get_mut(holder) {
            node.children.push(short(id));
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries_of(text: &str) -> Vec<(usize, String)> {
        let document = Document::parse(text);
        let mut found = Vec::new();
        let mut open: Vec<(NodeId, usize)> = document.top().rev().map(|id| (id, 0)).collect();
        while let Some((id, depth)) = open.pop() {
            let node = document.node(id);
            if matches!(node.kind, NodeKind::ListItem { .. }) {
                found.push((depth, Inline::plain(document.words(node.first().unwrap()))));
            }
            let depth =
                depth + usize::from(node.kind == NodeKind::Lost || matches!(node.kind, NodeKind::ListItem { .. }));
            open.extend(node.children().rev().map(|child| (child, depth)));
        }
        found
    }

    #[test]
    fn sub_tasks_below_a_fence_come_back_with_their_nesting() {
        let text = "-   [ ] Host\n\n  ```sh\n  id\n  ```\n\n    -   [ ] **Ports** closed\n        - [x] 22\n\n    -   [ ] `id` fits\n";
        let found: Vec<_> = entries_of(text);
        let expected = [(0, "Host"), (1, "[ ] Ports closed"), (2, "[x] 22"), (1, "[ ] id fits")];
        assert_eq!(found, expected.map(|(depth, text)| (depth, text.to_owned())));
    }

    #[test]
    fn code_stays_code() {
        for text in ["    - name: x\n    - name: y\n", "    - [ ] a\n    rm -r x\n", ">     - [ ] a\n", "    make\n"] {
            let document = Document::parse(text);
            assert!(document.nodes().any(|node| matches!(node.kind, NodeKind::Code(_))), "{text}");
        }
    }

    #[test]
    fn places_in_the_source_are_kept() {
        let text = "\t- [ ] a\n\t  1. [ ] b\n";
        let document = Document::parse(text);
        let starts: Vec<_> = document
            .nodes()
            .filter(|node| matches!(node.kind, NodeKind::ListItem { .. }))
            .filter_map(|node| text.get(node.start()..node.end()))
            .collect();
        assert_eq!(starts, ["- [ ] a", "1. [ ] b"]);
    }
}
