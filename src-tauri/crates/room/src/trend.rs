//! What a room leaves for whoever looks over several: how often it alarmed, how long its holds went over, how long its way
//! back took.
//!
//! Owns: what is counted of one room. Must not know: that there are others.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use plan::{ItemId, Severity};

use crate::alert::AlertId;
use crate::event::{Event, Recorded};
use crate::state::Room;

/// A hold that is longer by less than this went over by nothing that anybody would look at.
const OVER_FROM: SignedDuration = SignedDuration::from_mins(1);

/// What is counted of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trend {
    /// How often criteria fired: CRITICAL, HIGH, MEDIUM. What grew graver counts once, as the gravest.
    pub fired: [u32; 3],
    /// How many gates were passed, overridden among them.
    pub passed: u32,
    /// How many of them were passed later than their hold wants.
    pub over: u32,
    /// By how much in all, in seconds.
    pub over_s: u64,
    /// How long each rollback for true took that was brought to its end, in seconds, in their order.
    pub rollbacks_s: Vec<u64>,
    /// How long the best rehearsal took, in seconds.
    pub rehearsed_s: Option<u64>,
    /// The plan's limit for the way back, in seconds.
    pub target_s: Option<u64>,
}

/// What is counted of this room, from all of its events.
#[must_use]
pub fn trend(room: &Room, events: &[Recorded]) -> Trend {
    let mut found = Trend {
        rehearsed_s: room.rehearsals().first().map(|best| best.took_s),
        target_s: room.plan().rollback.target_s,
        ..Trend::default()
    };
    found.fired = fired(room, events);
    count_holds(room, events, &mut found);
    let taken = room.rollbacks().iter().filter(|rollback| !rollback.is_rehearsal);
    found.rollbacks_s = taken
        .filter_map(|rollback| {
            let end = rollback.ended.as_ref().filter(|end| end.stood_down.is_none())?;
            u64::try_from(end.at.duration_since(rollback.began).as_secs()).ok()
        })
        .collect();
    found
}

/// How often criteria fired, by the gravest that each episode was.
fn fired(room: &Room, events: &[Recorded]) -> [u32; 3] {
    let mut burning: HashMap<AlertId, usize> = HashMap::new();
    // Each episode's severity, in their order.
    let mut episodes: Vec<Severity> = Vec::new();
    for recorded in events {
        match &recorded.event {
            Event::AlertFired(fired) => {
                let id = room.alert_as_now(&fired.alert);
                match burning.get(&id).and_then(|place| episodes.get_mut(*place)) {
                    Some(severity) => *severity = (*severity).max(fired.severity),
                    None => {
                        burning.insert(id, episodes.len());
                        episodes.push(fired.severity);
                    }
                }
            }
            Event::AlertResolved { alert, .. } => {
                burning.remove(&room.alert_as_now(alert));
            }
            _ => {}
        }
    }
    let count = |severity| u32::try_from(episodes.iter().filter(|one| **one == severity).count()).unwrap_or(u32::MAX);
    [count(Severity::Critical), count(Severity::High), count(Severity::Medium)]
}

/// From when a hold's clock ran first until the gate was passed, against what the plan wants.
fn count_holds(room: &Room, events: &[Recorded], found: &mut Trend) {
    let mut began: HashMap<&ItemId, Timestamp> = HashMap::new();
    for recorded in events {
        match &recorded.event {
            Event::HoldTurned { gate, .. } => {
                began.entry(gate).or_insert(recorded.occurred_at);
            }
            Event::GoneBack(gone) => {
                began.remove(&gone.gate);
                began.remove(&gone.to);
            }
            Event::AttemptBegan(_) => began.clear(),
            Event::GatePassed { gate, .. } | Event::GateOverridden { gate, .. } => {
                found.passed += 1;
                let planned = room.plan().gates.iter().find(|one| one.item == *gate).and_then(|one| one.hold_s);
                let Some((from, hold_s)) = began.remove(gate).zip(planned) else { continue };
                let hold = SignedDuration::from_secs(i64::try_from(hold_s).unwrap_or(i64::MAX));
                let over = recorded.occurred_at.duration_since(from).checked_sub(hold).unwrap_or_default();
                if over >= OVER_FROM {
                    found.over += 1;
                    found.over_s = found.over_s.saturating_add(u64::try_from(over.as_secs()).unwrap_or(0));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::Fired;
    use crate::event::{GoneBack, Opened};
    use crate::gate::HoldTurn;

    const TEXT: &str = "# Ship pay (Jan 21, 2026)\n\n## Rollout (6:30 AM)\n- [ ] **10% traffic**\n  - [ ] Latency normal\n  \
                        - [ ] Hold for 5 minutes\n\n## Rollback (target: 15 minutes)\n### CRITICAL\n- Error rate >10%\n";

    /// The room after these events, each at its minute of the day from 06:00 on.
    fn after(events: Vec<(i64, Event)>) -> (Room, Vec<Recorded>) {
        let opened = Opened {
            room: "ab".repeat(16),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: TEXT.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let six: Timestamp = "2026-01-21T06:00:00Z".parse().unwrap();
        let all = std::iter::once((0, Event::Opened(Box::new(opened)))).chain(events);
        let log: Vec<Recorded> = all
            .zip(1..)
            .map(|((minute, event), seq)| {
                let at = six + SignedDuration::from_mins(minute);
                Recorded { seq, occurred_at: at, recorded_at: at, actor: "MK".to_owned(), event }
            })
            .collect();
        (Room::fold(&log).unwrap(), log)
    }

    fn gate() -> ItemId {
        after(Vec::new()).0.plan().gates[0].item.clone()
    }

    fn turned(turn: HoldTurn) -> Event {
        Event::HoldTurned { gate: gate(), turn, held_ms: 0, why: String::new() }
    }

    fn passed() -> Event {
        Event::GatePassed { gate: gate(), held_ms: 300_000, on_word: false, fetched_ms: 0, readings: Vec::new() }
    }

    fn fires(severity: Severity) -> Event {
        let since = "2026-01-21T06:00:00Z".parse().unwrap();
        Event::AlertFired(Box::new(Fired {
            alert: AlertId::from("error_rate".to_owned()),
            name: "Error rate".to_owned(),
            text: String::new(),
            severity,
            since,
            seen: None,
            deadline: None,
            why: String::new(),
            first: None,
            since_before: None,
        }))
    }

    #[test]
    fn a_hold_is_over_by_what_the_pass_came_later_than_the_plan_wants() {
        let of = |events| {
            let (room, log) = after(events);
            let found = trend(&room, &log);
            (found.passed, found.over, found.over_s)
        };
        let (started, broken) = (turned(HoldTurn::Started), turned(HoldTurn::Broken));
        assert_eq!(of(vec![(30, started.clone()), (35, passed())]), (1, 0, 0), "five minutes, as the plan wants");
        // It broke and began anew: the clock counts from its first beginning.
        let anew = vec![(30, started.clone()), (34, broken), (36, started.clone()), (47, passed())];
        assert_eq!(of(anew), (1, 1, 12 * 60));
        // Who goes back holds anew, and is not late for that.
        let back = GoneBack { gate: gate(), to: gate(), reason: "x".to_owned(), held_ms: 0, readings: Vec::new() };
        let back = vec![(30, started.clone()), (50, Event::GoneBack(Box::new(back))), (51, started), (56, passed())];
        assert_eq!(of(back), (1, 0, 0));
    }

    #[test]
    fn alerts_count_once_as_the_gravest_and_each_way_back_has_its_length() {
        let began = || Event::RollbackBegan { criterion: None, reason: "errors".to_owned(), way: 0 };
        let alert = AlertId::from("error_rate".to_owned());
        let over = || Event::AlertResolved { alert: alert.clone(), seen: None };
        let events = vec![
            (31, fires(Severity::High)),
            (32, fires(Severity::Critical)),
            (33, over()),
            (34, fires(Severity::Medium)),
            (40, began()),
            (47, Event::RolledBack),
        ];
        let (room, log) = after(events);
        let found = trend(&room, &log);
        assert_eq!((found.fired, found.rollbacks_s, found.target_s), ([1, 0, 1], vec![7 * 60], Some(900)));
        let stopped = vec![(40, began()), (47, Event::StoodDown { reason: "false alarm".to_owned() })];
        let (room, log) = after(stopped);
        assert_eq!(trend(&room, &log).rollbacks_s, Vec::<u64>::new(), "a rollback that was stopped measures nothing");
    }
}
