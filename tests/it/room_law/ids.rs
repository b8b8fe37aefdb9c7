//! The ids of the day's things, by the facts' indices, and what is asked and found in the room's own words.

use plan::{ContactId, ItemId, MessageId, SectionId, Severity};
use room::{
    AlertId, ConditionRead, ConditionState, Event, Evidence, Fired, HoldTurn, Intent, NotifyOutcome, Person, Room,
    RoundKey, RoundSaid, Value, VerdictWord, Wanted,
};
use tests::reference::{
    ALERTS, ANSWERS, Ask, BODIES, CHANNELS, CHECKS, CONTACTS, EVIDENCE, Found, GATES, PHASES, Place, SAWS, SECTIONS,
    Said, Sight, VALUES,
};

use super::{WAYS, at};

/// How grave each alert is.
const SEVERITIES: [Severity; 3] = [Severity::Critical, Severity::High, Severity::Medium];

fn changed(wanted: Wanted, reason: String) -> Intent {
    Intent::ChangeSchedule { wanted, reason, shown: String::new() }
}

fn evidence_of(index: usize) -> Evidence {
    match EVIDENCE[index] {
        _ if index + 1 == EVIDENCE.len() => {
            Evidence::File { name: "nodes.txt".to_owned(), bytes: 812, sha256: "ab".repeat(32) }
        }
        (true, address, _) => Evidence::Link { address: address.to_owned() },
        (false, text, _) => Evidence::Text { text: text.to_owned() },
    }
}

/// The ids of the day's things, by the facts' indices; what is beyond them is an id that the plan does not have.
pub(super) struct Ids<'a>(pub(super) &'a Room, pub(super) &'a Day);

/// What is the same all day: where it is, and what the plan's own words propose, by name and draft.
pub(super) struct Day {
    pub(super) place: Place,
    pub(super) proposals: Vec<(String, String)>,
}

impl Day {
    pub(super) fn of(room: &Room, place: Place) -> Self {
        let all = plan::propose(room.plan(), room.own_config()).proposals;
        Self { place, proposals: all.into_iter().map(|one| (one.id, one.draft)).collect() }
    }
}

impl Ids<'_> {
    pub(super) fn check(&self, index: usize) -> ItemId {
        let text = CHECKS.get(index).map(|check| check.text);
        let found = text.map(|text| self.0.plan().items.iter().find(|item| item.text == text));
        found.map_or_else(|| ItemId::of(&[], "none", 0), |item| item.expect("the plan has the check").id.clone())
    }

    pub(super) fn section(&self, index: usize, titles: &[&str]) -> SectionId {
        let title = titles.get(index);
        let sections = || self.0.plan().sections.iter();
        let found = title.map(|title| sections().find(|section| section.title == *title || section.text == *title));
        found.map_or_else(
            || SectionId::of(&[], "none", 0),
            |section| section.expect("the plan has the section").id.clone(),
        )
    }

    pub(super) fn contact(&self, index: usize) -> ContactId {
        let none = || ContactId::of(&[], "none", 0);
        // Behind those of the plan come those whom people added.
        if let Some(added) = index.checked_sub(CONTACTS.len()) {
            return self.0.ladder().get(CONTACTS.len() + added).map_or_else(none, |contact| contact.id.clone());
        }
        let contact = self.0.plan().contacts.iter().find(|contact| contact.role == CONTACTS[index]);
        contact.expect("the plan has them").id.clone()
    }

    pub(super) fn channel(&self, index: usize) -> ContactId {
        let channel =
            CHANNELS.get(index).map(|name| self.0.plan().channels.iter().find(|channel| channel.text == *name));
        channel.map_or_else(|| ContactId::of(&[], "none", 0), |channel| channel.expect("the plan has it").id.clone())
    }

    pub(super) fn message(&self, is_known: bool) -> MessageId {
        if is_known { self.0.plan().messages[0].id.clone() } else { MessageId::of(&[], "none", 0) }
    }

    pub(super) fn intent(&self, ask: &Ask, now: i64) -> Intent {
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
            Ask::AddEvidence(check, evidence) => {
                Intent::AddEvidence { item: self.check(check), evidence: evidence_of(evidence) }
            }
            Ask::GoBack(gate, reason) => Intent::GoBack { gate: self.gate(gate), reason },
            Ask::RollBack(criterion, reason, way) => {
                let criteria = &self.0.plan().criteria;
                let known =
                    || criteria.iter().find(|one| one.text == "Error rate >10%").expect("the plan has it").id.clone();
                let none = || plan::CriterionId::from("none".to_owned());
                let criterion = criterion.map(|is_known| if is_known { known() } else { none() });
                Intent::RollBack { criterion, reason, way }
            }
            Ask::Rehearse(way) => Intent::Rehearse { way },
            Ask::ChooseWay(way, reason) => Intent::ChooseWay { way, reason },
            Ask::StateStep(step, worked, result) => Intent::StateStep { step: self.step(step), worked, result },
            Ask::UndoStep(step) => Intent::Undo { item: Some(ItemId::from(self.step(step))) },
            Ask::Tell(whom, answered, words) => Intent::Tell { whom: self.whom(whom), answered, words },
            Ask::DeclareRolledBack => Intent::DeclareRolledBack,
            Ask::StandDown(reason) => Intent::StandDown { reason },
            Ask::BeginAttempt(after_s, reason) => {
                let wall = self.1.place.wall(now) + after_s;
                let start = at(wall).to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime();
                Intent::BeginAttempt { start, reason }
            }
            Ask::MoveWindow(after_s, reason) => changed(Wanted::WindowEnd(at(now + after_s)), reason),
            Ask::MoveStart(after_s, reason) => changed(Wanted::Start(at(now + after_s)), reason),
            Ask::CutHold(gate, hold_s, reason) => changed(Wanted::Hold(self.gate(gate), hold_s), reason),
            Ask::DeclareGoLive(reason) => Intent::DeclareGoLive { reason },
            Ask::DeclareSuccess(reason) => Intent::DeclareSuccess { reason },
            Ask::TickRound(routine, due, check, said) => {
                let said = match said {
                    Said::Done(saw) => RoundSaid::Done { saw: SAWS[saw].0.map(str::to_owned) },
                    Said::Overridden(reason) => RoundSaid::Overridden { reason },
                    Said::Deferred(reason) => RoundSaid::Deferred { reason },
                    Said::NotApplicable(reason) => RoundSaid::NotApplicable { reason },
                };
                Intent::TickRound { round: self.round(routine, due), item: self.check(check), said }
            }
            Ask::UntickRound(routine, due, check) => {
                Intent::UntickRound { round: self.round(routine, due), item: self.check(check) }
            }
            Ask::ExplainRounds(reason) => Intent::ExplainRounds { reason },
            Ask::NoteLesson(text) => Intent::NoteLesson { text },
            Ask::Correct(event, right, why, when) => Intent::Correct { event, right, why, at: ago(&when) },
            Ask::Silence(alert, until_s, reason) => {
                Intent::Silence { alert: alert_id(alert), until: at(now + until_s), reason }
            }
            Ask::LiftSilence(alert) => Intent::LiftSilence { alert: alert_id(alert), reason: String::new() },
            Ask::AddContact([role, name, phone, mail]) => Intent::AddContact { role, name, phone, mail },
            Ask::TryContact(contact, way, answered, words, about) => {
                let (contact, about) = (self.contact(contact), about.map(alert_id));
                Intent::TryContact { contact, way: WAYS[way], answered, words, about }
            }
            Ask::Arm(is_shown) => {
                let digest = plan::config::digest(if is_shown { "lag --now" } else { "rm -r /" });
                Intent::ArmCommand { probe: "lag".to_owned(), digest }
            }
            Ask::Disarm => Intent::DisarmCommand { probe: "lag".to_owned() },
            Ask::Accept(proposal, is_shown) => {
                let (proposal, draft) = self.proposal(proposal);
                let digest = if is_shown { plan::config::digest(&draft) } else { String::new() };
                Intent::AcceptBinding { proposal, digest }
            }
            Ask::DropBinding(proposal) => Intent::DropBinding { proposal: self.proposal(proposal).0 },
        }
    }

    /// The steps of the ways back, in their order.
    pub(super) fn step(&self, index: usize) -> String {
        let ways = self.0.plan().rollback.ways.iter().zip(1..);
        let mut steps = ways.flat_map(|(way, number)| room::steps_of_way(way, number)).map(|(name, _)| name);
        steps.nth(index).unwrap_or_else(|| "none".to_owned())
    }

    pub(super) fn whom(&self, index: usize) -> String {
        match index {
            0 | 1 => self.contact(index).to_string(),
            2 | 3 => self.channel(index - 2).to_string(),
            _ => self.message(index == 4).to_string(),
        }
    }

    /// A proposal as it is shown: its name, and its draft.
    pub(super) fn proposal(&self, index: usize) -> (String, String) {
        self.1.proposals.get(index).cloned().unwrap_or_default()
    }

    pub(super) fn round(&self, routine: usize, due: i64) -> RoundKey {
        let tables = self.0.timetables();
        let key = tables.iter().find(|table| table.index == routine).map(|table| table.key.clone());
        RoundKey { routine: key.unwrap_or_else(|| "none".to_owned()), due: at(due) }
    }

    pub(super) fn gate(&self, index: usize) -> ItemId {
        self.check(GATES.get(index).map_or(usize::MAX, |gate| gate.check))
    }

    pub(super) fn sight(&self, sight: &Sight) -> room::Sight {
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
    pub(super) fn event(&self, found: &Found, now: i64) -> Event {
        let seen =
            || room::Seen { words: "so".to_owned(), value: String::new(), unit: None, at: at(now), fetched: false };
        let turn =
            |gate: usize, turn| Event::HoldTurned { gate: self.gate(gate), turn, held_ms: 7, why: String::new() };
        match *found {
            Found::Fires(alert, deadline_s) => Event::AlertFired(Box::new(Fired {
                alert: alert_id(alert),
                name: ALERTS[alert].to_owned(),
                text: String::new(),
                severity: SEVERITIES[alert],
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
            Found::SilenceOver(alert) => Event::SilenceRanOut { alert: alert_id(alert), seen: None },
            Found::Slept(for_s) => Event::Slept { from: at(now - for_s), to: at(now) },
        }
    }
}

pub(super) fn alert_id(index: usize) -> AlertId {
    AlertId::from(ALERTS.get(index).copied().unwrap_or("none").to_owned())
}

/// A condition, met by a sample or by a word; or not, in one of the ways in which it is not.
fn condition(is_met: bool) -> ConditionRead {
    let state = if is_met { ConditionState::OnWord } else { ConditionState::NoData };
    ConditionRead { text: "so".to_owned(), state, words: String::new(), since_before: None }
}
