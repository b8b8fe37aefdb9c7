//! The vital signs: the last quarter of an hour of each signal, with the thresholds that are armed on it.

use jiff::Timestamp;
use plan::config::Probe;
use plan::{Severity, Unit};
use room::{Measure, Phase, Purpose, Rule, Sample, Signal, measure};

use super::{Seeing, ago, all_signals, blind, severity_word};
use crate::tape::{LENGTH, Point, Tape};
use crate::watching::Watching;
use crate::wire::project::times::on_the_wall;
use crate::wire::{LimitLineView, VitalView, VitalsView};

/// The vital signs; none without a watch.
pub(crate) fn vitals(seen: Option<&Seeing<'_>>) -> VitalsView {
    let Some(seen) = seen.filter(|seen| Watching::has_signals(seen.room)) else { return VitalsView::default() };
    let from = seen.now.checked_sub(LENGTH).unwrap_or(seen.now);
    let armed = seen.watching.watch.armed_by_signal(seen.room, seen.now);
    let of = |signal| armed.get(signal).map(Vec::as_slice).unwrap_or_default();
    let mut vitals: Vec<(u8, VitalView)> =
        all_signals(seen.room).iter().map(|signal| vital(signal, of(signal), seen, from)).collect();
    vitals.sort_by_key(|(rank, _)| *rank);
    let heard = seen.watching.heard.map(|at| format!(" · {}", ago(at, seen.now))).unwrap_or_default();
    VitalsView {
        caption: if vitals.is_empty() { String::new() } else { format!("last 15 min{heard}") },
        from_s: seconds(from),
        to_s: seconds(seen.now),
        vitals: vitals.into_iter().map(|(_, vital)| vital).collect(),
    }
}

/// The signal that fared worst in a drill, over its whole length.
pub(crate) fn vital_of_drill(seen: &Seeing<'_>, from: Timestamp, to: Timestamp) -> Option<VitalView> {
    let until = Seeing { now: to, ..*seen };
    let rules = &seen.watching.watch.book().rules;
    let weight = |signal: &Signal| {
        let fired = rules.iter().filter(|rule| rule.signal == *signal && seen.room.alerts().contains_key(&rule.id));
        fired.map(|rule| rule.severity).max()
    };
    let signal = all_signals(seen.room).into_iter().max_by_key(weight)?;
    weight(&signal)?;
    let armed = until.watching.watch.armed_by_signal(until.room, until.now);
    Some(vital(&signal, armed.get(&signal).map(Vec::as_slice).unwrap_or_default(), &until, from).1)
}

pub(super) fn seconds(at: Timestamp) -> f64 {
    // Milliseconds of Unix time are exact in a double for longer than anybody deploys.
    at.as_millisecond() as f64 / 1000.0
}

/// A signal with the rules that are armed on it.
fn vital(signal: &Signal, rules: &[&Rule], seen: &Seeing<'_>, from: Timestamp) -> (u8, VitalView) {
    let watch = &seen.watching.watch;
    let known = watch.signal(signal);
    let sample = known.and_then(|known| known.sample.as_ref());
    let is_seen = seen.is_seen(signal);
    let (state, rank) = state(rules, sample, is_seen, seen);
    let points = seen.watching.tape.points(signal, from);
    let (own, shown) = unit_shown(signal, rules, sample, seen);
    let scale = |value: f64| match (own, shown) {
        (Some(own), shown) => measure::converted(value, own, shown).unwrap_or(value),
        _ => value,
    };
    let gaps = Tape::gaps(&points, from, seen.now);
    let fetched = Tape::fetched(&points, from);
    let (times_s, values) = line(&points, scale);
    let lines = limit_lines(rules);
    let value = sample.map(|sample| value_words(signal, sample, seen)).unwrap_or_default();
    let name = blind::name(signal, seen);
    let has_chart = matches!(signal, Signal::Metric(_));
    let view = VitalView {
        id: signal.name().to_owned(),
        limits: lines.iter().map(|line| line.label.clone()).collect::<Vec<_>>().join(" · "),
        state: state.to_owned(),
        age: sample.map(|sample| ago(sample.at, seen.now)).unwrap_or_default(),
        fault: if is_seen { String::new() } else { watch.why_unseen(signal, seen.now) },
        words: format!("{}{}", words(&name, &value, &values, shown, state, &gaps, seen), fetched_words(&fetched, seen)),
        has_chart,
        times_s,
        values,
        gaps: if has_chart { spans(&gaps) } else { Vec::new() },
        fetched: if has_chart { spans(&fetched) } else { Vec::new() },
        lines,
        value,
        name,
    };
    (rank, view)
}

fn spans(spans: &[(Timestamp, Timestamp)]) -> Vec<(f64, f64)> {
    spans.iter().map(|(from, to)| (seconds(*from), seconds(*to))).collect()
}

/// What of the chart was not seen at its time.
fn fetched_words(fetched: &[(Timestamp, Timestamp)], seen: &Seeing<'_>) -> String {
    let wall = |at| on_the_wall(at, seen.room.resolved());
    let spans: Vec<String> = fetched.iter().map(|(from, to)| format!("{} to {}", wall(*from), wall(*to))).collect();
    if spans.is_empty() { String::new() } else { format!("; fetched afterwards: {}", spans.join(", ")) }
}

/// Where a signal stands, with its place among the others.
fn state(rules: &[&Rule], sample: Option<&Sample>, is_seen: bool, seen: &Seeing<'_>) -> (&'static str, u8) {
    let firing = rules.iter().filter(|rule| seen.watching.watch.phase(&rule.id) == Phase::Firing);
    let worst = firing.max_by_key(|rule| (matches!(rule.purpose, Purpose::Decision), rule.severity));
    match worst {
        Some(rule) if matches!(rule.purpose, Purpose::Decision) => (
            severity_word(rule.severity),
            match rule.severity {
                Severity::Critical => 0,
                Severity::High => 1,
                Severity::Medium => 3,
            },
        ),
        _ if !is_seen => ("unseen", 5),
        Some(_) => ("failed", 2),
        None if matches!(sample.map(|sample| &sample.measure), Some(Measure::Failed(_))) => ("failed", 2),
        None => ("calm", 5),
    }
}

/// The unit of a signal, and the one in which it is shown now.
pub(super) fn unit_of(signal: &Signal, seen: &Seeing<'_>) -> (Option<Unit>, Option<Unit>) {
    let watch = &seen.watching.watch;
    let sample = watch.signal(signal).and_then(|known| known.sample.as_ref());
    let rules: Vec<&Rule> =
        watch.armed(seen.room, seen.now).into_iter().filter(|rule| rule.signal == *signal).collect();
    unit_shown(signal, &rules, sample, seen)
}

/// The signal's unit, and the one in which it is shown: that of the armed criteria, else the one people say.
fn unit_shown(
    signal: &Signal,
    rules: &[&Rule],
    sample: Option<&Sample>,
    seen: &Seeing<'_>,
) -> (Option<Unit>, Option<Unit>) {
    let config = seen.room.config();
    let own = match signal {
        Signal::Metric(name) => {
            seen.room.confirmed_unit(name).or(config.metrics.get(name).and_then(|metric| metric.unit))
        }
        Signal::Probe(name) => match config.probes.get(name).and_then(Probe::unit) {
            Some(unit) => Some(unit),
            // It says yes or no.
            None => return (None, None),
        },
    };
    let of_rules = rules.iter().find_map(|rule| rule.criterion.as_ref().and_then(|criterion| criterion.unit));
    let all = || seen.watching.watch.book().rules_of(signal);
    let of_plan = || all().find_map(|rule| rule.criterion.as_ref().and_then(|criterion| criterion.unit));
    let spoken = || match (own, sample.map(|sample| &sample.measure)) {
        (Some(own), Some(Measure::Number(value))) => Some(measure::spoken(*value, own).1),
        _ => own,
    };
    (own, of_rules.or_else(of_plan).or_else(spoken))
}

/// A sample's value as it is shown: "612 ms", "200 in 44 ms".
pub(super) fn value_words(signal: &Signal, sample: &Sample, seen: &Seeing<'_>) -> String {
    match &sample.measure {
        Measure::Passed(words) | Measure::Failed(words) => words.clone(),
        Measure::Number(value) => {
            let (own, shown) = unit_shown(signal, &[], Some(sample), seen);
            let value = own.and_then(|own| measure::converted(*value, own, shown)).unwrap_or(*value);
            measure::with_unit(value, shown)
        }
    }
}

/// Times and values; a null between two points that nothing connects.
fn line(points: &[Point], scale: impl Fn(f64) -> f64) -> (Vec<f64>, Vec<Option<f64>>) {
    let (mut times, mut values) = (Vec::new(), Vec::new());
    let mut before: Option<&Point> = None;
    for point in points {
        if let Some(before) = before.filter(|before| point.at > before.good_until) {
            times.push(f64::midpoint(seconds(before.at), seconds(point.at)));
            values.push(None);
        }
        times.push(seconds(point.at));
        values.push(Some(scale(point.value)));
        before = Some(point);
    }
    (times, values)
}

/// The thresholds of the armed criteria, each once, the weakest first.
pub(crate) fn limit_lines(rules: &[&Rule]) -> Vec<LimitLineView> {
    let mut lines: Vec<LimitLineView> = Vec::new();
    let mut sorted: Vec<&&Rule> = rules.iter().collect();
    sorted.sort_by_key(|rule| (matches!(rule.purpose, Purpose::Decision), rule.severity));
    for rule in sorted {
        let Some((criterion, value)) = rule.criterion.as_ref().and_then(|one| Some((one, one.value?))) else {
            continue;
        };
        let is_decision = matches!(rule.purpose, Purpose::Decision);
        let sign = match criterion.op.and_then(measure::operator) {
            Some(sign) => sign,
            // A level between two others begins where it begins.
            None if is_decision && criterion.op.is_some() => "≥",
            None => continue,
        };
        let bound = format!("{sign} {}", measure::written(value));
        let (label, severity) = match is_decision {
            true => {
                let word = severity_word(rule.severity);
                (format!("{} {bound}", word.to_uppercase()), word)
            }
            false => (bound, ""),
        };
        if lines.iter().all(|line| line.label != label) {
            lines.push(LimitLineView { value, label, severity: severity.to_owned() });
        }
    }
    lines
}

/// The chart for who cannot see it.
fn words(
    name: &str,
    value: &str,
    values: &[Option<f64>],
    unit: Option<Unit>,
    state: &str,
    gaps: &[(Timestamp, Timestamp)],
    seen: &Seeing<'_>,
) -> String {
    let numbers = || values.iter().flatten().copied();
    let low = numbers().reduce(f64::min);
    let high = numbers().reduce(f64::max);
    let range = match (low, high) {
        (Some(low), Some(high)) => {
            format!(", last 15 minutes: from {} to {}", measure::with_unit(low, unit), measure::with_unit(high, unit))
        }
        _ => String::new(),
    };
    let now = match (state, value) {
        (_, "") => ", nothing seen".to_owned(),
        ("unseen", value) => format!(", last {value}, not seen now"),
        (_, value) => format!(", now {value}"),
    };
    let unseen = gaps.last().filter(|(_, to)| *to == seen.now && state == "unseen");
    let unseen = unseen.map(|(from, _)| format!(" since {}", on_the_wall(*from, seen.room.resolved())));
    format!("{name}{range}{now}{}", unseen.unwrap_or_default())
}
