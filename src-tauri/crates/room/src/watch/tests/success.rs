//! Success criteria over the windows that they name.

use super::*;
use crate::alert::{Purpose, SuccessOutcome};

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started

## Success Criteria
**Deployment is successful if:**
- [ ] Error rate <1% (first 10 minutes)
- [ ] P95 latency <200ms
- [ ] Latency P95 below 300ms over 5 minutes
";

fn day() -> Day {
    Day::with(TEXT, SETTINGS)
}

fn judged(day: &Day) -> Vec<&String> {
    day.found.iter().filter(|found| found.starts_with("judged")).collect()
}

fn armed(day: &Day) -> Vec<String> {
    let armed = day.watch.armed(&day.room, day.now).into_iter();
    armed.filter(|rule| matches!(rule.purpose, Purpose::Success { .. })).map(|rule| rule.text.clone()).collect()
}

#[test]
fn a_success_criterion_is_armed_over_the_window_that_it_names_and_no_longer() {
    let mut day = day();
    day.state("Started", None);
    assert_eq!(armed(&day), ["Error rate <1% (first 10 minutes)"], "what names no window is not armed");
    day.both_for(595, 0.001, 0.15);
    assert_eq!(armed(&day).len(), 1);
    day.both_for(5, 0.001, 0.15);
    assert_eq!(armed(&day), Vec::<String>::new());
    assert_eq!(judged(&day), Vec::<&String>::new(), "the last answers are on their way");
    day.both_for(20, 0.001, 0.15);
    let met = "judged Error rate <1% (first 10 minutes): Met, breached 0 s, unseen 5 s";
    assert_eq!(judged(&day), [met], "once");
    day.both_for(60, 0.001, 0.15);
    assert_eq!(judged(&day).len(), 1, "once");
    let (_, known) = day.room.success().iter().next().unwrap();
    assert_eq!(known.outcome, SuccessOutcome::Met);
}

#[test]
fn what_was_breached_for_long_enough_is_not_met_and_its_alert_ends_with_the_window() {
    let mut day = day();
    day.state("Started", None);
    day.both_for(300, 0.001, 0.15);
    day.both_for(60, 0.02, 0.15);
    assert!(day.found.contains(&"fired Error rate <1% (first 10 minutes) since 305".to_owned()), "{:?}", day.found);
    day.both_for(200, 0.001, 0.15);
    day.both_for(60, 0.02, 0.15);
    let not_met = "judged Error rate <1% (first 10 minutes): NotMet, breached 95 s, unseen 5 s";
    assert_eq!(judged(&day), [not_met]);
    let last = day.found.last().unwrap();
    assert_eq!(last, "resolved Error rate <1% (first 10 minutes)", "over with its purpose");
}

#[test]
fn a_flap_that_never_fired_is_said_and_is_met() {
    let mut day = day();
    day.state("Started", None);
    day.both_for(300, 0.001, 0.15);
    day.both(0.02, 0.15);
    day.both_for(330, 0.001, 0.15);
    assert_eq!(judged(&day), ["judged Error rate <1% (first 10 minutes): Met, breached 5 s, unseen 5 s"]);
}

#[test]
fn unseen_time_proves_nothing() {
    let mut day = day();
    day.state("Started", None);
    day.both_for(120, 0.001, 0.15);
    day.pass(400);
    day.both_for(120, 0.001, 0.15);
    // From 132 s on nothing was seen, until 525 s; and the first answer came after 5 s.
    assert_eq!(judged(&day), ["judged Error rate <1% (first 10 minutes): Unproven, breached 0 s, unseen 398 s"]);
}

#[test]
fn what_was_missed_in_sleep_and_fetched_after_it_counts() {
    let mut day = day();
    day.state("Started", None);
    day.both_for(300, 0.001, 0.15);
    day.sleep(400);
    day.pass(1);
    for second in (305..600).step_by(5) {
        let at = t0() + SignedDuration::from_secs(second);
        let sample = Sample { at, good_until: at + SignedDuration::from_secs(12), ..day.sample(0.001) };
        day.hear("error_rate", Ok(sample));
    }
    day.pass(20);
    assert_eq!(judged(&day), ["judged Error rate <1% (first 10 minutes): Met, breached 0 s, unseen 5 s"]);
}

#[test]
fn a_restart_goes_on_and_a_restart_without_memory_does_not_invent() {
    for (keep, outcome) in [(true, "Met, breached 0 s, unseen 5 s"), (false, "Unproven, breached 0 s, unseen 405 s")] {
        let mut day = day();
        day.state("Started", None);
        day.both_for(400, 0.001, 0.15);
        day.restart(keep);
        day.both_for(230, 0.001, 0.15);
        assert_eq!(judged(&day), [&format!("judged Error rate <1% (first 10 minutes): {outcome}")]);
    }
}

#[test]
fn where_nothing_was_deployed_nothing_is_judged() {
    let mut day = day();
    day.both_for(700, 0.001, 0.15);
    assert_eq!(judged(&day), Vec::<&String>::new());
}

#[test]
fn a_rollback_cuts_the_window_short() {
    let mut day = day();
    day.state("Started", None);
    day.both_for(100, 0.001, 0.15);
    day.act(&Intent::RollBack { criterion: None, reason: "complaints".to_owned(), way: 0 });
    day.act(&Intent::DeclareRolledBack);
    assert_eq!(judged(&day), ["judged Error rate <1% (first 10 minutes): CutShort, breached 0 s, unseen 5 s"]);
    assert_eq!(armed(&day), Vec::<String>::new());
}
