//! The schedule in words: the day of the pictures, its countdown, what-ifs and notice.

use jiff::Timestamp;
use room::{Event, HoldTurn, Opened, Recorded, Room, Wanted, WhatIf};

use super::{Solved, asked_what_if, in_words, planned_against_actual, schedule, solved, taken, window_notice};
use crate::wire::ScheduleView;

const TEXT: &str = "# Ship pay (Jan 21, 2026)

**Phase 1: Pre-Deployment (6:00 AM)**
- [ ] All online

**Phase 2: Deployment (6:30 AM)**
- [ ] Deployment started
- [ ] **10% Traffic (First pod)**
  - [ ] Latency normal
  - [ ] Hold for 5 minutes
- [ ] **50% Traffic (Three pods)**
  - [ ] Latency normal
  - [ ] Hold for 10 minutes
- [ ] **100% Traffic (All pods)**
  - [ ] Latency normal
  - [ ] Monitor for 30 minutes

**Phase 3: Verification (7:30-8:00 AM)**
- [ ] Logs clean

**Phase 4: Go-live (8:00 AM)**
- [ ] Said so
";

const SETTINGS: &str = "version = 1\n[plan]\nwindow = \"06:30/08:00\"\n[durations]\n\"Verification\" = \"10m\"\n\"Go-Live\" = \"2m\"\n[gates]\non_breach = \"resume\"\n";

fn clock(at: &str) -> Timestamp {
    format!("2026-01-21T{at}Z").parse().unwrap()
}

/// The day of the pictures, in the pause of the 50 % hold.
fn paused(text: &str, settings: &str) -> Room {
    let mut room = Room::open(Opened {
        room: "0".repeat(32),
        file: "pay.md".to_owned(),
        path: "/pay.md".to_owned(),
        text: text.to_owned(),
        settings: Some(settings.to_owned()),
        start: "2026-01-21T06:30".parse().unwrap(),
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "2026a".to_owned(),
        reader: "1".to_owned(),
        drill: None,
    });
    let item =
        |room: &Room, text: &str| room.plan().items.iter().find(|item| item.text.starts_with(text)).unwrap().id.clone();
    let stated = |item| Event::Stated { item, saw: None, answer: None, values: Vec::new() };
    let (online, started, ten, fifty) =
        (item(&room, "All online"), item(&room, "Deployment started"), item(&room, "10%"), item(&room, "50%"));
    let passed =
        Event::GatePassed { gate: ten.clone(), held_ms: 300_000, on_word: false, fetched_ms: 0, readings: Vec::new() };
    let pause = Event::HoldTurned {
        gate: fifty.clone(),
        turn: HoldTurn::Paused,
        held_ms: 198_000,
        why: "Latency 214 ms".to_owned(),
    };
    let acts = [
        ("06:01:00", stated(online)),
        ("06:31:02", stated(started)),
        ("06:46:40", Event::GateEntered { gate: ten }),
        ("06:52:12", passed),
        ("07:01:44", Event::GateEntered { gate: fifty }),
        ("07:05:02", pause),
        ("07:05:03", Event::ActorChosen { initials: "MK".to_owned() }),
    ];
    for (at, event) in acts {
        apply(&mut room, at, event);
    }
    room
}

fn apply(room: &mut Room, at: &str, event: Event) {
    let (seq, at, actor) = (room.last() + 1, clock(at), "MK".to_owned());
    room.apply(&Recorded { seq, occurred_at: at, recorded_at: at, actor, event });
}

fn seen(room: &Room, at: &str) -> ScheduleView {
    schedule(room, None, &[], clock(at))
}

#[test]
fn a_closed_room_is_told_as_it_ended_whenever_it_is_looked_at() {
    let mut room = paused(TEXT, SETTINGS);
    let closed = room::RoomClosed { outcome: "called off".to_owned(), open: Vec::new() };
    apply(&mut room, "07:20:00", Event::Closed(Box::new(closed)));
    let view = schedule(&room, None, &[], "2026-11-26T09:00:00Z".parse().unwrap());
    assert_eq!(view, seen(&room, "07:30:00"), "no later look changes it");
    assert_eq!(view.now_words, "closed 07:20:00 UTC · window until 08:00");
    assert_eq!((view.left.as_str(), view.at_risk.len(), view.what_ifs.len(), view.notice), ("", 0, 0, None));
    assert_eq!((view.countdown.state.as_str(), view.countdown.value.as_str()), ("over", ""));
    assert_eq!(view.countdown.words, "Closed at 07:20:00 UTC; the window was announced until 08:00:00 UTC.");
    let rows: Vec<_> = view.rows.iter().map(|row| format!("{} | {}", row.title, row.earliest)).collect();
    assert!(rows.contains(&"Verification | not begun".to_owned()), "{rows:?}");
    assert!(rows.contains(&"Deployment | not ended".to_owned()), "{rows:?}");
    assert!(view.rows.iter().all(|row| row.projected.is_none() && row.slack == "–"), "{rows:?}");
    assert!(view.spent.iter().all(|part| part.state != "running" && !part.words.contains("runs on")));
    assert_eq!(in_words(&room, None, clock("07:30:00")), None);
    apply(&mut room, "07:31:00", Event::Reopened { reason: "it goes on".to_owned() });
    assert!(seen(&room, "07:32:00").left.ends_with("over"), "open again, it counts again");
}

#[test]
fn the_day_of_the_pictures_reads_as_drawn() {
    let room = paused(TEXT, SETTINGS);
    let view = seen(&room, "07:05:18");
    let rows: Vec<_> =
        view.rows.iter().map(|row| format!("{} | {} | {}", row.title, row.earliest, row.slack)).collect();
    assert_eq!(
        rows,
        [
            "Pre-Deployment | done | –",
            "Deployment | 07:42:00 | 06:00",
            "10 % · hold 05:00 | done | –",
            "50 % · hold 10:00 | 07:12:00 | 06:00",
            "100 % · hold 30:00 | 07:42:00 | 06:00",
            "Verification | 07:52:00 | 06:00",
            "Go-live | 07:54:00 | 06:00",
        ]
    );
    assert_eq!(view.rows[2].difference, "02:12 late");
    assert_eq!(view.rows[0].difference, "29:00 early");
    assert_eq!(view.rows[5].basis, "10:00, from war-room.toml");
    assert_eq!(view.measured, "from war-room.toml: Verification 10:00, Go-live 02:00");
    assert_eq!((view.left.as_str(), view.countdown.title.as_str()), ("06:00 left", "You lose it in 6 min"));
    assert_eq!((view.countdown.value.as_str(), view.countdown.at.as_str()), ("06:00", "at 07:11:18 UTC"));
    assert_eq!(
        view.countdown.words,
        "Go-live is 07:54:00 if the hold goes on now; told: until 08:00:00 UTC. Every second that passes takes one second \
         of this."
    );
    assert_eq!(view.at_risk, [(view.rows[5].phase.clone(), "At risk: starts ≥ 12 min late".to_owned())]);
    let spent: Vec<_> = view.spent.iter().map(|part| format!("{} {}", part.value, part.words)).collect();
    assert_eq!(
        spent,
        [
            "18:00 at the plan",
            "− 02:12 up to 10 %",
            "− 09:32 before 50 %",
            "− 00:16 50 % held up, runs on",
            "06:00 left"
        ]
    );
    // The axis holds all that is drawn, and its marks stand on whole stretches.
    assert!(view.from_s <= view.rows[0].planned.unwrap().0 && view.to_s >= view.window.unwrap().1);
    assert_eq!(view.ticks.first().map(|(_, words)| words.as_str()), Some("06:00"));
    let what_ifs: Vec<_> = view
        .what_ifs
        .iter()
        .map(|one| format!("{} | {} | {} | {}", one.title, one.go_live, one.slack, one.costs))
        .collect();
    assert_eq!(
        what_ifs,
        [
            "As it stands | 07:54:00 | 06:00 | nothing",
            "100 % held 15:00, not 30:00 | 07:42:00 | 18:00 | evidence: 15:00 of 30:00 watched, with a reason",
            "The 50 % hold starts again | 07:57:18 | 02:42 | 03:18",
            "The hold goes on at 07:10 | 07:58:42 | 01:18 | 04:42",
            "The window ends 08:30 UTC, not 08:00 | 07:54:00 | 36:00 | a notice to whoever was told the first end",
        ]
    );
    assert_eq!(view.what_ifs[1].remark, "Verification waits for 07:30");
    assert_eq!(view.what_ifs[1].gain, "go-live 12:00 earlier, 12:00 more slack");
    assert!(view.what_ifs.iter().all(|one| one.projected.len() == view.rows.len()));
}

#[test]
fn a_room_of_last_month_is_marked_by_a_few_dates_and_late_by_days() {
    let room = paused(TEXT, "");
    let view = schedule(&room, None, &[], "2026-11-26T09:27:00Z".parse().unwrap());
    assert!((2..=9).contains(&view.ticks.len()), "{:?}", view.ticks);
    assert!(view.ticks.last().is_some_and(|(at, _)| *at >= view.to_s), "{:?}", view.ticks);
    assert!(view.at_risk.iter().all(|(_, words)| words.ends_with("days late")), "{:?}", view.at_risk);
}

#[test]
fn what_was_done_stands_beside_what_was_planned() {
    let room = paused(TEXT, SETTINGS);
    assert_eq!(
        planned_against_actual(&room, clock("07:05:18")),
        [
            "Pre-Deployment: planned 06:00 – 06:30, actual 06:01:00 – 06:01:00, 29:00 early",
            "Deployment: planned 06:30 – 07:30, actual since 06:31:02, 01:02 late begun",
            "10 % · hold 05:00: planned 06:45 – 06:50, actual 06:46:40 – 06:52:12, 02:12 late",
            "50 % · hold 10:00: planned 06:50 – 07:00, actual since 07:01:44",
        ]
    );
}

#[test]
fn a_window_that_is_lost_or_not_announced_says_so() {
    let room = paused(TEXT, SETTINGS);
    let view = seen(&room, "07:16:40");
    assert_eq!((view.left.as_str(), view.countdown.title.as_str()), ("05:22 over", "The window is lost"));
    assert_eq!(view.rows[6].slack_state, "lost");
    assert_eq!(
        in_words(&room, None, clock("07:16:40")).as_deref(),
        Some("announced window until 08:00:00 UTC lost by 05:22")
    );
    assert_eq!(
        in_words(&room, None, clock("07:05:18")).as_deref(),
        Some("announced window until 08:00:00 UTC is lost at 07:11:18 UTC")
    );
    let none = paused(TEXT, &SETTINGS.replace("window = \"06:30/08:00\"\n", ""));
    let view = seen(&none, "07:05:18");
    assert_eq!((view.countdown.state.as_str(), view.countdown.value.as_str(), view.left.as_str()), ("none", "", ""));
    assert!(view.notice.is_none() && view.spent.is_empty() && view.window.is_none());
    assert_eq!(in_words(&none, None, clock("07:05:18")), None);
}

#[test]
fn a_length_that_is_not_known_makes_a_least_of_every_end_after_it() {
    let text = TEXT.replace("**Phase 4:", "**Phase 3b: Smoke**\n- [ ] Smoked\n\n**Phase 4:");
    let view = seen(&paused(&text, SETTINGS), "07:05:18");
    let smoke = view.rows.iter().find(|row| row.title == "Smoke").unwrap();
    assert_eq!(
        (smoke.earliest.as_str(), smoke.basis.as_str()),
        ("≥ 07:52:00", "nothing says how long it takes: counted as nothing")
    );
    assert!(view.countdown.words.ends_with("A length is not known: it may well be later."), "{}", view.countdown.words);
}

#[test]
fn what_is_taken_is_what_was_shown() {
    let mut room = paused(TEXT, SETTINGS);
    let now = clock("07:05:18");
    let view = seen(&room, "07:05:18");
    let take = |room: &Room, id: &str| taken(room, &solved(room, None, now), id);
    let gate = room.plan().gates[2].item.clone();
    let (wanted, shown) = take(&room, &view.what_ifs[1].id).unwrap();
    assert_eq!(wanted, Wanted::Hold(gate, 900));
    assert_eq!(
        shown,
        "100 % held 15:00, not 30:00: go-live 12:00 earlier, 12:00 more slack; costs evidence: 15:00 of 30:00 watched, with a \
         reason"
    );
    assert_eq!(take(&room, "as_it_stands").unwrap_err(), "As it stands nothing is to be taken: choose another one.");
    assert_eq!(take(&room, &view.what_ifs[2].id).unwrap_err(), "This only shows what would be: nobody can take it.");
    assert_eq!(take(&room, "window:x").unwrap_err(), "There is no such what-if any more: look at the page again.");
    let intent = room::Intent::ChangeSchedule { wanted, reason: "calm for a week".to_owned(), shown };
    let (event, _) = room::decide(&room, &intent, &room::Sight::default(), now).unwrap();
    apply(&mut room, "07:05:20", event);
    let view = seen(&room, "07:05:20");
    assert_eq!(view.changes, ["100 % held 15:00, not 30:00 (MK: calm for a week)"]);
    assert_eq!(view.rows[4].title, "100 % · hold 15:00, not 30:00");
}

#[test]
fn a_what_if_that_is_asked_for_is_shown_or_refused_in_words() {
    let room = paused(TEXT, SETTINGS);
    let time = |text: &str| if text.is_empty() { Err("Say when.".to_owned()) } else { Ok(clock("08:45:00")) };
    let gate = room.plan().gates[2].item.to_string();
    let ask = |what: &str, gate: &str, value: &str| asked_what_if(&room, what, gate, value, time);
    assert_eq!(ask("window", "", "08:45"), Ok(WhatIf::WindowEnd { to: clock("08:45:00") }));
    assert_eq!(ask("window", "", "").unwrap_err(), "Say when.");
    for value in ["10", "10 min", "10m", "600s"] {
        assert!(ask("hold", &gate, value).is_ok(), "{value}");
    }
    assert_eq!(ask("hold", &gate, "soon").unwrap_err(), "“soon” is no length: write 15 min, 90s or 1h.");
    assert_eq!(
        ask("hold", &gate, "40").unwrap_err(),
        "The plan holds it for 30:00: name a shorter time that is not nothing."
    );
    assert_eq!(ask("hold", "i-none", "5").unwrap_err(), "There is no such gate whose hold is ahead: choose one.");
    let asked = [ask("window", "", "08:45").unwrap()];
    let view = schedule(&room, None, &asked, clock("07:05:18"));
    assert_eq!(view.what_ifs.last().map(|one| one.title.as_str()), Some("The window ends 08:45 UTC, not 08:00"));
}

#[test]
fn the_notice_names_both_ends_with_their_zone_and_leaves_blank_what_only_a_person_knows() {
    let room = paused(TEXT, SETTINGS);
    let now = solved(&room, None, clock("07:05:18"));
    let until = clock("08:30:00");
    let notice = window_notice(&room, &now, until).unwrap();
    assert_eq!(notice.subject, "Maintenance ends later than announced: 08:30 UTC");
    assert_eq!(
        notice.body,
        "Our maintenance takes longer.\n\nTold: 21 Jan 06:30 – 08:00 UTC\nNow: 21 Jan 06:30 – 08:30 UTC\nWhy: we hold at \
         50 % of the traffic: [reason]\nTo do: [what readers have to do]\nNext update by: 08:00:00 UTC"
    );
    assert_eq!(plan::blanks(&notice.body), ["[reason]", "[what readers have to do]"]);
    let Solved { stands, day } = now;
    assert_eq!(day.next_end(&stands), Some(until));
    // The checklist's own template comes first, with its own blanks and both ends.
    let own = "\n## Communication\n\n### Customers\n\n**If delayed:**\n```\nSubject: Maintenance extended\n\nThe window is extended to [TIME].\n```\n";
    let room = paused(&format!("{TEXT}{own}"), SETTINGS);
    let notice = window_notice(&room, &solved(&room, None, clock("07:05:18")), until).unwrap();
    assert_eq!(notice.subject, "Maintenance extended");
    assert!(notice.message.is_some() && notice.body.contains("[TIME]"), "{}", notice.body);
    assert!(notice.body.ends_with("Told: 21 Jan 06:30 – 08:00 UTC\nNow: 21 Jan 06:30 – 08:30 UTC"), "{}", notice.body);
}
