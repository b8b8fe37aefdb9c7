//! Exit codes and streams, with writers that remember.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;

mod exports;
mod rooms;

/// What the program wrote, and how it left.
struct Ran {
    outcome: Outcome,
    out: String,
    err: String,
}

fn ran(arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { out: &mut out, err: &mut err, out_colour: false, err_colour: false };
    let all = ["war-room"].iter().chain(arguments).map(OsString::from);
    let outcome = run(all, &mut streams);
    Ran { outcome, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// A checklist that names its day and zone, so that reading it alone finds nothing.
const QUIET: &str =
    "# Deploy ledger 2.0\n\n## Phase 1: Deployment (Jan 21, 2026, 6:30 AM UTC)\n\n- [ ] Start\n- [x] Done\n";

/// One that does not name its zone.
const WITHOUT_ZONE: &str = "# Deploy ledger 2.0\n\n## Phase 1: Deployment (Jan 21, 2026, 6:30 AM)\n\n- [ ] Start\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        let path: PathBuf = self.0.path().join(name);
        path.to_str().unwrap().to_owned()
    }
}

#[test]
fn a_mistyped_command_opens_no_window() {
    let mistyped = ran(&["verfy"]);
    assert_eq!(mistyped.outcome, Outcome::Exit(exit::WRONG_USE));
    assert!(mistyped.err.contains("verfy") && mistyped.err.contains("verify"), "{}", mistyped.err);
    let missing = ran(&["nowhere.md"]);
    assert!(matches!(missing.outcome, Outcome::Window(_)), "the window says that it is not there, and takes another");
}

#[test]
fn help_and_version_are_what_was_asked_for() {
    let help = ran(&["--help"]);
    assert_eq!((help.outcome, help.err.as_str()), (Outcome::Exit(exit::GOOD), ""));
    assert!(help.out.contains("Examples:") && help.out.contains("war-room check deploy.md"), "{}", help.out);
    let version = ran(&["--version"]);
    assert_eq!(version.outcome, Outcome::Exit(exit::GOOD));
    assert_eq!(version.out, format!("war-room {}\n", env!("CARGO_PKG_VERSION")));
    for command in ["check", "backtest", "now", "verify", "export"] {
        let help = ran(&[command, "--help"]);
        assert_eq!(help.outcome, Outcome::Exit(exit::GOOD));
        assert!(help.out.contains("Examples:") && help.out.contains("Exit codes:"), "{command}: {}", help.out);
    }
}

#[test]
fn wrong_use_exits_64_and_speaks_on_standard_error() {
    let wrong: [&[&str]; 18] = [
        &["backtest"],
        &["backtest", "a.md", "--days", "0"],
        &["backtest", "a.md", "--days", "366"],
        &["--nonsense"],
        &["check"],
        &["check", "a.md", "--format", "xml"],
        &["check", "a.md", "--json", "--format", "text"],
        &["check", "a.md", "--deny", "everything"],
        &["--zone", "Europe/Lisbonn"],
        &["a.md", "--start", "tomorrow"],
        &["a.md", "b.md"],
        &["now"],
        &["verify"],
        &["verify", "a.warroom", "--head", "3f9a-c2"],
        &["verify", "a.warroom", "--head", "not-a-head"],
        &["export", "a.warroom"],
        &["export", "a.warroom", "--to", "docx"],
        &["export", "--to", "md"],
    ];
    for arguments in wrong {
        let ran = ran(arguments);
        assert_eq!(ran.outcome, Outcome::Exit(exit::WRONG_USE), "{arguments:?}");
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{arguments:?}: {} {}", ran.out, ran.err);
    }
}

#[test]
fn without_a_command_the_window_opens_with_what_was_said() {
    let Outcome::Window(request) = ran(&["a.md", "--start", "2026-01-21T06:30", "--zone", "europe/lisbon"]).outcome
    else {
        panic!("no window");
    };
    assert_eq!(request.file.as_deref(), Some(Path::new("a.md")));
    assert_eq!(request.given.start, Some(jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0)));
    assert_eq!(request.given.zone.as_deref(), Some("Europe/Lisbon"));
    assert_eq!(ran(&[]).outcome, Outcome::Window(Request::default()));
}

#[test]
fn a_file_that_cannot_be_read_exits_2_and_the_others_are_read() {
    let folder = Folder::with(&[("good.md", QUIET)]);
    let ran = ran(&["check", &folder.path("gone.md"), &folder.path("good.md")]);
    assert_eq!(ran.outcome, Outcome::Exit(exit::UNREADABLE));
    assert!(ran.err.starts_with("There is no file ") && ran.err.lines().count() == 1, "{}", ran.err);
    assert!(ran.out.contains("2 boxes, 1 ticked, 2 imported"), "{}", ran.out);
}

#[test]
fn a_mistake_in_the_settings_exits_2_and_names_its_line() {
    let folder = Folder::with(&[("good.md", QUIET), ("war-room.toml", "version = 1\n[plan]\nservce = \"a\"\n")]);
    let ran = ran(&["check", &folder.path("good.md")]);
    assert_eq!(ran.outcome, Outcome::Exit(exit::UNREADABLE));
    assert!(ran.err.contains("war-room.toml:3: ") && ran.err.contains("service"), "{}", ran.err);
}

#[test]
fn findings_count_from_the_denied_level_on_unless_they_are_allowed() {
    let folder = Folder::with(&[("plan.md", WITHOUT_ZONE)]);
    let path = folder.path("plan.md");
    let all = ran(&["check", &path, "--json"]);
    let findings: Value = serde_json::from_str(&all.out).unwrap();
    let findings = findings["findings"].as_array().unwrap();
    let is = |level: &str| findings.iter().filter(|finding| finding["severity"] == level).count();
    assert!(is("warning") > 0 && is("error") == 0, "the time without a zone is a warning: {findings:?}");
    assert_eq!(all.outcome, Outcome::Exit(exit::GOOD));
    assert_eq!(ran(&["check", &path, "--deny", "warning"]).outcome, Outcome::Exit(exit::FINDINGS));

    let mut arguments = vec!["check", &path, "--deny", "note"];
    for finding in findings {
        arguments.extend(["--allow", finding["code"].as_str().unwrap()]);
    }
    let allowed = ran(&arguments);
    assert_eq!(allowed.outcome, Outcome::Exit(exit::GOOD));
    assert!(allowed.out.contains(&format!("{} allowed", findings.len())), "{}", allowed.out);
}

#[test]
fn a_finding_is_written_as_compilers_write_it() {
    let folder = Folder::with(&[("plan.md", WITHOUT_ZONE)]);
    let path = folder.path("plan.md");
    let out = ran(&["check", &path]).out;
    let first = out.lines().next().unwrap();
    assert!(first.starts_with(&format!("{path}:3:")), "{first}");
    assert!(first.contains(": warning ") && !out.contains('\u{1b}'), "{first}");
}

#[test]
fn one_file_gives_an_object_and_several_an_array() {
    let folder = Folder::with(&[("a.md", QUIET), ("b.md", QUIET)]);
    let one: Value = serde_json::from_str(&ran(&["check", "--json", &folder.path("a.md")]).out).unwrap();
    let fields = [
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
    for field in fields {
        assert!(one.get(field).is_some(), "{field} is missing");
    }
    assert_eq!((one["counts"]["boxes"].as_u64(), one["counts"]["ticked"].as_u64()), (Some(2), Some(1)));
    assert_eq!((one["items"][1]["state"].as_str(), one["items"][1]["line"].as_u64()), (Some("claimed"), Some(6)));
    let both = ran(&["check", "--format", "json", &folder.path("a.md"), &folder.path("b.md")]);
    let both: Value = serde_json::from_str(&both.out).unwrap();
    assert_eq!(both.as_array().map(Vec::len), Some(2));
}

#[test]
fn the_day_of_the_command_line_moves_the_texts_and_carries_its_offset() {
    let folder = Folder::with(&[("a.md", QUIET)]);
    let arguments = ["check", "--json", &folder.path("a.md"), "--start", "2026-07-30T06:30", "--zone", "Europe/Berlin"];
    let moved: Value = serde_json::from_str(&ran(&arguments).out).unwrap();
    assert_eq!(moved["start"], "2026-07-30T06:30:00+02:00");
    assert_eq!(moved["zone"], "Europe/Berlin");
}

#[test]
fn an_output_that_nobody_reads_any_more_is_no_failure() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let folder = Folder::with(&[("a.md", QUIET)]);
    let mut err = Vec::new();
    let mut streams = Streams { out: &mut Closed, err: &mut err, out_colour: false, err_colour: false };
    let arguments = ["war-room", "check", "--json", &folder.path("a.md")].map(OsString::from);
    assert_eq!(run(arguments, &mut streams), Outcome::Exit(exit::GOOD));
    assert!(err.is_empty());
}
