//! Numbers for things that say the same below the same headings, so that each has an id of its own.

use std::hash::{Hash, Hasher};

use super::quick::{QuickHasher, QuickMap};

/// How many there were of each so far, under a digest of what it says and where: what is counted are thousands of texts,
/// and to keep each with its path costs more than all else that reading keeps. Two texts under one digest would only
/// leave a number out.
#[derive(Debug, Default)]
pub(crate) struct Ordinals(QuickMap<u64, usize>);

impl Ordinals {
    /// Makes place for as many more.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.0.reserve(count);
    }

    /// The number, from 0, of the next thing that says `text` below what was taken together as `above`.
    pub(crate) fn next(&mut self, mut above: QuickHasher, text: &str) -> usize {
        text.hash(&mut above);
        let count = self.0.entry(above.finish()).or_default();
        *count += 1;
        *count - 1
    }
}

/// Parts of a path taken together.
pub(crate) fn together<'a>(path: impl IntoIterator<Item = &'a str>) -> QuickHasher {
    let mut above = QuickHasher::default();
    path.into_iter().for_each(|part| part.hash(&mut above));
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_are_numbered_apart_from_each_other() {
        let mut ordinals = Ordinals::default();
        let mut next = |path: &[&'static str], text: &str| ordinals.next(together(path.iter().copied()), text);
        assert_eq!([next(&["a"], "x"), next(&["a"], "x"), next(&["b"], "x"), next(&["a"], "y")], [0, 1, 0, 0]);
        assert_eq!([next(&["a", "b"], "c"), next(&["a"], "bc"), next(&["ab"], "c")], [0, 0, 0]);
    }
}
