//! After the deployment: go-live, rounds, lessons.

use jiff::Timestamp;
use plan::ItemId;

use super::{Sight, said};
use crate::event::{
    Event, GoLiveDeclared, RoundFinished, RoundKey, RoundSaid, RoundTicked, RoundsExplained, SuccessDeclared,
};
use crate::go_live::speaks_against;
use crate::refusal::Refusal;
use crate::routine::{Rhythm, RoundState, Timetable};
use crate::state::{Mode, Room};
use crate::success::{SuccessStanding, success_lines, success_open};

/// A named person declares go-live: after the first act of deployment, once, and with a reason where something speaks
/// against it.
pub(super) fn go_live(room: &Room, reason: &str) -> Result<Event, Refusal> {
    match room.mode() {
        Mode::Prepare => return Err(Refusal::NothingDeployed),
        Mode::RollingBack => return Err(Refusal::RollbackRuns),
        Mode::RolledBack => return Err(Refusal::IsRolledBack),
        Mode::Watch => return Err(Refusal::Already("declared live")),
        Mode::Live | Mode::Closed => {}
    }
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    let against = speaks_against(room);
    let reason = reason.trim();
    if against.wants_reason() && reason.is_empty() {
        return Err(Refusal::SpeaksAgainst { open: against.grave() });
    }
    Ok(Event::GoLiveDeclared(Box::new(GoLiveDeclared { reason: reason.to_owned(), open: against.all() })))
}

/// A named person declares success: after go-live, once, and with a reason where something is not met.
pub(super) fn success(room: &Room, reason: &str, now: Timestamp) -> Result<Event, Refusal> {
    match room.mode() {
        Mode::RollingBack => return Err(Refusal::RollbackRuns),
        Mode::RolledBack => return Err(Refusal::IsRolledBack),
        Mode::Prepare | Mode::Live | Mode::Closed => return Err(Refusal::NoSuccessBeforeGoLive),
        Mode::Watch => {}
    }
    if room.succeeded().is_some() {
        return Err(Refusal::Already("declared successful"));
    }
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    let open = success_open(room, now);
    let reason = reason.trim();
    if !open.is_empty() && reason.is_empty() {
        return Err(Refusal::SpeaksAgainst { open });
    }
    let met = success_lines(room, now).into_iter().filter(|line| line.standing.is_met()).map(|line| {
        let how = match line.standing {
            SuccessStanding::OnWord => "on word",
            SuccessStanding::NotApplicable => "not applicable",
            _ => "observed",
        };
        format!("{}: {how}", line.text)
    });
    let met = met.collect();
    Ok(Event::SuccessDeclared(Box::new(SuccessDeclared { reason: reason.to_owned(), met, open })))
}

/// A person settles a check of a round; the last one finishes it.
pub(super) fn tick(
    room: &Room,
    round: &RoundKey,
    id: &ItemId,
    said_of_it: &RoundSaid,
    (sight, now): (&Sight, Timestamp),
) -> Result<Event, Refusal> {
    let table = table(room, round)?;
    let is_handoff = table.rhythm == Rhythm::Handoff;
    let when = if is_handoff { room.handoff_round(&table) } else { table.at(round.due) };
    let when = when.filter(|when| when.due == round.due).ok_or(Refusal::Unknown("round"))?;
    if !table.items.contains(id) {
        return Err(Refusal::Unknown("check of this round"));
    }
    if !Room::may_begin(&table, when, now) {
        return Err(Refusal::RoundAhead { grace_min: table.grace().as_mins() });
    }
    let empty = RoundState::default();
    let state = room.afterwards().round(round).unwrap_or(&empty);
    if state.mark(id).is_some() {
        return Err(Refusal::Already("settled in this round"));
    }
    let said_of_it = settled(room, id, said_of_it, sight)?;
    let others_are_settled = table.items.iter().all(|item| item == id || state.mark(item).is_some());
    // A handoff is finished by its second signature.
    let finished = (others_are_settled && !is_handoff).then(|| RoundFinished {
        late_s: u64::try_from(Room::late_by(&table, when, now).as_secs()).unwrap_or(0),
        readings: sight.readings.clone(),
    });
    let ticked = RoundTicked { round: round.clone(), item: id.clone(), said: said_of_it, finished };
    Ok(Event::RoundTicked(Box::new(ticked)))
}

/// Whether this may be said of a check in a round, with blanks cut off.
fn settled(room: &Room, id: &ItemId, said_of_it: &RoundSaid, sight: &Sight) -> Result<RoundSaid, Refusal> {
    let item = room.plan().item(id).ok_or(Refusal::Unknown("check"))?;
    let saw = match said_of_it {
        RoundSaid::Overridden { reason } => return Ok(RoundSaid::Overridden { reason: said(reason, "why")? }),
        RoundSaid::Deferred { reason } => return Ok(RoundSaid::Deferred { reason: said(reason, "why")? }),
        RoundSaid::NotApplicable { reason } => return Ok(RoundSaid::NotApplicable { reason: said(reason, "why")? }),
        RoundSaid::Done { saw } => saw.as_deref().map(str::trim).filter(|saw| !saw.is_empty()).map(str::to_owned),
    };
    if let Some((false, seen)) = sight.items.get(id) {
        return Err(Refusal::SeenOtherwise { seen: seen.clone() });
    }
    // An answer or a blank is said in words here: a round has no form of its own for them.
    if saw.is_none() && (!item.choices.is_empty() || !item.fields.is_empty()) {
        return Err(Refusal::Missing("what it asks for"));
    }
    super::item::meets_its_limit(room, item, saw.as_deref())?;
    Ok(RoundSaid::Done { saw })
}

/// The last word on a check of a round is taken back.
pub(super) fn take_back(room: &Room, round: &RoundKey, id: &ItemId) -> Result<Event, Refusal> {
    table(room, round)?;
    let mark = room.afterwards().round(round).and_then(|state| state.mark(id)).ok_or(Refusal::NothingToUndo)?;
    Ok(Event::Undone { event: mark.event })
}

/// A person says why rounds were missed: of all that nobody explained.
pub(super) fn explain(room: &Room, reason: &str, now: Timestamp) -> Result<Event, Refusal> {
    let runs = room.missed(now).runs;
    if runs.is_empty() {
        return Err(Refusal::NothingMissed);
    }
    Ok(Event::RoundsExplained(Box::new(RoundsExplained { runs, reason: said(reason, "why")? })))
}

fn table(room: &Room, round: &RoundKey) -> Result<Timetable, Refusal> {
    if room.went_live().is_none() {
        return Err(Refusal::NotLive);
    }
    let mut tables = room.timetables().into_iter();
    tables.find(|table| table.key == round.routine).ok_or(Refusal::Unknown("routine"))
}
