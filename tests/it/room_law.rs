//! The room against a slow and obvious reference (`support/reference.rs`), over random asks, good and bad.

use jiff::Timestamp;
use plan::{ContactId, ItemId, MessageId, SectionId};
use proptest::prelude::*;
use room::{
    AlertId, ConditionRead, ConditionState, Event, Fired, HoldTurn, Intent, Mode, NotifyOutcome, Opened, Person,
    Recorded, Room, Standing, Value, VerdictWord, Way, decide,
};
use tests::reference::{
    ALERTS, ANSWERS, AlertSeen, Ask, BODIES, CHANNELS, CHECKS, CONTACTS, DAY, FINDER, Found, GATES, GateSeen,
    GateSight, PHASES, Reference, SAWS, SECTIONS, Seen, Sight, VALUES,
};

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
        drill: None,
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
            Ask::Answer { check, answer, values } => Intent::Answer {
                item: self.check(check),
                answer: Some(ANSWERS[answer].to_owned()).filter(|answer| !answer.is_empty()),
                values: VALUES[values]
                    .iter()
                    .map(|(field, value)| Value { field: (*field).to_owned(), value: (*value).to_owned() })
                    .collect(),
            },
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
            Ask::EnterGate(gate) => Intent::EnterGate { gate: self.gate(gate) },
            Ask::PassGate(gate) => Intent::PassGate { gate: self.gate(gate) },
            Ask::OverrideGate(gate, reason) => Intent::OverrideGate { gate: self.gate(gate), reason },
            Ask::Acknowledge(alert, note) => Intent::Acknowledge { alert: alert_id(alert), note },
            Ask::ExtendDeadline(alert, until_s, reason) => {
                Intent::ExtendDeadline { alert: alert_id(alert), until: at(now + until_s), reason }
            }
            Ask::AnswerTest(seen) => Intent::AnswerTest { seen },
            Ask::Finds(_) => unreachable!("nobody asks for what is found"),
            Ask::Close(outcome) => Intent::Close { outcome },
            Ask::Reopen(reason) => Intent::Reopen { reason },
        }
    }

    fn gate(&self, index: usize) -> ItemId {
        self.check(GATES.get(index).map_or(usize::MAX, |gate| gate.check))
    }

    fn sight(&self, sight: &Sight) -> room::Sight {
        let gate = sight.gate.as_ref().map(|seen| room::GateSight {
            gate: self.gate(seen.gate),
            conditions: seen.are_met.iter().map(|is_met| condition(*is_met)).collect(),
            held_ms: seen.held_ms,
            is_held: seen.is_held,
            on_word: seen.on_word,
            fetched_ms: 0,
        });
        let items = sight.check.iter().map(|(check, is_met)| (self.check(*check), (*is_met, "so".to_owned())));
        room::Sight { gate, items: items.collect(), ..room::Sight::default() }
    }

    /// What the watch would write.
    fn event(&self, found: &Found, now: i64) -> Event {
        let seen =
            || room::Seen { words: "so".to_owned(), value: String::new(), unit: None, at: at(now), fetched: false };
        let turn =
            |gate: usize, turn| Event::HoldTurned { gate: self.gate(gate), turn, held_ms: 7, why: String::new() };
        match *found {
            Found::Fires(alert, deadline_s) => Event::AlertFired(Box::new(Fired {
                alert: alert_id(alert),
                name: ALERTS[alert].to_owned(),
                text: String::new(),
                severity: plan::Severity::High,
                since: at(now),
                seen: Some(seen()),
                deadline: deadline_s.map(|deadline_s| at(now + deadline_s)),
                why: String::new(),
                first: None,
                since_before: None,
            })),
            Found::Resolved(alert) => Event::AlertResolved { alert: alert_id(alert), seen: Some(seen()) },
            Found::TimeIsUp(alert) => Event::DeadlinePassed { alert: alert_id(alert) },
            Found::Observed(check) => Event::Observed { item: self.check(check), seen: seen() },
            Found::Lost(check) => {
                Event::ObservationLost { item: self.check(check), seen: None, why: "gone".to_owned() }
            }
            Found::Started(gate) => turn(gate, HoldTurn::Started),
            Found::Broken(gate) => turn(gate, HoldTurn::Broken),
            Found::Held(gate) => turn(gate, HoldTurn::Held),
            Found::Tested => Event::Notified {
                key: room::TEST.to_owned(),
                title: "Test".to_owned(),
                outcome: NotifyOutcome::Shown,
                words: String::new(),
            },
            Found::Verdict(is_go) => Event::VerdictTurned {
                word: if is_go { VerdictWord::Go } else { VerdictWord::Hold },
                why: String::new(),
            },
        }
    }
}

fn alert_id(index: usize) -> AlertId {
    AlertId::from(ALERTS.get(index).copied().unwrap_or("none").to_owned())
}

/// A condition, met by a sample or by a word; or not, in one of the ways in which it is not.
fn condition(is_met: bool) -> ConditionRead {
    let state = if is_met { ConditionState::OnWord } else { ConditionState::NoData };
    ConditionRead { text: "so".to_owned(), state, words: String::new(), since_before: None }
}

fn gate_seen(room: &Room, id: &ItemId) -> GateSeen {
    let Some(state) = room.gate(id) else { return GateSeen::default() };
    let turn = |turn: HoldTurn| match turn {
        HoldTurn::Started => "started",
        HoldTurn::Broken => "broken",
        HoldTurn::Held => "held",
        HoldTurn::Paused | HoldTurn::WentOn => "another",
    };
    GateSeen {
        entered: state.entered.as_ref().map(|(at, actor)| (at.as_second(), actor.clone())),
        turn: state.turn.as_ref().map(|(how, at, ..)| (turn(*how), at.as_second())),
        passed: state.passed.as_ref().map(|passed| {
            let room::GatePass { at, actor, held_ms, on_word, overridden } = passed.clone();
            (at.as_second(), actor, held_ms, on_word, overridden)
        }),
    }
}

fn alert_seen(room: &Room, id: &AlertId) -> Option<AlertSeen> {
    let state = room.alerts().get(id)?.clone();
    Some(AlertSeen {
        event: state.event,
        deadline: state.deadline.map(Timestamp::as_second),
        acknowledged: state.acknowledged.map(|(actor, at, note)| (actor, at.as_second(), note)),
        extended: state.extended,
        is_overdue: state.is_overdue,
        resolved: state.resolved.map(Timestamp::as_second),
    })
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
        Standing::AnsweredNo { words, is_no_go: false } => format!("answered no: {words}"),
        Standing::AnsweredNo { words, is_no_go: true } => format!("answered no-go: {words}"),
        Standing::Observed { .. } => "observed".to_owned(),
        Standing::Lost { .. } => "lost".to_owned(),
        Standing::Overridden { reason } => format!("overridden: {reason}"),
        Standing::Deferred { to, reason } => {
            format!("deferred to {}: {reason}", room.plan().section(to).expect("a phase").title)
        }
        Standing::NotApplicable { reason } => format!("not applicable: {reason}"),
    };
    let kinds: [fn(&Standing) -> bool; 8] = [
        |standing| *standing == Standing::Open,
        |standing| *standing == Standing::Claimed,
        Standing::is_done,
        |standing| matches!(standing, Standing::Overridden { .. }),
        |standing| matches!(standing, Standing::Deferred { .. }),
        |standing| matches!(standing, Standing::NotApplicable { .. }),
        |standing| matches!(standing, Standing::Lost { .. }),
        |standing| matches!(standing, Standing::AnsweredNo { .. }),
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
            // No random day of this law rolls back: the way back has tests of its own.
            Mode::RollingBack | Mode::RolledBack => unreachable!("nobody rolls back here"),
            Mode::Watch => unreachable!("nobody goes live here"),
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
        gates: (0..GATES.len()).map(|gate| gate_seen(room, &ids.gate(gate))).collect(),
        current_gate: (0..GATES.len()).find(|gate| room.current_gate().is_some_and(|one| one.item == ids.gate(*gate))),
        alerts: (0..ALERTS.len()).map(|alert| alert_seen(room, &alert_id(alert))).collect(),
        test: room.test().map(|test| {
            let answered = test.answered.as_ref().map(|(actor, seen, _)| (actor.clone(), *seen));
            (test.at.as_second(), answered)
        }),
        verdict: room.verdict().map(|(word, at)| (word == VerdictWord::Go, at.as_second())),
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
    let gate = || 0..=GATES.len();
    let (contact, channel) = (0..=CONTACTS.len(), 0..=CHANNELS.len());
    prop_oneof![
        8 => (check(), 0..SAWS.len()).prop_map(|(check, saw)| Ask::State { check, saw }),
        8 => (check(), 0..ANSWERS.len(), 0..VALUES.len())
            .prop_map(|(check, answer, values)| Ask::Answer { check, answer, values }),
        // A choice without blanks is answered more often than not.
        8 => (check(), 0..ANSWERS.len()).prop_map(|(check, answer)| Ask::Answer { check, answer, values: 0 }),
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
        3 => gate().prop_map(Ask::EnterGate),
        6 => gate().prop_map(Ask::PassGate),
        3 => (gate(), words()).prop_map(|(gate, reason)| Ask::OverrideGate(gate, reason)),
        2 => (0..=ALERTS.len(), words()).prop_map(|(alert, note)| Ask::Acknowledge(alert, note)),
        3 => (0..=ALERTS.len(), -30_i64..120, words())
            .prop_map(|(alert, until_s, reason)| Ask::ExtendDeadline(alert, until_s, reason)),
        1 => any::<bool>().prop_map(Ask::AnswerTest),
        12 => found().prop_map(Ask::Finds),
        1 => words().prop_map(Ask::Close),
        2 => words().prop_map(Ask::Reopen),
    ]
}

/// What the watch may find.
fn found() -> impl Strategy<Value = Found> {
    let (alert, check, gate) = (|| 0..ALERTS.len(), || 0..=CHECKS.len(), || 0..GATES.len());
    prop_oneof![
        3 => (alert(), prop::option::of(0_i64..60)).prop_map(|(alert, deadline_s)| Found::Fires(alert, deadline_s)),
        2 => alert().prop_map(Found::Resolved),
        1 => alert().prop_map(Found::TimeIsUp),
        3 => check().prop_map(Found::Observed),
        2 => check().prop_map(Found::Lost),
        1 => gate().prop_map(Found::Started),
        1 => gate().prop_map(Found::Broken),
        2 => gate().prop_map(Found::Held),
        1 => Just(Found::Tested),
        1 => any::<bool>().prop_map(Found::Verdict),
    ]
}

/// What is seen when something is asked: often enough to pass a gate by, often not.
fn sights() -> impl Strategy<Value = Sight> {
    let is_so = || prop::bool::weighted(0.8);
    let gate = (0..GATES.len(), prop::array::uniform2(is_so()), 0_u64..900_000, is_so(), any::<bool>());
    let gate = gate.prop_map(|(gate, are_met, held_ms, is_held, on_word)| GateSight {
        gate,
        are_met,
        held_ms,
        is_held,
        on_word,
    });
    let check = (0..CHECKS.len(), any::<bool>());
    (prop::option::weighted(0.8, gate), prop::option::of(check)).prop_map(|(gate, check)| Sight { gate, check })
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
    fn a_room_is_what_was_accepted_in_it(asked in prop::collection::vec((asks(), sights()), 1..80)) {
        let mut reference = Reference::default();
        let mut room = Room::open(opened());
        let first = Recorded { seq: 1, occurred_at: at(FIRST_S), recorded_at: at(FIRST_S), actor: "login".to_owned(), event: Event::Opened(Box::new(opened())) };
        let mut log = vec![first];
        prop_assert_eq!(seen(&room), reference.seen());
        for (now, (ask, sight)) in (FIRST_S + 1..).zip(&asked) {
            let ids = Ids(&room);
            let decision = match ask {
                Ask::Finds(found) => Ok((ids.event(found, now), at(now))),
                _ => decide(&room, &ids.intent(ask, now), &ids.sight(sight), at(now)),
            };
            prop_assert_eq!(decision.is_ok(), reference.ask(ask, sight, now), "{:?} {:?}: {:?}", ask, sight, decision);
            if let Ok((event, occurred_at)) = decision {
                let by = if matches!(ask, Ask::Finds(_)) { FINDER } else { room.actor().unwrap_or("login") };
                let actor = by.to_owned();
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
    let gates = room.plan().gates.iter().map(|gate| (gate.item.clone(), gate.conditions.clone(), gate.hold_s));
    let ids = Ids(&room);
    let facts = GATES.iter().map(|gate| {
        let conditions = gate.conditions.iter().map(|check| ids.check(*check)).collect();
        (ids.check(gate.check), conditions, Some(gate.hold_s))
    });
    assert_eq!(gates.collect::<Vec<_>>(), facts.collect::<Vec<_>>());
}
