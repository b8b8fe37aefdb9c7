//! `war-room verify`: whether a room's log is whole, and whether it is complete. Two answers: a chain that holds says
//! nothing about events that were cut off at its end. Of an archive a third one: whether its files are what was signed.

use std::io;

use journal::{Heads, Integrity, Report, SamplesReport, To, hex, short};
use serde::Serialize;

use super::arguments::Verify;
use super::{Streams, exit, room_file};
use crate::exporting::{self, Checked};
use crate::wire::project::counted;

/// Where the manifest is of something else than the room beside it.
const OTHER_ROOM: &str = "it is of another room, or of another moment of it";

/// Where there is nothing that could be verified.
const NO_ROOM: &str = "there is no room in it";

/// The result for programs.
#[derive(Serialize)]
struct Verified<'a> {
    room: &'a str,
    events: u64,
    head: String,
    integrity: &'static str,
    first_bad: Option<u64>,
    why: Option<&'a str>,
    newer: Option<u64>,
    reading_only: Option<String>,
    complete_to: Option<u64>,
    vouched_by: Option<&'a str>,
    samples: VerifiedSamples<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<VerifiedArchive<'a>>,
}

/// What of it is about the archive in which the room came.
#[derive(Serialize)]
struct VerifiedArchive<'a> {
    integrity: &'static str,
    files: usize,
    first_bad: Option<&'a str>,
    why: Option<&'a str>,
    signed_by: Option<&'a str>,
    signer_wrote: bool,
}

/// What of it is about the samples beside the log.
#[derive(Serialize)]
struct VerifiedSamples<'a> {
    integrity: &'static str,
    chunks: u64,
    rows: u64,
    fresh: u64,
    first_bad: Option<u64>,
    from: Option<String>,
    to: Option<String>,
    why: Option<&'a str>,
}

/// Verifies a room against its own seals, the heads that this laptop has seen, and the head that was named.
pub(super) fn verify(arguments: &Verify, heads: &Heads, streams: &mut Streams<'_>) -> io::Result<u8> {
    let shown = arguments.room.display().to_string();
    let archive = match exporting::is_archive(&arguments.room).then(|| exporting::check(&arguments.room)).transpose() {
        Ok(archive) => archive.map(Archive::of),
        Err(error) => {
            writeln!(streams.err, "{shown} cannot be unpacked: {error}.")?;
            return Ok(exit::UNREADABLE);
        }
    };
    let room = match &archive {
        None => Ok(arguments.room.as_path()),
        Some(archive) => archive.checked.room.as_deref().ok_or(NO_ROOM),
    };
    let report = room.map_err(str::to_owned).and_then(|room| {
        let report = journal::verify(room, heads, arguments.head.as_deref());
        report.map_err(|failure| failure.words(To::Read, &shown))
    });
    let report = match (report, &archive) {
        (Ok(report), _) => report,
        (Err(why), Some(archive)) => return archive.without_room(&why, arguments.json, &shown, streams),
        (Err(why), None) => {
            writeln!(streams.err, "{why}")?;
            return Ok(exit::UNREADABLE);
        }
    };
    if arguments.json {
        let mut verified = verified(&report, &shown);
        verified.archive = archive.as_ref().map(|archive| archive.for_programs(&report));
        serde_json::to_writer_pretty(&mut *streams.out, &verified)?;
        writeln!(streams.out)?;
    } else {
        let events = counted(usize::try_from(report.events).unwrap_or(usize::MAX), "event", "events");
        writeln!(streams.out, "{shown}: {events}, head {}", short(&report.head))?;
        if let Some(archive) = &archive {
            writeln!(streams.out, "  archive: {}", archive.words(&report))?;
        }
        writeln!(streams.out, "  integrity: {}", integrity(&report))?;
        writeln!(streams.out, "  completeness: {}", completeness(&report))?;
        if report.samples != SamplesReport::default() {
            writeln!(streams.out, "  samples: {}", samples(&report.samples))?;
        }
        if let Some(why) = reading_only(&report, &shown) {
            writeln!(streams.out, "  reading only: {why}")?;
        }
    }
    streams.out.flush()?;
    if let Some(words) = room_file::place(&arguments.room) {
        writeln!(streams.err, "{words}")?;
    }
    let of_archive = archive.as_ref().map_or(exit::GOOD, |archive| archive.code(&report));
    Ok(match (&report.integrity, report.complete_to) {
        _ if of_archive == exit::BROKEN => exit::BROKEN,
        (Integrity::Broken { .. }, _) => exit::BROKEN,
        _ if report.samples.first_bad.is_some() => exit::BROKEN,
        (Integrity::Whole, Some(_)) => of_archive,
        (Integrity::Whole, None) => exit::COMPLETENESS_UNKNOWN,
    })
}

fn verified<'a>(report: &'a Report, shown: &str) -> Verified<'a> {
    let (integrity, first_bad, why) = match &report.integrity {
        Integrity::Whole => ("whole", None, None),
        Integrity::Broken { event, why } => ("broken", Some(*event), Some(why.as_str())),
    };
    Verified {
        room: &report.room,
        events: report.events,
        head: hex(&report.head),
        integrity,
        first_bad,
        why,
        newer: report.newer,
        reading_only: reading_only(report, shown),
        complete_to: report.complete_to,
        vouched_by: report.complete_to.map(|_| report.vouched_by.as_str()),
        samples: verified_samples(&report.samples),
        archive: None,
    }
}

/// The archive in which a room came, held against its manifest.
struct Archive {
    checked: Checked,
    /// Whether the device that signed wrote any of the room's events.
    signer_wrote: bool,
}

impl Archive {
    fn of(checked: Checked) -> Self {
        let signer_wrote = checked.signer_wrote();
        Self { checked, signer_wrote }
    }

    /// What is not as the manifest says: a file of it, or the room that it names.
    fn bad(&self, report: &Report) -> Option<(&str, &str)> {
        if let Some((name, why)) = &self.checked.first_bad {
            return Some((name, why));
        }
        let (room, events, head) = &self.checked.said;
        let is_it = *room == report.room && *events == report.events && *head == hex(&report.head);
        let is_whole = report.integrity == Integrity::Whole;
        (is_whole && !is_it).then_some(("MANIFEST", OTHER_ROOM))
    }

    fn words(&self, report: &Report) -> String {
        if let Some((name, why)) = self.bad(report) {
            return format!("not as it was exported: {name}: {why}");
        }
        let files = counted(self.checked.files, "file", "files");
        match &self.checked.key {
            None => {
                format!("{files} as the manifest says, which nobody signed: whoever changed one could write it anew")
            }
            Some(key) => {
                let device = key.get(..16).unwrap_or(key);
                let wrote = if self.signer_wrote {
                    "which wrote events of this room"
                } else {
                    "which wrote no event of it: ask whose it is"
                };
                format!("{files} as the manifest says, signed by the device {device}, {wrote}")
            }
        }
    }

    fn code(&self, report: &Report) -> u8 {
        match (self.bad(report), &self.checked.key) {
            (Some(_), _) => exit::BROKEN,
            (None, Some(_)) if self.signer_wrote => exit::GOOD,
            (None, _) => exit::COMPLETENESS_UNKNOWN,
        }
    }

    /// What is said where the room in it cannot be read: of the archive alone, which is broken then.
    fn without_room(&self, why: &str, is_json: bool, shown: &str, streams: &mut Streams<'_>) -> io::Result<u8> {
        let room = self.checked.room.as_ref().and_then(|room| room.file_name()).map(|name| name.to_string_lossy());
        let name = room.unwrap_or(std::borrow::Cow::Borrowed("MANIFEST"));
        let own = self.checked.first_bad.as_ref().map(|(name, why)| (name.as_str(), why.as_str()));
        let (name, why) = own.unwrap_or((&name, why));
        if is_json {
            let archive = VerifiedArchive {
                integrity: "broken",
                files: self.checked.files,
                first_bad: Some(name),
                why: Some(why),
                signed_by: self.checked.key.as_deref(),
                signer_wrote: self.signer_wrote,
            };
            serde_json::to_writer_pretty(&mut *streams.out, &serde_json::json!({ "archive": archive }))?;
            writeln!(streams.out)?;
        } else {
            writeln!(streams.out, "{shown}:\n  archive: not as it was exported: {name}: {why}")?;
        }
        Ok(exit::BROKEN)
    }

    fn for_programs(&self, report: &Report) -> VerifiedArchive<'_> {
        let bad = self.bad(report);
        VerifiedArchive {
            integrity: if bad.is_some() { "broken" } else { "whole" },
            files: self.checked.files,
            first_bad: bad.map(|(name, _)| name),
            why: bad.map(|(_, why)| why),
            signed_by: self.checked.key.as_deref(),
            signer_wrote: self.signer_wrote,
        }
    }
}

fn verified_samples(report: &SamplesReport) -> VerifiedSamples<'_> {
    let bad = report.first_bad.as_ref();
    let span = bad.and_then(|bad| bad.span);
    VerifiedSamples {
        integrity: if bad.is_some() { "broken" } else { "whole" },
        chunks: report.chunks,
        rows: report.rows,
        fresh: report.fresh,
        first_bad: bad.map(|bad| bad.chunk),
        from: span.map(|(from, _)| from.to_string()),
        to: span.map(|(_, to)| to.to_string()),
        why: bad.map(|bad| bad.why.as_str()),
    }
}

/// Integrity of the log and of what lies beside it are two things: the chain may be whole where a sample was changed.
fn samples(report: &SamplesReport) -> String {
    let count = |number: u64, one, several| counted(usize::try_from(number).unwrap_or(usize::MAX), one, several);
    if let Some(bad) = &report.first_bad {
        let span = bad.span.map(|(from, to)| format!(" ({from} to {to})")).unwrap_or_default();
        return format!("changed in chunk {}{span}: {}", bad.chunk, bad.why);
    }
    let fresh = match report.fresh {
        0 => String::new(),
        fresh => format!("; {} not closed under a digest yet", count(fresh, "sample", "samples")),
    };
    match report.chunks {
        0 => format!("none under a digest{fresh}"),
        chunks => {
            format!("whole, {} in {}{fresh}", count(report.rows, "row", "rows"), count(chunks, "chunk", "chunks"))
        }
    }
}

/// What the window says of a room that it opens for reading only.
fn reading_only(report: &Report, shown: &str) -> Option<String> {
    report.reading_only.as_ref().map(|failure| failure.words(To::Enter, shown))
}

fn integrity(report: &Report) -> String {
    match &report.integrity {
        Integrity::Whole => "whole".to_owned(),
        Integrity::Broken { event, why } => format!("broken at event {event}: {why}"),
    }
}

fn completeness(report: &Report) -> String {
    let last = report.events;
    match (&report.integrity, report.complete_to) {
        (Integrity::Broken { .. }, _) => "unknown, since the chain is broken".to_owned(),
        (Integrity::Whole, Some(to)) => {
            format!("complete up to event {to}, says {}; completeness after event {last} unknown", report.vouched_by)
        }
        (Integrity::Whole, None) => {
            format!("whole as far as it goes; completeness after event {last} unknown: no head from elsewhere is known")
        }
    }
}
