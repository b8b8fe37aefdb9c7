//! What was missed: asked for when the laptop wakes, and written with its own times.

use jiff::SignedDuration;
use outbound::Notification;
use room::{Event, Fault, Fetched, Interruption, Measure, Reading, Recorded, Sample, Signal, Stretch};

use super::acting::done;
use super::watching::{id, notified};
use super::*;
use crate::wire::LogQuery;

impl Table {
    /// The laptop sleeps and wakes.
    fn sleeps(&mut self, seconds: i64) -> Vec<Effect> {
        let from = self.now;
        self.now += SignedDuration::from_secs(seconds);
        let mut effects = self.wake(Wake::Interrupted(Interruption::Slept { from, to: self.now }));
        effects.extend(self.wake(Wake::Tick));
        effects
    }

    /// The stretch comes, with a sample every five seconds.
    fn comes(&mut self, stretch: &Stretch, value: impl Fn(i64) -> Result<f64, Fault>) -> Vec<Effect> {
        let t0: Timestamp = "2026-01-21T06:30:00Z".parse().unwrap();
        let mut readings = Vec::new();
        let mut at = stretch.from;
        while at < stretch.to {
            let good_until = at + SignedDuration::from_secs(12);
            let outcome = value(at.duration_since(t0).as_secs());
            let outcome =
                outcome.map(|value| Sample { measure: Measure::Number(value), at, good_until, too_few: None });
            readings.push(Reading { signal: stretch.signal.clone(), sequence: 0, at, outcome });
            at += SignedDuration::from_secs(5);
        }
        let fetched = Box::new(Fetched { stretch: stretch.clone(), readings });
        self.wake(Wake::Fetched { number: 1, fetched })
    }

    fn log(&self) -> Vec<Recorded> {
        let folder = self.folder.path().join("data/war-room/rooms");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let path = files.filter(|path| path.extension().is_some_and(|ending| ending == "warroom")).last().unwrap();
        journal::read(&path).unwrap().events
    }

    /// The newest lines of the log as the window shows them, the oldest first.
    fn lines(&mut self, count: usize) -> Vec<String> {
        let query = LogQuery { group: String::new(), search: String::new(), from: u32::MAX, count: 200, place_of: 0 };
        let page = self.controller.room().unwrap().log_page(&query).unwrap();
        let lines = page.entries.iter().rev().map(|entry| format!("{}|{}|{}", entry.text, entry.detail, entry.late));
        let mut lines: Vec<String> = lines.take(count).collect();
        lines.reverse();
        lines
    }
}

fn asked(effects: &[Effect]) -> Vec<Stretch> {
    let asked = effects.iter().filter_map(|effect| match effect {
        Effect::Fetch { number: 1, stretch } => Some(stretch.clone()),
        _ => None,
    });
    asked.collect()
}

fn titles(effects: &[Effect]) -> Vec<String> {
    notified(effects).iter().map(|Notification { title, .. }| title.clone()).collect()
}

#[test]
fn what_burned_while_the_laptop_slept_stands_in_the_log_with_its_times() {
    let mut table = Table::watching();
    for _ in 0..3 {
        table.both(0.001, 0.15);
    }
    let effects = table.sleeps(1200);
    assert_eq!(titles(&effects), Vec::<String>::new(), "nobody has looked yet: nothing is said to burn");
    assert_eq!(table.verdict(), "NOT WATCHED");
    let effects = table.both(0.001, 0.15);
    let stretches = asked(&effects);
    let names: Vec<&str> = stretches.iter().map(|stretch| stretch.signal.name()).collect();
    assert_eq!(names, ["error_rate", "latency_p95"]);
    let spans: Vec<String> = stretches.iter().map(|stretch| format!("{} {}", stretch.from, stretch.to)).collect();
    assert_eq!(spans[1], "2026-01-21T06:30:15Z 2026-01-21T06:50:20Z");
    table.comes(&stretches[0], |_| Ok(0.001));
    let effects = table.comes(&stretches[1], |second| Ok(if (300..400).contains(&second) { 0.612 } else { 0.15 }));
    assert_eq!(titles(&effects), ["Over already: P95 latency 612 ms (HIGH) · payments-api"]);
    assert_eq!(table.verdict(), "GO");
    let log = table.log();
    let times: Vec<String> = log
        .iter()
        .filter(|one| {
            matches!(one.event, Event::AlertFired(_) | Event::AlertResolved { .. } | Event::StretchFetched(_))
        })
        .map(|one| format!("{} {} {}", one.event.kind(), one.occurred_at, one.recorded_at))
        .collect();
    assert_eq!(
        times,
        [
            "alert_fired 2026-01-21T06:35:05Z 2026-01-21T06:50:20Z",
            "alert_resolved 2026-01-21T06:36:50Z 2026-01-21T06:50:20Z",
            "stretch_fetched 2026-01-21T06:50:20Z 2026-01-21T06:50:20Z",
        ]
    );
    let vital = table.subscribe().vitals.unwrap().vitals.into_iter().find(|vital| vital.id == "latency_p95").unwrap();
    assert!(vital.values.contains(&Some(612.0)), "the chart shows what was fetched");
    assert_eq!(vital.gaps, [], "and no gap of the last quarter of an hour is left");
    assert_eq!(vital.fetched.len(), 1);
    assert!(vital.words.ends_with("; fetched afterwards: 06:35:20 to 06:50:15"), "{}", vital.words);
}

#[test]
fn the_log_says_in_words_what_was_missed_and_what_was_fetched() {
    let mut table = Table::watching();
    for _ in 0..3 {
        table.both(0.001, 0.15);
    }
    table.sleeps(1200);
    let stretches = asked(&table.both(0.001, 0.15));
    table.comes(&stretches[0], |_| Err(Fault::Refused));
    table.comes(&stretches[1], |second| Ok(if (300..400).contains(&second) { 0.612 } else { 0.15 }));
    let lines = table.lines(8);
    let has = |words: &str| assert!(lines.iter().any(|line| line.contains(words)), "{words}: {lines:#?}");
    has("The laptop slept from 06:30:15 to 06:50:15: nobody looked|Unseen, not healthy, until it is fetched.|");
    has("P95 latency >500ms: 612 ms — HIGH, fetched afterwards|since 06:35:00; roll back by 07:05:00");
    has("|noted late, 06:50:20");
    has("Resolved: “P95 latency >500ms”: 150 ms, fetched afterwards||noted late, 06:50:20");
    has("Fetched afterwards: latency_p95, 06:30:15 – 06:50:20|error_rate: unseen, nothing listens there");
}

#[test]
fn a_hold_goes_on_where_the_sleep_is_proven_and_says_how_much_of_it_is() {
    let mut table = Table::watching();
    done(&mut table, Act::EnterGate { gate: id("50%") });
    for _ in 0..13 {
        table.both(0.001, 0.15);
    }
    assert_eq!(table.gate().held, "01:00 of 10:00");
    table.sleeps(300);
    assert_eq!(table.gate().held, "01:00 of 10:00");
    let stretches = asked(&table.both(0.001, 0.15));
    table.comes(&stretches[0], |_| Ok(0.001));
    let gate = table.gate();
    assert_eq!(gate.held, "06:05 of 10:00");
    assert_eq!(gate.line, "06:05 of 10:00, 05:05 of it fetched afterwards");
    for _ in 0..48 {
        table.both(0.001, 0.15);
    }
    done(&mut table, Act::PassGate { gate: id("50%") });
    let passed = table.log().into_iter().find_map(|one| match one.event {
        Event::GatePassed { held_ms, fetched_ms, .. } => Some((held_ms / 1000, fetched_ms / 1000)),
        _ => None,
    });
    assert_eq!(passed, Some((605, 305)));
    let lines = table.lines(3);
    let words = "Gate passed: 50% Traffic (Three pods), held 10:05 (05:05 of it fetched afterwards)";
    assert!(lines.iter().any(|line| line.starts_with(words)), "{lines:#?}");
}

#[test]
fn what_is_for_another_room_or_order_says_nothing() {
    let mut table = Table::watching();
    table.both(0.001, 0.15);
    table.sleeps(300);
    let stretches = asked(&table.both(0.001, 0.15));
    let signal = Signal::Metric("error_rate".to_owned());
    let stretch = stretches.iter().find(|stretch| stretch.signal == signal).unwrap().clone();
    let before = table.log().len();
    let fetched = Box::new(Fetched { stretch, readings: Vec::new() });
    table.wake(Wake::Fetched { number: 7, fetched });
    assert_eq!(table.log().len(), before);
}

#[test]
fn a_clock_that_was_set_is_written_and_nobody_becomes_blind_of_it() {
    let mut table = Table::watching();
    for _ in 0..3 {
        table.both(0.001, 0.15);
    }
    let by = SignedDuration::from_secs(-3600);
    table.now += by;
    table.wake(Wake::Interrupted(Interruption::ClockJumped { by }));
    table.wake(Wake::Tick);
    assert_eq!(table.verdict(), "GO");
    let lines = table.lines(2);
    assert!(lines.iter().any(|line| line.starts_with("The laptop's clock was set back by 1 h|")), "{lines:#?}");
    let vital = table.subscribe().vitals.unwrap().vitals.into_iter().find(|vital| vital.id == "latency_p95").unwrap();
    assert_eq!(vital.times_s.len(), 3, "the chart goes on");
}
