//! What looks like a threshold and cannot be compared.

use std::sync::LazyLock;

use super::{compare, metric, unit};
use crate::read::lists::Lists;
use crate::read::words;

/// Why a condition cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// "Normal", "stable": there is no number.
    Words,
    /// "± 10 % of baseline", "2x": there is a number, but of something that nobody holds.
    Relative,
    /// "< [X] %", "under ____", "less than usual": the number is missing.
    NoNumber,
    /// "< 5" alone: nobody can tell of what.
    NoMetric,
    /// "Latency 200-500": nobody can tell of what unit.
    NoUnit,
}

/// What is known only by comparing with another time or another release.
const REFERENCES: [&str; 16] = [
    "baseline",
    "usual",
    "normal",
    "before",
    "yesterday",
    "last week",
    "previous",
    "the previous release",
    "the old version",
    "control",
    "historical",
    "average of",
    "üblich",
    "habitual",
    "habituel",
    "обычного",
];
/// What says that a value is held against such a time.
const AGAINST: [&str; 20] = [
    "of",
    "of the",
    "than",
    "than the",
    "than in",
    "vs",
    "vs.",
    "versus",
    "above",
    "above the",
    "below",
    "below the",
    "over",
    "over the",
    "from",
    "from the",
    "compared to",
    "compared with",
    "relative to",
    "x",
];
const COMPARED: [&str; 3] = ["compared to", "compared with", "relative to"];

/// "10 % of baseline", "2x normal", "± 5 %", "higher than last week".
pub(super) fn is_relative(lower: &str) -> bool {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::new([COMPARED.as_slice(), &AGAINST]));
    let (lists, signs) = LISTS.look(lower);
    let is_around = || signs.has_others() && lower.contains('±') || signs.has(b'+') && lower.contains("+/-");
    if is_around() || lists & 1 != 0 && words::has_any(lower, &COMPARED) {
        return true;
    }
    if lists & 2 == 0 && !lower.contains(['×', 'x']) {
        return false;
    }
    for reference in REFERENCES {
        let mut from = 0;
        while let Some(at) = lower.get(from..).and_then(|rest| rest.find(reference)).map(|at| at + from) {
            let head = lower.get(..at).unwrap_or("");
            let is_against = head.ends_with(' ') && {
                let head = head.trim_end();
                let is_times = head.ends_with('×')
                    || head.ends_with('x') && head.trim_end_matches('x').ends_with(|last: char| last.is_ascii_digit());
                is_times
                    || AGAINST
                        .into_iter()
                        .any(|word| head.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
            };
            if is_against {
                return true;
            }
            from = at + reference.len();
        }
    }
    false
}

/// What compares with words alone.
pub(super) const COMPARING: [&str; 5] = ["than", "compared to", "relative to", "over baseline", "above baseline"];

/// Whether a text compares with words alone ("less than usual").
pub(super) fn compares_with_words(lower: &str) -> bool {
    lower.contains('±') || words::has_any(lower, &COMPARING) && is_relative(lower)
}

/// What keeps a clause without a bound from being compared; `known` is the metric that it names.
pub(super) fn of(lower: &str, known: Option<&str>) -> Option<Doubt> {
    if missing(lower, known.is_some()) {
        return Some(Doubt::NoNumber);
    }
    let known = known?;
    if is_relative(lower) {
        let has_number = lower.bytes().any(|byte| byte.is_ascii_digit());
        return Some(if has_number { Doubt::Relative } else { Doubt::NoNumber });
    }
    (metric::needs_unit(known) && has_bare_range(lower)).then_some(Doubt::NoUnit)
}

/// A comparator with a blank in place of its number.
fn missing(lower: &str, is_known: bool) -> bool {
    let mut is_inside = false;
    for (at, character) in lower.char_indices() {
        let begins_word = !is_inside && character.is_alphabetic();
        is_inside = character.is_alphanumeric() || character == '_';
        if !begins_word && !compare::is_sign(character) {
            continue;
        }
        let rest = lower.get(at..).unwrap_or("");
        let Some(found) = compare::comparator(rest, lower.get(..at).unwrap_or("")) else { continue };
        let tail = rest.get(found.length..).unwrap_or("").trim_start();
        let Some(length) = blank(tail) else { continue };
        let after = tail.get(length..).unwrap_or("");
        let has_unit = unit::unit(after).is_some();
        // `<NAME>` is a blank itself.
        let is_name = rest.starts_with('<') && after.trim_start().starts_with('>');
        if !is_name && (is_known || has_unit) {
            return true;
        }
    }
    false
}

/// The length of a blank that stands for a number.
fn blank(text: &str) -> Option<usize> {
    if text.starts_with('[') {
        return text.find(']').map(|end| end + 1).filter(|end| *end <= 24);
    }
    if text.starts_with("{{") {
        return text.find("}}").map(|end| end + 2).filter(|end| *end <= 40);
    }
    let line = text.chars().take_while(|character| *character == '_').count();
    if line >= 2 {
        return Some(line);
    }
    if text.starts_with('<') {
        return text.find('>').map(|end| end + 1).filter(|end| *end <= 24);
    }
    ["tbd", "tba", "todo", "xx", "x", "n", "y", "?"].into_iter().find_map(|word| {
        let after = text.strip_prefix(word)?;
        (!after.starts_with(char::is_alphanumeric) || unit::unit(after).is_some_and(|(_, _, length, _)| length > 0))
            .then_some(word.len())
    })
}

/// "200-500": two numbers without a unit.
fn has_bare_range(lower: &str) -> bool {
    lower.split_whitespace().any(|word| {
        let word = word.trim_end_matches(['.', ',', ';']);
        let Some((low, high)) = word.split_once(['-', '–']) else { return false };
        match (low.parse::<f64>(), high.parse::<f64>()) {
            (Ok(low), Ok(high)) => low < high,
            _ => false,
        }
    })
}
