//! How it was read, kind by kind. A kind of which there is nothing stays in the list: that a checklist names no way back
//! is worth seeing.

use std::collections::HashSet;

use plan::{Audience, Criterion, Finding, Gate, Place, Plan, ReadAs, SectionKind, Severity, ZoneSource};

use super::super::book::Book;
use super::super::times::own_words;
use super::super::words::{capitalised, counted, number, small, stopwatch};
use super::said::{criterion_words, routine_words, severity};
use crate::source::SETTINGS_CODE;
use crate::wire::{ReadKindView, ReadLineView};

/// How many names stand in one line at most, and how many lines of single things below a count.
const MOST_NAMES: usize = 8;

/// How many things of one kind are listed one by one: more than anybody looks through, and soon drawn.
const MOST_ROWS: usize = 200;

/// What was made of the text.
pub(super) fn kinds(book: &Book<'_>, findings: &[Finding]) -> Vec<ReadKindView> {
    let plan = book.plan;
    vec![
        phases(book),
        boxes(plan),
        gates(book),
        routines(plan),
        decisions(plan),
        success(plan),
        rollback(plan),
        commands(plan, findings),
        messages(plan),
        contacts(plan),
    ]
}

fn kind(id: &str, title: &str, count: usize, lines: Vec<ReadLineView>) -> ReadKindView {
    ReadKindView {
        id: id.to_owned(),
        title: title.to_owned(),
        count: count.to_string(),
        is_lacking: false,
        lines,
        rows: Vec::new(),
    }
}

/// The same kind with each of its things and the line that it was read from; one that the settings alone name has none.
fn listed(kind: ReadKindView, things: impl Iterator<Item = (usize, String)>) -> ReadKindView {
    let mut rows: Vec<_> = things.map(|(line, words)| at(line, words)).collect();
    let more = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    if more > 0 {
        rows.push(words(format!("and {more} more")));
    }
    ReadKindView { rows, ..kind }
}

fn words(words: impl Into<String>) -> ReadLineView {
    ReadLineView { words: words.into(), line: 0 }
}

fn at(line: usize, words: String) -> ReadLineView {
    ReadLineView { words, line: small(line) }
}

/// The first of `all`, and in words how many more there are.
fn first_of(all: Vec<ReadLineView>) -> Vec<ReadLineView> {
    let more = all.len().saturating_sub(MOST_NAMES);
    let mut lines: Vec<_> = all.into_iter().take(MOST_NAMES).collect();
    if more > 0 {
        lines.push(words(format!("and {more} more")));
    }
    lines
}

/// "a · b · c · and 3 more".
fn joined(names: &[String], between: &str) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    let mut shown: Vec<String> = names.iter().take(MOST_NAMES).cloned().collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(between)
}

/// "5 CRITICAL, 4 MEDIUM" of counts with their words; those of which there are none are left out.
fn tally(counts: &[(usize, &str)]) -> String {
    let parts: Vec<_> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    parts.join(", ")
}

fn some(line: String) -> Option<ReadLineView> {
    (!line.is_empty()).then(|| words(line))
}

fn phases(book: &Book<'_>) -> ReadKindView {
    let plan = book.plan;
    let of = |kinds: &[SectionKind]| {
        let known = plan.phases.iter().filter_map(|phase| book.section(&phase.section));
        known.filter(|section| kinds.contains(&section.kind)).count()
    };
    let (before, day, after) = (of(&[SectionKind::Preparation]), of(&[SectionKind::Phase]), of(&[SectionKind::Watch]));
    let other = plan.phases.len() - before - day - after;
    let split = tally(&[(before, "before"), (day, "on the day"), (after, "after"), (other, "besides")]);
    let of_day = plan
        .phases
        .iter()
        .filter(|phase| book.section(&phase.section).is_some_and(|section| section.kind == SectionKind::Phase));
    let times: Vec<_> = of_day
        .map(|phase| own_words(phase.when.as_ref(), jiff::SignedDuration::ZERO))
        .filter(|words| !words.is_empty())
        .collect();
    let assumed = if plan.start.zone_source == ZoneSource::Assumed { ", assumed" } else { "" };
    let times = match times.as_slice() {
        [] => "No time of the day is named".to_owned(),
        times => format!("{} {}{assumed}", joined(times, " · "), plan.start.zone),
    };
    let lines =
        if plan.phases.is_empty() { Vec::new() } else { some(split).into_iter().chain([words(times)]).collect() };
    kind("phases", "Phases", plan.phases.len(), lines)
}

fn boxes(plan: &Plan) -> ReadKindView {
    let counts = &plan.counts;
    let facts = [
        (counts.ticked, "arrive ticked: claims, and nothing more"),
        (counts.recovered, "recovered: marks that Markdown shows as text"),
        (counts.steps, "more are steps without a box"),
    ];
    let facts = facts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| words(format!("{count} {what}")));
    let ignored = counts
        .ignored
        .iter()
        .map(|ignored| at(ignored.line, format!("Line {} {}: not taken", ignored.line, ignored.reason)));
    let lines = facts.chain(first_of(ignored.collect())).collect();
    kind("boxes", "Boxes", counts.boxes, lines)
}

fn gates(book: &Book<'_>) -> ReadKindView {
    let plan = book.plan;
    let lines = plan.gates.iter().map(|gate| at(gate.line, gate_words(book, gate))).collect();
    let mut view = kind("gates", "Gates", plan.gates.len(), first_of(lines));
    view.is_lacking = plan.gates.iter().any(|gate| gate.hold_s.is_none() || gate.conditions.is_empty());
    view
}

/// "50 % hold 10:00 · error rate < 1 %, P95 latency < 200 ms, 1 in words".
fn gate_words(book: &Book<'_>, gate: &Gate) -> String {
    let share = gate.share_percent.map_or_else(|| gate.text.clone(), |percent| format!("{} %", number(percent)));
    let hold = gate.hold_s.map_or_else(|| "no hold".to_owned(), |hold_s| format!("hold {}", stopwatch(hold_s)));
    let measured: Vec<_> = gate
        .conditions
        .iter()
        .filter_map(|item| book.criterion_of(item))
        .filter(|criterion| criterion.value.is_some())
        .map(criterion_words)
        .collect();
    let in_words = gate.conditions.len() - measured.len();
    let mut conditions = measured;
    if in_words > 0 {
        conditions.push(format!("{in_words} in words"));
    }
    if conditions.is_empty() {
        conditions.push("no condition".to_owned());
    }
    format!("{share} {hold} · {}", conditions.join(", "))
}

fn routines(plan: &Plan) -> ReadKindView {
    let names: Vec<_> = plan.routines.iter().map(routine_words).collect();
    let lines = some(capitalised(&joined(&names, " · "))).into_iter().collect();
    let rows = plan.routines.iter().zip(names).map(|(routine, words)| (routine.line, capitalised(&words)));
    listed(kind("routines", "Routines", plan.routines.len(), lines), rows)
}

fn of_place(plan: &Plan, place: Place) -> Vec<&Criterion> {
    plan.criteria.iter().filter(|criterion| criterion.place == place).collect()
}

fn decisions(plan: &Plan) -> ReadKindView {
    let all = of_place(plan, Place::Decision);
    let of = |wanted: Option<Severity>| all.iter().filter(|criterion| criterion.severity == wanted).count();
    let split = tally(&[
        (of(Some(Severity::Critical)), severity(Severity::Critical)),
        (of(Some(Severity::High)), severity(Severity::High)),
        (of(Some(Severity::Medium)), severity(Severity::Medium)),
        (of(None), "without a severity"),
    ]);
    let lines = [some(split), observable(&all)].into_iter().flatten().collect();
    let rows = all.iter().map(|criterion| {
        let grave = criterion.severity.map(|grave| format!("{} · ", severity(grave))).unwrap_or_default();
        (criterion.line, format!("{grave}{}", capitalised(&criterion_words(criterion))))
    });
    listed(kind("decisions", "Decision criteria", all.len(), lines), rows)
}

/// How many name something that can be measured and a number to hold it against.
fn observable(all: &[&Criterion]) -> Option<ReadLineView> {
    let can = all.iter().filter(|criterion| criterion.metric.is_some() && criterion.value.is_some()).count();
    let cannot = all.len() - can;
    let parts: Vec<_> = [(can, "can be observed"), (cannot, "only a person can say")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    some(parts.join(", "))
}

fn success(plan: &Plan) -> ReadKindView {
    let all = of_place(plan, Place::Success);
    let names: Vec<_> = all.iter().map(|criterion| criterion_words(criterion)).collect();
    let lines = [some(capitalised(&joined(&names, ", "))), observable(&all)].into_iter().flatten().collect();
    let rows = all.iter().zip(names).map(|(criterion, words)| (criterion.line, capitalised(&words)));
    listed(kind("success", "Success criteria", all.len(), lines), rows)
}

fn rollback(plan: &Plan) -> ReadKindView {
    let ways = &plan.rollback.ways;
    let mut lines: Vec<_> = ways.iter().map(|way| at(way.line, way.text.clone())).collect();
    lines = first_of(lines);
    lines.push(match (plan.rollback.target_s, plan.rollback.target_line) {
        (Some(target_s), line) => at(line.unwrap_or_default(), format!("Limit {}", stopwatch(target_s))),
        (None, _) => words("No limit is named"),
    });
    ReadKindView {
        is_lacking: ways.is_empty() || plan.rollback.target_s.is_none(),
        ..kind("rollback", "Rollback ways", ways.len(), lines)
    }
}

fn commands(plan: &Plan, findings: &[Finding]) -> ReadKindView {
    let blocks = plan.reading.iter().filter(|reading| matches!(reading.read, ReadAs::Commands { .. })).count();
    let found: HashSet<usize> =
        findings.iter().filter(|finding| finding.code != SETTINGS_CODE).map(|finding| finding.range.line).collect();
    let carrying = plan
        .commands
        .iter()
        .filter(|command| {
            (command.line..command.line + command.text.lines().count().max(1)).any(|line| found.contains(&line))
        })
        .count();
    let mut about = Vec::new();
    if blocks > 0 {
        about.push(format!("In {}", counted(blocks, "block", "blocks")));
    }
    if carrying > 0 {
        about.push(format!("{carrying} carry a finding"));
    }
    let open: Vec<_> = plan.variables.iter().filter(|variable| variable.value.is_none()).collect();
    let mut lines: Vec<_> = some(about.join(" · ")).into_iter().collect();
    if !open.is_empty() {
        let names: Vec<_> = open.iter().map(|variable| variable.name.clone()).collect();
        lines.push(words(format!("To be filled once for all: {}", joined(&names, ", "))));
    }
    let blank = plan.commands.iter().filter(|command| !command.blanks.is_empty()).count();
    if blank > 0 {
        lines.push(words(format!("{blank} cannot be run before a blank is filled")));
    }
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let rows = plan.commands.iter().map(|command| (command.line, first(&command.text)));
    let view = listed(kind("commands", "Commands", plan.commands.len(), lines), rows);
    ReadKindView { is_lacking: blank > 0, ..view }
}

fn messages(plan: &Plan) -> ReadKindView {
    let of = |audience| plan.messages.iter().filter(|message| message.audience == audience).count();
    let split = tally(&[
        (of(Audience::Customers), "customers"),
        (of(Audience::Team), "team"),
        (of(Audience::StatusPage), "status page"),
    ]);
    let rows = plan.messages.iter().map(|message| (message.line, message.text.clone()));
    listed(kind("messages", "Messages", plan.messages.len(), some(split).into_iter().collect()), rows)
}

fn contacts(plan: &Plan) -> ReadKindView {
    let people = &plan.contacts;
    let reachable = people.iter().filter(|contact| {
        contact.name.is_some() && (contact.phone.is_some() || contact.mail.is_some() || contact.chat.is_some())
    });
    let reachable = reachable.count();
    let empty: usize = people.iter().map(|contact| contact.blanks.len()).sum();
    let mut about = Vec::new();
    if !people.is_empty() {
        about.push(format!(
            "{}, {} empty",
            counted(people.len(), "person", "people"),
            counted(empty, "field", "fields")
        ));
    }
    if !plan.channels.is_empty() {
        let blank = plan.channels.iter().filter(|channel| channel.target.is_none()).count();
        let empty = if blank == 0 { String::new() } else { format!(", {blank} of them empty") };
        about.push(format!("{}{empty}", counted(plan.channels.len(), "place to meet", "places to meet")));
    }
    let rows = people.iter().map(|contact| {
        let name = contact.name.as_deref().map(|name| format!(" · {name}")).unwrap_or_default();
        (contact.line, format!("{}{name}", contact.role))
    });
    let places = plan.channels.iter().map(|channel| (channel.line, channel.text.clone()));
    let lines = some(about.join(" · ")).into_iter().collect();
    ReadKindView {
        count: format!("{reachable}/{}", people.len()),
        is_lacking: reachable < people.len() || people.is_empty(),
        ..listed(kind("contacts", "Contacts", people.len(), lines), rows.chain(places))
    }
}
