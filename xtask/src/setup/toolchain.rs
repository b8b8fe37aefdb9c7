//! The parts of the Rust toolchain that the checks need, and that a minimal one leaves out.
//!
//! Owns: rustfmt and clippy being there. Must not know: what is formatted or linted.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::steps::{self, say};
use crate::tree::{Tree, on_path};

/// Adds what is missing through rustup.
pub(crate) fn complete(tree: &Tree) -> Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(command, _)| !answers(tree.cargo().arg(command)))
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" and ");
    if on_path("rustup").is_none() {
        bail!(
            "This Rust toolchain has no {names}, and there is no rustup to add it: install it, then type the same command again."
        );
    }
    say(&format!("This Rust toolchain has no {names}, and the checks need it. Adding it with rustup."));
    let mut rustup = Command::new("rustup");
    rustup.current_dir(tree.root()).args(["component", "add"]).args(&missing);
    steps::must(tree, "rustup component add", &mut rustup)?;
    Ok(())
}

fn answers(command: &mut Command) -> bool {
    command
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
