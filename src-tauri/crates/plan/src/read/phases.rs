//! The run of the day: which sections are its stops.

use std::collections::{HashMap, HashSet};

use super::body::Bodies;
use super::notes::Notes;
use super::outline::{Outline, is_phase_word};
use super::start::target_date;
use crate::model::{Block, ItemId, Phase, Section, SectionKind, Stamp, When};

/// A section that is a stop.
struct Stop {
    section: usize,
    /// Whether what stands in the sections below belongs to it too.
    whole: bool,
}

/// Finds the stops. `taken` are the items that a page of their own shows (marks of a rollback).
pub(crate) fn read(
    outline: &Outline,
    bodies: &Bodies,
    taken: &[ItemId],
    year: Option<i16>,
    _notes: &mut Notes<'_>,
) -> Vec<Phase> {
    let stops = stops(outline);
    let places: HashMap<usize, usize> = stops.iter().enumerate().map(|(at, stop)| (stop.section, at)).collect();
    let taken: HashSet<&ItemId> = taken.iter().collect();
    let mut items: Vec<Vec<ItemId>> = stops.iter().map(|_| Vec::new()).collect();
    for (section, item) in bodies.item_sections.iter().zip(&bodies.items) {
        // Boxes of the communication plan stand on the messages' page, marks of a rollback on the rollback's.
        let is_elsewhere = taken.contains(&item.id)
            || outline.section(*section).is_some_and(|section| section.kind == SectionKind::Communication);
        // The nearest stop above the item is the one that it belongs to.
        let stop = outline.above(*section).find_map(|at| places.get(&at));
        if let (Some(items), false) = (stop.and_then(|stop| items.get_mut(*stop)), is_elsewhere) {
            items.push(item.id.clone());
        }
    }
    let mut phases = Vec::new();
    for (stop, items) in stops.iter().zip(items) {
        let Some(section) = outline.section(Some(stop.section)) else { continue };
        let has_page = matches!(
            section.kind,
            SectionKind::Rollback | SectionKind::Communication | SectionKind::Contacts | SectionKind::Reference
        );
        if !items.is_empty() || !has_page && stop.whole && has_words(outline, stop.section) {
            let when = due(outline, stop.section, year);
            phases.push(Phase { section: section.id.clone(), title: section.title.clone(), items, when });
        }
    }
    phases
}

/// The stops in the order of the text.
fn stops(outline: &Outline) -> Vec<Stop> {
    let mut roots: Vec<usize> =
        (0..outline.sections.len()).filter(|at| outline.parents.get(*at) == Some(&None)).collect();
    roots.sort_by_key(|at| outline.section(Some(*at)).map(|section| section.line));
    let real = roots.iter().filter(|at| outline.section(Some(**at)).is_some_and(|section| section.level > 0));
    // A single heading above all is the document's title.
    let is_only = real.count() == 1;
    let timed = timed_below(outline);
    let mut stops = Vec::new();
    let mut open: Vec<(usize, bool)> = roots.into_iter().rev().map(|at| (at, is_only)).collect();
    while let Some((at, must_split)) = open.pop() {
        let children: Vec<usize> = outline.children(at).collect();
        let splits = !children.is_empty() && (must_split || children.iter().any(|child| timed.contains(child)));
        stops.push(Stop { section: at, whole: !splits });
        if splits {
            // What stands directly in a section that is split is a stop of its own.
            open.extend(children.into_iter().rev().map(|child| (child, false)));
        }
    }
    stops
}

/// The sections that have a time of their own, or hold one that has: dates for real headings, times of day or "Phase"
/// for bold lines too. Days inside one preparation ("Day 2 (Jan 16)") make the real heading above them timed, but do
/// not split it; routines do neither.
fn timed_below(outline: &Outline) -> HashSet<usize> {
    let mut timed = HashSet::new();
    // From the end: every section stands after the one that holds it.
    for (at, section) in outline.sections.iter().enumerate().rev() {
        let is_timed = match &section.when {
            _ if section.bold && is_phase(section) => true,
            Some(When::Absolute { from, .. }) => !section.bold || from.time.is_some(),
            Some(When::Relative { .. } | When::WorkingDays { .. } | When::First { .. }) => true,
            None => false,
        };
        let holds_timed = outline.children(at).any(|child| timed.contains(&child));
        let holds_days = !section.bold
            && outline
                .children(at)
                .filter_map(|child| outline.section(Some(child)))
                .any(|child| child.bold && matches!(child.when, Some(When::Absolute { .. })));
        if is_timed || holds_timed || holds_days {
            timed.insert(at);
        }
    }
    timed
}

fn is_phase(section: &Section) -> bool {
    is_phase_word(&section.text) && section.text.to_lowercase().starts_with("phase")
}

/// Whether a section or one below it holds more than headings.
fn has_words(outline: &Outline, at: usize) -> bool {
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let body = outline.section(Some(at)).map(|section| section.body.as_slice()).unwrap_or_default();
        if body.iter().any(|block| !matches!(block, Block::Section { .. })) {
            return true;
        }
        open.extend(outline.children(at));
    }
    false
}

/// When a stop is due: what it says itself, its date from the heading above where it names only a time of day; where it
/// says nothing, what the nearest heading above says. The document's title is not asked: its date is the target's.
fn due(outline: &Outline, at: usize, year: Option<i16>) -> Option<When> {
    let mut found: Option<When> = None;
    for above in outline.above(Some(at)) {
        let Some(section) = outline.section(Some(above)) else { continue };
        let is_title = section.level == 1 && section.parent.is_none() && above != at;
        match (&mut found, &section.when) {
            (None, Some(when)) if !is_title => found = Some(when.clone()),
            (Some(When::Absolute { from, to, .. }), Some(When::Absolute { from: outer, .. }))
                if from.date.is_none() =>
            {
                from.date = outer.date;
                fill(to, outer.date);
            }
            _ => {}
        }
    }
    if let Some(When::Absolute { from, to, .. }) = &mut found
        && from.date.is_none()
    {
        from.date = target_date(&outline.sections, year);
        fill(to, from.date);
    }
    found
}

fn fill(to: &mut Option<Stamp>, date: Option<jiff::civil::Date>) {
    if let Some(to) = to {
        to.date = to.date.or(date);
    }
}
