//! From text to plan: the order in which the parts are read, each by a module of its own.
//!
//! Every reader walks the parsed tree or the entries taken from it; none fails. What a reader does not understand stays
//! in the plan as prose.

mod body;
mod choice;
mod counts;
mod criteria;
mod criterion;
mod document;
mod doubts;
mod fields;
mod front_matter;
mod gate;
mod held;
mod hints;
mod inlines;
mod kind;
mod lists;
mod marks;
mod message;
mod notes;
mod ordinals;
mod outline;
mod people;
mod phases;
mod quick;
mod reading;
mod reference;
mod review;
mod rollback;
mod routine;
mod rows;
mod script;
mod signs;
mod source;
mod start;
mod steps;
mod told;
mod variables;
mod verbs;
mod when;
mod word_map;
pub(crate) mod words;

use crate::Finding;
pub use criterion::{Value, value};

use crate::config::Config;
use crate::model::Plan;
use body::Bodies;
use document::Document;
use front_matter::FrontMatter;
use notes::Notes;
use outline::Outline;
use quick::put_in_order;
use source::Source;
pub use source::line_ends;
pub(crate) use start::own_start;
pub(crate) use when::time_zone;

/// Reads a checklist, with what `war-room.toml` says beside it.
///
/// Never fails: what is not understood is kept as prose. The findings are ordered by their place in the text.
#[must_use]
pub fn read(text: &str, config: &Config) -> (Plan, Vec<Finding>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = line_ends(text);
    let text = text.as_ref();
    let source = Source::new(text);
    let mut notes = Notes::new(&source);
    let front = FrontMatter::read(&source, &mut notes);
    let mut document = Document::parse(&front.shown(text));
    if let Some(bytes) = front.hidden() {
        document.put_metadata(front_matter::inside(text, &bytes).to_owned(), bytes.start, bytes.end);
    }
    let year = config
        .plan
        .start
        .map(jiff::civil::DateTime::year)
        .or(front.date.map(jiff::civil::Date::year))
        .or_else(|| when::year_of(text));

    let mut outline = Outline::read(&document, &source, year);
    if outline.preamble.iter().any(|id| body::holds_item(&document, *id)) {
        let title = start::title(&outline.sections);
        outline.head_preamble(if title.is_empty() { "Checklist" } else { &title });
    }
    let mut bodies = Bodies::read(&mut document, &source, &mut outline, &mut notes);
    let counts = counts::read(&document, &source, &bodies);
    let shapes = reading::shapes(&document, &source);
    // Of a long text the tree is much, and what is read from here on takes its place.
    drop(document);
    kind::by_content(&mut outline);
    let carried = script::carry(&mut bodies, &outline);
    let variables = variables::read(&carried, &mut bodies.commands, &mut notes);
    // A fence that nothing closes may hold a row that the text does not have.
    for command in &mut bodies.commands {
        command.line = command.line.min(source.lines());
    }
    let gates = gate::read(&mut bodies, &outline, &mut notes);
    let criteria = criteria::read(&bodies, &outline, &gates, &mut notes);
    let routines = routine::read(&outline, &bodies);
    let rollback = rollback::read(&bodies, &outline, &criteria, &mut notes);
    let messages = message::read(&bodies, &outline, &mut notes);
    let (contacts, channels) = people::read(&bodies, &outline, &mut notes);
    let references = reference::read(&bodies, &outline);
    let target = front.date.or_else(|| start::target_date(&outline.sections, year));
    let mut phases = phases::read(&outline, &bodies, &rollback.success, target, &mut notes);
    let title = front.title.clone().unwrap_or_else(|| start::title(&outline.sections));
    let subject = start::subject(&outline.sections, &title, year, &front, config);
    let parts = start::Parts { gates: &gates, phases: &phases, messages: &messages, front: &front };
    let start = start::proposal(&source, &parts, config);
    phases::order(&mut phases, &start);
    drop(bodies.entries);
    kind::name_prose(&mut outline);
    let (mut sections, mut said) = (outline.sections, outline.said);
    put_in_order(&mut sections, |section| section.line);
    put_in_order(&mut said, |(line, _)| *line);
    let mut plan = Plan {
        title,
        subject,
        environment: config.plan.environment.clone().or(front.environment),
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
        variables,
        owner: front.owner,
        reading: Vec::new(),
        preamble: bodies.preamble,
    };
    plan.reading = reading::read(&shapes, &source, &plan);
    drop(shapes);
    doubts::read(&plan, &said, &bodies.item_hints, year, &mut notes);
    review::read(&plan, &said, &mut notes);
    (plan, notes.in_order())
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
