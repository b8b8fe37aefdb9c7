//! Breach, no data and error each have their own patience, and none is taken for another.

use super::*;

/// Settings with more for the error rate.
fn with(more: &str) -> Day {
    let mut day = Day::of(&SETTINGS.replace("query = \"errors\"\n", &format!("query = \"errors\"\n{more}\n")));
    day.state("Started", None);
    day.found.clear();
    day
}

fn hears(day: &mut Day, outcome: Result<f64, Fault>) {
    day.pass(5);
    let outcome = outcome.map(|value| day.sample(value));
    day.hear("error_rate", outcome);
    day.sees("latency_p95", 0.15);
}

fn fired(day: &Day) -> Vec<&String> {
    day.found.iter().filter(|found| found.starts_with("fired")).collect()
}

#[test]
fn an_error_is_no_breach_however_often_and_under_whatever_policy() {
    for policy in ["", "no_data = \"breach\"", "no_data = \"zero\""] {
        let faults = [
            Fault::Refused,
            Fault::Status { code: 500, words: String::new() },
            Fault::TimedOut { after: std::time::Duration::from_secs(3) },
            Fault::BadQuery { words: "x".to_owned() },
            Fault::Several { count: 2, labels: Vec::new() },
            Fault::Ended,
        ];
        for fault in faults {
            let mut day = with(policy);
            for _ in 0..20 {
                hears(&mut day, Err(fault.clone()));
            }
            assert_eq!(fired(&day), Vec::<&String>::new(), "{policy} {fault}");
            assert_eq!(day.word(), VerdictWord::Blind, "{policy} {fault}: and never fine");
        }
    }
}

#[test]
fn an_error_between_two_breaches_neither_counts_nor_starts_the_clock_again() {
    let mut day = with("fire = \"60s\"");
    hears(&mut day, Ok(0.12));
    for _ in 0..10 {
        hears(&mut day, Err(Fault::Refused));
    }
    assert_eq!(fired(&day), Vec::<&String>::new(), "55 s, and the error is no sample");
    hears(&mut day, Err(Fault::Empty));
    assert_eq!(fired(&day), Vec::<&String>::new(), "60 s, and no data is no breach");
    hears(&mut day, Ok(0.12));
    assert_eq!(fired(&day), ["fired Error rate >10% since 5"], "it was never seen to be good");
    // In samples: the error is none of the last three.
    let mut day = with("");
    hears(&mut day, Ok(0.12));
    hears(&mut day, Err(Fault::Refused));
    hears(&mut day, Ok(0.001));
    hears(&mut day, Err(Fault::Empty));
    assert_eq!(fired(&day), Vec::<&String>::new());
    hears(&mut day, Ok(0.12));
    assert_eq!(fired(&day), ["fired Error rate >10% since 5"]);
}

#[test]
fn no_data_that_is_chosen_to_be_a_breach_has_the_patience_of_a_breach() {
    let mut day = with("no_data = \"breach\"\nfire = \"30s\"");
    for _ in 0..6 {
        hears(&mut day, Err(Fault::Empty));
    }
    assert_eq!(fired(&day), Vec::<&String>::new(), "25 s: not at once");
    hears(&mut day, Err(Fault::Empty));
    assert_eq!(fired(&day), ["fired Error rate >10% since 5"]);
    assert_eq!(
        day.watch.breach(&day.watch.firing(&day.room, day.now)[0].0),
        "Error rate the query found no series, > 10 %"
    );
}

#[test]
fn blindness_has_a_patience_of_its_own_and_says_which_it_is() {
    for (fault, words) in [
        (Fault::Empty, "the query found no series"),
        (Fault::NotANumber, "the value is not a number (NaN), as from 0 / 0"),
        (Fault::Status { code: 502, words: String::new() }, "the server answers 502"),
    ] {
        let mut day = with("fire = \"1 of 1\"");
        hears(&mut day, Ok(0.001));
        for _ in 0..2 {
            hears(&mut day, Err(fault.clone()));
        }
        assert_eq!(day.word(), VerdictWord::Go, "two polls are no blindness");
        hears(&mut day, Err(fault.clone()));
        assert_eq!(day.found.last().unwrap(), "verdict BLIND");
        assert!(day.found.contains(&format!("blind Error rate since 5: {words}")), "{:?}", day.found);
        assert_eq!(fired(&day), Vec::<&String>::new(), "tolerated");
        for _ in 0..60 {
            hears(&mut day, Err(fault.clone()));
        }
        assert_eq!(fired(&day), ["fired blind since 5"], "as HIGH, after five minutes");
    }
}

#[test]
fn an_error_does_not_resolve_and_does_not_clear() {
    let mut day = with("clear = \"20s\"");
    hears(&mut day, Ok(0.12));
    hears(&mut day, Ok(0.12));
    hears(&mut day, Ok(0.001));
    for _ in 0..10 {
        hears(&mut day, Err(Fault::Refused));
    }
    // 50 s good at both ends, and unseen between them: it has not been good for 20 s.
    hears(&mut day, Ok(0.001));
    assert!(!day.found.iter().any(|found| found.starts_with("resolved Error")), "{:?}", day.found);
    for _ in 0..4 {
        hears(&mut day, Ok(0.001));
    }
    assert_eq!(day.found.iter().filter(|found| found.starts_with("resolved Error")).count(), 1);
}
