//! Words as people compare them: without status signs and dress, in one case.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Status signs, arrows and pictures that decorate headings and entries.
pub(crate) fn is_sign(character: char) -> bool {
    matches!(character as u32,
        0x2190..=0x21FF     // arrows
        | 0x2300..=0x23FF   // ⌛ ⏳ ⏰
        | 0x2500..=0x27BF   // boxes, ☐ ✅ ❌
        | 0x2B00..=0x2BFF   // ⬜ ⭐
        | 0xFE0E..=0xFE0F   // variation selectors
        | 0x1F000..=0x1FAFF // pictures
        | 0x20E3 | 0x200D)
}

/// The text without signs, runs of blanks drawn together.
pub(crate) fn without_signs(text: &str) -> String {
    if is_tidy(text) {
        return text.to_owned();
    }
    drawn_together(text, |kept, character| kept.push(character))
}

/// The text in lower case, without signs: for looking words up.
pub(crate) fn plain(text: &str) -> String {
    if is_tidy(text) {
        return text.to_ascii_lowercase();
    }
    if text.is_ascii() {
        return drawn_together(text, |kept, character| kept.push(character.to_ascii_lowercase()));
    }
    // As a whole, since the last sigma of a Greek word depends on where it stands.
    without_signs(text).to_lowercase()
}

/// Whether a text has neither signs nor more blanks than it needs, as most have.
fn is_tidy(text: &str) -> bool {
    let mut before = b' ';
    let is_drawn = text.bytes().all(|byte| {
        let is_one = !(byte == b' ' && before == b' ');
        before = byte;
        byte.is_ascii() && byte >= b' ' && is_one
    });
    is_drawn && (before != b' ' || text.is_empty())
}

/// Words to look one up in.
pub(crate) type WordSet = HashSet<&'static str, BuildHasherDefault<WordHasher>>;

/// What words stand for.
pub(crate) type WordMap<T> = HashMap<&'static str, T, BuildHasherDefault<WordHasher>>;

/// A hash (FNV-1a) for words that the reader itself holds: nobody chooses them, so that nothing has to be kept secret,
/// and each line is asked for many.
pub(crate) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The first words of phrases: a text that has none of them holds none of the phrases.
pub(crate) fn openings(phrases: impl Iterator<Item = &'static str>) -> WordSet {
    phrases.filter_map(|phrase| whole_words(phrase).next()).collect()
}

/// Whether a text (from [`plain`]) has one of the words.
pub(crate) fn opens_any(text: &str, openings: &WordSet) -> bool {
    whole_words(text).any(|word| openings.contains(word))
}

fn whole_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Signs and blanks as one blank where something stands on both sides.
fn drawn_together(text: &str, push: impl Fn(&mut String, char)) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut is_apart = false;
    for character in text.chars() {
        if character.is_whitespace() || !character.is_ascii() && is_sign(character) {
            is_apart = true;
        } else {
            if is_apart && !kept.is_empty() {
                kept.push(' ');
            }
            is_apart = false;
            push(&mut kept, character);
        }
    }
    kept
}

/// Whether `text` (from [`plain`]) holds `word` as a whole word or words.
pub(crate) fn has(text: &str, word: &str) -> bool {
    has_any(text, &[word])
}

/// Whether `text` (from [`plain`]) holds any of the words, each as a whole word or words.
pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    // Every line is asked for some hundred words: they are compared only where a word begins, and with a letter that one
    // of them begins with.
    let (mut ascii, mut is_other) = (0_u128, false);
    for first in words.iter().filter_map(|word| word.bytes().next()) {
        if first.is_ascii() {
            ascii |= 1 << first;
        } else {
            is_other = true;
        }
    }
    let mut is_inside = false;
    for (at, byte) in text.bytes().enumerate() {
        let may_begin = !is_inside;
        if byte.is_ascii() {
            is_inside = byte.is_ascii_alphanumeric();
            if may_begin && (ascii >> byte) & 1 == 1 && begins_with_any(text, at, byte, words) {
                return true;
            }
        } else if let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
            is_inside = character.is_alphanumeric();
            if may_begin && is_other && begins_with_any(text, at, byte, words) {
                return true;
            }
        }
    }
    false
}

/// Whether one of the words stands whole at a place, whose first byte is given.
fn begins_with_any(text: &str, at: usize, first: u8, words: &[&str]) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    words.iter().any(|word| {
        word.as_bytes().first() == Some(&first)
            && rest.strip_prefix(word).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    })
}

/// A heading in capitals as a sentence; any other as it is, and so is one of three letters at most ("DNS").
pub(crate) fn toned_down(text: &str) -> String {
    let letters = text.chars().filter(|character| character.is_alphabetic());
    let (mut upper, mut all) = (0_usize, 0_usize);
    for letter in letters {
        all += 1;
        upper += usize::from(letter.is_uppercase());
    }
    if all < 4 || upper < all {
        return text.to_owned();
    }
    let mut toned = String::with_capacity(text.len());
    let mut is_first = true;
    for character in text.chars() {
        if is_first && character.is_alphabetic() {
            toned.push(character);
            is_first = false;
        } else {
            toned.extend(character.to_lowercase());
        }
    }
    toned
}

/// Whether words look like a person's name: two to four, each with a capital.
pub(crate) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    (2..=4).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Splits `name: rest` at the first colon that is followed by a blank or the end; the name is at most eight words.
pub(crate) fn labelled(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(':') {
        let at = from + found;
        let rest = text.get(at + 1..)?;
        if rest.is_empty() || rest.starts_with(char::is_whitespace) {
            let name = text.get(..at)?.trim();
            let is_name = !name.is_empty() && name.split_whitespace().count() <= 8;
            return is_name.then_some((name, rest.trim()));
        }
        from = at + 1;
    }
    None
}

/// The text cut at its brackets: what stands outside, and what stands inside each pair of round ones.
pub(crate) fn brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut current, mut depth) = (String::new(), Vec::new(), String::new(), 0_usize);
    for character in text.chars() {
        match character {
            '(' => {
                depth += 1;
                if depth > 1 {
                    current.push(character);
                }
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    inside.push(std::mem::take(&mut current).trim().to_owned());
                } else {
                    current.push(character);
                }
            }
            _ if depth > 0 => current.push(character),
            _ => outside.push(character),
        }
    }
    if depth > 0 {
        // A bracket that never closes is no bracket.
        outside.push('(');
        outside.push_str(&current);
    }
    (outside.split_whitespace().collect::<Vec<_>>().join(" "), inside)
}

/// The blanks of a text, as they stand: `[TIME]`, `{{ name }}`, `<VERSION>`, `____`.
pub(crate) fn blanks(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['[', '{', '<', '_']) {
        let tail = rest.get(start..).unwrap_or("");
        let length = blank_at(tail);
        if let Some(blank) = length.and_then(|length| tail.get(..length)) {
            found.push(blank.to_owned());
        }
        let step = length.unwrap_or_else(|| tail.chars().next().map_or(1, char::len_utf8));
        rest = tail.get(step..).unwrap_or("");
    }
    found
}

/// Length of the blank that `text` begins with.
fn blank_at(text: &str) -> Option<usize> {
    if let Some(inner) = text.strip_prefix("{{") {
        return inner.find("}}").map(|end| end + 4);
    }
    if let Some(inner) = text.strip_prefix('{') {
        let end = inner.find('}')?;
        let words = inner.get(..end)?;
        let is_blank = words.trim_start().starts_with(char::is_alphabetic)
            && words.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '/' | '.' | '\''));
        return is_blank.then_some(end + 2);
    }
    if let Some(inner) = text.strip_prefix('[') {
        let end = inner.find(']')?;
        let words = inner.get(..end)?.trim();
        let is_box = words.is_empty() || words.eq_ignore_ascii_case("x");
        let is_link = inner.get(end + 1..).is_some_and(|after| after.starts_with('('));
        return (!is_box && !is_link && !words.contains('\n')).then_some(end + 2);
    }
    if let Some(inner) = text.strip_prefix('<') {
        let end = inner.find('>')?;
        let words = inner.get(..end)?;
        let is_blank = words.chars().any(char::is_alphabetic)
            && words.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | ' '));
        return is_blank.then_some(end + 2);
    }
    let line = text.chars().take_while(|character| *character == '_').count();
    (line >= 4).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_capitals_go() {
        assert_eq!(without_signs("### ✅ System  Readiness ⏳"), "### System Readiness");
        assert_eq!(toned_down("PRODUCTION ENVIRONMENT"), "Production environment");
        assert_eq!(toned_down("DNS"), "DNS");
        assert_eq!(toned_down("2. BEFORE"), "2. Before");
        assert_eq!(toned_down("Go-Live"), "Go-Live");
    }

    #[test]
    fn words_are_whole() {
        assert!(has("pre-deployment verification", "deployment"));
        assert!(!has("reporting", "port"));
        assert!(has("report port", "port"));
        assert!(!has_any("contactless", &["contact", "call"]));
    }

    #[test]
    fn labels_and_brackets() {
        assert_eq!(labelled("Team Slack: \"x\""), Some(("Team Slack", "\"x\"")));
        assert_eq!(labelled("https://x: y"), Some(("https://x", "y")));
        assert_eq!(labelled("no label"), None);
        assert_eq!(brackets("Error (a (b)) c"), ("Error c".to_owned(), vec!["a (b)".to_owned()]));
        assert_eq!(brackets("open (x"), ("open (x".to_owned(), vec![]));
    }

    #[test]
    fn blanks_are_told_from_boxes_and_links() {
        assert_eq!(blanks("at [TIME] by {{ who }} for <VERSION> ____"), ["[TIME]", "{{ who }}", "<VERSION>", "____"]);
        assert!(blanks("- [ ] a [x] [docs](y) <b> a_b __x__ {\"a\": 1}").is_empty());
        assert_eq!(blanks("for {current release} on { WHEN }"), ["{current release}", "{ WHEN }"]);
    }
}
