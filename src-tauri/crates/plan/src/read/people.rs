//! Who is called, and where people meet: lines of `role: name - phone - mail`.

use super::body::{Bodies, EntryKind};
use super::notes::Notes;
use super::outline::Outline;
use super::words;
use crate::model::{Channel, ChannelKind, Contact, ContactId, SectionKind};

/// Reads the contact sections.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, _notes: &mut Notes<'_>) -> (Vec<Contact>, Vec<Channel>) {
    let (mut contacts, mut channels): (Vec<Contact>, Vec<Channel>) = (Vec::new(), Vec::new());
    for entry in &bodies.entries {
        let section = outline.section(entry.section);
        if section.is_none_or(|section| section.kind != SectionKind::Contacts) {
            continue;
        }
        let first = match entry.kind {
            EntryKind::Fence { first_line } => first_line,
            EntryKind::Bullet | EntryKind::Paragraph | EntryKind::Item(_) => entry.line,
            EntryKind::Script { .. } | EntryKind::Row { .. } => continue,
        };
        for (row, text) in entry.text.lines().enumerate() {
            let text = words::without_signs(text);
            let Some((name, value)) = words::labelled(&text) else { continue };
            if value.is_empty() {
                continue;
            }
            let (name, value) = (name.to_owned(), value.to_owned());
            let line = first + row;
            if let Some(kind) = channel_kind(&name) {
                let blank = words::blanks(&value).into_iter().next();
                let id = ContactId::of(&["channel".to_owned()], &name, equal(&channels, |other| other.text == name));
                let target = blank.is_none().then(|| value.clone());
                channels.push(Channel { id, line, text: name, kind, target, blank });
            } else if let Some(contact) = contact(&text, line, &name, &value, &contacts) {
                contacts.push(contact);
            }
        }
    }
    (contacts, channels)
}

fn equal<T>(all: &[T], is_equal: impl Fn(&T) -> bool) -> usize {
    all.iter().filter(|one| is_equal(one)).count()
}

fn channel_kind(name: &str) -> Option<ChannelKind> {
    let lower = name.to_lowercase();
    Some(if words::has_any(&lower, &["war room", "war-room", "warroom", "incident channel"]) {
        ChannelKind::WarRoom
    } else if words::has_any(&lower, &["pagerduty", "pager", "opsgenie", "on-call schedule", "pager schedule"]) {
        ChannelKind::Pager
    } else if words::has(&lower, "status page") {
        ChannelKind::StatusPage
    } else if words::has_any(&lower, &["channel", "slack", "zoom", "bridge", "teams"]) {
        ChannelKind::Other
    } else {
        return None;
    })
}

/// A line counts as a contact when one of its parts is a number, an address or a blank that asks for one, or when it
/// has several parts.
fn contact(text: &str, line: usize, role: &str, value: &str, before: &[Contact]) -> Option<Contact> {
    let mut contact = Contact {
        id: ContactId::of(&["contact".to_owned()], role, equal(before, |other| other.role == role)),
        line,
        text: text.to_owned(),
        role: role.to_owned(),
        name: None,
        phone: None,
        mail: None,
        chat: None,
        order: before.len() + 1,
        blanks: words::blanks(value),
    };
    let parts: Vec<&str> = value.split(" - ").flat_map(|part| part.split([',', '|', ';'])).map(str::trim).collect();
    for part in &parts {
        if !words::blanks(part).is_empty() || part.is_empty() {
            continue;
        }
        let part = part.trim_matches(['<', '>']);
        if part.contains('@') && !part.starts_with('@') {
            contact.mail.get_or_insert_with(|| part.to_owned());
        } else if part.chars().filter(char::is_ascii_digit).count() >= 6 {
            contact.phone.get_or_insert_with(|| part.to_owned());
        } else {
            contact.name.get_or_insert_with(|| part.to_owned());
        }
    }
    let is_contact = !contact.blanks.is_empty() || contact.mail.is_some() || contact.phone.is_some() || parts.len() > 1;
    is_contact.then_some(contact)
}
