//! What other tests stand on: a real dunst, a real Prometheus and what goes with them, without War Room's window.
//!
//! Owns: that these do what the tests believe of them. Must not know: the window.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use outbound::{DoNotDisturb, Notification, Report, Urgency};
use tests::around::alertmanager::{Alertmanager, Waits};
use tests::around::desktop::Desktop;
use tests::around::prometheus::{Prometheus, Setup};
use tests::around::pushgateway::Pushgateway;
use tests::around::target::Target;
use tests::around::{PATIENCE, wait_until};

/// Set in the process that shows the notification.
const INSIDE: &str = "WAR_ROOM_TEST_SHOWS";
const TITLE: &str = "HOLD: p95 > 500 ms";

/// Shows an alarm and waits until it is acknowledged. A process of its own, since its environment names its bus.
fn show() {
    let (sender, reports): (_, Receiver<Report>) = channel();
    let desktop = outbound::Desktop::start(move |report| {
        let _ = sender.send(report);
    });
    desktop.show(Notification {
        key: "a".into(),
        title: TITLE.into(),
        body: "612 ms > 500 ms & rising".into(),
        urgency: Urgency::Critical,
        can_be_acknowledged: true,
        sounds: false,
    });
    let next = || reports.recv_timeout(PATIENCE).expect("a report");
    assert_eq!(next(), Report::Shown { key: "a".into(), has_actions: true, sound: None });
    assert_eq!(next(), Report::Acknowledged { key: "a".into() });
}

#[test]
fn dunst_shows_is_acknowledged_and_remembers() {
    if env::var_os(INSIDE).is_some() {
        show();
        return;
    }
    let mut desktop = Desktop::start();
    let mut shows = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "desktop_harness::dunst_shows_is_acknowledged_and_remembers", "--nocapture"])
        .env(INSIDE, "1")
        .envs(desktop.variables())
        .spawn()
        .expect("this program runs again");
    let seen = desktop.bus().wait_for("the alarm", |seen| seen.title == TITLE);
    assert_eq!((seen.urgency, seen.timeout_ms, seen.application.as_str()), (Some(2), 0, "War Room"));
    assert_eq!(seen.body, "612 ms &gt; 500 ms &amp; rising");
    wait_until("dunst shows it", || desktop.displayed() == 1);
    assert_eq!(desktop.history(), []);
    desktop.acknowledge(TITLE);
    assert!(shows.wait().expect("its end").success(), "the alarm was not acknowledged");
    desktop.close_all();
    let closed = desktop.history();
    assert_eq!(closed.len(), 1, "{closed:?}");
    assert!(closed[0].title == TITLE && closed[0].body.contains("612 ms"), "{closed:?}");
    desktop.stop_service();
    desktop.start_service();
    assert_eq!(desktop.history(), []);
}

/// Looks whether dunst holds notifications back, before and after it is paused, and shows one that it keeps.
fn look() {
    let (sender, reports): (_, Receiver<Report>) = channel();
    let desktop = outbound::Desktop::start(move |report| {
        let _ = sender.send(report);
    });
    let next = || reports.recv_timeout(PATIENCE).expect("a report");
    let on = Report::DoNotDisturb(DoNotDisturb::On("dunst is paused".into()));
    desktop.look();
    assert_eq!(next(), Report::DoNotDisturb(DoNotDisturb::Off("dunst says so".into())));
    println!("looked");
    // Paused by the other process, at some moment from now on.
    wait_until("dunst is paused", || {
        desktop.look();
        next() == on
    });
    desktop.show(Notification {
        key: "a".into(),
        title: TITLE.into(),
        body: "612 ms".into(),
        urgency: Urgency::Critical,
        can_be_acknowledged: true,
        sounds: false,
    });
    assert_eq!(next(), on);
    assert_eq!(next(), Report::Shown { key: "a".into(), has_actions: true, sound: None });
}

#[test]
fn dunst_tells_that_it_is_paused_and_shows_nothing() {
    if env::var_os(INSIDE).is_some() {
        look();
        return;
    }
    let desktop = Desktop::start();
    let mut looks = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "desktop_harness::dunst_tells_that_it_is_paused_and_shows_nothing", "--nocapture"])
        .env(INSIDE, "1")
        .envs(desktop.variables())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program runs again");
    // Kept to its end: whoever writes into a pipe that nobody reads breaks off.
    let mut said = BufReader::new(looks.stdout.take().expect("its words")).lines().map_while(Result::ok);
    let has_looked = said.any(|line| line.contains("looked"));
    assert!(has_looked, "it ended before it had looked");
    desktop.pause(true);
    assert!(looks.wait().expect("its end").success(), "it is not told");
    assert_eq!(desktop.displayed(), 0, "what is held back is not shown");
}

#[test]
fn prometheus_scrapes_what_is_pushed_and_sees_what_dies() {
    let gateway = Pushgateway::start();
    let mut target = Target::start("latency_seconds 0.31");
    let alertmanager = Alertmanager::start(Waits::TUNED);
    let mut prometheus = Prometheus::start(&Setup {
        rules: Some(String::from(
            "groups:\n  - name: test\n    rules:\n      - alert: Slow\n        expr: pushed_seconds > 0.5\n",
        )),
        alertmanager: Some(alertmanager.address()),
        ..Setup::new([("gateway", gateway.address()), ("target", target.address())])
    });
    gateway.push("pushed_seconds", 0.612);
    prometheus.wait_for("pushed_seconds", 0.612);
    prometheus.wait_for("latency_seconds", 0.31);
    wait_until("the Alertmanager calls", || {
        alertmanager.calls().iter().any(|call| call.body["alerts"][0]["labels"]["alertname"] == "Slow")
    });
    target.set("latency_seconds 0.7");
    prometheus.wait_for("latency_seconds", 0.7);
    target.die();
    prometheus.wait_for("up{job='target'}", 0.0);
    target.live();
    prometheus.wait_for("up{job='target'}", 1.0);
    gateway.delete();
    wait_until("what was pushed is gone", || prometheus.value("pushed_seconds").is_none());
    prometheus.pause();
    prometheus.resume();
    prometheus.stop();
    prometheus.start_again();
    assert_eq!(prometheus.value("last_over_time(pushed_seconds[5m])"), Some(0.612));
}
