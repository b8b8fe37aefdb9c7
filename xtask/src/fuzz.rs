//! `cargo xtask fuzz`: texts that nobody wrote, for as long as one likes.
//!
//! Owns: what is built for it and where it looks for more texts. Must not know: the laws of reading.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::interface;
use crate::setup::{self, Purpose};
use crate::steps;
use crate::tree::Tree;

/// Builds the fuzzer and lets it run in this terminal; it stops at the first text that breaks a law and keeps it.
pub(crate) fn fuzz(tree: &Tree, minutes: u64, seed: u64, folder: Option<PathBuf>) -> Result<ExitCode> {
    let tools = setup::prepare(tree, Purpose::QuickTest)?;
    // The program is one of the fuzzer's crates, and holds the window's bundle.
    for step in [interface::packages(tree, &tools.node)?, interface::bundle(tree, &tools.node)?].into_iter().flatten() {
        if !step.ok {
            bail!("{} failed.", step.name);
        }
    }
    steps::must(tree, "cargo build", tree.cargo_workspace("build").args(["--locked", "--bin", "fuzz"]))?;
    let mut fuzzer = std::process::Command::new(tree.program().with_file_name("fuzz"));
    fuzzer.arg((minutes * 60).to_string()).arg(seed.to_string()).args(folder);
    let status = fuzzer.status().context("the fuzzer could not be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
