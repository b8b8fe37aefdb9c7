//! What a machine needs, and getting it.
//!
//! Owns: the order of the set-up. Must not know: what is done afterwards.

mod driver;
mod needs;
mod node;
mod root;
mod system;
mod toolchain;

use std::path::PathBuf;

use anyhow::Result;

pub(crate) use node::Node;

use crate::tree::Tree;

/// What the machine is got ready for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building and opening the window.
    Run,
    /// The tests that need no display.
    QuickTest,
    /// All tests, and pictures of the window.
    Window,
}

/// Tools that are not simply on the PATH.
#[derive(Debug)]
pub(crate) struct Tools {
    /// Node and its npm.
    pub(crate) node: Node,
    /// tauri-driver; only for [`Purpose::Window`].
    pub(crate) driver: Option<PathBuf>,
}

/// Finds what is missing, says what will be installed and why, installs it.
pub(crate) fn prepare(tree: &Tree, purpose: Purpose) -> Result<Tools> {
    let node = Node::find(tree);
    let mut needs = needs::of(purpose);
    if node.is_none() {
        needs.push(needs::npm());
    }
    system::install(tree, &needs)?;
    let node = match node {
        Some(node) => node,
        None => Node::install(tree)?,
    };
    if purpose != Purpose::Run {
        toolchain::complete(tree)?;
    }
    let driver = match purpose {
        Purpose::Window => Some(driver::install(tree)?),
        Purpose::Run | Purpose::QuickTest => None,
    };
    Ok(Tools { node, driver })
}
