//! The charts over hours, as they are pulled.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Over how long the charts are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ChartsQuery {
    /// 1, 6 or 24.
    pub hours: u32,
}

/// The charts of all vital signs that have numbers.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChartsPageView {
    /// As asked.
    pub hours: u32,
    /// "last 24 h · low–high of 144 s".
    pub caption: String,
    /// Where they begin, in seconds of Unix time.
    pub from_s: f64,
    /// Where they end.
    pub to_s: f64,
    /// After how many seconds there is something new to be drawn.
    pub stale_after_s: f64,
    /// Round times of the plan's wall to be named below them: where, and "06:00".
    pub axis: Vec<(f64, String)>,
    /// One a vital sign.
    pub charts: Vec<ChartView>,
}

/// A vital sign over hours.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChartView {
    /// The vital sign's id.
    pub id: String,
    /// Times of the pieces, in seconds of Unix time.
    pub times_s: Vec<f64>,
    /// The highest value of each piece, in the unit that is shown; `null` breaks the line.
    pub highs: Vec<Option<f64>>,
    /// The lowest value of each piece.
    pub lows: Vec<Option<f64>>,
    /// Stretches in which nothing was seen, drawn hatched: from, to, in seconds of Unix time.
    pub gaps: Vec<(f64, f64)>,
    /// The chart in words: "P95 latency, last 24 hours: from 140 ms to 612 ms, now 143 ms, not seen for 02:25:00 in all,
    /// from 02:41:00 to 05:06:00".
    pub words: String,
}
