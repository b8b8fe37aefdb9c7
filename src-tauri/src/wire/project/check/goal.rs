//! Where a line of the source leads in the room that is open.

use std::collections::HashMap;

use plan::{CommandId, ItemId, Place, ReadAs, SectionId, SectionKind};

use super::super::book::Book;
use super::said::{command_at, read_at};
use crate::wire::GoalView;

/// Where lines lead: looked up for a whole page at once.
pub(super) struct Goals<'plan> {
    book: &'plan Book<'plan>,
    /// The phase of each item that has one.
    phases: HashMap<&'plan ItemId, &'plan SectionId>,
}

impl<'plan> Goals<'plan> {
    pub(super) fn of(book: &'plan Book<'plan>) -> Self {
        let mut phases = HashMap::new();
        for phase in &book.plan.phases {
            for item in &phase.items {
                phases.entry(item).or_insert(&phase.section);
            }
        }
        Self { book, phases }
    }

    /// Where this line leads.
    pub(super) fn goal(&self, line: usize) -> Option<GoalView> {
        match read_at(self.book.plan, line)? {
            ReadAs::Heading { section } => Some(self.section(section)),
            ReadAs::Item { item, .. } => Some(self.item(item, "Go to the check")),
            ReadAs::Criterion { criterion } => {
                let criterion = self.book.criterion(criterion)?;
                if criterion.place == Place::Decision {
                    return Some(page("rollback", "title", "", "Go to the decision criteria"));
                }
                criterion.section.as_ref().map(|section| self.section(section))
            }
            ReadAs::Commands { commands } => {
                let first = commands.first().and_then(|id| self.book.command(id));
                let command = command_at(self.book, commands, line).or(first)?;
                Some(self.command(&command.id, command.item.as_ref(), command.section.as_ref()))
            }
            ReadAs::Message { message } => Some(page("messages", "message", message.as_str(), "Go to the message")),
            ReadAs::Contact { contacts } => {
                let id = contacts.first().map(plan::ContactId::as_str).unwrap_or_default();
                Some(page("escalation", "contact", id, "Go to the contact"))
            }
            ReadAs::Reference { .. } => Some(page("references", "title", "", "Go to the reference")),
            ReadAs::Prose | ReadAs::Code | ReadAs::Table | ReadAs::FrontMatter | ReadAs::Html | ReadAs::Layout => None,
        }
    }

    fn item(&self, item: &ItemId, words: &str) -> GoalView {
        match self.phases.get(item) {
            Some(phase) => GoalView {
                page: String::new(),
                phase: phase.to_string(),
                on: "item".to_owned(),
                id: item.to_string(),
                words: words.to_owned(),
            },
            None if self.book.plan.rollback.success.contains(item) => page("rollback", "item", item.as_str(), words),
            // What no phase holds stands in the checklist as it is written.
            None => page("written", "item", item.as_str(), words),
        }
    }

    fn command(&self, id: &CommandId, item: Option<&ItemId>, section: Option<&SectionId>) -> GoalView {
        if let Some(item) = item {
            return self.item(item, "Go to its check");
        }
        let rollback = &self.book.plan.rollback;
        if rollback.ways.iter().any(|way| way.commands.contains(id)) || rollback.verify.contains(id) {
            return page("rollback", "step", id.as_str(), "Go to the way back");
        }
        if self.book.plan.references.iter().any(|reference| reference.command.as_ref() == Some(id)) {
            return page("references", "title", "", "Go to the reference");
        }
        section.map_or_else(|| page("written", "title", "", "Go to the checklist"), |section| self.section(section))
    }

    /// The phase that a section stands in, else the page of what it holds.
    fn section(&self, id: &SectionId) -> GoalView {
        let above = self.book.above(id);
        let mut around = std::iter::once(id).chain(above.iter().map(|section| &section.id));
        if let Some(phase) = around.find(|id| self.book.plan.phases.iter().any(|phase| &phase.section == *id)) {
            return GoalView {
                page: String::new(),
                phase: phase.to_string(),
                on: "title".to_owned(),
                id: String::new(),
                words: "Go to the phase".to_owned(),
            };
        }
        let (name, words) = match self.book.section(id).map(|section| section.kind) {
            Some(SectionKind::Rollback) => ("rollback", "Go to the rollback plan"),
            Some(SectionKind::Communication) => ("messages", "Go to the messages"),
            Some(SectionKind::Contacts) => ("escalation", "Go to the contacts"),
            Some(SectionKind::Reference) => ("references", "Go to the references"),
            _ => ("written", "Go to the checklist"),
        };
        page(name, "title", "", words)
    }
}

fn page(page: &str, on: &str, id: &str, words: &str) -> GoalView {
    GoalView {
        page: page.to_owned(),
        phase: String::new(),
        on: on.to_owned(),
        id: id.to_owned(),
        words: words.to_owned(),
    }
}
