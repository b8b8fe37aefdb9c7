//! Criteria inside fences: lines of metrics, pseudo-code that tells when to turn back, remarks of scripts.

use crate::model::{Severity, Unit};
use crate::read::criterion::{self, Said};
use crate::read::words;

/// A line of a fence that is a criterion.
pub(super) struct Line {
    /// Its row, from 0.
    pub(super) row: usize,
    pub(super) text: String,
    pub(super) said: Vec<Said>,
    pub(super) is_breach: bool,
    /// What the lines below it do when it is true.
    pub(super) demand: Option<Severity>,
}

/// The lines of a fence that is no script: `name: bound` with a metric of the vocabulary; anything else in a fence is an
/// example, a template or an output.
pub(super) fn metric_lines(text: &str) -> Vec<Line> {
    let rows = text.lines().enumerate().filter(|(_, line)| is_metric_line(line));
    rows.map(|(row, line)| {
        let text = words::without_signs(line).into_owned();
        let mut said = criterion::sentence(&text);
        said.retain(|said| !said.is_bare);
        Line { row, text, said, is_breach: false, demand: None }
    })
    .collect()
}

fn is_metric_line(text: &str) -> bool {
    if !text.contains(':') {
        return false;
    }
    // "if error_rate > 5%:" tells when to turn back.
    let is_condition = ["if ", "elif ", "when "].iter().any(|word| text.trim_start().starts_with(word));
    !is_condition
        && words::labelled(&words::without_signs(text)).is_some_and(|(name, _)| criterion::metric(name).is_some())
}

/// `if error_rate > 5% or latency_p99 > 2000ms:` with a way back or a call below it.
pub(super) fn conditions(text: &str) -> Vec<Line> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let line = line.trim();
        if !line.contains(['<', '>']) {
            continue;
        }
        let lower = line.to_lowercase();
        let is_condition = ["if ", "elif ", "when ", "else if "].iter().any(|word| lower.starts_with(word));
        // `if [ $x -gt 5 ]` and `if (( … ))` are the shell's own.
        if !is_condition || line.contains("[ ") || line.contains("((") || line.contains('$') {
            continue;
        }
        let does = |names: &[&str]| {
            let mut below = lines.iter().skip(row).take(4).map(|line| words::plain(line).replace('_', " "));
            below.any(|line| words::has_any(&line, names))
        };
        let turns_back = does(&["rollback", "roll back", "abort", "revert"]);
        let acts = turns_back || does(&["page", "alert", "pause", "halt"]);
        let demand = turns_back.then_some(Severity::Critical);
        let condition = line.trim_end_matches([':', '{', ' ']).trim_end_matches("then").trim().trim_end_matches(';');
        let mut said = criterion::sentence(condition);
        said.retain(|said| {
            said.threshold
                .as_ref()
                .is_some_and(|threshold| threshold.metric.as_deref().and_then(criterion::metric).is_some())
        });
        if said.is_empty() || !acts {
            continue;
        }
        let joined = if lower.contains(" or ") || lower.contains("||") { "or" } else { "and" };
        if said.len() > 1 {
            for threshold in said.iter_mut().filter_map(|said| said.threshold.as_mut()) {
                let remark = threshold.remark.take().into_iter().chain([joined.to_owned()]).collect::<Vec<_>>();
                threshold.remark = Some(remark.join("; "));
            }
        }
        found.push(Line { row, text: condition.to_owned(), said, is_breach: true, demand });
    }
    found
}

/// `├─→ Error rate > 10%?` in a drawn tree that leads to a rollback.
pub(super) fn questions(text: &str) -> Vec<Line> {
    if !text.contains(['├', '└']) || !words::has_any(&text.to_lowercase(), &["rollback", "roll back"]) {
        return Vec::new();
    }
    let asks = |line: &&str| line.trim_end().ends_with('?') && line.contains(['<', '>', '≤', '≥']);
    let rows = text.lines().enumerate().filter(|(_, line)| asks(line));
    rows.map(|(row, line)| {
        let text = words::without_signs(line).trim_end_matches('?').to_owned();
        let mut said = criterion::sentence(&text);
        // How long it takes to mend something is no measurement.
        said.retain(|said| {
            said.threshold.as_ref().is_some_and(|threshold| threshold.op.is_some() && threshold.unit != Some(Unit::S))
        });
        Line { row, text, said, is_breach: true, demand: None }
    })
    .filter(|line| !line.said.is_empty())
    .collect()
}

/// `# Watch: P95 < 1500ms, errors < 2%`, `# Error rate (should be < 1%)`: remarks of a script with a known metric.
pub(super) fn remarks(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    for (row, line) in text.lines().enumerate() {
        let Some(remark) = line.trim_start().strip_prefix('#') else { continue };
        if !remark.contains(['<', '>', '≤', '≥']) {
            continue;
        }
        let remark = remark.trim_start_matches(['#', ' ', '-', '*', '•']);
        let plain = words::plain(remark);
        let asks = words::has_any(
            &plain,
            &["watch", "should", "must", "target", "expect", "monitor", "slo", "limit", "ok if", "healthy if"],
        );
        // What a comment promises about a command is read with the command.
        let is_promise = words::labelled(&plain).is_some_and(|(name, _)| words::has_any(name, &["expected", "expect"]));
        if !asks || is_promise {
            continue;
        }
        // "Query time (should be < 200ms)" says so itself, whatever it measures.
        let says_limit = words::has_any(&plain, &["should be", "must be", "should stay", "must stay"]);
        let mut said = criterion::sentence(remark);
        said.retain(|said| {
            said.doubt.is_none()
                && said.threshold.as_ref().is_some_and(|threshold| {
                    threshold.op.is_some()
                        && (says_limit
                            || threshold.metric.as_deref().is_some_and(|metric| criterion::metric(metric).is_some()))
                })
        });
        if !said.is_empty() {
            found.push(Line { row, text: remark.to_owned(), said, is_breach: false, demand: None });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_tree_asks_whether_to_turn_back() {
        let tree =
            "├─→ Errors > 10%?\n│   └─→ Mended in < 1 hour? → wait\n└─→ Mended in < 2 hours?\n    └─→ NO → ROLLBACK\n";
        let found = questions(tree);
        assert_eq!(found.iter().map(|line| (line.row, line.is_breach)).collect::<Vec<_>>(), [(0, true)]);
        assert!(questions("├─→ Errors > 10%?\n").is_empty());
        assert!(metric_lines("if error_rate > 5%:").is_empty());
        assert_eq!(
            remarks("# Query time (should be < 200ms)\n# Query time < 200ms\n# Wait < 5 min, watch it\n").len(),
            1
        );
    }

    fn shown(lines: &[Line]) -> Vec<String> {
        let line = |line: &Line| {
            let said: Vec<String> = line
                .said
                .iter()
                .filter_map(|said| said.threshold.as_ref())
                .map(|one| format!("{}:{}", one.metric.as_deref().unwrap_or("?"), one.value.unwrap_or(f64::NAN)))
                .collect();
            format!("{} {}", line.row, said.join(","))
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn pseudo_code_and_remarks() {
        assert_eq!(
            shown(&conditions("x\nif error_rate > 5% or latency_p99 > 2000ms:\n  rollback()\n")),
            ["1 error_rate:5,latency_p99:2000"]
        );
        assert!(conditions("if cpu > 5%:\n  print(1)\n").is_empty());
        assert!(conditions("if [ $cpu > 5 ]; then rollback; fi\n").is_empty());
        assert_eq!(
            shown(&remarks("ls\n# Watch: P95 < 1500ms, error < 2%\n# rows > 5\n")),
            ["1 latency_p95:1500,error_rate:2"]
        );
        assert_eq!(shown(&remarks("# - Error rate (should be < 1%)\n")), ["0 error_rate:1"]);
        assert_eq!(
            shown(&metric_lines("Error Rate: <0.1% (target: <1%)\nName: x\nAvailability: 99.9%\n")),
            ["0 error_rate:0.1", "2 "]
        );
    }
}
