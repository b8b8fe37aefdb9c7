//! A second, slow and obvious opinion about a room: it keeps what was asked and accepted, in order, and works every
//! answer out from the beginning each time it is asked.
//!
//! Owns: what a room says of one small day, whose facts are written down in `day` by hand. Must not know: how `room`
//! decides and folds, or how `plan` reads a text; it shares no code with either.

mod day;
mod rules;

pub use day::{BODIES, CHANNELS, CHECKS, CONTACTS, Check, DAY, PHASES, SAWS, SECTIONS, Saw};

/// What a person asks, with indices into the facts of the day; an index beyond them names nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A check is done; what was seen is one of [`SAWS`].
    State {
        /// Of [`CHECKS`].
        check: usize,
        /// Of [`SAWS`].
        saw: usize,
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
    /// How many checks are open, claimed, stated, overridden, deferred, not applicable.
    pub counts: [usize; 6],
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
    /// Number of the last event.
    pub last: u64,
}

/// An ask that was accepted.
#[derive(Debug, Clone)]
struct Act {
    seq: u64,
    /// Seconds; when it was accepted.
    now: i64,
    actor: String,
    ask: Ask,
}

/// The reference: nothing but what was accepted.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    acts: Vec<Act>,
}

impl Reference {
    /// Whether this may be; if so it has happened.
    pub fn ask(&mut self, ask: &Ask, now: i64) -> bool {
        let may_be = self.allows(ask);
        if may_be {
            // The opening is event 1.
            let seq = self.acts.len() as u64 + 2;
            let actor = self.actor().unwrap_or_else(|| "login".to_owned());
            self.acts.push(Act { seq, now, actor, ask: ask.clone() });
        }
        may_be
    }
}
