//! The rooms of this laptop on disk: made, opened, written, followed, sealed and listed, one job at a time.
//!
//! Owns: where rooms, device key and heads lie, and the one room's file that is open. Must not know: what an act means,
//! the window, the time. [`Rooms::perform`] blocks: whoever calls it gives it a thread of its own.

mod job;
mod list;
mod name;
mod samples;
mod snapshots;
mod trends;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use journal::{Device, Failure, Follower, Heads, Journal, Kept};
use room::{Event, Opened};

pub(crate) use job::{Entered, Job, Outcome};
pub(crate) use list::{Found, Known, fingerprint};
pub(crate) use name::ENDING;
pub(crate) use snapshots::Before;
pub(crate) use trends::{RoomTrend, Trends, WEEKS as TREND_WEEKS, read as trends};

use crate::device_key::DeviceKey;
use crate::keep;
use crate::keychain::Keychain;
use crate::synced::carrier;

/// Who acts where no person does.
pub(crate) const ITSELF: &str = "War Room";

/// Under which name the watch's memory lies among the words that are kept beside a log.
const MEMORY: &str = "watch";

/// The rooms of this laptop.
#[derive(Debug)]
pub(crate) struct Rooms {
    data: PathBuf,
    /// Where snapshots lie; `None` where there are none.
    snapshots: Option<PathBuf>,
    key: DeviceKey,
    device: Option<(Device, Kept)>,
    held: Held,
    /// How many events the last seal counts.
    sealed: u64,
    /// Whether the room that is open is a drill.
    is_drill: bool,
}

#[derive(Debug)]
enum Held {
    Nothing,
    Writing(Box<Journal>),
    Following(Box<Follower>),
}

impl Rooms {
    /// The rooms below the folder `data`, which need not exist yet.
    #[must_use]
    pub(crate) fn at(data: &Path) -> Self {
        Self {
            data: data.to_path_buf(),
            snapshots: None,
            key: DeviceKey::of(data, Keychain::none()),
            device: None,
            held: Held::Nothing,
            sealed: 0,
            is_drill: false,
        }
    }

    /// The same, with the device's key in a keychain, where that answers.
    #[must_use]
    pub(crate) fn keeping_keys_in(self, keychain: Keychain) -> Self {
        Self { key: DeviceKey::of(&self.data, keychain), ..self }
    }

    /// Does a job; a job of which nobody needs to hear comes to nothing.
    pub(crate) fn perform(&mut self, job: Job) -> Option<Outcome> {
        match job {
            Job::Make { number, subject, opened, actor, now, key } => {
                let outcome = self.make(&subject, *opened, &actor, now, key).map(Box::new);
                Some(Outcome::Made { number, outcome })
            }
            Job::Enter { number, path, now, anew } => {
                if anew {
                    self.held = Held::Nothing;
                    self.forget_snapshot(&path);
                }
                let outcome = self.enter(&path, now).map(|entered| entered.map(Box::new));
                Some(Outcome::Entered { number, outcome })
            }
            Job::Append { events, recorded_at, actor, restore, clears } => {
                let outcome = self.writing(restore).and_then(|journal| {
                    let recorded = journal.append_all(events, recorded_at, &actor)?;
                    Ok((recorded, *journal.head()))
                });
                if outcome.is_ok() {
                    self.forget(clears);
                }
                Some(Outcome::Appended(outcome))
            }
            Job::Type { name, text, restore } => {
                Some(Outcome::Typed(self.writing(restore).and_then(|journal| journal.keep_scratch(&name, &text))))
            }
            Job::Remember { text } => {
                if let Held::Writing(journal) = &mut self.held
                    && let Err(failure) = journal.keep_scratch(MEMORY, &text)
                {
                    // The log itself holds every alert; what is lost is what threatened, and the clock of the hold.
                    tracing::warn!(%failure, "what the watch remembers is not kept");
                }
                None
            }
            Job::KeepSamples { number, batch, restore } => self.keep_samples(number, batch, restore),
            Job::SealSamples { number, now } => {
                Some(Outcome::SamplesTurned { number, outcome: self.seal_samples(now) })
            }
            Job::TendSamples { number, now } => {
                Some(Outcome::SamplesTurned { number, outcome: self.tend_samples(now) })
            }
            Job::Seal { now } => Some(Outcome::Sealed(self.seal(now))),
            Job::Sheet { html } => self.path().map(|path| {
                let sheet = path.with_extension("html");
                Outcome::SheetWritten(keep::write_private(&sheet, &html).map_err(|error| {
                    format!(
                        "The sheet {} cannot be written ({error}): the room itself is not touched.",
                        sheet.display()
                    )
                }))
            }),
            Job::Rest => {
                if let Held::Writing(journal) = &mut self.held {
                    journal.rest();
                }
                None
            }
            Job::Poll => match &mut self.held {
                Held::Following(follower) => {
                    Some(Outcome::Followed(follower.poll().map(|events| (events, *follower.head()))))
                }
                Held::Nothing | Held::Writing(_) => None,
            },
            Job::Leave { now } => {
                self.leave(now);
                Some(Outcome::Left)
            }
            Job::Snapshot { count, head, state } => {
                self.keep_snapshot(count, head, state);
                None
            }
            Job::List => {
                // Whoever has no snapshots needs no key to look at rooms.
                let has_any = self.snapshots.as_ref().is_some_and(|folder| folder.exists());
                let device = if has_any { self.device().ok() } else { None };
                let look = |path: &Path| device.as_ref().and_then(|device| self.looked_up(path, device));
                Some(Outcome::Listed(list::list(&self.folder(), &look)))
            }
        }
    }

    fn folder(&self) -> PathBuf {
        crate::paths::rooms_in(&self.data)
    }

    fn heads(&self) -> Heads {
        Heads::at(&crate::paths::heads_in(&self.data))
    }

    fn device(&mut self) -> Result<Device, Failure> {
        if let Some((device, _)) = &self.device {
            return Ok(device.clone());
        }
        make_folder(&self.data)?;
        let found = self.key.device()?;
        let device = found.0.clone();
        self.device = Some(found);
        Ok(device)
    }

    /// The device for a room that is entered: where another key stood in for its own, the keychain may be open by now. Inside a
    /// room it is not asked again, for each question may put the desktop's own in front of a person.
    fn device_anew(&mut self) -> Result<Device, Failure> {
        if matches!(self.device, Some((_, Kept::Spare { .. }))) {
            self.device = None;
        }
        self.device()
    }

    fn signed_by(&self) -> Option<(String, Kept)> {
        self.device.as_ref().map(|(device, kept)| (device.id(), kept.clone()))
    }

    fn make(
        &mut self,
        subject: &str,
        opened: Opened,
        actor: &str,
        now: Timestamp,
        key: Option<[u8; 32]>,
    ) -> Result<Entered, Failure> {
        let device = match key {
            Some(seed) => Device::from_seed(seed),
            None => self.device_anew()?,
        };
        let folder = self.folder();
        make_folder(&folder)?;
        let opened = if key.is_some() { opened } else { Opened { room: name_of_room()?, ..opened } };
        for path in name::candidates(&folder, subject, opened.start.date()) {
            match Journal::create(&path, device.clone(), opened.clone(), actor, now) {
                // Another window took the name at the same moment.
                Err(Failure::Held { .. }) => {}
                Err(_) if path.exists() => {}
                Err(other) => return Err(other),
                Ok((journal, first)) => {
                    tracing::info!(path = %path.display(), "a room was made");
                    let head = *journal.head();
                    self.leave(now);
                    self.hold(Held::Writing(Box::new(journal)));
                    self.is_drill = key.is_some();
                    return Ok(Entered {
                        carrier: carrier(&path),
                        // A drill's key follows from its seed, and vouches for nothing.
                        signed_by: if key.is_none() { self.signed_by() } else { None },
                        path,
                        before: None,
                        events: vec![first],
                        head,
                        typed: Vec::new(),
                        memory: None,
                        samples: Vec::new(),
                        reading_only: None,
                    });
                }
            }
        }
        Err(Failure::Other { path: folder, words: "no name is left for another room of that day".to_owned() })
    }

    fn enter(&mut self, path: &Path, now: Timestamp) -> Result<Option<Entered>, Failure> {
        // One file has one lock, by whatever name it is called.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if self.path().is_some_and(|open| open == path) && matches!(self.held, Held::Writing(_)) {
            return Ok(None);
        }
        let opened = self.device_anew().and_then(|device| {
            let (journal, log, before) = match self.resumed(&path, &device) {
                Some((journal, log, before)) => (journal, log, Some(before)),
                None => {
                    let (journal, log) = Journal::open(&path, device)?;
                    (journal, log, None)
                }
            };
            let mut typed = journal.scratch()?;
            let memory = typed.extract_if(.., |(name, _)| name == MEMORY).map(|(_, text)| text).last();
            Ok((journal, log, before, typed, memory))
        });
        let entered = match opened {
            Ok((journal, log, before, typed, memory)) => {
                self.leave(now);
                let count = journal.count();
                // Whoever only looks into a room adds nothing to the list.
                let is_sealed = self.heads().has(journal.room(), &log.head);
                self.hold(Held::Writing(Box::new(journal)));
                self.sealed = if is_sealed { count } else { 0 };
                let samples = samples::lately(&path, now);
                let (events, head, carrier) = (log.events, log.head, carrier(&path));
                Entered {
                    path,
                    events,
                    before,
                    head,
                    typed,
                    memory,
                    samples,
                    reading_only: None,
                    carrier,
                    signed_by: self.signed_by(),
                }
            }
            Err(failure @ (Failure::NotARoom(_) | Failure::Gone(_))) => return Err(failure),
            Err(failure) => {
                let (follower, log) = Follower::open(&path)?;
                if !matches!(log.events.first().map(|first| &first.event), Some(Event::Opened(_))) {
                    return Err(log.damage.unwrap_or(Failure::NotARoom(path)));
                }
                self.leave(now);
                self.hold(Held::Following(Box::new(follower)));
                tracing::info!(path = %path.display(), %failure, "a room is opened for reading only");
                Entered {
                    samples: samples::lately(&path, now),
                    carrier: carrier(&path),
                    signed_by: None,
                    path,
                    before: None,
                    events: log.events,
                    head: log.head,
                    typed: Vec::new(),
                    memory: None,
                    reading_only: Some(failure),
                }
            }
        };
        Ok(Some(entered))
    }

    fn hold(&mut self, held: Held) {
        self.held = held;
        self.sealed = 0;
        self.is_drill = false;
    }

    fn path(&self) -> Option<&Path> {
        match &self.held {
            Held::Writing(journal) => Some(journal.path()),
            Held::Nothing | Held::Following(_) => None,
        }
    }

    /// The journal, its file made again where that is asked for and it is gone.
    fn writing(&mut self, restore: bool) -> Result<&mut Journal, Failure> {
        let Held::Writing(journal) = &mut self.held else {
            let words = "no room is open for writing".to_owned();
            return Err(Failure::Other { path: self.data.clone(), words });
        };
        if restore {
            journal.restore()?;
            tracing::warn!(path = %journal.path().display(), "the room's file was gone and is made again");
        }
        Ok(journal)
    }

    /// The event holds what was typed. What cannot be forgotten comes back as typed once more, which loses nothing.
    fn forget(&mut self, name: Option<String>) {
        if let (Some(name), Held::Writing(journal)) = (name, &mut self.held)
            && let Err(failure) = journal.keep_scratch(&name, "")
        {
            tracing::warn!(%failure, "typed words stay beside the log");
        }
    }

    fn seal(&mut self, now: Timestamp) -> Result<(), Failure> {
        let heads = self.heads();
        let is_drill = self.is_drill;
        if let Held::Writing(journal) = &mut self.held {
            let head = journal.seal(now)?;
            // The same drill has the same name each time, and another log where somebody acted otherwise: a list of
            // heads would call the second one a forgery.
            if !is_drill {
                heads.add(&head)?;
            }
            self.sealed = journal.count();
        }
        Ok(())
    }

    /// Seals what is new, rests, and lets go.
    fn leave(&mut self, now: Timestamp) {
        self.seal_last_samples(now);
        if let Held::Writing(journal) = &self.held
            && self.sealed != journal.count()
            && let Err(failure) = self.seal(now)
        {
            tracing::warn!(%failure, "the room is left without a seal");
        }
        if let Held::Writing(journal) = &mut self.held {
            journal.rest();
        }
        self.held = Held::Nothing;
    }

    /// The journal that is open, for a test that breaks it.
    #[cfg(test)]
    pub(crate) fn journal(&mut self) -> Option<&mut Journal> {
        match &mut self.held {
            Held::Writing(journal) => Some(journal),
            Held::Nothing | Held::Following(_) => None,
        }
    }
}

fn make_folder(path: &Path) -> Result<(), Failure> {
    keep::make_private_folder(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Failure::Full,
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            Failure::ReadOnly(path.to_path_buf())
        }
        _ => Failure::Other { path: path.to_path_buf(), words: error.to_string() },
    })
}

/// 32 hexadecimal digits by chance.
fn name_of_room() -> Result<String, Failure> {
    let bytes = journal::random()?;
    Ok(bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::*;

    #[test]
    fn a_key_that_stands_in_does_so_until_a_room_is_entered_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (keychain, is_locked) = Keychain::in_memory();
        let own = DeviceKey::of(folder.path(), keychain.clone()).device().unwrap().0.id();
        let mut rooms = Rooms::at(folder.path()).keeping_keys_in(keychain);
        is_locked.store(true, Ordering::SeqCst);
        let spare = rooms.device().unwrap().id();
        assert_ne!(spare, own);
        is_locked.store(false, Ordering::SeqCst);
        assert_eq!(rooms.device().unwrap().id(), spare, "one room, one key; and nobody is asked for a password in it");
        assert_eq!(rooms.device_anew().unwrap().id(), own);
    }
}
