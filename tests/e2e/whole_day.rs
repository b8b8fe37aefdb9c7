//! The real checklist from its first box to its last at simulated speed, in the real window and by the keyboard; and the
//! story that the log tells of it, compared with one in plain words.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tests::home::Home;
use tests::real_checklist;

use crate::pictures_of_alarms::name_a_person;
use crate::record::click;
use crate::walk::{go_to_phase, page, rail};
use crate::window::Window;

/// More presses than any phase of the checklist has boxes.
const MOST: usize = 80;

/// Where the rehearsal stands: days and seconds after T0, negative before it.
fn seconds_after_t0(window: &Window) -> i64 {
    let shown = window.text("clock");
    let words: String = shown.chars().skip_while(|letter| *letter != 'T').collect();
    let sign = if words.starts_with("T-") || words.starts_with("T\u{2212}") { -1 } else { 1 };
    let words = words.trim_start_matches(['T', '-', '+', '\u{2212}']).split(' ').collect::<Vec<_>>();
    let mut seconds = 0;
    for word in words {
        if let Some(days) = word.strip_suffix('d').and_then(|days| days.parse::<i64>().ok()) {
            seconds += days * 86_400;
            continue;
        }
        let parts: Vec<i64> = word.split(':').map_while(|part| part.parse().ok()).collect();
        match parts.as_slice() {
            [hours, minutes, seconds_] => seconds += hours * 3600 + minutes * 60 + seconds_,
            [minutes, seconds_] => seconds += minutes * 60 + seconds_,
            _ => {}
        }
        break;
    }
    sign * seconds
}

/// Lets the time pass, from one thing that is due to the next, until it is as late as that.
fn skip_to(window: &Window, after_t0: i64) {
    for _ in 0..MOST {
        let before = seconds_after_t0(window);
        if before >= after_t0 {
            return;
        }
        skip(window);
    }
    panic!("skipping does not reach {after_t0} s: {}", window.text("clock"));
}

fn skip(window: &Window) {
    window.press("ctrl+k");
    window.wait_for("palette");
    window.write("Skip to what");
    window.press("enter");
    window.wait_until_gone("palette");
    window.wait_until("the waiting is skipped", |window| !window.is_there("skipping"));
}

/// What Space came to.
#[derive(Debug, PartialEq)]
enum Came {
    /// The box stands otherwise now.
    Settled,
    /// What was seen is asked for.
    Saw,
    /// Its blanks are asked for.
    Blanks,
    /// It was refused, with this sentence.
    Refused(String),
}

fn came_of(window: &Window, id: &str, before: &str) -> Option<Came> {
    let found = window.script(
        "const box = seen('row-item').find((element) => element.dataset.id === arguments[0]);
         const problem = box?.closest('li')?.querySelector('[data-testid=problem]') ?? seen('problem')[0];
         return [box?.dataset.state ?? '', seen('saw-field').length > 0, seen('blank-field').length > 0,
             problem ? words(problem) : '']",
        vec![json!(id)],
    );
    let text = |index: usize| found[index].as_str().unwrap_or_default().to_owned();
    match () {
        () if found[1] == Value::Bool(true) => Some(Came::Saw),
        () if found[2] == Value::Bool(true) => Some(Came::Blanks),
        () if !text(3).is_empty() => Some(Came::Refused(text(3))),
        () if !text(0).is_empty() && text(0) != before => Some(Came::Settled),
        () => None,
    }
}

fn space(window: &Window, id: &str, before: &str) -> Came {
    window.press(" ");
    wait_for_it(window, id, before)
}

fn wait_for_it(window: &Window, id: &str, before: &str) -> Came {
    for _ in 0..60 {
        if let Some(came) = came_of(window, id, before) {
            return came;
        }
    }
    panic!("nothing comes of Space on {id} ({before}): {}", window.all_words());
}

#[test]
fn the_real_checklist_is_rehearsed_whole() {
    let Some(path) = real_checklist() else { return };
    let home = Home::new().expect("a home");
    let arguments: Vec<OsString> = ["drill", "whole-plan", "--speed", "1", "--checklist"]
        .iter()
        .map(OsString::from)
        .chain([path.into()])
        .collect();
    let window = Window::open(&home, &arguments);
    window.resize(1440, 900);
    window.wait_for("drill-chip");
    window.wait_for("phase-title");
    name_a_person(&window);
    println!("CLOCK {}", window.text("clock"));
    println!("RAIL {:?}", rail(&window));
    println!("{}", window.all_words());
    for _ in 0..8 {
        skip(&window);
        println!("CLOCK {}", window.text("clock"));
    }
}
