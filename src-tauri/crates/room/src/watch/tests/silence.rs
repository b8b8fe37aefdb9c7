//! Silences, and the history of an alert.

use super::*;
use crate::alert::{AlertId, TurnKind, alert_history};
use crate::event::Recorded;

fn silence(alert: &AlertId, day: &Day, minutes: i64) -> Intent {
    let until = day.now + SignedDuration::from_mins(minutes);
    Intent::Silence { alert: alert.clone(), until, reason: "the fix is on its way".to_owned() }
}

fn first(day: &Day) -> AlertId {
    day.watch.firing(&day.room, day.now)[0].0.clone()
}

#[test]
fn a_silence_takes_a_name_a_reason_and_a_time_ahead() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    let alert = first(&day);
    let mut ask = |until: i64, reason: &str| {
        let until = day.now + SignedDuration::from_mins(until);
        day.try_it(&Intent::Silence { alert: alert.clone(), until, reason: reason.to_owned() })
    };
    assert_eq!(ask(10, " "), "Say why first.");
    assert_eq!(ask(0, "known"), "That time is over: name one that lies ahead.");
    assert_eq!(ask(120, "known"), "");
    let state = &day.room.alerts()[&alert];
    let silence = state.silenced.as_ref().unwrap();
    assert_eq!((silence.actor.as_str(), silence.reason.as_str()), ("MK", "known"));
    day.both_for(60, 0.001, 0.1);
    assert_eq!(
        day.try_it(&Intent::Silence { alert, until: day.now + SignedDuration::from_mins(1), reason: "x".to_owned() }),
        "It is resolved already."
    );
}

#[test]
fn what_demands_the_way_back_is_silenced_for_a_quarter_of_an_hour_at_most() {
    let mut day = Day::begun();
    day.both_for(15, 0.12, 0.612);
    let alert = first(&day);
    let sentence = "This alert demands the way back: it can be silenced for 15 min at most. Name an earlier time.";
    assert_eq!(day.try_it(&silence(&alert, &day, 16)), sentence);
    let ask = silence(&alert, &day, 15);
    day.act(&ask);
    // A HIGH whose time is up demands no less.
    day.both_for(31 * 60, 0.001, 0.612);
    let high = first(&day);
    assert_eq!(day.try_it(&silence(&high, &day, 16)), sentence);
}

#[test]
fn a_silence_changes_neither_list_nor_verdict_and_is_over_with_a_word() {
    let mut day = Day::begun();
    day.both_for(15, 0.12, 0.15);
    let (before, firing) = (day.verdict(), day.watch.firing(&day.room, day.now));
    let ask = silence(&firing[0].0, &day, 10);
    day.act(&ask);
    assert_eq!((day.verdict(), day.watch.firing(&day.room, day.now)), (before, firing.clone()));
    day.found.clear();
    day.both_for(595, 0.12, 0.15);
    assert_eq!(day.found, Vec::<String>::new());
    day.both_for(10, 0.12, 0.15);
    assert_eq!(day.found, ["silence over Error rate >10%"], "said once");
    assert!(day.room.alerts()[&firing[0].0].silenced.is_none());
    assert_eq!(day.word(), VerdictWord::RollBack);
}

#[test]
fn the_end_of_a_silence_is_said_after_a_restart_and_after_a_room_was_closed_too() {
    let mut day = Day::begun();
    day.both_for(15, 0.12, 0.15);
    let ask = silence(&first(&day), &day, 10);
    day.act(&ask);
    day.act(&Intent::Close { outcome: "given up".to_owned() });
    day.pass(700);
    day.restart(true);
    assert!(!day.found.iter().any(|found| found.starts_with("silence")), "a closed room takes no word");
    day.act(&Intent::Reopen { reason: "too early".to_owned() });
    day.pass(5);
    assert_eq!(day.found.iter().filter(|found| found.starts_with("silence")).count(), 1, "{:?}", day.found);
}

#[test]
fn a_silence_outlives_an_episode_and_ends_where_its_time_is_up() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    let alert = first(&day);
    let ask = silence(&alert, &day, 45);
    day.act(&ask);
    day.both_for(60, 0.001, 0.1);
    day.both_for(60, 0.001, 0.612);
    assert!(day.room.alerts()[&alert].is_silenced(day.now), "a flap is not news");
    day.both_for(30 * 60, 0.001, 0.612);
    assert!(day.room.alerts()[&alert].is_overdue);
    assert!(day.room.alerts()[&alert].silenced.is_none(), "it demands more than what was silenced");
}

#[test]
fn a_silence_is_lifted_by_a_person() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    let alert = first(&day);
    let lift = Intent::LiftSilence { alert: alert.clone(), reason: String::new() };
    assert_eq!(day.try_it(&lift), "This alert is not silenced.");
    let ask = silence(&alert, &day, 45);
    day.act(&ask);
    day.act(&lift);
    assert!(day.room.alerts()[&alert].silenced.is_none());
}

#[test]
fn the_history_has_each_turn_with_what_was_seen_at_it() {
    let mut day = Day::begun();
    day.both(0.001, 0.6);
    day.both_for(10, 0.001, 0.612);
    let alert = first(&day);
    let told = |outcome| Event::Notified {
        key: alert.to_string(),
        title: "HIGH: P95 latency".to_owned(),
        outcome,
        words: String::new(),
    };
    day.take(told(crate::NotifyOutcome::Shown), "War Room");
    day.both(0.001, 0.62);
    day.act(&Intent::Acknowledge { alert: alert.clone(), note: "on it".to_owned() });
    day.both(0.001, 0.63);
    let ask = silence(&alert, &day, 1);
    day.act(&ask);
    day.both_for(60, 0.001, 0.64);
    day.take(told(crate::NotifyOutcome::Shown), "War Room");
    day.both_for(20, 0.001, 0.15);
    let turns = alert_history(&day.log, &alert);
    let words: Vec<String> = turns
        .iter()
        .map(|turn| {
            let kind = match turn.kind {
                TurnKind::Silenced { .. } => "silenced".to_owned(),
                TurnKind::Fired { severity } => format!("fired {severity:?}"),
                TurnKind::Told { again, .. } => if again { "told again" } else { "told" }.to_owned(),
                kind => format!("{kind:?}").to_lowercase(),
            };
            let second = turn.at.duration_since(t0()).as_secs();
            let seen = turn.seen.as_ref().map_or("", |seen| seen.words.as_str());
            format!("{second} {kind} {seen} {}", turn.words).trim_end().to_owned()
        })
        .collect();
    assert_eq!(
        words,
        [
            "5 pending 600 ms",
            "10 fired High 612 ms",
            "15 told  HIGH: P95 latency",
            "20 acknowledged 620 ms on it",
            "25 silenced 630 ms the fix is on its way",
            "85 silenceranout 640 ms",
            "85 told again  HIGH: P95 latency",
            "100 resolved 150 ms",
        ]
    );
    // Whoever reads the log reads the same.
    let stored: Vec<Recorded> = day
        .log
        .iter()
        .map(|one| Recorded {
            event: serde_json::from_str(&serde_json::to_string(&one.event).unwrap()).unwrap(),
            ..one.clone()
        })
        .collect();
    assert_eq!(alert_history(&stored, &alert), turns);
}

#[test]
fn the_history_tells_who_was_called_over_it_and_when_nobody_saw_it() {
    let contacts = "\n## Contacts\n```\nManager: Ana - +351 555 0100 - ana@example.org\n```\n";
    let mut day = Day::with(&format!("{TEXT}{contacts}"), SETTINGS);
    day.state("Started", None);
    day.both_for(15, 0.001, 0.612);
    let alert = first(&day);
    let contact = day.room.plan().contacts[0].id.clone();
    let try_it = |about: Option<AlertId>| Intent::TryContact {
        contact: contact.clone(),
        way: crate::Way::Phone,
        answered: false,
        words: "rang".to_owned(),
        about,
    };
    day.act(&try_it(Some(alert.clone())));
    day.act(&try_it(None));
    day.take(Event::NotLooked { from: day.now - SignedDuration::from_secs(30), to: day.now }, "War Room");
    let names = |name: &str| vec![name.to_owned()];
    let blinded = |name: &str| Event::Blinded { names: names(name), since: t0(), why: "no reply in 3 s".to_owned() };
    let again = || Event::SeenAgain { since: t0() };
    for event in [blinded("Error rate"), again(), blinded("P95 latency"), blinded("P95 latency"), again()] {
        day.take(event, "War Room");
    }
    let kinds: Vec<String> =
        alert_history(&day.log, &alert).iter().map(|turn| format!("{:?} {}", turn.kind, turn.words)).collect();
    let from = |words: &str| kinds.iter().filter(|kind| kind.starts_with(words)).count();
    assert_eq!((from("Tried { answered: false } rang"), from("NotLooked")), (1, 1), "{kinds:?}");
    assert_eq!((from("Unseen no reply in 3 s"), from("SeenAgain")), (1, 1), "once, and not for another's: {kinds:?}");
}

#[test]
fn a_log_from_before_these_words_still_folds() {
    let old = [
        r#"{"kind":"alert_fired","alert":"x","name":"X","text":"X >1","severity":"high","since":"2026-01-21T06:30:00Z"}"#,
        r#"{"kind":"alert_acknowledged","alert":"x"}"#,
        r#"{"kind":"gate_passed","gate":"i-1","held_ms":1,"on_word":false,"readings":[{"text":"a","state":"pass"}]}"#,
    ];
    for text in old {
        let event: Event = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), text, "and is written as it was");
    }
}
