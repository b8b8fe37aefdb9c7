//! The things of a plan as lists that can be paired: each with its words, its place and what it belongs to.

use std::collections::{HashMap, HashSet};

use super::pair::Node;
use crate::{ItemId, Plan, SectionId};

/// Everything of a plan that is compared.
pub(super) struct Lists<'plan> {
    pub(super) sections: Vec<Node<'plan>>,
    pub(super) items: Vec<Node<'plan>>,
    pub(super) criteria: Vec<Node<'plan>>,
    pub(super) commands: Vec<Node<'plan>>,
    pub(super) messages: Vec<Node<'plan>>,
    pub(super) contacts: Vec<Node<'plan>>,
    pub(super) channels: Vec<Node<'plan>>,
    pub(super) references: Vec<Node<'plan>>,
    pub(super) ways: Vec<Node<'plan>>,
}

impl<'plan> Lists<'plan> {
    pub(super) fn of(plan: &'plan Plan) -> Self {
        let section_at: HashMap<&SectionId, usize> =
            plan.sections.iter().enumerate().map(|(at, section)| (&section.id, at)).collect();
        let item_at: HashMap<&ItemId, usize> = plan.items.iter().enumerate().map(|(at, item)| (&item.id, at)).collect();
        let section = |id: Option<&SectionId>| id.and_then(|id| section_at.get(id).copied());
        let item = |id: Option<&ItemId>| id.and_then(|id| item_at.get(id).copied());
        let of_gates: HashSet<&ItemId> =
            plan.gates.iter().flat_map(|gate| gate.conditions.iter().chain(&gate.hold_item)).collect();

        let mut held: Vec<Vec<&str>> = vec![Vec::new(); plan.sections.len()];
        let texts = plan.items.iter().map(|one| (one.section.as_ref(), one.text.as_str()));
        let texts = texts.chain(plan.criteria.iter().map(|one| (one.section.as_ref(), one.text.as_str())));
        let texts = texts.chain(plan.commands.iter().map(|one| (one.section.as_ref(), one.text.as_str())));
        for (place, text) in texts {
            if let Some(texts) = section(place).and_then(|at| held.get_mut(at)) {
                texts.push(text);
            }
        }
        let sections = plan.sections.iter().zip(held).map(|(one, holds)| {
            let parent = section(one.parent.as_ref());
            let key = one.title.to_lowercase();
            Node { parent, holds, shown_in: parent, key, ..Node::of(one.id.as_str(), one.line, &one.text) }
        });
        let items = plan.items.iter().map(|one| {
            let place = section(one.section.as_ref());
            let parent = item(one.parent.as_ref());
            let stays = of_gates.contains(&one.id);
            Node { parent, stays, place, shown_in: place, ..Node::of(one.id.as_str(), one.range.line, &one.text) }
        });
        let criteria = plan.criteria.iter().map(|one| {
            let (place, owner) = (section(one.section.as_ref()), item(one.item.as_ref()));
            Node { place, owner, shown_in: place, ..Node::of(one.id.as_str(), one.line, &one.text) }
        });
        let commands = plan.commands.iter().map(|one| {
            let (place, owner) = (section(one.section.as_ref()), item(one.item.as_ref()));
            Node { place, owner, shown_in: place, ..Node::of(one.id.as_str(), one.line, &one.text) }
        });
        let messages = plan.messages.iter().map(|one| {
            let key = format!("{:?} {:?} {}", one.moment, one.audience, one.text);
            Node { key, ..Node::of(one.id.as_str(), one.line, &one.text) }
        });
        let contacts = plan.contacts.iter().map(|one| Node::of(one.id.as_str(), one.line, &one.role));
        let channels = plan.channels.iter().map(|one| Node::of(one.id.as_str(), one.line, &one.text));
        let references = plan.references.iter().map(|one| {
            let key = format!("{:?} {} {}", one.kind, one.text, one.target);
            Node { key, ..Node::of(one.id.as_str(), one.line, &one.text) }
        });
        let numbers: Vec<&'static str> = NUMBERS.to_vec();
        let ways = plan.rollback.ways.iter().zip(numbers).map(|(one, number)| {
            let holds = one.commands.iter().map(crate::CommandId::as_str).collect();
            // A way is known by its number alone, which says nothing about which way it is.
            Node { holds, has_id: false, ..Node::of(number, one.line, &one.text) }
        });
        Self {
            sections: sections.collect(),
            items: items.collect(),
            criteria: criteria.collect(),
            commands: commands.collect(),
            messages: messages.collect(),
            contacts: contacts.collect(),
            channels: channels.collect(),
            references: references.collect(),
            ways: ways.collect(),
        }
    }
}

/// The names of ways. No plan that anybody could follow at night has more; what comes behind is compared with nothing.
const NUMBERS: [&str; 32] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
    "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
];
