//! Everything that can wake the controller, as one closed enum, and where its answers go.

use std::fmt;
use std::path::PathBuf;

use super::Checklist;
use super::export::{ExportOutcome, ToExport};
use super::{PastRead, ReadBehind, Verified, WordsDone};
use crate::drill::{Order, Second};
use crate::rooms::{Outcome, Trends};
use crate::source::SourceError;
use crate::tape::Ends;
use crate::wire::project::Given;
use crate::wire::{
    AlertPageView, AlertQuery, ChartsPageView, ChartsQuery, Intent, LogPageView, LogQuery, PastChartsView, Problem,
    SourcePageView, SourceQuery, Update,
};

/// Takes updates; false where nobody takes them any more.
pub(crate) struct Sink(pub(crate) Box<dyn Fn(Update) -> bool + Send>);

/// Takes the answer to an intent, once.
pub(crate) struct Reply(pub(crate) Box<dyn FnOnce(Result<(), Problem>) + Send>);

/// Takes a page of the log, once.
pub(crate) struct PageReply(pub(crate) Box<dyn FnOnce(Result<LogPageView, Problem>) + Send>);

/// Takes the history of an alert, once.
pub(crate) struct AlertReply(pub(crate) Box<dyn FnOnce(Result<AlertPageView, Problem>) + Send>);

/// Takes the charts over hours, once.
pub(crate) struct ChartsReply(pub(crate) Box<dyn FnOnce(Result<ChartsPageView, Problem>) + Send>);

/// Takes the charts of the past, once.
pub(crate) struct PastChartsReply(pub(crate) Box<dyn FnOnce(Result<PastChartsView, Problem>) + Send>);

/// Takes a page of the source, once.
pub(crate) struct SourceReply(pub(crate) Box<dyn FnOnce(Result<SourcePageView, Problem>) + Send>);

impl fmt::Debug for Sink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sink")
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reply")
    }
}

impl fmt::Debug for PageReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PageReply")
    }
}

impl fmt::Debug for AlertReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AlertReply")
    }
}

impl fmt::Debug for ChartsReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ChartsReply")
    }
}

impl fmt::Debug for PastChartsReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PastChartsReply")
    }
}

impl fmt::Debug for SourceReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SourceReply")
    }
}

/// Who named a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The command line: whoever started the program reads there what went wrong, too.
    CommandLine,
    /// A person at the window.
    Window,
}

/// Everything that can wake the controller.
#[derive(Debug)]
pub(crate) enum Wake {
    /// The window was drawn anew and wants everything. The window before it, if any, is gone.
    Subscribe(Sink),
    /// The window asks for something.
    Act {
        /// For what.
        intent: Intent,
        /// Where the answer goes.
        reply: Reply,
    },
    /// The window asks for a page of the log.
    Page {
        /// Which.
        query: LogQuery,
        /// Where the page goes.
        reply: PageReply,
    },
    /// The window asks for the charts of the past, over the stretch that is looked at.
    PastCharts {
        /// Where they go.
        reply: PastChartsReply,
    },
    /// What the signals showed at a moment of the past was read, or could not be.
    PastRead {
        /// What was asked.
        read: Box<PastRead>,
        /// What came of it.
        outcome: Result<Vec<journal::Stretch>, journal::Failure>,
    },
    /// A beat of the replay, with the world's time.
    Replayed(jiff::Timestamp),
    /// The log before a snapshot was read a piece further, or all of it.
    Behind {
        /// The number of [`Effect::ReadBehind`](super::Effect::ReadBehind); what is for a room that was left is dropped.
        number: u64,
        /// How far, or what came of it.
        read: ReadBehind,
    },
    /// The log was held against its fingerprints.
    Verified(Box<Verified>),
    /// The other rooms of this laptop were read.
    Trends {
        /// The room that is open, for which they were.
        path: PathBuf,
        /// What was read.
        trends: Trends,
    },
    /// Words of the log were indexed or found, or were not.
    Words(WordsDone),
    /// The window asks what became of an alert.
    Alert {
        /// Which.
        query: AlertQuery,
        /// Where the page goes.
        reply: AlertReply,
    },
    /// The window asks for a page of the checklist's source.
    Source {
        /// Which.
        query: SourceQuery,
        /// Where the page goes.
        reply: SourceReply,
    },
    /// The window asks for the charts over hours.
    Charts {
        /// Over how many.
        query: ChartsQuery,
        /// Where they go.
        reply: ChartsReply,
    },
    /// A second began.
    Tick,
    /// A file was named: on the command line, or by dropping it on the window.
    Path {
        /// A checklist, or a room.
        path: PathBuf,
        /// What was said about T0 and zone with it.
        given: Given,
        /// Who named it.
        origin: Origin,
    },
    /// The question for a file was answered.
    Chosen(Option<PathBuf>),
    /// A question for evidence, or for a place, was answered or closed; what follows of it comes later.
    Answered,
    /// What there is to know of a file as evidence.
    Digested {
        /// The check.
        item: String,
        /// What is to be known of it; `None` where the question was closed.
        outcome: Option<Result<room::Evidence, String>>,
    },
    /// Something of the room was saved elsewhere, or was not.
    Exported {
        /// What.
        to_export: Box<ToExport>,
        /// What came of it.
        outcome: ExportOutcome,
    },
    /// A file was read, or could not be.
    Read {
        /// The number of [`Effect::Read`]; an answer that a later question overtook is dropped.
        number: u64,
        /// The file.
        path: PathBuf,
        /// What was said about T0 and zone with it.
        given: Given,
        /// Who named it.
        origin: Origin,
        /// What came of it.
        outcome: Result<Box<Checklist>, SourceError>,
    },
    /// A file that is followed may be another, or cannot be followed any more.
    FileTurned {
        /// The number of [`Effect::Follow`](super::Effect::Follow); what a later order overtook is dropped.
        number: u64,
        /// Why it is not followed.
        outcome: Result<(), String>,
    },
    /// A file that is followed was read again, or could not be.
    Reread {
        /// The number of [`Effect::Reread`](super::Effect::Reread).
        number: u64,
        /// What came of it.
        outcome: Result<Box<Checklist>, SourceError>,
    },
    /// The desktop did something for an intent, or did not.
    Done {
        /// Where the answer goes.
        reply: Reply,
        /// What came of it.
        outcome: Result<(), Problem>,
    },
    /// Settings or the list of recent checklists were written, or were not.
    Kept(Result<(), String>),
    /// The disk did something for a room, or did not.
    Disk(Outcome),
    /// Signals of the room answered, or did not.
    Heard {
        /// The number of [`Effect::Watch`]; what is for a room that was left is dropped.
        number: u64,
        /// What came, in the order in which it did.
        readings: Vec<room::Reading>,
    },
    /// How low and how high the metrics went was read, or could not be.
    Ends {
        /// Of which room.
        path: PathBuf,
        /// What came of it.
        outcome: Result<Ends, String>,
    },
    /// What was missed of a signal came, or did not.
    Fetched {
        /// The number of [`Effect::Watch`](super::Effect::Watch); what is for a room that was left is dropped.
        number: u64,
        /// What came.
        fetched: Box<room::Fetched>,
    },
    /// The laptop slept, the program stood still, or the clock was set.
    Interrupted(room::Interruption),
    /// The desktop took a notification or did not, or a person did something with one.
    Desktop(outbound::Report),
    /// A drill was asked for where the program was started.
    Drill(Box<Order>),
    /// A second of a drill passed, with what it brought.
    Drilled(Box<Second>),
    /// The laptop is kept awake, or why it is not.
    Awake(Result<(), String>),
    /// The program is about to end: the room is to be left in order.
    Quit(Reply),
}
