//! `war-room backtest` on a real Prometheus whose past was made: the known episodes are found to the step, and no others.
//!
//! Owns: seven days with a breach, flaps, a gap, a stretch without a number, two series, a dead one. Must not know: the
//! window.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tests::around::prometheus::Prometheus;
use tests::around::wait_until;
use tests::home::Home;
use tests::program;

const CHECKLIST: &str = "# Release of ledger
### Target Date: March 9, 2027

## DEPLOYMENT DAY

### Phase 1: Deploy (10:45 PM)

- [ ] Deployment started

## ROLLBACK PROCEDURES

### Rollback Decision Criteria

**CRITICAL (Immediate Rollback):**
- P95 latency >1000ms for 5 minutes

**HIGH (Rollback if not resolved in 30 min):**
- Error rate >0.1%

**MEDIUM (Investigate):**
- Queue depth >100
- Orders waiting >100
- CPU usage >80%
- Memory leak detected
";

/// How often is scraped, and how often is asked.
const SCRAPE_S: i64 = 30;
const STEP_S: i64 = 15;
/// A sample counts for two and a half scrapes.
const GOOD_S: i64 = 75;
const MINUTE: i64 = 60;
const DAY: i64 = 86_400;
/// The history goes on beyond the start of the test, so that a slow machine does not reach its end.
const AHEAD_S: i64 = 20 * MINUTE;

/// When what happens happens, in seconds before the newest whole scrape; a negative number is later.
struct Past {
    now: i64,
}

impl Past {
    fn at(&self, days_ago: i64) -> i64 {
        self.now - days_ago * DAY
    }

    /// Twelve minutes of 1840 ms: the one alarm of the latency.
    fn breach(&self) -> i64 {
        self.at(6)
    }

    /// Four minutes of it: not the five that the criterion asks for.
    fn flap(&self) -> i64 {
        self.at(5)
    }

    /// A second series for half an hour.
    fn two_series(&self) -> i64 {
        self.at(2)
    }

    /// Ten minutes of errors, then nothing for 47 minutes, and then all is well.
    fn gap(&self) -> i64 {
        self.at(4)
    }

    /// One bad sample: not the two of three that the default asks for.
    fn bad_sample(&self) -> i64 {
        self.at(5)
    }

    /// Twenty minutes without a number.
    fn nan(&self) -> i64 {
        self.at(3)
    }

    /// The queue's last sample, a breach; its target dies then.
    fn death(&self) -> i64 {
        self.at(1)
    }

    fn latency(&self, time: i64) -> f64 {
        let is_in = |from: i64, minutes: i64| (from..from + minutes * MINUTE).contains(&time);
        match () {
            () if time == self.breach() + 3 * MINUTE => 1.84,
            () if is_in(self.breach(), 12) || is_in(self.flap(), 4) => 1.5,
            () => 0.15,
        }
    }

    fn errors(&self, time: i64) -> Option<f64> {
        let is_in = |from: i64, to: i64| (from..to).contains(&time);
        match () {
            () if is_in(self.gap(), self.gap() + 47 * MINUTE) => None,
            () if is_in(self.gap() - 10 * MINUTE, self.gap()) || time == self.bad_sample() => Some(0.004),
            () if is_in(self.nan(), self.nan() + 20 * MINUTE) => Some(f64::NAN),
            () => Some(0.0005),
        }
    }

    fn text(&self) -> String {
        let times =
            || (self.at(7) - 10 * MINUTE..self.now + AHEAD_S).step_by(usize::try_from(SCRAPE_S).expect("small"));
        let mut text = String::from("# TYPE latency_seconds gauge\n");
        for time in times() {
            let _ = writeln!(text, "latency_seconds{{pod=\"a\"}} {} {time}", self.latency(time));
        }
        for time in (self.two_series()..self.two_series() + 30 * MINUTE).step_by(30) {
            let _ = writeln!(text, "latency_seconds{{pod=\"b\"}} 9 {time}");
        }
        text.push_str("# TYPE error_ratio gauge\n");
        for (time, value) in times().filter_map(|time| Some((time, self.errors(time)?))) {
            let _ = writeln!(text, "error_ratio {value} {time}");
        }
        text.push_str("# TYPE queue_depth gauge\n");
        for time in times().filter(|time| *time <= self.death()) {
            let _ = writeln!(text, "queue_depth {} {time}", if time == self.death() { 150 } else { 20 });
        }
        text.push_str("# EOF\n");
        text
    }
}

fn settings(prometheus: &Prometheus) -> String {
    let metric = |name: &str, query: &str, more: &str| {
        format!("[metrics.{name}]\nsource = \"prod\"\nquery = '{query}'\n{more}\n\n")
    };
    [
        format!(
            "version = 1\n\n[sources.prod]\nkind = \"prometheus\"\nurl = \"{}\"\nevery = \"{STEP_S}s\"\ntimeout = \"3s\"\n\n",
            prometheus.address()
        ),
        metric("latency_p95", "latency_seconds", "unit = \"s\""),
        metric("error_rate", "max(error_ratio)", "unit = \"ratio\""),
        // Answers for an hour after the target has died, with a breach.
        metric("queue", "max(last_over_time(queue_depth[1h]))", "unit = \"count\"\nmatches = [\"queue depth\"]"),
        metric("orders", "max(orders_waiting)", "unit = \"count\"\nmatches = [\"orders waiting\"]"),
        metric("cpu", "max(cpu_usage)", ""),
    ]
    .concat()
}

/// A checklist with its settings, and the past behind them.
struct Side {
    past: Past,
    prometheus: Prometheus,
    home: Home,
    checklist: PathBuf,
}

impl Side {
    fn start() -> Self {
        let mut past = Past { now: 0 };
        let prometheus = Prometheus::with_past(|now| {
            past.now = now / SCRAPE_S * SCRAPE_S;
            past.text()
        });
        let home = Home::new().expect("a home");
        let checklist = home.write("day/checklist.md", CHECKLIST).expect("the checklist");
        fs::write(checklist.with_file_name("war-room.toml"), settings(&prometheus)).expect("the settings");
        Self { past, prometheus, home, checklist }
    }

    fn command(&self, checklist: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.arg("backtest").arg(checklist).args(arguments).envs(self.home.variables()).stdin(Stdio::null());
        command
    }

    /// Exit code, standard output and standard error.
    fn run(&self, checklist: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.command(checklist, arguments).output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON ({error}): {text}"))
}

fn criterion<'a>(report: &'a Value, metric: &str) -> &'a Value {
    let criteria = report["criteria"].as_array().expect("criteria");
    criteria.iter().find(|one| one["metric"] == metric).unwrap_or_else(|| panic!("no {metric}: {report}"))
}

fn second(time: &Value) -> i64 {
    let time = time.as_str().unwrap_or_else(|| panic!("no time: {time}"));
    time.parse::<jiff::Timestamp>().unwrap_or_else(|error| panic!("{time}: {error}")).as_second()
}

/// From and to of each window, and why.
fn windows(criterion: &Value) -> Vec<(i64, i64, String)> {
    let windows = criterion["unseen"].as_array().expect("windows").iter();
    windows.map(|one| (second(&one["from"]), second(&one["to"]), one["why"].to_string())).collect()
}

#[test]
fn seven_days_show_the_known_episodes_and_no_others() {
    let side = Side::start();
    let (code, out, err) = side.run(&side.checklist, &["--days", "7", "--json"]);
    let report = json(&out);
    assert_eq!(code, Some(3), "part of it was not seen: {err}");
    assert!(err.contains("Metric 1 of 4, latency_p95: day 1 of 7"), "{err}");
    assert!(err.contains("day 7 of 7") || err.contains("day 6 of 7"), "{err}");
    assert_eq!((report["stopped"].as_bool(), report["zone"].as_str()), (Some(false), Some("UTC")));
    let from = second(&report["from"]);
    assert!(from <= side.past.at(7) + AHEAD_S, "the test took too long for its own past");
    the_latency(&side.past, criterion(&report, "latency_p95"));
    the_errors(&side.past, criterion(&report, "error_rate"));
    the_queue(&side.past, criterion(&report, "queue"));
    let orders = criterion(&report, "orders");
    assert_eq!((orders["fired"].as_u64(), windows(orders).len(), &orders["worst"]), (Some(0), 1, &Value::Null));
    assert!(orders["unseen_s"].as_i64().is_some_and(|seconds| seconds >= 7 * DAY - STEP_S), "{orders}");
    let unobserved = report["unobserved"].as_array().expect("what nothing observes");
    let why = |text: &str| {
        let one = unobserved.iter().find(|one| one["text"].as_str().is_some_and(|words| words.contains(text)));
        one.unwrap_or_else(|| panic!("{text}: {report}"))["why"].as_str().unwrap_or_default().to_owned()
    };
    assert!(why("CPU usage").contains("unit of its metric is not known"), "{report}");
    assert!(!why("Memory leak").is_empty());
    for_people(&side);
    a_day_without_a_gap_is_whole(&side);
    what_does_not_answer_is_said(&side);
    it_can_be_stopped(&side);
}

/// One alarm of twelve minutes, one flap, one window of two series.
fn the_latency(past: &Past, latency: &Value) {
    let episodes = latency["episodes"].as_array().expect("episodes");
    let [episode] = episodes.as_slice() else { panic!("one alarm: {latency}") };
    let since = past.breach();
    assert_eq!(second(&episode["since"]), since, "{episode}");
    assert_eq!(second(&episode["fired_at"]), since + 5 * MINUTE, "{episode}");
    assert_eq!(second(&episode["last_breach_at"]), since + 12 * MINUTE - SCRAPE_S, "{episode}");
    assert_eq!(second(&episode["resolved_at"]), since + 12 * MINUTE, "{episode}");
    assert_eq!(episode["lasted_s"], 12 * MINUTE, "{episode}");
    assert_eq!((episode["worst"]["value"].as_f64(), episode["worst"]["unit"].as_str()), (Some(1840.0), Some("ms")));
    assert_eq!(second(&episode["worst"]["at"]), since + 3 * MINUTE, "{episode}");
    assert_eq!((latency["fired"].as_u64(), latency["threats"].as_u64()), (Some(1), Some(1)), "{latency}");
    assert_eq!(latency["worst"], episode["worst"], "two series are no value of 9 s");
    let found = windows(latency);
    let [(from, to, why)] = found.as_slice() else { panic!("one window: {found:?}") };
    assert!(why.contains("2 series"), "{why}");
    // The second is counted up to five minutes after its last sample.
    let begins = past.two_series() - SCRAPE_S + GOOD_S;
    let ends = past.two_series() + 30 * MINUTE - SCRAPE_S + 5 * MINUTE;
    assert_eq!(*from, begins);
    assert!((ends..=ends + STEP_S).contains(to), "{to} is not {ends}");
    let days = latency["days"].as_array().expect("days");
    let sum = |key: &str| days.iter().filter_map(|day| day[key].as_i64()).sum::<i64>();
    assert_eq!((sum("fired"), sum("firing_s"), sum("unseen_s")), (1, 12 * MINUTE, to - from));
}

/// One alarm that nothing resolves in the gap, one bad sample that is none, one stretch that is no number.
fn the_errors(past: &Past, errors: &Value) {
    let [episode] = errors["episodes"].as_array().expect("episodes").as_slice() else { panic!("one alarm: {errors}") };
    let (since, end) = (past.gap() - 10 * MINUTE, past.gap() + 47 * MINUTE);
    assert_eq!(second(&episode["since"]), since);
    assert_eq!(second(&episode["fired_at"]), since + SCRAPE_S, "the second of three");
    assert_eq!(second(&episode["last_breach_at"]), past.gap() - SCRAPE_S);
    assert_eq!(second(&episode["resolved_at"]), end + 2 * SCRAPE_S, "the third good sample after the gap");
    assert_eq!(episode["overdue"], true, "its 30 minutes ran on in the gap");
    assert_eq!(episode["worst"]["words"], "0.4 %");
    assert_eq!((errors["fired"].as_u64(), errors["threats"].as_u64()), (Some(1), Some(1)), "{errors}");
    let found = windows(errors);
    let [gap, nan] = found.as_slice() else { panic!("two windows: {found:?}") };
    assert_eq!((gap.0, gap.1), (past.gap() - SCRAPE_S + GOOD_S, end));
    assert_eq!((nan.0, nan.1), (past.nan() - SCRAPE_S + GOOD_S, past.nan() + 20 * MINUTE));
    assert!(gap.2.contains("no new sample") && nan.2.contains("not a number"), "{found:?}");
}

/// Its last sample is a breach, and its query repeats that for an hour: no alarm comes of one sample.
fn the_queue(past: &Past, queue: &Value) {
    assert_eq!(queue["episodes"], serde_json::json!([]), "{queue}");
    let found = windows(queue);
    let [(from, to, why)] = found.as_slice() else { panic!("one window: {found:?}") };
    assert_eq!((*from, *to), (past.death() + GOOD_S, second(&queue["to"])));
    assert!(why.contains("ended"), "{why}");
}

fn for_people(side: &Side) {
    let (code, out, _) = side.run(&side.checklist, &[]);
    assert_eq!(code, Some(3));
    let has = |words: &str| assert!(out.contains(words), "{words}: {out}");
    has("back-test over 7 days");
    has("CRITICAL  P95 latency > 1000 ms");
    has("12 min, worst 1840 ms");
    has("Observed by no metric");
    has("1 breach was over before the alarm");
    has("2 of 4 criteria would have fired; 4 had no data for a time");
}

/// The last hours alone, with the latency alone.
fn a_day_without_a_gap_is_whole(side: &Side) {
    let text = "# Release\n\n## Rollback\n\n### Rollback Decision Criteria\n\n**CRITICAL:**\n- P95 latency >1000ms\n";
    let checklist = side.home.write("day/latency.md", text).expect("a checklist");
    let (code, out, err) = side.run(&checklist, &["--days", "1", "--json"]);
    let report = json(&out);
    assert_eq!((code, criterion(&report, "latency_p95")["fired"].as_u64()), (Some(0), Some(0)), "{err} {report}");
}

fn what_does_not_answer_is_said(side: &Side) {
    let checklist = side.home.write("away/checklist.md", CHECKLIST).expect("a checklist");
    let settings = settings(&side.prometheus).replace(&side.prometheus.address(), "http://127.0.0.1:1");
    fs::write(checklist.with_file_name("war-room.toml"), settings).expect("the settings");
    let (code, out, _) = side.run(&checklist, &["--json"]);
    let report = json(&out);
    let found = windows(criterion(&report, "latency_p95"));
    assert!(code == Some(3) && found.len() == 1 && found[0].2.contains("refused"), "{found:?}");
}

fn it_can_be_stopped(side: &Side) {
    side.prometheus.pause();
    let said = side.checklist.with_extension("said");
    let told = side.checklist.with_extension("told");
    let mut running = side.command(&side.checklist, &["--json"]);
    let file = |path: &Path| fs::File::create(path).expect("a file for its words");
    let mut running = running.stdout(file(&told)).stderr(file(&said)).spawn().expect("the program starts");
    wait_until("it has begun", || fs::read_to_string(&said).is_ok_and(|words| words.contains("Metric 1 of 4")));
    let _ = Command::new("kill").args(["-INT", &running.id().to_string()]).status();
    let mut code = None;
    wait_until("it ends when it is asked to", || {
        let ended = running.try_wait().expect("its status");
        code = ended.and_then(|status| status.code());
        ended.is_some()
    });
    side.prometheus.resume();
    let report = json(&fs::read_to_string(&told).expect("what it told"));
    assert_eq!((code, report["stopped"].as_bool()), (Some(3), Some(true)), "{report}");
    assert!(fs::read_to_string(&said).is_ok_and(|words| words.contains("Stopped")));
}
