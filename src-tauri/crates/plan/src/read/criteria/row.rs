//! Rows of tables: what is measured in one column, its bound in another, what a breach demands in a third.

use crate::model::{Operator, Severity, Unit};
use crate::read::criterion::{self, Said, Threshold};
use crate::read::words;

use super::decision;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    /// A bound; a column called "Critical" or "Warning" says also what its breach demands.
    Bound {
        severity: Option<Severity>,
        is_breach: bool,
    },
    Severity,
    Window,
    Other,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowSaid {
    pub(super) said: Said,
    pub(super) severity: Option<Severity>,
    /// Whether the table tells when to turn back or to call.
    pub(super) is_breach: bool,
}

fn column(head: &str) -> Column {
    let plain = words::plain(head);
    let is = |names: &[&str]| words::has_any(&plain, names);
    if is(&["threshold", "thresholds", "schwelle", "schwellwert", "umbral", "limiar", "seuil", "eşik", "порог"]) {
        let severity = decision::severity(&plain);
        return Column::Bound { severity, is_breach: severity.is_some() || is(&["alert", "rollback", "abort"]) };
    }
    if is(&[
        "rollback if",
        "roll back if",
        "abort if",
        "alert if",
        "page if",
        "rollback when",
        "roll back when",
        "alert when",
        "trigger",
    ]) {
        return Column::Bound { severity: None, is_breach: true };
    }
    if matches!(plain.as_str(), "critical" | "warning" | "warn" | "high" | "medium" | "p0" | "p1" | "page" | "ticket") {
        return Column::Bound { severity: decision::severity(&plain), is_breach: true };
    }
    if is(&["severity", "priority", "level", "schwere", "severidad", "gravité"]) {
        return Column::Severity;
    }
    if is(&[
        "target",
        "expected",
        "expect",
        "limit",
        "slo",
        "sla",
        "goal",
        "objective",
        "acceptable",
        "requirement",
        "pass",
        "condition",
        "definition",
        "criteria",
        "criterion",
        "ziel",
        "soll",
        "objetivo",
        "meta",
        "objectif",
        "hedef",
        "цель",
        "норма",
    ]) {
        return Column::Bound { severity: None, is_breach: false };
    }
    if is(&["window", "duration", "for", "period"]) {
        return Column::Window;
    }
    if is(&[
        "metric",
        "alert",
        "indicator",
        "signal",
        "kpi",
        "sli",
        "check",
        "measure",
        "test",
        "item",
        "what",
        "name",
        "symptom",
        "metrik",
        "métrica",
        "métrique",
        "metrika",
        "метрика",
    ]) {
        return Column::Name;
    }
    Column::Other
}

/// Reads a row by its table's head.
pub(super) fn read(head: &[String], cells: &[String]) -> Vec<RowSaid> {
    let columns: Vec<Column> = head.iter().map(|head| column(head)).collect();
    let is_alert_table = head.iter().any(|head| words::has_any(&words::plain(head), &["alert", "alarm"]))
        || columns.contains(&Column::Severity)
            && head
                .iter()
                .any(|head| words::has_any(&words::plain(head), &["action", "response", "threshold", "response time"]));
    let at = |wanted: Column| columns.iter().position(|column| *column == wanted);
    let cell = |at: usize| cells.get(at).map(|cell| words::without_signs(cell)).unwrap_or_default();
    let name_at = at(Column::Name).or_else(|| (0..cells.len()).find(|at| is_name(&cell(*at))));
    let name = name_at.map(cell).unwrap_or_default();
    let of_row = at(Column::Severity).and_then(|at| decision::severity(&words::plain(&cell(at))));
    let for_s = at(Column::Window).and_then(|at| window(&cell(at)));
    let mut found = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        let Column::Bound { severity, is_breach } = *column else { continue };
        if Some(place) == name_at {
            continue;
        }
        let is_breach = is_breach || is_alert_table;
        for mut said in bound_cell(&name, &cell(place), is_breach) {
            if let Some(threshold) = said.threshold.as_mut() {
                threshold.window_s = threshold.window_s.or(for_s);
            }
            found.push(RowSaid { said, severity: severity.or(of_row), is_breach });
        }
    }
    if found.is_empty() {
        found.extend(sentences(&name, name_at, cells, is_alert_table, of_row));
    }
    found
}

/// Cells that say it themselves: "Alerts are sent if it is > 300 s", or a name such as "Error rate < 1 %".
fn sentences(
    name: &str,
    name_at: Option<usize>,
    cells: &[String],
    is_alert_table: bool,
    severity: Option<Severity>,
) -> Vec<RowSaid> {
    let mut found = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let clean = words::without_signs(cell);
        let is_name = Some(at) == name_at;
        let mut all = criterion::sentence(&clean);
        all.retain(|said| said.threshold.as_ref().is_some_and(|threshold| threshold.op.is_some()) && !said.is_bare);
        let breaches = decision::breaches(all.iter().map(|said| said.text.as_str()));
        for (mut said, is_order) in all.into_iter().zip(breaches) {
            if !is_name && let Some(threshold) = said.threshold.as_mut() {
                rename(threshold, name);
            }
            found.push(RowSaid { said, severity, is_breach: is_order || is_alert_table });
        }
    }
    found
}

/// "Sessions | … alerts are sent if it is > 7500": the row's name says what "it" is.
fn rename(threshold: &mut Threshold, name: &str) {
    let known = threshold.metric.as_deref().is_some_and(|metric| criterion::more_is_better(metric).is_some());
    if known {
        return;
    }
    if let Some(better) = criterion::metric(name) {
        threshold.metric = Some(better);
    } else if let Some(own) = criterion::own_name(name) {
        threshold.metric = Some(own);
    }
}

/// A cell of a column of bounds, read with its row's name before it.
fn bound_cell(name: &str, cell: &str, is_breach: bool) -> Vec<Said> {
    if cell.is_empty()
        || !cell.chars().any(|character| character.is_ascii_digit() || matches!(character, '<' | '>' | '_'))
            && !words::has_any(&words::plain(cell), &["zero", "none", "normal", "stable"])
    {
        return Vec::new();
    }
    let line = if name.is_empty() { cell.to_owned() } else { format!("{name}: {cell}") };
    let mut all = criterion::sentence(&line);
    all.retain(|said| !said.is_bare);
    if let [said] = all.as_mut_slice() {
        said.text.clone_from(&line);
    }
    if all.is_empty() {
        all.extend(bare_target(name, cell, line, is_breach));
    }
    all
}

/// "P95 latency | 200 ms": a column of targets leaves only one way to read a value of a known metric.
fn bare_target(name: &str, cell: &str, line: String, is_breach: bool) -> Option<Said> {
    let value = criterion::value(cell)?;
    let unit = value.unit.filter(|unit| !matches!(unit, Unit::Count))?;
    let is_alone = !cell.contains(char::is_whitespace) || cell.split_whitespace().count() == 2;
    let metric = criterion::metric(name).filter(|_| is_alone)?;
    let is_good = criterion::more_is_better(&metric)?;
    let op = match (is_good, is_breach) {
        (true, false) => Operator::AtLeast,
        (false, false) => Operator::AtMost,
        (true, true) => Operator::Below,
        (false, true) => Operator::Above,
    };
    let threshold = Threshold {
        metric: Some(metric),
        op: Some(op),
        value: Some(value.number),
        unit: Some(unit),
        ..Threshold::default()
    };
    Some(Said { text: line, threshold: Some(threshold), doubt: None, is_bare: false })
}

/// Whether a cell may be a row's name: words, and no number of a list.
fn is_name(cell: &str) -> bool {
    cell.chars().filter(|character| character.is_alphabetic()).count() > 2
}

fn window(cell: &str) -> Option<u64> {
    criterion::duration(&cell.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[&str], cells: &[&str], expected: &[&str]) {
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let said: Vec<String> = read(&own(head), &own(cells))
            .into_iter()
            .map(|row| {
                let threshold = row.said.threshold.unwrap_or_default();
                format!(
                    "{} {:?} {} {:?} {:?} {:?} {}",
                    threshold.metric.unwrap_or_default(),
                    threshold.op,
                    threshold.value.unwrap_or(f64::NAN),
                    threshold.unit,
                    threshold.window_s,
                    row.severity,
                    if row.is_breach { "breach" } else { "demand" },
                )
                .replace("Some(", "")
                .replace(')', "")
            })
            .collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn rows_are_read_by_their_heads() {
        let alerts = ["Alert", "Threshold", "Severity"];
        check(&alerts, &["High error rate", "> 5%", "CRITICAL"], &["error_rate Above 5 Percent None Critical breach"]);
        check(&alerts, &["Slow", "P99 > 2000ms", "WARNING"], &["latency_p99 Above 2000 Ms None Medium breach"]);
        check(&alerts, &["Pod restart loop", "> 5 in 5min", "P1"], &["restarts Above 5 Count 300 High breach"]);
        let targets = ["Metric", "Target", "Actual", "Status"];
        check(
            &targets,
            &["Response time (p95)", "< 500ms", "___", "☐"],
            &["latency_p95 Below 500 Ms None None demand"],
        );
        check(&targets, &["Critical issues", "0", "[X]", ""], &["critical_issues Equal 0 Count None None demand"]);
        check(
            &["#", "Item", "Expected", "Owner"],
            &["1", "Certificates valid", "> 30 days remaining", "Ops"],
            &["certificates_valid_remaining Above 2592000 S None None demand"],
        );
        check(
            &["Metric", "Baseline", "Target"],
            &["Latency", "180 ms", "200 ms"],
            &["latency AtMost 200 Ms None None demand"],
        );
        check(
            &["Metric", "Warning", "Critical"],
            &["CPU", "> 70%", "> 90%"],
            &["cpu Above 70 Percent None Medium breach", "cpu Above 90 Percent None Critical breach"],
        );
        check(
            &["What", "Why", "A"],
            &["Sessions", "Alerts are sent if it is >7500.", "✅"],
            &["sessions Above 7500 Count None None breach"],
        );
        check(&["Name", "Phone"], &["Ann", "+1 555 0100"], &[]);
    }
}
