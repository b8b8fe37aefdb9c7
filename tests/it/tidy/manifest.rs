//! Who may know whom among the crates.

use toml::{Table, Value};

/// Each member and the members that it may depend on, in the order of the house: an arrow never points back. A crate
/// that is not named here gets its place here first.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("plan", &[]),
    ("room", &["plan"]),
    ("journal", &["plan", "room"]),
    ("probes", &["plan", "room"]),
    ("outbound", &[]),
    ("war-room", &["plan", "room", "journal", "probes", "outbound"]),
    ("tests", &["plan", "room", "journal", "probes", "outbound", "war-room"]),
    ("xtask", &[]),
];

/// The one crate that knows Tauri.
const APP: &str = "war-room";

/// A manifest as a table.
pub(super) fn parsed(path: &str, text: &str) -> Table {
    text.parse().unwrap_or_else(|error| panic!("{path} is no TOML: {error}"))
}

/// The crates that a manifest depends on, in whichever table, by their own names.
pub(super) fn dependencies(manifest: &Table) -> Vec<String> {
    const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let holders = std::iter::once(manifest).chain(targets.filter_map(|(_, target)| target.as_table()));
    let mut names = Vec::new();
    for holder in holders {
        for (name, value) in TABLES.iter().filter_map(|table| holder.get(*table)?.as_table()).flatten() {
            let renamed = value.get("package").and_then(Value::as_str);
            names.push(renamed.unwrap_or(name).to_owned());
        }
    }
    names
}

/// A manifest that depends on a crate to its right, or on Tauri without being the app.
pub(super) fn direction(path: &str, text: &str) -> Vec<String> {
    let manifest = parsed(path, text);
    let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
    let Some(name) = name else { return vec![format!("{path}: a member has a [package] with a name")] };
    let Some((_, allowed)) = MAY_DEPEND_ON.iter().find(|(member, _)| *member == name) else {
        return vec![format!(
            "{path}: {name} has no place in the house; give it one in tests/it/tidy/manifest.rs and in ARCHITECTURE.md"
        )];
    };
    let mut complaints = Vec::new();
    for dependency in dependencies(&manifest) {
        let is_member = MAY_DEPEND_ON.iter().any(|(member, _)| *member == dependency);
        if is_member && !allowed.contains(&dependency.as_str()) {
            complaints
                .push(format!("{path}: {name} must not know {dependency}; move what it needs to where both may look"));
        }
        let is_tauri = dependency == "tauri" || dependency.starts_with("tauri-");
        if is_tauri && name != APP {
            complaints.push(format!("{path}: only {APP} knows {dependency}"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(name: &str, dependencies: &str) -> usize {
        direction("x/Cargo.toml", &format!("[package]\nname = \"{name}\"\n[dependencies]\n{dependencies}")).len()
    }

    #[test]
    fn arrows_point_one_way() {
        assert_eq!(complaints("plan", "room.workspace = true"), 1);
        assert_eq!(complaints("journal", "probes = { path = \"../probes\" }"), 1);
        assert_eq!(complaints("probes", "later = { package = \"war-room\", path = \"../..\" }"), 1);
        assert_eq!(complaints("plan", "tauri = \"2\""), 1);
        assert_eq!(complaints("xtask", "tauri-build = \"2\""), 1);
        assert_eq!(complaints("stranger", ""), 1);
        assert_eq!(complaints("room", "plan.workspace = true\nserde = \"1\""), 0);
        assert_eq!(complaints("war-room", "plan.workspace = true\ntauri = \"2\""), 0);
    }
}
