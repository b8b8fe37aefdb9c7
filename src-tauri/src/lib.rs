//! The app: command line and window around the plan.
//!
//! Owns: what the parts below share out among themselves. `window` and `ipc` are the only doors to Tauri; `clock` is the
//! only reader of the time.

mod answer;
mod cli;
mod clock;
mod controller;
mod diagnostics;
mod display;
mod ipc;
mod keep;
mod paths;
mod recent;
mod settings;
mod shell;
mod source;
mod window;
pub mod wire;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use cli::{Outcome, Streams, exit};

/// Runs the program with the arguments that it was started with.
#[must_use]
pub fn main() -> ExitCode {
    let (stdout, stderr) = (std::io::stdout(), std::io::stderr());
    let wants_colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    let mut streams = Streams {
        out_colour: wants_colour && stdout.is_terminal(),
        err_colour: wants_colour && stderr.is_terminal(),
        out: &mut stdout.lock(),
        err: &mut stderr.lock(),
    };
    let request = match cli::run(std::env::args_os(), &mut streams) {
        Outcome::Exit(code) => return ExitCode::from(code),
        Outcome::Window(request) => request,
    };
    // The locks end here: the window's threads write to standard error as well.
    drop(streams);
    match window::run(request) {
        Ok(()) => ExitCode::from(exit::GOOD),
        Err(sentence) => {
            // Nobody may be reading; the code says it too.
            let _ = writeln!(std::io::stderr(), "{sentence}");
            ExitCode::from(exit::UNREADABLE)
        }
    }
}
