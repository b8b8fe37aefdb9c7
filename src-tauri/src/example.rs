//! The bundled example: a checklist with its settings, to look around in and to drill.

use std::io;
use std::path::Path;

use crate::keep;
use crate::source;

/// The checklist.
pub(crate) const TEXT: &str = include_str!("../../examples/deployment.md");

/// The settings beside it.
pub(crate) const SETTINGS: &str = include_str!("../../examples/war-room.toml");

/// The checklist's file name.
pub(crate) const FILE: &str = "deployment.md";

/// Lays the example, so that a person can look at it and change it: what is there stays.
///
/// # Errors
/// What the system says; half a file is never left.
pub(crate) fn lay(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        keep::make_private_folder(folder)?;
    }
    let new = |path: &Path, text: &str| match keep::write_new(path, text) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        written => written,
    };
    new(path, TEXT)?;
    new(&path.with_file_name(source::SETTINGS), SETTINGS)
}
