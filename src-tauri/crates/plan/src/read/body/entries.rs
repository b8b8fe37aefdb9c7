//! Which list entries without a box are items: recovered marks, choices, blanks to sign, steps.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::items::{self, Draft};
use super::{Bodies, Holder, Task, first_words};
use crate::model::{Inline, Origin, SectionKind, SourceMark};
use crate::read::document::{Document, NodeId, NodeKind};
use crate::read::marks::Sort;
use crate::read::notes::Notes;
use crate::read::outline::Outline;
use crate::read::quick::QuickHasher;
use crate::read::steps::{self, Work};
use crate::read::{choice, fields, gate, held, inlines, marks, words};

/// What is known of a list before its entries are read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct List {
    pub(super) numbered: bool,
    /// What counts as a step in it.
    pub(super) work: Work,
    /// Whether it was lost in indented code.
    pub(super) lost: bool,
}

impl Bodies {
    /// Looks at a list as a whole.
    pub(super) fn list(&self, document: &Document, task: &Task, numbered: bool) -> List {
        let node = document.node(task.node);
        // Entries with a box are items by it; what else counts as work is asked of the others alone.
        let is_box = |child: NodeId| matches!(document.node(child).kind, NodeKind::ListItem { ticked: Some(_) });
        if node.children().all(is_box) {
            return List { numbered, work: Work::default(), lost: task.list.lost };
        }
        let mut work = self.work;
        if task.section.is_none() || task.quoted {
            work = Work { signs: work.signs && !task.quoted, ..Work::default() };
        }
        let lead = self.entries.last().filter(|entry| entry.section() == task.section);
        if lead.is_some_and(|lead| steps::leads_to_words(&lead.text)) {
            work = Work { signs: work.signs, ..Work::default() };
        }
        let words: Vec<Cow<'_, str>> = node.children().map(|child| said(document, child)).collect();
        // Entries beside boxes are work where one of their list has a box, or where each of them tells to do something.
        if work.beside && !matches!(task.holder, Holder::Item(_)) {
            work.plain =
                node.children().any(is_box) || words.len() > 1 && words.iter().all(|words| steps::tells(words));
        }
        let is_contents = words.len() > 1 && words.iter().all(|words| self.titles.contains(&title(words)));
        let is_links = node.children().all(|child| is_link(document, child));
        let explains = numbered && !work.statements && steps::explains(&words);
        if is_contents || is_links || explains {
            work = Work { signs: work.signs, ..Work::default() };
        }
        work.signs &= !marks::is_legend(&words);
        List { numbered, work, lost: task.list.lost }
    }

    /// One finding for each kind of mark that a list recovers.
    pub(super) fn note_marks(&self, document: &Document, notes: &mut Notes<'_>, task: &Task, list: List, line: usize) {
        if list.lost || task.section.is_none() {
            return;
        }
        let (mut brackets, mut signs) = (0, 0);
        for child in document.node(task.node).children() {
            let node = document.node(child);
            if !matches!(node.kind, NodeKind::ListItem { ticked: None }) {
                continue;
            }
            let Some(first) = first_words(document, child) else { continue };
            if choice::of(&Inline::said(document.words(first))).is_some() {
                continue;
            }
            match recovered(document, first, list.work.signs).map(|mark| mark.sort) {
                Some(Sort::Bracket) => brackets += 1,
                Some(Sort::Sign) => signs += 1,
                None => {}
            }
        }
        items::note_brackets(notes, line, brackets);
        items::note_signs(notes, line, signs);
    }

    /// An entry without a box as an item, if it is one.
    pub(super) fn entry_draft(
        &mut self,
        document: &Document,
        outline: &Outline,
        notes: &mut Notes<'_>,
        task: &Task,
        first: Option<NodeId>,
        line: usize,
    ) -> Option<Draft> {
        task.section?;
        let first = first?;
        let own = document.words(first);
        let text = Inline::said(own);
        if let Some(offer) = choice::of(&text).filter(|_| !task.quoted) {
            let draft = self.offer(task, own, offer)?;
            items::note_choice(notes, line, &draft.choices);
            return Some(draft);
        }
        if let Some(mark) = recovered(document, first, task.list.work.signs) {
            return Some(Draft::new(inlines::behind(own, mark.length), mark.state, Origin::Recovered));
        }
        let blanks = fields::of(&text);
        let section = outline.section(task.section);
        let is_signed = fields::is_sign_off(&blanks)
            || !blanks.is_empty()
                && section.is_some_and(|section| {
                    words::has_any(&words::plain(&section.text), &["signatures", "sign-off", "sign off", "signature"])
                });
        if is_signed && !task.quoted && section.is_some_and(may_sign) {
            return Some(Draft::new(own.iter().cloned().collect(), SourceMark::Open, Origin::Recovered));
        }
        let has_list = has_list(document, task.node);
        // The boxes below are the work; the entry only says what they belong to.
        if self.holds_box.get(task.node).copied().unwrap_or(false) {
            return None;
        }
        let is_step = task.list.work.takes(text.trim(), task.list.numbered, has_list) && !text.trim().is_empty()
            || self.is_held && !task.quoted && held::is_bound(&text)
            || !task.quoted && (held::stops(&text) || task.list.work.plain && gate::is_step(&text))
            || !task.quoted && section.is_some_and(may_sign) && steps::is_timed(&text);
        is_step.then(|| Draft::new(own.iter().cloned().collect(), SourceMark::Open, Origin::Step))
    }

    /// A line of answers: a question of its own where it decides something or stands alone, else the state of the item
    /// above it, which takes the answers.
    pub(super) fn offer(&mut self, task: &Task, own: &[Inline], offer: choice::Offer) -> Option<Draft> {
        let above = task.item.filter(|_| matches!(task.holder, Holder::Item(_)));
        if let Some(item) = above.and_then(|above| self.items.get_mut(above)).filter(|_| !choice::decides(&offer)) {
            if item.choices.is_empty() {
                item.choices = offer.choices.into();
            }
            return None;
        }
        let mut draft = Draft::new(own.iter().cloned().collect(), SourceMark::Open, Origin::Recovered);
        if !offer.question.is_empty() {
            draft.text = offer.question.as_str().into();
        }
        draft.choices = offer.choices;
        Some(draft)
    }

    /// "Release manager:" over a list: whoever it names does what stands below.
    pub(super) fn owner_of_list(&mut self, document: &Document, task: &Task, first: Option<NodeId>) -> Option<usize> {
        let text = first.map(|first| Inline::said(document.words(first))).unwrap_or_default();
        if task.section.is_none() || !steps::names_somebody(&text, has_list(document, task.node)) {
            return task.owner;
        }
        let name = words::without_signs(&text);
        self.owners.push(name.trim().trim_end_matches(':').trim().into());
        Some(self.owners.len() - 1)
    }
}

/// Where blanks ask for a person's word; among contacts they ask for a number.
pub(super) fn may_sign(section: &crate::model::Section) -> bool {
    !matches!(section.kind, SectionKind::Contacts | SectionKind::Reference)
}

/// The mark that an entry's first line begins with.
fn recovered(document: &Document, first: NodeId, signs: bool) -> Option<marks::Mark> {
    let own = document.words(first);
    let mark = marks::of(own)?;
    if mark.sort == Sort::Bracket {
        return Some(mark);
    }
    let text = Inline::said(own);
    let behind = text.get(mark.length..)?.trim();
    (signs && !behind.is_empty() && !behind.ends_with(':')).then_some(mark)
}

fn said(document: &Document, item: NodeId) -> Cow<'_, str> {
    first_words(document, item).map(|first| Inline::said(document.words(first))).unwrap_or_default()
}

/// Whether an entry is nothing but a link.
fn is_link(document: &Document, item: NodeId) -> bool {
    first_words(document, item).is_some_and(|first| {
        let own = document.words(first);
        let is_link = |inline: &Inline| match inline {
            Inline::Link { .. } => true,
            Inline::Text { text } => text.trim_matches([' ', '.', ',', '-', ':']).is_empty(),
            _ => false,
        };
        own.iter().any(|inline| matches!(inline, Inline::Link { .. })) && own.iter().all(is_link)
    })
}

fn has_list(document: &Document, item: NodeId) -> bool {
    document.node(item).children().any(|child| matches!(document.node(child).kind, NodeKind::List(_)))
}

/// A digest of a heading without its number and signs, for comparing. Two headings under one digest would only take a
/// list of steps for contents.
pub(super) fn title(text: &str) -> u64 {
    let plain = words::plain(text);
    let rest = plain.trim_start_matches(|character: char| character.is_ascii_digit() || " .)".contains(character));
    let mut digest = QuickHasher::default();
    rest.hash(&mut digest);
    digest.finish()
}
