//! Where the slack went: what the plan had, what each late turn cost, what is left. The parts are as many as there are
//! turns, and together they are all of it.

use jiff::{SignedDuration, Timestamp};

use super::{Day, Schedule, Standing};

/// A part of the slack that went.
#[derive(Debug, Clone, PartialEq)]
pub struct Spent {
    /// On what.
    pub on: SpentOn,
    /// How much; less than nought where time was won.
    pub by: SignedDuration,
    /// Whether it still grows.
    pub is_running: bool,
}

/// On what slack went.
#[derive(Debug, Clone, PartialEq)]
pub enum SpentOn {
    /// T0's phase began late.
    LateStart,
    /// What comes before the first gate took longer.
    BeforeFirstGate {
        /// The gate's place among those of its phase.
        step: usize,
    },
    /// Between the gate before and this one.
    Before {
        /// The gate's place among those of its phase.
        step: usize,
    },
    /// The hold stood still or began anew, or the gate was passed later than it could have been.
    Hold {
        /// The gate's place among those of its phase.
        step: usize,
    },
    /// A hold is shorter than the plan wants.
    Shortened,
    /// All else: what other phases took, and what waiting for a fixed time made up for.
    Else,
}

impl Day {
    /// The slack of the plan: as if every phase went as planned.
    #[must_use]
    pub fn planned_slack(&self) -> Option<SignedDuration> {
        let mut plan = self.clone();
        for stage in &mut plan.stages {
            (stage.begun, stage.ended) = (None, None);
            for step in &mut stage.steps {
                (step.held, step.counted_to, step.entered, step.passed) = (SignedDuration::ZERO, None, None, None);
                step.hold = step.planned;
            }
        }
        let first = plan.stages.iter().find_map(|stage| stage.planned.0)?;
        plan.solve(first.min(self.t0)).slack
    }

    /// Where it went. Nothing where no window is announced, or nothing has begun and nothing is late.
    #[must_use]
    pub fn spent(&self, stands: &Schedule) -> Vec<Spent> {
        let Some((planned, left)) = self.planned_slack().zip(stands.slack) else { return Vec::new() };
        let gone = planned.checked_sub(left).unwrap_or_default();
        let mut spent = self.spent_on_gates(stands.now);
        let told = spent.iter().fold(SignedDuration::ZERO, |sum, one| sum.checked_add(one.by).unwrap_or(sum));
        let rest = gone.checked_sub(told).unwrap_or_default();
        if !rest.is_zero() {
            let is_running = stands.lost_at.is_some() && spent.iter().all(|one| !one.is_running);
            spent.push(Spent { on: SpentOn::Else, by: rest, is_running });
        }
        spent
    }

    /// Turn by turn through the first phase with gates that has begun.
    fn spent_on_gates(&self, now: Timestamp) -> Vec<Spent> {
        let mut spent: Vec<Spent> = Vec::new();
        let Some(stage) = self.stages.iter().find(|stage| !stage.steps.is_empty() && stage.begun.is_some()) else {
            return spent;
        };
        let (Some(begun), Some(planned)) = (stage.begun, stage.planned.0) else { return spent };
        let is_over = stage.ended.is_some();
        let mut put = |on, by: SignedDuration, is_running: bool| {
            if !by.is_zero() {
                spent.push(Spent { on, by, is_running });
            }
        };
        // Up to where it is known, and when that was planned to be.
        let mut at = begun;
        let late = begun.duration_since(planned);
        let mut lead = stage.lead();
        for (place, step) in stage.steps.iter().enumerate() {
            let hold = step.hold.unwrap_or_default();
            let Some(entered) = step.entered else {
                if !is_over {
                    let over = now.duration_since(at).checked_sub(lead).unwrap_or_default().max(SignedDuration::ZERO);
                    if place == 0 {
                        put(SpentOn::LateStart, late, false);
                        put(SpentOn::BeforeFirstGate { step: 0 }, over, true);
                    } else {
                        put(SpentOn::Before { step: place }, over, true);
                    }
                }
                return spent;
            };
            let gap = entered.duration_since(at).checked_sub(lead).unwrap_or_default();
            let end = step.passed.unwrap_or(now);
            let ran = if step.passed.is_some() { hold } else { running_for(step.held, step.counted_to, hold, now) };
            let stood = end.duration_since(entered).checked_sub(ran).unwrap_or_default();
            let is_running = step.passed.is_none() && (step.is_paused() || step.rest().is_zero());
            if place == 0 {
                // A late start, a slow beginning and the first hold are one: "first pod late".
                let whole = [late, gap, stood]
                    .into_iter()
                    .fold(SignedDuration::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum));
                put(SpentOn::BeforeFirstGate { step: 0 }, whole, is_running);
            } else {
                put(SpentOn::Before { step: place }, gap, false);
                put(SpentOn::Hold { step: place }, stood, is_running);
            }
            let Some(passed) = step.passed else { break };
            (at, lead) = (passed, SignedDuration::ZERO);
        }
        let cut = stage.steps.iter().filter_map(|step| step.planned?.checked_sub(step.hold?));
        let cut = cut.fold(SignedDuration::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum));
        put(SpentOn::Shortened, cut.checked_neg().unwrap_or_default(), false);
        spent
    }
}

/// How long a hold ran up to now, as its clock would show.
fn running_for(
    held: SignedDuration,
    counted_to: Option<Timestamp>,
    hold: SignedDuration,
    now: Timestamp,
) -> SignedDuration {
    let since = counted_to.map_or(SignedDuration::ZERO, |to| now.duration_since(to).max(SignedDuration::ZERO));
    held.checked_add(since).unwrap_or(held).min(hold)
}

impl Schedule {
    /// Whether the day is over: go-live is reached.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stages.last().is_some_and(|last| last.standing == Standing::Done)
    }
}
