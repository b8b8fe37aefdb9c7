//! `cargo xtask bench`: what the program takes, beside the least that the machine allows in the same run.
//!
//! Owns: what is built and run for it, where it writes, and the table. Must not know: how a thing is measured, and what a good
//! time is; nothing here fails for being slow.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::interface;
use crate::setup::{self, Purpose};
use crate::steps::{self, say};
use crate::test;
use crate::tree::Tree;

/// The example of the program's crate that opens a window with nothing in it.
const EMPTY_WINDOW: &str = "empty_window";
/// The example of the reader's crate that measures it.
const READING: &str = "reading";
/// The example of the journal's crate that measures a log of a million events.
const LONG_LOG: &str = "long_log";
/// The one that measures an act, until it is on the disk.
const DURABLE: &str = "durable";
/// The checklist that is read.
const CHECKLIST: &str = "tests/fixtures/harbour.md";

/// Builds, measures without the window and then with it, prints the table and keeps it in `target/bench/latest.json`.
pub(crate) fn bench(tree: &Tree, release: bool) -> Result<ExitCode> {
    let tools = setup::prepare(tree, Purpose::Window)?;
    for step in [interface::packages(tree, &tools.node)?, interface::bundle(tree, &tools.node)?].into_iter().flatten() {
        if !step.ok {
            bail!("{} failed.", step.name);
        }
    }
    let profile = if release { "release" } else { "dev" };
    let mut build = tree.cargo_workspace("build");
    build.args(["--locked", "--profile", profile, "--bin", "war-room", "--bin", "bench"]);
    steps::must(tree, "cargo build", &mut build)?;
    // By itself: an example unites the features of the tests' crates with the program's own, which has to stay as it is.
    let mut empty = tree.cargo_workspace("build");
    steps::must(
        tree,
        "cargo build --example",
        empty.args(["--locked", "--profile", profile, "--example", EMPTY_WINDOW]),
    )?;
    // By itself as well, and always optimised: reading is the one thing here that takes all its time in our own code. Of
    // the reader's crate and what it needs that is a minute's work; the whole program would be far more.
    let mut reading = tree.cargo();
    steps::must(
        tree,
        "cargo build --example (reading)",
        reading.args(["build", "--locked", "--release", "--package", "plan", "--example", READING]),
    )?;
    // Likewise: what a long log and an act cost is our own work and SQLite's.
    let mut log = tree.cargo();
    log.args(["build", "--locked", "--release", "--package", "journal", "--example", LONG_LOG, "--example", DURABLE]);
    steps::must(tree, "cargo build --example (log)", &mut log)?;
    // Before anything is measured: two cores cannot build and be measured.
    let mut harness = tree.cargo_workspace("test");
    steps::must(tree, "cargo test --no-run", harness.args(["--locked", "--test", "e2e", "--no-run"]))?;

    let folder = tree.target().join("bench");
    let work = Work::new(&folder)?;
    let programs = tree.target().join(if release { "release" } else { "debug" });
    let examples = tree.target().join("release/examples");
    let mut durable = Command::new(examples.join(DURABLE));
    let finished = steps::must(tree, "bench: acts", durable.arg(&work.path))?;
    let mut lines = lines_of(&finished.output);
    let mut alone = Command::new(programs.join("bench"));
    let finished = steps::must(tree, "bench: log", alone.arg(&work.path))?;
    lines.extend(lines_of(&finished.output));
    let mut reading = Command::new(examples.join(READING));
    let finished = steps::must(tree, "bench: reading", reading.arg(tree.root().join(CHECKLIST)))?;
    lines.extend(lines_of(&finished.output));

    let mut long_log = Command::new(examples.join(LONG_LOG));
    let finished = steps::must(tree, "bench: a million events", long_log.arg(&work.path))?;
    lines.extend(lines_of(&finished.output));

    for measured in MEASURED {
        let kept = work.path.join("window.jsonl");
        let finished = test::in_window(tree, &tools, &format!("bench: {measured}"), |command| {
            command
                .args(["--include-ignored", "--exact", measured])
                .env("WAR_ROOM_PROGRAM", programs.join("war-room"))
                .env("WAR_ROOM_EMPTY_WINDOW", programs.join("examples").join(EMPTY_WINDOW))
                .env("WAR_ROOM_BENCH", &kept)
                // The load lasts ten minutes.
                .env("WAR_ROOM_LONG", "1")
                // The room lies on the disk of the other measurements; the usual folder may be no disk at all.
                .env("TMPDIR", &work.path);
        })?;
        if !finished.ok {
            bail!("The window could not be measured ({measured}).");
        }
        let printed = fs::read_to_string(&kept).with_context(|| format!("{} was not written", kept.display()))?;
        lines.extend(lines_of(&printed));
        // What the next one does not write is then not taken for its own.
        fs::remove_file(&kept).with_context(|| format!("{} cannot be removed", kept.display()))?;
    }

    say("");
    for line in table(profile, &lines) {
        say(&line);
    }
    let latest = folder.join("latest.json");
    let all = format!("{:#}\n", json!({ "profile": profile, "measured": lines }));
    fs::write(&latest, all).with_context(|| format!("{} cannot be written", latest.display()))?;
    say(&format!("\nKept in {}; how to read it stands in CONTRIBUTING.md.", latest.display()));
    Ok(ExitCode::SUCCESS)
}

/// The tests that measure: some only that, some of what CI runs in short.
const MEASURED: [&str; 6] = [
    "bench::acts_are_painted",
    "bench_alarms::alarms_are_told",
    "storm::a_thousand_alerts_in_a_second_are_one_summary_and_hold_nobody_up",
    "load::two_hundred_probes_are_asked_in_time",
    "scrolling::a_million_events_scroll_as_a_hundred_do",
    "opening::start_and_memory",
];

/// The lines of JSON among all that was printed.
fn lines_of(output: &str) -> Vec<Value> {
    output.lines().filter_map(|line| serde_json::from_str(line).ok()).filter(Value::is_object).collect()
}

/// The table, line by line.
fn table(profile: &str, lines: &[Value]) -> Vec<String> {
    let words = match profile {
        "release" => "The release build, optimised:",
        _ => {
            "The dev build, not optimised (--release measures the other one), but for acts, reading and long logs, which are:"
        }
    };
    let mut table = vec![
        words.to_owned(),
        format!("{:<30} {:>5} {:>11} {:>11} {:>11}   ratio of medians", "", "times", "median", "p95", "max"),
    ];
    for line in lines {
        let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default();
        let number = |name: &str| line.get(name).and_then(Value::as_f64).unwrap_or_default();
        let is_size = line.get("median_kb").is_some();
        let value = |name: &str| {
            if is_size {
                format!("{:.1} MiB", number(&format!("{name}_kb")) / 1024.0)
            } else {
                format!("{:.3} ms", number(&format!("{name}_us")) / 1000.0)
            }
        };
        let at_most = line.get("at_most").and_then(Value::as_f64);
        let at_most = at_most.map(|at_most| format!(" (at most {at_most})")).unwrap_or_default();
        let ratio = line.get("ratio").and_then(Value::as_f64);
        let ratio = ratio.map(|ratio| format!("   {ratio:.2} × {}{at_most}", text("limit"))).unwrap_or_default();
        let note = match text("note") {
            "" => String::new(),
            note => format!("   ({note})"),
        };
        table.push(format!(
            "{:<30} {:>5} {:>11} {:>11} {:>11}{ratio}{note}",
            text("name"),
            number("count"),
            value("median"),
            value("p95"),
            value("max")
        ));
    }
    table
}

/// A folder on the disk of the working tree that is measured, and gone with this value.
struct Work {
    path: PathBuf,
}

impl Work {
    fn new(folder: &Path) -> Result<Self> {
        let path = folder.join(format!("work-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(Self { path })
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // A folder left in target/ does no harm.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "warning: 3\n\
        {\"name\":\"bare commit\",\"count\":500,\"median_us\":751.8,\"p95_us\":8016.4,\"max_us\":85581.4,\"limit\":null,\"ratio\":null}\n\
        12\n\
        {\"name\":\"act to durable\",\"count\":500,\"median_us\":800.0,\"p95_us\":8098.3,\"max_us\":56980.0,\"limit\":\"bare commit\",\"ratio\":1.064}\n\
        {\"name\":\"memory\",\"count\":5,\"median_kb\":153600,\"p95_kb\":154624,\"max_kb\":155648,\"limit\":\"empty\",\"ratio\":1.1,\"at_most\":1.2,\"note\":\"each by itself\"}\n";

    #[test]
    fn only_what_was_measured_is_taken() {
        assert_eq!(lines_of(PRINTED).len(), 3);
        assert_eq!(lines_of("nothing\n"), Vec::<Value>::new());
    }

    #[test]
    fn the_table_says_the_build_and_each_ratio_with_its_limit() {
        let table = table("dev", &lines_of(PRINTED));
        assert!(table[0].contains("dev build"), "{table:?}");
        assert_eq!(
            table[2..],
            [
                "bare commit                      500    0.752 ms    8.016 ms   85.581 ms",
                "act to durable                   500    0.800 ms    8.098 ms   56.980 ms   1.06 × bare commit",
                "memory                             5   150.0 MiB   151.0 MiB   152.0 MiB   1.10 × empty (at most 1.2)   (each by itself)",
            ]
        );
    }
}
