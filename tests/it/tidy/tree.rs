//! The files of the project, as a rule sees them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What is built, fetched or generated is not ours to judge.
const FOREIGN: &[&str] = &["target", "node_modules", "dist", "gen", ".tools", ".git", "coverage"];

/// A file with its path from the top of the project, with forward slashes.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// The top of the project.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project").to_path_buf()
}

/// One file, where it is there.
pub(super) fn read(path: &str) -> Option<File> {
    let text = fs::read_to_string(root().join(path)).ok()?;
    Some(File { path: path.to_owned(), text })
}

/// All files below these folders with one of these endings, in the order of their names; a folder that is not there
/// holds none.
pub(super) fn files(folders: &[&str], endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    let mut open: Vec<String> = folders.iter().map(|folder| (*folder).to_owned()).collect();
    while let Some(folder) = open.pop() {
        for (name, is_folder) in entries(&folder) {
            let path = format!("{folder}/{name}");
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            if is_folder {
                open.push(path);
            } else if endings.contains(&ending) {
                found.push(read(&path).unwrap_or_else(|| panic!("{path} is no text")));
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The folders right below this one.
pub(super) fn folders(folder: &str) -> Vec<String> {
    let inside = entries(folder).into_iter().filter(|(_, is_folder)| *is_folder);
    inside.map(|(name, _)| format!("{folder}/{name}")).collect()
}

/// The folders below this one, however deep, that are modules with a `mod.rs`.
pub(super) fn modules(folder: &str) -> Vec<String> {
    let sources = files(&[folder], &["rs"]);
    sources.iter().filter_map(|file| file.path.strip_suffix("/mod.rs")).map(str::to_owned).collect()
}

fn entries(folder: &str) -> Vec<(String, bool)> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.file_type().ok()?.is_dir())))
        .filter(|(name, _)| !FOREIGN.contains(&name.as_str()))
        .collect()
}
