//! What a pure crate must not name.

use super::{
    manifest::{dependencies, parsed},
    rust::{code_without_tests, lines_with},
};

/// Crates that read a clock, the system or chance, with what they would bring in.
const FORBIDDEN_CRATES: &[&str] = &[
    "async-std",
    "chrono",
    "getrandom",
    "hyper",
    "rand",
    "reqwest",
    "rusqlite",
    "smol",
    "sqlx",
    "tauri",
    "tauri-build",
    "tempfile",
    "time",
    "tokio",
    "tracing",
    "ureq",
    "uuid",
    "walkdir",
];

/// The only file that may read the time.
const CLOCK: &str = "src-tauri/src/clock.rs";

/// A pure crate's manifest that names a crate which reaches outside.
pub(super) fn forbidden_crates(path: &str, text: &str) -> Vec<String> {
    let reaches_outside = |name: &String| FORBIDDEN_CRATES.contains(&name.as_str()) || name.starts_with("tauri-");
    dependencies(&parsed(path, text))
        .into_iter()
        .filter(reaches_outside)
        .map(|name| format!("{path}: {name} reaches outside; a pure crate takes what it needs as an argument"))
        .collect()
}

/// A pure source that reads a clock, a file, the network, the environment or chance, or prints.
pub(super) fn impure_words(path: &str, text: &str) -> Vec<String> {
    let code = code_without_tests(path, text);
    let mut complaints = Vec::new();
    for module in ["env", "fs", "net", "os", "process", "thread"] {
        for line in lines_with(&code, &format!("std::{module}")).into_iter().chain(grouped(&code, module)) {
            complaints.push(format!(
                "{path}:{line}: std::{module} in a pure crate; let the app do it and pass the result in"
            ));
        }
    }
    for word in ["SystemTime", "Instant", "now()", "OnceLock<Mutex", "include_bytes!", "option_env!"] {
        for line in lines_with(&code, word) {
            complaints.push(format!("{path}:{line}: {word} in a pure crate; time and the world come in as arguments"));
        }
    }
    for word in ["println!", "eprintln!", "print!", "eprint!"] {
        for line in lines_with(&code, word) {
            complaints.push(format!("{path}:{line}: {word} in a pure crate; give the words back as a finding"));
        }
    }
    complaints
}

/// Code of the app that reads the time outside its clock.
pub(super) fn time_readers(path: &str, text: &str) -> Vec<String> {
    if path == CLOCK {
        return Vec::new();
    }
    let code = code_without_tests(path, text);
    ["SystemTime::now", "Timestamp::now", "ZonedDateTime::now", "Instant::now"]
        .into_iter()
        .flat_map(|word| lines_with(&code, word).into_iter().map(move |line| (word, line)))
        .map(|(word, line)| format!("{path}:{line}: {word}; only {CLOCK} reads the time, others are given it"))
        .collect()
}

/// Lines of `use std::{…}` that name a module of the group: `use std::{fs, io}`.
fn grouped(code: &str, module: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    for (at, opening) in code.match_indices("std::{") {
        let start = at + opening.len();
        let mut depth = 1;
        let mut head = start;
        for (offset, character) in code[start..].char_indices() {
            let here = start + offset;
            depth += match character {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (character == ',' && depth == 1) || depth == 0 {
                let name = code[head..here].trim();
                if name == module || name.starts_with(&format!("{module}::")) {
                    lines.push(code[..here].matches('\n').count() + 1);
                }
                head = here + 1;
            }
            if depth == 0 {
                break;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_that_reach_outside_are_found_in_every_table() {
        assert_eq!(forbidden_crates("p/Cargo.toml", "[dependencies]\ntokio = \"1\"\nserde = \"1\"\n").len(), 1);
        assert_eq!(forbidden_crates("p/Cargo.toml", "[dev-dependencies]\nreqwest.workspace = true\n").len(), 1);
        assert_eq!(
            forbidden_crates("p/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nrusqlite = { version = \"1\" }\n")
                .len(),
            1
        );
        assert_eq!(
            forbidden_crates("p/Cargo.toml", "[dependencies]\nlater = { package = \"tauri\", version = \"2\" }\n")
                .len(),
            1
        );
        assert_eq!(forbidden_crates("p/Cargo.toml", "[dependencies]\nserde = \"1\"\n"), Vec::<String>::new());
    }

    #[test]
    fn impure_words_are_found_and_words_about_them_are_not() {
        for bad in [
            "use std::fs;",
            "use std::{collections::BTreeMap, fs::File};",
            "use std::{\n    collections::{BTreeMap, BTreeSet},\n    net,\n};",
            "fn a() { std::env::var(\"HOME\"); }",
            "fn a() { std::process::exit(1); }",
            "fn a() -> Instant { x }",
            "fn a() { std::time::SystemTime::UNIX_EPOCH; }",
            "fn a() { jiff::Timestamp::now(); }",
            "fn a() { println!(\"x\"); }",
            "#[cfg(test)]\nmod tests {\n}\nfn a() { std::fs::read(x); }",
        ] {
            assert_eq!(impure_words("p/src/a.rs", bad).len(), 1, "{bad}");
        }
        let good = "//! No std::fs and no now().\nuse std::{collections::BTreeMap, time::Duration};\nfn a(now: u64) { decide(now); let s = \"now()\"; }\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert_eq!(impure_words("p/src/a.rs", good), Vec::<String>::new());
    }

    #[test]
    fn the_clock_alone_reads_the_time() {
        let reading = "fn now() -> Timestamp { Timestamp::now() }";
        assert_eq!(time_readers("src-tauri/src/controller/mod.rs", reading).len(), 1);
        assert_eq!(time_readers(CLOCK, reading), Vec::<String>::new());
    }
}
