//! Secrets by their names.
//!
//! Owns: where the value behind `secret:NAME` comes from: the environment, else a file that its owner alone may read.
//! Must not know: what a secret is for. No value is ever shown, logged or kept anywhere else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where secrets are looked for.
#[derive(Debug, Clone)]
pub(crate) struct Secrets {
    file: PathBuf,
}

impl Secrets {
    /// Secrets of the environment and of this file, a TOML of names and values.
    #[must_use]
    pub(crate) fn at(file: PathBuf) -> Self {
        Self { file }
    }

    /// The value behind a name.
    #[must_use]
    pub(crate) fn find(&self, name: &str) -> Option<String> {
        let variable = variable(name);
        if let Some(value) = std::env::var(&variable).ok().filter(|value| !value.is_empty()) {
            tracing::info!(name, variable, "a secret comes from the environment");
            return Some(value);
        }
        let value = of_file(&self.file, name)?;
        tracing::info!(name, file = %self.file.display(), "a secret comes from the file");
        Some(value)
    }
}

/// The environment's name for a secret: `WAR_ROOM_SECRET_SLACK_TEAM` for `slack-team`.
fn variable(name: &str) -> String {
    format!("WAR_ROOM_SECRET_{}", name.to_uppercase().replace('-', "_"))
}

fn of_file(file: &Path, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    if !is_private(file) {
        tracing::warn!(file = %file.display(), "secrets in a file that others may read are not used: chmod 600 it");
        return None;
    }
    match toml::from_str::<BTreeMap<String, String>>(&text) {
        Ok(mut secrets) => secrets.remove(name).filter(|value| !value.is_empty()),
        Err(error) => {
            // The text holds secrets: only the place of the mistake is told.
            tracing::warn!(file = %file.display(), span = ?error.span(), "the file of secrets is no TOML");
            None
        }
    }
}

#[cfg(unix)]
fn is_private(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|about| about.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_gives_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets.toml");
        std::fs::write(&file, "prometheus = \"s3cret\"\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let secrets = Secrets::at(file.clone());
        assert_eq!(secrets.find("prometheus"), None);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(secrets.find("prometheus").as_deref(), Some("s3cret"));
        assert_eq!(secrets.find("other"), None);
    }

    #[test]
    fn the_environment_has_names_of_its_own() {
        assert_eq!(variable("slack-team"), "WAR_ROOM_SECRET_SLACK_TEAM");
    }
}
