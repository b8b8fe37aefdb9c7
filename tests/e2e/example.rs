//! The bundled example, opened to look around in: its day is tomorrow, and nothing of it is late.

use std::env;
use std::path::PathBuf;

use tests::home::Home;

use crate::pictures::every_look;
use crate::walk::{accept, page, start};

#[test]
fn the_example_is_a_room_of_tomorrow_in_which_nothing_is_late() {
    let home = Home::new().expect("a home");
    let window = start(&home);
    window.press("e");
    window.wait_for("opening");
    assert!(window.all_words().contains("the example's own day is past"), "{}", window.all_words());
    let out = env::var_os("WAR_ROOM_PICTURES").map(PathBuf::from);
    if let Some(out) = &out {
        every_look(&window, out, "example-opening");
        window.resize(1440, 900);
    }
    accept(&window);
    let clock = window.text("clock");
    assert!(clock.starts_with("T-") || clock.starts_with("T\u{2212}"), "{clock}");
    let words = window.all_words();
    assert!(!words.contains("At risk") && !words.contains("days over"), "{words}");
    if let Some(out) = &out {
        every_look(&window, out, "example");
        page(&window, "t", "schedule");
        every_look(&window, out, "example-schedule");
    }
}
