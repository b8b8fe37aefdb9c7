//! What must be true of every plan, whatever its text is, and texts that try it.
//!
//! Owns: the laws of reading, the seeds that are kept in `tests/fixtures/reading`, and their mutation. Must not know: what any
//! text means.

mod laws;
mod mutation;

pub use laws::{broken, unread_words};
pub use mutation::Mutator;

use std::fs;
use std::io;

use crate::root;

/// The texts that are mutated: our own checklists, and one small text for each thing that once was read wrongly or could be.
///
/// # Errors
/// A file cannot be read.
pub fn seeds() -> io::Result<Vec<(String, String)>> {
    let fixtures = root().join("tests/fixtures");
    let mut found = Vec::new();
    for folder in [fixtures.join("reading"), fixtures] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path)?));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Chance from a seed (SplitMix64): the same seed tells the same texts.
#[derive(Debug)]
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (limit.max(1) as u64)).unwrap_or_default()
    }
}
