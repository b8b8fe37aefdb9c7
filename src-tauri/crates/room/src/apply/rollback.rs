//! What the events of a rollback, and of its rehearsal, change.

use std::collections::BTreeMap;

use crate::event::{Event, Recorded};
use crate::rollback::{RollbackEnd, RollbackState, StepState, ToldState, WayTaken};
use crate::state::Room;

impl Room {
    pub(crate) fn go_back(&mut self, recorded: &Recorded) {
        let (at, actor) = (recorded.occurred_at, recorded.actor.clone());
        match &recorded.event {
            Event::RollbackBegan { criterion, reason, way } => {
                // A rehearsal that the truth overtakes is over.
                if let Some(last) = self.rollbacks.last_mut().filter(|last| last.is_rehearsal && last.is_running()) {
                    let stood_down = Some("the way back was taken for true".to_owned());
                    last.ended = Some(RollbackEnd { at, actor: actor.clone(), stood_down });
                }
                self.reopen_marks(recorded);
                let began = RollbackState { criterion: criterion.clone(), ..began(recorded, *way, reason, false) };
                self.rollbacks.push(began);
                return;
            }
            Event::RehearsalBegan(rehearsal) => {
                self.reopen_marks(recorded);
                self.rollbacks.push(began(recorded, rehearsal.way, "rehearsed before the day", true));
                return;
            }
            _ => {}
        }
        let Some(rollback) = self.rollback_place().and_then(|place| self.rollbacks.get_mut(place)) else { return };
        match &recorded.event {
            Event::WayChosen { way, reason } => {
                rollback.ways.push(WayTaken { way: *way, at, actor, reason: reason.clone() });
            }
            Event::StepStated { step, worked, result } => {
                let before = rollback.steps.remove(step).map(Box::new);
                let (event, worked, result) = (recorded.seq, *worked, result.clone());
                rollback.steps.insert(step.clone(), StepState { event, worked, result, actor, at, before });
            }
            Event::Told { whom, answered, words } => {
                rollback.told.insert(whom.clone(), ToldState { answered: *answered, words: words.clone(), actor, at });
            }
            Event::RolledBack => {
                rollback.ended = Some(RollbackEnd { at, actor, stood_down: None });
                self.keep_what_was_measured(recorded);
            }
            Event::StoodDown { reason } => {
                rollback.ended = Some(RollbackEnd { at, actor, stood_down: Some(reason.clone()) });
                if rollback.is_rehearsal {
                    self.reopen_marks(recorded);
                }
            }
            _ => {}
        }
    }
}

fn began(recorded: &Recorded, way: u32, reason: &str, is_rehearsal: bool) -> RollbackState {
    let (at, actor) = (recorded.occurred_at, recorded.actor.clone());
    RollbackState {
        began: at,
        actor: actor.clone(),
        criterion: None,
        reason: reason.to_owned(),
        ways: vec![WayTaken { way, at, actor, reason: String::new() }],
        steps: BTreeMap::new(),
        told: BTreeMap::new(),
        ended: None,
        is_rehearsal,
    }
}
