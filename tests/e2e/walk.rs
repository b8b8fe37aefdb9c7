//! Ways through the window that several tests take.

use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::home::Home;

use crate::window::{Entry, Window};

/// A phase, as it was met on the way.
#[derive(Debug)]
pub(crate) struct Stop {
    /// Its title above the boxes.
    pub(crate) title: String,
    /// Its line in the run of the day, in words.
    pub(crate) entry: String,
    /// The boxes that got the keyboard, in this order.
    pub(crate) boxes: Vec<Entry>,
    /// All boxes that are shown.
    pub(crate) shown: Vec<Entry>,
    /// The cards of its gates, in words.
    pub(crate) gates: Vec<String>,
    /// The criteria at the side, in words.
    pub(crate) criteria: Vec<String>,
}

/// Opens a checklist and accepts T0 and zone as they are proposed, with the keyboard.
pub(crate) fn enter(home: &Home, checklist: &Path) -> Window {
    let window = Window::open(home, &[checklist.as_os_str()]);
    accept(&window);
    window
}

/// Opens the start window.
pub(crate) fn start(home: &Home) -> Window {
    let window = Window::open(home, &[] as &[&OsStr]);
    window.wait_for("start");
    window
}

/// Accepts what is proposed.
pub(crate) fn accept(window: &Window) {
    window.wait_for("opening");
    window.press("enter");
    window.wait_for("room");
    window.wait_for("phase-title");
}

/// Chooses a phase by its place in the run of the day, through the commands.
pub(crate) fn go_to_phase(window: &Window, index: usize) {
    let title = rail(window).swap_remove(index);
    window.press("ctrl+k");
    window.wait_for("palette");
    window.write(&title);
    // One title may be a part of another: go down to the line that has exactly this one.
    let at = window.script(
        "const lines = [...seen('palette')[0].querySelectorAll('[role=option]')];
         return lines.findIndex((line) => line.querySelector('.words').firstChild.data.trim() === arguments[0])",
        vec![json!(title)],
    );
    for _ in 0..at.as_u64().unwrap_or_else(|| panic!("the commands offer no {title:?}")) {
        window.press("down");
    }
    window.press("enter");
    window.wait_until_gone("palette");
    window.wait_until(&format!("{title} is shown"), |window| {
        window.script("return seen('phase-entry').findIndex((element) => element.dataset.chosen === 'true')", vec![])
            == json!(index)
            && window.text("phase-title").contains(title.as_str())
    });
}

/// The titles of the run of the day.
pub(crate) fn rail(window: &Window) -> Vec<String> {
    let found = window.script(
        "return seen('phase-entry').map((element) => words(element.querySelector('.title') ?? element))",
        vec![],
    );
    found.as_array().expect("a list").iter().map(|title| title.as_str().unwrap_or_default().to_owned()).collect()
}

/// The number behind each title of the run of the day; 0 where none is shown.
pub(crate) fn totals(window: &Window) -> Vec<usize> {
    let found = window.script("return seen('phase-entry').map((element) => words(element.querySelector('.count') ?? document.createElement('i')))", vec![]);
    found
        .as_array()
        .expect("a list")
        .iter()
        .map(|total| {
            total.as_str().unwrap_or_default().rsplit('/').next().and_then(|all| all.parse().ok()).unwrap_or(0)
        })
        .collect()
}

/// Walks from the first phase to the last box of the last, with J alone.
pub(crate) fn walk(window: &Window) -> Vec<Stop> {
    go_to_phase(window, 0);
    let mut stops = vec![stop(window)];
    let mut before = place(window);
    loop {
        window.press("j");
        let Some(now) = change(window, &before) else { break };
        if now.0 != before.0 {
            stops.push(stop(window));
        }
        if let Some(focused) = window.focused_box() {
            stops.last_mut().expect("a stop").boxes.push(focused);
        }
        before = now;
    }
    stops
}

/// Shows a page by its key, and says what its title is.
pub(crate) fn page(window: &Window, key: &str, name: &str) -> String {
    window.press(key);
    window.wait_until(&format!("the page {name} is shown after {key}"), |window| {
        window.script("return seen('page-entry').some((element) => element.dataset.page === arguments[0] && element.ariaCurrent === 'page')", vec![json!(name)])
            == json!(true)
    });
    window.text("page-title")
}

fn stop(window: &Window) -> Stop {
    let entry = window.script("const chosen = seen('phase-entry').find((element) => element.dataset.chosen === 'true'); return chosen ? words(chosen) : ''", vec![]);
    Stop {
        title: window.text("phase-title"),
        entry: entry.as_str().unwrap_or_default().to_owned(),
        boxes: Vec::new(),
        shown: window.entries("row-item"),
        gates: window.texts("gate-card"),
        criteria: window.texts("criterion"),
    }
}

/// Which phase, and which of its boxes has the keyboard.
type Place = (String, Option<String>);

fn place(window: &Window) -> Place {
    let found = window.script(
        "const chosen = seen('phase-entry').find((element) => element.dataset.chosen === 'true');
         const box = document.activeElement?.closest('[data-testid=\"row-item\"]');
         return [chosen?.dataset.id ?? '', box?.dataset.id ?? null]",
        vec![],
    );
    (found[0].as_str().unwrap_or_default().to_owned(), found[1].as_str().map(str::to_owned))
}

/// The place after it changed and came to rest; `None` where it does not change any more.
fn change(window: &Window, before: &Place) -> Option<Place> {
    let started = Instant::now();
    let mut last = place(window);
    while started.elapsed() < Duration::from_secs(4) {
        let now = place(window);
        // A new phase is first drawn, and then its first box gets the keyboard.
        if now != *before && now == last && (now.1.is_some() || started.elapsed() > Duration::from_secs(1)) {
            return Some(now);
        }
        last = now;
    }
    None
}
