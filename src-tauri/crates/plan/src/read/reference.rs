//! Commands, links and files to have at hand.

use super::body::{Bodies, Entry, EntryKind};
use super::outline::Outline;
use super::quick::{QuickMap, QuickSet};
use super::words;
use crate::model::{Block, Inline, Reference, ReferenceId, ReferenceKind, Section, SectionKind};

/// Reads the reference sections.
pub(crate) fn read(bodies: &Bodies, outline: &Outline) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let mut seen: QuickSet<(ReferenceKind, ReferenceId)> = QuickSet::default();
    let words = said(bodies, outline);
    for entry in &bodies.entries {
        if !outline.section(entry.section()).is_some_and(is_reference) {
            continue;
        }
        for (line, name, kind, target, command) in of(entry, words.get(&entry.line()).copied().unwrap_or_default()) {
            let id = ReferenceId::of(std::slice::from_ref(&name), &target, 0);
            if seen.insert((kind, id.clone())) {
                found.push(Reference { id, line, text: name, kind, target, command });
            }
        }
    }
    found
}

type Found = (usize, String, ReferenceKind, String, Option<crate::model::CommandId>);

fn of(entry: &Entry, inlines: &[Inline]) -> Vec<Found> {
    match &entry.kind {
        EntryKind::Script(script) => script
            .groups
            .iter()
            .flat_map(|(group, ids)| group.commands.iter().zip(ids).map(move |command| (group, command)))
            .map(|(group, (shell, id))| {
                let name = group.label.clone().unwrap_or_default();
                (shell.line(entry.line()), name, ReferenceKind::Command, shell.text.clone(), Some(id.clone()))
            })
            .collect(),
        EntryKind::Fence { first_line } => {
            let rows = entry.text.lines().enumerate();
            rows.filter_map(|(row, text)| {
                named(text).map(|(name, kind, target)| (first_line + row, name, kind, target, None))
            })
            .collect()
        }
        EntryKind::Row(row) => {
            let name = row.cells.first().cloned().unwrap_or_default();
            let targets = row.cells.iter().skip(1).map(|cell| cell.trim_matches(['<', '>', '`']));
            targets
                .filter(|cell| cell.contains("://") && !cell.contains(' '))
                .map(|cell| (entry.line(), name.clone(), ReferenceKind::Link, cell.to_owned(), None))
                .collect()
        }
        EntryKind::Item(_) | EntryKind::Bullet | EntryKind::Paragraph => {
            let links: Vec<Found> =
                links(inlines).map(|(name, kind, target)| (entry.line(), name, kind, target, None)).collect();
            if !links.is_empty() {
                return links;
            }
            named(&entry.text)
                .map(|(name, kind, target)| (entry.line(), name, kind, target, None))
                .into_iter()
                .collect()
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

/// Whether a section is one of reference.
fn is_reference(section: &Section) -> bool {
    section.kind == SectionKind::Reference
}

/// The words of each line of those sections that stands in prose or in an item: a links' home, by line.
fn said<'a>(bodies: &'a Bodies, outline: &'a Outline) -> QuickMap<usize, &'a [Inline]> {
    let mut words = QuickMap::<usize, &[Inline]>::default();
    let sections = outline.sections.iter().filter(|section| is_reference(section));
    for block in sections.flat_map(|section| &section.body) {
        if let Block::Prose(prose) = block {
            words.entry(prose.line).or_insert(&prose.inlines);
        }
    }
    for (item, section) in bodies.items.iter().zip(&bodies.item_sections) {
        if outline.section(*section).is_some_and(is_reference) {
            words.insert(item.range.line, &item.inlines);
        }
    }
    words
}

/// The links that a line holds; one to a place in the checklist itself is none.
fn links(inlines: &[Inline]) -> impl Iterator<Item = (String, ReferenceKind, String)> {
    inlines.iter().filter_map(|inline| match inline {
        Inline::Link { text, target } if target.contains("://") => {
            Some((text.to_string(), ReferenceKind::Link, target.to_string()))
        }
        Inline::Link { text, target }
            if !target.starts_with('#') && !target.contains(':') && target.contains(['/', '.']) =>
        {
            Some((text.to_string(), ReferenceKind::File, target.to_string()))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn links_files_and_rows_of_a_reference_section() {
        let text = "# Ship\n\n## Useful links\n\n- Look at [the board][b] first\n- [Runbook](./docs/run.md) and [above](#ship)\n\n| What | Where |\n|---|---|\n| Logs | https://logs.x.example |\n\n[b]: https://board.x.example\n";
        let plan = crate::read(text, &Config::default()).0;
        let found: Vec<_> = plan
            .references
            .iter()
            .map(|one| format!("{} {:?} {} {}", one.line, one.kind, one.text, one.target))
            .collect();
        assert_eq!(
            found,
            [
                "5 Link the board https://board.x.example",
                "6 File Runbook ./docs/run.md",
                "10 Link Logs https://logs.x.example"
            ]
        );
    }
}
