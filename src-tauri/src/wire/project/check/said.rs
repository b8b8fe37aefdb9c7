//! What a line became, in words.

use plan::{
    Audience, ChannelKind, Command, CommandId, Contact, ContactId, Criterion, Item, ItemKind, Message, MessageMoment,
    Origin, Place, Plan, ReadAs, ReferenceKind, Section, SectionKind, Severity, SourceMark,
};

use super::super::book::{Book, heading};
use super::super::times::own_words;
use super::super::words::{capitalised, counted, criterion_name, length, limit, listed, number, stopwatch};

/// What a line became.
pub(super) struct Said {
    /// The wire's word for it.
    pub(super) read: &'static str,
    /// In words for a person.
    pub(super) words: String,
}

fn said(read: &'static str, parts: Vec<String>) -> Said {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Said { read, words: parts.join(" · ") }
}

/// What this line of the source was taken for.
pub(super) fn read_at(plan: &Plan, line: usize) -> Option<&ReadAs> {
    let after = plan.reading.partition_point(|reading| reading.line <= line);
    let reading = plan.reading.get(after.checked_sub(1)?)?;
    (line <= reading.end_line).then_some(&reading.read)
}

/// What this line of the source became.
pub(super) fn line(book: &Book<'_>, line: usize) -> Said {
    let plan = book.plan;
    if let Some(ignored) = plan.counts.ignored.iter().find(|ignored| ignored.line == line) {
        return said("ignored", vec![format!("{}: not taken", capitalised(&ignored.reason))]);
    }
    let plain = |words: &str| said("plain", vec![words.to_owned()]);
    match read_at(plan, line) {
        Some(ReadAs::Heading { section }) => book.section(section).map(|section| of_section(book, section)),
        Some(ReadAs::Item { item, criterion }) => {
            let criterion = criterion.as_ref().and_then(|id| book.criterion(id));
            book.item(item).map(|item| of_item(book, item, criterion))
        }
        Some(ReadAs::Criterion { criterion }) => {
            book.criterion(criterion).map(|criterion| said("criterion", criterion_parts(criterion)))
        }
        Some(ReadAs::Commands { commands }) => Some(of_commands(book, commands, line)),
        Some(ReadAs::Message { message }) => {
            plan.messages.iter().find(|known| &known.id == message).map(|message| said("message", of_message(message)))
        }
        Some(ReadAs::Contact { contacts }) => Some(of_contacts(plan, contacts)),
        Some(ReadAs::Reference { references }) => {
            plan.references.iter().find(|known| references.first() == Some(&known.id)).map(|reference| {
                let kind = match reference.kind {
                    ReferenceKind::Command => "command",
                    ReferenceKind::Link => "link",
                    ReferenceKind::File => "file",
                };
                said("reference", vec!["Reference".to_owned(), kind.to_owned(), reference.text.clone()])
            })
        }
        Some(ReadAs::Prose) => Some(plain("Words, shown as they stand")),
        Some(ReadAs::Code) => Some(plain("Code that is no command, shown as it stands")),
        Some(ReadAs::Table) => Some(plain("Table, shown as it stands")),
        Some(ReadAs::FrontMatter) => Some(plain("Front matter")),
        Some(ReadAs::Html) => Some(plain("Comment or HTML, shown as text and never drawn")),
        Some(ReadAs::Layout) => Some(plain("Layout: it says nothing by itself")),
        None => Some(plain("Blank")),
    }
    .unwrap_or_else(|| plain("Words, shown as they stand"))
}

fn of_section(book: &Book<'_>, section: &Section) -> Said {
    let plan = book.plan;
    let title = heading(section).to_owned();
    if let Some(at) = plan.rollback.ways.iter().position(|way| way.line == section.line) {
        return said("heading", vec![format!("Rollback way {}", at + 1), title]);
    }
    if let Some(routine) = plan.routines.iter().find(|routine| routine.section == section.id) {
        return said("heading", vec!["Routine".to_owned(), routine_words(routine)]);
    }
    let when = own_words(section.when.as_ref(), jiff::SignedDuration::ZERO);
    if plan.phases.iter().any(|phase| phase.section == section.id) {
        return said("heading", vec!["Phase".to_owned(), title, when]);
    }
    let kind = match section.kind {
        SectionKind::Preparation => "before the day",
        SectionKind::Phase => "of a phase",
        SectionKind::Watch => "after go-live",
        SectionKind::Rollback => "the ways back",
        SectionKind::Communication => "what is told",
        SectionKind::Contacts => "who is called",
        SectionKind::Success => "when it counts as successful",
        SectionKind::Reference => "to have at hand",
        SectionKind::Prose => "words",
    };
    said("heading", vec!["Heading".to_owned(), kind.to_owned(), when])
}

/// "every 1 h", "at shift handoff".
pub(super) fn routine_words(routine: &plan::Routine) -> String {
    match (routine.every_s, routine.at.as_deref()) {
        (Some(every_s), _) => format!("every {}", length(every_s)),
        (None, Some("shift_handoff")) => "at shift handoff".to_owned(),
        (None, Some(at)) => format!("on {at}"),
        (None, None) => routine.text.clone(),
    }
}

fn of_item(book: &Book<'_>, item: &Item, criterion: Option<&Criterion>) -> Said {
    match item.kind {
        ItemKind::Gate => {
            let Some(gate) = book.gate(&item.id) else { return said("gate", vec!["Gate".to_owned()]) };
            let hold = gate.hold_s.map_or_else(|| "no hold named".to_owned(), |s| format!("hold {}", stopwatch(s)));
            let conditions = counted(gate.conditions.len(), "condition", "conditions");
            return said("gate", vec!["Gate".to_owned(), share(gate.share_percent), hold, conditions]);
        }
        ItemKind::Hold => {
            let gate = book.gate_held_by(&item.id);
            let hold = gate.and_then(|gate| gate.hold_s).map(stopwatch).unwrap_or_default();
            let share = gate.map(|gate| share(gate.share_percent)).unwrap_or_default();
            return said("gate", vec!["Hold".to_owned(), hold, format!("of the gate {share}").trim_end().to_owned()]);
        }
        ItemKind::Check => {}
    }
    if let Some(criterion) = criterion {
        let mut parts = criterion_parts(criterion);
        parts.push(mark_words(item).to_owned());
        return said("criterion", parts);
    }
    let mut parts = Vec::new();
    if item.choices.is_empty() {
        parts.push(
            match item.origin {
                Origin::Box => "Box",
                Origin::Recovered => "Box, recovered: Markdown shows this mark as text",
                Origin::Step => "Step without a box",
            }
            .to_owned(),
        );
    } else {
        let choices: Vec<_> = item.choices.iter().map(|choice| choice.text.as_str()).collect();
        parts.extend(["Choice".to_owned(), choices.join(" or ")]);
    }
    parts.extend(item.fields.iter().map(|field| format!("asks for {}", field.text)));
    if let Some(gate) = item.parent.as_ref().and_then(|parent| book.gate(parent)) {
        parts.push(format!("in the gate {}", share(gate.share_percent)).trim_end().to_owned());
    }
    parts.extend(item.owner.as_ref().map(ToString::to_string));
    parts.push(mark_words(item).to_owned());
    said("box", parts)
}

fn share(percent: Option<f64>) -> String {
    percent.map(|percent| format!("{} %", number(percent))).unwrap_or_default()
}

fn mark_words(item: &Item) -> &'static str {
    match item.state {
        SourceMark::Open => "",
        SourceMark::Claimed => "claimed in the source, not confirmed",
        SourceMark::Cancelled => "taken off the list in the source",
        SourceMark::Unknown => "marked in a way that says nothing sure",
    }
}

/// "error rate < 1 %"; its own words where the text gives no number.
pub(super) fn criterion_words(criterion: &Criterion) -> String {
    if criterion.value.is_none() || criterion.op.is_none() {
        return criterion.text.clone();
    }
    let name = criterion_name(criterion);
    // A name that kept its own bound says it already.
    if name == criterion.text { name } else { format!("{} {}", lower(&name), limit(criterion)) }
}

/// The words with a small first letter, unless they begin with a short form ("P95 latency", "CPU").
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

fn criterion_parts(criterion: &Criterion) -> Vec<String> {
    let mut parts = vec!["Criterion".to_owned(), criterion_words(criterion)];
    parts.extend(criterion.for_s.map(|for_s| format!("for {}", length(for_s))));
    parts.extend(criterion.window_s.map(|window_s| format!("in the first {}", length(window_s))));
    if criterion.value.is_none() {
        parts.push("only a person can say".to_owned());
    }
    parts.push(
        match criterion.place {
            Place::Preparation => "before the day",
            Place::Gate => "in the gate",
            Place::Phase => "in its phase",
            Place::Watch => "in the watch",
            Place::Decision => "for rolling back",
            Place::Rollback => "of a successful rollback",
            Place::Success => "of success",
        }
        .to_owned(),
    );
    parts.extend(criterion.severity.map(severity).map(str::to_owned));
    parts
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "CRITICAL",
        Severity::High => "HIGH",
        Severity::Medium => "MEDIUM",
    }
}

/// The command whose own lines hold this line.
pub(super) fn command_at<'plan>(book: &Book<'plan>, ids: &[CommandId], line: usize) -> Option<&'plan Command> {
    let mut commands = ids.iter().filter_map(|id| book.command(id));
    commands.rfind(|command| (command.line..command.line + command.text.lines().count().max(1)).contains(&line))
}

fn of_commands(book: &Book<'_>, ids: &[CommandId], line: usize) -> Said {
    let Some(command) = command_at(book, ids, line) else {
        let words = format!("Beside {}: no command itself", counted(ids.len(), "command", "commands"));
        return said("plain", vec![words]);
    };
    let mut parts = vec!["Command".to_owned()];
    if let Some(name) = &command.alternative {
        let mut names: Vec<_> =
            command.alternatives.iter().filter_map(|id| book.command(id)?.alternative.as_ref()).collect();
        names.push(name);
        names.sort();
        names.dedup();
        let short = name.split(':').next().unwrap_or(name).trim();
        parts.push(if names.len() > 1 { format!("{short} of {}", names.len()) } else { short.to_owned() });
    }
    if !command.blanks.is_empty() {
        parts.push(format!("to be filled: {}", command.blanks.join(", ")));
    }
    parts.extend(command.folder.as_ref().map(|folder| format!("in {folder}")));
    parts.extend(command.label.clone());
    said("command", parts)
}

fn of_message(message: &Message) -> Vec<String> {
    let moment = match message.moment {
        MessageMoment::Before => "before",
        MessageMoment::During => "during",
        MessageMoment::After => "after",
    };
    let mut parts = vec![format!("Message to {}", audience(message.audience)), moment.to_owned()];
    if !message.blanks.is_empty() {
        parts.push(format!("{} to be filled", counted(message.blanks.len(), "blank", "blanks")));
    }
    parts
}

/// "customers", "the team".
fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Team => "the team",
        Audience::Customers => "customers",
        Audience::StatusPage => "the status page",
    }
}

fn of_contacts(plan: &Plan, ids: &[ContactId]) -> Said {
    if ids.len() > 1 {
        return said("contact", vec![counted(ids.len(), "contact", "contacts")]);
    }
    let id = ids.first();
    if let Some(contact) = plan.contacts.iter().find(|contact| Some(&contact.id) == id) {
        return said("contact", of_contact(contact));
    }
    let Some(channel) = plan.channels.iter().find(|channel| Some(&channel.id) == id) else {
        return said("contact", vec!["Contact".to_owned()]);
    };
    let kind = match channel.kind {
        ChannelKind::WarRoom => "Where the team talks",
        ChannelKind::Pager => "Pager",
        ChannelKind::StatusPage => "Status page",
        ChannelKind::Other => "Channel",
    };
    let empty = if channel.target.is_none() { "empty in the file" } else { "" };
    said("contact", vec![kind.to_owned(), channel.text.clone(), empty.to_owned()])
}

fn of_contact(contact: &Contact) -> Vec<String> {
    let ways = [("name", &contact.name), ("phone", &contact.phone), ("mail", &contact.mail)];
    let missing: Vec<_> = ways.iter().filter(|(_, known)| known.is_none()).map(|(way, _)| *way).collect();
    let empty = match missing.as_slice() {
        [] => String::new(),
        missing if contact.blanks.is_empty() => format!("without {}", listed(missing)),
        missing => format!("{} empty in the file", listed(missing)),
    };
    vec!["Contact".to_owned(), contact.role.clone(), format!("level {}", contact.order), empty]
}
