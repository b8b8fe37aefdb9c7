//! The verifier in Python, over many rooms in one run.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Case;

/// Reads a list of rooms, writes the list of what is found; nothing for what the program says that it cannot read. Anything
/// else that is raised ends it.
const BATCH: &str = "
import json, sqlite3, sys
import verify
def found(case):
    try:
        return verify.verify(*case)
    except (verify.NotARoom, OSError, sqlite3.Error):
        return None
json.dump([found(case) for case in json.load(sys.stdin)], sys.stdout)
";

/// Where it lies.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/verifier")
}

/// What it says of each; `None` where there is no Python.
pub(crate) fn says(cases: &[Case]) -> Option<Vec<Value>> {
    let mut command = Command::new("python3");
    command.args(["-B", "-c", BATCH]).current_dir(folder());
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        eprintln!("NOT TRIED: there is no python3 here, so nothing is said of the verifier in Python.");
        return None;
    };
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let asked: Vec<_> =
        cases.iter().map(|case| (text(&case.room), case.heads.as_deref().map(text), &case.head)).collect();
    child.stdin.take().unwrap().write_all(serde_json::to_string(&asked).unwrap().as_bytes()).unwrap();
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success(), "the verifier in Python ends with {}", answer.status);
    let found: Vec<Value> = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(found.len(), cases.len());
    Some(found)
}
