//! Lists of phrases that a text is asked for at once: one look at its words tells which of them it may hold.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::words::{WordHasher, is_of_word, plain, whole_words};

/// More bytes than any word has that is looked up.
const LONGEST: usize = 64;

/// The lists by the first words of their phrases.
pub(crate) struct Lists {
    words: HashMap<&'static [u8], u64, BuildHasherDefault<WordHasher>>,
    /// The shapes of those words, as bits. Most words that are asked for are none of these, and most of them end here.
    shapes: [u64; SHAPES / 64],
}

const SHAPES: usize = 1 << 14;

impl Lists {
    /// 64 lists at most; each has its place as its bit.
    pub(crate) fn new<'a>(lists: impl IntoIterator<Item = &'a [&'static str]>) -> Self {
        let mut words: HashMap<&'static [u8], u64, _> = HashMap::default();
        for (place, list) in lists.into_iter().enumerate() {
            for first in list.iter().filter_map(|phrase| whole_words(phrase).next()) {
                *words.entry(first.as_bytes()).or_default() |= 1 << place;
            }
        }
        let mut shapes = [0; SHAPES / 64];
        for shape in words.keys().map(|word| shape(word)) {
            if let Some(shapes) = shapes.get_mut(shape / 64) {
                *shapes |= 1 << (shape % 64);
            }
        }
        Self { words, shapes }
    }

    /// The lists of which a text has the first word of a phrase, as bits; in any case, and whatever signs stand in it.
    pub(crate) fn of(&self, text: &str) -> u64 {
        if !text.is_ascii() {
            return whole_words(&plain(text)).fold(0, |all, word| all | self.of_word(word.as_bytes()));
        }
        let words = text.as_bytes().split(|byte| !is_of_word(*byte)).filter(|word| !word.is_empty());
        words.fold(0, |all, word| all | self.of_word(word))
    }

    fn of_word(&self, word: &[u8]) -> u64 {
        let shape = shape(word);
        if self.shapes.get(shape / 64).is_none_or(|shapes| (shapes >> (shape % 64)) & 1 == 0) {
            return 0;
        }
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..word.len()) else { return 0 };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        self.words.get(&*lower).copied().unwrap_or_default()
    }
}

/// A number that a word shares with few others, whatever its case: of its length and of three of its bytes.
fn shape(word: &[u8]) -> usize {
    // The bit that tells the case of a letter is set in each.
    let byte = |byte: Option<&u8>| u32::from(byte.copied().unwrap_or_default() | 0x20);
    let length = u32::from(word.len().to_le_bytes()[0]);
    let all = byte(word.first()) | byte(word.get(1)) << 8 | byte(word.last()) << 16 | length << 24;
    // A product mixes them in its upper bits.
    (all.wrapping_mul(0x9e37_79b1) >> (32 - SHAPES.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_tell_what_a_text_may_hold_whatever_its_case() {
        let lists = Lists::new([["roll back", "abort"].as_slice(), &["откат"], &["p95"]]);
        for (text, expected) in
            [("then roll on", 1), ("p95 < 1: abort", 5), ("✅ откат", 2), ("rolling p9", 0), ("", 0), ("é p95é", 0)]
        {
            assert_eq!(lists.of(text), expected, "{text}");
            assert_eq!(lists.of(&text.to_uppercase()), expected, "{text}");
        }
    }
}
