//! The checklist is edited while it is open: noticed, offered, accepted as one event, and nothing before.

use super::acting::{done, in_room};
use super::*;
use crate::source::SourceError;
use crate::wire::RereadView;

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Phase 2: Deployment (6:30 AM)
- [ ] Deployment started
- [ ] Keys rotated by the platform team
- [ ] Cake ordered
";

fn of(text: &str) -> Checklist {
    let (plan, findings) = plan::read(text, &plan::config::Config::default());
    Checklist { path: PathBuf::from("/home/mk/pay.md"), text: text.to_owned(), settings: None, plan, findings }
}

fn id_of(text: &str, words: &str) -> String {
    of(text).plan.items.iter().find(|item| item.text.contains(words)).expect(words).id.to_string()
}

/// The numbers of the files that are to be followed and read again.
fn orders(effects: &[Effect]) -> Vec<String> {
    let order = |effect: &Effect| match effect {
        Effect::Follow { number, path } => Some(format!("follow {number} {}", path.display())),
        Effect::StopFollowing => Some("stop".to_owned()),
        Effect::Reread { number, .. } => Some(format!("read {number}")),
        _ => None,
    };
    effects.iter().filter_map(order).collect()
}

impl Table {
    /// In a room of the text, its file read once more as it was.
    fn editing() -> (Self, u64) {
        let mut table = Self::laid();
        table.subscribe();
        table.read(of(TEXT));
        let effects = table.enter("2026-01-21T06:30");
        assert_eq!(table.answer(), Some(Ok(())), "{effects:?}");
        let number = table.controller.follows;
        table.reread(number, Ok(of(TEXT)));
        (table, number)
    }

    fn reread(&mut self, number: u64, outcome: Result<Checklist, SourceError>) -> Vec<Effect> {
        self.wake(Wake::Reread { number, outcome: outcome.map(Box::new) })
    }

    fn offered(&mut self) -> RereadView {
        self.subscribe().reread.expect("a room says how its file stands")
    }

    fn accept(&mut self, digest: &str) -> Result<(), Problem> {
        self.act(in_room(Act::AcceptReread { digest: digest.to_owned() }));
        self.answer().expect("an answer")
    }

    fn settle(&mut self, milliseconds: i64) -> Vec<Effect> {
        self.now += jiff::SignedDuration::from_millis(milliseconds);
        self.wake(Wake::Tick)
    }
}

#[test]
fn a_room_follows_its_file_and_reads_it_once_it_has_settled() {
    let mut table = Table::laid();
    table.subscribe();
    let effects = table.read(of(TEXT));
    assert_eq!(orders(&effects), ["follow 1 /home/mk/pay.md"], "what waits for T0 was read just now");
    let effects = table.enter("2026-01-21T06:30");
    assert_eq!(orders(&effects), ["follow 2 /home/mk/pay.md", "read 2"], "it may have been edited meanwhile");
    table.reread(2, Ok(of(TEXT)));
    assert_eq!(table.offered().state, "same");

    table.wake(Wake::FileTurned { number: 1, outcome: Ok(()) });
    assert_eq!(orders(&table.settle(1000)), [] as [&str; 0], "the folder of another time");
    table.wake(Wake::FileTurned { number: 2, outcome: Ok(()) });
    assert_eq!(orders(&table.settle(100)), [] as [&str; 0], "an editor writes more than once");
    assert_eq!(orders(&table.settle(100)), ["read 2"]);
    assert_eq!(orders(&table.settle(1000)), [] as [&str; 0], "once");
    assert!(orders(&table.act(Intent::Leave)).contains(&"stop".to_owned()));
}

#[test]
fn nothing_changes_before_it_is_accepted_and_a_reworded_check_keeps_its_tick() {
    let (mut table, number) = Table::editing();
    let key = id_of(TEXT, "Keys");
    for words in ["Keys", "Cake"] {
        done(&mut table, Act::State { item: id_of(TEXT, words), saw: String::new() });
    }
    let text =
        TEXT.replace("by the platform team", "by platform").replace("- [ ] Cake ordered\n", "- [ ] Dns is cut\n");
    let effects = table.reread(number, Ok(of(&text)));
    let update = sent_last(&effects).expect("it is told");
    assert_eq!(sections(Some(&update)), ["reread"], "nothing of the room is another");
    let view = update.reread.unwrap();
    assert_eq!(view.words, "The checklist was changed: 1 reworded, 1 new, 1 gone.");
    let rows: Vec<_> = view.rows.iter().map(|row| (row.turn.as_str(), row.stands.as_str(), row.is_lost)).collect();
    assert_eq!(
        rows,
        [
            ("reworded", "stated by login 05:48:10: kept", false),
            ("new", "", false),
            ("gone", "stated by login 05:48:10: stays in the log alone", true),
        ]
    );
    assert_eq!(table.accept(&view.digest), Ok(()));
    let after = table.subscribe();
    assert_eq!(after.reread.unwrap().state, "same");
    let log = after.log.unwrap();
    assert_eq!(log.tail[0].event, "plan_reread");
    assert_eq!(log.tail[0].detail, "in the log alone from now on: Cake ordered");
    assert_eq!(log.tail[1].text, "stated: Cake ordered", "the log still has its words");
    let rows = after.written.unwrap().rows;
    let state_of = |words: &str| {
        let id = id_of(&text, words);
        rows.iter().find_map(|row| match row {
            crate::wire::RowView::Item(item) if item.id == id => Some(item.state.clone()),
            _ => None,
        })
    };
    assert_eq!(state_of("by platform").as_deref(), Some("stated"));
    assert_eq!(state_of("Dns").as_deref(), Some("open"));
    // The old name is refused in words, and the file that holds now is what is exported.
    let (_, why) = table.refusal(in_room(Act::Undo { item: key }));
    assert!(why.contains("look at the page again"), "{why}");
    let live = table.controller.room().unwrap();
    assert_eq!(live.room().text(), text);
}

#[test]
fn what_was_shown_is_what_is_accepted() {
    let (mut table, number) = Table::editing();
    table.reread(number, Ok(of(&TEXT.replace("Cake", "Tea"))));
    let first = table.offered();
    table.reread(number, Ok(of(&TEXT.replace("Cake", "Pie"))));
    let newer = table.offered();
    assert_ne!(first.digest, newer.digest);
    let refused = table.accept(&first.digest).unwrap_err();
    assert!(refused.message.contains("changed once more"), "{refused:?}");
    assert_eq!(table.accept(&newer.digest), Ok(()));
    assert!(table.accept(&newer.digest).unwrap_err().message.contains("what the room has already"));
    // Another save, and back again: nothing is offered any more.
    table.reread(number, Ok(of(TEXT)));
    assert_eq!(table.offered().state, "offered");
    table.reread(number, Ok(of(&TEXT.replace("Cake", "Pie"))));
    assert_eq!(table.offered().state, "same");
}

#[test]
fn what_cannot_be_accepted_is_said_before_anybody_presses() {
    let text = TEXT.replace(
        "- [ ] Cake ordered\n",
        "- [ ] 5% traffic\n  - [ ] Hold for 10 minutes\n  - [ ] Error rate <1%\n- [ ] Cake ordered\n",
    );
    let mut table = Table::laid();
    table.subscribe();
    table.read(of(&text));
    table.enter("2026-01-21T06:30");
    assert_eq!(table.answer(), Some(Ok(())));
    let number = table.controller.follows;
    table.reread(number, Ok(of(TEXT)));
    assert_eq!(table.offered().obstacle, "", "nobody holds the gate yet");
    done(&mut table, Act::State { item: id_of(&text, "Deployment"), saw: String::new() });
    done(&mut table, Act::EnterGate { gate: id_of(&text, "5%") });
    let view = table.offered();
    assert!(view.obstacle.contains("The hold of “5% traffic” runs"), "{view:?}");
    assert_eq!(table.accept(&view.digest).unwrap_err().message, view.obstacle);
}

#[test]
fn words_alone_are_offered_too_and_say_so() {
    let (mut table, number) = Table::editing();
    table.reread(number, Ok(of(&format!("{TEXT}\nMore words.\n"))));
    let view = table.offered();
    assert!(view.words.contains("in its words alone"), "{}", view.words);
    assert_eq!(table.accept(&view.digest), Ok(()));
}

#[test]
fn a_file_that_cannot_be_read_is_said_and_looked_at_again() {
    let (mut table, number) = Table::editing();
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("pay.md");
    std::fs::write(&broken, b"# Pay\n\n- [ ] caf\xE9\n").unwrap();
    table.reread(number, crate::source::read(&broken).map(|_| of(TEXT)));
    let view = table.offered();
    assert_eq!(view.state, "unreadable");
    assert!(view.words.contains("line 3") && view.words.ends_with("The room keeps the text that it has."), "{view:?}");
    std::fs::write(&broken, "# Pay\n").unwrap();
    std::fs::write(folder.path().join("war-room.toml"), "version = 1\n[plan]\nservce = \"a\"\n").unwrap();
    table.reread(number, crate::source::read(&broken).map(|_| of(TEXT)));
    assert!(table.offered().words.contains("war-room.toml:3"), "{:?}", table.offered());
    // Its folder may have gone and come back, which nobody tells.
    table.now = "2026-01-21T05:49:00Z".parse().unwrap();
    assert_eq!(orders(&table.wake(Wake::Tick)), [format!("read {number}")]);
    let effects = table.reread(number, Ok(of(TEXT)));
    assert_eq!(orders(&effects), [format!("follow {number} /home/mk/pay.md")]);
    assert_eq!(table.offered().state, "same");
}

#[test]
fn a_room_whose_file_is_elsewhere_says_where_it_would_be_offered() {
    let mut table = Table::laid();
    table.subscribe();
    table.read(of(TEXT));
    table.enter("2026-01-21T06:30");
    let number = table.controller.follows;
    table.reread(number, Err(crate::source::read(Path::new("/home/mk/pay.md")).unwrap_err()));
    let view = table.offered();
    assert_eq!(view.state, "elsewhere");
    assert!(view.words.contains("is not on this laptop"), "{}", view.words);
}

#[test]
fn a_save_reads_the_file_again_on_the_opening_screen_and_keeps_the_answer() {
    let mut table = Table::laid();
    table.subscribe();
    table.read(of(TEXT));
    let intent = Intent::ProposeStart { start: "2026-01-30T06:30".to_owned(), zone: "UTC".to_owned() };
    table.act(intent);
    let number = table.controller.follows;
    table.wake(Wake::FileTurned { number, outcome: Ok(()) });
    assert_eq!(orders(&table.settle(1000)), [format!("read {number}")]);
    let effects = table.reread(number, Ok(of(&TEXT.replace("# Ship pay", "# Ship ledger"))));
    let opening = sent(&effects).unwrap().opening.unwrap();
    assert!(opening.title.starts_with("Ship ledger"), "{}", opening.title);
    assert_eq!(opening.start, "2026-01-30T06:30", "what a person answered stays");
    table.reread(number, Err(crate::source::read(Path::new("/home/mk/pay.md")).unwrap_err()));
    let problems = table.subscribe().problems.unwrap();
    assert!(problems[0].message.ends_with("What was read before is shown still."), "{problems:?}");
    table.reread(number, Ok(of(TEXT)));
    assert_eq!(table.subscribe().problems.unwrap(), []);
}

#[test]
fn a_closed_room_a_drill_and_one_that_is_only_read_follow_no_file() {
    let (mut table, _) = Table::editing();
    let mut beside = Table::beside(&table);
    beside.subscribe();
    let id = beside.controller.rooms[0].id();
    let effects = beside.act(Intent::EnterRoom { id });
    assert_eq!(orders(&effects), [] as [&str; 0], "it is open in the other window");
    table.act(in_room(Act::Close { outcome: "done".to_owned() }));
    assert!(table.controller.followed.is_none());
    let mut table = Table::laid();
    table.subscribe();
    table.act(Intent::StartDrill { scenario: "bad-canary".to_owned(), over: String::new() });
    assert!(matches!(table.controller.open, Open::Room(_)));
    assert!(table.controller.followed.is_none());
}

#[test]
fn what_is_accepted_is_there_when_the_room_is_entered_again() {
    let (mut table, number) = Table::editing();
    done(&mut table, Act::State { item: id_of(TEXT, "Keys"), saw: String::new() });
    let text = TEXT.replace("by the platform team", "by platform");
    table.reread(number, Ok(of(&text)));
    let digest = table.offered().digest;
    assert_eq!(table.accept(&digest), Ok(()));
    let before = table.subscribe().written;
    table.act(Intent::Leave);
    let id = table.controller.rooms[0].id();
    table.act(Intent::EnterRoom { id });
    let after = table.subscribe();
    assert_eq!(after.written, before);
    assert_eq!(after.log.unwrap().tail[0].event, "plan_reread");
}
