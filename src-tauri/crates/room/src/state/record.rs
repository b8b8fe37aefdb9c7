//! What the room keeps of a check, a contact, a notice, a gate: plain records, each as its events made it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use plan::{ItemId, MessageId, Plan, SectionId, SectionKind, SourceMark};

use crate::alert::{AlertId, Seen};
use crate::event::{Event, NotifyOutcome, Recorded, Way};
use crate::gate::HoldTurn;
use crate::said::{Asked, Meaning, Said};

/// What is true of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has said anything.
    Open,
    /// The source says that it is done; nobody has confirmed it. Never done.
    Claimed,
    /// A person says that it is done.
    Stated {
        /// What they saw.
        saw: Option<String>,
    },
    /// A person gave an answer that means no. Not done, and somebody has to come back to it.
    AnsweredNo {
        /// The answer, with whatever was filled in.
        words: String,
        /// Whether nobody goes on before it is lifted: "NO-GO", where "Failed" only says how this check stands.
        is_no_go: bool,
    },
    /// A signal shows that it is so, now.
    Observed {
        /// What was seen when it came to be so.
        seen: Seen,
    },
    /// A signal showed that it was so, and does not any more. Not done.
    Lost {
        /// What it shows instead; `None` where nothing is seen.
        seen: Option<Seen>,
        /// Why, in words.
        why: String,
    },
    /// Passed against what is seen. Never looks done.
    Overridden {
        /// Why.
        reason: String,
    },
    /// Waits for a later phase. Never looks done.
    Deferred {
        /// The phase in which it returns.
        to: SectionId,
        /// Why.
        reason: String,
    },
    /// Does not apply.
    NotApplicable {
        /// Why.
        reason: String,
    },
}

impl Standing {
    /// What is true of a check of which this was said.
    pub(crate) fn of_said(said: &Said) -> Self {
        let words = said.words();
        match said.answer.as_ref().map(|answer| answer.means) {
            None | Some(Meaning::Done) => Self::Stated { saw: words },
            Some(Meaning::NotApplicable) => Self::NotApplicable { reason: words.unwrap_or_default() },
            Some(means @ (Meaning::NotMet | Meaning::NoGo)) => {
                Self::AnsweredNo { words: words.unwrap_or_default(), is_no_go: means == Meaning::NoGo }
            }
        }
    }

    /// Whether the check is done: what a person stated, or what a signal shows now.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Stated { .. } | Self::Observed { .. })
    }

    /// Whether nobody needs to come back to it in its own phase.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::Open | Self::Claimed | Self::AnsweredNo { .. } | Self::Lost { .. })
    }
}

/// An act on a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The event's number.
    pub event: u64,
    /// What is true since.
    pub standing: Standing,
    /// What was said with it, where a person stated it.
    pub said: Option<Said>,
    /// By whom.
    pub actor: String,
    /// When it was recorded.
    pub at: Timestamp,
}

/// A check's acts, the last of which counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemState {
    /// What the source says.
    pub source: Standing,
    /// The answer that the source claims, where the check is a choice.
    pub claims: Option<String>,
    /// The acts, in order; what was undone is gone.
    pub marks: Vec<Mark>,
}

impl ItemState {
    /// What is true now.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        self.marks.last().map_or(&self.source, |mark| &mark.standing)
    }
}

/// What the room knows of a contact; empty fields are unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactState {
    /// The name.
    pub name: String,
    /// The address of each way.
    pub addresses: BTreeMap<Way, String>,
    /// The ways on which they answered, with who said so, when, and what was heard. A way whose address changes is not
    /// proven any more.
    pub proven: BTreeMap<Way, Proof>,
    /// How they were tried, in the order of the log.
    pub tried: Vec<Attempt>,
}

/// That somebody tried to reach a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Who tried.
    pub actor: String,
    /// When.
    pub at: Timestamp,
    /// On which way.
    pub way: Way,
    /// Whether they answered.
    pub answered: bool,
    /// What was heard, or how it rang out.
    pub words: String,
    /// The alert that it was about, under the name that it had then.
    pub about: Option<AlertId>,
}

/// That a contact answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Who says so.
    pub actor: String,
    /// When.
    pub at: Timestamp,
    /// What was heard.
    pub words: String,
}

/// A notice that is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The template.
    pub message: Option<MessageId>,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The words.
    pub body: String,
    /// Who kept it last.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// A notice that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The event's number.
    pub event: u64,
    /// The draft it was.
    pub draft: u32,
    /// The template.
    pub message: Option<MessageId>,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The words.
    pub body: String,
    /// Who says so.
    pub actor: String,
    /// When it went out.
    pub at: Timestamp,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The event's number.
    pub event: u64,
    /// What it is about.
    pub at: Timestamp,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// By whom.
    pub actor: String,
    /// The words.
    pub text: String,
}

/// A gate, as its events made it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateState {
    /// When its share of the traffic was said to be on the new version, and by whom.
    pub entered: Option<(Timestamp, String)>,
    /// How the clock of its hold turned last, when, with how much held, and why.
    pub turn: Option<(HoldTurn, Timestamp, u64, String)>,
    /// How it was passed.
    pub passed: Option<GatePass>,
    /// When the rollout went back to it, who said so, and why.
    pub back: Option<(Timestamp, String, String)>,
}

/// How a gate was passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatePass {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: String,
    /// How long it was held, in milliseconds of seen time.
    pub held_ms: u64,
    /// Whether any of it rests on a person's word.
    pub on_word: bool,
    /// Why it was passed against what is seen; `None` for a true pass.
    pub overridden: Option<String>,
}

/// What is known of the test notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestState {
    /// What came of it on the desktop.
    pub outcome: NotifyOutcome,
    /// More of that in words.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// Who says whether it was seen, and what they say.
    pub answered: Option<(String, bool, Timestamp)>,
}

/// What somebody had said of something that is not in the checklist any more. The log has all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The number of the event that read the checklist again without it.
    pub event: u64,
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The acts on it; empty for what is no check.
    pub marks: Vec<Mark>,
}

/// An act that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// The event's number.
    pub event: u64,
    /// Who acted.
    pub actor: String,
    /// The checks that it touched.
    pub items: Vec<ItemId>,
}

impl ItemState {
    /// What the source's tick is worth: a claim; a success criterion that was ticked before the day opens empty.
    pub(crate) fn of(plan: &Plan, item: &plan::Item) -> Self {
        let is_success = item
            .section
            .as_ref()
            .and_then(|section| plan.section(section))
            .is_some_and(|section| section.kind == SectionKind::Success);
        // A box that is ticked beside answers says which of them; a tick that says none is no claim of any.
        let claims = Asked::of(item, None).claimed().map(|choice| choice.text.clone());
        let is_claimed = if item.choices.is_empty() { item.state == SourceMark::Claimed } else { claims.is_some() };
        let source = if is_claimed && !is_success { Standing::Claimed } else { Standing::Open };
        Self { source, claims, marks: Vec::new() }
    }
}

impl ContactState {
    pub(crate) fn of(contact: &plan::Contact) -> Self {
        let mut addresses = BTreeMap::new();
        for (way, address) in [(Way::Phone, &contact.phone), (Way::Mail, &contact.mail)] {
            if let Some(address) = address {
                addresses.insert(way, address.clone());
            }
        }
        Self { name: contact.name.clone().unwrap_or_default(), addresses, proven: BTreeMap::new(), tried: Vec::new() }
    }

    /// Takes in that they were tried; one who answered is proven on that way.
    pub(crate) fn tried(&mut self, recorded: &Recorded) {
        let Event::ContactTried { way, answered, words, about, .. } = &recorded.event else { return };
        let (actor, at) = (recorded.actor.clone(), recorded.occurred_at);
        if *answered {
            let proof = Proof { actor: actor.clone(), at, words: words.clone() };
            self.proven.insert(*way, proof);
        }
        let (way, answered, words, about) = (*way, *answered, words.clone(), about.clone());
        self.tried.push(Attempt { actor, at, way, answered, words, about });
    }

    /// The address of a way; empty where unknown.
    #[must_use]
    pub fn address(&self, way: Way) -> &str {
        self.addresses.get(&way).map_or("", String::as_str)
    }
}
