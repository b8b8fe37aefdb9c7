//! What an event changes. Never fails and never looks outside: an event that names something that the plan does not have
//! changes nothing.

mod gates;
mod rollback;

use jiff::{SignedDuration, Timestamp};
use plan::{Contact, ItemId};

use crate::alert::{AlertId, AlertState, Fired, Judged, Seen, Silence};
use crate::event::{AddedContact, Event, FilledContact, Recorded, Way};
use crate::gate::HoldTurn;
use crate::said::{Answer, Meaning, Said};
use crate::state::{
    ContactState, Draft, GatePass, Mark, Note, Proof, Room, Sent, Standing, TestState, Undoable, WorkedOut,
};

/// The key of the test notification.
pub const TEST: &str = "test";
/// The key of a notification that speaks of several alerts.
pub const SUMMARY: &str = "summary";

impl Room {
    /// Folds all events of a log; `None` where the first is not the opening.
    #[must_use]
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Option<Self> {
        let mut events = events.into_iter();
        let Event::Opened(opened) = &events.next()?.event else { return None };
        let mut room = Self::open(opened.as_ref().clone());
        for event in events {
            room.apply(event);
        }
        Some(room)
    }

    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.mode = WorkedOut::default();
        self.take_in(recorded);
        // What was asked for in between holds for half an event.
        self.mode = WorkedOut::default();
    }

    fn take_in(&mut self, recorded: &Recorded) {
        self.last = recorded.seq;
        self.follow_up(recorded);
        match &recorded.event {
            // A second opening cannot be: the first event alone makes a room.
            Event::Opened(_) => {}
            Event::PersonNamed(person) => {
                match self.people.iter_mut().find(|known| known.initials == person.initials) {
                    Some(known) => *known = person.clone(),
                    None => self.people.push(person.clone()),
                }
            }
            Event::ActorChosen { initials } => self.actor = Some(initials.clone()),
            Event::Stated { item, saw, answer, values } => {
                let said = Said { saw: saw.clone(), answer: answer.clone(), values: values.clone() };
                let standing = Standing::of_said(&said);
                self.mark_as_said(recorded, &[(item, standing, Some(said))]);
                // Who says how a gate's condition is says that its share of the traffic is there; who says NO-GO does not.
                let is_no_go = answer.as_ref().is_some_and(|answer| answer.means == Meaning::NoGo);
                let gate = self.plan.gates.iter().find(|gate| !is_no_go && gate.conditions.contains(item));
                if let Some(gate) = gate.map(|gate| gate.item.clone()) {
                    self.enter(&gate, recorded);
                }
            }
            Event::Confirmed { items } => {
                let marks: Vec<_> = items.iter().map(|item| self.as_confirmed(item)).collect();
                self.mark_as_said(recorded, &marks);
            }
            Event::Overridden { item, reason } => {
                self.mark(recorded, &[item], &Standing::Overridden { reason: reason.clone() });
            }
            Event::Deferred { item, to, reason } => {
                self.mark(recorded, &[item], &Standing::Deferred { to: to.clone(), reason: reason.clone() });
            }
            Event::NotApplicable { item, reason } => {
                self.mark(recorded, &[item], &Standing::NotApplicable { reason: reason.clone() });
            }
            Event::EvidenceAdded(added) => self.attach(recorded, added),
            Event::Undone { event } => {
                self.handoffs.withdraw(*event);
                self.undo(*event);
            }
            Event::ContactFilled(FilledContact { contact, name, phone, mail, chat, pager }) => {
                let ways = [(Way::Phone, phone), (Way::Mail, mail), (Way::Chat, chat), (Way::Pager, pager)];
                if let Some(known) = self.contacts.get_mut(contact) {
                    known.name.clone_from(name);
                    for (way, address) in ways {
                        known.fill(way, address);
                    }
                }
            }
            Event::ContactProven { contact, way, words } => {
                let proof = Proof { actor: recorded.actor.clone(), at: recorded.occurred_at, words: words.clone() };
                if let Some(known) = self.contacts.get_mut(contact) {
                    known.proven.insert(*way, proof);
                }
            }
            Event::ContactAdded(AddedContact { contact, role, name, phone, mail }) => {
                let written = |words: &String| Some(words.clone()).filter(|words| !words.is_empty());
                let order = self.ladder().last().map_or(1, |last| last.order + 1);
                let added = Contact {
                    id: contact.clone(),
                    line: 0,
                    text: String::new(),
                    role: written(role).unwrap_or_else(|| "Added by hand".to_owned()),
                    name: Some(name.clone()),
                    phone: written(phone),
                    mail: written(mail),
                    chat: None,
                    order,
                    blanks: Vec::new(),
                };
                self.contacts.insert(contact.clone(), ContactState::of(&added));
                self.added.push(added);
            }
            Event::ContactTried { contact, .. } => {
                if let Some(known) = self.contacts.get_mut(contact) {
                    known.tried(recorded);
                }
            }
            Event::ChannelFilled { channel, target } => {
                if target.is_empty() {
                    self.channels.remove(channel);
                } else {
                    self.channels.insert(channel.clone(), target.clone());
                }
            }
            Event::DraftKept { draft, message, to, subject, body } => {
                self.last_draft = self.last_draft.max(*draft);
                let kept = Draft {
                    message: message.clone(),
                    to: to.clone(),
                    subject: subject.clone(),
                    body: body.clone(),
                    actor: recorded.actor.clone(),
                    at: recorded.recorded_at,
                };
                self.drafts.insert(*draft, kept);
            }
            Event::DraftDropped { draft } => {
                self.drafts.remove(draft);
            }
            Event::SentByHand { draft, message, to, subject, body } => {
                self.last_draft = self.last_draft.max(*draft);
                self.drafts.remove(draft);
                self.sent.push(Sent {
                    event: recorded.seq,
                    draft: *draft,
                    message: message.clone(),
                    to: to.clone(),
                    subject: subject.clone(),
                    body: body.clone(),
                    actor: recorded.actor.clone(),
                    at: recorded.occurred_at,
                });
            }
            Event::Noted { text } => self.notes.push(Note {
                event: recorded.seq,
                at: recorded.occurred_at,
                recorded_at: recorded.recorded_at,
                actor: recorded.actor.clone(),
                text: text.clone(),
            }),
            Event::AlertFired(_)
            | Event::AlertResolved { .. }
            | Event::AlertAcknowledged { .. }
            | Event::AlertSilenced { .. }
            | Event::SilenceLifted { .. }
            | Event::SilenceRanOut { .. }
            | Event::DeadlineExtended { .. }
            | Event::DeadlinePassed { .. }
            | Event::Notified { .. } => self.alert(recorded),
            // What was not seen is in the log for whoever reads it; what follows from it is in the alerts.
            Event::SeenAgain { .. }
            | Event::NotLooked { .. }
            | Event::Slept { .. }
            | Event::Stalled { .. }
            | Event::StretchFetched(_) => {}
            Event::ClockJumped { by_ms } => {
                self.clock_jumps.push((recorded.seq, SignedDuration::from_millis(*by_ms)));
            }
            Event::HandedOver(_) | Event::TakenOver(_) => self.pass_on(recorded),
            Event::GoLiveDeclared(_)
            | Event::RoundTicked(_)
            | Event::RoundsMissed(_)
            | Event::RoundsExplained(_)
            | Event::SuccessDeclared(_)
            | Event::LessonNoted { .. } => {}
            // What the samples are is not the room's matter; what is corrected stands as it was.
            Event::Corrected(_) | Event::SamplesSealed(_) | Event::SamplesRolledUp(_) => {
                self.corrections.follow(recorded);
            }
            Event::Blinded { since, why, .. } => self.blind(recorded, *since, why),
            Event::Observed { item, seen } => {
                self.observe(recorded, item, Standing::Observed { seen: seen.clone() });
            }
            Event::ObservationLost { item, seen, why } => {
                self.observe(recorded, item, Standing::Lost { seen: seen.clone(), why: why.clone() });
            }
            Event::GateEntered { gate } => self.enter(gate, recorded),
            Event::HoldTurned { gate, turn, held_ms, why } => self.turn(recorded, gate, *turn, *held_ms, why),
            Event::GatePassed { gate, held_ms, on_word, .. } => self.pass(recorded, gate, *held_ms, *on_word, None),
            Event::GateOverridden { gate, reason, held_ms, .. } => {
                self.pass(recorded, gate, *held_ms, true, Some(reason));
            }
            Event::GoneBack(gone) => self.go_back_to(recorded, gone),
            Event::AttemptBegan(began) => self.begin_attempt(recorded, began),
            Event::RollbackBegan { .. }
            | Event::RehearsalBegan(_)
            | Event::WayChosen { .. }
            | Event::StepStated { .. }
            | Event::Told { .. }
            | Event::RolledBack
            | Event::StoodDown { .. } => self.go_back(recorded),
            Event::VerdictTurned { word, .. } => self.verdict = Some((*word, recorded.occurred_at)),
            Event::UnitConfirmed { metric, unit, .. } => {
                self.units.insert(metric.clone(), *unit);
            }
            Event::CommandArmed { .. }
            | Event::CommandDisarmed { .. }
            | Event::BindingAccepted(_)
            | Event::BindingDropped { .. } => self.bind(recorded),
            Event::TestAnswered { seen } => {
                if let Some(test) = &mut self.test {
                    test.answered = Some((recorded.actor.clone(), *seen, recorded.occurred_at));
                }
            }
            Event::SuccessJudged(judged) => {
                let alert = self.alert_as_now(&judged.alert);
                self.success.insert(alert.clone(), Judged { alert, ..judged.as_ref().clone() });
            }
            Event::PlanReread(reread) => self.read_again(recorded, reread),
            Event::ScheduleChanged(changed) => self.schedule.change(changed, recorded),
            Event::KeptAwake { held, why } => self.awake = Some((*held, why.clone())),
            Event::DoNotDisturb { on, words } => self.do_not_disturb = Some((*on, words.clone())),
            Event::Closed(closed) => {
                (self.closed, self.closed_at) = (Some(closed.as_ref().clone()), Some(recorded.occurred_at));
            }
            Event::Reopened { .. } => (self.closed, self.closed_at) = (None, None),
        }
    }

    fn alert(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::AlertFired(fired) => {
                let alert = self.alert_as_now(&fired.alert);
                let fired = Fired { alert: alert.clone(), ..fired.as_ref().clone() };
                let before = self.alerts.get(&alert);
                let silenced = before.and_then(|known| known.silence_for(&fired));
                self.alerts.insert(alert, AlertState { silenced, ..AlertState::of(fired, recorded) });
            }
            Event::AlertResolved { alert, .. } => {
                let alert = self.alert_as_now(alert);
                if let Some(known) = self.alerts.get_mut(&alert) {
                    known.resolved = Some(recorded.occurred_at);
                }
                self.rereads.left.retain(|rule| rule.id != alert);
            }
            Event::AlertSilenced { alert, until, reason, .. } => {
                if let Some(known) = self.alerts.get_mut(alert) {
                    known.silenced = Some(Silence {
                        until: *until,
                        reason: reason.clone(),
                        actor: recorded.actor.clone(),
                        at: recorded.occurred_at,
                    });
                }
            }
            Event::SilenceLifted { alert, .. } | Event::SilenceRanOut { alert, .. } => {
                let alert = self.alert_as_now(alert);
                if let Some(known) = self.alerts.get_mut(&alert) {
                    known.silenced = None;
                }
            }
            Event::AlertAcknowledged { alert, note, .. } => {
                let is_let_go = self.is_left_alone(alert) && !note.is_empty();
                if let Some(known) = self.alerts.get_mut(alert) {
                    known.acknowledged = Some((recorded.actor.clone(), recorded.occurred_at, note.clone()));
                    if is_let_go {
                        known.resolved = Some(recorded.occurred_at);
                        self.rereads.left.retain(|rule| rule.id != *alert);
                    }
                }
            }
            Event::DeadlineExtended { alert, until, reason } => {
                if let Some(known) = self.alerts.get_mut(alert) {
                    known.deadline = Some(*until);
                    known.extended = Some((recorded.actor.clone(), reason.clone()));
                    known.is_overdue = false;
                }
            }
            Event::DeadlinePassed { alert } => {
                let alert = self.alert_as_now(alert);
                if let Some(known) = self.alerts.get_mut(&alert) {
                    known.is_overdue = true;
                    // It demands more than what was silenced: it speaks.
                    known.silenced = None;
                }
            }
            Event::Notified { key, outcome, words, .. } if key == TEST => {
                self.test = Some(TestState {
                    outcome: *outcome,
                    words: words.clone(),
                    at: recorded.occurred_at,
                    answered: None,
                });
            }
            Event::Notified { key, .. } => {
                self.schedule.was_reminded(key);
                for (alert, known) in &mut self.alerts {
                    // A summary speaks of all that fire.
                    known.is_notified |= alert.as_str() == key || (key == SUMMARY && known.is_firing());
                }
            }
            _ => {}
        }
    }

    /// Blindness has an alert of its own from its first moment; what it demands comes later.
    fn blind(&mut self, recorded: &Recorded, since: Timestamp, why: &str) {
        let id = AlertId::blind();
        if let Some(known) = self.alerts.get_mut(&id).filter(|known| known.is_firing()) {
            why.clone_into(&mut known.fired.why);
            return;
        }
        let fired = Fired {
            alert: id.clone(),
            name: "Blind".to_owned(),
            text: String::new(),
            severity: plan::Severity::Medium,
            since,
            seen: None,
            deadline: None,
            why: why.to_owned(),
            first: None,
            since_before: None,
        };
        let silenced = self.alerts.get(&id).and_then(|known| known.silence_for(&fired));
        self.alerts.insert(id, AlertState { silenced, ..AlertState::of(fired, recorded) });
    }

    fn enter(&mut self, gate: &ItemId, recorded: &Recorded) {
        let state = self.gates.entry(gate.clone()).or_default();
        if state.entered.is_none() {
            state.entered = Some((recorded.occurred_at, recorded.actor.clone()));
        }
    }

    fn turn(&mut self, recorded: &Recorded, gate: &ItemId, turn: HoldTurn, held_ms: u64, why: &str) {
        let gate = &self.as_now(gate);
        let state = self.gates.entry(gate.clone()).or_default();
        state.turn = Some((turn, recorded.occurred_at, held_ms, why.to_owned()));
        let hold = self.plan.gates.iter().find(|known| &known.item == gate).and_then(|known| known.hold_item.clone());
        let Some(hold) = hold else { return };
        let is_held = matches!(self.standing(&hold), Standing::Observed { .. });
        match turn {
            HoldTurn::Held => {
                let seen = Seen {
                    words: why.to_owned(),
                    value: String::new(),
                    unit: None,
                    at: recorded.occurred_at,
                    fetched: false,
                };
                self.observe(recorded, &hold, Standing::Observed { seen });
            }
            HoldTurn::Started | HoldTurn::Broken if is_held => {
                self.observe(recorded, &hold, Standing::Lost { seen: None, why: why.to_owned() });
            }
            _ => {}
        }
    }

    fn pass(&mut self, recorded: &Recorded, gate: &ItemId, held_ms: u64, on_word: bool, overridden: Option<&String>) {
        let state = self.gates.entry(gate.clone()).or_default();
        if state.entered.is_none() {
            state.entered = Some((recorded.occurred_at, recorded.actor.clone()));
        }
        state.passed = Some(GatePass {
            at: recorded.occurred_at,
            actor: recorded.actor.clone(),
            held_ms,
            on_word,
            overridden: overridden.cloned(),
        });
        let standing = match overridden {
            Some(reason) => Standing::Overridden { reason: reason.clone() },
            None => Standing::Stated { saw: None },
        };
        self.observe(recorded, gate, standing);
    }

    /// A mark that no undo takes back: the world made it, or a decision that was acted on.
    pub(crate) fn observe(&mut self, recorded: &Recorded, item: &ItemId, standing: Standing) {
        let item = self.as_now(item);
        if let Some(item) = self.items.get_mut(&item) {
            item.marks.push(Mark {
                event: recorded.seq,
                standing,
                said: None,
                actor: recorded.actor.clone(),
                at: recorded.recorded_at,
            });
        }
    }

    /// A claim as it stands once a person confirmed it: of a choice, the answer that the source marks.
    fn as_confirmed<'a>(&self, id: &'a ItemId) -> (&'a ItemId, Standing, Option<Said>) {
        let claims = self.items.get(id).and_then(|state| state.claims.clone());
        let answer = claims.map(|words| Answer { words, means: Meaning::Done });
        let said = Said { answer, ..Said::default() };
        (id, Standing::of_said(&said), Some(said))
    }

    fn mark(&mut self, recorded: &Recorded, items: &[&ItemId], standing: &Standing) {
        let marks: Vec<_> = items.iter().map(|id| (*id, standing.clone(), None)).collect();
        self.mark_as_said(recorded, &marks);
    }

    fn mark_as_said(&mut self, recorded: &Recorded, marks: &[(&ItemId, Standing, Option<Said>)]) {
        for (id, standing, said) in marks {
            if let Some(item) = self.items.get_mut(*id) {
                item.marks.push(Mark {
                    event: recorded.seq,
                    standing: standing.clone(),
                    said: said.clone(),
                    actor: recorded.actor.clone(),
                    at: recorded.recorded_at,
                });
            }
        }
        self.acts.push(Undoable {
            event: recorded.seq,
            actor: recorded.actor.clone(),
            items: marks.iter().map(|(id, ..)| (*id).clone()).collect(),
        });
    }

    fn undo(&mut self, event: u64) {
        if let Some(rollback) = self.rollback_place().and_then(|place| self.rollbacks.get_mut(place)) {
            rollback.take_back(event);
        }
        let Some(at) = self.acts.iter().rposition(|act| act.event == event) else { return };
        for id in self.acts.remove(at).items {
            if let Some(item) = self.items.get_mut(&id) {
                item.marks.retain(|mark| mark.event != event);
            }
        }
    }
}

impl ContactState {
    /// A way whose address changes is not proven any more.
    pub(crate) fn fill(&mut self, way: Way, address: &str) {
        if self.address(way) != address {
            self.proven.remove(&way);
        }
        if address.is_empty() {
            self.addresses.remove(&way);
        } else {
            self.addresses.insert(way, address.to_owned());
        }
    }
}
