//! Checks: stated, confirmed, overridden, deferred, not applicable, and taken back.

use std::collections::HashSet;

use plan::{Criterion, Item, ItemId, SectionId};

use super::{Sight, said};
use crate::event::Event;
use crate::pods;
use crate::refusal::Refusal;
use crate::said::{Answer, Asked, Meaning, Said, Value, label, limit_of, meaning};
use crate::state::{Room, Standing};

/// A person says that a check is done. A check with a limit needs what was seen, and what was seen must meet the limit;
/// what was seen fills the only blank of a check.
pub(super) fn state(room: &Room, id: &ItemId, saw: Option<&str>, sight: &Sight) -> Result<Event, Refusal> {
    let item = known(room, id)?;
    let saw = saw.map(str::trim).filter(|saw| !saw.is_empty()).map(str::to_owned);
    let said = match (item.choices.as_slice(), item.fields.as_slice(), saw) {
        ([], [only], Some(value)) => {
            Said { values: vec![Value { field: only.text.clone(), value }], ..Said::default() }
        }
        (_, _, saw) => Said { saw, ..Said::default() },
    };
    say(room, item, said, sight)
}

/// A person gives one of a check's answers, and fills its blanks.
pub(super) fn answer(
    room: &Room,
    id: &ItemId,
    answer: Option<&str>,
    values: &[Value],
    sight: &Sight,
) -> Result<Event, Refusal> {
    let item = known(room, id)?;
    let answer = answer.map(str::trim).filter(|answer| !answer.is_empty());
    let answer = answer.map(|words| Answer { words: words.to_owned(), means: meaning(words) });
    let value = |Value { field, value }: &Value| Value { field: field.clone(), value: value.trim().to_owned() };
    say(room, item, Said { saw: None, answer, values: values.iter().map(value).collect() }, sight)
}

/// Whether this may be said of a check now.
fn say(room: &Room, item: &Item, said: Said, sight: &Sight) -> Result<Event, Refusal> {
    let id = &item.id;
    let means = said.answer.as_ref().map_or(Meaning::Done, |answer| answer.means);
    let before = room.item(id).and_then(|state| state.marks.last()).and_then(|mark| mark.said.as_ref());
    let is_same_answer = before.is_some_and(|before| before.answer == said.answer);
    match room.standing(id) {
        // A condition's word runs out, and may be given again; of anything else it is enough to say it once.
        Standing::Stated { .. } if (said.answer.is_none() || is_same_answer) && !is_open_condition(room, id) => {
            return Err(Refusal::Already("stated as done"));
        }
        Standing::AnsweredNo { .. } | Standing::NotApplicable { .. } if is_same_answer => {
            return Err(Refusal::Already("answered so"));
        }
        Standing::Observed { .. } if means == Meaning::Done => return Err(Refusal::Already("observed as done")),
        _ => {}
    }
    if room.plan().gates.iter().any(|gate| gate.item == *id) {
        return Err(Refusal::PassTheGate);
    }
    if room.plan().gates.iter().any(|gate| gate.hold_item.as_ref() == Some(id)) {
        return Err(Refusal::HoldTicksItself);
    }
    if let Some((false, seen)) = sight.items.get(id)
        && means == Meaning::Done
    {
        return Err(Refusal::SeenOtherwise { seen: seen.clone() });
    }
    if means == Meaning::Done {
        nothing_open_below(room, item)?;
    }
    // NO-GO may be said of what is still to come.
    if let Some(gate) = room.plan().gates.iter().find(|gate| gate.conditions.contains(id))
        && means != Meaning::NoGo
        && room.gate(&gate.item).is_none_or(|state| state.passed.is_none())
    {
        if let Some(next) = room.next_gate().filter(|next| next.item != gate.item) {
            return Err(Refusal::EarlierGate { gate: next.text.clone() });
        }
        // Whoever says how a condition is says that its share of the traffic is there.
        super::gate::no_way_back(room)?;
    }
    says_all(item, &said)?;
    if means == Meaning::Done {
        how_you_know(room, item, said.words().is_some())?;
    }
    if let Some(pods) = pods::asked(room.plan(), item) {
        let Some(saw) = said.measured() else { return Err(Refusal::SayHowMany { condition: item.text.to_string() }) };
        pods.hold_against(saw)?;
    } else {
        meets_its_limit(room, item, said.measured()).map_err(|refusal| match refusal {
            Refusal::LimitNotMet { saw, limit } if room.is_of_a_gate(id) => {
                Refusal::ConditionNotMet { saw, condition: limit }
            }
            other => other,
        })?;
    }
    let Said { saw, answer, values } = said;
    Ok(Event::Stated { item: id.clone(), saw, answer, values })
}

/// Whether what was seen meets the limit of a check, where it has one.
pub(super) fn meets_its_limit(room: &Room, item: &Item, saw: Option<&str>) -> Result<(), Refusal> {
    let Some(criterion) = limit_of(room.plan(), item) else { return Ok(()) };
    let Some(saw) = saw else { return Err(Refusal::SayWhatYouSaw { limit: criterion.text.clone() }) };
    hold_against(criterion, saw)
}

/// A check is not done while one below it is open.
fn nothing_open_below(room: &Room, item: &Item) -> Result<(), Refusal> {
    let open: Vec<String> = room.open_below(item).into_iter().map(|open| open.text.to_string()).collect();
    if open.is_empty() { Ok(()) } else { Err(Refusal::OpenBelow { open }) }
}

/// A mark of the way back that is taken wants words, whatever the source ticked before the day.
fn how_you_know(room: &Room, item: &Item, has_words: bool) -> Result<(), Refusal> {
    if !has_words && room.asks_how_you_know(item) {
        return Err(Refusal::SayHowYouKnow { mark: item.text.to_string() });
    }
    Ok(())
}

/// Whether it gives one of the answers, where there are some, and fills every blank.
fn says_all(item: &Item, said: &Said) -> Result<(), Refusal> {
    let answers = || item.choices.iter().map(|choice| choice.text.clone()).collect();
    match &said.answer {
        None if !item.choices.is_empty() => return Err(Refusal::ChooseAnAnswer { answers: answers() }),
        Some(answer) if !item.choices.iter().any(|choice| choice.text == answer.words) => {
            return Err(Refusal::NotOffered { answer: answer.words.clone(), answers: answers() });
        }
        _ => {}
    }
    let asked = item.fields.iter().map(|field| field.text.as_str());
    if said.values.is_empty() && !item.fields.is_empty() {
        return Err(Refusal::FillIn { fields: asked.map(|field| format!("“{}”", label(field))).collect() });
    }
    if !said.values.iter().map(|value| value.field.as_str()).eq(asked) {
        return Err(Refusal::OtherBlanks);
    }
    let empty = said.values.iter().filter(|value| value.value.is_empty());
    let fields: Vec<String> = empty.map(|value| format!("“{}”", label(&value.field))).collect();
    if fields.is_empty() { Ok(()) } else { Err(Refusal::FillIn { fields }) }
}

/// Whether a tick alone is worth nothing: a check that names a number or a known metric ("Latency normal") asks for what
/// was seen.
#[must_use]
pub fn asks_what_was_seen(criterion: &Criterion) -> bool {
    criterion.op.is_some() || criterion.metric.is_some()
}

/// A value is compared in the check's own unit; words are a person's to answer for.
fn hold_against(criterion: &Criterion, saw: &str) -> Result<(), Refusal> {
    let (Some(unit), Some(value)) = (criterion.unit, plan::value(saw)) else { return Ok(()) };
    let limit = criterion.text.clone();
    let Some(value) = value.in_unit(unit) else { return Err(Refusal::OtherUnit { saw: saw.to_owned(), limit }) };
    if criterion.is_met_by(value) { Ok(()) } else { Err(Refusal::LimitNotMet { saw: saw.to_owned(), limit }) }
}

/// One claim of the source is confirmed. What belongs to a gate was ticked before the gate was there: to confirm it is to
/// state it, under the same rules.
pub(super) fn confirm(room: &Room, id: &ItemId, sight: &Sight) -> Result<Event, Refusal> {
    let item = known(room, id)?;
    match room.standing(id) {
        Standing::Claimed if room.is_of_a_gate(id) || !item.fields.is_empty() => {
            let claimed = Asked::of(item, None).claimed().map(|choice| choice.text.as_str());
            answer(room, id, claimed, &[], sight)
        }
        Standing::Claimed => {
            nothing_open_below(room, item)?;
            how_you_know(room, item, false)?;
            Ok(Event::Confirmed { items: vec![id.clone()] })
        }
        _ => Err(Refusal::NothingClaimed),
    }
}

/// All claims of a section and of those below are confirmed as one act; what belongs to a gate is not among them, nor what has
/// blanks to be filled.
pub(super) fn confirm_section(room: &Room, section: &SectionId) -> Result<Event, Refusal> {
    let plan = room.plan();
    plan.section(section).ok_or(Refusal::Unknown("section"))?;
    let below: HashSet<&SectionId> = below(plan, section);
    let claimed = plan
        .items
        .iter()
        .filter(|item| item.section.as_ref().is_some_and(|at| below.contains(at)) && room.is_confirmable(item));
    let claimed: Vec<&Item> = claimed.collect();
    // One above is confirmed with all that is open below it, or not at all.
    let among: HashSet<&ItemId> = claimed.iter().map(|item| &item.id).collect();
    let is_whole = |item: &&&Item| room.open_below(item).iter().all(|open| among.contains(&open.id));
    let items: Vec<ItemId> = claimed.iter().filter(is_whole).map(|item| item.id.clone()).collect();
    if items.is_empty() { Err(Refusal::NothingClaimed) } else { Ok(Event::Confirmed { items }) }
}

fn below<'a>(plan: &'a plan::Plan, section: &'a SectionId) -> HashSet<&'a SectionId> {
    // Sections stand in the order of the text: whoever holds one stands before it.
    let mut found: HashSet<&SectionId> = HashSet::from([section]);
    for one in &plan.sections {
        if one.parent.as_ref().is_some_and(|parent| found.contains(parent)) {
            found.insert(&one.id);
        }
    }
    found
}

/// A check is passed against what is seen; a gate as gates are.
pub(super) fn override_it(room: &Room, id: &ItemId, reason: &str, sight: &Sight) -> Result<Event, Refusal> {
    known(room, id)?;
    if room.plan().gates.iter().any(|gate| gate.item == *id) {
        return super::gate::override_it(room, id, reason, sight);
    }
    let reason = said(reason, "why")?;
    if matches!(room.standing(id), Standing::Overridden { .. }) {
        return Err(Refusal::Already("overridden"));
    }
    Ok(Event::Overridden { item: id.clone(), reason })
}

/// A check waits for a later phase than its own.
pub(super) fn defer(room: &Room, id: &ItemId, to: &SectionId, reason: &str) -> Result<Event, Refusal> {
    known(room, id)?;
    if room.is_of_a_gate(id) {
        return Err(Refusal::GateDoesNotWait);
    }
    let reason = said(reason, "why")?;
    let phases = &room.plan().phases;
    let target = phases.iter().position(|phase| &phase.section == to).ok_or(Refusal::Unknown("phase"))?;
    let own = phases.iter().position(|phase| phase.items.contains(id));
    if own.is_some_and(|own| target <= own) {
        return Err(Refusal::NotLater);
    }
    if matches!(room.standing(id), Standing::Deferred { to: known, .. } if known == to) {
        return Err(Refusal::Already("deferred to that phase"));
    }
    Ok(Event::Deferred { item: id.clone(), to: to.clone(), reason })
}

/// A check does not apply.
pub(super) fn not_applicable(room: &Room, id: &ItemId, reason: &str) -> Result<Event, Refusal> {
    known(room, id)?;
    // What is left of the hold of a gate that was overridden asks for nothing any more.
    let is_over = |gate: &plan::Gate| room.gate(&gate.item).is_some_and(|state| state.passed.is_some());
    let applies = |gate: &plan::Gate| gate.item == *id || (gate.hold_item.as_ref() == Some(id) && !is_over(gate));
    if room.plan().gates.iter().any(applies) {
        return Err(Refusal::GateApplies);
    }
    let reason = said(reason, "why")?;
    if matches!(room.standing(id), Standing::NotApplicable { .. }) {
        return Err(Refusal::Already("not applicable"));
    }
    Ok(Event::NotApplicable { item: id.clone(), reason })
}

/// The last act is taken back, or the last one on a check. An act that touched several checks is taken back whole, and
/// only while no later act stands on any of them.
pub(super) fn undo(room: &Room, item: Option<&ItemId>) -> Result<Event, Refusal> {
    // A step of the way back that runs is taken back like a check.
    let step = item.and_then(|id| {
        let rollback = room.rollback().filter(|rollback| rollback.is_running())?;
        rollback.steps.get(id.as_str()).map(|step| step.event)
    });
    if let Some(event) = step {
        return Ok(Event::Undone { event });
    }
    let event = match item {
        None => room.undoable().ok_or(Refusal::NothingToUndo)?.event,
        Some(id) => {
            known(room, id)?;
            let marks = room.item(id).map(|item| item.marks.as_slice()).unwrap_or_default();
            marks.last().ok_or(Refusal::NothingToUndo)?.event
        }
    };
    let act = room.acts.iter().rev().find(|act| act.event == event).ok_or(Refusal::NothingToUndo)?;
    for id in &act.items {
        let last = room.item(id).and_then(|item| item.marks.last());
        if let Some(later) = last.filter(|mark| mark.event != event) {
            return Err(Refusal::ChangedSince { actor: later.actor.clone() });
        }
    }
    Ok(Event::Undone { event })
}

fn known<'a>(room: &'a Room, id: &ItemId) -> Result<&'a Item, Refusal> {
    room.plan().item(id).ok_or(Refusal::Unknown("check"))
}

/// Whether it is a condition of the gate that is held now.
fn is_open_condition(room: &Room, id: &ItemId) -> bool {
    room.current_gate().is_some_and(|gate| gate.conditions.contains(id))
}
