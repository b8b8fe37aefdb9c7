//! What going back to the gate before changes.

use plan::ItemId;

use crate::event::{GoneBack, Recorded};
use crate::state::{GateState, Room, Standing};

impl Room {
    /// The gate before is entered anew; of it and of all behind it neither hold nor pass stands, nor what was said.
    pub(crate) fn go_back_to(&mut self, recorded: &Recorded, gone: &GoneBack) {
        let to = self.as_now(&gone.to);
        let Some(place) = self.plan.gates.iter().position(|gate| gate.item == to) else { return };
        let why = format!("gone back: {}", gone.reason);
        let mut void: Vec<ItemId> = Vec::new();
        for gate in self.plan.gates.iter().skip(place) {
            self.gates.remove(&gate.item);
            void.extend(std::iter::once(&gate.item).chain(&gate.hold_item).chain(&gate.conditions).cloned());
        }
        // What does not apply does not come to apply by going back, and of what nobody spoke there is nothing to void.
        let stands = |standing: &Standing| {
            standing.is_done() || matches!(standing, Standing::Overridden { .. } | Standing::AnsweredNo { .. })
        };
        for id in void {
            if stands(self.standing(&id)) {
                self.observe(recorded, &id, Standing::Lost { seen: None, why: why.clone() });
            }
        }
        let entered = Some((recorded.occurred_at, recorded.actor.clone()));
        let back = Some((recorded.occurred_at, recorded.actor.clone(), gone.reason.clone()));
        self.gates.insert(to, GateState { entered, back, ..GateState::default() });
    }
}
