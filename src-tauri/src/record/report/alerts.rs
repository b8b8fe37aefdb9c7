//! The alerts: what fired, on what value, who took notice, and when fresh data said that it was over.

use std::collections::HashMap;

use jiff::Timestamp;
use room::{AlertId, Event};
use serde::Serialize;

use super::decisions::severity_word;
use super::{Seen, clock, one_line};

/// An episode of an alert.
#[derive(Serialize)]
pub(super) struct Alert {
    at: String,
    severity: &'static str,
    /// The plan's own words.
    text: String,
    /// What was seen when it fired, and since when.
    value: String,
    acknowledged: String,
    /// When it was over, and what was seen then.
    resolved: String,
}

/// The episodes, the gravest first where there are more than a page holds; else in the order of the log.
pub(super) fn alerts(seen: &Seen<'_>) -> Vec<Alert> {
    let mut found: Vec<(room::Fired, Timestamp, Alert)> = Vec::new();
    let mut open: HashMap<AlertId, usize> = HashMap::new();
    for recorded in seen.events {
        let at = recorded.occurred_at;
        match &recorded.event {
            Event::AlertFired(fired) => {
                open.insert(fired.alert.clone(), found.len());
                found.push((fired.as_ref().clone(), at, begun(seen, fired, at)));
            }
            Event::AlertAcknowledged { alert, note, .. } => {
                let Some((.., known)) = open.get(alert).and_then(|place| found.get_mut(*place)) else { continue };
                let note = if note.is_empty() { String::new() } else { format!(": {}", one_line(note)) };
                known.acknowledged = format!("{} {}{note}", recorded.actor, seen.at(at));
            }
            Event::AlertResolved { alert, seen: value } => {
                let Some((_, began, known)) = open.remove(alert).and_then(|place| found.get_mut(place)) else {
                    continue;
                };
                let value = value.as_ref().map(|value| format!(" at {}", value.words)).unwrap_or_default();
                known.resolved =
                    format!("{}{value}, after {}", seen.at(at), clock(at.duration_since(*began).as_secs()));
            }
            _ => {}
        }
    }
    if found.len() > super::MOST {
        found.sort_by_key(|(fired, ..)| std::cmp::Reverse(fired.severity));
    }
    found.into_iter().map(|(.., alert)| alert).collect()
}

fn begun(seen: &Seen<'_>, fired: &room::Fired, at: Timestamp) -> Alert {
    let value = fired.seen.as_ref().map_or(fired.why.as_str(), |value| value.words.as_str());
    let late = if fired.seen.as_ref().is_some_and(|value| value.fetched) { ", fetched afterwards" } else { "" };
    let since = if fired.since == at { String::new() } else { format!(", since {}", seen.at(fired.since)) };
    Alert {
        at: seen.at(at),
        severity: severity_word(fired.severity),
        text: one_line(if fired.text.is_empty() { &fired.name } else { &fired.text }),
        value: format!("{}{late}{since}", one_line(value)),
        acknowledged: "nobody".to_owned(),
        resolved: "fires at the end of this log".to_owned(),
    }
}
