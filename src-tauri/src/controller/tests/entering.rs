//! Into rooms and out of them.

use std::os::unix::fs::PermissionsExt as _;

use super::acting::{done, in_room, note, state};
use super::*;
use crate::wire::{RoomEntryView, StartView};

fn rooms_folder(table: &Table) -> PathBuf {
    table.folder.path().join("data/war-room/rooms")
}

fn room_file(table: &Table, number: u32) -> PathBuf {
    rooms_folder(table).join(format!("payments-api-20260121-{number}.warroom"))
}

fn start(table: &mut Table) -> StartView {
    table.subscribe();
    table.subscribe().start.expect("the start window")
}

fn entry(table: &mut Table) -> RoomEntryView {
    start(table).rooms.remove(0)
}

#[test]
fn a_room_is_a_file_of_its_owners_alone_and_begins_with_all_that_it_needs() {
    let mut table = Table::in_the_room();
    let file = room_file(&table, 1);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(&rooms_folder(&table)), 0o700);
    assert_eq!(mode(&table.folder.path().join("data/war-room/device.key")), 0o600);
    let log = journal::read(&file).unwrap();
    let ::room::Event::Opened(opened) = &log.events[0].event else { panic!("{:?}", log.events) };
    assert_eq!((opened.text.as_str(), opened.settings.as_deref()), (sample::TEXT, Some(sample::SETTINGS)));
    assert_eq!((opened.file.as_str(), opened.path.as_str()), ("deploy.md", "/home/mk/deploy.md"));
    assert_eq!((opened.start.to_string().as_str(), opened.zone.as_str()), ("2026-01-21T06:30:00", "UTC"));
    assert_eq!((opened.moved_s, opened.reader.as_str()), (0, env!("CARGO_PKG_VERSION")));
    assert_eq!((opened.room.len(), log.events[0].actor.as_str()), (32, "login"));
    assert!(opened.zone_data.starts_with("20"), "{}", opened.zone_data);
    // The window's title names the room.
    table.act(Intent::Leave);
    let id = table.controller.rooms[0].id();
    let effects = table.act(Intent::EnterRoom { id });
    let is_named = |effect: &Effect| matches!(effect, Effect::Title(title) if title == "payments-api 4.2.0 · War Room");
    assert!(effects.iter().any(is_named), "{effects:?}");
}

#[test]
fn another_t0_is_another_days_room_and_names_count_up() {
    let mut table = Table::in_the_room();
    table.read_sample();
    table.enter("2026-01-21T06:30");
    assert!(room_file(&table, 2).exists());
    table.read_sample();
    table.enter("2026-01-30T06:30");
    let file = rooms_folder(&table).join("payments-api-20260130-1.warroom");
    let log = journal::read(&file).unwrap();
    let ::room::Event::Opened(opened) = &log.events[0].event else { panic!("{:?}", log.events) };
    assert_eq!(opened.moved_s, 9 * 86_400);
}

#[test]
fn a_room_that_cannot_be_made_keeps_the_question_open() {
    let mut table = Table::opening();
    // A file where the folder should be: as root no folder is read-only.
    std::fs::create_dir_all(table.folder.path().join("data")).unwrap();
    std::fs::write(table.folder.path().join("data/war-room"), "in the way").unwrap();
    let (code, message) = {
        table.enter("2026-01-21T06:30");
        let problem = table.answer().unwrap().unwrap_err();
        (problem.code, problem.message)
    };
    assert_eq!(code, ProblemCode::NotSaved);
    assert!(message.starts_with("The room could not be made: "), "{message}");
    let update = table.subscribe();
    assert_eq!(update.screen, Some(Screen::Opening));
    assert_eq!(update.problems.unwrap().len(), 1);
    std::fs::remove_file(table.folder.path().join("data/war-room")).unwrap();
    table.enter("2026-01-21T06:30");
    assert_eq!(table.answer(), Some(Ok(())));
}

#[test]
fn the_unfinished_room_of_a_checklist_is_offered_first() {
    let mut table = Table::in_the_room();
    done(&mut table, state("Team told", ""));
    let offered = |table: &mut Table, checklist: Checklist| {
        table.read(checklist);
        table.subscribe().opening.unwrap().unfinished
    };
    let same = offered(&mut table, checklist()).expect("the same file");
    assert_eq!((same.title.as_str(), same.subtitle.as_str()), ("payments-api 4.2.0", "Production · 21 Jan 2026"));
    assert_eq!((same.state.as_str(), same.words.as_str()), ("prepare", "1 of 8 done · 2 events"));
    let edited = Checklist { text: format!("{}\nmore", sample::TEXT), ..checklist() };
    assert!(offered(&mut table, edited).is_some(), "the same file with another text");
    let copied = Checklist { path: PathBuf::from("/elsewhere.md"), ..checklist() };
    assert!(offered(&mut table, copied).is_some(), "the same text in another file");
    let other = Checklist { path: PathBuf::from("/elsewhere.md"), text: "# Other".to_owned(), ..checklist() };
    assert_eq!(offered(&mut table, other), None);

    table.act(Intent::EnterRoom { id: same.id });
    assert_eq!(table.answer(), Some(Ok(())));
    done(&mut table, Act::Close { outcome: "went well".to_owned() });
    assert_eq!(offered(&mut table, checklist()), None, "a closed room is finished");
}

#[test]
fn the_start_window_lists_rooms_and_says_of_each_how_it_stands() {
    let mut table = Table::in_the_room();
    done(&mut table, state("Deployment started", ""));
    table.act(Intent::Leave);
    let view = start(&mut table);
    assert_eq!(view.headline, "1 room is live");
    assert_eq!(
        (view.rooms[0].state.as_str(), view.rooms[0].file.as_str()),
        ("live", "payments-api-20260121-1.warroom")
    );

    std::fs::write(rooms_folder(&table).join("broken.warroom"), "no room").unwrap();
    let id = entry(&mut table).id;
    table.act(Intent::EnterRoom { id });
    done(&mut table, Act::Close { outcome: "went well".to_owned() });
    table.act(Intent::Leave);
    let view = start(&mut table);
    assert_eq!(view.headline, "Nothing is live");
    let rooms: Vec<_> = view.rooms.iter().map(|room| (room.state.as_str(), room.words.as_str())).collect();
    assert_eq!(rooms[0], ("closed", "went well"));
    assert_eq!(rooms[1].0, "unreadable");
    assert!(rooms[1].1.contains("is not a room"), "{rooms:?}");
    let (code, message) = table.refusal(Intent::EnterRoom { id: view.rooms[1].id.clone() });
    assert_eq!((code, message.contains("is not a room")), (ProblemCode::Unreadable, true), "{message}");
    assert_eq!(table.refusal(Intent::EnterRoom { id: "room-0".to_owned() }).0, ProblemCode::Refused);
}

#[test]
fn a_room_is_opened_from_the_command_line_without_its_checklist() {
    let mut table = Table::in_the_room();
    done(&mut table, note("kept"));
    table.act(Intent::Leave);
    let path = room_file(&table, 1);
    let mut later = Table::beside(&table);
    later.subscribe();
    let effects = later.wake(Wake::Path { path, given: Given::default(), origin: Origin::CommandLine });
    let update = sent(&effects).unwrap();
    assert_eq!((update.screen, update.log.unwrap().count), (Some(Screen::Room), 2));
    // The window may be drawn only now: it is named then.
    let effects = later.wake(Wake::Subscribe(Sink(Box::new(|_| true))));
    let is_named = |effect: &Effect| matches!(effect, Effect::Title(title) if title.starts_with("payments-api 4.2.0"));
    assert!(effects.iter().any(is_named), "{effects:?}");

    let path = PathBuf::from("/home/mk/gone.warroom");
    let effects = later.wake(Wake::Path { path, given: Given::default(), origin: Origin::CommandLine });
    let said = |effect: &Effect| matches!(effect, Effect::Say(words) if words.contains("no room ~/gone.warroom"));
    assert!(effects.iter().any(said), "{effects:?}");
    done(&mut later, note("the room before is still there"));
}

#[test]
fn whoever_comes_second_follows_and_reads_only() {
    let mut table = Table::in_the_room();
    let mut second = Table::beside(&table);
    let id = entry(&mut second).id;
    let update = sent(&second.act(Intent::EnterRoom { id })).unwrap();
    let why = update.record.unwrap().reading_only;
    assert!(why.contains("another window"), "{why}");

    done(&mut table, state("Team told", ""));
    let update = sent(&second.wake(Wake::Tick)).expect("what the first did");
    assert_eq!(update.log.unwrap().count, 2);
    let heads = |table: &mut Table| table.subscribe().log.unwrap().head;
    assert_eq!(heads(&mut second), heads(&mut table));

    for act in [note("x"), Act::Typing { name: "note".to_owned(), text: "x".to_owned() }] {
        let effects = second.act(in_room(act));
        let problem = second.answer().unwrap().unwrap_err();
        assert_eq!((problem.code, problem.message.as_str()), (ProblemCode::Refused, why.as_str()));
        assert_eq!(sent(&effects), None);
    }
    second.act(Intent::Leave);
    table.act(Intent::Leave);
    let id = entry(&mut second).id;
    second.act(Intent::EnterRoom { id });
    done(&mut second, note("the first has gone"));
}

#[test]
fn leaving_seals_the_log_and_keeps_its_head_outside() {
    let mut table = Table::in_the_room();
    done(&mut table, note("the last word"));
    let file = room_file(&table, 1);
    let heads = journal::Heads::at(&table.folder.path().join("data/war-room/heads.log"));
    let complete = || journal::verify(&file, &heads, None).unwrap().complete_to;
    assert_eq!(complete(), Some(1), "the opening is sealed");
    table.act(Intent::Leave);
    assert_eq!(complete(), Some(2));
    let lines = |table: &Table| {
        std::fs::read_to_string(table.folder.path().join("data/war-room/heads.log")).unwrap().lines().count()
    };
    assert_eq!(lines(&table), 2);
    let id = entry(&mut table).id;
    table.act(Intent::EnterRoom { id });
    table.act(Intent::Leave);
    assert_eq!(lines(&table), 2, "whoever only looks adds nothing");
}

#[test]
fn the_end_of_the_program_leaves_the_room_in_order() {
    let mut table = Table::in_the_room();
    done(&mut table, note("the last word"));
    table.is_disk_slow = true;
    let reply = table.reply();
    table.wake(Wake::Quit(reply));
    assert_eq!(table.answer(), None, "the end waits for the seal");
    table.work();
    assert_eq!(table.answer(), Some(Ok(())));
    let heads = journal::Heads::at(&table.folder.path().join("data/war-room/heads.log"));
    assert_eq!(journal::verify(&room_file(&table, 1), &heads, None).unwrap().complete_to, Some(2));
    let reply = table.reply();
    table.wake(Wake::Quit(reply));
    assert_eq!(table.answer(), Some(Ok(())), "without a room nothing is waited for");
}

#[test]
fn another_checklist_leaves_the_room_that_is_open() {
    let mut table = Table::in_the_room();
    let mut second = Table::beside(&table);
    table.read_sample();
    let id = entry(&mut second).id;
    second.act(Intent::EnterRoom { id });
    done(&mut second, note("the lock was let go of"));
}

#[test]
fn a_damaged_room_is_read_up_to_its_last_whole_event() {
    let mut table = Table::in_the_room();
    done(&mut table, note("whole"));
    table.act(Intent::Leave);
    let file = room_file(&table, 1);
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(5).rposition(|window| window == b"whole").unwrap();
    bytes[at] = b'W';
    std::fs::write(&file, bytes).unwrap();
    let id = entry(&mut table).id;
    let update = sent(&table.act(Intent::EnterRoom { id })).unwrap();
    assert_eq!(update.log.unwrap().count, 1);
    let why = update.record.unwrap().reading_only;
    assert!(why.contains("damaged at event 2"), "{why}");
    assert_eq!(table.refusal(in_room(note("x"))).1, why);
}

#[test]
fn while_the_disk_opens_another_room_nothing_is_done_in_this_one() {
    let mut table = Table::in_the_room();
    table.read_sample();
    table.enter("2026-01-21T06:30");
    table.answer();
    table.is_disk_slow = true;
    let path = room_file(&table, 1);
    table.wake(Wake::Path { path, given: Given::default(), origin: Origin::Window });
    table.act(in_room(note("into which?")));
    assert_eq!(table.answer().unwrap().unwrap_err().code, ProblemCode::Refused);
    table.wake(Wake::Tick);
    table.work();
    let counts = [1, 2].map(|number| journal::read(&room_file(&table, number)).unwrap().events.len());
    assert_eq!(counts, [1, 1]);
}

#[test]
fn an_act_that_failed_is_never_tried_again_in_another_room() {
    let mut table = Table::in_the_room();
    table.read_sample();
    table.enter("2026-01-21T06:30");
    table.answer();
    table.rooms.journal().unwrap().limit_pages(0);
    table.act(in_room(note(&"x".repeat(200_000))));
    table.answer();
    let first =
        |table: &Table| Wake::Path { path: room_file(table, 1), given: Given::default(), origin: Origin::Window };
    let wake = first(&table);
    assert!(sent(&table.wake(wake)).unwrap().problems.unwrap()[0].message.contains("gives up 1 act"));
    table.is_disk_slow = true;
    let wake = first(&table);
    table.wake(wake);
    table.wake(Wake::Tick);
    table.work();
    table.wake(Wake::Tick);
    table.work();
    let counts = [1, 2].map(|number| journal::read(&room_file(&table, number)).unwrap().events.len());
    assert_eq!(counts, [1, 1]);
    assert_eq!(table.subscribe().record.unwrap().unsaved, None);
}
