//! What may leave the window: text for the clipboard, and addresses to be opened by the desktop.
//!
//! The window names a thing of the plan; the address and the text come from the plan, never from the window.

use plan::{Block, Inline, Plan, ReferenceKind};

use crate::wire::{CopyTarget, OutsideTarget};

/// The only schemes that are ever opened. Files are not among them: a file beside a checklist may be a program.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// Whether an address may be opened outside.
pub(crate) fn may_open(target: &str) -> bool {
    let has_scheme = SCHEMES.iter().any(|scheme| {
        target
            .split_at_checked(scheme.len())
            .is_some_and(|(head, rest)| head.eq_ignore_ascii_case(scheme) && !rest.is_empty())
    });
    has_scheme && !target.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}

/// The text of something of the plan; `None` where the plan does not hold it.
pub(crate) fn copied(plan: &Plan, target: &CopyTarget) -> Option<String> {
    match target {
        CopyTarget::Command(id) => {
            plan.commands.iter().find(|command| command.id.as_str() == id).map(|command| command.text.clone())
        }
        CopyTarget::Message(id) => {
            let message = plan.messages.iter().find(|message| message.id.as_str() == id)?;
            Some(match &message.subject {
                Some(subject) => format!("Subject: {subject}\n\n{}", message.body),
                None => message.body.clone(),
            })
        }
        CopyTarget::Reference(id) => plan
            .references
            .iter()
            .find(|reference| reference.id.as_str() == id)
            .map(|reference| reference.target.clone()),
        CopyTarget::Contact(id) => contact_line(plan, id),
    }
}

fn contact_line(plan: &Plan, id: &str) -> Option<String> {
    if let Some(contact) = plan.contacts.iter().find(|contact| contact.id.as_str() == id) {
        let parts =
            [Some(contact.role.as_str()), contact.name.as_deref(), contact.phone.as_deref(), contact.mail.as_deref()];
        return Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
    let channel = plan.channels.iter().find(|channel| channel.id.as_str() == id)?;
    Some(channel.target.clone().unwrap_or_else(|| channel.text.clone()))
}

/// The address to open; `None` where the plan does not hold it or it is of a kind that is never opened.
pub(crate) fn opened_outside(plan: &Plan, target: &OutsideTarget) -> Option<String> {
    let address = match target {
        OutsideTarget::Reference { id } => plan
            .references
            .iter()
            .find(|reference| reference.id.as_str() == id && reference.kind == ReferenceKind::Link)
            .map(|reference| reference.target.clone()),
        OutsideTarget::Call { id } => plan
            .contacts
            .iter()
            .find(|contact| contact.id.as_str() == id)
            .and_then(|contact| contact.phone.as_deref())
            .and_then(call),
        OutsideTarget::Mail { id } => plan
            .contacts
            .iter()
            .find(|contact| contact.id.as_str() == id)
            .and_then(|contact| contact.mail.as_deref())
            .map(mail),
        OutsideTarget::Link { target } => holds_link(plan, target).then(|| target.clone()),
    };
    address.filter(|address| may_open(address))
}

fn call(phone: &str) -> Option<String> {
    let digits: String = phone
        .chars()
        .filter(|letter| letter.is_ascii_digit() || matches!(letter, '+' | '*' | '#'))
        .map(|letter| if letter == '#' { "%23".to_owned() } else { letter.to_string() })
        .collect();
    digits.chars().any(|letter| letter.is_ascii_digit()).then(|| format!("tel:{digits}"))
}

/// Everything but RFC 3986's unreserved characters and the `@` is written as its bytes.
fn mail(address: &str) -> String {
    let mut target = String::from("mailto:");
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@') {
            target.push(char::from(byte));
        } else {
            target.push_str(&format!("%{byte:02X}"));
        }
    }
    target
}

/// Whether the text of the plan holds a link with this very address.
fn holds_link(plan: &Plan, address: &str) -> bool {
    let is_it = |inlines: &[Inline]| {
        inlines.iter().any(|inline| matches!(inline, Inline::Link { target, .. } if target == address))
    };
    let holds = |block: &Block| match block {
        Block::Prose { inlines, .. } => is_it(inlines),
        Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).any(|cell| is_it(cell)),
        Block::Item { .. } | Block::Section { .. } | Block::Commands { .. } | Block::Code { .. } => false,
    };
    plan.items.iter().any(|item| is_it(&item.inlines) || item.blocks.iter().any(holds))
        || plan.preamble.iter().any(holds)
        || plan.sections.iter().any(|section| section.body.iter().any(holds))
        || plan.channels.iter().any(|channel| channel.target.as_deref() == Some(address))
}
