//! Where things lie on this laptop, and how a path is written for a person.
//!
//! Owns: the folders of the XDG base directory specification. Must not know: what is kept in them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The name of the program's own folder inside each base folder.
const FOLDER: &str = "war-room";

/// The program's folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paths {
    home: Option<PathBuf>,
    config: PathBuf,
    data: PathBuf,
    state: PathBuf,
    cache: PathBuf,
}

impl Paths {
    /// The folders of the user who runs the program.
    #[must_use]
    pub(crate) fn of_this_user() -> Self {
        Self::from_environment(|name| std::env::var_os(name), std::env::home_dir())
    }

    /// The folders that the environment names. A relative path is no answer, as the specification has it, and the
    /// default counts. Without any home the folder for temporary files takes its place.
    #[must_use]
    pub(crate) fn from_environment(get: impl Fn(&str) -> Option<OsString>, home: Option<PathBuf>) -> Self {
        let absolute = |name: &str| get(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = absolute("HOME").or(home);
        let base = home.clone().unwrap_or_else(std::env::temp_dir);
        let folder = |name: &str, otherwise: &str| absolute(name).unwrap_or_else(|| base.join(otherwise)).join(FOLDER);
        Self {
            config: folder("XDG_CONFIG_HOME", ".config"),
            data: folder("XDG_DATA_HOME", ".local/share"),
            state: folder("XDG_STATE_HOME", ".local/state"),
            cache: folder("XDG_CACHE_HOME", ".cache"),
            home,
        }
    }

    /// The settings of the laptop.
    #[must_use]
    pub(crate) fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// Secrets, where the environment does not hold them.
    #[must_use]
    pub(crate) fn secrets(&self) -> PathBuf {
        self.config.join("secrets.toml")
    }

    /// The checklists that were open before.
    #[must_use]
    pub(crate) fn recent(&self) -> PathBuf {
        self.state.join("recent.toml")
    }

    /// The commands that a person armed on this laptop.
    #[must_use]
    pub(crate) fn armed(&self) -> PathBuf {
        self.state.join("armed.list")
    }

    /// Size and place of the window.
    #[must_use]
    pub(crate) fn window(&self) -> PathBuf {
        self.state.join("window.json")
    }

    /// What the web view keeps for itself; nothing of the product's.
    #[must_use]
    pub(crate) fn web_view(&self) -> PathBuf {
        self.cache.join("web-view")
    }

    /// The snapshots of long rooms, each of which can be made again.
    #[must_use]
    pub(crate) fn snapshots(&self) -> PathBuf {
        self.cache.join("rooms")
    }

    /// Where the diagnostics are written.
    #[must_use]
    pub(crate) fn state(&self) -> &Path {
        &self.state
    }

    /// Where the product's data is kept.
    #[must_use]
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// The path as a person reads it: with `~` for the home.
    #[must_use]
    pub(crate) fn shown(&self, path: &Path) -> String {
        match self.home.as_deref().and_then(|home| path.strip_prefix(home).ok()) {
            Some(below) if below.as_os_str().is_empty() => "~".to_owned(),
            Some(below) => format!("~/{}", below.display()),
            None => path.display().to_string(),
        }
    }
}

/// The folder of the rooms of this laptop, in the folder of the program's data.
#[must_use]
pub(crate) fn rooms_in(data: &Path) -> PathBuf {
    data.join("rooms")
}

/// The list of sealed heads, in the folder of the program's data.
#[must_use]
pub(crate) fn heads_in(data: &Path) -> PathBuf {
    data.join("heads.log")
}

/// The key of this device, in the folder of the program's data.
#[must_use]
pub(crate) fn key_in(data: &Path) -> PathBuf {
    data.join("device.key")
}

/// Who is logged in, as the environment tells it, else the system: acts in a room are theirs until a person is chosen.
#[must_use]
pub(crate) fn login(get: impl Fn(&str) -> Option<OsString>, system: impl FnOnce() -> Option<String>) -> String {
    let names = ["USER", "LOGNAME"].into_iter().filter_map(get);
    let mut names = names.filter_map(|name| name.into_string().ok()).filter(|name| !name.trim().is_empty());
    names.next().or_else(system).unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(variables: &[(&str, &str)]) -> Paths {
        Paths::from_environment(
            |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value)),
            None,
        )
    }

    #[test]
    fn the_environment_counts_and_a_relative_path_does_not() {
        let found = paths(&[("HOME", "/home/mk"), ("XDG_CONFIG_HOME", "/etc/mk"), ("XDG_STATE_HOME", "relative")]);
        assert_eq!(found.settings(), Path::new("/etc/mk/war-room/settings.toml"));
        assert_eq!(found.recent(), Path::new("/home/mk/.local/state/war-room/recent.toml"));
    }

    #[test]
    fn the_home_is_written_as_a_tilde() {
        let found = paths(&[("HOME", "/home/mk")]);
        assert_eq!(found.shown(Path::new("/home/mk/plans/a.md")), "~/plans/a.md");
        assert_eq!(found.shown(Path::new("/home/mkx/a.md")), "/home/mkx/a.md");
        assert_eq!(found.shown(found.data()), "~/.local/share/war-room");
    }

    #[test]
    fn whoever_is_logged_in_is_named_by_the_environment() {
        let of = |user: &'static str, logname: &'static str| {
            login(move |name| Some(OsString::from(if name == "USER" { user } else { logname })), || None)
        };
        assert_eq!(of("mk", "other"), "mk");
        assert_eq!(of("", "mk"), "mk");
        assert_eq!(login(|_| None, || Some("root".to_owned())), "root");
        assert_eq!(login(|_| None, || None), "unknown");
    }
}
