//! What is told of a moment.

use journal::{Bucket, Stretch};
use plan::Severity;
use room::{Event, Fired, Recorded};

use super::super::sample::{self, recorded};
use super::*;

fn indexed(events: &[Recorded]) -> LogIndex {
    let mut index = LogIndex::default();
    index.take(events);
    index
}

fn at(text: &str) -> Timestamp {
    format!("2026-01-21T{text}Z").parse().unwrap()
}

fn lines(lines: &[PastLineView]) -> Vec<String> {
    lines.iter().map(|line| format!("{}: {} {}", line.label, line.value, line.tone).trim_end().to_owned()).collect()
}

#[test]
fn the_charts_stand_still_while_now_goes_on_and_hold_what_is_looked_at() {
    let room = sample::room();
    let events = recorded([Event::Noted { text: "note".to_owned() }]);
    let index = indexed(&events);
    let looked = |moment: Option<&str>, now: &str, span_s: u32| {
        let moment = moment.map(|moment| (at(moment), 1));
        let looked = Looked { room: &room, index: &index, at: moment, now: at(now), span_s, reading_only: "" };
        let (from, to) = looked.window();
        let names: Vec<String> = looked.times().iter().map(|at| on_the_wall(*at, room.resolved())).collect();
        (on_the_wall(from, room.resolved()), on_the_wall(to, room.resolved()), names.join(" "))
    };
    let (from, to, names) = looked(None, "07:11:07", 4_500);
    assert_eq!((from.as_str(), to.as_str()), ("06:00:00", "07:15:00"));
    assert_eq!(names, "06:00:00 06:15:00 06:30:00 06:45:00 07:00:00 07:15:00");
    assert_eq!(looked(Some("07:05:02"), "07:13:59", 4_500).1, "07:15:00");
    let (from, to, _) = looked(Some("04:10:00"), "07:11:07", 4_500);
    assert!(from.as_str() < "04:10:00" && "04:10:00" < to.as_str(), "{from} {to}");
    let (from, to, names) = looked(None, "09:11:07", 0);
    assert_eq!((from.as_str(), to.as_str()), ("06:30:00", "09:11:07"), "from the first event on");
    assert_eq!(names, "07:00:00 08:00:00 09:00:00");
}

#[test]
fn what_stood_is_the_fold_up_to_then_and_says_that_the_room_has_gone_on() {
    let fired = Event::AlertFired(Box::new(Fired {
        alert: room::AlertId::from("latency".to_owned()),
        name: "P95 latency".to_owned(),
        text: String::new(),
        severity: Severity::High,
        since: at("06:31:00"),
        seen: None,
        deadline: None,
        why: String::new(),
        first: None,
        since_before: None,
    }));
    let plan = sample::plan();
    let stated = Event::Stated { item: plan.items[0].id.clone(), saw: None, answer: None, values: Vec::new() };
    let events = recorded([stated, fired]);
    let stood_after = |count: usize| {
        let mut room = sample::room();
        for recorded in &events[1..count] {
            room.apply(recorded);
        }
        lines(&stood(&room, at("06:40:00"), &[]))
    };
    let before = stood_after(1);
    let after = stood_after(3);
    assert!(before.contains(&"Open alerts: 0".to_owned()), "{before:?}");
    assert!(
        after.ends_with(&["Open alerts: 1".to_owned(), "P95 latency: since 06:32:00 high".to_owned()]),
        "{after:?}"
    );
    let checks = |lines: &[String]| lines.iter().find(|line| line.starts_with("All checks")).cloned();
    assert_ne!(checks(&before), checks(&after));
    let room = sample::room();
    let index = indexed(&events);
    let moment = Some((at("06:31:00"), 2));
    let view =
        Looked { room: &room, index: &index, at: moment, now: at("06:40:05"), span_s: 4_500, reading_only: "" }.view();
    assert_eq!((view.banner.as_str(), view.ago.as_str()), ("You are looking at 06:31:00.", "UTC, 09:05 ago"));
    assert_eq!(view.gone_on, "The room has gone on; the header shows now.");
    let now = "2026-11-26T06:40:05Z".parse().unwrap();
    let view = Looked { room: &room, index: &index, at: moment, now, span_s: 4_500, reading_only: "" }.view();
    assert_eq!(view.ago, "UTC, 309 days ago");
}

const SETTINGS: &str = r#"version = 1
[sources.prod]
kind = "prometheus"
url = "https://prometheus.example"
[metrics.latency]
source = "prod"
query = "up"
unit = "ms"
"#;

fn bucket(from: &str, to: &str, good_until: &str, value: f64, seen: u64) -> Bucket {
    let ms = |text: &str| at(text).as_millisecond();
    Bucket {
        at: ms(from),
        first_at: ms(from),
        last_at: ms(to),
        good_until: ms(good_until),
        low: value,
        high: value,
        mean: value,
        last: value,
        seen,
        unseen: 0,
        gap_ms: 0,
    }
}

#[test]
fn a_value_is_the_last_sample_that_counted_then_and_never_a_later_one() {
    let mut opened = sample::room().opened().clone();
    opened.settings = Some(SETTINGS.to_owned());
    let room = Room::open(opened);
    let value = |moment: &str, buckets: Vec<Bucket>| {
        let asked = PastAsked::of(&room, at(moment), 1);
        lines(&asked.values(&[Stretch { buckets, ..Stretch::default() }])).concat()
    };
    let one = || bucket("07:00:00", "07:00:00", "07:00:30", 140.0, 1);
    let later = || bucket("07:05:00", "07:05:00", "07:05:30", 612.0, 1);
    assert_eq!(value("07:00:10", vec![one(), later()]), "Latency: 140 ms");
    assert_eq!(value("07:02:00", vec![one(), later()]), "Latency: not seen unseen", "it counted no more");
    assert_eq!(value("06:59:00", vec![later()]), "Latency: not seen unseen");
    let rolled = bucket("07:00:00", "07:10:00", "07:10:30", 150.0, 120);
    assert_eq!(value("07:05:00", vec![rolled]), "Latency: about 150 ms", "of a rolled up row nothing finer is known");
}
