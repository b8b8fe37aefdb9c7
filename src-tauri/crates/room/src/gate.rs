//! Gates: the clock of the hold, and what a passing rests on.

use jiff::Timestamp;
use plan::ItemId;
use plan::config::OnBreach;
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
    /// Since when it was breached before the gate was entered, while that breach goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_before: Option<Timestamp>,
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

impl ConditionState {
    /// Whether it counts as met.
    #[must_use]
    pub fn is_met(self) -> bool {
        matches!(self, Self::Pass | Self::OnWord)
    }
}

/// A condition as it is now, as far as the clock of the hold needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionNow {
    /// The check.
    pub item: ItemId,
    /// What the log would keep of it.
    pub read: ConditionRead,
    /// Whether its breach has lasted: it breaks the hold, where a single bad sample only pauses it.
    pub has_fired: bool,
    /// Up to when it is known to be met: the time of the last sample, or now for a statement that counts.
    pub met_until: Timestamp,
    /// Since when it is known to be met without a moment in which it was not.
    pub met_since: Timestamp,
}

impl ConditionNow {
    /// Whether it is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.read.state.is_met()
    }
}

/// The clock of the hold of the gate that was entered. Kept beside the log, so that a restart goes on where it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldMemory {
    /// Whose.
    gate: Option<ItemId>,
    /// How long every condition was seen to be met.
    held_ms: u64,
    /// Up to when that has been counted; `None` while the clock stands.
    counted_to: Option<Timestamp>,
    /// When somebody looked again after a while in which nobody did.
    #[serde(default)]
    not_before: Option<Timestamp>,
    /// How it turned last.
    turn: Option<HoldTurn>,
    /// Whether any of it rests on a person's word.
    on_word: bool,
}

impl HoldMemory {
    /// The clock of this gate: another gate's is forgotten.
    pub fn of(&mut self, gate: &ItemId) -> &mut Self {
        if self.gate.as_ref() != Some(gate) {
            *self = Self { gate: Some(gate.clone()), ..Self::default() };
        }
        self
    }

    /// The checklist was read again: the clock goes on under the gate's new name.
    pub(crate) fn rename(&mut self, now: impl FnOnce(&ItemId) -> ItemId) {
        self.gate = self.gate.as_ref().map(now);
    }

    /// How long it has been held, in seen time.
    #[must_use]
    pub fn held_ms(&self) -> u64 {
        self.held_ms
    }

    /// Up to when that is; `None` while the clock stands.
    #[must_use]
    pub fn counted_to(&self) -> Option<Timestamp> {
        self.counted_to
    }

    /// How it turned last.
    #[must_use]
    pub fn turn(&self) -> Option<HoldTurn> {
        self.turn
    }

    /// Whether any of it rests on a person's word.
    #[must_use]
    pub fn on_word(&self) -> bool {
        self.on_word
    }

    /// Nobody looked for a while: what follows begins anew, and nothing before `now` is counted any more.
    pub(crate) fn stand(&mut self, now: Timestamp) {
        self.counted_to = None;
        self.not_before = Some(now);
    }

    /// Lets the clock run as the conditions allow, and says how it turned. `entered` is when the share of the traffic
    /// was said to be there: nothing before it counts.
    pub fn advance(
        &mut self,
        conditions: &[ConditionNow],
        entered: Timestamp,
        hold_ms: u64,
        on_breach: OnBreach,
    ) -> Option<HoldTurn> {
        let turn = if conditions.iter().any(|condition| condition.has_fired) {
            self.counted_to = None;
            if on_breach == OnBreach::Restart {
                self.held_ms = 0;
                self.on_word = false;
            }
            Some(HoldTurn::Broken)
        } else if conditions.iter().all(ConditionNow::is_met) {
            self.run(conditions, entered, hold_ms)
        } else {
            self.counted_to = None;
            // A clock that never ran does not stand still, and one that broke stays broken until it runs again.
            matches!(self.turn, Some(HoldTurn::Started | HoldTurn::WentOn | HoldTurn::Held)).then_some(HoldTurn::Paused)
        };
        let turn = turn.filter(|turn| self.turn != Some(*turn))?;
        self.turn = Some(turn);
        Some(turn)
    }

    /// Every condition is met: the stretch counts from where the last of them came to be met, up to the oldest of what
    /// they are known by.
    fn run(&mut self, conditions: &[ConditionNow], entered: Timestamp, hold_ms: u64) -> Option<HoldTurn> {
        let known_to = conditions.iter().map(|condition| condition.met_until).min()?;
        let met_since = conditions.iter().map(|condition| condition.met_since).max()?.max(entered);
        self.on_word |= conditions.iter().any(|condition| condition.read.state == ConditionState::OnWord);
        let runs = match self.counted_to {
            // A clock that stood begins with what is heard from now on: what was meanwhile is not known of all.
            None => {
                let newest = conditions.iter().map(|condition| condition.met_until).max()?;
                self.counted_to = Some(newest.max(met_since).max(self.not_before.unwrap_or(entered)));
                Some(if self.held_ms == 0 { HoldTurn::Started } else { HoldTurn::WentOn })
            }
            Some(counted_to) => {
                let stretch = known_to.duration_since(counted_to.max(met_since));
                self.held_ms = self.held_ms.saturating_add(u64::try_from(stretch.as_millis()).unwrap_or(0));
                self.counted_to = Some(counted_to.max(known_to));
                None
            }
        };
        if self.held_ms >= hold_ms { Some(HoldTurn::Held) } else { runs }
    }
}
