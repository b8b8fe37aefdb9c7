//! What the plan's own links and commands could observe: proposals, which a person accepts or does not.
//!
//! Owns: which checks and criteria something that stands in the text, or in the settings, could tick. Nothing is made up:
//! an address, a name, a command that no line names is proposed nowhere, and what changes anything never is. Must not
//! know: how anything is asked, and what was accepted.

mod address;
mod draft;
mod find;
mod look;
mod said;
pub(crate) mod shell;
#[cfg(test)]
mod tests;

use crate::Plan;
use crate::config::{BoundBy, Config, Probe};

/// Something that could observe a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Stable name: the same as long as check and draft are the same.
    pub id: String,
    /// The id of the check, or of the criterion that no check stands for.
    pub item: String,
    /// Its line.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// By what it would be observed.
    pub by: BoundBy,
    /// The new probe; `None` where the settings have what observes already.
    pub probe: Option<Probe>,
    /// As the settings write it: the probe, where it is a new one, and the binding.
    pub draft: String,
    /// Why it is proposed: the line that names what is asked, and what stands there.
    pub reason: String,
    /// That line; the check's own where the settings have what observes.
    pub reason_line: usize,
    /// What it does not prove; empty where the check says no more than is asked.
    pub caveat: String,
}

/// Why nothing is proposed for a check that asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproposed {
    /// The check's line.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// Why, in words.
    pub why: String,
}

/// All of it, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposals {
    /// What could be observed.
    pub proposals: Vec<Proposal>,
    /// What could not, and why.
    pub unproposed: Vec<Unproposed>,
}

/// What could be observed of the plan besides what the settings bind. `config` is the settings beside the checklist.
#[must_use]
pub fn propose(plan: &Plan, config: &Config) -> Proposals {
    find::Finding::of(plan, config).all()
}
