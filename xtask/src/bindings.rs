//! `cargo xtask bindings`: the window's TypeScript types, from the Rust ones.

use std::fs;
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::steps::say;
use crate::tree::Tree;

/// Writes `ui/src/ipc/bindings.ts`.
pub(crate) fn bindings(tree: &Tree) -> Result<ExitCode> {
    let path = tree.interface().join("src/ipc/bindings.ts");
    let output = tree
        .cargo_workspace("build")
        .args(["--quiet", "--bin", "bindings"])
        .status()
        .context("cargo could not be started")
        .and_then(|status| if status.success() { Ok(()) } else { bail!("The types do not build.") })
        .and_then(|()| {
            std::process::Command::new(tree.program().with_file_name("bindings"))
                .stderr(Stdio::inherit())
                .output()
                .context("the types could not be printed")
        })?;
    if !output.status.success() {
        bail!("The types could not be printed.");
    }
    if fs::read(&path).is_ok_and(|kept| kept == output.stdout) {
        say(&format!("{} is as it should be.", path.display()));
        return Ok(ExitCode::SUCCESS);
    }
    fs::write(&path, &output.stdout).with_context(|| format!("{} cannot be written", path.display()))?;
    say(&format!("{} is written.", path.display()));
    Ok(ExitCode::SUCCESS)
}
