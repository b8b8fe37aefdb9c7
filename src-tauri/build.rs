//! Puts the window's files into the program, and says what to do where they are missing.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=../ui/dist");
    if !Path::new("../ui/dist/index.html").is_file() {
        println!(
            "cargo::error=The window's files are missing (ui/dist/index.html): run `cargo xtask run` once, it builds them and starts the app."
        );
        std::process::exit(1);
    }
    let manifest = tauri_build::AppManifest::new().commands(&[
        "subscribe",
        "act",
        "log_page",
        "alert_page",
        "source_page",
        "charts_page",
        "past_charts",
    ]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error=The window's frame cannot be built: {error:#}");
        std::process::exit(1);
    }
}
