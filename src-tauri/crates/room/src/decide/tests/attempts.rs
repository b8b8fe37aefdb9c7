//! Given, when, then: the way back rehearsed before the day, and a new attempt after it was taken.

use super::{Given, TEXT, state};
use crate::decide::Wanted;
use crate::event::{Opened, Person};
use crate::intent::Intent;
use crate::state::{Mode, Room, Standing};

fn given() -> Given {
    let text = TEXT.replace("- [ ] Cake ordered", "- [ ] Rollback time measured (target: <15 minutes)");
    let opened = Opened { text, ..Given::a_room().room.opened().clone() };
    Given { room: Room::open(opened), ..Given::a_room() }
}

fn marks(given: Given) -> Given {
    let bare = state(&given, "No data loss", None);
    let old = state(&given, "Old version", Some("4.1.7 answers"));
    let loss = state(&given, "No data loss", Some("row counts of 3 tables"));
    given.refused(&bare, "Only a person can say “No data loss”: write how you know.").when(&old).when(&loss)
}

fn attempt(start: &str, reason: &str) -> Intent {
    Intent::BeginAttempt { start: start.parse().unwrap(), reason: reason.to_owned() }
}

fn roll_back() -> Intent {
    Intent::RollBack { criterion: None, reason: "errors".to_owned(), way: 1 }
}

#[test]
fn a_rehearsal_measures_by_the_same_clock_and_fills_the_check_that_asks_for_it() {
    let given = given().when(&Intent::Rehearse { way: 1 });
    assert_eq!(given.room.mode(), Mode::Prepare, "nothing of it is the day");
    assert!(given.room.rollback().is_some_and(|rollback| rollback.is_rehearsal));
    let given = given
        .refused(&Intent::Rehearse { way: 1 }, "It is being rolled back, or rehearsed already.")
        .refused(
            &Intent::DeclareRolledBack,
            "Not true yet: Old version answers; No data loss. State each, or override it with a reason, before it counts as rolled \
             back.",
        );
    let given = marks(given).when(&Intent::DeclareRolledBack);
    let measured = "06:00, measured by the rehearsal's clock".to_owned();
    let given = given.then("Rollback time", &Standing::Stated { saw: Some(measured) });
    assert!(given.room.rollback().is_none(), "the plan's page is as it was");
    assert_eq!(given.room.rehearsals().first().map(|one| one.took_s), Some(360));
    // The marks are asked anew when it is for true.
    let given = given.then("Old version", &Standing::Open).then("No data loss", &Standing::Open);
    assert_eq!(given.room.mode(), Mode::Prepare);
}

#[test]
fn a_rehearsal_over_the_limit_says_so_and_ticks_nothing() {
    let mut given = given().when(&Intent::Rehearse { way: 1 });
    given.now += jiff::SignedDuration::from_mins(20);
    let given = marks(given).when(&Intent::DeclareRolledBack);
    let why = "24:00 in the rehearsal, and the limit is 15:00".to_owned();
    let given = given.then("Rollback time", &Standing::Lost { seen: None, why });
    assert_eq!(given.room.rehearsals().len(), 1, "it was measured all the same");
}

#[test]
fn a_rehearsal_that_is_given_up_measures_nothing_and_one_on_the_day_is_refused() {
    let stand_down = Intent::StandDown { reason: "no time".to_owned() };
    let given = given().when(&Intent::Rehearse { way: 1 }).when(&stand_down).then("Rollback time", &Standing::Open);
    assert_eq!(given.room.rehearsals(), []);
    let watched = state(&given, "Watched", None);
    given.when(&watched).refused(
        &Intent::Rehearse { way: 1 },
        "The deployment has begun: a rehearsal is for before it. What is needed now is the rollback itself (Shift+R).",
    );
}

#[test]
fn a_rollback_for_true_ends_a_rehearsal_and_takes_nothing_of_it() {
    let given = given().when(&Intent::Rehearse { way: 1 });
    let old = state(&given, "Old version", Some("4.1.7"));
    let given = given.when(&old).when(&roll_back()).then("Old version", &Standing::Open);
    assert_eq!(given.room.mode(), Mode::RollingBack);
    assert_eq!(given.room.rehearsals(), []);
}

#[test]
fn a_new_attempt_opens_the_phases_from_t0_and_leaves_the_first_as_it_was() {
    let given = given();
    let none = "A new attempt begins when it is rolled back and a person has said so: nothing was rolled back.";
    let given = given.refused(&attempt("2026-01-21T13:00", "again"), none);
    let (watched, error) = (state(&given, "Watched", None), state(&given, "Error rate", Some("0.4 %")));
    let backups = Intent::Confirm { item: given.item("Backups") };
    let given = given.when(&backups).when(&watched).when(&error).when(&roll_back());
    let given = given.refused(&attempt("2026-01-21T13:00", "again"), none);
    let given = marks(given).when(&Intent::DeclareRolledBack);
    let early = "That T0 lies before the rollback was over: name the time at which the new attempt begins.";
    let given = given
        .refused(&attempt("2026-01-21T05:00", "again"), early)
        .refused(&attempt("2026-01-21T13:00", " "), "Say why first.")
        .when(&attempt("2026-01-21T13:00", "the fix is in"));

    assert_eq!((given.room.mode(), given.room.attempt()), (Mode::Prepare, 2));
    assert_eq!(given.room.resolved().start.to_string(), "2026-01-21T13:00:00Z");
    assert_eq!(given.room.start().to_string(), "2026-01-21T13:00:00");
    assert_eq!(given.room.resolved().window, None, "nobody announced one");
    assert!(given.room.rollback().is_none() && given.room.current_gate().is_none());
    let given = given
        .then("Watched", &Standing::Open)
        .then("Error rate <1%", &Standing::Open)
        .then("No data loss", &Standing::Open)
        .then("Backups", &Standing::Stated { saw: None });
    let first = given.room.attempts().first().unwrap();
    assert_eq!((first.number, first.start.to_string().as_str()), (1, "2026-01-21T06:30:00Z"));
    assert!(first.items.get(&given.item("Watched")).unwrap().standing().is_done());
    assert!(first.rollback.as_ref().unwrap().is_back());
    // What was done in the first is not taken back from the second.
    let undo = Intent::Undo { item: Some(given.item("Watched")) };
    let given = given.refused(&undo, "There is nothing to take back.");
    let watched = state(&given, "Watched", None);
    let given = given.when(&watched);
    assert_eq!(given.room.mode(), Mode::Live);
    given.when(&roll_back());
}

#[test]
fn a_hold_that_was_shortened_is_whole_again_in_a_new_attempt() {
    let given = given();
    let gate =
        given.room.plan().gates.iter().find(|gate| gate.hold_s.is_some_and(|hold_s| hold_s > 60)).unwrap().clone();
    let wanted = Wanted::Hold(gate.item.clone(), 60);
    let shorter = Intent::ChangeSchedule { wanted, reason: "staging held".to_owned(), shown: String::new() };
    let watched = state(&given, "Watched", None);
    let person = Person { initials: "MK".to_owned(), name: "Mara K".to_owned(), role: String::new() };
    let given = given.when(&Intent::NamePerson(person)).when(&Intent::ChooseActor { initials: "MK".to_owned() });
    let given = given.when(&shorter).when(&watched);
    assert_eq!(given.room.hold_s(&gate), Some(60));
    let given = marks(given.when(&roll_back())).when(&Intent::DeclareRolledBack);
    let given = given.when(&attempt("2026-01-21T13:00", "the fix is in"));
    assert_eq!(given.room.hold_s(&gate), gate.hold_s, "nobody gave a reason for this one");
}
