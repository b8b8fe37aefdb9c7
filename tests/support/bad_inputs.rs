//! Files that nobody can open a room with, and what the sentence about each must name.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::home::Home;

/// A bad input.
#[derive(Debug)]
pub struct BadInput {
    /// What is bad about it, for the test's own words.
    pub what: &'static str,
    /// What to open.
    pub path: PathBuf,
    /// Words of which the sentence has to name each, in lower case.
    pub names: &'static [&'static str],
}

/// Makes one of each in `home`.
///
/// # Errors
/// Where they cannot be written.
pub fn bad_inputs(home: &Home) -> io::Result<Vec<BadInput>> {
    let folder = home.path().join("a-folder.md");
    fs::create_dir_all(&folder)?;
    let typo = home.write("typo/plan.md", "# Plan\n\n- [ ] One\n")?;
    home.write("typo/war-room.toml", "version = 1\n\n[plan]\nzonne = \"UTC\"\n")?;
    Ok(vec![
        BadInput { what: "missing", path: home.path().join("not-there.md"), names: &["not-there.md"] },
        BadInput { what: "a folder", path: folder, names: &["a-folder.md", "folder"] },
        BadInput { what: "empty", path: home.write("empty.md", "")?, names: &["empty.md", "empty"] },
        BadInput {
            what: "not UTF-8",
            path: home.write("latin.md", b"# Plan\n\n- [ ] Gr\xfc\xdfe\n")?,
            names: &["latin.md", "utf-8"],
        },
        BadInput {
            what: "17 MiB",
            path: home.write("huge.md", "- [ ] again\n".repeat(17 * 1024 * 1024 / 12 + 1))?,
            names: &["huge.md", "mib"],
        },
        BadInput {
            what: "an unknown key in war-room.toml",
            path: typo,
            names: &["war-room.toml", "zonne", "zone", "4"],
        },
    ])
}

/// Files that can be read and have nothing to tick: a window with a sentence in it, and no failure.
///
/// # Errors
/// Where they cannot be written.
pub fn without_boxes(home: &Home) -> io::Result<Vec<BadInput>> {
    Ok(vec![
        BadInput {
            what: "not a single box",
            path: home.write("prose.md", "# Plan\n\nWe deploy, and we hope.\n")?,
            names: &["box"],
        },
        BadInput {
            what: "only tables",
            path: home.write("tables.md", "# Plan\n\n| what | who |\n|---|---|\n| deploy | MK |\n| verify | JD |\n")?,
            names: &["box"],
        },
    ])
}
