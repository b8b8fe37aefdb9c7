//! A display of our own, for windows that nobody looks at.
//!
//! Owns: Xvfb's life. Must not know: what is shown on it.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// An Xvfb that ends with this value.
#[derive(Debug)]
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts Xvfb on a display that is free; the server itself chooses it.
    pub(crate) fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb could not be started")?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output).read_line(&mut number).context("Xvfb did not say its display")?;
        }
        let number = number.trim();
        if number.is_empty() {
            let _ = server.kill();
            let _ = server.wait();
            bail!("Xvfb ended without opening a display.");
        }
        Ok(Self { name: format!(":{number}"), server })
    }

    /// Makes `command` use this display and nothing else.
    pub(crate) fn give_to(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.name)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XAUTHORITY");
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Whether the person who typed the command has a display.
pub(crate) fn is_here() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    // On macOS a window needs no variable.
    cfg!(target_os = "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
