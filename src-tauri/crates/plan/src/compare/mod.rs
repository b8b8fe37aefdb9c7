//! What differs between two readings of a checklist: which check is which, what moved, what was reworded, what is new and
//! what is gone.
//!
//! Owns: the pairing of the two plans' things, one to one, and the words for what changed in a pair. Must not know: what a
//! room keeps about any of it. Pure and total; the same two plans always give the same answer, in time that grows with
//! their size and not with its square.

mod change;
mod list;
mod pair;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde::Serialize;

use crate::Plan;
pub use change::{Aspect, Change};
pub use settings::compare_settings;

/// What kind of thing is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// A heading with what stands below it.
    Section,
    /// A check.
    Check,
    /// A check that is a gate.
    Gate,
    /// A threshold or condition.
    Criterion,
    /// A shell command.
    Command,
    /// A way back.
    Way,
    /// Something to be told.
    Message,
    /// Somebody to call.
    Contact,
    /// A place to meet.
    Channel,
    /// Something to have at hand.
    Reference,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Nothing: the same words in the same place, whatever stands around it.
    Same,
    /// The same words in the same place, and something that belongs to it is another.
    Changed,
    /// The same words elsewhere.
    Moved,
    /// Other words for what is taken to be the same thing.
    Reworded,
    /// It was not there before.
    New,
    /// It is not there any more.
    Gone,
}

/// A thing as one of the two readings has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Its id; a way's number.
    pub id: String,
    /// Line in the source.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// The title of the section it stands in; empty above every heading.
    pub place: String,
}

/// One thing of either reading, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What it is.
    pub thing: Thing,
    /// What became of it.
    pub turn: Turn,
    /// As the earlier reading has it; `None` for what is new.
    pub before: Option<Side>,
    /// As the later reading has it; `None` for what is gone.
    pub after: Option<Side>,
    /// What belongs to it and is another now.
    pub changes: Vec<Change>,
}

/// Under which id a thing goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carry {
    /// Its id before.
    pub from: String,
    /// Its id now; `None` where it is gone although something else bears its id now.
    pub to: Option<String>,
}

/// What differs between two readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Every thing of both readings once, by kind, in the order of the later text, with what is gone where it stood.
    pub entries: Vec<Entry>,
    /// What changed for the plan as a whole: T0, zone, window, time limit of the rollback.
    pub facts: Vec<Change>,
}

impl Difference {
    /// The entries that a person is shown.
    pub fn told(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.turn != Turn::Same)
    }

    /// Whether nothing that the plan knows of differs. Words around it may.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told().next().is_none() && self.facts.is_empty()
    }

    /// Under which id each thing goes on, where that is not its own. Other words for a command are another command: what
    /// was said of the one is not said of the other.
    #[must_use]
    pub fn carried(&self) -> Vec<Carry> {
        let with_ids = || self.entries.iter().filter(|entry| !matches!(entry.thing, Thing::Way | Thing::Reference));
        let now: std::collections::HashSet<&str> =
            with_ids().filter_map(|entry| entry.after.as_ref()).map(|side| side.id.as_str()).collect();
        let mut carried = Vec::new();
        for entry in with_ids() {
            let Some(before) = &entry.before else { continue };
            let is_other_command = entry.thing == Thing::Command && entry.turn == Turn::Reworded;
            let to = entry.after.as_ref().filter(|_| !is_other_command).map(|after| after.id.clone());
            let is_plain = match &to {
                Some(to) => *to == before.id,
                None => !now.contains(before.id.as_str()),
            };
            if !is_plain {
                carried.push(Carry { from: before.id.clone(), to });
            }
        }
        carried
    }

    /// The number of each way back that goes on, before and now.
    #[must_use]
    pub fn ways(&self) -> Vec<(u32, u32)> {
        let ways = self.entries.iter().filter(|entry| entry.thing == Thing::Way);
        ways.filter_map(|entry| {
            let number = |side: &Side| side.id.parse().ok();
            Some((number(entry.before.as_ref()?)?, number(entry.after.as_ref()?)?))
        })
        .collect()
    }
}

/// Compares two readings of a checklist.
///
/// Things are taken to be the same by their ids; of the rest, those that say the same in the place that corresponds;
/// then those that say the same elsewhere, where there are as many before as now; then those with similar words in the
/// same section below the same item. What is left is gone or new. A gate's conditions go with their gate alone.
#[must_use]
pub fn compare(old: &Plan, new: &Plan) -> Difference {
    let (before, after) = (list::Lists::of(old), list::Lists::of(new));
    let sections = pair::Pairing::of(&before.sections, &after.sections, None, None);
    let items = pair::Pairing::of(&before.items, &after.items, Some(&sections), None);
    let with_owner =
        |old: &[pair::Node<'_>], new: &[pair::Node<'_>]| pair::Pairing::of(old, new, Some(&sections), Some(&items));
    let criteria = with_owner(&before.criteria, &after.criteria);
    let commands = with_owner(&before.commands, &after.commands);
    let alone = |old: &[pair::Node<'_>], new: &[pair::Node<'_>]| pair::Pairing::of(old, new, None, None);
    let messages = alone(&before.messages, &after.messages);
    let contacts = alone(&before.contacts, &after.contacts);
    let channels = alone(&before.channels, &after.channels);
    let references = alone(&before.references, &after.references);
    let ways = alone(&before.ways, &after.ways);

    let titles = (titles(old), titles(new));
    let mut entries = Vec::new();
    let mut add =
        |thing, pairing: &pair::Pairing, lists: (&[pair::Node<'_>], &[pair::Node<'_>]), changes: &Changes<'_>| {
            entries.extend(told(thing, pairing, lists, &titles, changes));
        };
    add(Thing::Section, &sections, (&before.sections, &after.sections), &|a, b| change::section(old, new, a, b));
    add(Thing::Check, &items, (&before.items, &after.items), &|a, b| change::item(old, new, a, b));
    add(Thing::Criterion, &criteria, (&before.criteria, &after.criteria), &|a, b| change::criterion(old, new, a, b));
    add(Thing::Command, &commands, (&before.commands, &after.commands), &|a, b| change::command(old, new, a, b));
    add(Thing::Way, &ways, (&before.ways, &after.ways), &|a, b| change::way(old, new, a, b));
    add(Thing::Message, &messages, (&before.messages, &after.messages), &|a, b| change::message(old, new, a, b));
    add(Thing::Contact, &contacts, (&before.contacts, &after.contacts), &|a, b| change::contact(old, new, a, b));
    add(Thing::Channel, &channels, (&before.channels, &after.channels), &|a, b| change::channel(old, new, a, b));
    add(Thing::Reference, &references, (&before.references, &after.references), &|_, _| Vec::new());
    mark_gates(&mut entries, old, new);
    Difference { entries, facts: change::facts(old, new) }
}

type Changes<'a> = dyn Fn(usize, usize) -> Vec<Change> + 'a;

fn titles(plan: &Plan) -> Vec<&str> {
    plan.sections.iter().map(|section| section.title.as_str()).collect()
}

/// The entries of one list: in the order of the later text, what is gone before what stood behind it.
fn told(
    thing: Thing,
    pairing: &pair::Pairing,
    (before, after): (&[pair::Node<'_>], &[pair::Node<'_>]),
    titles: &(Vec<&str>, Vec<&str>),
    changes: &Changes<'_>,
) -> Vec<Entry> {
    let side = |node: &pair::Node<'_>, titles: &[&str]| Side {
        id: node.id.to_owned(),
        line: node.line,
        text: node.text.to_owned(),
        place: node.shown_in.and_then(|at| titles.get(at)).map_or_else(String::new, |title| (*title).to_owned()),
    };
    let mut entries = Vec::new();
    let mut next_old = 0;
    let gone = |at: usize, entries: &mut Vec<Entry>| {
        if let (None, Some(node)) = (pairing.now(at), before.get(at)) {
            let before = Some(side(node, &titles.0));
            entries.push(Entry { thing, turn: Turn::Gone, before, after: None, changes: Vec::new() });
        }
    };
    for (at, node) in after.iter().enumerate() {
        let Some((was, node_before)) = pairing.was(at).and_then(|was| Some((was, before.get(was)?))) else {
            let after = Some(side(node, &titles.1));
            entries.push(Entry { thing, turn: Turn::New, before: None, after, changes: Vec::new() });
            continue;
        };
        for at in next_old..was {
            gone(at, &mut entries);
        }
        next_old = next_old.max(was + 1);
        let changes = changes(was, at);
        let turn = match pairing.how(at) {
            pair::How::Reworded => Turn::Reworded,
            pair::How::Moved => Turn::Moved,
            pair::How::Same if node_before.text != node.text => Turn::Reworded,
            pair::How::Same if changes.is_empty() => Turn::Same,
            pair::How::Same => Turn::Changed,
        };
        let (before, after) = (Some(side(node_before, &titles.0)), Some(side(node, &titles.1)));
        entries.push(Entry { thing, turn, before, after, changes });
    }
    for at in next_old..before.len() {
        gone(at, &mut entries);
    }
    entries
}

/// Checks that are gates are called so.
fn mark_gates(entries: &mut [Entry], old: &Plan, new: &Plan) {
    let gates = |plan: &Plan| plan.gates.iter().map(|gate| (gate.item.to_string(), ())).collect::<HashMap<_, _>>();
    let (before, after) = (gates(old), gates(new));
    for entry in entries.iter_mut().filter(|entry| entry.thing == Thing::Check) {
        let is = |side: &Option<Side>, gates: &HashMap<String, ()>| {
            side.as_ref().is_some_and(|side| gates.contains_key(&side.id))
        };
        if is(&entry.before, &before) || is(&entry.after, &after) {
            entry.thing = Thing::Gate;
        }
    }
}
