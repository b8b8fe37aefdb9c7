//! Whether the log that is open is what was written: asked behind each opening, and when a person asks.
//!
//! Owns: what is known of it, and what follows from that. Must not know: how a log is verified.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use journal::{Failure, Integrity, Report, To};
use room::measure::capitalised;

use super::live::Live;
use super::{Controller, Effect, Open, Origin, Out};
use crate::controller::line::Away;
use crate::wire::project;
use crate::wire::{ChainView, Problem};

/// What is known of the log that is open.
#[derive(Debug, Default)]
pub(super) struct Proof {
    chain: Option<ChainView>,
    is_verifying: bool,
    /// What speaks against the log, in words that stand on every page; empty while nothing does.
    doubted: String,
    /// Whether it was opened anew because of damage that was found behind its first opening: once is enough, whatever the
    /// file says the next time.
    is_opened_anew: bool,
    /// What is to be said once it is open again.
    pub(super) told_with_it: Option<Problem>,
}

/// That the log was held against its fingerprints.
#[derive(Debug)]
pub(crate) struct Verified {
    path: PathBuf,
    /// When it was done.
    at: Timestamp,
    /// How long it took.
    took: SignedDuration,
    outcome: Result<Report, Failure>,
}

/// Holds a room's file against its fingerprints. `now` reads the clock.
pub(super) fn verify(path: PathBuf, heads: &Path, now: impl Fn() -> Timestamp) -> Verified {
    let began = now();
    let outcome = journal::verify(&path, &journal::Heads::at(heads), None);
    let at = now();
    Verified { path, at, took: at.duration_since(began).max(SignedDuration::ZERO), outcome }
}

impl Proof {
    /// The room was opened anew because of what was found: it stays said until more is known.
    pub(super) fn go_on_from(&mut self, before: &Self) {
        self.is_opened_anew = true;
        self.doubted.clone_from(&before.doubted);
        self.told_with_it.clone_from(&before.told_with_it);
        self.chain.clone_from(&before.chain);
    }
}

impl Live {
    /// Has the log held against its fingerprints and against the heads that this laptop has seen, beside all else.
    pub(super) fn verify(&mut self, heads: PathBuf, out: &mut Out) {
        self.looking.proof.chain.get_or_insert_default();
        // It is verified once it has been read, not twice at once.
        if self.behind.is_some() || std::mem::replace(&mut self.looking.proof.is_verifying, true) {
            return;
        }
        out.effects.push(Effect::Verify { path: self.path().to_path_buf(), heads });
    }

    pub(super) fn chain_view(&self) -> Option<ChainView> {
        self.looking.proof.chain.clone()
    }

    /// What speaks against the log; empty while nothing does.
    pub(super) fn doubted(&self) -> String {
        self.looking.proof.doubted.clone()
    }
}

impl Controller {
    /// Behind the opening: does this file continue every head that this laptop has seen of it? The opening itself has found
    /// what is damaged, and would be kept waiting by seals, samples and a long list.
    pub(super) fn prove(&mut self, out: &mut Out) {
        let heads = crate::paths::heads_in(self.laptop.paths.data());
        if let Open::Room(live) = &mut self.open {
            live.verify(heads, out);
        }
    }

    /// The log was held against its fingerprints, or could not be.
    pub(super) fn verified(&mut self, verified: &Verified, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        if live.path() != verified.path {
            return;
        }
        let first = live.looking.index.reached(1);
        let wall = |at| project::on_the_wall(at, live.room.resolved());
        let shown = self.laptop.paths.shown(&verified.path);
        let chain = verified.view(first.map(wall).unwrap_or_default(), &wall(verified.at), &shown);
        let doubted = verified.doubt(&shown);
        let proof = &mut live.looking.proof;
        proof.is_verifying = false;
        proof.chain = Some(chain);
        if !doubted.is_empty() && proof.doubted != doubted {
            tracing::error!(path = %verified.path.display(), doubted, "the log does not hold");
            // Whoever watches from a terminal has no page that could show it.
            out.effects.push(Effect::Say(doubted.clone()));
        }
        proof.doubted = doubted;
        let is_damaged = matches!(&verified.outcome, Ok(Report { reading_only: Some(Failure::Damaged { .. }), .. }));
        if is_damaged && !proof.is_opened_anew {
            self.open_anew(now, out);
        }
    }

    /// Something is wrong with the room's file: it is opened anew, as if it had not been open. Where the disk takes nothing,
    /// what waits for it would be given up: then it only stays said.
    pub(super) fn open_anew(&mut self, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        if live.may_write() && live.line.given_up().is_none() {
            let path = live.path().to_path_buf();
            self.go(Away::Room { path, reply: None, origin: Origin::Window, anew: true }, now, out);
        }
    }
}

impl Verified {
    /// What speaks against the log, for whoever sees it at night; empty where nothing does.
    fn doubt(&self, shown: &str) -> String {
        let report = match &self.outcome {
            Ok(report) => report,
            Err(failure) => return format!("The log could not be verified: {}", failure.words(To::Read, shown)),
        };
        match (&report.integrity, &report.samples.first_bad) {
            (Integrity::Broken { event, why }, _) => {
                let goes_on = match report.reading_only {
                    None => "What is done now is still written.",
                    Some(_) => "",
                };
                let words = format!(
                    "The log does not hold from event {event} on: {why}. Do not take what it says of that as proven; keep {shown} \
                     as it is, and hold it against a head or a copy that somebody else has. {goes_on}"
                );
                words.trim_end().to_owned()
            }
            (Integrity::Whole, Some(bad)) => format!(
                "The events are whole, but what was measured is not what was sealed, in chunk {}: {}. Do not take its charts \
                 as proven.",
                bad.chunk, bad.why
            ),
            (Integrity::Whole, None) => String::new(),
        }
    }

    fn view(&self, first: String, at: &str, shown: &str) -> ChainView {
        let checked = format!("{at} in {} ms", self.took.as_millis());
        let report = match &self.outcome {
            Ok(report) => report,
            Err(failure) => {
                let why = failure.words(To::Read, shown);
                let (state, words) = ("unknown".to_owned(), "Not verified".to_owned());
                return ChainView { state, words, why, first, checked, anchored: String::new() };
            }
        };
        let anchored = match report.complete_to {
            Some(to) => format!("to event {}, by {}", project::grouped(to), report.vouched_by),
            None => "by nothing outside of this file".to_owned(),
        };
        let events = project::counted(usize::try_from(report.events).unwrap_or(usize::MAX), "event", "events");
        let bad = report.samples.first_bad.as_ref();
        let (state, words, why) = match (&report.integrity, bad) {
            (Integrity::Broken { event, why }, _) => (
                "broken",
                format!("Broken at event {event}"),
                format!("{}. Before it: {events}, whole.", capitalised(why)),
            ),
            (Integrity::Whole, Some(bad)) => (
                "broken",
                format!("{events}, chain whole"),
                format!("Samples beside the log were changed, in chunk {}: {}.", bad.chunk, bad.why),
            ),
            (Integrity::Whole, None) => ("whole", format!("{events}, chain whole"), String::new()),
        };
        ChainView { state: state.to_owned(), words, why, first, checked, anchored }
    }
}
