//! `war-room watch` on real servers: what is not seen is never well, and what is slow is not unseen.
//!
//! Owns: a target that dies, a slow scrape, a unit against a limit. Must not know: the window.

use std::env;
use std::path::PathBuf;
use std::thread;

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

**CRITICAL (Immediate Rollback):**
- P95 latency >1000ms

**HIGH (Rollback if not resolved in 30 min):**
- Error rate >0.1%
- P95 latency >500ms
";

/// What production shows while it is well: 0.05 % and 150 ms.
const WELL: &str = "error_ratio 0.0005\nlatency_seconds 0.15";

/// A Prometheus, a target, and the watch over both.
struct Side {
    target: Target,
    prometheus: Prometheus,
    watch: Watched,
    _home: Home,
}

impl Side {
    /// Starts the watch once there are two scrapes: before, nobody can know how often is scraped.
    fn start(scrape: &str, every: &str, queries: [&str; 2]) -> Self {
        let target = Target::start(WELL);
        let setup = Setup { scrape_interval: scrape.to_owned(), ..Setup::new([("target", target.address())]) };
        let prometheus = Prometheus::start(&setup);
        let home = Home::new().expect("a home");
        let checklist: PathBuf = home.write("day/checklist.md", CHECKLIST).expect("the checklist");
        observe(&checklist, &prometheus, every, queries, "");
        wait_within(PATIENCE * 2, "two scrapes", || has_scraped(&prometheus, 2.0));
        let watch = Watched::start(&home, &checklist, &begun_now(&prometheus));
        Self { target, prometheus, watch, _home: home }
    }

    fn wait_for_verdict(&mut self, word: &str, from: usize) {
        self.watch.wait_for(&format!("the verdict is {word}"), from, |line| {
            line.body["kind"] == "verdict" && line.body["state"] == word
        });
    }
}

fn has_scraped(prometheus: &Prometheus, times: f64) -> bool {
    prometheus.value("count_over_time(latency_seconds[1h])").is_some_and(|count| count >= times)
}

/// Readings that say that nothing is seen.
fn unseen(lines: &[Line]) -> Vec<String> {
    let is_unseen = |line: &&Line| line.body["state"] == "no_data" || line.body["verdict"] == "blind";
    lines.iter().filter(is_unseen).map(|line| line.body.to_string()).collect()
}

#[test]
fn what_is_not_seen_is_never_well_and_what_is_slow_is_not_unseen() {
    // Each waits for its servers most of the time.
    thread::scope(|scope| {
        scope.spawn(a_slow_scrape_is_not_unseen);
        scope.spawn(|| a_dead_target_is_not_fresh([ERRORS, LATENCY]));
        // These queries still answer minutes after the target has died.
        scope.spawn(|| {
            a_dead_target_is_not_fresh([
                "max(last_over_time(error_ratio[5m]))",
                "max(last_over_time(latency_seconds[5m]))",
            ])
        });
        scope.spawn(a_ratio_is_no_percentage);
    });
}

/// Polled several times a scrape. The long form is that of the promise.
fn a_slow_scrape_is_not_unseen() {
    let is_long = env::var_os("WAR_ROOM_LONG").is_some();
    let (scrape, every) = if is_long { ("30s", "5s") } else { ("4s", "1s") };
    let mut side = Side::start(scrape, every, [ERRORS, LATENCY]);
    side.wait_for_verdict("go", 0);
    wait_within(PATIENCE * 2, "several slow scrapes", || has_scraped(&side.prometheus, 4.0));
    let (code, lines) = side.watch.end();
    assert_eq!(unseen(&lines), Vec::<String>::new());
    assert_eq!(code, Some(0), "it ended at GO");
}

/// The target dies, and the Prometheus lives on.
fn a_dead_target_is_not_fresh(queries: [&str; 2]) {
    let mut side = Side::start("1s", "1s", queries);
    side.wait_for_verdict("go", 0);
    side.target.die();
    let from = side.watch.count();
    side.wait_for_verdict("blind", from);
    let from = side.watch.count();
    // Further answers of the Prometheus change nothing.
    for subject in ["error_rate", "latency_p95"] {
        side.watch.wait_for("an unseen reading", from, |line| line.is("reading", subject, "no_data"));
    }
    let later = &side.watch.lines()[from..];
    let seen: Vec<&Line> =
        later.iter().filter(|line| line.body["state"] == "pass" || line.body["verdict"] != "blind").collect();
    assert!(seen.is_empty(), "{queries:?}: {seen:?}");
    let (code, _) = side.watch.end();
    assert_eq!(code, Some(3), "it ended at BLIND");
}

/// 0.004 is 0.4 %, and so above 0.1 %.
fn a_ratio_is_no_percentage() {
    let mut side = Side::start("1s", "1s", [ERRORS, LATENCY]);
    side.wait_for_verdict("go", 0);
    side.target.set("error_ratio 0.004\nlatency_seconds 0.15");
    let fired = side.watch.wait_for("0.4 % fires", 0, |line| line.is("alert", "Error rate >0.1%", "firing"));
    assert_eq!(fired.body["severity"], "high", "{fired:?}");
    assert_eq!((fired.body["value"].as_f64(), fired.body["unit"].as_str()), (Some(0.004), Some("ratio")), "{fired:?}");
    assert!(fired.body["reason"].as_str().is_some_and(|words| words.starts_with("0.4 %, since ")), "{fired:?}");
    side.wait_for_verdict("hold", 0);
    let (code, _) = side.watch.end();
    assert_eq!(code, Some(1), "it ended at HOLD");
}
