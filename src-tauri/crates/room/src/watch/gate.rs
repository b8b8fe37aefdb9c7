//! The gate that was entered: its conditions as they are now, and the clock of its hold.

use jiff::Timestamp;
use plan::ItemId;
use plan::config::OnBreach;

use super::Watch;
use crate::alert::{Phase, Purpose, Rule, RuleMemory, signed};
use crate::decide::GateSight;
use crate::event::Event;
use crate::gate::{ConditionNow, ConditionRead, ConditionState, HoldTurn};
use crate::state::{ItemState, Mode, Room, Standing};

impl Watch {
    /// The conditions of a gate as they are now; one that does not apply is none.
    #[must_use]
    pub fn conditions(&self, room: &Room, gate: &plan::Gate, now: Timestamp) -> Vec<ConditionNow> {
        let applies = |id: &&ItemId| !matches!(room.standing(id), Standing::NotApplicable { .. });
        gate.conditions.iter().filter(applies).map(|id| self.condition(room, &gate.item, id, now)).collect()
    }

    fn condition(&self, room: &Room, gate: &ItemId, id: &ItemId, now: Timestamp) -> ConditionNow {
        let text = room.plan().item(id).map_or_else(|| id.to_string(), |item| item.text.to_string());
        let is_its = |rule: &&Rule| {
            rule.item.as_ref() == Some(id) && matches!(&rule.purpose, Purpose::Condition { gate: of } if of == gate)
        };
        let rule = self.book.rules.iter().find(is_its);
        let spoken = spoken(room, id, now);
        // A person's no stands beside whatever a signal shows.
        let fresh = rule
            .filter(|_| !matches!(spoken, Some(Spoken::NotMet(_))))
            .and_then(|rule| Some((rule, self.fresh(&rule.id, now)?)));
        if let Some((rule, last)) = fresh {
            let state = if self.is_met(rule, now) { ConditionState::Pass } else { ConditionState::Fail };
            let since_before = self.since_before(&rule.id);
            return ConditionNow {
                item: id.clone(),
                read: ConditionRead { text, state, words: last.seen.words.clone(), since_before },
                has_fired: self.phase(&rule.id) == Phase::Firing,
                // A sample from ahead, as after a clock was set back, proves nothing of the time until then.
                met_until: last.seen.at.min(now),
                met_since: self.rule_memory(&rule.id).and_then(RuleMemory::good_since).unwrap_or(now),
                answered: self.answered(&rule.signal),
            };
        }
        // What fired and is not seen now fires still: missing never resolves.
        let has_fired = rule.is_some_and(|rule| self.phase(&rule.id) == Phase::Firing);
        let met_since = match &spoken {
            Some(Spoken::Met(since, _)) => *since,
            _ => now,
        };
        let (state, words) = match spoken {
            Some(Spoken::Met(_, words)) => (ConditionState::OnWord, words),
            Some(Spoken::RanOut(words)) => (ConditionState::WordRanOut, words),
            Some(Spoken::NotMet(words)) => (ConditionState::Fail, words),
            None => match rule {
                Some(rule) if self.is_too_few(rule) => (ConditionState::TooFew, self.why_unseen(&rule.signal, now)),
                Some(rule) => (ConditionState::NoData, self.why_unseen(&rule.signal, now)),
                None => (ConditionState::Open, String::new()),
            },
        };
        ConditionNow {
            item: id.clone(),
            read: ConditionRead { text, state, words, since_before: None },
            has_fired: has_fired && state != ConditionState::OnWord,
            met_until: now,
            met_since,
            answered: None,
        }
    }

    /// Lets the clock of the hold run.
    pub(super) fn run_hold(&mut self, room: &Room, now: Timestamp) -> Option<Event> {
        let gate = room.current_gate()?.clone();
        let entered = room.held_from(&gate.item)?;
        let conditions = self.conditions(room, &gate, now);
        let hold_ms = room.hold_s(&gate).unwrap_or(0).saturating_mul(1000);
        let hold = self.memory.hold.of(&gate.item, entered);
        // Whether the traffic is where the gate says nobody knows any more: it is held anew after a stand-down.
        if matches!(room.mode(), Mode::RollingBack | Mode::RolledBack) {
            let held_ms = hold.held_ms();
            let turn = hold.turn().and_then(|_| hold.broke(OnBreach::Restart))?;
            let why = "the way back was taken".to_owned();
            return Some(Event::HoldTurned { gate: gate.item, turn, held_ms, why });
        }
        // What was held before it broke is what the log keeps.
        let (before, fetched_before) = (hold.held_ms(), hold.fetched_ms());
        let turn = hold.advance(&conditions, entered, hold_ms, room.config().gates.on_breach)?;
        let held_ms = if turn == HoldTurn::Broken { before } else { hold.held_ms() };
        let fetched_s = hold.fetched_ms().saturating_sub(fetched_before) / 1000;
        let fetched = format!("{} of it fetched afterwards", crate::measure::length(fetched_s));
        let why = match turn {
            HoldTurn::Started | HoldTurn::WentOn if fetched_s > 0 => fetched,
            HoldTurn::Started | HoldTurn::WentOn => String::new(),
            HoldTurn::Paused | HoldTurn::Broken => why_not(&conditions),
            HoldTurn::Held if hold.on_word() => "every condition met, on word".to_owned(),
            HoldTurn::Held => "every condition met".to_owned(),
        };
        Some(Event::HoldTurned { gate: gate.item, turn, held_ms, why })
    }

    /// The gate at the moment of a decision.
    pub(super) fn gate_sight(&self, room: &Room, now: Timestamp) -> Option<GateSight> {
        let gate = room.current_gate()?;
        let conditions = self.conditions(room, gate, now);
        let hold = &self.memory.hold;
        let entered = room.held_from(&gate.item)?;
        let is_its_own = hold.is_of(&gate.item, entered) && (hold.counted_to().is_some() || hold.turn().is_some());
        let held_ms = if is_its_own { hold.held_ms() } else { 0 };
        let all_met = conditions.iter().all(ConditionNow::is_met);
        let by_word = conditions.iter().any(|one| one.read.state == ConditionState::OnWord);
        Some(GateSight {
            gate: gate.item.clone(),
            is_held: all_met && held_ms >= room.hold_s(gate).unwrap_or(0).saturating_mul(1000),
            on_word: hold.on_word() || by_word,
            held_ms,
            fetched_ms: if is_its_own { hold.fetched_ms() } else { 0 },
            conditions: conditions.into_iter().map(|one| one.read).collect(),
        })
    }

    fn is_too_few(&self, rule: &Rule) -> bool {
        let sample = self.signals.get(&rule.signal).and_then(|known| known.sample.as_ref());
        sample.is_some_and(|sample| sample.too_few.is_some())
    }
}

/// What a person said of a condition last.
enum Spoken {
    /// That it is met, since when, and in which words.
    Met(Timestamp, String),
    /// That it is met, too long ago.
    RanOut(String),
    /// That it is not met, which holds until somebody says otherwise.
    NotMet(String),
}

/// What a person said of a check last, and whether that still counts.
fn spoken(room: &Room, id: &ItemId, now: Timestamp) -> Option<Spoken> {
    let state: &ItemState = room.item(id)?;
    let mark = state.marks.last()?;
    let saw = match state.standing() {
        Standing::Stated { saw } => saw,
        Standing::AnsweredNo { words, .. } => return Some(Spoken::NotMet(format!("{}: {words}", mark.actor))),
        _ => return None,
    };
    let words = match saw {
        Some(saw) => format!("{}: {saw}", mark.actor),
        None => mark.actor.clone(),
    };
    let at = room.by_this_clock(mark.at, mark.event);
    let counts = now.duration_since(at) <= signed(room.config().gates.word_valid_for);
    Some(if counts { Spoken::Met(at, words) } else { Spoken::RanOut(words) })
}

/// The conditions that keep the clock from running.
fn why_not(conditions: &[ConditionNow]) -> String {
    let words = conditions.iter().filter(|one| one.has_fired || !one.is_met()).map(|one| {
        let ConditionRead { text, state, words, since_before } = &one.read;
        match state {
            _ if since_before.is_some() => format!("{text}: {words}, since before the gate"),
            ConditionState::WordRanOut => format!("{text}: the statement has run out"),
            ConditionState::Open => format!("{text}: nobody has said anything"),
            _ if words.is_empty() => text.clone(),
            _ => format!("{text}: {words}"),
        }
    });
    words.collect::<Vec<_>>().join("; ")
}
