//! No file is longer than a person keeps in mind.

use super::rust::test_lines;

/// Lines, tests left aside.
const LENGTH_MAX: usize = 500;

/// Files that no person writes.
const GENERATED: &[&str] = &["ui/src/ipc/bindings.ts"];

/// A file that is too long.
pub(super) fn too_long(path: &str, text: &str) -> Vec<String> {
    if GENERATED.contains(&path) {
        return Vec::new();
    }
    let tests = if path.ends_with(".rs") && !path.starts_with("tests/") { test_lines(path, text) } else { Vec::new() };
    let length = text.lines().count() - tests.iter().map(|(first, end)| end - first).sum::<usize>();
    if length <= LENGTH_MAX {
        return Vec::new();
    }
    vec![format!("{path}: {length} lines without tests; {LENGTH_MAX} is the most, split it by what it owns")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_found_and_their_tests_are_not_counted() {
        let line = "fn a() {}\n";
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", line.repeat(LENGTH_MAX));
        assert_eq!(too_long("a/b.rs", &line.repeat(LENGTH_MAX + 1)).len(), 1);
        assert_eq!(too_long("tests/it/x.rs", &line.repeat(LENGTH_MAX + 1)).len(), 1);
        assert_eq!(too_long("ui/src/views/V.svelte", &line.repeat(LENGTH_MAX + 1)).len(), 1);
        assert_eq!(too_long("a/b.rs", &line.repeat(LENGTH_MAX)), Vec::<String>::new());
        assert_eq!(too_long("a/b.rs", &(line.repeat(LENGTH_MAX) + &tests)), Vec::<String>::new());
        assert_eq!(too_long("ui/src/ipc/bindings.ts", &line.repeat(LENGTH_MAX + 1)), Vec::<String>::new());
    }
}
