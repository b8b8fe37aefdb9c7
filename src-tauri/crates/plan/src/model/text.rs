//! Words that several parts of a plan say.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZero;
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// Words of the checklist, held once however many parts of the plan say them. All words of a checklist lie in one place in
/// memory, and each piece of them is a stretch of it: a place of its own for each would be as much work again as reading
/// the Markdown. What says something else than the checklist has a place of its own.
#[derive(Clone)]
pub struct Text {
    /// Where the words lie; none where there are no words.
    place: Option<Arc<String>>,
    /// The first byte there, counted from 1 so that no text takes as many bytes as one, and how many there are: four bytes
    /// each, which are enough for a text of four gigabytes.
    first: NonZero<u32>,
    length: u32,
}

impl Text {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let words = self.place.as_deref().map(String::as_str).unwrap_or_default();
        let start = self.start();
        words.get(start..start + self.length as usize).unwrap_or_default()
    }

    fn start(&self) -> usize {
        self.first.get() as usize - 1
    }

    /// The words at these bytes of a place.
    fn of(place: Option<Arc<String>>, bytes: Range<usize>) -> Self {
        Self { place, first: NonZero::<u32>::MIN.saturating_add(short(bytes.start)), length: short(bytes.len()) }
    }

    /// The words at these bytes of a place that is not full yet; says nothing until it is [`Text::put`] there.
    pub(crate) fn at(bytes: Range<usize>) -> Self {
        Self::of(None, bytes)
    }

    /// Puts words that had to wait for their place there.
    pub(crate) fn put(&mut self, place: &Arc<String>) {
        self.place = Some(Arc::clone(place));
    }

    /// The words at these bytes of its own words.
    pub(crate) fn part(&self, bytes: Range<usize>) -> Self {
        let at = |byte: usize| self.start().saturating_add(byte);
        Self::of(self.place.clone(), at(bytes.start)..at(bytes.end))
    }

    /// Some words: a part of these where they lie in them, else with a place of their own.
    pub(crate) fn holding(&self, words: &str) -> Self {
        let start = words.as_ptr().addr().wrapping_sub(self.as_ptr().addr());
        let bytes = start..start.saturating_add(words.len());
        if self.get(bytes.clone()).is_some_and(|part| part == words) { self.part(bytes) } else { Self::from(words) }
    }

    /// The words without blanks around them.
    pub(crate) fn trimmed(&self) -> Self {
        let behind = self.trim_start();
        let start = self.len() - behind.len();
        self.part(start..start + behind.trim_end().len())
    }

    /// The words from the beginning of these to the end of the last of `others`, where they follow each other in one place.
    pub(crate) fn up_to<'a>(&self, mut others: impl Iterator<Item = &'a Self>) -> Option<Self> {
        others.try_fold(self.clone(), |all, next| {
            let is_next = next.place.as_ref().zip(all.place.as_ref()).is_some_and(|(next, all)| Arc::ptr_eq(next, all))
                && next.start() == all.start() + all.length as usize;
            is_next.then(|| Self { length: all.length + next.length, ..all })
        })
    }
}

/// A number of a byte in as many bytes as a text keeps of it.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Default for Text {
    fn default() -> Self {
        Self::of(None, 0..0)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::from(words.to_owned())
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        let bytes = 0..words.len();
        Self::of((!words.is_empty()).then(|| Arc::new(words)), bytes)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        *self == other.as_str()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), formatter)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_held_once_and_look_as_words_do() {
        let text = Text::from("a \"b\"");
        assert!(std::ptr::eq(text.as_str(), text.clone().as_str()));
        assert_eq!(format!("{text} {text:?}"), "a \"b\" \"a \\\"b\\\"\"");
        let owned = String::from("a \"b\"");
        assert!(text == "a \"b\"" && text == owned && text != Text::default());
    }

    #[test]
    fn pieces_of_one_place_are_parts_of_it() {
        let words = Text::from(" Back up the  database ");
        let (first, rest) = (words.part(0..9), words.part(9..words.len()));
        assert_eq!((first.as_str(), rest.as_str()), (" Back up ", "the  database "));
        let both = first.up_to([&rest].into_iter()).unwrap();
        assert!(std::ptr::eq(both.as_str(), words.as_str()));
        assert_eq!(both.trimmed(), "Back up the  database");
        assert_eq!(rest.up_to([&first].into_iter()), None, "the second stands behind the first, not before it");
        assert_eq!(first.up_to([&Text::from("the  database ")].into_iter()), None, "what lies elsewhere is no part");
        assert!(std::ptr::eq(words.holding(words.trim()).as_str(), words.trim()));
        assert_eq!((words.holding("else").as_str(), words.holding("").as_str()), ("else", ""));
        assert_eq!((words.part(0..99).as_str(), Text::from(" ").trimmed().as_str()), ("", ""));
    }

    #[test]
    fn a_text_waits_for_its_place() {
        let mut text = Text::at(1..3);
        assert_eq!(text, "");
        text.put(&Arc::new("abcd".to_owned()));
        assert_eq!((text.as_str(), size_of::<Option<Text>>()), ("bc", 16));
    }
}
