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
        /// The last event that the file itself says there was; at least `event`.
        last: u64,
        /// Where a copy of the file as it was found is kept, or why there is none; nothing where it was only read.
        copy: Option<Result<PathBuf, String>>,
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

/// What failed: the same cause means another thing to whoever acts, reads, enters or makes a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// An event was to be written; it is tried again.
    Write,
    /// A seal was to be written; the next one covers this one's events too.
    Seal,
    /// Samples were to be kept; they are tried again for a while.
    Keep,
    /// A room was to be made.
    Make,
    /// A room was to be entered for acting, and is followed instead.
    Enter,
    /// A room was to be read, and no more than that.
    Read,
}

impl Failure {
    /// What happened, in a sentence that is true where this was to be done. `shown` is the file as a person reads it.
    #[must_use]
    pub fn words(&self, to: To, shown: &str) -> String {
        match self {
            Self::Full => match to {
                To::Write => {
                    "The log is not being saved: the disk is full. Free some space; it is tried again.".to_owned()
                }
                To::Seal => "the disk is full. Free some space before the next seal.".to_owned(),
                To::Keep => "the disk is full. Free some space; it is tried again.".to_owned(),
                To::Make => "the disk is full. Free some space and enter again.".to_owned(),
                To::Enter => {
                    format!("The disk is full: {shown} is open for reading only. Free some space and enter again.")
                }
                To::Read => format!(
                    "{shown} lies where it cannot be read in place, and {} has no space for a copy: free some.",
                    std::env::temp_dir().display()
                ),
            },
            Self::ReadOnly(_) => match to {
                To::Write => format!(
                    "The log is not being saved: {shown} may not be written. Make it writable; it is tried again."
                ),
                To::Seal => format!("{shown} may not be written. Make it writable before the next seal."),
                To::Keep => format!("{shown} may not be written. Make it writable; it is tried again."),
                To::Make => format!("{shown} may not be written. Make it writable and enter again."),
                To::Enter => format!(
                    "{shown} may not be written: it is open for reading only. Make file and folder writable and enter \
                     again."
                ),
                To::Read => format!("{shown} may not be read: allow this user to read it."),
            },
            Self::Gone(_) => match to {
                To::Write => format!("The room's file {shown} is gone; it is being made again from what is open."),
                To::Seal | To::Make => format!("{shown} is gone: make its folder again."),
                To::Keep => format!("{shown} is gone; it is being made again from what is open."),
                To::Enter | To::Read => format!("There is no room {shown}: check its name and its folder."),
            },
            Self::Held { owner, .. } => match to {
                To::Enter => format!("{shown} is open in another window ({owner}): this one follows and reads only."),
                To::Write | To::Seal | To::Keep | To::Make | To::Read => {
                    format!("{shown} is open in another window ({owner}).")
                }
            },
            Self::Newer { found, .. } => {
                let what = format!("{shown} was written by a newer War Room (format {found}): ");
                match to {
                    To::Enter => what + "it is open for reading only. Update War Room to act in it.",
                    To::Read => what + "what this one knows was read.",
                    To::Write | To::Seal | To::Keep | To::Make => what + "update War Room to act in it.",
                }
            }
            Self::NotARoom(_) => format!("{shown} is not a room: choose a file that ends in .warroom."),
            Self::Damaged { event, why, last, copy, .. } => {
                let what = format!("{shown} is damaged at event {event} ({why}): ");
                let what = match to {
                    To::Enter => what + "it is open for reading only, up to the event before.",
                    To::Read => what + "what stands before it was read.",
                    To::Write | To::Seal | To::Keep | To::Make => what + "nothing more is written to it.",
                };
                what + &missing(*event, *last, copy.as_ref())
            }
            Self::Other { words, .. } => match to {
                To::Enter => format!("{shown} is open for reading only: {words}."),
                To::Write => {
                    format!("The log is not being saved: {shown} could not be used ({words}). It is tried again.")
                }
                To::Seal | To::Keep | To::Make | To::Read => format!("{shown} could not be used: {words}."),
            },
        }
    }

    /// The file that it is about, where it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Full => None,
            Self::ReadOnly(path) | Self::Gone(path) | Self::NotARoom(path) => Some(path),
            Self::Held { path, .. }
            | Self::Newer { path, .. }
            | Self::Damaged { path, .. }
            | Self::Other { path, .. } => Some(path),
        }
    }
}

/// What is missing where a log is whole only up to an event, and what was done about it.
fn missing(event: u64, last: u64, copy: Option<&Result<PathBuf, String>>) -> String {
    let missing = if last > event {
        format!(" Events {event} to {last} are missing from what is shown.")
    } else {
        format!(" Event {event}, and whatever came after it, is missing from what is shown.")
    };
    match copy {
        Some(Ok(copy)) => format!("{missing} The file as it was found is kept as {}.", copy.display()),
        Some(Err(why)) => format!("{missing} No copy of it could be made ({why}): make one before anything else."),
        None => missing,
    }
}

/// As for whoever writes.
impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.path().map(|path| path.display().to_string()).unwrap_or_default();
        formatter.write_str(&self.words(To::Write, &shown))
    }
}

impl std::error::Error for Failure {}
