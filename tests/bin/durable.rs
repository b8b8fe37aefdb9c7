//! What an act takes until it is on the disk, beside a bare commit, as lines of JSON for the table of `cargo xtask bench`.
//! Optimised, as people have it: `cargo run --release -p journal --example durable -- FOLDER [COMMITS]`.
//!
//! Owns: how acts and bare commits are measured in turn, and in how many. Must not know: what a good disk is.

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Journal};
use room::{Event, Opened, Room};

#[allow(unreachable_pub, reason = "the window's measurements take it from the tests' library")]
#[path = "../support/bare.rs"]
mod bare;
#[allow(unreachable_pub, dead_code, reason = "the other measurements take it from the tests' library, and more of it")]
#[path = "../support/measure.rs"]
mod measure;

use bare::BareFile;
use measure::{Times, noted};

/// How many acts and how many bare commits: what one in a hundred exceeds is then told by two hundred of each, and not by
/// the few stalls that a disk happens to have.
const COMMITS: usize = 20_000;
/// Into so many stretches they are cut: the ratio of each shows how steady the whole is.
const STRETCHES: usize = 5;
/// What one act in a hundred exceeds may be so many times what one bare commit in a hundred does (issue 10).
const AT_MOST: f64 = 1.3;

const TEXT: &str = "# Pay\n\n## Deploy\n\n- [ ] Roll out the canary\n- [ ] Error rate below 1 %\n- [ ] Announce it\n";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().ok_or("durable FOLDER [COMMITS]")?;
    let count = arguments.next().map_or(Ok(COMMITS), |count| count.to_string_lossy().parse::<usize>())?;
    let (bare, acts) = commits(Path::new(&folder), count)?;
    println!("{}", bare.line(None));
    println!("{}", acts.line(Some(&bare)));
    let ratio = |stretch: usize| {
        let slow = |times: &Times| times.stretch(stretch, STRETCHES).percentile(99).as_secs_f64();
        format!("{:.2}", slow(&acts) / slow(&bare))
    };
    let fifths: Vec<String> = (0..STRETCHES).map(ratio).collect();
    let line = acts.line_of(99, "act to durable, p99", &bare, AT_MOST);
    println!("{}", noted(&line, &format!("its fifths: {}", fifths.join(" "))));
    Ok(())
}

/// Acts of a room and bare commits on the same disk, in turn: what slows the disk for a while slows both.
fn commits(folder: &Path, count: usize) -> Result<(Times, Times), Box<dyn Error>> {
    let folder = tempfile::tempdir_in(folder)?;
    let path = folder.path().join("rooms/bench.warroom");
    let mut now = Timestamp::from_second(1_800_000_000)?;
    let items: Vec<_> = Room::open(opened()).plan().items.iter().map(|item| item.id.clone()).collect();
    let stated = |number: usize| {
        let item = items.get(number % items.len().max(1)).cloned().ok_or("the plan has no checks")?;
        Ok::<_, &str>(Event::Stated { item, saw: None, answer: None, values: Vec::new() })
    };
    let (mut journal, _) = Journal::create(&path, Device::from_seed([7; 32]), opened(), "login", now)?;
    let file = BareFile::create(&folder.path().join("bare.sqlite"))?;
    // The first of each prepares its statements and is not measured.
    journal.append(stated(0)?, now, now, "MK")?;
    file.commit()?;
    let (mut bare, mut acts) = (Times::of("bare commit"), Times::of("act to durable"));
    for number in 0..count {
        now += SignedDuration::from_secs(1);
        let event = stated(number)?;
        let act = |journal: &mut Journal| -> Result<Duration, journal::Failure> {
            let started = Instant::now();
            journal.append(event, now, now, "MK")?;
            Ok(started.elapsed())
        };
        // Each goes first as often as the other: what comes second finds the disk awake.
        if number % 2 == 0 {
            bare.add(file.commit()?);
            acts.add(act(&mut journal)?);
        } else {
            acts.add(act(&mut journal)?);
            bare.add(file.commit()?);
        }
    }
    Ok((bare, acts))
}

fn opened() -> Opened {
    Opened {
        room: "5e".repeat(16),
        file: "bench.md".to_owned(),
        path: "/bench.md".to_owned(),
        text: TEXT.to_owned(),
        settings: None,
        start: jiff::civil::date(2027, 1, 21).at(6, 30, 0, 0),
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "none".to_owned(),
        reader: "bench".to_owned(),
        drill: None,
    }
}
