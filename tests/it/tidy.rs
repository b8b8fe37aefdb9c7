//! The house rules, as tests: each is a function over (path, text), tried on a bad and a good example beside it and
//! then applied to the tree here. A complaint names the file and says what to do.

mod app;
mod door;
mod length;
mod manifest;
mod papers;
mod purity;
mod rust;
mod tiers;
mod tree;
mod window;

use std::collections::BTreeSet;

use tree::{File, files, read, root};

/// The crates that hold no clock, no IO and no randomness.
const PURE: &[&str] = &["src-tauri/crates/plan", "src-tauri/crates/room"];

/// Fails with all complaints, one a line.
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Applies a rule to all files, of which there must be some: a rule over nothing proves nothing.
fn apply(files: &[File], rule: impl Fn(&str, &str) -> Vec<String>) {
    assert!(!files.is_empty(), "there is nothing here to look at: the folder that this rule speaks of has moved");
    none(&files.iter().flat_map(|file| rule(&file.path, &file.text)).collect::<Vec<_>>());
}

fn rust_files() -> Vec<File> {
    files(&["src-tauri", "tests", "xtask"], &["rs"])
}

fn window_files() -> Vec<File> {
    files(&["ui/src"], &["ts", "svelte"])
}

#[test]
fn pure_crates_name_no_crate_that_reaches_outside() {
    let manifests: Vec<File> = PURE.iter().filter_map(|folder| read(&format!("{folder}/Cargo.toml"))).collect();
    apply(&manifests, purity::forbidden_crates);
}

#[test]
fn pure_crates_reach_for_no_clock_file_or_network() {
    let sources = files(PURE, &["rs"]);
    apply(&sources, purity::impure_words);
}

#[test]
fn only_the_clock_reads_the_time() {
    apply(&files(&["src-tauri"], &["rs"]), purity::time_readers);
}

#[test]
fn crates_depend_in_one_direction() {
    let manifests = files(&["src-tauri", "tests", "xtask"], &["toml"]);
    let manifests: Vec<File> = manifests.into_iter().filter(|file| file.path.ends_with("/Cargo.toml")).collect();
    apply(&manifests, manifest::direction);
}

#[test]
fn inside_the_app_imports_point_in_one_direction() {
    apply(&files(&["src-tauri/src"], &["rs"]), app::direction);
}

#[test]
fn one_door_leads_to_tauri() {
    apply(&files(&["src-tauri/src"], &["rs"]), door::in_rust);
    apply(&window_files(), door::in_typescript);
}

/// Compiled, and refused at the first press of a real window: nothing else would tell.
#[test]
fn every_command_is_declared_and_permitted() {
    let text = |path: &str| read(path).map(|file| file.text).unwrap_or_default();
    let (commands, build) = (text("src-tauri/src/ipc.rs"), text("src-tauri/build.rs"));
    let (window, permitted) = (text("src-tauri/src/window.rs"), text("src-tauri/capabilities/window.json"));
    assert!(!door::commands(&commands).is_empty(), "no command was found");
    none(&door::not_permitted(&commands, &window, &build, &permitted));
}

#[test]
fn imports_of_the_window_point_left() {
    apply(&window_files(), tiers::imports);
}

#[test]
fn the_window_keeps_no_time_prints_nothing_and_draws_no_html() {
    apply(&window_files(), window::forbidden_words);
}

#[test]
fn no_file_is_too_long() {
    apply(&[rust_files(), window_files(), files(&["ui/tests"], &["ts"])].concat(), length::too_long);
}

#[test]
fn nothing_is_left_to_do() {
    apply(&rust_files(), rust::left_to_do);
}

#[test]
fn an_allowance_carries_its_reason() {
    apply(&rust_files(), rust::allowances_without_reason);
}

#[test]
fn a_file_opens_with_what_it_owns() {
    apply(&rust_files(), rust::without_opening);
}

#[test]
fn the_paths_of_the_architecture_page_exist() {
    let page = read("ARCHITECTURE.md").expect("ARCHITECTURE.md stands beside Cargo.toml");
    none(&papers::missing_paths(&page.path, &page.text, |path| root().join(path).exists()));
}

#[test]
fn the_architecture_page_names_every_room_of_the_house() {
    let page = read("ARCHITECTURE.md").expect("ARCHITECTURE.md stands beside Cargo.toml");
    let rooms: Vec<String> = ["src-tauri/crates", "src-tauri/src", "ui/src", "ui/src/components", "tests"]
        .into_iter()
        .flat_map(tree::folders)
        .chain(["src-tauri/src", "src-tauri/crates", "xtask/src"].into_iter().flat_map(tree::modules))
        .collect();
    assert!(rooms.contains(&"src-tauri/crates/plan".to_owned()), "the crates have moved: {rooms:?}");
    none(&papers::unnamed_rooms(&page.path, &page.text, &rooms));
}

#[test]
fn every_finding_is_explained() {
    let page = read("docs/checklist.md").expect("docs/checklist.md is there");
    let reader = rust_files().into_iter().filter(|file| file.path.starts_with("src-tauri/crates/plan/src/read"));
    let raised = reader.flat_map(|file| {
        let text = file.text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        papers::codes(&text, '"')
    });
    let mut explained = papers::codes(&page.text, '`');
    // About the settings: their own reader raises it.
    assert!(explained.remove("SET-01"), "docs/checklist.md leads to the settings' findings");
    none(&papers::unexplained(&page.path, &explained, &raised.collect()));
}

#[test]
fn bindings_are_current() {
    let written = read("ui/src/ipc/bindings.ts").expect("ui/src/ipc/bindings.ts is there");
    none(&papers::stale_bindings(&written.path, &written.text, &war_room::wire::bindings()));
}

#[test]
fn no_number_reaches_the_window_as_bigint() {
    none(&papers::big_numbers("src-tauri/src/wire", &war_room::wire::bindings()));
}

#[test]
fn lock_files_are_there_and_name_no_host() {
    let mut complaints = Vec::new();
    for path in ["Cargo.lock", "ui/package-lock.json"] {
        match read(path) {
            Some(file) => complaints.extend(papers::foreign_hosts(&file.path, &file.text)),
            None => complaints.push(format!("{path} is missing: build once and commit it")),
        }
    }
    none(&complaints);
}

#[test]
fn lock_files_are_not_ignored() {
    let ignored: BTreeSet<String> =
        read(".gitignore").map(|file| file.text.lines().map(str::to_owned).collect()).unwrap_or_default();
    for path in ["Cargo.lock", "/Cargo.lock", "package-lock.json", "/ui/package-lock.json", "*.lock"] {
        assert!(!ignored.contains(path), ".gitignore: lock files are committed; take {path} out");
    }
}
