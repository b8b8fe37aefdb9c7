//! What was attached to a check, as its row and the log show it.

use plan::ItemId;
use room::{Attached, Evidence, Room};

use super::times::on_the_wall;
use crate::wire::EvidenceView;

/// What was attached to a check.
pub(super) fn evidence(room: &Room, item: &ItemId) -> Vec<EvidenceView> {
    room.evidence(item).iter().map(|one| view(room, one)).collect()
}

fn view(room: &Room, one: &Attached) -> EvidenceView {
    let (words, digest) = words(&one.evidence);
    EvidenceView {
        event: u32::try_from(one.event).unwrap_or(u32::MAX),
        words,
        opens: matches!(one.evidence, Evidence::Link { .. }),
        digest,
        by: format!("{} · {}", one.actor, on_the_wall(one.at, room.resolved())),
    }
}

/// What it is in words, and its digest where it is a file.
pub(super) fn words(evidence: &Evidence) -> (String, String) {
    match evidence {
        Evidence::Text { text } => (text.clone(), String::new()),
        Evidence::Link { address } => (address.clone(), String::new()),
        Evidence::File { name, bytes, sha256 } => (format!("{name} · {}", size(*bytes)), sha256.clone()),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} B"),
        10_000..=9_999_999 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
