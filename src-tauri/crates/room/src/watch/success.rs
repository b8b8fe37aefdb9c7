//! Success criteria over the windows that they name: watched from the beginning to the end, and judged once at it.

use jiff::Timestamp;

use super::Watch;
use crate::alert::{Judged, Purpose, Rule, RuleMemory, SuccessOutcome, WindowMemory, signed, window_of};
use crate::event::Event;
use crate::state::{Mode, Room};

impl Watch {
    /// Begins the windows that count now, and judges those that are over.
    pub(super) fn judge_success(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        for at in 0..self.book.rules.len() {
            let Some(rule) = self.book.rules.get(at) else { continue };
            let Purpose::Success { window_s } = rule.purpose else { continue };
            let Some((from, to)) = window_of(room, window_s) else { continue };
            if self.counts(room, rule, now) {
                self.memory.rules.entry(rule.id.clone()).or_default().begin_window(from, to);
                continue;
            }
            let is_told = self.judged.contains(&rule.id) || is_judged(room, rule, from, to);
            // Where nothing was deployed there was no success to prove.
            if is_told || now < from || !self.has_begun(room, now) {
                continue;
            }
            let Some(memory) = self.memory.rules.get_mut(&rule.id) else { continue };
            if memory.window().is_none_or(|window| (window.from, window.to) != (from, to)) {
                continue;
            }
            let Some(ended) = memory.end_window(now) else { continue };
            // The last answers are on their way; after a sleep, so is what was missed.
            let grace = signed(rule.every.saturating_mul(2).saturating_add(rule.timeout));
            let is_cut_short = room.mode() == Mode::RolledBack && now < to;
            let is_coming = now.duration_since(ended) < grace || self.backfill.is_waiting_for(&rule.signal);
            if !is_cut_short && is_coming {
                continue;
            }
            let Some(window) = memory.window_up_to(if is_cut_short { now } else { to }) else { continue };
            let blind_for = u64::try_from(room.config().alerts.blind_for.as_millis()).unwrap_or(u64::MAX);
            let outcome = outcome(&window, is_cut_short, blind_for);
            events.push(Event::SuccessJudged(Box::new(Judged {
                alert: rule.id.clone(),
                text: rule.text.clone(),
                from,
                to,
                outcome,
                breached_ms: window.breached_ms(),
                unseen_ms: window.unseen_ms(),
                seen: memory.last().map(|last| last.seen.clone()),
            })));
            self.judged.insert(rule.id.clone());
        }
        events
    }

    /// Whether the window of a success criterion is over and what was seen in it is not judged yet: it hears what was
    /// sampled in it, and forgets nothing.
    pub(super) fn is_to_be_judged(&self, room: &Room, rule: &Rule, now: Timestamp) -> bool {
        let Purpose::Success { window_s } = rule.purpose else { return false };
        let Some((from, to)) = window_of(room, window_s) else { return false };
        let is_open = self.memory.rules.get(&rule.id).and_then(RuleMemory::window).is_some();
        let is_told = self.judged.contains(&rule.id) || is_judged(room, rule, from, to);
        is_open && !is_told && now >= to && self.has_begun(room, now)
    }

    /// Where the window of a success criterion stands, as far as it has been counted.
    #[must_use]
    pub fn window(&self, rule: &Rule) -> Option<&WindowMemory> {
        self.memory.rules.get(&rule.id)?.window()
    }
}

/// Whether the log has a judgement over this very window.
fn is_judged(room: &Room, rule: &Rule, from: Timestamp, to: Timestamp) -> bool {
    room.success().get(&rule.id).is_some_and(|judged| (judged.from, judged.to) == (from, to))
}

/// What came of it. Unseen time proves nothing: it is tolerated for as long as blindness is.
fn outcome(window: &WindowMemory, is_cut_short: bool, blind_for_ms: u64) -> SuccessOutcome {
    if window.has_fired {
        SuccessOutcome::NotMet
    } else if is_cut_short {
        SuccessOutcome::CutShort
    } else if window.unseen_ms() > blind_for_ms {
        SuccessOutcome::Unproven
    } else {
        SuccessOutcome::Met
    }
}
