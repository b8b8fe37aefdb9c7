//! What lately happened in the rooms of this laptop, for whoever looks over several of them. Only read, beside what is done
//! on disk; a file that is as it was is not read again.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use journal::To;
use room::{Room, Trend, trend};

use super::list::{file_name, files};

/// How far back is looked: a team that ships each week sees eight of them.
pub(crate) const WEEKS: i64 = 8;
/// How many rooms are read at the most, those that were written last: each is read whole.
const MOST: usize = 40;

/// A file of the rooms' folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trended {
    path: PathBuf,
    /// What tells that the file is as it was when it was read.
    stamp: Stamp,
    /// What its room leaves; `None` where that is a drill; or why it cannot be read.
    pub(crate) known: Result<Option<RoomTrend>, String>,
}

type Stamp = [Option<(SystemTime, u64)>; 2];

/// What a room leaves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RoomTrend {
    /// "payments-api 4.2.0".
    pub(crate) title: String,
    /// T0's day on the plan's wall.
    pub(crate) day: Date,
    /// How it ended; empty where it is not closed.
    pub(crate) ended: String,
    /// What is counted.
    pub(crate) trend: Trend,
    /// What is wrong with its log after its whole events; empty where nothing is.
    pub(crate) damage: String,
}

/// The rooms of a folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Trends {
    /// Those of the last weeks, the one that was written last first.
    pub(crate) rooms: Vec<Trended>,
    /// How many of the last weeks are too many to be read.
    pub(crate) left_out: usize,
}

#[cfg(test)]
impl Trends {
    /// One more, as it was read.
    pub(crate) fn push(&mut self, known: Result<Option<RoomTrend>, String>) {
        self.rooms.push(Trended { path: PathBuf::new(), stamp: [None; 2], known });
    }
}

impl RoomTrend {
    /// Of a room with all of its events.
    pub(crate) fn of(room: &Room, events: &[room::Recorded], damage: String) -> Self {
        Self {
            title: room.title(),
            day: room.start().date(),
            ended: room.closed().unwrap_or_default().to_owned(),
            trend: trend(room, events),
            damage,
        }
    }
}

/// Reads what was written in the last weeks, but for `own`, which is open; `known` was read before.
pub(crate) fn read(folder: &Path, own: &Path, known: &[Trended], now: Timestamp) -> Trends {
    let since_s = now.as_second().saturating_sub(WEEKS * 7 * 24 * 3600);
    let since = UNIX_EPOCH + Duration::from_secs(u64::try_from(since_s).unwrap_or(0));
    let mut found: Vec<_> = files(folder)
        .into_iter()
        .filter(|(path, written)| path != own && written.is_some_and(|written| written >= since))
        .collect();
    found.sort_by_key(|(_, written)| std::cmp::Reverse(*written));
    let left_out = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    let rooms = found.into_iter().map(|(path, _)| {
        let stamp = stamp(&path);
        match known.iter().find(|one| one.path == path && one.stamp == stamp) {
            Some(known) => known.clone(),
            None => Trended { known: look_into(&path), path, stamp },
        }
    });
    Trends { rooms: rooms.collect(), left_out }
}

/// The newest events may lie beside the file.
fn stamp(path: &Path) -> Stamp {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    let of = |path: &Path| {
        let about = std::fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    [of(path), of(Path::new(&beside))]
}

fn look_into(path: &Path) -> Result<Option<RoomTrend>, String> {
    let name = file_name(path);
    let log = journal::read(path).map_err(|failure| failure.words(To::Read, &name))?;
    let damage = log.damage.as_ref().map(|damage| damage.words(To::Read, &name)).unwrap_or_default();
    let Some(room) = Room::fold(&log.events) else {
        return Err(if damage.is_empty() { format!("{name} holds no event that could be read.") } else { damage });
    };
    let is_drill = room.opened().drill.is_some();
    Ok((!is_drill).then(|| RoomTrend::of(&room, &log.events, damage)))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use journal::{Device, Journal};
    use room::{Drill, Event, Opened};

    use super::*;

    fn opened(text: &str, drill: Option<Drill>) -> Opened {
        Opened {
            room: "ab".repeat(16),
            file: "pay.md".to_owned(),
            path: "/plans/pay.md".to_owned(),
            text: text.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill,
        }
    }

    fn made(path: &Path, opened: Opened) -> Journal {
        let at = crate::clock::now();
        Journal::create(path, Device::from_seed([1; 32]), opened, "login", at).unwrap().0
    }

    #[test]
    fn the_rooms_of_the_last_weeks_are_read_once_and_what_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (own, other) = (at("own-20260121-1.warroom"), at("other-20260121-1.warroom"));
        drop(made(&own, opened("# Ship own\n", None)));
        let mut journal = made(&other, opened("# Ship other\n", None));
        let drill = Drill { scenario: "bad-canary".to_owned(), seed: 1 };
        drop(made(&at("drill-20260121-1.warroom"), opened("# Ship drill\n", Some(drill))));
        std::fs::write(at("odd-20260121-1.warroom"), "no room").unwrap();
        std::fs::write(at("notes.txt"), "no room").unwrap();
        let now = crate::clock::now() + 1.minute();
        let first = read(folder.path(), &own, &[], now);
        let titles = |trends: &Trends| {
            let title = |one: &Trended| {
                one.known.as_ref().ok().and_then(|known| known.as_ref().map(|known| known.title.clone()))
            };
            trends.rooms.iter().filter_map(title).collect::<Vec<_>>()
        };
        assert_eq!(titles(&first), ["Ship other"], "neither the one that is open nor a drill");
        let unread: Vec<_> = first.rooms.iter().filter_map(|one| one.known.as_ref().err()).collect();
        assert!(matches!(unread.as_slice(), [why] if why.contains("odd-20260121-1.warroom")), "{unread:?}");
        // A file that is as it was is not read again: what is known of it is taken over, even where that is wrong.
        let mut known = first.rooms.clone();
        for one in &mut known {
            if let Ok(Some(known)) = &mut one.known {
                known.title = "as it was".to_owned();
            }
        }
        assert_eq!(titles(&read(folder.path(), &own, &known, now)), ["as it was"]);
        let rolled = [Event::RollbackBegan { criterion: None, reason: "errors".to_owned(), way: 1 }, Event::RolledBack];
        for event in rolled {
            journal.append(event, crate::clock::now(), crate::clock::now(), "MK").unwrap();
        }
        let again = read(folder.path(), &own, &known, now);
        assert_eq!(titles(&again), ["Ship other"]);
        let other = again.rooms.iter().find_map(|one| one.known.as_ref().ok()?.as_ref()).unwrap();
        assert_eq!(other.trend.rollbacks_s.len(), 1);
        let later = now + (WEEKS * 7 * 24 + 1).hours();
        assert_eq!(read(folder.path(), &own, &[], later), Trends::default(), "that was long ago");
    }
}
