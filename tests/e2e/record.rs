//! The record through the window: what a person did is there after a kill, and the log proves it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use tests::home::Home;
use tests::{program, real_checklist, root};

use crate::first_alarm::Day;
use crate::walk::{accept, go_to_phase, page};
use crate::window::Window;

/// The real checklist where it is at hand, else our own of the same kind.
fn checklist() -> PathBuf {
    real_checklist().unwrap_or_else(|| root().join("tests/fixtures/harbour.md"))
}

/// The one room of a home.
pub(crate) fn room(home: &Home) -> PathBuf {
    let folder = home.path().join("XDG_DATA_HOME/war-room/rooms");
    let found = fs::read_dir(&folder).expect("the rooms' folder").flatten().map(|entry| entry.path());
    let rooms: Vec<PathBuf> = found.filter(|path| path.extension().is_some_and(|end| end == "warroom")).collect();
    assert_eq!(rooms.len(), 1, "{rooms:?}");
    rooms[0].clone()
}

/// Walks with J to the box that says so.
pub(crate) fn walk_to(window: &Window, words: &str) {
    for _ in 0..80 {
        if window.focused_box().is_some_and(|entry| entry.words.contains(words)) {
            return;
        }
        window.press("j");
    }
    panic!("J does not reach {words:?}");
}

/// Presses the first with this test id, once it is there.
pub(crate) fn click(window: &Window, id: &str) {
    window.wait_for(id);
    window.script(&format!("seen('{id}')[0].click()"), vec![]);
}

/// What `war-room verify` says of the home's one room.
pub(crate) fn verify(home: &Home, extra: &[&str]) -> (i32, String) {
    let mut command = Command::new(program());
    command.arg("verify").arg(room(home)).args(extra).envs(home.variables());
    let output = command.output().expect("verify runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_day_without_a_network_is_all_there_after_a_kill() {
    let home = Home::new().expect("a home");
    let path = checklist();
    let (rate, later) = {
        let window = Window::open(&home, &[path.as_os_str()]);
        accept(&window);
        window.resize(1440, 900);
        // A claim is confirmed.
        go_to_phase(&window, 0);
        window.press("j");
        let first = window.focused_box().expect("a box has the focus");
        assert_eq!(first.state, "claimed");
        window.press(" ");
        window.wait_until("the claim is confirmed", |window| state(window, &first.id) == "stated");
        // A dialog that is left gives the keyboard back.
        window.press("shift+r");
        window.wait_for("roll-back-dialog");
        window.press("escape");
        window.wait_until_gone("roll-back-dialog");
        assert_eq!(window.focused_box().map(|entry| entry.id), Some(first.id.clone()));
        // A check with a limit asks for what was seen, and says no to what does not meet it.
        let gate = deployment(&window);
        go_to_phase(&window, rate_phase(&window));
        walk_to(&window, "Error rate <");
        let rate = window.focused_box().expect("a box has the focus");
        window.press(" ");
        window.wait_for("saw-field");
        window.write("99 %");
        window.press("enter");
        window.wait_for("problem");
        assert!(window.text("problem").contains("does not meet"), "{}", window.text("problem"));
        assert_eq!(state(&window, &rate.id), "open");
        window.script("const field = seen('saw-field')[0]; field.focus(); field.select();", vec![]);
        window.write("0.01 %");
        window.press("enter");
        window.wait_until("the value is stated", |window| state(window, &rate.id) == "stated");
        // Another is deferred.
        go_to_phase(&window, gate);
        walk_to(&window, Day::at_hand().first_act);
        let later = window.focused_box().expect("a box has the focus");
        window.press("shift+d");
        window.wait_for("reason-field");
        window.script("seen('reason-field')[0].focus()", vec![]);
        window.write("nobody is up");
        window.press("enter");
        window.wait_until("it is deferred", |window| state(window, &later.id) == "deferred");
        // A note.
        window.press("n");
        window.write("all quiet");
        window.press("enter");
        window.wait_until("the note is in the footer", |window| window.all_words().contains("all quiet"));
        // A contact is filled in.
        window.press("escape");
        page(&window, "e", "escalation");
        click(&window, "contact-edit");
        window.wait_for("contact-form");
        window.script("seen('contact-form')[0].querySelector('input').focus()", vec![]);
        window.write("Ana Ruiz");
        window.press("tab");
        window.write("+351 555 0162");
        click(&window, "contact-save");
        window.wait_until("the contact is filled in", |window| window.text("contact").contains("+351 555 0162"));
        // A notice is drafted from the file's words, changed, kept and copied.
        page(&window, "m", "messages");
        click(&window, "draft-start");
        window.wait_for("draft-body");
        window.script("const field = seen('draft-body')[0]; field.focus(); field.setSelectionRange(0, 0)", vec![]);
        window.write("Told by hand. ");
        window.press("ctrl+s");
        window.wait_until("the draft is kept", |window| !window.is_there("unkept"));
        click(&window, "draft-copy");
        window.script("const field = seen('draft-to')[0]; field.focus()", vec![]);
        window.write("half an addr");
        window.wait_until("the address is on disk", |_| typed(&home).contains("half an addr"));
        window.press("escape");
        window.press("escape");
        // A note in the middle of a word, when the process is killed.
        window.press("escape");
        window.press("n");
        window.write("half a wor");
        window.wait_until("the words are on disk", |_| typed(&home).contains("half a wor"));
        window.kill();
        (rate, later)
    };
    let window = Window::open(&home, &[room(&home).as_os_str()]);
    window.wait_for("room");
    window.resize(1440, 900);
    go_to_phase(&window, 0);
    assert_eq!(window.entries("row-item")[0].state, "stated");
    go_to_phase(&window, rate_phase(&window));
    let stated = window.entries("row-item").into_iter().find(|entry| entry.id == rate.id).expect("the check");
    assert_eq!(stated.state, "stated");
    assert!(stated.words.contains("0.01 %"), "{}", stated.words);
    let gate = deployment(&window);
    go_to_phase(&window, gate);
    assert_eq!(state(&window, &later.id), "deferred");
    let typed = window.script("return seen('note-field')[0].value", vec![]);
    assert_eq!(typed, json!("half a wor"));
    page(&window, "e", "escalation");
    assert!(window.text("contact").contains("Ana Ruiz"), "{}", window.text("contact"));
    page(&window, "m", "messages");
    window.wait_for("draft-body");
    let body = window.script("return seen('draft-body')[0].value", vec![]);
    assert!(body.as_str().is_some_and(|body| body.starts_with("Told by hand. ")), "{body}");
    let to = window.script("return seen('draft-to')[0].value", vec![]);
    assert!(to.as_str().is_some_and(|to| to.contains("half an addr")), "{to}");
    window.press("escape");
    page(&window, "l", "log");
    window.wait_until("the log is there", |window| window.texts("log-entry").len() >= 5);
    assert!(window.texts("log-entry").iter().any(|entry| entry.contains("all quiet")));
    window.close();
    let (code, words) = verify(&home, &[]);
    assert_eq!(code, 0, "{words}");
}

fn state(window: &Window, id: &str) -> String {
    window.entries("row-item").into_iter().find(|entry| entry.id == id).map(|entry| entry.state).unwrap_or_default()
}

/// The number of the phase with the gates.
fn deployment(window: &Window) -> usize {
    let titles = window.texts("phase-entry");
    titles.iter().position(|title| title.contains("06:30") || title.contains("21:00")).expect("the deployment phase")
}

/// The number of the phase whose first error rate has a limit and may be stated: in the real file the first gate's is
/// in words, and a later gate's waits for it.
fn rate_phase(window: &Window) -> usize {
    deployment(window) + usize::from(real_checklist().is_some())
}

/// What stands in the room's file, SQLite's own log included: enough to see that words are on the disk.
fn typed(home: &Home) -> String {
    let path = room(home);
    let mut words = String::new();
    for end in ["", "-wal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        words.push_str(&String::from_utf8_lossy(&fs::read(PathBuf::from(name)).unwrap_or_default()));
    }
    words
}

/// Ticks as fast as the keyboard goes, and kills the program without waiting for anything: what the window showed as
/// done was on the disk. The seed is printed, and decides after how many ticks the kill comes.
#[test]
fn what_the_window_showed_as_done_is_there_after_a_kill_under_load() {
    let home = Home::new().expect("a home");
    let mut text = String::from("# Ship it (May 4, 2026)\n\n## Deploy (6:30 AM)\n\n");
    for number in 0..60 {
        text.push_str(&format!("- [ ] Step {number} is done\n"));
    }
    let path = home.write("load.md", text).expect("the checklist");
    let mut window = Window::open(&home, &[path.as_os_str()]);
    accept(&window);
    let seed = std::process::id();
    println!("seed {seed}");
    let mut done = 0;
    for round in 0..3 {
        let ticks = 4 + (seed as usize * 7 + round * 5) % 9;
        // To the first box that is open; what was done before stays as it is.
        window.press("j");
        walk_to(&window, &format!("Step {done} is done"));
        for _ in 0..ticks {
            window.press(" ");
            window.press("j");
        }
        let stated = |window: &Window| -> Vec<String> {
            let boxes = window.entries("row-item").into_iter();
            boxes.filter(|entry| entry.state == "stated").map(|entry| entry.id).collect()
        };
        // On a machine that has much to do the first may take its time; the others are not waited for.
        window.wait_until("something more is shown as done", |window| stated(window).len() > done);
        let shown = stated(&window);
        window.kill();
        window = Window::open(&home, &[room(&home).as_os_str()]);
        window.wait_for("room");
        let kept = window.entries("row-item");
        for id in &shown {
            let entry = kept.iter().find(|entry| &entry.id == id).expect("the box");
            assert_eq!(entry.state, "stated", "round {round}: {} was shown as done", entry.words);
        }
        done = kept.iter().filter(|entry| entry.state == "stated").count();
    }
    drop(window);
    assert_eq!(verify(&home, &[]).0, 0);
}
