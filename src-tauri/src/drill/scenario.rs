//! What can be drilled.

use std::time::Duration;

/// Something that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scenario {
    /// Names it on the command line and in the room.
    pub(crate) id: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// What happens, in a line.
    pub(crate) words: &'static str,
    /// When the fault begins, from T0 on.
    pub(crate) fault_after: Duration,
    /// How long the signals take from good to as bad as they get.
    pub(crate) climb: Duration,
    /// How long they take back to good, once a way back has worked.
    pub(crate) recovery: Duration,
}

/// All that can be drilled; the first is offered first.
pub(crate) const SCENARIOS: [Scenario; 1] = [Scenario {
    id: "bad-canary",
    title: "Bad canary",
    words: "Latency and errors climb once the first traffic shifts",
    fault_after: Duration::from_secs(90),
    climb: Duration::from_secs(90),
    recovery: Duration::from_secs(60),
}];

/// The scenario of this name.
pub(crate) fn of(id: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.id == id)
}
