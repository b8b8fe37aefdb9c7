//! Evidence: words, an address on the web, or a file's digest.

use plan::ItemId;

use super::said;
use crate::event::{Event, Evidence, EvidenceAdded};
use crate::refusal::Refusal;
use crate::state::Room;

/// A person attaches something to a check. What begins as an address must be one that may be opened: http and https.
pub(super) fn add(room: &Room, item: &ItemId, evidence: &Evidence) -> Result<Event, Refusal> {
    room.plan().item(item).ok_or(Refusal::Unknown("check"))?;
    let evidence = match evidence {
        Evidence::Text { text } => of_words(&said(text, "what shows it")?)?,
        Evidence::Link { address } => of_words(&said(address, "what shows it")?)?,
        file @ Evidence::File { .. } => file.clone(),
    };
    if room.evidence(item).iter().any(|known| known.evidence == evidence) {
        return Err(Refusal::Already("attached"));
    }
    Ok(Event::EvidenceAdded(Box::new(EvidenceAdded { item: item.clone(), evidence })))
}

/// Words, or the address that they are. What has a scheme and no blank is meant as an address.
fn of_words(words: &str) -> Result<Evidence, Refusal> {
    let is_one = !words.contains(char::is_whitespace);
    match words.split_once("://") {
        Some((scheme, rest)) if is_one => {
            let scheme = scheme.to_ascii_lowercase();
            if (scheme == "http" || scheme == "https") && !rest.is_empty() && !words.chars().any(char::is_control) {
                Ok(Evidence::Link { address: words.to_owned() })
            } else {
                Err(Refusal::NoWebAddress)
            }
        }
        _ => Ok(Evidence::Text { text: words.to_owned() }),
    }
}
