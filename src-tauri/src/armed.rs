//! The commands that a person armed on this laptop: `armed.list`.
//!
//! A room's file can be mailed, and its log says what was armed; on another laptop that must run nothing. So a command
//! runs only where the log says that it is armed and this list says that it was armed here.
//!
//! Owns: the list and its file. Must not know: what a room's log says.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use sha2::{Digest as _, Sha256};

use crate::keep;

/// The commands that may run: the probe's name with the text, as a person armed it.
pub(crate) type Armed = BTreeSet<(String, String)>;

/// Names a command as it was armed: in which room, for which probe, its text, and the folder in which it runs.
#[must_use]
pub(crate) fn name(room: &str, probe: &str, command: &str, folder: &Path) -> String {
    let mut hash = Sha256::new();
    for part in [room.as_bytes(), probe.as_bytes(), command.as_bytes(), folder.as_os_str().as_encoded_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads the list. One that is not there is empty; what is no name in it arms nothing.
///
/// # Errors
/// A sentence for the diagnostics: nothing is armed then.
pub(crate) fn read(path: &Path) -> Result<BTreeSet<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(format!("the list of armed commands cannot be read: {error}")),
    }
}

/// Adds a name to the list in the file, or takes it out; what another window wrote there meanwhile stays.
///
/// # Errors
/// What the system says.
pub(crate) fn note(path: &Path, name: &str, is_armed: bool) -> io::Result<()> {
    let mut list = read(path).map_err(io::Error::other)?;
    if is_armed {
        list.insert(name.to_owned())
    } else {
        list.remove(name)
    };
    let text: String = list.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
    keep::write_private(path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_armed_is_read_again_and_another_command_is_not_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("armed.list");
        assert_eq!(read(&path), Ok(BTreeSet::new()));
        let armed = name("room", "lag", "lag --now", Path::new("/plans"));
        note(&path, &armed, true).unwrap();
        note(&path, &name("room", "other", "true", Path::new("/plans")), true).unwrap();
        assert!(read(&path).unwrap().contains(&armed));
        for (room, probe, command, folder) in [
            ("elsewhere", "lag", "lag --now", "/plans"),
            ("room", "la", "glag --now", "/plans"),
            ("room", "lag", "lag --later", "/plans"),
            ("room", "lag", "lag --now", "/tmp"),
        ] {
            assert!(!read(&path).unwrap().contains(&name(room, probe, command, Path::new(folder))));
        }
        note(&path, &armed, false).unwrap();
        assert_eq!(read(&path).unwrap().len(), 1);
    }
}
