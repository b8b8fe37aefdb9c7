//! What is in the source, counted independently of what became of it.

use super::body::Bodies;
use super::document::{Code, Document, NodeKind};
use super::script;
use super::source::Source;
use crate::model::{Counts, Ignored, Origin};

/// Counts marks, fences and tables; `imported` is what became an item.
pub(crate) fn read(document: &Document, source: &Source<'_>, bodies: &Bodies) -> Counts {
    let mut counts = Counts::default();
    for item in &bodies.items {
        match item.origin {
            Origin::Box => counts.imported += 1,
            Origin::Recovered => counts.recovered += 1,
            Origin::Step => counts.steps += 1,
        }
    }
    let boxes = document.boxes();
    counts.boxes = boxes.all;
    counts.ticked = boxes.ticked;
    for (id, node) in document.apart() {
        match &node.kind {
            NodeKind::Code(code) => {
                let Code { info, text } = code.as_ref();
                counts.fences += usize::from(info.is_some());
                let is_shell = bodies.shells.get(id).copied();
                if !is_shell.unwrap_or_else(|| script::is_shell(info.as_deref(), text)) {
                    let first = source.line(node.start()) + usize::from(info.is_some());
                    ignore(&mut counts, text, first, if info.is_some() { "in a fence" } else { "in indented code" });
                }
            }
            NodeKind::Html(code) => ignore(&mut counts, &code.text, source.line(node.start()), "in a comment or HTML"),
            NodeKind::Table => counts.tables += 1,
            _ => {}
        }
    }
    counts.ignored.sort_by_key(|ignored| ignored.line);
    counts
}

fn ignore(counts: &mut Counts, text: &str, first: usize, reason: &str) {
    let marked = text.lines().enumerate().filter(|(_, line)| is_mark(line));
    counts.ignored.extend(marked.map(|(row, _)| Ignored { line: first + row, reason: reason.to_owned() }));
}

/// A line that a person would take for a box, in a list or by itself.
pub(crate) fn is_mark(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("<!--").map_or(line, str::trim_start);
    let entry = line.strip_prefix(['-', '*', '+']).map_or(line, str::trim_start);
    matches!(entry.as_bytes(), [b'[', b' ' | b'x' | b'X', b']', b' ', ..]) || entry.starts_with(['☐', '☑', '⬜'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_are_no_boxes_are_counted_with_their_reason() {
        let text = "<!--\n- [ ] hidden\n-->\n\n```\n- [x] sample\n[ ] no dash\n```\n\n- [X] live\n";
        let counts = read(&Document::parse(text), &Source::new(text), &Bodies::default());
        assert_eq!((counts.boxes, counts.ticked, counts.fences), (1, 1, 1));
        let ignored: Vec<_> = counts.ignored.iter().map(|one| (one.line, one.reason.as_str())).collect();
        assert_eq!(ignored, [(2, "in a comment or HTML"), (6, "in a fence"), (7, "in a fence")]);
    }
}
