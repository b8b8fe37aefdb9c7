//! Exports: a room's file, read as it lies on disk, and written elsewhere for people or programs. The window and the command
//! line go the same way.
//!
//! Owns: what is read for each kind, and how it comes into its file: whole or not at all, never over what is there unless a
//! person said so. Must not know: who asks, and what stands in an export ([`crate::record`]).

mod archive;
mod checked;
mod manifest;

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use journal::{Failure, Hash, To, short};
use room::{Recorded, Room};

pub(crate) use checked::{Checked, check, is_archive};

use crate::device_key::DeviceKey;
use crate::keep;
use crate::record::{self, About, PIECES, Proof, Reported, SamplesTable};
pub(crate) use crate::wire::ExportKind as Kind;

/// How the file of an export is named at its end.
fn ending(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "html",
        Kind::Checklist => "md",
        Kind::Events => "jsonl",
        Kind::Samples => "csv",
        Kind::Archive => "tar",
    }
}

/// Whoever exports, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct By {
    /// A person's initials, or the login name.
    pub(crate) who: String,
    /// When.
    pub(crate) at: Timestamp,
    /// The key that signs an archive.
    pub(crate) key: DeviceKey,
}

/// What is to be said about the room's file; empty where it is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exported {
    /// In words.
    pub(crate) words: String,
    /// Whether the log is broken after what was exported.
    pub(crate) is_broken: bool,
}

/// Why nothing was exported.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The room cannot be read: a sentence.
    Read(String),
    /// The file cannot be written.
    Write(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl Fault {
    /// A sentence for a person. `out` is the file as they read it; empty for standard output.
    pub(crate) fn words(&self, out: &str) -> String {
        let error = match self {
            Self::Read(sentence) => return sentence.clone(),
            Self::Write(error) => error,
        };
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                format!("{out} is there already and is not written over: name another file, or remove it first.")
            }
            io::ErrorKind::NotFound => format!("{out} cannot be written: its folder is not there."),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                format!(
                    "{out} cannot be written: the disk is full, and nothing was left behind. Free some space, or choose another disk."
                )
            }
            _ => format!("{out} cannot be written: {error}."),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words("The export"))
    }
}

/// Writes an export of `room` to `out`, under a name of its own where that is a folder; `is_new` where what is there already
/// must stay.
///
/// # Errors
/// Nothing was exported, and nothing is left behind.
pub(crate) fn to_file(kind: Kind, room: &Path, by: &By, out: &Path, is_new: bool) -> Result<Exported, Fault> {
    if out.is_dir() {
        let named = out.join(file_name(RoomFile::read(room)?.room()?, kind));
        return to_file(kind, room, by, &named, is_new);
    }
    let mut exported = None;
    let beside = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    keep::write_out(out, is_new, |writer| {
        exported = Some(write(kind, room, by, writer, beside)?);
        Ok::<(), Fault>(())
    })?;
    exported.ok_or_else(|| Fault::Read("Nothing was exported.".to_owned()))
}

/// Writes an export of `room` to `writer`. What does not fit into memory lies in a folder of its own in `beside` meanwhile.
///
/// # Errors
/// The room cannot be read, or the writer takes no more.
pub(crate) fn write(
    kind: Kind,
    room: &Path,
    by: &By,
    writer: &mut dyn Write,
    beside: &Path,
) -> Result<Exported, Fault> {
    if kind == Kind::Archive {
        return archive::write(room, by, writer, beside);
    }
    let file = RoomFile::read(room)?;
    file.write(kind, by, writer)?;
    writer.flush()?;
    Ok(file.exported())
}

/// A room's file, up to its last whole event.
struct RoomFile {
    /// Where it lies.
    path: PathBuf,
    /// Its name, as an export tells it.
    name: String,
    /// The room; `None` where not even its first event is whole.
    room: Option<Room>,
    events: Vec<Recorded>,
    /// The last whole event's hash.
    hash: Hash,
    /// The same in short.
    head: String,
    words: String,
    is_broken: bool,
}

impl RoomFile {
    fn read(path: &Path) -> Result<Self, Fault> {
        let shown = path.display().to_string();
        let log = journal::read(path).map_err(|failure| Fault::Read(failure.words(To::Read, &shown)))?;
        Ok(Self {
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            room: Room::fold(&log.events),
            hash: log.head,
            head: short(&log.head),
            words: log.damage.as_ref().map(|damage| damage.words(To::Read, &shown)).unwrap_or_default(),
            // A newer file is whole as far as this program can tell.
            is_broken: log.damage.is_some_and(|damage| !matches!(damage, Failure::Newer { .. })),
            events: log.events,
            path: path.to_owned(),
        })
    }

    fn exported(&self) -> Exported {
        Exported { words: self.words.clone(), is_broken: self.is_broken }
    }

    fn room(&self) -> Result<&Room, Fault> {
        let nothing = || format!("{} holds no event that could be read. {}", self.path.display(), self.words);
        self.room.as_ref().ok_or_else(|| Fault::Read(nothing().trim_end().to_owned()))
    }

    fn unreadable(&self, failure: &Failure) -> Fault {
        Fault::Read(failure.words(To::Read, &self.path.display().to_string()))
    }

    fn write(&self, kind: Kind, by: &By, writer: &mut dyn Write) -> Result<(), Fault> {
        match kind {
            Kind::Report => writer.write_all(self.report(by)?.as_bytes())?,
            Kind::Checklist => {
                let about = About { events: &self.events, head: &self.head, damage: &self.words };
                writer.write_all(record::export_md(self.room()?, about).as_bytes())?;
            }
            Kind::Events => {
                let rows = journal::rows(&self.path).map_err(|failure| self.unreadable(&failure))?;
                writer.write_all(record::export_jsonl(&rows).as_bytes())?;
            }
            Kind::Samples => self.samples(writer)?,
            Kind::Archive => {}
        }
        Ok(())
    }

    fn report(&self, by: &By) -> Result<String, Fault> {
        let room = self.room()?;
        let sealed = journal::sealed(&self.path, &room.opened().room, self.events.len());
        let sealed = sealed.map_err(|failure| self.unreadable(&failure))?;
        let signals = record::charted(room);
        let span = record::span(room, &self.events);
        // Nothing was watched after the last event that anybody knows of.
        let last = self.events.last().map_or(span.1, |last| last.occurred_at);
        let drawn = match crate::drill::replayed(&self.events, &signals, (span.0, last.min(span.1)), PIECES) {
            Some(drawn) => drawn,
            None => {
                let names: Vec<String> = signals.iter().map(journal::signal_key).collect();
                let found = journal::samples(&self.path, &names, span.0, span.1, PIECES);
                found.map_err(|failure| self.unreadable(&failure))?
            }
        };
        let proof = Proof { file: &self.name, hashes: &sealed.hashes, seal: sealed.seal.as_ref(), damage: &self.words };
        let exported = Some((by.who.as_str(), by.at));
        Ok(record::report(Reported { room, events: &self.events, drawn: &drawn, proof, exported }))
    }

    /// Signal by signal, so that a room of millions of samples needs the memory of one signal.
    fn samples(&self, writer: &mut dyn Write) -> Result<(), Fault> {
        let table = SamplesTable::of(self.room()?);
        writer.write_all(SamplesTable::head().as_bytes())?;
        let mut fault = None;
        let done = journal::every_sample(&self.path, |signal, samples| {
            let written = writer.write_all(table.rows(signal, samples).as_bytes());
            written.map_err(|error| {
                fault = Some(error);
                Failure::Full
            })
        });
        match (done, fault) {
            (_, Some(error)) => Err(Fault::Write(error)),
            (Err(failure), None) => Err(self.unreadable(&failure)),
            (Ok(()), None) => Ok(()),
        }
    }
}

/// How an export of a room is named where nobody names it: `payments-api-4.2.0-20260121.html`, a drill's with its mark.
pub(crate) fn file_name(room: &Room, kind: Kind) -> String {
    let mark = if crate::drill::is_drill(room) { "drill-" } else { "" };
    let day = room.opened().start.date().strftime("%Y%m%d").to_string();
    format!("{mark}{}-{day}.{}", record::file_stem(room), ending(kind))
}
