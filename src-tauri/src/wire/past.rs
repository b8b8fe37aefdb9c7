//! The room as it stood at a moment of its past, and whether its log is whole.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LimitLineView;

/// Where to look.
#[derive(Debug, Clone, PartialEq, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum PastLook {
    /// The log's page is shown: from now on its part of the view is sent.
    Open,
    /// It is not shown any more.
    Close,
    /// The present.
    Now,
    /// A moment.
    Moment {
        /// In seconds of Unix time.
        at_s: f64,
    },
    /// Right after an event.
    Event {
        /// [`super::LogEntryView::seq`].
        seq: u32,
    },
    /// So many rows of the list on, or back.
    Rows {
        /// A kind's id; empty for all.
        group: String,
        /// Words that must stand in the rows; empty for all.
        search: String,
        /// How many; less than nought for earlier ones.
        by: i32,
    },
    /// So many minutes on, or back.
    Minutes {
        /// How many.
        by: i32,
    },
    /// Right after the first event.
    First,
    /// Right after the last event.
    Last,
    /// Let the past pass again, or let it stand.
    Replay,
    /// How fast it passes.
    Speed {
        /// One of [`PastView::speeds`].
        speed: u32,
    },
    /// How much of it the charts show.
    Span {
        /// One of [`PastView::spans`].
        span_s: u32,
    },
    /// Hold the log against its fingerprints once more.
    Verify,
}

/// The moment that is looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct PastView {
    /// Whether it is the past; else nothing of it is shown but the charts.
    pub is_past: bool,
    /// "You are looking at 07:05:02."
    pub banner: String,
    /// "The room is live and has gone on; the header shows now."
    pub gone_on: String,
    /// "07:05:02".
    pub at: String,
    /// "UTC, 06:05 ago".
    pub ago: String,
    /// The moment, in seconds of Unix time; now where it is not the past.
    pub at_s: f64,
    /// Up to when there is anything: now, or the last event of a room in which nothing happens any more.
    pub now_s: f64,
    /// Where the charts begin.
    pub from_s: f64,
    /// Where the charts end.
    pub to_s: f64,
    /// The last event up to the moment.
    pub event: u32,
    /// Whether the past is passing.
    pub is_playing: bool,
    /// How fast it passes.
    pub speed: u32,
    /// How fast it can.
    pub speeds: Vec<u32>,
    /// How much of it the charts show, in seconds; 0 for all.
    pub span_s: u32,
    /// How much they can show.
    pub spans: Vec<PastSpanView>,
    /// "The day as it stood at".
    pub title: String,
    /// How it stood.
    pub stood: Vec<PastLineView>,
    /// The vital signs at that moment.
    pub values: Vec<PastLineView>,
}

/// A length that the charts can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PastSpanView {
    /// In seconds; 0 for all.
    pub span_s: u32,
    /// "6 h".
    pub words: String,
}

/// A line of how it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PastLineView {
    /// The vital sign's id; empty for what is none.
    pub id: String,
    /// "Gate 50 %".
    pub label: String,
    /// "paused at 03:18".
    pub value: String,
    /// `critical`, `high`, `medium`, `running`, `unseen`, or empty.
    pub tone: String,
}

/// The vital signs over the stretch that [`PastView`] names, and what happened in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct PastChartsView {
    /// Where it begins, in seconds of Unix time.
    pub from_s: f64,
    /// Where it ends.
    pub to_s: f64,
    /// The times that are named below.
    pub axis: Vec<PastTimeView>,
    /// When something happened, at most 400 of them; the most urgent of those that lie together.
    pub ticks: Vec<PastTickView>,
    /// One a vital sign that has numbers.
    pub charts: Vec<PastChartView>,
    /// Why there is none, where there is none.
    pub without: String,
    /// What has to be known of them; mostly nothing.
    pub note: String,
}

/// A time below the charts.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PastTimeView {
    /// In seconds of Unix time.
    pub at_s: f64,
    /// "06:15".
    pub words: String,
}

/// That something happened.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PastTickView {
    /// In seconds of Unix time.
    pub at_s: f64,
    /// [`super::LogEntryView::tone`].
    pub tone: String,
}

/// A vital sign over a stretch of the past.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PastChartView {
    /// The vital sign's id.
    pub id: String,
    /// "P95 latency".
    pub name: String,
    /// Times of the pieces, in seconds of Unix time.
    pub times_s: Vec<f64>,
    /// The highest value of each piece, in the unit that is shown; `null` breaks the line.
    pub values: Vec<Option<f64>>,
    /// Stretches in which nothing was seen: from, to.
    pub gaps: Vec<(f64, f64)>,
    /// The thresholds.
    pub lines: Vec<LimitLineView>,
    /// The chart in words.
    pub words: String,
}

/// Whether the log is whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ChainView {
    /// `whole`, `broken`, `unknown`; empty while it is being verified for the first time.
    pub state: String,
    /// "214 events, chain whole"; "Broken at event 143".
    pub words: String,
    /// Why it is broken or not known; empty where it is whole.
    pub why: String,
    /// "20 Jan 15:24:06": when the first event was written.
    pub first: String,
    /// "07:11:05 in 38 ms".
    pub checked: String,
    /// "to event 200, by the list of heads on this laptop".
    pub anchored: String,
}
