//! A newcomer's first minutes: the drill by the keyboard alone, from the start window to the score.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tests::around::desktop::Desktop;
use tests::home::Home;
use tests::program;

use crate::frame::{accessible, axe};
use crate::pictures::{every_look, give_theme};
use crate::record::verify;
use crate::window::Window;

/// More boxes and steps than a way back has.
const MOST: usize = 40;

/// Keeps a picture of the strip, where pictures are asked for; a dialogue as it is, all else in each size and colours.
fn strip(window: &Window, name: &str) {
    let Some(folder) = env::var_os("WAR_ROOM_PICTURES").map(PathBuf::from) else { return };
    if window.is_there("roll-back-dialog") {
        window.picture(&folder.join(format!("drill-{name}-1440x900-dark.png")));
        return;
    }
    every_look(window, &folder, &format!("drill-{name}"));
    give_theme(window, "dark");
    window.resize(1440, 900);
}

/// The word that stands in the verdict's place.
fn verdict(window: &Window) -> String {
    let found = window.script("return document.querySelector('[data-verdict]')?.dataset.verdict ?? ''", vec![]);
    found.as_str().unwrap_or_default().to_owned()
}

/// What of the rollback page has the focus: `step open`, `row-item observed`.
fn focused(window: &Window) -> String {
    let script = "const at = document.activeElement?.closest('[data-testid=step], [data-testid=row-item]');
        return at ? at.dataset.testid + ' ' + at.dataset.state : ''";
    window.script(script, vec![]).as_str().unwrap_or_default().to_owned()
}

fn count(window: &Window, selector: &str) -> usize {
    let script = format!("return document.querySelectorAll(\"{selector}\").length");
    let found: Value = window.script(&script, vec![]);
    usize::try_from(found.as_u64().unwrap_or(0)).unwrap_or(0)
}

#[test]
fn a_newcomer_sees_a_canary_go_wrong_and_takes_it_back() {
    let desktop = Desktop::start();
    let home = Home::new().expect("a home").with(desktop.variables());
    let window = Window::open(&home, &[]);
    window.resize(1440, 900);
    window.wait_for("drill-offer");
    strip(&window, "1-start");
    window.press("t");
    window.wait_for("drill-chip");
    // Ten times as fast: nobody looks.
    window.press("ctrl+k");
    window.write("speed 10");
    window.press("enter");
    window.wait_until("the canary goes wrong", |window| verdict(window) == "roll_back");
    strip(&window, "2-breach");
    accessible(&window, &axe(), "a drill at ROLL BACK");
    let seen = desktop
        .bus()
        .wait_for("DRILL … CRITICAL", |seen| seen.title.contains("DRILL") && seen.title.contains("CRITICAL"));
    assert!(seen.title.starts_with("DRILL · "), "{}", seen.title);
    window.press("a");
    window.press("shift+r");
    window.wait_for("roll-back-dialog");
    strip(&window, "3-decision");
    window.press("ctrl+enter");
    window.wait_until("the way back is taken", |window| verdict(window) == "rolling_back");
    window.wait_until("the page of the way back is there", |window| count(window, "[data-testid=step]") > 0);
    // The steps of the way that was chosen, the first ones of the page.
    let steps = count(&window, "[data-testid=way][data-state=chosen] [data-testid=step]").max(1);
    for _ in 0..steps {
        walk(&window, "step open");
        window.press(" ");
        window.wait_for("step-form");
        window.write("done");
        window.press("enter");
        window.wait_until_gone("step-form");
        window.wait_until("what is next has the keyboard", |window| {
            !matches!(focused(window).as_str(), "" | "step worked")
        });
    }
    strip(&window, "4-rolling-back");
    // What signals observe comes true by itself; the rest a person says, with a sentence where it takes one.
    window.wait_until("production is well again", |window| {
        let observed = count(window, "[data-testid=row-item][data-state=observed]");
        observed > 0 && observed == count(window, "[data-testid=row-item]:has([data-testid=observed])")
    });
    for _ in 0..count(&window, "[data-testid=row-item][data-state=open]") {
        walk(&window, "row-item open");
        window.press(" ");
        if window.is_there_soon("saw-field") {
            window.write("looked at it, as before");
            window.press("enter");
            window.wait_until_gone("saw-field");
        }
        window.wait_until("the mark is true", |window| focused(window) != "row-item open");
    }
    window.wait_until("every mark is true", |window| {
        window.press("ctrl+enter");
        window.is_there("declare-dialog") && count(window, "[data-testid=declare-send]:not([disabled])") > 0
    });
    window.press("ctrl+enter");
    window.wait_for("score");
    strip(&window, "5-score");
    accessible(&window, &axe(), "the score");
    assert!(window.text("headline").starts_with("Rolled back"), "{}", window.text("headline"));
    let (code, words) = verify(&home, &[]);
    assert_eq!(code, 3, "whole, and nobody outside vouches for a drill: {words}");
    window.press("escape");
    window.wait_for("start");
}

/// Walks with J until this has the focus.
fn walk(window: &Window, wanted: &str) {
    assert!(can_be_walked_to(window, &[wanted]), "J does not reach {wanted:?}");
}

fn can_be_walked_to(window: &Window, wanted: &[&str]) -> bool {
    for _ in 0..MOST {
        if wanted.contains(&focused(window).as_str()) {
            return true;
        }
        window.press("j");
    }
    false
}

#[test]
fn the_same_seed_without_a_window_gives_the_same_head() {
    let played = |seed: &str| {
        let home = Home::new().expect("a home");
        let mut command = Command::new(program());
        command.args(["drill", "--headless", "--speed", "60", "--json", "--seed", seed]).envs(home.variables());
        let output = command.output().expect("the drill runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let summary: Value = serde_json::from_str(text.lines().last().expect("a summary")).expect("JSON");
        let head = summary["head"].as_str().expect("a head").to_owned();
        let (code, words) = verify(&home, &["--head", &head]);
        assert_eq!(code, 0, "{words}");
        (head, summary["score"]["outcome"].as_str().expect("an outcome").to_owned())
    };
    let (one, outcome) = played("5");
    assert_eq!(outcome, "rolled_back");
    assert_eq!(played("5").0, one);
    assert_ne!(played("6").0, one);
}
