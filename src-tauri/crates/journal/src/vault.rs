//! Where a device's key is kept: in a vault of the system, its keychain, else in a file that its owner alone may read.
//!
//! Owns: which of the two it is, the way from the file into the vault, and what is done where the vault does not give the key.
//! Must not know: which vault.
//!
//! The file `device.key` is there either way. It holds the key itself in 64 hexadecimal digits, or `keychain` and the public
//! key: so a vault that is locked is never taken for a laptop that has no key yet.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::chain::{hex, unhex};
use crate::device::{Device, id_of, random};
use crate::failure::Failure;

/// Begins the file of a device whose key is in the vault.
const IN_VAULT: &str = "keychain ";

/// What keeps secrets for this user under names: the system's keychain.
pub trait Vault {
    /// The secret of that name; `None` where the vault has none.
    ///
    /// # Errors
    /// In words, why it does not answer.
    fn get(&self, name: &str) -> Result<Option<String>, String>;

    /// Keeps a secret under that name, in place of the one before it.
    ///
    /// # Errors
    /// In words, why it does not keep it.
    fn set(&self, name: &str, secret: &str) -> Result<(), String>;
}

/// Where the key of a device lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// In the vault.
    Vault,
    /// In its file, and why not in the vault, in words.
    File {
        /// The file.
        path: PathBuf,
        /// Why the vault does not have it.
        why: String,
    },
    /// The vault does not give this laptop's own key: another one, of a file, stands in for it until it does.
    Spare {
        /// The file of the one that stands in.
        path: PathBuf,
        /// The device whose key the vault has.
        own: String,
        /// Why it does not give it, in words.
        why: String,
    },
}

impl Kept {
    /// Where a key lies that was to go into the vault.
    fn after(moved: Result<(), String>, path: &Path) -> Self {
        moved.map_or_else(|why| Self::File { path: path.to_owned(), why }, |()| Self::Vault)
    }
}

impl Device {
    /// This laptop's device. A key that is not there yet is made by chance; one that lies in the file at `path` moves into the
    /// vault, where that takes it and gives it back.
    ///
    /// # Errors
    /// The file can neither be read nor made, or does not hold what it should.
    pub fn load_or_make(path: &Path, vault: &dyn Vault) -> Result<(Self, Kept), Failure> {
        match fs::read_to_string(path) {
            Ok(text) => Self::of_text(text.trim(), path, vault),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(no_key(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let device = Self::from_seed(random()?);
                let handed = hand_over(&device, vault);
                let own = if handed.is_ok() { marker(&device) } else { line(&device) };
                write(path, &own, Taken::Stays)?;
                // What holds is what lies there: another program may have been a moment earlier.
                let text = fs::read_to_string(path).map_err(|error| Failure::of_io(&error, path))?;
                if text != own {
                    return Self::of_text(text.trim(), path, vault);
                }
                Ok((device, Kept::after(handed, path)))
            }
            Err(error) => Err(Failure::of_io(&error, path)),
        }
    }

    fn of_text(text: &str, path: &Path, vault: &dyn Vault) -> Result<(Self, Kept), Failure> {
        if let Some(public) = text.strip_prefix(IN_VAULT) {
            let public = unhex(public).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let public = public.ok_or_else(|| no_key(path))?;
            return match fetch(&public, vault) {
                Ok(device) => Ok((device, Kept::Vault)),
                Err(why) => Self::spare(path, id_of(&public), why),
            };
        }
        let seed = unhex(text).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let device = Self::from_seed(seed.ok_or_else(|| no_key(path))?);
        let moved = hand_over(&device, vault)
            .and_then(|()| write(path, &marker(&device), Taken::IsReplaced).map_err(|failure| format!("{failure}")));
        Ok((device, Kept::after(moved, path)))
    }

    /// What stands in for a device whose key the vault does not give. Its file stays: the next time it is the same one.
    fn spare(path: &Path, own: String, why: String) -> Result<(Self, Kept), Failure> {
        let path = path.with_extension("spare.key");
        if !path.exists() {
            write(&path, &line(&Self::from_seed(random()?)), Taken::Stays)?;
        }
        let text = fs::read_to_string(&path).map_err(|error| Failure::of_io(&error, &path))?;
        let seed = unhex(text.trim()).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let device = Self::from_seed(seed.ok_or_else(|| no_key(&path))?);
        Ok((device, Kept::Spare { path, own, why }))
    }
}

/// Puts a key into the vault and looks whether it is there.
fn hand_over(device: &Device, vault: &dyn Vault) -> Result<(), String> {
    vault.set(&name(&device.id()), &hex(device.seed()))?;
    fetch(&device.public_key(), vault).map(|_| ())
}

/// The device of a public key, by the vault's secret.
fn fetch(public: &[u8; 32], vault: &dyn Vault) -> Result<Device, String> {
    let secret = vault.get(&name(&id_of(public)))?.ok_or_else(|| "it has no such entry".to_owned())?;
    let seed = unhex(secret.trim()).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).map(Device::from_seed);
    seed.filter(|device| device.public_key() == *public).ok_or_else(|| "its entry holds another key".to_owned())
}

/// Under which name the vault has a key.
fn name(device: &str) -> String {
    format!("device {device}")
}

fn line(device: &Device) -> String {
    format!("{}\n", hex(device.seed()))
}

fn marker(device: &Device) -> String {
    format!("{IN_VAULT}{}\n", hex(&device.public_key()))
}

fn no_key(path: &Path) -> Failure {
    Failure::Other {
        path: path.to_owned(),
        words: "it holds no key of 64 hexadecimal digits; move it away to have a new one made".to_owned(),
    }
}

/// What becomes of a file that is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Stays,
    IsReplaced,
}

/// Writes a file of a key whole or not at all, synced, by way of one beside it.
fn write(path: &Path, text: &str, taken: Taken) -> Result<(), Failure> {
    let failure = |error: io::Error| Failure::of_io(&error, path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failure)?;
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    // What a killed program left under this name is nobody's.
    let _ = fs::remove_file(&beside);
    let written = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all())?;
        if taken == Taken::IsReplaced {
            return fs::rename(&beside, path);
        }
        match fs::hard_link(&beside, path) {
            // A file system without links, or one that does not take this one: then the name is all that is looked at.
            Err(_) if !path.exists() => fs::rename(&beside, path),
            _ => fs::remove_file(&beside),
        }
    };
    let done = written();
    if done.is_err() {
        // The first fault is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    done.and_then(|()| File::open(folder)?.sync_all()).map_err(failure)
}

#[cfg(test)]
mod tests;
