//! What a sentence itself demands, where no heading names a severity: "roll back if …" says it.

use std::sync::LazyLock;

use crate::model::Severity;
use crate::read::lists::Lists;
use crate::read::{when, words};

/// Turning back, as an order. "No-go" is a vote, and a switch that is thrown says not that all is taken back.
pub(super) const BACK: [&str; 25] = [
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
    "zurückrollen",
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
    "откатываемся",
];
pub(super) const CONDITION: [&str; 12] =
    ["if", "when", "whenever", "once", "as soon as", "wenn", "falls", "si", "se", "если", "eğer", "in case"];
/// Words that leave it to people whether anything follows.
const SOFT: [&str; 14] = [
    "can",
    "consider",
    "may",
    "might",
    "could",
    "discuss",
    "evaluate",
    "whether",
    "decide",
    "decision",
    "unless",
    "needed",
    "necessary",
    "required",
];
/// What is waited for before turning back.
const MENDED: [&str; 30] = [
    "fix",
    "fixed",
    "fixing",
    "resolved",
    "resolve",
    "solved",
    "mended",
    "repaired",
    "recover",
    "recovers",
    "recovered",
    "mitigated",
    "mitigation",
    "restored",
    "cleared",
    "normal",
    "improve",
    "improves",
    "improved",
    "understood",
    "decide",
    "decided",
    "decision",
    "wait",
    "waiting",
    "investigate",
    "investigation",
    "behoben",
    "gelöst",
    "resuelto",
];
/// What a stretch of time stands behind when it is the time to wait.
const UNTIL: [&str; 7] = ["within", "after", "in", "wait", "binnen", "nach", "en"];
/// An order and its condition stand this near to each other, in characters.
const NEAR: usize = 60;

/// One of these has a line of which a sentence may order to turn back.
pub(crate) fn words_of_orders() -> impl Iterator<Item = &'static str> {
    BACK.into_iter()
}

/// What a line that says "roll back if …", or "if …, roll back", demands.
pub(super) fn of_sentence(text: &str) -> Option<Severity> {
    let plain = words::plain(text);
    order(&plain)?;
    severity(&plain)
}

/// What the words of a heading or of a line above a list demand of its entries, known to name what turns back.
pub(super) fn of_lead(plain: &str) -> Option<Severity> {
    words::has_any(plain, &BACK).then(|| severity(plain)).flatten()
}

/// HIGH where words give a time to wait or to decide, CRITICAL where they order it, nothing where they leave it open.
fn severity(plain: &str) -> Option<Severity> {
    if waits(plain) { Some(Severity::High) } else { (!words::has_any(plain, &SOFT)).then_some(Severity::Critical) }
}

/// Whether a text gives a time to mend, to wait or to decide.
pub(super) fn waits(plain: &str) -> bool {
    wait_s(plain).is_some()
}

/// The time that a text gives to mend, to wait or to decide, in seconds: "not fixed within 30 minutes".
pub(super) fn wait_s(plain: &str) -> Option<u64> {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::new([MENDED.as_slice()]));
    if LISTS.held(plain) == 0 {
        return None;
    }
    let all: Vec<&str> = plain.split_whitespace().collect();
    let mut places = all.iter().enumerate().filter(|(_, word)| UNTIL.contains(word));
    places.find_map(|(at, _)| begins_with_time(all.get(at + 1..)))
}

fn begins_with_time(words: Option<&[&str]>) -> Option<u64> {
    let next: Vec<&str> = words.unwrap_or_default().iter().take(3).copied().collect();
    let first = next.first()?;
    first.starts_with(|c: char| c.is_ascii_digit()).then(|| when::duration_s(&next.join(" "))).flatten()
}

/// Where the condition of an order to turn back begins and ends, in bytes of a text in lower case.
pub(super) fn order(lower: &str) -> Option<(usize, usize)> {
    let (at, start) = words::first_place(lower, &CONDITION)?;
    if super::decision::is_never(lower) || words::has(lower, "unless") {
        return None;
    }
    let head = lower.get(..at)?;
    // Of the places at which each of them stands first, the last.
    let firsts = BACK.iter().filter_map(|word| words::first_place(head, &[word]));
    if let Some((_, behind)) = words::has_any(head, &BACK).then(|| firsts.max()).flatten() {
        // "Roll back by flag. Call Ann if …" are two sentences.
        let between = head.get(behind..)?;
        let is_one = between.chars().count() <= NEAR && !between.contains(". ");
        return is_one.then_some((start, lower.len()));
    }
    // "If the rollback fails, call Ann": only what follows from the condition is an order.
    let open = head.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let (cut, behind) = [", ", " then ", ": ", " — ", " – "]
        .iter()
        .filter_map(|sign| lower.rfind(sign).map(|at| (at, at + sign.len())))
        .filter(|(cut, _)| *cut > start)
        .max()?;
    let consequence = lower.get(behind..)?;
    (open && words::has_any(consequence, &BACK)).then_some((start, cut))
}

/// Whether a sentence begins with its order, or with the condition for it: one that tells of orders does not.
pub(super) fn is_imperative(text: &str) -> bool {
    const LEAD: usize = 14;
    let plain = words::plain(text);
    let back = words::first_place(&plain, &BACK);
    super::decision::opens(text)
        || back.is_some_and(|(at, _)| at <= LEAD && !plain.get(..at).unwrap_or("").contains(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_demands_what_it_says() {
        let (critical, high) = (Some(Severity::Critical), Some(Severity::High));
        for (text, expected) in [
            ("Roll back if the error rate is above 5 %", critical),
            ("Abort the deployment at once when invoices are missing", critical),
            ("We revert to 7.1 as soon as p95 > 2 s", critical),
            ("Back out if more than 3 pods restart", critical),
            ("If the error rate stays above 5 % for 10 minutes, roll back", critical),
            ("Zurückrollen, wenn die Fehlerrate über 5 % liegt", critical),
            ("Roll back if not fixed within 30 minutes", high),
            ("If errors > 2 % and nobody has fixed it after 1 hour, roll back", high),
            ("If p95 > 2 s, decide within 15 min whether to roll back", high),
            ("Roll back within 15 minutes if errors > 5 %", critical),
            ("Consider to roll back if errors > 2 %", None),
            ("Page Ann if errors > 2 %", None),
            ("If the rollback fails, call Ann", None),
            ("Do not roll back if p95 < 2 s", None),
            ("Roll back unless errors < 1 %", None),
            ("Roll back if needed", None),
            ("Roll back by flag. Call Ann if errors > 5 %", None),
        ] {
            assert_eq!(of_sentence(text), expected, "{text}");
        }
        assert_eq!(of_lead("rollback triggers"), critical);
        assert_eq!(of_lead("rollback decision criteria"), None);
        assert_eq!(of_lead("no-go criteria"), None);
    }
}
