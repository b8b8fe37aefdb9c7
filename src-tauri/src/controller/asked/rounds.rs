//! Acts on a check that repeats: they are of one round.

use jiff::Timestamp;
use plan::ItemId;
use room::{Intent, Room, RoundKey, RoundSaid};

use crate::wire::Act;
use crate::wire::project;

/// What an act on a check of a round asks of the room. A check that repeats and is named without a round is meant in the
/// round that is at hand. `None` for any other act.
pub(super) fn asked(room: &Room, act: &Act, now: Timestamp) -> Option<Intent> {
    let (name, said) = match act {
        Act::State { item, saw } => (item, Some(RoundSaid::Done { saw: Some(saw.clone()) })),
        Act::Answer { item, answer, values } => {
            let values = values.iter().map(|(_, value)| value.clone());
            let words: Vec<String> = [answer.clone()].into_iter().chain(values).filter(|one| !one.is_empty()).collect();
            (item, Some(RoundSaid::Done { saw: Some(words.join(" · ")) }))
        }
        Act::Confirm { item } => (item, Some(RoundSaid::Done { saw: None })),
        Act::Override { item, reason } => (item, Some(RoundSaid::Overridden { reason: reason.clone() })),
        Act::Defer { item, reason, .. } => (item, Some(RoundSaid::Deferred { reason: reason.clone() })),
        Act::NotApplicable { item, reason } => (item, Some(RoundSaid::NotApplicable { reason: reason.clone() })),
        Act::Undo { item } if !item.is_empty() => (item, None),
        _ => return None,
    };
    let (item, due) = match project::named_in_round(name) {
        Some((item, due)) => (item, Some(due)),
        None => (ItemId::from(name.clone()), None),
    };
    let (table, at_hand) = room.round_at_hand(&item, now)?;
    let round = RoundKey { routine: table.key, due: due.unwrap_or(at_hand.due) };
    Some(match said {
        Some(said) => Intent::TickRound { round, item, said },
        None => Intent::UntickRound { round, item },
    })
}
