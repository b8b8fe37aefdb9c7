//! The room passes from one person to the next: two signatures in the log, the message drafted, nothing stopped by it.

use super::acting::{done, in_room};
use super::*;
use crate::wire::{Act, HandoffView, MessagesView};

fn named(table: &mut Table, initials: &str, name: &str) {
    let (initials, name) = (initials.to_owned(), name.to_owned());
    done(table, Act::NamePerson { initials, name, role: String::new() });
}

/// A room under watch in which two people are known, and MK acts.
fn two_people() -> Table {
    let mut table = Table::watching();
    named(&mut table, "MK", "Mira Kos");
    named(&mut table, "IB", "Idris Bello");
    done(&mut table, Act::ChooseActor { initials: "MK".to_owned() });
    table
}

impl Table {
    fn handoff(&mut self) -> HandoffView {
        self.subscribe().handoff.unwrap()
    }

    fn messages(&mut self) -> MessagesView {
        self.subscribe().messages.unwrap()
    }
}

fn titles(view: &HandoffView, id: &str) -> Vec<String> {
    let section = view.sections.iter().find(|section| section.id == id).unwrap();
    section.lines.iter().map(|line| format!("{}: {} | {}", line.mark, line.title, line.right)).collect()
}

#[test]
fn what_burns_is_handed_over_with_its_event_and_its_deadline_runs_on() {
    let mut table = two_people();
    for _ in 0..3 {
        table.both(0.001, 0.612);
    }
    let view = table.handoff();
    let alerts = &view.sections[0];
    assert_eq!(alerts.aside, "1 fires, 0 pending · no CRITICAL, 1 HIGH");
    assert_eq!((alerts.lines[0].mark.as_str(), alerts.lines[0].words.as_str()), ("high", "HIGH · not acknowledged"));
    let fired = table.kinds().iter().position(|kind| kind == "alert_fired").unwrap() + 1;
    assert_eq!(usize::try_from(alerts.lines[0].event).unwrap(), fired);
    assert!(
        titles(&view, "running")[0].starts_with("clock: Deadline of P95 latency"),
        "{:?}",
        titles(&view, "running")
    );
    assert!(view.first[0].title.starts_with("P95 latency"), "{:?}", view.first);
    done(&mut table, Act::HandOver { to: "IB".to_owned() });
    let before = table.handoff().sections[3].lines[0].right.clone();
    table.pass(60);
    done(&mut table, Act::TakeOver { by: "IB".to_owned() });
    assert_ne!(table.handoff().sections[3].lines[0].right, before, "it ran on");
    assert_eq!(table.alerts()[0].acknowledged, "", "a handoff takes notice of nothing");
}

#[test]
fn a_running_high_stays_readable_when_a_critical_is_the_reason() {
    let mut table = two_people();
    for _ in 0..3 {
        table.both(0.001, 0.612);
    }
    for _ in 0..3 {
        table.both(0.2, 0.612);
    }
    let verdict = table.subscribe().header.unwrap().verdict;
    assert_eq!(verdict.word, "ROLL BACK");
    assert!(verdict.lines[1].starts_with("The plan says: roll back now · HIGH runs out in 29:"), "{:?}", verdict.lines);
}

#[test]
fn the_second_signature_is_of_whom_it_was_handed_to_and_drafts_the_message() {
    let mut table = two_people();
    let to_ib = || Act::TakeOver { by: "IB".to_owned() };
    assert_eq!(
        table.refusal(in_room(to_ib())).1,
        "Nobody has handed the room over: whoever has it signs first (Shift+H)."
    );
    done(&mut table, Act::HandOver { to: "IB".to_owned() });
    done(&mut table, Act::WithdrawHandover);
    assert_eq!(table.handoff().state, "open");
    done(&mut table, Act::HandOver { to: "IB".to_owned() });
    done(&mut table, Act::Note { text: "client 77 retries".to_owned(), at: String::new() });
    let view = table.handoff();
    assert_eq!(view.changed_words, "1 event since it was signed");
    assert_eq!(table.subscribe().people.unwrap().actor, "MK", "it is not taken over yet");
    done(&mut table, to_ib());
    assert_eq!(table.subscribe().people.unwrap().actor, "IB");
    let draft = &table.messages().drafts[0];
    assert_eq!(draft.subject, "Idris Bello has the room");
    assert!(draft.body.starts_with("Idris Bello has the room since 06:30:"), "{}", draft.body);
    assert!(draft.body.contains("taken over from Mira Kos.\nLog head "), "{}", draft.body);
    assert!(table.messages().sent.is_empty(), "nothing leaves by itself");
    let log = table.subscribe().log.unwrap();
    let taken = log.tail.iter().find(|entry| entry.event == "taken_over").unwrap();
    assert_eq!((taken.actor.as_str(), taken.text.as_str()), ("IB", "took the room over from MK"));
}

#[test]
fn it_is_copied_as_text_and_the_status_says_who_has_the_room() {
    let mut table = two_people();
    let copied = |table: &mut Table, intent: Intent| {
        let effects = table.act(intent);
        effects.into_iter().find_map(|effect| match effect {
            Effect::Copy(text, _) => Some(text),
            _ => None,
        })
    };
    done(&mut table, Act::HandOver { to: "IB".to_owned() });
    let text = copied(&mut table, Intent::CopyHandoff).unwrap();
    assert!(text.contains("MK holds the room until IB signs; alerts still ring here."), "{text}");
    assert!(text.contains("on the laptop of this room, head "), "{text}");
    let status = copied(&mut table, Intent::CopyStatus).unwrap();
    assert!(status.contains("MK has the room until IB signs"), "{status}");
    done(&mut table, Act::TakeOver { by: "IB".to_owned() });
    let status = copied(&mut table, Intent::CopyStatus).unwrap();
    assert!(status.contains("IB has the room"), "{status}");
}

#[test]
fn sheet_and_export_name_who_has_the_room() {
    let mut table = two_people();
    let record = |table: &mut Table| {
        let live = table.controller.room().unwrap();
        let about = crate::record::About { events: &live.events, head: "e0c4-77a9", damage: "" };
        let export = crate::record::export_md(live.room(), about);
        (crate::record::sheet(live.room(), table.now, "e0c4-77a9"), export)
    };
    done(&mut table, Act::HandOver { to: "IB".to_owned() });
    let (sheet, export) = record(&mut table);
    assert!(!sheet.contains("has the room") && !export.contains("taken over by"), "it is not taken over yet");
    done(&mut table, Act::TakeOver { by: "IB".to_owned() });
    let (sheet, export) = record(&mut table);
    assert!(sheet.contains("IB has the room since 2026-01-21 06:30:00 UTC"), "{sheet}");
    assert!(export.contains("Handed over by MK, taken over by IB 2026-01-21 06:30:00 UTC"), "{export}");
}
