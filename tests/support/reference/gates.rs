//! Gates: entered, passed, overridden and gone back from in their order, each worked out from the first act on.

use super::answers::means;
use super::day::{GATES, Means};
use super::rules::said;
use super::{Act, Ask, Found, GateSeen, Reference, Sight};

/// The gate that this check belongs to, in whichever part.
pub(super) fn gate_of(check: usize) -> Option<usize> {
    GATES.iter().position(|gate| gate.check == check || gate.hold == check || gate.conditions.contains(&check))
}

/// The gate that this check is a condition of.
fn gate_of_condition(check: usize) -> Option<usize> {
    GATES.iter().position(|gate| gate.conditions.contains(&check))
}

/// Whether this check is a condition of any gate.
pub(super) fn is_condition(check: usize) -> bool {
    gate_of_condition(check).is_some()
}

/// The gate that this check is.
pub(super) fn gate_that_is(check: usize) -> Option<usize> {
    GATES.iter().position(|gate| gate.check == check)
}

/// Whether this act says that the gate's share of the traffic is there.
fn enters(act: &Act, gate: usize) -> bool {
    match &act.ask {
        Ask::State { check, .. } | Ask::Confirm(check) => gate_of_condition(*check) == Some(gate),
        // Whoever says that nobody goes on does not say that the traffic is there.
        Ask::Answer { check, .. } if means(&act.ask) != Means::NoGo => gate_of_condition(*check) == Some(gate),
        Ask::EnterGate(which) => *which == gate,
        _ => passes(act, gate),
    }
}

/// Whether this act leaves the gate behind.
fn passes(act: &Act, gate: usize) -> bool {
    match &act.ask {
        Ask::PassGate(which) | Ask::OverrideGate(which, _) => *which == gate,
        Ask::Override(check, _) => gate_that_is(*check) == Some(gate),
        _ => false,
    }
}

/// The gates from one on, with all that belongs to them.
pub(super) fn parts_from(gate: usize) -> Vec<usize> {
    let parts = |gate: &super::Gate| {
        [gate.check, gate.hold].into_iter().chain(gate.conditions.iter().copied()).collect::<Vec<_>>()
    };
    let mut parts: Vec<usize> = GATES.iter().skip(gate).flat_map(parts).collect();
    parts.sort_unstable();
    parts
}

/// Whether this act makes void what was entered and passed of the gate; and whether it is entered anew by it.
fn voids(act: &Act, gate: usize) -> Option<bool> {
    match act.ask {
        Ask::BeginAttempt(..) => Some(false),
        Ask::GoBack(from, _) if gate + 1 >= from => Some(gate + 1 == from),
        _ => None,
    }
}

impl Reference {
    /// What was done of a gate since it was void last; what entered it anew is the first of it.
    fn of_gate(&self, gate: usize) -> impl DoubleEndedIterator<Item = &Act> {
        let void = self.acts.iter().rposition(|act| voids(act, gate).is_some());
        let is_anew = void.and_then(|void| voids(self.acts.get(void)?, gate)) == Some(true);
        self.acts.iter().skip(void.map_or(0, |void| void + usize::from(!is_anew)))
    }

    fn entered(&self, gate: usize) -> Option<&Act> {
        self.of_gate(gate).find(|act| enters(act, gate) || voids(act, gate) == Some(true))
    }

    pub(super) fn is_entered(&self, gate: usize) -> bool {
        self.entered(gate).is_some()
    }

    pub(super) fn is_passed(&self, gate: usize) -> bool {
        self.of_gate(gate).any(|act| passes(act, gate))
    }

    /// The first gate that nobody has left behind.
    fn next_gate(&self) -> Option<usize> {
        (0..GATES.len()).find(|gate| !self.is_passed(*gate))
    }

    /// The gate that was entered and not left behind.
    pub(super) fn current_gate(&self) -> Option<usize> {
        (0..GATES.len()).find(|gate| self.is_entered(*gate) && !self.is_passed(*gate))
    }

    pub(super) fn is_any_entered(&self) -> bool {
        (0..GATES.len()).any(|gate| self.is_entered(gate))
    }

    /// Whether, as far as gates go, a person may say that this check is done now.
    pub(super) fn gates_let_state(&self, check: usize) -> bool {
        match (gate_of(check), gate_of_condition(check)) {
            (None, _) => true,
            // Neither a gate nor a hold is ticked.
            (Some(_), None) => false,
            // A condition of a later gate waits, and while the way back is taken no gate is touched.
            (Some(gate), Some(_)) => self.is_passed(gate) || (self.next_gate() == Some(gate) && !self.gates_rest()),
        }
    }

    /// Whether it is a condition of the gate that is held now.
    pub(super) fn is_held_condition(&self, check: usize) -> bool {
        gate_of_condition(check).is_some() && gate_of_condition(check) == self.current_gate()
    }

    pub(super) fn allows_enter(&self, gate: usize) -> bool {
        self.is_next(gate) && !self.is_entered(gate)
    }

    pub(super) fn allows_pass(&self, gate: usize, sight: &Sight) -> bool {
        let seen = sight.gate.as_ref().filter(|seen| seen.gate == gate);
        let is_earned = seen.is_some_and(|seen| seen.is_held && seen.are_met == [true, true]);
        self.is_next(gate) && is_earned
    }

    pub(super) fn allows_override_gate(&self, gate: usize, reason: &str) -> bool {
        self.is_next(gate) && said(reason).is_some() && self.actor().is_some()
    }

    fn is_next(&self, gate: usize) -> bool {
        GATES.get(gate).is_some() && self.next_gate() == Some(gate) && !self.gates_rest()
    }

    /// Back from the gate at which the rollout stands, where one stands before it.
    pub(super) fn allows_go_back(&self, gate: usize, reason: &str) -> bool {
        let stands = (0..GATES.len()).rev().find(|gate| self.is_entered(*gate));
        let is_there = stands == Some(gate) && gate > 0 && !self.gates_rest();
        is_there && said(reason).is_some() && self.actor().is_some()
    }

    pub(super) fn gate_seen(&self, gate: usize) -> GateSeen {
        let entered = self.entered(gate).map(|act| (act.now, act.actor.clone()));
        let mut turns = self.of_gate(gate).filter_map(|act| match &act.ask {
            Ask::Finds(Found::Started(which)) if *which == gate => Some(("started", act.now)),
            Ask::Finds(Found::Broken(which)) if *which == gate => Some(("broken", act.now)),
            Ask::Finds(Found::Held(which)) if *which == gate => Some(("held", act.now)),
            _ => None,
        });
        let passed = self.of_gate(gate).find(|act| passes(act, gate)).map(|act| {
            let seen = act.sight.gate.as_ref().filter(|seen| seen.gate == gate);
            let held_ms = seen.map_or(0, |seen| seen.held_ms);
            let (on_word, reason) = match &act.ask {
                Ask::OverrideGate(_, reason) | Ask::Override(_, reason) => (true, said(reason)),
                _ => (seen.is_some_and(|seen| seen.on_word), None),
            };
            (act.now, act.actor.clone(), held_ms, on_word, reason)
        });
        let back = self.of_gate(gate).find_map(|act| match &act.ask {
            Ask::GoBack(_, reason) if voids(act, gate) == Some(true) => {
                Some((act.now, act.actor.clone(), reason.trim().to_owned()))
            }
            _ => None,
        });
        GateSeen { entered, turn: turns.next_back(), passed, back }
    }
}
