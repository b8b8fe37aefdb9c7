//! Given, when, then: a gate on word, the way back to the gate before, a rollback in the middle of a hold, and what does
//! not wait.

use super::{Day, SETTINGS};
use crate::event::Event;
use crate::gate::HoldTurn;
use crate::intent::Intent;
use crate::said::{Meaning, meaning};
use crate::state::{Mode, Standing};

/// As the real checklist has it, with nothing bound.
const ON_WORD: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] **10% Traffic (First pod)**
  - [ ] Pod healthy (2+ minutes)
  - [ ] Error rate normal
  - [ ] Hold for 5 minutes
- [ ] **50% Traffic (Three pods)**
  - [ ] All pods healthy
  - [ ] Hold for 10 minutes
- [ ] **100% Traffic (All pods)**
  - [ ] All pods healthy
  - [ ] Monitor for 30 minutes

## Verification (8:00 AM)
- [ ] Looked at

## Rollback (target: 15 minutes)
### CRITICAL
- Error rate >10%
";

fn on_word() -> Day {
    let mut day = Day::with(ON_WORD, "version = 1\n");
    day.state("Started", None);
    day
}

fn say(day: &mut Day, text: &str, saw: &str) -> String {
    let item = day.item(text);
    day.try_it(&Intent::State { item, saw: Some(saw.to_owned()).filter(|saw| !saw.is_empty()) })
}

fn pass(day: &Day, text: &str) -> Intent {
    Intent::PassGate { gate: day.item(text) }
}

fn go_back(day: &Day, text: &str, reason: &str) -> Intent {
    Intent::GoBack { gate: day.item(text), reason: reason.to_owned() }
}

/// The 10 % gate was held and passed on word.
fn past_10() -> Day {
    let mut day = on_word();
    assert_eq!(say(&mut day, "Pod healthy", "1/1"), "");
    assert_eq!(say(&mut day, "Error rate normal", "0.1 %, as before"), "");
    day.pass(290);
    // A word is good for five minutes: it is given anew before it runs out.
    assert_eq!(say(&mut day, "Pod healthy", "1/1"), "");
    assert_eq!(say(&mut day, "Error rate normal", "0.1 %"), "");
    day.pass(15);
    let gate = pass(&day, "10%");
    assert_eq!(day.try_it(&gate), "");
    day
}

#[test]
fn pods_that_nobody_observes_are_counted_by_a_person() {
    let mut day = on_word();
    let asked = "“Pod healthy (2+ minutes)” speaks of pods: say how many are ready, such as 3/3.";
    assert_eq!(say(&mut day, "Pod healthy", ""), asked);
    assert_eq!(say(&mut day, "Pod healthy", "looks well"), asked);
    let unmet = "0/1 does not meet “Pod healthy (2+ minutes)”: wait until it does, go back, or override the gate with a \
                 reason (Shift+G).";
    assert_eq!(say(&mut day, "Pod healthy", "0/1"), unmet);
    assert_eq!(say(&mut day, "Pod healthy", "1/1"), "");
}

#[test]
fn the_10_percent_gate_is_held_and_passed_on_word() {
    let mut day = on_word();
    let gate = pass(&day, "10%");
    let not_entered = "Say first that this share of the traffic is on the new version: that starts the hold.";
    assert_eq!(day.try_it(&gate), not_entered);
    say(&mut day, "Pod healthy", "1/1");
    let open = "Not met now: Error rate normal. Wait until every condition is met, or override the gate with a reason.";
    assert_eq!(day.try_it(&gate), open);
    say(&mut day, "Error rate normal", "0.1 %");
    day.pass(60);
    let early = "Held for 01:00 so far: wait for the hold to end, or override the gate with a reason.";
    assert_eq!(day.try_it(&gate), early);
    day.pass(200);
    say(&mut day, "Pod healthy", "1/1");
    say(&mut day, "Error rate normal", "0.1 %");
    day.pass(45);
    assert_eq!(day.try_it(&gate), "");
    let passed = day.log.iter().rev().find_map(|recorded| match &recorded.event {
        Event::GatePassed { held_ms, on_word, readings, .. } => Some((*held_ms, *on_word, readings.clone())),
        _ => None,
    });
    let (held_ms, on_word, readings) = passed.unwrap();
    assert!(held_ms >= 300_000 && on_word);
    assert_eq!(readings[0].words, "MK: 1/1");
}

#[test]
fn going_back_holds_the_gate_before_anew_and_voids_what_came_after() {
    let mut day = past_10();
    say(&mut day, "All pods healthy", "3/3");
    day.pass(120);
    assert_eq!(day.held_s(), 120);
    let back = go_back(&day, "50%", " ");
    assert_eq!(day.try_it(&back), "Say why first.");
    let back = go_back(&day, "50%", "latency climbs");
    assert_eq!(day.try_it(&back), "");

    let ten = day.item("10%");
    assert_eq!(day.room.current_gate().unwrap().item, ten);
    assert!(day.room.gate(&ten).unwrap().passed.is_none(), "the earlier pass is void");
    assert!(!day.room.standing(&ten).is_done());
    let void = Standing::Lost { seen: None, why: "gone back: latency climbs".to_owned() };
    assert_eq!(*day.room.standing(&day.item("Pod healthy")), void);
    assert_eq!(*day.room.standing(&day.item("All pods healthy")), void, "what was said at 50 % says nothing of 10 %");
    assert_eq!(day.held_s(), 0, "held anew");
    let gone = day.log.iter().rev().find_map(|recorded| match &recorded.event {
        Event::GoneBack(gone) => Some(gone.clone()),
        _ => None,
    });
    assert_eq!(gone.map(|gone| (gone.held_ms, gone.readings.len())), Some((120_000, 1)));

    let next = pass(&day, "50%");
    assert_eq!(day.try_it(&next), "“10% Traffic (First pod)” comes first: pass it, or override it.");
    let ten = pass(&day, "10%");
    let open = "Not met now: Pod healthy (2+ minutes); Error rate normal. Wait until every condition is met, or override the \
                gate with a reason.";
    assert_eq!(day.try_it(&ten), open);
}

#[test]
fn a_hold_that_was_not_looked_at_yet_does_not_lend_its_time_to_the_gate_that_is_gone_back_to() {
    let mut day = past_10();
    let gate = day.item("50%");
    // Entered and gone back from within the same second: the clock has not been asked since 10 % was passed.
    let event = Event::GateEntered { gate: gate.clone() };
    day.take(event, "MK");
    let event = Event::GoneBack(Box::new(crate::event::GoneBack {
        gate,
        to: day.item("10%"),
        reason: "a mistake".to_owned(),
        held_ms: 0,
        readings: Vec::new(),
    }));
    day.now += jiff::SignedDuration::from_secs(1);
    day.take(event, "MK");
    let sight = day.watch.sight(&day.room, day.now);
    assert_eq!(sight.gate.map(|gate| (gate.held_ms, gate.is_held)), Some((0, false)));
}

#[test]
fn one_goes_back_only_from_where_the_rollout_stands() {
    let mut day = on_word();
    let none = "No gate was entered yet: there is nothing to go back from.";
    let back = go_back(&day, "50%", "x");
    assert_eq!(day.try_it(&back), none);
    say(&mut day, "Pod healthy", "1/1");
    let first = "No gate stands before “10% Traffic (First pod)”: what goes back from there is the rollback (Shift+R).";
    let back = go_back(&day, "10%", "x");
    assert_eq!(day.try_it(&back), first);
    let mut day = past_10();
    let back = go_back(&day, "50%", "x");
    assert_eq!(day.try_it(&back), "The rollout stands at “10% Traffic (First pod)”: go back from there.");
}

#[test]
fn a_rollback_in_the_middle_of_a_hold_stops_its_clock_and_a_stand_down_starts_it_anew() {
    let mut day = past_10();
    say(&mut day, "All pods healthy", "3/3");
    day.pass(100);
    day.act(&Intent::RollBack { criterion: None, reason: "customers complain".to_owned(), way: 0 });
    assert_eq!(day.room.mode(), Mode::RollingBack);
    day.pass(60);
    assert_eq!(day.held_s(), 0);
    let turn = day.room.current_gate().and_then(|gate| day.room.gate(&gate.item)?.turn.clone());
    let (turn, _, held_ms, why) = turn.unwrap();
    assert_eq!((turn, held_ms / 1000, why.as_str()), (HoldTurn::Broken, 100, "the way back was taken"));
    let runs = "The way back is taken: no gate is touched before that is over (Shift+S stands down).";
    let (enter, back) = (Intent::EnterGate { gate: day.item("50%") }, go_back(&day, "50%", "x"));
    assert_eq!(day.try_it(&enter), runs);
    assert_eq!(day.try_it(&back), runs);
    let over = Intent::OverrideGate { gate: day.item("50%"), reason: "x".to_owned() };
    assert_eq!(day.try_it(&over), runs);
    day.act(&Intent::StandDown { reason: "it was the load balancer".to_owned() });
    assert_eq!(day.room.mode(), Mode::Live);
    day.pass(1);
    day.pass(30);
    assert!((29..=31).contains(&day.held_s()), "{}", day.held_s());
}

#[test]
fn no_hold_reaches_back_into_the_time_in_which_the_way_back_was_taken() {
    let mut day = Day::at_50();
    day.both_for(20, 0.002, 0.1);
    day.act(&Intent::RollBack { criterion: None, reason: "customers complain".to_owned(), way: 0 });
    day.both_for(60, 0.002, 0.1);
    // The last samples are four seconds old.
    day.pass(4);
    day.act(&Intent::StandDown { reason: "it was the load balancer".to_owned() });
    assert_eq!(day.held_s(), 0);
    day.both(0.002, 0.1);
    assert_eq!(day.held_s(), 5, "and none of the four seconds before it");
}

#[test]
fn what_belongs_to_a_gate_does_not_wait() {
    let mut day = on_word();
    let to =
        day.room.plan().phases.iter().find(|phase| phase.title.starts_with("Verification")).unwrap().section.clone();
    let wait = "What belongs to a gate does not wait for a later phase, for the rollout would go on without it: meet it, or \
                override the gate with a reason (Shift+G).";
    for text in ["10%", "Pod healthy", "Hold for 5"] {
        let defer = Intent::Defer { item: day.item(text), to: to.clone(), reason: "later".to_owned() };
        assert_eq!(day.try_it(&defer), wait, "{text}");
    }
    let applies = "A gate and its hold always apply: pass the gate, or override it with a reason (Shift+G).";
    for text in ["10%", "Hold for 5"] {
        let none = Intent::NotApplicable { item: day.item(text), reason: "x".to_owned() };
        assert_eq!(day.try_it(&none), applies, "{text}");
    }
    // A condition may not apply: then the gate has one less.
    let none = Intent::NotApplicable { item: day.item("Error rate normal"), reason: "no traffic".to_owned() };
    assert_eq!(day.try_it(&none), "");
    assert_eq!(meaning("N/A"), Meaning::NotApplicable);
}

#[test]
fn a_hold_at_9_50_with_missing_data_and_then_a_breach_is_no_pass() {
    let mut day = Day::at_50_with(SETTINGS);
    day.both_for(595, 0.001, 0.15);
    assert!((585..600).contains(&day.held_s()), "{}", day.held_s());
    let gate = pass(&day, "50%");
    // The source falls silent for longer than a sample counts.
    day.pass(30);
    let silent = day.try_it(&gate);
    assert!(silent.starts_with("Not met now: Error rate <1%; P95 latency <200ms."), "{silent}");
    day.both(0.001, 0.3);
    day.both(0.001, 0.3);
    day.both(0.001, 0.3);
    assert_eq!(day.held_s(), 0, "the breach starts it again");
    let breached = day.try_it(&gate);
    assert!(breached.starts_with("Not met now: P95 latency <200ms."), "{breached}");
}
