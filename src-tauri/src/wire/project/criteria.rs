//! The criteria beside a phase.

use std::cmp::Reverse;
use std::collections::HashSet;

use plan::{Criterion, ItemId, Place, SectionId, Severity};

use super::book::Book;
use super::words::{criterion_name, length, limit, number, small};
use crate::wire::{CriteriaGroupView, CriteriaView, CriterionView};

/// The criteria beside the phase with this id; without one, those that hold for the whole plan.
pub(crate) fn criteria(book: &Book<'_>, phase: Option<&SectionId>) -> CriteriaView {
    let here: HashSet<&SectionId> = phase.into_iter().collect();
    let own = |criterion: &&Criterion| {
        matches!(criterion.place, Place::Preparation | Place::Gate | Place::Phase)
            && criterion.section.as_ref().is_some_and(|section| book.is_within(section, &here))
    };
    let of = |place: Place| book.plan.criteria.iter().filter(move |criterion| criterion.place == place);
    let mut decisions: Vec<_> = of(Place::Decision).collect();
    decisions.sort_by_key(|criterion| Reverse(criterion.severity));
    let groups = [
        group(book, "In this phase", book.plan.criteria.iter().filter(own)),
        group(book, "Key metrics", of(Place::Watch)),
        group(book, "Roll back if", decisions),
        group(book, "Successful if", of(Place::Success)),
    ];
    CriteriaView { groups: groups.into_iter().filter(|group| !group.criteria.is_empty()).collect() }
}

/// A group of criteria.
pub(crate) fn group<'plan>(
    book: &Book<'_>,
    title: &str,
    criteria: impl IntoIterator<Item = &'plan Criterion>,
) -> CriteriaGroupView {
    CriteriaGroupView {
        title: title.to_owned(),
        criteria: criteria.into_iter().map(|criterion| view(book, criterion)).collect(),
    }
}

/// The wire's word for a severity.
pub(crate) fn severity_word(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Critical) => "critical",
        Some(Severity::High) => "high",
        Some(Severity::Medium) => "medium",
        None => "",
    }
}

fn view(book: &Book<'_>, criterion: &Criterion) -> CriterionView {
    CriterionView {
        id: criterion.id.to_string(),
        line: small(criterion.line),
        name: criterion_name(criterion),
        limit: limit(criterion),
        severity: severity_word(criterion.severity).to_owned(),
        remark: remark(book, criterion),
        state: String::new(),
        reading: String::new(),
        history: String::new(),
    }
}

fn remark(book: &Book<'_>, criterion: &Criterion) -> String {
    let mut parts = Vec::new();
    if let Some(share) = criterion.item.as_ref().and_then(|item| gate_above(book, item)) {
        parts.push(format!("at {share}"));
    }
    if let Some(for_s) = criterion.for_s {
        parts.push(format!("for {}", length(for_s)));
    }
    if let Some(window_s) = criterion.window_s {
        parts.push(format!("in the first {}", length(window_s)));
    }
    // What the brackets say may be the very duration that was read from them.
    let said = criterion.remark.as_deref().unwrap_or_default();
    if !said.is_empty() && criterion.for_s.is_none() && criterion.window_s.is_none() {
        parts.push(said.to_owned());
    }
    parts.join(" · ")
}

/// "50 %", where the item is a condition of a gate with a share.
fn gate_above(book: &Book<'_>, item: &ItemId) -> Option<String> {
    let parent = book.item(item)?.parent.as_ref()?;
    let share = book.gate(parent)?.share_percent?;
    Some(format!("{} %", number(share)))
}
