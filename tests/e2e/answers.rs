//! What a check asks for: an answer by its number, a blank by its name; in the log, in the export, and after a kill.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use tests::home::Home;
use tests::program;

use crate::record::{room, walk_to};
use crate::walk::{enter, go_to_phase};
use crate::window::Window;

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM UTC)
- [ ] The team is told
- [ ] Version: ____
- [ ] Freeze from: ____ until: ____
- [ ] Error rate now: ____ (<1%)
- [ ] Decision: [ ] GO [ ] NO-GO

| Role | Vote | Notes |
|---|---|---|
| Tech lead | ☐ Approve ☐ Block | in writing, with the ticket |
| QA lead | ☐ Approve ☑ Block | |

```bash
kubectl rollout status deployment/pay --timeout=5m
```

## Rollback (target: 15 minutes)
### CRITICAL
- Error rate >10%
";

fn state(window: &Window, words: &str) -> String {
    let found = window.entries("row-item").into_iter().find(|entry| entry.words.contains(words));
    found.map(|entry| entry.state).unwrap_or_default()
}

/// The answers that are chosen, in the order of the page.
fn chosen(window: &Window) -> Vec<String> {
    let found = window.script(
        "return seen('answer').filter((answer) => answer.ariaPressed === 'true')
            .map((answer) => answer.querySelector('.words').textContent)",
        vec![],
    );
    found.as_array().expect("a list").iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
}

/// The record as Markdown.
fn export(home: &Home) -> String {
    let mut command = Command::new(program());
    let output = command.arg("export").arg(room(home)).args(["--to", "md"]).envs(home.variables()).output();
    String::from_utf8_lossy(&output.expect("export runs").stdout).into_owned()
}

/// Pictures for whoever looks at them, where a folder is named.
fn picture(window: &Window, name: &str) {
    let Some(folder) = env::var_os("WAR_ROOM_PICTURES").map(PathBuf::from) else { return };
    for (width, height) in [(1440, 900), (1024, 700)] {
        window.resize(width, height);
        for theme in ["dark", "light"] {
            window.script("document.documentElement.dataset.theme = arguments[0]", vec![json!(theme)]);
            window.picture(&folder.join(format!("{name}-{width}-{theme}.png")));
        }
    }
    window.script("document.documentElement.dataset.theme = 'dark'", vec![]);
    window.resize(1440, 900);
}

fn list_all(window: &Window) {
    let is_listed = |window: &Window| window.texts("read-line").iter().any(|row| row.contains("kubectl rollout"));
    if !is_listed(window) {
        window.script("seen('read-fold').forEach((fold) => fold.click())", vec![]);
    }
    window.wait_until("each command is listed", is_listed);
}

/// How it was read: each criterion and each command with its line, which a press shows in the source.
fn every_kind_leads_to_its_lines(window: &Window) {
    window.press("i");
    window.wait_for("check");
    list_all(window);
    picture(window, "answers-check");
    // On a narrow window what was listed stood in a drawer that is closed now.
    list_all(window);
    window.script("seen('read-line').find((row) => row.textContent.includes('kubectl rollout')).click()", vec![]);
    window.wait_until("its line has the keyboard", |window| {
        window.script("return document.activeElement?.dataset.testid", vec![]) == json!("source")
    });
    window.press("escape");
    window.wait_for("phase-title");
}

#[test]
fn a_choice_is_answered_and_a_blank_is_filled_and_both_stand_in_the_log_and_the_export() {
    let home = Home::new().expect("a home");
    let path = home.write("plan/pay.md", TEXT).expect("the checklist");
    {
        let window = enter(&home, &path);
        // On a narrow window what is done folds away, and could not be seen.
        window.resize(1440, 900);
        go_to_phase(&window, 0);
        assert_eq!(
            window.texts("columns"),
            ["Notes in writing, with the ticket"],
            "a row stands once, with its columns"
        );
        assert_eq!(window.script("return document.querySelectorAll('table').length", vec![]), json!(0));
        picture(&window, "answers-open");

        walk_to(&window, "Version");
        window.press(" ");
        window.wait_for("blank-field");
        window.press("enter");
        window.wait_until("an empty blank is refused", |window| window.texts("problem").concat().contains("Version"));
        picture(&window, "answers-refused");
        window.script("seen('blank-field')[0].focus()", vec![]);
        window.write("4.2.0");
        window.press("enter");
        window.wait_until("it is filled", |window| state(window, "Version") == "stated");

        walk_to(&window, "Freeze from");
        window.press(" ");
        window.wait_until("both are asked for", |window| window.texts("blank-field").len() == 2);
        picture(&window, "answers-blanks");
        window.press("escape");

        walk_to(&window, "Decision");
        window.press("2");
        window.wait_until("it is not done", |window| state(window, "Decision") == "answered_no");
        assert_eq!(chosen(&window), ["NO-GO"]);
        // Taken back as any statement, and given again.
        window.press(" ");
        window.wait_until("it is open", |window| state(window, "Decision") == "open");
        window.press("2");
        window.wait_until("it is not done", |window| state(window, "Decision") == "answered_no");
        walk_to(&window, "Tech lead");
        window.press("1");
        window.wait_until("it is done", |window| state(window, "Tech lead") == "stated");
        picture(&window, "answers-given");
        every_kind_leads_to_its_lines(&window);
        window.press("l");
        let log = |window: &Window| window.texts("log-entry").concat();
        window.wait_until("the log tells it", |window| log(window).contains("answered: Decision: NO-GO"));
        assert!(log(&window).contains("Version: 4.2.0"), "{}", log(&window));
        window.kill();
    }
    let window = Window::open(&home, &[room(&home).as_os_str()]);
    window.wait_for("room");
    window.resize(1440, 900);
    go_to_phase(&window, 0);
    assert_eq!(state(&window, "Decision"), "answered_no");
    assert_eq!(chosen(&window), ["NO-GO", "Approve"]);
    window.close();
    let text = export(&home);
    let line = |words: &str| text.lines().find(|line| line.contains(words)).unwrap_or_default().to_owned();
    assert!(line("Decision").starts_with("- [ ] Decision: [ ] GO [x] NO-GO — answered by"), "{text}");
    assert!(line("Decision").ends_with(": NO-GO, not done"), "{text}");
    assert!(line("Version").starts_with("- [x] Version: ____ — stated by"), "{text}");
    assert!(line("Version").ends_with(": 4.2.0"), "{text}");
}
