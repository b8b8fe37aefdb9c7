//! What is due, and when.

use super::*;
use crate::event::{Event, NotifyOutcome};
use crate::intent::Intent;
use crate::reading::Fault;
use crate::watch::tests::Day;

/// What is due, in a few words each.
fn due(alarm: &mut Alarm, day: &Day) -> Vec<String> {
    let notices = alarm.due(&day.room, &day.watch, day.now);
    notices
        .iter()
        .map(|notice| {
            let sound = if notice.sounds { " (sounds)" } else { "" };
            let first = if notice.is_first { "" } else { " (again)" };
            format!("{}{sound}{first}", notice.title)
        })
        .collect()
}

fn alarm(day: &Day) -> Alarm {
    Alarm::new(&day.room, &day.watch, day.now)
}

#[test]
fn an_alert_is_told_at_once_again_each_minute_and_when_it_is_over() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(15, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"]);
    assert_eq!(due(&mut alarm, &day), Vec::<String>::new());
    day.both_for(55, 0.001, 0.64);
    assert_eq!(due(&mut alarm, &day), Vec::<String>::new());
    day.both_for(5, 0.001, 0.64);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 640 ms, > 500 ms (sounds)"], "louder, with the value of now");
    day.both_for(60, 0.001, 0.65);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 650 ms, > 500 ms (sounds) (again)"], "and so on");
    let id = day.watch.firing(&day.room, day.now)[0].0.clone();
    day.act(&Intent::Acknowledge { alert: id, note: String::new() });
    day.both_for(120, 0.001, 0.64);
    assert_eq!(due(&mut alarm, &day), Vec::<String>::new(), "whoever acknowledged is not told again");
    day.both_for(20, 0.001, 0.15);
    assert_eq!(due(&mut alarm, &day), ["Resolved: P95 latency 150 ms"]);
    day.both_for(10, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"], "a second episode");
}

#[test]
fn a_time_that_is_up_again_is_news_again() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(30 * 60 + 15, 0.001, 0.612);
    let overdue = ["ROLL BACK: the time for P95 latency 612 ms, > 500 ms is up (sounds)"];
    assert_eq!(due(&mut alarm, &day), overdue);
    let alert = day.watch.firing(&day.room, day.now)[0].0.clone();
    let until = day.now + SignedDuration::from_secs(20);
    day.act(&Intent::ExtendDeadline { alert, until, reason: "it warms up".to_owned() });
    day.both_for(10, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), Vec::<String>::new(), "more time is no news");
    day.both_for(20, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), overdue, "long before a minute has passed");
}

#[test]
fn a_notification_says_value_threshold_since_when_and_what_the_plan_demands() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(15, 0.001, 0.612);
    let notice = alarm.due(&day.room, &day.watch, day.now).remove(0);
    assert_eq!(
        notice.body,
        "The plan: “P95 latency >500ms”\nSince 06:30:05 UTC. Roll back by 07:00:05 UTC if it is not resolved."
    );
    assert_eq!((notice.severity, notice.can_be_acknowledged), (Some(Severity::High), true));
}

#[test]
fn the_stronger_of_one_signal_speaks_for_the_weaker_and_a_deadline_sounds() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(10, 0.001, 0.3);
    assert_eq!(due(&mut alarm, &day), ["MEDIUM: P95 latency 300 ms, 200 – 500 ms"]);
    day.both_for(10, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"]);
    let id = day.watch.firing(&day.room, day.now)[0].0.clone();
    day.act(&Intent::Acknowledge { alert: id, note: String::new() });
    day.both_for(30 * 60, 0.001, 0.612);
    let told = due(&mut alarm, &day);
    let overdue = "ROLL BACK: the time for P95 latency 612 ms, > 500 ms is up (sounds)";
    assert!(told.contains(&overdue.to_owned()), "{told:?}");
}

#[test]
fn what_is_critical_sounds_until_it_is_acknowledged() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(10, 0.12, 0.15);
    assert_eq!(due(&mut alarm, &day), ["CRITICAL: Error rate 12 %, > 10 % (sounds)"]);
    day.both_for(60, 0.12, 0.15);
    assert_eq!(due(&mut alarm, &day), ["CRITICAL: Error rate 12 %, > 10 % (sounds) (again)"]);
}

#[test]
fn blindness_is_told_when_it_begins_and_when_it_is_high() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    let mut alarm = alarm(&day);
    day.pass(13);
    day.hear("error_rate", Err(Fault::Refused));
    assert_eq!(due(&mut alarm, &day), ["BLIND: 2 criteria unseen"]);
    day.pass(5 * 60);
    assert_eq!(due(&mut alarm, &day), ["HIGH: blind, 2 criteria unseen"]);
    day.both(0.001, 0.15);
    assert_eq!(due(&mut alarm, &day), ["Seen again"]);
}

#[test]
fn several_at_once_are_one_summary() {
    let settings = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n".to_owned()
        + "[metrics.error_rate]\nsource = \"prod\"\nquery = \"a\"\nunit = \"ratio\"\n"
        + "[metrics.latency_p95]\nsource = \"prod\"\nquery = \"b\"\nunit = \"s\"\n";
    let mut day = Day::of(&settings);
    day.state("Started", None);
    let mut alarm = alarm(&day);
    day.both_for(15, 0.001, 0.15);
    day.both_for(10, 0.12, 0.612);
    assert_eq!(
        due(&mut alarm, &day),
        ["CRITICAL: Error rate 12 %, > 10 % (sounds)", "HIGH: P95 latency 612 ms, > 500 ms"]
    );
    // Blindness is the third.
    day.pass(14);
    assert_eq!(due(&mut alarm, &day), ["BLIND: 2 criteria unseen"]);
    day.pass(60);
    let told = due(&mut alarm, &day);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("3 alerts; CRITICAL: Error rate 12 %, > 10 %"), "{told:?}");
}

/// Three metrics, each with a HIGH of its own.
fn three() -> Day {
    let metric = |name: &str| format!("[metrics.{name}]\nsource = \"prod\"\nquery = \"{name}\"\nunit = \"s\"\n");
    let settings = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n".to_owned()
        + &["latency_p50", "latency_p95", "latency_p99"].map(metric).concat();
    let text = "# Ship pay (Jan 21, 2026)\n\n## Rollout (6:30 AM)\n- [ ] Started\n\n## Rollback\n### HIGH\n\
                - P50 latency >100ms\n- P95 latency >500ms\n- P99 latency >900ms\n";
    let mut day = Day::with(text, &settings);
    day.state("Started", None);
    day
}

/// All three for so many seconds.
fn three_for(day: &mut Day, seconds: i64, values: [f64; 3]) {
    for _ in 0..seconds / 5 {
        day.pass(5);
        for (metric, value) in ["latency_p50", "latency_p95", "latency_p99"].into_iter().zip(values) {
            day.sees(metric, value);
        }
    }
}

#[test]
fn a_summary_does_not_outlive_its_alerts_nor_the_room() {
    let mut day = three();
    let mut alarm = alarm(&day);
    three_for(&mut day, 15, [0.3, 0.6, 1.2]);
    assert_eq!(due(&mut alarm, &day).len(), 1);
    three_for(&mut day, 120, [0.01, 0.01, 0.01]);
    let notices = alarm.due(&day.room, &day.watch, day.now);
    let last = notices.last().unwrap();
    assert_eq!((last.key.as_str(), last.severity, last.title.as_str()), (crate::SUMMARY, None, "All alerts are over"));
    three_for(&mut day, 15, [0.3, 0.6, 1.2]);
    assert_eq!(due(&mut alarm, &day).len(), 1);
    day.act(&Intent::Close { outcome: "stopped".to_owned() });
    let notices = alarm.due(&day.room, &day.watch, day.now);
    assert!(notices.iter().any(|notice| notice.key == crate::SUMMARY), "{notices:?}");
    assert!(notices.iter().all(|notice| notice.severity.is_none() && notice.title.ends_with("the room is closed")));
    assert_eq!(due(&mut alarm, &day), Vec::<String>::new(), "once");
}

#[test]
fn what_was_acknowledged_and_is_overdue_stands_first_in_a_summary_and_sounds() {
    let mut day = three();
    let mut alarm = alarm(&day);
    three_for(&mut day, 15, [0.3, 0.6, 1.2]);
    assert_eq!(due(&mut alarm, &day), ["3 alerts; HIGH: P50 latency 300 ms, > 100 ms"]);
    for (id, _) in day.watch.firing(&day.room, day.now) {
        day.act(&Intent::Acknowledge { alert: id, note: String::new() });
    }
    three_for(&mut day, 29 * 60, [0.3, 0.6, 1.2]);
    assert_eq!(due(&mut alarm, &day), Vec::<String>::new());
    three_for(&mut day, 60, [0.3, 0.6, 1.2]);
    let notices = alarm.due(&day.room, &day.watch, day.now);
    let titles: Vec<&str> = notices.iter().map(|notice| notice.title.as_str()).collect();
    assert_eq!(titles, ["3 alerts; ROLL BACK: the time for P50 latency 300 ms, > 100 ms is up"]);
    assert_eq!(notices[0].body.lines().count(), 3, "{}", notices[0].body);
    let loud = (Some(Severity::Critical), true, false);
    assert_eq!((notices[0].severity, notices[0].sounds, notices[0].can_be_acknowledged), loud);
}

#[test]
fn one_beside_two_that_were_acknowledged_is_told_by_itself() {
    let mut day = three();
    let mut alarm = alarm(&day);
    three_for(&mut day, 10, [0.3, 0.6, 0.1]);
    assert_eq!(due(&mut alarm, &day).len(), 2);
    for (id, _) in day.watch.firing(&day.room, day.now) {
        day.act(&Intent::Acknowledge { alert: id, note: String::new() });
    }
    let soon = day.now;
    day.now = soon + SignedDuration::from_secs(2);
    day.sees("latency_p99", 1.2);
    day.now = soon + SignedDuration::from_secs(4);
    day.sees("latency_p99", 1.2);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P99 latency 1200 ms, > 900 ms"]);
}

#[test]
fn after_a_restart_what_was_told_waits_for_its_time() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    let id = day.watch.firing(&day.room, day.now)[0].0.to_string();
    let mut fresh = alarm(&day);
    assert_eq!(due(&mut fresh, &day).len(), 1, "nobody was told yet");
    let told = Event::Notified { key: id, title: String::new(), outcome: NotifyOutcome::Shown, words: String::new() };
    day.take(told, "War Room");
    let mut fresh = alarm(&day);
    assert_eq!(due(&mut fresh, &day), Vec::<String>::new());
    day.both_for(60, 0.001, 0.612);
    assert_eq!(due(&mut fresh, &day), ["HIGH: P95 latency 612 ms, > 500 ms (sounds)"]);
}

#[test]
fn a_voice_grows_until_somebody_acknowledges() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(10, 0.001, 0.3);
    let mut told = Vec::new();
    for _ in 0..5 {
        told.extend(due(&mut alarm, &day));
        day.both_for(60, 0.001, 0.3);
    }
    let medium = "MEDIUM: P95 latency 300 ms, 200 – 500 ms";
    let grows = ["", " (again)", " (sounds)", " (sounds) (again)", " (sounds) (again)"];
    assert_eq!(told, grows.map(|voice| format!("{medium}{voice}")));
    let id = day.watch.firing(&day.room, day.now)[0].0.clone();
    day.act(&Intent::Acknowledge { alert: id, note: String::new() });
    day.both_for(180, 0.001, 0.3);
    assert_eq!(due(&mut alarm, &day), Vec::<String>::new());
    // What gets worse is news: it begins with the voice of its own weight.
    day.both_for(10, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"]);
}

#[test]
fn what_is_silenced_is_not_told_and_speaks_again_at_the_end() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(15, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day).len(), 1);
    let id = day.watch.firing(&day.room, day.now)[0].0.clone();
    let until = day.now + SignedDuration::from_mins(3);
    day.act(&Intent::Silence { alert: id.clone(), until, reason: "known".to_owned() });
    let mut told = Vec::new();
    for _ in 0..35 {
        day.both(0.001, 0.612);
        told.extend(due(&mut alarm, &day));
    }
    assert_eq!(told, Vec::<String>::new(), "175 s of three minutes");
    day.both(0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"], "no silence ends silently");
    // Another one beside it speaks all the while.
    let until = day.now + SignedDuration::from_mins(3);
    day.act(&Intent::Silence { alert: id.clone(), until, reason: "known".to_owned() });
    day.both_for(10, 0.12, 0.612);
    assert_eq!(due(&mut alarm, &day), ["CRITICAL: Error rate 12 %, > 10 % (sounds)"]);
    day.act(&Intent::LiftSilence { alert: id, reason: String::new() });
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"], "lifted");
}

#[test]
fn a_silence_is_known_to_an_alarm_that_begins_anew() {
    let mut day = Day::begun();
    let mut before = alarm(&day);
    day.both_for(15, 0.001, 0.612);
    assert_eq!(due(&mut before, &day).len(), 1);
    let id = day.watch.firing(&day.room, day.now)[0].0.clone();
    let until = day.now + SignedDuration::from_mins(3);
    day.act(&Intent::Silence { alert: id, until, reason: "known".to_owned() });
    let mut fresh = alarm(&day);
    day.both_for(120, 0.001, 0.612);
    assert_eq!(due(&mut fresh, &day), Vec::<String>::new());
    day.both_for(60, 0.001, 0.612);
    assert_eq!(due(&mut fresh, &day), ["HIGH: P95 latency 612 ms, > 500 ms"]);
}

#[test]
fn a_silence_ends_where_its_alert_demands_more() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(15, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day).len(), 1);
    let id = day.watch.firing(&day.room, day.now)[0].0.clone();
    let until = day.now + SignedDuration::from_hours(2);
    day.act(&Intent::Silence { alert: id, until, reason: "known".to_owned() });
    day.both_for(30 * 60, 0.001, 0.612);
    let told = due(&mut alarm, &day);
    assert_eq!(told, ["ROLL BACK: the time for P95 latency 612 ms, > 500 ms is up (sounds)"]);
}

#[test]
fn what_follows_from_another_speaks_once_that_is_over() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(10, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"]);
    for _ in 0..2 {
        day.both(0.001, 0.3);
        assert_eq!(due(&mut alarm, &day), Vec::<String>::new(), "it fires, and follows from the other");
    }
    day.both(0.001, 0.3);
    let told = due(&mut alarm, &day);
    assert_eq!(told, ["Resolved: P95 latency 300 ms", "MEDIUM: P95 latency 300 ms, 200 – 500 ms"]);
}

#[test]
fn what_left_its_range_upwards_is_not_called_resolved() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(15, 0.001, 0.3);
    assert_eq!(due(&mut alarm, &day), ["MEDIUM: P95 latency 300 ms, 200 – 500 ms"]);
    let mut bodies = Vec::new();
    let mut told = Vec::new();
    for _ in 0..8 {
        day.both(0.001, 0.612);
        for notice in alarm.due(&day.room, &day.watch, day.now) {
            told.push(notice.title);
            bodies.push(notice.body);
        }
    }
    assert_eq!(told, ["HIGH: P95 latency 612 ms, > 500 ms", "P95 latency 612 ms: above its range now"]);
    assert_eq!(
        bodies[1],
        "It left 200 – 500 ms upwards: P95 latency 612 ms, > 500 ms. It burned since 06:30:05 UTC. This is no recovery."
    );
}

#[test]
fn a_clock_that_is_set_back_keeps_nobody_waiting() {
    let mut day = Day::begun();
    let mut alarm = alarm(&day);
    day.both_for(15, 0.001, 0.612);
    assert_eq!(due(&mut alarm, &day).len(), 1);
    day.now -= SignedDuration::from_hours(1);
    assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms (sounds)"]);
}

/// So many metrics, each with a HIGH of its own, all breached within a second; what is told, and when.
fn storm(many: usize) -> Vec<(i64, String, bool)> {
    use std::fmt::Write;
    let mut settings = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n".to_owned();
    let mut text =
        "# Ship pay (Jan 21, 2026)\n\n## Rollout (6:30 AM)\n- [ ] Started\n\n## Rollback\n### HIGH\n".to_owned();
    for at in 0..many {
        let _ = write!(
            settings,
            "[metrics.m{at}]\nsource = \"prod\"\nquery = \"m{at}\"\nunit = \"count\"\nmatches = [\"depth {at} now\"]\n"
        );
        let _ = writeln!(text, "- Depth {at} now > 100");
    }
    let mut day = Day::with(&text, &settings);
    day.state("Started", None);
    assert_eq!(day.watch.book().rules.len(), many);
    let mut alarm = alarm(&day);
    let begin = day.now;
    let mut told = Vec::new();
    for round in 1..=2 {
        for at in 0..many {
            let millis = round * 400 + i64::try_from(at * 300 / many).unwrap();
            day.now = begin + SignedDuration::from_millis(millis);
            day.sees(&format!("m{at}"), 200.0);
            for notice in alarm.due(&day.room, &day.watch, day.now) {
                told.push((day.now.duration_since(begin).as_secs(), notice.title, notice.sounds));
            }
        }
    }
    for second in 2..12 {
        day.now = begin + SignedDuration::from_secs(second);
        for at in 0..many.min(3) {
            day.sees(&format!("m{at}"), 200.0);
        }
        for notice in alarm.due(&day.room, &day.watch, day.now) {
            told.push((second, notice.title, notice.sounds));
        }
    }
    told
}

#[test]
fn a_storm_is_one_summary_that_is_brought_up_to_date_once_a_while() {
    let told = storm(100);
    let titles: Vec<String> = told.iter().map(|(second, title, _)| format!("{second} {title}")).collect();
    assert_eq!(
        titles,
        [
            "0 HIGH: Depth 0 now 200, > 100",
            "0 HIGH: Depth 1 now 200, > 100",
            "0 3 alerts; HIGH: Depth 0 now 200, > 100",
            "6 100 alerts; HIGH: Depth 0 now 200, > 100",
        ]
    );
}

/// As many notifications stand on a desktop as have keys. On a machine that has much to do a storm comes slowly, and one of
/// it late: two by themselves, while nobody knew that it is a storm, and the summary.
#[test]
fn a_storm_that_begins_slowly_has_three_notifications_and_no_more() {
    let metric = |at: usize| {
        format!(
            "[metrics.m{at}]\nsource = \"prod\"\nquery = \"m{at}\"\nunit = \"count\"\nmatches = [\"depth {at} now\"]\nfire = \"1 of 1\"\n"
        )
    };
    // So many seconds after the first; the last of another weight.
    let seconds = [0, 3, 6, 9, 30, 100];
    let settings = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n".to_owned()
        + &(0..=seconds.len()).map(metric).collect::<String>();
    let rules: String = (0..seconds.len()).map(|at| format!("- Depth {at} now > 100\n")).collect();
    let text = format!(
        "# Ship pay (Jan 21, 2026)\n\n## Rollout (6:30 AM)\n- [ ] Started\n\n## Rollback\n### CRITICAL\n- Depth {} now > 100\n\n\
         ### HIGH\n{rules}",
        seconds.len()
    );
    let mut day = Day::with(&text, &settings);
    day.state("Started", None);
    let mut alarm = alarm(&day);
    let mut keys: Vec<(i64, String)> = Vec::new();
    for second in 0..=130 {
        day.pass(1);
        for (at, from) in seconds.iter().enumerate() {
            day.sees(&format!("m{at}"), if second >= *from { 200.0 } else { 1.0 });
        }
        day.sees(&format!("m{}", seconds.len()), if second >= 120 { 200.0 } else { 1.0 });
        for notice in alarm.due(&day.room, &day.watch, day.now) {
            if !keys.iter().any(|(_, key)| *key == notice.key) {
                keys.push((second, notice.key));
            }
        }
    }
    let came: Vec<i64> = keys.iter().map(|(second, _)| *second).collect();
    assert_eq!((came.as_slice(), keys[2].1.as_str()), (&[0, 3, 6, 120][..], crate::SUMMARY), "{keys:?}");
}

#[test]
fn what_came_as_one_storm_is_over_as_one() {
    let mut settings = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n".to_owned();
    let mut text =
        "# Ship pay (Jan 21, 2026)\n\n## Rollout (6:30 AM)\n- [ ] Started\n\n## Rollback\n### MEDIUM\n".to_owned();
    let names: Vec<String> = (0..8).map(|number| format!("queue_{number}")).collect();
    for name in &names {
        settings += &format!(
            "[metrics.{name}]\nsource = \"prod\"\nquery = \"{name}\"\nunit = \"count\"\nmatches = [\"{name}\"]\nfire = \"1 of 1\"\nclear = \"1 of 1\"\n"
        );
        text += &format!("- {name} >100\n");
    }
    let mut day = Day::with(&text, &settings);
    day.state("Started", None);
    let mut alarm = alarm(&day);
    day.pass(1);
    for name in &names {
        day.sees(name, 500.0);
    }
    let told = due(&mut alarm, &day);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("8 alerts; MEDIUM: "), "{told:?}");
    day.pass(5);
    for name in names.iter().skip(1) {
        day.sees(name, 5.0);
    }
    day.sees(&names[0], 500.0);
    let notices = alarm.due(&day.room, &day.watch, day.now);
    let over: Vec<&str> = notices.iter().map(|notice| notice.title.as_str()).collect();
    assert_eq!(over, ["Resolved: 7 alerts"]);
    assert!(notices[0].body.ends_with("and 1 more"), "{}", notices[0].body);
    day.pass(5);
    day.sees(&names[0], 5.0);
    let over = due(&mut alarm, &day);
    assert!(over.iter().any(|title| title.starts_with("All alerts are over")), "{over:?}");
}
