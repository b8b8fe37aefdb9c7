//! Notices, sent by hand from the page of the messages, with the keyboard alone.

use serde_json::{Value, json};

use crate::walk::page;
use crate::window::Window;

/// More keys than lead from one end of the page to the other.
const MOST: usize = 60;

/// Says of every notice at one of these lines that it was sent, with its blanks filled.
pub(crate) fn send_by_hand(window: &Window, lines: &[String]) {
    page(window, "m", "messages");
    let notices = window.entries("message-entry");
    let notices: Vec<&str> =
        notices.iter().filter(|notice| lines.contains(&notice.line)).map(|notice| notice.id.as_str()).collect();
    assert_eq!(notices.len(), lines.len(), "each of these lines has a notice: {lines:?}");
    for notice in notices {
        choose(window, notice);
        window.press("f");
        window.wait_for("draft-body");
        fill_blanks(window);
        tab_to(window, "mark-sent");
        window.press("enter");
        window.wait_until("it is asked to whom it went", |window| focused(window, "dataset.testid") == "sent-to");
        if focused(window, "value").is_empty() {
            window.write("everybody");
        }
        window.press("enter");
        window.wait_until_gone("sent-confirm");
    }
}

/// Goes to a notice with the arrows.
fn choose(window: &Window, notice: &str) {
    let chosen = "const all = [...document.querySelectorAll('[data-entry]')];
        return [all.findIndex((entry) => entry.ariaCurrent === 'true'), all.findIndex((entry) => entry.dataset.id === arguments[0])]";
    for _ in 0..MOST {
        let at = window.script(chosen, vec![json!(notice)]);
        let at = [&at[0], &at[1]].map(|at| at.as_i64().unwrap_or(-1));
        if at[0] == at[1] {
            return;
        }
        window.press(if at[0] < at[1] { "down" } else { "up" });
        window.wait_until("another entry is chosen", |window| {
            window.script(chosen, vec![json!(notice)])[0].as_i64() != Some(at[0])
        });
    }
    panic!("the arrows do not reach {notice}");
}

/// Fills what is blank, as the plan would or in words.
fn fill_blanks(window: &Window) {
    for _ in 0..MOST {
        let open = window.texts("blank-field").len();
        if open == 0 {
            return;
        }
        window.wait_until("a blank has the keyboard", |window| focused(window, "dataset.testid") == "blank-field");
        if focused(window, "value").is_empty() {
            window.write("as planned");
        }
        window.press("enter");
        window.wait_until("the blank is filled", |window| window.texts("blank-field").len() < open);
    }
    panic!("there are always more blanks: {}", window.all_words());
}

fn tab_to(window: &Window, id: &str) {
    for _ in 0..MOST {
        if focused(window, "dataset.testid") == id {
            return;
        }
        window.press("tab");
    }
    panic!("Tab does not reach {id}");
}

/// What the element that has the keyboard says of itself.
fn focused(window: &Window, what: &str) -> String {
    let found: Value = window.script(&format!("return document.activeElement?.{what} ?? ''"), vec![]);
    found.as_str().unwrap_or_default().to_owned()
}
