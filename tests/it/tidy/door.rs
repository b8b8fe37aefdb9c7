//! The one door to Tauri on each side of the wire.

use super::{
    rust::{code, lines_with},
    tiers::imports_of,
};

/// The sources of the app that may name Tauri: the window and the commands that it calls.
const DOORS: &[&str] = &["src-tauri/src/ipc.rs", "src-tauri/src/window.rs"];

/// The folder of the window that may import Tauri's packages.
const WINDOW_DOOR: &str = "ui/src/ipc/";

/// A source of the app that names Tauri beside the door.
pub(super) fn in_rust(path: &str, text: &str) -> Vec<String> {
    if DOORS.contains(&path) {
        return Vec::new();
    }
    let code = code(text);
    let names = [
        "tauri",
        "tauri_build",
        "tauri_plugin_clipboard_manager",
        "tauri_plugin_dialog",
        "tauri_plugin_opener",
        "tauri_plugin_window_state",
    ];
    names
        .into_iter()
        .flat_map(|name| lines_with(&code, name).into_iter().map(move |line| (name, line)))
        .map(|(name, line)| {
            format!("{path}:{line}: {name} is named here; only {} may, go through the Shell", DOORS.join(" and "))
        })
        .collect()
}

/// A source of the window that imports Tauri beside the door.
pub(super) fn in_typescript(path: &str, text: &str) -> Vec<String> {
    if path.starts_with(WINDOW_DOOR) {
        return Vec::new();
    }
    imports_of(text)
        .into_iter()
        .filter(|import| import.target.starts_with("@tauri-apps"))
        .map(|import| {
            format!(
                "{path}:{}: {} is imported here; only {WINDOW_DOOR} may, call what it offers",
                import.line, import.target
            )
        })
        .collect()
}

/// The names of the commands that the window's side of the door offers.
pub(super) fn commands(text: &str) -> Vec<String> {
    let after = text.split("#[tauri::command]").skip(1);
    let name = |rest: &str| Some(rest.split_once("fn ")?.1.split(['(', '<']).next()?.trim().to_owned());
    after.filter_map(name).collect()
}

/// Commands that are not handed to the window, not declared when it is built, or that it may not call.
pub(super) fn not_permitted(text: &str, window: &str, build: &str, permitted: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for command in commands(text) {
        let allowed = format!("\"allow-{}\"", command.replace('_', "-"));
        let places = [
            (window, format!("ipc::{command}"), "src-tauri/src/window.rs"),
            (build, format!("\"{command}\""), "src-tauri/build.rs"),
            (permitted, allowed, "src-tauri/capabilities/window.json"),
        ];
        let missing = places.into_iter().filter(|(text, name, _)| !text.contains(name.as_str()));
        complaints
            .extend(missing.map(|(_, name, path)| format!("{path}: {name} is missing, the window cannot call it")));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_the_window_may_not_call_is_found() {
        let text = "#[tauri::command]\npub(crate) async fn log_page(query: Q) {}\n";
        let missing = |permitted: &str| not_permitted(text, "ipc::log_page", "\"log_page\"", permitted).len();
        assert_eq!((missing("\"allow-log-page\""), missing("\"allow-act\"")), (0, 1));
        assert_eq!(not_permitted(text, "", "", "").len(), 3);
    }

    #[test]
    fn tauri_beside_the_door_is_found() {
        assert_eq!(in_rust("src-tauri/src/settings.rs", "use tauri::AppHandle;").len(), 1);
        assert_eq!(in_rust("src-tauri/src/settings.rs", "use tauri_plugin_dialog::DialogExt;").len(), 1);
        assert_eq!(
            in_rust("src-tauri/src/settings.rs", "//! Knows no tauri.\nconst A: &str = \"tauri\";"),
            Vec::<String>::new()
        );
        assert_eq!(in_rust("src-tauri/src/window.rs", "use tauri::AppHandle;"), Vec::<String>::new());
    }

    #[test]
    fn the_packages_of_tauri_come_through_one_folder() {
        let import = "import { invoke } from \"@tauri-apps/api/core\";";
        assert_eq!(in_typescript("ui/src/room/room.svelte.ts", import).len(), 1);
        assert_eq!(
            in_typescript("ui/src/views/Day.svelte", "<script>const api = await import('@tauri-apps/api');</script>")
                .len(),
            1
        );
        assert_eq!(
            in_typescript("ui/src/room/a.ts", "// not @tauri-apps/api\nimport { act } from \"../ipc\";"),
            Vec::<String>::new()
        );
        assert_eq!(in_typescript("ui/src/ipc/tauri.ts", import), Vec::<String>::new());
    }
}
