//! A second, slow and obvious opinion about a room: it keeps what was asked and accepted, in order, and works every
//! answer out from the beginning each time it is asked.
//!
//! Owns: what a room says of one small day, whose facts are written down in `day` by hand. Must not know: how `room`
//! decides and folds, or how `plan` reads a text; it shares no code with either.

mod alerts;
mod answers;
mod day;
mod gates;
mod rules;

pub use day::{
    ALERTS, ANSWERS, BODIES, CHANNELS, CHECKS, CONTACTS, Check, DAY, GATES, Gate, Means, PHASES, SAWS, SECTIONS, Saw,
    VALUES,
};

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
    /// Of [`GATES`].
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
    /// One of [`ALERTS`] fires, with a deadline in so many seconds.
    Fires(usize, Option<i64>),
    /// One of [`ALERTS`] is over.
    Resolved(usize),
    /// The time of one of [`ALERTS`] is up.
    TimeIsUp(usize),
    /// A check is met, as a signal shows.
    Observed(usize),
    /// A check is not met any more.
    Lost(usize),
    /// The hold of one of [`GATES`] runs, from nought.
    Started(usize),
    /// A breach.
    Broken(usize),
    /// The hold has run to its end.
    Held(usize),
    /// A test notification was shown.
    Tested,
    /// Whether the verdict is GO.
    Verdict(bool),
}

/// What comes: a person's ask, or what is found; with indices into the facts of the day. An index beyond them names
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A check is done; what was seen is one of [`SAWS`].
    State {
        /// Of [`CHECKS`].
        check: usize,
        /// Of [`SAWS`].
        saw: usize,
    },
    /// One of a check's answers, and what fills its blanks.
    Answer {
        /// Of [`CHECKS`].
        check: usize,
        /// Of [`ANSWERS`].
        answer: usize,
        /// Of [`VALUES`].
        values: usize,
    },
    /// A claim is confirmed.
    Confirm(usize),
    /// All claims of one of [`SECTIONS`] are.
    ConfirmSection(usize),
    /// Passed against what is seen, with a reason.
    Override(usize, String),
    /// Waits for one of [`PHASES`], with a reason.
    Defer(usize, usize, String),
    /// Does not apply, with a reason.
    NotApplicable(usize, String),
    /// The last act, or the last on a check.
    Undo(Option<usize>),
    /// Initials, name, role.
    NamePerson([String; 3]),
    /// By initials.
    ChooseActor(String),
    /// Which of [`CONTACTS`]; name, phone, mail, chat, pager.
    FillContact(usize, [String; 5]),
    /// Which of [`CONTACTS`], by which of the four ways, with which words.
    ProveContact(usize, usize, String),
    /// Which of [`CHANNELS`], and where it is.
    FillChannel(usize, String),
    /// Which draft; whether from the template, or from one that is not there; to, subject, and which of [`BODIES`].
    KeepDraft {
        /// `None` for a new one.
        draft: Option<u32>,
        /// `Some(false)` is a template that the plan does not have.
        template: Option<bool>,
        /// To whom, and the subject.
        parts: [String; 2],
        /// Of [`BODIES`].
        body: usize,
    },
    /// By its number.
    DropDraft(u32),
    /// By its number; to whom; how many seconds ago, negative for a time ahead.
    MarkSent(u32, String, Option<i64>),
    /// The words; how many seconds ago it was, negative for a time ahead.
    Note(String, Option<i64>),
    /// The share of one of [`GATES`] is there.
    EnterGate(usize),
    /// One of [`GATES`] is passed.
    PassGate(usize),
    /// One of [`GATES`] is passed against what is seen, with a reason.
    OverrideGate(usize, String),
    /// Notice is taken of one of [`ALERTS`], with words.
    Acknowledge(usize, String),
    /// One of [`ALERTS`] gets time until so many seconds from now, with a reason.
    ExtendDeadline(usize, i64, String),
    /// Whether the test notification was seen.
    AnswerTest(bool),
    /// Nobody asks: it is so.
    Finds(Found),
    /// How it ended.
    Close(String),
    /// Why.
    Reopen(String),
}

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
    /// `prepare`, `live` or `closed`.
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
}

/// Who stands in the log where nobody asked.
pub const FINDER: &str = "War Room";

/// An ask that was accepted.
#[derive(Debug, Clone)]
struct Act {
    seq: u64,
    /// Seconds; when it was accepted.
    now: i64,
    actor: String,
    ask: Ask,
    sight: Sight,
}

/// The reference: nothing but what was accepted.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    acts: Vec<Act>,
}

impl Reference {
    /// Whether this may be; if so it has happened.
    pub fn ask(&mut self, ask: &Ask, sight: &Sight, now: i64) -> bool {
        let may_be = self.allows(ask, sight, now);
        if may_be {
            // The opening is event 1.
            let seq = self.acts.len() as u64 + 2;
            let actor = match ask {
                Ask::Finds(_) => FINDER.to_owned(),
                _ => self.actor().unwrap_or_else(|| "login".to_owned()),
            };
            self.acts.push(Act { seq, now, actor, ask: ask.clone(), sight: sight.clone() });
        }
        may_be
    }
}
