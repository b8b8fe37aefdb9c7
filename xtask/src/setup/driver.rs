//! tauri-driver, which opens our window for WebDriver.
//!
//! Owns: its version and its place. Must not know: what is done with it.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::steps::{self, say};
use crate::tree::Tree;

/// Pinned: its capabilities changed between versions before.
const VERSION: &str = "2.1.0";

/// Installs exactly this version into `.tools`, where it is not there yet.
pub(crate) fn install(tree: &Tree) -> Result<PathBuf> {
    let program = tree.tools().join("bin/tauri-driver");
    let installed = fs::read_to_string(tree.tools().join(".crates.toml")).unwrap_or_default();
    if program.exists() && installed.contains(&format!("\"tauri-driver {VERSION} ")) {
        return Ok(program);
    }
    say(&format!(
        "tauri-driver {VERSION} opens the window for the tests. Building it for this folder only: {}",
        program.display()
    ));
    let mut cargo = tree.cargo();
    cargo
        .args(["install", "tauri-driver", "--version", &format!("={VERSION}"), "--locked", "--force", "--root"])
        .arg(tree.tools());
    steps::must(tree, "cargo install tauri-driver", &mut cargo)?;
    Ok(program)
}
