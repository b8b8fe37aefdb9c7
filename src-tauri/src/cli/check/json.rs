//! The result for programs, as `docs/` promises it.
//!
//! The shapes are written out here, field by field, so that the plan may change without the file format changing;
//! [`fill`] puts the plan into them, and [`word`] names the enumerations.

mod fill;
mod word;

use std::io::{self, Write};

use serde::Serialize;

use super::Checked;

pub(super) fn write(read: &[Checked], several: bool, out: &mut dyn Write) -> io::Result<()> {
    let documents: Vec<Document<'_>> = read.iter().map(fill::document).collect();
    if several {
        serde_json::to_writer_pretty(&mut *out, &documents)?;
    } else if let Some(document) = documents.first() {
        serde_json::to_writer_pretty(&mut *out, document)?;
    } else {
        return Ok(());
    }
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'a> {
    /// As named on the command line.
    file: &'a str,
    title: &'a str,
    subject: Subject<'a>,
    environment: Option<&'a str>,
    /// IANA name.
    zone: String,
    /// T0.
    start: Option<String>,
    window: Option<Stretch>,
    counts: Counted<'a>,
    sections: Vec<SectionEntry<'a>>,
    /// Ids of the sections that are the run of the day.
    phases: Vec<&'a str>,
    items: Vec<ItemEntry<'a>>,
    gates: Vec<GateEntry<'a>>,
    criteria: Vec<CriterionEntry<'a>>,
    routines: Vec<RoutineEntry<'a>>,
    rollback: RollbackEntry<'a>,
    messages: Vec<MessageEntry<'a>>,
    contacts: Vec<ContactEntry<'a>>,
    channels: Vec<ChannelEntry<'a>>,
    references: Vec<ReferenceEntry<'a>>,
    commands: Vec<CommandEntry<'a>>,
    variables: Vec<VariableEntry<'a>>,
    owner: Option<&'a str>,
    /// How each stretch of the text was understood.
    reading: Vec<ReadingEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
}

#[derive(Serialize)]
struct Subject<'a> {
    name: &'a str,
    release: Option<&'a str>,
}

#[derive(Serialize)]
struct Stretch {
    start: String,
    end: String,
}

#[derive(Serialize)]
struct Counted<'a> {
    boxes: usize,
    ticked: usize,
    imported: usize,
    recovered: usize,
    steps: usize,
    ignored: Vec<IgnoredEntry<'a>>,
    fences: usize,
    tables: usize,
}

#[derive(Serialize)]
struct IgnoredEntry<'a> {
    line: usize,
    reason: &'a str,
}

#[derive(Serialize)]
struct SectionEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    title: &'a str,
    level: usize,
    kind: &'static str,
    parent: Option<&'a str>,
    start: Option<String>,
    end: Option<String>,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    section: Option<&'a str>,
    parent: Option<&'a str>,
    state: &'static str,
    kind: &'static str,
    /// `box`, `recovered` or `step`.
    origin: &'static str,
    depth: usize,
    expected: Option<&'a str>,
    owner: Option<&'a str>,
    choices: Vec<ChoiceEntry<'a>>,
    fields: Vec<FieldEntry<'a>>,
    commands: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChoiceEntry<'a> {
    text: &'a str,
    state: &'static str,
}

#[derive(Serialize)]
struct FieldEntry<'a> {
    text: &'a str,
    blank: &'a str,
}

#[derive(Serialize)]
struct GateEntry<'a> {
    /// The id of the item that is the gate.
    id: &'a str,
    line: usize,
    text: &'a str,
    share_percent: Option<f64>,
    hold_s: Option<u64>,
    /// Ids of items.
    conditions: Vec<&'a str>,
    remark: Option<&'a str>,
}

#[derive(Serialize)]
struct CriterionEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    metric: Option<&'a str>,
    op: Option<&'static str>,
    value: Option<f64>,
    high: Option<f64>,
    unit: Option<&'static str>,
    for_s: Option<u64>,
    severity: Option<&'static str>,
    deadline_s: Option<u64>,
    #[serde(rename = "where")]
    place: &'static str,
    window_s: Option<u64>,
    remark: Option<&'a str>,
    item: Option<&'a str>,
    section: Option<&'a str>,
}

#[derive(Serialize)]
struct RoutineEntry<'a> {
    /// The id of the section that holds its items.
    id: &'a str,
    line: usize,
    text: &'a str,
    every_s: Option<u64>,
    at: Option<&'a str>,
    items: Vec<&'a str>,
}

#[derive(Serialize)]
struct RollbackEntry<'a> {
    ways: Vec<WayEntry<'a>>,
    target_s: Option<u64>,
    /// Ids of criteria.
    criteria: Vec<&'a str>,
    /// Ids of items.
    success: Vec<&'a str>,
    target_line: Option<usize>,
    /// Ids of commands.
    verify: Vec<&'a str>,
}

#[derive(Serialize)]
struct WayEntry<'a> {
    /// `way-1`: the ways are known by their number.
    id: String,
    line: usize,
    text: &'a str,
    when: Option<&'a str>,
    commands: Vec<&'a str>,
    by_hand: Option<&'a str>,
}

#[derive(Serialize)]
struct MessageEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    moment: &'static str,
    audience: &'static str,
    channel: Option<&'a str>,
    subject: Option<&'a str>,
    body: &'a str,
    blanks: &'a [String],
    item: Option<&'a str>,
}

#[derive(Serialize)]
struct ContactEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    role: &'a str,
    name: Option<&'a str>,
    phone: Option<&'a str>,
    mail: Option<&'a str>,
    chat: Option<&'a str>,
    order: usize,
    blanks: &'a [String],
}

#[derive(Serialize)]
struct ChannelEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    kind: &'static str,
    target: Option<&'a str>,
    blank: Option<&'a str>,
}

#[derive(Serialize)]
struct ReferenceEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    kind: &'static str,
    target: &'a str,
}

#[derive(Serialize)]
struct CommandEntry<'a> {
    id: &'a str,
    line: usize,
    text: &'a str,
    /// Ids of the commands of which only one is run.
    alternatives: Vec<&'a str>,
    item: Option<&'a str>,
    alternative: Option<&'a str>,
    label: Option<&'a str>,
    remark: Option<&'a str>,
    /// What has to be filled before it can be run.
    blanks: &'a [String],
    folder: Option<&'a str>,
    sample: Option<&'a str>,
    section: Option<&'a str>,
}

#[derive(Serialize)]
struct VariableEntry<'a> {
    /// Its name: a checklist has each name once.
    id: &'a str,
    line: usize,
    /// What the text assigns.
    text: Option<&'a str>,
    /// Ids of the commands that use it.
    commands: Vec<&'a str>,
}

#[derive(Serialize)]
struct ReadingEntry<'a> {
    line: usize,
    end_line: usize,
    #[serde(rename = "as")]
    read: &'static str,
    /// Ids of what was made of it.
    ids: Vec<&'a str>,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    code: &'a str,
    severity: &'static str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    mend: &'a str,
    fixable: bool,
    /// Which file the place is in.
    file: &'a str,
}
