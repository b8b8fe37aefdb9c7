//! Alerts and what they rest on: acknowledged, silenced, given more time; units; the test notification.

use jiff::{SignedDuration, Timestamp};
use plan::{Severity, Unit};

use super::{Sight, said};
use crate::alert::{AlertId, AlertState, Seen};
use crate::event::Event;
use crate::measure;
use crate::refusal::Refusal;
use crate::state::Room;

/// What demands the way back rests for no longer than this: long enough to talk, too short to forget it.
pub const LONGEST_SILENCE_MIN: i64 = 15;

/// A person has taken notice.
pub(super) fn acknowledge(room: &Room, id: &AlertId, note: &str, sight: &Sight) -> Result<Event, Refusal> {
    let alert = known(room, id)?;
    // What has no criterion any more is let go with words, whoever took notice of it before.
    let lets_go = room.is_left_alone(id) && alert.is_firing() && !note.trim().is_empty();
    if alert.acknowledged.is_some() && !lets_go {
        return Err(Refusal::Already("acknowledged"));
    }
    Ok(Event::AlertAcknowledged { alert: id.clone(), note: note.trim().to_owned(), seen: seen(id, sight) })
}

/// A named person lets the voice of an alert rest for a time. Nothing else of it changes.
pub(super) fn silence(
    room: &Room,
    id: &AlertId,
    until: Timestamp,
    reason: &str,
    (sight, now): (&Sight, Timestamp),
) -> Result<Event, Refusal> {
    let alert = known(room, id)?;
    let reason = said(reason, "why")?;
    if !alert.is_firing() {
        return Err(Refusal::Already("resolved"));
    }
    if room.actor().is_none() {
        return Err(Refusal::NobodyNamed);
    }
    if until <= now {
        return Err(Refusal::NotAhead);
    }
    let demands_the_way_back =
        alert.fired.severity == Severity::Critical || alert.is_overdue || alert.deadline.is_some_and(|at| at <= now);
    if demands_the_way_back && until.duration_since(now) > SignedDuration::from_mins(LONGEST_SILENCE_MIN) {
        return Err(Refusal::SilenceTooLong { most_min: LONGEST_SILENCE_MIN });
    }
    Ok(Event::AlertSilenced { alert: id.clone(), until, reason, seen: seen(id, sight) })
}

/// A person lets an alert speak again.
pub(super) fn lift(
    room: &Room,
    id: &AlertId,
    reason: &str,
    (sight, now): (&Sight, Timestamp),
) -> Result<Event, Refusal> {
    if !known(room, id)?.is_silenced(now) {
        return Err(Refusal::NotSilenced);
    }
    Ok(Event::SilenceLifted { alert: id.clone(), reason: reason.trim().to_owned(), seen: seen(id, sight) })
}

fn seen(id: &AlertId, sight: &Sight) -> Option<Seen> {
    sight.alerts.get(id).cloned()
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
