//! The rules of a deployment room.
//!
//! ```text
//! decide(room, intent, sight, now) -> event -> (journal, synced) -> apply(room, event)
//! ```
//!
//! `sight` is what is observed at that moment: a gate passes on nothing else.
//!
//! Owns: what may be done in a room, what it changes, and what must follow outside. Must not know: clocks, files,
//! networks, chance. Time and names come in as arguments; folding the same events always gives the same state.

mod alarm;
mod alert;
mod apply;
mod attempt;
mod backtest;
mod bound;
mod closing;
mod correction;
mod decide;
mod effect;
mod event;
mod evidence;
mod gate;
mod go_live;
mod handoff;
mod intent;
pub mod measure;
mod pods;
mod reading;
mod refusal;
mod reread;
mod review;
mod rollback;
mod routine;
mod said;
mod schedule;
mod state;
mod stored;
mod success;
mod title;
mod trend;
mod verdict;
mod watch;

pub use alarm::{Alarm, Notice};
pub use alert::{
    AlertId, AlertState, AlertTurn, Fired, Judged, Judgement, LastSample, Phase, Purpose, Rule, RuleMemory, Rulebook,
    Seen, Silence, SuccessOutcome, Turn, TurnKind, Unbound, WindowMemory, alert_history,
};
pub use apply::{SUMMARY, TEST};
pub use attempt::{Attempt as PastAttempt, Rehearsed};
pub use backtest::{Backtest, DayCount, Episode, Tested, Unseen};
pub use bound::{Armed, Binding};
pub use closing::left_open;
pub use correction::Correction;
pub use decide::{
    Decision, GateSight, LONGEST_SILENCE_MIN, Sight, Wanted, asks_what_was_seen, decide, reread_obstacle,
};
pub use effect::{Effect, effects};
pub use event::{
    Accepted, AddedContact, AttemptBegan, Change, Corrected, Drill, Event, Evidence, EvidenceAdded, FilledContact,
    GoLiveDeclared, GoneBack, HandedOver, MissedRun, NotifyOutcome, Opened, Person, Recorded, RehearsalBegan,
    RoomClosed, RoundFinished, RoundKey, RoundReading, RoundSaid, RoundTicked, RoundsExplained, RoundsMissed,
    SamplesRolledUp, SamplesSealed, ScheduleChanged, StretchFetched, StretchUnseen, SuccessDeclared, TakenOver,
    VERSION, Way,
};
pub use evidence::Attached;
pub use gate::{ConditionNow, ConditionRead, ConditionState, HoldMemory, HoldTurn};
pub use go_live::{SpeaksAgainst, speaks_against};
pub use handoff::{Handoff, Handoffs, Offer};
pub use intent::Intent;
pub use pods::{Ready, asked as pods_asked};
pub use reading::{Fault, Measure, Reading, Sample, Signal};
pub use refusal::Refusal;
pub use reread::{Carried, Reread};
pub use review::{AlertTally, DayTally, Review, RoundsTally, review};
pub use rollback::{RollbackEnd, RollbackState, StepState, ToBeTold, ToldState, WayTaken, steps_of_way, to_be_told};
pub use routine::{
    Afterwards, Missed, Occurrence, Rhythm, Round, RoundDone, RoundMark, RoundStanding, RoundState, Succeeded,
    Timetable, WallTime, WentLive, Why,
};
pub use said::{Answer, Asked, Meaning, Said, Value, label, meaning, question};
pub use schedule::{
    Day, Ending, HoldCut, HoldNow, LengthSource, Moved, Schedule, ScheduleState, Solved, SolvedStep, Spent, SpentOn,
    Stage, Standing as StageStanding, Step, WhatIf, WhatIfSolved,
};
pub use state::{
    Attempt, ContactState, Draft, GatePass, GateState, Gone, ItemState, Mark, Mode, Note, Proof, Room, Sent, Standing,
    TestState, Undoable,
};
pub use stored::{RULES, shape};
pub use success::{SuccessLine, SuccessStanding, success_lines, success_open};
pub use title::title;
pub use trend::{Trend, trend};
pub use verdict::VerdictWord;
pub use watch::{
    BlindMemory, Cause, Dated, Fetched, Follows, Interruption, Memory, SignalNow, SourceDown, Stretch, Verdict, Watch,
};
