//! What happened, as it is kept for ever. A field once written is never renamed or reused: another meaning is a new variant.

mod after;
mod attempt;
mod corrected;
mod evidence;
mod gates;
mod kind;
mod parts;
mod recorded;
mod samples;
mod schedule;

use jiff::Timestamp;
use plan::{ContactId, CriterionId, ItemId, MessageId, SectionId, Unit};
use serde::{Deserialize, Serialize};

pub use self::after::{
    GoLiveDeclared, HandedOver, MissedRun, RoomClosed, RoundFinished, RoundKey, RoundReading, RoundSaid, RoundTicked,
    RoundsExplained, RoundsMissed, SuccessDeclared, TakenOver,
};
pub use self::attempt::{AttemptBegan, RehearsalBegan};
pub use self::corrected::Corrected;
pub use self::evidence::{Evidence, EvidenceAdded};
pub use self::gates::GoneBack;
pub use self::kind::VERSION;
pub(crate) use self::parts::is_nought;
pub use self::parts::{
    Accepted, AddedContact, Drill, FilledContact, NotifyOutcome, Opened, Person, StretchFetched, StretchUnseen, Way,
};
pub use self::recorded::Recorded;
pub use self::samples::{SamplesRolledUp, SamplesSealed};
pub use self::schedule::{Change, ScheduleChanged};
use crate::alert::{AlertId, Fired, Judged, Seen};
use crate::gate::{ConditionRead, HoldTurn};
use crate::reread::Reread;
use crate::said::{Answer, Value};
use crate::verdict::VerdictWord;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The room was made.
    Opened(Box<Opened>),
    /// A person was added, or their name or role changed; known by their initials.
    PersonNamed(Person),
    /// Whoever acts from now on.
    ActorChosen {
        /// Their initials.
        initials: String,
    },
    /// A person says that a check is done, or how it stands where it is a choice.
    Stated {
        /// The check.
        item: ItemId,
        /// What they saw; `None` where the check asks for nothing more than a tick.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        saw: Option<String>,
        /// Their answer, where the check is a choice. One that means no does not make it done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Answer>,
        /// What they filled in, where the check has blanks.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        values: Vec<Value>,
    },
    /// What the source claims was confirmed.
    Confirmed {
        /// The checks, confirmed as one act.
        items: Vec<ItemId>,
    },
    /// A check is passed against what is seen.
    Overridden {
        /// The check.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// A check waits for a later phase.
    Deferred {
        /// The check.
        item: ItemId,
        /// The phase in which it returns.
        to: SectionId,
        /// Why.
        reason: String,
    },
    /// A check does not apply.
    NotApplicable {
        /// The check.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// A person attached something to a check that shows it.
    EvidenceAdded(Box<EvidenceAdded>),
    /// An act was taken back.
    Undone {
        /// The number of the act's event.
        event: u64,
    },
    /// What is known of a contact, whole.
    ContactFilled(FilledContact),
    /// A contact answered: the way is proven.
    ContactProven {
        /// The contact.
        contact: ContactId,
        /// On which way.
        way: Way,
        /// What was heard; may be empty.
        words: String,
    },
    /// A person put somebody on the ladder whom the checklist does not name.
    ContactAdded(AddedContact),
    /// A person tried to reach a contact, over an alert or for any other reason.
    ContactTried {
        /// The contact.
        contact: ContactId,
        /// On which way.
        way: Way,
        /// Whether they answered.
        answered: bool,
        /// What was heard, or how it rang out; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// The alert that it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<AlertId>,
    },
    /// Where a channel is.
    ChannelFilled {
        /// The channel.
        channel: ContactId,
        /// Its address or name.
        target: String,
    },
    /// A notice as it stands, kept by a person.
    DraftKept {
        /// Names the draft within the room, from 1.
        draft: u32,
        /// The template it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
        /// To whom.
        to: String,
        /// The subject; empty where the channel has none.
        subject: String,
        /// The words.
        body: String,
    },
    /// A draft was thrown away.
    DraftDropped {
        /// Which.
        draft: u32,
    },
    /// A person sent a notice by other means and says so. The words stand here as they went out.
    SentByHand {
        /// The draft it was.
        draft: u32,
        /// The template it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
        /// To whom.
        to: String,
        /// The subject.
        subject: String,
        /// The words.
        body: String,
    },
    /// A note to the log. A late note's event carries the time that it is about as its time of occurrence.
    Noted {
        /// The words.
        text: String,
    },
    /// A person corrects what an earlier event says; that event stays.
    Corrected(Box<Corrected>),
    /// A rule fires: its breach has lasted, or come often enough.
    AlertFired(Box<Fired>),
    /// An alert is over: fresh data says so.
    AlertResolved {
        /// Which.
        alert: AlertId,
        /// What was seen; `None` for blindness that has ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Seen>,
    },
    /// A person has taken notice of an alert.
    AlertAcknowledged {
        /// Which.
        alert: AlertId,
        /// What they say to it; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// What was seen at that moment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Seen>,
    },
    /// A person lets the voice of an alert rest. It fires on, stays in the list and in the verdict.
    AlertSilenced {
        /// Which.
        alert: AlertId,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: String,
        /// What was seen at that moment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Seen>,
    },
    /// A person lets an alert speak again before its time.
    SilenceLifted {
        /// Which.
        alert: AlertId,
        /// Why; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// What was seen at that moment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Seen>,
    },
    /// The rest of an alert's voice is over: it speaks again where it fires still.
    SilenceRanOut {
        /// Which.
        alert: AlertId,
        /// What was seen at that moment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Seen>,
    },
    /// The window of a success criterion is over.
    SuccessJudged(Box<Judged>),
    /// A person gives a HIGH more time.
    DeadlineExtended {
        /// Which alert.
        alert: AlertId,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: String,
    },
    /// A HIGH's time is up: the way is back.
    DeadlinePassed {
        /// Which alert.
        alert: AlertId,
    },
    /// Armed criteria have no fresh data. Said anew where the list changes.
    Blinded {
        /// The names of the criteria.
        names: Vec<String>,
        /// When the first of them lost its data.
        since: Timestamp,
        /// Why, in words.
        why: String,
    },
    /// All armed criteria are seen again.
    SeenAgain {
        /// Since when they were not.
        since: Timestamp,
    },
    /// For this long nobody looked: the program did not run, or the laptop slept.
    NotLooked {
        /// From when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// The laptop slept: nobody looked.
    Slept {
        /// From when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// The program stood still while the laptop ran: it was stopped, or the laptop was too busy. Nobody looked.
    Stalled {
        /// From when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// The laptop's wall clock was set. Times before it in the log are by the clock as it was.
    ClockJumped {
        /// By so many milliseconds: forward, or back where it is less than nought.
        by_ms: i64,
    },
    /// What was missed was fetched afterwards, or could not be.
    StretchFetched(Box<StretchFetched>),
    /// A check is met, as a signal shows.
    Observed {
        /// The check.
        item: ItemId,
        /// What was seen.
        seen: Seen,
    },
    /// A check that was observed is not met any more, or not seen any more.
    ObservationLost {
        /// The check.
        item: ItemId,
        /// What was seen instead; `None` where nothing is seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Seen>,
        /// Why, in words.
        why: String,
    },
    /// A person says that a gate's share of the traffic is on the new version: its hold may run.
    GateEntered {
        /// The gate's item.
        gate: ItemId,
    },
    /// The clock of a gate's hold turned.
    HoldTurned {
        /// The gate's item.
        gate: ItemId,
        /// To what.
        turn: HoldTurn,
        /// How long it has been held, in milliseconds of seen time.
        held_ms: u64,
        /// Why, in words; empty where nothing is to be said.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// A person passed a gate on what is seen and said.
    GatePassed {
        /// The gate's item.
        gate: ItemId,
        /// How long it was held, in milliseconds of seen time.
        held_ms: u64,
        /// Whether any of it rests on a person's word.
        on_word: bool,
        /// How much of it was proven only afterwards, by samples that were fetched, in milliseconds.
        #[serde(default, skip_serializing_if = "is_nought")]
        fetched_ms: u64,
        /// Each condition with what was seen or said of it.
        readings: Vec<ConditionRead>,
    },
    /// A person passed a gate against what is seen. It is overridden, not passed.
    GateOverridden {
        /// The gate's item.
        gate: ItemId,
        /// Why.
        reason: String,
        /// How long it was held, in milliseconds of seen time.
        held_ms: u64,
        /// Each condition with what was seen or said of it.
        readings: Vec<ConditionRead>,
    },
    /// A person went back to the gate before.
    GoneBack(Box<GoneBack>),
    /// The verdict is another one.
    VerdictTurned {
        /// `go`, `hold`, `roll_back`, `blind` or `not_watched`.
        word: VerdictWord,
        /// Why, in one line.
        why: String,
    },
    /// A person decided to roll back.
    RollbackBegan {
        /// The decision criterion that says so, where one does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        criterion: Option<CriterionId>,
        /// Why, in words.
        reason: String,
        /// The way that is taken, by its number from 1; 0 where the plan names none.
        way: u32,
    },
    /// A person rehearses the way back.
    RehearsalBegan(Box<RehearsalBegan>),
    /// A person began a new attempt.
    AttemptBegan(Box<AttemptBegan>),
    /// Another way back is taken.
    WayChosen {
        /// Its number, from 1.
        way: u32,
        /// Why.
        reason: String,
    },
    /// A person says how a step of a way back went.
    StepStated {
        /// The step: a command's id, or `way 3/by hand`.
        step: String,
        /// Whether it worked.
        worked: bool,
        /// What was seen; may be empty where it worked.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        result: String,
    },
    /// A person says that somebody was told of the rollback.
    Told {
        /// Who: the id of a contact, a channel or a message.
        whom: String,
        /// Whether they answered.
        answered: bool,
        /// How, or what they said.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// A person says that it is rolled back: every mark is true.
    RolledBack,
    /// The rollback was stopped; the room is as before it.
    StoodDown {
        /// Why.
        reason: String,
    },
    /// A person confirmed, or corrected, the unit of a metric against its live value.
    UnitConfirmed {
        /// The metric's name in the settings.
        metric: String,
        /// The unit.
        unit: Unit,
        /// The value as it was shown: "0.0021 = 0.21 %".
        shown: String,
    },
    /// A person armed the command of a probe: it runs from now on, on the laptop on which it was armed.
    CommandArmed {
        /// The probe's name in the settings.
        probe: String,
        /// The digest of the command's text, as it was shown. Another text is not armed.
        digest: String,
    },
    /// A person disarmed the command of a probe: it runs no more.
    CommandDisarmed {
        /// The probe's name in the settings.
        probe: String,
    },
    /// A person accepted a proposal: something observes a check or a criterion from now on.
    BindingAccepted(Box<Accepted>),
    /// A person does not want a proposal, or takes back that it was accepted.
    BindingDropped {
        /// The proposal.
        proposal: String,
        /// The words of the check or the criterion.
        text: String,
    },
    /// What came of a desktop notification.
    Notified {
        /// Which: an alert's id, `summary`, `test`.
        key: String,
        /// Its title.
        title: String,
        /// What came of it.
        outcome: NotifyOutcome,
        /// More of it in words: why it failed, what sounded.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// A person says whether they saw the test notification.
    TestAnswered {
        /// Whether they did.
        seen: bool,
    },
    /// Whether the laptop is kept awake.
    KeptAwake {
        /// Whether it is.
        held: bool,
        /// Why not; empty where it is.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// Whether the desktop holds notifications back, as it tells.
    DoNotDisturb {
        /// Whether it does.
        on: bool,
        /// How it is known: "dunst is paused".
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// The checklist was read again, and a person accepted what differs.
    PlanReread(Box<Reread>),
    /// Samples that lie beside the log were closed under a digest.
    SamplesSealed(Box<SamplesSealed>),
    /// Old samples were rolled up.
    SamplesRolledUp(Box<SamplesRolledUp>),
    /// A person changed the schedule.
    ScheduleChanged(Box<ScheduleChanged>),
    /// A person declared go-live.
    GoLiveDeclared(Box<GoLiveDeclared>),
    /// A check of a round was settled.
    RoundTicked(Box<RoundTicked>),
    /// Rounds were missed.
    RoundsMissed(Box<RoundsMissed>),
    /// A person says why rounds were missed.
    RoundsExplained(Box<RoundsExplained>),
    /// A person declared success.
    SuccessDeclared(Box<SuccessDeclared>),
    /// The room was handed over; it is not taken yet.
    HandedOver(Box<HandedOver>),
    /// The room was taken over.
    TakenOver(Box<TakenOver>),
    /// Something was learned.
    LessonNoted {
        /// What.
        text: String,
    },
    /// The room was closed.
    Closed(Box<RoomClosed>),
    /// The room was opened again after closing.
    Reopened {
        /// Why.
        reason: String,
    },
}
