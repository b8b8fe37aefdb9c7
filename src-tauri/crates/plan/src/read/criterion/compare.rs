//! What compares: signs, words of several languages, and "not" before them.

use std::sync::LazyLock;

use crate::model::Operator;
use crate::read::words::WordSet;

/// A comparator and what must follow for it to be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Comparator {
    pub(super) op: Operator,
    /// Its length, filling words included.
    pub(super) length: usize,
    pub(super) is_sign: bool,
    /// A word that also says other things ("within 2 hours", "up to 5 people"): it compares only a known metric.
    pub(super) is_weak: bool,
}

const SIGNS: [(&str, Operator); 10] = [
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("≤", Operator::AtMost),
    ("≥", Operator::AtLeast),
    ("⩽", Operator::AtMost),
    ("⩾", Operator::AtLeast),
    ("==", Operator::Equal),
    ("<", Operator::Below),
    (">", Operator::Above),
    ("=", Operator::Equal),
];

/// Longer ones before those that they begin with.
const WORDS: [(&str, Operator); 95] = [
    ("no more than ", Operator::AtMost),
    ("no less than ", Operator::AtLeast),
    ("no fewer than ", Operator::AtLeast),
    ("not more than ", Operator::AtMost),
    ("not less than ", Operator::AtLeast),
    ("less than or equal to ", Operator::AtMost),
    ("greater than or equal to ", Operator::AtLeast),
    ("less than ", Operator::Below),
    ("fewer than ", Operator::Below),
    ("lower than ", Operator::Below),
    ("smaller than ", Operator::Below),
    ("shorter than ", Operator::Below),
    ("more than ", Operator::Above),
    ("greater than ", Operator::Above),
    ("higher than ", Operator::Above),
    ("larger than ", Operator::Above),
    ("bigger than ", Operator::Above),
    ("longer than ", Operator::Above),
    ("in excess of ", Operator::Above),
    ("at least ", Operator::AtLeast),
    ("at most ", Operator::AtMost),
    ("minimum ", Operator::AtLeast),
    ("min ", Operator::AtLeast),
    ("maximum ", Operator::AtMost),
    ("max ", Operator::AtMost),
    ("below ", Operator::Below),
    ("under ", Operator::Below),
    ("above ", Operator::Above),
    ("over ", Operator::Above),
    ("beyond ", Operator::Above),
    ("exceeds ", Operator::Above),
    ("exceeded ", Operator::Above),
    ("exceeding ", Operator::Above),
    ("exceed ", Operator::Above),
    ("nicht mehr als ", Operator::AtMost),
    ("nicht weniger als ", Operator::AtLeast),
    ("weniger als ", Operator::Below),
    ("kleiner als ", Operator::Below),
    ("mehr als ", Operator::Above),
    ("größer als ", Operator::Above),
    ("höher als ", Operator::Above),
    ("mindestens ", Operator::AtLeast),
    ("wenigstens ", Operator::AtLeast),
    ("höchstens ", Operator::AtMost),
    ("maximal ", Operator::AtMost),
    ("unter ", Operator::Below),
    ("über ", Operator::Above),
    ("no más de ", Operator::AtMost),
    ("no menos de ", Operator::AtLeast),
    ("menos de ", Operator::Below),
    ("menor que ", Operator::Below),
    ("menor de ", Operator::Below),
    ("inferior a ", Operator::Below),
    ("por debajo de ", Operator::Below),
    ("más de ", Operator::Above),
    ("mayor que ", Operator::Above),
    ("mayor de ", Operator::Above),
    ("superior a ", Operator::Above),
    ("por encima de ", Operator::Above),
    ("supera el ", Operator::Above),
    ("al menos ", Operator::AtLeast),
    ("como mínimo ", Operator::AtLeast),
    ("como máximo ", Operator::AtMost),
    ("não mais de ", Operator::AtMost),
    ("mais de ", Operator::Above),
    ("maior que ", Operator::Above),
    ("acima de ", Operator::Above),
    ("abaixo de ", Operator::Below),
    ("pelo menos ", Operator::AtLeast),
    ("no mínimo ", Operator::AtLeast),
    ("no máximo ", Operator::AtMost),
    ("moins de ", Operator::Below),
    ("inférieur à ", Operator::Below),
    ("inférieure à ", Operator::Below),
    ("en dessous de ", Operator::Below),
    ("plus de ", Operator::Above),
    ("supérieur à ", Operator::Above),
    ("supérieure à ", Operator::Above),
    ("au-dessus de ", Operator::Above),
    ("dépasse ", Operator::Above),
    ("au moins ", Operator::AtLeast),
    ("au plus ", Operator::AtMost),
    ("не более ", Operator::AtMost),
    ("не больше ", Operator::AtMost),
    ("не выше ", Operator::AtMost),
    ("не менее ", Operator::AtLeast),
    ("не меньше ", Operator::AtLeast),
    ("не ниже ", Operator::AtLeast),
    ("более ", Operator::Above),
    ("больше ", Operator::Above),
    ("выше ", Operator::Above),
    ("менее ", Operator::Below),
    ("меньше ", Operator::Below),
    ("ниже ", Operator::Below),
    ("en az ", Operator::AtLeast),
];

const WEAK: [(&str, Operator); 3] =
    [("within ", Operator::AtMost), ("up to ", Operator::AtMost), ("en fazla ", Operator::AtMost)];

/// What stands between a comparator and its number without changing it.
const FILLING: [&str; 10] = ["of ", "a ", "an ", "the ", "about ", "around ", "approximately ", "~", "el ", "einem "];

/// What a value goes up or down by, between "not" and its comparator ("does not drop below").
const MOVES: [&str; 18] = [
    "drop", "drops", "fall", "falls", "go", "goes", "rise", "rises", "be", "stay", "get", "dip", "dips", "climb",
    "climbs", "grow", "grows", "increase",
];

/// The first words of what compares, of which most words are none.
static FIRST: LazyLock<WordSet> =
    LazyLock::new(|| WORDS.iter().chain(&WEAK).filter_map(|(words, _)| words.split(' ').next()).collect());

/// Whether a sign compares.
pub(super) fn is_sign(character: char) -> bool {
    matches!(character, '<' | '>' | '=' | '≤' | '≥' | '⩽' | '⩾')
}

/// The comparator that a text in lower case begins with; `head` is what stands before it.
pub(super) fn comparator(rest: &str, head: &str) -> Option<Comparator> {
    let before = head.chars().next_back();
    let first = rest.chars().next()?;
    if is_sign(first) {
        let (sign, op) = SIGNS.into_iter().find(|(sign, _)| rest.starts_with(sign))?;
        let is_arrow = before.is_some_and(|before| matches!(before, '-' | '=' | '<' | '>' | '!' | '|'));
        let after = rest.get(sign.len()..).unwrap_or("");
        // `Z=0` and `--replicas=3` set a value; a comparison has a blank, or words before it that a metric explains.
        let is_glued = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
        let length = sign.len() + filling(after.trim_start(), after);
        return (!is_arrow).then_some(Comparator { op, length, is_sign: true, is_weak: is_glued });
    }
    if !first.is_alphabetic() || before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
        return None;
    }
    if !FIRST.opens_with_blank(rest) {
        return None;
    }
    let byte = rest.as_bytes().first();
    let is_here = |word: &str| word.as_bytes().first() == byte && rest.starts_with(word);
    let find = |table: &[(&'static str, Operator)]| table.iter().copied().find(|(word, _)| is_here(word));
    let (word, op, is_weak) = match find(&WORDS) {
        Some((word, op)) => (word, op, false),
        None => find(&WEAK).map(|(word, op)| (word, op, true))?,
    };
    let after = rest.get(word.len()..)?;
    let op = if is_negated(head) { opposite(op) } else { op };
    Some(Comparator { op, length: word.len() + filling(after, after), is_sign: false, is_weak })
}

/// Length of the filling words that `text`, the end of `after`, begins with, with the blanks before them.
fn filling(text: &str, after: &str) -> usize {
    let blanks = after.len() - text.len();
    let length = FILLING.into_iter().find(|filling| text.starts_with(filling)).map_or(0, str::len);
    if length == 0 { 0 } else { blanks + length }
}

/// "must not exceed", "never drops below".
fn is_negated(head: &str) -> bool {
    let mut words = head.split_whitespace().rev();
    let mut word = words.next();
    if word.is_some_and(|word| MOVES.contains(&word)) {
        word = words.next();
    }
    word.is_some_and(|word| {
        matches!(word, "not" | "never" | "cannot" | "nicht" | "nie" | "не" | "no" | "pas" | "não")
            || word.ends_with("n't")
            || word.ends_with("n’t")
    })
}

fn opposite(op: Operator) -> Operator {
    match op {
        Operator::Above => Operator::AtMost,
        Operator::Below => Operator::AtLeast,
        Operator::AtLeast => Operator::Below,
        Operator::AtMost => Operator::Above,
        other => other,
    }
}

/// The comparator that stands behind a number ("3 or more", "200 ms max") and its length.
pub(super) fn behind(rest: &str) -> Option<(Operator, usize)> {
    const BEHIND: [(&str, Operator); 15] = [
        (" or more", Operator::AtLeast),
        (" or higher", Operator::AtLeast),
        (" or above", Operator::AtLeast),
        (" or greater", Operator::AtLeast),
        (" or less", Operator::AtMost),
        (" or fewer", Operator::AtMost),
        (" or lower", Operator::AtMost),
        (" or below", Operator::AtMost),
        (" max", Operator::AtMost),
        (" maximum", Operator::AtMost),
        (" minimum", Operator::AtLeast),
        ("'in altında", Operator::Below),
        ("'in üzerinde", Operator::Above),
        (" altında", Operator::Below),
        (" üzerinde", Operator::Above),
    ];
    let found = BEHIND
        .into_iter()
        .filter(|(words, _)| rest.strip_prefix(words).is_some_and(|after| !after.starts_with(char::is_alphanumeric)));
    found.map(|(words, op)| (op, words.len())).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_turns_a_comparator_round() {
        let op = |text: &str, word: &str| {
            let at = text.find(word).unwrap();
            comparator(&text[at..], &text[..at]).map(|found| found.op)
        };
        assert_eq!(op("rate must not exceed 1%", "exceed"), Some(Operator::AtMost));
        assert_eq!(op("it never drops below 99%", "below"), Some(Operator::AtLeast));
        assert_eq!(op("it doesn't rise above 2", "above"), Some(Operator::AtMost));
        assert_eq!(op("if it is not ready and above 2", "above"), Some(Operator::Above));
        assert_eq!(op("a -> 3", ">"), None);
        assert_eq!(op("turnover 3", "over"), None);
    }
}
