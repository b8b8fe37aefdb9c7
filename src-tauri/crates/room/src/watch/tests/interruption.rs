//! Sleep, a program that stood still, a wall clock that is set.

use super::*;
use crate::Interruption;

impl Day {
    /// The wall clock is set.
    fn jumps(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
        let by = SignedDuration::from_secs(seconds);
        let events = self.watch.interrupted(&self.room, Interruption::ClockJumped { by }, self.now);
        self.take_all(events);
    }
}

#[test]
fn what_interrupts_is_said_once() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    day.found.clear();
    let from = day.now;
    day.sleep(60);
    for what in [
        Interruption::Slept { from, to: day.now },
        Interruption::Stalled { from, to: day.now },
        Interruption::ClockJumped { by: SignedDuration::from_millis(-2500) },
    ] {
        let events = day.watch.interrupted(&day.room, what, day.now);
        day.take_all(events);
    }
    day.pass(1);
    assert_eq!(day.found[..3], ["slept 15-75", "stalled 15-75", "clock jumped by -2500 ms"]);
    assert!(!day.found.iter().any(|found| found.starts_with("not looked")), "{:?}", day.found);
}

#[test]
fn a_hold_neither_gains_nor_loses_by_a_clock_that_is_set() {
    for seconds in [3600, -3600] {
        let mut day = Day::at_50();
        day.both_for(65, 0.001, 0.15);
        assert_eq!(day.held_s(), 60);
        day.jumps(seconds);
        day.both_for(60, 0.001, 0.15);
        assert_eq!(day.held_s(), 120, "set by {seconds} s");
        assert_eq!(day.word(), VerdictWord::Go, "set by {seconds} s: {:?}", day.verdict());
        assert!(!day.found.iter().any(|found| found.starts_with("not looked") || found.starts_with("blind")));
    }
}

#[test]
fn a_breach_is_as_long_as_it_is_whatever_the_clock_says() {
    let settings = SETTINGS.replace("query = \"latency\"\n", "query = \"latency\"\nfire = \"5m\"\n");
    for seconds in [3600, -3600] {
        let mut day = Day::of(&settings);
        day.state("Started", None);
        day.both_for(60, 0.001, 0.612);
        day.jumps(seconds);
        day.both_for(240, 0.001, 0.612);
        assert!(!day.found.iter().any(|found| found.starts_with("fired")), "set by {seconds} s: {:?}", day.found);
        day.both_for(10, 0.001, 0.612);
        let since = 5 + seconds;
        assert!(day.found.contains(&format!("fired P95 latency >500ms since {since}")), "{:?}", day.found);
    }
}

#[test]
fn a_clock_that_is_set_back_makes_nobody_see_for_longer() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    day.jumps(-3600);
    day.pass(15);
    assert_eq!(day.word(), VerdictWord::Blind);
    // What was answered before and comes now is of no time that was.
    let ahead = day.now + SignedDuration::from_secs(3600);
    let sample = Sample { at: ahead, good_until: ahead + SignedDuration::from_secs(12), ..day.sample(0.15) };
    let signal = Signal::Metric("latency_p95".to_owned());
    let reading = Reading { signal, sequence: 1_000, at: ahead, outcome: Ok(sample) };
    let events = day.watch.hear(&day.room, &reading, day.now);
    day.take_all(events);
    day.pass(1);
    assert_eq!(day.word(), VerdictWord::Blind);
    day.both(0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Go);
}

#[test]
fn a_clock_that_was_set_back_while_nobody_looked_makes_nothing_of_a_time_to_come() {
    for is_closed in [false, true] {
        let mut day = Day::begun();
        day.both_for(15, 0.001, 0.15);
        if is_closed {
            day.act(&Intent::Close { outcome: "done".to_owned() });
        }
        let memory = day.watch.memory().clone();
        day.now -= SignedDuration::from_secs(3600);
        let (watch, events) = Watch::new(&day.room, memory, false, day.now);
        day.watch = watch;
        let told: &[Event] = if is_closed { &[] } else { &[Event::ClockJumped { by_ms: -3_600_000 }] };
        assert_eq!(events, told, "a closed room takes no word");
        if !is_closed {
            day.pass(15);
            assert_eq!(day.word(), VerdictWord::Blind, "what was seen before is not seen for an hour more");
        }
    }
}

#[test]
fn a_deadline_is_a_time_of_the_wall() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    let deadline = |day: &Day| day.watch.verdict(&day.room, day.now).deadline.expect("a HIGH has one").1;
    let before = deadline(&day);
    day.jumps(600);
    day.both(0.001, 0.612);
    assert_eq!(deadline(&day), before);
    assert_eq!(day.found.iter().filter(|found| found.starts_with("fired P95 latency >500ms")).count(), 1);
    day.jumps(1200);
    day.both(0.001, 0.612);
    assert_eq!(day.word(), VerdictWord::RollBack, "by the clock that the log and the call use");
}
