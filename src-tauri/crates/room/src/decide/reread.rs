//! A checklist that was read again: accepted as a whole, or refused where something that runs would lose its ground.

use plan::{Carry, Difference, Plan};

use crate::event::Event;
use crate::refusal::Refusal;
use crate::reread::{Carried, Reread};
use crate::rollback::RollbackState;
use crate::state::Room;

/// A person accepts the checklist as it is now. What runs keeps its clock: a hold goes on with its gate, a deadline with
/// its alert. A gate that is held and a way that is taken cannot go: whoever walks it would be left without.
pub(super) fn accept(room: &Room, text: &str, settings: Option<&str>, reader: &str) -> Result<Event, Refusal> {
    if text == room.text() && settings == room.settings() {
        return Err(Refusal::NothingReread);
    }
    let config = settings.map(|text| plan::config::parse(text).0).unwrap_or_default();
    let (plan, _) = plan::read(text, &config);
    let difference = plan::compare(room.plan(), &plan);
    if let Some(refusal) = reread_obstacle(room, &plan, &difference) {
        return Err(refusal);
    }
    let carried = difference.carried().into_iter().map(|Carry { from, to }| Carried { from, to }).collect();
    let ways = difference.ways();
    Ok(Event::PlanReread(Box::new(Reread {
        text: text.to_owned(),
        settings: settings.map(str::to_owned),
        start: start(room, &plan),
        reader: reader.to_owned(),
        carried,
        ways,
    })))
}

/// Why a newer plan could not be accepted now; `None` where it could. A person who looks at the difference hears it
/// before they press.
#[must_use]
pub fn reread_obstacle(room: &Room, plan: &Plan, difference: &Difference) -> Option<Refusal> {
    if let Some(gate) = room.current_gate() {
        let carried = difference.carried();
        let now = carried.iter().find(|carried| carried.from == gate.item.as_str());
        let now = now.map_or(Some(gate.item.as_str()), |carried| carried.to.as_deref());
        if !now.is_some_and(|id| plan.gates.iter().any(|gate| gate.item.as_str() == id)) {
            return Some(Refusal::HeldGateGone { gate: gate.text.clone() });
        }
    }
    let way = room.rollback().filter(|rollback| rollback.is_running()).map(RollbackState::way)?;
    let is_gone = way != 0 && !difference.ways().iter().any(|(before, _)| *before == way);
    is_gone.then(|| Refusal::WayGone { way, text: way_text(room.plan(), way) })
}

/// T0 goes with the text: by as much as the text's own T0 moved, so that every other date stays where the text has it.
fn start(room: &Room, plan: &Plan) -> jiff::civil::DateTime {
    let proposals = room.plan().start.start.zip(plan.start.start);
    let moved = proposals.map(|(before, now)| now.duration_since(before));
    moved.and_then(|moved| room.start().checked_add(moved).ok()).unwrap_or_else(|| room.start())
}

fn way_text(plan: &Plan, way: u32) -> String {
    let at = usize::try_from(way).ok().and_then(|way| way.checked_sub(1));
    at.and_then(|at| plan.rollback.ways.get(at)).map(|way| way.text.clone()).unwrap_or_default()
}
