//! Checks that a signal ticks and un-ticks.

use jiff::Timestamp;

use super::Watch;
use crate::alert::{Phase, Rule};
use crate::event::Event;
use crate::state::{Room, Standing};

impl Watch {
    /// Whether a rule's sentence is so: fresh, no breach and none that threatens, and for as long as its text says.
    #[must_use]
    pub fn is_met(&self, rule: &Rule, now: Timestamp) -> bool {
        let Some(memory) = self.memory.rules.get(&rule.id).filter(|memory| memory.is_fresh(now)) else { return false };
        let Some((last, since)) = memory.last().zip(memory.good_since()) else { return false };
        let is_long_enough = last.seen.at.duration_since(since) >= crate::alert::signed(rule.met_for);
        memory.phase() == Phase::Inactive && last.is_good && is_long_enough
    }

    /// Ticks what a signal shows to be so, and un-ticks what it does not show any more. What a person said stands, until
    /// a signal says otherwise; what a person overrode, deferred or set aside stays theirs.
    pub(super) fn tick_checks(&mut self, room: &Room, now: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        for rule in &self.book.rules {
            let Some(item) = &rule.item else { continue };
            // One word at a time: what was said is on its way to the log.
            if self.said.contains(item) {
                continue;
            }
            let counts = self.counts(room, rule, now);
            let fresh = self.fresh(&rule.id, now);
            match room.standing(item) {
                Standing::Open | Standing::Claimed | Standing::Lost { .. } if counts && self.is_met(rule, now) => {
                    let Some(last) = fresh else { continue };
                    events.push(Event::Observed { item: item.clone(), seen: last.seen.clone() });
                }
                // A gate that was passed keeps what it was passed on.
                Standing::Observed { .. } if counts => match fresh {
                    None => events.push(Event::ObservationLost {
                        item: item.clone(),
                        seen: None,
                        why: self.why_unseen(&rule.signal, now),
                    }),
                    Some(last) if !last.is_good => events.push(Event::ObservationLost {
                        item: item.clone(),
                        seen: Some(last.seen.clone()),
                        why: format!("{} does not meet “{}”", last.seen.words, rule.text),
                    }),
                    Some(_) => {}
                },
                // A statement that a signal contradicts for good is not done any more.
                Standing::Stated { .. } if counts && self.phase(&rule.id) == Phase::Firing => {
                    let Some(last) = fresh.filter(|last| !last.is_good) else { continue };
                    events.push(Event::ObservationLost {
                        item: item.clone(),
                        seen: Some(last.seen.clone()),
                        why: format!("{} does not meet “{}”", last.seen.words, rule.text),
                    });
                }
                _ => {}
            }
        }
        for event in &events {
            if let Event::Observed { item, .. } | Event::ObservationLost { item, .. } = event {
                self.said.insert(item.clone());
            }
        }
        events
    }
}
