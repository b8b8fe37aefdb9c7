//! When samples go to disk: in batches, once a second at most, where no act waits; and when they are closed under a
//! digest, so that the log holds a line of it from time to time and no more.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use journal::{Failure, To};
use room::{Event, Recorded};

use super::live::Live;
use super::wake::ChartsReply;
use super::{Controller, Effect, Open, Out, problem, refused};
use crate::rooms::{Job, Outcome};
use crate::wire::project::{ChartsAsked, charts_asked, charts_of_tape};
use crate::wire::{ChartsPageView, ChartsQuery, Problem, ProblemCode};

/// How long samples wait for their digest: six lines an hour in the log, and what a fraud could still change unseen.
const SEALED_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// A verdict that turns has what led to it closed soon; one that turns to and fro does not fill the log.
const SEALED_AT_A_TURN: SignedDuration = SignedDuration::from_mins(1);

/// How often the oldest is looked at, and the file brought together.
const TENDED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// What is under way with the samples of the room that is open.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// The number of the job that the disk is at.
    out: Option<u64>,
    /// Since when samples wait for their digest.
    unsealed_since: Option<Timestamp>,
    /// Whether they are to be closed at the next opportunity.
    is_seal_due: bool,
    /// When the oldest was looked at last.
    tended: Option<Timestamp>,
    /// Whether the disk did not take the last batch.
    is_failing: bool,
    /// Whether it did not since the file was gone.
    is_gone: bool,
}

impl Keeping {
    /// A decision was taken, or a verdict turned: what was seen until then is closed under a digest soon.
    pub(super) fn notice(&mut self, event: &Event, now: Timestamp) {
        let waits = |length| self.unsealed_since.is_some_and(|since| is_past(since, length, now));
        self.is_seal_due |= match event {
            Event::Closed(_)
            | Event::GateOverridden { .. }
            | Event::GatePassed { .. }
            | Event::GoneBack(_)
            | Event::RollbackBegan { .. }
            | Event::RolledBack => self.unsealed_since.is_some(),
            Event::VerdictTurned { .. } => waits(SEALED_AT_A_TURN),
            _ => false,
        };
    }

    /// What the disk is asked for now, where it is not at something of this already.
    fn next(&mut self, batch: Vec<journal::Sample>, number: u64, now: Timestamp) -> Option<Job> {
        if !batch.is_empty() {
            self.unsealed_since.get_or_insert(now);
            return Some(Job::KeepSamples { number: Some(number), batch, restore: self.is_gone });
        }
        if self.unsealed_since.is_some_and(|since| self.is_seal_due || is_past(since, SEALED_EVERY, now)) {
            self.unsealed_since = None;
            self.is_seal_due = false;
            return Some(Job::SealSamples { number, now });
        }
        if self.tended.is_none_or(|tended| is_past(tended, TENDED_EVERY, now)) {
            self.tended = Some(now);
            return Some(Job::TendSamples { number, now });
        }
        None
    }
}

/// Whether so much time passed, also where the clock was set back.
fn is_past(since: Timestamp, length: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(since).abs() >= length
}

impl Live {
    /// What a second brings for the samples. Acts go first: where one is on its way, the samples wait for the next second.
    pub(super) fn keep_samples(&mut self, number: u64, now: Timestamp) -> Option<Job> {
        if !self.keeps_samples() || !self.line.is_idle() || self.keeping.out.is_some() {
            return None;
        }
        let is_due = self
            .keeping
            .unsealed_since
            .is_some_and(|since| self.keeping.is_seal_due || is_past(since, SEALED_EVERY, now));
        let (watching, _) = self.watching()?;
        // What is to be closed is closed before more comes, a second later at the most.
        let batch = if is_due { Vec::new() } else { watching.sampling.batch() };
        let job = self.keeping.next(batch, number, now)?;
        self.keeping.out = Some(number);
        if matches!(job, Job::TendSamples { .. }) {
            self.is_restless = true;
        }
        Some(job)
    }

    /// What is left to be kept where the room is left.
    pub(super) fn last_samples(&mut self) -> Option<Job> {
        if !self.keeps_samples() {
            return None;
        }
        let restore = self.keeping.is_gone;
        let batch = self.watching()?.0.sampling.batch();
        (!batch.is_empty()).then_some(Job::KeepSamples { number: None, batch, restore })
    }

    /// A drill's numbers are made up, and its log follows from its seed to the last byte. Whoever follows another window
    /// leaves keeping to that.
    fn keeps_samples(&self) -> bool {
        self.may_write() && !crate::drill::is_drill(self.room())
    }
}

impl Controller {
    /// A second passed.
    pub(super) fn samples_tick(&mut self, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        let number = self.samplings.saturating_add(1);
        if let Some(job) = live.keep_samples(number, now) {
            self.samplings = number;
            out.job(job);
        }
    }

    /// The disk kept samples, or did not.
    pub(super) fn samples_kept(&mut self, number: u64, outcome: Result<(), (Failure, Vec<journal::Sample>)>) {
        let Open::Room(live) = &mut self.open else { return };
        if live.keeping.out.take_if(|out| *out == number).is_none() {
            return;
        }
        match outcome {
            Ok(()) => {
                live.keeping.is_failing = false;
                live.keeping.is_gone = false;
            }
            Err((failure, batch)) => {
                if let Some((watching, _)) = live.watching() {
                    watching.sampling.give_back(batch);
                }
                live.keeping.is_gone = matches!(failure, Failure::Gone(_));
                // Said once: it is tried again each second.
                if !std::mem::replace(&mut live.keeping.is_failing, true) {
                    tracing::error!(%failure, "samples are not kept");
                    let why = self.words(&failure, To::Keep);
                    let sentence = format!(
                        "What is measured is not being kept for the charts over hours: {why} Acts and alarms go on."
                    );
                    self.problem = Some(problem(ProblemCode::NotSaved, sentence));
                }
            }
        }
    }

    /// Samples were closed under a digest or rolled up, or were not.
    pub(super) fn samples_turned(
        &mut self,
        number: u64,
        outcome: Result<Option<(Recorded, journal::Hash)>, Failure>,
        now: Timestamp,
        out: &mut Out,
    ) {
        let Open::Room(live) = &mut self.open else { return };
        if live.keeping.out.take_if(|out| *out == number).is_none() {
            return;
        }
        match outcome {
            Ok(Some((recorded, head))) => {
                let effects = live.recorded_by_the_disk(recorded, head);
                super::enter::follow(&effects, now, out);
            }
            Ok(None) => {}
            Err(failure) => {
                // They lie in the file, and are closed with what comes next.
                tracing::error!(%failure, "samples are not closed under a digest");
                live.keeping.unsealed_since.get_or_insert(now);
            }
        }
    }

    /// The charts over hours: read beside the disk's own line, since a look at a day must not hold an act up.
    pub(super) fn charts(&mut self, query: &ChartsQuery, reply: ChartsReply, now: Timestamp, out: &mut Out) {
        let asked = self.room().and_then(|live| {
            let path = live.path().to_path_buf();
            let seen = live.seeing(now).ok_or_else(|| refused("Nothing is observed in this room."))?;
            let asked = charts_asked(&seen, query).map_err(|why| refused(&why))?;
            let of_tape = crate::drill::is_drill(live.room()).then(|| charts_of_tape(&seen, &asked));
            Ok((path, asked, of_tape))
        });
        out.effects.push(match asked {
            Ok((path, asked, None)) => Effect::ReadCharts { path, asked: Box::new(asked), reply },
            Ok((_, _, Some(page))) => Effect::Charts(reply, Ok(Box::new(page))),
            Err(problem) => Effect::Charts(reply, Err(problem)),
        });
    }

    /// Whether this only tells that samples were kept: nothing is another for it.
    pub(super) fn is_of_samples(wake: &super::Wake) -> bool {
        matches!(wake, super::Wake::Charts { .. } | super::Wake::Disk(Outcome::SamplesKept { outcome: Ok(()), .. }))
    }
}

/// The charts over hours, from the room's file.
pub(super) fn read_charts(path: &Path, asked: &ChartsAsked) -> Result<ChartsPageView, Problem> {
    let found = journal::samples(path, &asked.signals(), asked.from, asked.to, ChartsAsked::MOST_PIECES);
    match found {
        Ok(stretches) => Ok(asked.page(&stretches)),
        Err(failure) => {
            let shown = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Err(problem(ProblemCode::Unreadable, failure.words(To::Read, &shown)))
        }
    }
}
