//! Where things are in the working tree.
//!
//! Owns: the folders' names. Must not know: what is done in them.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The working tree that xtask was started in.
#[derive(Debug)]
pub(crate) struct Tree {
    root: PathBuf,
    build: PathBuf,
}

impl Tree {
    /// Finds the tree from what Cargo says about xtask itself.
    pub(crate) fn find() -> Result<Self> {
        // Cargo sets it for `cargo run`; the one of compile time serves a binary that is started by hand.
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask's folder has no parent")?.to_path_buf();
        let executable = env::current_exe().context("xtask does not know its own path")?;
        let build = executable.parent().context("xtask's binary lies in no folder")?.to_path_buf();
        Ok(Self { root, build })
    }

    /// The repository's root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The window's sources.
    pub(crate) fn interface(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// What xtask keeps for itself: Node and tauri-driver.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// Cargo's target folder, wherever it is.
    pub(crate) fn target(&self) -> PathBuf {
        self.build.parent().map_or_else(|| self.root.join("target"), Path::to_path_buf)
    }

    /// The built program.
    pub(crate) fn program(&self) -> PathBuf {
        self.build.join("war-room")
    }

    /// Cargo, in the root. It is the Cargo that started xtask.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        command
    }

    /// `cargo VERB`, over the whole workspace with one set of features. A build of one package alone unites other features, and
    /// would build Tauri a second time.
    pub(crate) fn cargo_workspace(&self, verb: &str) -> Command {
        let mut command = self.cargo();
        command.args([verb, "--workspace", "--features", "tests/e2e"]);
        command
    }
}

/// Whether a program of this name is on the PATH.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}
