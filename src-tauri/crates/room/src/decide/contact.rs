//! The ladder and the channels, filled in the room.

use plan::ContactId;

use super::said;
use crate::alert::AlertId;
use crate::event::{AddedContact, Event, FilledContact, Way};
use crate::refusal::Refusal;
use crate::state::Room;

/// What is known of a contact; the ways in the order phone, mail, chat, pager.
pub(super) fn fill(room: &Room, id: &ContactId, name: &str, ways: [&String; 4]) -> Result<Event, Refusal> {
    let known = room.contact(id).ok_or(Refusal::Unknown("contact"))?;
    let [phone, mail, chat, pager] = ways.map(|address| address.trim().to_owned());
    let name = name.trim().to_owned();
    let is_same = known.name == name
        && known.address(Way::Phone) == phone
        && known.address(Way::Mail) == mail
        && known.address(Way::Chat) == chat
        && known.address(Way::Pager) == pager;
    if is_same {
        return Err(Refusal::Already("filled in so"));
    }
    Ok(Event::ContactFilled(FilledContact { contact: id.clone(), name, phone, mail, chat, pager }))
}

/// A contact answered on a way that has an address.
pub(super) fn prove(room: &Room, id: &ContactId, way: Way, words: &str) -> Result<Event, Refusal> {
    let known = room.contact(id).ok_or(Refusal::Unknown("contact"))?;
    if known.address(way).is_empty() {
        return Err(Refusal::NoAddress);
    }
    Ok(Event::ContactProven { contact: id.clone(), way, words: words.trim().to_owned() })
}

/// Somebody whom the checklist does not name comes onto the ladder: role, name, phone, mail.
pub(super) fn add(room: &Room, words: [&String; 4]) -> Result<Event, Refusal> {
    let [role, name, phone, mail] = words.map(|words| words.trim().to_owned());
    let name = said(&name, "their name")?;
    // No two are added by one event, and no id of a plan looks like this.
    let contact = ContactId::from(format!("added {}", room.last() + 1));
    Ok(Event::ContactAdded(AddedContact { contact, role, name, phone, mail }))
}

/// A contact was tried on a way that has an address, over an alert where one is named.
pub(super) fn tried(
    room: &Room,
    id: &ContactId,
    way: Way,
    answered: bool,
    words: &str,
    about: Option<&AlertId>,
) -> Result<Event, Refusal> {
    let known = room.contact(id).ok_or(Refusal::Unknown("contact"))?;
    if known.address(way).is_empty() {
        return Err(Refusal::NoAddress);
    }
    if about.is_some_and(|alert| !room.alerts().contains_key(alert)) {
        return Err(Refusal::Unknown("alert"));
    }
    let words = words.trim().to_owned();
    Ok(Event::ContactTried { contact: id.clone(), way, answered, words, about: about.cloned() })
}

/// Where a channel is; empty words take it away again.
pub(super) fn channel(room: &Room, id: &ContactId, target: &str) -> Result<Event, Refusal> {
    if !room.plan().channels.iter().any(|channel| &channel.id == id) {
        return Err(Refusal::Unknown("channel"));
    }
    let target = target.trim();
    if room.channel(id).unwrap_or("") == target {
        return Err(Refusal::Already("filled in so"));
    }
    Ok(Event::ChannelFilled { channel: id.clone(), target: target.to_owned() })
}
