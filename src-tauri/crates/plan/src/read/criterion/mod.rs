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

use super::signs::Signs;
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

/// Whether a figure, a blank or a sign that compares may stand in a line of such signs.
pub(crate) fn may_have_sign(signs: Signs) -> bool {
    signs.has_digit() || signs.has_any(b"<>=_[") || signs.has_others()
}

/// The words one of which a line has that compares without those.
pub(crate) fn words_that_compare() -> impl Iterator<Item = &'static str> {
    clause::words_that_compare()
}

/// Reads a line. Empty where it names nothing to compare with, and no known metric is called "normal".
pub(crate) fn sentence(text: &str) -> Vec<Said> {
    sentence_after(text, None)
}

/// Reads a part of a line; without a metric of its own it speaks of the one before it.
pub(crate) fn sentence_after(text: &str, metric: Option<&str>) -> Vec<Said> {
    let text = words::without_signs(cut(text));
    if !clause::may_compare(&text) {
        return Vec::new();
    }
    let mut found: Vec<Said> = Vec::new();
    let (parts, mut look) = clause::split(&text);
    for part in parts {
        let before = found.last().and_then(|said| said.threshold.as_ref()).and_then(|said| said.metric.clone());
        clause::read(part, before.as_deref().or(metric), look.take(), &mut found);
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
    if text.len() <= LENGTH_MAX {
        return text;
    }
    match text.char_indices().nth(LENGTH_MAX) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(said(text), expected, "{text}");
    }

    fn said(text: &str) -> String {
        threshold(text).map_or_else(
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
        )
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
    fn sentences_as_people_write_them() {
        let lines = [
            ("roll back if the error rate stays above 5 % for 10 minutes", "error_rate > 5 Percent for 600s"),
            ("alert if P99 exceeds 2 s", "latency_p99 > 2 S"),
            ("error rate must not exceed 1%", "error_rate <= 1 Percent"),
            ("no more than 3 restarts", "restarts <= 3 Count"),
            ("at least 3 of 5 nodes are ready", "nodes_ready >= 3 Count [of 5]"),
            ("CPU between 10 and 20 %", "cpu between 10 20 Percent"),
            ("Latency ± 10 % of baseline", "latency in words"),
            ("2x baseline latency", "latency in words"),
            ("error rate below 0,5 %", "error_rate < 0.5 Percent"),
            ("99.95 % uptime", "availability >= 99.95 Percent"),
            ("Availability drops below 99.9%", "availability < 99.9 Percent"),
            ("Certificate: > 30 days remaining", "certificate_remaining > 2592000 S"),
            ("Responses within 500 ms", "latency <= 500 Ms"),
            ("CPU below 500m", "cpu < 0.5 Cores"),
            ("> 50 errors/24h", "errors > 50 Count window 86400s"),
            ("latency over 2 s for 5 min", "latency > 2 S for 300s"),
            ("5-minute average latency over 2 s", "latency > 2 S window 300s"),
            ("Service unavailable for > 5 minutes", "service_unavailable > 300 S"),
            ("All pods running for > 30 minutes", "pods_ready in words for 1800s"),
            ("All pods healthy (0 crashes in 12h)", "crashes = 0 Count window 43200s"),
            ("Response time < 500ms (p95)", "latency_p95 < 500 Ms [p95]"),
            ("Fehlerrate höchstens 1 %", "error_rate <= 1 Percent"),
            ("Latencia mayor que 2 s", "latency > 2 S"),
            ("время ответа не более 300 мс", "latency <= 300 Ms"),
            ("latency < 200", "latency in words"),
        ];
        let wrong = lines.into_iter().filter(|(text, expected)| said(text) != *expected);
        let wrong: Vec<_> = wrong.map(|(text, expected)| (text, said(text), expected)).collect();
        assert_eq!(wrong, []);
    }

    #[test]
    fn what_keeps_a_line_from_being_compared() {
        let doubt = |text: &str| sentence(text).first().and_then(|said| said.doubt);
        assert_eq!(doubt("error rate < [X]%"), Some(Doubt::NoNumber));
        assert_eq!(doubt("latency under ____"), Some(Doubt::NoNumber));
        assert_eq!(doubt("latency <TBD ms"), Some(Doubt::NoNumber));
        assert_eq!(doubt("CPU less than usual"), Some(Doubt::NoNumber));
        assert_eq!(doubt("Memory < 10 % above baseline"), Some(Doubt::Relative));
        assert_eq!(doubt("latency 200-500"), Some(Doubt::NoUnit));
        assert_eq!(doubt("> 5"), Some(Doubt::NoMetric));
        assert_eq!(doubt("Latency normal"), Some(Doubt::Words));
        assert_eq!(doubt("Deploy <VERSION> of the latency probe"), None);
        assert_eq!(doubt("Is the latency elevated?"), None);
        assert_eq!(doubt("Error rate < 1%"), None);
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
            "Python > 3.12",
            "Go to Settings > 2 > Alerts",
            "<20: not ready",
            "Read it (< 5 minutes to read)",
            "Incident response called within 1 hour",
            "Checkout Z=0 first",
            "24/7 on call",
        ] {
            check(text, "nothing");
        }
    }
}
