//! What was missed, fetched afterwards: judged at its time, told once, and held by a gate where it proves all of it.

use super::*;
use crate::{Dated, Fetched, Interruption, Stretch};

/// The seconds and values of a stretch in which nothing changes.
fn steady(from: i64, to: i64, value: f64) -> Vec<(i64, f64)> {
    (from..to).step_by(5).map(|second| (second, value)).collect()
}

impl Day {
    fn fetching(mut self) -> Self {
        self.watch.fetch_what_is_missed();
        self
    }

    fn second(&self) -> i64 {
        self.now.duration_since(t0()).as_secs()
    }

    /// The laptop sleeps, and somebody looks again.
    fn sleeps(&mut self, seconds: i64) {
        let from = self.now;
        self.sleep(seconds);
        let events = self.watch.interrupted(&self.room, Interruption::Slept { from, to: self.now }, self.now);
        self.take_all(events);
        let events = self.watch.tick(&self.room, self.now);
        self.take_all(events);
    }

    fn reading(&self, metric: &str, second: i64, outcome: Result<f64, Fault>) -> Reading {
        let at = t0() + SignedDuration::from_secs(second);
        let good_until = at + SignedDuration::from_secs(12);
        let outcome = outcome.map(|value| Sample { measure: Measure::Number(value), at, good_until, too_few: None });
        Reading { signal: Signal::Metric(metric.to_owned()), sequence: 0, at, outcome }
    }

    /// What is to be fetched: metric, from, to.
    fn asked(&mut self) -> Vec<(String, i64, i64)> {
        let second = |at: Timestamp| at.duration_since(t0()).as_secs();
        let asked = self.watch.to_fetch().into_iter();
        asked.map(|stretch| (stretch.signal.name().to_owned(), second(stretch.from), second(stretch.to))).collect()
    }

    /// The stretch of a metric comes in; what is found is told with its second.
    fn comes(&mut self, metric: &str, span: (i64, i64), readings: Vec<Reading>) -> Vec<String> {
        let dated = self.fetched(metric, span, readings);
        let before = self.found.len();
        let mut told = Vec::new();
        for Dated { event, occurred_at } in dated {
            self.take_of(event, occurred_at, "War Room");
            let second = occurred_at.duration_since(t0()).as_secs();
            told.extend(self.found.get(before + told.len()).map(|found| format!("{second}: {found}")));
        }
        told
    }

    fn fetched(&mut self, metric: &str, span: (i64, i64), readings: Vec<Reading>) -> Vec<Dated> {
        let at = |second: i64| t0() + SignedDuration::from_secs(second);
        let signal = Signal::Metric(metric.to_owned());
        let stretch = Stretch { signal, from: at(span.0), to: at(span.1) };
        self.watch.fetched(&self.room, &Fetched { stretch, readings }, self.now)
    }

    fn comes_with(&mut self, metric: &str, span: (i64, i64), samples: &[(i64, f64)]) -> Vec<String> {
        let readings = samples.iter().map(|(second, value)| self.reading(metric, *second, Ok(*value))).collect();
        self.comes(metric, span, readings)
    }

    fn fired_since(&self, text: &str) -> Option<i64> {
        let criterion = self.room.plan().criteria.iter().find(|criterion| criterion.text == text).expect(text);
        let memory = self.watch.rule_memory(&(&criterion.id).into())?;
        memory.since().map(|at| at.duration_since(t0()).as_secs())
    }
}

#[test]
fn what_burned_and_was_over_while_asleep_is_told_with_its_times() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    day.sleeps(1200);
    day.found.clear();
    day.pass(1);
    day.sees("error_rate", 0.001);
    day.sees("latency_p95", 0.15);
    assert_eq!(day.asked(), [("error_rate".to_owned(), 15, 1216), ("latency_p95".to_owned(), 15, 1216)]);
    assert_eq!(day.asked(), [], "each once");
    day.comes_with("error_rate", (15, 1216), &steady(20, 1216, 0.001));
    let mut samples = steady(20, 300, 0.15);
    samples.extend(steady(300, 400, 0.612));
    samples.extend(steady(400, 1216, 0.15));
    let told = day.comes_with("latency_p95", (15, 1216), &samples);
    assert_eq!(
        told,
        [
            "305: fired P95 latency >500ms since 300",
            "410: resolved P95 latency >500ms",
            "1216: fetched 15-1216 error_rate, latency_p95",
        ]
    );
    let log: Vec<_> = day.log.iter().filter(|recorded| matches!(recorded.event, Event::AlertFired(_))).collect();
    let Event::AlertFired(fired) = &log[0].event else { panic!("it fired") };
    assert!(
        fired.seen.as_ref().is_some_and(|seen| seen.fetched) && fired.first.as_ref().is_some_and(|seen| seen.fetched)
    );
    assert_eq!(log[0].recorded_at, day.now, "noted when it was known");
    assert_eq!(day.watch.firing(&day.room, day.now), []);
    day.found.clear();
    day.both_for(60, 0.001, 0.15);
    assert_eq!(day.found, Vec::<String>::new(), "nothing of it is told again");
}

#[test]
fn what_burns_at_the_end_of_the_stretch_burns_since_its_first_sample() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    day.sleeps(1200);
    day.pass(1);
    day.sees("error_rate", 0.001);
    day.sees("latency_p95", 0.612);
    assert_eq!(day.fired_since("P95 latency >500ms"), None, "one sample is not two of three");
    day.asked();
    let mut samples = steady(20, 300, 0.15);
    samples.extend(steady(300, 1216, 0.612));
    day.comes_with("latency_p95", (15, 1216), &samples);
    assert_eq!(day.fired_since("P95 latency >500ms"), Some(300));
    let deadline = day.watch.verdict(&day.room, day.now).deadline.expect("a HIGH has a deadline").1;
    assert_eq!(deadline.duration_since(t0()).as_secs(), 300 + 30 * 60);
    let log = day.log.iter().find(|recorded| matches!(recorded.event, Event::AlertFired(_))).expect("it fired");
    assert_eq!(log.occurred_at.duration_since(t0()).as_secs(), 305);
}

#[test]
fn a_deadline_that_passed_while_asleep_is_told_with_its_time() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    day.sleeps(3600);
    day.pass(1);
    day.sees("latency_p95", 0.15);
    day.asked();
    let mut samples = steady(20, 300, 0.15);
    samples.extend(steady(300, 2700, 0.612));
    samples.extend(steady(2700, 3616, 0.15));
    let told = day.comes_with("latency_p95", (15, 3616), &samples);
    let expected = [
        "305: fired P95 latency >500ms since 300",
        "2100: overdue P95 latency >500ms",
        "2710: resolved P95 latency >500ms",
    ];
    assert_eq!(told[..3], expected);
    assert_eq!(day.found.iter().filter(|found| found.starts_with("overdue")).count(), 1);
}

#[test]
fn what_was_told_to_be_overdue_is_not_told_again() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.612);
    day.sleeps(3600);
    day.pass(1);
    assert_eq!(day.found.iter().filter(|found| found.starts_with("overdue")).count(), 1, "{:?}", day.found);
    day.sees("latency_p95", 0.612);
    day.asked();
    day.comes_with("latency_p95", (15, 3616), &steady(20, 3616, 0.612));
    day.pass(2);
    assert_eq!(day.found.iter().filter(|found| found.starts_with("overdue")).count(), 1, "{:?}", day.found);
    assert_eq!(day.found.iter().filter(|found| found.starts_with("fired P95 latency >500ms")).count(), 1);
}

#[test]
fn for_runs_exactly_over_a_gap_of_the_network() {
    let settings = SETTINGS.replace("query = \"latency\"\n", "query = \"latency\"\nfire = \"10m\"\n");
    let mut day = Day::of(&settings).fetching();
    day.state("Started", None);
    let waits =
        |day: &mut Day| day.hear("latency_p95", Err(Fault::TimedOut { after: std::time::Duration::from_secs(3) }));
    day.both_for(60, 0.001, 0.612);
    for _ in 0..24 {
        day.pass(5);
        day.sees("error_rate", 0.001);
        waits(&mut day);
    }
    assert_eq!(day.asked(), [], "while nothing comes nothing is asked for");
    day.both(0.001, 0.612);
    assert_eq!(day.asked(), [("latency_p95".to_owned(), 60, 185)]);
    day.comes_with("latency_p95", (60, 185), &steady(65, 185, 0.612));
    while day.second() < 600 {
        day.both(0.001, 0.612);
    }
    assert_eq!(day.found.iter().find(|found| found.starts_with("fired P95 latency >500ms")), None);
    day.both(0.001, 0.612);
    assert!(day.found.contains(&"fired P95 latency >500ms since 5".to_owned()), "{:?}", day.found);

    // One good sample in the gap, and it begins anew.
    let mut day = Day::of(&settings).fetching();
    day.state("Started", None);
    day.both_for(60, 0.001, 0.612);
    for _ in 0..24 {
        day.pass(5);
        waits(&mut day);
    }
    day.both(0.001, 0.612);
    day.asked();
    let mut samples = steady(65, 185, 0.612);
    samples[10].1 = 0.15;
    day.comes_with("latency_p95", (60, 185), &samples);
    assert_eq!(day.fired_since("P95 latency >500ms"), Some(120));
}

#[test]
fn one_sample_that_is_known_by_two_times_counts_once() {
    // The newest of the stretch is the one that the poll saw, a little earlier: its answer took its time.
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    day.sleeps(100);
    day.sees("latency_p95", 0.612);
    day.asked();
    day.comes_with("latency_p95", (15, 115), &[(17, 0.612), (50, 0.15), (80, 0.15), (113, 0.612)]);
    assert_eq!(
        day.watch.phase(
            &day.room
                .plan()
                .criteria
                .iter()
                .find(|one| one.text == "P95 latency >500ms")
                .map(|one| (&one.id).into())
                .unwrap()
        ),
        crate::Phase::Pending
    );
    assert!(!day.found.iter().any(|found| found.starts_with("fired")), "{:?}", day.found);
}

#[test]
fn what_does_not_come_is_given_up_and_an_alarm_does_not_wait_for_it() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.12, 0.15);
    day.both_for(15, 0.001, 0.15);
    day.sleeps(100);
    day.found.clear();
    for _ in 0..4 {
        day.sees("error_rate", 0.12);
        day.pass(5);
    }
    assert!(day.found.contains(&"fired Error rate >10% since 130".to_owned()), "{:?}", day.found);
    assert!(day.found.contains(&"fetched 30-130 , not error_rate: no reply in 15 s".to_owned()), "{:?}", day.found);
    // What comes later still says nothing.
    assert_eq!(day.comes_with("error_rate", (30, 130), &steady(35, 130, 0.001)), Vec::<String>::new());
}

#[test]
fn what_the_source_does_not_have_stays_unseen_and_its_reason_is_said_once() {
    let mut day = Day::at_50().fetching();
    day.both_for(65, 0.001, 0.15);
    let held = day.held_s();
    day.sleeps(300);
    day.pass(1);
    day.sees("error_rate", 0.001);
    day.sees("latency_p95", 0.15);
    day.asked();
    let refused = (14..74).map(|step| day.reading("error_rate", step * 5, Err(Fault::Refused))).collect();
    day.comes("error_rate", (65, 366), refused);
    let told = day.comes_with("latency_p95", (65, 366), &steady(70, 366, 0.15));
    let words = "nothing listens there: the connection was refused";
    assert!(told.contains(&format!("366: fetched 65-366 latency_p95, not error_rate: {words}")), "{told:?}");
    day.both_for(20, 0.001, 0.15);
    assert!(day.held_s() <= held + 20, "{} of {held}", day.held_s());
}

#[test]
fn a_sleep_that_samples_prove_is_held() {
    let mut day = Day::at_50().fetching();
    day.both_for(65, 0.001, 0.15);
    assert_eq!(day.held_s(), 60);
    day.sleeps(300);
    assert!(day.found.contains(&"hold Paused 60".to_owned()), "it stands until it is proven: {:?}", day.found);
    day.pass(1);
    day.sees("error_rate", 0.001);
    day.sees("latency_p95", 0.15);
    day.asked();
    day.comes_with("error_rate", (65, 366), &steady(70, 366, 0.001));
    assert_eq!(day.held_s(), 60, "one condition is not every one");
    day.comes_with("latency_p95", (65, 366), &steady(70, 366, 0.15));
    assert_eq!(day.held_s(), 361);
    assert_eq!(day.watch.memory().hold().fetched_ms(), 301_000);
    assert!(day.found.contains(&"hold WentOn 361".to_owned()), "{:?}", day.found);
    day.both_for(20, 0.001, 0.15);
    assert_eq!(day.held_s(), 381);
}

/// What is held of a sleep of 300 s after a hold of 60 s.
fn held_of_sleep(errors: &[(i64, f64)], latency: &[(i64, f64)]) -> u64 {
    let mut day = Day::at_50().fetching();
    day.both_for(65, 0.001, 0.15);
    day.sleeps(300);
    day.pass(1);
    day.sees("error_rate", 0.001);
    day.sees("latency_p95", 0.15);
    day.asked();
    day.comes_with("error_rate", (65, 366), errors);
    day.comes_with("latency_p95", (65, 366), latency);
    day.held_s()
}

#[test]
fn a_hole_or_a_bad_sample_in_what_is_fetched_is_not_held() {
    let (errors, latency) = (steady(70, 366, 0.001), steady(70, 366, 0.15));
    assert_eq!(held_of_sleep(&errors, &latency), 361);
    // 12 s a sample counts: one of 15 s between two is a hole.
    let mut holed = latency.clone();
    holed.retain(|(second, _)| !(200..210).contains(second));
    assert_eq!(held_of_sleep(&errors, &holed), 60);
    let mut bad = latency.clone();
    bad[20].1 = 0.3;
    assert_eq!(held_of_sleep(&errors, &bad), 60);
    // Two of three are a breach: it starts again, as it would have.
    bad[21].1 = 0.3;
    assert_eq!(held_of_sleep(&errors, &bad), 0);
    assert_eq!(held_of_sleep(&errors, &[]), 60);
}

#[test]
fn a_hold_on_word_does_not_hold_a_sleep() {
    let mut day = Day::of(SETTINGS).fetching();
    day.state("Started", None);
    let gate = day.item("10%");
    day.act(&Intent::EnterGate { gate });
    day.state("Pods look well", Some("7 of 7"));
    day.pass(60);
    let held = day.held_s();
    day.sleeps(100);
    day.pass(10);
    assert!(day.held_s() <= held + 10, "{} of {held}", day.held_s());
}

#[test]
fn after_a_restart_the_time_between_is_fetched() {
    let mut day = Day::at_50().fetching();
    day.both_for(65, 0.001, 0.15);
    day.sleep(300);
    day.restart(true);
    let mut day = day.fetching();
    day.found.clear();
    day.pass(1);
    assert!(day.found.contains(&"not looked 65-366".to_owned()), "{:?}", day.found);
    day.sees("error_rate", 0.001);
    day.sees("latency_p95", 0.15);
    assert_eq!(day.asked(), [("error_rate".to_owned(), 65, 366), ("latency_p95".to_owned(), 65, 366)]);
    let mut errors = steady(70, 366, 0.001);
    errors.iter_mut().filter(|(second, _)| (100..150).contains(second)).for_each(|(_, value)| *value = 0.12);
    let told = day.comes_with("error_rate", (65, 366), &errors);
    assert_eq!(told[0], "105: fired Error rate <1% since 100");
    assert!(told.contains(&"105: fired Error rate >10% since 100".to_owned()), "{told:?}");
    assert!(told.contains(&"160: resolved Error rate >10%".to_owned()), "{told:?}");
    day.comes_with("latency_p95", (65, 366), &steady(70, 366, 0.15));
    assert_eq!(day.held_s(), 0, "the breach in it starts the hold again");
}

#[test]
fn a_gate_that_was_entered_in_the_gap_is_judged_from_then_on() {
    let mut day = Day::of(SETTINGS).fetching();
    day.state("Started", None);
    let gate = day.item("10%");
    day.act(&Intent::OverrideGate { gate, reason: "by agreement".to_owned() });
    day.both_for(30, 0.02, 0.15);
    day.pass(60);
    let gate = day.item("50%");
    day.act(&Intent::EnterGate { gate });
    day.pass(60);
    day.sees("error_rate", 0.001);
    day.asked();
    let mut errors = steady(35, 90, 0.02);
    errors.extend(steady(90, 150, 0.001));
    let told = day.comes_with("error_rate", (30, 150), &errors);
    assert!(!told.iter().any(|told| told.contains("fired Error rate <1%")), "{told:?}");
}

#[test]
fn no_more_than_six_hours_are_fetched_and_the_rest_is_said() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    day.sleeps(10 * 3600);
    day.sees("latency_p95", 0.15);
    assert_eq!(day.asked(), [("latency_p95".to_owned(), 4 * 3600 + 15, 10 * 3600 + 15)]);
    let told = day.comes_with("latency_p95", (14_415, 36_015), &steady(14_420, 36_015, 0.15));
    let words = "36015: fetched 14415-36015 , not latency_p95: no more than 6 h are fetched";
    assert!(told.contains(&words.to_owned()), "{told:?}");
}

#[test]
fn a_question_that_was_missed_is_not_worth_a_word() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    day.pass(10);
    day.found.clear();
    day.sees("latency_p95", 0.15);
    assert_eq!(day.asked(), [("latency_p95".to_owned(), 15, 25)]);
    assert_eq!(day.comes_with("latency_p95", (15, 25), &[(20, 0.15)]), Vec::<String>::new());
}

#[test]
fn a_closed_room_misses_nothing() {
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    day.act(&Intent::Close { outcome: "done".to_owned() });
    day.pass(600);
    day.act(&Intent::Reopen { reason: "too early".to_owned() });
    day.both(0.001, 0.15);
    assert_eq!(day.asked(), []);
}

#[test]
fn whoever_does_not_fetch_waits_for_nothing() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    day.sleeps(300);
    day.both_for(10, 0.12, 0.15);
    assert!(day.found.contains(&"fired Error rate >10% since 320".to_owned()), "{:?}", day.found);
    assert_eq!(day.asked(), []);
}

#[test]
fn the_desktop_is_told_once_of_what_is_over_and_at_once_of_what_burns() {
    let told = |day: &mut Day, samples: &[(i64, f64)]| {
        let mut alarm = crate::Alarm::new(&day.room, &day.watch, day.now);
        day.sleeps(1200);
        day.pass(1);
        day.sees("error_rate", 0.001);
        let last = samples.last().expect("samples").1;
        day.sees("latency_p95", last);
        day.asked();
        day.comes_with("error_rate", (15, 1216), &steady(20, 1216, 0.001));
        let readings = samples.iter().map(|(second, value)| day.reading("latency_p95", *second, Ok(*value))).collect();
        let found = day.fetched("latency_p95", (15, 1216), readings);
        let mut notices = alarm.due(&day.room, &day.watch, day.now);
        notices.extend(alarm.was_over(&day.room, &day.watch, &found, day.now));
        notices
            .into_iter()
            .map(|notice| (notice.severity.is_some(), format!("{}|{}", notice.title, notice.body)))
            .collect::<Vec<_>>()
    };
    let mut samples = steady(20, 300, 0.15);
    samples.extend(steady(300, 400, 0.612));
    samples.extend(steady(400, 1216, 0.15));
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    let title = "Over already: P95 latency 612 ms (HIGH)";
    let body = "It burned from 06:35:00 UTC to 06:36:50 UTC while nobody looked here: fetched afterwards.";
    assert_eq!(told(&mut day, &samples), [(false, format!("{title}|{body}"))]);

    let mut samples = steady(20, 300, 0.15);
    samples.extend(steady(300, 1216, 0.612));
    let mut day = Day::begun().fetching();
    day.both_for(15, 0.001, 0.15);
    let told = told(&mut day, &samples);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].0 && told[0].1.starts_with("HIGH: P95 latency 612 ms, > 500 ms|"), "{told:?}");
}

/// Where each rule stands: phase, since, deadline.
fn stands(day: &Day) -> Vec<(String, String)> {
    let rules = day.watch.book().rules.iter().map(|rule| {
        let memory = day.watch.rule_memory(&rule.id);
        let known = memory.map(|memory| (memory.phase(), memory.since(), memory.deadline(), memory.good_since()));
        (rule.text.clone(), format!("{known:?}"))
    });
    rules.collect()
}

/// The episodes of the log: what fired or resolved, and when that was.
fn episodes(day: &Day) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for recorded in &day.log {
        let second = recorded.occurred_at.duration_since(t0()).as_secs();
        if let Event::AlertFired(_) | Event::AlertResolved { .. } = recorded.event {
            told.extend(short(&day.room, &recorded.event).map(|words| format!("{second}: {words}")));
        }
    }
    told.retain(|told| !told.contains("blind"));
    told.sort();
    told
}

#[test]
fn a_day_that_is_fetched_is_the_day_that_was_seen() {
    const STEPS: usize = 120;
    let (mut fired, mut held) = (0, 0);
    for seed in 0..40_u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut chance = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let fire = ["", "fire = \"30s\"\n", "fire = \"2 of 4\"\nclear = \"20s\"\n", "keep_firing = \"25s\"\n"]
            [usize::try_from(chance(4)).unwrap()];
        let settings = SETTINGS.replace("query = \"latency\"\n", &format!("query = \"latency\"\n{fire}"));
        let (mut errors, mut latency) = (Vec::new(), Vec::new());
        let (mut is_ill, mut is_slow) = (false, false);
        let often = [4000, 4000, 25, 8][usize::try_from(chance(4)).unwrap()];
        for _ in 0..=STEPS {
            is_ill ^= chance(often) == 0;
            is_slow ^= chance(often) == 0;
            errors.push(if is_ill { [0.02, 0.12][usize::try_from(chance(2)).unwrap()] } else { 0.001 });
            latency.push(if is_slow { [0.3, 0.612][usize::try_from(chance(2)).unwrap()] } else { 0.15 });
        }
        let first = 5 + usize::try_from(chance(50)).unwrap();
        let last = first + 4 + usize::try_from(chance(50)).unwrap();
        let is_restarted = chance(3) == 0;

        let mut seen = Day::at_50_with(&settings);
        let mut missed = Day::at_50_with(&settings).fetching();
        for step in 1..=STEPS {
            seen.both(errors[step], latency[step]);
            if step <= first || step > last {
                missed.both(errors[step], latency[step]);
            }
            if step != last {
                continue;
            }
            let length = i64::try_from(5 * (last - first)).unwrap();
            if is_restarted {
                missed.sleep(length - 1);
                missed.restart(true);
                missed = missed.fetching();
                missed.pass(1);
            } else {
                missed.sleeps(length);
            }
            missed.sees("error_rate", errors[step]);
            missed.sees("latency_p95", latency[step]);
            let asked = missed.asked();
            assert_eq!(asked.len(), 2, "seed {seed}");
            for (metric, from, to) in asked {
                let values = if metric == "error_rate" { &errors } else { &latency };
                let samples = (first + 1..last).map(|step| (i64::try_from(5 * step).unwrap(), values[step]));
                missed.comes_with(&metric, (from, to), &samples.collect::<Vec<_>>());
            }
            assert_eq!(stands(&missed), stands(&seen), "seed {seed}, after the gap {first}..{last}");
        }
        assert_eq!(stands(&missed), stands(&seen), "seed {seed}");
        assert_eq!(episodes(&missed), episodes(&seen), "seed {seed}, gap {first}..{last}, restarted: {is_restarted}");
        assert!(missed.held_s() <= seen.held_s(), "seed {seed}: {} of {}", missed.held_s(), seen.held_s());
        fired += episodes(&seen).len();
        held += usize::from(missed.held_s() == seen.held_s() && missed.watch.memory().hold().fetched_ms() > 0);
    }
    assert!(fired > 100 && held > 5, "each must have come: {fired} turns, {held} holds over a gap");
}
