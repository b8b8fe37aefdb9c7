//! Gates: the clock of the hold, and what a passing rests on.

use serde::{Deserialize, Serialize};

/// How the clock of a hold turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldTurn {
    /// It runs, from nought.
    Started,
    /// It stands: data is missing, or a statement ran out.
    Paused,
    /// It runs again from where it stood.
    WentOn,
    /// A condition is not met: it stands, and starts again from nought or, where the settings say so, goes on.
    Broken,
    /// It has run to its end. No pass: a person passes the gate.
    Held,
}

/// A condition of a gate when the gate was passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionRead {
    /// Its words.
    pub text: String,
    /// Where it stood.
    pub state: ConditionState,
    /// What was seen, or what a person said; empty where nothing was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Where a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionState {
    /// Fresh samples meet it.
    Pass,
    /// Fresh samples do not meet it.
    Fail,
    /// It has no fresh data.
    NoData,
    /// Too little happened for its value to prove anything.
    TooFew,
    /// A person's word stands for it.
    OnWord,
    /// A person's word stood for it, and has run out.
    WordRanOut,
    /// Nobody has said anything of it.
    Open,
}
