//! The page of commands, links and files.

use plan::{Plan, ReferenceKind};

use super::outside::may_open;
use super::words::small;
use crate::wire::{ReferenceGroupView, ReferenceView, ReferencesView};

/// The references by kind; a kind of which the checklist has none is left out.
pub(crate) fn references(plan: &Plan) -> ReferencesView {
    let groups = [
        (ReferenceKind::Command, "command", "Commands"),
        (ReferenceKind::Link, "link", "Links"),
        (ReferenceKind::File, "file", "Files"),
    ];
    let groups = groups.into_iter().map(|(kind, word, title)| ReferenceGroupView {
        reference_kind: word.to_owned(),
        title: title.to_owned(),
        references: plan
            .references
            .iter()
            .filter(|reference| reference.kind == kind)
            .map(|reference| ReferenceView {
                id: reference.id.to_string(),
                line: small(reference.line),
                title: reference.text.clone(),
                target: reference.target.clone(),
                opens: kind == ReferenceKind::Link && may_open(&reference.target),
            })
            .collect(),
    });
    ReferencesView { groups: groups.filter(|group| !group.references.is_empty()).collect() }
}
