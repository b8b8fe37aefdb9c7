//! How to hold the log against what others have: its head, its seal, and the heads that went out in messages. Whoever reads the
//! report need not believe it.

use std::collections::HashMap;

use journal::{Hash, hex, short};
use room::Room;
use serde::Serialize;

use super::{MOST, Proof};
use crate::wire::project::{counted, on_the_wall};

/// As the template shows it.
#[derive(Serialize)]
pub(super) struct Shown {
    events: String,
    /// The head in two lines of 32 digits.
    head: Vec<String>,
    signed: String,
    /// Heads that others hold, since a message told them: where, and of which event.
    held: Vec<String>,
    file: String,
    short: String,
}

/// How the log is held against what others have.
pub(super) fn shown(room: &Room, proof: Proof<'_>) -> Shown {
    let count = counted(proof.hashes.len(), "event", "events");
    let head = proof.hashes.last().copied().unwrap_or_default();
    let digits = hex(&head);
    let is_sealed = |count: u64| usize::try_from(count).ok() == Some(proof.hashes.len());
    let end = match proof.seal {
        _ if !proof.damage.is_empty() => "the chain is whole up to here and broken after it",
        Some(seal) if is_sealed(seal.count) => "chain whole, end signed",
        _ => "chain whole, end not signed",
    };
    Shown {
        events: format!("{count}, {end}"),
        head: [digits.get(..32), digits.get(32..)].into_iter().flatten().map(str::to_owned).collect(),
        signed: proof.seal.map_or_else(
            || "no seal that holds is in the file".to_owned(),
            |seal| {
                let key = hex(&seal.public_key);
                let device = key.get(..16).unwrap_or(&key);
                format!("device {device}, Ed25519, at event {}, {}", seal.count, on_the_wall(seal.at, room.resolved()))
            },
        ),
        held: held(room, proof.hashes),
        file: proof.file.to_owned(),
        short: short(&head),
    }
}

/// The heads that stand in messages as they went out, where they are heads of this log.
fn held(room: &Room, hashes: &[Hash]) -> Vec<String> {
    let told: Vec<(String, String)> = room
        .sent()
        .iter()
        .flat_map(|sent| heads_in(&sent.body).into_iter().map(|head| (head, super::one_line(&sent.to))))
        .collect();
    if told.is_empty() {
        return Vec::new();
    }
    let known: HashMap<String, usize> = hashes.iter().zip(1..).map(|(hash, seq)| (short(hash), seq)).collect();
    let line = |(head, to): &(String, String)| match known.get(head) {
        Some(seq) => format!("{to}: event {seq}, {head}"),
        // What others hold and this log does not have is the very thing to look at.
        None => format!("{to}: {head}, which is no event of this log"),
    };
    told.iter().take(MOST).map(line).collect()
}

/// Words of the form `3f9a-c27e` behind the word "head".
fn heads_in(body: &str) -> Vec<String> {
    let is_head = |word: &str| {
        word.len() == 9
            && word.char_indices().all(|(at, letter)| {
                if at == 4 { letter == '-' } else { letter.is_ascii_hexdigit() && !letter.is_ascii_uppercase() }
            })
    };
    let words: Vec<&str> = body.split_whitespace().collect();
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [before, word] if before.trim_end_matches([':', '=']).eq_ignore_ascii_case("head") => Some(*word),
        _ => None,
    });
    pairs
        .map(|word| word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()))
        .filter(|word| is_head(word))
        .map(str::to_owned)
        .collect()
}
