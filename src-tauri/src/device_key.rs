//! The key of this laptop's device, which signs its seals and its archives.
//!
//! Owns: in which file and which keychain it is looked for, and the words for where it was found. Must not know: what is signed.

use std::path::{Path, PathBuf};

use journal::{Device, Failure, Kept};

use crate::keychain::Keychain;

/// Where the key is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceKey {
    file: PathBuf,
    keychain: Keychain,
}

impl DeviceKey {
    /// The key of the program's data in this folder.
    #[must_use]
    pub(crate) fn of(data: &Path, keychain: Keychain) -> Self {
        Self { file: crate::paths::key_in(data), keychain }
    }

    /// The file that has the key, or says that the keychain has it.
    #[must_use]
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// The device and where its key lies; made where there is none yet.
    ///
    /// # Errors
    /// The file can neither be read nor made, or does not hold what it should.
    pub(crate) fn device(&self) -> Result<(Device, Kept), Failure> {
        let (device, kept) = Device::load_or_make(&self.file, &self.keychain)?;
        match &kept {
            Kept::Vault => tracing::info!(device = device.id(), "the device's key is in the keychain"),
            Kept::File { path, why } => {
                tracing::warn!(device = device.id(), path = %path.display(), why, "the device's key lies in a file of mode 0600");
            }
            Kept::Spare { path, own, why } => {
                tracing::warn!(device = device.id(), own, path = %path.display(), why, "another key stands in for the device's own");
            }
        }
        Ok((device, kept))
    }
}

/// Who signs a room's seals, in words; both empty where nobody does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signed {
    /// Whose key it is, and where that lies.
    pub(crate) key: String,
    /// That it is not the laptop's own; empty where it is.
    pub(crate) stands_in: String,
}

impl Signed {
    /// That of a device whose key lies there.
    #[must_use]
    pub(crate) fn of(device: &str, kept: &Kept, shown: impl Fn(&Path) -> String) -> Self {
        Self { key: place(device, kept, shown), stands_in: stand_in(device, kept) }
    }
}

fn place(device: &str, kept: &Kept, shown: impl Fn(&Path) -> String) -> String {
    match kept {
        Kept::Vault => format!("{device}, in the keychain"),
        Kept::File { path, why } | Kept::Spare { path, why, .. } => {
            format!("{device}, in {}, which only you may read. The keychain: {why}.", shown(path))
        }
    }
}

/// What is said where another key signs than this laptop's own; empty where that does.
#[must_use]
pub(crate) fn stand_in(device: &str, kept: &Kept) -> String {
    match kept {
        Kept::Vault | Kept::File { .. } => String::new(),
        Kept::Spare { own, why, .. } => format!(
            "The keychain does not give this laptop's key {own} ({why}): key {device} of a file signs in its place. \
             Unlock the keychain and open the room again to have the laptop's own."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_key_lies_is_told() {
        let shown = |path: &Path| format!("~/{}", path.display());
        let why = "it is locked".to_owned();
        assert_eq!(place("3f9a", &Kept::Vault, shown), "3f9a, in the keychain");
        let file = Kept::File { path: "device.key".into(), why: why.clone() };
        let words = "3f9a, in ~/device.key, which only you may read. The keychain: it is locked.";
        assert_eq!(place("3f9a", &file, shown), words);
        assert_eq!((stand_in("3f9a", &Kept::Vault), stand_in("3f9a", &file)), (String::new(), String::new()));
        let spare = Kept::Spare { path: "device.spare.key".into(), own: "b1c2".to_owned(), why };
        assert_eq!(
            stand_in("3f9a", &spare),
            "The keychain does not give this laptop's key b1c2 (it is locked): key 3f9a of a file signs in its place. \
             Unlock the keychain and open the room again to have the laptop's own."
        );
    }
}
