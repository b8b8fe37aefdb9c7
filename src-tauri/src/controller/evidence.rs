//! A file as evidence: chosen in the desktop's own dialogue, and kept as name, size and digest alone.

use std::io::Read;
use std::path::Path;

use jiff::Timestamp;
use room::Evidence;
use sha2::{Digest, Sha256};

use super::line::Turn;
use super::live::Live;
use super::question::Question;
use super::{Answers, Controller, Effect, Open, Out, refused};
use crate::wire::Problem;

impl Controller {
    /// Asks the desktop for the file. The window names the check alone.
    pub(super) fn attach_file(&mut self, item: &str, out: &mut Out) -> Result<(), Problem> {
        self.room()?;
        self.asking.begin(Question::Evidence)?;
        out.effects.push(Effect::AskForEvidence(item.to_owned()));
        Ok(())
    }

    /// The file was chosen and read, or none was.
    pub(super) fn was_digested(
        &mut self,
        item: &str,
        outcome: Option<Result<Evidence, String>>,
        now: Timestamp,
        out: &mut Out,
    ) {
        let attached = match outcome {
            None => return,
            Some(Err(why)) => Err(why),
            Some(Ok(evidence)) => match &mut self.open {
                Open::Room(live) => {
                    live.attach(item.to_owned().into(), evidence, &self.laptop.login, now, &mut out.answers)
                }
                Open::Nothing | Open::Opening(_) => return,
            },
        };
        if let Err(why) = attached {
            self.problem = Some(refused(&why));
        }
        self.pump(now, out);
    }
}

impl Live {
    /// Attaches a file's digest to a check, as whoever acts now.
    ///
    /// # Errors
    /// A sentence: it may not be.
    pub(super) fn attach(
        &mut self,
        item: plan::ItemId,
        evidence: Evidence,
        login: &str,
        now: Timestamp,
        answers: &mut Answers,
    ) -> Result<(), String> {
        if !self.reading_only.is_empty() {
            return Err(self.reading_only.clone());
        }
        let intent = room::Intent::AddEvidence { item, evidence };
        room::decide(&self.room, &intent, &self.sight(now), now).map_err(|refusal| refusal.to_string())?;
        let actor = self.room.actor().unwrap_or(login).to_owned();
        self.line.join(Turn::Move { intent, actor: actor.into() }, answers);
        Ok(())
    }
}

/// Name, size and digest of a file.
///
/// # Errors
/// A sentence: it cannot be read.
pub(super) fn digest_of(path: &Path) -> Result<Evidence, String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let cannot = |error: std::io::Error| format!("{name} cannot be read ({error}): choose another file.");
    let mut file = std::fs::File::open(path).map_err(cannot)?;
    let (mut digest, mut bytes, mut buffer) = (Sha256::new(), 0_u64, vec![0_u8; 64 * 1024]);
    loop {
        let count = file.read(&mut buffer).map_err(cannot)?;
        let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else { break };
        digest.update(read);
        bytes = bytes.saturating_add(u64::try_from(count).unwrap_or(0));
    }
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Evidence::File { name, bytes, sha256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_file_name_size_and_digest_are_kept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nodes.txt");
        std::fs::write(&path, "test").unwrap();
        let sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned();
        assert_eq!(digest_of(&path), Ok(Evidence::File { name: "nodes.txt".to_owned(), bytes: 4, sha256 }));
        let gone = digest_of(&folder.path().join("gone.txt")).unwrap_err();
        assert!(gone.starts_with("gone.txt cannot be read"), "{gone}");
    }
}
