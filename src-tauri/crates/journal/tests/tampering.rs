//! Every kind of tampering, on a seeded sample of positions, in rooms made here and in those of every released schema:
//! found, and named by the first bad event; and the verifier in Python, which was written from `docs/log-format.md`, says
//! the same of each. What no verifier can find is here, too: it must be said as not known.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it tried"
)]

#[path = "tampering/bytes.rs"]
mod bytes;
#[path = "tampering/forger.rs"]
mod forger;
#[path = "tampering/kinds.rs"]
mod kinds;
#[path = "tampering/page.rs"]
mod page;
#[path = "tampering/program.rs"]
mod program;
#[path = "tampering/python.rs"]
mod python;
#[path = "tampering/rooms.rs"]
mod rooms;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use journal::{Heads, Integrity, verify};
use serde_json::Value;

/// Another seed tries other positions: `WAR_ROOM_SEED=7 cargo test -p journal --test tampering`.
const SEED: u64 = 20_260_121;

pub(crate) fn seed() -> u64 {
    std::env::var("WAR_ROOM_SEED").ok().map_or(SEED, |seed| seed.parse().expect("a number"))
}

/// A room, what others hold of it, and what verification must say.
pub(crate) struct Case {
    pub(crate) kind: &'static str,
    pub(crate) what: String,
    pub(crate) room: PathBuf,
    pub(crate) heads: Option<PathBuf>,
    pub(crate) head: Option<String>,
    pub(crate) expected: Expected,
}

/// What verification must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The chain is broken, first at this event.
    Event(u64),
    /// The chain is whole, and this chunk of samples is not what it says.
    Chunk(u64),
    /// Nothing is wrong as far as it goes: complete up to this event, so many samples under no digest.
    Whole(Option<u64>, u64),
}

#[test]
fn every_kind_of_tampering_is_found_and_named_and_both_verifiers_agree() {
    let (folder, seed) = (tempfile::tempdir().unwrap(), seed());
    let mut cases = Vec::new();
    for (number, base) in rooms::all(folder.path()).iter().enumerate() {
        let place = folder.path().join(format!("base-{number}"));
        std::fs::create_dir(&place).unwrap();
        kinds::all(base, &place, seed.wrapping_add(number as u64), &mut cases);
    }
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for case in &cases {
        *counts.entry(case.kind).or_default() += 1;
    }
    eprintln!("seed {seed}: {} rooms", cases.len());
    for (kind, count) in &counts {
        eprintln!("{count:5} {kind}");
    }
    // Both cores: most of the time goes into curves that are not optimised in this build.
    let (half, other_half) = cases.split_at(cases.len() / 2);
    let (found, python) = std::thread::scope(|scope| {
        let python = scope.spawn(|| python::says(&cases));
        let half = scope.spawn(|| half.iter().map(rust_says).collect::<Vec<Value>>());
        let other_half: Vec<Value> = other_half.iter().map(rust_says).collect();
        ([half.join().unwrap(), other_half].concat(), python.join().unwrap())
    });
    let mut wrong: Vec<String> = Vec::new();
    for (case, found) in cases.iter().zip(&found) {
        if said(found) != case.expected {
            wrong.push(format!("{}: {}\n  expected {:?}, found {found}", case.kind, case.what, case.expected));
        }
    }
    if let Some(other) = python {
        for ((case, rust), python) in cases.iter().zip(&found).zip(&other) {
            let mut python = python.clone();
            // What is wrong is said in each one's own words; where, and what is known, in the same numbers.
            (python["why"], python["vouched_by"], python["samples"]["why"]) = (Value::Null, Value::Null, Value::Null);
            if &python != rust {
                wrong.push(format!("{}: {}\n  Rust   {rust}\n  Python {python}", case.kind, case.what));
            }
        }
    }
    assert!(wrong.is_empty(), "seed {seed}\n{}", wrong.join("\n"));
}

/// What `journal::verify` says, in the fields of `war-room verify --json`.
fn rust_says(case: &Case) -> Value {
    let heads = Heads::at(case.heads.as_deref().unwrap_or(Path::new("/nowhere/heads.log")));
    let report = verify(&case.room, &heads, case.head.as_deref()).unwrap();
    let first_bad = match &report.integrity {
        Integrity::Whole => None,
        Integrity::Broken { event, .. } => Some(*event),
    };
    let bad = report.samples.first_bad.as_ref();
    let span = bad.and_then(|bad| bad.span);
    let word = |is_broken: bool| if is_broken { "broken" } else { "whole" };
    serde_json::json!({
        "room": report.room,
        "events": report.events,
        "head": journal::hex(&report.head),
        "integrity": word(first_bad.is_some()),
        "first_bad": first_bad,
        "why": null,
        "complete_to": report.complete_to,
        "vouched_by": null,
        "samples": {
            "integrity": word(bad.is_some()),
            "chunks": report.samples.chunks,
            "rows": report.samples.rows,
            "fresh": report.samples.fresh,
            "first_bad": bad.map(|bad| bad.chunk),
            "from": span.map(|(from, _)| from.to_string()),
            "to": span.map(|(_, to)| to.to_string()),
            "why": null,
        },
    })
}

fn said(found: &Value) -> Expected {
    match (found["first_bad"].as_u64(), found["samples"]["first_bad"].as_u64()) {
        (Some(event), _) => Expected::Event(event),
        (None, Some(chunk)) => Expected::Chunk(chunk),
        (None, None) => {
            Expected::Whole(found["complete_to"].as_u64(), found["samples"]["fresh"].as_u64().unwrap_or_default())
        }
    }
}

/// Writes the room of the schema that this program writes, when that is released: run it once with `--ignored`.
#[test]
#[ignore = "writes tests/fixtures/rooms/schema-2.warroom"]
fn writes_the_room_of_this_schema() {
    let folder = tempfile::tempdir().unwrap();
    let base = rooms::day(folder.path(), "schema-2");
    std::fs::copy(&base.room, rooms::fixtures().join("schema-2.warroom")).unwrap();
}
