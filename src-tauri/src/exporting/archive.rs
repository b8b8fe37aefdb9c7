//! The archive: one plain tar with all that a room has, signed digests of it, and what it takes to verify it with nothing of
//! ours.
//! Everything in it is made from one copy of the room's file, so that its parts tell of the same moment.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use journal::{Device, Failure, To};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::manifest::{MANIFEST, Manifest, SIGNATURE};
use super::{By, Exported, Fault, Kind, RoomFile};
use crate::device_key;
use crate::keep;

/// The second verifier, which shares no code with this program.
const VERIFIER: &str = include_str!("../../../tests/verifier/verify.py");

/// What an archive says of itself.
const README: &str = "\
This is the record of a room of War Room: all that its log holds, as it was when it was exported.

  report.html      how it went, for people; opens with no network, and prints
  checklist.md     the checklist with who, when, value and reason at each box
  events.jsonl     the log, one event a line, with its chain
  samples.csv      what was measured, one row an answer; what was not seen has rows of its own
  *.warroom        the room itself, an SQLite file
  verify.py        verifies the room with Python 3.9 or newer and nothing else
  MANIFEST         the SHA-256 of each of these, of which room they are, and the key that signs it
  MANIFEST.sig     the signature of that key over MANIFEST (Ed25519)

To check all of it, here or as the tar file that it came in:

  python3 verify.py .                       that nothing was changed, who signed it, and whether the log is whole
  python3 verify.py . --head 3f9a-c27e      and complete up to a head that somebody holds

`war-room verify` does the same, and `sha256sum -c MANIFEST` looks at the digests alone. Whoever changed this archive could have
changed verify.py as well: where that is in question, take it from elsewhere.

The key is that of the laptop which exported. Whoever makes all of it anew can sign it with a key of their own: so ask whose key
it is, and ask the people of the day for the heads that their messages had, and compare them here.
";

/// Writes the archive.
pub(super) fn write(room: &Path, by: &By, writer: &mut dyn Write, beside: &Path) -> Result<Exported, Fault> {
    let parts = Parts::make(beside)?;
    let name = room.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (copy, exported) = copied(room, &parts, &name)?;
    let file = RoomFile { name: name.clone(), ..RoomFile::read(&copy)? };
    let file = RoomFile { words: exported.words.clone(), ..file };
    let at = file.events.last().map_or(0, |last| last.recorded_at.as_second());
    let mut manifest =
        Manifest { events: file.events.len() as u64, head: journal::hex(&file.hash), ..Manifest::default() };
    if let Some(room) = &file.room {
        room.opened().room.clone_into(&mut manifest.room);
    }
    let mut archive = Archive { builder: Builder::new(writer), manifest, at: at.unsigned_abs() };
    archive.text("README.txt", README)?;
    for (kind, name) in [
        (Kind::Report, "report.html"),
        (Kind::Checklist, "checklist.md"),
        (Kind::Events, "events.jsonl"),
        (Kind::Samples, "samples.csv"),
    ] {
        let path = parts.0.join(name);
        keep::write_out(&path, true, |out| file.write(kind, by, out))?;
        archive.file(name, &path)?;
        // What went into the archive needs no second place on the disk.
        fs::remove_file(&path)?;
    }
    archive.file(&name, &copy)?;
    let log = beside_of(&copy);
    if log.exists() {
        archive.file(&format!("{name}-wal"), &log)?;
    }
    archive.text("verify.py", VERIFIER)?;
    // An archive without a signature is better than none; that it has none is said.
    let found = by.key.device();
    let said = match &found {
        Ok((device, kept)) => device_key::stand_in(&device.id(), kept),
        Err(failure) => unsigned(&failure.words(To::Read, &by.key.file().display().to_string())),
    };
    archive.end(found.ok().map(|(device, _)| device).as_ref())?;
    let words = [exported.words, said].into_iter().filter(|words| !words.is_empty());
    Ok(Exported { words: words.collect::<Vec<_>>().join(" "), ..exported })
}

/// Said where nobody could sign.
fn unsigned(why: &str) -> String {
    format!("Its manifest is not signed: {why}")
}

/// The copy of which all is made: a backup, read again; of a damaged room the very bytes, for whoever looks into them.
fn copied(room: &Path, parts: &Parts, name: &str) -> Result<(PathBuf, Exported), Fault> {
    let copy = parts.0.join(name);
    let shown = room.display().to_string();
    let whole = Exported { words: String::new(), is_broken: false };
    match journal::backup(room, &copy) {
        Ok(_) => Ok((copy, whole)),
        Err(Failure::Full) => Err(Fault::Write(io::Error::from(io::ErrorKind::StorageFull))),
        Err(failure @ (Failure::Gone(_) | Failure::NotARoom(_))) => Err(Fault::Read(failure.words(To::Read, &shown))),
        Err(failure) => {
            fs::copy(room, &copy)?;
            let log = beside_of(room);
            if log.exists() {
                fs::copy(&log, beside_of(&copy))?;
            }
            let words = failure.words(To::Read, &shown);
            Ok((copy, Exported { words, is_broken: true }))
        }
    }
}

/// What SQLite has beside a file, as far as it holds anything of the room.
fn beside_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// A folder of this export alone, gone when it is dropped.
pub(super) struct Parts(pub(super) PathBuf);

impl Parts {
    pub(super) fn make(beside: &Path) -> io::Result<Self> {
        let folder = beside.join(format!(".war-room-export.{}", std::process::id()));
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        keep::make_private_folder(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!("{} stays behind: {error}", self.0.display());
        }
    }
}

/// The archive that is being written. Times and owners in it follow from the log: the same log gives the same bytes.
struct Archive<'a> {
    builder: Builder<&'a mut dyn Write>,
    manifest: Manifest,
    at: u64,
}

impl Archive<'_> {
    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        let digest = Sha256::digest(text.as_bytes());
        self.append(name, text.len(), text.as_bytes())?;
        self.noted(name, &digest);
        Ok(())
    }

    fn file(&mut self, name: &str, path: &Path) -> io::Result<()> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
        let mut hashed = Hashed { file, digest: Sha256::new() };
        self.append(name, length, &mut hashed)?;
        let digest = hashed.digest.finalize();
        self.noted(name, &digest);
        Ok(())
    }

    fn append(&mut self, name: &str, length: usize, content: impl Read) -> io::Result<()> {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_size(length as u64);
        header.set_mode(0o600);
        header.set_mtime(self.at);
        self.builder.append_data(&mut header, name, content)
    }

    fn noted(&mut self, name: &str, digest: &[u8]) {
        self.manifest.files.push((journal::hex(digest), name.to_owned()));
    }

    /// The manifest, and under it the signature of the device, where there is one.
    fn end(mut self, device: Option<&Device>) -> io::Result<()> {
        let mut manifest = std::mem::take(&mut self.manifest);
        manifest.key = device.map(|device| journal::hex(&device.public_key())).unwrap_or_default();
        let text = manifest.text();
        self.append(MANIFEST, text.len(), text.as_bytes())?;
        if let Some(device) = device {
            let signature = format!("{}\n", journal::hex(&device.sign_manifest(text.as_bytes())));
            self.append(SIGNATURE, signature.len(), signature.as_bytes())?;
        }
        self.builder.into_inner()?.flush()
    }
}

/// A file whose digest is taken while it is read.
struct Hashed {
    file: File,
    digest: Sha256,
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.digest.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}
