//! The pages that are ready at hand: messages, rollback plan, escalation, references.

use serde::Serialize;
use ts_rs::TS;

use super::{CriteriaGroupView, ItemView, RowView};

/// One command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommandView {
    /// Names it for [`super::CopyTarget::Command`].
    pub id: String,
    /// Line in the source.
    pub line: u32,
    /// The command as written.
    pub text: String,
    /// The comment above it, or empty.
    pub label: String,
    /// What comments say besides ("Upload to S3/backup location"), or empty.
    pub remark: String,
    /// The alternative's name ("Option A: Using Helm"), or empty; of several alternatives only one is run.
    pub alternative: String,
}

/// The messages' page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MessagesView {
    /// One group an audience: customers, team, status page.
    pub groups: Vec<MessageGroupView>,
    /// The drafts, the latest kept first.
    pub drafts: Vec<DraftView>,
    /// What went out, the latest first.
    pub sent: Vec<SentView>,
    /// What stands in the communication sections and is no message: boxes to tick.
    pub others: Vec<ItemView>,
}

/// The messages to one audience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MessageGroupView {
    /// `customers`, `team` or `status_page`.
    pub audience: String,
    /// "Customers".
    pub title: String,
    /// Its messages.
    pub messages: Vec<MessageView>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MessageView {
    /// Names it for [`super::CopyTarget::Message`].
    pub id: String,
    /// Line in the source.
    pub line: u32,
    /// Its name.
    pub title: String,
    /// "Before", "During", "After".
    pub moment: String,
    /// Where it goes, or empty.
    pub channel: String,
    /// The subject, or empty.
    pub subject: String,
    /// The words.
    pub body: String,
    /// Its blanks.
    pub blanks: Vec<BlankView>,
    /// "draft kept 06:20 by MK", "sent 06:31 to #deployments by MK", or empty.
    pub status: String,
    /// The draft that was begun from it, or 0.
    pub draft: u32,
}

/// A blank of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BlankView {
    /// As it stands: `[TIME]`.
    pub blank: String,
    /// What the plan would fill in, or empty.
    pub suggestion: String,
}

/// A notice that is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DraftView {
    /// Names it.
    pub number: u32,
    /// The template's id, or empty.
    pub message: String,
    /// The template's name, or "Notice 3".
    pub title: String,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The words: what is being typed, where that is newer than what was kept.
    pub body: String,
    /// Its open blanks.
    pub blanks: Vec<BlankView>,
    /// Whether what is being typed was not kept in the log yet.
    pub unkept: bool,
    /// "kept 06:20:11 by MK".
    pub kept: String,
}

/// A notice that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SentView {
    /// The event's number.
    pub seq: u32,
    /// The template's name, or "Notice 3".
    pub title: String,
    /// "06:31:02 to #deployments by MK, by hand".
    pub words: String,
    /// The subject.
    pub subject: String,
    /// The words.
    pub body: String,
}

/// The rollback plan's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollbackView {
    /// "15:00" (minutes and seconds), or empty where the text names no limit.
    pub limit: String,
    /// "line 318", where the limit stands; empty without one.
    pub limit_line: String,
    /// The ways back; only one is taken.
    pub ways: Vec<WayView>,
    /// What to run afterwards to see that it worked.
    pub verify: Vec<super::StepView>,
    /// The marks of a successful rollback.
    pub success: Vec<ItemView>,
    /// The decision criteria, one group a severity with its demand.
    pub decisions: Vec<DecisionView>,
    /// Who must be told: the ladder, then the channels, then the audiences that have a notice. Empty where the checklist
    /// names nobody.
    pub told: Vec<super::ToldView>,
    /// "1 of 4 told"; empty where nobody is to be told.
    pub told_count: String,
}

/// A way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WayView {
    /// From 1.
    pub number: u32,
    /// Line in the source.
    pub line: u32,
    /// Its name.
    pub title: String,
    /// When it serves, or empty.
    pub when: String,
    /// Its steps in the order of the text: the commands, then what is done by hand.
    pub steps: Vec<super::StepView>,
    /// What it costs, before anybody picks it: "stops all service: at --replicas=0 nothing is left to answer". Empty
    /// where nothing is known.
    pub warning: String,
    /// What else it leaves behind, as far as its steps show it: "goes back by one revision, whatever that one was".
    pub leaves: Vec<String>,
    /// `open` (no rollback runs), `chosen`, or `left` (another way is taken).
    pub state: String,
    /// "Chosen by MK 07:21:40"; empty unless it is chosen or was left.
    pub words: String,
}

/// The decision criteria of one severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DecisionView {
    /// `critical`, `high`, `medium`, or empty.
    pub severity: String,
    /// "Roll back now", "Roll back if not resolved in 30 min", "Investigate".
    pub demand: String,
    /// The criteria.
    pub group: CriteriaGroupView,
}

/// The escalation's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EscalationView {
    /// The ladder, lowest level first.
    pub contacts: Vec<ContactView>,
    /// Where people meet or are paged.
    pub channels: Vec<ChannelView>,
}

/// A person on the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContactView {
    /// Names it for [`super::CopyTarget::Contact`].
    pub id: String,
    /// Level, from 1.
    pub order: u32,
    /// Line in the source.
    pub line: u32,
    /// The role.
    pub role: String,
    /// The name, or empty.
    pub name: String,
    /// Its ways in the order phone, mail, chat, pager.
    pub ways: Vec<ReachView>,
    /// How they were tried, the latest first.
    pub tried: Vec<AttemptView>,
    /// What the source leaves blank: "name, phone and mail are blank in the file", or empty.
    pub missing: String,
}

/// Somebody tried to reach a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AttemptView {
    /// "07:23:02".
    pub at: String,
    /// "MK by phone: no answer, rang for 40 s".
    pub words: String,
    /// "about P95 latency >500ms"; empty where it was about no alert.
    pub about: String,
    /// Whether they answered.
    pub answered: bool,
}

/// A way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReachView {
    /// `phone`, `mail`, `chat` or `pager`.
    pub way: String,
    /// The number, address or name; empty where unknown.
    pub address: String,
    /// "answered 20 Jan 16:10 UTC, said TL: hello"; empty while unproven.
    pub proven: String,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChannelView {
    /// Names it for [`super::CopyTarget::Contact`].
    pub id: String,
    /// Line in the source.
    pub line: u32,
    /// Its name.
    pub title: String,
    /// Its address, or empty.
    pub target: String,
    /// "blank in the file: [Slack Channel]", or empty.
    pub missing: String,
}

/// The page of commands, links and files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReferencesView {
    /// "Commands", "Links", "Files".
    pub groups: Vec<ReferenceGroupView>,
}

/// References of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReferenceGroupView {
    /// `command`, `link` or `file`.
    pub reference_kind: String,
    /// "Commands".
    pub title: String,
    /// The references.
    pub references: Vec<ReferenceView>,
}

/// A reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReferenceView {
    /// Names it for [`super::CopyTarget::Reference`] and [`super::OutsideTarget::Reference`].
    pub id: String,
    /// Line in the source.
    pub line: u32,
    /// Its name, or empty.
    pub title: String,
    /// The command, the address or the path.
    pub target: String,
    /// Whether it may be opened outside.
    pub opens: bool,
}

/// The whole checklist in the order of the text: whatever is shown nowhere else stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WrittenView {
    /// Its path, with `~` for the home.
    pub path: String,
    /// Everything, in the order of the text.
    pub rows: Vec<RowView>,
    /// What was noticed while it was read, the gravest first.
    pub findings: Vec<super::FindingView>,
}
