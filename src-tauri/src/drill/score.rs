//! The score of a drill: time to see, to decide, to be back, and who was told; each against what was possible and against
//! the plan's limit. It follows from the log alone.

use jiff::Timestamp;
use plan::Severity;
use room::{Event, Recorded, Room};
use serde::Serialize;

use super::run::Run;
use super::scenario;

/// The score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Score {
    /// Seconds from the fault until a person acknowledged the first alert after it.
    pub(crate) detect_s: Option<i64>,
    /// Seconds from the fault until that alert was raised: nobody could have seen it sooner.
    pub(crate) earliest_detect_s: Option<i64>,
    /// Seconds from that acknowledgement until the decision to roll back; from the alert, where nobody acknowledged it.
    pub(crate) decide_s: Option<i64>,
    /// Seconds from it until the first moment at which the plan demanded the way back.
    pub(crate) earliest_decide_s: Option<i64>,
    /// Seconds from the decision until it was rolled back.
    pub(crate) back_s: Option<i64>,
    /// The plan's limit for that, in seconds.
    pub(crate) limit_s: Option<u64>,
    /// How many were told.
    pub(crate) told: usize,
    /// Of how many whom the plan names.
    pub(crate) to_be_told: usize,
    /// `rolled_back`, `rolled_back_late`, `stood_down` or `not_rolled_back`.
    pub(crate) outcome: &'static str,
}

/// The moments of a drill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Moments {
    /// The fault began.
    pub(crate) fault: Option<Timestamp>,
    /// The first alert after it was raised.
    pub(crate) raised: Option<Timestamp>,
    /// The first CRITICAL after it was raised, or a HIGH's time was up.
    pub(crate) demanded: Option<Timestamp>,
    /// A person acknowledged.
    pub(crate) seen: Option<Timestamp>,
    /// A person decided.
    pub(crate) decided: Option<Timestamp>,
    /// It was rolled back.
    pub(crate) back: Option<Timestamp>,
}

/// The moments of a drill's log; none of them where it is no drill.
pub(crate) fn moments(room: &Room, events: &[Recorded]) -> Moments {
    let scenario = room.opened().drill.as_ref().and_then(|drill| scenario::of(&drill.scenario));
    let Some((_, fault)) = scenario.and_then(|scenario| Run::fault(scenario, room)) else { return Moments::default() };
    let mut moments = Moments { fault: Some(fault), ..Moments::default() };
    for recorded in events.iter().filter(|recorded| recorded.occurred_at >= fault) {
        let at = Some(recorded.occurred_at);
        match &recorded.event {
            Event::AlertFired(fired) if fired.severity >= Severity::High => {
                moments.raised = moments.raised.or(at);
                if fired.severity == Severity::Critical {
                    moments.demanded = moments.demanded.or(at);
                }
            }
            Event::DeadlinePassed { .. } => moments.demanded = moments.demanded.or(at),
            Event::AlertAcknowledged { .. } if moments.raised.is_some() => moments.seen = moments.seen.or(at),
            Event::RollbackBegan { .. } => moments.decided = moments.decided.or(at),
            Event::RolledBack => moments.back = moments.back.or(at),
            _ => {}
        }
    }
    moments
}

/// The score of a drill's log.
pub(crate) fn score(room: &Room, events: &[Recorded]) -> Score {
    let moments = moments(room, events);
    let between = |from: Option<Timestamp>, to: Option<Timestamp>| Some(to?.duration_since(from?).as_secs());
    let seen = moments.seen.or(moments.raised);
    let back_s = between(moments.decided, moments.back);
    let limit_s = room.plan().rollback.target_s;
    let told = room.rollback().map_or(0, |rollback| rollback.told.len());
    let to_be_told = room::to_be_told(room).len();
    let is_late = back_s.zip(limit_s).is_some_and(|(back_s, limit_s)| u64::try_from(back_s).is_ok_and(|s| s > limit_s));
    let stood_down =
        room.rollback().and_then(|rollback| rollback.ended.as_ref()).is_some_and(|end| end.stood_down.is_some());
    Score {
        detect_s: between(moments.fault, moments.seen),
        earliest_detect_s: between(moments.fault, moments.raised).map(|s| s.max(0)),
        decide_s: between(seen, moments.decided),
        // Whoever saw it after the plan demanded the way back could have decided at once.
        earliest_decide_s: between(seen, moments.demanded).map(|s| s.max(0)),
        back_s,
        limit_s,
        told,
        to_be_told,
        outcome: match (back_s, is_late, stood_down) {
            (Some(_), false, _) => "rolled_back",
            (Some(_), true, _) => "rolled_back_late",
            (None, _, true) => "stood_down",
            (None, _, false) => "not_rolled_back",
        },
    }
}
