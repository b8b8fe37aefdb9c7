//! One room, one writer: a lock beside the file, which the system lets go of when its owner dies.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::failure::Failure;

/// How long a lock is waited for whose owner is dead: far longer than a process takes to be started on a busy machine.
const RETRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(10);

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
        let mut left = RETRIES;
        Self::take_or(room, || {
            left = left.saturating_sub(1);
            pause();
            left > 0
        })
    }

    /// The same; where whoever has it is dead already, it is tried again as long as `wait` says so.
    fn take_or(room: &Path, mut wait: impl FnMut() -> bool) -> Result<Self, Failure> {
        let path = path_of(room);
        let failure = |error: &std::io::Error| Failure::of_io(error, &path);
        let mut options = std::fs::OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut file = file.map_err(|error| failure(&error))?;
        loop {
            let mut owner = String::new();
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    // Whose it is only helps a person; the lock itself decides.
                    let _ = file.rewind().and_then(|()| file.read_to_string(&mut owner));
                }
                Err(TryLockError::Error(error)) => return Err(failure(&error)),
            }
            if !is_dead(&owner) || !wait() {
                let owner = if owner.trim().is_empty() { "unknown".to_owned() } else { owner.trim().to_owned() };
                return Err(Failure::Held { path: room.to_owned(), owner });
            }
        }
        let owner = format!("process {}\n", std::process::id());
        // A full disk must not keep anybody from opening a room: the words may be missing.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(owner.as_bytes()));
        Ok(Self { file })
    }
}

#[allow(clippy::disallowed_methods, reason = "another process has to come to itself, and nothing tells when it has")]
fn pause() {
    std::thread::sleep(PAUSE);
}

/// Whether the process that wrote this has ended. What has the lock then is a process that it was just starting, for the
/// moment until that is another program. Where nobody can tell, it lives.
fn is_dead(owner: &str) -> bool {
    let number = owner.trim().strip_prefix("process ").and_then(|number| number.parse::<u32>().ok());
    let processes = Path::new("/proc");
    processes.join("self").exists() && number.is_some_and(|number| !processes.join(number.to_string()).exists())
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
    use std::fs::File;

    use super::{Lock, path_of};

    /// Killed while it started another, which has the lock for a moment: whoever opens the room next waits that long.
    #[test]
    fn what_a_dead_process_was_starting_keeps_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let room = folder.path().join("a.warroom");
        // No system gives so high a number.
        std::fs::write(path_of(&room), "process 4294967295\n").unwrap();
        let mut inherited = Some(File::options().write(true).open(path_of(&room)).unwrap());
        inherited.as_ref().unwrap().lock().unwrap();
        let mut waits = 0;
        let taken = Lock::take_or(&room, || {
            waits += 1;
            if waits == 3 {
                inherited = None;
            }
            waits < 10
        });
        assert!(taken.is_ok() && waits == 3, "{taken:?} after {waits}");
        // It is ours now, and we live: nobody waits for us.
        assert!(Lock::take_or(&room, || panic!("it waits")).is_err());
        // Where it is not let go of the wait has an end.
        drop(taken);
        std::fs::write(path_of(&room), "process 4294967295\n").unwrap();
        let kept = File::options().write(true).open(path_of(&room)).unwrap();
        kept.lock().unwrap();
        let mut waits = 0;
        let refused = Lock::take_or(&room, || {
            waits += 1;
            waits < 5
        });
        assert!(refused.is_err() && waits == 5);
    }

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
