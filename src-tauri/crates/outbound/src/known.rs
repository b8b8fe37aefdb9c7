//! Which notification of a server is which of ours.
//!
//! Owns: keys, the server's numbers for them, and for how long a number means anything. Must not know: buses and servers.

use std::collections::VecDeque;

/// How many are remembered: far more than any screen holds.
const KNOWN_MAX: usize = 256;

/// What was shown, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Known {
    shown: VecDeque<Shown>,
}

#[derive(Debug)]
struct Shown {
    key: String,
    number: u32,
    /// The life of the server that gave the number; after it the number is anybody's.
    life: String,
    is_open: bool,
}

impl Known {
    /// The number of the newest notification of this key that is still open, in this life of the server.
    pub(crate) fn number(&self, key: &str, life: &str) -> Option<u32> {
        let newest = self.shown.iter().rev().find(|shown| shown.key == key && shown.life == life)?;
        newest.is_open.then_some(newest.number)
    }

    /// The server has shown it under this number.
    pub(crate) fn put(&mut self, key: &str, number: u32, life: &str) {
        // What another life has shown, and the one whose place this takes.
        self.shown.retain(|shown| shown.life == life && shown.number != number);
        if self.shown.len() >= KNOWN_MAX {
            let at = self.shown.iter().position(|shown| !shown.is_open).unwrap_or(0);
            self.shown.remove(at);
        }
        self.shown.push_back(Shown { key: key.into(), number, life: life.into(), is_open: true });
    }

    /// Whose number this is in this life of the server.
    pub(crate) fn key(&self, number: u32, life: &str) -> Option<&str> {
        let shown = self.shown.iter().find(|shown| shown.number == number && shown.life == life)?;
        Some(&shown.key)
    }

    /// It is no longer on the screen. It stays known: some servers tell of an action only after that.
    pub(crate) fn close(&mut self, number: u32, life: &str) {
        for shown in self.shown.iter_mut().filter(|shown| shown.number == number && shown.life == life) {
            shown.is_open = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_shown_anew_under_its_number() {
        let mut known = Known::default();
        assert_eq!(known.number("a", ":1.1"), None);
        known.put("a", 7, ":1.1");
        known.put("b", 8, ":1.1");
        assert_eq!(known.number("a", ":1.1"), Some(7));
        known.put("a", 7, ":1.1");
        assert_eq!((known.key(7, ":1.1"), known.key(8, ":1.1")), (Some("a"), Some("b")));
        assert_eq!(known.shown.len(), 2);
        // A server may give another number all the same; the earlier one is not forgotten while it may be on the screen.
        known.put("a", 9, ":1.1");
        assert_eq!((known.number("a", ":1.1"), known.key(7, ":1.1")), (Some(9), Some("a")));
    }

    #[test]
    fn what_was_dismissed_is_not_shown_anew_but_still_known() {
        let mut known = Known::default();
        known.put("a", 7, ":1.1");
        known.close(7, ":1.9");
        assert_eq!(known.number("a", ":1.1"), Some(7), "another server closed its own");
        known.close(7, ":1.1");
        assert_eq!(known.number("a", ":1.1"), None);
        assert_eq!(known.key(7, ":1.1"), Some("a"));
    }

    #[test]
    fn numbers_of_another_life_mean_nothing() {
        let mut known = Known::default();
        known.put("a", 7, ":1.1");
        assert_eq!((known.number("a", ":1.2"), known.key(7, ":1.2")), (None, None));
        known.put("b", 7, ":1.2");
        assert_eq!((known.key(7, ":1.1"), known.key(7, ":1.2")), (None, Some("b")));
    }

    #[test]
    fn what_is_known_does_not_grow_without_end_and_what_is_open_goes_last() {
        let mut known = Known::default();
        for number in 0..u32::try_from(KNOWN_MAX).expect("a small number") {
            known.put(&number.to_string(), number, ":1.1");
        }
        known.close(5, ":1.1");
        known.put("more", 900, ":1.1");
        assert_eq!((known.key(5, ":1.1"), known.key(0, ":1.1")), (None, Some("0")));
        known.put("and more", 901, ":1.1");
        assert_eq!(known.key(0, ":1.1"), None);
        assert_eq!(known.shown.len(), KNOWN_MAX);
    }
}
