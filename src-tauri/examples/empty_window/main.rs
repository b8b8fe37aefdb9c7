//! An empty Tauri window: the least that a window takes on this machine, for `cargo xtask bench`.
//!
//! Owns: one window of War Room's size, made the same way, with one word in it so that its first paint can be seen. Must not
//! know: anything of the program.

use tauri::{Builder, generate_context};

fn main() -> tauri::Result<()> {
    Builder::default().run(generate_context!("examples/empty_window/tauri.conf.json"))
}
