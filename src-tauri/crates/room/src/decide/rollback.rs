//! The way back: decided by a deliberate act, walked step by step, declared done on its marks.

use plan::{CriterionId, ItemId};

use super::said;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::rollback::{RollbackState, can_be_told, has_step};
use crate::state::{Room, Standing};

/// A person decides to roll back: from any moment, with a criterion of the plan or a reason of their own.
pub(super) fn begin(room: &Room, criterion: Option<&CriterionId>, reason: &str, way: u32) -> Result<Event, Refusal> {
    if running(room).is_ok_and(|rollback| !rollback.is_rehearsal) {
        return Err(Refusal::Already("being rolled back"));
    }
    let known = room.plan().criteria.iter().find(|known| Some(&known.id) == criterion);
    if criterion.is_some() && known.is_none() {
        return Err(Refusal::Unknown("criterion"));
    }
    let reason = match (said(reason, "why"), known) {
        (Ok(reason), _) => reason,
        (Err(_), Some(known)) => known.text.clone(),
        (Err(refusal), None) => return Err(refusal),
    };
    has_way(room, way)?;
    Ok(Event::RollbackBegan { criterion: criterion.cloned(), reason, way })
}

/// Another way is taken.
pub(super) fn choose_way(room: &Room, way: u32, reason: &str) -> Result<Event, Refusal> {
    let rollback = running(room)?;
    has_way(room, way)?;
    if rollback.way() == way {
        return Err(Refusal::Already("on that way"));
    }
    Ok(Event::WayChosen { way, reason: said(reason, "why")? })
}

/// A person says how a step went. One that failed needs what was seen.
pub(super) fn state_step(room: &Room, step: &str, worked: bool, result: &str) -> Result<Event, Refusal> {
    running(room)?;
    if !has_step(room.plan(), step) {
        return Err(Refusal::Unknown("step of a way back"));
    }
    let result = if worked { result.trim().to_owned() } else { said(result, "what you saw")? };
    Ok(Event::StepStated { step: step.to_owned(), worked, result })
}

/// Somebody was told.
pub(super) fn tell(room: &Room, whom: &str, answered: bool, words: &str) -> Result<Event, Refusal> {
    if room.rollback().is_none() {
        return Err(Refusal::NoRollback);
    }
    if !can_be_told(room, whom) {
        return Err(Refusal::Unknown("contact, channel or message"));
    }
    Ok(Event::Told { whom: whom.to_owned(), answered, words: words.trim().to_owned() })
}

/// It is rolled back: every mark is true, and a person says so.
pub(super) fn declare(room: &Room) -> Result<Event, Refusal> {
    running(room)?;
    let open: Vec<String> = open_marks(room);
    if open.is_empty() { Ok(Event::RolledBack) } else { Err(Refusal::MarksOpen { marks: open }) }
}

/// The rollback is stopped.
pub(super) fn stand_down(room: &Room, reason: &str) -> Result<Event, Refusal> {
    running(room)?;
    Ok(Event::StoodDown { reason: said(reason, "why")? })
}

fn running(room: &Room) -> Result<&RollbackState, Refusal> {
    room.rollback().filter(|rollback| rollback.is_running()).ok_or(Refusal::NoRollback)
}

pub(super) fn has_way(room: &Room, way: u32) -> Result<(), Refusal> {
    let ways = room.plan().rollback.ways.len();
    let is_there = match way {
        0 => ways == 0,
        number => usize::try_from(number).is_ok_and(|number| number <= ways),
    };
    if is_there { Ok(()) } else { Err(Refusal::Unknown("way back")) }
}

/// The marks of a successful rollback that are neither true nor set aside with a reason.
fn open_marks(room: &Room) -> Vec<String> {
    let is_open = |id: &&ItemId| {
        let standing = room.standing(id);
        !standing.is_settled() || matches!(standing, Standing::Deferred { .. })
    };
    let open = room.plan().rollback.success.iter().filter(is_open);
    open.filter_map(|id| room.plan().item(id)).map(|item| item.text.to_string()).collect()
}
