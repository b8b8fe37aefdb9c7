//! What a week of the watch held: rounds, alerts, and how each day went.
//!
//! Owns: what is counted, and how. Kept to what the room's own log knows; what was not seen is no healthy time here either.
//! One walk over the events, and one over the rounds of the stretch.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use plan::Severity;

use crate::alert::AlertId;
use crate::event::{Event, Recorded};
use crate::routine::{Rhythm, RoundStanding};
use crate::state::Room;

/// A review looks back over a week from go-live.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a week held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// From go-live.
    pub from: Timestamp,
    /// Until now, or until the week was over.
    pub to: Timestamp,
    /// Whether the week is over.
    pub is_over: bool,
    /// The rounds, by routine in the order of the text.
    pub rounds: Vec<RoundsTally>,
    /// The alerts, the one that burned for longest before the others.
    pub alerts: Vec<AlertTally>,
    /// The days in their order.
    pub days: Vec<DayTally>,
}

/// The rounds of one routine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundsTally {
    /// [`crate::RoundKey::routine`].
    pub routine: String,
    /// The routine's place in the plan's list.
    pub index: usize,
    /// How many were due.
    pub due: u32,
    /// Finished within their grace.
    pub done: u32,
    /// Finished, and late.
    pub late: u32,
    /// Nobody did anything of them before the next was due.
    pub missed: u32,
    /// Of these, how many nobody explained.
    pub unexplained: u32,
    /// Begun and not finished, or due now.
    pub open: u32,
}

/// What became of one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertTally {
    /// The alert, under its name of now.
    pub alert: AlertId,
    /// "Error rate".
    pub name: String,
    /// The gravest that it was.
    pub severity: Severity,
    /// How often it fired.
    pub count: u32,
    /// For how long it burned at the longest, in seconds; of one that burns still, until the end of the stretch.
    pub longest_s: u64,
    /// For how long it burned in all.
    pub total_s: u64,
    /// Whether it burns still.
    pub is_firing: bool,
    /// The event with which the longest began.
    pub event: u64,
}

/// How a day went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayTally {
    /// The day, in the plan's zone.
    pub date: Date,
    /// How many alerts began to fire.
    pub fired: u32,
    /// Rounds that were due on it and finished within their grace.
    pub done: u32,
    /// Finished, and late.
    pub late: u32,
    /// Missed.
    pub missed: u32,
    /// Handoffs with both signatures.
    pub handoffs: u32,
}

/// An alert that burns, while the events are walked.
struct Burning {
    name: String,
    severity: Severity,
    since: Timestamp,
    event: u64,
}

/// What the week since go-live held, up to now; `None` before go-live.
#[must_use]
pub fn review(room: &Room, events: &[Recorded], now: Timestamp) -> Option<Review> {
    let from = room.went_live()?.at;
    let end = from.checked_add(WEEK).unwrap_or(Timestamp::MAX);
    let to = now.min(end).max(from);
    let mut days: BTreeMap<Date, DayTally> = BTreeMap::new();
    let rounds = rounds(room, (from, to), now, &mut days);
    let alerts = alerts(room, events, (from, to), &mut days);
    for handoff in room.handoffs().past.iter().filter(|handoff| handoff.at >= from && handoff.at <= to) {
        day(room, &mut days, handoff.at).handoffs += 1;
    }
    // A day on which nothing was is a day, too.
    let zone = &room.resolved.zone;
    let (mut date, last) = (from.to_zoned_datetime(zone.clone()).date(), to.to_zoned_datetime(zone.clone()).date());
    while date <= last {
        days.entry(date).or_insert_with(|| DayTally::of(date));
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    Some(Review { from, to, is_over: now >= end, rounds, alerts, days: days.into_values().collect() })
}

impl DayTally {
    fn of(date: Date) -> Self {
        Self { date, fired: 0, done: 0, late: 0, missed: 0, handoffs: 0 }
    }
}

fn day<'a>(room: &Room, days: &'a mut BTreeMap<Date, DayTally>, at: Timestamp) -> &'a mut DayTally {
    let date = at.to_zoned_datetime(room.resolved.zone.clone()).date();
    days.entry(date).or_insert_with(|| DayTally::of(date))
}

fn rounds(
    room: &Room,
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
    days: &mut BTreeMap<Date, DayTally>,
) -> Vec<RoundsTally> {
    let mut found = Vec::new();
    for table in room.timetables().into_iter().filter(|table| table.rhythm != Rhythm::Handoff) {
        let mut tally = RoundsTally { routine: table.key.clone(), index: table.index, ..RoundsTally::default() };
        for when in table.between(from, to) {
            let round = room.round(&table, when, now);
            let state = room.afterwards().round(&round.key);
            tally.due += 1;
            let of_day = day(room, days, when.due);
            match round.standing {
                RoundStanding::Done => {
                    let is_late = state.and_then(|state| state.done.as_ref()).is_some_and(|done| done.late_s > 0);
                    let (tally, of_day) =
                        if is_late { (&mut tally.late, &mut of_day.late) } else { (&mut tally.done, &mut of_day.done) };
                    *tally += 1;
                    *of_day += 1;
                }
                RoundStanding::Missed => {
                    tally.missed += 1;
                    of_day.missed += 1;
                    tally.unexplained += u32::from(state.is_none_or(|state| state.why.is_none()));
                }
                RoundStanding::Due | RoundStanding::Overdue | RoundStanding::Unfinished => tally.open += 1,
                RoundStanding::Ahead => {}
            }
        }
        found.push(tally);
    }
    found
}

fn alerts(
    room: &Room,
    events: &[Recorded],
    (from, to): (Timestamp, Timestamp),
    days: &mut BTreeMap<Date, DayTally>,
) -> Vec<AlertTally> {
    let mut burning: BTreeMap<AlertId, Burning> = BTreeMap::new();
    let mut tallies: BTreeMap<AlertId, AlertTally> = BTreeMap::new();
    for recorded in events.iter().take_while(|recorded| recorded.occurred_at <= to) {
        let at = recorded.occurred_at;
        let began = match &recorded.event {
            Event::AlertFired(fired) => {
                Some((room.alert_as_now(&fired.alert), fired.name.as_str(), fired.severity, fired.since))
            }
            Event::Blinded { since, .. } => Some((AlertId::blind(), "Blind", Severity::Medium, *since)),
            _ => None,
        };
        if let Some((id, name, severity, since)) = began {
            // What grows graver, or names other criteria, goes on burning.
            if let Some(known) = burning.get_mut(&id) {
                known.severity = known.severity.max(severity);
                continue;
            }
            if at >= from {
                day(room, days, at).fired += 1;
            }
            burning.insert(id, Burning { name: name.to_owned(), severity, since, event: recorded.seq });
            continue;
        }
        let over = match &recorded.event {
            Event::AlertResolved { alert, .. } => Some(room.alert_as_now(alert)),
            Event::SeenAgain { .. } => Some(AlertId::blind()),
            _ => None,
        };
        if let Some((id, one)) = over.and_then(|id| burning.remove_entry(&id)) {
            count(&mut tallies, id, one, (from, to), Some(at));
        }
    }
    for (id, one) in burning {
        // One that a person let go is over, too, and no event of its own says so.
        let over = room.alerts().get(&id).and_then(|state| state.resolved).filter(|at| *at <= to);
        count(&mut tallies, id, one, (from, to), over);
    }
    let mut found: Vec<AlertTally> = tallies.into_values().collect();
    found.sort_by_key(|tally| (std::cmp::Reverse(tally.total_s), std::cmp::Reverse(tally.count)));
    found
}

/// Takes an episode in, as far as it lies in the stretch.
fn count(
    tallies: &mut BTreeMap<AlertId, AlertTally>,
    id: AlertId,
    one: Burning,
    (from, to): (Timestamp, Timestamp),
    over: Option<Timestamp>,
) {
    let end = over.unwrap_or(to);
    if end < from {
        return;
    }
    let length_s = u64::try_from(end.duration_since(one.since.max(from)).as_secs()).unwrap_or(0);
    let tally = tallies.entry(id.clone()).or_insert_with(|| AlertTally {
        alert: id,
        name: one.name.clone(),
        severity: one.severity,
        count: 0,
        longest_s: 0,
        total_s: 0,
        is_firing: false,
        event: one.event,
    });
    tally.name = one.name;
    tally.severity = tally.severity.max(one.severity);
    tally.count += 1;
    tally.total_s = tally.total_s.saturating_add(length_s);
    tally.is_firing |= over.is_none();
    if length_s > tally.longest_s {
        tally.longest_s = length_s;
        tally.event = one.event;
    }
}
