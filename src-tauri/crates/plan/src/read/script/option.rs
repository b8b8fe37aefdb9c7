//! Names of alternatives: "Option A: Helm", "Method 2", "Or:", "Alternatively".

use crate::read::words;

const NOUNS: [&str; 13] = [
    "option",
    "alternative",
    "variant",
    "method",
    "approach",
    "way",
    "choice",
    "opción",
    "opção",
    "variante",
    "seçenek",
    "вариант",
    "möglichkeit",
];

const OTHERS: [&str; 14] = [
    "or",
    "alternatively",
    "alternative",
    "otherwise",
    "oder",
    "alternativ",
    "o bien",
    "ou",
    "ou bien",
    "veya",
    "или",
    "instead",
    "alternativamente",
    "alternativement",
];

/// One of these has a text that begins one of several, of which only one is run.
pub(crate) fn words_of_alternatives() -> impl Iterator<Item = &'static str> {
    NOUNS.into_iter().chain(OTHERS)
}

/// The mark of a numbered option, in lower case: `a` of "Option A: Helm".
pub(crate) fn mark(text: &str) -> Option<String> {
    mark_of(text, &NOUNS)
}

/// The mark behind one of some nouns at the beginning of a text.
pub(crate) fn mark_of(text: &str, nouns: &[&str]) -> Option<String> {
    // Most texts begin with another letter.
    let letter = text.chars().find(|letter| letter.is_alphanumeric())?;
    let is_near = |noun: &&str| noun.starts_with(letter.to_ascii_lowercase());
    if letter.is_ascii() && !nouns.iter().any(is_near) {
        return None;
    }
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|part| !part.is_empty())?;
    if !nouns.contains(&words::lower(first).as_str()) {
        return None;
    }
    let plain = words::plain(text);
    let mut parts = plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let noun = parts.next()?;
    let which = parts.next().filter(|which| which.chars().count() <= 2 || *which == "iii")?;
    // "Option is off" names no option.
    let is_mark =
        which.chars().all(|c| c.is_ascii_digit()) || which.chars().count() == 1 || matches!(which, "ii" | "iv" | "iii");
    (nouns.contains(&noun) && is_mark).then(|| which.to_owned())
}

/// "Either …": the first of two.
pub(crate) fn is_either(text: &str) -> bool {
    words::plain(text).split(|c: char| !c.is_alphanumeric()).next() == Some("either")
}

/// "Or: …", "Alternatively, …": what stands above is the other one.
pub(crate) fn is_other(text: &str) -> bool {
    // Most entries begin with another letter.
    let first = text.chars().find(|first| !first.is_whitespace() && !words::is_sign(*first));
    if !first.is_some_and(|first| matches!(first, 'o' | 'O' | 'a' | 'A' | 'v' | 'V' | 'и' | 'И' | 'i' | 'I' | 'İ')) {
        return false;
    }
    let plain = words::plain(text);
    OTHERS.iter().any(|word| {
        plain.strip_prefix(word).is_some_and(|rest| {
            let stands_alone = !rest.starts_with(char::is_alphanumeric);
            // "Alternative credentials" are no alternative, "instead of" is none either.
            let needs_end = matches!(*word, "alternative" | "alternativ" | "otherwise" | "instead");
            stands_alone && (!needs_end || rest.is_empty() || rest.starts_with([':', ',']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_told_from_steps() {
        assert_eq!(mark("Option A: Using Helm").as_deref(), Some("a"));
        assert_eq!(mark("🚀 Method 2 (preferred)").as_deref(), Some("2"));
        assert_eq!(mark("Options"), None);
        assert_eq!(mark("Option is off"), None);
        assert_eq!(mark("1. Deploy"), None);
        assert_eq!(mark("Step 1: Deploy"), None);
        assert!(is_other("Or: kustomize") && is_other("or use make") && is_other("Alternatively, wait"));
        assert!(!is_other("Order the pods") && !is_other("alternative credentials") && !is_other("Original"));
        assert!(is_either("Either by Helm"));
    }
}
