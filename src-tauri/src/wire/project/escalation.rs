//! The escalation's page: the ladder and the places, as the room has filled them in.

use plan::{Channel, Contact};
use room::{Attempt, ContactState, Proof, Room, Way};

use super::times::{clock, date, on_the_wall, zone};
use super::words::{capitalised, listed, small};
use crate::wire::{AttemptView, ChannelView, ContactView, EscalationView, ReachView};

/// The ways in the order in which they are shown, with their words on the wire.
pub(crate) const WAYS: [(Way, &str); 4] =
    [(Way::Phone, "phone"), (Way::Mail, "mail"), (Way::Chat, "chat"), (Way::Pager, "pager")];

/// The ladder and the places.
pub(crate) fn escalation(room: &Room) -> EscalationView {
    EscalationView {
        contacts: room.ladder().into_iter().map(|known| contact(room, known)).collect(),
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
        tried: state.tried.iter().rev().map(|attempt| tried(room, attempt)).collect(),
        missing: missing(contact, state),
    }
}

fn tried(room: &Room, attempt: &Attempt) -> AttemptView {
    let heard = if attempt.words.is_empty() { String::new() } else { format!(": {}", attempt.words) };
    let about = attempt.about.as_ref().map(|alert| {
        let name = room.alerts().get(alert).map(|state| match state.fired.text.as_str() {
            "" => state.fired.name.clone(),
            text => text.to_owned(),
        });
        let name = name.or_else(|| room.words_of_the_past(alert.as_str()).map(str::to_owned));
        format!("about {}", name.unwrap_or_else(|| alert.to_string()))
    });
    let outcome = if attempt.answered { "answered" } else { "no answer" };
    AttemptView {
        at: on_the_wall(attempt.at, room.resolved()),
        words: format!("{} {}, {outcome}{heard}", attempt.actor, by(attempt.way)),
        about: about.unwrap_or_default(),
        answered: attempt.answered,
    }
}

/// "by phone".
pub(crate) fn by(way: Way) -> &'static str {
    match way {
        Way::Phone => "by phone",
        Way::Mail => "by mail",
        Way::Chat => "in the chat",
        Way::Pager => "through the pager",
    }
}

/// "Manager answered by phone", "Manager tried by phone: no answer".
pub(crate) fn reached(who: &str, way: Way, answered: bool) -> String {
    if answered { format!("{who} answered {}", by(way)) } else { format!("{who} tried {}: no answer", by(way)) }
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
