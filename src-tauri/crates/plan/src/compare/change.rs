//! What changed about a thing that is still there, in words: a threshold, a hold, a gate's share, a time, a text.

use serde::Serialize;

use crate::{Choice, Criterion, Field, Gate, Item, Operator, Plan, Severity, SourceMark, Stamp, Text, Unit, When};

/// What about a thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// T0 as the text proposes it.
    Start,
    /// The zone that the text names.
    Zone,
    /// The announced window.
    Window,
    /// The time limit of the rollback.
    Target,
    /// What is deployed.
    Subject,
    /// The mark in the source.
    Mark,
    /// Who does it.
    Owner,
    /// When it is due.
    Time,
    /// What a command promises.
    Expected,
    /// The answers to choose from, or the blanks to fill.
    Asked,
    /// What stands below it besides checks.
    Below,
    /// The share of the traffic.
    Share,
    /// How long to hold.
    Hold,
    /// What must be met.
    Conditions,
    /// The bound.
    Threshold,
    /// What a breach demands.
    Severity,
    /// When it counts.
    Place,
    /// What a section holds.
    Kind,
    /// How often it repeats.
    Repeats,
    /// The commands.
    Commands,
    /// A name, or what something is called.
    Name,
    /// A phone number.
    Phone,
    /// A mail address.
    Mail,
    /// A name in the chat.
    Chat,
    /// The place on the ladder.
    Order,
    /// Where something goes or is.
    Address,
    /// The subject line.
    SubjectLine,
    /// The words to send.
    Body,
    /// One of the settings, by its table.
    Setting,
}

/// Something that is another now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What.
    pub aspect: Aspect,
    /// As it was, in words; empty for nothing.
    pub before: String,
    /// As it is, in words; empty for nothing.
    pub after: String,
}

/// Collects what differs.
#[derive(Default)]
struct Told(Vec<Change>);

impl Told {
    fn hold(&mut self, aspect: Aspect, before: String, after: String) {
        if before != after {
            self.0.push(Change { aspect, before, after });
        }
    }
}

/// What changed for the plan as a whole.
pub(super) fn facts(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut told = Told::default();
    let start = |plan: &Plan| plan.start.start.map(minutes).unwrap_or_default();
    told.hold(Aspect::Start, start(old), start(new));
    told.hold(Aspect::Zone, old.start.zone.clone(), new.start.zone.clone());
    let window = |plan: &Plan| {
        plan.start.window.map(|(from, to)| format!("{} – {}", minutes(from), minutes(to))).unwrap_or_default()
    };
    told.hold(Aspect::Window, window(old), window(new));
    let target = |plan: &Plan| plan.rollback.target_s.map(length).unwrap_or_default();
    told.hold(Aspect::Target, target(old), target(new));
    let subject = |plan: &Plan| {
        let release = plan.subject.release.as_deref().unwrap_or_default();
        let environment = plan.environment.as_deref().unwrap_or_default();
        [plan.subject.name.as_str(), release, environment]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    told.hold(Aspect::Subject, subject(old), subject(new));
    told.hold(Aspect::Owner, old.owner.clone().unwrap_or_default(), new.owner.clone().unwrap_or_default());
    told.0
}

pub(super) fn section(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    if let (Some(one), Some(other)) = (old.sections.get(before), new.sections.get(after)) {
        told.hold(Aspect::Time, when(one.when.as_ref()), when(other.when.as_ref()));
        told.hold(Aspect::Kind, format!("{:?}", one.kind).to_lowercase(), format!("{:?}", other.kind).to_lowercase());
        let repeats = |plan: &Plan, id: &crate::SectionId| {
            let routine = plan.routines.iter().find(|routine| routine.section == *id);
            routine.map(|routine| {
                let every = routine.every_s.map(|seconds| format!("every {}", length(seconds))).unwrap_or_default();
                format!("{every} {}", routine.at.as_deref().unwrap_or_default()).trim().to_owned()
            })
        };
        told.hold(
            Aspect::Repeats,
            repeats(old, &one.id).unwrap_or_default(),
            repeats(new, &other.id).unwrap_or_default(),
        );
    }
    told.0
}

pub(super) fn item(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    let (Some(one), Some(other)) = (old.items.get(before), new.items.get(after)) else { return told.0 };
    told.hold(Aspect::Mark, mark(one.state), mark(other.state));
    let said = |text: Option<&Text>| text.map(ToString::to_string).unwrap_or_default();
    told.hold(Aspect::Owner, said(one.owner.as_ref()), said(other.owner.as_ref()));
    told.hold(Aspect::Time, when(one.due.as_deref()), when(other.due.as_deref()));
    told.hold(Aspect::Expected, said(one.expected.as_ref()), said(other.expected.as_ref()));
    told.hold(Aspect::Asked, asked(one), asked(other));
    told.hold(Aspect::Below, below(one), below(other));
    let gate = |plan: &Plan, item: &Item| plan.gates.iter().find(|gate| gate.item == item.id).cloned();
    let (one, other) = (gate(old, one), gate(new, other));
    if one.is_some() || other.is_some() {
        let share = |gate: &Option<Gate>| {
            gate.as_ref().and_then(|gate| gate.share_percent).map(|share| format!("{share} %")).unwrap_or_default()
        };
        told.hold(Aspect::Share, share(&one), share(&other));
        let hold = |gate: &Option<Gate>| gate.as_ref().and_then(|gate| gate.hold_s).map(length).unwrap_or_default();
        told.hold(Aspect::Hold, hold(&one), hold(&other));
        let conditions = |gate: &Option<Gate>| gate.as_ref().map_or(0, |gate| gate.conditions.len()).to_string();
        told.hold(Aspect::Conditions, conditions(&one), conditions(&other));
    }
    told.0
}

pub(super) fn criterion(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    if let (Some(one), Some(other)) = (old.criteria.get(before), new.criteria.get(after)) {
        told.hold(Aspect::Threshold, bound(one), bound(other));
        let severity = |criterion: &Criterion| {
            let word = criterion.severity.map(severity).unwrap_or_default();
            let within = criterion.deadline_s.map(|seconds| format!(", {} to mend it", length(seconds)));
            format!("{word}{}", within.unwrap_or_default())
        };
        told.hold(Aspect::Severity, severity(one), severity(other));
        told.hold(
            Aspect::Place,
            format!("{:?}", one.place).to_lowercase(),
            format!("{:?}", other.place).to_lowercase(),
        );
    }
    told.0
}

pub(super) fn command(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    if let (Some(one), Some(other)) = (old.commands.get(before), new.commands.get(after)) {
        told.hold(Aspect::Place, one.folder.clone().unwrap_or_default(), other.folder.clone().unwrap_or_default());
    }
    told.0
}

pub(super) fn way(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    if let (Some(one), Some(other)) = (old.rollback.ways.get(before), new.rollback.ways.get(after)) {
        told.hold(Aspect::Order, (before + 1).to_string(), (after + 1).to_string());
        told.hold(Aspect::Time, one.when.clone().unwrap_or_default(), other.when.clone().unwrap_or_default());
        let commands = |plan: &Plan, ids: &[crate::CommandId]| {
            let texts = ids.iter().filter_map(|id| plan.command(id)).map(|command| command.text.as_str());
            texts.collect::<Vec<_>>().join("\n")
        };
        told.hold(Aspect::Commands, commands(old, &one.commands), commands(new, &other.commands));
        told.hold(Aspect::Below, one.by_hand.clone().unwrap_or_default(), other.by_hand.clone().unwrap_or_default());
    }
    told.0
}

pub(super) fn message(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    if let (Some(one), Some(other)) = (old.messages.get(before), new.messages.get(after)) {
        let (a, b) = (one.channel.clone().unwrap_or_default(), other.channel.clone().unwrap_or_default());
        told.hold(Aspect::Address, a, b);
        let (a, b) = (one.subject.clone().unwrap_or_default(), other.subject.clone().unwrap_or_default());
        told.hold(Aspect::SubjectLine, a, b);
        // The line itself is shown already where it is all that is sent.
        if one.body != one.text || other.body != other.text {
            told.hold(Aspect::Body, one.body.clone(), other.body.clone());
        }
    }
    told.0
}

pub(super) fn contact(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    if let (Some(one), Some(other)) = (old.contacts.get(before), new.contacts.get(after)) {
        let parts = [
            (Aspect::Name, &one.name, &other.name),
            (Aspect::Phone, &one.phone, &other.phone),
            (Aspect::Mail, &one.mail, &other.mail),
            (Aspect::Chat, &one.chat, &other.chat),
        ];
        for (aspect, one, other) in parts {
            told.hold(aspect, one.clone().unwrap_or_default(), other.clone().unwrap_or_default());
        }
        told.hold(Aspect::Order, one.order.to_string(), other.order.to_string());
    }
    told.0
}

pub(super) fn channel(old: &Plan, new: &Plan, before: usize, after: usize) -> Vec<Change> {
    let mut told = Told::default();
    if let (Some(one), Some(other)) = (old.channels.get(before), new.channels.get(after)) {
        let (a, b) = (one.target.clone().unwrap_or_default(), other.target.clone().unwrap_or_default());
        told.hold(Aspect::Address, a, b);
    }
    told.0
}

fn mark(state: SourceMark) -> String {
    match state {
        SourceMark::Open => "open",
        SourceMark::Claimed => "ticked in the text",
        SourceMark::Cancelled => "taken off the list",
        SourceMark::Unknown => "a mark that says nothing",
    }
    .to_owned()
}

fn asked(item: &Item) -> String {
    let choices = item.choices.iter().map(|Choice { text, .. }| text.as_str());
    choices.chain(item.fields.iter().map(|Field { text, .. }| text.as_str())).collect::<Vec<_>>().join(", ")
}

/// The words below an item: paragraphs and fences. Commands are compared by themselves.
fn below(item: &Item) -> String {
    let words = item.blocks.iter().filter_map(|block| match block {
        crate::Block::Prose(prose) => Some(crate::Inline::plain(&prose.inlines)),
        crate::Block::Code(listing) => Some(listing.text.to_string()),
        _ => None,
    });
    words.collect::<Vec<_>>().join("\n")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Medium => "MEDIUM",
        Severity::High => "HIGH",
        Severity::Critical => "CRITICAL",
    }
}

fn bound(criterion: &Criterion) -> String {
    let (Some(op), Some(value)) = (criterion.op, criterion.value) else { return String::new() };
    let unit = match criterion.unit {
        Some(Unit::Percent) => " %",
        Some(Unit::S) => " s",
        Some(Unit::Ms) => " ms",
        Some(Unit::Bytes) => " bytes",
        Some(Unit::Cores) => " cores",
        Some(Unit::Ratio | Unit::Count) | None => "",
    };
    let sign = match op {
        Operator::Below => "<",
        Operator::AtMost => "≤",
        Operator::Above => ">",
        Operator::AtLeast => "≥",
        Operator::Equal => "=",
        Operator::Between => "",
    };
    let value = match criterion.high {
        Some(high) => format!("{value} – {high}{unit}"),
        None => format!("{sign} {value}{unit}"),
    };
    let lasts = criterion.for_s.map(|seconds| format!(" for {}", length(seconds))).unwrap_or_default();
    let over = criterion.window_s.map(|seconds| format!(" over {}", length(seconds))).unwrap_or_default();
    format!("{value}{lasts}{over}")
}

/// A length in words: `90 s`, `10 min`, `2 h`.
fn length(seconds: u64) -> String {
    match seconds {
        0 => "0 s".to_owned(),
        _ if seconds.is_multiple_of(86_400) => format!("{} d", seconds / 86_400),
        _ if seconds.is_multiple_of(3600) => format!("{} h", seconds / 3600),
        _ if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}

fn minutes(at: jiff::civil::DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn when(when: Option<&When>) -> String {
    let stamp = |stamp: &Stamp| {
        let date = stamp.date.map(|date| date.to_string());
        let time = stamp.time.map(|time| time.strftime("%H:%M").to_string());
        date.into_iter().chain(time).collect::<Vec<_>>().join(" ")
    };
    let from_start = |seconds: i64| {
        let sign = if seconds < 0 { '-' } else { '+' };
        format!("T{sign}{}", length(seconds.unsigned_abs()))
    };
    match when {
        None => String::new(),
        Some(When::Absolute { from, to, zone }) => {
            let to = to.as_ref().map(|to| format!(" – {}", stamp(to))).unwrap_or_default();
            let zone = zone.as_ref().map(|zone| format!(" {zone}")).unwrap_or_default();
            format!("{}{to}{zone}", stamp(from))
        }
        Some(When::Relative { from_s, to_s }) => {
            let to = to_s.map(|to| format!(" – {}", from_start(to))).unwrap_or_default();
            format!("{}{to}", from_start(*from_s))
        }
        Some(When::WorkingDays { from_days, to_days }) => {
            let to = to_days.map(|to| format!(" – T{to:+}")).unwrap_or_default();
            format!("T{from_days:+}{to} working days")
        }
        Some(When::First { length_s }) => format!("first {}", length(length_s.unsigned_abs())),
    }
}
