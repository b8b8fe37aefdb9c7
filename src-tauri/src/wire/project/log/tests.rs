//! The log in words.

use insta::assert_snapshot;
use room::{Event, FilledContact, Person, Recorded, Way};

use super::super::sample::{self, recorded};
use super::*;
use crate::wire::{LogPageView, LogQuery};

fn every_kind() -> Vec<Recorded> {
    let plan = sample::plan();
    let item = |index: usize| plan.items[index].id.clone();
    let (contact, channel) = (plan.contacts[1].id.clone(), plan.channels[0].id.clone());
    let message = Some(plan.messages[0].id.clone());
    let text = |words: &str| words.to_owned();
    recorded([
        Event::PersonNamed(Person { initials: text("MK"), name: text("Maria"), role: text("release manager") }),
        Event::ActorChosen { initials: text("MK") },
        Event::Stated { item: item(2), saw: Some(text("180 ms")), answer: None, values: Vec::new() },
        Event::Confirmed { items: vec![item(0)] },
        Event::Confirmed { items: vec![item(0), item(1)] },
        Event::Overridden { item: item(2), reason: text("known spike") },
        Event::Deferred { item: item(3), to: plan.phases[2].section.clone(), reason: text("no time") },
        Event::NotApplicable { item: item(3), reason: text("no canary") },
        Event::Undone { event: 9 },
        Event::ContactFilled(FilledContact {
            contact: contact.clone(),
            name: text("Ana"),
            phone: text("+351"),
            mail: String::new(),
            chat: String::new(),
            pager: String::new(),
        }),
        Event::ContactProven { contact, way: Way::Phone, words: text("hello") },
        Event::ChannelFilled { channel: channel.clone(), target: text("#war-room") },
        Event::ChannelFilled { channel, target: String::new() },
        Event::DraftKept { draft: 1, message: message.clone(), to: text("#d"), subject: text("S"), body: text("B") },
        Event::DraftDropped { draft: 1 },
        Event::DraftKept { draft: 2, message: None, to: text("#d"), subject: String::new(), body: text("B") },
        Event::SentByHand { draft: 2, message: None, to: text("#d"), subject: String::new(), body: text("B") },
        Event::Noted { text: text("coffee") },
        Event::Closed(Box::new(room::RoomClosed {
            outcome: text("went well"),
            open: vec![text("Later: 1 check open")],
        })),
        Event::Reopened { reason: text("not quite") },
    ])
}

/// The last rows, the earliest first.
fn page(events: &[Recorded], group: &str) -> LogPageView {
    rows(events, group, u32::MAX, None)
}

fn rows(events: &[Recorded], group: &str, from: u32, found: Option<&[u32]>) -> LogPageView {
    let query = LogQuery { group: group.to_owned(), search: String::new(), from, count: 100, place_of: 0 };
    let index = indexed(events);
    log_page(&sample::room(), Rows { events, index: &index, found }, &query)
}

fn indexed(events: &[Recorded]) -> LogIndex {
    let mut index = LogIndex::default();
    index.take(events);
    index
}

#[test]
fn every_kind_of_event_is_a_sentence() {
    let page = page(&every_kind(), "");
    let lines: String = page
        .entries
        .iter()
        .map(|entry| {
            let LogEntryView { seq, at, actor, event, text, detail, undone, .. } = entry;
            let mark = if *undone { " (undone)" } else { "" };
            let line = format!("{seq} {at} {actor} {event}: {text} | {}{mark}", detail.replace('\n', "⏎"));
            format!("{}\n", line.trim_end())
        })
        .collect();
    assert_snapshot!(lines, @"
    1 06:30:00 MK opened: opened from deploy.md, T0 21 Jan 2026 06:30 UTC |
    2 06:31:00 MK person_named: MK is Maria, release manager |
    3 06:32:00 MK actor_chosen: MK acts from now on |
    4 06:33:00 MK stated: stated: Latency <200ms P95 | saw 180 ms
    5 06:34:00 MK confirmed: confirmed: Database backup created |
    6 06:35:00 MK confirmed: confirmed 2 claims | Database backup created · 50% Traffic (Three pods)
    7 06:36:00 MK overridden: overridden: Latency <200ms P95 | known spike
    8 06:37:00 MK deferred: deferred to First 24 hours: Hold for 10 minutes | no time
    9 06:38:00 MK not_applicable: not applicable: Hold for 10 minutes | no canary (undone)
    10 06:39:00 MK undone: took back not applicable: Hold for 10 minutes | event 9
    11 06:40:00 MK contact_filled: filled in: Primary | Ana · +351
    12 06:41:00 MK contact_proven: answered by phone: Primary | hello
    13 06:42:00 MK channel_filled: filled in: War Room | #war-room
    14 06:43:00 MK channel_filled: emptied: War Room |
    15 06:44:00 MK draft_kept: draft kept: Hourly updates | S⏎⏎B
    16 06:45:00 MK draft_dropped: draft dropped: Hourly updates |
    17 06:46:00 MK draft_kept: draft kept: Notice 2 | B
    18 06:47:00 MK sent_by_hand: sent by hand to #d: Notice 2 | B
    19 06:48:00 MK noted: coffee |
    20 06:49:00 MK closed: closed the room | went well · left open: Later: 1 check open
    21 06:50:00 MK reopened: opened the room again | not quite
    ");
}

#[test]
fn a_page_is_filtered_and_cut_and_what_was_found_has_rows_of_its_own() {
    let events = every_kind();
    let seqs = |page: &LogPageView| page.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!(seqs(&page(&events, "notes")), [19]);
    assert_eq!(seqs(&page(&events, "calls")), [11, 12, 13, 14]);
    assert_eq!((page(&events, "votes").found, page(&events, "no such kind").found), (0, 0));
    assert_eq!(seqs(&rows(&events, "", 0, Some(&[3, 6, 18]))), [4, 7, 19]);
    assert_eq!(seqs(&rows(&events, "ticks", 0, Some(&[3, 6, 18]))), [4, 7], "of that kind alone");

    let many = recorded((0..250).map(|number| Event::Noted { text: format!("note {number}") }));
    let last = page(&many, "notes");
    assert_eq!((last.from, last.entries.len(), last.found), (150, 100, 250));
    let first = rows(&many, "notes", 0, None);
    assert_eq!((first.entries[0].seq, first.entries.len()), (2, 100));
    assert_eq!(rows(&many, "notes", 240, None).entries.len(), 10);
}

#[test]
fn an_event_is_found_in_its_list_or_the_last_one_before_it() {
    let noted = || Event::Noted { text: "note".to_owned() };
    let events = recorded([noted(), sealed(1), rolled(), sealed(3), noted()]);
    let index = indexed(&events);
    let place = |group: &str, seq: u32, found: Option<&[u32]>| {
        let query = LogQuery { group: group.to_owned(), search: String::new(), from: 0, count: 1, place_of: seq };
        log_page(&sample::room(), Rows { events: &events, index: &index, found }, &query).place
    };
    assert_eq!([1, 2, 3, 4, 5, 6].map(|seq| place("", seq, None)), [0, 1, 2, 2, 2, 3].map(Some));
    assert_eq!([1, 2, 5, 6].map(|seq| place("notes", seq, None)), [None, Some(0), Some(0), Some(1)]);
    assert_eq!(place("", 5, Some(&[1, 5])), Some(0));
    assert_eq!(place("", 0, None), None, "nobody asked");
}

#[test]
fn what_is_searched_is_what_is_shown() {
    let events = every_kind();
    let words = words_of(&sample::room(), &events, &indexed(&events), 6, 1);
    assert_eq!(words, [(6, "7 06:36:00 MK Tick overridden: Latency <200ms P95 known spike".to_owned())]);
}

#[test]
fn an_event_leads_to_its_check_and_says_how_urgent_it_is() {
    let events = every_kind();
    let entries = page(&events, "").entries;
    let plan = sample::plan();
    let of = |seq: usize| (entries[seq - 1].item.as_str(), entries[seq - 1].kind.as_str());
    assert_eq!(of(7), (plan.items[2].id.as_str(), "Tick"));
    assert_eq!(of(10), (plan.items[3].id.as_str(), "Tick"), "what was taken back is about the same check");
    assert_eq!(of(19), ("", "Note"));
    assert!(entries.iter().all(|entry| entry.item.is_empty() == entry.phase.is_empty()));
}

#[test]
fn a_late_note_says_when_it_was_written_and_another_day_is_named() {
    let mut events = recorded([Event::Noted { text: "late".to_owned() }]);
    events[1].occurred_at = "2026-01-20T23:10:05Z".parse().unwrap();
    events[1].recorded_at = "2026-01-21T07:40:11Z".parse().unwrap();
    let entry = page(&events, "notes").entries.remove(0);
    assert_eq!((entry.at.as_str(), entry.late.as_str()), ("20 Jan 23:10:05", "noted late, 07:40:11"));
}

#[test]
fn the_footer_has_the_last_three_and_the_groups_their_numbers() {
    let room = sample::room();
    let events = every_kind();
    let view = log(&Book::of(room.plan()), &room, &events, &indexed(&events), "3f9a-c27e", "half a wo");
    let tail: Vec<_> = view.tail.iter().map(|entry| entry.seq).collect();
    assert_eq!((view.count, tail.as_slice()), (21, [21, 20, 19].as_slice()));
    assert_eq!((view.head.as_str(), view.note_typed.as_str()), ("3f9a-c27e", "half a wo"));
    let groups: Vec<_> = view.groups.iter().map(|group| (group.id.as_str(), group.count)).collect();
    let first = [("ticks", 7), ("observed", 0), ("room", 5), ("commands", 0), ("notes", 1)];
    let then = [("messages", 4), ("votes", 0), ("gates", 0), ("alerts", 0), ("calls", 4)];
    assert_eq!(groups, [first, then].concat());
}

fn sealed(chunk: u64) -> Event {
    Event::SamplesSealed(Box::new(room::SamplesSealed {
        chunk,
        from: "2026-01-21T06:40:00Z".parse().unwrap(),
        to: "2026-01-21T06:50:00Z".parse().unwrap(),
        signals: 20,
        rows: 2400,
        digest: "3f9ac27e".repeat(8),
    }))
}

fn rolled() -> Event {
    Event::SamplesRolledUp(Box::new(room::SamplesRolledUp {
        chunks: vec![1, 2, 5],
        into: 9,
        minutes: 1,
        from: "2026-01-20T06:40:00Z".parse().unwrap(),
        to: "2026-01-20T07:40:00Z".parse().unwrap(),
        rows: 60,
        old: "0e94a90f".repeat(8),
        new: "77c10a5f".repeat(8),
    }))
}

#[test]
fn samples_are_one_line_however_often_they_are_closed() {
    let noted = || Event::Noted { text: "note".to_owned() };
    let lines = |events: &[Recorded]| -> Vec<String> {
        let entries = page(events, "").entries;
        entries
            .iter()
            .rev()
            .map(|entry| format!("{} {} | {}", entry.seq, entry.text, entry.detail).trim_end().to_owned())
            .collect()
    };
    let alone = recorded([noted(), sealed(1), noted(), rolled()]);
    assert_snapshot!(lines(&alone).join("\n"), @"
    5 rolled up old samples to rows of 1 minute, 20 Jan 06:40:00 to 20 Jan 07:40:00 | chunks 1, 2, 5 are chunk 9 now · digest 0e94a90f is 77c10a5f now
    4 note |
    3 closed 2,400 samples of 20 signals under a digest, 06:40:00 to 06:50:00 | chunk 1 · digest 3f9ac27e
    2 note |
    1 opened from deploy.md, T0 21 Jan 2026 06:30 UTC |
    ");
    let many = recorded([noted(), sealed(1), rolled(), sealed(3), noted()]);
    assert_snapshot!(lines(&many).join("\n"), @"
    6 note |
    3 samples closed under digests or rolled up, 3 events in a row | the last at 06:34:00: closed 2,400 samples of 20 signals under a digest, 06:40:00 to 06:50:00
    2 note |
    1 opened from deploy.md, T0 21 Jan 2026 06:30 UTC |
    ");
    let room = sample::room();
    let view = log(&Book::of(room.plan()), &room, &many, &indexed(&many), "", "");
    let of_room = view.groups.iter().find(|group| group.id == "room").unwrap().count;
    assert_eq!((page(&many, "").found, of_room), (4, 4), "rows are folded, each event is counted");
    assert_eq!(rows(&many, "", 0, Some(&[2, 3, 4])).entries.len(), 3, "whoever looks for it finds each");
    let tail = view.tail;
    assert_eq!(tail.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [6, 2, 1]);
}

#[test]
fn every_row_is_on_one_page_and_an_index_that_grew_is_the_one_made_at_once() {
    let note = |number: u64| Event::Noted { text: format!("note {number}") };
    let many = recorded((0..300).map(|number| if number % 3 == 0 { note(number) } else { sealed(number) }));
    let mut grown = LogIndex::default();
    let mut seen: Vec<(u32, String)> = Vec::new();
    for count in 1..=many.len() {
        grown.take(&many[..count]);
    }
    let mut from = 0;
    loop {
        let query = LogQuery { group: String::new(), search: String::new(), from, count: 90, place_of: 0 };
        let page = log_page(&sample::room(), Rows { events: &many, index: &grown, found: None }, &query);
        assert_eq!(
            page,
            log_page(
                &sample::room(),
                Rows { index: &indexed(&many), ..Rows { events: &many, index: &grown, found: None } },
                &query
            )
        );
        seen.extend(page.entries.iter().map(|entry| (entry.seq, entry.event.clone())));
        from += 90;
        if from >= page.found {
            break;
        }
    }
    let notes = seen.iter().filter(|(_, event)| event == "noted").count();
    assert_eq!((notes, seen.len()), (100, 201), "each note, each fold and the opening once: {seen:?}");
    assert!(seen.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

fn corrected(event: u64, right: &str, why: &str) -> Event {
    Event::Corrected(Box::new(room::Corrected { event, right: right.to_owned(), why: why.to_owned() }))
}

#[test]
fn a_correction_and_what_it_corrects_show_each_other() {
    let item = sample::plan().items[2].id.clone();
    let events = recorded([
        Event::Stated { item: item.clone(), saw: Some("180 ms".to_owned()), answer: None, values: Vec::new() },
        corrected(2, "it was 210 ms", "read off the wrong panel"),
        corrected(3, "it was 201 ms", "read again"),
        sealed(1),
        Event::Undone { event: 2 },
    ]);
    let room = sample::room_after(&events);
    let index = indexed(&events);
    let query = LogQuery { group: String::new(), search: String::new(), from: 0, count: 9, place_of: 0 };
    let entries = log_page(&room, Rows { events: &events, index: &index, found: None }, &query).entries;
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.kind.as_str(), entry.text.as_str(), entry.corrects, entry.corrected_by.as_slice()))
        .collect();
    let latency = "stated: Latency <200ms P95";
    assert_eq!(told[1], ("Tick", latency, 0, &[3][..]), "the original says what it said");
    assert_eq!(told[2], ("Correction", "corrects event 2: it was 210 ms", 2, &[4][..]));
    assert_eq!(told[3], ("Correction", "corrects event 3: it was 201 ms", 3, &[][..]));
    assert_eq!(entries[2].detail, format!("read off the wrong panel · event 2 says: {latency}"));
    assert_eq!(entries[3].detail, "read again · event 3 says: it was 210 ms");
    assert_eq!(entries[2].item, item.to_string(), "it is about the same check");
    assert_eq!(entries[1].stays, "The check stays as it is. To take a tick back, use undo at the check.");
    assert_eq!(entries[4].stays, "", "digests have nothing to correct");
    assert!(entries.iter().filter(|entry| entry.seq != 5).all(|entry| !entry.stays.is_empty()));
    let notes = LogQuery { group: "notes".to_owned(), ..query };
    assert_eq!(log_page(&room, Rows { events: &events, index: &index, found: None }, &notes).found, 2);
    // Both are found by what is right.
    let words: Vec<String> = words_of(&room, &events, &index, 1, 2).into_iter().map(|(_, words)| words).collect();
    assert!(words.iter().all(|words| words.contains("it was 210 ms")), "{words:?}");
    assert_eq!(
        corrections(&room, 2),
        [
            "corrected by event 3 (MK 06:32:00): it was 210 ms",
            "event 3 corrected by event 4 (MK 06:33:00): it was 201 ms"
        ]
    );
    assert_eq!(with_corrections("coffee", &room, 5), "coffee");
}

#[test]
fn a_forged_log_that_corrects_in_a_ring_is_told_all_the_same() {
    let events = recorded([
        corrected(3, "a", "b"),
        corrected(2, "c", "d"),
        corrected(4, "e", "f"),
        Event::Undone { event: 6 },
        corrected(5, "g", "h"),
    ]);
    let room = sample::room_after(&events);
    assert_eq!(
        room.corrections().iter().map(|one| one.event).collect::<Vec<_>>(),
        [3, 6],
        "what names no event before it corrects nothing"
    );
    assert_eq!(told(&room, &events, &events.iter().collect::<Vec<_>>()).len(), 6);
    assert_eq!(corrections(&room, 2).len(), 1);
}
