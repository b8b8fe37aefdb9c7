//! What happened, as it is kept for ever. A field that was once written is never renamed or reused; a change of meaning
//! is a new variant.

use jiff::Timestamp;
use plan::{ContactId, ItemId, MessageId, SectionId};
use serde::{Deserialize, Serialize};

/// The version of the events' bodies that this program writes.
pub const VERSION: u32 = 1;

/// A person of the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What stands beside each act: "MK".
    pub initials: String,
    /// The name.
    pub name: String,
    /// What they do here; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
}

/// How a person can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By phone.
    Phone,
    /// By mail.
    Mail,
    /// In a chat.
    Chat,
    /// Through the pager.
    Pager,
}

/// The first event of every room: all that it needs from then on, so that it never needs the file again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Names the room for ever: 32 hexadecimal digits, chosen by chance where the room was made.
    pub room: String,
    /// The checklist's file name.
    pub file: String,
    /// The checklist's path on the laptop that opened the room.
    pub path: String,
    /// The checklist's text.
    pub text: String,
    /// The text of the `war-room.toml` beside it, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<String>,
    /// T0 on the wall of `zone`: `2026-01-21T06:30:00`.
    pub start: jiff::civil::DateTime,
    /// The plan's one zone, an IANA name.
    pub zone: String,
    /// By how many seconds the text's dates were moved.
    pub moved_s: i64,
    /// Version of the bundled time-zone data.
    pub zone_data: String,
    /// Version of the program that read the text.
    pub reader: String,
}

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
    /// A person says that a check is done.
    Stated {
        /// The check.
        item: ItemId,
        /// What they saw; `None` where the check asks for nothing more than a tick.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        saw: Option<String>,
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
    /// An act was taken back.
    Undone {
        /// The number of the act's event.
        event: u64,
    },
    /// What is known of a contact, whole.
    ContactFilled {
        /// The contact.
        contact: ContactId,
        /// Name, and each way with its address; empty where unknown.
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
    /// A contact answered: the way is proven.
    ContactProven {
        /// The contact.
        contact: ContactId,
        /// On which way.
        way: Way,
        /// What was heard; may be empty.
        words: String,
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
    /// The room was closed.
    Closed {
        /// How it ended, in words.
        outcome: String,
    },
    /// The room was opened again after closing.
    Reopened {
        /// Why.
        reason: String,
    },
}

impl Event {
    /// The variant's name as it stands in the log.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::PersonNamed(_) => "person_named",
            Self::ActorChosen { .. } => "actor_chosen",
            Self::Stated { .. } => "stated",
            Self::Confirmed { .. } => "confirmed",
            Self::Overridden { .. } => "overridden",
            Self::Deferred { .. } => "deferred",
            Self::NotApplicable { .. } => "not_applicable",
            Self::Undone { .. } => "undone",
            Self::ContactFilled { .. } => "contact_filled",
            Self::ContactProven { .. } => "contact_proven",
            Self::ChannelFilled { .. } => "channel_filled",
            Self::DraftKept { .. } => "draft_kept",
            Self::DraftDropped { .. } => "draft_dropped",
            Self::SentByHand { .. } => "sent_by_hand",
            Self::Noted { .. } => "noted",
            Self::Closed { .. } => "closed",
            Self::Reopened { .. } => "reopened",
        }
    }
}

/// An event with what the log knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// When it happened; before `recorded_at` for a late note.
    pub occurred_at: Timestamp,
    /// When it was accepted.
    pub recorded_at: Timestamp,
    /// Who acted: initials, or the login name until a person is chosen.
    pub actor: String,
    /// What happened.
    pub event: Event,
}
