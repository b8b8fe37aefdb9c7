//! The rooms that lie in the rooms' folder, with what the start window says of each.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use journal::{Failure, Log, To};
use room::{Mode, Room};

use super::name::{self, ENDING};
/// How many rooms are looked into, those that were written last: each is read whole.
const MOST: usize = 100;

/// A file that should be a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The file.
    pub(crate) path: PathBuf,
    /// What it holds, or why it cannot be read.
    pub(crate) known: Result<Known, String>,
}

/// What is known of a room from its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// "payments-api 4.2.0".
    pub(crate) title: String,
    /// The environment, where the plan names it.
    pub(crate) environment: Option<String>,
    /// T0's day on the plan's wall.
    pub(crate) day: Date,
    /// Where it is in its life.
    pub(crate) mode: Mode,
    /// How many checks are done.
    pub(crate) done: usize,
    /// How many there are.
    pub(crate) total: usize,
    /// How many events the log has.
    pub(crate) events: usize,
    /// How it ended, where it is closed.
    pub(crate) ended: Option<String>,
    /// The checklist's path when the room was made.
    pub(crate) checklist: String,
    /// Tells whether two texts are the same.
    pub(crate) text: u64,
    /// When it was written last.
    pub(crate) last: Timestamp,
    /// What is wrong with the log after its whole events.
    pub(crate) damage: Option<String>,
    /// The scenario, where it is a drill.
    pub(crate) drill: Option<String>,
    /// How many seconds it took from the decision to roll back until it was rolled back.
    pub(crate) back_s: Option<u64>,
}

impl Found {
    /// Names it for the window, without saying its path.
    #[must_use]
    pub(crate) fn id(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.path.hash(&mut hasher);
        format!("room-{:016x}", hasher.finish())
    }

    /// Counts the rooms of one subject and day in the order in which they were made.
    #[must_use]
    pub(crate) fn number(&self) -> u32 {
        name::number(&self.path)
    }

    /// The room, where it can be read and is not closed.
    #[must_use]
    pub(crate) fn unfinished(&self) -> Option<&Known> {
        self.known.as_ref().ok().filter(|known| known.mode != Mode::Closed)
    }
}

/// Tells whether two texts are the same.
#[must_use]
pub(crate) fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The rooms of a folder: those that are not closed first, then the latest first, and what cannot be read last.
/// `look` gives a room and its last events from a snapshot, where there is one.
pub(super) fn list(folder: &Path, look: &dyn Fn(&Path) -> Option<(Room, Log)>) -> Vec<Found> {
    let mut files = files(folder);
    files.sort_by_key(|(_, written)| std::cmp::Reverse(*written));
    files.truncate(MOST);
    let mut found: Vec<Found> = files
        .into_iter()
        .map(|(path, _)| {
            let known = look_into(&path, look).map_err(|failure| failure.words(To::Read, &file_name(&path)));
            Found { path, known }
        })
        .collect();
    found.sort_by_key(|found| {
        let last = found.known.as_ref().map(|known| known.last).ok();
        std::cmp::Reverse((found.unfinished().is_some(), last))
    });
    found
}

pub(super) fn files(folder: &Path) -> Vec<(PathBuf, Option<SystemTime>)> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            if error.kind() != std::io::ErrorKind::NotFound {
                tracing::warn!("{} cannot be listed: {error}", folder.display());
            }
            return Vec::new();
        }
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let rooms = paths.filter(|path| path.extension().is_some_and(|ending| ending == ENDING));
    rooms
        .map(|path| {
            let written = std::fs::metadata(&path).and_then(|about| about.modified()).ok();
            (path, written)
        })
        .collect()
}

/// The folder stands above the list.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn look_into(path: &Path, look: &dyn Fn(&Path) -> Option<(Room, Log)>) -> Result<Known, Failure> {
    let (room, log) = match look(path) {
        Some(known) => known,
        None => {
            let log = journal::read(path)?;
            let nothing = || log.damage.clone().unwrap_or_else(|| Failure::NotARoom(path.to_path_buf()));
            (Room::fold(&log.events).ok_or_else(nothing)?, log)
        }
    };
    let last = log.events.last().ok_or_else(|| Failure::NotARoom(path.to_path_buf()))?;
    let plan = room.plan();
    Ok(Known {
        title: room.title(),
        environment: plan.environment.clone(),
        day: room.start().date(),
        mode: room.mode(),
        done: plan.items.iter().filter(|item| room.standing(&item.id).is_done()).count(),
        total: plan.items.len(),
        events: usize::try_from(room.last()).unwrap_or(usize::MAX),
        ended: room.closed().map(str::to_owned),
        checklist: room.opened().path.clone(),
        text: fingerprint(room.text()),
        last: last.recorded_at,
        damage: log.damage.as_ref().map(|damage| damage.words(To::Read, &file_name(path))),
        drill: room.opened().drill.as_ref().map(|drill| drill.scenario.clone()),
        back_s: back_s(&room),
    })
}

/// How many seconds it took from the decision to roll back until it was rolled back. What made-up people did in a drill
/// without a window measures nobody.
fn back_s(room: &Room) -> Option<u64> {
    let rollback = room.rollback()?;
    let is_made_up = |person: &&room::Person| person.initials == rollback.actor && person.name.ends_with("(made up)");
    if room.opened().drill.is_some() && room.people().iter().any(|person| is_made_up(&person)) {
        return None;
    }
    let end = rollback.ended.as_ref().filter(|end| end.stood_down.is_none())?;
    u64::try_from(end.at.duration_since(rollback.began).as_secs()).ok()
}
