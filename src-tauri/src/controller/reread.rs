//! A checklist that is edited while it is open: noticed, read, compared, offered, accepted.
//!
//! Owns: which files are followed, and what was found there last. Nothing in a room changes before a person accepts it; on
//! the opening screen a save simply reads the file again.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::live::Live;
use super::open::{Checklist, Opening};
use super::{Controller, Effect, Open, Out, problem};
use crate::source::SourceError;
use crate::wire::ProblemCode;
use crate::wire::project::Offer;

/// So long nothing more is written before a file is read: an editor writes more than once for one save.
const SETTLED: SignedDuration = SignedDuration::from_millis(200);

/// Every how many seconds a file that cannot be read is looked at again: its folder may have gone and come back, which
/// nobody tells.
const LOOKED_AT_EVERY_S: i64 = 5;

/// The files that are followed.
#[derive(Debug)]
pub(super) struct Followed {
    number: u64,
    /// For which checklist or room.
    of: String,
    path: PathBuf,
    /// When one of them turned last, where it was not read since.
    turned: Option<Timestamp>,
    is_being_read: bool,
    /// Whether the last reading came to nothing.
    is_unread: bool,
}

/// What was found in the files last, where that is not what the room has.
#[derive(Debug)]
pub(super) enum Rereading {
    /// The text is another one.
    Offered(Box<Offer>),
    /// It cannot be read: the sentence, and what else is to be said.
    Unreadable(String, Option<String>),
    /// It is not on this laptop.
    Elsewhere(String),
}

impl Controller {
    /// Brings what is followed into line with what is open.
    pub(super) fn follow_files(&mut self, out: &mut Out) {
        let wanted = match &self.open {
            Open::Nothing => None,
            Open::Opening(opening) => Some((String::new(), opening.checklist.path.clone())),
            Open::Room(live) if live.may_be_reread() => {
                let room = live.room().opened();
                Some((room.room.clone(), PathBuf::from(&room.path)))
            }
            Open::Room(_) => None,
        };
        let is_as_it_was = match (&wanted, &self.followed) {
            (None, None) => true,
            (Some((of, path)), Some(followed)) => *of == followed.of && *path == followed.path,
            _ => false,
        };
        if is_as_it_was {
            return;
        }
        let Some((of, path)) = wanted else {
            self.followed = None;
            return out.effects.push(Effect::StopFollowing);
        };
        self.follows += 1;
        let number = self.follows;
        out.effects.push(Effect::Follow { number, path: path.clone() });
        // A room may have been left while its checklist was edited; one that waits for T0 was read just now.
        let is_being_read = !of.is_empty();
        if is_being_read {
            out.effects.push(Effect::Reread { number, path: path.clone() });
        }
        self.followed = Some(Followed { number, of, path, turned: None, is_being_read, is_unread: false });
    }

    /// One of the files turned, or cannot be followed any more.
    pub(super) fn file_turned(&mut self, number: u64, outcome: Result<(), String>, now: Timestamp) {
        let Some(followed) = self.followed.as_mut().filter(|followed| followed.number == number) else { return };
        match outcome {
            Ok(()) => followed.turned = Some(now),
            Err(why) => {
                // Read, it would tell why; the room is not touched by it.
                tracing::warn!(why, path = %followed.path.display(), "the checklist is not followed");
                followed.is_unread = true;
            }
        }
    }

    /// A second passed: what has settled is read.
    pub(super) fn look_at_files(&mut self, now: Timestamp, out: &mut Out) {
        let Some(followed) = &mut self.followed else { return };
        let is_settled = followed.turned.is_some_and(|turned| now.duration_since(turned) >= SETTLED);
        let is_due = followed.is_unread && now.as_second().rem_euclid(LOOKED_AT_EVERY_S) == 0;
        if (is_settled || is_due) && !followed.is_being_read {
            followed.turned = None;
            followed.is_being_read = true;
            out.effects.push(Effect::Reread { number: followed.number, path: followed.path.clone() });
        }
    }

    /// The files were read, or cannot be.
    pub(super) fn was_reread(&mut self, number: u64, outcome: Result<Box<Checklist>, SourceError>, out: &mut Out) {
        let Some(followed) = self.followed.as_mut().filter(|followed| followed.number == number) else { return };
        followed.is_being_read = false;
        let was_unread = std::mem::replace(&mut followed.is_unread, outcome.is_err());
        if was_unread && outcome.is_ok() {
            // What was followed may be a folder that is no more.
            out.effects.push(Effect::Follow { number, path: followed.path.clone() });
        }
        let paths = &self.laptop.paths;
        let shown = |path: &Path| paths.shown(path);
        match (&mut self.open, outcome) {
            (Open::Room(live), Ok(checklist)) => live.was_reread(*checklist),
            (Open::Room(live), Err(error)) => live.cannot_be_reread(&error, shown),
            (Open::Opening(opening), Ok(checklist)) => {
                if was_unread {
                    self.problem = None;
                }
                if let Some(newer) = opening.read_again(*checklist) {
                    **opening = newer;
                }
            }
            (Open::Opening(_), Err(error)) => {
                let detail = error.detail(shown);
                let message = format!("{} What was read before is shown still.", error.sentence(shown));
                self.problem = Some(crate::wire::Problem { detail, ..problem(ProblemCode::Unreadable, message) });
            }
            (Open::Nothing, _) => {}
        }
    }
}

impl Opening {
    /// The question over a newer text of the same file, its answer kept where a person gave one; `None` where the text is
    /// the same.
    fn read_again(&self, checklist: Checklist) -> Option<Self> {
        let is_same = checklist.text == self.checklist.text && checklist.settings == self.checklist.settings;
        if is_same {
            return None;
        }
        let (start, zone) = self.answered();
        let mut newer = Self::of(checklist, self.path().to_owned(), self.given().clone());
        if let Some((start, zone)) = start.zip(Some(zone)) {
            newer.answer_with(start, zone);
        }
        Some(newer)
    }
}

impl Live {
    /// The file was read: it says what the room has, or something else.
    fn was_reread(&mut self, checklist: Checklist) {
        let room = self.room();
        let is_same = checklist.text == room.text() && checklist.settings.as_deref() == room.settings();
        let offer = (!is_same).then(|| Box::new(Offer::of(room, checklist.text, checklist.settings, checklist.plan)));
        self.rereading = offer.map(Rereading::Offered);
        self.was_ever_read = true;
    }

    /// The file cannot be read: the room keeps what it has.
    fn cannot_be_reread(&mut self, error: &SourceError, shown: impl Fn(&Path) -> String) {
        let is_first = self.rereading.is_none() && !self.was_ever_read;
        self.rereading =
            Some(if error.is_missing() && is_first || matches!(self.rereading, Some(Rereading::Elsewhere(_))) {
                let path = shown(Path::new(&self.room().opened().path));
                Rereading::Elsewhere(format!(
                    "{path} is not on this laptop: were it edited here, the difference would be offered in this place."
                ))
            } else {
                Rereading::Unreadable(
                    format!("{} The room keeps the text that it has.", error.sentence(&shown)),
                    error.detail(&shown),
                )
            });
    }

    /// What is to be accepted, where that is what a person saw.
    pub(super) fn accepted(&self, digest: &str) -> Result<room::Intent, String> {
        match &self.rereading {
            Some(Rereading::Offered(offer)) if offer.digest == digest => Ok(room::Intent::Reread {
                text: offer.text.clone(),
                settings: offer.settings.clone(),
                reader: env!("CARGO_PKG_VERSION").to_owned(),
            }),
            Some(Rereading::Offered(_)) => {
                Err("The checklist was changed once more: look at the newer difference, and accept that.".to_owned())
            }
            Some(Rereading::Unreadable(sentence, _)) => Err(sentence.clone()),
            Some(Rereading::Elsewhere(_)) | None => Err("The checklist says what the room has already.".to_owned()),
        }
    }

    /// The room has another text: what was offered is held against that.
    pub(super) fn offer_anew(&mut self) {
        if let Some(Rereading::Offered(offer)) = self.rereading.take() {
            let Offer { text, settings, plan, .. } = *offer;
            let room = self.room();
            let is_same = text == room.text() && settings.as_deref() == room.settings();
            let offer = (!is_same).then(|| Box::new(Offer::of(room, text, settings, plan)));
            self.rereading = offer.map(Rereading::Offered);
        }
    }
}
