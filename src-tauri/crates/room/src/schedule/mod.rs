//! The schedule of the day, solved: from the plan's dates, lengths and holds, what is done, the announced window and now
//! come each phase's earliest and latest end, its slack, and whether go-live waits for it.
//!
//! Owns: the rules by which time spreads. Must not know: how it is drawn. Linear in the size of the plan. What is not
//! known is counted as nothing and said: an end that rests on it is a least, never a promise.
//!
//! The rules: a phase begins when the one before ends, and not before its own time on the wall. Of a phase that has begun,
//! what is left of its holds is left, or else of its length. A phase that was left for a later one holds up nobody.

mod change;
mod day;
mod ledger;
mod what_if;

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use plan::{ItemId, SectionId};

pub use change::{HoldCut, Moved, ScheduleState};
pub(crate) use day::acts;
pub use day::{Day, LengthSource, Stage, Step};
pub use ledger::{Spent, SpentOn};
pub use what_if::{WhatIf, WhatIfSolved};

use crate::gate::{HoldTurn, shifted};
use crate::state::Room;
use crate::watch::Watch;

/// The clock of the hold of the gate that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldNow {
    /// The gate's item.
    pub gate: ItemId,
    /// How long it was held.
    pub held_ms: u64,
    /// Up to when that was counted, while the clock runs.
    pub counted_to: Option<Timestamp>,
}

impl HoldNow {
    /// The clock as the watch has it.
    #[must_use]
    pub fn of_watch(room: &Room, watch: &Watch) -> Option<Self> {
        let gate = room.current_gate()?.item.clone();
        let entered = room.held_from(&gate)?;
        let hold = Some(watch.memory().hold()).filter(|hold| hold.is_of(&gate, entered))?;
        Some(Self { gate, held_ms: hold.held_ms(), counted_to: hold.counted_to() })
    }

    /// The clock as the log has it: what was held at its last turn, and whether it ran on from there.
    pub(crate) fn of_log(room: &Room, gate: &ItemId) -> Option<Self> {
        let (turn, at, held_ms, _) = room.gate(gate)?.turn.as_ref()?;
        let runs = matches!(turn, HoldTurn::Started | HoldTurn::WentOn | HoldTurn::Held);
        let restarts = room.config().gates.on_breach == plan::config::OnBreach::Restart;
        // What the log keeps of a hold that broke is how long it was until then.
        let is_lost = *turn == HoldTurn::Broken && restarts;
        let held_ms = if is_lost { 0 } else { *held_ms };
        Some(Self { gate: gate.clone(), held_ms, counted_to: runs.then_some(*at) })
    }
}

/// A schedule as it stands at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The moment.
    pub now: Timestamp,
    /// Each phase of the day, in their order.
    pub stages: Vec<Solved>,
    /// The announced window.
    pub window: Option<(Timestamp, Timestamp)>,
    /// When go-live is reached at the earliest, or was; `None` where the day has no phase.
    pub go_live: Option<Ending>,
    /// By how much go-live is earlier than the window's end; less than nought where the window is lost. `None` where no
    /// window is announced.
    pub slack: Option<SignedDuration>,
    /// The phase whose turn it is: the first that is neither over nor left.
    pub current: Option<usize>,
    /// When the window is lost if nothing goes on: only while each second that passes costs one, and not after it is lost.
    pub lost_at: Option<Timestamp>,
}

/// An end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// When.
    pub at: Timestamp,
    /// Whether it is a least: a length on which it rests is not known.
    pub is_least: bool,
    /// Whether it is over: this is no projection.
    pub is_past: bool,
}

/// Where a phase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is over: no check of it is open.
    Done,
    /// It runs.
    Running,
    /// It is ahead.
    Ahead,
    /// A later phase has begun, and checks of it are open, or it has none.
    Left,
}

/// A phase, solved.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    /// Its name in the plan.
    pub section: SectionId,
    /// Where it stands.
    pub standing: Standing,
    /// When it began, or begins at the earliest; `None` where it was left without an act.
    pub start: Option<Timestamp>,
    /// When it ended, or ends at the earliest; `None` where it was left with checks open.
    pub end: Option<Ending>,
    /// The latest end that keeps what follows: the window, or else the next fixed time. `None` where nothing limits it.
    pub latest: Option<Timestamp>,
    /// How much later than its earliest end that is; less than nought where it cannot be kept any more.
    pub slack: Option<SignedDuration>,
    /// By how much it begins later than planned, where it does.
    pub late: SignedDuration,
    /// Whether go-live is later by each second by which this ends later.
    pub is_critical: bool,
    /// Its gates.
    pub steps: Vec<SolvedStep>,
}

/// A gate, solved.
#[derive(Debug, Clone, PartialEq)]
pub struct SolvedStep {
    /// The gate's item.
    pub gate: ItemId,
    /// When its hold began, or begins at the earliest.
    pub start: Option<Timestamp>,
    /// When it was passed, or can be at the earliest.
    pub end: Option<Ending>,
    /// The latest end that keeps what follows.
    pub latest: Option<Timestamp>,
    /// How much later than its earliest end that is.
    pub slack: Option<SignedDuration>,
}

impl Day {
    /// Solves the schedule as it stands at a moment.
    #[must_use]
    pub fn solve(&self, now: Timestamp) -> Schedule {
        let mut solved = self.at(now);
        let Some(at) = solved.current else { return solved };
        // Whether a second that passes with nothing done costs one is tried, not guessed: a second later, all else alike.
        let slack_of = |schedule: &Schedule| schedule.stages.get(at).and_then(|stage| stage.slack);
        let second = SignedDuration::from_secs(1);
        if let (Some(slack), Some(_)) = (slack_of(&solved).filter(|slack| !slack.is_negative()), self.window) {
            let later = self.at(after(now, second));
            let is_burning = slack_of(&later).is_some_and(|later| later < slack);
            solved.lost_at = is_burning.then(|| after(now, slack));
        }
        solved
    }

    fn at(&self, now: Timestamp) -> Schedule {
        let mut stages = self.forward(now);
        self.backward(&mut stages);
        self.mark_critical(&mut stages);
        let go_live = stages.last().and_then(|last| last.end);
        let slack = go_live.zip(self.window).map(|(end, (_, to))| to.duration_since(end.at));
        let current = stages.iter().position(|stage| matches!(stage.standing, Standing::Running | Standing::Ahead));
        Schedule { now, stages, window: self.window, go_live, slack, current, lost_at: None }
    }

    /// The earliest start and end of each phase.
    fn forward(&self, now: Timestamp) -> Vec<Solved> {
        let later_begun = self.stages.iter().rposition(|stage| stage.begun.is_some());
        // Where the phases so far end, and whether that is a least.
        let mut cursor: Option<(Timestamp, bool)> = None;
        let each = self.stages.iter().enumerate().map(|(at, stage)| {
            let was_left = later_begun.is_some_and(|later| later > at);
            let standing = match (stage.begun, stage.ended) {
                (_, Some(_)) => Standing::Done,
                _ if was_left => Standing::Left,
                (Some(_), None) => Standing::Running,
                (None, None) => Standing::Ahead,
            };
            let (start, end, steps) = match standing {
                Standing::Done => {
                    let end = stage.ended.map(|at| Ending { at, is_least: false, is_past: true });
                    (stage.begun.or(stage.ended), end, past_steps(stage))
                }
                Standing::Left => (stage.begun, None, past_steps(stage)),
                Standing::Running => {
                    let begun = stage.begun.unwrap_or(now);
                    let (end, steps) = running(stage, begun, now);
                    (Some(begun), Some(end), steps)
                }
                Standing::Ahead => {
                    let before = cursor.map(|(at, _)| at);
                    let start = [stage.not_before, before].into_iter().flatten().fold(now, Timestamp::max);
                    let (end, steps) = ahead(stage, start);
                    let is_least = end.is_least || cursor.is_some_and(|(_, is_least)| is_least);
                    (Some(start), Some(Ending { is_least, ..end }), steps)
                }
            };
            if let Some(end) = end {
                let before = cursor.filter(|(at, _)| *at > end.at).map_or(end.at, |(at, _)| at);
                cursor = Some((before, end.is_least || cursor.is_some_and(|(_, is_least)| is_least)));
            }
            let late = start.zip(stage.planned.0).map(|(start, planned)| start.duration_since(planned));
            Solved {
                section: stage.section.clone(),
                standing,
                start,
                end,
                latest: None,
                slack: None,
                late: late.unwrap_or_default().max(SignedDuration::ZERO),
                is_critical: false,
                steps,
            }
        });
        each.collect()
    }

    /// The latest end of each phase, from the last to the first: the window's end, a time by which the text wants it, what
    /// the next one needs. Where no window is announced, a fixed time on the wall is to be kept instead.
    fn backward(&self, solved: &mut [Solved]) {
        let mut limit = self.window.map(|(_, to)| to);
        for (stage, found) in self.stages.iter().zip(solved.iter_mut()).rev() {
            let Some(end) = found.end.filter(|end| !end.is_past) else { continue };
            limit = earlier(limit, stage.due);
            found.latest = limit;
            found.slack = limit.map(|limit| limit.duration_since(end.at));
            let mut of_step = limit;
            for step in found.steps.iter_mut().rev() {
                let Some(end) = step.end.filter(|end| !end.is_past) else { continue };
                step.latest = of_step;
                step.slack = of_step.map(|latest| latest.duration_since(end.at));
                let length = step.start.map(|start| end.at.duration_since(start)).unwrap_or_default();
                of_step = of_step.map(|latest| before(latest, length));
            }
            let length = found.start.map(|start| end.at.duration_since(start)).unwrap_or_default();
            limit = limit.map(|limit| before(limit, length));
            if self.window.is_none() {
                limit = earlier(limit, stage.not_before);
            }
        }
    }

    /// Go-live is; and each phase whose end is the start of one that is.
    fn mark_critical(&self, solved: &mut [Solved]) {
        let mut needed = None;
        for found in solved.iter_mut().rev() {
            let Some(end) = found.end.filter(|end| !end.is_past) else { continue };
            if needed.is_some_and(|needed| needed != end.at) {
                continue;
            }
            found.is_critical = true;
            needed = found.start;
        }
    }
}

fn past_steps(stage: &Stage) -> Vec<SolvedStep> {
    let past = |step: &Step| SolvedStep {
        gate: step.gate.clone(),
        start: step.entered,
        end: step.passed.map(|at| Ending { at, is_least: false, is_past: true }),
        latest: None,
        slack: None,
    };
    stage.steps.iter().map(past).collect()
}

/// A phase that begins at `start`, wholly as planned.
fn ahead(stage: &Stage, start: Timestamp) -> (Ending, Vec<SolvedStep>) {
    let is_least = !stage.is_known();
    if stage.steps.is_empty() {
        return (Ending { at: after(start, stage.length.unwrap_or_default()), is_least, is_past: false }, Vec::new());
    }
    let mut at = (after(start, stage.lead()), is_least);
    let steps = stage.steps.iter().map(|step| {
        let from = at.0;
        at.0 = after(at.0, step.hold.unwrap_or_default());
        projected(step, Some(from), at)
    });
    let steps = steps.collect();
    (Ending { at: at.0, is_least: at.1, is_past: false }, steps)
}

/// A phase that has begun: what is left of its holds is left; where it has no gate, what is left of its length. What is
/// over its time ends now, at the earliest.
fn running(stage: &Stage, begun: Timestamp, now: Timestamp) -> (Ending, Vec<SolvedStep>) {
    if stage.steps.is_empty() {
        let at = after(begun, stage.length.unwrap_or_default()).max(now);
        return (Ending { at, is_least: !stage.is_known(), is_past: false }, Vec::new());
    }
    // Of what follows the last gate nothing says how long it takes.
    let none_left = stage.steps.iter().all(|step| step.passed.is_some());
    let is_least = !stage.is_known() || none_left;
    let is_untouched = stage.steps.iter().all(|step| step.entered.is_none() && step.passed.is_none());
    let first = if is_untouched { after(begun, stage.lead()).max(now) } else { now };
    let mut at = (first, is_least);
    let steps = stage.steps.iter().map(|step| {
        if let Some(passed) = step.passed {
            let end = Some(Ending { at: passed, is_least: false, is_past: true });
            return SolvedStep { end, ..projected(step, step.entered, at) };
        }
        let from = at.0;
        // A clock that runs ends where it ends; one that stands costs every second until it runs.
        at.0 = after(step.counted_to.unwrap_or(at.0).min(at.0), step.rest()).max(at.0);
        projected(step, step.entered.or(Some(from)), at)
    });
    let steps = steps.collect();
    (Ending { at: at.0, is_least: at.1, is_past: false }, steps)
}

fn projected(step: &Step, start: Option<Timestamp>, (at, is_least): (Timestamp, bool)) -> SolvedStep {
    let end = Some(Ending { at, is_least, is_past: false });
    SolvedStep { gate: step.gate.clone(), start, end, latest: None, slack: None }
}

/// A time later by a length.
pub(crate) fn after(at: Timestamp, length: SignedDuration) -> Timestamp {
    shifted(at, length)
}

fn before(at: Timestamp, length: SignedDuration) -> Timestamp {
    at.checked_sub(length).unwrap_or(at)
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

impl Room {
    /// The announced window as it holds now: its end where a person moved it.
    #[must_use]
    pub fn window(&self) -> Option<(Timestamp, Timestamp)> {
        let (from, to) = self.resolved.window?;
        Some((from, self.schedule.window.as_ref().map_or(to, |moved| moved.to)))
    }

    /// What people changed of the schedule.
    #[must_use]
    pub fn schedule(&self) -> &ScheduleState {
        &self.schedule
    }

    /// How long a gate is held, in seconds: as the plan wants, or shorter where a person shortened it with a reason. Where
    /// the plan wants another hold than the one that was shortened, the plan counts.
    #[must_use]
    pub fn hold_s(&self, gate: &plan::Gate) -> Option<u64> {
        match self.hold_cut(gate) {
            Some(cut) => Some(cut.to_s),
            None => gate.hold_s,
        }
    }

    /// That a person shortened the hold of a gate, where that counts.
    #[must_use]
    pub fn hold_cut(&self, gate: &plan::Gate) -> Option<&HoldCut> {
        self.schedule.holds.get(&gate.item).filter(|cut| gate.hold_s == Some(cut.from_s) && cut.to_s < cut.from_s)
    }
}
