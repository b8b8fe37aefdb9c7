//! `war-room export`: a room as a file for people or programs.

use std::io;

use super::arguments::{Export, Form};
use super::{Streams, exit, room_file};
use crate::clock;
use crate::device_key::DeviceKey;
use crate::exporting::{self, By, Kind};
use crate::paths;

/// Exports a room. What is damaged is exported up to its last whole event; its rows are exported as they are.
pub(super) fn export(arguments: &Export, key: DeviceKey, streams: &mut Streams<'_>) -> io::Result<u8> {
    let kind = match arguments.to {
        Form::Md => Kind::Checklist,
        Form::Html => Kind::Report,
        Form::Jsonl => Kind::Events,
        Form::Csv => Kind::Samples,
        Form::Archive => Kind::Archive,
    };
    let who = paths::login(|name| std::env::var_os(name), || whoami::username().ok());
    let by = By { who, at: clock::now(), key };
    let (exported, out) = match &arguments.out {
        None => (exporting::write(kind, &arguments.room, &by, streams.out, &std::env::temp_dir()), String::new()),
        Some(path) => (exporting::to_file(kind, &arguments.room, &by, path, true), path.display().to_string()),
    };
    match exported {
        Ok(exported) => {
            if !exported.words.is_empty() {
                writeln!(streams.err, "{}", exported.words)?;
            }
            if let Some(words) = room_file::place(&arguments.room) {
                writeln!(streams.err, "{words}")?;
            }
            Ok(if exported.is_broken { exit::BROKEN } else { exit::GOOD })
        }
        // Whoever read our output had enough of it.
        Err(exporting::Fault::Write(error)) if arguments.out.is_none() => Err(error),
        Err(fault) => {
            writeln!(streams.err, "{}", fault.words(&out))?;
            Ok(exit::UNREADABLE)
        }
    }
}
