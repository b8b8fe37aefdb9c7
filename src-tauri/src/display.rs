//! What must be settled before any window exists: whether there is a screen at all, and the known blank window.
//!
//! Owns: the two rules. Must not know: the window.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Web views stay blank with this renderer under NVIDIA's driver (tauri-apps/tauri#9304, #8462).
const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Where NVIDIA's driver shows itself.
const DRIVER: [&str; 2] = ["/proc/driver/nvidia", "/sys/module/nvidia"];

/// Whether there is a screen to open a window on.
#[must_use]
pub(crate) fn exists(is_set: impl Fn(&str) -> bool) -> bool {
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Whether the environment gives `name` a value.
#[must_use]
pub(crate) fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether the renderer must be switched off: the blank window threatens, and the user has not decided, not even for
/// `0`.
fn must_switch_off(decided: Option<&OsStr>, is_there: impl Fn(&Path) -> bool) -> bool {
    decided.is_none() && DRIVER.iter().any(|path| is_there(Path::new(path)))
}

/// Starts this program anew with the renderer switched off, where the blank window threatens. Must be called before
/// any thread exists; the variable cannot be set in a running program without unsafe code. Returns only where nothing
/// is to be done or the start fails, which is said in the result; the window may then work all the same.
///
/// # Errors
/// A sentence for standard error.
pub(crate) fn avoid_the_blank_window() -> Result<(), String> {
    if !must_switch_off(std::env::var_os(RENDERER).as_deref(), Path::exists) {
        return Ok(());
    }
    let program = std::env::current_exe()
        .map_err(|error| format!("{RENDERER} could not be set ({error}); if the window stays blank, set it to 1."))?;
    let error = Command::new(program).args(std::env::args_os().skip(1)).env(RENDERER, "1").exec();
    Err(format!("{RENDERER} could not be set ({error}); if the window stays blank, set it to 1."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_renderer_is_switched_off_only_where_it_threatens_and_nobody_decided() {
        let nvidia = |path: &Path| path == Path::new("/sys/module/nvidia");
        assert!(must_switch_off(None, nvidia));
        assert!(!must_switch_off(Some(OsStr::new("0")), nvidia));
        assert!(!must_switch_off(Some(OsStr::new("")), nvidia));
        assert!(!must_switch_off(None, |_| false));
    }

    #[test]
    fn either_display_is_a_screen() {
        assert!(exists(|name| name == "DISPLAY"));
        assert!(exists(|name| name == "WAYLAND_DISPLAY"));
        assert!(!exists(|_| false));
    }
}
