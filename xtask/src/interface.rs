//! The window's own part: packages and bundle, made again only when their sources changed.
//!
//! Owns: the two stamps. Must not know: what npm's scripts do.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::setup::Node;
use crate::steps::{self, Finished};
use crate::tree::Tree;

/// What is no source of the bundle.
const NO_SOURCES: &[&str] = &["node_modules", "dist", "coverage"];

/// `npm ci`, where the lock file or Node changed since the last one. `None` where nothing was to do.
pub(crate) fn packages(tree: &Tree, node: &Node) -> Result<Option<Finished>> {
    let folder = tree.interface();
    let lock = folder.join("package-lock.json");
    let wanted = format!(
        "{}\n{}",
        node.version(),
        fs::read_to_string(&lock).with_context(|| format!("{} cannot be read", lock.display()))?
    );
    let stamp = folder.join("node_modules/.war-room-packages");
    if fs::read_to_string(&stamp).is_ok_and(|kept| kept == wanted) {
        return Ok(None);
    }
    let finished = steps::run(tree, "npm ci in ui", node.npm(&folder).args(["ci", "--no-audit", "--no-fund"]))?;
    if finished.ok {
        fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))?;
    }
    Ok(Some(finished))
}

/// `npm run build`, where a source changed since the last one. `None` where nothing was to do.
pub(crate) fn bundle(tree: &Tree, node: &Node) -> Result<Option<Finished>> {
    let folder = tree.interface();
    let wanted = digest(&folder)?;
    // Not in dist: everything that lies there is built into the program.
    let stamp = folder.join("node_modules/.war-room-bundle");
    if folder.join("dist/index.html").exists() && fs::read_to_string(&stamp).is_ok_and(|kept| kept == wanted) {
        return Ok(None);
    }
    let finished = steps::run(tree, "npm run build in ui", node.npm(&folder).args(["run", "build"]))?;
    if finished.ok {
        fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))?;
    }
    Ok(Some(finished))
}

/// A number that changes with any source of the bundle.
fn digest(folder: &Path) -> Result<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
            let entry = entry.with_context(|| format!("{} cannot be read", folder.display()))?;
            let path: PathBuf = entry.path();
            if NO_SOURCES.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(folder).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
