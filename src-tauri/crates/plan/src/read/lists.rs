//! Lists of phrases that a text is asked for at once: one look at its words tells which of them it may hold.

use super::signs::Signs;
use super::words::{places_of_words, plain, whole_words};

/// The lists by the first words of their phrases.
pub(crate) struct Lists {
    phrases: Vec<Phrase>,
    /// The shapes of their first words, as bits. Most words that are asked for are none of these, and most of them end here.
    shapes: [u64; SHAPES / 64],
    /// The phrases by the upper bits of those shapes: the place behind the first of each.
    firsts: [u16; SLOTS],
}

/// A phrase, and its first word, which signs may stand before.
struct Phrase {
    phrase: &'static str,
    first: &'static str,
    /// The lists that it stands in, as bits.
    lists: u64,
    /// The place behind the next phrase of the same slot, or 0.
    next: u16,
}

const SHAPES: usize = 1 << 14;
const SLOTS: usize = 1 << 10;

impl Lists {
    /// 64 lists at most; each has its place as its bit.
    pub(crate) fn new<'a>(lists: impl IntoIterator<Item = &'a [&'static str]>) -> Self {
        let mut new = Self { phrases: Vec::new(), shapes: [0; SHAPES / 64], firsts: [0; SLOTS] };
        for (place, list) in lists.into_iter().enumerate() {
            for phrase in list {
                new.add(phrase, 1 << place);
            }
        }
        new
    }

    fn add(&mut self, phrase: &'static str, list: u64) {
        if let Some(known) = self.phrases.iter_mut().find(|known| known.phrase == phrase) {
            known.lists |= list;
            return;
        }
        let Some(first) = whole_words(phrase).next() else { return };
        let shape = shape(head(first.as_bytes()), first.len());
        if let Some(shapes) = self.shapes.get_mut(shape / 64) {
            *shapes |= 1 << (shape % 64);
        }
        if let Some(slot) = self.firsts.get_mut(shape * SLOTS / SHAPES)
            && let Ok(behind) = u16::try_from(self.phrases.len() + 1)
        {
            let next = std::mem::replace(slot, behind);
            self.phrases.push(Phrase { phrase, first, lists: list, next });
        }
    }

    /// The lists of which a text has the first word of a phrase, as bits; in any case, and whatever signs stand in it.
    pub(crate) fn of(&self, text: &str) -> u64 {
        self.look(text).0
    }

    /// The same, and the signs of the text as it stands.
    pub(crate) fn look(&self, text: &str) -> (u64, Signs) {
        let bytes = text.as_bytes();
        let (found, signs) = words_of(bytes, |start, end| self.of_word(bytes, start, end));
        if !signs.has_others() {
            return (found, signs);
        }
        let words = plain(text);
        let words = whole_words(&words).map(str::as_bytes);
        (words.fold(0, |all, word| all | self.of_word(word, 0, word.len())), signs)
    }

    /// The lists of which a text (from [`plain`]) holds a phrase that begins with a word, as bits; each as a whole word or
    /// words.
    pub(crate) fn held(&self, text: &str) -> u64 {
        let bytes = text.as_bytes();
        let holds = |start: usize, end: usize| {
            let Some(phrases) = self.phrases_of(bytes, start, end) else { return 0 };
            let rest = text.get(start..).unwrap_or_default();
            let is_said = |phrase: &&Phrase| {
                rest.strip_prefix(phrase.phrase).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            };
            phrases.filter(is_said).fold(0, |all, phrase| all | phrase.lists)
        };
        let (found, signs) = words_of(bytes, holds);
        if !signs.has_others() {
            return found;
        }
        // The letters of other alphabets are of words too.
        places_of_words(text).fold(0, |all, (start, end)| all | holds(start, end))
    }

    /// The lists of the phrases that begin with the word that stands from one place to another.
    #[inline]
    fn of_word(&self, text: &[u8], start: usize, end: usize) -> u64 {
        match self.phrases_of(text, start, end) {
            Some(phrases) => phrases.fold(0, |all, phrase| all | phrase.lists),
            None => 0,
        }
    }

    /// The phrases that begin with the word that stands from one place to another; none is what most words have.
    #[inline]
    fn phrases_of(&self, text: &[u8], start: usize, end: usize) -> Option<impl Iterator<Item = &Phrase>> {
        let rest = text.get(start..).unwrap_or_default();
        let length = end - start;
        // Eight bytes are taken at once where as many follow, and what is behind the word is cut off.
        let head = match rest.first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * length.clamp(1, 8))),
            None => head(rest.get(..length).unwrap_or_default()),
        };
        let shape = shape(head, length);
        if self.shapes.get(shape / 64).is_none_or(|shapes| (shapes >> (shape % 64)) & 1 == 0) {
            return None;
        }
        let word = rest.get(..length).unwrap_or_default();
        let at = |behind: u16| usize::from(behind).checked_sub(1).and_then(|at| self.phrases.get(at));
        let first = self.firsts.get(shape * SLOTS / SHAPES).and_then(|behind| at(*behind));
        let same = std::iter::successors(first, move |phrase| at(phrase.next));
        let begins = move |phrase: &&Phrase| phrase.first.as_bytes().eq_ignore_ascii_case(word);
        Some(same.filter(begins))
    }
}

/// What is found by the places of a text's words, taken together, and the signs of the text; letters of other alphabets
/// are of no word here.
#[inline]
fn words_of(text: &[u8], mut find: impl FnMut(usize, usize) -> u64) -> (u64, Signs) {
    let (mut found, mut signs) = (0, Signs::default());
    // The first byte of a word whose end was not met yet.
    let mut open = None;
    for (block, first) in text.chunks(64).zip((0..).step_by(64)) {
        // Which bytes of the block are of words, as bits: words are short, and the machine guesses no end of one well.
        let mut of_words = 0_u64;
        for (byte, place) in block.iter().zip(0..) {
            of_words |= u64::from(signs.take(*byte).is_of_word()) << place;
        }
        // Where a byte is of a word and the one before it is not, or the other way round.
        let mut ends = of_words ^ (of_words << 1 | u64::from(open.is_some()));
        while ends != 0 {
            let at = first + ends.trailing_zeros() as usize;
            match open.take() {
                Some(start) => found |= find(start, at),
                None => open = Some(at),
            }
            ends &= ends - 1;
        }
    }
    if let Some(start) = open {
        found |= find(start, text.len());
    }
    (found, signs)
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
    use crate::read::words::has_any;

    #[test]
    fn lists_tell_what_a_text_may_hold_whatever_its_case() {
        let lists = Lists::new([["roll back", "abort"].as_slice(), &["откат"], &["p95", " or "]]);
        for (text, expected) in [
            ("then roll on", 1),
            ("p95 < 1: abort", 5),
            ("✅ откат", 2),
            ("this or that", 4),
            ("rolling p9", 0),
            ("", 0),
            ("é p95é", 0),
        ] {
            assert_eq!(lists.of(text), expected, "{text}");
            assert_eq!(lists.of(&text.to_uppercase()), expected, "{text}");
        }
    }

    /// Bytes are looked at in blocks: a word may begin, end or lie at any place of them.
    #[test]
    fn a_word_is_found_wherever_it_stands() {
        let lists = Lists::new([["rollback"].as_slice(), &["a"]]);
        for before in 0..140 {
            for behind in [0, 1, 60, 64] {
                let text = format!("{}rollback{}", "-".repeat(before), " ".repeat(behind));
                assert_eq!(lists.of(&text), 1, "{before} {behind}");
                let other = format!("{}xrollback{}", " ".repeat(before), "-".repeat(behind));
                assert_eq!(lists.of(&other), 0, "{before} {behind}");
            }
            assert_eq!(lists.of(&format!("{}a", "x ".repeat(before))), 2);
        }
    }

    #[test]
    fn what_a_text_holds_is_what_a_look_for_each_list_finds() {
        let phrases: [&[&str]; 4] =
            [&["roll back", "roll-back", "roll", "abort"], &["откат", "é"], &["p95", "error rate"], &["don't roll"]];
        let lists = Lists::new(phrases);
        for text in [
            "roll back if p95 is high",
            "we roll, and abort-all",
            "rolled back p95x error rates",
            "don't roll-backs; error rate",
            "откат p95",
            "откаты é",
            "éroll pé",
            "roll",
            "",
        ] {
            let held = phrases.iter().enumerate().map(|(at, list)| u64::from(has_any(text, list)) << at);
            assert_eq!(lists.held(text), held.sum(), "{text}");
        }
    }
}
