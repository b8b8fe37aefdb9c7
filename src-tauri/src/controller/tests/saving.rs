//! Nothing counts before it is on disk; what the disk does not take is said, waits, and is tried again.

use super::acting::{done, in_room, note, state};
use super::*;

fn record(update: Option<Update>) -> crate::wire::RecordView {
    update.expect("an update").record.expect("the record's state")
}

/// The log on disk.
fn on_disk(table: &Table) -> Vec<String> {
    let path = room_file(table);
    journal::read(&path).unwrap().events.iter().map(|recorded| recorded.event.kind().to_owned()).collect()
}

fn room_file(table: &Table) -> PathBuf {
    table.folder.path().join("data/war-room/rooms/payments-api-20260121-1.warroom")
}

fn fill_the_disk(table: &mut Table) {
    table.rooms.journal().expect("a room is open").limit_pages(0);
    // The log beside the file may still grow; a long note does not fit into what is left.
}

fn free_the_disk(table: &mut Table) {
    table.rooms.journal().expect("a room is open").limit_pages(100_000);
}

fn long(words: &str) -> Act {
    note(&format!("{words} {}", "x".repeat(200_000)))
}

fn tick(table: &mut Table) -> Vec<Effect> {
    table.now = table.now.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
    table.wake(Wake::Tick)
}

#[test]
fn an_act_is_on_disk_before_it_shows_and_shows_before_it_is_answered() {
    let mut table = Table::in_the_room();
    table.is_disk_slow = true;
    let effects = table.act(in_room(state("Team told", "")));
    assert!(sent(&effects).is_none(), "nothing shows before it is on disk: {effects:?}");
    assert_eq!(table.answer(), None, "nothing is answered before it is on disk");
    let job = table.jobs.pop_front().expect("a job for the disk");
    let outcome = table.rooms.perform(job).expect("an outcome");
    assert_eq!(on_disk(&table), ["opened", "stated"]);
    let effects = table.controller.handle(Wake::Disk(outcome), table.now);
    let order: Vec<_> = effects
        .iter()
        .map(|effect| match effect {
            Effect::Send(_) => "shown",
            Effect::Answer(_, Ok(())) => "answered",
            _ => "other",
        })
        .collect();
    assert_eq!(order, ["shown", "answered"]);
}

#[test]
fn acts_are_decided_when_their_turn_comes() {
    let mut table = Table::in_the_room();
    table.is_disk_slow = true;
    table.act(in_room(state("Team told", "")));
    table.act(in_room(state("Team told", "")));
    table.act(in_room(note("third")));
    assert_eq!(table.jobs.len(), 1, "one thing at a time");
    table.work();
    let answers: Vec<bool> = table.answers.lock().unwrap().iter().map(Result::is_ok).collect();
    assert_eq!(answers, [true, false, true], "the second was done already when its turn came");
    assert_eq!(on_disk(&table), ["opened", "stated", "noted"]);
}

#[test]
fn a_full_disk_is_said_and_nothing_shows_as_done_until_it_is() {
    let mut table = Table::in_the_room();
    fill_the_disk(&mut table);
    let effects = table.act(in_room(long("first")));
    let problem = table.answer().expect("an answer").expect_err("it is not saved");
    assert_eq!(problem.code, ProblemCode::NotSaved);
    assert!(problem.message.contains("disk is full"), "{}", problem.message);
    let update = sent(&effects).expect("an update");
    assert_eq!(sections(Some(&update)), ["record"], "the act itself does not show");
    assert_eq!(record(Some(update)).unsaved.unwrap().detail.as_deref(), Some("1 act waits."));

    // What is asked meanwhile waits behind it.
    let effects = table.act(in_room(state("Team told", "")));
    assert_eq!(table.answer().unwrap().unwrap_err().code, ProblemCode::NotSaved);
    assert_eq!(record(sent(&effects)).unsaved.unwrap().detail.as_deref(), Some("2 acts wait."));
    assert!(tick(&mut table).iter().all(|effect| !matches!(effect, Effect::Send(update) if update.log.is_some())));
    assert_eq!(on_disk(&table), ["opened"]);

    free_the_disk(&mut table);
    let effects = tick(&mut table);
    assert_eq!(on_disk(&table), ["opened", "noted", "stated"], "in the order in which they were asked");
    let updates = effects.into_iter().filter_map(|effect| match effect {
        Effect::Send(update) => Some(*update),
        _ => None,
    });
    let last = updates.filter_map(|update| update.record).last().expect("the record is well again");
    assert_eq!(last.unsaved, None);
    assert_eq!(table.answer(), None, "who has an answer gets no second one");
    done(&mut table, note("third"));
}

#[test]
fn what_waited_and_came_to_nothing_is_said() {
    let mut table = Table::in_the_room();
    fill_the_disk(&mut table);
    table.act(in_room(long("first")));
    table.act(in_room(Act::Reopen { reason: "why not".to_owned() }));
    free_the_disk(&mut table);
    let problems = tick(&mut table).into_iter().find_map(|effect| match effect {
        Effect::Send(update) => update.problems,
        _ => None,
    });
    assert_eq!(problems.unwrap()[0].message, "The room is open already.");
}

#[test]
fn a_file_that_is_gone_is_made_again_with_all_that_was_in_it() {
    let mut table = Table::in_the_room();
    done(&mut table, note("before"));
    std::fs::remove_file(room_file(&table)).unwrap();
    table.act(in_room(note("after")));
    let problem = table.answer().unwrap().unwrap_err();
    assert!(problem.message.contains("is gone"), "{}", problem.message);
    tick(&mut table);
    assert_eq!(on_disk(&table), ["opened", "noted", "noted"]);
    assert_eq!(record(Some(table.subscribe())).unsaved, None);
}

#[test]
fn what_is_typed_is_on_disk_before_it_is_answered_and_comes_back() {
    let mut table = Table::in_the_room();
    let typing = |name: &str, text: &str| Act::Typing { name: name.to_owned(), text: text.to_owned() };
    done(&mut table, Act::StartDraft { message: checklist().plan.messages[0].id.to_string() });
    let words = r##"{"to":"#d","subject":"","body":"half a wo"}"##;
    done(&mut table, typing("draft 1", words));
    done(&mut table, typing("note", "half a no"));

    // Killed in the middle of a word: nothing is sealed, nothing is left in order.
    let mut later = Table::beside(&table);
    drop(table);
    later.subscribe();
    let id = later.controller.rooms[0].id();
    let update = sent(&later.act(Intent::EnterRoom { id })).expect("the room");
    assert_eq!(update.log.unwrap().note_typed, "half a no");
    let draft = &update.messages.unwrap().drafts[0];
    assert_eq!((draft.body.as_str(), draft.unkept), ("half a wo", true));

    // What is kept in the log is typed no more.
    let update = done(&mut later, note("half a note"));
    assert_eq!(update.log.unwrap().note_typed, "");
    let unkept = later.refusal(in_room(Act::MarkSent { draft: 1, to: "#d".to_owned(), at: String::new() })).1;
    assert!(unkept.contains("keep it first"), "{unkept}");
    let kept = Act::KeepDraft { draft: 1, to: "#d".to_owned(), subject: String::new(), body: "half a word".to_owned() };
    let update = done(&mut later, kept);
    assert!(!update.messages.unwrap().drafts[0].unkept);
    assert!(later.rooms.journal().unwrap().scratch().unwrap().is_empty());
}

#[test]
fn of_what_is_typed_the_latest_counts() {
    let mut table = Table::in_the_room();
    table.is_disk_slow = true;
    for text in ["a", "ab", "abc", "abcd"] {
        table.act(in_room(Act::Typing { name: "note".to_owned(), text: text.to_owned() }));
    }
    table.work();
    assert_eq!(table.answers.lock().unwrap().len(), 4, "each is answered");
    assert_eq!(table.rooms.journal().unwrap().scratch().unwrap(), [("note".to_owned(), "abcd".to_owned())]);
    let update = table.subscribe();
    assert_eq!(update.log.unwrap().note_typed, "abcd");
}

#[test]
fn leaving_gives_nothing_up_without_saying_so() {
    let mut table = Table::in_the_room();
    fill_the_disk(&mut table);
    table.act(in_room(long("first")));
    table.answer();
    let (code, message) = table.refusal(Intent::Leave);
    assert_eq!((code, message.contains("gives up 1 act")), (ProblemCode::NotSaved, true), "{message}");
    table.act(Intent::Leave);
    assert_eq!(table.answer(), Some(Ok(())));
    assert_eq!(table.subscribe().screen, Some(Screen::Start));
}

#[test]
fn the_sheet_and_the_file_rest_when_nobody_waits() {
    let mut table = Table::in_the_room();
    tick(&mut table);
    let copy = table.folder.path().join("copy.warroom");
    std::fs::copy(room_file(&table), &copy).unwrap();
    assert_eq!(journal::read(&copy).unwrap().events.len(), 1, "a room that was just made rests too");
    done(&mut table, state("Team told", ""));
    let sheet = room_file(&table).with_extension("html");
    tick(&mut table);
    assert!(std::fs::read_to_string(&sheet).unwrap().contains("<html"));
    // A copy of the one file is the whole room.
    std::fs::copy(room_file(&table), &copy).unwrap();
    assert_eq!(journal::read(&copy).unwrap().events.len(), 2);
    std::fs::remove_file(&sheet).unwrap();
    tick(&mut table);
    assert!(!sheet.exists(), "nothing changed since");
    done(&mut table, note("no news for the sheet"));
    tick(&mut table);
    assert!(!sheet.exists(), "a note does not stand on the sheet");
}

#[test]
fn a_clock_that_was_set_back_an_hour_writes_on_and_the_chain_holds() {
    let mut table = Table::in_the_room();
    done(&mut table, note("before"));
    let by = jiff::SignedDuration::from_secs(-3600);
    table.now += by;
    table.wake(Wake::Interrupted(room::Interruption::ClockJumped { by }));
    done(&mut table, note("after"));
    assert_eq!(on_disk(&table), ["opened", "noted", "clock_jumped", "noted"], "the jump stands between the two times");
    let events = journal::read(&room_file(&table)).unwrap().events;
    assert_eq!(events[3].recorded_at.duration_since(events[1].recorded_at), by, "no time is made up");
    let report =
        journal::verify(&room_file(&table), &journal::Heads::at(Path::new("/nowhere/heads.log")), None).unwrap();
    assert_eq!(report.integrity, journal::Integrity::Whole);
    // Read again, it is the same room, and acts go on in it.
    let mut later = Table::beside(&table);
    later.now = table.now;
    drop(table);
    later.subscribe();
    let id = later.controller.rooms[0].id();
    later.act(Intent::EnterRoom { id });
    done(&mut later, note("and on"));
    assert_eq!(on_disk(&later).last().map(String::as_str), Some("noted"));
}
