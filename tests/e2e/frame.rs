//! The frame: colours, commands, drawer, and nothing that is cut off.

use std::fs;

use serde_json::{Value, json};
use tests::home::Home;
use tests::other_day::other_day;
use tests::root;

use crate::walk::{enter, go_to_phase, page, rail, start};
use crate::window::Window;

/// The pages and their keys.
const PAGES: [(&str, &str); 5] =
    [("r", "rollback"), ("m", "messages"), ("e", "escalation"), ("q", "references"), ("b", "written")];

#[test]
fn the_theme_is_switched_and_kept() {
    let home = Home::new().expect("a home");
    {
        let window = start(&home);
        assert_eq!(theme(&window), "dark");
        window.press("ctrl+shift+l");
        window.wait_until("the window is light", |window| theme(window) == "light");
    }
    assert_eq!(theme(&start(&home)), "light", "the next start has forgotten the theme");
}

#[test]
fn the_commands_lead_to_every_page_and_escape_leads_back() {
    let (home, window) = room();
    for (_, name) in PAGES {
        let title = window.script("return words(seen('page-entry').find((element) => element.dataset.page === arguments[0]).querySelector('.title'))", vec![json!(name)]);
        window.press("ctrl+k");
        window.wait_for("palette");
        window.write(title.as_str().expect("a title"));
        window.press("enter");
        window.wait_until_gone("palette");
        window.wait_for("page-title");
        window.press("escape");
        window.wait_for("phase-title");
    }
    window.press("ctrl+k");
    window.wait_for("palette");
    window.press("escape");
    window.wait_until_gone("palette");
    drop(home);
}

#[test]
fn on_a_small_window_the_side_is_a_drawer() {
    let (_home, window) = room();
    window.resize(1440, 900);
    let deploy = rail(&window).iter().position(|title| title.contains("Deploy")).expect("the phase with the gates");
    go_to_phase(&window, deploy);
    assert!(window.is_there("criterion"), "on a large window the criteria stand at the side");
    window.resize(1024, 700);
    window.wait_until_gone("criterion");
    window.press("\\");
    window.wait_for("criterion");
    window.press("\\");
    window.wait_until_gone("criterion");
    window.press("\\");
    window.wait_for("criterion");
    window.press("escape");
    window.wait_until_gone("criterion");
}

#[test]
fn nothing_is_cut_off_at_either_size() {
    let (_home, window) = room();
    for (width, height) in [(1440, 900), (1024, 700)] {
        window.resize(width, height);
        fits(&window, "the phase");
        for (key, name) in PAGES {
            page(&window, key, name);
            fits(&window, name);
            window.press("escape");
            window.wait_for("phase-title");
        }
    }
}

#[test]
fn the_rules_of_accessibility_hold_in_both_themes() {
    let axe = axe();
    let (_home, window) = room();
    window.resize(1440, 900);
    for _ in 0..2 {
        accessible(&window, &axe, "the phase");
        for (key, name) in PAGES {
            page(&window, key, name);
            accessible(&window, &axe, name);
            window.press("escape");
            window.wait_for("phase-title");
        }
        let before = theme(&window);
        window.press("ctrl+shift+l");
        window.wait_until("the theme changes", |window| theme(window) != before);
    }
}

fn room() -> (Home, Window) {
    let home = Home::new().expect("a home");
    let path = home.write("cutover.md", other_day(7).text).expect("the checklist");
    let window = enter(&home, &path);
    (home, window)
}

fn theme(window: &Window) -> String {
    window
        .script("return document.querySelector('[data-theme]')?.dataset.theme", vec![])
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The page does not scroll sideways, and no control reaches out of the window.
fn fits(window: &Window, what: &str) {
    let found = window.script(
        "const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth || document.body.scrollWidth > document.body.clientWidth;
         const out = [...document.querySelectorAll('button, input, select, h1, h2')]
             .filter((element) => element.checkVisibility({ visibilityProperty: true }))
             .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1); })
             .map((element) => element.outerHTML.slice(0, 120));
         return [wide, out]",
        vec![],
    );
    assert_eq!(found[0], json!(false), "{what} scrolls sideways at {:?}", window.size());
    assert_eq!(found[1], json!([]), "{what} reaches out of the window at {:?}", window.size());
}

/// The text of axe-core.
pub(crate) fn axe() -> String {
    fs::read_to_string(root().join("ui/node_modules/axe-core/axe.min.js")).expect("axe-core, which npm ci brings")
}

/// Holds what is shown against the rules of axe-core.
pub(crate) fn accessible(window: &Window, axe: &str, what: &str) {
    let script = format!(
        "if (!window.axe) {{ {axe} }}
         const done = arguments[arguments.length - 1];
         window.axe.run(document, {{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }}).then(
             (result) => done(result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).join(' | '))),
             (error) => done([String(error)]));"
    );
    let found = window.script_that_answers(&script);
    let breaches: Vec<&Value> = found.as_array().expect("a list").iter().collect();
    assert!(breaches.is_empty(), "{what}, {}: {breaches:#?}", theme(window));
}
