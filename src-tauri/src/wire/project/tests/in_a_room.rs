//! What acts change of what is shown.

use plan::ItemId;
use room::{Event, FilledContact, Person, Recorded, Way};

use super::super::sample::{plan, recorded, room_after};
use super::*;
use crate::wire::PhaseView;

fn item_id(index: usize) -> ItemId {
    plan().items[index].id.clone()
}

/// The phase at `index` after these events.
fn phase_after(events: &[Recorded], index: usize) -> PhaseView {
    let room = room_after(events);
    let id = room.plan().phases[index].section.clone();
    phase(&Book::of(room.plan()), &room, &id, None).unwrap()
}

fn items(view: &PhaseView) -> Vec<ItemView> {
    let item = |row: &RowView| match row {
        RowView::Item(item) => Some(item.as_ref().clone()),
        RowView::Heading { .. } | RowView::Block(_) => None,
    };
    view.rows.iter().filter_map(item).collect()
}

fn draft(number: u32, body: &str) -> Event {
    Event::DraftKept {
        draft: number,
        message: Some(plan().messages[0].id.clone()),
        to: "#deployments, ana@corp.example; bo b@corp.example".to_owned(),
        subject: "Up & running".to_owned(),
        body: body.to_owned(),
    }
}

#[test]
fn each_standing_is_told_apart_with_who_when_and_why() {
    let plan = plan();
    let reason = |words: &str| words.to_owned();
    let events = recorded([
        Event::Stated { item: item_id(2), saw: Some("180 ms".to_owned()), answer: None, values: Vec::new() },
        Event::Overridden { item: item_id(1), reason: reason("agreed with TL") },
        Event::Deferred { item: item_id(3), to: plan.phases[2].section.clone(), reason: reason("no time") },
    ]);
    let view = phase_after(&events, 1);
    let told: Vec<_> = items(&view)
        .into_iter()
        .map(|item| format!("{} | {} | {} | {}", item.state, item.by, item.words, item.asks))
        .collect();
    assert_eq!(
        told,
        [
            "overridden | MK · 06:32:00 | agreed with TL | ",
            "stated | MK · 06:31:00 | 180 ms | Latency <200ms P95",
            "deferred | MK · 06:33:00 | to First 24 hours: no time | ",
        ]
    );
    assert_eq!(view.count, "3 boxes · 1 done");
    let returned = phase_after(&events, 2).returned;
    assert_eq!(returned.len(), 1, "what was deferred comes back in its phase");
    assert_eq!(words(&returned[0].inlines), "Hold for 10 minutes");
}

#[test]
fn what_was_deferred_to_the_watch_is_settled_there_or_goes_back_to_its_own_phase() {
    let watch = plan().phases[2].section.clone();
    let deferred = Event::Deferred { item: item_id(1), to: watch, reason: "nobody is up".to_owned() };
    let stated = Event::Stated { item: item_id(1), saw: None, answer: None, values: Vec::new() };
    let after = |events: &[Event]| {
        let events = recorded(events.to_vec());
        let waits = phase_after(&events, 2).returned.into_iter().map(|item| item.words).collect::<Vec<_>>();
        let own = items(&phase_after(&events, 1)).into_iter().map(|item| item.state).next().unwrap();
        (waits, own)
    };
    let (waits, own) = after(std::slice::from_ref(&deferred));
    assert_eq!((waits, own.as_str()), (vec!["from Deployment by MK: nobody is up".to_owned()], "deferred"));
    let (waits, own) = after(&[deferred.clone(), stated]);
    assert_eq!((waits, own.as_str()), (vec![], "stated"), "said in the watch, it is done in its own phase");
    let (waits, own) = after(&[deferred, Event::Undone { event: 2 }]);
    assert_eq!((waits, own.as_str()), (vec![], "open"), "taken back, it is where it was");
}

#[test]
fn the_run_of_the_day_counts_done_open_and_claimed() {
    let room = room_after(&recorded([
        Event::Confirmed { items: vec![item_id(0)] },
        Event::NotApplicable { item: item_id(3), reason: "no canary".to_owned() },
    ]));
    let day = day(&Book::of(room.plan()), &room, None, &SignalsView::default());
    let counts: Vec<_> = day.phases.iter().map(|phase| (phase.claimed, phase.done, phase.open, phase.total)).collect();
    assert_eq!(counts, [(0, 1, 0, 1), (0, 0, 2, 3), (0, 0, 0, 0)]);
}

#[test]
fn claims_wait_and_later_phases_are_named() {
    let view = phase_after(&[], 0);
    assert_eq!(view.claims, 1);
    let later: Vec<_> = view.later.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(later, ["Deployment", "First 24 hours"]);
    let confirmed = phase_after(&recorded([Event::Confirmed { items: vec![item_id(0)] }]), 0);
    assert_eq!(confirmed.claims, 0);
    let below = &items(&confirmed)[0].below;
    assert!(!below.contains("Claimed"), "{below}");
}

#[test]
fn the_mode_is_in_the_head() {
    let mode = |events: &[Recorded]| {
        let room = room_after(events);
        header(&Book::of(room.plan()), &room, "~/deploy.md", None, None, room.resolved().start).mode
    };
    assert_eq!(mode(&[]), "PREPARE");
    assert_eq!(
        mode(&recorded([Event::Stated { item: item_id(2), saw: None, answer: None, values: Vec::new() }])),
        "LIVE"
    );
    assert_eq!(
        mode(&recorded([Event::Closed(Box::new(room::RoomClosed { outcome: "done".to_owned(), open: Vec::new() }))])),
        "CLOSED"
    );
}

#[test]
fn a_contact_that_is_filled_in_and_proven_is_no_gap_any_more() {
    let id = plan().contacts[0].id.clone();
    let room = room_after(&recorded([
        Event::ContactFilled(FilledContact {
            contact: id.clone(),
            name: "Bo".to_owned(),
            phone: "+351 21 5".to_owned(),
            mail: String::new(),
            chat: "@bo".to_owned(),
            pager: String::new(),
        }),
        Event::ContactProven { contact: id.clone(), way: Way::Chat, words: "hello".to_owned() },
        Event::ChannelFilled { channel: plan().channels[0].id.clone(), target: "https://chat.example/x".to_owned() },
    ]));
    let view = escalation(&room);
    let bo = &view.contacts[1];
    assert_eq!((bo.name.as_str(), bo.missing.as_str()), ("Bo", "Mail is blank in the file"));
    let ways: Vec<_> =
        bo.ways.iter().map(|way| (way.way.as_str(), way.address.as_str(), way.proven.as_str())).collect();
    assert_eq!(
        ways,
        [
            ("phone", "+351 21 5", ""),
            ("mail", "", ""),
            ("chat", "@bo", "answered 21 Jan 06:32 UTC, said MK: hello"),
            ("pager", "", ""),
        ]
    );
    assert_eq!((view.channels[0].target.as_str(), view.channels[0].missing.as_str()), ("https://chat.example/x", ""));

    let typed = Typed::default();
    let copied = |target| copied(&room, &typed, &target);
    assert_eq!(copied(CopyTarget::Contact(id.to_string())), Ok("Manager · Bo · +351 21 5 · @bo".to_owned()));
    assert_eq!(copied(CopyTarget::Reach(format!("{id}/chat"))), Ok("@bo".to_owned()));
    assert!(copied(CopyTarget::Reach(format!("{id}/mail"))).is_err());
    let opened = |target| opened_outside(&room, &typed, &target);
    assert_eq!(opened(OutsideTarget::Call { id: id.to_string() }), Ok("tel:+351215".to_owned()));
    let channel = OutsideTarget::Link { target: "https://chat.example/x".to_owned() };
    assert_eq!(opened(channel), Ok("https://chat.example/x".to_owned()));
}

#[test]
fn people_have_keys_and_the_login_acts_until_one_is_chosen() {
    let named = Event::PersonNamed(Person { initials: "TL".to_owned(), name: "Tomas".to_owned(), role: String::new() });
    let before = people(&room_after(&recorded([named.clone()])), "login");
    assert_eq!((before.actor.as_str(), before.chosen, before.people[0].key.as_str()), ("login", false, "1"));
    let after = people(&room_after(&recorded([named, Event::ActorChosen { initials: "TL".to_owned() }])), "login");
    assert_eq!((after.actor.as_str(), after.chosen), ("TL", true));
}

#[test]
fn what_is_typed_shows_and_says_that_it_is_not_kept() {
    let room = room_after(&recorded([draft(1, "done at [TIME]")]));
    let book = Book::of(room.plan());
    let kept = messages(&book, &room, &Typed::default());
    assert_eq!((kept.drafts[0].unkept, kept.drafts[0].kept.as_str()), (false, "kept 06:31:00 by MK"));
    assert_eq!(kept.groups[0].messages[0].status, "draft kept 06:31:00 by MK");
    assert_eq!(kept.groups[0].messages[0].draft, 1);

    let words = r##"{"to":"#d","subject":"s","body":"half a wo"}"##;
    let typed = Typed::of([(name_of_draft(1), words.to_owned())]);
    let shown = &messages(&book, &room, &typed).drafts[0];
    assert_eq!((shown.unkept, shown.body.as_str(), shown.blanks.len()), (true, "half a wo", 0));
    let stale = copied(&room, &typed, &CopyTarget::Draft("1".to_owned()));
    assert_eq!(stale, Err("What was typed into this draft is not kept yet: keep it first.".to_owned()));
}

#[test]
fn what_went_out_is_told_with_its_words() {
    let sent = Event::SentByHand {
        draft: 1,
        message: Some(plan().messages[0].id.clone()),
        to: "#deployments".to_owned(),
        subject: String::new(),
        body: "All well".to_owned(),
    };
    let room = room_after(&recorded([draft(1, "All well"), sent]));
    let view = messages(&Book::of(room.plan()), &room, &Typed::default());
    assert!(view.drafts.is_empty());
    assert_eq!(view.sent[0].words, "06:32:00 to #deployments by MK, by hand");
    assert_eq!((view.sent[0].title.as_str(), view.sent[0].body.as_str()), ("Hourly updates", "All well"));
    assert_eq!(view.groups[0].messages[0].status, "sent 06:32:00 to #deployments by MK");
}

#[test]
fn a_draft_with_open_blanks_goes_nowhere() {
    let room = room_after(&recorded([draft(1, "done at [TIME] by [Name]")]));
    let why = Err("Blanks are open: [TIME], [Name]. Fill them before the notice goes out.".to_owned());
    let typed = Typed::default();
    assert_eq!(copied(&room, &typed, &CopyTarget::Draft("1".to_owned())), why);
    assert_eq!(opened_outside(&room, &typed, &OutsideTarget::DraftMail { draft: "1".to_owned() }), why);
    assert!(copied(&room, &typed, &CopyTarget::Draft("2".to_owned())).is_err());
    let template = CopyTarget::Message(plan().messages[0].id.to_string());
    assert!(copied(&room, &typed, &template).is_ok(), "a template may be copied with its blanks");
}

#[test]
fn a_mail_link_holds_every_sign_and_every_line() {
    let room = room_after(&recorded([draft(1, "a;b=c? <0.1% 50 + \"ü\"\r\nsecond\n[x] (1)\n")]));
    let link = opened_outside(&room, &Typed::default(), &OutsideTarget::DraftMail { draft: "1".to_owned() });
    assert_eq!(
        link.as_deref(),
        Ok("mailto:ana@corp.example,bo%20b@corp.example?subject=Up%20%26%20running\
            &body=a%3Bb%3Dc%3F%20%3C0.1%25%2050%20%2B%20%22%C3%BC%22%0D%0Asecond%0D%0A%5Bx%5D%20%281%29")
    );
    let long = room_after(&recorded([draft(1, &"x".repeat(1800))]));
    let why = opened_outside(&long, &Typed::default(), &OutsideTarget::DraftMail { draft: "1".to_owned() });
    assert!(why.as_ref().is_err_and(|why| why.contains("too long") && why.contains("copy it")), "{why:?}");
}

#[test]
fn a_draft_starts_with_what_the_plan_knows() {
    let mut plan = plan();
    plan.messages[0].body = "{{service}} [release], [window]: done at [TIME]".to_owned();
    let room = room_of(plan);
    let (to, subject, body) = started(&room, &room.plan().messages[0]);
    assert_eq!((to.as_str(), subject.as_str()), ("#deployments", "Update"));
    assert_eq!(body, "payments-api 4.2.0, 21 Jan 06:30 – 08:00 UTC: done at [TIME]");
}
