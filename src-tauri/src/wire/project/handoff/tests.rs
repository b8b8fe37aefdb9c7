//! What the page of the handoff says, without anything observed; with a watch over it the controller's tests look at it.

use room::{Event, Intent, Opened, Person, Recorded, Room, RoundKey, RoundSaid, Sight, decide};

use super::*;

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] No WARN level logs
- [ ] mTLS active

## After the deployment

### First 24 hours
**Every 1 hour:**
- [ ] Look at the dashboards

**Shift handoff:**
- [ ] Document any issues
- [ ] Brief next engineer

### First week
**Daily:**
- [ ] Trends

## Rollback
### Option 1: Undo the rollout
- Go back
### CRITICAL
- Error rate >10%
";

struct Night {
    room: Room,
    events: Vec<Recorded>,
    now: Timestamp,
}

impl Night {
    fn watched() -> Self {
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: TEXT.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let room = Room::open(opened.clone());
        let now = at("2026-01-21T06:30:00Z");
        let event = Event::Opened(Box::new(opened));
        let first = Recorded { seq: 1, occurred_at: now, recorded_at: now, actor: "mira".to_owned(), event };
        let mut night = Self { room, events: vec![first], now };
        for (initials, name, role) in [("MK", "Mira Kos", "release manager"), ("IB", "Idris Bello", "")] {
            let (initials, name, role) = (initials.to_owned(), name.to_owned(), role.to_owned());
            night.act(&Intent::NamePerson(Person { initials, name, role }));
        }
        night.act(&Intent::ChooseActor { initials: "MK".to_owned() });
        let item = night.item("Started");
        night.act(&Intent::State { item, saw: None });
        night.now = at("2026-01-21T14:18:00Z");
        night.act(&Intent::DeclareGoLive { reason: "by agreement".to_owned() });
        night.now = at("2026-01-21T21:51:12Z");
        night
    }

    fn item(&self, text: &str) -> plan::ItemId {
        self.room.plan().items.iter().find(|item| item.text.starts_with(text)).expect(text).id.clone()
    }

    fn act(&mut self, intent: &Intent) {
        let (event, occurred_at) = decide(&self.room, intent, &Sight::default(), self.now).expect("allowed");
        let actor = event.signer().or(self.room.actor()).unwrap_or("mira").to_owned();
        let recorded = Recorded { seq: self.room.last() + 1, occurred_at, recorded_at: self.now, actor, event };
        self.room.apply(&recorded);
        self.events.push(recorded);
    }

    fn view(&self) -> HandoffView {
        let book = Book::of(self.room.plan());
        handoff(&Handing {
            book: &book,
            room: &self.room,
            events: &self.events,
            seen: None,
            login: "mira",
            head: "e0c4-77a9",
            now: self.now,
        })
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn section<'a>(view: &'a HandoffView, id: &str) -> &'a crate::wire::HandoffSectionView {
    view.sections.iter().find(|section| section.id == id).unwrap()
}

#[test]
fn what_was_overridden_or_deferred_stands_apart_with_its_event() {
    let mut night = Night::watched();
    let (logs, mtls) = (night.item("No WARN"), night.item("mTLS"));
    night.act(&Intent::Override { item: logs, reason: "deprecation warning".to_owned() });
    let overridden_by = night.room.last();
    let to = night.room.plan().sections.iter().find(|section| section.text.starts_with("First week")).unwrap();
    let to = to.id.clone();
    night.act(&Intent::Defer { item: mtls, to, reason: "no sidecar yet".to_owned() });
    let view = night.view();
    let (overridden, deferred) = (section(&view, "overridden"), section(&view, "deferred"));
    assert_eq!(overridden.aside, "1 · not done, only let through");
    assert_eq!(
        (overridden.lines[0].mark.as_str(), overridden.lines[0].title.as_str()),
        ("overridden", "No WARN level logs")
    );
    assert_eq!(u64::from(overridden.lines[0].event), overridden_by);
    assert_eq!(overridden.lines[0].words, "MK 21:51:12: “deprecation warning”");
    assert_eq!((deferred.lines[0].mark.as_str(), deferred.lines[0].right.as_str()), ("deferred", "to First week"));
    assert_eq!(section(&view, "alerts").aside, "nothing is observed: nobody knows");
    // A round's check that waits for the next one is no less open.
    night.now = at("2026-01-21T22:18:30Z");
    let table = night.room.timetables().remove(0);
    let round = RoundKey { routine: table.key, due: at("2026-01-21T22:18:00Z") };
    let said = RoundSaid::Deferred { reason: "no load".to_owned() };
    night.act(&Intent::TickRound { round, item: table.items[0].clone(), said });
    let view = night.view();
    let line = &section(&view, "deferred").lines[1];
    assert_eq!(
        (line.title.as_str(), line.right.as_str()),
        ("Look at the dashboards (round of 22:18:00)", "to the next round")
    );
}

#[test]
fn clocks_run_on_and_what_is_due_is_named() {
    let view = Night::watched().view();
    let running = section(&view, "running");
    assert_eq!(running.aside, "2 clocks · they do not stop for a handoff");
    assert_eq!(running.lines[0].title, "First 24 hours");
    assert_eq!(running.lines[0].right, "7:33:12 of 24:00:00");
    assert_eq!(running.lines[0].words, "from go-live 14:18:00 to 22 Jan 14:18:00 UTC");
    let due: Vec<_> = section(&view, "due").lines.iter().map(|line| line.title.as_str()).collect();
    assert!(due.contains(&"Round: Every 1 hour"), "{due:?}");
    assert!(view.first.iter().any(|line| line.title.starts_with("Next to do: ")), "{:?}", view.first);
    assert!(view.first.iter().any(|line| line.title.starts_with("The way back: way 1")), "{:?}", view.first);
}

#[test]
fn both_signatures_are_told_and_what_changed_between_them() {
    let mut night = Night::watched();
    let view = night.view();
    assert_eq!((view.state.as_str(), view.holds.as_str()), ("open", "MK has the room."));
    assert_eq!(view.cannot_take_over, "Nobody has handed the room over: whoever has it signs first (Shift+H).");
    assert_eq!(view.candidates.iter().map(|one| one.initials.as_str()).collect::<Vec<_>>(), ["IB"]);
    assert_eq!(view.checks_words, "0 of 2 checks settled · Shift handoff");
    night.act(&Intent::HandOver { to: "IB".to_owned() });
    let view = night.view();
    assert_eq!((view.state.as_str(), view.from.signed.as_str()), ("signed", "signed 21:51:12 UTC"));
    assert_eq!(view.holds, "MK holds the room until IB signs; alerts still ring here.");
    assert_eq!(view.changed_words, "Nothing happened since it was signed");
    assert!(view.cannot_hand_over.starts_with("The room is handed over to IB already"), "{}", view.cannot_hand_over);
    night.act(&Intent::Note { text: "client 77 retries".to_owned(), at: None });
    let view = night.view();
    assert_eq!(view.changed_words, "1 event since it was signed");
    assert_eq!(view.changed[0].text, "client 77 retries");
    assert_eq!(view.notes_words, "1 from the log, 1 since it was signed");
    assert_eq!(u64::from(view.notes[0].event), night.room.last());
    night.now = at("2026-01-21T21:53:00Z");
    night.act(&Intent::TakeOver { by: "IB".to_owned() });
    assert_eq!(night.events.last().unwrap().actor, "IB", "the second signature is theirs");
    let view = night.view();
    assert_eq!((view.state.as_str(), view.holds.as_str()), ("open", "IB has the room."));
    assert_eq!(view.from.words, "has the room since 21:53:00 UTC");
    assert_eq!(view.past[0].title, "MK to IB");
    assert_eq!(view.past[0].words, "left open: Document any issues; Brief next engineer");
    assert_eq!(view.notes, [], "what was said before is of the shift before");
    let words: Vec<_> = night.events.iter().rev().take(1).map(|one| entry(&night, one)).collect();
    assert_eq!(words, ["IB took the room over from MK"]);
}

fn entry(night: &Night, recorded: &Recorded) -> String {
    let book = Book::of(night.room.plan());
    format!("{} {}", recorded.actor, crate::wire::project::entry_words(&book, &night.room, &night.events, recorded))
}

#[test]
fn as_text_it_says_none_where_there_is_nothing_and_where_the_record_lies() {
    let text = in_words(&Night::watched().view(), "pay 4.2.0", "GO: all seen", "~/rooms/pay.warroom", "e0c4-77a9");
    assert!(
        text.starts_with("pay 4.2.0: handoff. Drafted from the log at 21:51:12 UTC\nMK has the room.\nGO: all seen\n"),
        "{text}"
    );
    assert!(text.contains("\nOverridden (0 · not done, only let through)\n- none\n"), "{text}");
    assert!(
        text.contains("- First 24 hours: from go-live 14:18:00 to 22 Jan 14:18:00 UTC · 7:33:12 of 24:00:00 [event "),
        "{text}"
    );
    assert!(text.ends_with("The record: ~/rooms/pay.warroom on the laptop of this room, head e0c4-77a9."), "{text}");
}
