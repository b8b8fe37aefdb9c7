//! Measures what needs no window, but for reading (`tests/bin/reading.rs`), acts (`tests/bin/durable.rs`) and long logs
//! (`tests/bin/long_log.rs`), and prints a line of JSON for each thing; `cargo xtask bench` makes a table of them.
//!
//! ```text
//! bench FOLDER            FOLDER lies on the disk that is measured, and may be written into
//! ```
//!
//! Owns: which of the program's own steps are measured, each in turn with the least that it could take. Must not know: what
//! a good time is.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Journal, Sample, State};
use plan::config::Config;
use plan::{ItemId, Plan};
use room::{Day, Event, Opened, Room};
use tests::bare::BareFile;
use tests::long_text::long_text;
use tests::measure::Times;

/// How many acts and how many bare commits.
const COMMITS: usize = 1_000;
/// How many events the log has that is exported, and how often it is.
const EXPORTED: u64 = 100_000;
const EXPORTS: usize = 3;
/// The minutes of the day that is looked at, and how often.
const DAY_MINUTES: i64 = 24 * 60;
const LOOKS: usize = 10;
/// How many checks the day has whose schedule is solved, and how often.
const CHECKS: usize = 5_000;
const SOLVED: usize = 100;
/// What a frame of the window has, at 60 a second.
const FRAME: Duration = Duration::from_micros(16_667);

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else { return ExitCode::from(64) };
    let all = || -> Result<(), Box<dyn Error>> {
        samples(&folder)?;
        exports(&folder)?;
        schedule()
    };
    match all() {
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

/// What a long log costs to export, by the program that stands beside this one.
fn exports(folder: &Path) -> Result<(), Box<dyn Error>> {
    let program = std::env::current_exe()?.with_file_name("war-room");
    let folder = tempfile::tempdir_in(folder)?;
    let (path, text) = (folder.path().join("rooms/bench.warroom"), long_text()?);
    let (plan, _) = plan::read(&text, &Config::default());
    let begin = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(490_000);
    let (mut journal, _) = Journal::create(&path, Device::from_seed([7; 32]), opened(text), "login", begin)?;
    while journal.count() < EXPORTED {
        let now = begin + SignedDuration::from_secs(i64::try_from(journal.count())?);
        let batch = (journal.count()..EXPORTED.min(journal.count() + 1_000)).map(|number| {
            let note = || Ok(Event::Noted { text: format!("note {number}: errors and latency as before the release") });
            let event = if number % 3 == 0 { stated(&plan, usize::try_from(number).unwrap_or(0)) } else { note() };
            event.map(|event| (event, now))
        });
        journal.append_all(batch.collect::<Result<_, &'static str>>()?, now, "MK")?;
    }
    journal.rest();
    for (form, name) in [("jsonl", "100,000 events to jsonl"), ("md", "100,000 events to md")] {
        let mut times = Times::of(name);
        for _ in 0..EXPORTS {
            let started = Instant::now();
            let mut command = Command::new(&program);
            let done = command.arg("export").arg(&path).args(["--to", form]).stdout(Stdio::null()).status()?;
            times.add(started.elapsed());
            if !done.success() {
                return Err(format!("the export to {form} ends with {done}").into());
            }
        }
        say(&times.line(None))?;
    }
    Ok(())
}

/// Acts while samples are kept, as from 200 signals that are asked every 5 s, beside bare commits; and a look at a day of
/// 20 signals, at its end.
fn samples(folder: &Path) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir_in(folder)?;
    let text = long_text()?;
    let (plan, _) = plan::read(&text, &Config::default());
    let path = folder.path().join("rooms/bench.warroom");
    let begin = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(490_000);
    let (mut journal, _) = Journal::create(&path, Device::from_seed([7; 32]), opened(text), "login", begin)?;
    let bare = BareFile::create(&folder.path().join("bare.sqlite"))?;
    journal.append(stated(&plan, 0)?, begin, begin, "MK")?;
    bare.commit()?;
    let (mut limit, mut acts) = (Times::of("bare commit"), Times::of("act while samples are kept"));
    for number in 0..COMMITS {
        let now = begin + SignedDuration::from_secs(i64::try_from(number)?);
        limit.add(bare.commit()?);
        journal.keep_samples(&batch(40, now))?;
        let event = stated(&plan, number)?;
        let started = Instant::now();
        journal.append(event, now, now, "MK")?;
        acts.add(started.elapsed());
    }
    say(&limit.line(None))?;
    say(&acts.line(Some(&limit)))?;
    for minute in 0..DAY_MINUTES {
        for round in 0..12 {
            let now = begin + SignedDuration::from_secs(minute * 60 + round * 5);
            journal.keep_samples(&batch(20, now))?;
        }
        if minute % 10 == 9 {
            let now = begin + SignedDuration::from_mins(minute);
            journal.seal_samples(now, "War Room")?;
            journal.rest();
        }
    }
    let names: Vec<String> = (0..20).map(|number| format!("metrics.m{number}")).collect();
    let to = begin + SignedDuration::from_mins(DAY_MINUTES);
    let mut looks = Times::of("a day of 20 signals pulled");
    for _ in 0..LOOKS {
        let started = Instant::now();
        black_box(journal::samples(&path, &names, begin, to, 600)?);
        looks.add(started.elapsed());
    }
    say(&looks.line(None))?;
    Ok(())
}

/// The schedule of a day of 5,000 checks, solved as it is each second, beside the time that a frame of the window has.
fn schedule() -> Result<(), Box<dyn Error>> {
    let room = Room::open(Opened { start: jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0), ..opened(long_day()) });
    let checks = room.plan().items.len();
    if checks < CHECKS {
        return Err(format!("the day has {checks} checks and not {CHECKS}").into());
    }
    let now = room.resolved().start + SignedDuration::from_mins(35);
    let frame = Times::once("a frame", FRAME);
    let mut solved = Times::of("schedule of 5,000 checks");
    for _ in 0..SOLVED {
        let started = Instant::now();
        let day = Day::of(&room, None);
        let stands = day.solve(now);
        black_box((day.spent(&stands), stands));
        solved.add(started.elapsed());
    }
    say(&solved.line_within(&frame, 1.0))?;
    Ok(())
}

/// A checklist of 20 phases on one day, with 250 checks each, and a gate in each.
fn long_day() -> String {
    let mut text = String::from("# Ship (January 21, 2026)\n\nWindow: 6:30 AM - 11:30 PM UTC\n");
    for phase in 0..20 {
        let (hour, minute) = (6 + (30 + phase * 45) / 60, (30 + phase * 45) % 60);
        text.push_str(&format!("\n## Phase {phase}: Deploy part {phase} ({hour}:{minute:02})\n\n"));
        text.push_str("- [ ] **10% traffic**\n  - [ ] Latency normal\n  - [ ] Hold for 5 minutes\n");
        for check in 3..CHECKS / 20 {
            text.push_str(&format!("- [ ] Check {check} of part {phase}\n"));
        }
    }
    text
}

/// One sample of so many signals.
fn batch(signals: usize, now: Timestamp) -> Vec<Sample> {
    let sample = |number: usize| Sample {
        signal: format!("metrics.m{number}"),
        at: now.as_millisecond(),
        good_for: 12_000,
        state: State::Number,
        value: Some(number as f64),
    };
    (0..signals).map(sample).collect()
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
