//! Thresholds in the words of people: metric, comparator, value, unit.
//!
//! Owns: what a single line says. Must not know: where in the plan it stands.

mod bound;
mod clause;
mod compare;
mod doubt;
mod metric;
mod number;
mod stretch;
mod unit;
mod value;

use super::words;
use crate::model::{Operator, Unit};
pub(crate) use doubt::Doubt;
pub(crate) use metric::{metric, more_is_better, own_name};
pub use value::{Value, value};

/// What a line says about a measurement.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Threshold {
    pub(crate) metric: Option<String>,
    pub(crate) op: Option<Operator>,
    pub(crate) value: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) unit: Option<Unit>,
    pub(crate) for_s: Option<u64>,
    pub(crate) window_s: Option<u64>,
    pub(crate) remark: Option<String>,
}

/// What one clause of a line says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Said {
    /// The clause's own words.
    pub(crate) text: String,
    /// `None` where it only looks like a threshold.
    pub(crate) threshold: Option<Threshold>,
    /// What keeps it from being compared.
    pub(crate) doubt: Option<Doubt>,
    /// "99.9 % uptime": the sentence compares nothing, the metric says which way is good.
    pub(crate) is_bare: bool,
}

/// Nobody writes a threshold so far behind the start of a line.
const LENGTH_MAX: usize = 2000;

/// Reads a line. Empty where it names nothing to compare with, and no known metric is called "normal".
pub(crate) fn sentence(text: &str) -> Vec<Said> {
    let text = words::without_signs(cut(text));
    if !clause::may_compare(&text) {
        return Vec::new();
    }
    let mut found: Vec<Said> = Vec::new();
    for part in clause::split(&text) {
        let before = found.last().and_then(|said| said.threshold.as_ref()).and_then(|said| said.metric.clone());
        clause::read(part, before.as_deref(), &mut found);
    }
    found
}

/// The first threshold of a line.
#[cfg(test)]
pub(crate) fn threshold(text: &str) -> Option<Threshold> {
    sentence(text).into_iter().find_map(|said| said.threshold)
}

/// What a line says when it is known to be a condition, number or not.
pub(crate) fn condition(text: &str) -> Vec<Said> {
    let mut found = sentence(text);
    if !found.iter().any(|said| said.threshold.is_some()) {
        let metric = metric(cut(text));
        let doubt = metric.as_deref().is_some_and(|metric| metric != "pods_ready").then_some(Doubt::Words);
        let doubt = found.iter().find_map(|said| said.doubt).or(doubt);
        let threshold = Some(Threshold { metric, ..Threshold::default() });
        found = vec![Said { text: text.to_owned(), threshold, doubt, is_bare: false }];
    }
    found
}

/// Seconds of the duration that a text in lower case begins with.
pub(crate) fn duration(lower: &str) -> Option<u64> {
    stretch::duration(lower).map(|(seconds, _)| seconds)
}

fn cut(text: &str) -> &str {
    match text.char_indices().nth(LENGTH_MAX) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let said = threshold(text).map_or_else(
            || "nothing".to_owned(),
            |found| {
                let op = found.op.map_or("in words".to_owned(), |op| sign(op).to_owned());
                let number = |value: Option<f64>| value.map_or(String::new(), |value| format!(" {value}"));
                let unit = found.unit.map_or(String::new(), |unit| format!(" {unit:?}"));
                let mut said = format!(
                    "{} {op}{}{}{unit}",
                    found.metric.as_deref().unwrap_or("?"),
                    number(found.value),
                    number(found.high)
                );
                for (name, value) in [("for", found.for_s), ("window", found.window_s)] {
                    if let Some(value) = value {
                        said.push_str(&format!(" {name} {value}s"));
                    }
                }
                if let Some(remark) = found.remark {
                    said.push_str(&format!(" [{remark}]"));
                }
                said
            },
        );
        assert_eq!(said, expected, "{text}");
    }

    fn sign(op: Operator) -> &'static str {
        match op {
            Operator::Below => "<",
            Operator::AtMost => "<=",
            Operator::Above => ">",
            Operator::AtLeast => ">=",
            Operator::Equal => "=",
            Operator::Between => "between",
        }
    }

    #[test]
    fn thresholds_as_people_write_them() {
        check("Error rate <1%", "error_rate < 1 Percent");
        check("Latency <200ms P95", "latency_p95 < 200 Ms");
        check("P95 latency >1000ms", "latency_p95 > 1000 Ms");
        check("High CPU (>80%)", "cpu > 80 Percent");
        check("✅ Error Rate: <0.1% (target: <1%)", "error_rate < 0.1 Percent [target: <1%]");
        check("✅ CPU Usage: 10-30% (limit: 500m)", "cpu between 10 30 Percent [limit: 500m]");
        check("P95 latency 200-500ms", "latency_p95 between 200 500 Ms");
        check("Error rate 1-5%", "error_rate between 1 5 Percent");
        check("Nodes ready: Minimum 3 nodes", "nodes_ready >= 3 Count");
        check("All pods running (7/7)", "pods_ready = 7 Count");
        check("✅ Pod Restarts: 0", "restarts = 0 Count");
        check("No pod restarts", "restarts = 0 Count");
        check("0 critical issues in first 24h", "critical_issues = 0 Count window 86400s");
        check("Error rate <0.1% (first hour)", "error_rate < 0.1 Percent window 3600s [first hour]");
        check("Rollback time measured (target: <15 minutes)", "rollback_time_measured < 900 S");
        check("Pod healthy (2+ minutes)", "pods_ready in words for 120s");
        check("Latency normal", "latency in words");
        check("Error rate stays above 5 % for 10 minutes", "error_rate > 5 Percent for 600s");
        check("# Expected: >90% pass rate", "expected_pass_rate > 90 Percent");
        check("Memory ≤ 1.5 GiB", "memory <= 1610612736 Bytes");
        check("throughput at least 1,200 rps", "request_rate >= 1200 Count");
    }

    #[test]
    fn what_is_no_threshold() {
        for text in [
            "Cluster version: 1.20+",
            "Documentation complete (2,500+ lines)",
            "25+ hours continuous operation verified",
            "All 7 services operational",
            "Memory leak detected",
            "50% Traffic (Three pods)",
            "Hold for 10 minutes",
            "Jan 15-20",
            "7:30-8:00 AM",
            "a -> 3, b => 4",
            "DNS A/AAAA records prepared",
            "Day 1",
            "Database connection failures",
            "v1.2.3/4",
        ] {
            check(text, "nothing");
        }
    }
}
