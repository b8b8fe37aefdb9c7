//! The command line.
//!
//! Owns: arguments, exit codes, and which of the two streams something goes to: what was asked for to standard output,
//! words about it to standard error. Must not know: Tauri.

mod arguments;
mod backtest;
mod check;
mod drill;
mod export;
mod named;
mod now;
mod room_file;
mod verify;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::Parser;
use journal::Heads;

use crate::device_key::DeviceKey;
use crate::keychain::Keychain;
use crate::paths::Paths;
use crate::window::Request;
use arguments::{Arguments, Command};

/// Exit codes, as `docs/` promises them.
pub(crate) mod exit {
    /// Nothing at the denied level.
    pub(crate) const GOOD: u8 = 0;
    /// Findings at the denied level.
    pub(crate) const FINDINGS: u8 = 1;
    /// The chain of a room's log is broken.
    pub(crate) const BROKEN: u8 = 1;
    /// The input could not be read, or there is no display for the window.
    pub(crate) const UNREADABLE: u8 = 2;
    /// The log is whole as far as it goes; whether it is complete nobody knows.
    pub(crate) const COMPLETENESS_UNKNOWN: u8 = 3;
    /// A watch ended at GO is [`GOOD`]; this is HOLD.
    pub(crate) const HOLD: u8 = 1;
    /// A watch ended at BLIND, or nothing was watched; part of a back-test was not seen.
    pub(crate) const UNSEEN: u8 = 3;
    /// A watch ended at ROLL BACK.
    pub(crate) const ROLL_BACK: u8 = 4;
    /// Wrong use of the command line; the number is `EX_USAGE` of `sysexits.h`.
    pub(crate) const WRONG_USE: u8 = 64;
}

/// Where the program writes.
pub(crate) struct Streams<'a> {
    /// Standard output.
    pub(crate) out: &'a mut dyn Write,
    /// Standard error.
    pub(crate) err: &'a mut dyn Write,
    /// Whether standard output takes colours.
    pub(crate) out_colour: bool,
    /// Whether standard error takes colours.
    pub(crate) err_colour: bool,
}

/// What follows from the arguments.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The work is done: leave with this code.
    Exit(u8),
    /// Open the window.
    Window(Request),
}

/// Does what the arguments ask for; the first is the program's own name.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return Outcome::Exit(refuse(&error, streams)),
    };
    let done = match &arguments.command {
        None => {
            if let Some(why) = arguments.file.as_deref().and_then(named::mistyped) {
                let _ = writeln!(streams.err, "{why}");
                return Outcome::Exit(exit::WRONG_USE);
            }
            let given = arguments.day.given();
            return Outcome::Window(Request { file: arguments.file, given, drill: None });
        }
        Some(Command::Drill(arguments)) if !arguments.headless && !arguments.list => {
            return match drill::order(arguments, false) {
                Ok(order) => Outcome::Window(Request { drill: Some(Box::new(order)), ..Request::default() }),
                Err(sentence) => {
                    // Where even this cannot be written, the code is all that is left to say.
                    let _ = writeln!(streams.err, "{sentence}");
                    Outcome::Exit(exit::UNREADABLE)
                }
            };
        }
        Some(Command::Drill(arguments)) => drill::drill(arguments, streams),
        Some(Command::Backtest(arguments)) => backtest::backtest(arguments, streams),
        Some(Command::Check(arguments)) => check::check(arguments, streams),
        Some(Command::Now(arguments)) => now::now(arguments, streams),
        Some(Command::Verify(arguments)) => verify::verify(arguments, &heads(), streams),
        Some(Command::Watch(arguments)) => watch::watch(arguments, streams),
        Some(Command::Export(arguments)) => export::export(arguments, key(), streams),
    };
    Outcome::Exit(match done {
        Ok(code) => code,
        // Whoever read our output had enough of it: nothing is wrong, and nobody is left to be told.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit::GOOD,
        Err(error) => {
            let _ = writeln!(streams.err, "The result cannot be written: {error}.");
            exit::UNREADABLE
        }
    })
}

/// The heads that this laptop has seen.
fn heads() -> Heads {
    Heads::at(&crate::paths::heads_in(Paths::of_this_user().data()))
}

/// The key of this device.
fn key() -> DeviceKey {
    DeviceKey::of(Paths::of_this_user().data(), Keychain::of_the_system())
}

/// Help and version are what was asked for; anything else is wrong use.
fn refuse(error: &clap::Error, streams: &mut Streams<'_>) -> u8 {
    let text = error.render();
    let (stream, colour, code) = if error.use_stderr() {
        (&mut streams.err, streams.err_colour, exit::WRONG_USE)
    } else {
        (&mut streams.out, streams.out_colour, exit::GOOD)
    };
    // Where even this cannot be written, the code is all that is left to say.
    let _ = if colour { write!(stream, "{}", text.ansi()) } else { write!(stream, "{text}") };
    code
}

#[cfg(test)]
mod tests;
