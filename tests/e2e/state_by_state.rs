//! Our rules beside the same rules of a live Prometheus, on values that change while both look: 20 s, and five minutes with
//! `--long`.
//!
//! Owns: how far the two may be apart. Must not know: how either judges.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use tests::around::prometheus::{Prometheus, Setup};
use tests::around::target::Target;
use tests::around::{PATIENCE, wait_within};
use tests::home::Home;
use tests::observed::{Watched, begun_now};

/// The rules: a name, how long a breach lasts before it fires, how long it keeps firing.
const RULES: [(&str, u32, u32); 3] = [("at_once", 0, 0), ("lasting", 4, 0), ("keeping", 0, 5)];

/// How far apart the two may see the same: a scrape, an evaluation, a poll, and a busy machine.
const APART_S: f64 = 3.5;

const CHECKLIST: &str = "# Release of ledger\n### Target Date: March 9, 2027\n\n## DEPLOYMENT DAY\n\n\
    ### Phase 1: Deploy (10:45 PM)\n\n- [ ] Deployment started\n\n## ROLLBACK PROCEDURES\n\n\
    ### Rollback Decision Criteria\n\n**MEDIUM:**\n- Queue depth at_once >5\n- Queue depth lasting >5\n- Queue depth keeping >5\n";

/// From when to when something was so; no end where it still is.
type Spans = Vec<(f64, Option<f64>)>;

/// A schedule: at which second which values hold, by the order of [`RULES`]. Breaches and pauses are clearly shorter or clearly
/// longer than what the rules wait for.
fn schedule() -> Vec<(u32, [u32; 3])> {
    let round = [(0, [1, 1, 1]), (2, [9, 9, 9]), (4, [9, 1, 1]), (6, [1, 1, 9]), (8, [1, 9, 1]), (10, [9, 9, 1])];
    let round = round.into_iter().chain([(16, [1, 1, 1])]);
    let rounds = if env::var_os("WAR_ROOM_LONG").is_some() { 15 } else { 1 };
    (0..rounds).flat_map(|at| round.clone().map(move |(second, values)| (at * 20 + second, values))).collect()
}

#[test]
fn a_live_prometheus_says_the_same() {
    let shown = |values: [u32; 3]| {
        let lines = RULES.iter().zip(values).map(|((name, ..), value)| format!("queue_{name} {value}"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let target = Target::start(&shown([1, 1, 1]));
    let rules = RULES.iter().map(|(name, for_s, keep_s)| {
        format!("      - {{alert: {name}, expr: queue_{name} > 5, for: {for_s}s, keep_firing_for: {keep_s}s}}\n")
    });
    let rules = format!("groups:\n  - name: live\n    rules:\n{}", rules.collect::<String>());
    let prometheus = Prometheus::start(&Setup { rules: Some(rules), ..Setup::new([("target", target.address())]) });
    let mut settings = format!(
        "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"{}\"\nevery = \"1s\"\n",
        prometheus.address()
    );
    for (name, for_s, keep_s) in RULES {
        settings.push_str(&format!(
            "[metrics.{name}]\nsource = \"prod\"\nquery = \"queue_{name}\"\nunit = \"count\"\nfire = \"{for_s}s\"\n\
             keep_firing = \"{keep_s}s\"\n[[bind]]\nitem = \"Queue depth {name} >5\"\nmetric = \"{name}\"\n"
        ));
    }
    let home = Home::new().expect("a home");
    let checklist = home.write("day/checklist.md", CHECKLIST).expect("the checklist");
    home.write("day/war-room.toml", &settings).expect("the settings");
    prometheus.wait_for("count(count_over_time(queue_lasting[1h]) >= 2)", 1.0);
    let mut watch = Watched::start(&home, &checklist, &begun_now(&prometheus));
    watch.wait_for("the verdict is GO", 0, |line| line.body["kind"] == "verdict" && line.body["state"] == "go");

    let clock = || prometheus.value("vector(time())").expect("a Prometheus knows the time");
    let start = clock();
    let wait_for = |second: u32| {
        let patience = Duration::from_secs(20) + PATIENCE;
        wait_within(patience, "time passes", || clock() - start >= f64::from(second));
    };
    let schedule = schedule();
    for (second, values) in &schedule {
        wait_for(*second);
        target.set(&shown(*values));
    }
    // Long enough for the last to resolve.
    wait_for(schedule.last().map_or(0, |(second, _)| second + 10));
    let theirs = theirs(&prometheus, start);
    let (_, lines) = watch.end();
    let mut ours: BTreeMap<String, Spans> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.body["kind"] == "alert") {
        let name = line.body["subject"].as_str().and_then(|subject| subject.split(' ').nth(2)).unwrap_or_default();
        let at: jiff::Timestamp = line.body["at"].as_str().and_then(|at| at.parse().ok()).expect("a time");
        let at = at.as_millisecond() as f64 / 1000.0 - start;
        let spans = ours.entry(name.to_owned()).or_default();
        match line.body["state"].as_str() {
            Some("firing") => spans.push((at, None)),
            Some("resolved") => spans.last_mut().expect("it fired before").1 = Some(at),
            state => panic!("{state:?} of {name}"),
        }
    }
    for (name, ..) in RULES {
        let (ours, theirs) = (&ours[name], &theirs[name]);
        assert_eq!(ours.len(), theirs.len(), "{name}: ours {ours:?}, of Prometheus {theirs:?}");
        for (our, their) in ours.iter().zip(theirs) {
            let is_near = |our: f64, their: f64| (our - their).abs() <= APART_S;
            let is_same = is_near(our.0, their.0)
                && our.1.zip(their.1).map_or(our.1.is_none() && their.1.is_none(), |(our, their)| is_near(our, their));
            assert!(is_same, "{name}: ours {ours:?}, of Prometheus {theirs:?}");
        }
        println!("{name}: {} episodes, ours {ours:.1?}, of Prometheus {theirs:.1?}", ours.len());
    }
    let episodes: usize = ours.values().map(Vec::len).sum();
    assert!(episodes >= 4, "{ours:?}");
}

/// When each rule fired in the live Prometheus, in seconds from the start.
fn theirs(prometheus: &Prometheus, start: f64) -> BTreeMap<String, Spans> {
    let result = prometheus.query("ALERTS{alertstate=\"firing\"}[15m]");
    let mut spans: BTreeMap<String, Spans> = BTreeMap::new();
    for series in result.as_array().expect("series") {
        let name = series["metric"]["alertname"].as_str().expect("a name").to_owned();
        let times = series["values"].as_array().expect("samples").iter();
        let times: Vec<f64> = times.map(|sample| sample[0].as_f64().expect("a time") - start).collect();
        let spans = spans.entry(name).or_default();
        for (at, time) in times.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| times.get(before));
            if before.is_none_or(|before| time - before > 1.7) {
                spans.push((*time, None));
            }
            if times.get(at + 1).is_none_or(|after| after - time > 1.7) {
                // It is over at the next evaluation.
                spans.last_mut().expect("it has begun").1 = Some(time + 1.0);
            }
        }
        spans.retain(|(from, to)| *from >= 0.0 && to.is_some());
    }
    spans
}
