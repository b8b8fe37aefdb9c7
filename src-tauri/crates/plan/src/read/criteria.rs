//! Which lines are criteria, and where in the plan each one counts.

use std::collections::{HashMap, HashSet};

use super::body::{Bodies, Entry, EntryKind};
use super::criterion::{self, Threshold};
use super::notes::Notes;
use super::outline::Outline;
use super::words;
use crate::model::{Criterion, CriterionId, Gate, ItemId, ItemKind, Place, Section, SectionKind, Severity};

/// What is known about a line before it is read.
struct Spot<'a> {
    place: Place,
    severity: Option<Severity>,
    /// Whether the line is a condition even without a number.
    is_condition: bool,
    item: Option<&'a ItemId>,
}

/// Reads the criteria of all lines.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, gates: &[Gate], _notes: &mut Notes<'_>) -> Vec<Criterion> {
    let conditions: HashSet<&ItemId> = gates.iter().flat_map(|gate| &gate.conditions).collect();
    let mut found = Vec::new();
    let mut ordinals: HashMap<(Option<usize>, String), usize> = HashMap::new();
    for entry in &bodies.entries {
        let Some(spot) = spot(entry, bodies, outline, &conditions) else { continue };
        for (line, text) in lines(entry) {
            let threshold =
                if spot.is_condition { Some(criterion::condition(&text)) } else { criterion::threshold(&text) };
            let Some(threshold) = threshold else { continue };
            let ordinal = ordinals.entry((entry.section, text.clone())).or_default();
            let id = CriterionId::of(&outline.path(entry.section), &text, *ordinal);
            *ordinal += 1;
            found.push(build(
                id,
                line,
                text,
                threshold,
                &spot,
                outline.section(entry.section).map(|section| section.id.clone()),
            ));
        }
    }
    found
}

fn build(
    id: CriterionId,
    line: usize,
    text: String,
    threshold: Threshold,
    spot: &Spot<'_>,
    section: Option<crate::model::SectionId>,
) -> Criterion {
    Criterion {
        id,
        line,
        text,
        metric: threshold.metric,
        op: threshold.op,
        value: threshold.value,
        high: threshold.high,
        unit: threshold.unit,
        for_s: threshold.for_s,
        window_s: threshold.window_s,
        severity: spot.severity,
        place: spot.place,
        remark: threshold.remark,
        item: spot.item.cloned(),
        section,
    }
}

/// Where an entry stands, if criteria are looked for there.
fn spot<'a>(entry: &Entry, bodies: &'a Bodies, outline: &Outline, conditions: &HashSet<&ItemId>) -> Option<Spot<'a>> {
    let section = outline.section(entry.section);
    let item = match &entry.kind {
        EntryKind::Item(at) | EntryKind::Script { item: Some(at), .. } => bodies.items.get(*at),
        _ => None,
    };
    let id = item.map(|item| &item.id);
    let is_line = !matches!(entry.kind, EntryKind::Script { .. });
    if let Some(id) = id.filter(|id| is_line && conditions.contains(id)) {
        return Some(Spot { place: Place::Gate, severity: None, is_condition: true, item: Some(id) });
    }
    // Its words are the gate's share and the hold's time, not thresholds.
    if is_line && item.is_some_and(|item| item.kind != ItemKind::Check) {
        return None;
    }
    let kind = section.map_or(SectionKind::Prose, |section| section.kind);
    let is_list = matches!(entry.kind, EntryKind::Item(_) | EntryKind::Bullet);
    let place = match kind {
        SectionKind::Rollback => {
            let severity = severity(outline.lineage(entry.section));
            if severity.is_some() && is_list {
                return Some(Spot { place: Place::Decision, severity, is_condition: true, item: id });
            }
            let is_mark = section.is_some_and(|section| is_success(&section.text)) && item.is_some();
            return is_mark.then_some(Spot { place: Place::Rollback, severity: None, is_condition: false, item: id });
        }
        SectionKind::Success => {
            return item.map(|item| Spot {
                place: Place::Success,
                severity: None,
                is_condition: true,
                item: Some(&item.id),
            });
        }
        SectionKind::Communication | SectionKind::Contacts | SectionKind::Reference => return None,
        SectionKind::Watch => Place::Watch,
        SectionKind::Preparation => Place::Preparation,
        SectionKind::Phase | SectionKind::Prose => Place::Phase,
    };
    let is_readable = is_list || matches!(entry.kind, EntryKind::Fence { .. } | EntryKind::Script { .. });
    is_readable.then_some(Spot { place, severity: None, is_condition: false, item: id })
}

/// The lines of an entry with their place: a fence has many, anything else one.
fn lines(entry: &Entry) -> Vec<(usize, String)> {
    match &entry.kind {
        EntryKind::Fence { first_line } => {
            let rows = entry.text.lines().enumerate().filter(|(_, text)| is_metric_line(text));
            rows.map(|(row, text)| (first_line + row, words::without_signs(text))).collect()
        }
        EntryKind::Script { groups, .. } => groups
            .iter()
            .filter_map(|(group, _)| group.expected.clone().map(|(row, promise)| (entry.line + 1 + row, promise)))
            .collect(),
        _ => vec![(entry.line, entry.text.clone())],
    }
}

/// A line of a fence is a criterion only as `name: bound` with a metric of the vocabulary; anything else in a fence is
/// an example, a template or an output.
fn is_metric_line(text: &str) -> bool {
    words::labelled(&words::without_signs(text)).is_some_and(|(name, _)| criterion::metric(name).is_some())
}

/// "CRITICAL (Immediate Rollback)": the severity that the heading or one above it names.
fn severity<'a>(mut lineage: impl Iterator<Item = &'a Section>) -> Option<Severity> {
    lineage.find_map(|section| {
        let text = words::plain(&section.text);
        if words::has_any(&text, &["critical", "sev1", "sev-1", "p0"]) {
            Some(Severity::Critical)
        } else if words::has_any(&text, &["high", "sev2", "sev-2", "p1"]) {
            Some(Severity::High)
        } else if words::has_any(&text, &["medium", "moderate", "sev3", "sev-3", "p2"]) {
            Some(Severity::Medium)
        } else {
            None
        }
    })
}

/// A section of marks that tell whether a rollback worked.
pub(crate) fn is_success(text: &str) -> bool {
    words::has_any(&words::plain(text), &["success criteria", "success", "successful", "verify", "verification"])
}
