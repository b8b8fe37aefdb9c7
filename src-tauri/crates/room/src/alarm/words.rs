//! The words of a notification.

use jiff::Timestamp;
use plan::Severity;

use super::Notice;
use super::burning::Burning;
use crate::apply::SUMMARY;
use crate::state::Room;
use crate::watch::Watch;

/// How many lines of a summary are shown: a notification's place for them.
const SHOWN: usize = 6;

/// One alert. `sounds` and `is_first` are what the notice has them for.
pub(super) fn notice(
    one: &Burning,
    room: &Room,
    watch: &Watch,
    now: Timestamp,
    (sounds, is_first): (bool, bool),
) -> Notice {
    Notice {
        key: one.id.to_string(),
        title: title(one, room, watch, now),
        body: body(one, room, watch, now),
        severity: Some(one.weight()),
        can_be_acknowledged: !one.is_acknowledged,
        sounds,
        is_first,
    }
}

/// "HIGH: P95 latency 612 ms, > 500 ms".
fn title(one: &Burning, room: &Room, watch: &Watch, now: Timestamp) -> String {
    if one.is_overdue {
        return format!("ROLL BACK: the time for {} is up", watch.breach(&one.id));
    }
    if one.id.is_blind() {
        let names = watch.blinding(room, now).len();
        let criteria = if names == 1 { "criterion" } else { "criteria" };
        return match one.severity {
            Severity::High => format!("HIGH: blind, {names} {criteria} unseen"),
            _ => format!("BLIND: {names} {criteria} unseen"),
        };
    }
    format!("{}: {}", severity_word(one.severity), watch.breach(&one.id))
}

/// Since when, what the plan says, what it demands.
fn body(one: &Burning, room: &Room, watch: &Watch, now: Timestamp) -> String {
    let since = format!("Since {}", wall(room, one.since));
    let demand = demand(one, room, watch, now);
    if one.id.is_blind() {
        let why = watch.why_blind(room, now);
        let names = watch.memory().blind().map(|blind| blind.names().join(", ")).unwrap_or_default();
        let lines = [why, names, format!("{since}. {demand}")];
        return lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    }
    let text = watch.book().rule(&one.id).map_or("", |rule| rule.text.as_str());
    let before = match watch.since_before(&one.id) {
        Some(at) => format!("\nIt was breached before it counted, since {}.", wall(room, at)),
        None => String::new(),
    };
    format!("The plan: “{text}”\n{since}. {demand}{before}")
}

/// What the plan demands (DESIGN.md: CRITICAL rolls back now, HIGH by its deadline, MEDIUM investigates).
fn demand(one: &Burning, room: &Room, watch: &Watch, now: Timestamp) -> String {
    let begun = watch.has_begun(room, now);
    match (one.severity, watch.deadline_of(room, &one.id)) {
        (Severity::Critical, _) if begun => "Roll back now.".to_owned(),
        (Severity::Critical, _) => "Do not start.".to_owned(),
        (_, Some(deadline)) if deadline <= now => "Roll back now: the time is up.".to_owned(),
        (Severity::High, Some(deadline)) if begun => {
            format!("Roll back by {} if it is not resolved.", wall(room, deadline))
        }
        (Severity::High, _) => "Do not start before it is resolved.".to_owned(),
        (Severity::Medium, _) if one.id.is_blind() => {
            let until = watch.memory().blind().map_or(now, |blind| blind.tolerated_until(room));
            format!("Tolerated until {}, then it is HIGH.", wall(room, until))
        }
        (Severity::Medium, _) => "Investigate.".to_owned(),
    }
}

/// Several at once, as one: what needs a person, the most urgent first.
pub(super) fn summary(
    open: &[&Burning],
    room: &Room,
    watch: &Watch,
    now: Timestamp,
    (sounds, is_first): (bool, bool),
) -> Notice {
    let worst = open.first().map(|one| title(one, room, watch, now)).unwrap_or_default();
    let lines: Vec<String> = open.iter().take(SHOWN).map(|one| title(one, room, watch, now)).collect();
    let severity = open.iter().map(|one| one.weight()).max();
    Notice {
        key: SUMMARY.to_owned(),
        title: format!("{} alerts; {worst}", open.len()),
        body: and_more(&lines, open.len()),
        severity,
        can_be_acknowledged: open.iter().any(|one| !one.is_acknowledged),
        sounds,
        is_first,
    }
}

/// Several names, a line each, as far as a notification has place for them.
pub(super) fn listed(names: &[&str]) -> String {
    let lines: Vec<String> = names.iter().take(SHOWN).map(|name| (*name).to_owned()).collect();
    and_more(&lines, names.len())
}

/// The lines that are shown of so many.
fn and_more(lines: &[String], all: usize) -> String {
    match all.saturating_sub(SHOWN) {
        0 => lines.join("\n"),
        more => format!("{}\nand {more} more", lines.join("\n")),
    }
}

/// A severity as people shout it.
pub(super) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "CRITICAL",
        Severity::High => "HIGH",
        Severity::Medium => "MEDIUM",
    }
}

/// `07:06:55 UTC`, on the plan's wall.
pub(super) fn wall(room: &Room, at: Timestamp) -> String {
    at.to_zoned_datetime(room.resolved().zone.clone()).strftime("%H:%M:%S %Z").to_string()
}
