//! The few findings that reading itself gives.

use std::collections::HashSet;

use super::source::Source;
use crate::Finding;
use crate::model::{Level, Plan, Range, SectionId, When, ZoneSource};

/// Looks at the finished plan.
pub(crate) fn read(plan: &Plan, source: &Source<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    boxes(plan, source, &mut found);
    times(plan, source, &mut found);
    found.sort_by_key(|finding| finding.range);
    found
}

fn boxes(plan: &Plan, source: &Source<'_>, found: &mut Vec<Finding>) {
    if plan.counts.boxes == 0 {
        let (line, message) = match (plan.counts.tables, plan.counts.ignored.first()) {
            (0, Some(ignored)) => (
                ignored.line,
                format!(
                    "There is no box to tick in this file: all {} marks stand in fences or comments, so the room has no checks.",
                    plan.counts.ignored.len()
                ),
            ),
            (0, None) => (
                1,
                "There is no box to tick in this file, so the room has no checks; its text is shown as it is."
                    .to_owned(),
            ),
            (tables, _) => (
                1,
                format!(
                    "There is no box to tick in this file, only {tables} table{}; cells are shown as they are and cannot be ticked.",
                    if tables == 1 { "" } else { "s" }
                ),
            ),
        };
        found.push(finding(
            "BOX-02",
            Level::Warning,
            source.whole_line(line),
            message,
            "Write each check as a list entry that begins with \"- [ ] \".",
        ));
    }
    // The section that was made for them has level 0.
    let made: HashSet<&SectionId> =
        plan.sections.iter().filter(|section| section.level == 0).map(|section| &section.id).collect();
    for item in &plan.items {
        if item.section.as_ref().is_none_or(|section| made.contains(section)) {
            found.push(finding(
                "BOX-01",
                Level::Warning,
                item.range,
                "This box stands above every heading and could not be placed in a phase; it is shown first in the run of the day.".to_owned(),
                "Put it below the heading of the phase that it belongs to.",
            ));
        }
        if item.text.is_empty() {
            found.push(finding(
                "BOX-03",
                Level::Warning,
                item.range,
                "This box has no words, so nobody can tell what it asks for.".to_owned(),
                "Write what is to be checked behind the box, or remove it.",
            ));
        }
    }
}

fn times(plan: &Plan, source: &Source<'_>, found: &mut Vec<Finding>) {
    if matches!(plan.start.zone_source, ZoneSource::Settings | ZoneSource::FrontMatter) {
        return;
    }
    let timed = plan
        .sections
        .iter()
        .filter(|section| matches!(&section.when, Some(When::Absolute { from, .. }) if from.time.is_some()));
    for section in timed {
        if plan.start.zone_line == Some(section.line) {
            continue;
        }
        let reading = match plan.start.zone_line {
            Some(line) => format!("it is read as {}, which line {line} names", plan.start.zone),
            None => "it is read as UTC until the room is opened with another zone".to_owned(),
        };
        found.push(finding(
            "TIM-01",
            Level::Warning,
            source.whole_line(section.line),
            format!("The time in “{}” names no zone; {reading}.", section.text),
            "Name the zone once in the text, or set zone in [plan] of war-room.toml.",
        ));
    }
}

fn finding(code: &'static str, severity: Level, range: Range, message: String, mend: &str) -> Finding {
    Finding { code, severity, range, message, mend: mend.to_owned(), fixable: false }
}
