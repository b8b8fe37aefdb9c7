//! Given, when, then: what may be corrected, and that nothing changes by it.

use jiff::Timestamp;

use super::{Given, state};
use crate::event::{Event, Recorded, SamplesSealed};
use crate::intent::Intent;
use crate::state::{Mode, Standing};

fn correct(event: u64, right: &str, why: &str, at: Option<Timestamp>) -> Intent {
    Intent::Correct { event, right: right.to_owned(), why: why.to_owned(), at }
}

fn so(event: u64) -> Intent {
    correct(event, "it began at 06:33", "seen in the pipeline", None)
}

#[test]
fn a_correction_points_at_an_event_and_changes_nothing_of_what_it_did() {
    let given = Given::a_room();
    let watched = state(&given, "Watched", None);
    let mut given = given.when(&watched);
    let before = format!("{:?} {:?} {:?}", given.room.items, given.room.acts, given.room.mode());
    given = given.when(&so(2));
    assert_eq!(before, format!("{:?} {:?} {:?}", given.room.items, given.room.acts, given.room.mode()));
    let given = given.then("Watched", &Standing::Stated { saw: None });
    let told: Vec<_> = given.room.corrections_of(2).map(|one| (one.event, one.corrects, one.right.as_str())).collect();
    assert_eq!(told, [(3, 2, "it began at 06:33")]);
    assert_eq!(given.room.corrections_of(3).count(), 0);
    // The last act is still the tick: a correction is not taken back, it is corrected.
    let undo = Intent::Undo { item: None };
    given.when(&undo).then("Watched", &Standing::Open).refused(&undo, "There is nothing to take back.");
}

#[test]
fn what_is_not_in_the_log_is_not_corrected() {
    Given::a_room()
        .refused(&so(0), "There is no event 0 in this log: its last one is 1.")
        .refused(&so(2), "There is no event 2 in this log: its last one is 1.")
        .refused(&so(u64::MAX), "There is no event 18446744073709551615 in this log: its last one is 1.")
        .when(&so(1));
}

#[test]
fn a_correction_says_what_is_right_and_why_and_says_it_once() {
    let given = Given::a_room();
    let given = given
        .refused(&correct(1, "  ", "seen", None), "Say what is right first.")
        .refused(&correct(1, "it began at 06:33", " ", None), "Say why first.")
        .when(&so(1))
        .refused(&correct(1, " it began at 06:33 ", "once more", None), "It is corrected so already.")
        // Another word on the same event, and a correction of the correction.
        .when(&correct(1, "it began at 06:34", "the pipeline's clock was wrong", None))
        .when(&correct(2, "the source was the dashboard", "read again", None));
    let of = |event| given.room.corrections_of(event).map(|one| one.event).collect::<Vec<_>>();
    assert_eq!((of(1), of(2), of(3)), (vec![2, 3], vec![4], vec![]));
}

#[test]
fn digests_of_samples_have_nothing_to_correct() {
    let mut given = Given::a_room();
    let (from, to, chunk) = (given.now, given.now, 1);
    let sealed = SamplesSealed { chunk, from, to, signals: 1, rows: 1, digest: "0".repeat(64) };
    let event = Event::SamplesSealed(Box::new(sealed));
    let (occurred_at, recorded_at, actor) = (given.now, given.now, "War Room".to_owned());
    given.room.apply(&Recorded { seq: 2, occurred_at, recorded_at, actor, event });
    given.refused(
        &so(2),
        "Event 2 only holds digests of what was measured, in which there is nothing to correct: write a note instead.",
    );
}

#[test]
fn a_correction_may_be_about_an_earlier_time_and_never_about_one_ahead() {
    let given = Given::a_room();
    let (ahead, before) = ("2026-01-21T05:30:00Z".parse().unwrap(), "2026-01-20T23:10:00Z".parse().unwrap());
    let given = given
        .refused(
            &correct(1, "it was the old file", "compared", Some(ahead)),
            "That time lies ahead: name now or an earlier time.",
        )
        .when(&correct(1, "it was the old file", "compared", Some(before)));
    let [one] = given.room.corrections() else { panic!("{:?}", given.room.corrections()) };
    assert_eq!((one.at, one.recorded_at), (before, "2026-01-21T05:02:00Z".parse().unwrap()));
}

#[test]
fn a_closed_room_is_not_corrected() {
    let given = Given::a_room().when(&Intent::Close { outcome: "done".to_owned() });
    let given = given
        .refused(&so(1), "The room is closed: open it again first, with a reason.")
        .when(&Intent::Reopen { reason: "to correct it".to_owned() })
        .when(&so(1));
    assert_eq!(given.room.mode(), Mode::Prepare);
}
