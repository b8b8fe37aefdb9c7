//! What a section holds, by what it is called, by the headings above it, and by when it is due.

use super::outline::{Outline, is_phase_word};
use super::words;
use crate::model::{Block, Section, SectionKind, When};

const ROLLBACK: [&str; 8] =
    ["rollback", "roll back", "rolling back", "roll-back", "back out", "backout", "revert", "back-out"];
const CONTACTS: [&str; 6] =
    ["contacts", "contact", "escalation", "escalation path", "who to call", "emergency contacts"];
const COMMUNICATION: [&str; 9] = [
    "communication",
    "communications",
    "notification",
    "notifications",
    "announcement",
    "announcements",
    "announce",
    "stakeholder updates",
    "customer notice",
];
const SUCCESS: [&str; 6] = [
    "success criteria",
    "successful if",
    "acceptance criteria",
    "definition of done",
    "success metrics",
    "exit criteria",
];
const REFERENCE: [&str; 9] = [
    "appendix",
    "reference",
    "quick reference",
    "important commands",
    "important urls",
    "useful commands",
    "useful links",
    "resources",
    "related documentation",
];
const WATCH: [&str; 9] = [
    "post-deployment",
    "post-release",
    "post-launch",
    "monitoring period",
    "hypercare",
    "watch",
    "after deployment",
    "after release",
    "operations",
];
const PREPARATION: [&str; 12] = [
    "pre-deployment",
    "pre-release",
    "pre-launch",
    "pre-flight",
    "preparation",
    "prepare",
    "readiness",
    "prerequisites",
    "prerequisite",
    "before",
    "validation",
    "planning",
];
const PHASE: [&str; 13] = [
    "deployment",
    "deploy",
    "release",
    "rollout",
    "roll out",
    "launch",
    "cutover",
    "go-live",
    "go live",
    "execution",
    "migration",
    "canary",
    "verification",
];

/// Gives every section its kind. A page's kind (rollback, messages, contacts, success, reference) holds for all that
/// stands below it; the others are inherited only by what says nothing itself.
pub(crate) fn assign(outline: &mut Outline) {
    for at in 0..outline.sections.len() {
        let above = outline.parents.get(at).copied().flatten().and_then(|parent| outline.sections.get(parent));
        // The document's own title says what the text is about, not what the parts below it hold.
        let above = above.filter(|section| section.level > 1 || section.parent.is_some()).map(|section| section.kind);
        if let Some(section) = outline.sections.get_mut(at) {
            section.kind = kind(section, above);
        }
    }
}

fn kind(section: &Section, above: Option<SectionKind>) -> SectionKind {
    let page = |kind: &SectionKind| {
        matches!(
            kind,
            SectionKind::Rollback
                | SectionKind::Communication
                | SectionKind::Contacts
                | SectionKind::Success
                | SectionKind::Reference
        )
    };
    if let Some(above) = above.filter(page) {
        return above;
    }
    let text = words::plain(&section.text);
    // The document's title is no rollback plan because it names one.
    if section.level == 1 && section.parent.is_none() {
        return own(section, &text).filter(|kind| !page(kind)).unwrap_or(SectionKind::Phase);
    }
    own(section, &text).or(above).unwrap_or(SectionKind::Phase)
}

fn own(section: &Section, text: &str) -> Option<SectionKind> {
    let is = |names: &[&str]| words::has_any(text, names);
    if is_phase_word(&section.text) && text.starts_with("phase") {
        return Some(SectionKind::Phase);
    }
    Some(if is(&ROLLBACK) {
        SectionKind::Rollback
    } else if is(&SUCCESS) {
        SectionKind::Success
    } else if is(&COMMUNICATION) {
        SectionKind::Communication
    } else if is(&CONTACTS) {
        SectionKind::Contacts
    } else if is(&REFERENCE) {
        SectionKind::Reference
    } else if matches!(section.when, Some(When::First { .. })) {
        SectionKind::Watch
    } else if is(&PREPARATION) || matches!(section.when, Some(When::Relative { from_s, .. }) if from_s < 0) {
        SectionKind::Preparation
    } else if is(&WATCH) {
        SectionKind::Watch
    } else if is(&PHASE) {
        SectionKind::Phase
    } else {
        return None;
    })
}

/// A section that holds neither checks nor commands, itself or below, is prose, unless it has a page of its own.
pub(crate) fn name_prose(outline: &mut Outline) {
    let mut holds: Vec<bool> = outline.sections.iter().map(|section| section.body.iter().any(is_work)).collect();
    // From the end: every section stands after the one that holds it.
    for at in (0..outline.sections.len()).rev() {
        let parent = outline.parents.get(at).copied().flatten();
        let below = holds.get(at).copied().unwrap_or(false);
        if let Some(above) = parent.and_then(|parent| holds.get_mut(parent)) {
            *above |= below;
        }
    }
    for (section, holds) in outline.sections.iter_mut().zip(holds) {
        let has_page = !matches!(section.kind, SectionKind::Preparation | SectionKind::Phase | SectionKind::Watch);
        if !holds && !has_page {
            section.kind = SectionKind::Prose;
        }
    }
}

fn is_work(block: &Block) -> bool {
    matches!(block, Block::Item { .. } | Block::Commands { .. } | Block::Code { .. })
}
