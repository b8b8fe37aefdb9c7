//! The run of the day: sections, phases, and when they are due.

use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use serde::Serialize;

use super::{Block, Inlines, ItemId, SectionId, Text};

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Before the day.
    Preparation,
    /// A phase of the day.
    Phase,
    /// After go-live.
    Watch,
    /// The ways back.
    Rollback,
    /// What is told to whom.
    Communication,
    /// Who is called.
    Contacts,
    /// When the deployment counts as successful.
    Success,
    /// What to have at hand.
    Reference,
    /// Only words.
    Prose,
}

/// A date, a time of day, or both, as the text says it; what is missing comes from the parts around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// The day.
    pub date: Option<civil::Date>,
    /// The time of day.
    pub time: Option<civil::Time>,
}

/// When something is due, as the text says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum When {
    /// "Jan 20, 4:00 PM", "6:30 AM", "Jan 15-20", "7:30-8:00 AM".
    Absolute {
        /// When it begins.
        from: Stamp,
        /// When it ends, where the text says so.
        to: Option<Stamp>,
        /// The zone that these very words name, as an IANA name or an offset (`+08:00`); `None` where they leave it to
        /// the plan's one zone.
        zone: Option<String>,
    },
    /// "24 hours before", "T-2h", "T+45m": seconds from T0, negative before it.
    Relative {
        /// When it begins, in seconds from T0.
        from_s: i64,
        /// When it ends, in seconds from T0, where the text says so.
        to_s: Option<i64>,
    },
    /// "T-minus 10 working days": days from Monday to Friday, counted from T0's day; which these are is known only with
    /// T0. Holidays are not left out.
    WorkingDays {
        /// When it begins, in working days from T0's day.
        from_days: i64,
        /// When it ends, where the text says so.
        to_days: Option<i64>,
    },
    /// "First 24 hours", "First week": counted from go-live.
    First {
        /// How long, in seconds.
        length_s: i64,
    },
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Stable name.
    pub id: SectionId,
    /// Line in the source.
    pub line: usize,
    /// Its words as they stand, without marks.
    pub text: Text,
    /// Its words as typed nodes, links with where they lead; empty where it was made.
    pub inlines: Inlines,
    /// Its words for a person: without status signs, "Phase 2:" and bracketed times; capitals toned down.
    pub title: Text,
    /// What was cut off before the title ("Phase 2", "Step 1").
    pub label: Option<Text>,
    /// 1 to 6 as in Markdown, 0 where it was made for boxes above every heading; a bold line counts one deeper than the heading above it, `Step` below `Phase` one more.
    pub level: usize,
    /// Whether it is a bold line in the source.
    pub bold: bool,
    /// The heading it stands under.
    pub parent: Option<SectionId>,
    /// What it holds.
    pub kind: SectionKind,
    /// When it is due, as it says itself.
    pub when: Option<When>,
    /// How long it is planned to take, in seconds, where it says so ("(15 minutes)", "Duration: 2-3 hours"): the longest
    /// end of a range. Never a time.
    pub duration_s: Option<u64>,
    /// What stands in it, in order, sections below included.
    pub body: Vec<Block>,
}

/// A stop on the run of the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phase {
    /// Its section, whose id is the phase's too.
    pub section: SectionId,
    /// Its name for a person.
    pub title: Text,
    /// Every item of the section and of those below, in the order of the text.
    pub items: Vec<ItemId>,
    /// When it is due as the text says, its own word or else the nearest heading's above.
    pub when: Option<When>,
}

/// Where T0 comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StartSource {
    /// The first phase that holds a gate, or else the first that is called deploy, release or rollout.
    Text,
    /// `war-room.toml`.
    Settings,
    /// Front matter.
    FrontMatter,
}

/// Where the zone comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneSource {
    /// The text names one; `zone_line` says where.
    Text,
    /// `war-room.toml`.
    Settings,
    /// Front matter.
    FrontMatter,
    /// Nothing names one: UTC until a person says otherwise.
    Assumed,
}

/// What the text and the settings propose for T0, zone and window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StartProposal {
    /// T0, on the wall of `zone`; `None` where nothing names a date and a time.
    pub start: Option<civil::DateTime>,
    /// Where T0 comes from.
    pub start_source: Option<StartSource>,
    /// The phase whose beginning T0 is.
    pub phase: Option<SectionId>,
    /// IANA name.
    pub zone: String,
    /// Where the zone comes from.
    pub zone_source: ZoneSource,
    /// The line that names it.
    pub zone_line: Option<usize>,
    /// The announced window, on the wall of `zone`, where the text or the settings name it.
    pub window: Option<(civil::DateTime, civil::DateTime)>,
}

/// T0 and zone as a person accepted them, with what follows for the text's own dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// T0.
    pub start: Timestamp,
    /// The plan's one zone.
    pub zone: TimeZone,
    /// By how much every absolute date of the text moves.
    pub moved: SignedDuration,
    /// The announced window.
    pub window: Option<(Timestamp, Timestamp)>,
    /// Each phase's span, in the order of [`super::Plan::phases`].
    pub phases: Vec<PhaseSpan>,
}

/// When a phase begins and ends; `None` where nothing says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseSpan {
    /// Its beginning.
    pub start: Option<Timestamp>,
    /// Its end: its own word, else the next phase's beginning on the same day.
    pub end: Option<Timestamp>,
}
