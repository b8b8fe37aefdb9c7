//! What a word of the command line names: a file, a room of this laptop by its name alone, or a command that was mistyped.
//!
//! Owns: that choice. Must not know: what is done with it.

use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::arguments::Arguments;
use crate::paths::{Paths, rooms_in};
use crate::rooms::ENDING;

/// A room as it was named, for clap: see [`room_among`].
///
/// # Errors
/// None; clap asks for one.
pub(super) fn room(given: &str) -> Result<PathBuf, std::convert::Infallible> {
    Ok(room_among(&rooms_in(Paths::of_this_user().data()), Path::new(given)))
}

/// The file that is there under this name; where there is none, and the name has no folder in it, the room of that name
/// among those of this laptop, with its ending or without. What names nothing stays as it is, so that the sentence about
/// it says what was typed.
fn room_among(rooms: &Path, given: &Path) -> PathBuf {
    if given.exists() || given.components().count() != 1 {
        return given.to_path_buf();
    }
    let with_ending = || {
        let mut name = given.as_os_str().to_owned();
        name.push(".");
        name.push(ENDING);
        rooms.join(name)
    };
    [rooms.join(given), with_ending()].into_iter().find(|path| path.is_file()).unwrap_or_else(|| given.to_path_buf())
}

/// Why a word cannot be what the window is to open: it names nothing, and looks like a command and not like a file. A
/// path, or a name with an ending, is left to the window, which can be told another one.
pub(super) fn mistyped(file: &Path) -> Option<String> {
    if file.exists() || file.components().count() != 1 || file.extension().is_some() {
        return None;
    }
    let command = Arguments::command();
    let names: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
    let names = names.join(", ");
    Some(format!(
        "There is no file, room or command of the name {}. Commands: {names}. More with --help.",
        file.display()
    ))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_room_is_found_by_its_name_alone() {
        let rooms = tempfile::tempdir().unwrap();
        let file = rooms.path().join("pay-20260121-1.warroom");
        fs::write(&file, "").unwrap();
        for given in ["pay-20260121-1", "pay-20260121-1.warroom"] {
            assert_eq!(room_among(rooms.path(), Path::new(given)), file);
        }
        assert_eq!(room_among(rooms.path(), &file), file, "a path is taken as it is");
    }

    #[test]
    fn what_names_nothing_stays_as_it_was_typed() {
        let rooms = tempfile::tempdir().unwrap();
        fs::write(rooms.path().join("pay-1.warroom"), "").unwrap();
        for given in ["pay-2", "elsewhere/pay-1", "./pay-1", ""] {
            assert_eq!(room_among(rooms.path(), Path::new(given)), Path::new(given));
        }
    }

    #[test]
    fn a_word_that_is_no_file_is_told_the_commands() {
        let why = mistyped(Path::new("verfy")).unwrap();
        assert!(why.contains("verfy") && why.contains("check, ") && why.contains("verify"), "{why}");
        for file in ["deploy.md", "plans/deploy", "./deploy", "/nowhere"] {
            assert_eq!(mistyped(Path::new(file)), None, "{file}");
        }
    }
}
