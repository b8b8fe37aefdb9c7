//! Acts in the room: what they change, what refuses them, and that a refusal changes nothing.

use super::*;
use crate::wire::{ItemView, OnDemand};

pub(super) fn in_room(act: Act) -> Intent {
    Intent::InRoom { act }
}

/// The id of the check that says these words.
pub(super) fn item(words: &str) -> String {
    let plan = checklist().plan;
    let found = plan.items.iter().find(|item| item.text.contains(words));
    found.unwrap_or_else(|| panic!("{words} is not in {:?}", plan.items)).id.to_string()
}

pub(super) fn state(words: &str, saw: &str) -> Act {
    Act::State { item: item(words), saw: saw.to_owned() }
}

pub(super) fn note(text: &str) -> Act {
    Act::Note { text: text.to_owned(), at: String::new() }
}

/// Acts, and expects that it is done.
pub(super) fn done(table: &mut Table, act: Act) -> Update {
    let words = format!("{act:?}");
    let effects = table.act(in_room(act));
    assert_eq!(table.answer(), Some(Ok(())), "{words}");
    sent(&effects).unwrap_or_else(|| panic!("{words} changes nothing"))
}

fn phase_id(title: &str) -> String {
    let plan = checklist().plan;
    plan.phases.iter().find(|phase| phase.title == title).unwrap().section.to_string()
}

fn shown(table: &mut Table, words: &str) -> ItemView {
    let update = table.subscribe();
    let rows = update.written.unwrap().rows;
    let mut items = rows.into_iter().filter_map(|row| match row {
        crate::wire::RowView::Item(item) => Some(*item),
        _ => None,
    });
    items.find(|known| known.id == item(words)).unwrap()
}

#[test]
fn an_act_shows_in_every_section_that_it_is_about() {
    let mut table = Table::in_the_room();
    let update = done(&mut table, state("Team told", ""));
    assert_eq!(sections(Some(&update)), ["day", "handoff", "log", "phase", "written"]);
    let log = update.log.unwrap();
    assert_eq!((log.count, log.tail[0].text.as_str(), log.tail[0].actor.as_str()), (2, "stated: Team told", "login"));
    let item = shown(&mut table, "Team told");
    assert_eq!((item.state.as_str(), item.by.as_str()), ("stated", "login · 05:48:10"));
}

#[test]
fn every_act_does_what_it_says() {
    let mut table = Table::in_the_room();
    let plan = checklist().plan;
    let (contact, channel) = (plan.contacts[0].id.to_string(), plan.channels[0].id.to_string());
    let text = |words: &str| words.to_owned();
    let acts = [
        Act::NamePerson { initials: text("mk"), name: text("Maria"), role: text("release manager") },
        Act::ChooseActor { initials: text("MK") },
        Act::Confirm { item: item("Database backup") },
        Act::Undo { item: String::new() },
        Act::ConfirmPhase { phase: phase_id("24 Hours Before") },
        state("Error rate", "0.4 %"),
        Act::Undo { item: item("Error rate") },
        Act::Override { item: item("Error rate"), reason: text("known") },
        Act::Defer { item: item("Database backup"), to: phase_id("First 24 Hours"), reason: text("no time") },
        Act::NotApplicable { item: item("Still quiet"), reason: text("no") },
        Act::OverrideGate { gate: item("50% Traffic"), reason: text("agreed") },
        Act::FillContact {
            contact: contact.clone(),
            name: text("Ana"),
            phone: text("+351"),
            mail: text("ana@corp.example"),
            chat: String::new(),
            pager: String::new(),
        },
        Act::ProveContact { contact, way: text("phone"), words: text("hello") },
        Act::FillChannel { channel, target: text("#war-room") },
        Act::StartDraft { message: plan.messages[0].id.to_string() },
        // The checkpoint of the gate is the first draft.
        Act::KeepDraft { draft: 2, to: text("#d"), subject: String::new(), body: text("payments-api at 06:00") },
        Act::MarkSent { draft: 2, to: text("#deployments"), at: text("05:40") },
        Act::StartDraft { message: String::new() },
        Act::DropDraft { draft: 3 },
        note("coffee"),
        Act::Close { outcome: text("well") },
        Act::Reopen { reason: text("not yet") },
    ];
    let count = u32::try_from(acts.len()).unwrap();
    for act in acts {
        done(&mut table, act);
    }
    let update = table.subscribe();
    let log = update.log.unwrap();
    // The clock of the hold turned besides, and the checkpoint was drafted.
    let count_of = |id: &str| log.groups.iter().find(|group| group.id == id).unwrap().count;
    assert_eq!((log.count, count_of("observed"), count_of("gates")), (count + 4, 2, 1));
    assert!(log.tail.iter().all(|entry| entry.actor == "MK"), "{:?}", log.tail);
    assert_eq!(update.header.unwrap().mode, "LIVE");
    let messages = update.messages.unwrap();
    assert_eq!(messages.sent[0].words, "05:40:00 to #deployments by MK, by hand");
    let left: Vec<u32> = messages.drafts.iter().map(|draft| draft.number).collect();
    assert_eq!(left, [1]);
}

#[test]
fn a_refusal_says_what_to_do_and_changes_no_section() {
    let mut table = Table::in_the_room();
    let text = |words: &str| words.to_owned();
    let contact = checklist().plan.contacts[0].id.to_string();
    done(&mut table, state("Team told", ""));
    done(&mut table, Act::StartDraft { message: checklist().plan.messages[0].id.to_string() });
    let refused = [
        (state("Team told", ""), "stated as done already"),
        (state("Error rate", ""), "say what you saw"),
        (state("Error rate", "3 %"), "does not meet"),
        (state("50% Traffic", ""), "not ticked: pass it with Shift+G"),
        (state("Hold for", ""), "The hold's clock ticks this"),
        (Act::PassGate { gate: item("50% Traffic") }, "Say first that this share"),
        (Act::OverrideGate { gate: item("50% Traffic"), reason: text("x") }, "takes a person's name"),
        (Act::EnterGate { gate: item("Team told") }, "no such gate"),
        (Act::Acknowledge { alert: text("k-0"), note: String::new() }, "no such alert"),
        (Act::ExtendDeadline { alert: text("k-0"), until: text("07:45"), reason: text("x") }, "no such alert"),
        (Act::ExtendDeadline { alert: text("k-0"), until: text("later"), reason: text("x") }, "is no time"),
        (Act::ConfirmUnit { metric: text("errors"), unit: text("ratio") }, "no such metric"),
        (Act::ConfirmUnit { metric: text("errors"), unit: text("miles") }, "is no unit"),
        (Act::AnswerTest { seen: true }, "No test notification was shown"),
        (Act::State { item: text("i-0"), saw: String::new() }, "no such check"),
        (Act::Confirm { item: item("Still quiet") }, "claims nothing"),
        (Act::ConfirmPhase { phase: String::new() }, "no such section"),
        (Act::Override { item: item("Still quiet"), reason: text(" ") }, "Say why first"),
        (Act::Defer { item: item("Still quiet"), to: phase_id("24 Hours Before"), reason: text("x") }, "later phase"),
        (Act::Undo { item: item("Still quiet") }, "nothing to take back"),
        (Act::NamePerson { initials: text("TOO LONG"), name: text("x"), role: String::new() }, "Initials are"),
        (Act::ChooseActor { initials: text("XY") }, "initials XY"),
        (Act::ProveContact { contact: contact.clone(), way: text("phone"), words: String::new() }, "no address"),
        (Act::ProveContact { contact, way: text("pigeon"), words: String::new() }, "no way to reach"),
        (Act::StartDraft { message: text("m-0") }, "no such message"),
        (Act::MarkSent { draft: 1, to: text("#d"), at: String::new() }, "[TIME]"),
        (Act::MarkSent { draft: 9, to: text("#d"), at: String::new() }, "no such draft"),
        (Act::Note { text: text("x"), at: text("2026-01-22T07:00") }, "lies ahead"),
        (Act::Note { text: text("x"), at: text("soon") }, "is no time"),
        (Act::Reopen { reason: text("x") }, "open already"),
        (Act::Typing { name: text("draft 9"), text: text("{}") }, "no field"),
        (Act::Typing { name: text("draft 1"), text: text("half") }, "cannot be read"),
    ];
    for (act, words) in refused {
        let effects = table.act(in_room(act.clone()));
        let problem = table.answer().expect("an answer").expect_err("a refusal");
        assert_eq!(problem.code, ProblemCode::Refused, "{act:?}");
        assert!(problem.message.contains(words), "{act:?}: {}", problem.message);
        assert_eq!(sent(&effects), None, "{act:?} changes something");
    }
}

#[test]
fn a_closed_room_takes_notes_and_nothing_else() {
    let mut table = Table::in_the_room();
    let update = done(&mut table, Act::Close { outcome: "rolled out".to_owned() });
    assert_eq!(update.record.unwrap().closed, "rolled out");
    let (code, message) = table.refusal(in_room(state("Team told", "")));
    assert_eq!((code, message.contains("closed")), (ProblemCode::Refused, true), "{message}");
    done(&mut table, note("after the end"));
}

#[test]
fn without_a_room_there_is_nothing_to_act_in() {
    let (code, message) = Table::opening().refusal(in_room(note("x")));
    assert_eq!((code, message.contains("No room is open")), (ProblemCode::Refused, true), "{message}");
}

#[test]
fn a_page_of_the_log_is_handed_out() {
    let mut table = Table::in_the_room();
    done(&mut table, note("coffee"));
    let pages = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&pages);
    let reply = PageReply(Box::new(move |page| taken.lock().unwrap().push(page)));
    let (group, search) = ("notes".to_owned(), String::new());
    let query = crate::wire::LogQuery { group, search, from: 0, count: 100, place_of: 0 };
    for effect in table.wake(Wake::Page { query, reply }) {
        if let Effect::ReadHashes { path, page, reply } = effect {
            (reply.0)(searching::with_hashes(&path, *page));
        }
    }
    let page = pages.lock().unwrap().pop().expect("a page").expect("a room is open");
    assert_eq!((page.found, page.entries[0].text.as_str()), (1, "coffee"));
    assert_eq!(page.entries[0].hash.len(), "3f9a-c27e".len(), "with its fingerprint: {:?}", page.entries[0].hash);
}

#[test]
fn a_choice_takes_its_answers_and_a_blank_its_value() {
    let text = "# Ship (Jan 21, 2026)\n\n## Go (6:30 AM)\n- [ ] Decision: [ ] GO [ ] NO-GO\n- [ ] Version: ____\n";
    let (plan, findings) = plan::read(text, &plan::config::Config::default());
    let mut table = Table::laid();
    table.subscribe();
    table.read(Checklist {
        path: PathBuf::from("/home/mk/ship.md"),
        text: text.to_owned(),
        settings: None,
        plan,
        findings,
    });
    table.enter("2026-01-21T06:30");
    assert_eq!(table.answer(), Some(Ok(())));
    let id = |words: &str| {
        let (plan, _) = plan::read(text, &plan::config::Config::default());
        plan.items.iter().find(|item| item.text.starts_with(words)).unwrap().id.to_string()
    };
    let answer = |words: &str, answer: &str, values: &[(&str, &str)]| Act::Answer {
        item: id(words),
        answer: answer.to_owned(),
        values: values.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect(),
    };
    let refused = |table: &mut Table, act: Act| table.refusal(in_room(act)).1;
    assert_eq!(
        refused(&mut table, Act::State { item: id("Decision"), saw: String::new() }),
        "This check asks for one of its answers: GO, NO-GO."
    );
    assert_eq!(
        refused(&mut table, answer("Version", "", &[("Version", " ")])),
        "Nothing stands in “Version”: fill it in first."
    );
    let tail = |update: Update| {
        let entry = update.log.unwrap().tail[0].clone();
        (entry.text, entry.detail)
    };
    let words = |text: &str, detail: &str| (text.to_owned(), detail.to_owned());
    let update = done(&mut table, answer("Decision", "NO-GO", &[]));
    assert_eq!(tail(update), words("answered: Decision: NO-GO", ""));
    let update = done(&mut table, answer("Version", "", &[("Version", "4.2.0")]));
    assert_eq!(tail(update), words("stated: Version: ____", "Version: 4.2.0"));
    let phase = table.subscribe().phase.unwrap();
    let items: Vec<_> = phase
        .rows
        .iter()
        .filter_map(|row| match row {
            crate::wire::RowView::Item(item) => Some(item),
            _ => None,
        })
        .collect();
    assert_eq!((items[0].state.as_str(), items[0].space.act.as_str()), ("answered_no", "undo"));
    let chosen: Vec<_> = items[0].answers.iter().map(|one| (one.words.as_str(), one.chosen)).collect();
    assert_eq!(chosen, [("GO", false), ("NO-GO", true)]);
    assert_eq!((items[1].words.as_str(), items[1].fields[0].value.as_str()), ("4.2.0", "4.2.0"));
    let update = done(&mut table, Act::Undo { item: id("Decision") });
    assert_eq!(tail(update).0, "took back answered: Decision: NO-GO");
}

#[test]
fn what_is_left_open_is_drawn_up_while_it_is_asked_for_and_stays_with_a_closed_room() {
    let mut table = Table::in_the_room();
    assert_eq!(table.subscribe().closing, None, "nobody asks");
    table.act(Intent::Show { what: OnDemand::Closing, shown: true });
    let open = table.subscribe().closing.unwrap();
    assert!(open.closed.is_empty() && !open.left_open.is_empty(), "{open:?}");
    table.act(Intent::Show { what: OnDemand::Closing, shown: false });
    assert_eq!(table.subscribe().closing, None, "nobody asks any more");
    done(&mut table, Act::Close { outcome: "rolled out".to_owned() });
    let closed = table.subscribe().closing.unwrap();
    assert_eq!(closed.left_open, open.left_open, "as it stood then");
    assert!(!closed.closed.is_empty());
}

#[test]
fn a_correction_is_refused_in_a_closed_room_and_may_be_about_an_earlier_time() {
    let mut table = Table::in_the_room();
    let correct = |at: &str| Act::Correct {
        event: 1,
        right: format!("it was another file {at}"),
        why: "compared".to_owned(),
        at: at.to_owned(),
    };
    let update = done(&mut table, correct("yesterday 23:10"));
    let entry = update.log.unwrap().tail.remove(0);
    assert_eq!((entry.at.as_str(), entry.corrects), ("20 Jan 23:10:00", 1));
    assert!(entry.late.starts_with("noted late, "), "{}", entry.late);
    let last = table.subscribe().log.unwrap().tail;
    assert_eq!(last[1].corrected_by, [2], "the opening says so, and is as it was");
    done(&mut table, Act::Close { outcome: "done".to_owned() });
    let (_, why) = table.refusal(in_room(correct("")));
    assert_eq!(why, "The room is closed: open it again first, with a reason.");
}
