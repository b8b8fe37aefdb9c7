//! The hash chain over bytes of our own: what a serialiser prints is hashed as it is stored, and never printed again.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// What stands before every event's bytes, so that no other thing's bytes can be taken for them.
const DOMAIN: &[u8] = b"war-room event 1\n";

/// A row of the log as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Number, from 1.
    pub seq: u64,
    /// Microseconds since 1970 at which it happened.
    pub occurred_at: i64,
    /// Microseconds since 1970 at which it was accepted.
    pub recorded_at: i64,
    /// The device that wrote it.
    pub device: String,
    /// Who acted.
    pub actor: String,
    /// The event's kind.
    pub kind: String,
    /// Version of the body.
    pub version: u32,
    /// The event as JSON, as stored.
    pub body: String,
    /// The hash of the row before; zeros for the first.
    pub prev: Hash,
    /// The hash of this row.
    pub hash: Hash,
}

impl Row {
    /// The hash that the row must have (`docs/log-format.md`): SHA-256 over the domain, the three numbers and the version in big-endian bytes,
    /// each text with its length before it, and the hash before.
    #[must_use]
    pub fn expected_hash(&self) -> Hash {
        let mut hash = Sha256::new();
        hash.update(DOMAIN);
        hash.update(self.seq.to_be_bytes());
        hash.update(self.occurred_at.to_be_bytes());
        hash.update(self.recorded_at.to_be_bytes());
        hash.update(self.version.to_be_bytes());
        for text in [&self.device, &self.actor, &self.kind, &self.body] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.update(self.prev);
        hash.finalize().into()
    }
}

/// A head as people compare it: `3f9a-c27e`.
#[must_use]
pub fn short(hash: &Hash) -> String {
    let mut text = String::with_capacity(9);
    for (at, byte) in hash.iter().take(4).enumerate() {
        if at == 2 {
            text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// All digits of a hash, in lower case.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The bytes of hexadecimal digits; `None` where they are none.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    // A sign is a digit to the parser below, and none here.
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row {
            seq: 2,
            occurred_at: 1,
            recorded_at: 2,
            device: "d".to_owned(),
            actor: "MK".to_owned(),
            kind: "noted".to_owned(),
            version: 1,
            body: "{}".to_owned(),
            prev: [7; 32],
            hash: [0; 32],
        }
    }

    #[test]
    fn every_field_is_in_the_hash_and_none_runs_into_the_next() {
        let base = row().expected_hash();
        let changes: [fn(&mut Row); 9] = [
            |row| row.seq = 3,
            |row| row.occurred_at = 9,
            |row| row.recorded_at = 9,
            |row| row.device = "e".to_owned(),
            |row| row.actor = "M".to_owned(),
            |row| row.kind = "note".to_owned(),
            |row| row.version = 2,
            |row| row.body = "{ }".to_owned(),
            |row| row.prev = [8; 32],
        ];
        for change in changes {
            let mut other = row();
            change(&mut other);
            assert_ne!(other.expected_hash(), base, "{other:?}");
        }
        let mut shifted = row();
        shifted.actor = "MKn".to_owned();
        shifted.kind = "oted".to_owned();
        assert_ne!(shifted.expected_hash(), base);
    }

    #[test]
    fn the_bytes_never_change() {
        // Worked out from the definition by another program: a room of today must verify for ever.
        assert_eq!(short(&row().expected_hash()), "0e94-a90f");
        assert_eq!(unhex(&hex(&[1, 171])), Some(vec![1, 171]));
        assert_eq!([unhex("1"), unhex("+1"), unhex("é")], [None, None, None]);
    }
}
