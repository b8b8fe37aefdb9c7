//! What follows from what, and what was bad before.

use super::*;

/// An alert and its cause, in words.
fn follows(day: &Day) -> Vec<String> {
    let text = |id: &crate::AlertId| day.watch.book().rule(id).map_or(String::new(), |rule| rule.text.clone());
    let found = day.watch.follows(&day.room, day.now);
    found.iter().map(|(id, follows)| format!("{} <- {}: {}", text(id), text(&follows.from), follows.why)).collect()
}

#[test]
fn a_weaker_alert_of_the_same_signal_follows_from_the_stronger() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.3);
    assert_eq!(follows(&day), Vec::<String>::new());
    day.both_for(10, 0.001, 0.612);
    assert_eq!(
        follows(&day),
        ["P95 latency 200-500ms <- P95 latency >500ms: the same signal: P95 latency 612 ms, > 500 ms"]
    );
    day.both_for(60, 0.001, 0.3);
    assert_eq!(follows(&day), Vec::<String>::new(), "the cause is over, and it stands for itself");
}

const TARGET: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] **10% traffic**
  - [ ] Health answers
  - [ ] Error rate <1%
  - [ ] Hold for 5 minutes

## Rollback
### CRITICAL (roll back now)
- Error rate >10%
### HIGH
- P95 latency >500ms
";

fn probed(more: &str) -> Day {
    let settings = format!(
        "{SETTINGS}[probes.health]\nkind = \"http\"\nurl = \"https://pay.example/health\"\n{more}[[bind]]\nitem = \"Health answers\"\nprobe = \"health\"\n"
    );
    let mut day = Day::with(TARGET, &settings);
    let gate = day.item("10%");
    day.act(&Intent::EnterGate { gate });
    day
}

fn target_fails(day: &mut Day, errors: f64) {
    for _ in 0..3 {
        day.pass(5);
        let down = Sample { measure: Measure::Failed("the connection was refused".to_owned()), ..day.sample(0.0) };
        day.hear_of(Signal::Probe("health".to_owned()), Ok(down));
        day.sees("error_rate", errors);
        day.sees("latency_p95", 0.15);
    }
}

#[test]
fn a_target_that_is_down_explains_its_errors_and_no_critical() {
    let mut day = probed("");
    target_fails(&mut day, 0.05);
    let why = "pay.example does not answer as it should: Health answers the connection was refused";
    assert_eq!(follows(&day), [format!("Error rate <1% <- Health answers: {why}")]);
    // Its errors come to be CRITICAL, and no condition of a gate quiets that.
    target_fails(&mut day, 0.5);
    assert_eq!(follows(&day), ["Error rate <1% <- Error rate >10%: the same signal: Error rate 50 %, > 10 %"]);
}

#[test]
fn one_of_several_targets_explains_only_what_names_it() {
    let other = "[probes.shop]\nkind = \"http\"\nurl = \"https://shop.example/\"\n";
    let mut day = probed(other);
    target_fails(&mut day, 0.05);
    assert_eq!(follows(&day), Vec::<String>::new());
}

#[test]
fn a_source_that_is_down_is_one_blindness_with_one_reason() {
    let settings = format!(
        "{SETTINGS}[sources.eu]\nkind = \"prometheus\"\nurl = \"http://10.0.0.9:9\"\nevery = \"5s\"\n[metrics.latency_p99]\nsource = \"eu\"\nquery = \"p99\"\nunit = \"s\"\n"
    );
    let text = TEXT.replace("- P95 latency >500ms\n", "- P95 latency >500ms\n- P99 latency >900ms\n");
    let mut day = Day::with(&text, &settings);
    day.state("Started", None);
    day.both_for(10, 0.001, 0.15);
    day.sees("latency_p99", 0.2);
    for _ in 0..4 {
        day.pass(5);
        day.hear("error_rate", Err(Fault::Refused));
        day.hear("latency_p95", Err(Fault::TimedOut { after: std::time::Duration::from_secs(3) }));
        day.hear("latency_p99", Err(Fault::Empty));
    }
    let blind: Vec<&String> = day.found.iter().filter(|found| found.starts_with("blind")).collect();
    let all = "blind Error rate,P95 latency,P99 latency since 10: source prod (nothing listens there: the connection was refused), P99 latency (the query found no series)";
    assert_eq!(blind.last().unwrap().as_str(), all, "{blind:?}");
    let down = day.watch.sources_down(&day.room);
    assert_eq!((down.len(), down[0].source.as_str(), down[0].signals), (1, "prod", 2));
    assert_eq!(day.room.alerts().len(), 1, "one alert");
}

#[test]
fn a_gate_that_finds_a_breach_says_that_it_was_there_before() {
    let mut day = Day::of(SETTINGS);
    day.state("Started", None);
    let gate = day.item("10%");
    day.act(&Intent::OverrideGate { gate, reason: "by agreement".to_owned() });
    day.both_for(30, 0.02, 0.15);
    let gate = day.item("50%");
    day.act(&Intent::EnterGate { gate });
    day.both_for(15, 0.02, 0.15);
    let (_, state) = day.room.alerts().iter().find(|(_, state)| state.fired.text == "Error rate <1%").unwrap();
    let second = |at: Timestamp| at.duration_since(t0()).as_secs();
    assert_eq!((second(state.fired.since), state.fired.since_before.map(second)), (35, Some(5)));
    assert_eq!(state.fired.first.as_ref().unwrap().words, "2 %");
    let gate = day.room.current_gate().unwrap();
    let read: Vec<_> = day.watch.conditions(&day.room, gate, day.now).into_iter().map(|one| one.read).collect();
    assert_eq!(read[0].since_before.map(second), Some(5));
    assert_eq!(day.watch.breach(&state.fired.alert), "Error rate 2 %, limit < 1 %, since before");
    // One good sample, and what follows is the gate's own.
    let id = state.fired.alert.clone();
    day.both_for(20, 0.001, 0.15);
    day.both_for(20, 0.02, 0.15);
    assert_eq!(day.room.alerts()[&id].fired.since_before, None);
}

#[test]
fn what_was_good_or_unseen_right_before_the_gate_is_no_breach_from_before() {
    for seen_good in [true, false] {
        let mut day = Day::of(SETTINGS);
        day.state("Started", None);
        let gate = day.item("10%");
        day.act(&Intent::OverrideGate { gate, reason: "by agreement".to_owned() });
        day.both_for(30, 0.02, 0.15);
        if seen_good {
            day.both(0.001, 0.15);
        } else {
            day.pass(20);
        }
        let gate = day.item("50%");
        day.act(&Intent::EnterGate { gate });
        day.both_for(15, 0.02, 0.15);
        let (_, state) = day.room.alerts().iter().find(|(_, state)| state.fired.text == "Error rate <1%").unwrap();
        assert_eq!(state.fired.since_before, None);
    }
}
