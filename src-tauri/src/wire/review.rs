//! What the week since go-live held.

use serde::Serialize;
use ts_rs::TS;

use super::HandoffLineView;

/// The page of the weekly review. Key metrics, lessons and what is deferred stand in sections of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ReviewView {
    /// `before` (nobody has declared go-live), `week` or `over`.
    pub state: String,
    /// "21 Jan 14:18 UTC to now, day 3 of 7".
    pub words: String,
    /// The rounds, by routine.
    pub rounds: Vec<ReviewRoundsView>,
    /// "19 of 23 done, 1 late, 2 missed".
    pub rounds_words: String,
    /// The alerts, the one that burned for longest before the others.
    pub alerts: Vec<ReviewAlertView>,
    /// "3 times, 2 criteria, 1 burns still".
    pub alerts_words: String,
    /// The days in their order.
    pub days: Vec<ReviewDayView>,
    /// How long the way back took, rehearsed and for true, against its limit.
    pub rollbacks: Vec<HandoffLineView>,
    /// The rooms of this laptop over the last weeks, this one among them; `None` until they were read.
    pub rooms: Option<TrendsView>,
}

/// The rooms of the last weeks, side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct TrendsView {
    /// "5 rooms in the last 8 weeks, drills left out".
    pub words: String,
    /// The rooms, that of the latest T0 first.
    pub rooms: Vec<TrendView>,
    /// Which could not be read, or not wholly, and why.
    pub unread: Vec<String>,
}

/// A room among others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrendView {
    /// "payments-api 4.2.0".
    pub title: String,
    /// "21 Jan 2026": T0's day.
    pub day: String,
    /// Whether it is the one that is open.
    pub here: bool,
    /// How often anything fired.
    pub alerts: u32,
    /// How often it demanded the way back at once.
    pub critical: u32,
    /// "2 of 4, 07:30": how many holds went over, and by how much in all; "none of 4".
    pub over: String,
    /// Whether any went over.
    pub is_over: bool,
    /// "07:32": how long each way back took; "none".
    pub back: String,
    /// Whether any took longer than its plan allows.
    pub is_slow: bool,
    /// "06:10": the best rehearsal; "none".
    pub rehearsed: String,
    /// How it ended; empty while it is open.
    pub ended: String,
    /// Whether its log is not whole: what is counted is of its whole events alone.
    pub damage: bool,
}

/// The rounds of one routine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewRoundsView {
    /// "Every 1 hour".
    pub title: String,
    /// How many were due.
    pub due: u32,
    /// Finished within their grace.
    pub done: u32,
    /// Finished, and late.
    pub late: u32,
    /// Missed.
    pub missed: u32,
    /// Of these, how many nobody explained.
    pub unexplained: u32,
    /// Begun and not finished, or due now.
    pub open: u32,
}

/// What became of one alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewAlertView {
    /// Names it.
    pub id: String,
    /// "Error rate".
    pub name: String,
    /// `critical`, `high`, `medium` or `blind`: the gravest that it was.
    pub severity: String,
    /// How often it fired.
    pub count: u32,
    /// "22:00": for how long at the longest.
    pub longest: String,
    /// For how long in all.
    pub total: String,
    /// Whether it burns still.
    pub firing: bool,
    /// The event with which the longest began.
    pub event: u32,
}

/// How a day went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewDayView {
    /// "We 21 Jan".
    pub day: String,
    /// How many alerts began to fire.
    pub fired: u32,
    /// Rounds finished within their grace.
    pub done: u32,
    /// Finished, and late.
    pub late: u32,
    /// Missed.
    pub missed: u32,
    /// Handoffs with both signatures.
    pub handoffs: u32,
}
