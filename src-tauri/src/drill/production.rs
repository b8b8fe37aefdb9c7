//! The made-up production: what each signal shows at each second, so that the plan's own thresholds are met at first, and
//! breached once the fault has begun.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use plan::config::Config;
use plan::{Criterion, Operator, Place, Plan, Severity, Unit};
use room::{Measure, Reading, Sample, Signal, measure};

use super::chance::share;
use super::scenario::{Fault, Scenario};

/// How often each signal is asked.
pub(crate) const EVERY_S: i64 = 5;

/// How much a value sways by itself, as a share of it.
const SWAY: f64 = 0.03;

/// What one metric shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    /// The signal's own unit.
    unit: Unit,
    /// In that unit, while all is well.
    good: f64,
    /// In that unit, at its worst.
    bad: f64,
    /// In that unit, what it can show at all: nobody believes 102 % of a processor, while a load may be 150 % of what was
    /// asked for where the plan itself speaks of so much.
    most: f64,
}

/// The made-up production of a checklist.
#[derive(Debug, Clone)]
pub(crate) struct Production {
    scenario: &'static Scenario,
    seed: u64,
    metrics: BTreeMap<String, Shown>,
    sequence: u64,
}

impl Production {
    /// Signals for every metric that the plan holds a number against.
    ///
    /// # Errors
    /// A sentence where nothing in the plan could be breached.
    pub(crate) fn of(plan: &Plan, scenario: &'static Scenario, seed: u64) -> Result<Self, String> {
        let mut metrics = BTreeMap::new();
        let mut names: Vec<&String> = plan.criteria.iter().filter_map(|criterion| criterion.metric.as_ref()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let of_name = |criterion: &&Criterion| criterion.metric.as_ref() == Some(name) && criterion.value.is_some();
            let criteria: Vec<&Criterion> = plan.criteria.iter().filter(of_name).collect();
            // Before the day other things are counted than production shows.
            let counts = criteria.iter().any(|criterion| criterion.place != Place::Preparation);
            if let Some(shown) = shown(&criteria).filter(|_| counts) {
                metrics.insert(name.clone(), shown);
            }
        }
        let has_nothing_to_breach = metrics.values().all(|shown| shown.good.to_bits() == shown.bad.to_bits());
        if scenario.fault.is_some() && has_nothing_to_breach {
            return Err(
                "This checklist names no decision criterion with a number: a drill has nothing to breach.".to_owned()
            );
        }
        Ok(Self { scenario, seed, metrics, sequence: 0 })
    }

    /// The settings with which a drill's room is made: the plan's own facts, and the made-up signals.
    #[must_use]
    pub(crate) fn settings(&self, config: &Config) -> String {
        let mut text = String::from("# Made up for a drill: nothing of it is asked for.\nversion = 1\n\n[plan]\n");
        let facts = &config.plan;
        let known = [
            ("service", facts.service.clone()),
            ("release", facts.release.clone()),
            ("environment", facts.environment.clone()),
            ("zone", facts.zone.clone()),
        ];
        for (key, value) in known {
            if let Some(value) = value {
                // Writing to a string never fails.
                let _ = writeln!(text, "{key} = {}", toml::Value::String(value));
            }
        }
        let _ = write!(
            text,
            "\n[sources.drill]\nkind = \"prometheus\"\nurl = \"http://drill.invalid\"\nevery = \"{EVERY_S}s\"\n"
        );
        for (name, shown) in &self.metrics {
            let unit = measure::unit_name(shown.unit);
            let key = toml::Value::String(name.clone());
            let _ = write!(text, "\n[metrics.{key}]\nsource = \"drill\"\nquery = \"made_up\"\nunit = \"{unit}\"\n");
        }
        text
    }

    /// What the signals show now. `start` is T0, `fault` what goes wrong and when that began, `recovery` when a way back
    /// worked. All of it follows from the time and not from how often it was looked, so that it can be made up again.
    pub(crate) fn readings(
        &mut self,
        now: Timestamp,
        start: Timestamp,
        fault: Option<(Fault, Timestamp)>,
        recovery: Option<Timestamp>,
    ) -> Vec<Reading> {
        self.sequence += 1;
        let (scenario, seed, sequence) = (self.scenario, self.seed, self.sequence);
        let number = now.duration_since(start).as_secs().div_euclid(EVERY_S);
        let badness = fault.map_or(0.0, |(fault, began)| badness(&fault, now, began, recovery));
        let good_until = now.checked_add(SignedDuration::from_secs(EVERY_S * 5 / 2)).unwrap_or(now);
        let reading = |(name, shown): (&String, &Shown)| {
            let sway = 1.0 + SWAY * (share(scenario.id, seed, &format!("{name} {number}")) * 2.0 - 1.0);
            let value = shown.good + (shown.bad - shown.good) * badness;
            // A number of things does not sway.
            let value = if shown.unit == Unit::Count { value.round() } else { (value * sway).min(shown.most) };
            let sample = Sample { measure: Measure::Number(value), at: now, good_until, too_few: None };
            Reading { signal: Signal::Metric(name.clone()), sequence, at: now, outcome: Ok(sample) }
        };
        self.metrics.iter().map(reading).collect()
    }
}

/// From 0 (all is well) to 1 (as bad as it gets).
fn badness(fault: &Fault, now: Timestamp, began: Timestamp, recovery: Option<Timestamp>) -> f64 {
    let climbed = |at: Timestamp| (at.duration_since(began).as_secs_f64() / fault.climb.as_secs_f64()).clamp(0.0, 1.0);
    match recovery {
        Some(from) if from <= now => {
            let gone = now.duration_since(from).as_secs_f64() / fault.recovery.as_secs_f64();
            climbed(from) * (1.0 - gone).clamp(0.0, 1.0)
        }
        _ => climbed(now),
    }
}

/// Values that fit the criteria of one metric: good for all of them, bad for the heaviest that a rise would breach.
fn shown(criteria: &[&Criterion]) -> Option<Shown> {
    let first = criteria.first()?;
    let text_unit = criteria.iter().find_map(|criterion| criterion.unit).or(first.unit)?;
    // As a service would measure it: shares as ratios, times in seconds.
    let (unit, factor) = match text_unit {
        Unit::Percent => (Unit::Ratio, 0.01),
        Unit::Ms => (Unit::S, 0.001),
        other => (other, 1.0),
    };
    let in_text = |criterion: &Criterion, value: f64| {
        let from = criterion.unit.unwrap_or(text_unit);
        measure::converted(value, from, Some(text_unit)).unwrap_or(value)
    };
    let mut ceiling = f64::INFINITY;
    let mut exact = None;
    let mut highest: f64 = 0.0;
    let mut bad: Option<(Option<Severity>, f64)> = None;
    for criterion in criteria {
        let Some(value) = criterion.value.map(|value| in_text(criterion, value)) else { continue };
        let high = criterion.high.map(|high| in_text(criterion, high));
        highest = highest.max(high.unwrap_or(value));
        let is_decision = criterion.place == Place::Decision;
        match criterion.op? {
            Operator::Below | Operator::AtMost => ceiling = ceiling.min(value),
            Operator::Above | Operator::AtLeast if is_decision => {
                ceiling = ceiling.min(value);
                if bad.is_none_or(|(severity, _)| criterion.severity > severity) {
                    bad = Some((criterion.severity, value * 1.24));
                }
            }
            Operator::Between if is_decision => ceiling = ceiling.min(value),
            Operator::Between => exact = exact.or(high.map(|high| f64::midpoint(value, high))),
            Operator::Above | Operator::AtLeast => exact = exact.or(Some(value * 1.2)),
            Operator::Equal => exact = exact.or(Some(value)),
        }
    }
    let good = match exact {
        Some(exact) if exact < ceiling => exact,
        _ if ceiling.is_finite() => ceiling * 0.4,
        Some(exact) => exact,
        None => return None,
    };
    let bad = bad.map_or(good, |(_, bad)| bad);
    let most = if unit == Unit::Ratio && highest * factor <= 1.0 { 1.0 } else { f64::INFINITY };
    Some(Shown { unit, good: good * factor, bad: bad * factor, most })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::scenario;

    /// The highest that each metric of this text shows within an hour of a fault.
    fn highest(text: &str) -> BTreeMap<String, f64> {
        let (plan, _) = plan::read(text, &Config::default());
        let scenario = scenario::of("bad-canary").unwrap();
        let mut production = Production::of(&plan, scenario, 7).unwrap();
        let start: Timestamp = "2026-01-21T06:30:00Z".parse().unwrap();
        let fault = scenario.fault.map(|fault| (fault, start));
        let mut found = BTreeMap::new();
        for second in (0..3600).step_by(5) {
            for reading in production.readings(start + SignedDuration::from_secs(second), start, fault, None) {
                let Ok(Sample { measure: Measure::Number(value), .. }) = reading.outcome else { continue };
                let known = found.entry(reading.signal.name().to_owned()).or_insert(value);
                *known = known.max(value);
            }
        }
        found
    }

    #[test]
    fn no_share_goes_above_the_whole_where_the_plan_does_not() {
        let text = |cpu: &str| {
            format!(
                "# Ship\n\n## Deploy (6:30 AM)\n- [ ] Begun\n\n## Rollback\n### CRITICAL\n- Error rate >10%\n- CPU usage >{cpu}%\n"
            )
        };
        let found = highest(&text("80"));
        assert_eq!(found["cpu"].to_bits(), 1.0_f64.to_bits(), "{found:?}");
        assert!(found["error_rate"] > 0.1, "{found:?}");
        assert!(highest(&text("150"))["cpu"] > 1.5);
    }
}
