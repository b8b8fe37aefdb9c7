//! Headings over what is told, not done: what stands below them is nobody's step.

use std::sync::LazyLock;

use super::steps::word;
use super::verbs;
use super::words::{self, WordSet};

/// Headings over what is told, not done.
pub(crate) const TOLD: [&str; 62] = [
    "симптомы",
    "диагностика",
    "причины",
    "belirtiler",
    "about",
    "additional reading",
    "advantages",
    "alternatives",
    "anti-patterns",
    "assumptions",
    "background",
    "benefits",
    "best practices",
    "causes",
    "cause",
    "changelog",
    "change log",
    "concepts",
    "contents",
    "definitions",
    "diagnosis",
    "do's",
    "don'ts",
    "example",
    "examples",
    "expected",
    "expected result",
    "expected secrets",
    "faq",
    "features",
    "further reading",
    "glossary",
    "goal",
    "goals",
    "introduction",
    "known issues",
    "legend",
    "lessons learned",
    "metrics to track",
    "notes",
    "note",
    "objective",
    "objectives",
    "overview",
    "philosophy",
    "policy",
    "principles",
    "purpose",
    "rationale",
    "release notes",
    "requirements",
    "resources",
    "responsibilities",
    "roles",
    "scope",
    "severity",
    "severity levels",
    "summary",
    "symptoms",
    "table of contents",
    "troubleshooting",
    "why",
];

static OF_TOLD: LazyLock<WordSet> = LazyLock::new(|| words::openings(TOLD.into_iter()));

/// Whether a heading stands over what is told: "Known issues", and not "Producing the changelog".
pub(crate) fn is_told(title: &str) -> bool {
    words::opens_any(title, &OF_TOLD) && may_be_told(title)
}

/// The same for a heading that has the first word of one of [`TOLD`].
pub(crate) fn may_be_told(title: &str) -> bool {
    let mut parts = title.split_whitespace().skip_while(|part| !part.starts_with(char::is_alphabetic));
    let first = word(parts.next().unwrap_or(""));
    let is_work = (verbs::is_verb(&first) || first.ends_with("ing")) && !TOLD.contains(&first.as_ref());
    words::has_any(title, &TOLD) && !is_work && title.split_whitespace().count() <= 6
}
