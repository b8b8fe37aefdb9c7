//! Paragraphs whose lines are items: each led by a mark, a line of answers, blanks to sign.

use super::entries::may_sign;
use super::items::{self, Draft};
use super::{Bodies, EntryKind, Task, first_words, tables};
use crate::model::{Block, Field, Inline, Inlines, Origin, Prose, SourceMark};
use crate::read::document::{Document, Line, NodeId, NodeKind};
use crate::read::marks::{self, Sort};
use crate::read::notes::Notes;
use crate::read::outline::Outline;
use crate::read::source::Source;
use crate::read::{choice, fields, inlines};

/// What a line of a paragraph is.
enum Said {
    Words,
    Mark { sort: Sort, state: SourceMark, length: usize },
    Offer(choice::Offer),
    Sign(Vec<Field>),
}

impl Bodies {
    /// Reads a paragraph line by line where one of its lines is an item; whether it did.
    pub(super) fn lines(
        &mut self,
        document: &Document,
        source: &Source<'_>,
        outline: &mut Outline,
        notes: &mut Notes<'_>,
        task: &Task,
    ) -> bool {
        if task.section.is_none() || task.quoted || task.bullet.is_some() {
            return false;
        }
        let may_sign = outline.section(task.section).is_some_and(may_sign);
        let Some(lines) = read(document, task.node, self.work.signs, may_sign) else { return false };
        let (mut brackets, mut signs, mut first) = (0, 0, None);
        let mut words: Option<Line> = None;
        let mut made = false;
        // An item goes on over the lines below it that have no mark, unless the author broke the line.
        let mut open: Option<(Line, Draft)> = None;
        for (line, said) in lines {
            let at = source.line(line.start);
            let draft = match said {
                Said::Words => {
                    match (&mut open, line.hard) {
                        (Some((above, draft)), false) => {
                            above.end = line.end;
                            more(draft, line.inlines);
                        }
                        _ => {
                            self.close(source, outline, task, &mut open);
                            match &mut words {
                                Some(above) => {
                                    above.end = line.end;
                                    join(&mut above.inlines, line.inlines);
                                }
                                None => words = Some(line),
                            }
                        }
                    }
                    continue;
                }
                Said::Mark { sort, state, length } => {
                    match sort {
                        Sort::Bracket => brackets += 1,
                        Sort::Sign => signs += 1,
                    }
                    Some(Draft::new(inlines::behind(&line.inlines, length), state, Origin::Recovered))
                }
                Said::Offer(offer) => self.offer(task, &line.inlines, offer),
                // Name, date and signature one below the other are asked for at once.
                Said::Sign(fields) if open.as_ref().is_some_and(|(_, draft)| !draft.fields.is_empty()) => {
                    if let Some((above, draft)) = &mut open {
                        above.end = line.end;
                        more(draft, line.inlines);
                        draft.fields.extend(fields);
                    }
                    continue;
                }
                Said::Sign(fields) => {
                    let mut draft = Draft::new(line.inlines.clone(), SourceMark::Open, Origin::Recovered);
                    draft.fields = fields;
                    Some(draft)
                }
            };
            self.close(source, outline, task, &mut open);
            self.prose(source, outline, task, &mut words);
            made = true;
            first = first.or(Some(at));
            match draft {
                Some(draft) => {
                    if !draft.choices.is_empty() {
                        items::note_choice(notes, at, &draft.choices);
                    }
                    open = Some((line, draft));
                }
                None => words = Some(line),
            }
        }
        self.close(source, outline, task, &mut open);
        self.prose(source, outline, task, &mut words);
        if let Some(first) = first {
            items::note_brackets(notes, first, brackets);
            items::note_signs(notes, first, signs);
        }
        made
    }

    fn close(&mut self, source: &Source<'_>, outline: &mut Outline, task: &Task, open: &mut Option<(Line, Draft)>) {
        if let Some((line, draft)) = open.take() {
            self.item(source, outline, task, source.line(line.start), draft);
        }
    }

    fn prose(&mut self, source: &Source<'_>, outline: &mut Outline, task: &Task, words: &mut Option<Line>) {
        let Some(line) = words.take() else { return };
        let at = source.line(line.start);
        self.entry(task, at, Inline::whole(&line.inlines), EntryKind::Paragraph);
        let (depth, quoted) = (task.depth, task.quoted);
        let prose = Prose { line: at, depth, bullet: None, quoted, inlines: line.inlines };
        self.put(outline, task.holder, Block::Prose(Box::new(prose)));
    }
}

/// The paragraph's lines, if one of them is an item.
fn read(document: &Document, id: NodeId, signs: bool, may_sign: bool) -> Option<Vec<(Line, Said)>> {
    // Most paragraphs hold no mark at all, and need not be cut into lines.
    let all = document.words(id);
    if !all.iter().any(|inline| may_hold_mark(inline.text())) {
        return None;
    }
    let lines = document.lines(id);
    let texts: Vec<String> = lines.iter().map(|line| Inline::plain(&line.inlines)).collect();
    let led = texts.iter().filter(|text| marks::sign(text).is_some()).count();
    // A single sign is decoration; a run of them, with nothing between, is a list.
    let are_signs = signs && led > 1 && led == texts.len() && !marks::is_legend(&texts);
    let blanks: Vec<Vec<Field>> = texts.iter().map(|text| fields::of(text)).collect();
    let all_blanks: Vec<Field> = blanks.iter().flatten().cloned().collect();
    let is_signed = may_sign && fields::is_sign_off(&all_blanks);
    let mut found = false;
    let mut said = Vec::new();
    for ((line, text), blanks) in lines.into_iter().zip(texts).zip(blanks) {
        let what = what(&line, &text, are_signs, is_signed.then_some(blanks));
        found |= !matches!(what, Said::Words);
        said.push((line, what));
    }
    found.then_some(said)
}

fn may_hold_mark(text: &str) -> bool {
    // Each of them has one of these; without a way out in the middle, so that many bytes are looked at in one step.
    let may_be = |byte: u8| (byte == b'[') | (byte == b'_') | !byte.is_ascii();
    if !text.bytes().fold(false, |so_far, byte| so_far | may_be(byte)) {
        return false;
    }
    text.contains("[ ]")
        || text.contains("___")
        || text.contains(['[', '\u{a0}']) && text.contains(']')
        || text.chars().any(marks::is_status)
        || text.contains(":white_") && text.contains(':')
}

fn what(line: &Line, text: &str, are_signs: bool, blanks: Option<Vec<Field>>) -> Said {
    if let Some(offer) = choice::of(text) {
        return Said::Offer(offer);
    }
    // "-[ ] a" is no list entry for Markdown.
    let joined = text.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with('['));
    let skipped = text.len() - joined.map_or(text.len(), str::len);
    if let Some(mark) = joined.map_or_else(|| marks::of(&line.inlines), marks::bracket) {
        let behind = joined.unwrap_or(text).get(mark.length..).unwrap_or("").trim();
        let is_item = match mark.sort {
            Sort::Bracket => !behind.is_empty() && !text.trim_start().starts_with("[]"),
            Sort::Sign => {
                let is_box = text.trim_start().starts_with(marks::is_box);
                !behind.is_empty() && !behind.ends_with(':') && (is_box || are_signs && !is_label(line))
            }
        };
        if is_item {
            return Said::Mark { sort: mark.sort, state: mark.state, length: skipped + mark.length };
        }
    }
    match blanks {
        Some(blanks) if !blanks.is_empty() => Said::Sign(blanks),
        _ => Said::Words,
    }
}

/// "**Duration:** 30 min": a bold name with a value.
fn is_label(line: &Line) -> bool {
    let mut parts = line.inlines.iter().skip_while(|inline| !matches!(inline, Inline::Strong { .. }));
    let Some(name) = parts.next() else { return false };
    let starts = line.inlines.iter().take_while(|inline| !matches!(inline, Inline::Strong { .. })).all(|inline| {
        let words = marks::sign(inline.text()).and_then(|mark| inline.text().get(mark.length..));
        words.unwrap_or(inline.text()).trim().is_empty()
    });
    starts && (name.text().trim_end().ends_with(':') || parts.next().is_some_and(|rest| rest.text().starts_with(':')))
}

/// The words of a further line.
fn more(draft: &mut Draft, inlines: Inlines) {
    draft.text = format!("{} {}", draft.text, Inline::said(&inlines).trim()).into();
    join(&mut draft.inlines, inlines);
}

fn join(words: &mut Inlines, more: Inlines) {
    words.push(Inline::Text { text: " ".into() });
    words.extend(more);
}

/// Whether an item would be made of a block or of what stands below it, so that it needs a section.
pub(crate) fn holds_item(document: &Document, id: NodeId) -> bool {
    let mut open = vec![(id, false)];
    while let Some((id, quoted)) = open.pop() {
        let node = document.node(id);
        let holds = match &node.kind {
            NodeKind::ListItem { ticked: Some(_) } | NodeKind::Lost => true,
            NodeKind::ListItem { ticked: None } => first_words(document, id).is_some_and(|first| {
                let own = document.words(first);
                marks::of(own).is_some() || !quoted && choice::of(&Inline::said(own)).is_some()
            }),
            NodeKind::Paragraph => !quoted && read(document, id, true, true).is_some(),
            NodeKind::Table => !quoted && tables::holds_item(document, id),
            _ => false,
        };
        if holds {
            return true;
        }
        let quoted = quoted || node.kind == NodeKind::Quote;
        open.extend(node.children().map(|child| (child, quoted)));
    }
    false
}

/// Whether a box stands in each block or below it; and how many blocks say something themselves.
pub(super) fn holds_box(document: &Document) -> (Vec<bool>, usize) {
    let mut said = 0;
    let mut holds: Vec<bool> = document
        .nodes()
        .map(|node| match node.kind {
            NodeKind::ListItem { ticked } => ticked.is_some(),
            NodeKind::Lost => true,
            NodeKind::Paragraph | NodeKind::Code(_) | NodeKind::TableRow => {
                said += 1;
                false
            }
            _ => false,
        })
        .collect();
    // From the end: a block stands after the one that holds it.
    for id in (0..holds.len()).rev() {
        let own = document.node(id).children().any(|child| holds.get(child).copied().unwrap_or(false));
        if let (true, Some(holds)) = (own, holds.get_mut(id)) {
            *holds = true;
        }
    }
    (holds, said)
}
