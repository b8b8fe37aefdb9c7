//! What is tried at random: how often here, how often where there is time, and a word of how far it has come.
//!
//! Owns: the variable of the long runs, and what is said while they go on. Must not know: what is tried.

use std::env;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// What `cargo xtask test --long` sets.
const LONG: &str = "WAR_ROOM_LONG";

/// Into so many parts a long run is cut: one word a part.
const PARTS: u64 = 100;

/// Whether there is time.
#[must_use]
pub fn is_long() -> bool {
    env::var_os(LONG).is_some()
}

/// A number that a person gave in this variable.
#[must_use]
pub fn asked(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// How far a long run has come. A short one says nothing.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    all: u64,
    done: AtomicU64,
    speaks: bool,
}

impl Progress {
    /// None is done yet of all.
    #[must_use]
    pub fn of(what: &'static str, all: u64) -> Self {
        Self { what, all, done: AtomicU64::new(0), speaks: is_long() }
    }

    /// One more is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(words) = self.words(done).filter(|_| self.speaks) {
            // Not by `eprintln`, which the harness of the tests keeps to itself until a test has ended. Nobody who listens
            // is no reason to stop.
            let _ = writeln!(std::io::stderr(), "{words}");
        }
    }

    /// What is said after so many: where another part is done.
    fn words(&self, done: u64) -> Option<String> {
        let parts = |done: u64| done * PARTS / self.all.max(1);
        (parts(done) > parts(done.saturating_sub(1))).then(|| format!("{}: {done} of {}", self.what, self.all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_said_after_each_hundredth_and_at_the_end() {
        let said = |all: u64| -> Vec<String> {
            let progress = Progress::of("kills", all);
            (1..=all).filter_map(|done| progress.words(done)).collect()
        };
        assert_eq!(said(10_000).len(), 100);
        assert_eq!(said(10_000)[..2], ["kills: 100 of 10000", "kills: 200 of 10000"]);
        assert_eq!(said(250).last().map(String::as_str), Some("kills: 250 of 250"));
        assert_eq!(said(3), ["kills: 1 of 3", "kills: 2 of 3", "kills: 3 of 3"]);
    }
}
