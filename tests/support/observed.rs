//! Production as the tests have it: a Prometheus' metrics in a `war-room.toml` beside a checklist, and `war-room watch` on it
//! without a window.
//!
//! Owns: those settings, the process, its lines with the time at which each came. Must not know: what ought to be in them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, and these are parts of tests"
)]

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use serde_json::Value;

use crate::around::prometheus::Prometheus;
use crate::around::wait_until;
use crate::home::Home;
use crate::program;

/// The query for the error rate in what the tests push, a ratio.
pub const ERRORS: &str = "max(error_ratio)";
/// The query for the latency in what the tests push, in seconds.
pub const LATENCY: &str = "max(latency_seconds)";

/// Writes a `war-room.toml` beside a checklist that has these two metrics of this Prometheus, polled this often.
pub fn observe(checklist: &Path, prometheus: &Prometheus, every: &str, queries: [&str; 2], more: &str) {
    let [errors, latency] = queries;
    let text = format!(
        "version = 1\n\n[sources.prod]\nkind = \"prometheus\"\nurl = \"{}\"\nevery = \"{every}\"\ntimeout = \"3s\"\n\n\
         [metrics.error_rate]\nsource = \"prod\"\nquery = '{errors}'\nunit = \"ratio\"\n\n\
         [metrics.latency_p95]\nsource = \"prod\"\nquery = '{latency}'\nunit = \"s\"\n\n{more}",
        prometheus.address()
    );
    fs::write(checklist.with_file_name("war-room.toml"), text).expect("the settings");
}

/// The arguments that make this minute T0, in UTC. The time is that of a Prometheus, which the tests read instead of a clock.
#[must_use]
pub fn begun_now(prometheus: &Prometheus) -> Vec<String> {
    let now = prometheus.value("vector(time())").expect("a Prometheus knows the time");
    let now = jiff::Timestamp::from_second(now as i64).expect("a time");
    let start = now.strftime("%Y-%m-%dT%H:%M").to_string();
    ["--start", &start, "--zone", "UTC"].map(str::to_owned).to_vec()
}

/// A line, and when it came.
#[derive(Debug, Clone)]
pub struct Line {
    /// When it was read.
    pub at: Instant,
    /// What it says.
    pub body: Value,
}

impl Line {
    /// Whether it is of this kind, and about this in this state.
    #[must_use]
    pub fn is(&self, kind: &str, subject: &str, state: &str) -> bool {
        self.body["kind"] == kind && self.body["subject"] == subject && self.body["state"] == state
    }
}

/// A running `war-room watch FILE --json`.
#[derive(Debug)]
pub struct Watched {
    process: Child,
    said: PathBuf,
    lines: Arc<Mutex<Vec<Line>>>,
}

impl Watched {
    /// Starts it on a checklist, or on a room, in this home.
    #[must_use]
    pub fn start(home: &Home, checklist: &Path, arguments: &[String]) -> Self {
        let said = checklist.with_extension("said");
        let mut process = Command::new(program())
            .arg("watch")
            .arg(checklist)
            .arg("--json")
            .args(arguments)
            .envs(home.variables())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&said).expect("a file for its words"))
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program().display()));
        let output = process.stdout.take().expect("its output");
        let lines: Arc<Mutex<Vec<Line>>> = Arc::default();
        let taken = Arc::clone(&lines);
        thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                let (at, Ok(line)) = (Instant::now(), line) else { break };
                let body = serde_json::from_str(&line).unwrap_or_else(|error| panic!("no JSON ({error}): {line}"));
                taken.lock().unwrap_or_else(PoisonError::into_inner).push(Line { at, body });
            }
        });
        Self { process, said, lines }
    }

    /// All lines so far.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many lines came so far: what comes now is waited for behind them.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Waits for the first line behind the first `from` of which this is true.
    pub fn wait_for(&mut self, what: &str, from: usize, is_it: impl Fn(&Line) -> bool) -> Line {
        let mut found = None;
        let mut last = Instant::now();
        wait_until(what, || {
            found = self.lines().into_iter().skip(from).find(|line| is_it(line));
            // Said now and then, so that a test that waits in vain shows what there was instead.
            if found.is_none() && last.elapsed().as_secs() >= 50 {
                last = Instant::now();
                let tail: Vec<String> = self.lines().iter().rev().take(8).map(|line| line.body.to_string()).collect();
                let words = fs::read_to_string(&self.said).unwrap_or_default();
                assert!(self.process.try_wait().expect("its status").is_none(), "it has ended: {words}");
                let _ = std::io::Write::write_all(
                    &mut std::io::stderr(),
                    format!("still waiting: {what}; newest first:\n{}\n{words}\n", tail.join("\n")).as_bytes(),
                );
            }
            found.is_some()
        });
        found.expect("it was found")
    }

    /// Its process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// It stands still.
    pub fn pause(&self) {
        self.signal("STOP");
    }

    /// It goes on.
    pub fn resume(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let _ = Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status();
    }

    /// Interrupts it, and gives its exit code and its lines.
    pub fn end(mut self) -> (Option<i32>, Vec<Line>) {
        self.signal("TERM");
        let mut code = None;
        wait_until("the watch ends when it is asked to", || {
            let ended = self.process.try_wait().expect("its status");
            code = ended.and_then(|status| status.code());
            ended.is_some()
        });
        (code, self.lines())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
