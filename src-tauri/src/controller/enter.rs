//! Into a room and out of it: made, entered, left; and what the disk has to say meanwhile.

use jiff::Timestamp;
use journal::{Failure, To};
use plan::{Plan, Resolved, SectionId};
use room::Room;

use super::line::{Away, Turn};
use super::live::Live;
use super::steps::Step;
use super::{Controller, Effect, Open, Origin, Out, Reply, problem, refused};
use crate::rooms::{Entered, Job, Outcome};
use crate::watching::unknown_outcomes;
use crate::wire::{Problem, ProblemCode};

/// A room that the disk is making or opening.
#[derive(Debug)]
pub(super) struct Entering {
    number: u64,
    reply: Option<Reply>,
    origin: Origin,
    /// Whether it takes the place of itself, since something is wrong with its file.
    anew: bool,
}

impl Controller {
    /// Makes a room of the checklist that waits for T0.
    pub(super) fn enter(&mut self, start: String, zone: String, reply: Reply, now: Timestamp, out: &mut Out) {
        let first = self.propose(start, zone).and_then(|()| self.may_enter()).and_then(|()| match &self.open {
            Open::Opening(opening) => Ok((opening.first_event()?, opening.subject())),
            Open::Nothing | Open::Room(_) => Err(refused("No checklist waits for T0: open one first.")),
        });
        match first {
            Err(problem) => {
                let outcome = Err(problem);
                self.note(&outcome);
                out.answers.push((reply, outcome));
            }
            Ok((opened, subject)) => {
                let number = self.begin(Some(reply), Origin::Window, false);
                let actor = self.laptop.login.clone();
                out.job(Job::Make { number, subject, opened: Box::new(opened), actor, now, key: None });
            }
        }
    }

    /// Enters a room of the list.
    pub(super) fn enter_known(&mut self, id: &str, reply: Reply, now: Timestamp, out: &mut Out) {
        match self.rooms.iter().find(|found| found.id() == id).map(|found| found.path.clone()) {
            Some(path) => {
                self.go(Away::Room { path, reply: Some(reply), origin: Origin::Window, anew: false }, now, out);
            }
            None => {
                let outcome = Err(refused("This room is not in the list any more: open it by its file."));
                self.note(&outcome);
                out.answers.push((reply, outcome));
            }
        }
    }

    pub(super) fn may_enter(&self) -> Result<(), Problem> {
        match self.entering {
            Some(_) => Err(refused("A room is being opened already.")),
            None => Ok(()),
        }
    }

    pub(super) fn begin(&mut self, reply: Option<Reply>, origin: Origin, anew: bool) -> u64 {
        self.reads += 1;
        self.entering = Some(Entering { number: self.reads, reply, origin, anew });
        self.reads
    }

    /// Goes somewhere else, once all that was asked in the room is on disk. Where the disk takes nothing, whoever goes
    /// is told once what they would give up.
    pub(super) fn go(&mut self, away: Away, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return self.arrive(away, now, out) };
        let Some(lost) = live.line.given_up() else {
            live.line.join(Turn::Away(away), &mut out.answers);
            return self.pump(now, out);
        };
        if live.was_warned {
            return self.arrive(away, now, out);
        }
        live.was_warned = true;
        let outcome = Err(problem(
            ProblemCode::NotSaved,
            format!(
                "The log is not being saved, and leaving now gives up {lost}: free the disk first, or leave again."
            ),
        ));
        self.note(&outcome);
        out.answers.extend(away.into_reply().map(|reply| (reply, outcome)));
    }

    /// What comes next in the room's line, until something is on its way to disk.
    pub(super) fn pump(&mut self, now: Timestamp, out: &mut Out) {
        loop {
            let Open::Room(live) = &mut self.open else { return };
            match live.step(&self.laptop.login, now) {
                None => return,
                Some(Step::Job(job)) => out.job(job),
                Some(Step::Away(away)) => return self.arrive(away, now, out),
                Some(Step::Refused(replies, problem)) => {
                    if replies.is_empty() {
                        // Whoever asked was told that it waits; that it came to nothing must be said all the same.
                        self.problem = Some(problem.clone());
                    }
                    out.answers.extend(replies.into_iter().map(|reply| (reply, Err(problem.clone()))));
                }
            }
        }
    }

    fn arrive(&mut self, away: Away, now: Timestamp, out: &mut Out) {
        match away {
            Away::Start(reply) => {
                self.leave(now, out);
                self.problem = None;
                // A file that is still being read was meant for what was just left.
                self.reads += 1;
                out.job(Job::List);
                out.answers.extend(reply.map(|reply| (reply, Ok(()))));
            }
            Away::Opening(opening) => {
                self.leave(now, out);
                self.problem = None;
                self.open = Open::Opening(opening);
                // A room of the same checklist may have been made since.
                out.job(Job::List);
            }
            Away::End(reply) => {
                let Open::Room(live) = &mut self.open else { return out.answers.push((reply, Ok(()))) };
                // Of what is on its way to the desktop nobody will hear any more.
                let is_ours = live.may_write() && live.watched().is_some() && live.room().closed().is_none();
                let unknown = if is_ours { unknown_outcomes(live.room()) } else { Vec::new() };
                if unknown.is_empty() {
                    return self.end(reply, now, out);
                }
                let found = unknown.into_iter().map(|event| Turn::Found { event, occurred_at: now });
                let end = Turn::Away(Away::End(reply));
                found.chain([end]).for_each(|turn| live.line.join(turn, &mut out.answers));
                self.pump(now, out);
            }
            Away::Room { path, reply, origin, anew } => match self.may_enter() {
                Ok(()) => {
                    let number = self.begin(reply, origin, anew);
                    if !anew {
                        self.last_on_disk(now, out);
                    }
                    out.job(Job::Enter { number, path, now, anew });
                }
                Err(problem) => {
                    let outcome = Err(problem);
                    self.note(&outcome);
                    out.answers.extend(reply.map(|reply| (reply, outcome)));
                }
            },
        }
    }

    /// A drill's room is being made: whoever asked for it is answered once it is there.
    pub(super) fn await_drill(&mut self, number: u64, reply: Reply) {
        if let Some(entering) = self.entering.as_mut().filter(|entering| entering.number == number) {
            entering.reply = Some(reply);
        }
    }

    pub(super) fn leave(&mut self, now: Timestamp, out: &mut Out) {
        self.last_on_disk(now, out);
        if let Open::Room(_) = std::mem::replace(&mut self.open, Open::Nothing) {
            out.job(Job::Leave { now });
        }
        self.forget_drill(out);
        out.effects.push(Effect::Title("War Room".to_owned()));
    }

    /// What the room that is left still has for the disk: its sheet, and the samples of the last second.
    fn last_on_disk(&mut self, now: Timestamp, out: &mut Out) {
        if let Open::Room(live) = &mut self.open {
            let last = [live.sheet(now), live.last_samples(), live.snapshot(true)];
            out.effects.extend(last.into_iter().flatten().map(Effect::Disk));
        }
    }

    /// The program ends: the room is left in order, and what the disk does not take is lost with the window.
    pub(super) fn quit(&mut self, reply: Reply, now: Timestamp, out: &mut Out) {
        match &mut self.open {
            Open::Room(live) if live.line.given_up().is_none() => {
                live.line.join(Turn::Away(Away::End(reply)), &mut out.answers);
                self.pump(now, out);
            }
            Open::Room(_) => self.end(reply, now, out),
            Open::Nothing | Open::Opening(_) => out.answers.push((reply, Ok(()))),
        }
    }

    fn end(&mut self, reply: Reply, now: Timestamp, out: &mut Out) {
        self.leave(now, out);
        self.quitting = Some(reply);
    }

    /// The disk did not take it: it waits, but for whoever ends the program.
    fn not_taken(&mut self, failure: Failure, now: Timestamp, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        live.line.failed(failure, &mut out.answers);
        if let Some(reply) = live.line.take_end() {
            self.end(reply, now, out);
        }
    }

    /// Takes in what the disk did.
    pub(super) fn disk(&mut self, outcome: Outcome, now: Timestamp, out: &mut Out) {
        match outcome {
            Outcome::Made { number, outcome } => self.made(number, outcome, now, out),
            Outcome::Entered { number, outcome } => self.entered(number, outcome, now, out),
            Outcome::Appended(outcome) => {
                let Open::Room(live) = &mut self.open else { return };
                match outcome {
                    Ok((recorded, head)) => {
                        let events: Vec<_> = recorded.iter().map(|recorded| recorded.event.clone()).collect();
                        let is_reread = events.iter().any(|event| matches!(event, room::Event::PlanReread(_)));
                        let effects = live.appended(recorded, head, &mut out.answers);
                        if is_reread {
                            out.effects.push(live.window_title());
                        }
                        follow(&effects, now, out);
                        for event in &events {
                            self.keep_in_mind(event, out);
                        }
                        if is_reread {
                            // Its settings may be others: what is observed is asked anew.
                            self.forget_watch(out);
                        }
                        if events.iter().any(turns_the_watch) {
                            self.room_changed(now, out);
                        }
                        self.pump(now, out);
                    }
                    Err(failure) => self.not_taken(failure, now, out),
                }
            }
            Outcome::Typed(outcome) => {
                let Open::Room(live) = &mut self.open else { return };
                match outcome {
                    Ok(()) => {
                        live.kept(&mut out.answers);
                        self.pump(now, out);
                    }
                    Err(failure) => self.not_taken(failure, now, out),
                }
            }
            Outcome::SamplesKept { number, outcome } => self.samples_kept(number, outcome),
            Outcome::SamplesTurned { number, outcome } => self.samples_turned(number, outcome, now, out),
            Outcome::Sealed(outcome) => {
                let outcome = outcome.map_err(|failure| {
                    let why = self.words(&failure, To::Seal);
                    problem(ProblemCode::Refused, format!("The log is kept, but its seal is not: {why}"))
                });
                self.note(&outcome);
            }
            Outcome::SheetWritten(outcome) => {
                let was_missing = std::mem::replace(&mut self.is_sheet_missing, outcome.is_err());
                if !was_missing {
                    self.note(&outcome.map_err(|message| problem(ProblemCode::Refused, message)));
                }
            }
            Outcome::Followed(outcome) => {
                if let Open::Room(live) = &mut self.open {
                    live.followed(outcome, &self.laptop);
                }
            }
            Outcome::Left => out.answers.extend(self.quitting.take().map(|reply| (reply, Ok(())))),
            Outcome::Listed(rooms) => self.rooms = rooms,
        }
    }

    fn made(&mut self, number: u64, outcome: Result<Box<Entered>, Failure>, now: Timestamp, out: &mut Out) {
        let Some(entering) = self.entering.take_if(|entering| entering.number == number) else { return };
        let live = outcome.map_err(|failure| self.not_made(&failure)).and_then(|entered| {
            // What was read need not be read again.
            let room = match &self.open {
                Open::Opening(opening) => entered.events.first().and_then(|first| opening.room(first)),
                Open::Nothing | Open::Room(_) => None,
            };
            self.live(*entered, room, now)
        });
        let outcome = live.map(|mut live| {
            let effects = live.follow_ups(0);
            follow(&effects, now, out);
            self.show(live, out);
            self.pump(now, out);
        });
        self.note(&outcome);
        out.answers.extend(entering.reply.map(|reply| (reply, outcome)));
    }

    fn entered(&mut self, number: u64, outcome: Result<Option<Box<Entered>>, Failure>, now: Timestamp, out: &mut Out) {
        // From the score the drill's own room is entered, which is open already.
        if matches!(&outcome, Ok(Some(_))) || outcome.is_ok() && self.drill_is_over() {
            self.forget_drill(out);
        }
        let Some(entering) = self.entering.take_if(|entering| entering.number == number) else { return };
        let live = outcome.map_err(|failure| self.not_entered(&failure)).and_then(|entered| match entered {
            Some(entered) => self.live(*entered, None, now).map(Some),
            None => Ok(None),
        });
        let outcome = match live {
            Ok(live) => {
                if let Some(mut live) = live {
                    if let (true, Open::Room(before)) = (entering.anew, &self.open) {
                        live.looking.proof.go_on_from(&before.looking.proof);
                        // Who looked at the review still does, and will not say so again.
                        live.looking.sought = before.looking.sought.clone();
                    }
                    let told = live.looking.proof.told_with_it.take();
                    self.show(live, out);
                    self.problem = told;
                    self.read_what_is_behind(entering.number, out);
                    self.prove(out);
                    self.pump(now, out);
                }
                Ok(())
            }
            Err(problem) => {
                if entering.anew {
                    // The disk has let go of it: nothing could be written here any more.
                    self.leave(now, out);
                }
                self.cannot_be_opened(problem.clone(), entering.origin, out);
                out.job(Job::List);
                Err(problem)
            }
        };
        out.answers.extend(entering.reply.map(|reply| (reply, outcome)));
    }

    fn live(&self, entered: Entered, room: Option<Room>, now: Timestamp) -> Result<Live, Problem> {
        let shown = self.laptop.paths.shown(&entered.path);
        Live::of(entered, room, &self.laptop, self.drill.is_some(), now)
            .ok_or_else(|| problem(ProblemCode::Unreadable, format!("{shown} does not begin as a room does.")))
    }

    fn show(&mut self, live: Live, out: &mut Out) {
        self.forget_watch(out);
        out.effects.push(live.window_title());
        self.open = Open::Room(Box::new(live));
        self.problem = None;
        self.is_sheet_missing = false;
    }

    fn not_made(&self, failure: &Failure) -> Problem {
        problem(ProblemCode::NotSaved, format!("The room could not be made: {}", self.words(failure, To::Make)))
    }

    fn not_entered(&self, failure: &Failure) -> Problem {
        problem(ProblemCode::Unreadable, self.words(failure, To::Read))
    }

    pub(super) fn words(&self, failure: &Failure, to: To) -> String {
        let shown = failure.path().map(|path| self.laptop.paths.shown(path)).unwrap_or_default();
        failure.words(to, &shown)
    }
}

impl Away {
    fn into_reply(self) -> Option<Reply> {
        match self {
            Self::Start(reply) | Self::Room { reply, .. } => reply,
            Self::End(reply) => Some(reply),
            Self::Opening(_) => None,
        }
    }
}

/// Whether an event of a person changes what is armed, met or asked for. What the watch itself found does not wake it.
fn turns_the_watch(event: &room::Event) -> bool {
    use room::Event::{
        AlertAcknowledged, AlertSilenced, BindingAccepted, BindingDropped, Confirmed, DeadlineExtended, Deferred,
        GateEntered, GateOverridden, GatePassed, NotApplicable, Overridden, PlanReread, ScheduleChanged, SilenceLifted,
        Stated, Undone, UnitConfirmed,
    };
    matches!(
        event,
        AlertAcknowledged { .. }
            | AlertSilenced { .. }
            | BindingAccepted(_)
            | BindingDropped { .. }
            | Confirmed { .. }
            | DeadlineExtended { .. }
            | Deferred { .. }
            | GateEntered { .. }
            | GateOverridden { .. }
            | GatePassed { .. }
            | NotApplicable { .. }
            | Overridden { .. }
            | PlanReread(_)
            | ScheduleChanged(_)
            | SilenceLifted { .. }
            | Stated { .. }
            | Undone { .. }
            | UnitConfirmed { .. }
    )
}

/// The phase that a person wants to see on entering: of those that have begun and whose end is known and still to come,
/// the shortest (the first day lies inside the first week), the last of equals; else the last that has begun; else the
/// first.
pub(super) fn phase_at(plan: &Plan, resolved: &Resolved, now: Timestamp) -> Option<SectionId> {
    let begun: Vec<_> = plan
        .phases
        .iter()
        .zip(&resolved.phases)
        .filter_map(|(phase, span)| Some((phase, span.start.filter(|start| *start <= now)?, span.end)))
        .collect();
    let running = begun
        .iter()
        .rev()
        .filter_map(|(phase, start, end)| Some((phase, end.filter(|end| now < *end)?.duration_since(*start))))
        .min_by_key(|(_, length)| *length);
    let chosen = running.map(|(phase, _)| *phase).or(begun.last().map(|(phase, _, _)| *phase));
    chosen.or(plan.phases.first()).map(|phase| phase.section.clone())
}

/// What must follow outside of the room. The sheet is written when nobody waits for the disk.
pub(super) fn follow(effects: &[room::Effect], now: Timestamp, out: &mut Out) {
    if effects.contains(&room::Effect::Seal) {
        out.job(Job::Seal { now });
    }
}
