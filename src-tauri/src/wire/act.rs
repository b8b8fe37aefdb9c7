//! What a person asks of the room that is open, as the window says it.

use serde::Deserialize;
use ts_rs::TS;

/// What a person asks of the room. Ids name things of the plan; times are on the plan's wall (`07:05` for the latest
/// such time that is not ahead, or `2026-01-21T07:05`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Say that a check is done.
    State {
        /// [`super::ItemView::id`].
        item: String,
        /// What was seen, where the check asks for it; empty otherwise.
        saw: String,
    },
    /// Say what a check asks for.
    Answer {
        /// [`super::ItemView::id`].
        item: String,
        /// [`super::AnswerView::words`]; empty where the check is no choice.
        answer: String,
        /// [`super::FieldView::field`] of each blank with what fills it, in their order.
        values: Vec<(String, String)>,
    },
    /// Confirm the source's claim.
    Confirm {
        /// [`super::ItemView::id`].
        item: String,
    },
    /// Confirm all claims of a phase.
    ConfirmPhase {
        /// [`super::PhaseView::id`].
        phase: String,
    },
    /// Pass a check against what is seen.
    Override {
        /// [`super::ItemView::id`].
        item: String,
        /// Why.
        reason: String,
    },
    /// Let a check wait.
    Defer {
        /// [`super::ItemView::id`].
        item: String,
        /// A later phase.
        to: String,
        /// Why.
        reason: String,
    },
    /// Say that a check does not apply.
    NotApplicable {
        /// [`super::ItemView::id`].
        item: String,
        /// Why.
        reason: String,
    },
    /// Attach to a check what shows it.
    AddEvidence {
        /// [`super::ItemView::id`].
        item: String,
        /// Words, or an address on the web.
        text: String,
    },
    /// Take back the last act on a check; with an empty id the room's last act.
    Undo {
        /// [`super::ItemView::id`], or empty.
        item: String,
    },
    /// Add a person, or change them; known by their initials.
    NamePerson {
        /// One to four letters.
        initials: String,
        /// The name.
        name: String,
        /// May be empty.
        role: String,
    },
    /// Act as this person from now on.
    ChooseActor {
        /// Their initials.
        initials: String,
    },
    /// Fill in a contact, whole.
    FillContact {
        /// [`super::ContactView::id`].
        contact: String,
        /// The name.
        name: String,
        /// Phone number.
        phone: String,
        /// Mail address.
        mail: String,
        /// Name in the chat.
        chat: String,
        /// Name at the pager.
        pager: String,
    },
    /// A contact answered.
    ProveContact {
        /// [`super::ContactView::id`].
        contact: String,
        /// `phone`, `mail`, `chat` or `pager`.
        way: String,
        /// What was heard; may be empty.
        words: String,
    },
    /// Put somebody on the ladder whom the checklist does not name, behind all others.
    AddContact {
        /// The role; may be empty.
        role: String,
        /// The name.
        name: String,
        /// Phone number; may be empty.
        phone: String,
        /// Mail address; may be empty.
        mail: String,
    },
    /// A contact was tried: called, written to, paged.
    TryContact {
        /// [`super::ContactView::id`].
        contact: String,
        /// `phone`, `mail`, `chat` or `pager`.
        way: String,
        /// Whether they answered.
        answered: bool,
        /// What was heard, or how it rang out; may be empty.
        words: String,
        /// The alert that it is about, [`super::AlertView::id`]; empty where it is about none.
        about: String,
    },
    /// Fill in a channel.
    FillChannel {
        /// [`super::ChannelView::id`].
        channel: String,
        /// Its address or name.
        target: String,
    },
    /// Start a draft from a template, its blanks filled from the plan where the plan knows them.
    StartDraft {
        /// [`super::MessageView::id`]; empty for an empty notice.
        message: String,
    },
    /// Keep a draft in the log as it stands.
    KeepDraft {
        /// [`super::DraftView::number`].
        draft: u32,
        /// To whom.
        to: String,
        /// The subject.
        subject: String,
        /// The words.
        body: String,
    },
    /// Throw a draft away.
    DropDraft {
        /// [`super::DraftView::number`].
        draft: u32,
    },
    /// The notice went out by other means.
    MarkSent {
        /// [`super::DraftView::number`].
        draft: u32,
        /// To whom it went.
        to: String,
        /// When; empty for now.
        at: String,
    },
    /// Write a note.
    Note {
        /// The words.
        text: String,
        /// What time it is about; empty for now.
        at: String,
    },
    /// Say what is right where an event of the log says otherwise.
    Correct {
        /// [`super::LogEntryView::seq`].
        event: u32,
        /// What is right.
        right: String,
        /// Why that is known.
        why: String,
        /// What time it is about; empty for now.
        at: String,
    },
    /// Take notice of an alert.
    Acknowledge {
        /// [`super::AlertView::id`].
        alert: String,
        /// What is to be said to it; may be empty.
        note: String,
    },
    /// Take notice of all alerts that fire and that nobody has taken notice of: after a storm.
    AcknowledgeAll,
    /// Let the voice of an alert rest: it fires on, and counts in the verdict.
    Silence {
        /// [`super::AlertView::id`].
        alert: String,
        /// Until when: `15 min`, `07:45` for the next such time, or `2026-01-21T07:45`.
        until: String,
        /// Why.
        reason: String,
    },
    /// Let an alert speak again before its time.
    LiftSilence {
        /// [`super::SilenceView::alert`].
        alert: String,
        /// Why; may be empty.
        reason: String,
    },
    /// Give a HIGH more time.
    ExtendDeadline {
        /// [`super::AlertView::id`].
        alert: String,
        /// Until when: `30 min`, `07:45` for the next such time, or `2026-01-21T07:45`.
        until: String,
        /// Why.
        reason: String,
    },
    /// Say that a gate's share of the traffic is on the new version: its hold may run.
    EnterGate {
        /// [`super::GateView::item`].
        gate: String,
    },
    /// Pass a gate on what is seen and said.
    PassGate {
        /// [`super::GateView::item`].
        gate: String,
    },
    /// Pass a gate against what is seen.
    OverrideGate {
        /// [`super::GateView::item`].
        gate: String,
        /// Why.
        reason: String,
    },
    /// Go back to the gate before; the hold and the pass of this one are void.
    GoBack {
        /// [`super::GateView::item`].
        gate: String,
        /// Why.
        reason: String,
    },
    /// Confirm, or correct, the unit of a metric.
    ConfirmUnit {
        /// [`super::UnitQuestionView::metric`].
        metric: String,
        /// `ratio`, `percent`, `s`, `ms`, `bytes`, `cores` or `count`.
        unit: String,
    },
    /// Let the command of a probe run. The window names the probe and what it showed; what runs is looked up here.
    ArmCommand {
        /// [`super::SignalView::name`].
        probe: String,
        /// [`super::CommandProbeView::digest`] of what was shown.
        digest: String,
    },
    /// Let the command of a probe run no more.
    DisarmCommand {
        /// [`super::SignalView::name`].
        probe: String,
    },
    /// Let something observe what a proposal is about.
    AcceptBinding {
        /// [`super::ProposalView::id`].
        proposal: String,
        /// [`super::ProposalView::digest`] of what was shown.
        digest: String,
    },
    /// Want no such proposal, or take back that it was accepted.
    DropBinding {
        /// [`super::ProposalView::id`].
        proposal: String,
    },
    /// Show a test notification on the desktop.
    TestNotification,
    /// Say whether it was seen.
    AnswerTest {
        /// Whether it was.
        seen: bool,
    },
    /// Decide to roll back. The window asks twice and never with one plain key (Shift R, then Ctrl ⏎).
    RollBack {
        /// [`super::CriterionView::id`]; empty where no criterion of the plan says it.
        criterion: String,
        /// Why, in words; must not be empty where `criterion` is.
        reason: String,
        /// [`super::WayView::number`]; 0 where the plan names no way.
        way: u32,
    },
    /// Rehearse the way back, before the day.
    Rehearse {
        /// [`super::WayView::number`]; 0 where the plan names no way.
        way: u32,
    },
    /// Begin a new attempt after a rollback.
    BeginAttempt {
        /// Its T0: `13:00` for the next such time, `30 min` from now, or `2026-01-21T13:00`.
        start: String,
        /// Why.
        reason: String,
    },
    /// Take another way back.
    ChooseWay {
        /// [`super::WayView::number`].
        way: u32,
        /// Why.
        reason: String,
    },
    /// Say how a step went.
    StateStep {
        /// [`super::StepView::id`].
        step: String,
        /// Whether it worked.
        worked: bool,
        /// What was seen; must not be empty where it did not work.
        result: String,
    },
    /// Say that somebody was told.
    Tell {
        /// [`super::ToldView::id`].
        whom: String,
        /// Whether they answered.
        answered: bool,
        /// How, or what they said; may be empty.
        words: String,
    },
    /// Say that it is rolled back: every mark is true.
    DeclareRolledBack,
    /// Stop rolling back; the room returns to the mode before.
    StandDown {
        /// Why.
        reason: String,
    },
    /// Accept the checklist as its file is now.
    AcceptReread {
        /// [`super::RereadView::digest`] of what was shown.
        digest: String,
    },
    /// Take a what-if: the schedule is changed by it.
    TakeWhatIf {
        /// [`super::WhatIfView::id`].
        what_if: String,
        /// Why.
        reason: String,
    },
    /// Draft the notice that moves the window; nothing is sent.
    DraftWindowNotice {
        /// [`super::WindowNoticeView::until`].
        until: String,
    },
    /// Declare go-live. The window asks twice (Shift L, then Ctrl ⏎).
    DeclareGoLive {
        /// Why, where [`super::GoLiveView::wants_reason`]; may be empty otherwise.
        reason: String,
    },
    /// Declare success. The window asks twice.
    DeclareSuccess {
        /// Why, where something is not met; may be empty otherwise.
        reason: String,
    },
    /// Draft the hourly update from what is known now.
    StartUpdate,
    /// Draft the checklist's closing words, their blanks filled where the room knows them.
    StartClosing,
    /// Say why rounds were missed: all that nobody explained.
    ExplainRounds {
        /// Why.
        reason: String,
    },
    /// Hand the room over: the first signature.
    HandOver {
        /// Initials of whoever takes it.
        to: String,
    },
    /// Take the room over: the second signature.
    TakeOver {
        /// Initials of whoever takes it.
        by: String,
    },
    /// Take the first signature back.
    WithdrawHandover,
    /// Keep something that was learned.
    NoteLesson {
        /// The words.
        text: String,
    },
    /// Close the room.
    Close {
        /// How it ended.
        outcome: String,
    },
    /// Open the closed room again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Words that are being typed: kept on disk outside of the log, so that a kill in the middle of a word loses none.
    Typing {
        /// `note`, or `draft 3`.
        name: String,
        /// All that stands in the field; for a draft as JSON of `{to, subject, body}`.
        text: String,
    },
}
