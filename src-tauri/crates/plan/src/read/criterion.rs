//! Thresholds in the words of people: metric, comparator, value, unit.
//!
//! Owns: what a single line says. Must not know: where in the plan it stands.

use super::{when, words};
use crate::model::{Operator, Unit};

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

/// A bound, and where in the text it stood.
struct Bound {
    op: Operator,
    value: f64,
    high: Option<f64>,
    unit: Unit,
    start: usize,
    end: usize,
}

/// Reads a line. `None` where it names no number to compare with, unless a known metric is called "normal".
pub(crate) fn threshold(text: &str) -> Option<Threshold> {
    let text = words::without_signs(text);
    let (outside, inside) = words::brackets(&text);
    // A bound in brackets counts where there is none outside: "High CPU (>80%)", "All pods running (7/7)".
    let (bound, name, mut remarks) = match bound(&outside) {
        Some(bound) => {
            let name =
                format!("{} {}", outside.get(..bound.start).unwrap_or(""), outside.get(bound.end..).unwrap_or(""));
            (Some(bound), name, inside)
        }
        None => {
            let at = inside.iter().position(|part| bound_in_brackets(part).is_some());
            let bound = at.and_then(|at| inside.get(at)).and_then(|part| bound_in_brackets(part));
            let rest = inside.iter().enumerate().filter(|(index, _)| Some(*index) != at).map(|(_, part)| part.clone());
            (bound, outside.clone(), rest.collect())
        }
    };
    let name = name.replace(':', " ");
    let metric = metric(&name);
    let lower = name.to_lowercase();
    let window_s = window_s(&lower).or_else(|| remarks.iter().find_map(|remark| window_s(&remark.to_lowercase())));
    let for_s = duration_after_for(&lower);
    if let Some(bound) = bound {
        return Some(Threshold {
            metric: metric.or_else(|| own_name(&lower)),
            op: Some(bound.op),
            value: Some(bound.value),
            high: bound.high,
            unit: Some(bound.unit),
            for_s,
            window_s,
            remark: join(&remarks),
        });
    }
    let known = metric?;
    if words::has_any(&lower, &["no", "zero"]) && matches!(known.as_str(), "restarts" | "failed_requests") {
        return Some(Threshold {
            metric: Some(known),
            op: Some(Operator::Equal),
            value: Some(0.0),
            unit: Some(Unit::Count),
            window_s,
            remark: join(&remarks),
            ..Threshold::default()
        });
    }
    if words::has_any(&lower, &["normal", "healthy", "stable", "nominal"]) {
        // "Pod healthy (2+ minutes)": the bracket is how long, not a bound.
        let at = remarks.iter().position(|remark| when::duration_s(remark).is_some());
        let for_s = at.map(|at| remarks.remove(at)).and_then(|remark| when::duration_s(&remark)).or(for_s);
        return Some(Threshold {
            metric: Some(known),
            for_s,
            window_s,
            remark: join(&remarks),
            ..Threshold::default()
        });
    }
    None
}

/// What a line says when it is known to be a condition, number or not.
pub(crate) fn condition(text: &str) -> Threshold {
    threshold(text).unwrap_or_else(|| Threshold { metric: metric(&words::without_signs(text)), ..Threshold::default() })
}

fn join(remarks: &[String]) -> Option<String> {
    (!remarks.is_empty()).then(|| remarks.join("; "))
}

fn window_s(lower: &str) -> Option<u64> {
    let at = lower.find("first ")?;
    let rest = lower.get(at + 6..)?;
    if rest.trim_start().starts_with(|character: char| character.is_ascii_digit()) {
        return when::duration_s(rest);
    }
    rest.split_whitespace().next().and_then(when::unit_s)
}

fn duration_after_for(lower: &str) -> Option<u64> {
    let at = lower.find("for ")?;
    let rest = lower.get(at + 4..)?;
    rest.starts_with(|character: char| character.is_ascii_digit()).then(|| when::duration_s(rest)).flatten()
}

/// The vocabulary's name for what a text measures.
pub(crate) fn metric(text: &str) -> Option<String> {
    let lower = words::plain(text);
    let percentile = ["p50", "p95", "p99"].into_iter().find(|name| words::has(&lower, name));
    let name = if words::has_any(&lower, &["error rate", "error rates", "errors rate", "error ratio"]) {
        "error_rate"
    } else if words::has_any(&lower, &["latency", "response time", "response times"]) || percentile.is_some() {
        return Some(percentile.map_or_else(|| "latency".to_owned(), |percentile| format!("latency_{percentile}")));
    } else if words::has_any(&lower, &["request rate", "throughput", "rps", "requests per second"]) {
        "request_rate"
    } else if words::has_any(&lower, &["failed requests"]) {
        "failed_requests"
    } else if words::has_any(&lower, &["cpu", "cpu usage"]) {
        "cpu"
    } else if words::has_any(&lower, &["memory usage", "memory"]) && !words::has(&lower, "memory leak") {
        "memory"
    } else if words::has_any(&lower, &["restarts", "pod restarts", "restart count"]) {
        "restarts"
    } else if words::has_any(&lower, &["pods", "pod", "replicas"])
        && words::has_any(&lower, &["running", "healthy", "ready", "available"])
    {
        "pods_ready"
    } else {
        return None;
    };
    Some(name.to_owned())
}

/// A name made from the words, where the vocabulary has none: "Nodes ready" is `nodes_ready`.
fn own_name(lower: &str) -> Option<String> {
    const FILLING: [&str; 14] =
        ["minimum", "min", "maximum", "max", "at", "least", "most", "than", "in", "the", "first", "for", "a", "of"];
    let mut parts: Vec<&str> = Vec::new();
    for word in lower.split(|character: char| !character.is_alphanumeric()) {
        let is_number = word.starts_with(|character: char| character.is_ascii_digit());
        if !word.is_empty() && !is_number && !FILLING.contains(&word) && !parts.contains(&word) && parts.len() < 4 {
            parts.push(word);
        }
    }
    (!parts.is_empty()).then(|| parts.join("_"))
}

/// A bound that fills a bracket: ">80%", "7/7", "target: <15 minutes". A duration alone is none.
fn bound_in_brackets(part: &str) -> Option<Bound> {
    let value = words::labelled(part).map_or(part, |(_, value)| value);
    bound(value).filter(|bound| value.get(..bound.start).is_some_and(|before| before.trim().is_empty()))
}

/// The first bound of a text.
fn bound(text: &str) -> Option<Bound> {
    let starts = text.char_indices().map(|(at, _)| at);
    let lower = text.to_lowercase();
    // Lower case may change the length of rare letters; then only the signs are looked for.
    let lower = if lower.len() == text.len() { lower } else { text.to_owned() };
    for at in starts {
        let rest = lower.get(at..).unwrap_or("");
        let before = lower.get(..at).and_then(|head| head.chars().next_back());
        if let Some((op, length)) = comparator(rest, before) {
            let number_at = at + length;
            let tail = lower.get(number_at..).unwrap_or("");
            let blanks = tail.len() - tail.trim_start().len();
            if let Some((value, taken)) = number(tail.trim_start()) {
                let after = tail.get(blanks + taken..).unwrap_or("");
                let (unit, scale, unit_length) = unit(after);
                let end = number_at + blanks + taken + unit_length;
                return Some(Bound { op, value: value * scale, high: None, unit, start: at, end });
            }
        }
        let begins_number = rest.starts_with(|character: char| character.is_ascii_digit())
            && !before.is_some_and(|character| {
                character.is_alphanumeric() || matches!(character, '.' | ',' | '-' | '/' | ':')
            });
        if begins_number && let Some(bound) = of_numbers(&lower, at, rest) {
            return Some(bound);
        }
    }
    None
}

/// A bound that begins with a number: a range, a count of all, "0 critical issues", or `name: 0`.
fn of_numbers(lower: &str, at: usize, rest: &str) -> Option<Bound> {
    let (first, taken) = number(rest)?;
    let after = rest.get(taken..).unwrap_or("");
    let (own_unit, own_scale, own_length) = unit(after);
    let gap = after.get(own_length..).unwrap_or("");
    let dash = gap.trim_start();
    let separator = ["-", "–", "—", "to "].into_iter().find(|sign| dash.starts_with(sign));
    if let Some(separator) = separator {
        let tail = dash.get(separator.len()..).unwrap_or("").trim_start();
        if let Some((second, second_taken)) = number(tail) {
            let (unit, scale, unit_length) = unit(tail.get(second_taken..).unwrap_or(""));
            // Without a unit it may be a date or a list of numbers; a stretch of time is no measurement by itself.
            if unit_length > 0 && second > first && !matches!(unit, Unit::S) {
                let end = lower.len() - tail.len() + second_taken + unit_length;
                let first_scale = if own_length > 0 { own_scale } else { scale };
                return Some(Bound {
                    op: Operator::Between,
                    value: first * first_scale,
                    high: Some(second * scale),
                    unit,
                    start: at,
                    end,
                });
            }
        }
        return None;
    }
    if let Some(all) = after.strip_prefix('/') {
        let (second, second_taken) = number(all)?;
        let ends =
            !all.get(second_taken..)?.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '/' | '.'));
        let whole = first.fract() == 0.0 && second.fract() == 0.0 && first == second;
        return (ends && whole).then_some(Bound {
            op: Operator::Equal,
            value: second,
            high: None,
            unit: Unit::Count,
            start: at,
            end: at + taken + 1 + second_taken,
        });
    }
    let before = lower.get(..at).unwrap_or("").trim_end();
    let rest_is_empty = after.trim().is_empty();
    let is_zero_of = first == 0.0 && before.is_empty() && after.starts_with(' ');
    let is_value_of = before.ends_with(':') && rest_is_empty;
    (is_zero_of || is_value_of).then_some(Bound {
        op: Operator::Equal,
        value: first * own_scale,
        high: None,
        unit: own_unit,
        start: at,
        end: at + taken,
    })
}

/// The comparator that a text begins with, and its length.
fn comparator(rest: &str, before: Option<char>) -> Option<(Operator, usize)> {
    const SIGNS: [(&str, Operator); 8] = [
        ("<=", Operator::AtMost),
        (">=", Operator::AtLeast),
        ("≤", Operator::AtMost),
        ("≥", Operator::AtLeast),
        ("==", Operator::Equal),
        ("<", Operator::Below),
        (">", Operator::Above),
        ("=", Operator::Equal),
    ];
    const WORDS: [(&str, Operator); 18] = [
        ("no more than ", Operator::AtMost),
        ("no less than ", Operator::AtLeast),
        ("not more than ", Operator::AtMost),
        ("less than ", Operator::Below),
        ("more than ", Operator::Above),
        ("greater than ", Operator::Above),
        ("lower than ", Operator::Below),
        ("higher than ", Operator::Above),
        ("at least ", Operator::AtLeast),
        ("at most ", Operator::AtMost),
        ("minimum ", Operator::AtLeast),
        ("min ", Operator::AtLeast),
        ("maximum ", Operator::AtMost),
        ("max ", Operator::AtMost),
        ("below ", Operator::Below),
        ("under ", Operator::Below),
        ("above ", Operator::Above),
        ("over ", Operator::Above),
    ];
    if let Some((sign, op)) = SIGNS.into_iter().find(|(sign, _)| rest.starts_with(sign)) {
        let is_arrow = before.is_some_and(|before| matches!(before, '-' | '=' | '<'));
        return (!is_arrow).then_some((op, sign.len()));
    }
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let (word, op) = WORDS.into_iter().find(|(word, _)| rest.starts_with(word))?;
    let extra = rest.get(word.len()..)?;
    let filling = ["of ", "a ", "about "].into_iter().find(|filling| extra.starts_with(filling)).map_or(0, str::len);
    Some((op, word.len() + filling))
}

/// A value that a person wrote down, in its own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The number, brought into `unit`.
    pub number: f64,
    /// Its unit; `None` where none was written.
    pub unit: Option<Unit>,
}

/// The value that a text begins with: "0.4 %", "350ms", "7/7". `None` where it begins with words.
#[must_use]
pub fn value(text: &str) -> Option<Value> {
    let lower = text.trim().to_lowercase();
    let (number, taken) = number(&lower)?;
    let (unit, factor, length) = unit(lower.get(taken..).unwrap_or(""));
    let unit = (length > 0).then_some(unit);
    Some(Value { number: number * factor, unit })
}

impl Value {
    /// The number in another unit; `None` where the units measure different things, or where a value without a unit
    /// would have to be guessed: 0.004 may be a ratio or a percentage.
    #[must_use]
    pub fn in_unit(self, wanted: Unit) -> Option<f64> {
        match (self.unit, wanted) {
            (Some(unit), wanted) if unit == wanted => Some(self.number),
            (None, Unit::Count) => Some(self.number),
            (Some(Unit::S), Unit::Ms) => Some(self.number * 1000.0),
            (Some(Unit::Ms), Unit::S) => Some(self.number / 1000.0),
            (Some(Unit::Ratio), Unit::Percent) => Some(self.number * 100.0),
            (Some(Unit::Percent), Unit::Ratio) => Some(self.number / 100.0),
            _ => None,
        }
    }
}

/// The number that a text begins with: `0.1`, `1,000`, `99.95`. Not a version (`1.2.3`), not a time (`6:30`).
fn number(text: &str) -> Option<(f64, usize)> {
    let length = text
        .find(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | ',')))
        .unwrap_or(text.len());
    let digits = text.get(..length)?.trim_end_matches(['.', ',']);
    let after = text.get(digits.len()..).unwrap_or("");
    if after.starts_with(':') && after.get(1..)?.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<&str> = digits.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let are_thousands = rest.iter().all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3));
    if !first.starts_with(|character: char| character.is_ascii_digit())
        || !rest.is_empty() && (!are_thousands || first.len() > 3)
    {
        return None;
    }
    digits.replace(',', "").parse().ok().map(|value| (value, digits.len()))
}

/// The unit that a text begins with (after one blank at most), the factor that brings a value into it, and the length.
fn unit(text: &str) -> (Unit, f64, usize) {
    const UNITS: [(&str, Unit, f64); 36] = [
        ("milliseconds", Unit::Ms, 1.0),
        ("percent", Unit::Percent, 1.0),
        ("seconds", Unit::S, 1.0),
        ("minutes", Unit::S, 60.0),
        ("second", Unit::S, 1.0),
        ("minute", Unit::S, 60.0),
        ("hours", Unit::S, 3600.0),
        ("cores", Unit::Cores, 1.0),
        ("bytes", Unit::Bytes, 1.0),
        ("hour", Unit::S, 3600.0),
        ("days", Unit::S, 86_400.0),
        ("core", Unit::Cores, 1.0),
        ("secs", Unit::S, 1.0),
        ("mins", Unit::S, 60.0),
        ("day", Unit::S, 86_400.0),
        ("hrs", Unit::S, 3600.0),
        ("sec", Unit::S, 1.0),
        ("min", Unit::S, 60.0),
        ("kib", Unit::Bytes, 1024.0),
        ("mib", Unit::Bytes, 1_048_576.0),
        ("gib", Unit::Bytes, 1_073_741_824.0),
        ("tib", Unit::Bytes, 1_099_511_627_776.0),
        ("hr", Unit::S, 3600.0),
        ("kb", Unit::Bytes, 1e3),
        ("mb", Unit::Bytes, 1e6),
        ("gb", Unit::Bytes, 1e9),
        ("tb", Unit::Bytes, 1e12),
        ("ki", Unit::Bytes, 1024.0),
        ("mi", Unit::Bytes, 1_048_576.0),
        ("gi", Unit::Bytes, 1_073_741_824.0),
        ("ms", Unit::Ms, 1.0),
        ("%", Unit::Percent, 1.0),
        ("s", Unit::S, 1.0),
        ("m", Unit::S, 60.0),
        ("h", Unit::S, 3600.0),
        ("d", Unit::S, 86_400.0),
    ];
    let body = text.strip_prefix(' ').unwrap_or(text);
    let blank = text.len() - body.len();
    for (name, unit, factor) in UNITS {
        if let Some(after) = body.strip_prefix(name) {
            let is_whole = name == "%" || !after.starts_with(|next: char| next.is_alphanumeric());
            if is_whole {
                return (unit, factor, blank + name.len());
            }
        }
    }
    (Unit::Count, 1.0, 0)
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
