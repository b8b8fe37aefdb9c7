//! Many probes at once: 200 every 5 s, for 20 s, and for ten minutes with `--long` and in `cargo xtask bench`.
//!
//! Owns: that each is asked as often as it should, and what that costs. Must not know: what they ask.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::time::{Duration, Instant};

use tests::around::target::Target;
use tests::around::{PATIENCE, wait_within};
use tests::home::Home;
use tests::measure::{Sizes, Times, keep};
use tests::observed::Watched;

const PROBES: usize = 200;
const EVERY_S: u64 = 5;

/// Processor time in seconds, and resident memory in MiB, of a process.
fn costs(process: u32) -> (f64, f64) {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
    // The name may hold blanks: what follows its bracket is counted.
    let fields: Vec<&str> = stat.rsplit_once(')').expect("a name").1.split_whitespace().collect();
    let ticks: f64 = [11, 12].iter().map(|at| fields[*at].parse::<f64>().expect("ticks")).sum();
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    let kib: f64 = resident.trim().trim_end_matches(" kB").trim().parse().expect("a number");
    // A hundred ticks a second on every Linux that Debian runs on.
    (ticks / 100.0, kib / 1024.0)
}

#[test]
fn two_hundred_probes_are_asked_in_time() {
    let seconds = if env::var_os("WAR_ROOM_LONG").is_some() { 600 } else { 20 };
    let target = Target::start("ok");
    let home = Home::new().expect("a home");
    let mut settings = "version = 1\n".to_owned();
    let mut checks = String::new();
    for number in 0..PROBES {
        settings.push_str(&format!(
            "[probes.p{number}]\nkind = \"http\"\nurl = \"http://{}/{number}\"\nevery = \"{EVERY_S}s\"\n\
             [[bind]]\nitem = \"Server {number} answers\"\nprobe = \"p{number}\"\n",
            target.address()
        ));
        checks.push_str(&format!("- [ ] Server {number} answers\n"));
    }
    let text = format!("# Release of ledger (Mar 9, 2027)\n\n## Deploy (10:45 PM)\n\n{checks}");
    let checklist = home.write("day/checklist.md", text).expect("the checklist");
    home.write("day/war-room.toml", settings).expect("the settings");
    let mut watch = Watched::start(&home, &checklist, &[]);
    watch.wait_for("a first reading", 0, |line| line.body["kind"] == "reading");
    let (begun, from, start) = (Instant::now(), watch.count(), costs(watch.process()));
    let mut halfway = None;
    wait_within(Duration::from_secs(seconds) + PATIENCE, "time passes", || {
        let passed = begun.elapsed().as_secs();
        if halfway.is_none() && passed >= seconds / 2 {
            halfway = Some(costs(watch.process()));
        }
        passed >= seconds
    });
    let (passed, end) = (begun.elapsed().as_secs_f64(), costs(watch.process()));
    let (_, lines) = watch.end();
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.iter().skip(from).filter(|line| line.body["kind"] == "reading") {
        assert_eq!(line.body["state"], "pass", "{line:?}");
        *asked.entry(line.body["subject"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let halfway = halfway.expect("it was looked at");
    println!(
        "{PROBES} probes every {EVERY_S} s for {passed:.0} s: {} readings, processor {:.1} % of one core, memory {:.0} MiB at \
         half time, {:.0} MiB at the end",
        asked.values().sum::<usize>(),
        (end.0 - start.0) / passed * 100.0,
        halfway.1,
        end.1
    );
    if env::var_os("WAR_ROOM_BENCH").is_some() {
        let spent = Duration::from_secs_f64((end.0 - start.0) / passed);
        let mut memory = Sizes::of("memory, 200 probes every 5 s");
        memory.add((end.1 * 1024.0) as u64);
        let a_second = Times::once("processor a second, 200 probes", spent);
        keep(&[a_second.line(None), memory.line(None)]).expect("the lines are kept");
    }
    // One may fall on either side of the edge, and one may be late.
    let least = usize::try_from(seconds / EVERY_S).expect("small") - 2;
    assert_eq!(asked.len(), PROBES);
    let late: Vec<_> = asked.iter().filter(|(_, times)| **times < least).collect();
    assert!(late.is_empty(), "asked less than {least} times: {late:?}");
    assert!(seconds < 600 || end.1 <= halfway.1 * 1.1 + 4.0, "memory grows: {halfway:?}, {end:?}");
}
