//! What can go wrong with a room's file, in sentences that say what still holds.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the log could not be opened, read or written. What was acknowledged before is not touched by any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no space left.
    Full,
    /// The file or its folder may not be written.
    ReadOnly(PathBuf),
    /// The file is not where it was.
    Gone(PathBuf),
    /// Another process writes this room.
    Held {
        /// The room.
        path: PathBuf,
        /// What the lock says of its owner.
        owner: String,
    },
    /// The file is of a newer program.
    Newer {
        /// The room.
        path: PathBuf,
        /// The schema's version in the file.
        found: i64,
    },
    /// It is no room.
    NotARoom(PathBuf),
    /// The log is whole only up to an event.
    Damaged {
        /// The room.
        path: PathBuf,
        /// The first event that is bad or missing.
        event: u64,
        /// What is wrong with it.
        why: String,
    },
    /// Anything else, in the system's words.
    Other {
        /// The room.
        path: PathBuf,
        /// The system's words.
        words: String,
    },
}

impl Failure {
    /// Tells SQLite's errors apart.
    pub(crate) fn of(error: &rusqlite::Error, path: &Path) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(path.to_owned()),
            Some(ErrorCode::NotADatabase) => Self::NotARoom(path.to_owned()),
            _ => Self::Other { path: path.to_owned(), words: error.to_string() },
        }
    }

    /// Tells the system's errors apart.
    pub(crate) fn of_io(error: &std::io::Error, path: &Path) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly(path.to_owned()),
            ErrorKind::NotFound => Self::Gone(path.to_owned()),
            _ => Self::Other { path: path.to_owned(), words: error.to_string() },
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => {
                formatter.write_str("The log is not being saved: the disk is full. Free some space; it is tried again.")
            }
            Self::ReadOnly(path) => {
                write!(
                    formatter,
                    "The log is not being saved: {} may not be written. Make it writable; it is tried again.",
                    path.display()
                )
            }
            Self::Gone(path) => write!(
                formatter,
                "The room's file {} is gone; it is being made again from what is open.",
                path.display()
            ),
            Self::Held { path, owner } => {
                write!(
                    formatter,
                    "{} is open in another window ({owner}); this one follows and reads only.",
                    path.display()
                )
            }
            Self::Newer { path, found } => write!(
                formatter,
                "{} was written by a newer War Room (format {found}); it is opened for reading only. Update War Room to act in it.",
                path.display()
            ),
            Self::NotARoom(path) => {
                write!(formatter, "{} is not a room: choose a file that ends in .warroom.", path.display())
            }
            Self::Damaged { path, event, why } => write!(
                formatter,
                "{} is damaged at event {event} ({why}); it is opened for reading only, up to the event before.",
                path.display()
            ),
            Self::Other { path, words } => write!(formatter, "{} could not be used: {words}.", path.display()),
        }
    }
}

impl std::error::Error for Failure {}
