//! Writing a small file of the laptop so that it is either the old one or the new one, and nobody else's to read.
//!
//! Owns: the write. Must not know: what is written.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Writes `text` to `path`, mode 0600, by way of a file beside it that is synced and then takes its place. Folders
/// that are missing are made with mode 0700. Where `path` is a link, what it leads to is replaced, not the link.
///
/// # Errors
/// What the system says; the old file is then untouched.
pub(crate) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    make_private_folder(folder)?;
    let mut beside = target.clone().into_os_string();
    beside.push(format!(".{}.new", std::process::id()));
    let written = write_and_rename(Path::new(&beside), &target, text);
    if written.is_err() {
        // The first fault is the one to tell; a leftover that cannot be removed either changes nothing about it.
        let _ = fs::remove_file(&beside);
    }
    written?;
    File::open(folder)?.sync_all()
}

/// Writes `text` to a new file, mode 0600: it holds all of it or is not there, and what was there before is never
/// replaced.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where the name is taken; else what the system says.
pub(crate) fn write_new(path: &Path, text: &str) -> io::Result<()> {
    // Takes the name, so that what is replaced below is this empty file and never another's.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = write_private(path, text);
    if written.is_err() {
        // Half a file is worse than none; the first fault is the one to tell.
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes a file of any length, mode 0600, by way of one beside it that is synced and then takes its place; `is_new` where
/// what is there already must stay. `write` fills it; where that fails, or the disk is full, nothing is left behind.
///
/// # Errors
/// What `write` says, or the system; [`io::ErrorKind::AlreadyExists`] where the name is taken and was to stay.
pub(crate) fn write_out<E: From<io::Error>>(
    path: &Path,
    is_new: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    if is_new {
        // Takes the name, so that what is replaced below is this empty file and never another's.
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    }
    let written = write_beside(path, write);
    if written.is_err() && is_new {
        // Half a file is worse than none; the first fault is the one to tell.
        let _ = fs::remove_file(path);
    }
    written
}

fn write_beside<E: From<io::Error>>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), E> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = target.clone().into_os_string();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = Path::new(&beside);
    let filled = || -> Result<(), E> {
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(beside)?;
        let mut buffered = io::BufWriter::with_capacity(1 << 16, file);
        write(&mut buffered)?;
        buffered.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(beside, &target)?;
        Ok(())
    };
    let written = filled();
    if written.is_err() {
        let _ = fs::remove_file(beside);
    }
    written?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Makes a folder and those above it that are missing, mode 0700.
///
/// # Errors
/// What the system says.
pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn write_and_rename(beside: &Path, target: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(beside, target)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn the_file_is_its_owners_alone_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/settings.toml");
        write_private(&path, "a = 1\n").unwrap();
        write_private(&path, "a = 2\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "a = 2\n");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.md");
        write_new(&path, "first").unwrap();
        assert_eq!(write_new(&path, "second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(write_new(&folder.path().join("no/such/folder.md"), "x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_could_not_be_written_whole_leaves_nothing_and_what_was_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        let half = |out: &mut dyn Write| {
            out.write_all(&[b'x'; 1 << 17])?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        };
        let full = write_out::<io::Error>(&path, true, half).unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "neither half a file nor its name");
        write_out::<io::Error>(&path, true, |out| out.write_all(b"whole")).unwrap();
        let taken = write_out::<io::Error>(&path, true, |out| out.write_all(b"other")).unwrap_err();
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        write_out::<io::Error>(&path, false, half).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        write_out::<io::Error>(&path, false, |out| out.write_all(b"asked for")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "asked for");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.toml");
        let link = folder.path().join("settings.toml");
        fs::write(&real, "old").unwrap();
        symlink(&real, &link).unwrap();
        write_private(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
