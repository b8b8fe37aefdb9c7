//! The checklists that were open before: `recent.toml`.
//!
//! Owns: the list and its file. A file that is gone stays in the list and says so when it is opened: it may only be on a
//! stick that is not plugged in. Must not know: what a checklist holds.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::keep;

/// How many are kept: as many as the start window shows.
pub(crate) const KEPT: usize = 8;

/// A checklist that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recent {
    /// Its title.
    pub(crate) title: String,
    /// Its absolute path.
    pub(crate) path: PathBuf,
    /// When it was opened last.
    pub(crate) opened: Timestamp,
}

impl Recent {
    /// Names it for the window, without saying its path.
    #[must_use]
    pub(crate) fn id(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.path.hash(&mut hasher);
        format!("recent-{:016x}", hasher.finish())
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    #[serde(default)]
    checklist: Vec<Recent>,
}

/// Reads the list, the latest first.
///
/// # Errors
/// A sentence for the diagnostics: a list that cannot be read is no reason to bother anybody, nor to lose it, so it is
/// set aside under another name.
pub(crate) fn read(path: &Path) -> Result<Vec<Recent>, String> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("the list of recent checklists cannot be read: {error}")),
    };
    match toml::from_str::<File>(&text) {
        Ok(mut file) => {
            file.checklist.truncate(KEPT);
            Ok(file.checklist)
        }
        Err(error) => {
            let aside = path.with_extension("toml.broken");
            let outcome = match fs::rename(path, &aside) {
                Ok(()) => format!("it was set aside as {}", aside.display()),
                Err(error) => format!("and it cannot be set aside: {error}"),
            };
            Err(format!("the list of recent checklists is broken ({}); {outcome}", error.message()))
        }
    }
}

/// Puts a checklist at the head of the list; the one that was opened longest ago drops out.
pub(crate) fn remember(list: &mut Vec<Recent>, newest: Recent) {
    list.retain(|known| known.path != newest.path);
    list.insert(0, newest);
    list.truncate(KEPT);
}

/// Writes the list. A path that is no UTF-8 cannot stand in the file and is left out of it.
///
/// # Errors
/// What the system says.
pub(crate) fn write(path: &Path, list: &[Recent]) -> io::Result<()> {
    let file = File { checklist: list.iter().filter(|recent| recent.path.to_str().is_some()).cloned().collect() };
    let text = toml::to_string(&file).map_err(io::Error::other)?;
    keep::write_private(path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recent(name: &str) -> Recent {
        Recent {
            title: name.to_owned(),
            path: PathBuf::from(format!("/plans/{name}.md")),
            opened: "2026-01-20T15:02:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn eight_are_kept_the_latest_first_and_each_once() {
        let mut list = Vec::new();
        for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "b"] {
            remember(&mut list, recent(name));
        }
        let names: Vec<_> = list.iter().map(|recent| recent.title.as_str()).collect();
        assert_eq!(names, ["b", "i", "h", "g", "f", "e", "d", "c"]);
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recent.toml");
        let list = vec![recent("a"), recent("b \"quoted\"")];
        write(&path, &list).unwrap();
        assert_eq!(read(&path).unwrap(), list);
    }

    #[test]
    fn a_broken_list_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recent.toml");
        fs::write(&path, "checklist = 7").unwrap();
        assert!(read(&path).unwrap_err().contains("set aside"));
        assert_eq!(read(&path).unwrap(), Vec::new());
        assert_eq!(fs::read_to_string(folder.path().join("recent.toml.broken")).unwrap(), "checklist = 7");
    }
}
