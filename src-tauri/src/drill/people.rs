//! The made-up people: a colleague who does what stands before the fault, and, where no window is open, a release
//! manager who acts as soon as a person could.

use jiff::{SignedDuration, Timestamp};
use plan::{Item, ItemId, ItemKind};
use room::{Intent, Meaning, Person, Room, Value};

use super::chance::seconds;
use super::run::Beat;
use super::scenario::Scenario;

/// The colleague's initials.
pub(crate) const COLLEAGUE: &str = "CO";
/// The release manager's, where nobody sits at the window.
pub(crate) const MANAGER: &str = "RM";

/// What a made-up person does next, and who it is.
pub(crate) type Move = (Intent, &'static str);

/// When the colleague says that the first share of the traffic is there.
const ENTERS_AFTER: SignedDuration = SignedDuration::from_secs(40);

/// What the colleague does now: every few seconds one check of the first phase, then the first gate.
pub(crate) fn colleague(room: &Room, now: Timestamp) -> Option<Move> {
    let since = now.duration_since(room.resolved().start);
    if since.is_negative() || since.as_secs() % 5 != 0 || room.rollback().is_some() {
        return None;
    }
    if !room.people().iter().any(|person| person.initials == COLLEAGUE) {
        let name = "A colleague (made up)".to_owned();
        return Some((person(COLLEAGUE, name, "engineer"), COLLEAGUE));
    }
    if since < ENTERS_AFTER {
        return before_the_gate(room).map(|intent| (intent, COLLEAGUE));
    }
    let gate = room.next_gate()?;
    let is_first = room.plan().gates.first().is_some_and(|first| first.item == gate.item);
    let is_entered = room.gate(&gate.item).is_some_and(|state| state.entered.is_some());
    (is_first && !is_entered).then(|| (Intent::EnterGate { gate: gate.item.clone() }, COLLEAGUE))
}

/// The first check of T0's phase before its gates that nobody has done.
fn before_the_gate(room: &Room) -> Option<Intent> {
    let plan = room.plan();
    let phase = plan.phases.iter().find(|phase| Some(&phase.section) == plan.start.phase.as_ref())?;
    let items = phase.items.iter().filter_map(|id| plan.item(id));
    let mut plain = items.take_while(|item| item.kind != ItemKind::Gate);
    plain.find_map(|item| {
        let is_open = !room.standing(&item.id).is_settled()
            && room.first_open_below(item, |id| plan.item(id)).is_none()
            && plan.criterion_of(&item.id).is_none();
        is_open.then(|| done(item, None)).flatten()
    })
}

/// How a made-up person says that a check is done: by the first of its answers that says so, with something in each of its
/// blanks. Nothing where no answer says so.
fn done(item: &Item, saw: Option<&str>) -> Option<Intent> {
    if item.choices.is_empty() && item.fields.is_empty() {
        return Some(Intent::State { item: item.id.clone(), saw: saw.map(str::to_owned) });
    }
    let answers = || item.choices.iter().find(|choice| room::meaning(&choice.text) == Meaning::Done);
    let answer = if item.choices.is_empty() { None } else { Some(answers()?.text.clone()) };
    let made_up = |field: &plan::Field| Value { field: field.text.clone(), value: "made up".to_owned() };
    Some(Intent::Answer { item: item.id.clone(), answer, values: item.fields.iter().map(made_up).collect() })
}

/// What the release manager does now, once a person could have seen, decided and acted.
pub(crate) fn manager(room: &Room, beat: &Beat, scenario: &Scenario, seed: u64, now: Timestamp) -> Option<Move> {
    let after = |at: Option<Timestamp>, what: &str, from: i64, to: i64| {
        let wait = SignedDuration::from_secs(seconds(scenario.id, seed, what, from, to));
        at.is_some_and(|at| now.duration_since(at) >= wait)
    };
    if room.actor().is_none() {
        let known = room.people().iter().any(|person| person.initials == MANAGER);
        let intent = if known {
            Intent::ChooseActor { initials: MANAGER.to_owned() }
        } else {
            person(MANAGER, "The release manager (made up)".to_owned(), "release manager")
        };
        return Some((intent, MANAGER));
    }
    let open = room.alerts().iter().find(|(_, state)| state.is_firing() && state.acknowledged.is_none());
    if let Some((alert, state)) = open
        && after(Some(state.at), &format!("see {alert}"), 6, 24)
    {
        return Some((Intent::Acknowledge { alert: alert.clone(), note: String::new() }, MANAGER));
    }
    let Some(rollback) = room.rollback() else {
        // A CRITICAL demands the way back; without one a HIGH is given a while.
        let heavy = beat.critical.or(beat.high.filter(|_| !beat.has_critical));
        let (from, to) = if beat.has_critical { (20, 70) } else { (60, 120) };
        let way = u32::from(!room.plan().rollback.ways.is_empty());
        let criterion = beat.criterion.clone();
        let reason = "the plan's decision criterion is met".to_owned();
        return after(heavy, "decide", from, to).then_some((Intent::RollBack { criterion, reason, way }, MANAGER));
    };
    if !rollback.is_running() {
        return None;
    }
    let last = rollback.steps.values().map(|step| step.at).max().unwrap_or(rollback.began);
    if let Some(step) = next_step(room)
        && after(Some(last), &format!("step {step}"), 8, 30)
    {
        return Some((Intent::StateStep { step, worked: true, result: "done".to_owned() }, MANAGER));
    }
    if next_step(room).is_some() {
        return None;
    }
    if let Some(whom) = next_told(room)
        && after(rollback.told.values().map(|told| told.at).max().or(Some(last)), &format!("tell {whom}"), 5, 20)
    {
        let words = "told of the rollback".to_owned();
        return Some((Intent::Tell { whom, answered: true, words }, MANAGER));
    }
    if next_told(room).is_some() || !beat.is_calm {
        return None;
    }
    if let Some(mark) = next_mark(room) {
        return Some((mark, MANAGER));
    }
    Some((Intent::DeclareRolledBack, MANAGER))
}

fn person(initials: &str, name: String, role: &str) -> Intent {
    Intent::NamePerson(Person { initials: initials.to_owned(), name, role: role.to_owned() })
}

/// The next step of the way that was taken.
fn next_step(room: &Room) -> Option<String> {
    let rollback = room.rollback()?;
    let number = rollback.way();
    let way = room.plan().rollback.ways.get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let mut steps = room::steps_of_way(way, number).into_iter().map(|(name, _)| name);
    steps.find(|step| !rollback.steps.contains_key(step))
}

/// The next of the ladder who was not told.
fn next_told(room: &Room) -> Option<String> {
    let rollback = room.rollback()?;
    let ids = room.plan().contacts.iter().map(|contact| contact.id.to_string());
    ids.into_iter().find(|id| !rollback.told.contains_key(id))
}

/// The next mark of the rollback that is not true, said to be.
fn next_mark(room: &Room) -> Option<Intent> {
    let is_open = |id: &&ItemId| !room.standing(id).is_done();
    let open = room.plan().rollback.success.iter().filter(is_open).filter_map(|id| room.plan().item(id));
    open.filter_map(|item| done(item, Some("looked at it: as before the deployment"))).next()
}
