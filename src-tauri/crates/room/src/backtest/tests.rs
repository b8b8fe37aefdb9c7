//! Pasts that were made by hand: which episodes and windows come of them, and no others.

use std::time::Duration;

use jiff::tz::TimeZone;
use plan::config::{Clear, NoData};
use plan::{Criterion, CriterionId, Place, Severity, Unit};

use super::*;
use crate::alert::AlertId;
use crate::reading::{Fault, Sample, Signal};

const STEP_S: i64 = 10;
/// A sample counts for so long.
const GOOD_S: i64 = 25;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn rule(op: Operator, bound: f64, purpose: Purpose, fire: Fire) -> Rule {
    let criterion = Criterion {
        id: CriterionId::of(&[], "x", 0),
        line: 1,
        text: "x".to_owned(),
        metric: Some("x".to_owned()),
        op: Some(op),
        value: Some(bound),
        high: None,
        unit: Some(Unit::Percent),
        for_s: None,
        window_s: None,
        severity: Some(Severity::High),
        deadline_s: None,
        place: Place::Decision,
        remark: None,
        item: None,
        section: None,
    };
    Rule {
        id: AlertId::from(&criterion.id),
        name: "x".to_owned(),
        text: "x".to_owned(),
        criterion: Some(criterion),
        item: None,
        severity: Severity::High,
        purpose,
        signal: Signal::Metric("x".to_owned()),
        unit: Some(Unit::Ratio),
        every: Duration::from_secs(10),
        timeout: Duration::from_secs(3),
        met_for: Duration::ZERO,
        fire,
        is_default_fire: false,
        high_deadline: Duration::from_secs(600),
        is_default_deadline: false,
        keep_firing: Duration::ZERO,
        clear: None,
        warm_up: Duration::ZERO,
        no_data: NoData::Blind,
    }
}

/// Above 1 %, given as a ratio.
fn above(fire: Fire) -> Rule {
    rule(Operator::Above, 1.0, Purpose::Decision, fire)
}

fn value(number: f64) -> impl Fn(i64) -> Result<Sample, Fault> {
    move |seconds| {
        Ok(Sample {
            measure: Measure::Number(number),
            at: at(seconds),
            good_until: at(seconds + GOOD_S),
            too_few: None,
        })
    }
}

/// A past: each stretch up to a second, and what came at each step of it.
type Stretch<'a> = (i64, &'a dyn Fn(i64) -> Result<Sample, Fault>);

fn tested(rule: Rule, stretches: &[Stretch<'_>]) -> Tested {
    let mut test = Backtest::new(rule, at(0));
    let mut seconds = 0;
    for (until, what) in stretches {
        while seconds < *until {
            let reading = Reading {
                signal: Signal::Metric("x".to_owned()),
                sequence: 1,
                at: at(seconds),
                outcome: what(seconds),
            };
            test.observe(&reading);
            seconds += STEP_S;
        }
    }
    test.finish()
}

/// Since, fired, last breach, resolved.
fn episodes(tested: &Tested) -> Vec<(i64, i64, i64, Option<i64>)> {
    let of = |moment: Timestamp| moment.duration_since(at(0)).as_secs();
    let episodes = tested.episodes.iter();
    episodes.map(|one| (of(one.since), of(one.fired_at), of(one.last_breach_at), one.resolved_at.map(of))).collect()
}

fn windows(tested: &Tested) -> Vec<(i64, i64, String)> {
    let of = |moment: Timestamp| moment.duration_since(at(0)).as_secs();
    tested.unseen.iter().map(|window| (of(window.from), of(window.to), window.why.join("; "))).collect()
}

fn minutes(minutes: u64) -> Fire {
    Fire::For(Duration::from_secs(minutes * 60))
}

#[test]
fn an_episode_is_found_to_the_step_and_a_flap_is_none() {
    let (good, bad, worse) = (value(0.005), value(0.02), value(0.03));
    let past: [Stretch<'_>; 6] = [(100, &good), (200, &bad), (210, &worse), (300, &bad), (600, &good), (630, &bad)];
    let found = tested(above(minutes(2)), &past);
    assert_eq!(episodes(&found), [(100, 220, 290, Some(300))]);
    assert_eq!(found.episodes[0].worst.as_ref().unwrap().words, "3 %");
    assert_eq!(found.lasted(&found.episodes[0]).as_secs(), 200);
    assert_eq!((found.threats, found.unseen.len(), found.is_whole()), (0, 0, true), "the flap still threatens");
    let past: [Stretch<'_>; 4] = [(100, &good), (180, &bad), (200, &good), (1000, &good)];
    let found = tested(above(minutes(2)), &past);
    assert_eq!((episodes(&found), found.threats), (vec![], 1));
    assert_eq!(found.worst.as_ref().unwrap().words, "2 %", "what did not fire was bad all the same");
}

#[test]
fn what_still_fires_at_the_end_is_not_resolved_and_its_deadline_may_have_passed() {
    let (good, bad) = (value(0.005), value(0.02));
    let found = tested(above(minutes(0)), &[(100, &good), (690, &bad)]);
    assert_eq!(episodes(&found), [(100, 100, 680, None)]);
    assert!(!found.episodes[0].is_overdue);
    let found = tested(above(minutes(0)), &[(100, &good), (720, &bad)]);
    assert!(found.episodes[0].is_overdue, "its 10 min were over at 700 s");
    assert_eq!(found.firing().as_secs(), 610);
}

#[test]
fn what_is_not_seen_is_a_window_and_resolves_nothing() {
    let (good, bad) = (value(0.005), value(0.02));
    let gone = |_| Err(Fault::Empty);
    let found = tested(above(minutes(0)), &[(100, &good), (200, &bad), (500, &gone), (600, &good)]);
    assert_eq!(episodes(&found), [(100, 100, 190, Some(500))]);
    assert_eq!(windows(&found), [(190 + GOOD_S, 500, Fault::Empty.to_string())]);
    assert!(!found.is_whole());
    // A breach of two steps on either side of it is no breach of the whole time for a rule that counts samples.
    let found =
        tested(above(Fire::Tally { hits: 3, samples: 4 }), &[(100, &good), (120, &bad), (500, &gone), (600, &good)]);
    assert_eq!(episodes(&found), []);
}

#[test]
fn what_was_never_seen_is_one_window() {
    let gone = |_| Err(Fault::Empty);
    let several = |_| Err(Fault::Several { count: 2, labels: vec!["{a=b}".to_owned()] });
    let found = tested(above(minutes(0)), &[(50, &gone), (100, &several)]);
    let why = format!("{}; {}", Fault::Empty, several(0).unwrap_err());
    assert_eq!((windows(&found), episodes(&found)), (vec![(0, 90, why)], vec![]));
    assert_eq!((found.worst.is_none(), found.without_data().as_secs()), (true, 90));
    let found = tested(above(minutes(0)), &[]);
    assert!(!found.is_whole(), "nothing was looked at");
}

#[test]
fn a_sample_that_only_ages_is_no_data() {
    let stale = |seconds: i64| value(0.02)(seconds.min(100));
    let found = tested(above(minutes(2)), &[(300, &stale)]);
    assert_eq!(windows(&found), [(100 + GOOD_S, 290, "no new sample".to_owned())]);
    assert_eq!(episodes(&found), [], "100 s of samples do not make two minutes");
}

#[test]
fn what_counted_for_less_than_a_step_leaves_a_window_between_two_steps() {
    let short = |seconds: i64| Ok(Sample { good_until: at(seconds + 4), ..value(0.005)(seconds).unwrap() });
    let found = tested(above(minutes(2)), &[(30, &short)]);
    let why = "no new sample".to_owned();
    assert_eq!(windows(&found), [(4, 10, why.clone()), (14, 20, why)]);
}

#[test]
fn too_few_samples_prove_nothing() {
    let few = |seconds: i64| Ok(Sample { too_few: Some((3.0, 20.0)), ..value(0.02)(seconds).unwrap() });
    let found = tested(above(minutes(0)), &[(100, &few)]);
    assert_eq!((windows(&found), episodes(&found)), (vec![(0, 90, "made from fewer than 20".to_owned())], vec![]));
}

#[test]
fn the_absence_means_what_the_settings_say() {
    let (good, gone) = (value(0.005), |_| Err(Fault::Empty));
    let past: [Stretch<'_>; 3] = [(100, &good), (200, &gone), (300, &good)];
    let breach = Rule { no_data: NoData::Breach, ..above(minutes(0)) };
    let found = tested(breach, &past);
    assert_eq!((episodes(&found), found.unseen.len()), (vec![(100, 100, 190, Some(200))], 0));
    assert_eq!(found.worst.as_ref().unwrap().words, "0.5 %", "of what has a number");
    let zero = tested(Rule { no_data: NoData::Zero, ..above(minutes(0)) }, &past);
    assert_eq!((zero.episodes.len(), zero.unseen.len()), (0, 0));
}

#[test]
fn the_worst_is_the_farthest_on_the_bad_side() {
    let (low, middle, high) = (value(0.2), value(0.5), value(0.9));
    let past: [Stretch<'_>; 3] = [(30, &middle), (60, &low), (90, &high)];
    let check = |op, bound, purpose: Purpose, high: Option<f64>, expected: &str| {
        let mut rule = rule(op, bound, purpose, minutes(0));
        rule.criterion.as_mut().unwrap().high = high;
        assert_eq!(tested(rule, &past).worst.unwrap().words, expected, "{op:?}");
    };
    check(Operator::Above, 95.0, Purpose::Decision, None, "90 %");
    check(Operator::Below, 10.0, Purpose::Decision, None, "20 %");
    check(Operator::Below, 95.0, Purpose::Metric, None, "90 %");
    check(Operator::AtLeast, 95.0, Purpose::Metric, None, "20 %");
    check(Operator::Between, 40.0, Purpose::Metric, Some(80.0), "20 %");
    check(Operator::Equal, 60.0, Purpose::Metric, None, "20 %");
    check(Operator::Between, 45.0, Purpose::Decision, Some(55.0), "50 %");
}

#[test]
fn the_worst_of_an_episode_is_its_own() {
    let (good, bad, worst) = (value(0.005), value(0.02), value(0.09));
    // A lone bad sample before, which has left the tally when the rule fires.
    let fire = Fire::Tally { hits: 2, samples: 3 };
    let found = tested(above(fire), &[(50, &good), (60, &worst), (100, &good), (150, &bad), (300, &good)]);
    assert_eq!(episodes(&found), [(100, 110, 140, Some(170))]);
    assert_eq!(found.episodes[0].worst.as_ref().unwrap().words, "2 %");
    assert_eq!((found.worst.unwrap().words, found.threats), ("9 %".to_owned(), 1));
}

#[test]
fn days_are_those_of_the_plans_wall() {
    let zone = TimeZone::get("Europe/Lisbon").unwrap();
    let hour = |hour: i64| at(0) + SignedDuration::from_hours(hour);
    // 2027-01-15T08:00Z.
    let found = Tested {
        from: hour(0),
        to: hour(48),
        episodes: vec![Episode {
            since: hour(15),
            fired_at: hour(15),
            last_breach_at: hour(17),
            resolved_at: Some(hour(18)),
            deadline: None,
            is_overdue: false,
            worst: None,
        }],
        threats: 0,
        unseen: vec![Unseen { from: hour(10), to: hour(48), why: Vec::new() }],
        worst: None,
    };
    let days: Vec<_> = found
        .by_day(&zone)
        .iter()
        .map(|day| (day.date.to_string(), day.fired, day.firing_s / 3600, day.unseen_s / 3600))
        .collect();
    let expected = [("2027-01-15", 1, 1, 6), ("2027-01-16", 0, 2, 24), ("2027-01-17", 0, 0, 8)];
    assert_eq!(days, expected.map(|(date, fired, firing, unseen)| (date.to_owned(), fired, firing, unseen)));
}

#[test]
fn a_step_that_changes_the_rule_is_said() {
    let seconds = Duration::from_secs;
    assert_eq!(above(minutes(2)).remarks_on_step(seconds(10)), Vec::<String>::new());
    assert_eq!(above(minutes(0)).remarks_on_step(seconds(10)), Vec::<String>::new());
    assert_eq!(
        above(Fire::For(seconds(30))).remarks_on_step(seconds(60)),
        [
            "looked at every 1 min, and on the day every 10 s: what is shorter may be missed",
            "“for 30 s” is shorter than a step of 1 min: it fires at the second breaching step"
        ]
    );
}

#[test]
fn a_level_to_clear_is_kept_to() {
    let rule = Rule { clear: Some(Clear::Level(0.4)), ..above(minutes(0)) };
    let (bad, between, good) = (value(0.02), value(0.005), value(0.003));
    let found = tested(rule, &[(50, &bad), (100, &between), (150, &good)]);
    assert_eq!(episodes(&found), [(0, 0, 40, Some(100))]);
}
