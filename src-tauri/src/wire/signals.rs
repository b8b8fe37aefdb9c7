//! The signals' page: what is asked, which commands are armed, what could be observed besides.

use serde::Serialize;
use ts_rs::TS;

/// What is watched, and what could be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct SignalsView {
    /// "12 asked · 1 command not armed · 5 proposals".
    pub words: String,
    /// How many commands are not armed.
    pub not_armed: u32,
    /// How many proposals wait for an answer.
    pub open: u32,
    /// What is asked; metrics, then probes, each by name. Its live value is that of the vital sign with the same id.
    pub signals: Vec<SignalView>,
    /// What the checklist's own links and commands could observe, in the order of its text.
    pub proposals: Vec<ProposalView>,
    /// What no proposal can be made for, and why.
    pub unproposed: Vec<UnproposedView>,
    /// What was accepted, as the settings write it; empty where nothing was.
    pub settings: String,
    /// Where the settings lie: "~/plans/war-room.toml".
    pub file: String,
}

/// Something that is asked over and over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct SignalView {
    /// Names it: [`super::VitalView::id`].
    pub id: String,
    /// Its name in the settings.
    pub name: String,
    /// What asks: "Prometheus (prod)", "command lag".
    pub observer: String,
    /// What is asked, whole: a query, an address, a command.
    pub asks: String,
    /// "every 5 s, within 3 s".
    pub pace: String,
    /// What must come of it: "status 200"; empty where a criterion says it.
    pub expects: String,
    /// The checks and criteria that it observes.
    pub observes: Vec<String>,
    /// The proposal that it came of, while it holds; empty where the settings name it.
    pub proposal: String,
    /// "accepted by MK · 06:10:03 UTC"; empty where the settings name it.
    pub said: String,
    /// What is to be known before it is armed, where it is a command.
    pub command: Option<CommandProbeView>,
}

/// A command that is run over and over, once a person armed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommandProbeView {
    /// Names the command's text.
    pub digest: String,
    /// Whether it runs.
    pub armed: bool,
    /// "Not armed: it does not run", "Armed by MK · 06:10:03 UTC".
    pub words: String,
    /// The folder in which it runs, whole.
    pub folder: String,
    /// "bash -u -o pipefail".
    pub shell: String,
    /// "every 30 s".
    pub every: String,
    /// "ended after 5 s".
    pub limit: String,
}

/// Something that could observe a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProposalView {
    /// Names it.
    pub id: String,
    /// Names the draft as it is shown.
    pub digest: String,
    /// `open`, `accepted` or `dropped`.
    pub state: String,
    /// The check's words.
    pub text: String,
    /// The check's line.
    pub line: u32,
    /// What would ask: "HTTP check", "certificate check", "metric error_rate".
    pub observer: String,
    /// What would be asked, whole.
    pub asks: String,
    /// "every 30 s, within 5 s".
    pub pace: String,
    /// What must come of it.
    pub expects: String,
    /// Why it is proposed.
    pub reason: String,
    /// The line that says so.
    pub reason_line: u32,
    /// What it does not prove; empty where the check says no more than is asked.
    pub caveat: String,
    /// As the settings write it.
    pub draft: String,
    /// Whether it runs a command, which a person has to arm afterwards.
    pub is_command: bool,
    /// "MK · 06:10:03 UTC", where it was accepted.
    pub said: String,
}

/// A check for which nothing can be proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnproposedView {
    /// The check's words.
    pub text: String,
    /// Its line.
    pub line: u32,
    /// Why.
    pub why: String,
}
