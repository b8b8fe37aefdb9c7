//! What to say to whoever is called over an alert: who calls, what is wrong and since when, what the plan asks, and what
//! is wanted of them. In short sentences, since it is read from the screen into a telephone.

use jiff::Timestamp;
use plan::Severity;
use room::{AlertId, Mode, Rule};

use super::Seeing;
use super::blind;
use crate::wire::project::times::on_the_wall_of_zone;

/// The words.
pub(super) fn aloud(seen: &Seeing<'_>, id: &AlertId, severity: Severity, since: Option<Timestamp>) -> String {
    let sentences = [introduction(seen), wrong(seen, id, since), asked(seen, id, severity)];
    let all: Vec<String> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    format!("{} I need you to know, and to answer if I call again.", all.join(" "))
}

/// "This is Mara Klein on payments-api 4.2.0."
fn introduction(seen: &Seeing<'_>) -> String {
    let title = seen.room.title();
    let actor = seen.room.actor().and_then(|actor| seen.room.people().iter().find(|person| person.initials == actor));
    let drill = if crate::drill::is_drill(seen.room) { "This is a drill. " } else { "" };
    match actor {
        Some(person) => format!("{drill}This is {} on {title}.", person.name),
        None => format!("{drill}This is about {title}."),
    }
}

/// "P95 latency is 612 ms, the plan names > 500 ms, since 07:06:55 UTC."
fn wrong(seen: &Seeing<'_>, id: &AlertId, since: Option<Timestamp>) -> String {
    let since =
        since.map(|at| format!(", since {}", on_the_wall_of_zone(at, seen.room.resolved()))).unwrap_or_default();
    let Some(rule) = seen.rule(id) else { return format!("We do not see production: {}{since}.", blind::title(seen)) };
    let last = seen.watching.watch.rule_memory(id).and_then(room::RuleMemory::last);
    let value = last.map(|last| last.seen.words.as_str()).unwrap_or_default();
    let is_fresh = seen.watching.watch.fresh(id, seen.now).is_some();
    let was = if is_fresh { "is" } else { "was, when it was seen last," };
    let said = match (rule.bound().as_str(), value) {
        ("", "") => rule.text.clone(),
        ("", value) => format!("{}: {value}", rule.text),
        (bound, value) => format!("{} {was} {value}, {} {bound}", rule.name, limit(rule)),
    };
    format!("{said}{since}.")
}

fn limit(rule: &Rule) -> &'static str {
    match rule.purpose {
        room::Purpose::Decision => "the plan acts on",
        _ => "it must be",
    }
}

/// What the plan asks for now.
fn asked(seen: &Seeing<'_>, id: &AlertId, severity: Severity) -> String {
    match seen.room.mode() {
        Mode::RollingBack => return "We are rolling back.".to_owned(),
        Mode::RolledBack => return "We have rolled back.".to_owned(),
        Mode::Prepare | Mode::Live | Mode::Watch | Mode::Closed => {}
    }
    let has_begun = seen.watching.watch.has_begun(seen.room, seen.now);
    let deadline = seen.watching.watch.deadline_of(seen.room, id);
    match (severity, deadline) {
        _ if !has_begun && severity != Severity::Medium => "We do not start before it is resolved.".to_owned(),
        (Severity::Critical, _) => "The plan says: roll back now.".to_owned(),
        (_, Some(at)) if at <= seen.now => "Its time is up, the plan says: roll back now.".to_owned(),
        (_, Some(at)) => {
            format!("We roll back at {} if it is not resolved.", on_the_wall_of_zone(at, seen.room.resolved()))
        }
        (_, None) => "We investigate.".to_owned(),
    }
}
