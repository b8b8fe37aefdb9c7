//! The way back: decided, rehearsed, walked, told of, ended; and what comes after it.

use super::clock::Place;
use super::day::{MARKS, STEPS, TOLD, WAYS_BACK};
use super::marks::{is_of_the_attempt, is_open};
use super::rules::said;
use super::{Ask, AttemptSeen, BackSeen, CHECKS, GATES, Reference};

/// A rollback.
#[derive(Debug, Clone)]
pub(super) struct Back {
    pub(super) seen: BackSeen,
    /// Each word on a step: which, and what.
    words: Vec<(usize, (u64, bool, String))>,
}

impl Back {
    fn runs(&self) -> bool {
        self.seen.ended.is_none()
    }

    /// Whether it was brought to its end.
    fn is_back(&self) -> bool {
        matches!(self.seen.ended, Some((_, None)))
    }
}

fn is_way(way: u32) -> bool {
    (1..=WAYS_BACK).contains(&way)
}

/// Which of them counts: the one that runs, else the last that was taken for true. One that was stopped leaves things as
/// they were before it.
fn that_counts(backs: &mut [Back]) -> Option<&mut Back> {
    if backs.last().is_some_and(Back::runs) {
        return backs.last_mut();
    }
    let is_true = |back: &&Back| !back.seen.is_rehearsal;
    let place = backs.iter().rposition(|back| is_true(&back) && back.is_back());
    let place = place.or_else(|| backs.iter().rposition(|back| is_true(&back)))?;
    backs.get_mut(place)
}

impl Reference {
    /// Where the acts of the attempt that counts begin.
    fn attempt_from(&self) -> usize {
        self.acts.iter().rposition(|act| matches!(act.ask, Ask::BeginAttempt(..))).map_or(0, |place| place + 1)
    }

    /// The rollbacks of the attempt that counts, and the rehearsals in it.
    fn backs(&self, from: usize) -> Vec<Back> {
        let mut backs: Vec<Back> = Vec::new();
        for act in self.acts.iter().skip(from) {
            let begins = |way: u32, reason: String, is_rehearsal| Back {
                seen: BackSeen {
                    began: (act.now, act.actor.clone()),
                    reason,
                    ways: vec![(way, String::new())],
                    is_rehearsal,
                    ..BackSeen::default()
                },
                words: Vec::new(),
            };
            match &act.ask {
                Ask::RollBack(_, reason, way) => {
                    if let Some(last) = backs.last_mut().filter(|last| last.runs()) {
                        last.seen.ended = Some((act.now, Some("the way back was taken for true".to_owned())));
                    }
                    let reason = said(reason).unwrap_or_else(|| "Error rate >10%".to_owned());
                    backs.push(begins(*way, reason, false));
                    continue;
                }
                Ask::Rehearse(way) => {
                    backs.push(begins(*way, "rehearsed before the day".to_owned(), true));
                    continue;
                }
                _ => {}
            }
            let Some(back) = that_counts(&mut backs) else { continue };
            match &act.ask {
                Ask::ChooseWay(way, reason) => back.seen.ways.push((*way, reason.trim().to_owned())),
                Ask::StateStep(step, worked, result) => {
                    back.words.push((*step, (act.seq, *worked, result.trim().to_owned())));
                }
                Ask::UndoStep(step) => {
                    let last = back.words.iter().rposition(|(which, _)| which == step);
                    last.map(|last| back.words.remove(last));
                }
                Ask::Tell(whom, answered, words) => {
                    back.seen.told.resize(TOLD, None);
                    let known = back.seen.told.get_mut(*whom);
                    known.into_iter().for_each(|known| *known = Some((*answered, words.trim().to_owned())));
                }
                Ask::DeclareRolledBack => back.seen.ended = Some((act.now, None)),
                Ask::StandDown(reason) => back.seen.ended = Some((act.now, said(reason))),
                _ => {}
            }
        }
        for back in &mut backs {
            back.seen.told.resize(TOLD, None);
            let last = |step: usize| back.words.iter().rfind(|(which, _)| *which == step).map(|(_, word)| word.clone());
            back.seen.steps = (0..STEPS).map(last).collect();
        }
        backs
    }

    /// The rollback that counts.
    pub(super) fn back(&self) -> Option<Back> {
        that_counts(&mut self.backs(self.attempt_from())).cloned()
    }

    /// Whether the way back is walked, for true or for practice.
    pub(super) fn runs_back(&self) -> bool {
        self.back().is_some_and(|back| back.runs())
    }

    pub(super) fn rehearses(&self) -> bool {
        self.back().is_some_and(|back| back.runs() && back.seen.is_rehearsal)
    }

    /// `rolling back` or `rolled back`, where it is.
    pub(super) fn way_back(&self) -> Option<&'static str> {
        let back = self.back().filter(|back| !back.seen.is_rehearsal)?;
        if back.runs() {
            return Some("rolling back");
        }
        back.is_back().then_some("rolled back")
    }

    /// Whether no gate is touched, for its share of the traffic is none that a gate says.
    pub(super) fn gates_rest(&self) -> bool {
        self.runs_back() || self.way_back().is_some()
    }

    pub(super) fn allows_back(&self, ask: &Ask) -> bool {
        let runs = self.runs_back();
        match ask {
            Ask::RollBack(criterion, reason, way) => {
                let is_why = said(reason).is_some() || *criterion == Some(true);
                self.way_back() != Some("rolling back") && *criterion != Some(false) && is_why && is_way(*way)
            }
            Ask::Rehearse(way) => !runs && self.mode() == "prepare" && is_way(*way),
            Ask::ChooseWay(way, reason) => {
                let last = self.back().and_then(|back| back.seen.ways.last().map(|(way, _)| *way));
                runs && is_way(*way) && last != Some(*way) && said(reason).is_some()
            }
            Ask::StateStep(step, worked, result) => runs && *step < STEPS && (*worked || said(result).is_some()),
            Ask::UndoStep(step) => {
                let known = self.back().and_then(|back| back.seen.steps.get(*step).cloned().flatten());
                runs && known.is_some()
            }
            Ask::Tell(whom, ..) => self.back().is_some() && *whom < TOLD,
            Ask::DeclareRolledBack => {
                let is_true = |mark: usize| !is_open(&self.standing(mark)) && !self.is(mark, "deferred");
                runs && MARKS.into_iter().all(is_true)
            }
            Ask::StandDown(reason) => runs && said(reason).is_some(),
            _ => false,
        }
    }

    /// When a new attempt of this ask begins.
    fn attempt_at(place: Place, now: i64, after_s: i64) -> i64 {
        place.instant(place.wall(now) + after_s)
    }

    pub(super) fn allows_attempt(&self, after_s: i64, reason: &str, now: i64) -> bool {
        let ended = self.back().and_then(|back| back.seen.ended).map(|(at, _)| at);
        let is_later = ended.is_some_and(|ended| Self::attempt_at(self.place, now, after_s) >= ended);
        self.mode() == "rolled back" && is_later && said(reason).is_some()
    }

    /// T0 as it holds.
    pub(super) fn start(&self) -> i64 {
        let mut attempts = self.acts.iter().rev().filter_map(|act| match act.ask {
            Ask::BeginAttempt(after_s, _) => Some(Self::attempt_at(self.place, act.now, after_s)),
            _ => None,
        });
        attempts.next().unwrap_or_else(|| self.place.instant(self.place.start))
    }

    pub(super) fn has_second_attempt(&self) -> bool {
        self.attempt_from() > 0
    }

    /// The acts of the attempt that counts.
    pub(super) fn of_this_attempt(&self) -> impl DoubleEndedIterator<Item = &super::Act> {
        self.acts.iter().skip(self.attempt_from())
    }

    pub(super) fn attempts(&self) -> Vec<AttemptSeen> {
        let ended = self.acts.iter().enumerate().filter(|(_, act)| matches!(act.ask, Ask::BeginAttempt(..)));
        let each = ended.map(|(place, act)| {
            let before = self.before(place);
            let counting = before.counting();
            let of_attempt = (0..CHECKS.len()).filter(|check| is_of_the_attempt(*check));
            let acts = of_attempt.map(|check| counting.iter().filter(|one| one.is_on(check)).count());
            AttemptSeen {
                span: (before.start(), act.now),
                acts: acts.collect(),
                passed: (0..GATES.len()).map(|gate| before.is_passed(gate)).collect(),
                reason: before.back().map(|back| back.seen.reason),
            }
        });
        each.collect()
    }

    pub(super) fn rehearsals(&self) -> Vec<(i64, i64)> {
        let mut from = 0;
        let mut found = Vec::new();
        for place in (0..=self.acts.len())
            .filter(|place| self.acts.get(*place).is_none_or(|act| matches!(act.ask, Ask::BeginAttempt(..))))
        {
            let ended =
                self.before(place).backs(from).into_iter().filter(|back| back.seen.is_rehearsal && back.is_back());
            found.extend(ended.filter_map(|back| back.seen.ended.map(|(at, _)| (at - back.seen.began.0, at))));
            from = place + 1;
        }
        found.sort_by_key(|(took, _)| *took);
        found
    }
}
