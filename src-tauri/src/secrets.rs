//! Secrets by their names.
//!
//! Owns: where the value behind `secret:NAME` comes from: the keychain, else the environment, else a
//! file that its owner alone may read.
//! Must not know: what a secret is for. No value is ever shown, logged or kept anywhere else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use journal::Vault;
use room::Fault;

use crate::keychain::Keychain;

/// Where secrets are looked for.
#[derive(Debug, Clone)]
pub(crate) struct Secrets {
    file: PathBuf,
    keychain: Keychain,
}

impl Secrets {
    /// Secrets of the environment and of this file, a TOML of names and values.
    #[must_use]
    pub(crate) fn at(file: PathBuf) -> Self {
        Self { file, keychain: Keychain::none() }
    }

    /// The same, and before all those of a keychain.
    #[must_use]
    pub(crate) fn and_in(self, keychain: Keychain) -> Self {
        Self { keychain, ..self }
    }

    /// The value behind a name.
    ///
    /// # Errors
    /// The fault that everything has which needs it: it is nowhere, or its file is not used.
    pub(crate) fn find(&self, name: &str) -> Result<String, Fault> {
        match self.keychain.get(name) {
            Ok(Some(value)) if !value.is_empty() => {
                tracing::info!(name, "a secret comes from the keychain");
                return Ok(value);
            }
            Ok(_) => {}
            Err(words) => tracing::info!(name, words, "the keychain is not asked for a secret"),
        }
        let variable = variable(name);
        if let Some(value) = std::env::var(&variable).ok().filter(|value| !value.is_empty()) {
            tracing::info!(name, variable, "a secret comes from the environment");
            return Ok(value);
        }
        let value = of_file(&self.file, name).map_err(|words| {
            tracing::warn!(name, file = %self.file.display(), "{words}");
            Fault::BadSettings { words }
        })?;
        let value = value.ok_or_else(|| Fault::NoSecret { name: name.to_owned(), variable })?;
        tracing::info!(name, file = %self.file.display(), "a secret comes from the file");
        Ok(value)
    }
}

/// The environment's name for a secret: `WAR_ROOM_SECRET_SLACK_TEAM` for `slack-team`.
fn variable(name: &str) -> String {
    format!("WAR_ROOM_SECRET_{}", name.to_uppercase().replace('-', "_"))
}

/// The value in the file; nothing where there is none, and a sentence where the file is not used.
fn of_file(file: &Path, name: &str) -> Result<Option<String>, String> {
    let shown = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{shown} cannot be read ({error})")),
    };
    if !is_private(file) {
        return Err(format!("{shown} may be read by others, and is not used: chmod 600 it"));
    }
    match toml::from_str::<BTreeMap<String, String>>(&text) {
        Ok(mut secrets) => Ok(secrets.remove(name).filter(|value| !value.is_empty())),
        Err(error) => {
            // The text holds secrets: only the place of the mistake is told.
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map(|before| format!(", line {}", before.matches('\n').count() + 1)).unwrap_or_default();
            Err(format!("{shown} is no list of names and values in quotes{line}"))
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
    fn a_file_that_is_not_used_says_why() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets.toml");
        std::fs::write(&file, "prometheus = \"s3cret\"\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let secrets = Secrets::at(file.clone());
        let words = |secrets: &Secrets, name: &str| secrets.find(name).unwrap_err().to_string();
        let sentence = "secrets.toml may be read by others, and is not used: chmod 600 it";
        assert_eq!(words(&secrets, "prometheus"), sentence);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(secrets.find("prometheus"), Ok("s3cret".to_owned()));
        let missing = "the secret other is not there: set WAR_ROOM_SECRET_OTHER, or write it into secrets.toml";
        assert_eq!(words(&secrets, "other"), missing);
        std::fs::write(&file, "other = \"a\"\nprometheus = s3cret\n").unwrap();
        let broken = words(&secrets, "prometheus");
        assert_eq!(broken, "secrets.toml is no list of names and values in quotes, line 2");
    }

    #[test]
    fn the_keychain_comes_first_and_a_locked_one_stops_nothing() {
        use std::os::unix::fs::PermissionsExt;
        use std::sync::atomic::Ordering;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets.toml");
        std::fs::write(&file, "team = \"of the file\"\nonly-here = \"a\"\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let (keychain, is_locked) = Keychain::in_memory();
        keychain.set("team", "of the keychain").unwrap();
        let secrets = Secrets::at(file).and_in(keychain);
        assert_eq!(secrets.find("team"), Ok("of the keychain".to_owned()));
        assert_eq!(secrets.find("only-here"), Ok("a".to_owned()));
        is_locked.store(true, Ordering::SeqCst);
        assert_eq!(secrets.find("team"), Ok("of the file".to_owned()));
    }

    #[test]
    fn the_environment_has_names_of_its_own() {
        assert_eq!(variable("slack-team"), "WAR_ROOM_SECRET_SLACK_TEAM");
    }
}
