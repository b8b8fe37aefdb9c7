//! What is observed, as the window shows it: verdict, alerts, vitals, gates, what is due.

mod alerts;
mod aloud;
mod ask;
mod blind;
mod charts;
mod criteria;
mod due;
mod gates;
mod history;
mod items;
pub(crate) mod lines;
mod silences;
mod units;
mod verdict;
mod vitals;

use jiff::{SignedDuration, Timestamp};
use plan::Severity;
use room::{Room, Rule, Signal};

pub(crate) use alerts::alerts;
pub(crate) use ask::{asked_by, asks, expected};
pub(crate) use charts::{ChartsAsked, charts_asked, charts_of_tape, stretch_of_tape};
pub(crate) use criteria::watched;
pub(crate) use due::{due, hold_due};
pub(crate) use gates::gate;
pub(crate) use history::alert_page;
pub(crate) use items::{Observation, observation, rule_of};
pub(crate) use verdict::verdict;
pub(crate) use vitals::{limit_lines, vital_of_drill, vitals};

use super::words::stopwatch;
use crate::watching::Watching;

/// A room under watch, at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seeing<'a> {
    /// The room.
    pub(crate) room: &'a Room,
    /// The watch over it.
    pub(crate) watching: &'a Watching,
    /// The moment.
    pub(crate) now: Timestamp,
}

impl Seeing<'_> {
    /// The rule of an alert.
    fn rule(&self, id: &room::AlertId) -> Option<&Rule> {
        self.watching.watch.book().rule(id)
    }

    /// What observes a signal: "Prometheus (prod)", "HTTP check api", "command lag".
    fn observer(&self, signal: &Signal) -> String {
        asked_by(self.room.config(), signal)
    }

    /// What a signal asks: its query, its address, or its command.
    fn query(&self, signal: &Signal) -> String {
        asks(self.room.config(), signal)
    }

    /// How many signals the settings name, and how many of them have a fresh answer.
    fn signals(&self) -> (usize, usize) {
        let all = all_signals(self.room);
        let fresh = all.iter().filter(|signal| self.is_seen(signal)).count();
        (all.len(), fresh)
    }

    /// Whether the last answer of a signal still counts.
    fn is_seen(&self, signal: &Signal) -> bool {
        let known = self.watching.watch.signal(signal);
        let sample = known.and_then(|known| known.sample.as_ref());
        sample.is_some_and(|sample| sample.good_until >= self.now && sample.too_few.is_none())
    }
}

/// Every signal of the settings: metrics, then probes, each in the order of their names.
pub(crate) fn all_signals(room: &Room) -> Vec<Signal> {
    let config = room.config();
    let metrics = config.metrics.keys().map(|name| Signal::Metric(name.clone()));
    let probes = config.probes.iter().filter(|(_, probe)| probe.kind.is_some());
    metrics.chain(probes.map(|(name, _)| Signal::Probe(name.clone()))).collect()
}

/// From `from` to `to` as a clock shows it; nought where it would be less.
fn clock_between(from: Timestamp, to: Timestamp) -> String {
    stopwatch(u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0))
}

/// "2 s ago", "02:04 ago".
fn ago(at: Timestamp, now: Timestamp) -> String {
    format!("{} ago", age(at, now))
}

/// "2 s", "02:04".
fn age(at: Timestamp, now: Timestamp) -> String {
    let length = now.duration_since(at).max(SignedDuration::ZERO);
    if length < SignedDuration::from_mins(1) { format!("{} s", length.as_secs()) } else { clock_between(at, now) }
}

/// The wire's word for a severity.
pub(crate) fn severity_word(severity: Severity) -> &'static str {
    super::criteria::severity_word(Some(severity))
}
