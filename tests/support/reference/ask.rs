//! What may come of a day: what people ask, and what is found.

/// What is seen at the moment of an ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// The gate that is looked at.
    pub gate: Option<GateSight>,
    /// A check that a signal sees, and whether it is met.
    pub check: Option<(usize, bool)>,
}

/// A gate at the moment of an ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateSight {
    /// Of [`GATES`](super::GATES).
    pub gate: usize,
    /// Whether each condition is met.
    pub are_met: [bool; 2],
    /// How long it has been held.
    pub held_ms: u64,
    /// Whether that is long enough.
    pub is_held: bool,
    /// Whether any of it rests on a word.
    pub on_word: bool,
}

/// What the watch finds; nobody asks whether it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One of [`ALERTS`](super::ALERTS) fires, with a deadline in so many seconds.
    Fires(usize, Option<i64>),
    /// One of [`ALERTS`](super::ALERTS) is over.
    Resolved(usize),
    /// The time of one of [`ALERTS`](super::ALERTS) is up.
    TimeIsUp(usize),
    /// A check is met, as a signal shows.
    Observed(usize),
    /// A check is not met any more.
    Lost(usize),
    /// The hold of one of [`GATES`](super::GATES) runs, from nought.
    Started(usize),
    /// A breach.
    Broken(usize),
    /// The hold has run to its end.
    Held(usize),
    /// A test notification was shown.
    Tested,
    /// Whether the verdict is GO.
    Verdict(bool),
    /// The silence of one of [`ALERTS`](super::ALERTS) is over.
    SilenceOver(usize),
    /// The laptop slept for so many seconds until now.
    Slept(i64),
}

/// What comes: a person's ask, or what is found; with indices into the facts of the day. An index beyond them names
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A check is done; what was seen is one of [`SAWS`](super::SAWS).
    State {
        /// Of [`CHECKS`](super::CHECKS).
        check: usize,
        /// Of [`SAWS`](super::SAWS).
        saw: usize,
    },
    /// One of a check's answers, and what fills its blanks.
    Answer {
        /// Of [`CHECKS`](super::CHECKS).
        check: usize,
        /// Of [`ANSWERS`](super::ANSWERS).
        answer: usize,
        /// Of [`VALUES`](super::VALUES).
        values: usize,
    },
    /// A claim is confirmed.
    Confirm(usize),
    /// All claims of one of [`SECTIONS`](super::SECTIONS) are.
    ConfirmSection(usize),
    /// Passed against what is seen, with a reason.
    Override(usize, String),
    /// Waits for one of [`PHASES`](super::PHASES), with a reason.
    Defer(usize, usize, String),
    /// Does not apply, with a reason.
    NotApplicable(usize, String),
    /// The last act, or the last on a check.
    Undo(Option<usize>),
    /// Initials, name, role.
    NamePerson([String; 3]),
    /// By initials.
    ChooseActor(String),
    /// Which of [`CONTACTS`](super::CONTACTS); name, phone, mail, chat, pager.
    FillContact(usize, [String; 5]),
    /// Which of [`CONTACTS`](super::CONTACTS), by which of the four ways, with which words.
    ProveContact(usize, usize, String),
    /// Which of [`CHANNELS`](super::CHANNELS), and where it is.
    FillChannel(usize, String),
    /// Which draft; whether from the template, or from one that is not there; to, subject, and which of [`BODIES`](super::BODIES).
    KeepDraft {
        /// `None` for a new one.
        draft: Option<u32>,
        /// `Some(false)` is a template that the plan does not have.
        template: Option<bool>,
        /// To whom, and the subject.
        parts: [String; 2],
        /// Of [`BODIES`](super::BODIES).
        body: usize,
    },
    /// By its number.
    DropDraft(u32),
    /// By its number; to whom; how many seconds ago, negative for a time ahead.
    MarkSent(u32, String, Option<i64>),
    /// The words; how many seconds ago it was, negative for a time ahead.
    Note(String, Option<i64>),
    /// The share of one of [`GATES`](super::GATES) is there.
    EnterGate(usize),
    /// One of [`GATES`](super::GATES) is passed.
    PassGate(usize),
    /// One of [`GATES`](super::GATES) is passed against what is seen, with a reason.
    OverrideGate(usize, String),
    /// Notice is taken of one of [`ALERTS`](super::ALERTS), with words.
    Acknowledge(usize, String),
    /// One of [`ALERTS`](super::ALERTS) gets time until so many seconds from now, with a reason.
    ExtendDeadline(usize, i64, String),
    /// Whether the test notification was seen.
    AnswerTest(bool),
    /// Nobody asks: it is so.
    Finds(Found),
    /// How it ended.
    Close(String),
    /// Why.
    Reopen(String),
    /// To a check, one of [`EVIDENCE`](super::EVIDENCE).
    AddEvidence(usize, usize),
    /// From one of [`GATES`](super::GATES) to the one before, with a reason.
    GoBack(usize, String),
    /// With the plan's criterion, or one that is not there; why; on which way.
    RollBack(Option<bool>, String, u32),
    /// On which way.
    Rehearse(u32),
    /// Another way, and why.
    ChooseWay(u32, String),
    /// One of the steps of the ways back, whether it worked, and what was seen.
    StateStep(usize, bool, String),
    /// The last word on a step is taken back.
    UndoStep(usize),
    /// One of those who can be told, whether they answered, and what they said.
    Tell(usize, bool, String),
    /// Every mark is true.
    DeclareRolledBack,
    /// Why.
    StandDown(String),
    /// Its T0 is so many seconds from now, on the wall; why.
    BeginAttempt(i64, String),
    /// The window ends so many seconds from now; why.
    MoveWindow(i64, String),
    /// T0's phase begins so many seconds from now; why.
    MoveStart(i64, String),
    /// One of [`GATES`](super::GATES) is held for so many seconds; why.
    CutHold(usize, u64, String),
    /// Why, where something speaks against it.
    DeclareGoLive(String),
    /// Why, where something is not met.
    DeclareSuccess(String),
    /// A check of a round is settled: which of what repeats, when it is due, the check, and what is said of it.
    TickRound(usize, i64, usize, Said),
    /// That is taken back.
    UntickRound(usize, i64, usize),
    /// Why rounds were missed.
    ExplainRounds(String),
    /// Something was learned.
    NoteLesson(String),
    /// What an event says is corrected: its number, what is right, why, and so many seconds ago.
    Correct(u64, String, String, Option<i64>),
    /// The voice of one of [`ALERTS`](super::ALERTS) rests until so many seconds from now; why.
    Silence(usize, i64, String),
    /// It speaks again.
    LiftSilence(usize),
    /// Role, name, phone, mail.
    AddContact([String; 4]),
    /// Which of [`CONTACTS`](super::CONTACTS), by which way, whether they answered, with which words, over which of [`ALERTS`](super::ALERTS).
    TryContact(usize, usize, bool, String, Option<usize>),
    /// The command of the one probe may run; whether it is the one that was shown.
    Arm(bool),
    /// It may not any more.
    Disarm,
    /// A proposal is accepted; whether it is as it was shown.
    Accept(usize, bool),
    /// A proposal is not wanted, or not any more.
    DropBinding(usize),
}

/// What is said of a check in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is done; what was seen is one of [`SAWS`](super::SAWS).
    Done(usize),
    /// Passed against what is seen.
    Overridden(String),
    /// It waits for the next round.
    Deferred(String),
    /// It does not apply.
    NotApplicable(String),
}
