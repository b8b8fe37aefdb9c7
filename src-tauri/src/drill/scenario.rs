//! What can be drilled.

use std::time::Duration;

/// A rehearsal: where it begins, and what goes wrong in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scenario {
    /// Names it on the command line and in the room.
    pub(crate) id: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// What happens, in a line.
    pub(crate) words: &'static str,
    /// What goes wrong; `None` where nothing does, and the plan itself is rehearsed from its first phase on, by the
    /// person at the window alone.
    pub(crate) fault: Option<Fault>,
}

/// Something that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// When it begins, from T0 on.
    pub(crate) after: Duration,
    /// How long the signals take from good to as bad as they get.
    pub(crate) climb: Duration,
    /// How long they take back to good, once a way back has worked.
    pub(crate) recovery: Duration,
}

/// All that can be drilled; the first is offered first.
pub(crate) const SCENARIOS: [Scenario; 2] = [
    Scenario {
        id: "bad-canary",
        title: "Bad canary",
        words: "Latency and errors climb once the first traffic shifts",
        fault: Some(Fault {
            after: Duration::from_secs(90),
            climb: Duration::from_secs(90),
            recovery: Duration::from_secs(60),
        }),
    },
    Scenario {
        id: "whole-plan",
        title: "The whole plan",
        words: "From the first phase to the last, and nothing goes wrong: you do all of it, and skip the waiting",
        fault: None,
    },
];

/// The scenario of this name.
pub(crate) fn of(id: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.id == id)
}
