//! Notifications of one key are shown one after the other, also where the service takes its time.
//!
//! Owns: whose turn it is, and that older words never come after newer ones. Must not know: what is shown.
//!
//! A call that nobody waits for any more goes on. What of the same key was shown meanwhile would not know its number, and would
//! stand beside it for good.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The keys that are being shown, or wait for that.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    keys: Mutex<BTreeMap<String, Key>>,
    turned: Condvar,
}

#[derive(Debug, Default)]
struct Key {
    /// The number of the newest that came.
    newest: u64,
    is_under_way: bool,
}

/// The turn of one notification; it ends with this value.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    turns: &'a Turns,
    key: &'a str,
    number: u64,
}

impl Turns {
    /// Waits until nothing of this key is under way. `None` where a newer one came meanwhile: its words count.
    pub(crate) fn take<'a>(&'a self, key: &'a str) -> Option<Turn<'a>> {
        let mut keys = self.locked();
        let of = keys.entry(key.to_owned()).or_default();
        of.newest = of.newest.saturating_add(1);
        let number = of.newest;
        // Whoever waits with older words goes.
        self.turned.notify_all();
        loop {
            let of = keys.entry(key.to_owned()).or_default();
            if of.newest != number {
                return None;
            }
            if !of.is_under_way {
                of.is_under_way = true;
                return Some(Turn { turns: self, key, number });
            }
            keys = self.turned.wait(keys).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// What is behind the lock is whole between any two lines.
    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, Key>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut keys = self.turns.locked();
        match keys.get_mut(self.key) {
            // Somebody waits, whose number has to stay the newest.
            Some(of) if of.newest != self.number => of.is_under_way = false,
            _ => {
                keys.remove(self.key);
            }
        }
        drop(keys);
        self.turns.turned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    #[test]
    fn one_of_a_key_at_a_time_and_the_newest_of_those_that_wait() {
        let turns = Arc::new(Turns::default());
        let first = turns.take("a").expect("nothing else");
        assert!(turns.take("b").is_some(), "another key does not wait");
        let (told, outcomes) = channel();
        let mut waiting = Vec::new();
        for number in 0..3 {
            let (turns, told) = (Arc::clone(&turns), told.clone());
            let newest = 2 + number;
            waiting.push(thread::spawn({
                let turns = Arc::clone(&turns);
                move || told.send((number, turns.take("a").is_some())).expect("somebody listens")
            }));
            // It has come, and nobody else after it.
            while turns.locked().get("a").is_none_or(|of| of.newest < newest) {
                thread::yield_now();
            }
        }
        let mut early: Vec<_> = outcomes.iter().take(2).collect();
        early.sort_unstable();
        assert_eq!(early, [(0, false), (1, false)], "older words go without");
        drop(first);
        assert_eq!(outcomes.recv(), Ok((2, true)));
        for thread in waiting {
            thread.join().expect("it ends");
        }
        assert!(turns.locked().is_empty(), "nothing is remembered");
    }
}
