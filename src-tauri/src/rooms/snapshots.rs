//! Snapshots of the state of long rooms: a cache, so that they open fast, in a folder that anybody may empty.
//!
//! Owns: where they lie, and which program can read which. Must not know: what a room is like while one is used; what is
//! read behind the opening holds it against the whole log.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use journal::{Device, Hash, Journal, Log, Snapshot};
use room::Room;

use super::{Held, Rooms};
use crate::keep;

/// A room as it was opened from a snapshot: the events up to then are still to be read.
#[derive(Debug)]
pub(crate) struct Before {
    /// How many events those are.
    pub(crate) count: u64,
    /// The hash of the last of them.
    pub(crate) head: Hash,
    /// The state after them, against which what the log makes is held.
    pub(crate) state: Vec<u8>,
    /// The room with all events, also those that came after.
    pub(crate) room: Box<Room>,
}

/// Names the program whose snapshots this one can read: its version, the shape of a state, and the very file that runs.
/// Whoever builds it anew without raising any number has other rules perhaps, and in any case another file.
static STAMP: LazyLock<String> = LazyLock::new(|| {
    let file = std::env::current_exe().and_then(|path| Ok((std::fs::metadata(&path)?, path)));
    let file = file.map(|(about, path)| format!("{} {} {:?}", path.display(), about.len(), about.modified().ok()));
    format!("{}\n{}\n{}", env!("CARGO_PKG_VERSION"), file.unwrap_or_default(), room::shape())
});

impl Rooms {
    /// The same, with snapshots in this folder.
    #[must_use]
    pub(crate) fn caching_in(self, folder: PathBuf) -> Self {
        Self { snapshots: Some(folder), ..self }
    }

    /// Where the snapshot of a room lies. Its name comes out of a file that anybody may have written, and names no path.
    fn snapshot_path(&self, room: &str) -> Option<PathBuf> {
        let is_name = !room.is_empty() && room.len() <= 64 && room.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let folder = self.snapshots.as_ref().filter(|_| is_name)?;
        Some(folder.join(format!("{room}.snapshot")))
    }

    /// The snapshot of the room in a file, where there is one that fits this program and this device.
    pub(super) fn snapshot(&self, path: &Path, device: &Device) -> Option<(Snapshot, Room)> {
        self.snapshots.as_ref().filter(|folder| folder.exists())?;
        let room = journal::name_of(path).ok()??;
        let file = self.snapshot_path(&room)?;
        let snapshot = Snapshot::read_with(&file, device, &STAMP, Room::of_bytes).unwrap_or_else(|why| {
            tracing::info!(file = %file.display(), why, "a snapshot is not used: the room is opened from its log");
            None
        });
        let (snapshot, state) = snapshot?;
        Some((snapshot, state?)).filter(|(snapshot, _)| snapshot.room == room)
    }

    /// Opens a room from its snapshot; `None` where it is to be opened from its log.
    pub(super) fn resumed(&self, path: &Path, device: &Device) -> Option<(Journal, Log, Before)> {
        let (snapshot, mut room) = self.snapshot(path, device)?;
        // What cannot be opened says why when it is opened from its log.
        let Some((journal, log)) = Journal::open_after(path, device.clone(), &snapshot).ok()? else {
            tracing::info!(path = %path.display(), "the file does not continue its snapshot: it is opened from its log");
            return None;
        };
        for recorded in &log.events {
            room.apply(recorded);
        }
        let Snapshot { count, head, state, .. } = snapshot;
        tracing::info!(path = %path.display(), count, "a room is opened from a snapshot of its state");
        let before = Before { count, head, state, room: Box::new(room) };
        Some((journal, log, before))
    }

    /// The room of a file, and its events from the snapshot's own on, for who only looks.
    pub(super) fn looked_up(&self, path: &Path, device: &Device) -> Option<(Room, Log)> {
        let (snapshot, mut room) = self.snapshot(path, device)?;
        let log = journal::read_after(path, &snapshot).ok()??;
        for recorded in log.events.iter().skip(1) {
            room.apply(recorded);
        }
        Some((room, log))
    }

    /// Writes the state of the room that is open. What cannot be written costs time with the next opening, and nothing else.
    pub(super) fn keep_snapshot(&mut self, count: u64, head: Hash, state: Vec<u8>) {
        let Held::Writing(journal) = &self.held else { return };
        let room = journal.room().to_owned();
        let (Some(file), false, Ok(device)) = (self.snapshot_path(&room), self.is_drill, self.device()) else { return };
        let written = file.parent().map_or(Ok(()), keep::make_private_folder).map_err(|error| error.to_string());
        let snapshot = Snapshot { room, count, head, state };
        let written = written.and_then(|()| snapshot.write(&file, &device, &STAMP).map_err(|why| why.to_string()));
        if let Err(why) = written {
            tracing::warn!(file = %file.display(), why, "the state of the room is not kept as a snapshot");
        }
    }

    /// Something is wrong with the room in a file: its snapshot is thrown away.
    pub(super) fn forget_snapshot(&self, path: &Path) {
        let file = journal::name_of(path).ok().flatten().and_then(|room| self.snapshot_path(&room));
        if let Some(file) = file
            && let Err(error) = std::fs::remove_file(&file)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(file = %file.display(), %error, "a snapshot that is wrong cannot be removed");
        }
    }
}
