//! How a checklist was read: before there is a room, and from a box to its line and back.

use serde_json::json;
use tests::home::Home;
use tests::other_day::other_day;

use crate::frame::{accessible, axe};
use crate::walk::{accept, go_to_phase, rail};
use crate::window::Window;

#[test]
fn from_a_box_to_its_line_and_back() {
    let home = Home::new().expect("a home");
    let day = other_day(7);
    let path = home.write("cutover.md", &day.text).expect("the checklist");
    let window = Window::open(&home, &[path.as_os_str()]);
    window.wait_for("opening");
    let axe = axe();

    // Before there is a room: the button, and back to where one came from.
    window.script("seen('show-check')[0].click()", vec![]);
    window.wait_for("check-screen");
    window.wait_until("the source has come", |window| window.texts("source-row").len() > 10);
    accessible(&window, &axe, "the check before there is a room");
    window.press("escape");
    window.wait_for("opening");
    window.script("seen('start-field')[0].focus()", vec![]);
    accept(&window);

    // From a box to its line, which has the keyboard and is the box's.
    let last = rail(&window).len() - 1;
    let phase = (0..=last)
        .find(|index| {
            go_to_phase(&window, *index);
            window.is_there("gate-card")
        })
        .expect("a phase with gates");
    window.press("j");
    window.press("j");
    window.wait_until("a box has the keyboard", |window| window.focused_box().is_some());
    let before = window.focused_box().expect("a box");
    window.press("i");
    window.wait_for("check");
    window.wait_until("its line is marked", |window| marked(window).0 == before.line);
    let number: usize = before.line.parse().expect("a line's number");
    let written = day.text.lines().nth(number - 1).expect("the line");
    assert!(marked(&window).1.contains(written.trim()), "{:?} is not {written:?}", marked(&window));
    assert_eq!(window.script("return document.activeElement?.dataset.testid", vec![]), json!("source"));
    accessible(&window, &axe, "the check in a room");

    // Back to where one came from.
    window.press("escape");
    window.wait_until("the box has the keyboard again", |window| {
        window.focused_box().is_some_and(|focused| focused.id == before.id)
    });

    // From another phase the line leads to the box, in its phase.
    window.press("i");
    window.wait_for("check");
    window.press("escape");
    go_to_phase(&window, if phase == last { 0 } else { last });
    window.press("ctrl+k");
    window.wait_for("palette");
    window.write("How it was read");
    window.press("enter");
    window.wait_for("check");
    window.script("seen('source')[0].focus()", vec![]);
    window.wait_until("the line is marked again", |window| {
        if marked(window).0 == before.line {
            return true;
        }
        let to = if marked(window).0.parse::<usize>().is_ok_and(|at| at < number) { "down" } else { "up" };
        window.press(to);
        false
    });
    window.press("enter");
    window.wait_until("the box has the keyboard in its phase", |window| {
        window.focused_box().is_some_and(|focused| focused.id == before.id)
    });
}

/// The marked row of the source: its line, and its words.
fn marked(window: &Window) -> (String, String) {
    let found = window.script(
        "const row = seen('source-row').find((element) => element.ariaSelected === 'true');
         return row ? [row.dataset.number ?? '', row.querySelector('.text')?.textContent ?? ''] : ['', '']",
        vec![],
    );
    let text = |at: usize| found[at].as_str().unwrap_or_default().to_owned();
    (text(0), text(1))
}
