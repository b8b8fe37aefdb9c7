//! What may leave the window: text for the clipboard, and addresses to be opened by the desktop.
//!
//! The window names a thing of the room; the address and the text come from the room, never from the window.

use plan::{Block, ContactId, Inline, Plan, ReferenceKind};
use room::{Draft, Evidence, Room, Way};

use super::escalation::WAYS;
use super::typed::Typed;
use crate::wire::{CopyTarget, OutsideTarget};

/// The only schemes that are ever opened. Files are not among them: a file beside a checklist may be a program.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// Longer mail links open nothing in some mail programs (Outlook's limit is 2,083 with what the system adds).
const LONGEST_MAIL_LINK: usize = 1800;

/// Whether an address may be opened outside.
pub(crate) fn may_open(target: &str) -> bool {
    let has_scheme = SCHEMES.iter().any(|scheme| {
        target
            .split_at_checked(scheme.len())
            .is_some_and(|(head, rest)| head.eq_ignore_ascii_case(scheme) && !rest.is_empty())
    });
    has_scheme && !target.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}

/// The text of something of the room.
///
/// # Errors
/// A sentence: the room does not hold it, or it is a draft that is not ready.
pub(crate) fn copied(room: &Room, typed: &Typed, target: &CopyTarget) -> Result<String, String> {
    let plan = room.plan();
    let text = match target {
        CopyTarget::Command(id) => {
            plan.commands.iter().find(|command| command.id.as_str() == id).map(|command| command.text.clone())
        }
        CopyTarget::Message(id) => plan
            .messages
            .iter()
            .find(|message| message.id.as_str() == id)
            .map(|message| letter(message.subject.as_deref().unwrap_or_default(), &message.body)),
        CopyTarget::Reference(id) => plan
            .references
            .iter()
            .find(|reference| reference.id.as_str() == id)
            .map(|reference| reference.target.clone()),
        CopyTarget::Contact(id) => contact_line(room, id),
        CopyTarget::Draft(number) => {
            let draft = ready_draft(room, typed, number)?;
            Some(letter(&draft.subject, &draft.body))
        }
        CopyTarget::Reach(id) => reach(room, id),
        CopyTarget::Settings(_) => Some(super::settings_text(room)).filter(|text| !text.is_empty()),
    };
    text.ok_or_else(|| "The plan does not hold what was to be copied: open the checklist again.".to_owned())
}

fn letter(subject: &str, body: &str) -> String {
    if subject.is_empty() { body.to_owned() } else { format!("Subject: {subject}\n\n{body}") }
}

/// A draft that may go out: kept as it stands, and without open blanks.
fn ready_draft<'a>(room: &'a Room, typed: &Typed, number: &str) -> Result<&'a Draft, String> {
    let number = number.parse().ok();
    let found = number.and_then(|number| room.drafts().get_key_value(&number));
    let (number, draft) = found.ok_or_else(|| "There is no such draft any more.".to_owned())?;
    if typed.draft(*number, draft).is_some() {
        return Err("What was typed into this draft is not kept yet: keep it first.".to_owned());
    }
    let open = plan::blanks(&format!("{}\n{}", draft.subject, draft.body));
    if open.is_empty() {
        Ok(draft)
    } else {
        Err(format!("Blanks are open: {}. Fill them before the notice goes out.", open.join(", ")))
    }
}

fn contact_line(room: &Room, id: &str) -> Option<String> {
    let plan = room.plan();
    if let Some(contact) = room.ladder().into_iter().find(|contact| contact.id.as_str() == id) {
        let state = room.contact(&contact.id)?;
        let ways = WAYS.map(|(way, _)| state.address(way));
        let parts = [contact.role.as_str(), state.name.as_str()].into_iter().chain(ways);
        return Some(parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
    }
    let channel = plan.channels.iter().find(|channel| channel.id.as_str() == id)?;
    Some(room.channel(&channel.id).unwrap_or(&channel.text).to_owned())
}

/// The address of `contact id/way`.
fn reach(room: &Room, id: &str) -> Option<String> {
    let (contact, word) = id.rsplit_once('/')?;
    let (way, _) = WAYS.into_iter().find(|(_, known)| *known == word)?;
    address(room, contact, way).map(str::to_owned)
}

fn address<'a>(room: &'a Room, contact: &str, way: Way) -> Option<&'a str> {
    let state = room.contact(&ContactId::from(contact.to_owned()))?;
    Some(state.address(way)).filter(|address| !address.is_empty())
}

/// The address to open.
///
/// # Errors
/// A sentence: the room does not hold it, it is of a kind that is never opened, or it is a draft that is not ready.
pub(crate) fn opened_outside(room: &Room, typed: &Typed, target: &OutsideTarget) -> Result<String, String> {
    let plan = room.plan();
    let address = match target {
        OutsideTarget::Reference { id } => plan
            .references
            .iter()
            .find(|reference| reference.id.as_str() == id && reference.kind == ReferenceKind::Link)
            .map(|reference| reference.target.clone()),
        OutsideTarget::Call { id } => address(room, id, Way::Phone).and_then(call),
        OutsideTarget::Mail { id } => {
            address(room, id, Way::Mail).map(|address| format!("mailto:{}", encoded_address(address)))
        }
        OutsideTarget::DraftMail { draft } => Some(draft_mail(ready_draft(room, typed, draft)?)?),
        OutsideTarget::Evidence { item, event } => {
            let attached = room.evidence(&plan::ItemId::from(item.clone())).iter();
            let found = attached.filter(|one| one.event == u64::from(*event)).map(|one| &one.evidence).next();
            found.and_then(|evidence| match evidence {
                Evidence::Link { address } => Some(address.clone()),
                Evidence::Text { .. } | Evidence::File { .. } => None,
            })
        }
        OutsideTarget::Link { target } => holds_link(room, target).then(|| target.clone()),
    };
    address
        .filter(|address| may_open(address))
        .ok_or_else(|| "This is not opened: only web, mail and telephone addresses that the plan holds are.".to_owned())
}

/// A telephone number as a link; `None` where it holds no digit.
pub(crate) fn call(phone: &str) -> Option<String> {
    let digits: String = phone
        .chars()
        .filter(|letter| letter.is_ascii_digit() || matches!(letter, '+' | '*' | '#'))
        .map(|letter| if letter == '#' { "%23".to_owned() } else { letter.to_string() })
        .collect();
    digits.chars().any(|letter| letter.is_ascii_digit()).then(|| format!("tel:{digits}"))
}

/// A draft as a mail link (RFC 6068). Whom no mail reaches ("#deployments") is left to the mail program to ask for.
fn draft_mail(draft: &Draft) -> Result<String, String> {
    let to = draft.to.split([',', ';']).map(str::trim).filter(|part| part.contains('@'));
    let to: Vec<String> = to.map(encoded_address).collect();
    let mut fields = Vec::new();
    if !draft.subject.is_empty() {
        // A line break has no place in a subject.
        let subject = draft.subject.split(['\r', '\n']).collect::<Vec<_>>().join(" ");
        fields.push(format!("subject={}", encoded(&subject)));
    }
    if !draft.body.is_empty() {
        let lines: Vec<String> = draft.body.lines().map(encoded).collect();
        fields.push(format!("body={}", lines.join("%0D%0A")));
    }
    let link = format!("mailto:{}?{}", to.join(","), fields.join("&"));
    if link.len() > LONGEST_MAIL_LINK {
        return Err(format!(
            "This notice is too long for a mail link ({} of {LONGEST_MAIL_LINK} characters), and some mail programs \
             would open nothing: copy it instead.",
            link.len()
        ));
    }
    Ok(link)
}

/// Everything but RFC 3986's unreserved characters is written as its bytes.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The `@` that parts name and domain stays.
pub(crate) fn encoded_address(address: &str) -> String {
    address.split('@').map(encoded).collect::<Vec<_>>().join("@")
}

/// Whether the plan, or what the room filled in, holds a link with this very address.
fn holds_link(room: &Room, address: &str) -> bool {
    let plan = room.plan();
    plan_holds_link(plan, address) || plan.channels.iter().any(|channel| room.channel(&channel.id) == Some(address))
}

fn plan_holds_link(plan: &Plan, address: &str) -> bool {
    let is_it = |inlines: &[Inline]| {
        inlines.iter().any(|inline| matches!(inline, Inline::Link { target, .. } if **target == address))
    };
    let holds = |block: &Block| match block {
        Block::Prose(prose) => is_it(&prose.inlines),
        Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).any(|cell| is_it(cell)),
        Block::Item { .. } | Block::Section { .. } | Block::Commands(_) | Block::Code(_) => false,
    };
    plan.items.iter().any(|item| is_it(&item.inlines) || item.blocks.iter().any(holds))
        || plan.preamble.iter().any(holds)
        || plan.sections.iter().any(|section| section.body.iter().any(holds))
}
