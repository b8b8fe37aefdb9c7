//! What the papers say, held against what is: the architecture page, the bindings, the lock files.

use std::collections::BTreeSet;

/// Endings that make a word of the page a file.
const ENDINGS: &[&str] = &[".rs", ".toml", ".ts", ".svelte", ".md", ".json", ".css", ".lock", ".svg"];

/// The back-ticked words of a page with their lines. A word never runs over the end of a line.
fn back_ticked(text: &str) -> Vec<(usize, &str)> {
    text.lines()
        .enumerate()
        .flat_map(|(at, line)| line.split('`').skip(1).step_by(2).map(move |word| (at + 1, word)))
        .collect()
}

/// Whether a back-ticked word is a path of the project: it has a slash inside or at its end, or a file's ending.
fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|character| character.is_ascii_alphanumeric() || "/._-".contains(character));
    plain && !word.starts_with('/') && (word.contains('/') || ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// Paths that the page names and that are not there.
pub(super) fn missing_paths(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let named: Vec<(usize, &str)> = back_ticked(text).into_iter().filter(|(_, word)| is_path(word)).collect();
    if named.is_empty() {
        return vec![format!("{path}: the page names no path at all; it should show where things are")];
    }
    named
        .into_iter()
        .filter(|(_, word)| !exists(word))
        .map(|(line, word)| format!("{path}:{line}: {word} is not there; correct the page, or bring the file back"))
        .collect()
}

/// Folders that the page does not name.
pub(super) fn unnamed_rooms(path: &str, text: &str, rooms: &[String]) -> Vec<String> {
    let named: Vec<&str> = back_ticked(text).into_iter().map(|(_, word)| word.trim_end_matches('/')).collect();
    rooms
        .iter()
        .filter(|room| !named.contains(&room.as_str()))
        .map(|room| format!("{path}: {room} is not named; add a line that says what it owns"))
        .collect()
}

/// Bindings that are not what the types say.
pub(super) fn stale_bindings(path: &str, written: &str, made: &str) -> Vec<String> {
    let mut lines = written.lines().zip(made.lines()).enumerate();
    let differs = lines.find(|(_, (one, other))| one != other).map(|(at, _)| at + 1);
    match differs {
        _ if written == made => Vec::new(),
        Some(line) => vec![format!("{path}:{line}: not what src-tauri/src/wire says; run cargo xtask bindings")],
        None => vec![format!("{path}: not what src-tauri/src/wire says; run cargo xtask bindings")],
    }
}

/// Types that TypeScript would see as `bigint`, which JSON does not carry.
pub(super) fn big_numbers(path: &str, bindings: &str) -> Vec<String> {
    let big = bindings.lines().filter(|line| line.contains("bigint"));
    big.map(|line| format!("{path}: a number too large for JSON in \"{line}\"; use u32 or f64")).collect()
}

/// The names of findings ("TIM-01") in a text, each between two of `quote`.
pub(super) fn codes(text: &str, quote: char) -> BTreeSet<String> {
    let is_code = |word: &&str| {
        word.split_once('-').is_some_and(|(family, number)| {
            family.len() == 3
                && family.chars().all(|letter| letter.is_ascii_uppercase())
                && number.len() == 2
                && number.chars().all(|figure| figure.is_ascii_digit())
        })
    };
    text.split(quote).filter(is_code).map(str::to_owned).collect()
}

/// Findings that only one of the two knows: the reader, which raises them, and the page, which explains them.
pub(super) fn unexplained(path: &str, explained: &BTreeSet<String>, raised: &BTreeSet<String>) -> Vec<String> {
    let missing = raised.difference(explained).map(|code| format!("{path}: {code} is raised and not explained"));
    let stale = explained.difference(raised).map(|code| format!("{path}: {code} is explained and never raised"));
    missing.chain(stale).collect()
}

/// Lock files that name a host besides the default registry of their tool.
pub(super) fn foreign_hosts(path: &str, text: &str) -> Vec<String> {
    let default = "registry+https://github.com/rust-lang/crates.io-index";
    let names_host = |line: &&str| {
        let line = line.trim();
        (line.starts_with("source = ") && !line.contains(default)) || line.starts_with("\"resolved\":")
    };
    let lines = text.lines().enumerate().filter(|(_, line)| names_host(line));
    lines
        .map(|(at, line)| {
            let (number, line) = (at + 1, line.trim());
            format!("{path}:{number}: {line} names a host; lock files name versions and digests only, take it out")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "The reader is `src-tauri/crates/plan/`, its rules `clippy.toml`; `Shell`, `cargo xtask run` and `a/*` are no paths.\n";

    #[test]
    fn paths_that_are_gone_are_found() {
        assert_eq!(missing_paths("A.md", PAGE, |path| path != "clippy.toml").len(), 1);
        assert_eq!(missing_paths("A.md", PAGE, |path| path != "src-tauri/crates/plan/").len(), 1);
        assert_eq!(missing_paths("A.md", "No path.\n", |_| true).len(), 1);
        assert_eq!(missing_paths("A.md", PAGE, |_| true), Vec::<String>::new());
        assert_eq!(
            missing_paths("A.md", PAGE, |path| ["clippy.toml", "src-tauri/crates/plan/"].contains(&path)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn rooms_that_the_page_is_silent_about_are_found() {
        let rooms = ["src-tauri/crates/plan".to_owned(), "src-tauri/crates/room".to_owned()];
        assert_eq!(unnamed_rooms("A.md", PAGE, &rooms).len(), 1);
        assert_eq!(unnamed_rooms("A.md", PAGE, &rooms[..1]), Vec::<String>::new());
    }

    #[test]
    fn bindings_that_differ_anywhere_are_found() {
        assert_eq!(
            stale_bindings("b.ts", "a\nb\n", "a\nc\n"),
            ["b.ts:2: not what src-tauri/src/wire says; run cargo xtask bindings"]
        );
        assert_eq!(stale_bindings("b.ts", "a\n", "a\nb\n").len(), 1);
        assert_eq!(stale_bindings("b.ts", "a\n", "a\n"), Vec::<String>::new());
        assert_eq!(big_numbers("wire", "export type A = { at: bigint };\n").len(), 1);
        assert_eq!(big_numbers("wire", "export type A = { at: number };\n"), Vec::<String>::new());
    }

    #[test]
    fn hosts_in_lock_files_are_found() {
        assert_eq!(foreign_hosts("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n").len(), 1);
        assert_eq!(foreign_hosts("Cargo.lock", "source = \"git+https://git.example/x?rev=1#1\"\n").len(), 1);
        assert_eq!(
            foreign_hosts("package-lock.json", "      \"resolved\": \"https://mirror.example/x.tgz\",\n").len(),
            1
        );
        assert_eq!(
            foreign_hosts("Cargo.lock", "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n"),
            Vec::<String>::new()
        );
        assert_eq!(
            foreign_hosts(
                "package-lock.json",
                "      \"integrity\": \"sha512-x\",\n      \"url\": \"https://fund.example\"\n"
            ),
            Vec::<String>::new()
        );
    }
}
