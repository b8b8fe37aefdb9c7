//! A back-test as a table for the person who runs the release, and under it what happened, criterion by criterion.

use std::io::{self, Write};

use jiff::{SignedDuration, Timestamp};
use plan::Severity;
use room::{Tested, measure};

use super::{Line, Report, moment};
use crate::wire::project::counted;

/// So many lines of one kind are read by a person; all of them are in the JSON.
const MOST: usize = 20;

const COLUMNS: [&str; 6] = ["SEVERITY", "CRITERION", "FIRED", "FOR", "WORST", "WITHOUT DATA"];

/// Writes it.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}, back-test over {}", report.file, report.title, days(report.days))?;
    let day = |at: Timestamp| at.to_zoned_datetime(report.zone.clone()).strftime("%-d %b %Y %H:%M:%S %Z").to_string();
    writeln!(out, "{} to {}", day(report.from), day(report.to))?;
    if report.criteria.is_empty() {
        writeln!(out, "\nNo criterion is bound to a metric: there is nothing to look back at.")?;
    } else {
        writeln!(out)?;
        table(report, out)?;
        for line in &report.criteria {
            details(line, report, out)?;
        }
    }
    if !report.unobserved.is_empty() {
        writeln!(out, "\nObserved by no metric, and so not looked at:")?;
        for one in &report.unobserved {
            writeln!(out, "  line {}: {}: {}", one.line, one.text, one.why)?;
        }
    }
    writeln!(out, "\n{}", summary(report))
}

fn days(days: u32) -> String {
    counted(usize::try_from(days).unwrap_or(usize::MAX), "day", "days")
}

fn table(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<[String; 6]> = report.criteria.iter().map(row).collect();
    let header = COLUMNS.map(str::to_owned);
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| {
            let cells = std::iter::once(&header).chain(&rows).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        })
        .collect();
    for row in std::iter::once(&header).chain(&rows) {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

fn row(line: &Line) -> [String; 6] {
    let severity = severity(line.rule.severity).to_owned();
    let name = name(line);
    let Some(tested) = &line.tested else {
        return [severity, name, "?".to_owned(), "?".to_owned(), "?".to_owned(), "not looked at".to_owned()];
    };
    // Without a sample nobody knows whether it would have fired.
    let is_blind = tested.worst.is_none() && tested.episodes.is_empty();
    let fired = if is_blind { "?".to_owned() } else { counted(tested.episodes.len(), "time", "times") };
    let lasted = if tested.episodes.is_empty() { "–".to_owned() } else { length(tested.firing()) };
    let worst = tested.worst.as_ref().map_or_else(|| "–".to_owned(), |seen| seen.words.clone());
    [severity, name, fired, lasted, worst, without_data(tested)]
}

fn without_data(tested: &Tested) -> String {
    match tested.unseen.len() {
        _ if tested.to <= tested.from => "all of it".to_owned(),
        0 => "–".to_owned(),
        _ if tested.without_data() >= tested.to.duration_since(tested.from) => "all of it".to_owned(),
        windows => format!("{} in {}", length(tested.without_data()), counted(windows, "window", "windows")),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "CRITICAL",
        Severity::High => "HIGH",
        Severity::Medium => "MEDIUM",
    }
}

fn name(line: &Line) -> String {
    let bound = line.rule.bound();
    if bound.is_empty() { line.rule.name.clone() } else { format!("{} {bound}", line.rule.name) }
}

fn length(length: SignedDuration) -> String {
    measure::length(u64::try_from(length.as_secs()).unwrap_or_default())
}

fn details(line: &Line, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rule = &line.rule;
    writeln!(
        out,
        "\n{} {} (line {}): {}; {} every {}",
        severity(rule.severity),
        name(line),
        line.criterion.line,
        rule.fire_words(),
        rule.signal.name(),
        measure::length(line.step.as_secs())
    )?;
    for remark in line.remarks(report) {
        writeln!(out, "  note: {remark}")?;
    }
    let Some(tested) = &line.tested else { return Ok(()) };
    let zone = &report.zone;
    let episodes = tested.episodes.iter().map(|episode| {
        let end = match episode.resolved_at {
            Some(at) => format!("resolved {}", moment(at, zone)),
            None => "fires still at the end".to_owned(),
        };
        let worst = episode.worst.as_ref().map(|seen| format!(", worst {}", seen.words)).unwrap_or_default();
        let overdue = if episode.is_overdue { ", beyond its deadline" } else { "" };
        format!(
            "breach from {}, fired {}, {end}: {}{worst}{overdue}",
            moment(episode.since, zone),
            moment(episode.fired_at, zone),
            length(tested.lasted(episode))
        )
    });
    listed(episodes, "alarms", out)?;
    let unseen = tested.unseen.iter().map(|window| {
        let (from, to) = (moment(window.from, zone), moment(window.to, zone));
        format!("no data from {from} to {to}, {}: {}", length(window.lasted()), window.why.join("; "))
    });
    listed(unseen, "windows without data", out)?;
    if tested.threats > 0 {
        let threats = counted(tested.threats, "breach was", "breaches were");
        writeln!(out, "  {threats} over before the alarm")?;
    }
    if tested.episodes.is_empty() && tested.worst.is_some() {
        let seen = if tested.unseen.is_empty() { "" } else { " while there was data" };
        writeln!(out, "  did not fire{seen}")?;
    }
    let busy = tested.by_day(zone).into_iter().filter(|day| day.fired > 0 || day.firing_s > 0).map(|day| {
        let firing = measure::length(u64::try_from(day.firing_s).unwrap_or_default());
        format!("{} {} ({firing})", day.date.strftime("%a %-d %b"), counted(day.fired, "time", "times"))
    });
    let busy: Vec<String> = busy.collect();
    if busy.len() > 1 {
        writeln!(out, "  by day: {}", busy.join(", "))?;
    }
    Ok(())
}

fn listed(lines: impl Iterator<Item = String>, what: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut left = 0_usize;
    for (at, line) in lines.enumerate() {
        if at < MOST {
            writeln!(out, "  {line}")?;
        } else {
            left += 1;
        }
    }
    if left > 0 {
        writeln!(out, "  and {left} more {what}; --json has all of them")?;
    }
    Ok(())
}

fn summary(report: &Report) -> String {
    let looked: Vec<&Tested> = report.criteria.iter().filter_map(|line| line.tested.as_ref()).collect();
    let fired = looked.iter().filter(|tested| !tested.episodes.is_empty()).count();
    let unseen = looked.iter().filter(|tested| !tested.is_whole()).count();
    let mut parts =
        vec![format!("{} of {} would have fired", fired, counted(report.criteria.len(), "criterion", "criteria"))];
    if unseen > 0 {
        parts.push(format!("{unseen} had no data for a time, which says nothing"));
    }
    if report.is_stopped {
        parts.push("stopped before its end".to_owned());
    }
    if !report.unobserved.is_empty() {
        parts.push(format!("{} observed by no metric", report.unobserved.len()));
    }
    format!("{}.", parts.join("; "))
}
