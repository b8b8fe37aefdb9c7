//! Gates: the clock of the hold, and what a passing rests on.

use jiff::{SignedDuration, Timestamp};
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
    /// From when to when its signal was asked without a question missed, those that were asked for afterwards among them.
    pub answered: Option<(Timestamp, Timestamp)>,
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
    /// Up to when it was counted when it came to stand for want of data or of somebody who looks: samples that are
    /// fetched afterwards may prove what follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stood_from: Option<Timestamp>,
    /// From when to when nobody looked since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unlooked: Option<(Timestamp, Timestamp)>,
    /// From where it runs if what it waits for proves nothing: every condition has been met since somebody looks again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    awaited_from: Option<Timestamp>,
    /// How much of what was held was proven only afterwards.
    #[serde(default, skip_serializing_if = "crate::event::is_nought")]
    fetched_ms: u64,
    /// When the gate was entered by the log, and when that was by the clock as it is set now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entered: Option<(Timestamp, Timestamp)>,
    /// How it turned last.
    turn: Option<HoldTurn>,
    /// Whether any of it rests on a person's word.
    on_word: bool,
}

impl HoldMemory {
    /// The clock of this gate as it was entered at `entered` by the log: what was held of another, or before this one was
    /// gone back to, is forgotten.
    pub fn of(&mut self, gate: &ItemId, entered: Timestamp) -> &mut Self {
        if !self.is_of(gate, entered) {
            *self = Self { gate: Some(gate.clone()), ..Self::default() };
        }
        self
    }

    /// Whether what was counted is of this gate as it was entered then.
    #[must_use]
    pub fn is_of(&self, gate: &ItemId, entered: Timestamp) -> bool {
        self.gate.as_ref() == Some(gate) && self.entered.is_none_or(|(known, _)| known == entered)
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

    /// How much of it was proven only afterwards, by samples that were fetched.
    #[must_use]
    pub fn fetched_ms(&self) -> u64 {
        self.fetched_ms
    }

    /// Nobody looked for a while: what follows begins anew, and nothing before `now` is counted any more, unless it is
    /// fetched afterwards.
    pub(crate) fn stand(&mut self, from: Timestamp, now: Timestamp) {
        self.wait_for_proof();
        self.not_before = Some(now);
        let from = self.unlooked.map_or(from, |(first, _)| first.min(from));
        self.unlooked = Some((from, now));
    }

    fn wait_for_proof(&mut self) {
        self.stood_from = self.counted_to.take().or(self.stood_from);
        self.awaited_from = None;
    }

    /// What stood stays what it is: nothing that comes later proves it.
    fn give_up_proof(&mut self) {
        self.counted_to = None;
        self.stood_from = None;
        self.awaited_from = None;
        self.unlooked = None;
    }

    /// The wall clock was set: what was counted by it goes on by it as it is now.
    pub(crate) fn shift(&mut self, by: SignedDuration) {
        let times = [&mut self.counted_to, &mut self.not_before, &mut self.stood_from, &mut self.awaited_from];
        for at in times.into_iter().flatten() {
            *at = shifted(*at, by);
        }
        if let Some((from, to)) = &mut self.unlooked {
            (*from, *to) = (shifted(*from, by), shifted(*to, by));
        }
        if let Some((_, entered)) = &mut self.entered {
            *entered = shifted(*entered, by);
        }
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
        let entered = self.entered_by_this_clock(entered);
        let turn = if conditions.iter().any(|condition| condition.has_fired) {
            self.stop(on_breach);
            Some(HoldTurn::Broken)
        } else if conditions.iter().all(ConditionNow::is_met) {
            self.run(conditions, entered, hold_ms)
        } else {
            let is_unmet = |condition: &&ConditionNow| !condition.is_met();
            if conditions.iter().filter(is_unmet).all(|condition| condition.read.state == ConditionState::NoData) {
                self.wait_for_proof();
            } else {
                self.give_up_proof();
            }
            // A clock that never ran does not stand still, and one that broke stays broken until it runs again.
            matches!(self.turn, Some(HoldTurn::Started | HoldTurn::WentOn | HoldTurn::Held)).then_some(HoldTurn::Paused)
        };
        let turn = turn.filter(|turn| self.turn != Some(*turn))?;
        self.turn = Some(turn);
        Some(turn)
    }

    /// A breach broke it that was over before anybody knew of it.
    pub(crate) fn broke(&mut self, on_breach: OnBreach) -> Option<HoldTurn> {
        self.stop(on_breach);
        let turn = HoldTurn::Broken;
        (self.turn.replace(turn) != Some(turn)).then_some(turn)
    }

    fn stop(&mut self, on_breach: OnBreach) {
        self.give_up_proof();
        if on_breach == OnBreach::Restart {
            self.held_ms = 0;
            self.fetched_ms = 0;
            self.on_word = false;
        }
    }

    fn entered_by_this_clock(&mut self, by_the_log: Timestamp) -> Timestamp {
        match self.entered {
            Some((known, entered)) if known == by_the_log => entered,
            _ => {
                self.entered = Some((by_the_log, by_the_log));
                by_the_log
            }
        }
    }

    /// Every condition is met: the stretch counts from where the last of them came to be met, up to the oldest of what
    /// they are known by.
    fn run(&mut self, conditions: &[ConditionNow], entered: Timestamp, hold_ms: u64) -> Option<HoldTurn> {
        let known_to = conditions.iter().map(|condition| condition.met_until).min()?;
        let met_since = conditions.iter().map(|condition| condition.met_since).max()?.max(entered);
        self.on_word |= conditions.iter().any(|condition| condition.read.state == ConditionState::OnWord);
        let newest = conditions.iter().map(|condition| condition.met_until).max()?;
        // A clock that stood begins with what is heard from now on: what was meanwhile is not known of all.
        let anew = newest.max(met_since).max(self.not_before.unwrap_or(entered));
        let goes_on = Some(if self.held_ms == 0 { HoldTurn::Started } else { HoldTurn::WentOn });
        let runs = match (self.counted_to, self.proof(conditions, met_since)) {
            (Some(counted_to), _) => {
                self.count(counted_to.max(met_since), known_to);
                self.counted_to = Some(counted_to.max(known_to));
                None
            }
            (None, Proof::Awaited) => {
                self.awaited_from.get_or_insert(anew);
                return None;
            }
            (None, Proof::Since(from)) => {
                self.give_up_proof();
                self.fetched_ms = self.fetched_ms.saturating_add(self.count(from, known_to));
                goes_on
            }
            (None, Proof::Missing) => {
                let from = self.awaited_from.map_or(anew, |from| from.max(met_since));
                self.give_up_proof();
                self.count(from, known_to);
                goes_on
            }
        };
        if self.held_ms >= hold_ms { Some(HoldTurn::Held) } else { runs }
    }

    /// Counts a stretch, and says how long it is.
    fn count(&mut self, from: Timestamp, to: Timestamp) -> u64 {
        let stretch_ms = u64::try_from(to.duration_since(from).as_millis()).unwrap_or(0);
        self.held_ms = self.held_ms.saturating_add(stretch_ms);
        self.counted_to = Some(from.max(to));
        stretch_ms
    }

    /// Whether what stood is proven after all: samples show every condition to have been met ever since, and no question
    /// is missing from where nobody looked. A word proves nothing of a time in which nobody was there.
    fn proof(&self, conditions: &[ConditionNow], met_since: Timestamp) -> Proof {
        let Some(from) = self.stood_from.filter(|from| met_since <= *from) else { return Proof::Missing };
        let (first, last) = self.unlooked.unwrap_or((from, from));
        let mut proof = Proof::Since(from);
        for condition in conditions {
            let is_seen = condition.read.state == ConditionState::Pass;
            match condition.answered.filter(|(since, _)| is_seen && *since <= first) {
                None => return Proof::Missing,
                Some((_, until)) if until < last => proof = Proof::Awaited,
                Some(_) => {}
            }
        }
        proof
    }
}

/// What is known of a stretch in which the clock stood.
enum Proof {
    /// Nothing, or not of every condition.
    Missing,
    /// The next answers will tell.
    Awaited,
    /// Every condition was met from then on.
    Since(Timestamp),
}

/// A time by a clock that was set by so much since.
pub(crate) fn shifted(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}
