//! What `war-room watch` missed on real servers: while it stood still, and while the server did.
//!
//! Owns: what is fetched afterwards, and what is not there to be fetched. Must not know: the window.

use std::path::PathBuf;

use tests::around::prometheus::{Prometheus, Setup};
use tests::around::target::Target;
use tests::around::{PATIENCE, wait_within};
use tests::home::Home;
use tests::observed::{ERRORS, LATENCY, Line, Watched, begun_now, observe};

const CHECKLIST: &str = "# Release of ledger
### Target Date: March 9, 2027

## DEPLOYMENT DAY

### Phase 1: Deploy (10:45 PM)

- [ ] Deployment started

## ROLLBACK PROCEDURES

### Rollback Decision Criteria

**HIGH (Rollback if not resolved in 30 min):**
- Error rate >0.1%
- P95 latency >500ms
";

const WELL: &str = "error_ratio 0.0005\nlatency_seconds 0.15";
const SLOW: &str = "error_ratio 0.0005\nlatency_seconds 0.612";

/// A Prometheus that scrapes a target each second, and the watch over both at GO.
struct Side {
    target: Target,
    prometheus: Prometheus,
    watch: Watched,
    _home: Home,
}

impl Side {
    fn start() -> Self {
        let target = Target::start(WELL);
        let prometheus = Prometheus::start(&Setup::new([("target", target.address())]));
        let home = Home::new().expect("a home");
        let checklist: PathBuf = home.write("day/checklist.md", CHECKLIST).expect("the checklist");
        observe(&checklist, &prometheus, "1s", [ERRORS, LATENCY], "");
        let side =
            Self { watch: Watched::start(&home, &checklist, &begun_now(&prometheus)), target, prometheus, _home: home };
        side.sees("latency_seconds < 0.5", 3.0);
        let mut side = side;
        side.verdict("go", 0);
        side
    }

    fn verdict(&mut self, word: &str, from: usize) {
        self.watch.wait_for(&format!("the verdict is {word}"), from, |line| {
            line.body["kind"] == "verdict" && line.body["state"] == word
        });
    }

    /// Waits until the Prometheus has so many samples of this within a minute.
    fn sees(&self, what: &str, times: f64) {
        let query = format!("count_over_time(({what})[1m:1s])");
        wait_within(PATIENCE * 2, &format!("{times} times {what}"), || {
            self.prometheus.value(&query).is_some_and(|count| count >= times)
        });
    }
}

fn of<'a>(lines: &'a [Line], kind: &str) -> Vec<&'a Line> {
    lines.iter().filter(|line| line.body["kind"] == kind).collect()
}

#[test]
fn what_burned_while_it_stood_still_is_told_with_its_times() {
    let mut side = Side::start();
    let from = side.watch.count();
    side.watch.pause();
    side.target.set(SLOW);
    side.sees("latency_seconds > 0.5", 6.0);
    side.target.set(WELL);
    // Longer than polls may be missed without a word.
    side.sees("latency_seconds < 0.5", 24.0);
    side.watch.resume();
    side.watch.wait_for("the stretch", from, |line| line.is("stretch", "error_rate, latency_p95", "fetched"));
    let fetched = side.watch.count();
    side.watch.wait_for("GO", fetched, |line| line.body["kind"] == "reading" && line.body["verdict"] == "go");
    let (code, lines) = side.watch.end();
    let later = &lines[from..];
    let told: Vec<String> = of(later, "alert").iter().map(|line| line.body["state"].to_string()).collect();
    assert_eq!(told, ["\"firing\"", "\"resolved\""], "once, in its order");
    for line in of(later, "alert") {
        assert!(line.body["reason"].as_str().is_some_and(|words| words.ends_with("fetched afterwards")), "{line:?}");
    }
    let stalled = of(later, "room").into_iter().find(|line| line.body["state"] == "stalled").expect("it says so");
    let fired = of(later, "alert")[0];
    assert!(fired.body["at"].as_str() < stalled.body["at"].as_str(), "{fired:?} was before {stalled:?}");
    let burns = later.iter().filter(|line| line.body["verdict"] == "hold" && line.body["kind"] == "notification");
    assert_eq!(burns.count(), 0, "it never burned while anybody looked");
    assert_eq!(code, Some(0), "it ended at GO");
}

#[test]
fn what_the_server_did_not_see_either_stays_unseen() {
    let mut side = Side::start();
    let from = side.watch.count();
    side.prometheus.pause();
    side.verdict("blind", from);
    let blind = side.watch.count();
    side.prometheus.resume();
    side.watch.wait_for("seen again", blind, |line| line.is("blind", "", "seen"));
    let (_, lines) = side.watch.end();
    let told: Vec<&Line> =
        of(&lines[from..], "alert").into_iter().filter(|line| line.body["subject"] != "blind").collect();
    assert!(told.is_empty(), "nothing is made up of what nobody saw: {told:?}");
}
