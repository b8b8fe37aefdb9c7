//! The folder of a checklist, watched: when the checklist or the settings beside it are saved, replaced, taken away.
//!
//! Owns: which turns of a folder concern the two files. The folder is watched and not the file: editors write another file
//! and give it the name. Must not know: what is read, and what follows from it.

use std::ffi::OsString;
use std::path::Path;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::source::SETTINGS;

/// Hears that one of the files may be another, or why that cannot be noticed any more.
pub(crate) type Changed = Box<dyn Fn(Result<(), String>) + Send + Sync>;

/// A folder that is watched, until this is dropped.
#[derive(Debug)]
pub(crate) struct Following {
    _watcher: RecommendedWatcher,
}

impl Following {
    /// Watches the folder of `file`.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn begin(file: &Path, changed: Changed) -> Result<Self, String> {
        let folder = file.parent().unwrap_or(Path::new(".")).to_path_buf();
        let names: Vec<OsString> =
            [file.file_name().map(OsString::from), Some(SETTINGS.into())].into_iter().flatten().collect();
        let watched = folder.clone();
        let heard = move |event: notify::Result<Event>| match event {
            Ok(event) if event.need_rescan() || concerns(&event, &names, &watched) => changed(Ok(())),
            Ok(_) => {}
            Err(error) => changed(Err(error.to_string())),
        };
        let mut watcher = notify::recommended_watcher(heard).map_err(|error| error.to_string())?;
        watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(|error| error.to_string())?;
        Ok(Self { _watcher: watcher })
    }
}

/// Whether something about the files may be another. That a file is read is told, too, and is none of ours: reading it
/// again for that would never end. A file that is being written concerns nobody before it is closed.
fn concerns(event: &Event, names: &[OsString], folder: &Path) -> bool {
    let is_turn = matches!(
        event.kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Create(_)
            | EventKind::Remove(_)
            | EventKind::Modify(ModifyKind::Name(_) | ModifyKind::Metadata(_))
    );
    let is_ours = |path: &std::path::PathBuf| {
        path == folder || path.file_name().is_some_and(|name| names.iter().any(|ours| ours == name))
    };
    is_turn && event.paths.iter().any(is_ours)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    /// How long a turn of a folder may take to be told, on a machine that has much to do.
    const SOON: Duration = Duration::from_secs(10);

    #[test]
    fn a_save_in_place_and_one_by_another_name_are_told_and_reading_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.md");
        fs::write(&file, "# Plan\n").unwrap();
        let (sender, heard) = mpsc::channel();
        let _following = Following::begin(&file, Box::new(move |outcome| sender.send(outcome).unwrap())).unwrap();
        let next = |what: &str| {
            assert_eq!(heard.recv_timeout(SOON), Ok(Ok(())), "{what}");
            while heard.recv_timeout(Duration::from_millis(200)).is_ok() {}
        };
        fs::write(&file, "# Plan 2\n").unwrap();
        next("saved in place");
        fs::write(folder.path().join(".plan.md.swp"), "# Plan 3\n").unwrap();
        fs::rename(folder.path().join(".plan.md.swp"), &file).unwrap();
        next("replaced");
        fs::write(folder.path().join(SETTINGS), "version = 1\n").unwrap();
        next("settings came");
        fs::read_to_string(&file).unwrap();
        fs::write(folder.path().join("other.md"), "x").unwrap();
        fs::remove_file(&file).unwrap();
        next("taken away, and nothing before it");
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gone/plan.md");
        assert!(Following::begin(&file, Box::new(|_| {})).is_err());
    }
}
