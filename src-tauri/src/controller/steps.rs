//! The turns of the line: what each is decided to be when its time has come.
//!
//! Owns: from what was asked to what goes to disk. Must not know: what the disk makes of it.

use jiff::Timestamp;

use super::line::{Away, Cargo, Turn};
use super::live::Live;
use super::watch::all_acknowledged;
use super::{Answers, Reply, asked, problem, refused};
use crate::rooms::Job;
use crate::watching::WATCH;
use crate::wire::project;
use crate::wire::{Act, Problem, ProblemCode};

/// What comes of a turn.
#[derive(Debug)]
pub(super) enum Step {
    /// Something goes to disk.
    Job(Job),
    /// It was refused; there is no reply where whoever asked has an answer already.
    Refused(Vec<Reply>, Problem),
    /// The room is to be left.
    Away(Away),
}

impl Live {
    /// Takes in what is asked; it takes its turn with [`Live::step`].
    pub(super) fn ask(&mut self, act: Act, reply: Reply, answers: &mut Answers) {
        if !self.reading_only.is_empty() {
            answers.push((reply, Err(refused(&self.reading_only))));
            return;
        }
        let turn = match act {
            Act::Typing { name, text } => Turn::Typing { name, text, replies: vec![reply] },
            act => Turn::Act { act, reply: Some(reply) },
        };
        self.line.join(turn, answers);
    }

    /// The next thing to be done, where nothing is on its way to disk.
    pub(super) fn step(&mut self, login: &str, now: Timestamp) -> Option<Step> {
        let said = |why: String| problem(ProblemCode::Refused, why);
        Some(match self.line.next()? {
            Turn::Away(away) => Step::Away(away),
            Turn::Act { act: Act::AcknowledgeAll, reply } => {
                let replies: Vec<Reply> = reply.into_iter().collect();
                let events = all_acknowledged(&self.room, &self.sight(now), now);
                if events.is_empty() {
                    return Some(Step::Refused(replies, said("There is nothing to acknowledge.".to_owned())));
                }
                let actor = self.room.actor().unwrap_or(login).to_owned();
                Step::Job(self.line.send(Cargo::Events { events, actor, clears: None }, replies, now))
            }
            Turn::Act { act, reply } => {
                let replies: Vec<Reply> = reply.into_iter().collect();
                let intent = match &act {
                    Act::AcceptReread { digest } => self.accepted(digest),
                    Act::TakeWhatIf { what_if, reason } => self.taken(what_if, reason, now),
                    Act::DraftWindowNotice { until } => self.window_notice(until, now),
                    Act::StartUpdate => {
                        Ok(project::hourly_update(&self.room, self.seeing(now).as_ref(), &self.head(), now))
                    }
                    act => asked::asked(&self.room, &self.typed, act, now),
                };
                let decided = intent.and_then(|intent| {
                    room::decide(&self.room, &intent, &self.sight(now), now).map_err(|refusal| refusal.to_string())
                });
                match decided {
                    Err(why) => Step::Refused(replies, said(why)),
                    Ok((event, occurred_at)) => {
                        let actor = event.signer().or(self.room.actor()).unwrap_or(login).to_owned();
                        let events = vec![(event, occurred_at)];
                        let cargo = Cargo::Events { events, actor, clears: asked::clears(&act) };
                        Step::Job(self.line.send(cargo, replies, now))
                    }
                }
            }
            Turn::Move { intent, actor } => match room::decide(&self.room, &intent, &self.sight(now), now) {
                // What a made-up person may not, nobody needs to hear of.
                Err(_) => return self.step(login, now),
                Ok((event, occurred_at)) => {
                    let events = vec![(event, occurred_at)];
                    let cargo = Cargo::Events { events, actor: actor.into_owned(), clears: None };
                    Step::Job(self.line.send(cargo, Vec::new(), now))
                }
            },
            Turn::Found { event, occurred_at } => {
                let mut events = vec![(event, occurred_at)];
                events.extend(self.line.found_as_well());
                let cargo = Cargo::Events { events, actor: WATCH.to_owned(), clears: None };
                Step::Job(self.line.send(cargo, Vec::new(), now))
            }
            Turn::Typing { name, text, replies } => match asked::may_type(&self.room, &name, &text) {
                Err(why) => Step::Refused(replies, said(why)),
                Ok(()) => Step::Job(self.line.send(Cargo::Typed { name, text }, replies, now)),
            },
        })
    }
}
