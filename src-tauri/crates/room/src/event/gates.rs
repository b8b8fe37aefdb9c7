//! What people decide about gates besides passing them.

use plan::ItemId;
use serde::{Deserialize, Serialize};

use crate::gate::ConditionRead;

/// The rollout went back to the gate before: the hold of the gate that it came from is void, and so is what was passed
/// from the gate before on, which is held anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneBack {
    /// The gate at which the rollout stood.
    pub gate: ItemId,
    /// The gate before, whose share of the traffic is on the new version now.
    pub to: ItemId,
    /// Why.
    pub reason: String,
    /// How long the gate had been held, in milliseconds of seen time.
    pub held_ms: u64,
    /// Each of its conditions with what was seen or said of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ConditionRead>,
}
