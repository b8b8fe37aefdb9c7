//! What can be asked of a room, in words and numbers that two programs can be compared by. All times are seconds.

/// What is known of a contact: name, the four addresses, and for each way who proved it, when, and what was heard.
pub type Known = (String, [String; 4], [Option<(String, i64, String)>; 4]);

/// All that can be asked of a room, in words and numbers that two programs can be compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What is true of each check, in words.
    pub standings: Vec<String>,
    /// The acts that count at each check, by their events' numbers.
    pub acts: Vec<Vec<u64>>,
    /// How many checks are open, claimed, done, overridden, deferred, not applicable, lost, answered with no.
    pub counts: [usize; 8],
    /// `prepare`, `live`, `rolling back`, `rolled back`, `watch` or `closed`.
    pub mode: &'static str,
    /// How it ended, while it is closed.
    pub closed: Option<String>,
    /// The act that would be taken back next.
    pub undoable: Option<u64>,
    /// Who acts.
    pub actor: Option<String>,
    /// Initials, name, role.
    pub people: Vec<[String; 3]>,
    /// What is known of each contact.
    pub contacts: Vec<Known>,
    /// Where each channel is.
    pub channels: Vec<Option<String>>,
    /// Number, template or not, to, subject, body, who.
    pub drafts: Vec<(u32, bool, [String; 3], String)>,
    /// The number that the next draft gets.
    pub next_draft: u32,
    /// Event, draft, to, subject, body, who, when.
    pub sent: Vec<(u64, u32, [String; 3], String, i64)>,
    /// Event, when, words, who.
    pub notes: Vec<(u64, i64, String, String)>,
    /// How each gate stands.
    pub gates: Vec<GateSeen>,
    /// The gate that was entered and not passed.
    pub current_gate: Option<usize>,
    /// The last episode of each alert.
    pub alerts: Vec<Option<AlertSeen>>,
    /// When the test notification was shown, and who said what of it.
    pub test: Option<(i64, Option<(String, bool)>)>,
    /// Whether the verdict that was said last is GO, and since when.
    pub verdict: Option<(bool, i64)>,
    /// Number of the last event.
    pub last: u64,
    /// Whether each check is done, with all that stands below it.
    pub are_done: Vec<bool>,
    /// What was attached to each check, by the event's number.
    pub evidence: Vec<Vec<(u64, String)>>,
    /// The rollback that counts.
    pub back: Option<BackSeen>,
    /// How long each rehearsal took, the fastest first, and when it was over.
    pub rehearsals: Vec<(i64, i64)>,
    /// T0 as it holds.
    pub start: i64,
    /// The attempts that ended.
    pub attempts: Vec<AttemptSeen>,
    /// The announced window, where one holds.
    pub window: Option<(i64, i64)>,
    /// Another start of T0's phase.
    pub moved: Option<i64>,
    /// How long each gate is held.
    pub holds: Vec<u64>,
    /// The go-live that holds: when, by whom, why, and what spoke against it.
    pub live: Option<(i64, String, String, Vec<String>)>,
    /// That success was declared: when, by whom, why, and what was not met.
    pub success: Option<(i64, String, String, Vec<String>)>,
    /// Event, when, what, who.
    pub lessons: Vec<(u64, i64, String, String)>,
    /// Event, the one that it corrects, when, what is right, why, who.
    pub corrections: Vec<CorrectionSeen>,
    /// The corrections of each event, in the order of the log.
    pub corrected: Vec<Vec<u64>>,
    /// How each contact was tried: who, when, which way, whether they answered, what was heard, over which alert.
    pub tried: Vec<Vec<Tried>>,
    /// Whom people put on the ladder: role and name.
    pub added: Vec<[String; 2]>,
    /// Whether the one command may run.
    pub is_armed: bool,
    /// Which proposals hold, and which nobody wants.
    pub bound: Vec<(bool, bool)>,
    /// The rounds of all that repeats, each routine's in their order.
    pub rounds: Vec<Vec<RoundSeen>>,
    /// The rounds that are due now, by routine and time.
    pub due: Vec<(i64, usize)>,
    /// The next round of each routine.
    pub ahead: Vec<(i64, usize)>,
    /// How many rounds were missed and are not explained, and how many checks those are.
    pub missed: (u64, u64),
}

/// A correction.
pub type CorrectionSeen = (u64, u64, i64, String, String, String);

/// How a contact was tried.
pub type Tried = (String, i64, usize, bool, String, Option<usize>);

/// All that can be asked of a rollback.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackSeen {
    /// When and by whom it was decided.
    pub began: (i64, String),
    /// Why.
    pub reason: String,
    /// The ways that were taken, with why.
    pub ways: Vec<(u32, String)>,
    /// What was said of each step: the event's number, whether it worked, and what was seen.
    pub steps: Vec<Option<(u64, bool, String)>>,
    /// Who was told: whether they answered, and what they said.
    pub told: Vec<Option<(bool, String)>>,
    /// How it ended: when, and why it was stopped.
    pub ended: Option<(i64, Option<String>)>,
    /// Whether it is rehearsed only.
    pub is_rehearsal: bool,
}

/// All that can be asked of an attempt that ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttemptSeen {
    /// Its T0, and when the next one began.
    pub span: (i64, i64),
    /// How many acts stood on each of its checks.
    pub acts: Vec<usize>,
    /// Which of its gates were passed.
    pub passed: Vec<bool>,
    /// How it was rolled back: why.
    pub reason: Option<String>,
}

/// All that can be asked of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundSeen {
    /// When it is due, and when the next one would be.
    pub due: (i64, i64),
    /// `ahead`, `due`, `overdue`, `missed`, `unfinished` or `done`.
    pub standing: &'static str,
    /// What was said last of each of its checks, by the event's number.
    pub said: Vec<Option<(u64, String)>>,
    /// When it was finished, by whom, and how late.
    pub done: Option<(i64, String, i64)>,
    /// Why it was missed.
    pub why: Option<String>,
    /// Whether nobody looked when it was due.
    pub was_away: bool,
}

/// All that can be asked of a gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateSeen {
    /// When and by whom it was entered.
    pub entered: Option<(i64, String)>,
    /// How the hold's clock turned last, and when.
    pub turn: Option<(&'static str, i64)>,
    /// When and by whom it was passed, with how much held, whether on word, and why against what is seen.
    pub passed: Option<(i64, String, u64, bool, Option<String>)>,
    /// When the rollout went back to it, who said so, and why.
    pub back: Option<(i64, String, String)>,
}

/// All that can be asked of an alert's last episode.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertSeen {
    /// The number of its event.
    pub event: u64,
    /// Until when it must be resolved.
    pub deadline: Option<i64>,
    /// Who took notice, when, with what words.
    pub acknowledged: Option<(String, i64, String)>,
    /// Who gave it more time, and why.
    pub extended: Option<(String, String)>,
    /// Whether its time is up.
    pub is_overdue: bool,
    /// When it was over.
    pub resolved: Option<i64>,
    /// Until when its voice rests, who said so, and why.
    pub silenced: Option<(i64, String, String)>,
}
