//! What a person asks of a room.

use jiff::Timestamp;
use jiff::civil::DateTime;
use plan::{ContactId, CriterionId, ItemId, MessageId, SectionId, Unit};

use crate::alert::AlertId;
use crate::decide::Wanted;
use crate::event::{Evidence, Person, RoundKey, RoundSaid, Way};
use crate::said::Value;

/// What a person asks of a room. Whether it may be, [`crate::decide`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Say that a check is done, with what was seen where the check has a limit.
    State {
        /// The check.
        item: ItemId,
        /// A value ("0.4 %") or words.
        saw: Option<String>,
    },
    /// Say what a check asks for: one of its answers, and what fills its blanks.
    Answer {
        /// The check.
        item: ItemId,
        /// The answer's own words; `None` where the check is no choice.
        answer: Option<String>,
        /// What fills each blank, in their order.
        values: Vec<Value>,
    },
    /// Confirm what the source claims of one check.
    Confirm {
        /// The check.
        item: ItemId,
    },
    /// Confirm all that the source claims in a section and below.
    ConfirmSection {
        /// The section.
        section: SectionId,
    },
    /// Pass a check against what is seen.
    Override {
        /// The check.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// Let a check wait for a later phase.
    Defer {
        /// The check.
        item: ItemId,
        /// The phase in which it returns.
        to: SectionId,
        /// Why.
        reason: String,
    },
    /// Say that a check does not apply.
    NotApplicable {
        /// The check.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// Attach to a check what shows it.
    AddEvidence {
        /// The check.
        item: ItemId,
        /// What shows it.
        evidence: Evidence,
    },
    /// Take the last act back; or the last one on this check.
    Undo {
        /// The check, where one is meant.
        item: Option<ItemId>,
    },
    /// Add a person, or change their name or role.
    NamePerson(Person),
    /// Act as this person from now on.
    ChooseActor {
        /// Their initials.
        initials: String,
    },
    /// Fill in what is known of a contact.
    FillContact {
        /// The contact.
        contact: ContactId,
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
    /// Say that a contact answered.
    ProveContact {
        /// The contact.
        contact: ContactId,
        /// On which way.
        way: Way,
        /// What was heard.
        words: String,
    },
    /// Put somebody on the ladder, behind all others.
    AddContact {
        /// The role; may be empty.
        role: String,
        /// The name.
        name: String,
        /// Phone number.
        phone: String,
        /// Mail address.
        mail: String,
    },
    /// Say that a contact was tried, and whether they answered.
    TryContact {
        /// The contact.
        contact: ContactId,
        /// On which way.
        way: Way,
        /// Whether they answered.
        answered: bool,
        /// What was heard, or how it rang out; may be empty.
        words: String,
        /// The alert that it is about.
        about: Option<AlertId>,
    },
    /// Say where a channel is.
    FillChannel {
        /// The channel.
        channel: ContactId,
        /// Its address or name.
        target: String,
    },
    /// Keep a notice as it stands.
    KeepDraft {
        /// Which; `None` for a new one.
        draft: Option<u32>,
        /// The template.
        message: Option<MessageId>,
        /// To whom.
        to: String,
        /// The subject.
        subject: String,
        /// The words.
        body: String,
    },
    /// Throw a draft away.
    DropDraft {
        /// Which.
        draft: u32,
    },
    /// Say that a notice was sent by other means.
    MarkSent {
        /// The draft.
        draft: u32,
        /// To whom it went.
        to: String,
        /// When it went out; `None` for now.
        at: Option<Timestamp>,
    },
    /// Write a note to the log.
    Note {
        /// The words.
        text: String,
        /// The time that a late note is about; `None` for now.
        at: Option<Timestamp>,
    },
    /// Say what is right where an event of the log says otherwise; nothing else changes by it.
    Correct {
        /// The event's number.
        event: u64,
        /// What is right.
        right: String,
        /// Why that is known.
        why: String,
        /// The time that the correction is about; `None` for now.
        at: Option<Timestamp>,
    },
    /// Take notice of an alert.
    Acknowledge {
        /// Which.
        alert: AlertId,
        /// What is to be said to it; may be empty.
        note: String,
    },
    /// Let the voice of an alert rest. It fires on, stays in the list and in the verdict.
    Silence {
        /// Which.
        alert: AlertId,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: String,
    },
    /// Let an alert speak again before its time.
    LiftSilence {
        /// Which.
        alert: AlertId,
        /// Why; may be empty.
        reason: String,
    },
    /// Give a HIGH more time.
    ExtendDeadline {
        /// Which alert.
        alert: AlertId,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: String,
    },
    /// Say that a gate's share of the traffic is on the new version.
    EnterGate {
        /// The gate's item.
        gate: ItemId,
    },
    /// Pass a gate, on what is seen and said.
    PassGate {
        /// The gate's item.
        gate: ItemId,
    },
    /// Pass a gate against what is seen.
    OverrideGate {
        /// The gate's item.
        gate: ItemId,
        /// Why.
        reason: String,
    },
    /// Go back to the gate before: the hold and the pass of this one are void.
    GoBack {
        /// The gate at which the rollout stands.
        gate: ItemId,
        /// Why.
        reason: String,
    },
    /// Decide to roll back.
    RollBack {
        /// The decision criterion that says so.
        criterion: Option<CriterionId>,
        /// Why, in words.
        reason: String,
        /// The way, by its number from 1; 0 where the plan names none.
        way: u32,
    },
    /// Rehearse the way back before the day.
    Rehearse {
        /// The way, by its number from 1; 0 where the plan names none.
        way: u32,
    },
    /// Begin a new attempt after a rollback.
    BeginAttempt {
        /// Its T0, on the wall of the room's zone.
        start: DateTime,
        /// Why.
        reason: String,
    },
    /// Take another way back.
    ChooseWay {
        /// Its number, from 1.
        way: u32,
        /// Why.
        reason: String,
    },
    /// Say how a step went.
    StateStep {
        /// A command's id, or `way 3/by hand`.
        step: String,
        /// Whether it worked.
        worked: bool,
        /// What was seen.
        result: String,
    },
    /// Say that somebody was told of the rollback.
    Tell {
        /// The id of a contact, a channel or a message.
        whom: String,
        /// Whether they answered.
        answered: bool,
        /// How, or what they said.
        words: String,
    },
    /// Say that it is rolled back.
    DeclareRolledBack,
    /// Stop rolling back.
    StandDown {
        /// Why.
        reason: String,
    },
    /// Confirm, or correct, the unit of a metric.
    ConfirmUnit {
        /// The metric's name.
        metric: String,
        /// Its unit.
        unit: Unit,
    },
    /// Let the command of a probe run from now on.
    ArmCommand {
        /// The probe's name.
        probe: String,
        /// The digest of the command that was shown.
        digest: String,
    },
    /// Let the command of a probe run no more.
    DisarmCommand {
        /// The probe's name.
        probe: String,
    },
    /// Let something observe what a proposal is about.
    AcceptBinding {
        /// The proposal.
        proposal: String,
        /// The digest of the draft that was shown.
        digest: String,
    },
    /// Want no such proposal, or take back that it was accepted.
    DropBinding {
        /// The proposal.
        proposal: String,
    },
    /// Say whether the test notification was seen.
    AnswerTest {
        /// Whether it was.
        seen: bool,
    },
    /// Accept the checklist as it was read again.
    Reread {
        /// Its text.
        text: String,
        /// The text of the settings beside it.
        settings: Option<String>,
        /// Version of the program that read it.
        reader: String,
    },
    /// Change the schedule.
    ChangeSchedule {
        /// What.
        wanted: Wanted,
        /// Why.
        reason: String,
        /// What it gains and costs, as it was shown.
        shown: String,
    },
    /// Declare go-live.
    DeclareGoLive {
        /// Why, where something speaks against it; may be empty where nothing does.
        reason: String,
    },
    /// Declare success.
    DeclareSuccess {
        /// Why, where something is not met; may be empty where all is.
        reason: String,
    },
    /// Settle a check of a round.
    TickRound {
        /// The round.
        round: RoundKey,
        /// The check.
        item: ItemId,
        /// What is said of it.
        said: RoundSaid,
    },
    /// Take the last word on a check of a round back.
    UntickRound {
        /// The round.
        round: RoundKey,
        /// The check.
        item: ItemId,
    },
    /// Say why rounds were missed.
    ExplainRounds {
        /// Why.
        reason: String,
    },
    /// Hand the room over: the first signature.
    HandOver {
        /// To whom: initials.
        to: String,
    },
    /// Take the room over: the second signature.
    TakeOver {
        /// Who takes it: initials.
        by: String,
    },
    /// Take the first signature back before the second is given.
    WithdrawHandover,
    /// Keep something that was learned.
    NoteLesson {
        /// What.
        text: String,
    },
    /// Close the room.
    Close {
        /// How it ended.
        outcome: String,
    },
    /// Open a closed room again.
    Reopen {
        /// Why.
        reason: String,
    },
}
