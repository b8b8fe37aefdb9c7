//! The room against a slow and obvious reference (`support/reference.rs`), over random asks, good and bad.

use jiff::Timestamp;
use plan::{ContactId, ItemId, MessageId, SectionId};
use proptest::prelude::*;
use room::{Event, Intent, Mode, Opened, Person, Recorded, Room, Standing, Way, decide};
use tests::reference::{Ask, BODIES, CHANNELS, CHECKS, CONTACTS, DAY, PHASES, Reference, SAWS, SECTIONS, Seen};

const WAYS: [Way; 4] = [Way::Phone, Way::Mail, Way::Chat, Way::Pager];

/// Seconds at which the first ask comes.
const FIRST_S: i64 = 1_769_000_000;

fn opened() -> Opened {
    Opened {
        room: "0".repeat(32),
        file: "pay.md".to_owned(),
        path: "/pay.md".to_owned(),
        text: DAY.to_owned(),
        settings: None,
        start: jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0),
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "none".to_owned(),
        reader: "law".to_owned(),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a second of this century")
}

/// The ids of the day's things, by the facts' indices; what is beyond them is an id that the plan does not have.
struct Ids<'a>(&'a Room);

impl Ids<'_> {
    fn check(&self, index: usize) -> ItemId {
        let text = CHECKS.get(index).map(|check| check.text);
        let found = text.map(|text| self.0.plan().items.iter().find(|item| item.text == text));
        found.map_or_else(|| ItemId::of(&[], "none", 0), |item| item.expect("the plan has the check").id.clone())
    }

    fn section(&self, index: usize, titles: &[&str]) -> SectionId {
        let title = titles.get(index);
        let sections = || self.0.plan().sections.iter();
        let found = title.map(|title| sections().find(|section| section.title == *title || section.text == *title));
        found.map_or_else(
            || SectionId::of(&[], "none", 0),
            |section| section.expect("the plan has the section").id.clone(),
        )
    }

    fn contact(&self, index: usize) -> ContactId {
        let contact =
            CONTACTS.get(index).map(|role| self.0.plan().contacts.iter().find(|contact| contact.role == *role));
        contact.map_or_else(|| ContactId::of(&[], "none", 0), |contact| contact.expect("the plan has them").id.clone())
    }

    fn channel(&self, index: usize) -> ContactId {
        let channel =
            CHANNELS.get(index).map(|name| self.0.plan().channels.iter().find(|channel| channel.text == *name));
        channel.map_or_else(|| ContactId::of(&[], "none", 0), |channel| channel.expect("the plan has it").id.clone())
    }

    fn message(&self, is_known: bool) -> MessageId {
        if is_known { self.0.plan().messages[0].id.clone() } else { MessageId::of(&[], "none", 0) }
    }

    fn intent(&self, ask: &Ask, now: i64) -> Intent {
        let ago = |ago: &Option<i64>| ago.map(|ago| at(now - ago));
        match ask.clone() {
            Ask::State { check, saw } => Intent::State { item: self.check(check), saw: SAWS[saw].0.map(str::to_owned) },
            Ask::Confirm(check) => Intent::Confirm { item: self.check(check) },
            Ask::ConfirmSection(section) => Intent::ConfirmSection { section: self.section(section, SECTIONS) },
            Ask::Override(check, reason) => Intent::Override { item: self.check(check), reason },
            Ask::Defer(check, to, reason) => {
                Intent::Defer { item: self.check(check), to: self.section(to, PHASES), reason }
            }
            Ask::NotApplicable(check, reason) => Intent::NotApplicable { item: self.check(check), reason },
            Ask::Undo(check) => Intent::Undo { item: check.map(|check| self.check(check)) },
            Ask::NamePerson([initials, name, role]) => Intent::NamePerson(Person { initials, name, role }),
            Ask::ChooseActor(initials) => Intent::ChooseActor { initials },
            Ask::FillContact(contact, [name, phone, mail, chat, pager]) => {
                Intent::FillContact { contact: self.contact(contact), name, phone, mail, chat, pager }
            }
            Ask::ProveContact(contact, way, words) => {
                Intent::ProveContact { contact: self.contact(contact), way: WAYS[way], words }
            }
            Ask::FillChannel(channel, target) => Intent::FillChannel { channel: self.channel(channel), target },
            Ask::KeepDraft { draft, template, parts: [to, subject], body } => Intent::KeepDraft {
                draft,
                message: template.map(|is_known| self.message(is_known)),
                to,
                subject,
                body: BODIES[body].0.to_owned(),
            },
            Ask::DropDraft(draft) => Intent::DropDraft { draft },
            Ask::MarkSent(draft, to, when) => Intent::MarkSent { draft, to, at: ago(&when) },
            Ask::Note(text, when) => Intent::Note { text, at: ago(&when) },
            Ask::Close(outcome) => Intent::Close { outcome },
            Ask::Reopen(reason) => Intent::Reopen { reason },
        }
    }
}

/// All that can be asked of the real room.
fn seen(room: &Room) -> Seen {
    let ids = Ids(room);
    let checks: Vec<ItemId> = (0..CHECKS.len()).map(|check| ids.check(check)).collect();
    let words = |id: &ItemId| match room.standing(id) {
        Standing::Open => "open".to_owned(),
        Standing::Claimed => "claimed".to_owned(),
        Standing::Stated { saw: None } => "stated".to_owned(),
        Standing::Stated { saw: Some(saw) } => format!("stated: {saw}"),
        Standing::Overridden { reason } => format!("overridden: {reason}"),
        Standing::Deferred { to, reason } => {
            format!("deferred to {}: {reason}", room.plan().section(to).expect("a phase").title)
        }
        Standing::NotApplicable { reason } => format!("not applicable: {reason}"),
    };
    let kinds: [fn(&Standing) -> bool; 6] = [
        |standing| *standing == Standing::Open,
        |standing| *standing == Standing::Claimed,
        Standing::is_done,
        |standing| matches!(standing, Standing::Overridden { .. }),
        |standing| matches!(standing, Standing::Deferred { .. }),
        |standing| matches!(standing, Standing::NotApplicable { .. }),
    ];
    let acts = |id: &ItemId| room.item(id).expect("a check").marks.iter().map(|mark| mark.event).collect();
    let contacts = (0..CONTACTS.len()).map(|contact| {
        let state = room.contact(&ids.contact(contact)).expect("a contact");
        let proof = |way: &Way| {
            state.proven.get(way).map(|proof| (proof.actor.clone(), proof.at.as_second(), proof.words.clone()))
        };
        (state.name.clone(), WAYS.map(|way| state.address(way).to_owned()), WAYS.map(|way| proof(&way)))
    });
    let drafts = room.drafts().iter().map(|(number, draft)| {
        (
            *number,
            draft.message.is_some(),
            [draft.to.clone(), draft.subject.clone(), draft.body.clone()],
            draft.actor.clone(),
        )
    });
    let sent = room.sent().iter().map(|sent| {
        let words = [sent.to.clone(), sent.subject.clone(), sent.body.clone()];
        (sent.event, sent.draft, words, sent.actor.clone(), sent.at.as_second())
    });
    let notes = room.notes().iter();
    Seen {
        standings: checks.iter().map(words).collect(),
        acts: checks.iter().map(acts).collect(),
        counts: kinds.map(|is| checks.iter().filter(|id| is(room.standing(id))).count()),
        mode: match room.mode() {
            Mode::Prepare => "prepare",
            Mode::Live => "live",
            Mode::Closed => "closed",
        },
        closed: room.closed().map(str::to_owned),
        undoable: room.undoable().map(|act| act.event),
        actor: room.actor().map(str::to_owned),
        people: room.people().iter().map(|one| [one.initials.clone(), one.name.clone(), one.role.clone()]).collect(),
        contacts: contacts.collect(),
        channels: (0..CHANNELS.len()).map(|at| room.channel(&ids.channel(at)).map(str::to_owned)).collect(),
        drafts: drafts.collect(),
        next_draft: room.next_draft(),
        sent: sent.collect(),
        notes: notes.map(|note| (note.event, note.at.as_second(), note.text.clone(), note.actor.clone())).collect(),
        last: room.last(),
    }
}

/// Words as people type them, too little of them included.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("  ".to_owned()),
        Just(" so ".to_owned()),
        Just("so".to_owned()),
        "[a-z]{1,3}"
    ]
}

fn initials() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("MK".to_owned()),
        Just("mk".to_owned()),
        Just("JA".to_owned()),
        Just("m k".to_owned()),
        Just("abcde".to_owned()),
        Just(String::new())
    ]
}

fn asks() -> impl Strategy<Value = Ask> {
    // One beyond the last names nothing.
    let check = || 0..=CHECKS.len();
    let ago = || prop::option::weighted(0.3, prop_oneof![Just(-5_i64), 0_i64..600]);
    let draft = || 1_u32..4;
    let (contact, channel) = (0..=CONTACTS.len(), 0..=CHANNELS.len());
    prop_oneof![
        8 => (check(), 0..SAWS.len()).prop_map(|(check, saw)| Ask::State { check, saw }),
        2 => check().prop_map(Ask::Confirm),
        2 => (0..=SECTIONS.len()).prop_map(Ask::ConfirmSection),
        3 => (check(), words()).prop_map(|(check, reason)| Ask::Override(check, reason)),
        3 => (check(), 0..=PHASES.len(), words()).prop_map(|(check, to, reason)| Ask::Defer(check, to, reason)),
        3 => (check(), words()).prop_map(|(check, reason)| Ask::NotApplicable(check, reason)),
        5 => prop::option::of(check()).prop_map(Ask::Undo),
        2 => (initials(), words(), words()).prop_map(|(initials, name, role)| Ask::NamePerson([initials, name, role])),
        2 => initials().prop_map(Ask::ChooseActor),
        2 => (contact.clone(), prop::array::uniform5(words())).prop_map(|(contact, words)| Ask::FillContact(contact, words)),
        2 => (contact, 0..WAYS.len(), words()).prop_map(|(contact, way, words)| Ask::ProveContact(contact, way, words)),
        1 => (channel, words()).prop_map(|(channel, target)| Ask::FillChannel(channel, target)),
        3 => (prop::option::of(draft()), prop::option::of(prop::bool::weighted(0.8)), prop::array::uniform2(words()), 0..BODIES.len())
            .prop_map(|(draft, template, parts, body)| Ask::KeepDraft { draft, template, parts, body }),
        1 => draft().prop_map(Ask::DropDraft),
        2 => (draft(), words(), ago()).prop_map(|(draft, to, ago)| Ask::MarkSent(draft, to, ago)),
        2 => (words(), ago()).prop_map(|(text, ago)| Ask::Note(text, ago)),
        1 => words().prop_map(Ask::Close),
        2 => words().prop_map(Ask::Reopen),
    ]
}

/// How many days are tried: many more where there is time.
fn cases() -> u32 {
    if std::env::var_os("WAR_ROOM_LONG").is_some() { 10_000 } else { 256 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// The real room and the reference accept the same asks, and say the same after each; and whoever reads the log
    /// afterwards, from its stored words and all at once, sees the same room.
    #[test]
    fn a_room_is_what_was_accepted_in_it(asked in prop::collection::vec(asks(), 1..60)) {
        let mut reference = Reference::default();
        let mut room = Room::open(opened());
        let first = Recorded { seq: 1, occurred_at: at(FIRST_S), recorded_at: at(FIRST_S), actor: "login".to_owned(), event: Event::Opened(Box::new(opened())) };
        let mut log = vec![first];
        prop_assert_eq!(seen(&room), reference.seen());
        for (now, ask) in (FIRST_S + 1..).zip(&asked) {
            let decision = decide(&room, &Ids(&room).intent(ask, now), at(now));
            prop_assert_eq!(decision.is_ok(), reference.ask(ask, now), "{:?}: {:?}", ask, decision);
            if let Ok((event, occurred_at)) = decision {
                let actor = room.actor().unwrap_or("login").to_owned();
                let recorded = Recorded { seq: room.last() + 1, occurred_at, recorded_at: at(now), actor, event };
                room.apply(&recorded);
                log.push(recorded);
            }
            prop_assert_eq!(seen(&room), reference.seen(), "after {:?}", ask);
        }
        for recorded in &mut log {
            let stored = serde_json::to_string(&recorded.event).expect("an event can be written");
            recorded.event = serde_json::from_str(&stored).expect("what was written can be read");
        }
        let folded = Room::fold(&log).expect("the log begins with the opening");
        prop_assert_eq!(seen(&folded), seen(&room));
    }
}

#[test]
fn the_facts_of_the_day_are_what_the_plan_reads() {
    let room = Room::open(opened());
    let texts: Vec<&str> = room.plan().items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, CHECKS.iter().map(|check| check.text).collect::<Vec<_>>());
    let phases: Vec<&str> = room.plan().phases.iter().map(|phase| phase.title.as_str()).collect();
    assert_eq!(phases, PHASES);
    for (at, check) in CHECKS.iter().enumerate() {
        let id = Ids(&room).check(at);
        let phase = room.plan().phases.iter().position(|phase| phase.items.contains(&id));
        assert_eq!(phase, check.phase, "{}", check.text);
    }
}
