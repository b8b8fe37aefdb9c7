//! What is to be told: team, customers, status page; before, during and after.

use std::collections::HashMap;

use super::body::{Bodies, Entry, EntryKind};
use super::notes::Notes;
use super::outline::Outline;
use super::words;
use crate::model::{Audience, ItemId, Message, MessageId, MessageMoment, Section, SectionKind};

/// Reads the communication sections.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, _notes: &mut Notes<'_>) -> Vec<Message> {
    let mut found = Vec::new();
    let mut ordinals: HashMap<(Option<usize>, String), usize> = HashMap::new();
    for entry in &bodies.entries {
        let Some(section) = outline.section(entry.section) else { continue };
        if section.kind != SectionKind::Communication || entry.depth > 0 {
            continue;
        }
        let draft = match &entry.kind {
            EntryKind::Item(_) | EntryKind::Bullet => line(entry),
            EntryKind::Fence { .. } => Some(letter(entry, section)),
            EntryKind::Paragraph | EntryKind::Script { .. } | EntryKind::Row { .. } => None,
        };
        let Some(draft) = draft else { continue };
        let item: Option<ItemId> = match entry.kind {
            EntryKind::Item(at) => bodies.items.get(at).map(|item| item.id.clone()),
            _ => None,
        };
        let path = path(outline.lineage(entry.section));
        let ordinal = ordinals.entry((entry.section, draft.name.clone())).or_default();
        let id = MessageId::of(&path, &draft.name, *ordinal);
        *ordinal += 1;
        let headings = path.join(" · ");
        found.push(Message {
            id,
            line: entry.line,
            moment: moment(outline.lineage(entry.section)),
            audience: audience(&draft.name, &headings),
            blanks: words::blanks(&format!("{}\n{}", draft.subject.as_deref().unwrap_or(""), draft.body)),
            channel: draft.channel,
            subject: draft.subject,
            body: draft.body,
            text: draft.name,
            item,
        });
    }
    found
}

struct Draft {
    name: String,
    subject: Option<String>,
    body: String,
    channel: Option<String>,
}

/// A list entry: "Team Slack: "Deployment planned for Jan 21"". An entry that makes a place or an invitation is a
/// check, not a message.
fn line(entry: &Entry) -> Option<Draft> {
    let text = words::without_signs(&entry.text);
    let (name, rest) = words::labelled(&text).map_or((text.as_str(), ""), |(name, rest)| (name, rest));
    let lower = name.to_lowercase();
    if words::has_any(&lower, &["calendar", "invite", "invites", "war room", "bridge", "zoom", "meeting"]) {
        return None;
    }
    let body = if rest.is_empty() { text.as_str() } else { unquoted(rest) };
    let channel = body
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',', ';', ')']))
        .find(|word| word.len() > 1 && word.starts_with('#') && !word.starts_with("##"))
        .map(str::to_owned)
        .or_else(|| words::has(&lower, "slack").then(|| "slack".to_owned()))
        .or_else(|| words::has_any(&lower, &["email", "mail", "e-mail"]).then(|| "mail".to_owned()));
    Some(Draft { name: name.to_owned(), subject: None, body: body.to_owned(), channel })
}

/// A fence: a whole letter, with its subject line where it has one.
fn letter(entry: &Entry, section: &Section) -> Draft {
    let text = entry.text.trim_end();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let subject =
        first.trim().strip_prefix("Subject:").or_else(|| first.trim().strip_prefix("SUBJECT:")).map(str::trim);
    let name = subject.map_or_else(|| section.title.clone(), str::to_owned);
    let body = if subject.is_some() { rest.trim_start_matches(['\n', '\r']) } else { text };
    Draft {
        name,
        subject: subject.map(str::to_owned),
        body: body.to_owned(),
        channel: subject.map(|_| "mail".to_owned()),
    }
}

/// The words between quotation marks where the whole text is quoted.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains(open)) {
            return inner;
        }
    }
    text
}

fn audience(name: &str, headings: &str) -> Audience {
    let own = words::plain(name);
    let above = words::plain(headings);
    if words::has(&own, "status page") || words::has(&above, "status page") {
        Audience::StatusPage
    } else if words::has_any(&own, &["customer", "customers", "users"])
        || words::has_any(&above, &["customer", "customers", "users", "external", "public"])
    {
        Audience::Customers
    } else {
        Audience::Team
    }
}

/// By the nearest heading that says before, during or after.
fn moment<'a>(mut lineage: impl Iterator<Item = &'a Section>) -> MessageMoment {
    let said = lineage.find_map(|section| {
        let text = words::plain(&section.text);
        if words::has_any(&text, &["before", "pre-deployment", "pre-release", "announcement"]) {
            Some(MessageMoment::Before)
        } else if words::has_any(&text, &["after", "post-deployment", "post-release", "completion", "complete"]) {
            Some(MessageMoment::After)
        } else if words::has_any(&text, &["during", "in progress", "update", "updates"]) {
            Some(MessageMoment::During)
        } else {
            None
        }
    });
    said.unwrap_or(MessageMoment::During)
}

/// The headings above; the document's own title says nothing about who is told.
fn path<'a>(lineage: impl Iterator<Item = &'a Section>) -> Vec<String> {
    let below_title = lineage.filter(|section| section.level > 1 || section.parent.is_some());
    let mut path: Vec<String> = below_title.map(|section| section.text.clone()).collect();
    path.reverse();
    path
}
