//! The escalation's page.

use plan::{Channel, Contact, Plan};

use super::words::{capitalised, listed, small};
use crate::wire::{ChannelView, ContactView, EscalationView};

/// The ladder and the places.
pub(crate) fn escalation(plan: &Plan) -> EscalationView {
    let mut contacts: Vec<_> = plan.contacts.iter().collect();
    contacts.sort_by_key(|contact| contact.order);
    EscalationView {
        contacts: contacts.into_iter().map(contact).collect(),
        channels: plan.channels.iter().map(channel).collect(),
    }
}

fn contact(contact: &Contact) -> ContactView {
    ContactView {
        id: contact.id.to_string(),
        order: small(contact.order),
        line: small(contact.line),
        role: contact.role.clone(),
        name: contact.name.clone().unwrap_or_default(),
        phone: contact.phone.clone().unwrap_or_default(),
        mail: contact.mail.clone().unwrap_or_default(),
        missing: missing(contact),
    }
}

/// "Name, phone and mail are blank in the file"; "The file gives no phone" where it has not even a blank.
fn missing(contact: &Contact) -> String {
    let lacking: Vec<&str> = [("name", &contact.name), ("phone", &contact.phone), ("mail", &contact.mail)]
        .into_iter()
        .filter(|(_, value)| value.is_none())
        .map(|(word, _)| word)
        .collect();
    match (lacking.as_slice(), contact.blanks.is_empty()) {
        ([], _) => String::new(),
        ([only], false) => format!("{} is blank in the file", capitalised(only)),
        (several, false) => format!("{} are blank in the file", capitalised(&listed(several))),
        (several, true) => format!("The file gives no {}", several.join(", no ")),
    }
}

fn channel(channel: &Channel) -> ChannelView {
    ChannelView {
        id: channel.id.to_string(),
        line: small(channel.line),
        title: channel.text.clone(),
        target: channel.target.clone().unwrap_or_default(),
        missing: match (&channel.target, &channel.blank) {
            (Some(_), _) => String::new(),
            (None, Some(blank)) => format!("Blank in the file: {blank}"),
            (None, None) => "The file gives no address".to_owned(),
        },
    }
}
