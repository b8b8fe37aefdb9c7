//! A check for people: a line for each finding, as compilers write them, and what was read. The terminal prints it, and
//! the window copies it.

use std::io::{self, Write};

use plan::{Finding, Level, Plan, Resolved};

use crate::source::{SETTINGS, SETTINGS_CODE};
use crate::wire::project::counted;

const RESET: &str = "\x1b[0m";

/// A checklist that was read, with its day.
pub(crate) struct CheckReport<'a> {
    /// How whoever asked named its file.
    pub(crate) name: &'a str,
    /// The plan.
    pub(crate) plan: &'a Plan,
    /// The day; `None` where nothing names T0.
    pub(crate) resolved: Option<&'a Resolved>,
    /// What counts.
    pub(crate) findings: &'a [Finding],
    /// How many were allowed.
    pub(crate) allowed: usize,
}

/// The report as text, without colours.
pub(crate) fn check_report(report: &CheckReport<'_>) -> String {
    let mut text = Vec::new();
    match write_check(report, &mut text, false) {
        Ok(()) => String::from_utf8_lossy(&text).into_owned(),
        // Nothing fails that is written into memory.
        Err(_) => String::new(),
    }
}

/// Writes the report.
///
/// # Errors
/// What `out` says.
pub(crate) fn write_check(checked: &CheckReport<'_>, out: &mut dyn Write, colour: bool) -> io::Result<()> {
    for finding in checked.findings {
        write_finding(checked, finding, out, colour)?;
    }
    let plan = checked.plan;
    let counts = &plan.counts;
    let title = if plan.title.is_empty() { "no title" } else { &plan.title };
    writeln!(out, "{}: {title}", checked.name)?;
    let boxes =
        format!("{}, {} ticked, {} imported", counted(counts.boxes, "box", "boxes"), counts.ticked, counts.imported);
    let others = format!(
        "{} recovered, {}, {} ignored",
        counts.recovered,
        counted(counts.steps, "step", "steps"),
        counts.ignored.len()
    );
    writeln!(out, "  {boxes}; {others}")?;
    let parts = [
        counted(plan.sections.len(), "section", "sections"),
        counted(plan.phases.len(), "phase", "phases"),
        counted(plan.gates.len(), "gate", "gates"),
        counted(plan.criteria.len(), "criterion", "criteria"),
        counted(plan.routines.len(), "routine", "routines"),
        counted(plan.rollback.ways.len(), "way back", "ways back"),
    ];
    writeln!(out, "  {}", parts.join(", "))?;
    let parts = [
        counted(plan.messages.len(), "message", "messages"),
        counted(plan.contacts.len(), "contact", "contacts"),
        counted(plan.channels.len(), "channel", "channels"),
        counted(plan.references.len(), "reference", "references"),
        counted(plan.commands.len(), "command", "commands"),
    ];
    writeln!(out, "  {}", parts.join(", "))?;
    let day = checked.resolved.map_or_else(
        || "no date and time for T0".to_owned(),
        |resolved| {
            resolved.start.to_zoned_datetime(resolved.zone.clone()).strftime("T0 %-d %b %Y %H:%M %Z").to_string()
        },
    );
    writeln!(out, "  {day}")?;
    let at = |level: Level| checked.findings.iter().filter(|finding| finding.severity == level).count();
    let mut found = vec![
        counted(at(Level::Error), "error", "errors"),
        counted(at(Level::Warning), "warning", "warnings"),
        counted(at(Level::Note), "note", "notes"),
    ];
    if checked.allowed > 0 {
        found.push(format!("{} allowed", checked.allowed));
    }
    writeln!(out, "  {}", found.join(", "))
}

fn write_finding(checked: &CheckReport<'_>, finding: &Finding, out: &mut dyn Write, colour: bool) -> io::Result<()> {
    let (word, paint) = match finding.severity {
        Level::Error => ("error", "\x1b[31m"),
        Level::Warning => ("warning", "\x1b[33m"),
        Level::Note => ("note", "\x1b[36m"),
    };
    let (paint, reset) = if colour { (paint, RESET) } else { ("", "") };
    let name = if finding.code == SETTINGS_CODE { SETTINGS } else { checked.name };
    let range = finding.range;
    writeln!(
        out,
        "{name}:{}:{}: {paint}{word} {}{reset}: {}",
        range.line, range.column, finding.code, finding.message
    )?;
    if finding.mend.is_empty() { Ok(()) } else { writeln!(out, "    {}", finding.mend) }
}
