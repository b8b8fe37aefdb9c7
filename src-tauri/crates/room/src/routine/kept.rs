//! What the room keeps of the time after go-live, as its events made it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use plan::ItemId;

use crate::event::{Event, MissedRun, Recorded, RoundKey, RoundReading, RoundSaid};
use crate::state::{Note, Room, Undoable};

/// The key of the notification about rounds.
pub(crate) const ROUNDS: &str = "rounds";

/// What follows go-live.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Afterwards {
    /// Each declaration of go-live.
    pub(crate) lives: Vec<WentLive>,
    /// What was said in each round, by its routine and time.
    pub(crate) rounds: BTreeMap<RoundKey, RoundState>,
    /// Up to which round of each routine the log says what was missed.
    pub(crate) missed: BTreeMap<String, Timestamp>,
    /// When rounds were told on the desktop last.
    pub(crate) told: Option<Timestamp>,
    /// From when to when nobody looked: the laptop slept, or the program did not run.
    pub(crate) away: Vec<(Timestamp, Timestamp)>,
    /// That success was declared.
    pub(crate) success: Option<Succeeded>,
    /// What was learned, in the order of the log.
    pub(crate) lessons: Vec<Note>,
}

/// A declaration of go-live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WentLive {
    /// The event's number.
    pub event: u64,
    /// When.
    pub at: Timestamp,
    /// Who declared it.
    pub actor: String,
    /// Why, where something spoke against it.
    pub reason: String,
    /// What spoke against it, each in words.
    pub open: Vec<String>,
    /// When it was rolled back.
    pub rolled_back: Option<Timestamp>,
}

/// That a person declared success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succeeded {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// Why, where something was not met.
    pub reason: String,
    /// What was not met, each in words.
    pub open: Vec<String>,
}

/// What was said in a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundState {
    /// What was said of each check; the last word counts.
    pub marks: BTreeMap<ItemId, Vec<RoundMark>>,
    /// How it was finished.
    pub done: Option<RoundDone>,
    /// Why it was missed.
    pub why: Option<Why>,
}

/// What was said of a check in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundMark {
    /// The event's number.
    pub event: u64,
    /// What.
    pub said: RoundSaid,
    /// By whom.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// A round that was finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundDone {
    /// When.
    pub at: Timestamp,
    /// Who finished it.
    pub actor: String,
    /// By how many seconds it came late.
    pub late_s: u64,
    /// What was seen then.
    pub readings: Vec<RoundReading>,
}

/// Why a round was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// Who says so.
    pub actor: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl RoundState {
    /// What was said last of a check.
    #[must_use]
    pub fn mark(&self, item: &ItemId) -> Option<&RoundMark> {
        self.marks.get(item)?.last()
    }
}

impl Afterwards {
    /// What was said in a round.
    #[must_use]
    pub fn round(&self, key: &RoundKey) -> Option<&RoundState> {
        self.rounds.get(key)
    }

    /// From when to when nobody looked, in the order of the log.
    #[must_use]
    pub fn away(&self) -> &[(Timestamp, Timestamp)] {
        &self.away
    }

    /// The rounds that were finished, by routine and time.
    #[must_use]
    pub fn finished(&self) -> Vec<(&RoundKey, &RoundState, &RoundDone)> {
        self.rounds.iter().filter_map(|(key, state)| Some((key, state, state.done.as_ref()?))).collect()
    }

    /// When rounds were told on the desktop last.
    pub(crate) fn told(&self) -> Option<Timestamp> {
        self.told
    }

    fn undo(&mut self, event: u64) {
        for state in self.rounds.values_mut() {
            let before: usize = state.marks.values().map(Vec::len).sum();
            for marks in state.marks.values_mut() {
                marks.retain(|mark| mark.event != event);
            }
            state.marks.retain(|_, marks| !marks.is_empty());
            if state.marks.values().map(Vec::len).sum::<usize>() != before {
                // With a check that is open again it is not finished.
                state.done = None;
            }
        }
    }

    fn explain(&mut self, recorded: &Recorded, runs: &[MissedRun], reason: &str, dues: &[RoundKey]) {
        let why = Why { actor: recorded.actor.clone(), at: recorded.occurred_at, reason: reason.to_owned() };
        let is_meant = |key: &RoundKey| {
            runs.iter().any(|run| run.routine == key.routine && run.from <= key.due && key.due <= run.to)
        };
        for key in dues.iter().filter(|key| is_meant(key)) {
            let state = self.rounds.entry(key.clone()).or_default();
            if state.done.is_none() {
                state.why = Some(why.clone());
            }
        }
    }
}

impl Room {
    /// What follows go-live.
    #[must_use]
    pub fn afterwards(&self) -> &Afterwards {
        &self.afterwards
    }

    /// The go-live that was declared, and not rolled back.
    #[must_use]
    pub fn went_live(&self) -> Option<&WentLive> {
        self.afterwards.lives.last().filter(|live| live.rolled_back.is_none())
    }

    /// That a person declared success, and nothing was rolled back since.
    #[must_use]
    pub fn succeeded(&self) -> Option<&Succeeded> {
        self.afterwards.success.as_ref()
    }

    /// What was learned, in the order of the log.
    #[must_use]
    pub fn lessons(&self) -> &[Note] {
        &self.afterwards.lessons
    }

    /// Takes in what an event means for the time after go-live.
    pub(crate) fn follow_up(&mut self, recorded: &Recorded) {
        let (at, actor) = (recorded.occurred_at, recorded.actor.clone());
        match &recorded.event {
            Event::GoLiveDeclared(declared) => {
                // A round that is still to come was begun for what went live before, and was rolled back.
                self.afterwards.rounds.retain(|key, _| key.due <= at);
                self.afterwards.lives.push(WentLive {
                    event: recorded.seq,
                    at,
                    actor,
                    reason: declared.reason.clone(),
                    open: declared.open.clone(),
                    rolled_back: None,
                });
            }
            Event::SuccessDeclared(declared) => {
                let (reason, open) = (declared.reason.clone(), declared.open.clone());
                self.afterwards.success = Some(Succeeded { at, actor, reason, open });
            }
            // What was rehearsed took nothing back.
            Event::RolledBack if self.rollback().is_some_and(|rollback| rollback.is_rehearsal) => {}
            Event::RolledBack => {
                self.afterwards.success = None;
                if let Some(live) = self.afterwards.lives.last_mut() {
                    live.rolled_back.get_or_insert(at);
                }
            }
            Event::RoundTicked(ticked) => {
                let item = self.as_now(&ticked.item);
                let state = self.afterwards.rounds.entry(ticked.round.clone()).or_default();
                let mark = RoundMark { event: recorded.seq, said: ticked.said.clone(), actor: actor.clone(), at };
                state.marks.entry(item).or_default().push(mark);
                if let Some(finished) = &ticked.finished {
                    let (late_s, readings) = (finished.late_s, finished.readings.clone());
                    state.done = Some(RoundDone { at, actor: actor.clone(), late_s, readings });
                }
                self.acts.push(Undoable { event: recorded.seq, actor, items: Vec::new() });
            }
            Event::RoundsMissed(missed) => {
                for run in &missed.runs {
                    let known = self.afterwards.missed.entry(run.routine.clone()).or_insert(run.to);
                    *known = run.to.max(*known);
                }
            }
            Event::RoundsExplained(explained) => {
                let dues: Vec<RoundKey> = self.rounds_within(&explained.runs);
                self.afterwards.explain(recorded, &explained.runs, &explained.reason, &dues);
            }
            Event::LessonNoted { text } => self.afterwards.lessons.push(Note {
                event: recorded.seq,
                at,
                recorded_at: recorded.recorded_at,
                actor,
                text: text.clone(),
            }),
            Event::Undone { event } => self.afterwards.undo(*event),
            Event::Notified { key, .. } if key == ROUNDS => self.afterwards.told = Some(at),
            // Who lies asleep before go-live misses no round.
            Event::Slept { from, to } | Event::NotLooked { from, to } | Event::Stalled { from, to }
                if self.went_live().is_some() =>
            {
                self.afterwards.away.push((*from, *to));
            }
            _ => {}
        }
    }

    /// The rounds of these runs, as the timetables have them.
    fn rounds_within(&self, runs: &[MissedRun]) -> Vec<RoundKey> {
        let mut found = Vec::new();
        for table in self.timetables() {
            for run in runs.iter().filter(|run| run.routine == table.key) {
                let before = run.from.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(run.from);
                let dues = table.between(before, run.to);
                found.extend(dues.map(|one| RoundKey { routine: table.key.clone(), due: one.due }));
            }
        }
        found
    }

    /// The checklist was read again: what was said in rounds goes on under the names that hold now.
    pub(crate) fn carry_rounds(&mut self) {
        let now = |id: &str| self.rereads.now(id).unwrap_or(id).to_owned();
        let rounds = std::mem::take(&mut self.afterwards.rounds);
        let rounds = rounds.into_iter().map(|(key, state)| {
            let marks = state.marks.iter().map(|(item, marks)| (ItemId::from(now(item.as_str())), marks.clone()));
            let marks = marks.collect();
            (RoundKey { routine: now(&key.routine), due: key.due }, RoundState { marks, ..state })
        });
        let rounds = rounds.collect();
        let missed = std::mem::take(&mut self.afterwards.missed);
        let missed = missed.into_iter().map(|(routine, at)| (now(&routine), at)).collect();
        self.afterwards.rounds = rounds;
        self.afterwards.missed = missed;
    }
}
