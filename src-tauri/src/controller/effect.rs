//! Everything that the controller has done outside, as data; what comes of it comes back as a wake.

use std::path::PathBuf;

use jiff::Timestamp;
use plan::config::Config;

use super::behind::ToRead;
use super::ends::EndsAsked;
use super::export::ToExport;
use super::past::PastRead;
use super::searching::WordsJob;
use super::wake::{AlertReply, ChartsReply, Origin, PageReply, PastChartsReply, Reply, Sink, SourceReply};
use crate::armed::Armed;
use crate::drill::Run;
use crate::recent::Recent;
use crate::rooms::{Job, Trends};
use crate::shell::WatchLine;
use crate::wire::project::{ChartsAsked, Given, PastChartsAsked};
use crate::wire::{AlertPageView, ChartsPageView, LogPageView, PastChartsView, Problem, SourcePageView, Theme, Update};

/// What is to be done outside.
#[derive(Debug)]
pub(crate) enum Effect {
    /// From now on, updates go there.
    Listen(Sink),
    /// Send to where updates go.
    Send(Box<Update>),
    /// Answer an intent.
    Answer(Reply, Result<(), Problem>),
    /// Hand out a page of the log.
    Page(PageReply, Result<LogPageView, Problem>),
    /// Hand out rows of the log with their fingerprints, which lie in the room's file.
    ReadHashes {
        /// The room.
        path: PathBuf,
        /// The rows.
        page: Box<LogPageView>,
        /// Where they go.
        reply: PageReply,
    },
    /// Read what the signals showed at a moment of the past.
    ReadPast(Box<PastRead>),
    /// Read what the charts of the past need, and hand them out.
    ReadPastCharts {
        /// The room.
        path: PathBuf,
        /// What is drawn.
        asked: Box<PastChartsAsked>,
        /// Where they go.
        reply: PastChartsReply,
    },
    /// Hand out the charts of the past.
    PastCharts(PastChartsReply, Result<Box<PastChartsView>, Problem>),
    /// Let the past pass, some beats a second, or let it stand.
    Replay(bool),
    /// Read the log before a snapshot, beside what is done on disk.
    ReadBehind(ToRead),
    /// Hold a room's log against its fingerprints, beside what is done on disk.
    Verify {
        /// The room.
        path: PathBuf,
        /// The list of heads of this laptop.
        heads: PathBuf,
    },
    /// Read what lately happened in the other rooms, beside what is done on disk.
    ReadTrends {
        /// Where they lie.
        folder: PathBuf,
        /// The room that is open.
        path: PathBuf,
        /// What was read of them before.
        known: Trends,
        /// When.
        now: Timestamp,
    },
    /// Index words of the log, or look some up.
    Words(WordsJob),
    /// Hand out the history of an alert.
    Alert(AlertReply, Result<Box<AlertPageView>, Problem>),
    /// Hand out a page of the source.
    Source(SourceReply, Result<Box<SourcePageView>, Problem>),
    /// Hand out the charts over hours.
    Charts(ChartsReply, Result<Box<ChartsPageView>, Problem>),
    /// Read what the charts over hours need, beside what is done on disk, and hand them out.
    ReadCharts {
        /// The room.
        path: PathBuf,
        /// What is drawn.
        asked: Box<ChartsAsked>,
        /// Where they go.
        reply: ChartsReply,
    },
    /// Read how low and how high the metrics went, beside what is done on disk.
    ReadEnds(Box<EndsAsked>),
    /// Do something on disk, after what was asked of it before.
    Disk(Job),
    /// Ask the desktop for a file.
    AskForFile,
    /// Ask the desktop for a file that is evidence for this check, and for its digest.
    AskForEvidence(String),
    /// Ask the desktop where this is to be saved, and save it there.
    Export(Box<ToExport>),
    /// Read a checklist.
    Read {
        /// Comes back with the answer.
        number: u64,
        /// The file.
        path: PathBuf,
        /// Comes back with the answer.
        given: Given,
        /// Comes back with the answer.
        origin: Origin,
    },
    /// Follow this checklist and the settings beside it, in the place of what is followed.
    Follow {
        /// Comes back with each turn.
        number: u64,
        /// The checklist.
        path: PathBuf,
    },
    /// Follow no file any more.
    StopFollowing,
    /// Read a file that is followed.
    Reread {
        /// Comes back with the answer.
        number: u64,
        /// The checklist.
        path: PathBuf,
    },
    /// Put text on the clipboard, then answer.
    Copy(String, Reply),
    /// Open an address outside, then answer.
    OpenOutside(String, Reply),
    /// Set the window's title.
    Title(String),
    /// Say a sentence where the program was started.
    Say(String),
    /// Keep these colours.
    KeepTheme(Theme),
    /// Keep this list of recent checklists.
    KeepRecent(Vec<Recent>),
    /// Keep in mind that a command was armed on this laptop, or is not any more.
    KeepArmed {
        /// As [`crate::armed`] names it.
        name: String,
        /// Whether it is armed.
        is_armed: bool,
    },
    /// Observe what these settings name, in the place of what is observed; what is asked already goes on.
    Watch {
        /// Comes back with each reading.
        number: u64,
        /// The settings.
        config: Box<Config>,
        /// The folder that files of the settings lie in.
        folder: PathBuf,
        /// The commands that may run.
        armed: Armed,
    },
    /// Ask for what was missed of what is observed.
    Fetch {
        /// Of which order to observe; comes back with what came of it.
        number: u64,
        /// What.
        stretch: room::Stretch,
    },
    /// Observe nothing any more.
    StopWatch,
    /// Show a notification on the desktop.
    Notify(outbound::Notification),
    /// Ask the desktop whether it holds notifications back.
    LookAtDesktop,
    /// Keep the laptop awake, or let it sleep again.
    KeepAwake(bool),
    /// From now on, the time is a drill's.
    StartClock(Box<Run>, u32),
    /// Let the drill's clock run at this speed.
    SetSpeed(u32),
    /// Let the drill's clock run to this time without anybody waiting.
    Skip(Timestamp),
    /// From now on, the time is the world's.
    StopClock,
    /// Write the bundled example where a person may read it, and read it as a checklist.
    WriteExample,
    /// Bring the window to the front.
    Raise,
    /// Say what was seen or turned, to whoever watches without a window.
    Tell(Box<WatchLine>),
}
