//! Copies of a room: a backup while it is open, and what is kept of a file that was found damaged.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind};
use std::ops::ControlFlow;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::chain::Hash;
use crate::failure::Failure;
use crate::read::{self, Chain, Walked};

/// What SQLite puts beside a file, as far as it holds anything of the room.
const BESIDE: &str = "-wal";

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backup {
    /// How many events.
    pub events: u64,
    /// The hash of the last of them.
    pub head: Hash,
}

/// Copies a room, whoever writes it meanwhile, as it stands at one moment: a file of its own (0600) that is whole, synced,
/// and read again before it takes the name `to`. Another backup of that name is replaced, and stays where this one fails.
///
/// # Errors
/// There is no backup of this moment: the room cannot be read or is damaged, or there is no space.
pub fn backup(room: &Path, to: &Path) -> Result<Backup, Failure> {
    let opened = read::open_for_reading(room)?;
    let numbers = |path: &Path| std::fs::metadata(path).map(|found| (found.dev(), found.ino())).ok();
    if numbers(room) == numbers(to) {
        let words = "a room is no backup of itself; choose another name".to_owned();
        return Err(Failure::Other { path: to.to_owned(), words });
    }
    let mut part = to.as_os_str().to_owned();
    part.push("-part");
    let part = PathBuf::from(part);
    vacuum_into(&opened.connection, room, &part)?;
    let done = read_again(&part).and_then(|backup| {
        std::fs::rename(&part, to).map_err(|error| Failure::of_io(&error, to))?;
        sync_folder(to)?;
        Ok(backup)
    });
    if done.is_err() {
        // Half a backup would be taken for one.
        let _ = std::fs::remove_file(&part);
    }
    done
}

/// Writes what a connection sees into a new file (0600), synced. What an earlier attempt left there is replaced; nothing is
/// left where this one fails.
pub(crate) fn vacuum_into(connection: &Connection, path: &Path, new: &Path) -> Result<(), Failure> {
    let io = |error: std::io::Error| Failure::of_io(&error, new);
    let Some(name) = new.to_str() else {
        return Err(Failure::Other {
            path: new.to_owned(),
            words: "SQLite takes no name that is not UTF-8".to_owned(),
        });
    };
    match std::fs::remove_file(new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(io(error)),
        _ => {}
    }
    // Made before SQLite writes to it: at no moment can anybody else read it.
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(new).map_err(io)?;
    let done = connection
        .execute("VACUUM INTO ?1", [name])
        .map_err(|error| Failure::of(&error, path))
        .and_then(|_| File::open(new).and_then(|file| file.sync_all()).map_err(io));
    if done.is_err() {
        let _ = std::fs::remove_file(new);
    }
    done
}

/// Walks over a backup's events: one that was never read is none.
fn read_again(part: &Path) -> Result<Backup, Failure> {
    let connection = read::connect(part)?;
    let mut chain = Chain::default();
    let mut bad = None;
    let end = read::walk(&connection, 0, part, |row| match chain.take(&row, true) {
        Ok(_) => ControlFlow::Continue(()),
        Err(why) => {
            bad = Some(why);
            ControlFlow::Break(())
        }
    })?;
    if let Walked::Unreadable(why) = end {
        bad = Some(why);
    }
    match bad {
        None => Ok(Backup { events: chain.last, head: chain.head }),
        Some(why) => Err(read::damaged(part, chain.last, why)),
    }
}

/// Keeps a file as it was found, with what SQLite has beside it, before anything else is done with it: a copy that no list of
/// rooms shows. One that is there already and holds the same is enough.
pub(crate) fn keep_as_found(room: &Path) -> Result<PathBuf, Failure> {
    let io = |error: std::io::Error| Failure::of_io(&error, room);
    for number in 1_u32.. {
        let copy = beside(room, &format!("-damaged-{number}"));
        match copy_new(room, &copy) {
            Ok(()) => {
                let of_log = match copy_new(&beside(room, BESIDE), &beside(&copy, BESIDE)) {
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                    done => done,
                };
                if let Err(error) = of_log {
                    let _ = std::fs::remove_file(&copy);
                    return Err(io(error));
                }
                sync_folder(&copy)?;
                return Ok(copy);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let is_same = is_same(room, &copy).map_err(io)?
                    && is_same(&beside(room, BESIDE), &beside(&copy, BESIDE)).map_err(io)?;
                if is_same {
                    return Ok(copy);
                }
            }
            Err(error) => return Err(io(error)),
        }
    }
    Err(Failure::Other { path: room.to_owned(), words: "no name is left for a copy".to_owned() })
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Copies into a file that must not be there yet, for its owner alone, synced; nothing is left where that fails.
fn copy_new(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut source = File::open(from)?;
    let mut copy = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    let done = std::io::copy(&mut source, &mut copy).and_then(|_| copy.sync_all());
    if done.is_err() {
        let _ = std::fs::remove_file(to);
    }
    done
}

/// Whether two files hold the same; one that is not there holds nothing.
fn is_same(one: &Path, other: &Path) -> std::io::Result<bool> {
    let open = |path: &Path| -> std::io::Result<Box<dyn BufRead>> {
        match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Box::new(std::io::empty())),
            file => Ok(Box::new(BufReader::with_capacity(1 << 16, file?))),
        }
    };
    let (mut one, mut other) = (open(one)?, open(other)?);
    loop {
        let (here, there) = (one.fill_buf()?, other.fill_buf()?);
        let length = here.len().min(there.len());
        if length == 0 {
            return Ok(here.is_empty() && there.is_empty());
        }
        if here.get(..length) != there.get(..length) {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

/// Makes a new name last.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| Failure::of_io(&error, path))
}

#[cfg(test)]
mod tests;
