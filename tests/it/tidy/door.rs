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

#[cfg(test)]
mod tests {
    use super::*;

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
