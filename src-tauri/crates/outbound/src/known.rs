//! Which notification of a server is which of ours.
//!
//! Owns: keys, the server's numbers for them, and for how long a number means anything. Must not know: buses and servers.

/// How many are remembered, and with each its connection, which some servers take for the notification's own life.
const KNOWN_MAX: usize = 32;

/// What was shown, oldest first. `H` is what one is shown anew with.
#[derive(Debug)]
pub(crate) struct Known<H> {
    shown: Vec<Shown<H>>,
}

#[derive(Debug)]
struct Shown<H> {
    key: String,
    number: u32,
    /// The life of the server that gave the number; after it the number is anybody's.
    life: String,
    is_open: bool,
    handle: Option<H>,
}

impl<H> Default for Known<H> {
    fn default() -> Self {
        Self { shown: Vec::new() }
    }
}

impl<H> Known<H> {
    /// What the newest notification of this key is shown anew with: one that is still open, in this life of the server. It is
    /// to be put back with [`Self::put`].
    pub(crate) fn take(&mut self, key: &str, life: &str) -> Option<H> {
        let mut of_key = self.shown.iter_mut().rev().filter(|shown| shown.key == key);
        of_key.find(|shown| shown.life == life && shown.is_open && shown.handle.is_some())?.handle.take()
    }

    /// The server has shown it under this number. What is given back is no longer needed, and to be dropped by the caller, since
    /// that may take its time.
    #[must_use]
    pub(crate) fn put(&mut self, key: &str, number: u32, life: &str, handle: H) -> Vec<H> {
        let mut gone: Vec<H> = Vec::new();
        // What another life has shown, and the one that this was made of.
        self.shown.retain_mut(|shown| {
            let is_replaced = shown.key == key && (shown.handle.is_none() || shown.number == number);
            let stays = shown.life == life && !is_replaced;
            if !stays {
                gone.extend(shown.handle.take());
            }
            stays
        });
        if self.shown.len() >= KNOWN_MAX {
            let at = self.shown.iter().position(|shown| !shown.is_open).unwrap_or(0);
            gone.extend(self.shown.remove(at).handle);
        }
        self.shown.push(Shown { key: key.into(), number, life: life.into(), is_open: true, handle: Some(handle) });
        gone
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
    fn one_is_shown_anew_with_what_it_was_shown_with() {
        let mut known = Known::default();
        assert_eq!(known.take("a", ":1.1"), None);
        assert!(known.put("a", 7, ":1.1", "first").is_empty());
        assert!(known.put("b", 8, ":1.1", "other").is_empty());
        assert_eq!(known.take("a", ":1.1"), Some("first"));
        // Its number still tells whose it is while it is being shown anew.
        assert_eq!(known.key(7, ":1.1"), Some("a"));
        assert!(known.put("a", 7, ":1.1", "first").is_empty());
        assert_eq!((known.key(7, ":1.1"), known.key(8, ":1.1")), (Some("a"), Some("b")));
        assert_eq!(known.shown.len(), 2);
    }

    #[test]
    fn what_was_dismissed_is_not_shown_anew_but_still_known() {
        let mut known = Known::default();
        assert!(known.put("a", 7, ":1.1", "first").is_empty());
        known.close(7, ":1.9");
        assert_eq!(known.take("a", ":1.1"), Some("first"), "another server closed its own");
        assert!(known.put("a", 7, ":1.1", "first").is_empty());
        known.close(7, ":1.1");
        assert_eq!(known.take("a", ":1.1"), None);
        assert_eq!(known.key(7, ":1.1"), Some("a"));
    }

    #[test]
    fn numbers_of_another_life_mean_nothing() {
        let mut known = Known::default();
        assert!(known.put("a", 7, ":1.1", "first").is_empty());
        assert_eq!((known.take("a", ":1.2"), known.key(7, ":1.2")), (None, None));
        assert_eq!(known.put("b", 7, ":1.2", "second"), ["first"]);
        assert_eq!((known.key(7, ":1.1"), known.key(7, ":1.2")), (None, Some("b")));
    }

    #[test]
    fn what_is_known_does_not_grow_without_end_and_what_is_open_goes_last() {
        let mut known = Known::default();
        for number in 0..u32::try_from(KNOWN_MAX).expect("a small number") {
            assert!(known.put(&number.to_string(), number, ":1.1", number).is_empty());
        }
        known.close(5, ":1.1");
        assert_eq!(known.put("more", 900, ":1.1", 900), [5]);
        assert_eq!(known.put("and more", 901, ":1.1", 901), [0]);
        assert_eq!(known.shown.len(), KNOWN_MAX);
    }
}
