//! The check: what was found about a checklist, how it was read, and the source behind both.
//!
//! Owns: the words for all of it. Everything is worked out of the plan anew each time: nothing here can grow older than
//! the text that it speaks of.

mod goal;
mod kinds;
mod lines;
mod said;
#[cfg(test)]
mod tests;

pub(crate) use lines::source_page;

use std::collections::HashMap;

use plan::{Finding, Level};

use super::book::Book;
use super::words::{counted, small};
use crate::source::{SETTINGS, SETTINGS_CODE};
use crate::wire::{CheckView, FindingGroupView, FindingView};

const NOTE: &str = "Nothing was changed in your file. The room runs the reading above, never the prose.";

/// The severities, the gravest first.
const LEVELS: [(Level, &str, &str); 3] = [
    (Level::Error, "error", "Would mislead the room"),
    (Level::Warning, "warning", "Decide before the day"),
    (Level::Note, "note", "Worth knowing"),
];

/// A checklist that was read, with its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checked<'a> {
    /// Its file as a person reads its path.
    pub(crate) path: &'a str,
    /// Its text.
    pub(crate) text: &'a str,
    /// What was found about it and about its settings.
    pub(crate) findings: &'a [Finding],
    /// Whether a room of it is open, so that its lines lead somewhere.
    pub(crate) has_room: bool,
}

impl Checked<'_> {
    /// The gravest finding about each line of the checklist.
    fn gravest(&self) -> HashMap<usize, Level> {
        let mut found = HashMap::new();
        for finding in self.findings.iter().filter(|finding| finding.code != SETTINGS_CODE) {
            let level = found.entry(finding.range.line).or_insert(finding.severity);
            *level = finding.severity.max(*level);
        }
        found
    }
}

/// What is known of a checklist before anybody acts on it.
pub(crate) fn check(book: &Book<'_>, checked: Checked<'_>) -> CheckView {
    let (folder, file) = checked.path.rsplit_once('/').unwrap_or(("", checked.path));
    let lines = lines::count(&plan::line_ends(checked.text));
    let mut place = vec![counted(lines, "line", "lines"), "UTF-8".to_owned()];
    if !folder.is_empty() {
        place.insert(0, folder.to_owned());
    }
    let groups = LEVELS.iter().map(|(level, word, title)| {
        let mut findings: Vec<FindingView> =
            checked.findings.iter().filter(|finding| finding.severity == *level).map(finding_view).collect();
        findings.sort_by_key(|finding| finding.line);
        FindingGroupView { severity: (*word).to_owned(), title: (*title).to_owned(), findings }
    });
    let misleading = checked.findings.iter().filter(|finding| finding.severity == Level::Error).count();
    let (verdict, verdict_words) = match misleading {
        0 => (String::new(), Vec::new()),
        _ => (
            "NOT READY".to_owned(),
            vec![
                format!("{} would mislead the room", counted(misleading, "finding", "findings")),
                "Mend it in the file, or open the room knowing it".to_owned(),
            ],
        ),
    };
    CheckView {
        file: file.to_owned(),
        place: place.join(" · "),
        verdict,
        verdict_words,
        lines: small(lines),
        groups: groups.filter(|group| !group.findings.is_empty()).collect(),
        kinds: kinds::kinds(book, checked.findings),
        note: NOTE.to_owned(),
    }
}

fn level_word(level: Level) -> &'static str {
    LEVELS.iter().find(|(known, _, _)| *known == level).map_or("note", |(_, word, _)| word)
}

/// A finding as the window shows it.
pub(crate) fn finding_view(finding: &Finding) -> FindingView {
    let line = finding.range.line;
    let is_of_settings = finding.code == SETTINGS_CODE;
    FindingView {
        code: finding.code.to_owned(),
        severity: level_word(finding.severity).to_owned(),
        line: if is_of_settings { 0 } else { small(line) },
        place: if is_of_settings { format!("{SETTINGS} {line}") } else { format!("L {line}") },
        message: finding.message.clone(),
        mend: finding.mend.clone(),
    }
}
