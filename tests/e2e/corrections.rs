//! A late note and its correction through the window, and what an export and the verifier make of them.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use tests::home::Home;
use tests::other_day::other_day;
use tests::program;

use crate::pictures::every_look;
use crate::record::{click, room};
use crate::walk::{accept, page};
use crate::window::Window;

/// The note's row in the log.
fn row(window: &Window) -> String {
    window.texts("log-entry").into_iter().find(|row| row.contains("noted late")).unwrap_or_default()
}

#[test]
fn a_late_note_is_corrected_and_both_rows_lead_to_each_other() {
    let home = Home::new().expect("a home");
    let checklist = home.write("cutover.md", other_day(7).text).expect("a checklist");
    let pictures = env::var_os("WAR_ROOM_PICTURES").map(PathBuf::from);
    let look = |window: &Window, name: &str| {
        if let Some(out) = &pictures {
            every_look(window, out, name);
            window.resize(1440, 900);
        }
    };
    let window = Window::open(&home, &[checklist.as_os_str()]);
    accept(&window);
    window.resize(1440, 900);
    window.press("n");
    window.write("the pool was full");
    click(&window, "note-timed");
    window.wait_for("note-time");
    window.script("seen('note-time')[0].focus()", vec![]);
    window.write("yesterday 23:10");
    window.press("enter");
    window.wait_until("the note is in the footer", |window| window.all_words().contains("the pool was full"));
    window.press("escape");
    page(&window, "l", "log");
    window.wait_until("its row is there", |window| row(window).contains("noted late"));
    assert!(row(&window).contains("23:10:00"), "{}", row(&window));
    window.script("seen('log-entry').find((row) => row.dataset.event === 'noted').click()", vec![]);
    window.wait_for("log-correct");
    look(&window, "log-event");
    window.press("c");
    window.wait_for("correct-form");
    assert!(window.text("correct-stays").contains("what the event did stays"));
    window.write("only its replica was full");
    look(&window, "log-correcting");
    window.press("enter");
    window.wait_for("problem");
    assert!(window.text("problem").contains("Say why first."), "{}", window.text("problem"));
    window.script("seen('correct-why')[0].focus()", vec![]);
    window.write("read off the wrong panel");
    window.press("enter");
    window.wait_until_gone("correct-form");
    window.wait_until("the other row says so", |window| row(window).contains("corrected by #"));
    click(&window, "log-corrected-by");
    window.wait_until("the correction is told", |window| window.text("log-told").contains("only its replica was full"));
    assert!(window.text("log-told").contains("the pool was full"), "{}", window.text("log-told"));
    look(&window, "log-correction");
    click(&window, "log-corrects");
    window.wait_until("the way leads back", |window| window.text("log-told").starts_with("the pool was full"));
    look(&window, "log-corrected");
    // The search finds both by what is right.
    window.press("/");
    window.write("replica");
    window.wait_until("both are found", |window| window.texts("log-entry").len() == 2);
    window.close();

    let run = |arguments: &[&str]| {
        let mut command = Command::new(program());
        let output = command.args(arguments).envs(home.variables()).output().expect("it runs");
        let words = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&words).into_owned())
    };
    let path = room(&home).display().to_string();
    let (code, record) = run(&["export", &path, "--to", "md"]);
    assert_eq!(code, 0);
    assert!(record.contains("## Corrections"), "{record}");
    let note = record.lines().find(|line| line.contains(": the pool was full")).unwrap_or_default();
    assert!(note.contains("23:10:00") && note.contains("noted late") && note.contains("only its replica was full"));
    let archive = home.path().join("all.tar").display().to_string();
    assert_eq!(run(&["export", &path, "--to", "archive", "--out", &archive]).0, 0);
    let (code, said) = run(&["verify", &archive]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("as the manifest says, signed by the device") && said.contains("which wrote events"),
        "{said}"
    );
}
