//! The start window: rooms and checklists of this laptop.

use std::path::Path;

use jiff::tz::TimeZone;
use room::Mode;

use super::header::mode_word;
use super::words::{capitalised, counted, stopwatch};
use crate::drill::scenario::{SCENARIOS, Scenario};
use crate::recent::Recent;
use crate::rooms::{Found, Known};
use crate::wire::{DrillOfferView, ExampleView, Problem, RecentView, RoomEntryView, ScenarioView, StartView};

/// How many rooms are shown.
const ROOMS: usize = 20;
/// How many drills are listed behind them.
const DRILLS: usize = 3;

/// The start window. `shown` writes a path for a person; `data` is where rooms are kept.
pub(crate) fn start(
    shown: &dyn Fn(&Path) -> String,
    data: &Path,
    rooms: &[Found],
    recent: &[Recent],
    problem: Option<&Problem>,
) -> StartView {
    let recent = recent.iter().map(|known| RecentView {
        id: known.id(),
        title: known.title.clone(),
        path: shown(&known.path),
        opened: known.opened.to_zoned_datetime(TimeZone::UTC).strftime("opened %-d %b %H:%M UTC").to_string(),
    });
    let is_live = |known: &&Known| {
        known.drill.is_none() && matches!(known.mode, Mode::Live | Mode::Watch | Mode::RollingBack | Mode::RolledBack)
    };
    let live = rooms.iter().filter_map(Found::unfinished).filter(is_live).count();
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
        data_folder: shown(data),
        rooms: listed(rooms).map(room_entry).collect(),
        recent: recent.collect(),
        problem: problem.cloned(),
        drill: offer(rooms),
        example: example(),
    }
}

/// The rooms of the day before the drills, of which the newest few are shown: they pile up, and must not push a room of
/// the day out of the list.
fn listed(rooms: &[Found]) -> impl Iterator<Item = &Found> {
    let is_drill = |found: &&Found| found.known.as_ref().is_ok_and(|known| known.drill.is_some());
    let true_ones = rooms.iter().filter(move |found| !is_drill(found)).take(ROOMS);
    true_ones.chain(rooms.iter().filter(is_drill).take(DRILLS))
}

/// The drills that are offered.
fn offer(rooms: &[Found]) -> DrillOfferView {
    DrillOfferView {
        words:
            "A made-up deployment goes wrong within minutes. Nothing leaves this laptop, and no checklist is needed."
                .to_owned(),
        scenarios: SCENARIOS.iter().map(|scenario| scenario_view(scenario, rooms)).collect(),
    }
}

/// A scenario, with how often it was run on this laptop.
pub(crate) fn scenario_view(scenario: &Scenario, rooms: &[Found]) -> ScenarioView {
    let runs = rooms.iter().filter_map(|found| found.known.as_ref().ok());
    let runs: Vec<&Known> = runs.filter(|known| known.drill.as_deref() == Some(scenario.id)).collect();
    let best = runs.iter().filter_map(|known| known.back_s).min();
    ScenarioView {
        id: scenario.id.to_owned(),
        title: scenario.title.to_owned(),
        words: scenario.words.to_owned(),
        best: match (best, runs.len()) {
            (_, 0) => "not run yet".to_owned(),
            (Some(best), count) => format!("best {} · {}", stopwatch(best), counted(count, "run", "runs")),
            (None, count) if scenario.fault.is_none() => counted(count, "run", "runs"),
            (None, count) => format!("{} · never rolled back", counted(count, "run", "runs")),
        },
    }
}

/// The example that is offered.
fn example() -> ExampleView {
    ExampleView {
        title: "The example checklist".to_owned(),
        words: "A checklist with everything that War Room reads, to look around in.".to_owned(),
    }
}

/// A room of the list.
pub(crate) fn room_entry(found: &Found) -> RoomEntryView {
    let file = found.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (title, subtitle, state, words) = match &found.known {
        Ok(known) if known.drill.is_some() && known.mode != Mode::Closed => {
            let words = format!("before its end, {}", counted(known.events, "event", "events"));
            (known.title.clone(), drill_subtitle(known, found), "left".to_owned(), words)
        }
        Ok(known) => {
            let subtitle = if known.drill.is_some() { drill_subtitle(known, found) } else { subtitle(known) };
            (known.title.clone(), subtitle, mode_word(known.mode).to_owned(), words(known))
        }
        Err(why) => (file.clone(), String::new(), "unreadable".to_owned(), why.clone()),
    };
    let is_drill = found.known.as_ref().is_ok_and(|known| known.drill.is_some());
    RoomEntryView { id: found.id(), title, subtitle, state, words, file, is_drill }
}

/// "Production · 21 Jan 2026".
fn subtitle(known: &Known) -> String {
    let day = known.day.strftime("%-d %b %Y").to_string();
    match &known.environment {
        Some(environment) => format!("{} · {day}", capitalised(environment)),
        None => day,
    }
}

/// Drills of one checklist differ in nothing but their number.
fn drill_subtitle(known: &Known, found: &Found) -> String {
    format!("{} · run {}", subtitle(known), found.number())
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
