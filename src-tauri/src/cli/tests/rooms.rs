//! Rooms on the command line, each a real file in a folder of its own.

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Journal};
use room::{Intent, Opened, Room, decide};
use rusqlite::Connection;

use super::arguments::{Export, Form, Now, Verify};
use super::*;
use crate::device_key::DeviceKey;
use crate::keychain::Keychain;

const TEXT: &str = "# Ship pay (Jan 21, 2026)\n\n## Before (Jan 20)\n- [x] Backups tested\n\n## Rollout (6:30 AM)\n- [ ] **10% traffic**\n  - [ ] Error rate <1%\n  - [ ] Hold for 5 minutes\n- [ ] Watched\n";

/// A room's file that is being written.
struct Desk {
    folder: tempfile::TempDir,
    journal: Journal,
    room: Room,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opened = Opened {
            room: "ab".repeat(16),
            file: "pay.md".to_owned(),
            path: "/plans/pay.md".to_owned(),
            text: TEXT.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let now = "2026-01-21T06:00:02Z".parse().unwrap();
        let path = folder.path().join("pay-20260121-1.warroom");
        let (journal, first) = Journal::create(&path, Device::from_seed([1; 32]), opened, "login", now).unwrap();
        let room = Room::fold([&first]).unwrap();
        Self { folder, journal, room, now }
    }

    fn act(&mut self, intent: &Intent) {
        self.now += SignedDuration::from_mins(1);
        let (event, at) = decide(&self.room, intent, &room::Sight::default(), self.now).unwrap();
        let recorded = self.journal.append(event, at, self.now, "MK").unwrap();
        self.room.apply(&recorded);
    }

    fn with_acts() -> Self {
        let mut desk = Self::new();
        for (text, saw) in [("Error rate", Some("0.4 %")), ("Watched", None)] {
            let item = desk.item(text);
            desk.act(&Intent::State { item, saw: saw.map(str::to_owned) });
        }
        desk.act(&Intent::Note { text: "all calm".to_owned(), at: None });
        desk
    }

    fn item(&self, text: &str) -> plan::ItemId {
        self.room.plan().items.iter().find(|item| item.text.starts_with(text)).unwrap().id.clone()
    }

    fn path(&self) -> PathBuf {
        self.journal.path().to_owned()
    }

    fn heads(&self) -> Heads {
        Heads::at(&self.folder.path().join("heads.log"))
    }

    fn seal(&mut self) {
        let head = self.journal.seal(self.now).unwrap();
        self.heads().add(&head).unwrap();
    }

    fn head(&self) -> String {
        journal::short(self.journal.head())
    }

    /// Changes the file as somebody would who wants to hide something.
    fn tamper(&self, statement: &str) {
        let connection = Connection::open(self.path()).unwrap();
        let triggers = "DROP TRIGGER IF EXISTS events_are_not_changed; DROP TRIGGER IF EXISTS events_are_not_removed;";
        connection.execute_batch(&format!("{triggers} {statement}")).unwrap();
    }

    fn verify(&self, heads: &Heads, head: Option<&str>, json: bool) -> (u8, String) {
        let arguments = Verify { room: self.path(), head: head.map(str::to_owned), json };
        let said = said(|streams| verify::verify(&arguments, heads, streams));
        assert_eq!(said.2, "", "data goes to standard output");
        (said.0, said.1)
    }

    fn export(&self, to: Form, out: Option<PathBuf>) -> (u8, String, String) {
        let arguments = Export { room: self.path(), to, out };
        said(|streams| export::export(&arguments, DeviceKey::of(Path::new("/nowhere"), Keychain::none()), streams))
    }
}

/// Exit, standard output and standard error.
fn said(act: impl FnOnce(&mut Streams<'_>) -> io::Result<u8>) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { out: &mut out, err: &mut err, out_colour: false, err_colour: false };
    let code = act(&mut streams).unwrap();
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn now(path: &Path) -> (u8, String, String) {
    said(|streams| now::now(&Now { room: path.to_owned() }, streams))
}

#[test]
fn integrity_and_completeness_are_two_answers_with_an_exit_each() {
    let mut desk = Desk::with_acts();
    let nothing = Heads::at(&desk.folder.path().join("none.log"));
    let (shown, head) = (desk.path().display().to_string(), desk.head());
    let unknown = desk.verify(&nothing, None, false);
    assert_eq!(
        unknown,
        (
            3,
            format!(
                "{shown}: 4 events, head {head}\n  integrity: whole\n  completeness: whole as far as it goes; \
                 completeness after event 4 unknown: no head from elsewhere is known\n"
            )
        )
    );
    let (code, told) = desk.verify(&nothing, Some(&head), false);
    assert_eq!(code, 0);
    assert!(
        told.ends_with("complete up to event 4, says the head that was given; completeness after event 4 unknown\n")
    );
    desk.seal();
    desk.act(&Intent::Note { text: "later".to_owned(), at: None });
    let (code, told) = desk.verify(&desk.heads(), None, false);
    assert_eq!(code, 0);
    assert!(
        told.contains("up to event 4, says the list of heads on this laptop; completeness after event 5"),
        "{told}"
    );
    assert_eq!(desk.verify(&nothing, Some("0000-0000"), false).0, 1);
}

#[test]
fn what_was_tampered_with_is_named_by_the_first_bad_event() {
    let desk = Desk::with_acts();
    desk.tamper("UPDATE events SET body = replace(body, '0.4 %', '0.1 %') WHERE seq = 2");
    let (code, told) = desk.verify(&desk.heads(), None, false);
    assert_eq!(code, 1);
    assert!(told.contains("integrity: broken at event 2: its content is not what was hashed\n"), "{told}");
    assert!(told.contains("completeness: unknown, since the chain is broken\n"), "{told}");
    let (code, told) = desk.verify(&desk.heads(), None, true);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(code, 1);
    assert_eq!((told["integrity"].as_str(), told["first_bad"].as_u64()), (Some("broken"), Some(2)));
    assert_eq!(
        (told["events"].as_u64(), &told["complete_to"], &told["vouched_by"]),
        (Some(1), &Value::Null, &Value::Null)
    );
}

#[test]
fn a_sample_that_was_changed_is_named_while_the_chain_is_whole() {
    let mut desk = Desk::with_acts();
    let begin = desk.now.as_millisecond();
    for chunk in 0..3 {
        let sample = |number: i64| journal::Sample {
            signal: "metrics.error_rate".to_owned(),
            at: begin + (chunk * 120 + number) * 5_000,
            good_for: 12_000,
            state: journal::State::Number,
            value: Some(0.001),
        };
        desk.journal.keep_samples(&(0..120).map(sample).collect::<Vec<_>>()).unwrap();
        if chunk < 2 {
            desk.journal.seal_samples(desk.now, "War Room").unwrap();
        }
    }
    let head = desk.head();
    let (code, told) = desk.verify(&desk.heads(), Some(&head), false);
    assert_eq!(code, 0);
    assert!(
        told.ends_with("\n  samples: whole, 240 rows in 2 chunks; 120 samples not closed under a digest yet\n"),
        "{told}"
    );
    desk.tamper("UPDATE samples SET value = 0.0 WHERE chunk = 2 AND at = (SELECT max(at) FROM samples)");
    let (code, told) = desk.verify(&desk.heads(), Some(&head), false);
    assert_eq!(code, 1);
    assert!(told.contains("  integrity: whole\n"), "{told}");
    assert!(
        told.contains(
            "  samples: changed in chunk 2 (2026-01-21T06:13:02Z to 2026-01-21T06:22:57Z): its rows are not what was \
             sealed\n"
        ),
        "{told}"
    );
    let (code, told) = desk.verify(&desk.heads(), Some(&head), true);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((code, told["integrity"].as_str()), (1, Some("whole")));
    let samples = &told["samples"];
    assert_eq!((samples["integrity"].as_str(), samples["first_bad"].as_u64()), (Some("broken"), Some(2)));
    assert_eq!(samples["from"].as_str(), Some("2026-01-21T06:13:02Z"));
}

#[test]
fn a_tail_that_was_cut_off_contradicts_the_heads_and_without_them_nobody_knows() {
    let mut desk = Desk::with_acts();
    desk.seal();
    desk.tamper("DROP TRIGGER seals_are_not_removed; DELETE FROM seals; DELETE FROM events WHERE seq > 2");
    let (code, told) = desk.verify(&desk.heads(), None, false);
    assert_eq!(code, 1);
    assert!(
        told.contains("broken at event 3: the list of heads on this laptop counts 4 events, but the log ends after 2"),
        "{told}"
    );
    assert_eq!(desk.verify(&Heads::at(Path::new("/nowhere/heads.log")), None, false).0, 3);
}

#[test]
fn the_object_for_programs_says_all_of_it() {
    let desk = Desk::with_acts();
    let (code, told) = desk.verify(&desk.heads(), Some(&desk.head()), true);
    let told: Value = serde_json::from_str(&told).unwrap();
    let all = serde_json::json!({
        "room": "ab".repeat(16),
        "events": 4,
        "head": journal::hex(desk.journal.head()),
        "integrity": "whole",
        "first_bad": null,
        "why": null,
        "newer": null,
        "reading_only": null,
        "complete_to": 4,
        "vouched_by": "the head that was given",
        "samples": {
            "integrity": "whole",
            "chunks": 0,
            "rows": 0,
            "fresh": 0,
            "first_bad": null,
            "from": null,
            "to": null,
            "why": null,
        },
    });
    assert_eq!((code, told), (0, all));
}

#[test]
fn why_the_window_only_reads_a_room_is_said_here_too() {
    let desk = Desk::with_acts();
    let told = || -> Value { serde_json::from_str(&desk.verify(&desk.heads(), None, true).1).unwrap() };
    Connection::open(desk.path()).unwrap().pragma_update(None, "user_version", 9).unwrap();
    let why = "was written by a newer War Room (format 9): it is open for reading only. Update War Room to act in it.";
    assert!(told()["reading_only"].as_str().unwrap().ends_with(why), "{}", told());
    let (code, words) = desk.verify(&desk.heads(), None, false);
    assert!(code == 3 && words.contains("\n  reading only: ") && words.ends_with(&format!("{why}\n")), "{words}");
    desk.tamper("PRAGMA user_version = 2; UPDATE events SET actor = 'XX' WHERE seq = 3");
    let why = "is damaged at event 3 (its content is not what was hashed): it is open for reading only, up to the event before.";
    assert!(told()["reading_only"].as_str().unwrap().contains(why), "{}", told());
}

#[test]
fn two_lines_tell_how_the_room_stands_while_it_is_written() {
    let mut desk = Desk::with_acts();
    let (code, lines, words) = now(&desk.path());
    let head = desk.head();
    assert_eq!((code, words.as_str()), (0, ""));
    assert_eq!(
        lines,
        format!(
            "NOT WATCHED · live · next: Before, 1 check open\n\
             Ship pay · T0 21 Jan 2026 06:30 UTC · Before 20 Jan · head {head}\n"
        )
    );
    let item = desk.item("Backups");
    desk.act(&Intent::Confirm { item });
    let (_, lines, _) = now(&desk.path());
    assert!(
        lines.starts_with("NOT WATCHED · live · next: Rollout, 2 checks open · gate 10% traffic, 1 open below it\n"),
        "{lines}"
    );
    assert!(lines.contains(" · Rollout 21 Jan 06:30 UTC · "), "{lines}");
    desk.act(&Intent::NamePerson(room::Person { initials: "MK".into(), name: "Mira".into(), role: String::new() }));
    desk.act(&Intent::ChooseActor { initials: "MK".into() });
    let gate = desk.item("10% traffic");
    desk.act(&Intent::OverrideGate { gate, reason: "no traffic yet".into() });
    let item = desk.item("Hold for");
    desk.act(&Intent::NotApplicable { item, reason: "no traffic yet".into() });
    desk.act(&Intent::Close { outcome: "rolled\nout".to_owned() });
    let (_, lines, _) = now(&desk.path());
    assert!(
        lines.starts_with("NOT WATCHED · closed: rolled out, 2 left open · nothing open in any phase\n"),
        "{lines}"
    );
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn an_export_goes_to_standard_output_or_to_a_file_that_is_not_there_yet() {
    let desk = Desk::with_acts();
    let (code, text, words) = desk.export(Form::Md, None);
    assert_eq!((code, words.as_str()), (0, ""));
    assert!(text.contains("  - [x] Error rate <1% — stated by MK 2026-01-21 06:01:02 UTC: 0.4 %\n"), "{text}");
    assert!(text.contains(&format!("4 events, head `{}`", desk.head())), "{text}");
    let out = desk.folder.path().join("record.md");
    assert_eq!(desk.export(Form::Md, Some(out.clone())), (0, String::new(), String::new()));
    assert_eq!(fs::read_to_string(&out).unwrap(), text);
    let (code, none, words) = desk.export(Form::Jsonl, Some(out.clone()));
    assert_eq!((code, none.as_str()), (2, ""));
    assert!(words.contains("record.md is there already and is not written over"), "{words}");
    assert_eq!(fs::read_to_string(&out).unwrap(), text, "what is there stays");
    let (code, _, words) = desk.export(Form::Md, Some(desk.folder.path().join("no/folder.md")));
    assert!(code == 2 && words.contains("its folder is not there"), "{words}");
    assert!(!desk.folder.path().join("no").exists());
}

#[test]
fn the_lines_of_an_export_are_the_log_with_its_chain() {
    let desk = Desk::with_acts();
    let (code, text, _) = desk.export(Form::Jsonl, None);
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((code, lines.len()), (0, 4));
    assert_eq!(lines[1]["body"]["saw"], "0.4 %");
    assert!(lines.windows(2).all(|pair| pair[1]["prev"] == pair[0]["hash"]));
    assert_eq!(lines[3]["hash"], journal::hex(desk.journal.head()));
}

#[test]
fn a_damaged_room_is_told_up_to_its_last_whole_event_and_said_to_be_damaged() {
    let desk = Desk::with_acts();
    desk.tamper("UPDATE events SET actor = 'JA' WHERE seq = 3");
    let sentence = "is damaged at event 3 (its content is not what was hashed): what stands before it was read.";
    for (code, text, words) in [now(&desk.path()), desk.export(Form::Md, None), desk.export(Form::Jsonl, None)] {
        assert_eq!(code, 1);
        assert!(!text.is_empty() && words.contains(sentence), "{text} {words}");
    }
    let (_, text, _) = desk.export(Form::Md, None);
    assert!(text.contains("NOT WHOLE: ") && text.contains("2 events, head"), "{text}");
    assert_eq!(desk.export(Form::Jsonl, None).1.lines().count(), 4, "the rows are exported as they are");
    desk.tamper("UPDATE events SET actor = 'JA' WHERE seq = 1");
    let (code, text, words) = now(&desk.path());
    assert_eq!((code, text.as_str()), (2, ""));
    assert!(words.contains("holds no event that could be read") && words.contains("damaged at event 1"), "{words}");
}

#[test]
fn what_is_no_room_is_said_in_one_sentence() {
    let folder = Folder::with(&[("a.md", QUIET)]);
    let (gone, other) = (folder.path("gone.warroom"), folder.path("a.md"));
    for (path, holds) in
        [(&gone, "There is no room "), (&other, " is not a room: choose a file that ends in .warroom.")]
    {
        for command in [
            vec!["now", path],
            vec!["verify", path],
            vec!["verify", "--json", path],
            vec!["export", "--to", "md", path],
        ] {
            let ran = ran(&command);
            assert_eq!((ran.outcome, ran.out.as_str()), (Outcome::Exit(exit::UNREADABLE), ""), "{command:?}");
            assert!(ran.err.contains(holds) && ran.err.lines().count() == 1, "{command:?}: {}", ran.err);
        }
    }
    assert_eq!(fs::read_to_string(&other).unwrap(), QUIET);
}
