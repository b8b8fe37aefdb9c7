//! The escalation's page: the ladder and the places, as the room has filled them in.

use plan::{Channel, Contact};
use room::{ContactState, Proof, Room, Way};

use super::times::{clock, date, zone};
use super::words::{capitalised, listed, small};
use crate::wire::{ChannelView, ContactView, EscalationView, ReachView};

/// The ways in the order in which they are shown, with their words on the wire.
pub(crate) const WAYS: [(Way, &str); 4] =
    [(Way::Phone, "phone"), (Way::Mail, "mail"), (Way::Chat, "chat"), (Way::Pager, "pager")];

/// The ladder and the places.
pub(crate) fn escalation(room: &Room) -> EscalationView {
    let mut contacts: Vec<_> = room.plan().contacts.iter().collect();
    contacts.sort_by_key(|contact| contact.order);
    EscalationView {
        contacts: contacts.into_iter().map(|known| contact(room, known)).collect(),
        channels: room.plan().channels.iter().map(|known| channel(room, known)).collect(),
    }
}

fn contact(room: &Room, contact: &Contact) -> ContactView {
    let unknown = ContactState::default();
    let state = room.contact(&contact.id).unwrap_or(&unknown);
    let ways = WAYS.map(|(way, word)| ReachView {
        way: word.to_owned(),
        address: state.address(way).to_owned(),
        proven: state.proven.get(&way).map(|proof| proven(room, proof)).unwrap_or_default(),
    });
    ContactView {
        id: contact.id.to_string(),
        order: small(contact.order),
        line: small(contact.line),
        role: contact.role.clone(),
        name: state.name.clone(),
        ways: ways.to_vec(),
        missing: missing(contact, state),
    }
}

/// "answered 20 Jan 16:10 UTC, said TL: hello".
fn proven(room: &Room, proof: &Proof) -> String {
    let at = proof.at.to_zoned_datetime(room.resolved().zone.clone());
    let answered = format!("answered {} {} {}, said {}", date(at.date()), clock(&at), zone(&at), proof.actor);
    if proof.words.is_empty() { answered } else { format!("{answered}: {}", proof.words) }
}

/// "Name, phone and mail are blank in the file"; "The file gives no phone" where it has not even a blank. What was
/// filled in since is no gap any more.
fn missing(contact: &Contact, state: &ContactState) -> String {
    let lacking: Vec<&str> =
        [("name", state.name.as_str()), ("phone", state.address(Way::Phone)), ("mail", state.address(Way::Mail))]
            .into_iter()
            .filter(|(_, value)| value.is_empty())
            .map(|(word, _)| word)
            .collect();
    match (lacking.as_slice(), contact.blanks.is_empty()) {
        ([], _) => String::new(),
        ([only], false) => format!("{} is blank in the file", capitalised(only)),
        (several, false) => format!("{} are blank in the file", capitalised(&listed(several))),
        (several, true) => format!("The file gives no {}", several.join(", no ")),
    }
}

fn channel(room: &Room, channel: &Channel) -> ChannelView {
    let target = room.channel(&channel.id);
    ChannelView {
        id: channel.id.to_string(),
        line: small(channel.line),
        title: channel.text.clone(),
        target: target.unwrap_or_default().to_owned(),
        missing: match (target, &channel.blank) {
            (Some(_), _) => String::new(),
            (None, Some(blank)) => format!("Blank in the file: {blank}"),
            (None, None) => "No address is known".to_owned(),
        },
    }
}
