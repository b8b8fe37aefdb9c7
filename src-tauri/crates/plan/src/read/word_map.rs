//! Words that the reader itself holds, and what each stands for: looked up by first byte and length before anything else.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What words stand for.
pub(crate) struct WordMap<T> {
    /// The lengths of the words that begin with a byte, as bits; the last one is for all that are longer. Most words that
    /// are asked for are none of these, and most of them end here.
    lengths: [u32; 256],
    words: HashMap<&'static str, T, BuildHasherDefault<WordHasher>>,
}

/// Words to look one up in.
pub(crate) type WordSet = WordMap<()>;

impl<T> WordMap<T> {
    /// What a word stands for.
    pub(crate) fn get(&self, word: &str) -> Option<&T> {
        let (first, length) = Self::place(word)?;
        let lengths = self.lengths.get(first).copied().unwrap_or_default();
        if lengths & length == 0 { None } else { self.words.get(word) }
    }

    /// Whether it is one of the words.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Whether what stands before the first blank of a text is one of the words.
    pub(crate) fn opens_with_blank(&self, text: &str) -> bool {
        let lengths = self.lengths_at(text);
        if lengths == 0 {
            return false;
        }
        let longest = if lengths >> 31 == 1 { text.len() } else { lengths.ilog2() as usize };
        let end = text.bytes().take(longest + 1).position(|byte| byte == b' ');
        end.and_then(|end| text.get(..end)).is_some_and(|word| self.contains(word))
    }

    /// Whether a text's first word, up to a blank of any kind, is one of the words.
    pub(crate) fn opens(&self, text: &str) -> bool {
        if self.lengths_at(text) == 0 {
            return false;
        }
        let is_of_word = |byte: &u8| byte.is_ascii() && !matches!(byte, b'\t'..=b'\r' | b' ');
        let end = text.bytes().take_while(is_of_word).count();
        let word = match text.as_bytes().get(end) {
            Some(next) if !next.is_ascii() => text.split(char::is_whitespace).next(),
            _ => text.get(..end),
        };
        word.is_some_and(|word| self.contains(word))
    }

    /// The lengths of the words that begin with a text's first byte.
    fn lengths_at(&self, text: &str) -> u32 {
        let first = text.as_bytes().first().copied().map(usize::from);
        first.and_then(|first| self.lengths.get(first)).copied().unwrap_or_default()
    }

    fn place(word: &str) -> Option<(usize, u32)> {
        Some((usize::from(*word.as_bytes().first()?), 1 << word.len().min(31)))
    }
}

impl<T> FromIterator<(&'static str, T)> for WordMap<T> {
    fn from_iter<I: IntoIterator<Item = (&'static str, T)>>(pairs: I) -> Self {
        let words: HashMap<_, _, _> = pairs.into_iter().collect();
        let mut lengths = [0; 256];
        for (first, length) in words.keys().filter_map(|word| Self::place(word)) {
            if let Some(lengths) = lengths.get_mut(first) {
                *lengths |= length;
            }
        }
        Self { lengths, words }
    }
}

impl FromIterator<&'static str> for WordSet {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        words.into_iter().map(|word| (word, ())).collect()
    }
}

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

    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0 ^ number as u64).wrapping_mul(0x0100_0000_01b3);
    }
}
