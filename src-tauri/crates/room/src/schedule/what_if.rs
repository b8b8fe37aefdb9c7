//! What the schedule would be if: one thing is changed, and the day solved again. What is gained and what it costs stand
//! side by side before anybody takes it.

use jiff::{SignedDuration, Timestamp};
use plan::ItemId;

use super::{Day, Schedule, after};

/// What could be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhatIf {
    /// Nothing.
    AsItStands,
    /// A gate is held for less.
    Hold {
        /// The gate's item.
        gate: ItemId,
        /// For how long.
        to: SignedDuration,
    },
    /// The hold that was begun starts again from nought.
    HoldAnew {
        /// The gate's item.
        gate: ItemId,
    },
    /// What stands still goes on only then.
    GoesOnAt {
        /// When.
        at: Timestamp,
    },
    /// T0's phase begins later.
    StartAt {
        /// When.
        at: Timestamp,
    },
    /// The window ends at another time.
    WindowEnd {
        /// When.
        to: Timestamp,
    },
}

/// A what-if, solved.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIfSolved {
    /// What is otherwise.
    pub what: WhatIf,
    /// The schedule as it would be.
    pub schedule: Schedule,
    /// By how much go-live would be later; less than nought where it would be earlier.
    pub go_live_by: SignedDuration,
    /// By how much the slack would be more; less than nought where it would be less. `None` without a window.
    pub slack_by: Option<SignedDuration>,
}

impl Day {
    /// The day with one thing changed.
    #[must_use]
    pub fn with(&self, what: &WhatIf) -> Self {
        let mut day = self.clone();
        let mut steps = day.stages.iter_mut().flat_map(|stage| &mut stage.steps);
        match what {
            WhatIf::AsItStands | WhatIf::GoesOnAt { .. } => {}
            WhatIf::Hold { gate, to } => {
                if let Some(step) = steps.find(|step| step.gate == *gate && step.hold.is_some()) {
                    step.hold = Some(*to);
                }
            }
            WhatIf::HoldAnew { gate } => {
                if let Some(step) = steps.find(|step| step.gate == *gate) {
                    step.held = SignedDuration::ZERO;
                    step.counted_to = None;
                }
            }
            WhatIf::StartAt { at } => {
                let t0 = day.t0;
                let first = |planned: Option<Timestamp>| planned.is_some_and(|planned| planned >= t0);
                if let Some(stage) = day.stages.iter_mut().find(|stage| first(stage.planned.0)) {
                    stage.not_before = Some(*at);
                }
            }
            WhatIf::WindowEnd { to } => day.window = day.window.map(|(from, _)| (from, *to)),
        }
        day
    }

    /// Solves a what-if against the schedule as it stands.
    #[must_use]
    pub fn what_if(&self, what: WhatIf, stands: &Schedule) -> WhatIfSolved {
        let at = match &what {
            WhatIf::GoesOnAt { at } => stands.now.max(*at),
            _ => stands.now,
        };
        let schedule = self.with(&what).solve(at);
        let by = |one: Option<Timestamp>, other: Option<Timestamp>| {
            one.zip(other).map(|(one, other)| one.duration_since(other))
        };
        let go_live_by = by(schedule.go_live.map(|end| end.at), stands.go_live.map(|end| end.at)).unwrap_or_default();
        let slack_by = schedule.slack.zip(stands.slack).map(|(one, other)| one.checked_sub(other).unwrap_or_default());
        WhatIfSolved { what, schedule, go_live_by, slack_by }
    }

    /// The end that a window is moved to first: the next full half hour after go-live and after the end that is
    /// announced. `None` where no window is announced or nothing is ahead.
    #[must_use]
    pub fn next_end(&self, stands: &Schedule) -> Option<Timestamp> {
        const HALF_HOUR_S: i64 = 1800;
        let (_, to) = self.window?;
        let least = stands.go_live.filter(|end| !end.is_past)?.at.max(to);
        let rest = HALF_HOUR_S - least.as_second().rem_euclid(HALF_HOUR_S);
        let whole = Timestamp::from_second(least.as_second()).unwrap_or(least);
        Some(after(whole, SignedDuration::from_secs(rest)))
    }
}
