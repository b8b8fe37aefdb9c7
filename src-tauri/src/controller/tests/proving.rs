//! Behind each opening: whether this file continues what this laptop has seen of it.

use super::acting::{done, in_room, note};
use super::*;

fn room_file(table: &Table) -> PathBuf {
    table.folder.path().join("data/war-room/rooms/payments-api-20260121-1.warroom")
}

/// Changes the room's file as somebody does who has a program for that.
fn tamper(table: &Table, statements: &str) {
    let file = rusqlite::Connection::open(room_file(table)).unwrap();
    let triggers = "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_removed; \
                    DROP TRIGGER seals_are_not_removed;";
    file.execute_batch(&format!("{triggers} {statements}")).unwrap();
}

/// What is verified of these effects, with all that follows.
fn verified(table: &mut Table, effects: Vec<Effect>) -> Vec<Effect> {
    let verify = effects.into_iter().find_map(|effect| match effect {
        Effect::Verify { path, heads } => Some((path, heads)),
        _ => None,
    });
    let (path, heads) = verify.expect("it is verified behind the opening");
    let now = table.now;
    let effects = table.wake(Wake::Verified(Box::new(proof::verify(path, &heads, || now))));
    // Where it was opened anew, that is verified, too.
    let is_again = effects.iter().any(|effect| matches!(effect, Effect::Verify { .. }));
    if is_again { verified(table, effects) } else { effects }
}

fn reopened(table: &mut Table) -> Vec<Effect> {
    let path = room_file(table);
    table.wake(Wake::Path { path, given: Given::default(), origin: Origin::Window })
}

fn doubted(table: &mut Table) -> String {
    table.subscribe().record.unwrap().doubted
}

fn left_with_two_notes() -> Table {
    let mut table = Table::in_the_room();
    done(&mut table, note("first"));
    done(&mut table, note("second"));
    table.act(Intent::Leave);
    table.answer();
    table
}

#[test]
fn a_room_that_continues_what_was_seen_of_it_is_said_to_be_whole() {
    let mut table = left_with_two_notes();
    let effects = reopened(&mut table);
    let waiting = table.subscribe().chain.expect("the panel says that it is being verified");
    assert_eq!((waiting.state.as_str(), waiting.checked.as_str()), ("", ""));
    verified(&mut table, effects);
    let chain = table.subscribe().chain.unwrap();
    assert_eq!((chain.state.as_str(), chain.words.as_str()), ("whole", "3 events, chain whole"));
    assert_eq!(chain.anchored, "to event 3, by the list of heads on this laptop");
    assert_eq!(doubted(&mut table), "");
}

#[test]
fn a_tail_that_was_cut_off_is_said_in_red_and_one_can_still_act() {
    let mut table = left_with_two_notes();
    tamper(&table, "DELETE FROM events WHERE seq = 3; DELETE FROM seals WHERE count = 3;");
    let effects = reopened(&mut table);
    let effects = verified(&mut table, effects);
    let update = sent(&effects).expect("it is shown at once");
    let words = update.record.expect("on every page").doubted;
    assert!(
        words.starts_with("The log does not hold from event 3 on: the list of heads on this laptop counts 3"),
        "{words}"
    );
    let is_said = |effect: &Effect| matches!(effect, Effect::Say(said) if *said == words);
    assert!(effects.iter().any(is_said), "the terminal says it, too: {effects:?}");
    done(&mut table, note("the night goes on"));
    assert_eq!(doubted(&mut table), words, "it stays said");
}

#[test]
fn a_log_that_was_told_anew_contradicts_the_heads() {
    let mut table = left_with_two_notes();
    let list = table.folder.path().join("data/war-room/heads.log");
    let heads = std::fs::read_to_string(&list).unwrap();
    // Another telling under the same name, whose every hash fits: only what was seen before contradicts it.
    let opened = match journal::read(&room_file(&table)).unwrap().events.remove(0).event {
        ::room::Event::Opened(opened) => *opened,
        other => panic!("{other:?}"),
    };
    std::fs::remove_file(room_file(&table)).unwrap();
    let device = table.device();
    let (mut journal, _) = journal::Journal::create(&room_file(&table), device, opened, "login", table.now).unwrap();
    for text in ["first", "another second", "third"] {
        journal.append(::room::Event::Noted { text: text.to_owned() }, table.now, table.now, "login").unwrap();
    }
    drop(journal);
    assert_eq!(std::fs::read_to_string(&list).unwrap(), heads);
    let effects = reopened(&mut table);
    verified(&mut table, effects);
    let words = doubted(&mut table);
    assert!(words.contains("the list of heads on this laptop says that event 3 was another"), "{words}");
}

#[test]
fn damage_that_is_found_behind_the_opening_leaves_a_copy_and_reading_alone() {
    let mut table = left_with_two_notes();
    let effects = reopened(&mut table);
    tamper(&table, "UPDATE events SET actor = 'XX' WHERE seq = 2;");
    verified(&mut table, effects);
    let record = table.subscribe().record.unwrap();
    assert!(record.doubted.contains("does not hold from event 2 on"), "{}", record.doubted);
    assert!(record.reading_only.contains("damaged at event 2"), "{}", record.reading_only);
    assert!(room_file(&table).with_extension("warroom-damaged-1").exists(), "a copy as it was found");
    assert_eq!(table.refusal(in_room(note("x"))).1, record.reading_only);
    assert_eq!(table.subscribe().log.unwrap().count, 1, "up to the last whole event");
}
