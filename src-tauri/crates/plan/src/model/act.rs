//! What people do besides checking: commands, messages, calls, and what they keep at hand.

use serde::Serialize;

use super::{CommandId, ContactId, ItemId, MessageId, ReferenceId, SectionId};

/// One shell command of one fence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Command {
    /// Stable name.
    pub id: CommandId,
    /// Line in the source.
    pub line: usize,
    /// The command as written, continuation lines and heredocs included, prompts stripped.
    pub text: String,
    /// The comment above it ("Wait for rollout").
    pub label: Option<String>,
    /// What comments say besides: the lines below the label, and what stands after the command.
    pub remark: Option<String>,
    /// The commands of which only one is run, itself left out.
    pub alternatives: Vec<CommandId>,
    /// The name of the alternative that it belongs to ("Option A: Using Helm").
    pub alternative: Option<String>,
    /// What has to be filled before it can be run, as it stands: `<VERSION>`, `{{ tag }}`, `[TIME]`, `$UNSET`.
    pub blanks: Vec<String>,
    /// The folder that an earlier `cd` of the same run of commands left, as written; `None` for the checklist's own.
    pub folder: Option<String>,
    /// What the text shows as its output.
    pub sample: Option<String>,
    /// The item it belongs to.
    pub item: Option<ItemId>,
    /// The section it stands in.
    pub section: Option<SectionId>,
}

/// A name that commands share: assigned in one of them, or left for a person to fill once for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// The name (`VERSION`).
    pub name: String,
    /// Line of the first assignment, else of the first use.
    pub line: usize,
    /// What the text assigns, as written; `None` where nothing does.
    pub value: Option<String>,
    /// The commands that use it.
    pub commands: Vec<CommandId>,
}

/// When a message is due, by the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageMoment {
    /// Before the deployment.
    Before,
    /// While it runs.
    During,
    /// When it is over.
    After,
}

/// Who reads a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The people who deploy, and their colleagues.
    Team,
    /// The customers.
    Customers,
    /// The status page.
    StatusPage,
}

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Stable name.
    pub id: MessageId,
    /// Line in the source.
    pub line: usize,
    /// Its name in the plan ("Hourly updates").
    pub text: String,
    /// When it is due.
    pub moment: MessageMoment,
    /// Who reads it.
    pub audience: Audience,
    /// Where it goes, where the text says so (`#deployments`, `mail`, `slack`).
    pub channel: Option<String>,
    /// The subject line, where the text has one.
    pub subject: Option<String>,
    /// The words to send, as the text has them.
    pub body: String,
    /// Its blanks, as they stand in the body (`[TIME]`, `{{ name }}`).
    pub blanks: Vec<String>,
    /// The item that asks for it, where it has a box.
    pub item: Option<ItemId>,
}

/// A person on the escalation ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// Stable name.
    pub id: ContactId,
    /// Line in the source.
    pub line: usize,
    /// The line as written.
    pub text: String,
    /// The role ("Primary Engineer").
    pub role: String,
    /// The name; `None` where the source has a blank.
    pub name: Option<String>,
    /// The phone number; `None` where the source has a blank.
    pub phone: Option<String>,
    /// The mail address; `None` where the source has a blank.
    pub mail: Option<String>,
    /// The name in the chat (`@ada`); `None` where the text has none.
    pub chat: Option<String>,
    /// Place on the ladder, from 1.
    pub order: usize,
    /// The blanks as they stand (`[Name]`).
    pub blanks: Vec<String>,
}

/// What a channel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Where the team talks during the deployment.
    WarRoom,
    /// The pager's schedule.
    Pager,
    /// The status page.
    StatusPage,
    /// Any other.
    Other,
}

/// Where people meet or are reached as a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Channel {
    /// Stable name.
    pub id: ContactId,
    /// Line in the source.
    pub line: usize,
    /// Its name in the text ("On-Call PagerDuty").
    pub text: String,
    /// What it is for.
    pub kind: ChannelKind,
    /// Its address; `None` where the source has a blank.
    pub target: Option<String>,
    /// The blank as it stands.
    pub blank: Option<String>,
}

/// What a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceKind {
    /// A shell command.
    Command,
    /// A link.
    Link,
    /// A file or folder.
    File,
}

/// Something to have at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Stable name.
    pub id: ReferenceId,
    /// Line in the source.
    pub line: usize,
    /// Its name in the text ("Grafana", "Events").
    pub text: String,
    /// What it is.
    pub kind: ReferenceKind,
    /// The command, the address or the path.
    pub target: String,
    /// The command's id, where it is one.
    pub command: Option<CommandId>,
}
