//! What crosses to the window: view models, intents and problems. The only types exported to TypeScript.
//!
//! Owns: the shapes of the wire, and the projection of a plan onto them. Must not know: Tauri, files, clocks. Whatever
//! a person reads is made here, from the plan: the window only draws. All strings of times carry their zone, and all
//! numbers are small enough for a double (`u32`, `f64`), so that no `bigint` reaches TypeScript.

mod act;
mod alerts;
mod asked;
mod bindings;
mod charts;
mod check;
mod closing;
mod drill;
mod evidence;
mod exports;
mod handoff;
mod intent;
mod log;
mod pages;
mod past;
pub(crate) mod project;
mod reread;
mod review;
mod room;
mod routines;
mod schedule;
mod signals;
mod start;
mod team;
mod watch;
mod way_back;

pub use self::room::{
    BlockView, ClockView, CriteriaGroupView, CriteriaView, CriterionView, DayView, GateView, HeaderView, InlineView,
    ItemView, PageView, PhaseEntryView, PhaseView, RowView, SpaceView,
};
pub use act::Act;
pub use alerts::{AlertEntryView, AlertPageView, AlertQuery, AlertTurnView, SilenceView};
pub use asked::{AnswerView, ColumnView, FieldView};
pub use bindings::bindings;
pub use charts::{ChartView, ChartsPageView, ChartsQuery};
pub use check::{
    CheckView, FindingGroupView, FindingView, GoalView, ReadKindView, ReadLineView, SourceLineView, SourcePageView,
    SourceQuery, SourceRowView,
};
pub use closing::ClosingView;
pub use drill::{
    DrillMarkView, DrillOfferView, DrillRunView, ExampleView, FigureView, ScenarioView, ScoreView, StretchView,
    TimelineEntryView,
};
pub use evidence::EvidenceView;
pub use exports::{ExportKind, ExportView, ExportsView};
pub use handoff::{HandoffLineView, HandoffNoteView, HandoffSectionView, HandoffView, SignatureView};
pub use intent::{CopyTarget, Intent, OnDemand, OutsideTarget, Problem, ProblemCode, Theme};
pub use log::{LogEntryView, LogGroupView, LogPageView, LogQuery, LogView, RecordView};
pub use pages::{
    AttemptView, BlankView, ChannelView, CommandView, ContactView, DecisionView, DraftView, EscalationView,
    MessageGroupView, MessageView, MessagesView, ReachView, ReferenceGroupView, ReferenceView, ReferencesView,
    RollbackView, SentView, WayView, WrittenView,
};
pub use past::{
    ChainView, PastChartView, PastChartsView, PastLineView, PastLook, PastSpanView, PastTickView, PastTimeView,
    PastView,
};
pub use reread::{RereadChangeView, RereadRowView, RereadSideView, RereadView};
pub use review::{ReviewAlertView, ReviewDayView, ReviewRoundsView, ReviewView, TrendView, TrendsView};
pub use routines::{
    GoLiveView, KeyMetricView, LastRoundView, LessonView, RoundCellView, RoundColumnView, RoundRowView, RoundView,
    RoutineGridView, RoutinesView, SuccessLineView, SuccessView,
};
pub use schedule::{CountdownView, ScheduleRowView, ScheduleView, SpentView, WhatIfView, WindowNoticeView};
pub use signals::{CommandProbeView, ProposalView, SignalView, SignalsView, UnproposedView};
pub use start::{MovedView, OpeningView, RecentView, RoomEntryView, StartView, ZoneView};
pub use team::{PeopleView, PersonView};
pub use watch::{
    AlertView, AlertsView, AnsweringView, BlindView, ConditionView, DueEntryView, DueView, LimitLineView, TestView,
    UnarmedView, UnitQuestionView, VerdictView, VitalView, VitalsView,
};
pub use way_back::{StepView, ToldView, WayBackView};

use serde::Serialize;
use ts_rs::TS;

/// Which of the window's frames is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// Nothing is open.
    Start,
    /// A checklist was read; T0 and zone are asked for.
    Opening,
    /// The plan is shown.
    Room,
    /// The drill has ended; its score is shown.
    Score,
}

/// One message of the channel: the sections that changed since the message before, each whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Update {
    /// Counts up by one for each message on a channel, from 1; a gap means that the window must subscribe again.
    pub sequence: u32,
    /// Which frame is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub screen: Option<Screen>,
    /// Colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub theme: Option<Theme>,
    /// The time, once a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub clock: Option<ClockView>,
    /// The start window.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub start: Option<StartView>,
    /// The question for T0 and zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub opening: Option<OpeningView>,
    /// What was found in the checklist and how it was read, while one is opened or a room is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub check: Option<CheckView>,
    /// The room's head.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub header: Option<HeaderView>,
    /// The run of the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub day: Option<DayView>,
    /// The chosen phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub phase: Option<PhaseView>,
    /// Alerts, and how well the room can alarm.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub alerts: Option<AlertsView>,
    /// The vital signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub vitals: Option<VitalsView>,
    /// What is asked, which commands are armed, what could be observed besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signals: Option<SignalsView>,
    /// What is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due: Option<DueView>,
    /// The schedule, solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub schedule: Option<ScheduleView>,
    /// The rollback that runs, or what is known before one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub way_back: Option<WayBackView>,
    /// What repeats after go-live.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub routines: Option<RoutinesView>,
    /// How the room passes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub handoff: Option<HandoffView>,
    /// What the week held.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub review: Option<ReviewView>,
    /// The score of the drill that has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub score: Option<ScoreView>,
    /// The criteria beside the chosen phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub criteria: Option<CriteriaView>,
    /// The messages' page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub messages: Option<MessagesView>,
    /// The rollback plan's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rollback: Option<RollbackView>,
    /// The escalation's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub escalation: Option<EscalationView>,
    /// The page of commands, links and files.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub references: Option<ReferencesView>,
    /// The whole checklist.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub written: Option<WrittenView>,
    /// The people, and who acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub people: Option<PeopleView>,
    /// What is always known of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub log: Option<LogView>,
    /// The moment of the past that is looked at, while the log's page is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub past: Option<PastView>,
    /// Whether the log is whole, once its page was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub chain: Option<ChainView>,
    /// What is left open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub closing: Option<ClosingView>,
    /// What the room can be saved as.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub exports: Option<ExportsView>,
    /// What the checklist's file says besides what the room has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reread: Option<RereadView>,
    /// Whether the record is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub record: Option<RecordView>,
    /// The last thing that did not work in the room; an empty list where nothing is to be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problems: Option<Vec<Problem>>,
}
