//! What the log keeps of an alert, and what the room knows of it.

use std::fmt;

use jiff::Timestamp;
use plan::{Criterion, CriterionId, ItemId, Severity, Unit};
use serde::{Deserialize, Serialize};

use crate::event::Recorded;
use crate::measure;

/// Names an alert, and the rule that raises it: the id of a criterion or of an item, or `blind`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AlertId(String);

impl AlertId {
    /// The alert about not seeing.
    #[must_use]
    pub fn blind() -> Self {
        Self("blind".to_owned())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the alert about not seeing.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.0 == "blind"
    }
}

impl From<&CriterionId> for AlertId {
    fn from(id: &CriterionId) -> Self {
        Self(id.as_str().to_owned())
    }
}

impl From<&ItemId> for AlertId {
    fn from(id: &ItemId) -> Self {
        Self(id.as_str().to_owned())
    }
}

impl From<String> for AlertId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for AlertId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A reading as the log keeps it: the words that a person saw, and the number behind them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// "612 ms", "200 in 44 ms".
    pub words: String,
    /// The number as the signal gave it, in decimal, `+Inf` or `-Inf`; empty for a yes or no.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// The unit of `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The sample's own time.
    pub at: Timestamp,
    /// Whether it was fetched afterwards: at its time nobody looked, or nothing came.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fetched: bool,
}

impl Seen {
    /// Whether it lies above the range that a criterion names: what was in it is over, and nothing is well.
    #[must_use]
    pub fn is_above_range(&self, criterion: &Criterion) -> bool {
        // An infinite value is written as Prometheus does.
        self.value.parse().is_ok_and(|value| measure::is_above_range(criterion, value, self.unit))
    }
}

/// A rule fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// Which.
    pub alert: AlertId,
    /// "P95 latency".
    pub name: String,
    /// "P95 latency >500ms", as the plan has it.
    pub text: String,
    /// What it demands.
    pub severity: Severity,
    /// The first breaching sample of this episode.
    pub since: Timestamp,
    /// What was seen; `None` where nothing is seen, which is what the alert is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// Until when it must be resolved: for a HIGH alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Timestamp>,
    /// Why, where it is no value: "no reply in 3 s".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// What the first breaching sample showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Seen>,
    /// Since when it was breached before it counted: before the phase, or before the gate. `None` for a breach that is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_before: Option<Timestamp>,
}

/// A success criterion at the end of its window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Its rule.
    pub alert: AlertId,
    /// As the plan has it.
    pub text: String,
    /// Where the window began.
    pub from: Timestamp,
    /// Where it ended.
    pub to: Timestamp,
    /// What came of it.
    pub outcome: SuccessOutcome,
    /// For how long it was seen to be breached, in milliseconds.
    pub breached_ms: u64,
    /// For how long nothing was seen, in milliseconds.
    pub unseen_ms: u64,
    /// What was seen last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// What came of a success criterion over its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuccessOutcome {
    /// It was seen, and its breach never lasted.
    Met,
    /// Its breach lasted, or came often enough to alarm.
    NotMet,
    /// It was not breached where it was seen, and it was unseen for longer than blindness is tolerated.
    Unproven,
    /// It was rolled back before the window was over.
    CutShort,
}

/// A person let the voice of an alert rest. Its state, its place in the list and the verdict are what they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// Who.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// The last episode of an alert, as its events made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertState {
    /// How it fired last.
    pub fired: Fired,
    /// The number of that event.
    pub event: u64,
    /// When that was.
    pub at: Timestamp,
    /// Who acknowledged it, when, and with what words.
    pub acknowledged: Option<(String, Timestamp, String)>,
    /// Until when it must be resolved, extensions taken in.
    pub deadline: Option<Timestamp>,
    /// Who extended the deadline last, and why.
    pub extended: Option<(String, String)>,
    /// Whether the deadline passed.
    pub is_overdue: bool,
    /// When it was resolved.
    pub resolved: Option<Timestamp>,
    /// Whether the log knows what came of its notification.
    pub is_notified: bool,
    /// Who let its voice rest, until when, and why; `None` once that is lifted or has run out.
    pub silenced: Option<Silence>,
}

impl AlertState {
    /// An episode that begins with this event.
    pub(crate) fn of(fired: Fired, recorded: &Recorded) -> Self {
        Self {
            event: recorded.seq,
            at: recorded.occurred_at,
            acknowledged: None,
            deadline: fired.deadline,
            extended: None,
            is_overdue: false,
            resolved: None,
            is_notified: false,
            silenced: None,
            fired,
        }
    }

    /// The silence that an episode takes over from the one before: what comes back while it rests goes on resting, until
    /// the end of that is said. What is graver than what was silenced speaks.
    pub(crate) fn silence_for(&self, fired: &Fired) -> Option<Silence> {
        self.silenced.as_ref().filter(|_| fired.severity <= self.fired.severity).cloned()
    }

    /// Whether its voice rests.
    #[must_use]
    pub fn is_silenced(&self, now: Timestamp) -> bool {
        self.silenced.as_ref().is_some_and(|silence| now < silence.until)
    }

    /// Whether it burns still.
    #[must_use]
    pub fn is_firing(&self) -> bool {
        self.resolved.is_none()
    }
}
