//! Alerts and what they rest on: acknowledged, given more time; units; the test notification.

use jiff::Timestamp;
use plan::Unit;

use super::{Sight, said};
use crate::alert::{AlertId, AlertState};
use crate::event::Event;
use crate::measure;
use crate::refusal::Refusal;
use crate::state::Room;

/// A person has taken notice.
pub(super) fn acknowledge(room: &Room, id: &AlertId, note: &str) -> Result<Event, Refusal> {
    let alert = known(room, id)?;
    // What has no criterion any more is let go with words, whoever took notice of it before.
    let lets_go = room.is_left_alone(id) && alert.is_firing() && !note.trim().is_empty();
    if alert.acknowledged.is_some() && !lets_go {
        return Err(Refusal::Already("acknowledged"));
    }
    Ok(Event::AlertAcknowledged { alert: id.clone(), note: note.trim().to_owned() })
}

/// A named person gives a HIGH more time (DESIGN.md: "takes a name, a reason and a new time").
pub(super) fn extend(
    room: &Room,
    id: &AlertId,
    until: Timestamp,
    reason: &str,
    now: Timestamp,
) -> Result<Event, Refusal> {
    let alert = known(room, id)?;
    let reason = said(reason, "why")?;
    let Some(deadline) = alert.deadline else { return Err(Refusal::NoDeadline) };
    if !alert.is_firing() {
        return Err(Refusal::Already("resolved"));
    }
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    if until <= now || until <= deadline {
        return Err(Refusal::NotLaterTime);
    }
    Ok(Event::DeadlineExtended { alert: id.clone(), until, reason })
}

/// The unit of a metric, held against its live value.
pub(super) fn confirm_unit(room: &Room, metric: &str, unit: Unit, sight: &Sight) -> Result<Event, Refusal> {
    if !room.config().metrics.contains_key(metric) {
        return Err(Refusal::Unknown("metric"));
    }
    if room.confirmed_unit(metric) == Some(unit) {
        return Err(Refusal::Already("confirmed"));
    }
    let Some(value) = sight.values.get(metric) else { return Err(Refusal::NothingSeen) };
    Ok(Event::UnitConfirmed { metric: metric.to_owned(), unit, shown: measure::shown(*value, unit) })
}

/// "Did you see it?"
pub(super) fn answer_test(room: &Room, seen: bool) -> Result<Event, Refusal> {
    match room.test() {
        None => Err(Refusal::NotTested),
        Some(test) if test.answered.is_some() => Err(Refusal::Already("answered")),
        Some(_) => Ok(Event::TestAnswered { seen }),
    }
}

fn known<'a>(room: &'a Room, id: &AlertId) -> Result<&'a AlertState, Refusal> {
    room.alerts().get(id).ok_or(Refusal::Unknown("alert"))
}
