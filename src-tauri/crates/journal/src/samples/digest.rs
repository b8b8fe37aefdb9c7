//! The bytes over which a chunk's digest is taken. They are ours and never change; `docs/log-format.md` describes them for
//! whoever writes a verifier.

use sha2::{Digest as _, Sha256};

use super::Bucket;
use super::rows::{Of, Raw};
use crate::chain::Hash;

/// What stands before the bytes of a chunk, so that no other thing's bytes can be taken for them.
const SAMPLES: &[u8] = b"war-room samples 1\n";
const ROLLUPS: &[u8] = b"war-room rollups 1\n";
const REPLACED: &[u8] = b"war-room replaced chunks 1\n";

/// The digest of samples that are kept one by one.
pub(crate) fn of_samples(chunk: u64, signals: &[Of<Raw>]) -> Hash {
    let mut hash = begun(SAMPLES, chunk, signals);
    for signal in signals {
        named(&mut hash, signal);
        for raw in &signal.rows {
            hash.update(raw.at.to_be_bytes());
            hash.update([raw.state]);
            hash.update(raw.good_for.to_be_bytes());
            number(&mut hash, raw.value.unwrap_or(f64::NAN));
        }
    }
    hash.finalize().into()
}

/// The digest of rows that stand for several samples each.
pub(crate) fn of_rollups(chunk: u64, signals: &[Of<Bucket>]) -> Hash {
    let mut hash = begun(ROLLUPS, chunk, signals);
    for signal in signals {
        named(&mut hash, signal);
        for row in &signal.rows {
            for time in [row.at, row.first_at, row.last_at, row.good_until, row.gap_ms] {
                hash.update(time.to_be_bytes());
            }
            hash.update(row.seen.to_be_bytes());
            hash.update(row.unseen.to_be_bytes());
            for value in [row.low, row.high, row.mean, row.last] {
                number(&mut hash, value);
            }
        }
    }
    hash.finalize().into()
}

/// The digest over those of the chunks that were replaced.
pub(crate) fn of_replaced(digests: &[Hash]) -> Hash {
    let mut hash = Sha256::new();
    hash.update(REPLACED);
    hash.update((digests.len() as u64).to_be_bytes());
    for digest in digests {
        hash.update(digest);
    }
    hash.finalize().into()
}

fn begun<T>(domain: &[u8], chunk: u64, signals: &[Of<T>]) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(domain);
    hash.update(chunk.to_be_bytes());
    hash.update((signals.len() as u64).to_be_bytes());
    hash
}

fn named<T>(hash: &mut Sha256, signal: &Of<T>) {
    hash.update((signal.name.len() as u64).to_be_bytes());
    hash.update(signal.name.as_bytes());
    hash.update((signal.rows.len() as u64).to_be_bytes());
}

/// A byte that says whether there is a number, and the number.
fn number(hash: &mut Sha256, value: f64) {
    if value.is_nan() {
        hash.update([0]);
    } else {
        hash.update([1]);
        hash.update(value.to_bits().to_be_bytes());
    }
}
