//! The line of what waits for the disk: one thing at a time, in the order in which it was asked.
//!
//! Nothing is decided before its turn comes, and nothing counts before it is on disk. What fails stays at the head of
//! the line and is tried again; what is asked meanwhile is answered at once with the reason and waits behind it.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::path::PathBuf;

use jiff::Timestamp;
use journal::Failure;
use room::Event;

use super::open::Opening;
use super::{Answers, Origin, Reply, problem};
use crate::rooms::Job;
use crate::wire::project::counted;
use crate::wire::{Act, Problem, ProblemCode};

/// How many acts may wait: more than a person does while a disk is being emptied.
const MOST: usize = 256;

/// How much of what the watch found may wait besides: a night of alerts. It is not what anybody can do again.
const MOST_FOUND: usize = 16 * 1024;

/// How much of what the watch found goes to disk at once: a person's act waits for no more than this.
const MOST_AT_ONCE: usize = 256;

/// What takes its turn.
#[derive(Debug)]
pub(super) enum Turn {
    /// An act in the room.
    Act { act: Act, reply: Option<Reply> },
    /// What the watch found.
    Found { event: Event, occurred_at: Timestamp },
    /// What a made-up person of a drill does, or what follows from what was decided.
    Move { intent: room::Intent, actor: Cow<'static, str> },
    /// Words that are being typed: the latest of a field count.
    Typing { name: String, text: String, replies: Vec<Reply> },
    /// The room is left, once all before is on disk.
    Away(Away),
}

/// Where to, when a room is left.
#[derive(Debug)]
pub(super) enum Away {
    /// To the start window.
    Start(Option<Reply>),
    /// Into another room.
    Room {
        path: PathBuf,
        reply: Option<Reply>,
        origin: Origin,
        /// Whether what is open of it is let go first, as it is: something is wrong with its file.
        anew: bool,
    },
    /// To the question for T0 of a checklist.
    Opening(Box<Opening>),
    /// Nowhere: the program ends.
    End(Reply),
}

/// What is being brought to disk.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) cargo: Cargo,
    pub(super) replies: Vec<Reply>,
    /// Whether the disk is at it; otherwise it failed and is tried again.
    is_out: bool,
}

/// Events, or typed words.
#[derive(Debug)]
pub(super) enum Cargo {
    /// What a person did, or all that the watch found meanwhile: it waits for the disk once, however much it is.
    Events {
        events: Vec<(Event, Timestamp)>,
        actor: String,
        clears: Option<String>,
    },
    Typed {
        name: String,
        text: String,
    },
}

/// The line.
#[derive(Debug, Default)]
pub(super) struct Line {
    waiting: VecDeque<Turn>,
    flight: Option<Flight>,
    failure: Option<Failure>,
    /// Whether the disk has taken something since that failure.
    is_taken_again: bool,
}

impl Line {
    /// Whether nothing waits and nothing is on its way.
    pub(super) fn is_idle(&self) -> bool {
        self.flight.is_none() && self.waiting.is_empty()
    }

    /// Puts something at the end. Where the disk does not take anything, whoever asked is told at once.
    pub(super) fn join(&mut self, mut turn: Turn, answers: &mut Answers) {
        if self.is_full_for(&turn) {
            if matches!(turn, Turn::Found { .. }) {
                tracing::error!(?turn, "what the watch found is not kept: too much waits for the disk");
            }
            let full = problem(
                ProblemCode::Refused,
                format!("{MOST} acts wait for the disk already: nothing more is taken until they are saved."),
            );
            for reply in turn.replies() {
                answers.push((reply, Err(full.clone())));
            }
            return;
        }
        if let Some(unsaved) = self.not_saved().filter(|_| !self.is_taken_again) {
            for reply in turn.replies() {
                answers.push((reply, Err(unsaved.clone())));
            }
        }
        if let Turn::Typing { name, text, replies } = &mut turn
            && let Some(Turn::Typing { name: known, text: older, replies: waiting }) = self.waiting.back_mut()
            && known == name
        {
            *older = std::mem::take(text);
            waiting.append(replies);
            return;
        }
        self.waiting.push_back(turn);
    }

    /// What a person does and what the watch finds are counted apart. Nobody is kept from leaving.
    fn is_full_for(&self, turn: &Turn) -> bool {
        let waits = |is: fn(&Turn) -> bool| self.waiting.iter().filter(|turn| is(turn)).count();
        match turn {
            Turn::Act { .. } | Turn::Typing { .. } => {
                waits(|turn| matches!(turn, Turn::Act { .. } | Turn::Typing { .. })) >= MOST
            }
            Turn::Found { .. } => waits(|turn| matches!(turn, Turn::Found { .. })) >= MOST_FOUND,
            Turn::Move { .. } | Turn::Away(_) => false,
        }
    }

    /// Whoever waits for the end of the program, where one does.
    pub(super) fn take_end(&mut self) -> Option<Reply> {
        let at = self.waiting.iter().position(|turn| matches!(turn, Turn::Away(Away::End(_))))?;
        match self.waiting.remove(at) {
            Some(Turn::Away(Away::End(reply))) => Some(reply),
            _ => None,
        }
    }

    /// Whose turn it is, where nothing is on its way.
    pub(super) fn next(&mut self) -> Option<Turn> {
        if self.flight.is_some() { None } else { self.waiting.pop_front() }
    }

    /// What the watch found right after what has its turn, as far as nothing else waits between: it goes along.
    pub(super) fn found_as_well(&mut self) -> Vec<(Event, Timestamp)> {
        let mut found = Vec::new();
        while found.len() < MOST_AT_ONCE
            && let Some(Turn::Found { .. }) = self.waiting.front()
            && let Some(Turn::Found { event, occurred_at }) = self.waiting.pop_front()
        {
            found.push((event, occurred_at));
        }
        found
    }

    /// Sends something to disk.
    pub(super) fn send(&mut self, cargo: Cargo, replies: Vec<Reply>, now: Timestamp) -> Job {
        let job = cargo.job(now, false);
        self.flight = Some(Flight { cargo, replies, is_out: true });
        job
    }

    /// What was on its way has arrived; from now on things are saved.
    pub(super) fn arrived(&mut self) -> Option<Flight> {
        let flight = self.flight.take();
        self.is_taken_again = true;
        if !self.is_told_waiting() {
            self.failure = None;
        }
        flight
    }

    /// What was on its way has not arrived: it stays, and all who wait are told.
    pub(super) fn failed(&mut self, failure: Failure, answers: &mut Answers) {
        tracing::error!(%failure, "the log is not being saved");
        self.failure = Some(failure);
        self.is_taken_again = false;
        let Some(unsaved) = self.not_saved() else { return };
        let mut replies = Vec::new();
        if let Some(flight) = &mut self.flight {
            flight.is_out = false;
            replies.append(&mut flight.replies);
        }
        for turn in &mut self.waiting {
            replies.extend(turn.replies());
        }
        answers.extend(replies.into_iter().map(|reply| (reply, Err(unsaved.clone()))));
    }

    /// Tries again what failed.
    pub(super) fn again(&mut self, now: Timestamp) -> Option<Job> {
        let restore = matches!(self.failure, Some(Failure::Gone(_)));
        let flight = self.flight.as_mut().filter(|flight| !flight.is_out)?;
        flight.is_out = true;
        Some(flight.cargo.job(now, restore))
    }

    /// Why the log is not being saved, and how much waits for it.
    pub(super) fn unsaved(&self) -> Option<Problem> {
        let mut unsaved = self.not_saved()?;
        let acts = self.acts();
        unsaved.detail = Some(match acts {
            0 => "What is being typed waits.".to_owned(),
            1 => "1 act waits.".to_owned(),
            several => format!("{several} acts wait."),
        });
        Some(unsaved)
    }

    /// What is given up by whoever leaves now, where the disk does not take it.
    pub(super) fn given_up(&self) -> Option<String> {
        self.not_saved()?;
        Some(match self.acts() {
            0 => "what is being typed".to_owned(),
            acts => counted(acts, "act", "acts"),
        })
    }

    /// Whether something is still to be saved of which somebody was told that it waits.
    fn is_told_waiting(&self) -> bool {
        self.flight.as_ref().is_some_and(|flight| flight.replies.is_empty()) || self.waiting.iter().any(Turn::is_told)
    }

    fn acts(&self) -> usize {
        let waiting = self.waiting.iter().filter(|turn| matches!(turn, Turn::Act { .. })).count();
        let on_its_way = matches!(self.flight, Some(Flight { cargo: Cargo::Events { .. }, .. }));
        waiting + usize::from(on_its_way)
    }

    /// Why the log is not being saved: until the disk takes something again, and all is saved of which somebody was told
    /// that it waits.
    fn not_saved(&self) -> Option<Problem> {
        let failure = self.failure.as_ref().filter(|_| !self.is_taken_again || self.is_told_waiting());
        failure.map(|failure| problem(ProblemCode::NotSaved, failure.to_string()))
    }
}

impl Turn {
    /// Whether whoever asked has an answer already.
    fn is_told(&self) -> bool {
        match self {
            Self::Act { reply, .. } => reply.is_none(),
            Self::Typing { replies, .. } => replies.is_empty(),
            Self::Found { .. } | Self::Move { .. } | Self::Away(_) => false,
        }
    }

    /// The replies that nobody has had yet. Where to go next is answered when it is reached.
    fn replies(&mut self) -> Vec<Reply> {
        match self {
            Self::Act { reply, .. } => reply.take().into_iter().collect(),
            Self::Typing { replies, .. } => std::mem::take(replies),
            Self::Found { .. } | Self::Move { .. } | Self::Away(_) => Vec::new(),
        }
    }
}

impl Cargo {
    fn job(&self, now: Timestamp, restore: bool) -> Job {
        match self {
            Self::Events { events, actor, clears } => Job::Append {
                events: events.clone(),
                recorded_at: now,
                actor: actor.clone(),
                restore,
                clears: clears.clone(),
            },
            Self::Typed { name, text } => Job::Type { name: name.clone(), text: text.clone(), restore },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply() -> Option<Reply> {
        Some(Reply(Box::new(|_| {})))
    }

    fn act() -> Turn {
        Turn::Act { act: Act::Note { text: "x".to_owned(), at: String::new() }, reply: reply() }
    }

    fn found() -> Cargo {
        let events = vec![(Event::Noted { text: "found".to_owned() }, Timestamp::UNIX_EPOCH)];
        Cargo::Events { events, actor: "watch".to_owned(), clears: None }
    }

    /// A line whose first, found by the watch, did not arrive; an act waits behind it, and was told so.
    fn failing() -> Line {
        let (mut line, mut answers) = (Line::default(), Answers::default());
        line.send(found(), Vec::new(), Timestamp::UNIX_EPOCH);
        line.failed(Failure::Gone(PathBuf::from("x.warroom")), &mut answers);
        line.join(act(), &mut answers);
        assert_eq!(answers.len(), 1, "told at once");
        line.again(Timestamp::UNIX_EPOCH);
        line
    }

    #[test]
    fn all_is_saved_again_only_when_what_was_told_to_wait_is_saved() {
        let mut line = failing();
        line.arrived();
        assert!(line.unsaved().is_some(), "the act behind it is not saved yet");
        let mut answers = Answers::default();
        line.join(act(), &mut answers);
        assert!(answers.is_empty(), "the disk takes it: its answer is what becomes of it");
        let Some(Turn::Act { reply, .. }) = line.next() else { panic!("the act that waits") };
        line.send(found(), reply.into_iter().collect(), Timestamp::UNIX_EPOCH);
        assert!(line.unsaved().is_some() && line.given_up().is_some(), "it is on its way");
        line.arrived();
        assert!(line.unsaved().is_none() && line.given_up().is_none());
    }

    #[test]
    fn what_waited_and_is_refused_in_its_turn_is_not_waited_for() {
        let mut line = failing();
        line.arrived();
        line.next();
        assert!(line.unsaved().is_none(), "no rule let it be: nothing is left to be saved");
    }

    #[test]
    fn only_acts_are_too_many_acts_and_nobody_is_kept_from_leaving() {
        let mut line = Line::default();
        let mut answers = Answers::default();
        for _ in 0..=MOST {
            let event = Event::Noted { text: "found".to_owned() };
            line.join(Turn::Found { event, occurred_at: Timestamp::UNIX_EPOCH }, &mut answers);
        }
        for _ in 0..MOST {
            line.join(act(), &mut answers);
        }
        assert!(answers.is_empty(), "what the watch found takes no act its place");
        line.join(act(), &mut answers);
        assert_eq!(answers.len(), 1);
        line.join(Turn::Away(Away::Start(reply())), &mut answers);
        assert!(matches!(line.waiting.back(), Some(Turn::Away(_))));
        assert_eq!(answers.len(), 1);
    }
}
