//! The command line, through the built program: what it prints where, and how it ends.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

const OWN: &str = include_str!("../fixtures/harbour.md");
const NO_BOX: &str = include_str!("../fixtures/no-box.md");
const ONLY_TABLES: &str = include_str!("../fixtures/only-tables.md");

/// The fields that the page of the interface fixes for `check --json`.
const PAGE_KEYS: &[&str] = &[
    "title",
    "subject",
    "zone",
    "start",
    "window",
    "counts",
    "sections",
    "items",
    "gates",
    "criteria",
    "routines",
    "rollback",
    "messages",
    "contacts",
    "channels",
    "references",
    "commands",
    "findings",
];

/// The built program. Building is not this test's work: it would hide that a person has to.
fn program() -> PathBuf {
    let here = std::env::current_exe().expect("a test knows where it lies");
    let folder = here.parent().and_then(Path::parent).expect("tests lie in target/…/deps");
    let program = folder.join("war-room");
    assert!(program.is_file(), "{} is not built: run cargo build -p war-room first", program.display());
    program
}

/// A home of its own with files in it, in which the program runs.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("there is room for a folder") };
        for (name, text) in files {
            desk.put(name, text.as_bytes());
        }
        desk
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.path().join(name), bytes).expect("the folder is ours");
    }

    /// Runs the program in the folder, with nothing of this machine's settings and no display.
    fn run(&self, arguments: &[&str]) -> Said {
        let home = self.folder.path().join("home");
        let output = Command::new(program())
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", &home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("TZ", "Asia/Tokyo")
            .output()
            .expect("the program starts");
        Said::of(&output)
    }
}

/// What the program said and how it ended.
#[derive(Debug)]
struct Said {
    exit: Option<i32>,
    data: String,
    words: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        Self { exit: output.status.code(), data: text(&output.stdout), words: text(&output.stderr) }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }

    /// One sentence on standard error that holds all of these words, nothing on standard output, and this exit.
    fn refuses(&self, exit: i32, holding: &[&str]) {
        assert_eq!(self.exit, Some(exit), "{self:?}");
        assert_eq!(self.data, "", "data goes out only where there is some: {self:?}");
        let sentences: Vec<&str> = self.words.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(sentences.len(), 1, "one clear sentence: {self:?}");
        for words in holding {
            assert!(self.words.contains(words), "{words:?} is missing: {self:?}");
        }
        assert!(!self.words.contains("panicked") && !self.words.contains("Error {"), "{self:?}");
    }
}

#[test]
fn a_missing_file_is_refused() {
    Desk::with(&[]).run(&["check", "gone.md"]).refuses(2, &["gone.md", "no file"]);
}

#[test]
fn a_folder_is_refused() {
    let desk = Desk::with(&[]);
    fs::create_dir(desk.folder.path().join("plans.md")).expect("the folder is ours");
    desk.run(&["check", "plans.md"]).refuses(2, &["plans.md", "folder"]);
}

#[test]
fn an_empty_file_is_refused() {
    Desk::with(&[("a.md", "")]).run(&["check", "a.md"]).refuses(2, &["a.md", "empty"]);
    Desk::with(&[("a.md", " \n\n\t\n")]).run(&["check", "a.md"]).refuses(2, &["a.md", "empty"]);
}

#[test]
fn what_is_not_utf8_is_refused_with_its_line() {
    let desk = Desk::with(&[]);
    desk.put("a.md", b"# Release\n\n- [ ] caf\xe9\n");
    desk.run(&["check", "a.md"]).refuses(2, &["a.md", "line 3", "UTF-8"]);
}

#[test]
fn more_than_sixteen_mebibytes_are_refused() {
    const LIMIT: usize = 16 * 1024 * 1024;
    let desk = Desk::with(&[]);
    desk.put("large.md", &vec![b'a'; 17 * 1024 * 1024]);
    desk.run(&["check", "large.md"]).refuses(2, &["large.md", "16 MiB"]);
    desk.put("over.md", &vec![b'a'; LIMIT + 1]);
    desk.run(&["check", "over.md"]).refuses(2, &["over.md", "16 MiB"]);
    // Just at the limit the size is no reason: what is wrong is found inside. (Understanding so much text is not this
    // test's subject, and a program that is not optimised takes seconds for it.)
    let mut just = vec![b'\n'; LIMIT];
    just[LIMIT - 1] = 0xe9;
    desk.put("just.md", &just);
    desk.run(&["check", "just.md"]).refuses(2, &["just.md", "UTF-8"]);
}

#[test]
fn a_file_without_a_box_is_read_and_said_to_have_none() {
    let said = Desk::with(&[("a.md", NO_BOX)]).run(&["check", "a.md"]);
    assert!(matches!(said.exit, Some(0 | 1)), "{said:?}");
    assert!(format!("{}{}", said.data, said.words).contains("box"), "{said:?}");
    assert_eq!(Desk::with(&[("a.md", NO_BOX)]).run(&["check", "a.md", "--json"]).json()["counts"]["boxes"], 0);
}

#[test]
fn a_checklist_of_only_tables_is_read_and_said_to_have_no_box() {
    let said = Desk::with(&[("a.md", ONLY_TABLES)]).run(&["check", "a.md"]);
    assert!(matches!(said.exit, Some(0 | 1)), "{said:?}");
    assert!(format!("{}{}", said.data, said.words).contains("box"), "{said:?}");
    let counts = Desk::with(&[("a.md", ONLY_TABLES)]).run(&["check", "a.md", "--json"]).json()["counts"].clone();
    assert_eq!((&counts["boxes"], &counts["tables"]), (&0.into(), &1.into()));
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_the_nearest_key() {
    let desk = Desk::with(&[("a.md", OWN), ("war-room.toml", "version = 1\n\n[plan]\nservce = \"payments\"\n")]);
    desk.run(&["check", "a.md"]).refuses(2, &["war-room.toml:4", "\"servce\"", "did you mean \"service\"?"]);
    desk.run(&["check", "a.md", "--json"]).refuses(2, &["war-room.toml:4"]);
}

#[test]
fn the_settings_beside_the_checklist_count() {
    let settings = "version = 1\n[plan]\nservice = \"quay\"\nrelease = \"9.1\"\nzone = \"Europe/Lisbon\"\nstart = \"2026-04-01T05:15\"\n";
    let desk = Desk::with(&[("a.md", OWN), ("war-room.toml", settings)]);
    let plan = desk.run(&["check", "a.md", "--json"]).json();
    assert_eq!(plan["subject"]["name"], "quay");
    assert_eq!(plan["subject"]["release"], "9.1");
    assert_eq!(plan["zone"], "Europe/Lisbon");
    assert!(plan["start"].to_string().contains("2026-04-01T05:15"), "{}", plan["start"]);
}

#[test]
fn a_part_that_is_not_used_yet_is_noted_and_no_error() {
    let settings = "version = 1\n\n[channels.team]\nkind = \"slack\"\nurl = \"secret:slack-team\"\n";
    let desk = Desk::with(&[("a.md", OWN), ("war-room.toml", settings)]);
    let said = desk.run(&["check", "a.md", "--json"]);
    assert_eq!(said.exit, Some(0), "{said:?}");
    let plan = said.json();
    let findings = plan["findings"].as_array().expect("findings are a list");
    let note = findings.iter().find(|finding| finding["message"].to_string().contains("[channels]")).expect("a note");
    assert_eq!(note["severity"], "note");
}

#[test]
fn a_binding_that_matches_nothing_is_a_warning_at_its_line_of_the_settings() {
    let probe = "[probes.api]\nkind = \"http\"\nurl = \"https://api.example\"\n";
    let settings = format!("version = 1\n{probe}[[bind]]\nitem = \"Nothing says so\"\nprobe = \"api\"\n");
    let desk = Desk::with(&[("a.md", OWN), ("war-room.toml", &settings)]);
    let said = desk.run(&["check", "a.md", "--json"]);
    assert_eq!(said.exit, Some(0), "{said:?}");
    let plan = said.json();
    let findings = plan["findings"].as_array().expect("findings are a list");
    let told = findings.iter().find(|finding| finding["file"] == "war-room.toml").expect("a warning");
    assert_eq!((&told["severity"], &told["line"]), (&"warning".into(), &6.into()));
}

#[test]
fn the_json_has_the_shape_of_the_page() {
    let plan = Desk::with(&[("a.md", OWN)]).run(&["check", "a.md", "--json"]).json();
    let mut keys: Vec<&str> = plan.as_object().expect("one object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    let mut expected = PAGE_KEYS.to_vec();
    // What this program says beyond the page: which file it was, and what the run of the day is made of.
    expected.extend(["environment", "file", "owner", "phases", "reading", "variables"]);
    expected.sort_unstable();
    assert_eq!(keys, expected);
    for (list, fields) in [
        ("sections", &["id", "line", "text", "kind", "parent", "start", "end"][..]),
        ("items", &["id", "line", "text", "section", "parent", "state", "kind"]),
        ("gates", &["id", "line", "text", "share_percent", "hold_s", "conditions"]),
        ("criteria", &["id", "line", "text", "metric", "op", "value", "high", "unit", "for_s", "severity", "where"]),
        ("routines", &["id", "line", "text"]),
        ("messages", &["id", "line", "text", "moment", "audience", "channel", "subject", "body", "blanks"]),
        ("contacts", &["id", "line", "text", "role", "name", "phone", "mail", "order"]),
        ("channels", &["id", "line", "text", "kind", "target"]),
        ("references", &["id", "line", "text", "kind", "target"]),
        ("commands", &["id", "line", "text", "alternatives", "item"]),
    ] {
        let entries = plan[list].as_array().unwrap_or_else(|| panic!("{list} is a list"));
        assert!(!entries.is_empty(), "{list} is empty");
        for (field, entry) in fields.iter().flat_map(|field| entries.iter().map(move |entry| (field, entry))) {
            assert!(entry.get(field).is_some(), "{list} lacks {field}: {entry}");
        }
    }
    for field in ["ways", "target_s", "criteria", "success"] {
        assert!(plan["rollback"].get(field).is_some(), "rollback lacks {field}");
    }
    for field in ["boxes", "ticked", "imported", "recovered", "steps", "ignored", "fences", "tables"] {
        assert!(plan["counts"].get(field).is_some(), "counts lacks {field}");
    }
    let ids: Vec<&Value> =
        plan["criteria"].as_array().expect("a list").iter().map(|criterion| &criterion["id"]).collect();
    for id in plan["rollback"]["criteria"].as_array().expect("a list") {
        assert!(ids.contains(&id), "{id} names no criterion");
    }
}

#[test]
fn several_files_give_a_list_and_format_is_the_long_way_to_say_json() {
    let desk = Desk::with(&[("a.md", OWN), ("b.md", NO_BOX)]);
    assert_eq!(desk.run(&["check", "a.md", "b.md", "--json"]).json().as_array().map(Vec::len), Some(2));
    assert_eq!(desk.run(&["check", "a.md", "--json"]).data, desk.run(&["check", "a.md", "--format", "json"]).data);
}

#[test]
fn reading_twice_says_the_same() {
    let desk = Desk::with(&[("a.md", OWN)]);
    assert_eq!(desk.run(&["check", "a.md", "--json"]).data, desk.run(&["check", "a.md", "--json"]).data);
}

#[test]
fn the_denied_level_decides_the_exit() {
    let settings = "version = 1\n[variables]\nVERSION = \"4.2.0\"\n";
    let desk = Desk::with(&[("a.md", OWN), ("war-room.toml", settings)]);
    assert_eq!(desk.run(&["check", "a.md"]).exit, Some(0));
    assert_eq!(desk.run(&["check", "a.md", "--deny", "note"]).exit, Some(1), "the unused part is a note");
}

#[test]
fn start_and_zone_may_be_given() {
    let desk = Desk::with(&[("a.md", OWN)]);
    let said = desk.run(&["check", "a.md", "--json", "--start", "2026-05-02T04:00", "--zone", "Europe/Lisbon"]);
    let plan = said.json();
    assert_eq!(plan["zone"], "Europe/Lisbon");
    assert!(plan["start"].to_string().contains("2026-05-02T04:00"), "{}", plan["start"]);
}

#[test]
fn wrong_use_ends_with_64() {
    let desk = Desk::with(&[("a.md", OWN)]);
    for arguments in [
        &["check"][..],
        &["check", "a.md", "--colour"],
        &["check", "a.md", "--deny", "everything"],
        &["check", "a.md", "--zone", "Mars/Olympus"],
        &["check", "a.md", "--start", "soon"],
        &["a.md", "b.md"],
    ] {
        let said = desk.run(arguments);
        assert_eq!(said.exit, Some(64), "{arguments:?}: {said:?}");
        assert_eq!(said.data, "", "{arguments:?}");
        assert!(!said.words.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_goes_to_standard_output_with_an_example() {
    for arguments in [&["--help"][..], &["check", "--help"]] {
        let said = Desk::with(&[]).run(arguments);
        assert_eq!(said.exit, Some(0), "{said:?}");
        assert!(said.data.contains("war-room check") && said.words.is_empty(), "{said:?}");
    }
}

#[test]
fn no_colour_without_a_terminal() {
    let said = Desk::with(&[("a.md", OWN)]).run(&["check", "a.md"]);
    assert!(!said.data.contains('\u{1b}') && !said.words.contains('\u{1b}'), "{said:?}");
    assert!(!said.data.is_empty(), "{said:?}");
}
