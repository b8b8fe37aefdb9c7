//! Numbers for things that say the same below the same headings, so that each has an id of its own.

use std::hash::{Hash, Hasher};

use super::quick::{QuickHasher, QuickMap};

/// How many there were of each so far, under a digest of what it says and where: what is counted are thousands of texts,
/// and to keep each with its path costs more than all else that reading keeps. Two texts under one digest would only
/// leave a number out.
#[derive(Debug, Default)]
pub(crate) struct Ordinals(QuickMap<u64, usize>);

impl Ordinals {
    /// The number, from 0, of the next thing that says `text` below the headings `path`.
    pub(crate) fn next<'a>(&mut self, path: impl Iterator<Item = &'a str>, text: &'a str) -> usize {
        let mut digest = QuickHasher::default();
        for part in path.chain([text]) {
            part.hash(&mut digest);
        }
        let count = self.0.entry(digest.finish()).or_default();
        *count += 1;
        *count - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_are_numbered_apart_from_each_other() {
        let mut ordinals = Ordinals::default();
        let mut next = |path: &[&'static str], text: &str| ordinals.next(path.iter().copied(), text);
        assert_eq!([next(&["a"], "x"), next(&["a"], "x"), next(&["b"], "x"), next(&["a"], "y")], [0, 1, 0, 0]);
        assert_eq!([next(&["a", "b"], "c"), next(&["a"], "bc"), next(&["ab"], "c")], [0, 0, 0]);
    }
}
