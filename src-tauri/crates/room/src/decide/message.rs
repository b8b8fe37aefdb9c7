//! Notices: drafted, thrown away, marked as sent by hand.

use jiff::Timestamp;
use plan::MessageId;

use super::{Decision, not_ahead, said};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Room;

/// A notice is kept as it stands; its parts in the order to, subject, body.
pub(super) fn keep(
    room: &Room,
    draft: Option<u32>,
    message: Option<&MessageId>,
    parts: [&String; 3],
) -> Result<Event, Refusal> {
    let [to, subject, body] = parts.map(Clone::clone);
    if let Some(id) = message
        && !room.plan().messages.iter().any(|known| &known.id == id)
    {
        return Err(Refusal::Unknown("message"));
    }
    if let Some(number) = draft {
        let known = room.drafts().get(&number).ok_or(Refusal::Unknown("draft"))?;
        if known.to == to && known.subject == subject && known.body == body {
            return Err(Refusal::Already("kept so"));
        }
    }
    let draft = draft.unwrap_or(room.next_draft());
    Ok(Event::DraftKept { draft, message: message.cloned(), to, subject, body })
}

/// A draft is thrown away.
pub(super) fn drop_it(room: &Room, draft: u32) -> Result<Event, Refusal> {
    room.drafts().get(&draft).ok_or(Refusal::Unknown("draft"))?;
    Ok(Event::DraftDropped { draft })
}

/// A notice went out by other means. While a blank is open it cannot have been meant so.
pub(super) fn sent(room: &Room, number: u32, to: &str, at: Option<Timestamp>, now: Timestamp) -> Decision {
    let draft = room.drafts().get(&number).ok_or(Refusal::Unknown("draft"))?;
    let blanks = plan::blanks(&format!("{}\n{}", draft.subject, draft.body));
    if !blanks.is_empty() {
        return Err(Refusal::BlanksOpen { blanks });
    }
    let event = Event::SentByHand {
        draft: number,
        message: draft.message.clone(),
        to: said(to, "to whom it went")?,
        subject: draft.subject.clone(),
        body: draft.body.clone(),
    };
    Ok((event, not_ahead(at, now)?))
}
