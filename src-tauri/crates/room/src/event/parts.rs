//! What events are made of: people, ways to reach them, how a room begins, what came of a notification.

use jiff::Timestamp;
use plan::ContactId;
use serde::{Deserialize, Serialize};

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
    /// The drill that the room is; `None` for the true thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill: Option<Drill>,
}

/// Which drill a room is: clock, ids, people and what goes wrong follow from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// `bad-canary`.
    pub scenario: String,
    /// From which all chance of it follows.
    pub seed: u64,
}

/// A proposal as a person accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The proposal.
    pub proposal: String,
    /// The id of the check, or of the criterion that no check stands for.
    pub item: String,
    /// Its words.
    pub text: String,
    /// What was shown, as the settings write it: the probe, where it is a new one, and the binding.
    pub draft: String,
    /// Why it was proposed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What came of a desktop notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotifyOutcome {
    /// The desktop took it.
    Shown,
    /// Nobody took it.
    Failed,
    /// The program ended before it was known: it may have been seen.
    Unknown,
}

/// What was missed of the metrics, and came of asking for it afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StretchFetched {
    /// Where the first of the stretches begins.
    pub from: Timestamp,
    /// Where the last of them ends.
    pub to: Timestamp,
    /// The metrics of which the whole stretch was told: where samples are missing in it, there were none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fetched: Vec<String>,
    /// The metrics of which it was not, or not all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<StretchUnseen>,
}

/// A metric of which a stretch, or a part of it, stays unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StretchUnseen {
    /// Its name in the settings.
    pub metric: String,
    /// Why, in words.
    pub why: String,
}

/// Whether a length is not worth a word.
pub(crate) fn is_nought(length_ms: &u64) -> bool {
    *length_ms == 0
}

/// What is known of a contact, whole; empty where it is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledContact {
    /// The contact.
    pub contact: ContactId,
    /// The name.
    pub name: String,
    /// Phone number.
    pub phone: String,
    /// Mail address.
    pub mail: String,
    /// Name in the chat.
    pub chat: String,
    /// Name at the pager.
    pub pager: String,
}

/// Somebody whom the checklist does not name, on the ladder behind all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedContact {
    /// Names them.
    pub contact: ContactId,
    /// The role; may be empty.
    pub role: String,
    /// The name.
    pub name: String,
    /// Phone number; empty where unknown.
    pub phone: String,
    /// Mail address; empty where unknown.
    pub mail: String,
}
