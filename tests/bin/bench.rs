//! Measures what needs no window and prints a line of JSON for each thing; `cargo xtask bench` makes a table of them.
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
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Journal, Sample, State};
use plan::config::Config;
use plan::{ItemId, Plan};
use pulldown_cmark::{CodeBlockKind, Event as MarkdownEvent, Options, Parser, Tag, TagEnd};
use room::{Event, Opened};
use tests::bare::{BareFile, long_text};
use tests::measure::Times;

/// How many acts and how many bare commits.
const COMMITS: usize = 500;
/// The minutes of the day that is looked at, and how often.
const DAY_MINUTES: i64 = 24 * 60;
const LOOKS: usize = 10;
/// How many readings and how many bare parses.
const READINGS: usize = 100;
/// How many times its length a text is that shows whether reading grows with the text and no faster.
const MANY: usize = 1_000;
/// How many readings of that.
const LONG_READINGS: usize = 3;
/// Reading means to take at most this many times the bare parses of Markdown and shell.
const READING_AT_MOST: f64 = 4.0;

/// The options with which `plan` parses, see `src-tauri/crates/plan/src/read/document.rs`.
const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else { return ExitCode::from(64) };
    match commits(&folder).and_then(|()| samples(&folder)).and_then(|()| readings()) {
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

/// A text of real size, parsed alone and read as a plan, in turn; and the same a thousand times as long.
fn readings() -> Result<(), Box<dyn Error>> {
    let text = long_text()?;
    let (limit, whole) = (Times::of("bare parses"), Times::of("text to plan"));
    let once = read(&text, READINGS, limit, whole)?;
    let long = text.repeat(MANY);
    let (limit, whole) = (Times::of("bare parses, 1000 times the text"), Times::of("1000 times the text to plan"));
    let many = read(&long, LONG_READINGS, limit, whole)?;
    // Reading grows as the text does where this is as long as one reading of the text itself.
    let share = many.percentile(50) / u32::try_from(MANY)?;
    say(&Times::once("a thousandth of that", share).line(Some(&once)))?;
    Ok(())
}

fn read(text: &str, times: usize, mut limit: Times, mut whole: Times) -> Result<Times, Box<dyn Error>> {
    let config = Config::default();
    for _ in 0..times {
        let started = Instant::now();
        bare_parses(black_box(text))?;
        limit.add(started.elapsed());
        let started = Instant::now();
        black_box(plan::read(black_box(text), &config));
        whole.add(started.elapsed());
    }
    say(&limit.line(None))?;
    say(&whole.line_within(&limit, READING_AT_MOST))?;
    Ok(whole)
}

/// The least that reading can do: the Markdown parser's events, and the shell grammar's tree of each fence.
fn bare_parses(text: &str) -> Result<(), Box<dyn Error>> {
    let mut shell = tree_sitter::Parser::new();
    shell.set_language(&tree_sitter_bash::LANGUAGE.into())?;
    let mut fence: Option<String> = None;
    for (event, _) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        match (event, &mut fence) {
            (MarkdownEvent::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) if is_shell(&info) => {
                fence = Some(String::new());
            }
            (MarkdownEvent::Text(words), Some(script)) => script.push_str(&words),
            (MarkdownEvent::End(TagEnd::CodeBlock), Some(script)) => {
                black_box(shell.parse(&*script, None));
                fence = None;
            }
            (event, _) => {
                black_box(event);
            }
        }
    }
    Ok(())
}

fn is_shell(info: &str) -> bool {
    matches!(info, "bash" | "sh" | "shell")
}
