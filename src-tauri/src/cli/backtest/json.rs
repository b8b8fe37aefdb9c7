//! A back-test as one object for programs.

use std::io::{self, Write};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use plan::config::Fire;
use plan::{Severity, Unit};
use room::{Episode, Purpose, Rule, Seen, Tested, measure};
use serde_json::{Value, json};

use super::{Line, Report};

/// Writes it.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(&whole(report)).map_err(io::Error::other)?;
    writeln!(out, "{text}")
}

fn whole(report: &Report) -> Value {
    let criteria: Vec<Value> = report.criteria.iter().map(|line| criterion(line, report)).collect();
    let unobserved = report.unobserved.iter();
    let unobserved: Vec<Value> =
        unobserved.map(|one| json!({"id": one.id, "line": one.line, "text": one.text, "why": one.why})).collect();
    json!({
        "file": report.file,
        "title": report.title,
        "zone": report.zone.iana_name(),
        "from": time(report.from, &report.zone),
        "to": time(report.to, &report.zone),
        "days": report.days,
        "stopped": report.is_stopped,
        "criteria": criteria,
        "unobserved": unobserved,
    })
}

fn criterion(line: &Line, report: &Report) -> Value {
    let (rule, zone) = (&line.rule, &report.zone);
    let mut object = json!({
        "id": line.criterion.id.as_str(),
        "line": line.criterion.line,
        "text": line.criterion.text,
        "name": rule.name,
        "severity": match rule.severity {
            Severity::Critical => "critical",
            Severity::High => "high",
            Severity::Medium => "medium",
        },
        "purpose": match rule.purpose {
            Purpose::Decision => "decision",
            Purpose::Condition { .. } => "condition",
            Purpose::Check { .. } => "check",
            Purpose::Mark => "mark",
            Purpose::Metric => "metric",
            Purpose::Success { .. } => "success",
        },
        "metric": rule.signal.name(),
        "fire": match rule.fire {
            Fire::For(length) => json!({"for_s": length.as_secs()}),
            Fire::Tally { hits, samples } => json!({"hits": hits, "samples": samples}),
        },
        "every_s": rule.every.as_secs_f64(),
        "step_s": line.step.as_secs_f64(),
        "remarks": line.remarks(report),
    });
    let found = line.tested.as_ref().map_or_else(unknown, |tested| found(rule, tested, zone));
    if let (Some(object), Value::Object(found)) = (object.as_object_mut(), found) {
        object.extend(found);
    }
    object
}

/// The same fields where it was not looked at: nothing is known of it.
fn unknown() -> Value {
    json!({
        "from": null, "to": null, "fired": null, "firing_s": null, "threats": null, "unseen_s": null, "worst": null,
        "episodes": [], "unseen": [], "days": [],
    })
}

fn found(rule: &Rule, tested: &Tested, zone: &TimeZone) -> Value {
    let episodes: Vec<Value> = tested.episodes.iter().map(|one| episode(rule, tested, one, zone)).collect();
    let unseen = tested.unseen.iter().map(|window| {
        json!({
            "from": time(window.from, zone),
            "to": time(window.to, zone),
            "lasted_s": seconds(window.lasted()),
            "why": window.why,
        })
    });
    let days = tested.by_day(zone).into_iter().map(|day| {
        json!({
            "date": day.date.to_string(),
            "fired": day.fired,
            "firing_s": day.firing_s,
            "unseen_s": day.unseen_s,
        })
    });
    json!({
        "from": time(tested.from, zone),
        "to": time(tested.to, zone),
        "fired": tested.episodes.len(),
        "firing_s": seconds(tested.firing()),
        "threats": tested.threats,
        "unseen_s": seconds(tested.without_data()),
        "worst": tested.worst.as_ref().map(|seen| worst(rule, seen, zone)),
        "episodes": episodes,
        "unseen": unseen.collect::<Vec<_>>(),
        "days": days.collect::<Vec<_>>(),
    })
}

fn episode(rule: &Rule, tested: &Tested, episode: &Episode, zone: &TimeZone) -> Value {
    json!({
        "since": time(episode.since, zone),
        "fired_at": time(episode.fired_at, zone),
        "last_breach_at": time(episode.last_breach_at, zone),
        "resolved_at": episode.resolved_at.map(|at| time(at, zone)),
        "lasted_s": seconds(tested.lasted(episode)),
        "deadline": episode.deadline.map(|at| time(at, zone)),
        "overdue": episode.is_overdue,
        "worst": episode.worst.as_ref().map(|seen| worst(rule, seen, zone)),
    })
}

/// The number in the text's own unit; null for what is no number or has no end, of which the words tell.
fn worst(rule: &Rule, seen: &Seen, zone: &TimeZone) -> Value {
    let value = seen.value.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| rule.in_own_unit(value));
    let own: Option<Unit> = rule.criterion.as_ref().and_then(|criterion| criterion.unit).or(seen.unit);
    json!({
        "value": value,
        "unit": own.map(measure::unit_name),
        "words": seen.words,
        "at": time(seen.at, zone),
    })
}

/// With its offset: `2026-01-21T06:31:02+00:00`.
fn time(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn seconds(length: SignedDuration) -> i64 {
    length.as_secs()
}
