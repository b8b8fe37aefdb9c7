//! Lists of the plan by how much most of them hold: nothing, or one piece of words.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};
use smallvec::SmallVec;

use super::Inline;

/// A list that is empty in most places: one that is takes a third of what a `Vec` takes, and one that holds a few things
/// has one place of its own in memory.
#[derive(Clone, PartialEq, Eq)]
pub struct Few<T>(Option<Box<SmallVec<[T; 4]>>>);

impl<T> Few<T> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// What it holds.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.0.as_deref().map(SmallVec::as_slice).unwrap_or_default()
    }

    /// Puts one more behind the others.
    pub fn push(&mut self, one: T) {
        self.0.get_or_insert_default().push(one);
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.0.as_deref_mut().map(SmallVec::as_mut_slice).unwrap_or_default()
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(all: Vec<T>) -> Self {
        Self((!all.is_empty()).then(|| Box::new(SmallVec::from_vec(all))))
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self::from(Vec::from_iter(all))
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        more.into_iter().for_each(|one| self.push(one));
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(formatter)
    }
}

impl<T: Serialize> Serialize for Few<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

/// The pieces of a line. Most lines are one, which needs no place of its own in memory.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Inlines(SmallVec<[Inline; 1]>);

impl Inlines {
    /// Puts one more behind the others.
    pub fn push(&mut self, one: Inline) {
        self.0.push(one);
    }

    /// Takes one out.
    pub(crate) fn remove(&mut self, at: usize) {
        if at < self.len() {
            self.0.remove(at);
        }
    }
}

impl Deref for Inlines {
    type Target = [Inline];

    fn deref(&self) -> &[Inline] {
        &self.0
    }
}

impl DerefMut for Inlines {
    fn deref_mut(&mut self) -> &mut [Inline] {
        &mut self.0
    }
}

impl From<Inline> for Inlines {
    fn from(one: Inline) -> Self {
        Self::from_iter([one])
    }
}

impl From<Vec<Inline>> for Inlines {
    fn from(all: Vec<Inline>) -> Self {
        Self(SmallVec::from_vec(all))
    }
}

impl FromIterator<Inline> for Inlines {
    fn from_iter<I: IntoIterator<Item = Inline>>(all: I) -> Self {
        Self(SmallVec::from_iter(all))
    }
}

impl Extend<Inline> for Inlines {
    fn extend<I: IntoIterator<Item = Inline>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl IntoIterator for Inlines {
    type Item = Inline;
    type IntoIter = smallvec::IntoIter<[Inline; 1]>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Inlines {
    type Item = &'a Inline;
    type IntoIter = std::slice::Iter<'a, Inline>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Inlines {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for Inlines {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Item};

    #[test]
    fn few_things_are_a_list_like_any_other() {
        let mut few = Few::from(Vec::<u8>::new());
        assert_eq!(few, Few::new());
        few.extend([1, 2]);
        few.push(3);
        assert_eq!(
            (few.as_slice(), few.iter().len(), format!("{few:?}")),
            ([1, 2, 3].as_slice(), 3, "[1, 2, 3]".into())
        );
        assert_eq!(few, [1, 2, 3].into_iter().collect());
    }

    /// Of a long text there are hundreds of thousands: whoever makes one of these greater looks at what reading takes.
    #[test]
    fn what_a_plan_has_much_of_is_small() {
        assert_eq!((size_of::<Few<u8>>(), size_of::<Inlines>(), size_of::<Block>()), (8, 40, 24));
        assert!(size_of::<Item>() <= 232, "{}", size_of::<Item>());
    }
}
