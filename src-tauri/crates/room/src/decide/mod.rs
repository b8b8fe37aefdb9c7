//! Whether an intent may be, and what happens if it is. One module a subject.
//!
//! Pure: the same room, intent, sight and time always give the same answer; nothing changes before the journal has the event.

mod after;
mod alert;
mod attempt;
mod contact;
mod correct;
mod evidence;
mod gate;
mod handoff;
mod item;
mod message;
mod people;
mod probe;
mod reread;
mod rollback;
mod schedule;

pub use alert::LONGEST_SILENCE_MIN;
pub use item::asks_what_was_seen;
pub use reread::reread_obstacle;
pub use schedule::Wanted;

use std::collections::HashMap;

use jiff::Timestamp;
use plan::ItemId;

use crate::alert::{AlertId, Seen};
use crate::closing::left_open;
use crate::event::{Event, RoomClosed, RoundReading};
use crate::gate::ConditionRead;
use crate::intent::Intent;
use crate::refusal::Refusal;
use crate::state::Room;

/// What an intent comes to: an event with the time at which it occurred, which is `now` unless a person named an
/// earlier one.
pub type Decision = Result<(Event, Timestamp), Refusal>;

/// What is seen at the moment of the decision, where a decision rests on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sight {
    /// The gate that was entered and not passed, as its conditions stand now.
    pub gate: Option<GateSight>,
    /// The checks that a signal sees now: whether it is met, and in which words.
    pub items: HashMap<ItemId, (bool, String)>,
    /// What each alert shows now, where it is seen.
    pub alerts: HashMap<AlertId, Seen>,
    /// The live value of each metric, as it came.
    pub values: HashMap<String, f64>,
    /// What each signal shows now, in words, those that show nothing among them.
    pub readings: Vec<RoundReading>,
}

/// A gate as its conditions stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateSight {
    /// The gate's item.
    pub gate: ItemId,
    /// Its conditions.
    pub conditions: Vec<ConditionRead>,
    /// How long it has been held, in milliseconds of seen time.
    pub held_ms: u64,
    /// Whether that is as long as the plan wants, and every condition is met now.
    pub is_held: bool,
    /// Whether any of it rests on a person's word.
    pub on_word: bool,
    /// How much of it was proven only afterwards, in milliseconds.
    pub fetched_ms: u64,
}

/// Decides.
///
/// # Errors
/// The refusal, whose sentence says what to do instead.
pub fn decide(room: &Room, intent: &Intent, sight: &Sight, now: Timestamp) -> Decision {
    let allowed_when_closed = matches!(
        intent,
        Intent::Note { .. }
            | Intent::NoteLesson { .. }
            | Intent::Reopen { .. }
            | Intent::NamePerson(_)
            | Intent::ChooseActor { .. }
    );
    if room.closed().is_some() && !allowed_when_closed {
        return Err(Refusal::RoomClosed);
    }
    let event = match intent {
        Intent::State { item, saw } => item::state(room, item, saw.as_deref(), sight)?,
        Intent::Answer { item, answer, values } => item::answer(room, item, answer.as_deref(), values, sight)?,
        Intent::Confirm { item } => item::confirm(room, item, sight)?,
        Intent::ConfirmSection { section } => item::confirm_section(room, section)?,
        Intent::Override { item, reason } => item::override_it(room, item, reason, sight)?,
        Intent::Defer { item, to, reason } => item::defer(room, item, to, reason)?,
        Intent::NotApplicable { item, reason } => item::not_applicable(room, item, reason)?,
        Intent::AddEvidence { item, evidence } => evidence::add(room, item, evidence)?,
        Intent::Undo { item } => item::undo(room, item.as_ref())?,
        Intent::NamePerson(person) => people::name(room, person)?,
        Intent::ChooseActor { initials } => people::choose(room, initials)?,
        Intent::FillContact { contact, name, phone, mail, chat, pager } => {
            contact::fill(room, contact, name, [phone, mail, chat, pager])?
        }
        Intent::ProveContact { contact, way, words } => contact::prove(room, contact, *way, words)?,
        Intent::AddContact { role, name, phone, mail } => contact::add(room, [role, name, phone, mail])?,
        Intent::TryContact { contact, way, answered, words, about } => {
            contact::tried(room, contact, *way, *answered, words, about.as_ref())?
        }
        Intent::FillChannel { channel, target } => contact::channel(room, channel, target)?,
        Intent::KeepDraft { draft, message, to, subject, body } => {
            message::keep(room, *draft, message.as_ref(), [to, subject, body])?
        }
        Intent::DropDraft { draft } => message::drop_it(room, *draft)?,
        Intent::MarkSent { draft, to, at } => return message::sent(room, *draft, to, *at, now),
        Intent::Acknowledge { alert, note } => alert::acknowledge(room, alert, note, sight)?,
        Intent::Silence { alert, until, reason } => alert::silence(room, alert, *until, reason, (sight, now))?,
        Intent::LiftSilence { alert, reason } => alert::lift(room, alert, reason, (sight, now))?,
        Intent::ExtendDeadline { alert, until, reason } => alert::extend(room, alert, *until, reason, now)?,
        Intent::EnterGate { gate } => gate::enter(room, gate)?,
        Intent::PassGate { gate } => gate::pass(room, gate, sight)?,
        Intent::OverrideGate { gate, reason } => gate::override_it(room, gate, reason, sight)?,
        Intent::GoBack { gate, reason } => gate::go_back(room, gate, reason, sight)?,
        Intent::RollBack { criterion, reason, way } => rollback::begin(room, criterion.as_ref(), reason, *way)?,
        Intent::Rehearse { way } => attempt::rehearse(room, *way)?,
        Intent::BeginAttempt { start, reason } => attempt::begin(room, *start, reason, now)?,
        Intent::ChooseWay { way, reason } => rollback::choose_way(room, *way, reason)?,
        Intent::StateStep { step, worked, result } => rollback::state_step(room, step, *worked, result)?,
        Intent::Tell { whom, answered, words } => rollback::tell(room, whom, *answered, words)?,
        Intent::DeclareRolledBack => rollback::declare(room)?,
        Intent::StandDown { reason } => rollback::stand_down(room, reason)?,
        Intent::ConfirmUnit { metric, unit } => alert::confirm_unit(room, metric, *unit, sight)?,
        Intent::ArmCommand { probe, digest } => probe::arm(room, probe, digest)?,
        Intent::DisarmCommand { probe } => probe::disarm(room, probe)?,
        Intent::AcceptBinding { proposal, digest } => probe::accept(room, proposal, digest)?,
        Intent::DropBinding { proposal } => probe::drop_it(room, proposal)?,
        Intent::AnswerTest { seen } => alert::answer_test(room, *seen)?,
        Intent::Reread { text, settings, reader } => reread::accept(room, text, settings.as_deref(), reader)?,
        Intent::ChangeSchedule { wanted, reason, shown } => schedule::change(room, wanted, reason, shown, now)?,
        Intent::DeclareGoLive { reason } => after::go_live(room, reason)?,
        Intent::DeclareSuccess { reason } => after::success(room, reason, now)?,
        Intent::TickRound { round, item, said } => after::tick(room, round, item, said, (sight, now))?,
        Intent::UntickRound { round, item } => after::take_back(room, round, item)?,
        Intent::ExplainRounds { reason } => after::explain(room, reason, now)?,
        Intent::HandOver { to } => handoff::hand_over(room, to)?,
        Intent::TakeOver { by } => handoff::take_over(room, by, sight)?,
        Intent::WithdrawHandover => handoff::withdraw(room)?,
        Intent::NoteLesson { text } => Event::LessonNoted { text: said(text, "what was learned")? },
        Intent::Note { text, at } => return note(text, *at, now),
        Intent::Correct { event, right, why, at } => return correct::correct(room, *event, [right, why], *at, now),
        Intent::Close { outcome } => {
            let outcome = said(outcome, "how it ended")?;
            Event::Closed(Box::new(RoomClosed { outcome, open: left_open(room, now) }))
        }
        Intent::Reopen { reason } => {
            let reason = said(reason, "why")?;
            if room.closed().is_none() {
                return Err(Refusal::RoomOpen);
            }
            Event::Reopened { reason }
        }
    };
    Ok((event, now))
}

fn note(text: &str, at: Option<Timestamp>, now: Timestamp) -> Decision {
    let text = said(text, "what the note is")?;
    Ok((Event::Noted { text }, not_ahead(at, now)?))
}

/// A time that a person names lies not ahead.
fn not_ahead(at: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, Refusal> {
    match at {
        Some(at) if at > now => Err(Refusal::InFuture),
        Some(at) => Ok(at),
        None => Ok(now),
    }
}

/// Words without blanks around them; refused where there are none.
fn said(words: &str, what: &'static str) -> Result<String, Refusal> {
    let words = words.trim();
    if words.is_empty() { Err(Refusal::Missing(what)) } else { Ok(words.to_owned()) }
}

#[cfg(test)]
mod tests;
