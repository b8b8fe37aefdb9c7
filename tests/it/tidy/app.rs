//! Who may know whom inside the app.

/// The app's modules from those that know no other to those that know all: an import points to an earlier row, or into
/// its own. A module that is not named here gets its place here first.
const ROWS: &[&[&str]] = &[
    &[
        "clock",
        "diagnostics",
        "display",
        "following",
        "keep",
        "keychain",
        "paths",
        "sampling",
        "shell",
        "source",
        "start_and_zone",
        "synced",
        "tape",
    ],
    &["device_key", "secrets"],
    &["armed", "drill", "example", "outside", "recent", "rooms"],
    &["watching"],
    &["wire"],
    &["record", "settings"],
    &["exporting"],
    &["controller"],
    &["ipc", "window"],
    &["cli", "piped"],
];

/// Which share out what the others own.
const TOP: &[&str] = &["lib", "main"];

/// Imports that point to a later row.
pub(super) fn direction(path: &str, text: &str) -> Vec<String> {
    let Some(inside) = path.strip_prefix("src-tauri/src/") else { return Vec::new() };
    let own = inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs");
    if TOP.contains(&own) {
        return Vec::new();
    }
    let row = |module: &str| ROWS.iter().position(|row| row.contains(&module));
    let Some(own_row) = row(own) else {
        return vec![format!("{path}: {own} has no place in tests/it/tidy/app.rs; give it one")];
    };
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let modules = imported(&code).into_iter().filter(|module| module != own);
    modules
        .filter(|module| row(module).is_some_and(|row| row > own_row))
        .map(|module| format!("{path}: {own} must not know {module}, which stands above it (tests/it/tidy/app.rs)"))
        .collect()
}

/// The first names behind every `crate::`, those in braces one by one.
fn imported(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => found.push(name(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut part = String::new();
                for letter in list.chars() {
                    match letter {
                        '}' if depth == 0 => break,
                        ',' if depth == 0 => found.push(name(&std::mem::take(&mut part))),
                        _ => {
                            depth += i32::from(letter == '{') - i32::from(letter == '}');
                            part.push(letter);
                        }
                    }
                }
                found.push(name(&part));
            }
        }
    }
    found
}

fn name(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_points_to_an_earlier_row() {
        let wire = |text: &str| direction("src-tauri/src/wire/project/start.rs", text).len();
        assert_eq!(wire("use crate::rooms::Found;\nuse crate::wire::StartView;\nuse crate::{drill, tape};\n"), 0);
        assert_eq!(wire("use crate::controller::Wake;\n"), 1);
        assert_eq!(wire("use crate::{\n    rooms::{Found, Job},\n    cli,\n};\nlet a = crate::window::run();\n"), 2);
        assert_eq!(wire("// Once this was crate::controller's.\n"), 0);
        assert_eq!(direction("src-tauri/src/attic.rs", "").len(), 1, "a module without a place");
        assert_eq!(direction("src-tauri/src/lib.rs", "use crate::cli::run;").len(), 0);
    }
}
