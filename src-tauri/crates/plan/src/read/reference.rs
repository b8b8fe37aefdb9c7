//! Commands, links and files to have at hand.

use std::collections::HashSet;

use super::body::{Bodies, Entry, EntryKind};
use super::outline::Outline;
use super::words;
use crate::model::{Block, Inline, Item, Reference, ReferenceId, ReferenceKind, SectionKind};

/// Reads the reference sections.
pub(crate) fn read(bodies: &Bodies, outline: &Outline) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let mut seen: HashSet<(ReferenceKind, String, String)> = HashSet::new();
    for entry in &bodies.entries {
        let section = outline.section(entry.section);
        if section.is_none_or(|section| section.kind != SectionKind::Reference) {
            continue;
        }
        for (line, name, kind, target, command) in of(entry, bodies, outline) {
            if seen.insert((kind, name.clone(), target.clone())) {
                let id = ReferenceId::of(std::slice::from_ref(&name), &target, 0);
                found.push(Reference { id, line, text: name, kind, target, command });
            }
        }
    }
    found
}

type Found = (usize, String, ReferenceKind, String, Option<crate::model::CommandId>);

fn of(entry: &Entry, bodies: &Bodies, outline: &Outline) -> Vec<Found> {
    match &entry.kind {
        EntryKind::Script { groups, .. } => groups
            .iter()
            .flat_map(|(group, ids)| group.commands.iter().zip(ids).map(move |command| (group, command)))
            .map(|(group, (shell, id))| {
                let name = group.label.clone().unwrap_or_default();
                (shell.line(entry.line), name, ReferenceKind::Command, shell.text.clone(), Some(id.clone()))
            })
            .collect(),
        EntryKind::Fence { first_line } => {
            let rows = entry.text.lines().enumerate();
            rows.filter_map(|(row, text)| {
                named(text).map(|(name, kind, target)| (first_line + row, name, kind, target, None))
            })
            .collect()
        }
        EntryKind::Row { .. } => Vec::new(),
        EntryKind::Item(_) | EntryKind::Bullet | EntryKind::Paragraph => {
            let links: Vec<Found> = links(entry, bodies, outline)
                .into_iter()
                .map(|(name, target)| (entry.line, name, ReferenceKind::Link, target, None))
                .collect();
            if !links.is_empty() {
                return links;
            }
            named(&entry.text).map(|(name, kind, target)| (entry.line, name, kind, target, None)).into_iter().collect()
        }
    }
}

/// `Grafana: https://…`, `Values: ./helm/values.yaml`.
fn named(text: &str) -> Option<(String, ReferenceKind, String)> {
    let text = words::without_signs(text);
    let (name, value) = words::labelled(&text)?;
    let value = value.trim_matches(['<', '>', '`']);
    if value.is_empty() || value.contains(' ') {
        return None;
    }
    let kind = if value.contains("://") {
        ReferenceKind::Link
    } else if value.contains('/') || value.starts_with('.') {
        ReferenceKind::File
    } else {
        return None;
    };
    Some((name.to_owned(), kind, value.to_owned()))
}

/// The links that the entry's own line holds.
fn links(entry: &Entry, bodies: &Bodies, outline: &Outline) -> Vec<(String, String)> {
    let own = |item: &Item| item.inlines.clone();
    let inlines: Vec<Inline> = match entry.kind {
        EntryKind::Item(at) => bodies.items.get(at).map(own).unwrap_or_default(),
        _ => {
            let section = outline.section(entry.section);
            let blocks = section.map(|section| section.body.as_slice()).unwrap_or_default();
            blocks
                .iter()
                .find_map(|block| match block {
                    Block::Prose { line, inlines, .. } if *line == entry.line => Some(inlines.clone()),
                    _ => None,
                })
                .unwrap_or_default()
        }
    };
    inlines
        .into_iter()
        .filter_map(|inline| match inline {
            Inline::Link { text, target } if target.contains("://") => Some((text, target)),
            _ => None,
        })
        .collect()
}
