//! `cargo xtask screenshots`: pictures of every screen of the real window.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::interface;
use crate::setup::{self, Purpose};
use crate::steps::{self, say};
use crate::test;
use crate::tree::Tree;

/// Builds, opens each screen in the sizes and colours that the end-to-end tests know, and keeps the pictures in `out`.
pub(crate) fn screenshots(tree: &Tree, out: Option<PathBuf>, checklist: Option<PathBuf>) -> Result<ExitCode> {
    let out = out.map_or_else(|| Ok(tree.target().join("screenshots")), |out| absolute(&out))?;
    let checklist = checklist.map(|path| absolute(&path)).transpose()?;
    fs::create_dir_all(&out).with_context(|| format!("{} cannot be made", out.display()))?;
    let tools = setup::prepare(tree, Purpose::Window)?;
    for step in [interface::packages(tree, &tools.node)?, interface::bundle(tree, &tools.node)?].into_iter().flatten() {
        if !step.ok {
            bail!("{} failed.", step.name);
        }
    }
    steps::must(tree, "cargo build", tree.cargo_workspace("build").args(["--bin", "war-room"]))?;
    let finished = test::in_window(tree, &tools, "pictures of the real window", |command| {
        command
            .args(["--include-ignored", "pictures", "drill::a_newcomer", "whole_day::"])
            .env("WAR_ROOM_PICTURES", &out);
        if let Some(checklist) = checklist {
            command.env("WAR_ROOM_CHECKLIST", checklist);
        }
    })?;
    if !finished.ok {
        bail!("The pictures could not be taken.");
    }
    let count = fs::read_dir(&out).with_context(|| format!("{} cannot be read", out.display()))?.count();
    say(&format!("{count} pictures are in {}", out.display()));
    Ok(ExitCode::SUCCESS)
}

/// The end-to-end tests run in another folder than the person.
fn absolute(path: &Path) -> Result<PathBuf> {
    Ok(env::current_dir().context("this folder is gone")?.join(path))
}
