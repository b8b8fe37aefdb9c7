//! The wire's types as one TypeScript file, generated from Rust.

use ts_rs::{Config, TS};

use super::{
    Act, AlertView, AlertsView, AnsweringView, BlankView, BlindView, BlockView, ChannelView, ClockView, CommandView,
    ConditionView, ContactView, CopyTarget, CriteriaGroupView, CriteriaView, CriterionView, DayView, DecisionView,
    DraftView, DrillMarkView, DrillOfferView, DrillRunView, DueEntryView, DueView, EscalationView, ExampleView,
    FigureView, FindingView, GateView, HeaderView, InlineView, Intent, ItemView, LimitLineView, LogEntryView,
    LogGroupView, LogPageView, LogQuery, LogView, MessageGroupView, MessageView, MessagesView, MovedView, OpeningView,
    OutsideTarget, PageView, PeopleView, PersonView, PhaseEntryView, PhaseView, Problem, ProblemCode, ReachView,
    RecentView, RecordView, ReferenceGroupView, ReferenceView, ReferencesView, RollbackView, RoomEntryView, RowView,
    ScenarioView, ScoreView, Screen, SentView, SpaceView, StartView, StepView, StretchView, TestView, Theme,
    TimelineEntryView, ToldView, UnarmedView, UnitQuestionView, Update, VerdictView, VitalView, VitalsView,
    WayBackView, WayView, WrittenView, ZoneView,
};

/// The text of `ui/src/ipc/bindings.ts`, which a test compares with the file and `cargo xtask bindings` writes.
#[must_use]
pub fn bindings() -> String {
    let config = Config::default();
    let mut text = String::from("// Generated from src-tauri/src/wire by `cargo xtask bindings`. Do not edit.\n");
    macro_rules! declare {
        ($($name:ident),* $(,)?) => {$(
            text.push_str("\nexport ");
            text.push_str(&$name::decl(&config));
            text.push('\n');
        )*};
    }
    declare!(
        Act,
        AlertView,
        AlertsView,
        AnsweringView,
        BlankView,
        BlindView,
        BlockView,
        ChannelView,
        ClockView,
        CommandView,
        ConditionView,
        ContactView,
        CopyTarget,
        CriteriaGroupView,
        CriteriaView,
        CriterionView,
        DayView,
        DecisionView,
        DraftView,
        DrillMarkView,
        DrillOfferView,
        DrillRunView,
        DueEntryView,
        DueView,
        EscalationView,
        ExampleView,
        FigureView,
        FindingView,
        GateView,
        HeaderView,
        InlineView,
        Intent,
        ItemView,
        LimitLineView,
        LogEntryView,
        LogGroupView,
        LogPageView,
        LogQuery,
        LogView,
        MessageGroupView,
        MessageView,
        MessagesView,
        MovedView,
        OpeningView,
        OutsideTarget,
        PageView,
        PeopleView,
        PersonView,
        PhaseEntryView,
        PhaseView,
        Problem,
        ProblemCode,
        ReachView,
        RecentView,
        RecordView,
        ReferenceGroupView,
        ReferenceView,
        ReferencesView,
        RollbackView,
        RoomEntryView,
        RowView,
        ScenarioView,
        ScoreView,
        Screen,
        SentView,
        SpaceView,
        StartView,
        StepView,
        StretchView,
        TestView,
        Theme,
        TimelineEntryView,
        ToldView,
        UnarmedView,
        UnitQuestionView,
        Update,
        VerdictView,
        VitalView,
        VitalsView,
        WayBackView,
        WayView,
        WrittenView,
        ZoneView,
    );
    text
}
