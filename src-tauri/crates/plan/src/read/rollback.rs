//! The ways back, their limit, and the marks that tell that one worked.

use super::body::{Bodies, EntryKind};
use super::criteria::is_success;
use super::notes::Notes;
use super::outline::Outline;
use super::{when, words};
use crate::model::{Criterion, ItemId, Place, Rollback, RollbackWay, Section, SectionKind};

/// Reads the rollback sections.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, criteria: &[Criterion], _notes: &mut Notes<'_>) -> Rollback {
    let mut rollback = Rollback {
        criteria: criteria.iter().filter(|one| one.place == Place::Decision).map(|one| one.id.clone()).collect(),
        success: success(outline, bodies),
        ..Rollback::default()
    };
    for entry in &bodies.entries {
        let section = outline.section(entry.section);
        if section.is_none_or(|section| section.kind != SectionKind::Rollback) {
            continue;
        }
        let EntryKind::Script { groups, .. } = &entry.kind else { continue };
        let has_options = groups.iter().any(|(group, _)| group.is_option);
        for (group, ids) in groups {
            let label = group.label.clone().unwrap_or_default();
            if group.is_option || !has_options && rollback.ways.is_empty() && !is_success(&label) {
                let (name, when) = name(&label);
                rollback.ways.push(RollbackWay {
                    line: entry.line + 1 + group.row,
                    text: name,
                    when,
                    commands: ids.clone(),
                    by_hand: (!group.notes.is_empty()).then(|| by_hand(&group.notes)),
                });
            } else if is_success(&label) {
                rollback.verify.extend(ids.iter().cloned());
            }
        }
    }
    if let Some((seconds, line)) = target(bodies, &outline.sections) {
        rollback.target_s = Some(seconds);
        rollback.target_line = Some(line);
    }
    rollback
}

fn success(outline: &Outline, bodies: &Bodies) -> Vec<ItemId> {
    let is_marks = |section: &Section| section.kind == SectionKind::Rollback && is_success(&section.text);
    let marked = bodies.item_sections.iter().zip(&bodies.items);
    let marked = marked.filter(|(at, _)| outline.section(**at).is_some_and(is_marks));
    marked.map(|(_, item)| item.id.clone()).collect()
}

/// "Option 1: Rollback deployment (if during canary)": the name, and when it serves.
fn name(label: &str) -> (String, Option<String>) {
    let rest = match words::labelled(label) {
        Some((_, rest)) if !rest.is_empty() => rest,
        _ => label,
    };
    let (name, remarks) = words::brackets(rest);
    (name, remarks.into_iter().next())
}

fn by_hand(notes: &[String]) -> String {
    let all = notes.join(" ");
    let inner = all.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.map_or_else(|| all.clone(), str::to_owned)
}

/// The limit: a rollback heading that says "within 15 minutes", else the first line anywhere that names the time a
/// rollback may take ("Rollback time: <15 minutes").
fn target(bodies: &Bodies, sections: &[Section]) -> Option<(u64, usize)> {
    let heading = sections.iter().filter(|section| section.kind == SectionKind::Rollback).find_map(|section| {
        let plain = words::plain(&section.text);
        let is_limit = words::has_any(&plain, &["within", "under", "in less than", "target", "max", "less than"]);
        is_limit.then(|| when::duration_s(&plain)).flatten().map(|seconds| (seconds, section.line))
    });
    heading.or_else(|| {
        bodies.entries.iter().find_map(|entry| {
            entry.text.lines().enumerate().find_map(|(row, line)| {
                let plain = words::plain(line);
                let at = plain.find("rollback time").or_else(|| plain.find("roll back within"))?;
                let seconds = when::duration_s(plain.get(at..)?)?;
                let first = match entry.kind {
                    EntryKind::Fence { first_line } => first_line,
                    _ => entry.line,
                };
                Some((seconds, first + row))
            })
        })
    })
}
