//! Why something may not be, in a sentence that says what to do instead.

use std::fmt;

/// Why an intent was refused. Nothing changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The plan has no such thing.
    Unknown(&'static str),
    /// The room is closed.
    RoomClosed,
    /// The room is open.
    RoomOpen,
    /// What must be said is missing.
    Missing(&'static str),
    /// A check with a limit needs what was seen.
    SayWhatYouSaw {
        /// The limit, as it stands in the text.
        limit: String,
    },
    /// A check that is a choice needs one of its answers.
    ChooseAnAnswer {
        /// Them.
        answers: Vec<String>,
    },
    /// A check does not offer that answer.
    NotOffered {
        /// It.
        answer: String,
        /// Those that it offers.
        answers: Vec<String>,
    },
    /// A check has other blanks than those that were filled.
    OtherBlanks,
    /// Blanks of a check are empty.
    FillIn {
        /// What they ask for.
        fields: Vec<String>,
    },
    /// What was seen does not meet the limit.
    LimitNotMet {
        /// What was seen.
        saw: String,
        /// The check.
        limit: String,
    },
    /// What was seen does not meet a gate's condition.
    ConditionNotMet {
        /// What was seen.
        saw: String,
        /// The condition.
        condition: String,
    },
    /// The unit is not the check's.
    OtherUnit {
        /// What was seen.
        saw: String,
        /// The check.
        limit: String,
    },
    /// Checks below one are open.
    OpenBelow {
        /// Their words.
        open: Vec<String>,
    },
    /// What is attached is no web address.
    NoWebAddress,
    /// It is so already.
    Already(&'static str),
    /// The log has no such event.
    NotInTheLog {
        /// The number that was asked for.
        event: u64,
        /// The number of the last one.
        last: u64,
    },
    /// An event only keeps the record of samples.
    NothingToCorrect {
        /// Its number.
        event: u64,
    },
    /// The source claims nothing there that is not confirmed.
    NothingClaimed,
    /// Deferred to a phase that is not later.
    NotLater,
    /// There is nothing to take back.
    NothingToUndo,
    /// A later act stands on the same check.
    ChangedSince {
        /// Whose.
        actor: String,
    },
    /// Nobody has these initials.
    NoSuchPerson {
        /// The initials.
        initials: String,
    },
    /// Initials must be short.
    BadInitials,
    /// The contact has no address on that way.
    NoAddress,
    /// The time lies ahead.
    InFuture,
    /// Conditions of a gate are not met.
    ConditionsOpen {
        /// Their words.
        conditions: Vec<String>,
    },
    /// A gate has not been held for as long as the plan wants.
    NotHeld {
        /// How long it was.
        held_s: u64,
    },
    /// Another gate comes first.
    EarlierGate {
        /// Its words.
        gate: String,
    },
    /// Nobody has said that the gate's share of the traffic is there.
    GateNotEntered,
    /// No gate stands before the one that is gone back from.
    NoGateBefore {
        /// Its words.
        gate: String,
    },
    /// The rollout stands at another gate.
    StandsElsewhere {
        /// The words of that one; `None` where it stands at none.
        gate: Option<String>,
    },
    /// While the way back is taken no gate is touched.
    WayBackRuns,
    /// What belongs to a gate does not wait for a later phase.
    GateDoesNotWait,
    /// A gate always applies.
    GateApplies,
    /// A condition about pods asks for how many are ready.
    SayHowMany {
        /// The condition.
        condition: String,
    },
    /// A mark of the way back that only a person can speak for asks for words.
    SayHowYouKnow {
        /// The mark.
        mark: String,
    },
    /// A gate is passed, not ticked.
    PassTheGate,
    /// The clock of the hold ticks it.
    HoldTicksItself,
    /// A signal sees something else.
    SeenOtherwise {
        /// What.
        seen: String,
    },
    /// A rehearsal is for before the day.
    NoRehearsalNow,
    /// A new attempt follows on a rollback alone.
    NothingRolledBack,
    /// T0 of a new attempt lies before the end of the rollback.
    AttemptTooEarly,
    /// No rollback runs.
    NoRollback,
    /// Marks of a successful rollback are open.
    MarksOpen {
        /// Their words.
        marks: Vec<String>,
    },
    /// It takes a person's name.
    NobodyNamed,
    /// No deadline runs.
    NoDeadline,
    /// A deadline is moved to later.
    NotLaterTime,
    /// What ends must end ahead.
    NotAhead,
    /// What demands the way back may not rest for long.
    SilenceTooLong {
        /// For how many minutes at most.
        most_min: i64,
    },
    /// No silence rests on the alert.
    NotSilenced,
    /// A unit is confirmed against a live value.
    NothingSeen,
    /// Go-live is declared after the first act of deployment.
    NothingDeployed,
    /// A rollback runs.
    RollbackRuns,
    /// It is rolled back.
    IsRolledBack,
    /// Something speaks against it, and no reason was given.
    SpeaksAgainst {
        /// What, in words.
        open: Vec<String>,
    },
    /// Nobody declared go-live.
    NotLive,
    /// Success comes after go-live.
    NoSuccessBeforeGoLive,
    /// A round is due later.
    RoundAhead {
        /// So many minutes before its time it may be begun.
        grace_min: i64,
    },
    /// The room is handed over to somebody else than who has it.
    HasTheRoom {
        /// Who has it: initials.
        who: String,
    },
    /// The first signature is given already.
    HandoverWaits {
        /// To whom: initials.
        to: String,
    },
    /// There is no first signature.
    NothingHandedOver,
    /// The room was handed over to somebody else.
    HandedToAnother {
        /// To whom: initials.
        to: String,
    },
    /// No round was missed that nobody explained.
    NothingMissed,
    /// The probe is no command.
    NoCommand,
    /// The settings give the probe another command than the one that was shown.
    OtherCommand,
    /// Nobody armed the command.
    NotArmed,
    /// The plan proposes something else there than what was shown.
    OtherProposal,
    /// Another accepted proposal observes the same check.
    ObservedAlready,
    /// No test notification was shown.
    NotTested,
    /// The checklist says what the room has already.
    NothingReread,
    /// The checklist has no gate any more whose hold runs.
    HeldGateGone {
        /// Its words.
        gate: String,
    },
    /// The checklist has no way any more on which a rollback runs.
    WayGone {
        /// Its number.
        way: u32,
        /// Its words.
        text: String,
    },
    /// No window is announced.
    NoWindow,
    /// T0's phase has begun.
    HasBegun,
    /// T0's phase is moved to later.
    BeforeT0,
    /// A hold is shortened only.
    NotShorter,
    /// Blanks are open.
    BlanksOpen {
        /// As they stand.
        blanks: Vec<String>,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(what) => write!(formatter, "There is no such {what} in this room: look at the page again."),
            Self::RoomClosed => formatter.write_str("The room is closed: open it again first, with a reason."),
            Self::RoomOpen => formatter.write_str("The room is open already."),
            Self::Missing(what) => write!(formatter, "Say {what} first."),
            Self::SayWhatYouSaw { limit } => {
                write!(formatter, "This check names a limit ({limit}): say what you saw, as a value or in words.")
            }
            Self::ChooseAnAnswer { answers } => {
                write!(formatter, "This check asks for one of its answers: {}.", answers.join(", "))
            }
            Self::NotOffered { answer, answers } => {
                write!(formatter, "“{answer}” is none of its answers, which are {}: choose again.", answers.join(", "))
            }
            Self::OtherBlanks => {
                formatter.write_str("The check has other blanks now: look at its row again, and fill them in.")
            }
            Self::FillIn { fields } => {
                write!(formatter, "Nothing stands in {}: fill it in first.", fields.join(" and in "))
            }
            Self::LimitNotMet { saw, limit } => write!(
                formatter,
                "{saw} does not meet “{limit}”: override it with a reason, or defer it; it cannot be ticked as done."
            ),
            Self::ConditionNotMet { saw, condition } => write!(
                formatter,
                "{saw} does not meet “{condition}”: wait until it does, go back, or override the gate with a reason (Shift+G)."
            ),
            Self::OtherUnit { saw, limit } => {
                write!(formatter, "{saw} is in another unit than “{limit}”: write the value in the check's own unit.")
            }
            Self::OpenBelow { open } => {
                let (first, rest) = open.split_at(open.len().min(5));
                let more = if rest.is_empty() { String::new() } else { format!("; and {} more", rest.len()) };
                write!(
                    formatter,
                    "Open below it: {}{more}. Settle each of them first, or override this one with a reason.",
                    first.join("; ")
                )
            }
            Self::NoWebAddress => formatter.write_str(
                "Only web addresses are attached, which begin with https:// or http://: write it in words, or attach the file.",
            ),
            Self::Already(what) => write!(formatter, "It is {what} already."),
            Self::NotInTheLog { event, last } => {
                write!(formatter, "There is no event {event} in this log: its last one is {last}.")
            }
            Self::NothingToCorrect { event } => write!(
                formatter,
                "Event {event} only holds digests of what was measured, in which there is nothing to correct: write a note instead."
            ),
            Self::NothingClaimed => {
                formatter.write_str("The source claims nothing here that is not confirmed already.")
            }
            Self::NotLater => formatter.write_str("A check is deferred to a later phase than its own: choose one."),
            Self::NothingToUndo => formatter.write_str("There is nothing to take back."),
            Self::ChangedSince { actor } => {
                write!(formatter, "{actor} acted on the same check since: take that back first.")
            }
            Self::NoSuchPerson { initials } => write!(formatter, "Nobody in the room has the initials {initials}."),
            Self::BadInitials => formatter.write_str("Initials are one to four letters or digits."),
            Self::NoAddress => formatter.write_str("There is no address on that way yet: fill it in first."),
            Self::InFuture => formatter.write_str("That time lies ahead: name now or an earlier time."),
            Self::ConditionsOpen { conditions } => write!(
                formatter,
                "Not met now: {}. Wait until every condition is met, or override the gate with a reason.",
                conditions.join("; ")
            ),
            Self::NotHeld { held_s } => write!(
                formatter,
                "Held for {:02}:{:02} so far: wait for the hold to end, or override the gate with a reason.",
                held_s / 60,
                held_s % 60
            ),
            Self::EarlierGate { gate } => write!(formatter, "“{gate}” comes first: pass it, or override it."),
            Self::GateNotEntered => formatter
                .write_str("Say first that this share of the traffic is on the new version: that starts the hold."),
            Self::NoGateBefore { gate } => write!(
                formatter,
                "No gate stands before “{gate}”: what goes back from there is the rollback (Shift+R)."
            ),
            Self::StandsElsewhere { gate: Some(gate) } => {
                write!(formatter, "The rollout stands at “{gate}”: go back from there.")
            }
            Self::StandsElsewhere { gate: None } => {
                formatter.write_str("No gate was entered yet: there is nothing to go back from.")
            }
            Self::WayBackRuns => {
                formatter.write_str("The way back is taken: no gate is touched before that is over (Shift+S stands down).")
            }
            Self::GateDoesNotWait => formatter.write_str(
                "What belongs to a gate does not wait for a later phase, for the rollout would go on without it: meet it, or \
                 override the gate with a reason (Shift+G).",
            ),
            Self::GateApplies => formatter.write_str(
                "A gate and its hold always apply: pass the gate, or override it with a reason (Shift+G).",
            ),
            Self::SayHowMany { condition } => {
                write!(formatter, "“{condition}” speaks of pods: say how many are ready, such as 3/3.")
            }
            Self::SayHowYouKnow { mark } => {
                write!(formatter, "Only a person can say “{mark}”: write how you know.")
            }
            Self::PassTheGate => formatter.write_str("A gate is not ticked: pass it with Shift+G, on its readings."),
            Self::HoldTicksItself => {
                formatter.write_str("The hold's clock ticks this when it has run to its end with every condition met.")
            }
            Self::SeenOtherwise { seen } => write!(
                formatter,
                "It is observed, and not met: {seen}. Override it with a reason; it cannot be ticked as done."
            ),
            Self::NoRehearsalNow => formatter.write_str(
                "The deployment has begun: a rehearsal is for before it. What is needed now is the rollback itself (Shift+R).",
            ),
            Self::NothingRolledBack => formatter
                .write_str("A new attempt begins when it is rolled back and a person has said so: nothing was rolled back."),
            Self::AttemptTooEarly => formatter.write_str(
                "That T0 lies before the rollback was over: name the time at which the new attempt begins.",
            ),
            Self::NoRollback => formatter.write_str("No rollback runs: decide to roll back first (Shift+R)."),
            Self::MarksOpen { marks } => write!(
                formatter,
                "Not true yet: {}. State each, or override it with a reason, before it counts as rolled back.",
                marks.join("; ")
            ),
            Self::NobodyNamed => formatter.write_str("This takes a person's name: choose who you are first (Shift+P)."),
            Self::NoDeadline => formatter.write_str("No deadline runs on this alert."),
            Self::NotLaterTime => {
                formatter.write_str("A deadline is moved to a time that is later than it is now, and ahead.")
            }
            Self::NotAhead => formatter.write_str("That time is over: name one that lies ahead."),
            Self::SilenceTooLong { most_min } => write!(
                formatter,
                "This alert demands the way back: it can be silenced for {most_min} min at most. Name an earlier time."
            ),
            Self::NotSilenced => formatter.write_str("This alert is not silenced."),
            Self::NothingSeen => {
                formatter.write_str("This metric shows no value yet: a unit is confirmed against a live one.")
            }
            Self::NothingDeployed => formatter.write_str(
                "Nothing of the deployment was done yet: go-live is declared after its first act.",
            ),
            Self::RollbackRuns => formatter
                .write_str("A rollback runs: finish it, or stand down (Shift+S), before go-live is declared."),
            Self::IsRolledBack => formatter.write_str(
                "It is rolled back: what is live now is the old version. Begin a new attempt, and declare that one live.",
            ),
            Self::SpeaksAgainst { open } => write!(
                formatter,
                "Speaks against it: {}. Settle it, or say why it is so all the same.",
                open.join("; ")
            ),
            Self::NoSuccessBeforeGoLive => formatter
                .write_str("Success is declared after go-live: declare that first (Shift+L)."),
            Self::NotLive => {
                formatter.write_str("Rounds count from go-live: declare it first (Shift+L).")
            }
            Self::RoundAhead { grace_min } => write!(
                formatter,
                "This round is due later: it can be begun {grace_min} min before its time."
            ),
            Self::HasTheRoom { who } => {
                write!(formatter, "{who} has the room already: name somebody else, who takes it over.")
            }
            Self::HandoverWaits { to } => write!(
                formatter,
                "The room is handed over to {to} already, who has not signed: let {to} take it over, or take that back first."
            ),
            Self::NothingHandedOver => formatter.write_str(
                "Nobody has handed the room over: whoever has it signs first (Shift+H).",
            ),
            Self::HandedToAnother { to } => write!(
                formatter,
                "The room was handed over to {to}: {to} takes it over, or it is taken back and handed over anew."
            ),
            Self::NothingMissed => formatter.write_str("No round was missed that is not explained already."),
            Self::NoCommand => formatter.write_str("This probe runs no command: there is nothing to arm."),
            Self::OtherCommand => formatter.write_str(
                "The settings give this probe another command than the one that was shown: look at it again, and arm \
                 that one.",
            ),
            Self::NotArmed => formatter.write_str("This command is not armed: it does not run."),
            Self::OtherProposal => formatter.write_str(
                "The checklist proposes something else there than what was shown: look at it again, and accept that.",
            ),
            Self::ObservedAlready => formatter
                .write_str("Another proposal that was accepted observes this already: take that one back first."),
            Self::NotTested => formatter.write_str("No test notification was shown yet: show one first."),
            Self::NothingReread => formatter.write_str("The checklist says what the room has already."),
            Self::HeldGateGone { gate } => write!(
                formatter,
                "The hold of “{gate}” runs, and the checklist has no such gate any more: pass it or override it first, or \
                 put its line back."
            ),
            Self::WayGone { way, text } => write!(
                formatter,
                "The rollback runs on way {way} “{text}”, and the checklist has no such way any more: take another way \
                 first, or put it back."
            ),
            Self::NoWindow => formatter.write_str(
                "No window is announced: write it into the checklist, or as “window” into war-room.toml beside it.",
            ),
            Self::HasBegun => formatter.write_str(
                "That phase has begun: its start cannot be moved any more. Move the window's end, or shorten a hold.",
            ),
            Self::BeforeT0 => formatter.write_str("That is before T0: what begins earlier is opened with another T0."),
            Self::NotShorter => formatter.write_str(
                "A hold can be shortened here, down to a minute or less, never to nothing: to hold longer nobody needs \
                 leave, and to do without it override the gate.",
            ),
            Self::BlanksOpen { blanks } => {
                write!(formatter, "Blanks are open: {}. Fill them before the notice counts as sent.", blanks.join(", "))
            }
        }
    }
}
