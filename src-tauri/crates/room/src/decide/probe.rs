//! What is observed: commands armed and disarmed, proposals accepted and dropped.

use plan::Proposal;

use super::Event;
use crate::event::Accepted;
use crate::refusal::Refusal;
use crate::state::Room;

/// A named person lets the command of a probe run. What is armed is the text that was shown, and no other.
pub(super) fn arm(room: &Room, probe: &str, digest: &str) -> Result<Event, Refusal> {
    let command = command_of(room, probe)?;
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    if plan::config::digest(command) != digest {
        return Err(Refusal::OtherCommand);
    }
    if room.is_armed(probe, command) {
        return Err(Refusal::Already("armed"));
    }
    Ok(Event::CommandArmed { probe: probe.to_owned(), digest: digest.to_owned() })
}

/// Whoever sees that a command should not run stops it, named or not.
pub(super) fn disarm(room: &Room, probe: &str) -> Result<Event, Refusal> {
    let command = command_of(room, probe)?;
    if !room.is_armed(probe, command) {
        return Err(Refusal::NotArmed);
    }
    Ok(Event::CommandDisarmed { probe: probe.to_owned() })
}

/// A named person accepts a proposal, as it was shown.
pub(super) fn accept(room: &Room, proposal: &str, digest: &str) -> Result<Event, Refusal> {
    if room.bindings().iter().any(|known| known.accepted.proposal == proposal) {
        return Err(Refusal::Already("accepted"));
    }
    let Proposal { item, text, draft, reason, .. } = proposed(room, proposal)?;
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    if plan::config::digest(&draft) != digest {
        return Err(Refusal::OtherProposal);
    }
    // Two that observe one check would each tick what the other un-ticks.
    if room.bindings().iter().any(|known| known.accepted.item == item) {
        return Err(Refusal::ObservedAlready);
    }
    Ok(Event::BindingAccepted(Box::new(Accepted { proposal: proposal.to_owned(), item, text, draft, reason })))
}

/// A person does not want a proposal, or, named, takes one back.
pub(super) fn drop_it(room: &Room, proposal: &str) -> Result<Event, Refusal> {
    let accepted = room.bindings().iter().find(|known| known.accepted.proposal == proposal);
    let text = match accepted {
        Some(_) if room.actor().is_none() => return Err(Refusal::NobodyNamed),
        Some(binding) => binding.accepted.text.clone(),
        None if room.is_dropped(proposal) => return Err(Refusal::Already("dropped")),
        None => proposed(room, proposal)?.text,
    };
    Ok(Event::BindingDropped { proposal: proposal.to_owned(), text })
}

fn command_of<'a>(room: &'a Room, probe: &str) -> Result<&'a str, Refusal> {
    if !room.config().probes.contains_key(probe) {
        return Err(Refusal::Unknown("probe"));
    }
    room.command_of(probe).ok_or(Refusal::NoCommand)
}

fn proposed(room: &Room, proposal: &str) -> Result<Proposal, Refusal> {
    let all = plan::propose(room.plan(), room.own_config()).proposals;
    all.into_iter().find(|known| known.id == proposal).ok_or(Refusal::Unknown("proposal"))
}
