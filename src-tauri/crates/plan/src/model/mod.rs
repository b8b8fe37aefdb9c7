//! What a checklist says, as data: the vocabulary that all other parts of the product share.
//!
//! Owns: the shapes. Must not know: how they are read, drawn or stored. Lines are counted from 1, as editors do.

mod act;
mod check;
mod day;
mod few;
pub mod finding;
mod id;
mod name;
mod prose;
mod reading;
mod text;

pub use act::{
    Audience, Channel, ChannelKind, Command, Contact, Message, MessageMoment, Reference, ReferenceKind, Variable,
};
pub use check::{
    Choice, Criterion, Field, Gate, Item, ItemKind, Operator, Origin, Place, Rollback, RollbackWay, Routine, Severity,
    SourceMark, Unit, WayStep,
};
pub use day::{Phase, PhaseSpan, Resolved, Section, SectionKind, Stamp, StartProposal, StartSource, When, ZoneSource};
pub use few::{Few, Inlines};
pub use finding::{Level, Range};
pub(crate) use id::Above;
pub use id::{CommandId, ContactId, CriterionId, ItemId, MessageId, ReferenceId, SectionId};
pub use prose::{Block, Fence, Inline, Listing, Prose, Table};
pub use reading::{ReadAs, Reading};
pub use text::Text;

use serde::Serialize;

/// A checklist, read. Everything that is shown or run later comes from here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// The document's first heading, or the front matter's `title`; empty where the text has neither.
    pub title: String,
    /// What is deployed.
    pub subject: Subject,
    /// `production`, `staging`, … where the text or the settings name it.
    pub environment: Option<String>,
    /// T0, zone and announced window as the text and the settings propose them; a person confirms them on opening.
    pub start: StartProposal,
    /// What was counted in the source, for holding against the result.
    pub counts: Counts,
    /// Every heading (bold lines that serve as headings included) in the order of the text.
    pub sections: Vec<Section>,
    /// The run of the day, in the order of the text: the sections that a person walks through.
    pub phases: Vec<Phase>,
    /// Every check, in the order of the text.
    pub items: Vec<Item>,
    /// Canary gates, in the order of the text.
    pub gates: Vec<Gate>,
    /// Every threshold or condition that the text names, in the order of the text.
    pub criteria: Vec<Criterion>,
    /// What repeats, and the shift handoff.
    pub routines: Vec<Routine>,
    /// The ways back.
    pub rollback: Rollback,
    /// What is to be told, to whom and when.
    pub messages: Vec<Message>,
    /// The escalation ladder, lowest level first.
    pub contacts: Vec<Contact>,
    /// Where people meet or are paged, and the status page.
    pub channels: Vec<Channel>,
    /// Commands, links and files to have at hand.
    pub references: Vec<Reference>,
    /// Every command of every fence, one by one, in the order of the text.
    pub commands: Vec<Command>,
    /// The names that commands share, in the order of the text.
    pub variables: Vec<Variable>,
    /// Who answers for the deployment, where the front matter names them.
    pub owner: Option<String>,
    /// How each stretch of the text was understood, in the order of the text; together they hold every byte that is not
    /// blank.
    pub reading: Vec<Reading>,
    /// What stands before the first heading.
    pub preamble: Vec<Block>,
}

/// What is deployed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The service's name; empty where neither text nor settings name one.
    pub name: String,
    /// Its version, where the text or the settings give one.
    pub release: Option<String>,
}

/// What was counted in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Live task markers in the source, as the Markdown parser sees them.
    pub boxes: usize,
    /// How many of `boxes` are ticked.
    pub ticked: usize,
    /// Boxes that became items. Always equal to `boxes`: nothing is lost.
    pub imported: usize,
    /// Marks that GFM shows as text or table cells and that were taken as items.
    pub recovered: usize,
    /// Items without a mark in the source, such as numbered steps.
    pub steps: usize,
    /// Marks that are not items, each with the reason.
    pub ignored: Vec<Ignored>,
    /// Fenced code blocks.
    pub fences: usize,
    /// Tables.
    pub tables: usize,
}

/// A mark in the source that is not an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ignored {
    /// Line in the source.
    pub line: usize,
    /// Why it is no item, in words: "in a comment", "in a fence".
    pub reason: String,
}

impl Plan {
    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| &item.id == id)
    }

    /// The section with this id.
    #[must_use]
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| &section.id == id)
    }

    /// The command with this id.
    #[must_use]
    pub fn command(&self, id: &CommandId) -> Option<&Command> {
        self.commands.iter().find(|command| &command.id == id)
    }

    /// The criterion that was read from this item, where there is one.
    #[must_use]
    pub fn criterion_of(&self, item: &ItemId) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.item.as_ref() == Some(item))
    }

    /// Whether `section` is `ancestor` or stands somewhere below it.
    #[must_use]
    pub fn is_within(&self, section: &SectionId, ancestor: &SectionId) -> bool {
        let mut at = Some(section);
        while let Some(id) = at {
            if id == ancestor {
                return true;
            }
            at = self.section(id).and_then(|section| section.parent.as_ref());
        }
        false
    }
}
