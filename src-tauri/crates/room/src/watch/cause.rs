//! Alerts that only follow from another one: the cause speaks, they stay visible below it, and speak once it is over.
//!
//! Careful by intent: nothing follows from what is weaker, so that a CRITICAL is quieted by a CRITICAL alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use plan::config::ProbeKind;
use plan::{Operator, Severity};

use super::{Watch, host};
use crate::alert::{AlertId, Phase, Purpose, Rule};
use crate::measure;
use crate::reading::{Fault, Measure, Signal};
use crate::state::Room;

/// What an alert follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follows {
    /// The alert that says it already.
    pub from: AlertId,
    /// Why, in words: "the same signal, and P95 latency 612 ms is worse".
    pub why: String,
}

/// A source of which nothing comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDown {
    /// Its name in the settings.
    pub source: String,
    /// Since when.
    pub since: Timestamp,
    /// Why, in words, as the first of its signals has it.
    pub why: String,
    /// How many of its signals are asked.
    pub signals: usize,
}

impl Watch {
    /// What fires only because something else does: each such alert with its cause.
    #[must_use]
    pub fn follows(&self, room: &Room, now: Timestamp) -> BTreeMap<AlertId, Follows> {
        // A HIGH whose time is up demands what a CRITICAL does.
        let rank = |id: &AlertId, severity: Severity| {
            let is_overdue = self.deadline_of(room, id).is_some_and(|deadline| deadline <= now);
            if is_overdue { Severity::Critical } else { severity }
        };
        let firing = self.firing(room, now).into_iter();
        let firing = firing.filter_map(|(id, severity)| Some((self.book.rule(&id)?, rank(&id, severity))));
        let mut firing: Vec<(&Rule, Severity)> = firing.collect();
        firing.sort_by_key(|(_, rank)| std::cmp::Reverse(*rank));

        let down = self.targets_down(room, &firing);
        let mut leading: HashMap<&Signal, Vec<&Rule>> = HashMap::new();
        let mut found = BTreeMap::new();
        for (rule, rank) in &firing {
            let same = leading.entry(&rule.signal).or_default();
            if let Some(strong) = same.iter().find(|strong| says_no_more(rule, strong)) {
                let why = format!("the same signal: {}", self.breach(&strong.id));
                found.insert(rule.id.clone(), Follows { from: strong.id.clone(), why });
                continue;
            }
            let cause = down.iter().find(|cause| cause.rank >= *rank && cause.explains(room, rule));
            if let Some(cause) = cause {
                let why = format!("{} does not answer as it should: {}", cause.host, self.breach(&cause.rule.id));
                found.insert(rule.id.clone(), Follows { from: cause.rule.id.clone(), why });
                continue;
            }
            same.push(rule);
        }
        found
    }

    /// The stronger alert of the same scale that is breached now, where there is one.
    #[must_use]
    pub fn stronger(&self, id: &AlertId) -> Option<AlertId> {
        let weak = self.book.rule(id)?;
        let of_the_scale = self.book.rules.iter().filter(|rule| rule.severity > weak.severity);
        let mut breached = of_the_scale.filter(|rule| self.phase(&rule.id) != Phase::Inactive);
        breached.find(|rule| says_no_more(weak, rule)).map(|rule| rule.id.clone())
    }

    /// The targets whose own probe fires.
    fn targets_down<'a>(&self, room: &'a Room, firing: &[(&'a Rule, Severity)]) -> Vec<Target<'a>> {
        let hosts: BTreeSet<&str> = room.config().probes.values().filter_map(|probe| http_host(&probe.kind)).collect();
        let is_only = hosts.len() == 1;
        let down = firing.iter().filter_map(|(rule, rank)| {
            let Signal::Probe(probe) = &rule.signal else { return None };
            let host = http_host(&room.config().probes.get(probe)?.kind)?;
            let last = self.signals.get(&rule.signal)?.sample.as_ref()?;
            matches!(last.measure, Measure::Failed(_)).then_some(Target { rule, rank: *rank, host, is_only })
        });
        down.collect()
    }

    /// The sources of which nothing comes at all: what cannot be seen there is one blindness, and has one reason.
    #[must_use]
    pub fn sources_down(&self, room: &Room) -> Vec<SourceDown> {
        type Faults<'a> = Vec<Option<&'a (Fault, Timestamp, u32)>>;
        let mut of_source: BTreeMap<&str, Faults<'_>> = BTreeMap::new();
        for (name, metric) in &room.config().metrics {
            let Some(known) = self.signals.get(&Signal::Metric(name.clone())) else { continue };
            // A source that answers that there is nothing is not down.
            let fault = known.fault.as_ref().filter(|(fault, _, _)| is_of_the_source(fault));
            of_source.entry(&metric.source).or_default().push(fault);
        }
        let down = of_source.into_iter().filter_map(|(source, faults)| {
            let down: Vec<_> = faults.iter().copied().collect::<Option<_>>()?;
            let first = down.iter().min_by_key(|(_, since, _)| *since)?;
            let (why, signals) = (first.0.to_string(), down.len());
            Some(SourceDown { source: source.to_owned(), since: first.1, why, signals })
        });
        down.collect()
    }
}

/// A target whose probe says that it does not answer as it should.
struct Target<'a> {
    rule: &'a Rule,
    rank: Severity,
    host: &'a str,
    is_only: bool,
}

impl Target<'_> {
    /// Whether what a rule sees is what one would see of a target that is down: its errors and its latency, where the
    /// settings look at one target alone, or the query names it.
    fn explains(&self, room: &Room, rule: &Rule) -> bool {
        let Signal::Metric(name) = &rule.signal else { return false };
        let of_traffic = ["error_rate", "latency_p50", "latency_p95", "latency_p99"];
        let metric = rule.criterion.as_ref().and_then(|criterion| criterion.metric.as_deref());
        let is_of_traffic = metric.is_some_and(|metric| of_traffic.contains(&metric));
        let query = room.config().metrics.get(name).map_or("", |metric| metric.query.as_str());
        is_of_traffic && (self.is_only || names_host(query, self.host))
    }
}

/// Whether a query names a host, as a whole word of it: `api` is not in `api-staging`.
fn names_host(query: &str, host: &str) -> bool {
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_');
    query.match_indices(host).any(|(at, found)| {
        let before = query.get(..at).and_then(|before| before.chars().next_back());
        let after = query.get(at + found.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_of_name) && !after.is_some_and(is_of_name)
    })
}

fn http_host(kind: &Option<ProbeKind>) -> Option<&str> {
    match kind.as_ref()? {
        ProbeKind::Http { url, .. } => Some(host(url)),
        _ => None,
    }
}

/// Whether a fault is the source's, and not that of one query.
fn is_of_the_source(fault: &Fault) -> bool {
    fault.is_of_the_way()
        || matches!(
            fault,
            Fault::Refused
                | Fault::Status { .. }
                | Fault::NotTheApi { .. }
                | Fault::Untrusted { .. }
                | Fault::NoSecret { .. }
        )
}

/// Whether the alert of one rule is no news beside that of another of the same signal: both are breached in the same
/// direction, or the weaker is a range that ends where the stronger begins.
fn says_no_more(weak: &Rule, strong: &Rule) -> bool {
    if weak.signal != strong.signal {
        return false;
    }
    if let (Some(weak), Some(strong)) = (is_breached_above(weak), is_breached_above(strong)) {
        return weak == strong;
    }
    is_range_below(weak, strong)
}

/// Whether more of it is worse; `None` where that cannot be said.
fn is_breached_above(rule: &Rule) -> Option<bool> {
    // A decision names what must not be, everything else what must.
    let names_the_breach = rule.purpose == Purpose::Decision;
    match rule.criterion.as_ref()?.op? {
        Operator::Above | Operator::AtLeast => Some(names_the_breach),
        Operator::Below | Operator::AtMost => Some(!names_the_breach),
        Operator::Equal | Operator::Between => None,
    }
}

/// "200-500 ms" beside "> 500 ms": two levels of one scale.
fn is_range_below(weak: &Rule, strong: &Rule) -> bool {
    let (Some(range), Some(bound)) = (&weak.criterion, &strong.criterion) else { return false };
    let is_range = range.op == Some(Operator::Between) && weak.purpose == Purpose::Decision;
    let (Some(low), Some(high), Some(bound_value), true) = (range.value, range.high, bound.value, is_range) else {
        return false;
    };
    let in_own =
        |value: f64| bound.unit.zip(range.unit).and_then(|(from, to)| measure::converted(value, from, Some(to)));
    let Some(bound) = in_own(bound_value).or((bound.unit == range.unit).then_some(bound_value)) else { return false };
    match is_breached_above(strong) {
        Some(true) => high <= bound,
        Some(false) => low >= bound,
        None => false,
    }
}
