//! The way back, as its events made it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use plan::{Audience, Channel, Contact, CriterionId, ItemId, Message, MessageMoment, Plan, RollbackWay, WayStep};

use crate::state::Room;

/// A rollback, from its decision to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollbackState {
    /// When it was decided.
    pub began: Timestamp,
    /// By whom.
    pub actor: String,
    /// The decision criterion that said so.
    pub criterion: Option<CriterionId>,
    /// Why, in words.
    pub reason: String,
    /// The ways that were taken, the last of which counts.
    pub ways: Vec<WayTaken>,
    /// What was said of each step.
    pub steps: BTreeMap<String, StepState>,
    /// Who was told.
    pub told: BTreeMap<String, ToldState>,
    /// How it ended; `None` while it runs.
    pub ended: Option<RollbackEnd>,
    /// Whether it was only rehearsed, before the day.
    pub is_rehearsal: bool,
}

/// A way that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayTaken {
    /// Its number, from 1; 0 where the plan names none.
    pub way: u32,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: String,
    /// Why it and not the one before; empty for the first.
    pub reason: String,
}

/// What was said of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepState {
    /// The event's number.
    pub event: u64,
    /// Whether it worked.
    pub worked: bool,
    /// What was seen.
    pub result: String,
    /// By whom.
    pub actor: String,
    /// When.
    pub at: Timestamp,
    /// What was said of it before, and counts again where this is taken back.
    pub before: Option<Box<StepState>>,
}

/// That somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldState {
    /// Whether they answered.
    pub answered: bool,
    /// How, or what they said.
    pub words: String,
    /// Who told them.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// How a rollback ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollbackEnd {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: String,
    /// Why it was stopped; `None` where it is rolled back.
    pub stood_down: Option<String>,
}

impl RollbackState {
    /// The number of the way that counts; 0 where the plan names none.
    #[must_use]
    pub fn way(&self) -> u32 {
        self.ways.last().map_or(0, |taken| taken.way)
    }

    /// The last word on a step is taken back: the one before counts again.
    pub(crate) fn take_back(&mut self, event: u64) {
        let steps = std::mem::take(&mut self.steps);
        let before = |(name, step): (String, StepState)| match step.event == event {
            true => step.before.map(|before| (name, *before)),
            false => Some((name, step)),
        };
        self.steps = steps.into_iter().filter_map(before).collect();
    }

    /// Whether a person said that it is rolled back.
    #[must_use]
    pub fn is_back(&self) -> bool {
        self.ended.as_ref().is_some_and(|end| end.stood_down.is_none())
    }

    /// Whether it runs still.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }
}

impl Room {
    /// From when on a gate's hold may count: from where its share of the traffic was said to be there, and not before the
    /// way back was given up. While that was taken nobody knew where the traffic is.
    pub(crate) fn held_from(&self, gate: &ItemId) -> Option<Timestamp> {
        let entered = self.gate(gate)?.entered.as_ref().map(|(at, _)| *at)?;
        let ended = self.rollback().and_then(|rollback| rollback.ended.as_ref());
        let given_up = ended.filter(|end| end.stood_down.is_some()).map(|end| end.at);
        Some(given_up.map_or(entered, |at| at.max(entered)))
    }
}

/// The name of a step by hand on a way, by its place among them from 0. The first has the name that older logs know.
fn step_by_hand(way: u32, place: usize) -> String {
    if place == 0 { format!("way {way}/by hand") } else { format!("way {way}/by hand {}", place + 1) }
}

/// The steps of a way, from 1, by the names that events give them, in the order of the text.
#[must_use]
pub fn steps_of_way(way: &RollbackWay, number: u32) -> Vec<(String, &WayStep)> {
    let mut by_hand = 0;
    let steps = way.steps.iter().map(|step| {
        let name = match &step.command {
            Some(id) => id.to_string(),
            None => {
                by_hand += 1;
                step_by_hand(number, by_hand - 1)
            }
        };
        (name, step)
    });
    steps.collect()
}

/// Whether the plan has a step of this name on one of its ways, or in the proof that it worked.
#[must_use]
pub(crate) fn has_step(plan: &Plan, step: &str) -> bool {
    let mut ways = plan.rollback.ways.iter().zip(1_u32..).flat_map(|(way, number)| steps_of_way(way, number));
    ways.any(|(name, _)| name == step) || plan.rollback.verify.iter().any(|id| id.as_str() == step)
}

/// Whoever must be told of a rollback.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ToBeTold<'plan> {
    /// Somebody of the ladder.
    Contact(&'plan Contact),
    /// A place.
    Channel(&'plan Channel),
    /// Whoever reads a notice.
    Message(&'plan Message),
}

/// Whom the plan wants to be told of a rollback: the ladder, the places, and the readers of its notices about what
/// happens during and after, each audience once.
#[must_use]
pub fn to_be_told(room: &Room) -> Vec<ToBeTold<'_>> {
    let plan = room.plan();
    let mut audiences = Vec::new();
    let messages = plan.messages.iter().filter(|message| {
        let is_new = message.moment != MessageMoment::Before
            && message.audience != Audience::Team
            && !audiences.contains(&message.audience);
        if is_new {
            audiences.push(message.audience);
        }
        is_new
    });
    let messages: Vec<ToBeTold<'_>> = messages.map(ToBeTold::Message).collect();
    let contacts = room.ladder().into_iter().map(ToBeTold::Contact);
    contacts.chain(plan.channels.iter().map(ToBeTold::Channel)).chain(messages).collect()
}

/// Whether the plan names somebody or something by this id that can be told of a rollback.
#[must_use]
pub(crate) fn can_be_told(room: &Room, whom: &str) -> bool {
    let plan = room.plan();
    let contacts = room.ladder().into_iter().map(|contact| contact.id.as_str());
    let channels = plan.channels.iter().map(|channel| channel.id.as_str());
    let messages = plan.messages.iter().map(|message| message.id.as_str());
    contacts.chain(channels).chain(messages).any(|id| id == whom)
}
