//! Acting as root, and keeping the system's services still meanwhile.
//!
//! Owns: sudo, and the file that forbids packages to start their services. Must not know: which packages there are.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::steps;
use crate::tree::{Tree, on_path};

/// Debian's packages ask this file before they start a service.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// How this person becomes root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    /// They are.
    Already,
    /// Through sudo.
    Sudo,
}

impl Root {
    /// `None` where neither works.
    pub(crate) fn find() -> Option<Self> {
        let id = Command::new("id").arg("-u").output().ok()?;
        if String::from_utf8_lossy(&id.stdout).trim() == "0" {
            return Some(Self::Already);
        }
        on_path("sudo").map(|_| Self::Sudo)
    }

    /// Asks for the password now, while no step draws on the terminal.
    pub(crate) fn unlock(self) -> Result<()> {
        if self == Self::Sudo {
            let status = Command::new("sudo").arg("--validate").status().context("sudo could not be started")?;
            if !status.success() {
                bail!("sudo did not let us in; nothing was installed.");
            }
        }
        Ok(())
    }

    /// `program`, as root. Packages ask nothing.
    pub(crate) fn command(self, program: &str) -> Command {
        match self {
            Self::Already => {
                let mut command = Command::new(program);
                command.env("DEBIAN_FRONTEND", "noninteractive");
                command
            }
            Self::Sudo => {
                let mut command = Command::new("sudo");
                command.args(["env", "DEBIAN_FRONTEND=noninteractive", program]);
                command
            }
        }
    }
}

/// While it lives, no package starts a service. A file that was there before is left as it is.
#[derive(Debug)]
pub(crate) struct Stillness<'a> {
    tree: &'a Tree,
    root: Root,
    placed: bool,
}

impl<'a> Stillness<'a> {
    /// Forbids the start of services.
    pub(crate) fn begin(tree: &'a Tree, root: Root) -> Result<Self> {
        if Path::new(POLICY).exists() {
            return Ok(Self { tree, root, placed: false });
        }
        let script = format!(
            "printf '%s\\n' '#!/bin/sh' '# Placed by cargo xtask while it installs packages for tests, and removed by it.' 'exit 101' > {POLICY} && chmod 755 {POLICY}"
        );
        steps::must(tree, "forbid packages to start services", root.command("sh").args(["-c", &script]))?;
        Ok(Self { tree, root, placed: true })
    }
}

impl Drop for Stillness<'_> {
    fn drop(&mut self) {
        if self.placed {
            let removed = steps::run(self.tree, "allow services again", self.root.command("rm").args(["-f", POLICY]));
            if !removed.is_ok_and(|step| step.ok) {
                steps::say(&format!(
                    "  {POLICY} could not be removed: remove it, or no package starts its service any more."
                ));
            }
        }
    }
}
