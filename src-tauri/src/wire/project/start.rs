//! The start window: rooms and checklists of this laptop.

use jiff::tz::TimeZone;
use room::Mode;

use super::header::mode_word;
use super::words::{capitalised, counted};
use crate::paths::Paths;
use crate::recent::Recent;
use crate::rooms::{Found, Known};
use crate::wire::{Problem, RecentView, RoomEntryView, StartView};

/// How many rooms are shown.
const ROOMS: usize = 20;

/// The start window.
pub(crate) fn start(paths: &Paths, rooms: &[Found], recent: &[Recent], problem: Option<&Problem>) -> StartView {
    let recent = recent.iter().map(|known| RecentView {
        id: known.id(),
        title: known.title.clone(),
        path: paths.shown(&known.path),
        opened: known.opened.to_zoned_datetime(TimeZone::UTC).strftime("opened %-d %b %H:%M UTC").to_string(),
    });
    let live = rooms.iter().filter_map(Found::unfinished).filter(|known| known.mode == Mode::Live).count();
    let sentence = if rooms.is_empty() {
        "Open a checklist to see its plan."
    } else {
        "Enter a room, or open a checklist to see its plan."
    };
    StartView {
        headline: match live {
            0 => "Nothing is live".to_owned(),
            1 => "1 room is live".to_owned(),
            several => format!("{several} rooms are live"),
        },
        sentence: sentence.to_owned(),
        data_folder: paths.shown(paths.data()),
        rooms: rooms.iter().take(ROOMS).map(room_entry).collect(),
        recent: recent.collect(),
        problem: problem.cloned(),
    }
}

/// A room of the list.
pub(crate) fn room_entry(found: &Found) -> RoomEntryView {
    let file = found.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (title, subtitle, state, words) = match &found.known {
        Ok(known) => (known.title.clone(), subtitle(known), mode_word(known.mode).to_owned(), words(known)),
        Err(why) => (file.clone(), String::new(), "unreadable".to_owned(), why.clone()),
    };
    RoomEntryView { id: found.id(), title, subtitle, state, words, file }
}

/// "Production · 21 Jan 2026".
fn subtitle(known: &Known) -> String {
    let day = known.day.strftime("%-d %b %Y").to_string();
    match &known.environment {
        Some(environment) => format!("{} · {day}", capitalised(environment)),
        None => day,
    }
}

fn words(known: &Known) -> String {
    if let Some(damage) = &known.damage {
        return damage.clone();
    }
    match &known.ended {
        Some(ended) => ended.clone(),
        None => format!("{} of {} done · {}", known.done, known.total, counted(known.events, "event", "events")),
    }
}
