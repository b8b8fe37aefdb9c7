//! `cargo xtask run`: everything that stands between a fresh clone and the open window.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::display;
use crate::interface;
use crate::setup::{self, Purpose};
use crate::steps::{self, say, seconds};
use crate::tree::Tree;

/// Builds, and becomes the program.
pub(crate) fn run(tree: &Tree, checklist: Option<PathBuf>) -> Result<ExitCode> {
    let started = Instant::now();
    let tools = setup::prepare(tree, Purpose::Run)?;
    for step in [interface::packages(tree, &tools.node)?, interface::bundle(tree, &tools.node)?].into_iter().flatten() {
        if !step.ok {
            bail!("{} failed.", step.name);
        }
    }
    steps::must(tree, "cargo build", tree.cargo_workspace("build").args(["--bin", "war-room"]))?;

    if !display::is_here() {
        say(&format!("Built in {}: {}", seconds(started.elapsed()), tree.program().display()));
        say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), and so no window is opened.");
        say("The drill runs without one, ten times as fast as the wall; nothing of it leaves this machine:");
        let mut drill = Command::new(tree.program());
        drill.args(["drill", "--headless", "--speed", "10"]);
        if let Some(path) = checklist {
            drill.arg("--checklist").arg(path);
        }
        let status = drill.status().with_context(|| format!("{} could not be started", tree.program().display()))?;
        say(if status.success() { "The drill is over." } else { "The drill could not be played: see above." });
        return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    say(&format!("The window opens, {} after the command was typed.", seconds(started.elapsed())));
    // The person's own folder is kept: a relative path means what it meant where it was typed.
    let mut program = Command::new(tree.program());
    program.args(checklist);
    become_program(&mut program)
}

#[cfg(unix)]
fn become_program(program: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    // Comes back only when it failed.
    let error = program.exec();
    Err(error).with_context(|| format!("{} could not be started", program.get_program().to_string_lossy()))
}

#[cfg(not(unix))]
fn become_program(program: &mut Command) -> Result<ExitCode> {
    let status = program
        .status()
        .with_context(|| format!("{} could not be started", program.get_program().to_string_lossy()))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
