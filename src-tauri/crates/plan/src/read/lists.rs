//! Lists of phrases that a text is asked for at once: one look at its words tells which of them it may hold.

use super::signs::Signs;
use super::words::{plain, whole_words};

/// The lists by the first words of their phrases.
pub(crate) struct Lists {
    words: Vec<Word>,
    /// The shapes of those words, as bits. Most words that are asked for are none of these, and most of them end here.
    shapes: [u64; SHAPES / 64],
    /// The words by the upper bits of their shapes: the place behind the first of each.
    firsts: [u16; SLOTS],
}

/// A word that phrases begin with.
struct Word {
    word: &'static [u8],
    /// The lists that it stands in, as bits.
    lists: u64,
    /// The place behind the next word of the same slot, or 0.
    next: u16,
}

const SHAPES: usize = 1 << 14;
const SLOTS: usize = 1 << 10;

impl Lists {
    /// 64 lists at most; each has its place as its bit.
    pub(crate) fn new<'a>(lists: impl IntoIterator<Item = &'a [&'static str]>) -> Self {
        let mut new = Self { words: Vec::new(), shapes: [0; SHAPES / 64], firsts: [0; SLOTS] };
        for (place, list) in lists.into_iter().enumerate() {
            for first in list.iter().filter_map(|phrase| whole_words(phrase).next()) {
                new.add(first.as_bytes(), 1 << place);
            }
        }
        new
    }

    fn add(&mut self, word: &'static [u8], list: u64) {
        if let Some(known) = self.words.iter_mut().find(|known| known.word == word) {
            known.lists |= list;
            return;
        }
        let shape = shape(head(word), word.len());
        if let Some(shapes) = self.shapes.get_mut(shape / 64) {
            *shapes |= 1 << (shape % 64);
        }
        if let Some(first) = self.firsts.get_mut(shape * SLOTS / SHAPES)
            && let Ok(behind) = u16::try_from(self.words.len() + 1)
        {
            self.words.push(Word { word, lists: list, next: std::mem::replace(first, behind) });
        }
    }

    /// The lists of which a text has the first word of a phrase, as bits; in any case, and whatever signs stand in it.
    pub(crate) fn of(&self, text: &str) -> u64 {
        self.look(text).0
    }

    /// The same, and the signs of the text as it stands.
    pub(crate) fn look(&self, text: &str) -> (u64, Signs) {
        let bytes = text.as_bytes();
        let (mut found, mut signs) = (0, Signs::default());
        let mut at = 0;
        while at < bytes.len() {
            while let Some(byte) = bytes.get(at) {
                at += 1;
                if signs.take(*byte).is_of_word() {
                    break;
                }
            }
            let start = at - 1;
            while let Some(byte) = bytes.get(at)
                && signs.take(*byte).is_of_word()
            {
                at += 1;
            }
            found |= self.of_word(bytes, start, at);
        }
        if signs.has_others() {
            let words = plain(text);
            let words = whole_words(&words).map(str::as_bytes);
            found = words.fold(0, |all, word| all | self.of_word(word, 0, word.len()));
        }
        (found, signs)
    }

    /// The lists of the word that stands from one place to another.
    #[inline]
    fn of_word(&self, text: &[u8], start: usize, end: usize) -> u64 {
        let rest = text.get(start..).unwrap_or_default();
        let length = end - start;
        // Eight bytes are taken at once where as many follow, and what is behind the word is cut off.
        let head = match rest.first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * length.min(8))),
            None => head(rest.get(..length).unwrap_or_default()),
        };
        let shape = shape(head, length);
        if self.shapes.get(shape / 64).is_none_or(|shapes| (shapes >> (shape % 64)) & 1 == 0) {
            return 0;
        }
        self.find(shape, rest.get(..length).unwrap_or_default())
    }

    fn find(&self, shape: usize, word: &[u8]) -> u64 {
        let mut behind = self.firsts.get(shape * SLOTS / SHAPES).copied().unwrap_or_default();
        while let Some(known) = usize::from(behind).checked_sub(1).and_then(|at| self.words.get(at)) {
            if known.word.eq_ignore_ascii_case(word) {
                return known.lists;
            }
            behind = known.next;
        }
        0
    }
}

/// The first eight bytes of a word, as a number.
fn head(word: &[u8]) -> u64 {
    word.iter().take(8).rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

/// A number that a word of some length that begins so shares with few others, whatever its case.
fn shape(head: u64, length: usize) -> usize {
    // The bit that tells the case of a letter is set in each byte; a product mixes them in its upper bits.
    let all = (head | 0x2020_2020_2020_2020) ^ length as u64;
    (all.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SHAPES.trailing_zeros())) as usize
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
