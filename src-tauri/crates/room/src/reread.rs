//! The checklist read again in the middle of a day: what is carried from the text before to the text that holds now, and
//! what is left in the log alone.
//!
//! Owns: what each thing is called now, and what becomes of all that the room keeps by those names. Must not know: how two
//! readings are compared ([`plan::compare`]); what a person accepted stands in the event.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use plan::config::Config;
use plan::{CommandId, ContactId, ItemId, Plan, SectionId};
use serde::{Deserialize, Serialize};

use crate::alert::{AlertId, AlertState, Judged, Rule, Rulebook};
use crate::event::{Recorded, Way};
use crate::rollback::steps_of_way;
use crate::state::{ContactState, Gone, ItemState, Mark, Room, Standing};

/// A checklist that was read again, as a person accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reread {
    /// The text that holds from now on.
    pub text: String,
    /// The text of the `war-room.toml` beside it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<String>,
    /// T0 from now on, on the wall of the room's zone.
    pub start: DateTime,
    /// Version of the program that read the text.
    pub reader: String,
    /// What goes on under another id, or not at all although something bears its id now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Carried>,
    /// Each way back that goes on: its number before and now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<(u32, u32)>,
}

/// Under which id something goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Its id before.
    pub from: String,
    /// Its id now; `None` where it is gone although something else bears its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What a rule of the text before becomes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rereads {
    /// The number of the last event that read the checklist again; 0 where none did.
    pub(crate) last: u64,
    /// What things are called that go on under another id, since that event.
    pub(crate) names: HashMap<String, Option<String>>,
    /// The rules that are in no rulebook any more. One whose alert burns is watched on all the same.
    pub(crate) left: Vec<Rule>,
    /// The words of what earlier events name and the plan does not have any more.
    pub(crate) words: HashMap<String, String>,
}

impl Rereads {
    /// What is called so before goes on as this; `None` where it is gone.
    pub(crate) fn now<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        match self.names.get(id) {
            None => Some(id),
            Some(to) => to.as_deref(),
        }
    }
}

impl Room {
    /// The checklist's text as it holds now.
    #[must_use]
    pub fn text(&self) -> &str {
        self.reread.as_ref().map_or(&self.opened.text, |reread| &reread.text)
    }

    /// The text of the settings as they hold now.
    #[must_use]
    pub fn settings(&self) -> Option<&str> {
        match &self.reread {
            Some(reread) => reread.settings.as_deref(),
            None => self.opened.settings.as_deref(),
        }
    }

    /// The number of the event that read the checklist again last; 0 where none did.
    #[must_use]
    pub fn reread_at(&self) -> u64 {
        self.rereads.last
    }

    /// What somebody had said of things that are not in the checklist any more, in the order in which they went.
    #[must_use]
    pub fn gone(&self) -> &[Gone] {
        &self.gone
    }

    /// The words of something that the log names and the plan does not have any more.
    #[must_use]
    pub fn words_of_the_past(&self, id: &str) -> Option<&str> {
        self.rereads.words.get(id).map(String::as_str)
    }

    /// Whether an alert's criterion is not in the checklist any more: it burns on until fresh data says otherwise, or
    /// until a person lets it go with words.
    #[must_use]
    pub fn is_left_alone(&self, alert: &AlertId) -> bool {
        self.rereads.left.iter().any(|rule| rule.id == *alert)
    }

    /// An event that was on its way when the checklist was read again names things as they were called before.
    pub(crate) fn as_now(&self, id: &ItemId) -> ItemId {
        if self.items.contains_key(id) {
            return id.clone();
        }
        self.rereads.now(id.as_str()).map_or_else(|| id.clone(), |now| now.to_owned().into())
    }

    /// The same for an alert.
    pub(crate) fn alert_as_now(&self, id: &AlertId) -> AlertId {
        match self.rereads.names.get(id.as_str()) {
            Some(Some(now)) if !self.rereads.names.values().flatten().any(|to| to == id.as_str()) => now.clone().into(),
            _ => id.clone(),
        }
    }

    /// Takes the new text in.
    pub(crate) fn read_again(&mut self, recorded: &Recorded, reread: &Reread) {
        let config = reread.settings.as_deref().map(|text| plan::config::parse(text).0).unwrap_or_default();
        let (plan, findings) = plan::read(&reread.text, &config);
        let zone = TimeZone::get(&self.opened.zone).unwrap_or(TimeZone::UTC);
        let resolved = plan::resolve(&plan, reread.start, zone);
        let names = reread.carried.iter().map(|carried| (carried.from.clone(), carried.to.clone())).collect();
        let before = Rulebook::of(self).rules;

        let old = std::mem::replace(&mut self.plan, plan);
        self.own_config = config;
        self.findings = findings;
        self.resolved = resolved;
        if self.attempt_start.is_some() {
            self.attempt_start = Some(reread.start);
            self.resolve_attempt();
        }
        self.reread = Some(reread.clone());
        self.rereads.last = recorded.seq;
        self.rereads.names = names;
        let old_config = self.carry_bindings();
        self.remember_words(&old);
        self.carry_items(recorded, &old);
        self.carry_evidence();
        self.carry_people(recorded, &old);
        self.carry_gates();
        self.carry_rounds();
        self.carry_rollbacks(&old, &reread.ways);
        self.carry_rest(&old_config);
        self.carry_alerts(before);
    }

    /// Words for what the log names by ids that the plan does not have any more.
    fn remember_words(&mut self, old: &Plan) {
        let words = &mut self.rereads.words;
        words.extend(old.items.iter().map(|item| (item.id.to_string(), item.text.to_string())));
        words.extend(old.sections.iter().map(|section| (section.id.to_string(), section.title.to_string())));
        words.extend(old.criteria.iter().map(|criterion| (criterion.id.to_string(), criterion.text.clone())));
        words.extend(old.commands.iter().map(|command| (command.id.to_string(), command.text.clone())));
        words.extend(old.contacts.iter().map(|contact| (contact.id.to_string(), contact.role.clone())));
        words.extend(old.channels.iter().map(|channel| (channel.id.to_string(), channel.text.clone())));
        words.extend(old.messages.iter().map(|message| (message.id.to_string(), message.text.clone())));
    }

    fn carry_items(&mut self, recorded: &Recorded, old: &Plan) {
        let mut before = std::mem::take(&mut self.items);
        let mut items: HashMap<ItemId, ItemState> =
            self.plan.items.iter().map(|item| (item.id.clone(), ItemState::of(&self.plan, item))).collect();
        for item in &old.items {
            let Some(state) = before.remove(&item.id) else { continue };
            let now = self.rereads.now(item.id.as_str()).map(|id| ItemId::from(id.to_owned()));
            match now.and_then(|id| Some((items.get_mut(&id)?, id))) {
                Some((there, id)) => {
                    there.marks = state.marks;
                    for mark in &mut there.marks {
                        self.rename_standing(&mut mark.standing);
                    }
                    if let Some(why) = self.undone_by_the_text(&id, there) {
                        there.marks.push(Mark {
                            event: recorded.seq,
                            standing: Standing::Lost { seen: None, why },
                            said: None,
                            actor: recorded.actor.clone(),
                            at: recorded.recorded_at,
                        });
                    }
                }
                None if state.marks.is_empty() => {}
                None => self.gone.push(Gone {
                    event: recorded.seq,
                    id: item.id.to_string(),
                    text: item.text.to_string(),
                    marks: state.marks,
                }),
            }
        }
        self.items = items;
        let now = |id: &ItemId| self.rereads.now(id.as_str()).map(|id| ItemId::from(id.to_owned()));
        let mut acts = std::mem::take(&mut self.acts);
        for act in &mut acts {
            act.items = act.items.iter().filter_map(now).filter(|id| self.items.contains_key(id)).collect();
        }
        acts.retain(|act| !act.items.is_empty());
        self.acts = acts;
    }

    fn rename_standing(&self, standing: &mut Standing) {
        if let Standing::Deferred { to, .. } = standing
            && let Some(now) = self.rereads.now(to.as_str())
        {
            *to = SectionId::from(now.to_owned());
        }
    }

    /// Why a check that was carried is open all the same: what was seen does not meet what the text says now, or the
    /// phase that it waits for is gone.
    fn undone_by_the_text(&self, id: &ItemId, state: &ItemState) -> Option<String> {
        match state.standing() {
            Standing::Stated { .. } => {
                let item = self.plan.item(id)?;
                let said = state.marks.last()?.said.clone()?;
                if let Some(why) = said.falls_short_of(item) {
                    return Some(why);
                }
                let saw = said.measured().filter(|_| item.choices.is_empty())?;
                let criterion = self.plan.criterion_of(id)?;
                let value = plan::value(saw)?.in_unit(criterion.unit?)?;
                let is_met = criterion.op.is_none() || criterion.is_met_by(value);
                (!is_met).then(|| format!("{saw} was seen, and the checklist says “{}” now", criterion.text))
            }
            Standing::Deferred { to, .. } if !self.plan.phases.iter().any(|phase| phase.section == *to) => {
                Some("the phase that it waited for is not in the checklist any more".to_owned())
            }
            _ => None,
        }
    }

    /// What a person filled in stands above what the text says; what the text said gives way to what it says now.
    fn carry_people(&mut self, recorded: &Recorded, old: &Plan) {
        let mut before = std::mem::take(&mut self.contacts);
        let mut contacts: HashMap<ContactId, ContactState> =
            self.plan.contacts.iter().map(|contact| (contact.id.clone(), ContactState::of(contact))).collect();
        for contact in &old.contacts {
            let (Some(state), written) = (before.remove(&contact.id), ContactState::of(contact)) else { continue };
            let now = self.rereads.now(contact.id.as_str()).map(|id| ContactId::from(id.to_owned()));
            let Some(there) = now.and_then(|id| contacts.get_mut(&id)) else {
                if state != written {
                    let addresses = state.addresses.values().cloned();
                    let known: Vec<String> = std::iter::once(state.name.clone()).chain(addresses).collect();
                    let text = format!("{}: {}", contact.role, known.join(" · "));
                    let id = contact.id.to_string();
                    self.gone.push(Gone { event: recorded.seq, id, text, marks: Vec::new() });
                }
                continue;
            };
            if state.name != written.name {
                there.name.clone_from(&state.name);
            }
            there.tried.clone_from(&state.tried);
            for way in [Way::Phone, Way::Mail, Way::Chat, Way::Pager] {
                if state.address(way) != written.address(way) {
                    there.fill(way, state.address(way));
                }
                // A proof is of an address: another address is not proven.
                if let Some(proof) = state.proven.get(&way).filter(|_| state.address(way) == there.address(way)) {
                    there.proven.insert(way, proof.clone());
                }
            }
        }
        // Whom a person added stands in no text.
        for contact in &self.added {
            contacts.extend(before.remove(&contact.id).map(|state| (contact.id.clone(), state)));
        }
        self.contacts = contacts;

        let before = std::mem::take(&mut self.channels);
        let written = self.plan.channels.iter();
        let mut channels: HashMap<ContactId, String> =
            written.filter_map(|channel| Some((channel.id.clone(), channel.target.clone()?))).collect();
        for channel in &old.channels {
            let known = before.get(&channel.id);
            if known == channel.target.as_ref() {
                continue;
            }
            let now = self.rereads.now(channel.id.as_str()).map(|id| ContactId::from(id.to_owned()));
            match (now.filter(|id| self.plan.channels.iter().any(|there| there.id == *id)), known) {
                (Some(id), Some(known)) => {
                    channels.insert(id, known.clone());
                }
                (Some(id), None) => {
                    channels.remove(&id);
                }
                (None, Some(known)) => {
                    let (id, text) = (channel.id.to_string(), format!("{}: {known}", channel.text));
                    self.gone.push(Gone { event: recorded.seq, id, text, marks: Vec::new() });
                }
                (None, None) => {}
            }
        }
        self.channels = channels;
    }

    fn carry_gates(&mut self) {
        let before = std::mem::take(&mut self.gates);
        let now = before.into_iter().filter_map(|(id, state)| {
            let now = ItemId::from(self.rereads.now(id.as_str())?.to_owned());
            self.plan.gates.iter().any(|gate| gate.item == now).then_some((now, state))
        });
        self.gates = now.collect();
        let holds = std::mem::take(&mut self.schedule.holds);
        let now =
            holds.into_iter().filter_map(|(id, cut)| Some((self.rereads.now(id.as_str())?.to_owned().into(), cut)));
        self.schedule.holds = now.collect();
    }

    /// Steps of a way are carried by their command, and what is done by hand by its words, or where it is the only one of
    /// its way.
    fn carry_rollbacks(&mut self, old: &Plan, ways: &[(u32, u32)]) {
        let way_now = |way: u32| ways.iter().find(|(before, _)| *before == way).map_or(0, |(_, now)| *now);
        let mut by_hand: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (way, number) in old.rollback.ways.iter().zip(1_u32..) {
            let now = way_now(number);
            let place = usize::try_from(now).ok().and_then(|now| now.checked_sub(1));
            let other = place.and_then(|place| self.plan.rollback.ways.get(place));
            let mut left = other.map(|other| steps_of_way(other, now)).unwrap_or_default();
            left.retain(|(_, step)| step.command.is_none());
            let mut before = steps_of_way(way, number);
            before.retain(|(_, step)| step.command.is_none());
            let is_only = before.len() == 1 && left.len() == 1;
            for (name, step) in before {
                let same = left.iter().position(|(_, other)| is_only || other.text == step.text);
                by_hand.insert(name, same.map(|at| left.remove(at).0));
            }
        }
        let commands: HashMap<&CommandId, ()> = self.plan.commands.iter().map(|one| (&one.id, ())).collect();
        let mut rollbacks = std::mem::take(&mut self.rollbacks);
        for rollback in &mut rollbacks {
            for taken in &mut rollback.ways {
                taken.way = way_now(taken.way);
            }
            if let Some(criterion) = &mut rollback.criterion
                && let Some(now) = self.rereads.now(criterion.as_str())
            {
                *criterion = now.to_owned().into();
            }
            let steps = std::mem::take(&mut rollback.steps);
            rollback.steps = steps
                .into_iter()
                .filter_map(|(step, state)| {
                    let now = match by_hand.get(&step) {
                        Some(now) => now.clone()?,
                        None => self.rereads.now(&step)?.to_owned(),
                    };
                    let is_there = by_hand.contains_key(&step) || commands.contains_key(&CommandId::from(now.clone()));
                    is_there.then_some((now, state))
                })
                .collect();
            let told = std::mem::take(&mut rollback.told);
            // Whoever was told was told, whether the checklist names them still or not.
            rollback.told = told
                .into_iter()
                .map(|(whom, state)| (self.rereads.now(&whom).map_or(whom.clone(), str::to_owned), state))
                .collect();
        }
        self.rollbacks = rollbacks;
    }

    /// Drafts and notices keep their template; a unit holds as long as its metric is what it was confirmed for.
    fn carry_rest(&mut self, before: &Config) {
        let rereads = std::mem::take(&mut self.rereads);
        let now = |message: &mut Option<plan::MessageId>| {
            *message = message.take().and_then(|id| Some(rereads.now(id.as_str())?.to_owned().into()));
        };
        self.drafts.values_mut().for_each(|draft| now(&mut draft.message));
        self.sent.iter_mut().for_each(|sent| now(&mut sent.message));
        self.rereads = rereads;
        let config = &self.config;
        let asks = |config: &Config, name: &String| {
            config.metrics.get(name).map(|metric| (metric.source.clone(), metric.query.clone(), metric.unit))
        };
        self.units.retain(|name, _| asks(before, name).is_some() && asks(before, name) == asks(config, name));
    }

    /// Alerts go on under the name of their criterion. What burns and has no criterion any more burns on, and asks to be
    /// acknowledged anew: whoever did so did not know that it would be left alone.
    fn carry_alerts(&mut self, before: Vec<Rule>) {
        let mut alerts: BTreeMap<AlertId, AlertState> = BTreeMap::new();
        for (id, mut state) in std::mem::take(&mut self.alerts) {
            let now = self.rereads.now(id.as_str()).map_or_else(|| id.clone(), |now| now.to_owned().into());
            state.fired.alert = now.clone();
            // Of two that come to one name, the one that burns counts.
            if alerts.get(&now).is_none_or(|known| !known.is_firing()) {
                alerts.insert(now, state);
            }
        }
        self.alerts = alerts;
        for (id, judged) in std::mem::take(&mut self.success) {
            let alert = self.rereads.now(id.as_str()).map_or_else(|| id.clone(), |now| now.to_owned().into());
            self.success.insert(alert.clone(), Judged { alert, ..judged });
        }
        let book = Rulebook::of(self).rules;
        let known: HashMap<&AlertId, ()> = book.iter().map(|rule| (&rule.id, ())).collect();
        let earlier = std::mem::take(&mut self.rereads.left);
        let left = earlier.into_iter().chain(before).filter_map(|rule| {
            let renamed = self.rereads.now(rule.id.as_str()).map(|now| AlertId::from(now.to_owned()));
            // A rule whose id another bears now is watched under a name of its own.
            let id = renamed.unwrap_or_else(|| rule.id.clone());
            (!known.contains_key(&id)).then(|| Rule { id, item: None, purpose: self.purpose_as_now(&rule), ..rule })
        });
        self.rereads.left = left.collect();
        for rule in &self.rereads.left {
            if let Some(state) = self.alerts.get_mut(&rule.id).filter(|state| state.is_firing()) {
                state.acknowledged = None;
                state.silenced = None;
            }
        }
    }

    fn purpose_as_now(&self, rule: &Rule) -> crate::alert::Purpose {
        match &rule.purpose {
            crate::alert::Purpose::Condition { gate } => {
                let now = self.rereads.now(gate.as_str()).map_or_else(|| gate.clone(), |now| now.to_owned().into());
                crate::alert::Purpose::Condition { gate: now }
            }
            other => other.clone(),
        }
    }
}
