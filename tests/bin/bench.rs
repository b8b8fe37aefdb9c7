//! Measures what needs no window, but for reading (`tests/bin/reading.rs`), and prints a line of JSON for each thing;
//! `cargo xtask bench` makes a table of them.
//!
//! ```text
//! bench FOLDER            FOLDER lies on the disk that is measured, and may be written into
//! ```
//!
//! Owns: which of the program's own steps are measured, each in turn with the least that it could take. Must not know: what
//! a good time is.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Journal};
use plan::config::Config;
use plan::{ItemId, Plan};
use room::{Event, Opened};
use tests::bare::{BareFile, long_text};
use tests::measure::Times;

/// How many acts and how many bare commits.
const COMMITS: usize = 500;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else { return ExitCode::from(64) };
    match commits(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even this cannot be said, the code says that it failed.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

/// Acts of a room and bare commits on the same disk, in turn: what slows the disk for a while slows both.
fn commits(folder: &Path) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir_in(folder)?;
    let text = long_text()?;
    let (plan, _) = plan::read(&text, &Config::default());
    let path = folder.path().join("rooms/bench.warroom");
    let mut now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(490_000);
    let (mut journal, _) = Journal::create(&path, Device::from_seed([7; 32]), opened(text), "login", now)?;
    let bare = BareFile::create(&folder.path().join("bare.sqlite"))?;
    // The first of each prepares its statements and is not measured.
    journal.append(stated(&plan, 0)?, now, now, "MK")?;
    bare.commit()?;

    let (mut limit, mut acts) = (Times::of("bare commit"), Times::of("act to durable"));
    for number in 0..COMMITS {
        now += SignedDuration::from_secs(1);
        let event = stated(&plan, number)?;
        let act = |journal: &mut Journal| -> Result<Duration, journal::Failure> {
            let started = Instant::now();
            journal.append(event, now, now, "MK")?;
            Ok(started.elapsed())
        };
        // Each goes first as often as the other: what comes second finds the disk awake.
        if number % 2 == 0 {
            limit.add(bare.commit()?);
            acts.add(act(&mut journal)?);
        } else {
            acts.add(act(&mut journal)?);
            limit.add(bare.commit()?);
        }
    }
    say(&limit.line(None))?;
    say(&acts.line(Some(&limit)))?;
    Ok(())
}

fn opened(text: String) -> Opened {
    Opened {
        room: "5e".repeat(16),
        file: "bench.md".to_owned(),
        path: "/bench.md".to_owned(),
        text,
        settings: None,
        start: jiff::civil::date(2026, 3, 10).at(21, 0, 0, 0),
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "none".to_owned(),
        reader: "bench".to_owned(),
        drill: None,
    }
}

/// That a check of the plan is done; the checks come round again and again.
fn stated(plan: &Plan, number: usize) -> Result<Event, &'static str> {
    let items = plan.items.iter().map(|item| &item.id);
    let item: &ItemId = items.cycle().nth(number % plan.items.len().max(1)).ok_or("the plan has no checks")?;
    Ok(Event::Stated { item: item.clone(), saw: None, answer: None, values: Vec::new() })
}
