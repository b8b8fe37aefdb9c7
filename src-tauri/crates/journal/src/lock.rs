//! One room, one writer: a lock beside the file, which the system lets go of when its owner dies.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// A held lock; let go of when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

/// `NAME.lock` for `NAME.warroom`.
pub(crate) fn path_of(room: &Path) -> PathBuf {
    room.with_extension("lock")
}

impl Lock {
    /// Takes the lock of a room.
    ///
    /// # Errors
    /// [`Failure::Held`] where another process has it.
    pub(crate) fn take(room: &Path) -> Result<Self, Failure> {
        let path = path_of(room);
        let failure = |error: &std::io::Error| Failure::of_io(error, &path);
        let mut options = std::fs::OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut file = file.map_err(|error| failure(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                // Whose it is only helps a person; the lock itself decides.
                let _ = file.read_to_string(&mut owner);
                let owner = if owner.trim().is_empty() { "unknown".to_owned() } else { owner.trim().to_owned() };
                return Err(Failure::Held { path: room.to_owned(), owner });
            }
            Err(TryLockError::Error(error)) => return Err(failure(&error)),
        }
        let owner = format!("process {}\n", std::process::id());
        // A full disk must not keep anybody from opening a room: the words may be missing.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(owner.as_bytes()));
        Ok(Self { file })
    }
}

impl Drop for Lock {
    /// Closing the file alone lets go of it only when the last that has it open closes it, and a process that is just being
    /// started has, for a moment, all that this one has open. Where unlocking fails the system does it in the end.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn a_process_that_is_just_being_started_does_not_keep_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let room = folder.path().join("a.warroom");
        let lock = Lock::take(&room).unwrap();
        let inherited = lock.file.try_clone().unwrap();
        assert!(Lock::take(&room).is_err());
        drop(lock);
        drop(Lock::take(&room).unwrap());
        drop(inherited);
    }
}
