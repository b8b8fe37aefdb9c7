//! `war-room verify`: whether a room's log is whole, and whether it is complete. Two answers: a chain that holds says
//! nothing about events that were cut off at its end.

use std::io;

use journal::{Heads, Integrity, Report, SamplesReport, To, hex, short};
use serde::Serialize;

use super::arguments::Verify;
use super::{Streams, exit, room_file};
use crate::wire::project::counted;

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
    let report = match journal::verify(&arguments.room, heads, arguments.head.as_deref()) {
        Ok(report) => report,
        Err(failure) => {
            writeln!(streams.err, "{}", failure.words(To::Read, &shown))?;
            return Ok(exit::UNREADABLE);
        }
    };
    if arguments.json {
        serde_json::to_writer_pretty(&mut *streams.out, &verified(&report, &shown))?;
        writeln!(streams.out)?;
    } else {
        let events = counted(usize::try_from(report.events).unwrap_or(usize::MAX), "event", "events");
        writeln!(streams.out, "{shown}: {events}, head {}", short(&report.head))?;
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
    Ok(match (&report.integrity, report.complete_to) {
        (Integrity::Broken { .. }, _) => exit::BROKEN,
        _ if report.samples.first_bad.is_some() => exit::BROKEN,
        (Integrity::Whole, Some(_)) => exit::GOOD,
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
