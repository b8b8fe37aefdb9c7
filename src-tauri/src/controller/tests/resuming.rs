//! A long room opens from a snapshot, is acted in at once, and is held against its whole log behind that.

use super::acting::{done, in_room, note};
use super::*;
use crate::wire::{LogQuery, OnDemand};

/// More than a room needs to have for a snapshot.
const EVENTS: u64 = 6_000;

fn room_file(table: &Table) -> PathBuf {
    table.folder.path().join("data/war-room/rooms/payments-api-20260121-1.warroom")
}

fn snapshots(table: &Table) -> Vec<PathBuf> {
    let files = std::fs::read_dir(table.folder.path().join("cache")).into_iter().flatten();
    files.map(|file| file.unwrap().path()).collect()
}

fn reopened(table: &mut Table) -> Vec<Effect> {
    let path = room_file(table);
    table.wake(Wake::Path { path, given: Given::default(), origin: Origin::Window })
}

fn tick(table: &mut Table) -> Vec<Effect> {
    table.now = table.now.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
    table.wake(Wake::Tick)
}

/// A room of many events that was left.
fn long() -> Table {
    let mut table = Table::in_the_room();
    table.act(Intent::Leave);
    table.answer();
    let device = table.device();
    let (mut journal, log) = journal::Journal::open(&room_file(&table), device).unwrap();
    let room = ::room::Room::fold(&log.events).unwrap();
    let item = room.plan().items[2].id.clone();
    let events = (journal.count()..EVENTS).map(|number| match number % 3 {
        0 => ::room::Event::Stated {
            item: item.clone(),
            saw: Some(number.to_string()),
            answer: None,
            values: Vec::new(),
        },
        1 => ::room::Event::Undone { event: number },
        _ => ::room::Event::Noted { text: format!("note {number}") },
    });
    let now = table.now;
    journal.append_all(events.map(|event| (event, now)).collect(), now, "MK").unwrap();
    table
}

/// The same, opened once from its log and left: there is a snapshot.
fn with_snapshot() -> Table {
    let mut table = long();
    reopened(&mut table);
    assert_eq!(snapshots(&table), Vec::<PathBuf>::new());
    tick(&mut table);
    assert_eq!(snapshots(&table).len(), 1, "it is made when nobody waits for the disk");
    table.act(Intent::Leave);
    table.answer();
    table
}

fn to_read(effects: Vec<Effect>) -> Option<behind::ToRead> {
    effects.into_iter().find_map(|effect| match effect {
        Effect::ReadBehind(to_read) => Some(to_read),
        _ => None,
    })
}

/// Reads what is behind, and gives all effects of it.
fn read_behind(table: &mut Table, to_read: &behind::ToRead) -> Vec<Effect> {
    let wakes = std::cell::RefCell::new(Vec::new());
    behind::read(to_read, |wake| {
        wakes.borrow_mut().push(wake);
        true
    });
    wakes.into_inner().into_iter().flat_map(|wake| table.wake(wake)).collect()
}

fn page(table: &mut Table) -> Result<crate::wire::LogPageView, Problem> {
    let query = LogQuery { group: String::new(), search: String::new(), from: 0, count: 5, place_of: 0 };
    let effects = table.wake(Wake::Page { query, reply: PageReply(Box::new(|_| {})) });
    let found = effects.into_iter().find_map(|effect| match effect {
        Effect::Page(_, outcome) => Some(outcome),
        Effect::ReadHashes { page, .. } => Some(Ok(*page)),
        _ => None,
    });
    found.expect("an answer")
}

#[test]
fn an_act_works_at_once_and_the_log_becomes_whole_behind_it() {
    let mut table = with_snapshot();
    let effects = reopened(&mut table);
    let update = table.subscribe();
    let record = update.record.unwrap();
    assert_eq!((record.reading.as_str(), record.reading_only.as_str()), ("Reading the log: 0 of 6,000 events", ""));
    assert_eq!(update.log.unwrap().count, 6_000, "how many there are is known");
    table.act(Intent::Show { what: OnDemand::Review, shown: true });
    let update = table.subscribe();
    assert_eq!((update.review, update.handoff), (None, None), "what needs all of them is not shown from some");
    assert!(page(&mut table).unwrap_err().message.starts_with("Reading the log: "));
    done(&mut table, note("at once"));
    let last = journal::read(&room_file(&table)).unwrap();
    assert_eq!((last.events.len(), last.damage), (6_001, None));
    assert_eq!(table.subscribe().record.unwrap().reading, "Reading the log: 0 of 6,001 events");

    let effects = read_behind(&mut table, &to_read(effects).expect("it was opened from the snapshot"));
    let update = table.subscribe();
    assert_eq!(update.record.unwrap().reading, "");
    assert!(update.review.is_some() && update.handoff.is_some());
    assert_eq!(update.log.unwrap().tail[0].text, "at once");
    assert_eq!(page(&mut table).unwrap().found, 6_001);
    let is_verified = |effect: &Effect| matches!(effect, Effect::Verify { .. });
    assert!(effects.iter().any(is_verified), "and then its seals are: {effects:?}");
    let live = table.controller.room().unwrap();
    assert!(live.room == ::room::Room::fold(&last.events).unwrap(), "it is what the whole log makes");
    assert_eq!(live.events, last.events);
}

#[test]
fn what_came_after_the_snapshot_counts() {
    let mut table = with_snapshot();
    reopened(&mut table);
    done(&mut table, note("after it"));
    table.act(Intent::Leave);
    table.answer();
    let effects = reopened(&mut table);
    assert!(to_read(effects).is_some());
    let live = table.controller.room().unwrap();
    assert_eq!(live.room.notes().last().unwrap().text, "after it");
    // The list of rooms knows it, too, without reading all of it.
    table.act(Intent::Leave);
    table.answer();
    let known = table.controller.rooms[0].known.clone().unwrap();
    assert_eq!(known.events, 6_001);
}

#[test]
fn damage_before_the_snapshot_is_found_behind_it() {
    let mut table = with_snapshot();
    let file = rusqlite::Connection::open(room_file(&table)).unwrap();
    file.execute_batch("DROP TRIGGER events_are_not_changed; UPDATE events SET actor = 'XX' WHERE seq = 30").unwrap();
    drop(file);
    let effects = reopened(&mut table);
    let to_read = to_read(effects).expect("the snapshot fits");
    assert_eq!(table.subscribe().record.unwrap().reading_only, "");
    read_behind(&mut table, &to_read);
    let record = table.subscribe().record.unwrap();
    assert!(record.reading_only.contains("damaged at event 30"), "{}", record.reading_only);
    assert!(room_file(&table).with_extension("warroom-damaged-1").exists(), "a copy as it was found");
    assert_eq!(table.subscribe().log.unwrap().count, 29);
    assert_eq!(table.refusal(in_room(note("x"))).1, record.reading_only);
    assert_eq!(snapshots(&table), Vec::<PathBuf>::new(), "it is thrown away");
}

#[test]
fn a_state_that_the_log_does_not_make_is_said_and_thrown_away() {
    let mut table = with_snapshot();
    let log = journal::read(&room_file(&table)).unwrap();
    let wrong = ::room::Room::fold(&log.events[..5_000]).unwrap();
    reopened(&mut table);
    let state = wrong.to_bytes().unwrap();
    table.rooms.perform(Job::Snapshot { count: 6_000, head: log.head, state });
    table.act(Intent::Leave);
    table.answer();
    let effects = reopened(&mut table);
    let to_read = to_read(effects).expect("it is signed, and fits");
    table.act(Intent::Show { what: OnDemand::Review, shown: true });
    read_behind(&mut table, &to_read);
    let update = table.subscribe();
    assert!(update.review.is_some(), "who looked at it sees it still");
    let problem = update.problems.unwrap().remove(0).message;
    assert!(problem.contains("the log makes another state") && problem.contains("since event 6,000"), "{problem}");
    assert_eq!(snapshots(&table), Vec::<PathBuf>::new());
    assert_eq!((update.record.unwrap().reading.as_str(), update.log.unwrap().count), ("", 6_000));
    let live = table.controller.room().unwrap();
    assert!(live.room == ::room::Room::fold(&log.events).unwrap(), "it is opened from its log");
    done(&mut table, note("and it goes on"));
}

/// What the rules make of one log, which follows from its seed. Where this test fails and the shape of a state is the same,
/// another state is made of the same events now: raise `room::RULES` with the digest.
#[test]
fn the_number_of_the_rules_goes_with_what_they_make() {
    use sha2::Digest as _;

    use crate::drill::{Order, scenario};
    use crate::example;

    let (folder, scenario) = (tempfile::tempdir().unwrap(), scenario::of("bad-canary").unwrap());
    let (file, text) = (example::FILE.to_owned(), example::TEXT.to_owned());
    let order = Order { scenario, seed: 7, speed: 60, is_alone: true, file, text, settings: None };
    let paths = Paths::from_environment(|_| None, Some(folder.path().to_path_buf()));
    let mut stage = Stage::set(order, paths, Rooms::at(folder.path())).unwrap();
    while stage.second() {}
    let state = ::room::Room::fold(stage.events()).unwrap().to_bytes().unwrap();
    let digest = sha2::Sha256::digest(&state);
    insta::assert_snapshot!(format!("{} {}", ::room::RULES, journal::hex(&digest)), @"1 8ceda1ecffde3995f5332eed800f663c5c763ef6bd530a4fbece36a60774414c");
}

#[test]
fn a_short_room_and_a_drill_have_no_snapshot() {
    let mut table = Table::in_the_room();
    done(&mut table, note("short"));
    tick(&mut table);
    table.act(Intent::Leave);
    assert_eq!(snapshots(&table), Vec::<PathBuf>::new());
}

#[test]
fn a_snapshot_that_does_not_fit_changes_nothing_but_the_time() {
    let mut table = with_snapshot();
    let file = snapshots(&table).remove(0);
    let good = std::fs::read(&file).unwrap();
    for bytes in [Vec::new(), good[..good.len() / 2].to_vec(), b"something else".to_vec()] {
        std::fs::write(&file, bytes).unwrap();
        let effects = reopened(&mut table);
        assert!(to_read(effects).is_none(), "it is opened from its log");
        let update = table.subscribe();
        assert_eq!((update.record.unwrap().reading.as_str(), update.log.unwrap().count), ("", 6_000));
        assert_eq!(update.problems, Some(Vec::new()));
        table.act(Intent::Leave);
        table.answer();
    }
}
