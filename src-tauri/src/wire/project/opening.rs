//! The question for T0 and zone.

use std::cmp::Reverse;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use plan::{Finding, PhaseSpan, Plan, Resolved, StartSource, When, ZoneSource};

use super::book::{Book, span};
use super::check::finding_view;
use super::start::room_entry;
use super::times::{clock, date, own_words, start_words, zone};
use super::words::{counted, days_and_length};
use crate::rooms::Found;
use crate::source::SETTINGS;
use crate::wire::{FindingView, MovedView, OpeningView, Problem, ZoneView};

/// What was said about T0 and zone before anybody was asked: on the command line, or for the example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Given {
    /// `--start`.
    pub(crate) start: Option<DateTime>,
    /// `--zone`.
    pub(crate) zone: Option<String>,
    /// Whether it is the bundled example, whose own day is long past.
    pub(crate) is_example: bool,
}

impl Given {
    /// For the example, on this day.
    pub(crate) fn example(start: Option<DateTime>) -> Self {
        Self { start, zone: None, is_example: start.is_some() }
    }
}

/// An answer to the question, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// T0 as typed.
    pub(crate) start: String,
    /// The zone as typed.
    pub(crate) zone: String,
    /// What it makes of the plan, or why it makes nothing of it; neither while no T0 was named yet.
    pub(crate) meaning: Option<Result<Resolved, Problem>>,
}

/// T0 as a field of the window shows it: `2026-01-21T06:30`.
pub(crate) fn field(start: DateTime) -> String {
    start.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The question; `unfinished` is the room of this checklist that is offered first.
#[allow(clippy::too_many_arguments, reason = "each is one fact of the question, and there is one caller")]
pub(crate) fn opening(
    book: &Book<'_>,
    path: &str,
    found: &[Finding],
    given: &Given,
    answer: &Answer,
    written: Option<&Resolved>,
    unfinished: Option<&Found>,
    here: &TimeZone,
) -> OpeningView {
    let plan = book.plan;
    let resolved = answer.meaning.as_ref().and_then(|meaning| meaning.as_ref().ok());
    let proposed_zone = given.zone.clone().unwrap_or_else(|| plan.start.zone.clone());
    OpeningView {
        title: if plan.title.is_empty() { room::title(plan, path) } else { plan.title.clone() },
        path: path.to_owned(),
        unfinished: unfinished.map(room_entry),
        read: read(plan),
        proposed_start: given.start.or(plan.start.start).map(field).unwrap_or_default(),
        start_reason: start_reason(book, given),
        zone_reason: zone_reason(plan, given),
        zones: zones(plan, &proposed_zone, here),
        proposed_zone,
        start: answer.start.clone(),
        zone: answer.zone.clone(),
        start_words: resolved.map(|resolved| start_words(resolved.start, &resolved.zone, here)).unwrap_or_default(),
        problem: answer.meaning.as_ref().and_then(|meaning| meaning.as_ref().err()).cloned(),
        missing: if answer.meaning.is_none() { "T0 is missing".to_owned() } else { String::new() },
        offset_words: resolved.and_then(|resolved| offset_words(resolved.moved)),
        moved: moved(plan, written, resolved),
        findings: findings(found),
    }
}

/// What was noticed, the gravest first, each kind in the order of the text.
pub(crate) fn findings(found: &[Finding]) -> Vec<FindingView> {
    let mut found: Vec<&Finding> = found.iter().collect();
    found.sort_by_key(|finding| Reverse(finding.severity));
    found.into_iter().map(finding_view).collect()
}

fn read(plan: &Plan) -> String {
    let boxes = counted(plan.counts.boxes, "box", "boxes");
    let mut parts = vec![match plan.counts.ticked {
        0 => boxes,
        ticked => format!("{boxes}, {ticked} ticked"),
    }];
    let more = [
        (plan.counts.recovered, "mark in a table or a line taken as a box", "marks in tables or lines taken as boxes"),
        (plan.counts.steps, "step without a box", "steps without a box"),
        (plan.gates.len(), "gate", "gates"),
        (plan.rollback.criteria.len(), "decision criterion", "decision criteria"),
    ];
    for (count, one, many) in more {
        if count > 0 {
            parts.push(counted(count, one, many));
        }
    }
    parts.join(" · ")
}

fn start_reason(book: &Book<'_>, given: &Given) -> String {
    if given.is_example {
        return "tomorrow: the example's own day is past, and every date moves with it".to_owned();
    }
    if given.start.is_some() {
        return "given on the command line".to_owned();
    }
    let start = &book.plan.start;
    match (start.start, start.start_source) {
        (None, _) | (_, None) => "nothing names a date and a time".to_owned(),
        (_, Some(StartSource::Settings)) => format!("{SETTINGS} says so"),
        (_, Some(StartSource::FrontMatter)) => "the front matter says so".to_owned(),
        (_, Some(StartSource::Text)) => match start.phase.as_ref().and_then(|id| book.section(id)) {
            Some(section) => format!("{}, line {}", section.text, section.line),
            None => "the text says so".to_owned(),
        },
    }
}

fn zone_reason(plan: &Plan, given: &Given) -> String {
    if given.zone.is_some() {
        return "given on the command line".to_owned();
    }
    let zone = &plan.start.zone;
    match plan.start.zone_source {
        ZoneSource::Text => match plan.start.zone_line {
            Some(line) => format!("line {line} says {zone}"),
            None => format!("the text says {zone}"),
        },
        ZoneSource::Settings => format!("{SETTINGS} says {zone}"),
        ZoneSource::FrontMatter => format!("the front matter says {zone}"),
        ZoneSource::Assumed => "nothing names a zone".to_owned(),
    }
}

/// All zones of the bundled database; the proposed one, UTC and the laptop's first.
fn zones(plan: &Plan, proposed: &str, here: &TimeZone) -> Vec<ZoneView> {
    let mut zones: Vec<ZoneView> = Vec::new();
    let hint =
        if plan.start.zone_source == ZoneSource::Assumed || proposed != plan.start.zone { "" } else { "the plan" };
    let first = [(Some(proposed), hint), (Some("UTC"), ""), (here.iana_name(), "this laptop")];
    for (name, hint) in first {
        let Some(name) = name else { continue };
        match zones.iter_mut().find(|known| known.name == name) {
            Some(known) if known.hint.is_empty() => hint.clone_into(&mut known.hint),
            Some(_) => {}
            None => zones.push(ZoneView { name: name.to_owned(), hint: hint.to_owned() }),
        }
    }
    let head: Vec<String> = zones.iter().map(|zone| zone.name.clone()).collect();
    let mut rest: Vec<String> =
        jiff::tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| !head.contains(name)).collect();
    rest.sort();
    zones.extend(rest.into_iter().map(|name| ZoneView { name, hint: String::new() }));
    zones
}

/// "every date moves by 9 days"; `None` where they stay.
fn offset_words(moved: SignedDuration) -> Option<String> {
    let seconds = moved.as_secs();
    let by = days_and_length(seconds.unsigned_abs());
    match seconds {
        0 => None,
        1.. => Some(format!("every date moves by {by}")),
        _ => Some(format!("every date moves back by {by}")),
    }
}

fn moved(plan: &Plan, written: Option<&Resolved>, resolved: Option<&Resolved>) -> Vec<MovedView> {
    plan.phases
        .iter()
        .enumerate()
        .map(|(index, phase)| {
            let when = phase.when.as_ref();
            MovedView {
                title: phase.title.to_string(),
                before: match written {
                    Some(written) => moment(when, span(written, index), written, false),
                    None => own_words(when, SignedDuration::ZERO),
                },
                after: resolved.map(|resolved| moment(when, span(resolved, index), resolved, true)).unwrap_or_default(),
            }
        })
        .collect()
}

/// "29 Jan 16:00 UTC"; only the day where the text names no time of day.
fn moment(when: Option<&When>, span: PhaseSpan, resolved: &Resolved, with_zone: bool) -> String {
    let Some(start) = span.start else {
        return own_words(when, resolved.moved);
    };
    let at = start.to_zoned_datetime(resolved.zone.clone());
    let day = date(at.date());
    if let Some(When::Absolute { from, .. }) = when
        && from.time.is_none()
    {
        return day;
    }
    if with_zone { format!("{day} {} {}", clock(&at), zone(&at)) } else { format!("{day} {}", clock(&at)) }
}
