//! The first alarm of a day: pushed into a real Prometheus, seen in the window and on the desktop, and still there after a kill.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tests::around::desktop::Desktop;
use tests::around::monitor::Seen;
use tests::around::prometheus::{Prometheus, Setup};
use tests::around::pushgateway::Pushgateway;
use tests::home::Home;
use tests::observed::{ERRORS, LATENCY, begun_now, observe};
use tests::other_day::other_day;
use tests::{program, real_checklist, root};

use crate::frame::{accessible, axe};
use crate::record::{click, room, verify, walk_to};
use crate::walk::{accept, go_to_phase, rail};
use crate::window::Window;

/// What the checklist at hand demands.
pub(crate) struct Day {
    pub(crate) text: String,
    pub(crate) first_act: &'static str,
    /// 0.612 s is above it, and HIGH.
    high_latency: &'static str,
    high_deadline_min: i64,
    /// CRITICAL: pushed, as it is shown, and the limit.
    errors: (f64, &'static str, &'static str),
}

impl Day {
    /// The real one, or our own of the same kind where that is not at hand.
    pub(crate) fn at_hand() -> Self {
        let read = |path: &Path| fs::read_to_string(path).expect("the checklist");
        match real_checklist() {
            Some(path) => Self {
                text: read(&path),
                first_act: "Deployment started",
                high_latency: "> 500 ms",
                high_deadline_min: 30,
                errors: (0.12, "12 %", "> 10 %"),
            },
            None => Self {
                text: read(&root().join("tests/fixtures/harbour.md")),
                first_act: "New version is out",
                high_latency: "> 600 ms",
                high_deadline_min: 15,
                errors: (0.22, "22 %", "> 20 %"),
            },
        }
    }
}

/// Production that is well, and a desktop to be told of it when it is not.
pub(crate) struct Around {
    desktop: Desktop,
    gateway: Pushgateway,
    prometheus: Prometheus,
    home: Home,
    checklist: PathBuf,
}

impl Around {
    pub(crate) fn of(text: &str) -> Self {
        let desktop = Desktop::start();
        let gateway = Pushgateway::start();
        let prometheus = Prometheus::start(&Setup::new([("gateway", gateway.address())]));
        let home = Home::new().expect("a home").with(desktop.variables());
        let checklist = home.write("day/checklist.md", text).expect("the checklist");
        observe(&checklist, &prometheus, "1s", [ERRORS, LATENCY], "");
        let around = Self { desktop, gateway, prometheus, home, checklist };
        around.push(0.0004, 0.15);
        around
    }

    /// Pushes both values, and waits until they are scraped.
    pub(crate) fn push(&self, errors: f64, latency: f64) {
        self.gateway.push("error_ratio", errors);
        self.gateway.push("latency_seconds", latency);
        self.prometheus.wait_for(ERRORS, errors);
        self.prometheus.wait_for(LATENCY, latency);
    }

    /// A new room whose T0 is now, in its phase of deployment.
    pub(crate) fn enter(&self) -> Window {
        let begun = begun_now(&self.prometheus);
        let mut arguments = vec![self.checklist.as_os_str()];
        arguments.extend(begun.iter().map(OsStr::new));
        let window = Window::open(&self.home, &arguments);
        window.resize(1440, 900);
        accept(&window);
        let deployment = rail(&window).iter().position(|title| title.starts_with("Deploy")).expect("a deployment");
        go_to_phase(&window, deployment);
        window
    }

    /// What time it is, as the Prometheus has it.
    fn now(&self) -> Timestamp {
        let now = self.prometheus.value("vector(time())").expect("a Prometheus knows the time");
        Timestamp::from_millisecond((now * 1000.0) as i64).expect("a time")
    }

    /// Waits for a notification with all of these in its title.
    fn notified(&self, words: &[&str]) -> Seen {
        self.desktop.bus().wait_for(&words.join(" … "), |seen| words.iter().all(|word| seen.title.contains(word)))
    }

    /// The room's log as JSON lines.
    pub(crate) fn log(&self) -> String {
        let mut command = Command::new(program());
        command.arg("export").arg(room(&self.home)).args(["--to", "jsonl"]).envs(self.home.variables());
        let output = command.output().expect("the export runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

fn verdict(window: &Window) -> String {
    window.text("verdict");
    let found = window.script("return seen('verdict')[0]?.dataset.verdict ?? ''", vec![]);
    found.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn wait_for_verdict(window: &Window, word: &str) {
    window.wait_until(&format!("the verdict is {word}"), |window| verdict(window) == word);
}

/// The firing alerts of a severity: value, since when and who acknowledged, in words that do not change with time.
fn alerts(window: &Window, severity: &str) -> Vec<String> {
    let found = window.script(
        "return seen('alert').filter((one) => one.dataset.state === 'firing' && one.dataset.severity === arguments[0])
             .map((one) => words(one.querySelector('.title')) + ': ' + words(one.querySelector('.line') ?? one))",
        vec![json!(severity)],
    );
    found.as_array().expect("a list").iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
}

/// The events of this kind, oldest first.
fn events(log: &str, kind: &str) -> Vec<Value> {
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    lines.filter(|line| line["kind"] == kind).collect()
}

fn time(value: &Value) -> Timestamp {
    value.as_str().and_then(|time| time.parse().ok()).unwrap_or_else(|| panic!("{value} is no time"))
}

/// How long the window says that the first alert's deadline is away: "Roll back in 29:48 if it is not resolved".
fn remaining(window: &Window) -> SignedDuration {
    let words = window.text("deadline");
    let (minutes, seconds) = words
        .split(' ')
        .find_map(|word| word.split_once(':'))
        .and_then(|(minutes, seconds)| Some((minutes.parse::<i64>().ok()?, seconds.parse::<i64>().ok()?)))
        .unwrap_or_else(|| panic!("no time in {words:?}"));
    SignedDuration::from_secs(minutes * 60 + seconds)
}

#[test]
fn an_alarm_is_seen_acknowledged_and_kept_through_a_kill() {
    let day = Day::at_hand();
    let mut around = Around::of(&day.text);
    let window = around.enter();
    walk_to(&window, day.first_act);
    window.press(" ");
    wait_for_verdict(&window, "go");

    around.push(0.0004, 0.612);
    wait_for_verdict(&window, "hold");
    assert!(window.text("verdict").contains(&format!("612 ms, {}", day.high_latency)), "{}", window.text("verdict"));
    let told = around.notified(&["HIGH", "612 ms", day.high_latency]);
    assert_eq!(told.urgency, Some(1), "{told:?}");
    assert!(told.body.contains("Since ") && told.body.contains("Roll back by "), "{told:?}");
    assert!(alerts(&window, "high")[0].ends_with("not acknowledged"), "{:?}", alerts(&window, "high"));

    around.desktop.acknowledge("612 ms");
    window.wait_until("the window says who acknowledged", |window| {
        alerts(window, "high")[0].contains("acknowledged by ")
    });
    around.desktop.close_all();
    let closed = around.desktop.history();
    let kept = closed.iter().find(|one| one.title.contains("612 ms") && one.title.contains(day.high_latency));
    assert_eq!(kept.map(|one| one.application.as_str()), Some("War Room"), "{closed:?}");

    let (before, shown) = (around.log(), alerts(&window, "high"));
    let [fired] = events(&before, "alert_fired").try_into().unwrap_or_else(|all| panic!("{all:?}"));
    let (since, deadline) = (time(&fired["body"]["since"]), time(&fired["body"]["deadline"]));
    assert_eq!(deadline.duration_since(since), SignedDuration::from_mins(day.high_deadline_min));
    let [by] = events(&before, "alert_acknowledged").try_into().unwrap_or_else(|all| panic!("{all:?}"));
    assert!(shown[0].contains(&format!("acknowledged by {}", by["actor"].as_str().unwrap_or("?"))), "{shown:?}");
    window.kill();

    let window = Window::open(&around.home, &[room(&around.home).as_os_str()]);
    window.resize(1440, 900);
    wait_for_verdict(&window, "hold");
    assert_eq!(alerts(&window, "high"), shown);
    let away = deadline.duration_since(around.now()) - remaining(&window);
    assert!(away.abs() <= SignedDuration::from_secs(3), "the deadline has moved by {away}");
    assert!(around.log().starts_with(&before), "the log is another one:\n{before}\n{}", around.log());
    window.script(TURNS, vec![]);

    let (errors, shown, limit) = day.errors;
    around.push(errors, 0.612);
    wait_for_verdict(&window, "roll_back");
    assert!(window.text("verdict").contains(&format!("{shown}, {limit}")), "{}", window.text("verdict"));
    let told = around.notified(&["CRITICAL", shown, limit]);
    assert_eq!(told.urgency, Some(2), "{told:?}");

    around.push(0.0004, 0.612);
    wait_for_verdict(&window, "hold");
    around.notified(&["Resolved", "Error rate", "0.04 %"]);
    around.push(0.0004, 0.15);
    wait_for_verdict(&window, "go");
    around.notified(&["Resolved", "P95 latency", "150 ms"]);

    around.prometheus.stop();
    wait_for_verdict(&window, "blind");
    around.notified(&["BLIND"]);
    accessible(&window, &axe(), "a blind room with alerts");
    assert_eq!(window.script("return turns", vec![]), json!(["roll_back", "hold", "go", "blind"]));
    window.close();
    let log = around.log();
    let words: Vec<Value> = events(&log, "verdict_turned").iter().map(|turn| turn["body"]["word"].clone()).collect();
    assert_eq!(words, ["go", "hold", "roll_back", "hold", "go", "blind"]);
    assert!(log.starts_with(&before));
    let (code, words) = verify(&around.home, &[]);
    assert_eq!(code, 0, "{words}");
}

#[test]
fn an_alarm_is_silenced_in_sight_of_all_and_its_history_tells_of_it() {
    let day = Day::at_hand();
    let around = Around::of(&day.text);
    let window = around.enter();
    walk_to(&window, day.first_act);
    window.press(" ");
    wait_for_verdict(&window, "go");
    window.press("shift+p");
    window.wait_for("people");
    for (field, words) in [("initials", "mk"), ("name", "Mara Klein")] {
        window.script(&format!("document.querySelector('input[name={field}]').focus()"), vec![]);
        window.write(words);
    }
    click(&window, "person-add");
    window.wait_until("MK acts", |window| window.text("actor").starts_with("MK"));
    if window.is_there("people") {
        window.press("esc");
    }

    around.push(0.0004, 0.612);
    wait_for_verdict(&window, "hold");
    around.notified(&["HIGH", "612 ms", day.high_latency]);
    // After an alert single keys are deaf for half a second.
    window.wait_until("what is to be known before it is silenced", |window| {
        if !window.is_there("alert-form") {
            window.press("shift+q");
        }
        window.is_there("silencing")
    });
    window.write("10 min");
    window.press("tab");
    window.write("the fix is on its way");
    window.press("enter");
    window.wait_for("silence-entry");
    let said = window.text("silence-entry");
    assert!(said.contains("Silenced until ") && said.contains(" UTC by MK: the fix is on its way"), "{said}");
    assert_eq!(verdict(&window), "hold", "the verdict is not silenced");

    window.press("shift+i");
    window.wait_until("the turns of it", |window| window.texts("turn").len() >= 3);
    let turns = window.texts("turn");
    assert!(
        turns[0].contains("Silenced until ") && turns[0].contains("612 ms") && turns[0].contains("MK"),
        "{turns:?}"
    );
    assert!(turns.last().is_some_and(|turn| turn.contains("First breach")), "{turns:?}");
    assert!(window.is_there("silence-entry"), "it is in sight on every page");
    accessible(&window, &axe(), "the history of an alert");

    window.press("e");
    window.wait_for("say-this");
    let aloud = window.text("say-this");
    let limit = format!("the plan acts on {}", day.high_latency);
    assert!(aloud.contains("This is Mara Klein on ") && aloud.contains("612 ms") && aloud.contains(&limit), "{aloud}");
    accessible(&window, &axe(), "the ladder over an alert");
    click(&window, "lift");
    window.wait_until_gone("silence-entry");
    window.close();
    let log = around.log();
    let [silenced] = events(&log, "alert_silenced").try_into().unwrap_or_else(|all| panic!("{all:?}"));
    assert_eq!((&silenced["actor"], &silenced["body"]["reason"]), (&json!("MK"), &json!("the fix is on its way")));
    assert_eq!(events(&log, "silence_lifted").len(), 1);
}

/// Keeps each verdict that the window comes to show, in `turns`.
const TURNS: &str = "
    window.turns = [];
    new MutationObserver((changes) => {
        for (const { target } of changes) {
            const { verdict } = target.dataset;
            if (verdict !== undefined && verdict !== turns.at(-1)) turns.push(verdict);
        }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-verdict'] });
";

#[test]
fn alarms_follow_the_limits_of_another_file() {
    let day = other_day(std::process::id());
    let around = Around::of(&day.text);
    around.push(0.019, 0.14);
    let window = around.enter();
    click(&window, "gate-enter");
    // Its limits are those of its first gate, 2 % and 150 ms: just below both there is nothing to be said.
    wait_for_verdict(&window, "go");
    assert_eq!(alerts(&window, "medium"), Vec::<String>::new());

    around.push(0.019, 0.16);
    wait_for_verdict(&window, "hold");
    let told = around.notified(&["MEDIUM", "160 ms", "150 ms"]);
    assert_eq!(told.urgency, Some(0), "{told:?}");

    around.push(0.021, 0.14);
    around.notified(&["Resolved", "140 ms"]);
    around.notified(&["MEDIUM", "2.1 %", "2 %"]);
    assert_eq!(verdict(&window), "hold");
    around.push(0.019, 0.14);
    wait_for_verdict(&window, "go");
    let titles: Vec<String> = around.desktop.bus().seen().into_iter().map(|seen| seen.title).collect();
    assert!(!titles.iter().any(|title| title.contains("CRITICAL") || title.contains("HIGH")), "{titles:?}");
}
