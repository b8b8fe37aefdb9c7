//! What people decided about what is observed: which commands may run, and which bindings hold besides those of the
//! settings.
//!
//! Owns: the settings that follow from it. Must not know: what is proposed ([`plan::propose`]), and how anything is asked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use plan::config::{BoundBy, Config, Probe, ProbeKind};
use plan::{CriterionId, ItemId};

use crate::alert::{Rule, Rulebook};
use crate::event::{Accepted, Event, Recorded};
use crate::state::{Room, Standing};

/// A command that a person armed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Armed {
    /// The digest of its text.
    pub digest: String,
    /// Whether the settings give the probe another command by now: then it is armed no more.
    pub is_another: bool,
    /// Who armed it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// A proposal that a person accepted, and that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// What was accepted; its `item` is the id by which it goes now.
    pub accepted: Accepted,
    /// The name of its probe or metric, as it stands among the settings that hold.
    pub by: BoundBy,
    /// Who accepted it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bound {
    /// By the probe's name.
    armed: BTreeMap<String, Armed>,
    /// In the order in which they were accepted.
    bindings: Vec<Binding>,
    /// The proposals that nobody wants.
    dropped: BTreeSet<String>,
    /// The number of the last event that changed the settings that hold.
    bound_at: u64,
    /// The number of the last event that armed or disarmed a command.
    armed_at: u64,
}

crate::stored::stored!(struct Bound { armed, bindings, dropped, bound_at, armed_at });

impl Room {
    /// The settings beside the checklist, without what people accepted in the room.
    #[must_use]
    pub fn own_config(&self) -> &Config {
        &self.own_config
    }

    /// The commands that people armed, by the probe's name; one whose text is another by now is among them.
    #[must_use]
    pub fn armed(&self) -> &BTreeMap<String, Armed> {
        &self.bound.armed
    }

    /// Whether a person armed this very command of a probe.
    #[must_use]
    pub fn is_armed(&self, probe: &str, command: &str) -> bool {
        let armed = self.bound.armed.get(probe).filter(|armed| !armed.is_another);
        armed.is_some_and(|armed| armed.digest == plan::config::digest(command))
    }

    /// The proposals that people accepted and that hold, in the order in which they were accepted.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bound.bindings
    }

    /// Whether somebody dropped a proposal.
    #[must_use]
    pub fn is_dropped(&self, proposal: &str) -> bool {
        self.bound.dropped.contains(proposal)
    }

    /// The number of the last event that bound something, or took it back; 0 where none did.
    #[must_use]
    pub fn bound_at(&self) -> u64 {
        self.bound.bound_at
    }

    /// The number of the last event that armed or disarmed a command; 0 where none did.
    #[must_use]
    pub fn armed_at(&self) -> u64 {
        self.bound.armed_at
    }

    /// The command of a probe, in the settings that hold.
    #[must_use]
    pub fn command_of(&self, probe: &str) -> Option<&str> {
        match self.config.probes.get(probe)?.kind.as_ref()? {
            ProbeKind::Command { command, .. } => Some(command),
            _ => None,
        }
    }

    pub(crate) fn bind(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::CommandArmed { probe, digest } => {
                self.bound.armed_at = recorded.seq;
                let (actor, at) = (recorded.actor.clone(), recorded.occurred_at);
                let armed = Armed { digest: digest.clone(), is_another: false, actor, at };
                self.bound.armed.insert(probe.clone(), armed);
                self.look_at_the_armed();
            }
            Event::CommandDisarmed { probe } => {
                self.bound.armed_at = recorded.seq;
                self.bound.armed.remove(probe);
            }
            Event::BindingAccepted(accepted) => {
                self.bound.bound_at = recorded.seq;
                self.bound.dropped.remove(&accepted.proposal);
                self.bound.bindings.retain(|known| known.accepted.proposal != accepted.proposal);
                self.bound.bindings.push(Binding {
                    accepted: accepted.as_ref().clone(),
                    // Said anew with the settings that follow.
                    by: BoundBy::Probe(String::new()),
                    actor: recorded.actor.clone(),
                    at: recorded.occurred_at,
                });
                self.renew_config();
            }
            Event::BindingDropped { proposal, .. } => self.unbind(recorded, proposal),
            _ => {}
        }
    }

    /// What was accepted holds no more: what it ticked is not seen any more, and what burns is left alone.
    fn unbind(&mut self, recorded: &Recorded, proposal: &str) {
        self.bound.dropped.insert(proposal.to_owned());
        let Some(place) = self.bound.bindings.iter().position(|known| known.accepted.proposal == proposal) else {
            return;
        };
        self.bound.bound_at = recorded.seq;
        let before = Rulebook::of(self).rules;
        let binding = self.bound.bindings.remove(place);
        self.renew_config();
        let item = self.plan.items.iter().find(|item| item.id.as_str() == binding.accepted.item);
        let criterion = CriterionId::from(binding.accepted.item.clone());
        let of_criterion = self.plan.criteria.iter().find(|known| known.id == criterion);
        let item: Option<ItemId> =
            item.map(|item| item.id.clone()).or_else(|| of_criterion.and_then(|known| known.item.clone()));
        let now = Rulebook::of(self).rules;
        if let Some(item) = item.filter(|item| now.iter().all(|rule| rule.item.as_ref() != Some(item)))
            && matches!(self.standing(&item), Standing::Observed { .. })
        {
            let why = "nothing observes it any more: what was bound to it was taken back".to_owned();
            self.observe(recorded, &item, Standing::Lost { seen: None, why });
        }
        let is_gone = |rule: &Rule| now.iter().all(|known| known.id != rule.id);
        let left = before.into_iter().filter(|rule| rule.purpose.alarms() && is_gone(rule));
        self.rereads.left.extend(left.map(|rule| Rule { item: None, ..rule }));
    }

    /// The checklist was read again: what was accepted goes on under the names of now, as long as what it observes is in
    /// the checklist. Gives the settings that held before.
    pub(crate) fn carry_bindings(&mut self) -> Config {
        let mut bindings = std::mem::take(&mut self.bound.bindings);
        bindings.retain_mut(|binding| {
            let Some(now) = self.rereads.now(&binding.accepted.item) else { return false };
            binding.accepted.item = now.to_owned();
            let is_item = self.plan.items.iter().any(|item| item.id.as_str() == binding.accepted.item);
            is_item || self.plan.criteria.iter().any(|known| known.id.as_str() == binding.accepted.item)
        });
        self.bound.bindings = bindings;
        let before = self.config.clone();
        self.renew_config();
        before
    }

    /// Makes the settings that hold: those beside the checklist, and above them what was accepted.
    pub(crate) fn renew_config(&mut self) {
        let mut config = self.own_config.clone();
        let mut bindings = std::mem::take(&mut self.bound.bindings);
        bindings.retain_mut(|binding| match hold(&mut config, &binding.accepted) {
            Some(by) => {
                binding.by = by;
                true
            }
            None => false,
        });
        self.bound.bindings = bindings;
        self.config = config;
        self.look_at_the_armed();
    }

    /// A command whose text is another one, or that is none any more, is not armed.
    fn look_at_the_armed(&mut self) {
        let mut armed = std::mem::take(&mut self.bound.armed);
        for (probe, armed) in &mut armed {
            // What was another once is armed anew, even where the text comes back.
            armed.is_another |= self.command_of(probe).map(plan::config::digest).as_ref() != Some(&armed.digest);
        }
        self.bound.armed = armed;
    }
}

/// Puts an accepted draft above the settings; gives by what it observes, `None` where the draft says nothing.
fn hold(config: &mut Config, accepted: &Accepted) -> Option<BoundBy> {
    // Names that stand in the settings, and not in the draft, are no mistake of it.
    let (draft, _) = plan::config::parse(&format!("version = 1\n{}", accepted.draft));
    let mut bind = draft.binds.into_iter().next()?;
    if let BoundBy::Probe(name) = &bind.by
        && let Some(probe) = draft.probes.get(name)
    {
        let name = free_name(config, name, probe);
        config.probes.insert(name.clone(), probe.clone());
        bind.by = BoundBy::Probe(name);
    }
    let by = bind.by.clone();
    bind.line = 0;
    bind.item.clone_from(&accepted.item);
    config.binds.push(bind);
    Some(by)
}

/// The name of a probe, or one beside it where the settings call another probe so: neither takes the other's place.
fn free_name(config: &Config, name: &str, probe: &Probe) -> String {
    let is_free = |name: &String| config.probes.get(name).is_none_or(|known| known == probe);
    let beside = (2_usize..).map(|number| format!("{name}-{number}")).take(config.probes.len().saturating_add(1));
    std::iter::once(name.to_owned()).chain(beside).find(is_free).unwrap_or_else(|| name.to_owned())
}
