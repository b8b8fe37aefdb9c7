//! A thousand alerts in one second: one summary, a window that answers, and acts that are on disk as soon as ever.
//!
//! Owns: the storm, and what a person does in it. What it measures is printed, and kept in `cargo xtask bench`; nothing is
//! asserted about times.

use std::env;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::around::desktop::Desktop;
use tests::around::http::{Answer, Server};
use tests::around::wait_until;
use tests::home::Home;
use tests::measure::{Times, keep};
use tests::program;

use crate::bench::{WATCH, times};
use crate::record::room;
use crate::walk::{accept, go_to_phase, rail};
use crate::window::Window;

const ALERTS: usize = 1000;
/// How many boxes are ticked before the storm, and in it.
const BOXES: usize = 12;

/// After this long a person presses again.
const AGAIN: Duration = Duration::from_secs(3);

/// A server that keeps everybody waiting, and then says no to all at once.
struct Gate {
    server: Server,
    waiting: Arc<AtomicUsize>,
    open: Arc<(Mutex<bool>, Condvar)>,
}

impl Gate {
    fn start() -> Self {
        let (waiting, open) = (Arc::new(AtomicUsize::new(0)), Arc::new((Mutex::new(false), Condvar::new())));
        let (counted, opens) = (Arc::clone(&waiting), Arc::clone(&open));
        let server = Server::start(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            let (is_open, turned) = &*opens;
            let is_open = is_open.lock().unwrap_or_else(PoisonError::into_inner);
            drop(turned.wait_while(is_open, |is_open| !*is_open));
            Answer { status: 503, ..Answer::text("no") }
        });
        Self { server, waiting, open }
    }

    fn opens(&self) {
        *self.open.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.open.1.notify_all();
    }
}

/// The room's log as JSON lines.
fn log(home: &Home) -> Vec<Value> {
    let mut command = Command::new(program());
    command.arg("export").arg(room(home)).args(["--to", "jsonl"]).envs(home.variables());
    let output = command.output().expect("the export runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn count(log: &[Value], kind: &str) -> usize {
    log.iter().filter(|line| line["kind"] == kind).count()
}

/// Ticks the next boxes.
fn tick(window: &Window, boxes: usize, [changed, painted]: [&mut Times; 2]) {
    for _ in 0..boxes {
        let before = window.focused_box();
        window.press("j");
        window.wait_until("the next box has the keyboard", |window| {
            window.focused_box().is_some_and(|now| Some(&now.id) != before.as_ref().map(|before| &before.id))
        });
        let row = window.focused_box().expect("a box has the keyboard");
        assert_eq!(row.state, "open", "{row:?}");
        // For half a second after an alert came single keys are deaf: a person presses again.
        let mut took = Value::Null;
        wait_until("the box is ticked", || {
            window.press(" ");
            let pressed = Instant::now();
            while took.is_null() && pressed.elapsed() < AGAIN {
                took = window.script("return watch.took", vec![]);
            }
            !took.is_null()
        });
        let (to_change, to_paint) = times(&took, &row.id);
        changed.add(to_change);
        painted.add(to_paint);
    }
}

#[test]
fn a_thousand_alerts_in_a_second_are_one_summary_and_hold_nobody_up() {
    // A thousand questions are as many connections, here and in the program.
    let limits = ["--pid", &std::process::id().to_string(), "--nofile=8192:"];
    let raised = Command::new("prlimit").args(limits).status().expect("prlimit, of every Debian");
    assert!(raised.success(), "this many files may not be open");
    let desktop = Desktop::start();
    let gate = Gate::start();
    let home = Home::new().expect("a home").with(desktop.variables());
    let mut settings = "version = 1\n[alerts]\nfire = \"1 of 1\"\n".to_owned();
    let mut criteria = String::new();
    for number in 0..ALERTS {
        write!(
            settings,
            "[probes.p{number}]\nkind = \"http\"\nurl = \"http://127.0.0.1:{}/{number}\"\nevery = \"30m\"\n\
             timeout = \"20m\"\n[[bind]]\nitem = \"Server {number} is down\"\nprobe = \"p{number}\"\n",
            gate.server.port()
        )
        .expect("a text takes it");
        writeln!(criteria, "- Server {number} is down").expect("a text takes it");
    }
    let boxes: String = (0..2 * BOXES + 1).map(|number| format!("- [ ] Look at box {number} once\n")).collect();
    let text = format!(
        "# Release of ledger\n### Target Date: March 9, 2027\n\n## DEPLOYMENT DAY\n\n### Phase 1: Deploy (10:45 PM)\n\n\
         {boxes}\n## ROLLBACK PROCEDURES\n\n### Rollback Decision Criteria\n\n**MEDIUM (Investigate):**\n{criteria}"
    );
    let checklist = home.write("day/checklist.md", text).expect("the checklist");
    home.write("day/war-room.toml", settings).expect("the settings");
    let arguments = [checklist.as_os_str(), OsStr::new("--start"), OsStr::new("2026-01-21T06:30")];
    let arguments = [&arguments[..], &[OsStr::new("--zone"), OsStr::new("UTC")]].concat();
    let window = Window::open(&home, &arguments);
    window.resize(1440, 900);
    accept(&window);
    let deployment = rail(&window).iter().position(|title| title.starts_with("Deploy")).expect("a deployment");
    go_to_phase(&window, deployment);
    window.script(WATCH, vec![]);
    wait_until("all are asked", || gate.waiting.load(Ordering::SeqCst) >= ALERTS);

    let (mut calm_changed, mut calm) =
        (Times::of("act to changed row, 1,000 asked"), Times::of("act to painted, 1,000 asked"));
    tick(&window, BOXES, [&mut calm_changed, &mut calm]);
    gate.opens();
    let begun = Instant::now();
    let (mut changed, mut painted) =
        (Times::of("act to changed row in the storm"), Times::of("act to painted in the storm"));
    tick(&window, BOXES, [&mut changed, &mut painted]);
    let mut all = Vec::new();
    wait_until("all are in the log", || {
        all = log(&home);
        count(&all, "alert_fired") >= ALERTS
    });
    let took = begun.elapsed();
    assert_eq!(count(&all, "alert_fired"), ALERTS);
    assert_eq!(count(&all, "stated"), 2 * BOXES, "no act was lost");
    let times: Vec<&str> = all
        .iter()
        .filter(|line| line["kind"] == "alert_fired")
        .filter_map(|line| line["recorded_at"].as_str())
        .collect();
    let spread = [times.first(), times.last()];

    // One or two may have come before it was a storm.
    let summary = desktop.bus().wait_for("a summary", |seen| seen.title.contains(&format!("{ALERTS} alerts")));
    assert!(summary.body.contains("and 994 more"), "{summary:?}");
    let seen = desktop.bus().seen();
    let titles: Vec<&str> = seen.iter().map(|seen| seen.title.as_str()).collect();
    wait_until(&format!("at most three notifications stand there, of {titles:?}"), || {
        desktop.displayed() + desktop.waiting() <= 3
    });
    window.wait_until("the window says how many there are", |window| {
        window.texts("alerts-more").iter().any(|words| words.starts_with("and 960 more fire"))
    });

    desktop.acknowledge(&format!("{ALERTS} alerts"));
    wait_until("all are acknowledged", || count(&log(&home), "alert_acknowledged") == ALERTS);

    println!(
        "{ALERTS} alerts: in the log after {:.1} s ({spread:?}); act to painted median {:?}, worst {:?}; before the storm {:?}, {:?}",
        took.as_secs_f64(),
        painted.percentile(50),
        painted.percentile(100),
        calm.percentile(50),
        calm.percentile(100),
    );
    if env::var_os("WAR_ROOM_BENCH").is_none() {
        return;
    }
    let lines =
        [calm_changed.line(None), calm.line(None), changed.line(Some(&calm_changed)), painted.line(Some(&calm))];
    keep(&lines).expect("the lines are kept");
}
