//! Which sentences tell when to turn back or to call somebody: what they name is the breach, not what must hold.

use std::sync::LazyLock;

use smallvec::SmallVec;

use super::demand::{self, CONDITION};
use crate::model::Severity;
use crate::read::lists::Lists;
use crate::read::words;

/// What a heading or a line above a list makes of the entries below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// "Roll back if:", "Alert rules": each entry is a breach.
    Breach {
        /// What its words demand where no heading says more: "Roll back if:", "not fixed within 30 minutes:".
        severity: Option<Severity>,
        /// The time that its words give before the way back is due, in seconds.
        wait_s: Option<u64>,
        /// Whether entries without a number are breaches too.
        words_count: bool,
    },
    /// "Do not roll back if:": the entries demand nothing.
    Never,
}

/// Verbs and nouns of turning back.
pub(super) const BACK: [&str; 27] = [
    "roll back",
    "rollback",
    "rolling back",
    "roll-back",
    "rolled back",
    "auto-rollback",
    "revert",
    "reverted",
    "abort",
    "aborted",
    "back out",
    "backout",
    "no-go",
    "kill switch",
    "zurückrollen",
    "rollback auslösen",
    "abbrechen",
    "revertir",
    "retroceder",
    "abortar",
    "annuler",
    "revenir",
    "geri al",
    "откат",
    "откатить",
    "откатывать",
    "откатываем",
];
/// Verbs of calling somebody or of holding still.
const CALL: [&str; 19] = [
    "page",
    "alert",
    "alerts",
    "alarm",
    "escalate",
    "stop",
    "halt",
    "pause",
    "trigger",
    "triggers",
    "investigate",
    "notify",
    "declare",
    "call",
    "warn",
    "alarmieren",
    "stoppen",
    "avisar",
    "detener",
];
/// What makes a clause a demand of its own again.
const DEMAND: [&str; 9] =
    ["should be", "should stay", "must", "otherwise", "else", "target", "expected", "unless", "proceed"];

/// What a clause may be an order, a demand or neither by.
static ACTS: LazyLock<Lists> = LazyLock::new(|| Lists::new([BACK.as_slice(), &CALL, &DEMAND]));

/// Whether each clause of a line names a breach.
pub(super) fn breaches<'a>(clauses: impl Iterator<Item = &'a str>) -> SmallVec<[bool; 8]> {
    let clauses: Vec<String> = clauses.map(words::plain).collect();
    let opens = clauses.first().is_some_and(|first| starts_with_condition(first));
    let acts_last = clauses.last().is_some_and(|last| has_action(last) && !words::has_any(last, &["unless"]));
    let mut is_breach = opens && acts_last;
    let mut found = SmallVec::new();
    for clause in &clauses {
        if is_named(clause) || is_order(clause) {
            is_breach = true;
        } else if ACTS.of(clause) & 4 != 0 && words::has_any(clause, &DEMAND) && !starts_with_condition(clause) {
            is_breach = false;
        }
        found.push(is_breach && !is_never(clause));
    }
    found
}

/// "Alerts are sent if …", "roll back when …".
pub(super) fn is_order(clause: &str) -> bool {
    if ACTS.of(clause) & 3 == 0 {
        return false;
    }
    let actions = [words::first_place(clause, &BACK), words::first_place(clause, &CALL)];
    let action = actions.into_iter().flatten().map(|(at, _)| at).min();
    if action.is_none() {
        return false;
    }
    let condition = words::first_place(clause, &CONDITION).map(|(at, _)| at);
    match (action, condition) {
        (Some(action), Some(condition)) => action < condition && !words::has(clause, "unless"),
        // "Alert on: p95 > 3 s", "Page at > 5 %".
        (Some(action), None) => {
            words::has_any(
                clause,
                &[
                    "alert on",
                    "alarm on",
                    "page on",
                    "page at",
                    "rollback on",
                    "roll back on",
                    "abort on",
                    "alert at",
                    "rollback at",
                ],
            ) && action < 12
        }
        _ => false,
    }
}

/// "Response time alert: > 500 ms", "CPU > 80 % threshold".
fn is_named(clause: &str) -> bool {
    words::labelled(clause).is_some_and(|(name, _)| {
        let ends = |word: &str| name.ends_with(word);
        ends(" alert")
            || ends(" alarm")
            || ends("rollback trigger")
            || ends("abort threshold")
            || ends("alert threshold")
    }) || clause.trim_end_matches(['.', ')']).ends_with("threshold") && clause.contains(['<', '>', '≤', '≥'])
}

/// Whether a line begins with a condition.
pub(super) fn opens(text: &str) -> bool {
    starts_with_condition(&words::plain(text))
}

fn starts_with_condition(clause: &str) -> bool {
    CONDITION.iter().any(|word| clause.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
}

fn has_action(text: &str) -> bool {
    // The words of both lists are among those that may be an order.
    ACTS.of(text) & 3 != 0
        && (words::has_any(text, &BACK)
            || words::has_any(text, &["page", "escalate", "alert", "stop", "halt", "pause"]))
}

/// "Do not roll back".
const NEVER: [&str; 12] = [
    "do not roll back",
    "do not rollback",
    "don't roll back",
    "don't rollback",
    "not to roll back",
    "not to rollback",
    "no rollback",
    "never roll back",
    "do not abort",
    "don't abort",
    "nicht zurückrollen",
    "не откатывать",
];

pub(super) fn is_never(text: &str) -> bool {
    words::has_any(text, &NEVER)
}

/// What makes a heading or a line that speaks of the way back one of when to take it.
const WHEN: [&str; 23] = [
    "when to",
    "if any",
    "when any",
    "if one of",
    "if all",
    "if the following",
    "when the following",
    "if either",
    "trigger",
    "triggers",
    "criteria",
    "criterion",
    "conditions",
    "condition",
    "thresholds",
    "threshold",
    "auslöser",
    "kriterien",
    "criterios",
    "critérios",
    "critères",
    "критерии",
    "koşulları",
];
/// What makes it one of what comes behind it.
const SUCCESS: [&str; 7] = ["success", "successful", "verification", "verify", "after", "complete", "completed"];
const NOW: [&str; 7] = ["immediately", "immediate", "at once", "now", "sofort", "inmediato", "немедленно"];

/// Headings over rules for alerting.
const RULES: [&str; 11] = [
    "alert rules",
    "alerting rules",
    "alert thresholds",
    "alerting thresholds",
    "detection thresholds",
    "alarm thresholds",
    "alert conditions",
    "alarme",
    "alertas",
    "symptoms",
    "симптомы",
];

/// One of these has a line of which a clause names a breach, or orders something once a condition holds.
pub(crate) fn words_of_acts() -> impl Iterator<Item = &'static str> {
    BACK.into_iter().chain(CALL).chain(["alert", "alarm"])
}

/// What a heading has one of that makes its entries breaches.
pub(crate) fn words_over_breaches() -> impl Iterator<Item = &'static str> {
    BACK.into_iter().chain(RULES)
}

/// The names of severities.
pub(crate) fn severities() -> impl Iterator<Item = &'static str> {
    CRITICAL.into_iter().chain(HIGH).chain(MEDIUM)
}

/// What a heading, from [`words::plain`], makes of the entries below it.
pub(super) fn of_heading(text: &str) -> Option<Lead> {
    let is_rules = || words::has_any(text, &RULES);
    of_words(text).or_else(|| is_rules().then_some(Lead::Breach { severity: None, wait_s: None, words_count: false }))
}

/// One of these has a line that opens a list of breaches.
pub(crate) fn words_of_leads() -> impl Iterator<Item = &'static str> {
    BACK.into_iter()
}

/// What a line that opens a list makes of the entries below it.
pub(super) fn of_line(text: &str) -> Option<Lead> {
    let end = text.trim_end_matches(words::is_dress);
    if !end.ends_with([':', '…', '.', 'f', 'F', 'n', 'N']) {
        return None;
    }
    let plain = words::plain(text);
    let opens = plain.ends_with(':')
        || plain.ends_with(" if")
        || plain.ends_with(" when")
        || plain.ends_with("…")
        || plain.ends_with("...");
    opens.then(|| of_words(&plain)).flatten()
}

fn of_words(text: &str) -> Option<Lead> {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::new([BACK.as_slice(), &NEVER, &WHEN, &SUCCESS, &NOW]));
    let held = LISTS.held(text);
    let holds = |place: u32| (held >> place) & 1 == 1;
    if !holds(0) {
        return None;
    }
    if holds(1) {
        return Some(Lead::Never);
    }
    let end = text.trim_end_matches([':', '.', '…', ' ']);
    // "Rollback (if needed)" says when that section is read, not when to turn back.
    let is_when =
        holds(2) || CONDITION.iter().any(|word| end.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')));
    let (is_mark, is_now) = (holds(3), holds(4));
    // "Use when" in the name of a way back says when that way serves, not when to go back.
    if !is_when || is_mark {
        return None;
    }
    let severity = if is_now { Some(Severity::Critical) } else { demand::of_lead(text) };
    Some(Lead::Breach { severity, wait_s: demand::wait_s(text), words_count: true })
}

const CRITICAL: [&str; 10] =
    ["critical", "sev1", "sev-1", "sev 1", "p0", "kritisch", "crítico", "critique", "критично", "critico"];
const HIGH: [&str; 9] = ["high", "sev2", "sev-2", "sev 2", "p1", "major", "page", "hoch", "alto"];
const MEDIUM: [&str; 13] =
    ["medium", "moderate", "sev3", "sev-3", "sev 3", "p2", "warning", "warn", "minor", "ticket", "low", "sev4", "p3"];

/// The severity that words name: of a heading, a cell, or a line's own label.
pub(super) fn severity(plain: &str) -> Option<Severity> {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::new([CRITICAL.as_slice(), &HIGH, &MEDIUM]));
    let lists = LISTS.of(plain);
    if lists & 1 != 0 && words::has_any(plain, &CRITICAL) {
        Some(Severity::Critical)
    } else if lists & 2 != 0 && words::has_any(plain, &HIGH) {
        Some(Severity::High)
    } else if lists & 4 != 0 && words::has_any(plain, &MEDIUM) {
        Some(Severity::Medium)
    } else {
        None
    }
}

/// "CRITICAL: …", "[SEV1] …", "… (P1)": only where the line sets it apart.
pub(super) fn severity_of_line(text: &str) -> Option<Severity> {
    if !text.contains([':', '[', '(']) {
        return None;
    }
    let plain = words::plain(text);
    let label = words::labelled(&plain).map(|(name, _)| name).filter(|name| name.split_whitespace().count() == 1);
    let bracket = plain.strip_prefix(['[', '(']).and_then(|rest| rest.split_once([']', ')'])).map(|(inner, _)| inner);
    let (_, inside) = words::brackets(&plain);
    let last = inside.last().map(String::as_str).filter(|inner| inner.split_whitespace().count() == 1);
    [label, bracket, last].into_iter().flatten().find_map(severity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breach_is_told_from_a_demand() {
        let read = |clauses: &[&str]| breaches(clauses.iter().copied()).to_vec();
        assert_eq!(read(&["Roll back if the error rate > 5 %", "p95 > 2 s"]), [true, true]);
        assert_eq!(read(&["CPU should be < 50 %", "alerts are sent if it is > 80 %"]), [false, true]);
        assert_eq!(read(&["If error rate > 5 %", "p95 > 2 s, roll back"]), [true, true]);
        assert_eq!(read(&["Response time alert: > 500 ms"]), [true]);
        assert_eq!(read(&["Roll back unless error rate < 1 %"]), [false]);
        assert_eq!(read(&["Error rate < 1 %"]), [false]);
        assert_eq!(read(&["Do not roll back if p95 < 2 s"]), [false]);
        assert_eq!(read(&["Alert on: p95 > 3 s", "errors > 1 %"]), [true, true]);
    }

    #[test]
    fn lines_open_lists_of_breaches() {
        let now = Some(Lead::Breach { severity: Some(Severity::Critical), wait_s: None, words_count: true });
        assert_eq!(of_line("Roll back at once if:"), now);
        assert_eq!(of_line("Do NOT roll back if:"), Some(Lead::Never));
        assert_eq!(of_line("Use when:"), None);
        assert_eq!(of_line("Rollback steps:"), None);
        assert_eq!(of_line("Rollback, if needed, goes like this:"), None);
        assert_eq!(severity_of_line("CRITICAL: errors > 5 %"), Some(Severity::Critical));
        assert_eq!(severity_of_line("[P1] errors > 5 %"), Some(Severity::High));
        assert_eq!(severity_of_line("High CPU (> 80 %)"), None);
    }
}
