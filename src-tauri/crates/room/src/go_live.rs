//! What speaks against declaring go-live. It is named to whoever declares it, and forbids nothing: people decide.

use plan::{ItemId, Phase, SectionKind, Severity, When};

use crate::alert::AlertState;
use crate::said::question;
use crate::state::{Room, Standing};

impl Room {
    /// Whether go-live left a phase behind: the run of the day is over with it, and what the text counts from go-live has
    /// begun with it. Nobody is called to either any more.
    #[must_use]
    pub fn is_behind_go_live(&self, phase: &Phase) -> bool {
        let is_of_the_day = |section: &plan::Section| {
            matches!(section.kind, SectionKind::Preparation | SectionKind::Phase)
                || matches!(section.when, Some(When::First { .. }))
        };
        self.went_live().is_some() && self.plan().section(&phase.section).is_some_and(is_of_the_day)
    }
}

/// What speaks against go-live, each in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeaksAgainst {
    /// Gates that nobody has passed.
    pub gates: Vec<String>,
    /// Alerts that fire and demand the way back, now or by a deadline.
    pub alerts: Vec<String>,
    /// NO-GO that was answered and not lifted.
    pub no_go: Vec<String>,
    /// What was passed against what was seen, and what fires without demanding the way back.
    pub overridden: Vec<String>,
    /// Checks of the deployment that nobody has settled.
    pub open: Vec<String>,
}

impl SpeaksAgainst {
    /// Whether it takes a reason to go live all the same.
    #[must_use]
    pub fn wants_reason(&self) -> bool {
        !(self.gates.is_empty() && self.alerts.is_empty() && self.no_go.is_empty())
    }

    /// What it takes a reason for.
    #[must_use]
    pub fn grave(&self) -> Vec<String> {
        [&self.gates, &self.alerts, &self.no_go].into_iter().flatten().cloned().collect()
    }

    /// All of it, the gravest first.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        self.grave().into_iter().chain(self.overridden.iter().cloned()).chain(self.open.iter().cloned()).collect()
    }
}

/// What speaks against declaring go-live now.
#[must_use]
pub fn speaks_against(room: &Room) -> SpeaksAgainst {
    let mut found = SpeaksAgainst::default();
    for gate in &room.plan().gates {
        let passed = room.gate(&gate.item).and_then(|state| state.passed.as_ref());
        match passed.map(|passed| passed.overridden.as_ref()) {
            None => found.gates.push(format!("gate not passed: {}", gate.text)),
            Some(Some(reason)) => found.overridden.push(format!("gate overridden: {} ({reason})", gate.text)),
            Some(None) => {}
        }
    }
    for state in room.alerts().values().filter(|state| state.is_firing()) {
        let AlertState { fired, .. } = state;
        match fired.severity {
            Severity::Critical => found.alerts.push(format!("CRITICAL fires: {}", fired.name)),
            Severity::High => found.alerts.push(format!("HIGH fires: {}", fired.name)),
            Severity::Medium => found.overridden.push(format!("to investigate: {}", fired.name)),
        }
    }
    let words = |id: &ItemId| room.plan().item(id).map(question).unwrap_or_default();
    for id in deployment_items(room) {
        if room.is_of_a_gate(id) {
            continue;
        }
        match room.standing(id) {
            Standing::AnsweredNo { words: answer, is_no_go: true } => {
                found.no_go.push(format!("{}: {answer}", words(id)));
            }
            Standing::Overridden { reason } => found.overridden.push(format!("overridden: {} ({reason})", words(id))),
            standing if !standing.is_settled() => found.open.push(format!("open: {}", words(id))),
            _ => {}
        }
    }
    found
}

/// The checks from T0's phase on, up to the first section of the watch.
fn deployment_items(room: &Room) -> impl Iterator<Item = &ItemId> {
    let plan = room.plan();
    let from = plan.start.phase.as_ref();
    let is_watch = |section| plan.section(section).is_some_and(|section| section.kind == SectionKind::Watch);
    let phases = plan.phases.iter().skip_while(move |phase| Some(&phase.section) != from);
    phases.take_while(move |phase| !is_watch(&phase.section)).flat_map(|phase| &phase.items)
}
