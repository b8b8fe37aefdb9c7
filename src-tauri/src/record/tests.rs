//! A small day with every standing, as a sheet, as Markdown and as lines.

use jiff::{SignedDuration, Timestamp};
use journal::Row;
use proptest::prelude::*;
use room::{Event, Intent, Opened, Person, Recorded, Room, Seen, Way, decide};

use super::{About, Proof, Reported, export_jsonl, export_md, report, sheet};

const DAY: &str = "# Ship pay (Jan 21, 2026)

## Before (Jan 20)
- [x] Backups tested
- [x] Keys rotated
- [ ] Cake ordered <b>now</b>

## Rollout (6:30 AM)
- [ ] **10% traffic**
  - [ ] Error rate <1%
  - [ ] Latency normal
  - [ ] Hold for 5 minutes
- [ ] Watched

## Go-live (8:00 AM)
- [ ] Said so

## Success criteria
- [x] Error rate <0.1% (first hour)

## Rollback (within 15 minutes)

### Immediate rollback (CRITICAL)
- [ ] Error rate >5%

```bash
# Option 1: Undo
kubectl rollout undo deployment/pay
```

### Rollback success
- [ ] Old version serves

## Communication
### Team
- [ ] Note: we ship at [TIME]

## Contacts
```
Manager: [Name] - [Phone] - [Email]
War Room: [Channel]
```
";

/// A room in which things happen, each a minute after the one before.
struct Day {
    room: Room,
    events: Vec<Recorded>,
    now: Timestamp,
}

impl Day {
    fn of(text: &str) -> Self {
        let opened = Opened {
            room: "ab".repeat(16),
            file: "pay.md".to_owned(),
            path: "/plans/pay.md".to_owned(),
            text: text.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        Self { room: Room::open(opened), events: Vec::new(), now: "2026-01-21T06:00:02Z".parse().unwrap() }
    }

    fn item(&self, text: &str) -> plan::ItemId {
        let found = self.room.plan().items.iter().find(|item| item.text.starts_with(text));
        found.unwrap_or_else(|| panic!("no check {text}")).id.clone()
    }

    fn act(&mut self, intent: &Intent) {
        assert!(self.try_to(intent), "{intent:?}");
    }

    fn try_to(&mut self, intent: &Intent) -> bool {
        self.now += SignedDuration::from_mins(1);
        let Ok((event, occurred_at)) = decide(&self.room, intent, &room::Sight::default(), self.now) else {
            return false;
        };
        let actor = self.room.actor().unwrap_or("login").to_owned();
        let seq = self.room.last() + 1;
        let recorded = Recorded { seq, occurred_at, recorded_at: self.now, actor, event };
        self.room.apply(&recorded);
        self.events.push(recorded);
        true
    }

    /// Every standing, a contact, a channel, a note and a notice.
    fn with_all() -> Self {
        let mut day = Self::of(DAY);
        let state = |day: &Self, text: &str, saw: Option<&str>| Intent::State {
            item: day.item(text),
            saw: saw.map(str::to_owned),
        };
        day.act(&Intent::NamePerson(Person {
            initials: "MK".to_owned(),
            name: "Mara K".to_owned(),
            role: "release manager".to_owned(),
        }));
        day.act(&Intent::ChooseActor { initials: "MK".to_owned() });
        day.act(&Intent::Confirm { item: day.item("Backups") });
        day.act(&Intent::NotApplicable { item: day.item("Cake"), reason: "no `oven`\nhere".to_owned() });
        day.act(&state(&day, "Error rate <1%", Some("0.4 %")));
        day.act(&Intent::Override { item: day.item("Latency"), reason: "one <slow> node, gone at 07:00".to_owned() });
        let later = day.room.plan().phases.iter().find(|phase| phase.title.starts_with("Go-live")).unwrap();
        let later = later.section.clone();
        day.act(&Intent::Defer { item: day.item("Watched"), to: later, reason: "nobody is up".to_owned() });
        let contact = day.room.plan().contacts[0].id.clone();
        day.act(&Intent::FillContact {
            contact: contact.clone(),
            name: "Ana".to_owned(),
            phone: "+351 555 0100".to_owned(),
            mail: "ana&co@example.org".to_owned(),
            chat: "@ana".to_owned(),
            pager: String::new(),
        });
        day.act(&Intent::ProveContact { contact, way: Way::Phone, words: "hello".to_owned() });
        let channel = day.room.plan().channels[0].id.clone();
        day.act(&Intent::FillChannel { channel, target: "https://chat.example.org/war".to_owned() });
        let message = day.room.plan().messages[0].id.clone();
        day.act(&Intent::KeepDraft {
            draft: None,
            message: Some(message),
            to: String::new(),
            subject: "Pay ships".to_owned(),
            body: "We ship at 06:30 UTC.\n```\ncurl\n```\n".to_owned(),
        });
        day.act(&Intent::MarkSent { draft: 1, to: "#deploy".to_owned(), at: None });
        let at = Some("2026-01-21T05:30:00Z".parse().unwrap());
        day.act(&Intent::Note { text: "seen earlier".to_owned(), at });
        day
    }
}

#[test]
fn the_night_is_told_who_decided_what_and_what_alarmed() {
    let mut day = Day::with_all();
    let criterion = day.room.plan().rollback.criteria[0].clone();
    let begins = [
        Intent::RollBack { criterion: Some(criterion), reason: "invoices\nare missing".to_owned(), way: 1 },
        Intent::StandDown { reason: "they are back".to_owned() },
    ];
    for intent in begins {
        day.act(&intent);
    }
    let text = export_md(&day.room, About { events: &day.events, head: "3f9a-c27e", damage: "" });
    let (_, told) = text.split_once("## What was decided, and what alarmed\n\n").unwrap();
    let (told, _) = told.split_once("\n## Notes").unwrap();
    let told: Vec<&str> = told.lines().collect();
    assert!(text.contains("## Planned against actual\n\n- Rollout: planned 06:30 – 08:00, actual since "), "{text}");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("- 2026-01-21 06:14:02 UTC MK: Roll back"), "{told:?}");
    assert!(told[0].contains("invoices are missing") && told[1].ends_with("they are back"), "{told:?}");
}

#[test]
fn the_checklist_comes_back_with_the_record_at_each_box() {
    let text = export_md(&Day::with_all().room, About { events: &[], head: "3f9a-c27e", damage: "" });
    insta::assert_snapshot!(text, @r#"
    > **Ship pay**: the record of room `abababababababababababababababab`  
    > 14 events, head `3f9a-c27e`  
    > T0 2026-01-21 06:30:00 UTC, zone UTC  
    > Read from pay.md  
    > MK: Mara K, release manager  
    > A tick is what a person stated or a signal showed; which of the two stands behind “—”, with the record.  

    <!-- The checklist begins. -->
    # Ship pay (Jan 21, 2026)

    ## Before (Jan 20)
    - [x] Backups tested — stated by MK 2026-01-21 06:03:02 UTC (ticked in the source)
    - [ ] Keys rotated — claimed: ticked in the source, confirmed by nobody
    - [ ] Cake ordered <b>now</b> — not applicable by MK 2026-01-21 06:04:02 UTC: no \`oven\` here

    ## Rollout (6:30 AM)
    - [ ] **10% traffic**
      - [x] Error rate <1% — stated by MK 2026-01-21 06:05:02 UTC: 0.4 %
      - [ ] Latency normal — overridden by MK 2026-01-21 06:06:02 UTC: one \<slow> node, gone at 07:00
      - [ ] Hold for 5 minutes
    - [ ] Watched — deferred to Go-live by MK 2026-01-21 06:07:02 UTC: nobody is up

    ## Go-live (8:00 AM)
    - [ ] Said so

    ## Success criteria
    - [ ] Error rate <0.1% (first hour) — open, ticked in the source before the day

    ## Rollback (within 15 minutes)

    ### Immediate rollback (CRITICAL)
    - [ ] Error rate >5%

    ```bash
    # Option 1: Undo
    kubectl rollout undo deployment/pay
    ```

    ### Rollback success
    - [ ] Old version serves

    ## Communication
    ### Team
    - [ ] Note: we ship at [TIME]

    ## Contacts
    ```
    Manager: [Name] - [Phone] - [Email]
    War Room: [Channel]
    ```

    <!-- The checklist ends. -->

    ## What was decided, and what alarmed

    Nothing.

    ## Notes

    - 2026-01-21 05:30:00 UTC (noted late, 2026-01-21 06:13:02 UTC) MK: seen earlier

    ## Messages sent

    ### Note

    2026-01-21 06:12:02 UTC to #deploy, by hand, said MK

    ````text
    Subject: Pay ships

    We ship at 06:30 UTC.
    ```
    curl
    ```
    ````
    "#);
}

#[test]
fn corrections_stand_beside_what_they_correct_and_late_notes_in_the_order_of_time() {
    let mut day = Day::with_all();
    let of = |day: &Day, kind: &str| day.events.iter().find(|one| one.event.kind() == kind).unwrap().seq;
    let correct = |event: u64, right: &str, at: Option<&str>| Intent::Correct {
        event,
        right: right.to_owned(),
        why: "compared with the pipeline".to_owned(),
        at: at.map(|at| at.parse().unwrap()),
    };
    day.act(&Intent::NoteLesson { text: "the panel lies".to_owned() });
    let earlier = Some("2026-01-20T23:10:00Z".parse().unwrap());
    day.act(&Intent::Note { text: "noted at once, said late".to_owned(), at: earlier });
    let (stated, noted, sent) = (of(&day, "stated"), of(&day, "noted"), of(&day, "sent_by_hand"));
    day.act(&correct(stated, "it was 0.6 %", None));
    let first = day.room.last();
    day.act(&correct(first, "it was 0.5 %", Some("2026-01-21T05:00:00Z")));
    day.act(&correct(noted, "seen at 05:31", None));
    day.act(&correct(sent, "it went to #deployments", None));
    let opening = Event::Opened(Box::new(day.room.opened().clone()));
    let at = day.events[0].occurred_at;
    let mut events =
        vec![Recorded { seq: 1, occurred_at: at, recorded_at: at, actor: "login".to_owned(), event: opening }];
    events.extend(day.events.iter().cloned());
    let text = export_md(&day.room, About { events: &events, head: "3f9a-c27e", damage: "" });
    let line =
        |begin: &str| text.lines().find(|line| line.contains(begin)).unwrap_or_else(|| panic!("{begin}: {text}"));
    let chain = format!(
        "(corrected by event {first} (MK 06:16:02): it was 0.6 %; event {first} corrected by event {} (MK 05:00:00): it was 0.5 %)",
        first + 1
    );
    assert!(line("Error rate <1% — stated").ends_with(&chain), "{}", line("Error rate <1%"));
    assert!(
        line("seen earlier")
            .ends_with(&format!("MK: seen earlier (corrected by event {} (MK 06:18:02): seen at 05:31)", first + 2))
    );
    assert!(line("to #deploy, by hand").contains("it went to #deployments"));
    let notes: Vec<&str> = text.split("## Notes\n\n").nth(1).unwrap().lines().take(3).collect();
    assert!(
        notes[0].starts_with("- 2026-01-20 23:10:00 UTC (noted late, 2026-01-21 06:15:02 UTC) MK: noted at once"),
        "{notes:?}"
    );
    assert!(notes[1].contains("seen earlier") && notes[2].ends_with("MK: Learned: the panel lies"), "{notes:?}");
    let corrections = text.split("## Corrections\n").nth(1).unwrap();
    let told = format!(
        "- 2026-01-21 05:00:00 UTC (noted late, 2026-01-21 06:17:02 UTC) MK, event {}: corrects event {first}: it was 0.5 %",
        first + 1
    );
    assert!(corrections.contains(&told), "{corrections}");

    let proof = Proof { file: "pay.warroom", hashes: &[], seal: None, damage: "" };
    let page = report(Reported { room: &day.room, events: &events, drawn: &[], proof, exported: None });
    for words in
        ["Corrections <span>", "Corrects event", "it was 0.6 %", "noted late, 06:15:02", "compared with the pipeline"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // What was overridden is a decision and is left open: its correction stands there, and among the corrections.
    let overridden = of(&day, "overridden");
    day.act(&correct(overridden, "two nodes", None));
    events.push(day.events.last().unwrap().clone());
    let page = report(Reported { room: &day.room, events: &events, drawn: &[], proof, exported: None });
    assert_eq!(page.matches("two nodes").count(), 3, "{page}");
    // Without one there is nothing to read.
    let none = Day::with_all();
    let text = export_md(&none.room, About { events: &[], head: "3f9a-c27e", damage: "" });
    assert!(!text.contains("## Corrections"));
}

#[test]
fn what_a_signal_shows_is_no_persons_statement() {
    let mut day = Day::of(DAY);
    let at = day.now;
    let seen = Seen { words: "200 in 44 ms".to_owned(), value: String::new(), unit: None, at, fetched: false };
    let event = Event::Observed { item: day.item("Watched"), seen };
    let seq = day.room.last() + 1;
    day.room.apply(&Recorded { seq, occurred_at: at, recorded_at: at, actor: "War Room".to_owned(), event });
    let text = export_md(&day.room, About { events: &[], head: "3f9a-c27e", damage: "" });
    assert!(text.contains("- [x] Watched — observed 2026-01-21 06:00:02 UTC: 200 in 44 ms\n"), "{text}");
    let html = sheet(&day.room, at, "3f9a-c27e");
    let count = day.room.plan().items.len();
    assert!(html.contains(&format!("0 of {count} checks stated as done · 1 observed · ")), "{html}");
    let (_, open) = html.split_once("Open checks").unwrap();
    assert!(!open.contains("Watched"), "what is observed waits for nobody: {open}");
}

/// Takes the record off again, knowing of it only what stands in the export.
fn without_record(export: &str) -> String {
    let (_, text) = export.split_once("<!-- The checklist begins. -->\n").unwrap();
    let (text, _) = text.rsplit_once("\n<!-- The checklist ends. -->\n").unwrap();
    let lines = text.split_inclusive('\n').map(|line| {
        let words = line.trim_end();
        let (words, record) = words.split_once(" — ").unwrap_or((words, ""));
        let end = &line[line.trim_end().len()..];
        let was = if record.contains("ticked in the source") { "[x]" } else { "[ ]" };
        match words.find("[ ]").or(words.find("[x]")).filter(|_| words.contains("- [")) {
            Some(at) => format!("{}{was}{}{end}", &words[..at], &words[at + 3..]),
            None => format!("{words}{end}"),
        }
    });
    lines.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done in a room: the export without its record is the checklist, byte for byte.
    #[test]
    fn without_the_record_the_export_is_the_checklist(
        boxes in prop::collection::vec(("[a-z<`|]{1,6}( [a-z]{1,6})?", any::<bool>(), 0_u8..6, "[ ]{0,2}", any::<bool>()), 1..12),
        reason in "[a-z<`|*\n]{1,9}", newline in prop_oneof![Just("\n"), Just("\r\n")], last in any::<bool>(),
    ) {
        let mut text = format!("# Day (Jan 21, 2026){newline}{newline}## Go (6:30 AM){newline}");
        for (words, is_ticked, _, blanks, is_nested) in &boxes {
            let nested = if *is_nested && text.contains("- [") { "  " } else { "" };
            let mark = if *is_ticked { 'x' } else { ' ' };
            text.push_str(&format!("{nested}- [{mark}] {words}{blanks}{newline}"));
        }
        text.push_str(&format!("{newline}## Later (8:00 AM){newline}last [ ] words"));
        if last { text.push_str(newline); }
        let mut day = Day::of(&text);
        let items: Vec<_> = day.room.plan().items.iter().map(|item| item.id.clone()).collect();
        let later = day.room.plan().phases.last().map(|phase| phase.section.clone());
        let reason = format!("x{reason}");
        for (item, (_, _, act, _, _)) in items.into_iter().zip(&boxes) {
            let intent = match act {
                0 => Intent::State { item, saw: Some(reason.clone()) },
                1 => Intent::Override { item, reason: reason.clone() },
                2 => Intent::Defer { item, to: later.clone().unwrap(), reason: reason.clone() },
                3 => Intent::NotApplicable { item, reason: reason.clone() },
                4 => Intent::Confirm { item },
                _ => continue,
            };
            // What is refused changes nothing, which is one of the cases.
            day.try_to(&intent);
        }
        let export = export_md(&day.room, About { events: &[], head: "3f9a-c27e", damage: "" });
        prop_assert_eq!(without_record(&export), text);
        let done = day.room.plan().items.iter().filter(|item| day.room.standing(&item.id).is_done()).count();
        let checklist = export.split("<!--").nth(1).unwrap();
        prop_assert_eq!(checklist.matches("- [x]").count(), done, "a tick is only what was stated: {}", export);
    }
}

#[test]
fn lines_with_other_brackets_get_the_record_where_it_belongs() {
    let text = "# A\n\n## Go (6:30 AM)\n* [X] first [ ] of all  \n- plain [ ] words\n> - [x] [ ] quoted\n";
    let mut day = Day::of(text);
    day.act(&Intent::Confirm { item: day.item("first") });
    let export = export_md(&day.room, About { events: &[], head: "3f9a-c27e", damage: "it is cut <here>" });
    let (_, checklist) = export.split_once("begins. -->\n").unwrap();
    assert!(checklist.starts_with(
        "# A\n\n## Go (6:30 AM)\n* [X] first [ ] of all — stated by login 2026-01-21 06:01:02 UTC: first (“first” ticked in the source)  \n\
         - plain [ ] words\n> - [ ] [ ] quoted — claimed: ticked in the source, confirmed by nobody\n"
    ), "{checklist}");
    // Other line ends than ours end lines too.
    let mut day = Day::of("- [ ] one\r- [x] two\r");
    day.act(&Intent::State { item: day.item("one"), saw: None });
    let other = export_md(&day.room, About { events: &[], head: "3f9a-c27e", damage: "" });
    assert!(
        other.contains("- [x] one — stated by login 2026-01-21 06:01:02 UTC\n- [ ] two — claimed: ticked"),
        "{other}"
    );
    assert!(export.contains("> NOT WHOLE: it is cut \\<here>"), "{export}");
}

#[test]
fn the_answer_that_was_given_is_ticked_and_no_other() {
    let text = "# A\n\n## Go (6:30 AM)\n- [ ] Decision: [ ] GO [x] NO-GO\n- [ ] Stay: [ ] Yes [ ] No\n- [ ] Later: [ ] Yes [x] No\n\n\
                Vote: [ ] Approve [ ] Block\n- [ ] From: ____ to: ____\n";
    let mut day = Day::of(text);
    for (words, answer, values) in [
        ("Decision", Some("GO"), &[][..]),
        ("Stay", Some("No"), &[]),
        ("Vote", Some("Block"), &[]),
        ("From", None, &[("From", "06:00"), ("to", "07:00")]),
    ] {
        let value =
            |(field, value): &(&str, &str)| room::Value { field: (*field).to_owned(), value: (*value).to_owned() };
        day.act(&Intent::Answer {
            item: day.item(words),
            answer: answer.map(str::to_owned),
            values: values.iter().map(value).collect(),
        });
    }
    let export = export_md(&day.room, About { events: &day.events, head: "3f9a-c27e", damage: "" });
    let (_, checklist) = export.split_once("begins. -->\n").unwrap();
    insta::assert_snapshot!(checklist.split_once("\n\n<!--").unwrap().0, @r"
    # A

    ## Go (6:30 AM)
    - [x] Decision: [x] GO [ ] NO-GO — stated by login 2026-01-21 06:01:02 UTC: GO (“NO-GO” ticked in the source)
    - [ ] Stay: [ ] Yes [x] No — answered by login 2026-01-21 06:02:02 UTC: No, not done
    - [ ] Later: [ ] Yes [ ] No — open, “No” ticked in the source

    Vote: [ ] Approve [x] Block — answered by login 2026-01-21 06:03:02 UTC: Block, not done
    - [x] From: ____ to: ____ — stated by login 2026-01-21 06:04:02 UTC: From: 06:00 · to: 07:00
    ");
}

fn row(seq: u64, body: &str, prev: journal::Hash) -> Row {
    let mut row = Row {
        seq,
        occurred_at: 1_768_977_062_000_250,
        recorded_at: 1_768_977_063_000_000,
        device: "d".to_owned(),
        actor: "M\"K".to_owned(),
        kind: "noted".to_owned(),
        version: 1,
        body: body.to_owned(),
        prev,
        hash: [0; 32],
    };
    row.hash = row.expected_hash();
    row
}

#[test]
fn the_lines_hold_all_that_the_hashes_are_made_of() {
    let first = row(1, r#"{"kind":"noted","text":"a \" é"}"#, [0; 32]);
    let second = row(2, r#"{"text":"z","kind":"noted"}"#, first.hash);
    let text = export_jsonl(&[first.clone(), second.clone()]);
    let mut prev = journal::hex(&[0; 32]);
    for (line, row) in text.lines().zip([&first, &second]) {
        let read: serde_json::Value = serde_json::from_str(line).unwrap();
        // As a program that has only the lines would.
        let micros = |name: &str| read[name].as_str().unwrap().parse::<Timestamp>().unwrap().as_microsecond();
        let body = line.split_once("\"body\":").unwrap().1.split_once(",\"prev\":").unwrap().0;
        let again = Row {
            seq: read["seq"].as_u64().unwrap(),
            occurred_at: micros("occurred_at"),
            recorded_at: micros("recorded_at"),
            device: read["device"].as_str().unwrap().to_owned(),
            actor: read["actor"].as_str().unwrap().to_owned(),
            kind: read["kind"].as_str().unwrap().to_owned(),
            version: u32::try_from(read["version"].as_u64().unwrap()).unwrap(),
            body: body.to_owned(),
            prev: row.prev,
            hash: row.hash,
        };
        assert_eq!(&again, row);
        assert!(read["body"].is_object());
        assert_eq!(
            (read["prev"].as_str(), read["hash"].as_str()),
            (Some(prev.as_str()), Some(journal::hex(&again.expected_hash()).as_str()))
        );
        prev = journal::hex(&row.hash);
    }
    assert!(text.contains("\"occurred_at\":\"2026-01-21T06:31:02.00025Z\""), "{text}");
}

#[test]
fn a_forged_row_is_still_one_line() {
    let forged =
        [row(1, "{\n}", [0; 32]), row(2, "no json", [0; 32]), Row { occurred_at: i64::MAX, ..row(3, "[1]", [0; 32]) }];
    let text = export_jsonl(&forged);
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|line| line["body"].as_str()).collect::<Vec<_>>(),
        [Some("{\n}"), Some("no json"), Some("[1]")]
    );
    assert_eq!(lines[2]["occurred_at"].as_i64(), Some(i64::MAX));
}

#[test]
fn the_sheet_holds_what_is_needed_when_the_laptop_is_dead() {
    let day = Day::with_all();
    let sheet = sheet(&day.room, "2026-01-21T06:31:02Z".parse().unwrap(), "3f9a-c27e");
    println!("{sheet}");
    for words in [
        "Written at 2026-01-21 06:31:02 UTC",
        "<b>NOT WATCHED</b>: nothing is observed",
        "<dd>live</dd>",
        "2026-01-21 06:30 UTC",
        "href=\"tel:+3515550100\"",
        "href=\"mailto:ana%26co@example.org\"",
        "href=\"https://chat.example.org/war\"",
        "answered 2026-01-21 06:09:02 UTC",
        "kubectl rollout undo deployment/pay",
        "Time limit: 15 min",
        "Immediate rollback (CRITICAL)",
        "Error rate &gt;5%",
        "Old version serves",
        "claimed: ticked in the source, confirmed by nobody",
        "overridden by MK 2026-01-21 06:06:02 UTC: one &lt;slow&gt; node, gone at 07:00",
        "deferred to Go-live by MK 2026-01-21 06:07:02 UTC: nobody is up",
        "14 events · head 3f9a-c27e · from pay.md",
    ] {
        assert!(sheet.contains(words), "{words} is missing");
    }
    // What is done or does not apply is not open.
    for words in ["Backups", "Cake", "Error rate &lt;1%"] {
        assert!(!sheet.contains(words), "{words} is not open");
    }
}

#[test]
fn the_sheet_is_one_file_without_scripts_and_fetches_nothing() {
    let mut day = Day::of("# <script>alert(1)</script>\n\n## Go (6:30 AM)\n- [ ] <img src=x onerror=alert(1)>\n");
    let reason = "<script>alert(2)</script>\" onload=\"".to_owned();
    let item = day.room.plan().items[0].id.clone();
    day.act(&Intent::Override { item, reason });
    let sheet = sheet(&day.room, "2026-01-21T06:31:02Z".parse().unwrap(), "3f9a-c27e");
    for word in ["<script", "<img", "<link", "@import", "url(", " src=\"", "onload=\"", "<iframe"] {
        assert!(!sheet.contains(word), "{word}");
    }
    assert!(sheet.contains("&lt;script&gt;alert(2)") && sheet.starts_with("<!doctype html>"), "{sheet}");
    assert!(sheet.contains("names nobody to call") && sheet.contains("names no way back"));
}

#[test]
fn an_address_that_a_browser_would_run_is_no_link() {
    let mut day = Day::of("# A\n\n## Go (6:30 AM)\n- [ ] a\n\n## Contacts\n```\nWar Room: [Channel]\n```\n");
    let channel = day.room.plan().channels[0].id.clone();
    day.act(&Intent::FillChannel { channel, target: "javascript:alert(1)".to_owned() });
    let sheet = sheet(&day.room, "2026-01-21T06:31:02Z".parse().unwrap(), "3f9a-c27e");
    assert!(sheet.contains("javascript:alert(1)") && !sheet.contains("href="), "{sheet}");
}
