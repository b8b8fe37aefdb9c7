//! Any byte of the file, whatever it is for: no verifier stumbles, and none calls a log whole that is another.

use journal::{Heads, Integrity, verify};
use serde_json::Value;

use crate::forger::Chance;
use crate::{Case, Expected, python, rooms, seed};

/// How many bytes are changed, each in a copy of its own.
const BYTES: u64 = 150;

#[test]
fn no_changed_byte_makes_a_verifier_stumble_or_call_another_log_whole() {
    let (folder, seed) = (tempfile::tempdir().unwrap(), seed());
    let mut chance = Chance(seed);
    let base = rooms::day(folder.path(), "a day");
    let bytes = std::fs::read(&base.room).unwrap();
    let original = verify(&base.room, &Heads::at(&base.heads), None).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    for number in 0..BYTES {
        let mut changed = bytes.clone();
        let at = chance.within(0, bytes.len() as u64 - 1);
        changed[usize::try_from(at).unwrap()] ^= u8::try_from(chance.within(1, 255)).unwrap();
        let room = folder.path().join(format!("{number}.warroom"));
        std::fs::write(&room, changed).unwrap();
        let (heads, expected) = (Some(base.heads.clone()), Expected::Whole(None, 0));
        cases.push(Case { kind: "any byte", what: format!("byte {at}"), room, heads, head: None, expected });
    }
    let mut whole = 0;
    let mut sayings: Vec<(&str, Vec<Value>)> = Vec::new();
    if let Some(found) = python::says(&cases) {
        sayings.push(("Python", found));
    }
    for (at, case) in cases.iter().enumerate() {
        let heads = Heads::at(&base.heads);
        if let Ok(found) = verify(&case.room, &heads, None)
            && found.integrity == Integrity::Whole
        {
            whole += 1;
            assert_eq!((found.events, found.head), (original.events, original.head), "seed {seed}, {}", case.what);
            if found.samples.first_bad.is_none() {
                assert_eq!(found.samples, original.samples, "seed {seed}, {}", case.what);
            }
        }
        for (who, found) in &sayings {
            let found = &found[at];
            if found["integrity"] == "whole" {
                assert_eq!(found["head"], journal::hex(&original.head), "seed {seed}, {who}, {}", case.what);
            }
        }
    }
    eprintln!("seed {seed}: {BYTES} bytes, of which {whole} belong to nothing that is vouched for");
    assert!(whole < BYTES);
}
