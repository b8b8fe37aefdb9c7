//! An archive that comes back: whether its files are what its manifest says, and who signed that. Nothing of it is written
//! but into a folder of its own, which is gone afterwards.
//!
//! Owns: what is held against what. Must not know: whether the log inside is whole; that is the journal's to say.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use journal::{hex, is_manifest_signed};
use sha2::{Digest, Sha256};

use super::archive::Parts;
use super::manifest::{MANIFEST, Manifest, SIGNATURE};

/// An archive as it was found.
pub(crate) struct Checked {
    /// The first file that is not what the manifest says, and why; `None` where all are.
    pub(crate) first_bad: Option<(String, String)>,
    /// The key that signed the manifest, in hexadecimal digits; `None` where nobody did.
    pub(crate) key: Option<String>,
    /// How many files the manifest vouches for.
    pub(crate) files: usize,
    /// The room in it; `None` where there is none.
    pub(crate) room: Option<PathBuf>,
    /// The room's name, how many events it has, and its head in hexadecimal digits, as the manifest says.
    pub(crate) said: (String, u64, String),
    /// Where it was unpacked, until this is dropped.
    _parts: Option<Parts>,
}

/// Whether a path is an archive: a tar file, or a folder with a manifest.
pub(crate) fn is_archive(path: &Path) -> bool {
    if path.is_dir() {
        return path.join(MANIFEST).exists();
    }
    let mark = File::open(path).and_then(|mut file| {
        let mut mark = [0; 5];
        file.seek(SeekFrom::Start(257))?;
        file.read_exact(&mut mark)?;
        Ok(mark)
    });
    mark.is_ok_and(|mark| mark == *b"ustar")
}

/// Holds an archive against its manifest.
///
/// # Errors
/// It cannot be read, or cannot be unpacked.
pub(crate) fn check(path: &Path) -> io::Result<Checked> {
    if path.is_dir() {
        return Ok(of_folder(path, None));
    }
    let parts = Parts::make(&std::env::temp_dir())?;
    let bad = unpack(path, &parts.0)?;
    let mut checked = of_folder(&parts.0, bad);
    checked._parts = Some(parts);
    Ok(checked)
}

/// Unpacks what has a plain name; the first that has none, or one that was there, is named.
fn unpack(path: &Path, folder: &Path) -> io::Result<Option<(String, String)>> {
    let mut archive = tar::Archive::new(File::open(path)?);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() || !is_plain(&name) {
            return Ok(Some((name, "it is no plain file, as an archive of War Room has them alone".to_owned())));
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(&name));
        match file {
            Ok(mut file) => io::copy(&mut entry, &mut file)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Ok(Some((name, "it is in the archive twice".to_owned())));
            }
            Err(error) => return Err(error),
        };
    }
    Ok(None)
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\0'])
}

fn of_folder(folder: &Path, bad: Option<(String, String)>) -> Checked {
    let mut checked = Checked {
        first_bad: bad,
        key: None,
        files: 0,
        room: None,
        said: (String::new(), 0, String::new()),
        _parts: None,
    };
    let text = match fs::read_to_string(folder.join(MANIFEST)) {
        Ok(text) => text,
        Err(error) => return checked.bad(MANIFEST, unread(&error)),
    };
    let manifest = match Manifest::parse(&text) {
        Ok(manifest) => manifest,
        Err(why) => return checked.bad(MANIFEST, why),
    };
    checked.files = manifest.files.len();
    checked.said = (manifest.room.clone(), manifest.events, manifest.head.clone());
    let room = manifest.files.iter().find(|(_, name)| name.ends_with(".warroom") && is_plain(name));
    checked.room = room.map(|(_, name)| folder.join(name)).filter(|room| room.exists());
    match signed(folder, &manifest, &text) {
        Ok(key) => checked.key = key,
        Err(why) => return checked.bad(SIGNATURE, why),
    }
    for (digest, name) in &manifest.files {
        if !is_plain(name) {
            return checked.bad(name, "the manifest names what is no file of an archive".to_owned());
        }
        match digest_of(&folder.join(name)) {
            Ok(found) if found == *digest => {}
            Ok(_) => return checked.bad(name, "its SHA-256 is not what the manifest says".to_owned()),
            Err(error) => return checked.bad(name, unread(&error)),
        }
    }
    let listed: BTreeSet<&str> = manifest.files.iter().map(|(_, name)| name.as_str()).collect();
    match names_in(folder) {
        Ok(names) => {
            let other = names
                .into_iter()
                .find(|name| ![MANIFEST, SIGNATURE].contains(&name.as_str()) && !listed.contains(name.as_str()));
            match other {
                Some(other) => checked.bad(&other, "the manifest does not name it".to_owned()),
                None => checked,
            }
        }
        Err(error) => checked.bad(MANIFEST, unread(&error)),
    }
}

impl Checked {
    /// Of several things that are wrong the first counts.
    fn bad(mut self, name: &str, why: String) -> Self {
        self.first_bad.get_or_insert((name.to_owned(), why));
        self
    }

    /// Whether the device that signed wrote any event of the room.
    pub(crate) fn signer_wrote(&self) -> bool {
        let Some((key, room)) = self.key.as_ref().zip(self.room.as_ref()) else { return false };
        let device = key.get(..16).unwrap_or_default();
        journal::rows(room).is_ok_and(|rows| rows.iter().any(|row| row.device == device))
    }
}

/// The key under the manifest; `None` where it says that nobody signed, and nobody did.
fn signed(folder: &Path, manifest: &Manifest, text: &str) -> Result<Option<String>, String> {
    let signature = match fs::read_to_string(folder.join(SIGNATURE)) {
        Ok(signature) => signature,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if manifest.key.is_empty() { Ok(None) } else { Err(unread(&error)) };
        }
        Err(error) => return Err(unread(&error)),
    };
    let (key, signature) = (bytes_of(&manifest.key), bytes_of(signature.trim_end_matches('\n')));
    match key.zip(signature) {
        Some((key, signature)) if is_manifest_signed(&key, text.as_bytes(), &signature) => Ok(Some(hex(&key))),
        _ => Err("it is not the signature of the key that the manifest names over the manifest as it is".to_owned()),
    }
}

/// In words of our own, which the second verifier has as well.
fn unread(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound { "it is missing" } else { "it cannot be read" }.to_owned()
}

fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    let pairs = digits.chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2 && !pair.starts_with('+'))?;
        u8::from_str_radix(pair, 16).ok()
    });
    pairs.collect()
}

fn digest_of(path: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut file = File::open(path)?;
    let mut part = vec![0; 65_536];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hex(&digest.finalize())),
            count => digest.update(part.get(..count).unwrap_or_default()),
        }
    }
}

fn names_in(folder: &Path) -> io::Result<BTreeSet<String>> {
    let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    fs::read_dir(folder)?.map(name).collect()
}
