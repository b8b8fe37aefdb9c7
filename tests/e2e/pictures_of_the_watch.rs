//! Pictures of a day that runs, and of the watch after go-live: `cargo xtask screenshots`.

use std::env;
use std::path::PathBuf;

use crate::first_alarm::{Around, Day, wait_for_verdict};
use crate::pictures::{SIZES, THEMES, every_look, file, give_theme};
use crate::pictures_of_alarms::{back, name, name_a_person};
use crate::record::{click, walk_to};
use crate::walk::page;

#[test]
#[ignore = "makes pictures; cargo xtask screenshots runs it"]
fn pictures_of_the_watch() {
    let out = PathBuf::from(env::var_os("WAR_ROOM_PICTURES").expect("WAR_ROOM_PICTURES names a folder"));
    let day = Day::at_hand();
    let around = Around::of(&day.text);
    let window = around.enter();
    name(&window, "ib", "Idris Bello");
    name_a_person(&window);
    walk_to(&window, day.first_act);
    window.press(" ");
    wait_for_verdict(&window, "go");
    window.script("seen('vitals-length').find((one) => one.dataset.hours === '1').click()", vec![]);
    window.wait_for("vitals-axis");
    every_look(&window, &out, "charts-over-hours");
    window.resize(SIZES[0].0, SIZES[0].1);
    page(&window, "l", "log");
    window.wait_for("log-entry");
    for _ in 0..4 {
        window.press("left");
    }
    window.wait_for("past-banner");
    window.wait_until("it stands there how it was", |window| window.text("stood").contains("Room"));
    every_look(&window, &out, "log-past");
    window.resize(SIZES[0].0, SIZES[0].1);
    window.press("escape");
    window.wait_until_gone("past-banner");
    back(&window);
    page(&window, "t", "schedule");
    every_look(&window, &out, "schedule-of-today");
    back(&window);
    for size in SIZES {
        window.resize(size.0, size.1);
        for theme in THEMES {
            // Behind a dialog the window takes no keys.
            give_theme(&window, theme);
            window.press("shift+l");
            window.wait_for("go-live-dialog");
            window.picture(&file(&out, "go-live", size, theme));
            window.press("escape");
            window.wait_until_gone("go-live-dialog");
        }
    }
    window.press("shift+l");
    window.wait_for("go-live-dialog");
    window.write("rehearsed here");
    window.press("ctrl+enter");
    window.wait_until_gone("go-live-dialog");
    page(&window, "shift+u", "routines");
    every_look(&window, &out, "rounds");
    // A key would be deaf for a moment where an alert has just come.
    click(&window, "to-review");
    window.wait_until("the review is shown", |window| window.text("page-title").to_lowercase().contains("review"));
    window.wait_for("trends");
    every_look(&window, &out, "review");
    window.script("seen('trends')[0].scrollIntoView()", vec![]);
    every_look(&window, &out, "review-rooms");
    window.resize(1440, 900);
    window.press("shift+h");
    window.wait_until("the handoff is shown", |window| window.text("page-title").contains("handoff"));
    every_look(&window, &out, "handoff");
    window.resize(SIZES[0].0, SIZES[0].1);
    window.press("enter");
    window.wait_for("hand-over-dialog");
    window.picture(&file(&out, "hand-over", SIZES[0], "light"));
    window.press("ctrl+enter");
    window.wait_until_gone("hand-over-dialog");
    every_look(&window, &out, "handoff-signed");
    window.resize(SIZES[0].0, SIZES[0].1);
    window.press("enter");
    window.wait_for("take-over-dialog");
    window.picture(&file(&out, "take-over", SIZES[0], "light"));
    window.press("escape");
    window.wait_until_gone("take-over-dialog");
    page(&window, "shift+u", "routines");
    window.press("h");
    window.wait_for("draft-body");
    every_look(&window, &out, "hourly-update");
}
