//! Pictures of every screen, in two sizes, dark and light: `cargo xtask screenshots`.

use std::env;
use std::path::{Path, PathBuf};

use serde_json::json;
use tests::home::Home;
use tests::other_day::other_day;
use tests::{bad_inputs, real_checklist};

use crate::walk::{accept, go_to_phase, page, rail, start};
use crate::window::Window;

/// The sizes of the design's pictures.
pub(crate) const SIZES: [(u32, u32); 2] = [(1440, 900), (1024, 700)];
pub(crate) const THEMES: [&str; 2] = ["dark", "light"];

#[test]
#[ignore = "makes pictures; cargo xtask screenshots runs it"]
fn pictures() {
    let out = PathBuf::from(env::var_os("WAR_ROOM_PICTURES").expect("WAR_ROOM_PICTURES names a folder"));
    let home = Home::new().expect("a home");
    let checklist = env::var_os("WAR_ROOM_CHECKLIST")
        .map(PathBuf::from)
        .or_else(real_checklist)
        .unwrap_or_else(|| home.write("cutover.md", other_day(7).text).expect("a checklist"));

    {
        let window = start(&home);
        every_look(&window, &out, "start-empty");
    }
    let bad = bad_inputs::bad_inputs(&home).expect("bad inputs").into_iter().next_back().expect("one of them");
    {
        let window = Window::open(&home, &[bad.path.as_os_str()]);
        window.wait_for("problem");
        every_look(&window, &out, "start-problem");
    }
    let window = Window::open(&home, &[checklist.as_os_str()]);
    window.wait_for("opening");
    every_look(&window, &out, "opening");
    check(&window, &out);
    accept(&window);
    for index in 0..rail(&window).len() {
        go_to_phase(&window, index);
        every_look(&window, &out, &format!("phase-{:02}", index + 1));
    }
    // The phase that the design's own picture shows: one with gates, where the plan has one.
    let with_gates = (0..rail(&window).len()).find(|index| {
        go_to_phase(&window, *index);
        window.is_there("gate-card")
    });
    let chosen = with_gates.unwrap_or_default();
    for size in SIZES {
        window.resize(size.0, size.1);
        // From another phase, so that the page begins at its top.
        go_to_phase(&window, rail(&window).len() - 1);
        go_to_phase(&window, chosen);
        window.press("j");
        each_theme(&window, &out, "room", size);
    }
    for size in SIZES {
        window.resize(size.0, size.1);
        for theme in THEMES {
            // Behind the commands the window takes no keys.
            give_theme(&window, theme);
            window.press("ctrl+k");
            window.wait_for("palette");
            window.picture(&file(&out, "palette", size, theme));
            window.press("escape");
            window.wait_until_gone("palette");
        }
    }
    // Here the window is small; what stands at the side is in the drawer.
    window.press("\\");
    if window.is_there_soon("criterion") {
        each_theme(&window, &out, "drawer", (1024, 700));
        window.press("escape");
        window.wait_until_gone("criterion");
    }
    window.resize(1440, 900);
    act(&window, chosen);
    every_look(&window, &out, "acted");
    window.press("shift+d");
    window.wait_for("reason-field");
    every_look(&window, &out, "deferring");
    window.press("escape");
    window.wait_until_gone("reason-field");
    window.press("shift+p");
    window.wait_for("people");
    every_look(&window, &out, "people");
    window.press("escape");
    window.wait_until_gone("people");
    for (key, name) in [
        ("t", "schedule"),
        ("r", "rollback"),
        ("m", "messages"),
        ("e", "escalation"),
        ("q", "references"),
        ("b", "written"),
        ("l", "log"),
    ] {
        page(&window, key, name);
        every_look(&window, &out, name);
    }
    window.press("escape");
    window.wait_for("phase-title");
    window.press("j");
    window.press("i");
    window.wait_for("check");
    every_look(&window, &out, "check-in-room");
    drop(window);
    let window = start(&home);
    every_look(&window, &out, "start");
}

/// How the checklist was read, before there is a room.
fn check(window: &Window, out: &Path) {
    window.script("seen('show-check')[0].click()", vec![]);
    window.wait_for("check-screen");
    window.wait_until("the source has come", |window| window.texts("source-row").len() > 10);
    every_look(window, out, "check");
    window.press("\\");
    if window.is_there_soon("read-kind") {
        window.resize(SIZES[1].0, SIZES[1].1);
        each_theme(window, out, "check-drawer", SIZES[1]);
    }
    window.press("escape");
    window.press("escape");
    window.wait_for("opening");
    window.script("seen('start-field')[0].focus()", vec![]);
}

/// Some of everything that a person can say of a check, so that each mark is seen.
fn act(window: &Window, phase: usize) {
    go_to_phase(window, 0);
    window.press("shift+ ");
    window.wait_until("the claims are confirmed", |window| !window.is_there("confirm-phase"));
    go_to_phase(window, phase);
    // What follows is a gate, which always applies.
    let keys = [(" ", ""), ("shift+o", "seen on the second dashboard")];
    for (key, reason) in keys {
        window.press("j");
        window.press(key);
        if !reason.is_empty() {
            window.wait_for("reason-field");
            window.write(reason);
            window.press("enter");
            window.wait_until_gone("reason-field");
        }
    }
    window.press("j");
    window.press("n");
    window.write("all quiet so far");
    window.press("enter");
    window.wait_until("the note is kept", |window| window.all_words().contains("all quiet so far"));
    window.press("escape");
}

pub(crate) fn every_look(window: &Window, out: &Path, name: &str) {
    for size in SIZES {
        window.resize(size.0, size.1);
        each_theme(window, out, name, size);
    }
}

fn each_theme(window: &Window, out: &Path, name: &str, size: (u32, u32)) {
    for theme in THEMES {
        give_theme(window, theme);
        window.picture(&file(out, name, size, theme));
    }
}

pub(crate) fn give_theme(window: &Window, theme: &str) {
    let current =
        |window: &Window| window.script("return document.querySelector('[data-theme]')?.dataset.theme", vec![]);
    if current(window) != json!(theme) {
        window.press("ctrl+shift+l");
        window.wait_until(&format!("the window is {theme}"), |window| current(window) == json!(theme));
    }
}

pub(crate) fn file(out: &Path, name: &str, (width, height): (u32, u32), theme: &str) -> PathBuf {
    out.join(format!("{name}-{width}x{height}-{theme}.png"))
}
