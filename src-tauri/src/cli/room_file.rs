//! A room's file as the command line reads it: whoever else writes it goes on, and nothing of it is changed.

use std::path::Path;

use journal::{Failure, To, short};
use room::Room;

use super::exit;

/// What was read.
pub(super) struct RoomFile {
    /// The room; `None` where not even its first event is whole.
    pub(super) room: Option<Room>,
    /// The last whole event's hash, in short.
    pub(super) head: String,
    /// What is to be said about the file; empty where it is well.
    pub(super) words: String,
    /// The exit that its state asks for.
    pub(super) code: u8,
}

/// Reads a room's file up to its last whole event.
///
/// # Errors
/// A sentence: it cannot be read, or is no room.
pub(super) fn read(path: &Path) -> Result<RoomFile, String> {
    let shown = path.display().to_string();
    let log = journal::read(path).map_err(|failure| failure.words(To::Read, &shown))?;
    let code = match log.damage {
        // A newer file is whole as far as this program can tell.
        None | Some(Failure::Newer { .. }) => exit::GOOD,
        Some(_) => exit::BROKEN,
    };
    let words = log.damage.as_ref().map(|damage| damage.words(To::Read, &shown)).unwrap_or_default();
    Ok(RoomFile { room: Room::fold(&log.events), head: short(&log.head), words, code })
}

/// What is to be said about where a room's file lies.
pub(super) fn place(path: &Path) -> Option<String> {
    let carrier = crate::synced::carrier(path)?;
    Some(carrier.words(&path.display().to_string(), |folder| folder.display().to_string()))
}

impl RoomFile {
    /// All that is to be said to whoever reads it: about the file, and about where it lies.
    pub(super) fn said(&self, path: &Path) -> String {
        let words = Some(self.words.clone()).filter(|words| !words.is_empty());
        words.into_iter().chain(place(path)).collect::<Vec<_>>().join("\n")
    }

    /// The room.
    ///
    /// # Errors
    /// A sentence: it holds no whole event.
    pub(super) fn room(&self, path: &Path) -> Result<&Room, String> {
        let nothing = || format!("{} holds no event that could be read. {}", path.display(), self.words);
        self.room.as_ref().ok_or_else(|| nothing().trim_end().to_owned())
    }
}
