//! `war-room export`: a room as a file for people or programs.

use std::io;
use std::path::Path;

use journal::To;

use super::arguments::{Export, Form};
use super::{Streams, exit, room_file};
use crate::keep;
use crate::record::{self, About};

/// Exports a room. What is damaged is exported up to its last whole event; its rows are exported as they are.
pub(super) fn export(arguments: &Export, streams: &mut Streams<'_>) -> io::Result<u8> {
    let (text, words, code) = match exported(arguments) {
        Ok(exported) => exported,
        Err(sentence) => {
            writeln!(streams.err, "{sentence}")?;
            return Ok(exit::UNREADABLE);
        }
    };
    match &arguments.out {
        None => {
            streams.out.write_all(text.as_bytes())?;
            streams.out.flush()?;
        }
        Some(path) => {
            if let Err(error) = keep::write_new(path, &text) {
                writeln!(streams.err, "{}", not_written(&error, path))?;
                return Ok(exit::UNREADABLE);
            }
        }
    }
    if !words.is_empty() {
        writeln!(streams.err, "{words}")?;
    }
    Ok(code)
}

/// The text, what is to be said about the room's file, and the exit.
fn exported(arguments: &Export) -> Result<(String, String, u8), String> {
    let path = &arguments.room;
    let file = room_file::read(path)?;
    let text = match arguments.to {
        Form::Md => {
            let about = About { events: &file.events, head: &file.head, damage: &file.words };
            record::export_md(file.room(path)?, about)
        }
        Form::Jsonl => {
            let rows = journal::rows(path).map_err(|failure| failure.words(To::Read, &path.display().to_string()))?;
            record::export_jsonl(&rows)
        }
    };
    Ok((text, file.said(path), file.code))
}

fn not_written(error: &io::Error, path: &Path) -> String {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{shown} is there already and is not written over: name another file, or remove it first.")
        }
        io::ErrorKind::NotFound => format!("{shown} cannot be written: its folder is not there."),
        _ => format!("{shown} cannot be written: {error}."),
    }
}
