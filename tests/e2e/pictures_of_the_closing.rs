//! Pictures of a room that is closed, and opened again: `cargo xtask screenshots`.

use std::env;
use std::path::{Path, PathBuf};

use tests::home::Home;
use tests::{real_checklist, root};

use crate::pictures::{SIZES, THEMES, every_look, file, give_theme};
use crate::pictures_of_alarms::name_a_person;
use crate::record::click;
use crate::walk::{enter, go_to_phase, page};
use crate::window::Window;

#[test]
#[ignore = "makes pictures; cargo xtask screenshots runs it"]
fn pictures_of_the_closing() {
    let out = PathBuf::from(env::var_os("WAR_ROOM_PICTURES").expect("WAR_ROOM_PICTURES names a folder"));
    let home = Home::new().expect("a home");
    let checklist = real_checklist().unwrap_or_else(|| root().join("tests/fixtures/harbour.md"));
    let window = enter(&home, &checklist);
    window.resize(SIZES[0].0, SIZES[0].1);
    name_a_person(&window);
    go_to_phase(&window, 0);
    window.press("j");
    window.press(" ");
    page(&window, "l", "log");
    window.wait_for("exports");
    every_look(&window, &out, "log-exports");
    window.press("escape");
    window.wait_for("phase-title");

    each_form(&window, &out, "closing", "Close the room");
    ask(&window, "Close the room");
    window.write("Not begun: the change was called off at the go/no-go");
    window.press("enter");
    window.wait_for("closed");
    every_look(&window, &out, "closed");
    window.script("document.querySelector('[data-testid=left-open] details').open = true", vec![]);
    every_look(&window, &out, "closed-left-open");
    window.script("document.querySelector('[data-testid=left-open] details').open = false", vec![]);

    each_form(&window, &out, "opening-again", "Open the room again");
    window.resize(SIZES[0].0, SIZES[0].1);
    click(&window, "reopen");
    window.wait_for("end-form");
    // Without a reason it is refused, and that stands beside the field.
    window.press("enter");
    window.wait_for("problem");
    every_look(&window, &out, "opening-again-refused");
    window.script("const field = seen('end-field')[0]; field.focus();", vec![]);
    window.write("The change goes ahead tonight after all");
    window.press("enter");
    window.wait_until_gone("closed");
    page(&window, "l", "log");
    window.wait_for("log-entry");
    every_look(&window, &out, "opened-again");
}

/// Opens the form from the commands.
fn ask(window: &Window, words: &str) {
    window.press("ctrl+k");
    window.wait_for("palette");
    window.write(words);
    window.press("enter");
    window.wait_until_gone("palette");
    window.wait_for("end-form");
}

/// The form in each look: while it has the keyboard it is closed before the colours change.
fn each_form(window: &Window, out: &Path, name: &str, words: &str) {
    for size in SIZES {
        window.resize(size.0, size.1);
        for theme in THEMES {
            give_theme(window, theme);
            ask(window, words);
            window.picture(&file(out, name, size, theme));
            window.press("escape");
            window.wait_until_gone("end-form");
        }
    }
}
