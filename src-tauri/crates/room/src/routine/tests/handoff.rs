//! Given, when, then: the room passes from one person to the next.

use super::*;

fn watched() -> Day {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T14:18:00Z");
    for (initials, name) in [("IB", "Idris Bello"), ("JA", "Jonas Adler")] {
        day.act(&Intent::NamePerson(Person {
            initials: initials.to_owned(),
            name: name.to_owned(),
            role: String::new(),
        }));
    }
    day.now = at("2026-01-21T21:51:00Z");
    day
}

fn to(initials: &str) -> Intent {
    Intent::HandOver { to: initials.to_owned() }
}

fn by(initials: &str) -> Intent {
    Intent::TakeOver { by: initials.to_owned() }
}

fn acts(initials: &str) -> Intent {
    Intent::ChooseActor { initials: initials.to_owned() }
}

#[test]
fn the_first_holds_the_room_until_the_second_signs() {
    let mut day = watched();
    assert_eq!(day.room.has_the_room(), Some("MK"));
    day.act(&to("ib "));
    let waiting = day.room.handoffs().waiting.clone().unwrap();
    assert_eq!((waiting.by.as_str(), waiting.to.as_str(), waiting.at), ("MK", "IB", day.now));
    assert_eq!((day.room.has_the_room(), day.room.actor()), (Some("MK"), Some("MK")), "it is not taken over yet");
    day.act(&acts("IB"));
    assert_eq!(day.room.has_the_room(), Some("MK"), "whoever acts has it no more for that");
    day.act(&acts("MK"));
    day.now = at("2026-01-21T21:53:00Z");
    day.act(&by("IB"));
    assert_eq!((day.room.has_the_room(), day.room.actor()), (Some("IB"), Some("IB")), "the second acts from now on");
    let past = &day.room.handoffs().past[0];
    assert_eq!((past.by.as_str(), past.signed.by.as_str(), past.signed.event), ("IB", "MK", waiting.event));
    assert_eq!(day.room.handoffs().waiting, None);
    day.act(&acts("JA"));
    assert_eq!(day.room.has_the_room(), Some("IB"), "a guest who acts does not have the room");
}

#[test]
fn what_cannot_be_signed_says_why() {
    let mut day = watched();
    assert_eq!(day.try_it(&by("IB")), "Nobody has handed the room over: whoever has it signs first (Shift+H).");
    assert_eq!(day.try_it(&to("MK")), "MK has the room already: name somebody else, who takes it over.");
    assert_eq!(day.try_it(&to("XX")), "Nobody in the room has the initials XX.");
    assert_eq!(day.try_it(&to(" ")), "Say who takes the room over first.");
    assert_eq!(day.try_it(&Intent::WithdrawHandover), "There is nothing to take back.");
    let actor = day.room.actor.take();
    assert_eq!(day.try_it(&to("IB")), "This takes a person's name: choose who you are first (Shift+P).");
    day.room.actor = actor;
    day.act(&to("IB"));
    assert_eq!(
        day.try_it(&to("JA")),
        "The room is handed over to IB already, who has not signed: let IB take it over, or take that back first."
    );
    assert_eq!(day.try_it(&by("MK")), "MK has the room already: name somebody else, who takes it over.");
    assert_eq!(
        day.try_it(&by("JA")),
        "The room was handed over to IB: IB takes it over, or it is taken back and handed over anew."
    );
    assert_eq!(day.room.has_the_room(), Some("MK"), "nothing of it passed the room on");
    day.act(&Intent::Close { outcome: "done".to_owned() });
    assert_eq!(day.try_it(&by("IB")), "The room is closed: open it again first, with a reason.");
}

#[test]
fn who_signs_for_somebody_else_is_told_apart() {
    let mut day = watched();
    day.act(&to("IB"));
    day.act(&by("IB"));
    day.act(&acts("JA"));
    assert_eq!(day.try_it(&to("IB")), "IB has the room already: name somebody else, who takes it over.");
    day.act(&to("MK"));
    let offer = day.room.handoffs().waiting.clone().unwrap();
    assert_eq!((offer.by.as_str(), offer.had_by.as_str()), ("JA", "IB"));
}

#[test]
fn the_first_signature_is_taken_back_and_the_second_never() {
    let mut day = watched();
    day.act(&to("IB"));
    day.act(&Intent::Undo { item: None });
    assert_eq!((day.room.handoffs().waiting.clone(), day.try_it(&by("IB")).is_empty()), (None, false));
    day.act(&to("IB"));
    day.act(&Intent::WithdrawHandover);
    day.act(&to("JA"));
    day.act(&by("JA"));
    day.act(&Intent::Undo { item: None });
    assert_eq!(day.room.has_the_room(), Some("JA"), "what two people signed for one does not take back");
}

#[test]
fn the_checklists_own_handoff_is_done_by_it_once_a_shift() {
    let mut day = watched();
    let item = day.item("Tell the next");
    let (table, when) = day.room.round_at_hand(&item, day.now).expect("the handoff that ends this shift");
    assert_eq!((table.rhythm, when.due), (Rhythm::Handoff, at("2026-01-21T14:18:00Z")));
    let key = RoundKey { routine: table.key.clone(), due: when.due };
    let tick = |due: &str| {
        let round = RoundKey { routine: table.key.clone(), due: at(due) };
        Intent::TickRound { round, item: item.clone(), said: RoundSaid::Done { saw: None } }
    };
    assert!(!day.try_it(&tick("2026-01-21T15:18:00Z")).is_empty(), "another shift's handoff is none of this one");
    day.act(&tick("2026-01-21T14:18:00Z"));
    assert!(day.room.afterwards().round(&key).unwrap().done.is_none(), "it takes two signatures");
    assert_eq!(day.room.rounds_due(day.now).iter().filter(|(one, _)| one.rhythm == Rhythm::Handoff).count(), 0);
    day.act(&to("IB"));
    day.now = at("2026-01-21T21:53:00Z");
    day.act(&by("IB"));
    let state = day.room.afterwards().round(&key).unwrap().clone();
    assert_eq!(state.done.map(|done| (done.actor, done.at)), Some(("IB".to_owned(), day.now)));
    assert_eq!(day.room.handoffs().past[0].open, [""; 0]);
    // The next shift has a handoff of its own, which nobody has done.
    let (_, next) = day.room.round_at_hand(&item, day.now).unwrap();
    assert_eq!(next.due, at("2026-01-21T21:53:00Z"));
    day.act(&to("MK"));
    day.act(&by("MK"));
    let key = RoundKey { due: next.due, ..key };
    let is_done = |state: &crate::routine::RoundState| state.done.is_some();
    assert!(!day.room.afterwards().round(&key).is_some_and(is_done), "signing ticks nothing");
    assert_eq!(day.room.handoffs().past[1].open, ["Tell the next one"], "what nobody said is named, and not done");
}
