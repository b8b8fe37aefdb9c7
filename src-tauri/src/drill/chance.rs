//! Chance that follows from a seed: the same words give the same number for ever, on every machine.

use sha2::{Digest, Sha256};

/// 32 bytes that follow from a scenario, a seed and what they are for.
#[must_use]
pub(crate) fn bytes(scenario: &str, seed: u64, what: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [scenario.as_bytes(), &seed.to_be_bytes(), what.as_bytes()] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A number from 0 to 1 that follows from a scenario, a seed and what it is for.
#[must_use]
pub(crate) fn share(scenario: &str, seed: u64, what: &str) -> f64 {
    let bytes = bytes(scenario, seed, what);
    let first: u32 = bytes.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    f64::from(first) / f64::from(u32::MAX)
}

/// Whole seconds between two bounds, both included, that follow from a scenario, a seed and what they are for.
#[must_use]
pub(crate) fn seconds(scenario: &str, seed: u64, what: &str, from: i64, to: i64) -> i64 {
    let span = (to - from).max(0);
    // A few minutes at the most: exact in a double.
    from + (share(scenario, seed, what) * (span as f64 + 0.999)).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_from_the_seed_and_stays_within_its_bounds() {
        assert_eq!(bytes("a", 1, "x"), bytes("a", 1, "x"));
        assert_ne!(bytes("a", 1, "x"), bytes("a", 2, "x"));
        assert_ne!(bytes("a", 1, "bc"), bytes("ab", 1, "c"));
        for seed in 0..500 {
            assert!((3..=7).contains(&seconds("a", seed, "x", 3, 7)));
        }
    }
}
