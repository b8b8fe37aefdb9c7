//! The report as people get it, opened as a page: the rules of accessibility, and nothing that is cut off.
//!
//! Owns: a report of a drill in the web view that the window has, with its letters and its layout. Must not know: what stands in
//! it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tests::home::Home;
use tests::program;

use crate::frame::{accessible, axe};
use crate::pictures::{SIZES, file};
use crate::record::room;
use crate::walk::start;

/// The report of the home's one room.
pub(crate) fn report_of(home: &Home, path: &Path) {
    let mut export = Command::new(program());
    export.arg("export").arg(room(home)).args(["--to", "html", "--out"]).arg(path).envs(home.variables());
    let output = export.output().expect("the export runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_report_of_a_drill_is_a_page_for_everybody() {
    let home = Home::new().expect("a home");
    let mut drill = Command::new(program());
    drill.args(["drill", "bad-canary", "--headless", "--seed", "7", "--speed", "60"]).envs(home.variables());
    let output = drill.output().expect("the drill is played");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let path = home.path().join("report.html");
    report_of(&home, &path);
    let window = start(&home);
    window.go_to(&format!("file://{}", path.display()));
    window.wait_until("the report is there", |window| window.all_words().contains("Log and how to verify"));
    let axe = axe();
    for size in SIZES {
        window.resize(size.0, size.1);
        accessible(&window, &axe, "the report");
        let cut = window.script(CUT, vec![]);
        assert_eq!(cut, json!([]), "cut off at {size:?}");
        if let Some(out) = env::var_os("WAR_ROOM_PICTURES") {
            window.picture(&file(&PathBuf::from(out), "report", size, "light"));
        }
    }
    // The page fetches nothing and runs nothing, and says so to whatever opens it.
    let policy = window.script("return document.querySelector('meta[http-equiv]').content", vec![]);
    assert_eq!(policy, Value::from("default-src 'none'; style-src 'unsafe-inline'"));
}

/// What does not fit its place: words that were cut, and whatever reaches out of the page.
const CUT: &str = "
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : [];
    const cut = [...document.querySelectorAll('p, td, th, dd, dt, li, h1, h2')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0);
    return [...wide, ...cut.map(words)];
";
