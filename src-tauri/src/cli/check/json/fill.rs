//! A checklist, put into the shapes of the file format.

use std::collections::HashMap;

use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use plan::{CommandId, ItemId, PhaseSpan, Plan, ReadAs, Reading, Resolved, Section, SectionId, Stamp, When};

use super::word::Word;
use super::{
    ChannelEntry, ChoiceEntry, CommandEntry, ContactEntry, Counted, CriterionEntry, Document, FieldEntry, FindingEntry,
    GateEntry, IgnoredEntry, ItemEntry, MessageEntry, ReadingEntry, ReferenceEntry, RollbackEntry, RoutineEntry,
    SectionEntry, Stretch, Subject, VariableEntry, WayEntry,
};
use crate::cli::check::Checked;
use crate::source::{SETTINGS, SETTINGS_CODE};

pub(super) fn document(checked: &Checked) -> Document<'_> {
    let plan = &checked.plan;
    let resolved = checked.resolved.as_ref();
    Document {
        file: &checked.name,
        title: &plan.title,
        subject: Subject { name: &plan.subject.name, release: plan.subject.release.as_deref() },
        environment: plan.environment.as_deref(),
        zone: resolved.and_then(|resolved| resolved.zone.iana_name()).unwrap_or(&plan.start.zone).to_owned(),
        start: resolved.map(|resolved| instant(resolved.start, resolved)),
        window: resolved.and_then(|resolved| {
            let (start, end) = resolved.window?;
            Some(Stretch { start: instant(start, resolved), end: instant(end, resolved) })
        }),
        counts: counts(plan),
        sections: sections(plan, resolved),
        phases: plan.phases.iter().map(|phase| phase.section.as_str()).collect(),
        items: items(plan),
        gates: gates(plan),
        criteria: criteria(plan),
        routines: routines(plan),
        rollback: rollback(plan),
        messages: messages(plan),
        contacts: contacts(plan),
        channels: channels(plan),
        references: references(plan),
        commands: commands(plan),
        variables: variables(plan),
        owner: plan.owner.as_deref(),
        reading: plan.reading.iter().map(reading).collect(),
        findings: findings(checked),
    }
}

/// RFC 3339 with the zone's offset.
fn instant(at: Timestamp, resolved: &Resolved) -> String {
    at.to_zoned_datetime(resolved.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn counts(plan: &Plan) -> Counted<'_> {
    let counts = &plan.counts;
    Counted {
        boxes: counts.boxes,
        ticked: counts.ticked,
        imported: counts.imported,
        recovered: counts.recovered,
        steps: counts.steps,
        ignored: counts
            .ignored
            .iter()
            .map(|ignored| IgnoredEntry { line: ignored.line, reason: &ignored.reason })
            .collect(),
        fences: counts.fences,
        tables: counts.tables,
    }
}

fn sections<'a>(plan: &'a Plan, resolved: Option<&Resolved>) -> Vec<SectionEntry<'a>> {
    let spans: HashMap<&SectionId, PhaseSpan> = resolved
        .map(|resolved| {
            let phases = plan.phases.iter().map(|phase| &phase.section);
            phases.zip(resolved.phases.iter().copied()).collect()
        })
        .unwrap_or_default();
    plan.sections
        .iter()
        .map(|section| {
            let own = resolved.map(|resolved| own_span(section, resolved));
            let span = spans.get(&section.id).copied().or(own);
            let text = |at: Option<Timestamp>| at.zip(resolved).map(|(at, resolved)| instant(at, resolved));
            SectionEntry {
                id: section.id.as_str(),
                line: section.line,
                text: &section.text,
                title: &section.title,
                level: section.level,
                kind: section.kind.word(),
                parent: section.parent.as_ref().map(SectionId::as_str),
                start: text(span.and_then(|span| span.start)),
                end: text(span.and_then(|span| span.end)),
            }
        })
        .collect()
}

/// The span of a section that is no phase, as far as its own words give one; a day ends at its midnight.
fn own_span(section: &Section, resolved: &Resolved) -> PhaseSpan {
    let at = |stamp: Stamp, days: i64| {
        let wall = DateTime::from_parts(stamp.date?, stamp.time.unwrap_or(Time::midnight()));
        let moved = resolved.moved.checked_add(SignedDuration::from_hours(24 * days))?;
        let wall = wall.checked_add(moved).ok()?;
        resolved.zone.to_ambiguous_timestamp(wall).compatible().ok()
    };
    match &section.when {
        Some(When::Absolute { from, to, .. }) => {
            PhaseSpan { start: at(*from, 0), end: to.and_then(|to| at(to, i64::from(to.time.is_none()))) }
        }
        Some(When::Relative { from_s, to_s }) => {
            let after = |seconds: i64| resolved.start.checked_add(SignedDuration::from_secs(seconds)).ok();
            PhaseSpan { start: after(*from_s), end: to_s.and_then(after) }
        }
        Some(When::WorkingDays { .. } | When::First { .. }) | None => PhaseSpan { start: None, end: None },
    }
}

fn item_ids(ids: &[ItemId]) -> Vec<&str> {
    ids.iter().map(ItemId::as_str).collect()
}

fn command_ids(ids: &[CommandId]) -> Vec<&str> {
    ids.iter().map(CommandId::as_str).collect()
}

fn items(plan: &Plan) -> Vec<ItemEntry<'_>> {
    plan.items
        .iter()
        .map(|item| ItemEntry {
            id: item.id.as_str(),
            line: item.range.line,
            text: &item.text,
            section: item.section.as_ref().map(SectionId::as_str),
            parent: item.parent.as_ref().map(ItemId::as_str),
            state: item.state.word(),
            kind: item.kind.word(),
            origin: item.origin.word(),
            depth: item.depth,
            expected: item.expected.as_deref(),
            owner: item.owner.as_deref(),
            choices: item
                .choices
                .iter()
                .map(|choice| ChoiceEntry { text: &choice.text, state: choice.state.word() })
                .collect(),
            fields: item.fields.iter().map(|field| FieldEntry { text: &field.text, blank: &field.blank }).collect(),
            commands: command_ids(&item.commands),
        })
        .collect()
}

fn gates(plan: &Plan) -> Vec<GateEntry<'_>> {
    plan.gates
        .iter()
        .map(|gate| GateEntry {
            id: gate.item.as_str(),
            line: gate.line,
            text: &gate.text,
            share_percent: gate.share_percent,
            hold_s: gate.hold_s,
            conditions: item_ids(&gate.conditions),
            remark: gate.remark.as_deref(),
        })
        .collect()
}

fn criteria(plan: &Plan) -> Vec<CriterionEntry<'_>> {
    plan.criteria
        .iter()
        .map(|criterion| CriterionEntry {
            id: criterion.id.as_str(),
            line: criterion.line,
            text: &criterion.text,
            metric: criterion.metric.as_deref(),
            op: criterion.op.map(Word::word),
            value: criterion.value,
            high: criterion.high,
            unit: criterion.unit.map(Word::word),
            for_s: criterion.for_s,
            severity: criterion.severity.map(Word::word),
            deadline_s: criterion.deadline_s,
            place: criterion.place.word(),
            window_s: criterion.window_s,
            remark: criterion.remark.as_deref(),
            item: criterion.item.as_ref().map(ItemId::as_str),
            section: criterion.section.as_ref().map(SectionId::as_str),
        })
        .collect()
}

fn routines(plan: &Plan) -> Vec<RoutineEntry<'_>> {
    plan.routines
        .iter()
        .map(|routine| RoutineEntry {
            id: routine.section.as_str(),
            line: routine.line,
            text: &routine.text,
            every_s: routine.every_s,
            at: routine.at.as_deref(),
            items: item_ids(&routine.items),
        })
        .collect()
}

fn rollback(plan: &Plan) -> RollbackEntry<'_> {
    let rollback = &plan.rollback;
    RollbackEntry {
        ways: rollback
            .ways
            .iter()
            .enumerate()
            .map(|(index, way)| WayEntry {
                id: format!("way-{}", index + 1),
                line: way.line,
                text: &way.text,
                when: way.when.as_deref(),
                commands: command_ids(&way.commands),
                by_hand: way.by_hand.as_deref(),
            })
            .collect(),
        target_s: rollback.target_s,
        criteria: rollback.criteria.iter().map(|id| id.as_str()).collect(),
        success: item_ids(&rollback.success),
        target_line: rollback.target_line,
        verify: command_ids(&rollback.verify),
    }
}

fn messages(plan: &Plan) -> Vec<MessageEntry<'_>> {
    plan.messages
        .iter()
        .map(|message| MessageEntry {
            id: message.id.as_str(),
            line: message.line,
            text: &message.text,
            moment: message.moment.word(),
            audience: message.audience.word(),
            channel: message.channel.as_deref(),
            subject: message.subject.as_deref(),
            body: &message.body,
            blanks: &message.blanks,
            item: message.item.as_ref().map(ItemId::as_str),
        })
        .collect()
}

fn contacts(plan: &Plan) -> Vec<ContactEntry<'_>> {
    plan.contacts
        .iter()
        .map(|contact| ContactEntry {
            id: contact.id.as_str(),
            line: contact.line,
            text: &contact.text,
            role: &contact.role,
            name: contact.name.as_deref(),
            phone: contact.phone.as_deref(),
            mail: contact.mail.as_deref(),
            chat: contact.chat.as_deref(),
            order: contact.order,
            blanks: &contact.blanks,
        })
        .collect()
}

fn channels(plan: &Plan) -> Vec<ChannelEntry<'_>> {
    plan.channels
        .iter()
        .map(|channel| ChannelEntry {
            id: channel.id.as_str(),
            line: channel.line,
            text: &channel.text,
            kind: channel.kind.word(),
            target: channel.target.as_deref(),
            blank: channel.blank.as_deref(),
        })
        .collect()
}

fn references(plan: &Plan) -> Vec<ReferenceEntry<'_>> {
    plan.references
        .iter()
        .map(|reference| ReferenceEntry {
            id: reference.id.as_str(),
            line: reference.line,
            text: &reference.text,
            kind: reference.kind.word(),
            target: &reference.target,
        })
        .collect()
}

fn commands(plan: &Plan) -> Vec<CommandEntry<'_>> {
    plan.commands
        .iter()
        .map(|command| CommandEntry {
            id: command.id.as_str(),
            line: command.line,
            text: &command.text,
            alternatives: command_ids(&command.alternatives),
            item: command.item.as_ref().map(ItemId::as_str),
            alternative: command.alternative.as_deref(),
            label: command.label.as_deref(),
            remark: command.remark.as_deref(),
            blanks: &command.blanks,
            folder: command.folder.as_deref(),
            sample: command.sample.as_deref(),
            section: command.section.as_ref().map(SectionId::as_str),
        })
        .collect()
}

fn variables(plan: &Plan) -> Vec<VariableEntry<'_>> {
    plan.variables
        .iter()
        .map(|variable| VariableEntry {
            id: &variable.name,
            line: variable.line,
            text: variable.value.as_deref(),
            commands: command_ids(&variable.commands),
        })
        .collect()
}

fn reading(reading: &Reading) -> ReadingEntry<'_> {
    let (read, ids) = match &reading.read {
        ReadAs::Heading { section } => ("heading", vec![section.as_str()]),
        ReadAs::Item { item, criterion } => {
            ("item", [Some(item.as_str()), criterion.as_ref().map(|id| id.as_str())].into_iter().flatten().collect())
        }
        ReadAs::Criterion { criterion } => ("criterion", vec![criterion.as_str()]),
        ReadAs::Commands { commands } => ("commands", command_ids(commands)),
        ReadAs::Message { message } => ("message", vec![message.as_str()]),
        ReadAs::Contact { contacts } => ("contact", contacts.iter().map(|id| id.as_str()).collect()),
        ReadAs::Reference { references } => ("reference", references.iter().map(|id| id.as_str()).collect()),
        ReadAs::Prose => ("prose", Vec::new()),
        ReadAs::Code => ("code", Vec::new()),
        ReadAs::Table => ("table", Vec::new()),
        ReadAs::FrontMatter => ("front_matter", Vec::new()),
        ReadAs::Html => ("html", Vec::new()),
        ReadAs::Layout => ("layout", Vec::new()),
    };
    ReadingEntry { line: reading.line, end_line: reading.end_line, read, ids }
}

fn findings(checked: &Checked) -> Vec<FindingEntry<'_>> {
    checked
        .findings
        .iter()
        .map(|finding| FindingEntry {
            code: finding.code,
            severity: finding.severity.word(),
            line: finding.range.line,
            column: finding.range.column,
            end_line: finding.range.end_line,
            end_column: finding.range.end_column,
            message: &finding.message,
            mend: &finding.mend,
            fixable: finding.fixable,
            file: if finding.code == SETTINGS_CODE { SETTINGS } else { &checked.name },
        })
        .collect()
}
