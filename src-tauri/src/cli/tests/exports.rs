//! The report, the samples and the archive, each made from a real room's file.

mod archives;

use std::io::Read as _;

use jiff::SignedDuration;
use journal::{Device, Journal};
use room::{Event, HoldTurn, Intent, Opened, Recorded, Room};
use sha2::{Digest, Sha256};

use super::super::arguments::{Export, Form, Verify};
use super::super::{export, verify};
use super::*;
use crate::controller::Stage;
use crate::device_key::DeviceKey;
use crate::drill::{Order, scenario};
use crate::example;
use crate::keychain::Keychain;
use crate::rooms::Rooms;

const TEXT: &str = "# Ship pay 4.2 (Jan 21, 2026)\n\n## Rollout (6:30 AM UTC)\n- [ ] Begun\n- [ ] **10% traffic**\n  - [ ] Error rate <1%\n  - [ ] Hold for 5 minutes\n- [ ] Watched\n\n## Rollback (within 15 minutes)\n### Critical\n- Error rate > 10%\n### Option 1: Undo\n```bash\nkubectl rollout undo deployment/pay\n```\n";

const SETTINGS: &str = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n[metrics.error_rate]\nsource = \"prod\"\nquery = \"x\"\nunit = \"ratio\"\n";

/// A room's file that is being written, event by event.
struct Desk {
    folder: tempfile::TempDir,
    journal: Journal,
    events: Vec<Recorded>,
    now: Timestamp,
}

use jiff::Timestamp;

impl Desk {
    fn new(settings: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opened = Opened {
            room: "ab".repeat(16),
            file: "pay.md".to_owned(),
            path: "/plans/pay.md".to_owned(),
            text: TEXT.to_owned(),
            settings: settings.map(str::to_owned),
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let now = "2026-01-21T06:00:00Z".parse().unwrap();
        let path = folder.path().join("pay-20260121-1.warroom");
        fs::write(key(&path), "01".repeat(32)).unwrap();
        let (journal, first) = Journal::create(&path, Device::from_seed([1; 32]), opened, "login", now).unwrap();
        Self { folder, journal, events: vec![first], now }
    }

    fn room(&self) -> Room {
        Room::fold(&self.events).unwrap()
    }

    /// At this time of the day.
    fn event(&mut self, at: &str, event: Event) {
        self.now = format!("2026-01-21T{at}Z").parse().unwrap();
        self.events.push(self.journal.append(event, self.now, self.now, "MK").unwrap());
    }

    fn act(&mut self, at: &str, intent: &Intent) {
        let now = format!("2026-01-21T{at}Z").parse().unwrap();
        let (event, _) = room::decide(&self.room(), intent, &room::Sight::default(), now).unwrap();
        self.event(at, event);
    }

    fn item(&self, text: &str) -> plan::ItemId {
        self.room().plan().items.iter().find(|item| item.text.starts_with(text)).unwrap().id.clone()
    }

    /// One sample each 5 s of these minutes of the hour, at this ratio.
    fn samples(&mut self, minutes: std::ops::Range<i64>, value: f64) {
        let begin: Timestamp = "2026-01-21T06:00:00Z".parse().unwrap();
        let sample = |number: i64| journal::Sample {
            signal: "metrics.error_rate".to_owned(),
            at: (begin + SignedDuration::from_secs(number * 5)).as_millisecond(),
            good_for: 12_500,
            state: journal::State::Number,
            value: Some(value),
        };
        let all: Vec<_> = (minutes.start * 12..minutes.end * 12).map(sample).collect();
        self.journal.keep_samples(&all).unwrap();
    }

    fn roll_back(&mut self, began: &str, ended: &str) {
        self.event(began, Event::RollbackBegan { criterion: None, reason: "errors".to_owned(), way: 1 });
        self.event(ended, Event::RolledBack);
    }

    fn export(&self, to: Form) -> (u8, String, String) {
        exported(self.journal.path(), to, None)
    }
}

fn exported(room: &Path, to: Form, out: Option<PathBuf>) -> (u8, String, String) {
    let arguments = Export { room: room.to_owned(), to, out };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { out: &mut out, err: &mut err, out_colour: false, err_colour: false };
    let code = export::export(&arguments, device_key(room), &mut streams).unwrap();
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// The drill of the bundled example, played to its end.
fn drill() -> (Stage, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let order = Order {
        scenario: scenario::of("bad-canary").unwrap(),
        seed: 7,
        speed: 60,
        is_alone: true,
        file: example::FILE.to_owned(),
        text: example::TEXT.to_owned(),
        settings: Some(example::SETTINGS.to_owned()),
    };
    let paths = Paths::from_environment(|_| None, Some(folder.path().to_path_buf()));
    let mut stage = Stage::set(order, paths, Rooms::at(folder.path())).unwrap();
    while stage.second() {}
    stage.leave();
    (stage, folder)
}

/// The words of a page, a line for each piece of text, without who exported it.
fn words(page: &str) -> String {
    let body = page.split("<body>").nth(1).unwrap();
    let mut lines = Vec::new();
    for piece in body.split('>') {
        let text = piece.split('<').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && !text.starts_with("Exported ") {
            lines.push(text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'"));
        }
    }
    lines.join("\n")
}

fn without_exporter(page: &str) -> String {
    page.lines().filter(|line| !line.contains("id=\"exported\"")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_report_of_the_bundled_drill_is_what_it_was() {
    let (stage, _folder) = drill();
    let (code, page, err) = exported(stage.path(), Form::Html, None);
    assert_eq!((code, err.as_str()), (0, ""));
    let (_, again, _) = exported(stage.path(), Form::Html, None);
    assert_eq!(without_exporter(&page), without_exporter(&again), "the same log gives the same page");
    for fetched in ["<script", "src=", "href=", "@import", "http://", "https://"] {
        assert!(!page.contains(fetched), "the page fetches nothing: {fetched}");
    }
    assert!(page.contains("stroke-linejoin") && page.matches("class=\"line\"").count() == 5, "a line a signal");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/stories/the-report-of-a-drill.txt");
    let told = format!("{}\n", words(&page));
    if std::env::var_os("WAR_ROOM_KEEP_STORY").is_some() {
        fs::write(&kept, &told).unwrap();
    }
    // Compared line by line, so that what differs is seen.
    let (kept, told) = (fs::read_to_string(&kept).unwrap_or_default(), told);
    for (kept, told) in kept.lines().zip(told.lines()) {
        assert_eq!(kept, told, "look at it, and keep it with WAR_ROOM_KEEP_STORY");
    }
    assert_eq!(kept.lines().count(), told.lines().count());
}

#[test]
fn whatever_people_typed_is_words_and_nothing_else() {
    let mut desk = Desk::new(Some(SETTINGS));
    let evil = "</pre></svg><script>alert('x')</script><img src=x onerror=y>";
    let person = room::Person { initials: "MK".to_owned(), name: evil.to_owned(), role: evil.to_owned() };
    desk.event("06:01:00", Event::PersonNamed(person));
    desk.event("06:02:00", Event::Noted { text: evil.to_owned() });
    let sent = Event::SentByHand {
        draft: 1,
        message: None,
        to: evil.to_owned(),
        subject: evil.to_owned(),
        body: evil.to_owned(),
    };
    desk.event("06:03:00", sent);
    let item = desk.item("Begun");
    desk.event("06:31:00", Event::Overridden { item, reason: evil.to_owned() });
    desk.event("06:40:00", Event::RollbackBegan { criterion: None, reason: evil.to_owned(), way: 1 });
    desk.event(
        "06:50:00",
        Event::Closed(Box::new(room::RoomClosed { outcome: evil.to_owned(), open: vec![evil.to_owned()] })),
    );
    let (code, page, _) = desk.export(Form::Html);
    assert_eq!(code, 0);
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(page.matches("&lt;script&gt;").count() > 6);
}

#[test]
fn what_nobody_declared_is_never_said_to_have_gone_well() {
    let mut desk = Desk::new(None);
    let outcome = |desk: &Desk| {
        let (code, page, _) = desk.export(Form::Html);
        assert_eq!(code, 0);
        let words = words(&page);
        (words.clone(), words.lines().skip_while(|line| !line.contains("read from")).nth(1).unwrap().to_owned())
    };
    let (words, word) = outcome(&desk);
    assert_eq!(word, "NOT DEPLOYED");
    assert!(words.contains("Nothing was watched: no criterion of the checklist was bound to a metric."), "{words}");
    assert!(words.contains("Unseen\nall\nnothing was watched"), "{words}");
    assert!(words.contains("no seal that holds is in the file"), "{words}");
    let item = desk.item("Begun");
    desk.act("06:31:00", &Intent::State { item, saw: None });
    let (words, word) = outcome(&desk);
    assert_eq!(word, "UNFINISHED");
    assert!(words.contains("The room is not closed: as of 06:31:00, live, nothing was watched."), "{words}");
    desk.roll_back("06:40:00", "06:44:30");
    let (words, word) = outcome(&desk);
    assert_eq!(word, "ROLLED BACK");
    assert!(words.contains("Rolled back in\n04:30\nof 15:00 allowed"), "{words}");
    let start = "2026-01-21T13:00".parse().unwrap();
    let began = room::AttemptBegan { number: 2, start, reason: "the pool is larger".to_owned() };
    desk.event("13:00:00", Event::AttemptBegan(Box::new(began)));
    let (words, word) = outcome(&desk);
    assert_eq!(word, "UNFINISHED", "{words}");
    desk.roll_back("13:20:00", "13:40:00");
    let (words, word) = outcome(&desk);
    assert_eq!(word, "ROLLED BACK");
    assert!(words.contains("Rolled back 2 times, in 2 attempts."), "{words}");
    assert!(words.contains("Rolled back in\n20:00\nof 15:00 allowed"), "{words}");
}

#[test]
fn what_was_not_seen_is_hatched_and_a_row_of_its_own() {
    let mut desk = Desk::new(Some(SETTINGS));
    let gate = desk.item("10% traffic");
    desk.event("06:30:00", Event::GateEntered { gate: gate.clone() });
    let turned = |turn| Event::HoldTurned { gate: gate.clone(), turn, held_ms: 198_000, why: String::new() };
    desk.event("06:31:00", turned(HoldTurn::Started));
    desk.event("06:35:00", turned(HoldTurn::Paused));
    desk.samples(25..40, 0.004);
    // Five minutes of nothing.
    desk.samples(45..55, 0.124);
    desk.journal.seal_samples(desk.now, "War Room").unwrap();
    desk.event("06:45:00", Event::Noted { text: "all said".to_owned() });
    desk.roll_back("06:50:00", "06:54:00");
    let (_, page, _) = desk.export(Form::Html);
    assert_eq!(page.matches("url(#unseen)").count(), 1, "the gap is hatched once");
    let line = page.split("class=\"line\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(line.matches('M').count(), 2, "and no line goes through it: {line}");
    assert!(page.contains("class=\"hold\"") && page.contains("class=\"back\""));
    let words = words(&page);
    assert!(words.contains("hatched: unseen, 05:05 at the most"), "{words}");
    assert!(words.contains("CRITICAL > 10 %") && words.contains("gate < 1 %"), "{words}");
    assert!(words.contains("Error rate 12.4 %"), "the decision has the reading of its second: {words}");
    let (code, csv, _) = desk.export(Form::Csv);
    assert_eq!(code, 0);
    let rows: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 1 + 25 * 12 + 1);
    let gaps: Vec<_> = rows.iter().filter(|row| row.contains(",unseen,")).collect();
    assert_eq!(
        gaps,
        [
            &"2026-01-21T06:39:55Z,2026-01-21T06:45:00Z,metrics.error_rate,prod,Error rate <1%; Error rate > 10%,unseen,,,,,,0,0,305,0"
        ]
    );
    assert!(rows[1].ends_with(",number,0.004,ratio,,,,1,0,0,0"), "{}", rows[1]);
}

#[test]
fn a_damaged_room_says_so_and_its_archive_keeps_the_very_bytes() {
    let mut desk = Desk::new(None);
    for minute in 1..5 {
        desk.event(&format!("06:0{minute}:00"), Event::Noted { text: format!("note {minute}") });
    }
    let path = desk.journal.path().to_owned();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("DROP TRIGGER events_are_not_changed; UPDATE events SET actor = 'JA' WHERE seq = 3")
        .unwrap();
    drop(connection);
    let (code, page, err) = exported(&path, Form::Html, None);
    assert_eq!(code, 1);
    assert!(err.contains("damaged at event 3"), "{err}");
    assert!(words(&page).contains("NOT WHOLE: "), "{page}");
    let out = desk.folder.path().join("all.tar");
    let (code, _, err) = exported(&path, Form::Archive, Some(out.clone()));
    assert_eq!(code, 1);
    assert!(err.contains("damaged at event 3"), "{err}");
    let parts = unpacked(&out);
    assert!(parts.iter().any(|(name, _)| name == "pay-20260121-1.warroom"));
}

/// The key of who exports this room, beside it.
fn device_key(room: &Path) -> DeviceKey {
    DeviceKey::of(room.parent().unwrap(), Keychain::none())
}

/// Where it lies.
fn key(room: &Path) -> PathBuf {
    room.with_file_name("device.key")
}

/// The files of an archive.
fn unpacked(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(fs::File::open(path).unwrap());
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (name, bytes)
    });
    entries.collect()
}

#[test]
fn the_archive_holds_all_of_it_with_its_digests_and_leaves_nothing_behind() {
    let mut desk = Desk::new(Some(SETTINGS));
    desk.samples(0..5, 0.001);
    desk.event("06:10:00", Event::Noted { text: "all calm".to_owned() });
    let folder = desk.folder.path().join("out");
    fs::create_dir(&folder).unwrap();
    // A folder is as good as a name.
    let (code, out, err) = exported(desk.journal.path(), Form::Archive, Some(folder.clone()));
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["Ship-pay-4.2-20260121.tar"], "nothing else is left");
    let parts = unpacked(&folder.join(&names[0]));
    let known: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        known,
        [
            "README.txt",
            "report.html",
            "checklist.md",
            "events.jsonl",
            "samples.csv",
            "pay-20260121-1.warroom",
            "verify.py",
            "MANIFEST",
            "MANIFEST.sig"
        ]
    );
    let [rest @ .., manifest, signature] = parts.as_slice() else { panic!("{known:?}") };
    let digests: String =
        rest.iter().map(|(name, bytes)| format!("{}  {name}\n", journal::hex(&Sha256::digest(bytes)))).collect();
    let (device, _) = device_key(desk.journal.path()).device().unwrap();
    let (head, public) = (journal::hex(desk.journal.head()), journal::hex(&device.public_key()));
    let said =
        format!("# war-room manifest 1\n# room {}\n# events 2\n# head {head}\n# key {public}\n", "ab".repeat(16));
    assert_eq!(String::from_utf8_lossy(&manifest.1), format!("{said}{digests}"));
    let signed = format!("{}\n", journal::hex(&device.sign_manifest(&manifest.1)));
    assert_eq!(String::from_utf8_lossy(&signature.1), signed);
    let copy = desk.folder.path().join("copy.warroom");
    fs::write(&copy, &parts[5].1).unwrap();
    let report = journal::verify(&copy, &Heads::at(Path::new("/nowhere")), Some(&journal::hex(desk.journal.head())));
    assert_eq!(report.unwrap().complete_to, Some(2));
    let (code, _, err) = exported(desk.journal.path(), Form::Archive, Some(folder.clone()));
    assert_eq!(code, 2);
    assert!(err.contains("is there already and is not written over"), "{err}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn what_comes_again_is_one_deviation_and_a_rehearsal_is_no_rollback() {
    let mut desk = Desk::new(None);
    desk.event("06:05:00", Event::RehearsalBegan(Box::new(room::RehearsalBegan { way: 1 })));
    desk.event("06:06:00", Event::RolledBack);
    let gate = desk.item("10% traffic");
    let paused = |held_ms, why: &str| Event::HoldTurned {
        gate: gate.clone(),
        turn: HoldTurn::Paused,
        held_ms,
        why: why.to_owned(),
    };
    for (at, held_ms) in [("06:40:00", 60_000), ("06:42:00", 90_000), ("06:45:00", 120_000)] {
        desk.event(at, paused(held_ms, "no word"));
    }
    desk.event("06:46:00", paused(130_000, "the laptop slept"));
    let missed = |from: &str, count| {
        let from: Timestamp = format!("2026-01-21T{from}Z").parse().unwrap();
        let run = room::MissedRun { routine: "Every hour".to_owned(), from, to: from, count };
        Event::RoundsMissed(Box::new(room::RoundsMissed { runs: vec![run] }))
    };
    desk.event("09:00:00", missed("08:00:00", 1));
    desk.event("11:00:00", missed("10:00:00", 1));
    let words = words(&desk.export(Form::Html).1);
    for line in [
        "10% traffic: hold paused at 01:00 and 2 more times, 06:40:00 to 06:45:00: no word",
        "10% traffic: hold paused at 02:10, 06:46:00: the laptop slept",
        "Missed 2 rounds, 09:00:00 to 11:00:00: Every hour: 2 from 08:00:00 to 10:00:00",
        "REHEARSED",
    ] {
        assert!(words.lines().any(|found| found == line), "{line}\n{words}");
    }
    assert!(!words.contains("ROLLED BACK"), "{words}");
}

#[test]
fn a_long_log_gives_a_page_that_can_be_read_and_says_what_it_leaves_out() {
    // By hand, for times: WAR_ROOM_LONG_LOG=100000, the optimised build, and a folder in memory.
    let rounds: usize = std::env::var("WAR_ROOM_LONG_LOG").ok().and_then(|count| count.parse().ok()).unwrap_or(280) / 4;
    let mut desk = Desk::new(Some(SETTINGS));
    let rule = room::Rulebook::of(&desk.room()).rules.into_iter().find(|rule| rule.purpose == room::Purpose::Decision);
    let rule = rule.unwrap();
    for round in 0..rounds {
        let at = desk.now + SignedDuration::from_secs(20);
        let time = at.strftime("%H:%M:%S").to_string();
        let fired = room::Fired {
            alert: rule.id.clone(),
            name: rule.name.clone(),
            text: format!("{} no. {round}", rule.text),
            severity: rule.severity,
            since: at,
            seen: None,
            deadline: None,
            why: "12.4 %".to_owned(),
            first: None,
            since_before: None,
        };
        desk.event(&time, Event::AlertFired(Box::new(fired)));
        desk.event(&time, Event::Noted { text: format!("note {round}") });
        let sent = Event::SentByHand {
            draft: 1,
            message: None,
            to: "#team".to_owned(),
            subject: String::new(),
            body: format!("words {round}, head 0000-0000"),
        };
        desk.event(&time, sent);
        desk.event(&time, Event::AlertResolved { alert: rule.id.clone(), seen: None });
        desk.now = if round % 1000 == 999 { "2026-01-21T06:00:00Z".parse().unwrap() } else { at };
    }
    let began = std::time::Instant::now();
    let (code, page, _) = desk.export(Form::Html);
    let took = began.elapsed();
    assert_eq!(code, 0);
    if rounds > 1000 {
        println!("{} events: report of {} bytes in {took:?}", desk.events.len(), page.len());
    }
    let words = words(&page);
    let left = rounds.saturating_sub(60);
    for what in ["alerts", "messages", "notes"] {
        let told = format!("And {left} more {what}, which the log has.");
        assert_eq!(words.contains(&told), left > 0, "{told}\n{words}");
    }
    assert!(page.len() < 200_000, "{} bytes", page.len());
    assert!(words.contains("#team: 0000-0000, which is no event of this log"), "a head that others hold and we do not");
}
