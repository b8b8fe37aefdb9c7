//! Folders of a test's own for whatever the program keeps.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The variables that say where a program keeps things.
const VARIABLES: [&str; 4] = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"];

/// A home that is gone with this value.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
    more: Vec<(&'static str, PathBuf)>,
}

impl Home {
    /// An empty one.
    ///
    /// # Errors
    /// Where no folder for temporary files can be written.
    pub fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("war-room-test-").tempdir()?;
        for name in VARIABLES {
            fs::create_dir_all(folder.path().join(name))?;
        }
        Ok(Self { folder, more: Vec::new() })
    }

    /// The same, with more in the program's environment: a desktop's, for instance.
    #[must_use]
    pub fn with(mut self, variables: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.more.extend(variables.into_iter().map(|(name, value)| (name, PathBuf::from(value))));
        self
    }

    /// Its folder; files of the test may lie in it.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What to set in the program's environment.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, PathBuf)> + '_ {
        VARIABLES.into_iter().map(|name| (name, self.folder.path().join(name))).chain(self.more.iter().cloned())
    }

    /// Writes a file into it and says where.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> io::Result<PathBuf> {
        let path = self.folder.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, content)?;
        Ok(path)
    }
}
