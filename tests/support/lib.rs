//! What the tests share: where things are, folders of their own for the program, and inputs good and bad.
//!
//! Owns: nothing of the product. Must not know: how a window is driven (that is `e2e`'s).

pub mod around;
pub mod bad_inputs;
pub mod bare;
pub mod boxes;
pub mod bus;
pub mod home;
pub mod long;
pub mod long_text;
pub mod measure;
pub mod observed;
pub mod other_day;
pub mod reading;
pub mod reference;
pub mod watched;

use std::env;
use std::path::{Path, PathBuf};

/// The repository's root.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The built program: `cargo xtask test` names it, and by hand it is the one that `cargo build` makes.
#[must_use]
pub fn program() -> PathBuf {
    env::var_os("WAR_ROOM_PROGRAM").map_or_else(|| root().join("target/debug/war-room"), PathBuf::from)
}

/// The real checklist, which lies beside the repository where it is worked on, and not in it. Says so where it is not there.
#[must_use]
#[allow(clippy::print_stdout, reason = "a test that is left out says so in its output")]
pub fn real_checklist() -> Option<PathBuf> {
    let path = root().join("../shared/checklists/production-deployment.md");
    match path.canonicalize() {
        Ok(path) => Some(path),
        Err(error) => {
            println!("The real checklist is not here, and what needs it is left out: {} ({error})", path.display());
            None
        }
    }
}
