//! What keeps a condition from being compared, as findings.

use crate::model::{Level, Place};
use crate::read::criterion::{Doubt, Said};
use crate::read::notes::{Note, Notes};

/// Longer words are cut in a finding: the line shows them whole.
const SHOWN_MAX: usize = 80;

/// Tells what is doubtful about a clause.
pub(super) fn note(said: &Said, line: usize, place: Place, notes: &mut Notes<'_>) {
    let Some(doubt) = said.doubt else { return };
    let words = shown(&said.text);
    let needs_word = if matches!(place, Place::Gate | Place::Decision) { Level::Warning } else { Level::Note };
    let (code, level, message, mend) = match doubt {
        Doubt::Words => (
            "CRT-02",
            needs_word,
            format!(
                "“{words}” names no number, so nothing can be held against it on the day: it counts only on a person's word."
            ),
            "Write the limit as a number with its unit, such as \"Error rate < 1 %\".",
        ),
        Doubt::Relative => (
            "CRT-02",
            needs_word,
            format!(
                "“{words}” is measured against another value that the room does not hold, so it counts only on a person's word."
            ),
            "Write the limit itself as a number with its unit.",
        ),
        Doubt::NoNumber => (
            "CRT-11",
            Level::Warning,
            format!("“{words}” looks like a limit, but its number is missing, so nothing is watched for it."),
            "Write the number and its unit.",
        ),
        Doubt::NoMetric => (
            "CRT-11",
            Level::Warning,
            format!("“{words}” gives a limit, but does not say of what, so nothing is watched for it."),
            "Write what is measured before the limit, such as \"P95 latency < 200 ms\".",
        ),
        Doubt::NoUnit => (
            "CRT-12",
            Level::Warning,
            format!(
                "“{words}” gives a limit without a unit, which may be read in two ways, so nothing is compared with it."
            ),
            "Write the unit behind the number (%, ms, s, GB).",
        ),
    };
    notes.on_line(line, Note { code, level, message, mend });
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("").trim_end()),
        None => text.to_owned(),
    }
}
