//! Words as people compare them: without status signs and dress, in one case.

use std::borrow::Cow;

pub(crate) use super::word_map::{WordMap, WordSet};

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

/// Whether a character is a sign of those that hold no letter or number among them.
fn is_picture(character: char) -> bool {
    matches!(character as u32, 0x2190..=0x21FF | 0x2500..=0x2767 | 0x2794..=0x27BF | 0x2B00..=0x2BFF | 0x1F300..=0x1FAFF)
}

/// What stands at the end of a text and is none of its words: blanks and signs.
pub(crate) fn is_dress(character: char) -> bool {
    character.is_whitespace() || is_sign(character)
}

/// The text without signs, runs of blanks drawn together.
pub(crate) fn without_signs(text: &str) -> Cow<'_, str> {
    if is_tidy(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(drawn_together(text, |kept, character| kept.push(character)))
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
    lower(&without_signs(text))
}

/// The text in lower case.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

/// Whether a text is one of some in lower case, whatever its own case.
pub(crate) fn is_one_of(text: &str, lower: &[&str]) -> bool {
    if text.is_ascii() {
        return lower.iter().any(|one| one.eq_ignore_ascii_case(text));
    }
    lower.contains(&text.to_lowercase().as_str())
}

/// Whether a text holds a byte of ASCII. Without a way out in the middle, so that many bytes are looked at in one step.
pub(crate) fn holds(text: &str, byte: u8) -> bool {
    text.bytes().fold(false, |so_far, other| so_far | (other == byte))
}

/// Whether a text has neither signs nor more blanks than it needs, as most have.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Eight bytes at a time; what is left is filled up with a letter. Before the first there is a blank, as it were.
    let (whole, rest) = bytes.as_chunks::<8>();
    let mut last = [b'a'; 8];
    rest.iter().zip(&mut last).for_each(|(byte, place)| *place = *byte);
    let (mut untidy, mut blank_before) = (0, 0x80);
    for eight in whole.iter().chain([&last]) {
        let eight = u64::from_le_bytes(*eight);
        // A byte below the blank takes one from the upper bit that is set before it; a blank differs in no bit from one.
        let is_low = !((eight | UPPER) - BLANKS) & UPPER;
        let is_blank = !(((eight ^ BLANKS) | UPPER) - ONES) & UPPER;
        untidy |= (eight & UPPER) | is_low | is_blank & (is_blank << 8 | blank_before);
        blank_before = is_blank >> 56;
    }
    untidy == 0 && bytes.last() != Some(&b' ')
}

/// The upper bit, the lower bit and the blank in each of eight bytes.
const UPPER: u64 = u64::from_ne_bytes([0x80; 8]);
const ONES: u64 = u64::from_ne_bytes([1; 8]);
const BLANKS: u64 = u64::from_ne_bytes([b' '; 8]);

/// The first words of phrases: a text that has none of them holds none of the phrases.
pub(crate) fn openings(phrases: impl Iterator<Item = &'static str>) -> WordSet {
    phrases.filter_map(|phrase| whole_words(phrase).next()).collect()
}

/// Whether a text (from [`plain`]) has one of the words.
pub(crate) fn opens_any(text: &str, openings: &WordSet) -> bool {
    whole_words(text).any(|word| openings.contains(word))
}

/// The words of a text: letters and figures, and nothing between them.
pub(crate) fn whole_words(text: &str) -> impl Iterator<Item = &str> {
    places_of_words(text).filter_map(|(start, end)| text.get(start..end))
}

/// Where each of those words begins and ends.
pub(crate) fn places_of_words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    // The place behind the characters from one on that are of words, or are not.
    let behind = move |mut at: usize, is_of_word: bool| {
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let run = rest.iter().position(|byte| sort_of(*byte) != if is_of_word { OF_WORD } else { BETWEEN });
            at += run.unwrap_or(rest.len());
            if bytes.get(at).is_none_or(u8::is_ascii) {
                return at;
            }
            match text.get(at..).and_then(|rest| rest.chars().next()) {
                // Signs that lead many lines are found in no table of letters.
                Some(character) if !is_picture(character) && character.is_alphanumeric() == is_of_word => {
                    at += character.len_utf8();
                }
                Some(character) if !is_of_word && is_picture(character) => at += character.len_utf8(),
                _ => return at,
            }
        }
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = behind(at, false);
        at = behind(start, true);
        (start < at).then_some((start, at))
    })
}

const BETWEEN: u8 = 0;
const OF_WORD: u8 = 1;
const OTHER: u8 = 2;

/// Whether a byte is of a word, stands between words, or is of a character that its bytes together tell.
fn sort_of(byte: u8) -> u8 {
    const SORTS: [u8; 256] = {
        let mut sorts = [BETWEEN; 256];
        let mut rest = sorts.as_mut_slice();
        let mut byte = 0;
        while let Some((sort, behind)) = rest.split_first_mut() {
            *sort = match byte {
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => OF_WORD,
                0x80.. => OTHER,
                _ => BETWEEN,
            };
            byte = byte.wrapping_add(1);
            rest = behind;
        }
        sorts
    };
    SORTS.get(usize::from(byte)).copied().unwrap_or(OTHER)
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
    let firsts = words.iter().filter_map(|word| word.bytes().next()).fold(0_u64, |all, first| all | 1 << (first & 63));
    let may_be = |byte: u8| (firsts >> (byte & 63)) & 1 == 1;
    let mut places = text.bytes().enumerate().filter(|(_, byte)| may_be(*byte));
    places.any(|(at, byte)| !is_inside_word(text, at) && begins_with_any(text, at, byte, words))
}

/// Whether the character before a place is of a word.
fn is_inside_word(text: &str, at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| text.as_bytes().get(before)) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text.get(..at).is_some_and(|head| head.ends_with(char::is_alphanumeric)),
        None => false,
    }
}

/// Where the first of the words stands as a whole word, and where it ends; the shortest where several begin there.
pub(crate) fn first_place(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    let firsts = words.iter().filter_map(|word| word.bytes().next()).fold(0_u64, |all, first| all | 1 << (first & 63));
    let may_be = |byte: u8| (firsts >> (byte & 63)) & 1 == 1;
    let places = text.bytes().enumerate().filter(|(_, byte)| may_be(*byte));
    let mut found = places.filter(|(at, _)| !is_inside_word(text, *at)).filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        let first = rest.as_bytes().first();
        let lengths = words.iter().filter(|word| word.as_bytes().first() == first).filter_map(|word| {
            let after = rest.strip_prefix(word)?;
            (!after.starts_with(char::is_alphanumeric)).then_some(word.len())
        });
        lengths.min().map(|length| (at, at + length))
    });
    found.next()
}

/// Where the first of some signs stands, and its length; the shortest where several begin there.
pub(crate) fn first_sign(text: &str, signs: &[&str]) -> Option<(usize, usize)> {
    let firsts = signs.iter().filter_map(|sign| sign.bytes().next()).fold(0_u64, |all, first| all | 1 << (first & 63));
    // Many signs begin with a blank, as words do: what follows it tells more.
    let seconds = signs
        .iter()
        .map(|sign| sign.as_bytes().get(1).copied())
        .fold(0, |all, next| all | next.map_or(!0, |next| 1 << (next & 63)));
    let behind = text.bytes().skip(1).map(Some).chain([None]);
    let places = text.bytes().zip(behind).enumerate().filter(|(_, (byte, next))| {
        (firsts >> (byte & 63)) & 1 == 1 && next.map_or(!0, |next| 1_u64 << (next & 63)) & seconds != 0
    });
    let mut found = places.filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        let first = rest.as_bytes().first();
        let signs = signs.iter().filter(|sign| sign.as_bytes().first() == first);
        signs.filter(|sign| rest.starts_with(**sign)).map(|sign| sign.len()).min().map(|length| (at, length))
    });
    found.next()
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
pub(crate) fn toned_down(text: &str) -> Cow<'_, str> {
    let mut letters = text.chars().filter(|character| character.is_alphabetic());
    let is_of_capitals = letters.clone().all(char::is_uppercase) && letters.nth(3).is_some();
    if !is_of_capitals {
        return Cow::Borrowed(text);
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
    Cow::Owned(toned)
}

/// Whether words look like a person's name: two to four, each with a capital.
pub(crate) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    (2..=4).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Splits `name: rest` at the first colon that is followed by a blank or the end; the name is at most eight words.
pub(crate) fn labelled(text: &str) -> Option<(&str, &str)> {
    if !holds(text, b':') {
        return None;
    }
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(':') {
        let at = from + found;
        let rest = text.get(at + 1..)?;
        if rest.is_empty() || rest.starts_with(char::is_whitespace) {
            let name = text.get(..at)?.trim();
            // Nine words have seventeen letters and blanks at least.
            let is_short = || name.len() < 17 || name.split_whitespace().nth(8).is_none();
            let is_name = !name.is_empty() && is_short();
            return is_name.then_some((name, rest.trim()));
        }
        from = at + 1;
    }
    None
}

/// What stands inside each pair of round brackets that stands in no other.
pub(crate) fn inside_brackets(text: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut start) = (0_usize, 0);
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        match byte {
            b'(' => {
                depth += 1;
                if depth == 1 {
                    start = at + 1;
                }
            }
            b')' if depth > 0 => {
                depth -= 1;
                return (depth == 0).then(|| text.get(start..at).unwrap_or("").trim());
            }
            _ => {}
        }
        None
    })
}

/// The text cut at its brackets: what stands outside, and what stands inside each pair of round ones.
pub(crate) fn brackets(text: &str) -> (String, Vec<String>) {
    if !text.contains('(') {
        return (drawn_words(text), Vec::new());
    }
    let mut outside = String::with_capacity(text.len());
    let (mut inside, mut current, mut depth) = (Vec::new(), String::new(), 0_usize);
    for character in text.chars() {
        match character {
            '(' => {
                depth += 1;
                if depth > 1 {
                    current.push(character);
                } else {
                    current.reserve(16);
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
    (drawn_words(&outside), inside)
}

/// The words of a text with one blank between two of them.
pub(crate) fn drawn_words(text: &str) -> String {
    if is_tidy(text) {
        return text.to_owned();
    }
    let mut drawn = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !drawn.is_empty() {
            drawn.push(' ');
        }
        drawn.push_str(word);
    }
    drawn
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
    fn a_text_is_tidy_wherever_its_blanks_stand() {
        for length in 0..20 {
            let plain = "x".repeat(length);
            assert!(is_tidy(&plain));
            for at in 0..=length {
                for (put, expected) in [("  ", false), ("\t", false), ("é", false), ("\u{7f}", true)] {
                    let mut text = plain.clone();
                    text.insert_str(at, put);
                    assert_eq!(is_tidy(&text), expected, "{text:?}");
                }
                let mut text = plain.clone();
                text.insert(at, ' ');
                assert_eq!(is_tidy(&text), at > 0 && at < length, "{text:?}");
            }
        }
    }

    #[test]
    fn signs_and_capitals_go() {
        assert_eq!(without_signs("### ✅ System  Readiness ⏳"), "### System Readiness");
        assert_eq!(toned_down("PRODUCTION ENVIRONMENT"), "Production environment");
        assert_eq!(toned_down("DNS"), "DNS");
        assert_eq!(toned_down("2. BEFORE"), "2. Before");
        assert_eq!(toned_down("Go-Live"), "Go-Live");
    }

    #[test]
    fn places_are_those_of_whole_words() {
        assert_eq!(first_place("a rollback, roll back", &["roll back", "roll"]), Some((12, 16)));
        assert_eq!(first_place("as soon as it is", &["as soon as", "is"]), Some((0, 10)));
        assert_eq!(first_place("éis", &["is"]), None);
        assert_eq!(first_sign("a und b and c", &[" and ", " und "]), Some((1, 5)));
        assert_eq!(first_sign("a – b", &["–", " – "]), Some((1, 5)));
        assert_eq!(whole_words("It's 5xx—déjà_vu!").collect::<Vec<_>>(), ["It", "s", "5xx", "déjà", "vu"]);
    }

    #[test]
    fn pictures_are_of_no_word() {
        for character in (0..=0x1_FFFF).filter_map(char::from_u32).filter(|character| is_picture(*character)) {
            assert!(!character.is_alphanumeric(), "{character}");
        }
        assert_eq!(whole_words("✅ a🚀b ➊ é→").collect::<Vec<_>>(), ["a", "b", "➊", "é"]);
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
        assert_eq!(inside_brackets("é (a (b) c) (d)) ( ) (x").collect::<Vec<_>>(), ["a (b) c", "d", ""]);
    }

    #[test]
    fn blanks_are_told_from_boxes_and_links() {
        assert_eq!(blanks("at [TIME] by {{ who }} for <VERSION> ____"), ["[TIME]", "{{ who }}", "<VERSION>", "____"]);
        assert!(blanks("- [ ] a [x] [docs](y) <b> a_b __x__ {\"a\": 1}").is_empty());
        assert_eq!(blanks("for {current release} on { WHEN }"), ["{current release}", "{ WHEN }"]);
    }
}
