//! The rollback plan's page.

use plan::{Criterion, Severity};
use room::Room;

use super::book::Book;
use super::criteria::{group, severity_word};
use super::inlines::{Fences, commands};
use super::rows::item_view;
use super::words::{capitalised, small, stopwatch};
use crate::wire::{DecisionView, RollbackView, WayView};

/// The ways back, how to know that they worked, and when they are taken.
pub(crate) fn rollback(book: &Book<'_>, room: &Room) -> RollbackView {
    let rollback = &book.plan.rollback;
    let ways = rollback.ways.iter().enumerate().map(|(index, way)| WayView {
        number: small(index + 1),
        line: small(way.line),
        title: way.text.clone(),
        when: way.when.clone().unwrap_or_default(),
        commands: commands(book, &way.commands),
        by_hand: way.by_hand.clone().unwrap_or_default(),
    });
    let success = rollback.success.iter().filter_map(|id| book.item(id));
    RollbackView {
        limit: rollback.target_s.map(stopwatch).unwrap_or_default(),
        limit_line: rollback.target_line.map(|line| format!("line {line}")).unwrap_or_default(),
        ways: ways.collect(),
        verify: commands(book, &rollback.verify),
        success: success.map(|item| item_view(book, room, item, Fences::Split, None)).collect(),
        decisions: decisions(book),
    }
}

fn decisions(book: &Book<'_>) -> Vec<DecisionView> {
    let all: Vec<&Criterion> = book.plan.rollback.criteria.iter().filter_map(|id| book.criterion(id)).collect();
    let severities = [Some(Severity::Critical), Some(Severity::High), Some(Severity::Medium), None];
    severities
        .into_iter()
        .filter_map(|severity| {
            let these: Vec<_> = all.iter().copied().filter(|criterion| criterion.severity == severity).collect();
            let first = these.first()?;
            let title = if severity.is_none() { "Without a severity" } else { severity_word(severity) };
            Some(DecisionView {
                severity: severity_word(severity).to_owned(),
                demand: demand(book, first),
                group: group(book, &capitalised(title), these),
            })
        })
        .collect()
}

/// What a breach demands: the words in brackets behind the severity in the plan's own heading, else what the severity
/// means.
fn demand(book: &Book<'_>, criterion: &Criterion) -> String {
    let heading = criterion.section.as_ref().and_then(|id| book.section(id));
    let own = heading.and_then(|section| {
        let (_, rest) = section.text.split_once('(')?;
        let (inside, _) = rest.rsplit_once(')')?;
        let inside = inside.trim();
        (speaks_of(&section.text, criterion.severity) && !inside.is_empty()).then(|| capitalised(inside))
    });
    own.unwrap_or_else(|| {
        match criterion.severity {
            Some(Severity::Critical) => "Roll back now",
            Some(Severity::High) => "Roll back if it is not resolved",
            Some(Severity::Medium) => "Investigate",
            None => "No severity in the text",
        }
        .to_owned()
    })
}

/// Whether a heading speaks of that severity, so that its brackets are about it and not about the whole list.
fn speaks_of(heading: &str, severity: Option<Severity>) -> bool {
    let word = severity_word(severity);
    !word.is_empty() && heading.to_lowercase().contains(word)
}
