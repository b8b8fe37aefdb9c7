//! Pictures of what only shows while something burns: `cargo xtask screenshots`.

use std::env;
use std::path::PathBuf;

use serde_json::json;

use crate::first_alarm::{Around, Day, wait_for_verdict};
use crate::pictures::every_look;
use crate::record::walk_to;
use crate::walk::page;
use crate::window::Window;

#[test]
#[ignore = "makes pictures; cargo xtask screenshots runs it"]
fn pictures_of_alarms() {
    let out = PathBuf::from(env::var_os("WAR_ROOM_PICTURES").expect("WAR_ROOM_PICTURES names a folder"));
    let day = Day::at_hand();
    let around = Around::of(&day.text);
    let window = around.enter();
    page(&window, "s", "signals");
    every_look(&window, &out, "signals");
    back(&window);
    name_a_person(&window);
    walk_to(&window, day.first_act);
    window.press(" ");
    wait_for_verdict(&window, "go");
    every_look(&window, &out, "alarm-none");
    around.push(0.0004, 0.612);
    wait_for_verdict(&window, "hold");
    every_look(&window, &out, "alarm");
    page(&window, "e", "escalation");
    every_look(&window, &out, "alarm-escalation");
    back(&window);
    window.press("shift+q");
    window.wait_for("alert-form");
    every_look(&window, &out, "alarm-silencing");
    window.write("15 min");
    window.press("tab");
    window.write("the cache is cold");
    window.press("enter");
    if window.is_there_soon("silences") {
        every_look(&window, &out, "alarm-silenced");
    }
    window.press("escape");
    window.press("shift+i");
    window.wait_for("page-title");
    every_look(&window, &out, "alarm-history");
    back(&window);
    around.push(0.0004, 0.15);
    wait_for_verdict(&window, "go");
    every_look(&window, &out, "alarm-over");
}

/// Only a named person lets an alert rest.
pub(crate) fn name_a_person(window: &Window) {
    name(window, "mk", "Mara Klein");
}

/// Names somebody, who acts from then on, with the keyboard alone.
pub(crate) fn name(window: &Window, initials: &str, name: &str) {
    window.press("shift+p");
    window.wait_for("people");
    for (field, words) in [("initials", initials), ("name", name)] {
        window.wait_until(&format!("Tab reaches {field}"), |window| {
            window.script("return document.activeElement?.name ?? ''", vec![]) == json!(field) || {
                window.press("tab");
                false
            }
        });
        window.write(words);
    }
    window.press("enter");
    let acts = initials.to_uppercase();
    window.wait_until(&format!("{acts} acts"), |window| window.text("actor").starts_with(&acts));
    if window.is_there("people") {
        window.press("escape");
    }
    window.wait_until_gone("people");
}

pub(crate) fn back(window: &Window) {
    window.press("escape");
    window.wait_for("phase-title");
}
