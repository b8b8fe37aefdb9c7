//! `war-room verify`: whether a room's log is whole, and whether it is complete. Two answers: a chain that holds says
//! nothing about events that were cut off at its end.

use std::io;

use journal::{Heads, Integrity, Report, To, hex, short};
use serde::Serialize;

use super::arguments::Verify;
use super::{Streams, exit};
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
    complete_to: Option<u64>,
    vouched_by: Option<&'a str>,
}

/// Verifies a room against its own seals, the heads that this laptop has seen, and the head that was named.
pub(super) fn verify(arguments: &Verify, heads: &Heads, streams: &mut Streams<'_>) -> io::Result<u8> {
    let report = match journal::verify(&arguments.room, heads, arguments.head.as_deref()) {
        Ok(report) => report,
        Err(failure) => {
            writeln!(streams.err, "{}", failure.words(To::Read, &arguments.room.display().to_string()))?;
            return Ok(exit::UNREADABLE);
        }
    };
    if arguments.json {
        serde_json::to_writer_pretty(&mut *streams.out, &verified(&report))?;
        writeln!(streams.out)?;
    } else {
        let events = counted(usize::try_from(report.events).unwrap_or(usize::MAX), "event", "events");
        writeln!(streams.out, "{}: {events}, head {}", arguments.room.display(), short(&report.head))?;
        writeln!(streams.out, "  integrity: {}", integrity(&report))?;
        writeln!(streams.out, "  completeness: {}", completeness(&report))?;
    }
    streams.out.flush()?;
    Ok(match (&report.integrity, report.complete_to) {
        (Integrity::Broken { .. }, _) => exit::BROKEN,
        (Integrity::Whole, Some(_)) => exit::GOOD,
        (Integrity::Whole, None) => exit::COMPLETENESS_UNKNOWN,
    })
}

fn verified(report: &Report) -> Verified<'_> {
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
        complete_to: report.complete_to,
        vouched_by: report.complete_to.map(|_| report.vouched_by.as_str()),
    }
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
