//! A plan with an index: a window of a large checklist looks thousands of things up.

use std::collections::{HashMap, HashSet};

use plan::{
    Command, CommandId, Criterion, CriterionId, Gate, Item, ItemId, Phase, PhaseSpan, Plan, Resolved, Section,
    SectionId,
};

use super::tables::Tables;

/// A plan, looked up by id.
pub(crate) struct Book<'plan> {
    pub(crate) plan: &'plan Plan,
    items: HashMap<&'plan ItemId, &'plan Item>,
    sections: HashMap<&'plan SectionId, &'plan Section>,
    commands: HashMap<&'plan CommandId, &'plan Command>,
    criteria: HashMap<&'plan CriterionId, &'plan Criterion>,
    criteria_of_items: HashMap<&'plan ItemId, &'plan Criterion>,
    gates: HashMap<&'plan ItemId, &'plan Gate>,
    tables: Tables<'plan>,
    holds: HashMap<&'plan ItemId, &'plan Gate>,
}

impl<'plan> Book<'plan> {
    pub(crate) fn of(plan: &'plan Plan) -> Self {
        let mut criteria_of_items = HashMap::new();
        for criterion in &plan.criteria {
            if let Some(item) = &criterion.item {
                criteria_of_items.entry(item).or_insert(criterion);
            }
        }
        Self {
            plan,
            items: plan.items.iter().map(|item| (&item.id, item)).collect(),
            sections: plan.sections.iter().map(|section| (&section.id, section)).collect(),
            commands: plan.commands.iter().map(|command| (&command.id, command)).collect(),
            criteria: plan.criteria.iter().map(|criterion| (&criterion.id, criterion)).collect(),
            criteria_of_items,
            tables: Tables::of(plan),
            gates: plan.gates.iter().map(|gate| (&gate.item, gate)).collect(),
            holds: plan.gates.iter().filter_map(|gate| gate.hold_item.as_ref().map(|hold| (hold, gate))).collect(),
        }
    }

    pub(crate) fn item(&self, id: &ItemId) -> Option<&'plan Item> {
        self.items.get(id).copied()
    }

    /// The phase that holds a check.
    pub(crate) fn phase_of(&self, item: &ItemId) -> Option<&'plan Phase> {
        self.plan.phases.iter().find(|phase| phase.items.contains(item))
    }

    pub(crate) fn section(&self, id: &SectionId) -> Option<&'plan Section> {
        self.sections.get(id).copied()
    }

    pub(crate) fn command(&self, id: &CommandId) -> Option<&'plan Command> {
        self.commands.get(id).copied()
    }

    pub(crate) fn criterion(&self, id: &CriterionId) -> Option<&'plan Criterion> {
        self.criteria.get(id).copied()
    }

    pub(crate) fn criterion_of(&self, item: &ItemId) -> Option<&'plan Criterion> {
        self.criteria_of_items.get(item).copied()
    }

    pub(super) fn tables(&self) -> &Tables<'plan> {
        &self.tables
    }

    pub(crate) fn gate(&self, item: &ItemId) -> Option<&'plan Gate> {
        self.gates.get(item).copied()
    }

    /// The gate whose hold this item is.
    pub(crate) fn gate_held_by(&self, item: &ItemId) -> Option<&'plan Gate> {
        self.holds.get(item).copied()
    }

    /// The phase with this id, and its span.
    pub(crate) fn phase(&self, id: &SectionId, resolved: &Resolved) -> Option<(&'plan Phase, PhaseSpan)> {
        let index = self.plan.phases.iter().position(|phase| &phase.section == id)?;
        Some((self.plan.phases.get(index)?, span(resolved, index)))
    }

    /// The headings above a section, the nearest first. Ends even where the parents form a ring.
    pub(crate) fn above(&self, id: &SectionId) -> Vec<&'plan Section> {
        let mut above = Vec::new();
        let mut seen = HashSet::new();
        let mut at = self.section(id);
        while let Some(parent) = at.and_then(|section| section.parent.as_ref()) {
            if !seen.insert(parent) {
                break;
            }
            at = self.section(parent);
            above.extend(at);
        }
        above
    }

    /// Whether `section` is one of `ancestors` or stands somewhere below one.
    pub(crate) fn is_within(&self, section: &SectionId, ancestors: &HashSet<&SectionId>) -> bool {
        ancestors.contains(section) || self.above(section).iter().any(|above| ancestors.contains(&above.id))
    }
}

/// The span of the phase at `index`.
pub(crate) fn span(resolved: &Resolved, index: usize) -> PhaseSpan {
    resolved.phases.get(index).copied().unwrap_or(PhaseSpan { start: None, end: None })
}

/// A heading for a person: its title, or its words where the title is empty.
pub(crate) fn heading(section: &Section) -> &str {
    if section.title.is_empty() { &section.text } else { &section.title }
}
