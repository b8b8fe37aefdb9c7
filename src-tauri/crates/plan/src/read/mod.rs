//! From text to plan: the order in which the parts are read, each by a module of its own.
//!
//! Every reader walks the parsed tree or the entries taken from it; none fails. What a reader does not understand stays
//! in the plan as prose.

mod body;
mod counts;
mod criteria;
mod criterion;
mod document;
mod gate;
mod kind;
mod message;
mod notes;
mod outline;
mod people;
mod phases;
mod reference;
mod review;
mod rollback;
mod routine;
mod script;
mod source;
mod start;
mod when;
pub(crate) mod words;

use crate::Finding;
pub use criterion::{Value, value};

use crate::config::Config;
use crate::model::Plan;
use body::Bodies;
use document::{Document, NodeKind};
use notes::Notes;
use outline::Outline;
use source::Source;

/// Reads a checklist, with what `war-room.toml` says beside it.
///
/// Never fails: what is not understood is kept as prose. The findings are ordered by their place in the text.
#[must_use]
pub fn read(text: &str, config: &Config) -> (Plan, Vec<Finding>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(text);
    let document = Document::parse(text);
    let year = config.plan.start.map(jiff::civil::DateTime::year).or_else(|| when::year_of(text));

    let mut notes = Notes::new(&source);
    let mut outline = Outline::read(&document, &source, year);
    if outline.preamble.iter().any(|id| holds_box(&document, *id)) {
        let title = start::title(&outline.sections);
        outline.head_preamble(if title.is_empty() { "Checklist" } else { &title });
    }
    let mut bodies = Bodies::read(&document, &source, &mut outline, &mut notes);
    let gates = gate::read(&mut bodies, &outline, &mut notes);
    let criteria = criteria::read(&bodies, &outline, &gates, &mut notes);
    let routines = routine::read(&outline, &bodies);
    let rollback = rollback::read(&bodies, &outline, &criteria, &mut notes);
    let messages = message::read(&bodies, &outline, &mut notes);
    let (contacts, channels) = people::read(&bodies, &outline, &mut notes);
    let references = reference::read(&bodies, &outline);
    let phases = phases::read(&outline, &bodies, &rollback.success, year, &mut notes);
    let title = start::title(&outline.sections);
    let subject = start::subject(&outline.sections, &title, config);
    let parts = start::Parts { sections: &outline.sections, gates: &gates, phases: &phases, messages: &messages, year };
    let start = start::proposal(&source, &parts, config);
    let counts = counts::read(&document, &source, &bodies.items);
    kind::name_prose(&mut outline);
    let mut sections = outline.sections;
    sections.sort_by_key(|section| section.line);
    let plan = Plan {
        title,
        subject,
        environment: config.plan.environment.clone(),
        start,
        counts,
        sections,
        phases,
        items: bodies.items,
        gates,
        criteria,
        routines,
        rollback,
        messages,
        contacts,
        channels,
        references,
        commands: bodies.commands,
        variables: Vec::new(),
        owner: None,
        reading: Vec::new(),
        preamble: bodies.preamble,
    };
    review::read(&plan, &mut notes);
    (plan, notes.in_order())
}

fn holds_box(document: &Document, id: document::NodeId) -> bool {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let node = document.node(id);
        if matches!(node.kind, NodeKind::ListItem { ticked: Some(_), .. }) {
            return true;
        }
        open.extend(&node.children);
    }
    false
}

/// The blanks of a text, as they stand: `[TIME]`, `{{ name }}`, `<VERSION>`, `____`.
#[must_use]
pub fn blanks(text: &str) -> Vec<String> {
    words::blanks(text)
}

/// Whether a title holds one of the words (in lower case), as whole words.
#[must_use]
pub fn words_of_title(title: &str, names: &[&str]) -> bool {
    words::has_any(&words::plain(title), names)
}

#[cfg(test)]
mod tests;
