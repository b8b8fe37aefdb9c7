//! A copy of a room's state in a file of its own: a cache, so that a long log is opened fast, and no evidence of anything.
//!
//! Owns: the file, and what must fit before it is used: made by the same program, signed by this device, and of a log that has
//! this very event under its number. Must not know: what the state means.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::ops::ControlFlow;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use room::{Event, Recorded};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::chain::Hash;
use crate::device::{self, Device};
use crate::failure::Failure;
use crate::read::{self, Chain, Log, Taken, Walked};
use crate::schema;

/// What stands before everything, so that no other thing's bytes or signature can be taken for these.
const DOMAIN: &[u8] = b"war-room snapshot 1\n";

/// A digest and a signature over it stand at the end.
const SIGNED: usize = 32 + 64;

/// The state of a room after so many events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The room's name.
    pub room: String,
    /// How many events there were.
    pub count: u64,
    /// The hash of the last of them.
    pub head: Hash,
    /// The state.
    pub state: Vec<u8>,
}

impl Snapshot {
    /// Writes it (0600) by way of a file beside it, signed by the device. `stamp` names the program that can read the state.
    /// Nothing is synced: half a file is refused, and another is made.
    ///
    /// # Errors
    /// It cannot be written; what was there stays.
    pub fn write(&self, path: &Path, device: &Device, stamp: &str) -> Result<(), Failure> {
        let failure = |error: std::io::Error| Failure::of_io(&error, path);
        let mut head = DOMAIN.to_vec();
        head.extend(Sha256::digest(stamp.as_bytes()));
        head.extend((self.room.len() as u64).to_be_bytes());
        head.extend(self.room.as_bytes());
        head.extend(self.count.to_be_bytes());
        head.extend(self.head);
        head.extend((self.state.len() as u64).to_be_bytes());
        let digest: Hash = Sha256::new().chain_update(&head).chain_update(&self.state).finalize().into();
        let beside = path.with_extension("new");
        let written = (|| {
            let mut options = OpenOptions::new();
            let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
            for part in [head.as_slice(), &self.state, &digest, &device.sign(&signed(&digest))] {
                file.write_all(part)?;
            }
            std::fs::rename(&beside, path)
        })();
        if written.is_err() {
            // The first fault is the one to tell.
            let _ = std::fs::remove_file(&beside);
        }
        written.map_err(failure)
    }

    /// Reads it; `None` where there is none.
    ///
    /// # Errors
    /// Why it is not used, in words: it is another program's, another device's, or not whole.
    pub fn read(path: &Path, device: &Device, stamp: &str) -> Result<Option<Self>, String> {
        Ok(Self::read_with(path, device, stamp, |_| ())?.map(|(snapshot, ())| snapshot))
    }

    /// The same, with what `made` makes of the state: it is made while the digest is worked out, which takes as long, and is
    /// given only where all fits. It has to bear any bytes.
    ///
    /// # Errors
    /// As [`Snapshot::read`].
    pub fn read_with<T: Send>(
        path: &Path,
        device: &Device,
        stamp: &str,
        made: impl FnOnce(&[u8]) -> T + Send,
    ) -> Result<Option<(Self, T)>, String> {
        let mut bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("it cannot be read: {error}")),
        };
        let short = || "it is cut short".to_owned();
        let body = bytes.len().checked_sub(SIGNED).ok_or_else(short)?;
        let (content, end) = bytes.split_at_checked(body).ok_or_else(short)?;
        let (digest, signature) = end.split_first_chunk::<32>().ok_or_else(short)?;
        let rest = content.strip_prefix(DOMAIN).ok_or("it is no snapshot, or one of another form")?;
        let (made_by, rest) = rest.split_first_chunk::<32>().ok_or_else(short)?;
        // Before the digest, which takes time: after each update this is what every room comes to.
        if *made_by != <Hash>::from(Sha256::digest(stamp.as_bytes())) {
            return Err("another version of the program made it".to_owned());
        }
        let (length, rest) = rest.split_first_chunk().ok_or_else(short)?;
        let (room, rest) = rest.split_at_checked(usize_of(*length)).ok_or_else(short)?;
        let (count, rest) = rest.split_first_chunk().ok_or_else(short)?;
        let (head, rest) = rest.split_first_chunk().ok_or_else(short)?;
        let (length, state) = rest.split_first_chunk().ok_or_else(short)?;
        if state.len() != usize_of(*length) {
            return Err("its length is not what it says".to_owned());
        }
        let (found, made) = std::thread::scope(|scope| {
            let made = scope.spawn(|| made(state));
            (<Hash>::from(Sha256::digest(content)), made.join())
        });
        if *digest != found {
            return Err("its bytes are not what was written".to_owned());
        }
        if !device::is_signed(&device.public_key(), &signed(digest), signature) {
            return Err("it is not signed by this device".to_owned());
        }
        let made = made.map_err(|_| "its state could not be read".to_owned())?;
        let (room, count, head) = (String::from_utf8_lossy(room).into_owned(), u64::from_be_bytes(*count), *head);
        let begin = body - state.len();
        // A state may have a hundred megabytes: what is before it is taken away, and nothing copied elsewhere.
        bytes.truncate(body);
        bytes.drain(..begin);
        Ok(Some((Self { room, count, head, state: bytes }, made)))
    }
}

/// What is signed.
fn signed(digest: &Hash) -> Vec<u8> {
    [DOMAIN, digest].concat()
}

fn usize_of(length: [u8; 8]) -> usize {
    usize::try_from(u64::from_be_bytes(length)).unwrap_or(usize::MAX)
}

/// The name of the room in a file, by its first event; `None` where that is no opening. Nothing else is looked at.
///
/// # Errors
/// The file cannot be read, or is no room.
pub fn name_of(path: &Path) -> Result<Option<String>, Failure> {
    let opened = read::open_for_reading(path)?;
    named(&opened.connection, path)
}

fn named(connection: &Connection, path: &Path) -> Result<Option<String>, Failure> {
    let mut name = None;
    read::walk(connection, 0, path, |row| {
        if let Ok(Taken::Event(Event::Opened(opened))) = Chain::default().take(&row, false) {
            name = Some(opened.room);
        }
        ControlFlow::Break(())
    })?;
    Ok(name)
}

/// The event at which a snapshot was made, and those after it.
pub(crate) type Tail = (Recorded, Log);

/// The events after those of a snapshot, where the file is one of this version that continues it whole; `None` where it does
/// not, and only reading all of it can tell why.
pub(crate) fn tail(connection: &Connection, path: &Path, snapshot: &Snapshot) -> Result<Option<Tail>, Failure> {
    if schema::check(connection, path).is_err() || named(connection, path)?.as_ref() != Some(&snapshot.room) {
        return Ok(None);
    }
    let Some(before) = snapshot.count.checked_sub(1) else { return Ok(None) };
    let mut at = None;
    read::walk(connection, before, path, |row| {
        let mut chain = Chain { last: before, head: row.prev };
        if row.hash == snapshot.head
            && let Ok(Taken::Event(event)) = chain.take(&row, false)
        {
            at = Some(read::recorded(row, event));
        }
        ControlFlow::Break(())
    })?;
    let Some(at) = at else { return Ok(None) };
    let mut log = Log { events: Vec::new(), head: snapshot.head, damage: None };
    let mut chain = Chain { last: snapshot.count, head: snapshot.head };
    let end = read::walk(connection, snapshot.count, path, |row| match chain.take(&row, false) {
        Ok(Taken::Event(event)) => {
            log.head = row.hash;
            log.events.push(read::recorded(row, event));
            ControlFlow::Continue(())
        }
        Ok(Taken::Newer) | Err(_) => ControlFlow::Break(()),
    })?;
    Ok(matches!(end, Walked::ToTheEnd).then_some((at, log)))
}

/// The event at which a snapshot was made and those after it, for who only looks; `None` as for [`crate::Journal::open_after`].
///
/// # Errors
/// The file cannot be read, or is no room.
pub fn read_after(path: &Path, snapshot: &Snapshot) -> Result<Option<Log>, Failure> {
    let tail = tail(&read::open_for_reading(path)?.connection, path, snapshot)?;
    Ok(tail.map(|(at, mut log)| {
        log.events.insert(0, at);
        log
    }))
}

/// Reads the log up to an event, as [`crate::read()`] does; `told` hears from time to time how many have been read.
///
/// # Errors
/// As [`crate::read()`].
pub fn read_up_to(path: &Path, count: u64, mut told: impl FnMut(u64)) -> Result<Log, Failure> {
    let opened = read::open_for_reading(path)?;
    let mut log = Log { events: Vec::new(), head: [0; 32], damage: None };
    log.events.reserve(usize::try_from(count).unwrap_or(0).min(1 << 24));
    let mut chain = Chain::default();
    let mut bad = None;
    let end = read::walk(&opened.connection, 0, path, |row| {
        if row.seq > count {
            return ControlFlow::Break(());
        }
        match chain.take(&row, false) {
            Ok(Taken::Event(event)) => {
                log.head = row.hash;
                log.events.push(read::recorded(row, event));
                if chain.last.is_multiple_of(TOLD_EVERY) {
                    told(chain.last);
                }
                ControlFlow::Continue(())
            }
            Ok(Taken::Newer) => ControlFlow::Break(()),
            Err(why) => {
                bad = Some(why);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Walked::Unreadable(why) = end {
        bad = Some(why);
    }
    log.damage = bad.map(|why| read::damaged(path, chain.last, why));
    Ok(log)
}

/// After how many events somebody hears how far it is: some fifty times in a million.
const TOLD_EVERY: u64 = 20_000;

#[cfg(test)]
mod tests;
