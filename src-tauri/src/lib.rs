//! The app: command line, window and controller around the room.
//!
//! Owns: what the parts below share out among themselves. `window` and `ipc` are the only doors to Tauri; `clock` is the
//! only reader of the time.

mod armed;
mod cli;
mod clock;
mod controller;
mod device_key;
mod diagnostics;
mod display;
mod drill;
mod example;
mod exporting;
mod following;
mod ipc;
mod keep;
mod keychain;
mod outside;
mod paths;
#[doc(hidden)]
pub mod piped;
mod recent;
mod record;
mod rooms;
mod sampling;
mod secrets;
mod settings;
mod shell;
mod source;
mod start_and_zone;
mod synced;
mod tape;
mod watching;
mod window;
pub mod wire;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use cli::{Outcome, Streams, exit};

/// Runs the program with the arguments that it was started with.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = {
        // Locked for the command line only: the window's threads write to standard error as well.
        let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
        let wants_colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let out_colour = wants_colour && out.is_terminal();
        let err_colour = wants_colour && err.is_terminal();
        cli::run(std::env::args_os(), &mut Streams { out: &mut out, err: &mut err, out_colour, err_colour })
    };
    let request = match outcome {
        Outcome::Exit(code) => return ExitCode::from(code),
        Outcome::Window(request) => request,
    };
    match window::run(request) {
        Ok(()) => ExitCode::from(exit::GOOD),
        Err(sentence) => {
            // Nobody may be reading; the code says it too.
            let _ = writeln!(std::io::stderr(), "{sentence}");
            ExitCode::from(exit::UNREADABLE)
        }
    }
}
