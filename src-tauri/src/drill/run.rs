//! A drill that runs: its clock, and what each of its seconds brings.

use jiff::{SignedDuration, Timestamp};
use plan::{CriterionId, Severity};
use room::{AlertId, Reading, Room};

use super::people::{self, Move};
use super::production::{EVERY_S, Production};
use super::scenario::{Fault, Scenario};
use super::skip;

/// A drill that runs.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// What goes wrong.
    pub(crate) scenario: &'static Scenario,
    /// From which all chance follows.
    pub(crate) seed: u64,
    /// Whether the release manager is made up, too: nobody sits at a window.
    pub(crate) is_alone: bool,
    /// The drill's own time, in whole seconds.
    pub(crate) now: Timestamp,
    /// Up to when nobody waits for it.
    skips_to: Option<Timestamp>,
    production: Production,
}

/// What a second brings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Second {
    /// What the signals show.
    pub(crate) readings: Vec<Reading>,
    /// What made-up people do.
    pub(crate) moves: Vec<Move>,
    /// The world's time, where there is a window to show it.
    pub(crate) real: Option<Timestamp>,
}

/// What a person at the window could know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beat {
    /// When a CRITICAL fired that fires still.
    pub(crate) critical: Option<Timestamp>,
    /// When a HIGH fired that fires still.
    pub(crate) high: Option<Timestamp>,
    /// The criterion of the heaviest.
    pub(crate) criterion: Option<CriterionId>,
    /// Whether the plan has a CRITICAL criterion with a number.
    pub(crate) has_critical: bool,
    /// Whether nothing fires.
    pub(crate) is_calm: bool,
}

impl Run {
    /// A drill that begins at `start`.
    pub(crate) fn new(
        scenario: &'static Scenario,
        seed: u64,
        is_alone: bool,
        start: Timestamp,
        production: Production,
    ) -> Self {
        Self { scenario, seed, is_alone, now: start, skips_to: None, production }
    }

    /// What goes wrong, and when it begins.
    #[must_use]
    pub(crate) fn fault(scenario: &Scenario, room: &Room) -> Option<(Fault, Timestamp)> {
        let fault = scenario.fault?;
        let after = SignedDuration::try_from(fault.after).unwrap_or_default();
        Some((fault, room.resolved().start.checked_add(after).unwrap_or(room.resolved().start)))
    }

    /// From now until then nobody waits.
    pub(crate) fn skip_to(&mut self, to: Timestamp) {
        self.skips_to = Some(to).filter(|to| *to > self.now);
    }

    /// Whether nobody waits for what comes next.
    #[must_use]
    pub(crate) fn skips(&self) -> bool {
        self.skips_to.is_some()
    }

    /// How many seconds pass next: one, and more only where they are skipped and nothing counts them.
    fn stride(&mut self, room: &Room) -> i64 {
        let Some(to) = self.skips_to else { return 1 };
        if skip::is_called_for(room) {
            self.skips_to = None;
            return 1;
        }
        let fault = Self::fault(self.scenario, room).map(|(_, begins)| begins);
        // What goes wrong is played from its first second on, as what counts is.
        let is_played = skip::counts(room) || fault.is_some_and(|begins| begins <= self.now);
        let stop = fault.filter(|begins| *begins > self.now).map_or(to, |begins| begins.min(to));
        let stride = if is_played { 1 } else { stop.duration_since(self.now).as_secs().max(1) };
        if to.duration_since(self.now).as_secs() <= stride {
            self.skips_to = None;
        }
        stride
    }

    /// Lets a second pass, and says what it brings.
    pub(crate) fn next(&mut self, room: &Room) -> Second {
        let stride = self.stride(room);
        self.now = self.now.checked_add(SignedDuration::from_secs(stride)).unwrap_or(self.now);
        let now = self.now;
        let mut second = Second::default();
        let start = room.resolved().start;
        if stride > 1 || now.duration_since(start).as_secs().rem_euclid(EVERY_S) == 0 {
            let fault = Self::fault(self.scenario, room);
            second.readings = self.production.readings(now, start, fault, recovery(room));
        }
        if room.closed().is_some() {
            return second;
        }
        // Where nothing goes wrong the plan itself is rehearsed, all of it by whoever sits at the window.
        if self.scenario.fault.is_some() {
            second.moves.extend(people::colleague(room, now));
        }
        if self.is_alone {
            second.moves.extend(people::manager(room, &beat(room), self.scenario, self.seed, now));
        }
        second
    }
}

/// When a way back worked: its first step that did.
pub(super) fn recovery(room: &Room) -> Option<Timestamp> {
    let rollback = room.rollback()?;
    let worked = rollback.steps.values().filter(|step| step.worked).map(|step| step.at).min();
    // A plan whose ways have no steps is rolled back by deciding it.
    let ways = &room.plan().rollback.ways;
    let has_steps = ways.iter().any(|way| !way.steps.is_empty());
    worked.or((!has_steps).then_some(rollback.began))
}

fn beat(room: &Room) -> Beat {
    let firing = || room.alerts().iter().filter(|(_, state)| state.is_firing());
    let of = |severity: Severity| {
        firing().filter(|(_, state)| state.fired.severity == severity).map(|(_, state)| state.at).min()
    };
    let heaviest = firing().max_by_key(|(_, state)| (state.fired.severity, std::cmp::Reverse(state.at)));
    let criteria = &room.plan().criteria;
    let known = heaviest.and_then(|(id, _)| criteria.iter().find(|one| AlertId::from(&one.id) == *id));
    let is_heavy = |one: &plan::Criterion| one.severity == Some(Severity::Critical) && one.value.is_some();
    Beat {
        critical: of(Severity::Critical),
        high: of(Severity::High),
        criterion: known.map(|one| one.id.clone()),
        has_critical: criteria.iter().any(is_heavy),
        is_calm: firing().next().is_none(),
    }
}
