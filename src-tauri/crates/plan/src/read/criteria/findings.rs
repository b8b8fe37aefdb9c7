//! What keeps a condition from being compared, as findings.

use crate::model::{Level, Place, Severity};
use crate::read::criterion::{Doubt, Said};
use crate::read::doubts::lines;
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

/// Decision criteria over which no severity stands: those whose words demand one, and those whose words do not. One
/// finding for each section and demand.
#[derive(Default)]
pub(super) struct Demands {
    found: Vec<Demand>,
}

struct Demand {
    section: Option<usize>,
    severity: Option<Severity>,
    lines: Vec<usize>,
    /// The words of the first.
    words: String,
}

impl Demands {
    pub(super) fn add(&mut self, section: Option<usize>, line: usize, text: &str, severity: Option<Severity>) {
        // A section is left once it is read: only its last demands, one of each severity, can still grow.
        let same = |one: &&mut Demand| one.section == section && one.severity == severity;
        match self.found.iter_mut().rev().take(3).find(same) {
            Some(one) if one.lines.last() == Some(&line) => {}
            Some(one) => one.lines.push(line),
            None => self.found.push(Demand { section, severity, lines: vec![line], words: shown(text) }),
        }
    }

    pub(super) fn tell(self, notes: &mut Notes<'_>) {
        for Demand { severity, lines: places, words, .. } in self.found {
            let Some(first) = places.first().copied() else { continue };
            let (which, names, stands, it_is) = if places.len() == 1 {
                (format!("“{words}”"), "names", "stands", "it is")
            } else {
                let which = format!("“{words}” and what stands with it ({})", lines(&places));
                (which, "name", "stand", "they are")
            };
            let (code, level, message, mend) = match severity {
                None => (
                    "CRT-13",
                    Level::Warning,
                    format!(
                        "{which} {names} no severity, so a breach asks to investigate and never demands a rollback."
                    ),
                    "Write it below a heading CRITICAL or HIGH, or begin with \"Roll back if\".",
                ),
                Some(severity) => {
                    let reading = match severity {
                        Severity::Critical => {
                            format!("the words say to roll back, so {it_is} CRITICAL: roll back now.")
                        }
                        _ => format!("the words give a time to wait, so {it_is} HIGH: roll back after a deadline."),
                    };
                    (
                        "CRT-14",
                        Level::Note,
                        format!("{which} {stands} below no severity; {reading}"),
                        "Write it below a heading CRITICAL, HIGH or MEDIUM if something else is meant.",
                    )
                }
            };
            notes.on_line(first, Note { code, level, message, mend });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Severity::{self, Critical, High, Medium};
    use crate::{Level, config::Config, read};

    fn severities(text: &str) -> Vec<(usize, Option<Severity>)> {
        read(text, &Config::default()).0.criteria.iter().map(|one| (one.line, one.severity)).collect()
    }

    fn told(text: &str) -> Vec<(usize, &'static str, Level)> {
        let found = read(text, &Config::default()).1.into_iter();
        let found = found.filter(|one| matches!(one.code, "CRT-13" | "CRT-14"));
        found.map(|one| (one.range.line, one.code, one.severity)).collect()
    }

    #[test]
    fn a_sentence_that_says_to_roll_back_demands_it() {
        let text = "# Ship\n\n## Rollback\n\nRoll back if the error rate is above 5 %.\n";
        assert_eq!(severities(text), [(5, Some(Critical))]);
        assert_eq!(told(text), [(5, "CRT-14", Level::Note)]);
        let listed = "# Ship\n\n## Rollback\n\nRoll back if:\n\n- Error rate above 5 %\n- Pods restart, not fixed within 30 minutes\n- MEDIUM: p95 > 2 s\n";
        assert_eq!(severities(listed), [(7, Some(Critical)), (8, Some(High)), (9, Some(Medium))]);
        assert_eq!(told(listed), [(7, "CRT-14", Level::Note), (8, "CRT-14", Level::Note)]);
    }

    #[test]
    fn a_heading_of_severity_wins_over_the_words() {
        let text = "# Ship\n\n## Rollback\n\n**MEDIUM:**\n\n- Roll back if the error rate is above 5 %\n";
        assert_eq!((severities(text), told(text)), (vec![(7, Some(Medium))], vec![]));
    }

    #[test]
    fn a_criterion_that_nobody_gives_a_demand_is_told() {
        let text = "# Ship\n\n## Rollback\n\nRollback decision criteria:\n\n- Error rate above 5 %\n- CPU > 80 %\n\n## Watch\n\n- Page Ann if p95 > 2 s\n";
        assert_eq!(severities(text), [(7, None), (8, None), (12, None)]);
        assert_eq!(told(text), [(7, "CRT-13", Level::Warning), (12, "CRT-13", Level::Warning)]);
    }

    #[test]
    fn what_a_fence_does_below_its_condition_is_its_demand() {
        let text = "# Ship\n\n## Rollback triggers\n\n```\nif error_rate > 5%:\n  rollback()\nif cpu > 80%:\n  page()\n\n\n```\n";
        assert_eq!(severities(text), [(6, Some(Critical)), (8, None)]);
    }
}
