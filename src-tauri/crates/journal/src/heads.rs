//! The list of heads outside of the room: a log that was cut off at its end contradicts it.

use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::chain::{Hash, hex, unhex};
use crate::failure::Failure;

/// A sealed head of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The room's name.
    pub room: String,
    /// How many events there were.
    pub count: u64,
    /// The hash of the last of them.
    pub hash: Hash,
    /// When it was sealed.
    pub at: Timestamp,
    /// The device's public key.
    pub public_key: [u8; 32],
    /// The signature over room, count and hash.
    pub signature: Vec<u8>,
}

impl Head {
    /// The bytes that are signed.
    #[must_use]
    pub fn bytes(room: &str, count: u64, hash: &Hash) -> Vec<u8> {
        let mut bytes = b"war-room seal 1\n".to_vec();
        bytes.extend((room.len() as u64).to_be_bytes());
        bytes.extend(room.as_bytes());
        bytes.extend(count.to_be_bytes());
        bytes.extend(hash);
        bytes
    }

    /// Whether the signature is the key's.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        let bytes = Self::bytes(&self.room, self.count, &self.hash);
        crate::device::is_signed(&self.public_key, &bytes, &self.signature)
    }

    fn line(&self) -> String {
        let Self { room, count, hash, at, public_key, signature } = self;
        format!("{at} {room} {count} {} {} {}\n", hex(hash), hex(public_key), hex(signature))
    }

    fn of_line(line: &str) -> Option<Self> {
        let mut parts = line.split_whitespace();
        let at = parts.next()?.parse().ok()?;
        let room = parts.next()?.to_owned();
        let count = parts.next()?.parse().ok()?;
        let hash = unhex(parts.next()?)?.try_into().ok()?;
        let public_key = unhex(parts.next()?)?.try_into().ok()?;
        let signature = unhex(parts.next()?)?;
        Some(Self { room, count, hash, at, public_key, signature })
    }
}

/// The file of heads.
#[derive(Debug, Clone)]
pub struct Heads {
    path: PathBuf,
}

impl Heads {
    /// The list at `path`, which need not exist yet.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// Adds a head, synced.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn add(&self, head: &Head) -> Result<(), Failure> {
        let failure = |error: std::io::Error| Failure::of_io(&error, &self.path);
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(failure)?;
        }
        let mut file = std::fs::OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&self.path)
            .map_err(failure)?;
        // A line that a full disk or the power cut short must not take this one with it.
        let begin = if ends_in_a_line(&mut file).map_err(failure)? { "" } else { "\n" };
        let line = format!("{begin}{}", head.line());
        file.write_all(line.as_bytes()).and_then(|()| file.sync_data()).map_err(failure)
    }

    /// The signed heads of a room; none where there is no list. A line that is no head, or whose signature is not the
    /// key's, counts for nothing.
    #[must_use]
    pub fn of(&self, room: &str) -> Vec<Head> {
        self.all().into_iter().filter(|head| head.room == room && head.is_signed()).collect()
    }

    /// Whether the list has this signed head of a room. Each signature takes the time of fifty lines, and a long night leaves
    /// thousands of heads: only its own are looked at.
    #[must_use]
    pub fn has(&self, room: &str, hash: &Hash) -> bool {
        self.all().iter().any(|head| head.hash == *hash && head.room == room && head.is_signed())
    }

    /// The heads of all rooms, whoever signed them.
    pub(crate) fn all(&self) -> Vec<Head> {
        let bytes = std::fs::read(&self.path).unwrap_or_default();
        // A line that is no text must not take the others with it.
        bytes.split(|byte| *byte == b'\n').filter_map(|line| Head::of_line(std::str::from_utf8(line).ok()?)).collect()
    }
}

/// Whether a file is empty or ends with the end of a line.
fn ends_in_a_line(file: &mut std::fs::File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
