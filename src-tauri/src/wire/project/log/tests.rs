//! The log in words.

use insta::assert_snapshot;
use room::{Event, FilledContact, Person, Recorded, Way};

use super::super::sample::{self, recorded};
use super::*;

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

fn page(events: &[Recorded], group: &str, search: &str, before: u32) -> LogPageView {
    let query = LogQuery { group: group.to_owned(), search: search.to_owned(), before };
    log_page(&sample::room(), events, &query)
}

#[test]
fn every_kind_of_event_is_a_sentence() {
    let page = page(&every_kind(), "", "", 0);
    let lines: String = page
        .entries
        .iter()
        .rev()
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
fn a_page_is_filtered_searched_and_cut() {
    let events = every_kind();
    let seqs = |page: &LogPageView| page.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!(seqs(&page(&events, "notes", "", 0)), [19]);
    assert_eq!(seqs(&page(&events, "people", "", 0)), [14, 13, 12, 11, 3, 2]);
    assert_eq!(seqs(&page(&events, "", "LATENCY spike", 0)), [7], "each word must stand in it, however it is written");
    assert_eq!(page(&events, "", "nothing of the kind", 0).found, 0);

    let many = recorded((0..250).map(|number| Event::Noted { text: format!("note {number}") }));
    let first = page(&many, "notes", "", 0);
    assert_eq!((first.entries.len(), first.more, first.found), (100, true, 250));
    let second = page(&many, "notes", "", first.entries[99].seq);
    assert_eq!((second.entries[0].seq, second.more, second.found), (151, true, 250));
    let last = page(&many, "notes", "", 52);
    assert_eq!((last.entries.len(), last.more), (50, false));
}

#[test]
fn a_late_note_says_when_it_was_written_and_another_day_is_named() {
    let mut events = recorded([Event::Noted { text: "late".to_owned() }]);
    events[1].occurred_at = "2026-01-20T23:10:05Z".parse().unwrap();
    events[1].recorded_at = "2026-01-21T07:40:11Z".parse().unwrap();
    let entry = page(&events, "notes", "", 0).entries.remove(0);
    assert_eq!((entry.at.as_str(), entry.late.as_str()), ("20 Jan 23:10:05", "written 07:40:11"));
}

#[test]
fn the_footer_has_the_last_three_and_the_groups_their_numbers() {
    let room = sample::room();
    let view = log(&Book::of(room.plan()), &room, &every_kind(), "3f9a-c27e", "half a wo");
    let tail: Vec<_> = view.tail.iter().map(|entry| entry.seq).collect();
    assert_eq!((view.count, tail.as_slice()), (21, [21, 20, 19].as_slice()));
    assert_eq!((view.head.as_str(), view.note_typed.as_str()), ("3f9a-c27e", "half a wo"));
    let groups: Vec<_> = view.groups.iter().map(|group| (group.id.as_str(), group.count)).collect();
    let others = [("messages", 4), ("people", 6), ("notes", 1), ("room", 3)];
    assert_eq!(groups, [[("checks", 7), ("decisions", 0), ("watch", 0)].as_slice(), &others].concat());
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
    let lines = |events: &[Recorded], search: &str| -> Vec<String> {
        let entries = page(events, "", search, 0).entries;
        entries
            .iter()
            .map(|entry| format!("{} {} | {}", entry.seq, entry.text, entry.detail).trim_end().to_owned())
            .collect()
    };
    let alone = recorded([noted(), sealed(1), noted(), rolled()]);
    assert_snapshot!(lines(&alone, "").join("\n"), @"
    5 rolled up old samples to rows of 1 minute, 20 Jan 06:40:00 to 20 Jan 07:40:00 | chunks 1, 2, 5 are chunk 9 now · digest 0e94a90f is 77c10a5f now
    4 note |
    3 closed 2400 samples of 20 signals under a digest, 06:40:00 to 06:50:00 | chunk 1 · digest 3f9ac27e
    2 note |
    1 opened from deploy.md, T0 21 Jan 2026 06:30 UTC |
    ");
    let many = recorded([noted(), sealed(1), rolled(), sealed(3), noted()]);
    assert_snapshot!(lines(&many, "").join("\n"), @"
    6 note |
    3 samples closed under digests or rolled up, 3 events in a row | the last at 06:34:00: closed 2400 samples of 20 signals under a digest, 06:40:00 to 06:50:00
    2 note |
    1 opened from deploy.md, T0 21 Jan 2026 06:30 UTC |
    ");
    assert_eq!(page(&many, "", "", 0).found, 6, "each is counted");
    assert_eq!(lines(&many, "digest").len(), 3, "whoever looks for it finds each");
    let room = sample::room();
    let tail = log(&Book::of(room.plan()), &room, &many, "", "").tail;
    assert_eq!(tail.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [6, 2, 1]);
}

#[test]
fn a_page_ends_where_it_is_full_and_the_next_begins_below_its_folded_line() {
    let note = |number: u64| Event::Noted { text: format!("note {number}") };
    let many = recorded((0..300).map(|number| if number % 3 == 0 { note(number) } else { sealed(number) }));
    let mut seen: Vec<(u32, String)> = Vec::new();
    let mut before = 0;
    loop {
        let page = page(&many, "", "", before);
        assert!(page.entries.len() <= 100);
        seen.extend(page.entries.iter().map(|entry| (entry.seq, entry.event.clone())));
        before = seen.last().unwrap().0;
        if !page.more {
            break;
        }
    }
    let notes = seen.iter().filter(|(_, event)| event == "noted").count();
    assert_eq!((notes, seen.len()), (100, 201), "each note, each fold and the opening once: {seen:?}");
    assert!(seen.windows(2).all(|pair| pair[0].0 > pair[1].0));
}
