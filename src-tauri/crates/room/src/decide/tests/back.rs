//! Given, when, then: what the way back leaves as it was, and what it does not touch.

use super::{Given, TEXT, state};
use crate::event::{Evidence, Opened, Person};
use crate::intent::Intent;
use crate::state::{Mode, Room};

fn given() -> Given {
    let text = TEXT.replace("- [ ] Old version answers", "- [x] Old version answers");
    let opened = Opened { text, ..Given::a_room().room.opened().clone() };
    let person = Person { initials: "MK".to_owned(), name: "Mara K".to_owned(), role: String::new() };
    let given = Given { room: Room::open(opened), ..Given::a_room() };
    given.when(&Intent::NamePerson(person)).when(&Intent::ChooseActor { initials: "MK".to_owned() })
}

fn roll_back() -> Intent {
    Intent::RollBack { criterion: None, reason: "errors".to_owned(), way: 1 }
}

fn stand_down() -> Intent {
    Intent::StandDown { reason: "it was the probe".to_owned() }
}

fn rolled_back(given: Given) -> Given {
    let old = state(&given, "Old version", Some("4.1.7 answers"));
    let loss = state(&given, "No data loss", Some("row counts of 3 tables"));
    given.when(&old).when(&loss).when(&Intent::DeclareRolledBack)
}

#[test]
fn a_mark_that_the_source_ticks_is_confirmed_by_no_key_while_the_way_back_is_taken() {
    let given = given();
    let confirm = Intent::Confirm { item: given.item("Old version") };
    let section = given.room.plan().item(&given.item("Old version")).unwrap().section.clone().unwrap();
    given
        .when(&roll_back())
        .refused(&confirm, "Only a person can say “Old version answers”: write how you know.")
        .refused(&Intent::ConfirmSection { section }, "The source claims nothing here that is not confirmed already.");
}

#[test]
fn the_end_of_a_rehearsal_ends_no_watch() {
    let given = given().when(&Intent::Rehearse { way: 1 });
    let watched = state(&given, "Watched", None);
    let given = given.when(&watched).when(&Intent::DeclareGoLive { reason: "by agreement".to_owned() });
    assert_eq!(given.room.mode(), Mode::Watch);
    let given = rolled_back(given);
    assert_eq!((given.room.mode(), given.room.rehearsals().len()), (Mode::Watch, 1));
}

#[test]
fn standing_down_leaves_a_room_that_is_rolled_back_rolled_back() {
    let watched = state(&given(), "Watched", None);
    let given = rolled_back(given().when(&watched).when(&roll_back()));
    let given = given.when(&roll_back());
    assert_eq!(given.room.mode(), Mode::RollingBack);
    let enter = Intent::EnterGate { gate: given.item("10%") };
    let given = given.when(&stand_down());
    assert_eq!(given.room.mode(), Mode::RolledBack);
    given
        .refused(&enter, "The way back is taken: no gate is touched before that is over (Shift+S stands down).")
        .when(&Intent::BeginAttempt { start: "2026-01-21T13:00".parse().unwrap(), reason: "the fix is in".to_owned() });
}

#[test]
fn while_the_way_back_is_taken_no_word_on_a_condition_enters_its_gate() {
    let latency = state(&given(), "Latency normal", Some("as before"));
    let given = given()
        .when(&roll_back())
        .refused(&latency, "The way back is taken: no gate is touched before that is over (Shift+S stands down).");
    assert!(given.room.current_gate().is_none());
    given.when(&stand_down()).when(&latency);
}

#[test]
fn of_a_step_the_last_word_alone_is_taken_back() {
    let given = given().when(&roll_back());
    let step = "way 2/by hand".to_owned();
    let say = |worked: bool, result: &str| Intent::StateStep { step: step.clone(), worked, result: result.to_owned() };
    let undo = Intent::Undo { item: Some(plan::ItemId::from(step.clone())) };
    let given = given.when(&say(false, "no such record")).when(&say(true, "")).when(&undo);
    let known = given.room.rollback().unwrap().steps.get(&step).unwrap();
    assert_eq!((known.worked, known.result.as_str()), (false, "no such record"));
    let given = given.when(&undo);
    assert!(given.room.rollback().unwrap().steps.is_empty());
}

#[test]
fn what_showed_a_check_in_one_attempt_shows_nothing_in_the_next() {
    let given = given();
    let evidence = Evidence::Text { text: "seen on the board".to_owned() };
    let attach = |text: &str| Intent::AddEvidence { item: given.item(text), evidence: evidence.clone() };
    let (watched, cake) = (attach("Watched"), attach("Cake"));
    let (watched_id, cake_id, done) = (given.item("Watched"), given.item("Cake"), state(&given, "Watched", None));
    let given = rolled_back(given.when(&watched).when(&cake).when(&done).when(&roll_back()));
    let start = "2026-01-21T13:00".parse().unwrap();
    let given = given.when(&Intent::BeginAttempt { start, reason: "the fix is in".to_owned() });
    assert_eq!((given.room.evidence(&watched_id).len(), given.room.evidence(&cake_id).len()), (0, 1));
    assert_eq!(given.room.attempts().first().unwrap().evidence.get(&watched_id).map(Vec::len), Some(1));
    given.when(&watched);
}
