//! What a person does about an alert besides taking notice: its voice rests, its history is read, somebody is called over
//! it; and what is known of the desktop that may hold notifications back.

use outbound::{DoNotDisturb, Report};

use super::acting::{done, in_room};
use super::watching::{id, notified, watched};
use super::*;
use crate::wire::{AlertPageView, AlertQuery};

/// A room in which the error rate is critical, with somebody who acts by name.
fn critical() -> Table {
    let mut table = Table::watching();
    done(&mut table, Act::NamePerson { initials: "MK".into(), name: "Mara Klein".into(), role: String::new() });
    done(&mut table, Act::ChooseActor { initials: "MK".into() });
    table.both(0.12, 0.15);
    table.both(0.12, 0.15);
    assert_eq!(table.verdict(), "ROLL BACK");
    table
}

fn silence(alert: &str, until: &str, reason: &str) -> Act {
    Act::Silence { alert: alert.to_owned(), until: until.to_owned(), reason: reason.to_owned() }
}

fn page(table: &mut Table, alert: &str, before: u32) -> AlertPageView {
    let pages = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&pages);
    let reply = AlertReply(Box::new(move |page| taken.lock().unwrap().push(page)));
    let query = AlertQuery { alert: alert.to_owned(), before };
    for effect in table.wake(Wake::Alert { query, reply }) {
        if let Effect::Alert(reply, page) = effect {
            (reply.0)(page.map(|page| *page));
        }
    }
    pages.lock().unwrap().pop().expect("a page").expect("a room is open")
}

#[test]
fn a_notification_that_is_on_its_way_at_the_end_is_said_to_be_unknown() {
    let mut table = critical();
    let kinds = |table: &Table, kind: &str| table.kinds().iter().filter(|known| *known == kind).count();
    let fired = kinds(&table, "alert_fired");
    assert!(fired > 0 && kinds(&table, "notified") == 0, "nobody has said yet what came of it");
    // What is still on its way to the disk is waited for as well.
    table.is_disk_slow = true;
    let reply = table.reply();
    table.act(in_room(acting::note("the last word")));
    table.wake(Wake::Quit(reply));
    table.work();
    assert_eq!(table.answer(), Some(Ok(())));
    assert_eq!((kinds(&table, "notified"), kinds(&table, "noted")), (fired, 1));
}

#[test]
fn a_silence_is_seen_for_as_long_as_it_lasts_and_the_verdict_speaks_on() {
    let mut table = critical();
    let alert = table.alerts().remove(0);
    assert!(alert.can_be_silenced && alert.silenced.is_empty());
    assert_eq!(
        alert.silencing,
        "It fires on and counts in the verdict: only its voice rests. 15 min at most: it demands the way back."
    );
    for (until, reason, sentence) in [
        ("15 min", " ", "Say why first."),
        ("", "known", "Say until when first: 15 min, or a time such as 07:45."),
        (
            "16 min",
            "known",
            "This alert demands the way back: it can be silenced for 15 min at most. Name an earlier time.",
        ),
    ] {
        assert_eq!(table.refusal(in_room(silence(&alert.id, until, reason))).1, sentence);
    }
    done(&mut table, silence(&alert.id, "10 min", "way 1 is running"));
    let words = "Silenced until 06:40:10 UTC by MK: way 1 is running";
    let view = table.subscribe().alerts.unwrap();
    assert_eq!(view.alerts[0].silenced, words);
    assert_eq!((view.silences.len(), view.silences[0].words.as_str()), (1, words));
    assert_eq!(view.silences[0].title, "Error rate > 10 %");
    for _ in 0..118 {
        assert_eq!(notified(&table.both(0.12, 0.15)), [], "its voice rests");
    }
    assert_eq!(table.verdict(), "ROLL BACK");
    table.both(0.12, 0.15);
    table.both(0.12, 0.15);
    assert!(table.kinds().contains(&"silence_ran_out".to_owned()));
    assert!(table.subscribe().alerts.unwrap().silences.is_empty());
}

#[test]
fn a_silence_takes_a_name_and_can_be_lifted_even_where_its_alert_is_over() {
    let mut table = Table::watching();
    table.both(0.001, 0.612);
    table.both(0.001, 0.612);
    let alert = table.alerts().remove(0).id;
    let sentence = "This takes a person's name: choose who you are first (Shift+P).";
    assert_eq!(table.refusal(in_room(silence(&alert, "1h", "known"))).1, sentence);
    done(&mut table, Act::NamePerson { initials: "MK".into(), name: "Mara Klein".into(), role: String::new() });
    done(&mut table, Act::ChooseActor { initials: "MK".into() });
    done(&mut table, silence(&alert, "1h", "known"));
    for _ in 0..4 {
        table.both(0.001, 0.15);
    }
    let view = table.subscribe().alerts.unwrap();
    assert_eq!(view.alerts[0].state, "resolved");
    assert_eq!(view.silences.len(), 1, "what comes back would not be heard: that is said");
    let lift = Act::LiftSilence { alert: alert.clone(), reason: String::new() };
    done(&mut table, lift.clone());
    assert!(table.subscribe().alerts.unwrap().silences.is_empty());
    assert_eq!(table.refusal(in_room(lift)).1, "This alert is not silenced.");
}

#[test]
fn the_history_of_an_alert_is_handed_out_and_names_whoever_was_called_over_it() {
    let mut table = critical();
    let alert = table.alerts().remove(0);
    let aloud = "This is Mara Klein on payments-api. Error rate is 12 %, the plan acts on > 10 %, since 06:30:05 UTC. The \
                 plan says: roll back now. I need you to know, and to answer if I call again.";
    assert_eq!(alert.aloud, aloud);
    let contact = watched_contact();
    let tried = Act::TryContact {
        contact: contact.clone(),
        way: "phone".to_owned(),
        answered: false,
        words: "rang for 40 s".to_owned(),
        about: alert.id.clone(),
    };
    done(&mut table, tried);
    done(&mut table, silence(&alert.id, "5 min", "way 1 is running"));
    let first = page(&mut table, "", 0);
    assert_eq!((first.id.as_str(), first.count, first.more), (alert.id.as_str(), 4, false));
    assert_eq!((first.alerts.len(), first.alerts[0].words.as_str()), (1, "fires since 06:30:05"));
    let told: Vec<String> = first
        .turns
        .iter()
        .map(|turn| {
            let parts = [&turn.at, &turn.words, &turn.value, &turn.who, &turn.detail];
            parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" | ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "06:30:10 | Silenced until 06:35:10 UTC: it fires on | 12 % | MK | way 1 is running",
            "06:30:10 | Manager tried by phone: no answer | MK | rang for 40 s",
            "06:30:10 | Fires: CRITICAL | 12 % | War Room",
            "06:30:05 | First breach | 12 % | War Room",
        ]
    );
    let earlier = page(&mut table, &alert.id, 3);
    assert_eq!(earlier.turns.iter().map(|turn| turn.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(page(&mut table, "no such", 0).id, "", "an alert that is not there has no history");
    let view = table.subscribe().escalation.unwrap();
    let attempt = &view.contacts[0].tried[0];
    assert_eq!(attempt.words, "MK by phone, no answer: rang for 40 s");
    assert_eq!(attempt.about, "about Error rate >10%");
    let log = table.subscribe().log.unwrap();
    assert_eq!(log.tail[1].text, "Manager tried by phone: no answer, about Error rate >10%");
}

#[test]
fn whoever_begins_to_watch_is_told_of_the_silences_that_last() {
    let mut table = critical();
    let alert = table.alerts().remove(0).id;
    done(&mut table, silence(&alert, "10 min", "way 1 is running"));
    // Killed, and opened again.
    let (folder, now) = (Rc::clone(&table.folder), table.now);
    drop(table);
    let mut table = Table::in_folder(folder);
    table.now = now;
    table.subscribe();
    let rooms = table.folder.path().join("data/war-room/rooms");
    let files = std::fs::read_dir(rooms).unwrap().map(|entry| entry.unwrap().path());
    let path = files.filter(|path| path.extension().is_some_and(|ending| ending == "warroom")).last().unwrap();
    let effects = table.wake(Wake::Path { path, given: Given::default(), origin: Origin::CommandLine });
    let told = effects.iter().find_map(|effect| match effect {
        Effect::Tell(line) => Some((line.kind, line.state.clone(), line.subject.clone(), line.reason.clone())),
        _ => None,
    });
    let reason = "until 2026-01-21T06:40:10Z: way 1 is running (MK)";
    let text = |words: &str| words.to_owned();
    assert_eq!(told, Some(("alert", text("silenced"), text("Error rate >10%"), text(reason))));
    assert_eq!(table.subscribe().alerts.unwrap().silences.len(), 1, "and the window shows it");
}

fn watched_contact() -> String {
    watched().plan.contacts[0].id.to_string()
}

#[test]
fn a_desktop_that_holds_notifications_back_is_told_of_once_while_it_matters() {
    let mut table = Table::laid();
    table.now = "2026-01-21T06:30:00Z".parse().unwrap();
    table.subscribe();
    table.read(watched());
    table.enter("2026-01-21T06:30");
    let on = || Wake::Desktop(Report::DoNotDisturb(DoNotDisturb::On("dunst is paused".to_owned())));
    let looked = |effects: &[Effect]| effects.iter().filter(|one| matches!(one, Effect::LookAtDesktop)).count();
    assert_eq!(looked(&table.pass(1)), 1);
    assert_eq!((looked(&table.pass(14)), looked(&table.pass(1))), (0, 1), "every fifteen seconds");
    table.wake(on());
    let complaints = |table: &mut Table| table.subscribe().alerts.unwrap().complaints;
    let sentence = "Do not disturb is on: dunst is paused. Alerts may not be seen on the desktop: this window and its sound alarm.";
    assert_eq!(complaints(&mut table), [sentence]);
    assert!(!table.kinds().contains(&"do_not_disturb".to_owned()), "before the day it is shown, and no more");
    done(&mut table, Act::State { item: id("Deployment started"), saw: String::new() });
    table.pass(1);
    table.wake(on());
    let count = |table: &Table| table.kinds().iter().filter(|kind| *kind == "do_not_disturb").count();
    assert_eq!(count(&table), 1);
    // What is shown then may not be seen, and the log says so.
    table.both(0.12, 0.15);
    let told = notified(&table.both(0.12, 0.15));
    table.wake(Wake::Desktop(Report::Shown { key: told[0].key.clone(), has_actions: true, sound: None }));
    let tail = table.subscribe().log.unwrap().tail;
    assert_eq!(tail[0].detail, "perhaps held back: dunst is paused");
    table.wake(Wake::Desktop(Report::DoNotDisturb(DoNotDisturb::Unknown("nobody answers".to_owned()))));
    assert_eq!((count(&table), complaints(&mut table)), (1, Vec::new()), "nobody can tell: that is no turn");
    table.wake(Wake::Desktop(Report::DoNotDisturb(DoNotDisturb::Off("dunst says so".to_owned()))));
    assert_eq!(count(&table), 2);
    assert_eq!(table.subscribe().alerts.unwrap().test.quiet, "Do not disturb is off");
}
