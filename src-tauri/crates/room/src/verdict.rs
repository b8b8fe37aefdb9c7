//! The verdict: one word, and why.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The word. In every mode the stronger wins: ROLL BACK, BLIND, HOLD, GO.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// Nothing is armed: there is no verdict.
    NotWatched,
    /// All that is armed is seen, and nothing speaks against going on.
    Go,
    /// Something speaks against going on.
    Hold,
    /// What would have to be seen is not.
    Blind,
    /// The way is back.
    RollBack,
}

impl fmt::Display for VerdictWord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotWatched => "NOT WATCHED",
            Self::Go => "GO",
            Self::Hold => "HOLD",
            Self::Blind => "BLIND",
            Self::RollBack => "ROLL BACK",
        })
    }
}
