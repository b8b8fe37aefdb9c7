//! From a value that is pushed to the notification of it, beside the same rule in Prometheus and Alertmanager: `cargo xtask
//! bench`. Nothing is asserted about times.

use std::time::{Duration, Instant};

use tests::around::alertmanager::{Alertmanager, Waits};
use tests::around::desktop::Desktop;
use tests::around::prometheus::{Prometheus, Setup};
use tests::around::pushgateway::Pushgateway;
use tests::around::{wait_until, wait_within};
use tests::home::Home;
use tests::measure::{Times, keep};
use tests::observed::{ERRORS, LATENCY, Watched, begun_now, observe};

/// How often the value goes up.
const ROUNDS: u32 = 12;
/// Scrape, poll, and what is allowed on top.
const BOUND: Duration = Duration::from_millis(1000 + 1000 + 100);
/// Longer than a minute of scraping, a minute of evaluating and half a minute of waiting for more alerts.
const PATIENCE: Duration = Duration::from_secs(240);

const CHECKLIST: &str = "# Release of ledger\n### Target Date: March 9, 2027\n\n## DEPLOYMENT DAY\n\n\
    ### Phase 1: Deploy (10:45 PM)\n\n- [ ] Deployment started\n\n## ROLLBACK PROCEDURES\n\n\
    ### Rollback Decision Criteria\n\n**HIGH (Rollback if not resolved in 30 min):**\n- P95 latency >500ms\n";

/// The rule as Prometheus has it.
const RULE: &str =
    "groups:\n  - name: bench\n    rules:\n      - alert: Slow\n        expr: max(latency_seconds) > 0.5\n";

/// A Prometheus that asks this often, with its Alertmanager.
fn side(gateway: &Pushgateway, every: &str, waits: Waits) -> (Prometheus, Alertmanager) {
    let alertmanager = Alertmanager::start(waits);
    let prometheus = Prometheus::start(&Setup {
        scrape_interval: every.to_owned(),
        evaluation_interval: every.to_owned(),
        rules: Some(RULE.to_owned()),
        alertmanager: Some(alertmanager.address()),
        ..Setup::new([("gateway", gateway.address())])
    });
    (prometheus, alertmanager)
}

/// When the webhook was first told this after that moment.
fn called(alertmanager: &Alertmanager, status: &str, after: Instant) -> Option<Instant> {
    let calls = alertmanager.calls().into_iter().filter(|call| call.at > after && call.body["status"] == status);
    calls.map(|call| call.at).next()
}

#[test]
#[ignore = "measures; cargo xtask bench runs it"]
fn alarms_are_told() {
    let desktop = Desktop::start();
    let gateway = Pushgateway::start();
    gateway.push("latency_seconds", 0.15);
    let (usual_prometheus, usual) = side(&gateway, "1m", Waits::default());
    let (prometheus, tuned) = side(&gateway, "1s", Waits::TUNED);
    let home = Home::new().expect("a home").with(desktop.variables());
    let checklist = home.write("day/checklist.md", CHECKLIST).expect("the checklist");
    // One breach fires, as a rule without `for` does.
    observe(&checklist, &prometheus, "1s", [ERRORS, LATENCY], "[alerts]\nfire = \"1 of 1\"\n");
    wait_within(PATIENCE, "both have seen that all is well", || {
        [&usual_prometheus, &prometheus].into_iter().all(|one| one.value(LATENCY) == Some(0.15))
    });
    let mut watch = Watched::start(&home, &checklist, &begun_now(&prometheus));
    watch.wait_for("GO", 0, |line| line.body["kind"] == "verdict" && line.body["state"] == "go");

    let (mut ours, mut theirs) = (Times::of("push to notification"), Times::of("push to Alertmanager, 1 s"));
    let mut untuned = None;
    let told = |words: &str, after: Instant| {
        let seen = desktop.bus().seen();
        seen.into_iter().find(|seen| seen.at > after && seen.title.starts_with(words)).map(|seen| seen.at)
    };
    for round in 0..ROUNDS {
        // What was waited for before ends with a scrape: each round begins at another moment between two scrapes.
        let (begun, spread) = (Instant::now(), Duration::from_millis(u64::from(round * 370 % 1000)));
        wait_until("another moment", || begun.elapsed() >= spread);
        let pushed = Instant::now();
        gateway.push("latency_seconds", 0.612);
        wait_until("both have told of it", || {
            told("HIGH", pushed).is_some() && called(&tuned, "firing", pushed).is_some()
        });
        ours.add(told("HIGH", pushed).expect("it was told") - pushed);
        theirs.add(called(&tuned, "firing", pushed).expect("it was told") - pushed);
        if round == 0 {
            wait_within(PATIENCE, "the one with its defaults has told of it", || {
                called(&usual, "firing", pushed).is_some()
            });
            untuned = called(&usual, "firing", pushed).map(|at| at - pushed);
        }
        let over = Instant::now();
        gateway.push("latency_seconds", 0.15);
        wait_until("both say that it is over", || {
            told("Resolved", over).is_some() && called(&tuned, "resolved", over).is_some()
        });
    }
    let bound = Times::once("scrape + poll + 100 ms", BOUND);
    let untuned = Times::once("push to Alertmanager, default", untuned.expect("it was told"));
    let lines = [ours.line(Some(&bound)), theirs.line(Some(&bound)), untuned.line(Some(&bound))];
    keep(&lines).expect("the lines are kept");
}
