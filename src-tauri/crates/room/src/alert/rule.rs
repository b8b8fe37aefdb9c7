//! A rule: one sentence of the plan with what observes it, and how a sample is held against it.

use std::time::Duration;

use jiff::Timestamp;
use plan::config::{AlertRules, Clear, Fire, Metric, NoData, Tuning};
use plan::{Criterion, ItemId, SectionId, Severity, Unit};

use super::record::{AlertId, Fired, Seen};
use crate::measure;
use crate::reading::{Measure, Sample, Signal};

/// When a rule counts, and what its breach means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A rollback decision criterion: its sentence coming true is the breach.
    Decision,
    /// A condition of a gate.
    Condition {
        /// The gate's item.
        gate: ItemId,
    },
    /// A check of a phase: observed, never alarming.
    Check {
        /// The section it stands in.
        section: Option<SectionId>,
    },
    /// A mark of a successful rollback: observed while one runs, never alarming.
    Mark,
    /// A key metric of the watch.
    Metric,
    /// A success criterion.
    Success {
        /// The length of the window that its text names, in seconds ("first hour"); one that names none is never armed.
        window_s: Option<u64>,
    },
}

impl Purpose {
    /// Whether a breach is an alert. What only ticks a check never alarms.
    #[must_use]
    pub fn alarms(&self) -> bool {
        !matches!(self, Self::Check { .. } | Self::Mark)
    }
}

/// A sentence of the plan with what observes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Names it, and its alert.
    pub id: AlertId,
    /// "P95 latency".
    pub name: String,
    /// As it stands in the plan.
    pub text: String,
    /// The threshold; `None` where a probe's yes or no is all.
    pub criterion: Option<Criterion>,
    /// The check that it ticks.
    pub item: Option<ItemId>,
    /// What a breach demands; what has none counts as MEDIUM.
    pub severity: Severity,
    /// How long it may burn, where it is HIGH, before the way back is due.
    pub high_deadline: Duration,
    /// Whether neither settings nor text say so: it is "our default".
    pub is_default_deadline: bool,
    /// When it counts.
    pub purpose: Purpose,
    /// What observes it.
    pub signal: Signal,
    /// The unit of the signal's numbers.
    pub unit: Option<Unit>,
    /// How often the signal is asked.
    pub every: Duration,
    /// How long an answer may take.
    pub timeout: Duration,
    /// What it takes to fire.
    pub fire: Fire,
    /// Whether nobody chose that: it is "our default".
    pub is_default_fire: bool,
    /// How long a condition must be met before it counts as met: the duration that its text gives.
    pub met_for: Duration,
    /// How long it keeps firing after the last breach.
    pub keep_firing: Duration,
    /// What it takes to resolve.
    pub clear: Option<Clear>,
    /// How long after a step samples are not judged.
    pub warm_up: Duration,
    /// What the absence of data means.
    pub no_data: NoData,
}

/// What a sample means for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// Not a breach, and on the good side of the level to clear.
    Good,
    /// No breach any more, but not beyond the level to clear either.
    Between,
    /// A breach.
    Breach,
}

impl Rule {
    /// Holds a sample against the sentence.
    #[must_use]
    pub fn judge(&self, sample: &Sample) -> Judgement {
        let value = match &sample.measure {
            Measure::Passed(_) => return Judgement::Good,
            Measure::Failed(_) => return Judgement::Breach,
            Measure::Number(value) => *value,
        };
        let Some(criterion) = &self.criterion else { return Judgement::Breach };
        let value = self.in_own_unit(value);
        if self.is_breached(criterion, value) {
            return Judgement::Breach;
        }
        match self.clear {
            Some(Clear::Level(level)) => {
                let at_level = Criterion { value: Some(level), ..criterion.clone() };
                if self.is_breached(&at_level, value) { Judgement::Between } else { Judgement::Good }
            }
            _ => Judgement::Good,
        }
    }

    fn is_breached(&self, criterion: &Criterion, value: f64) -> bool {
        criterion.is_met_by(value) == (self.purpose == Purpose::Decision)
    }

    /// A number of the signal in the criterion's unit. A rule is made only where that is possible.
    #[must_use]
    pub fn in_own_unit(&self, value: f64) -> f64 {
        let to = self.criterion.as_ref().and_then(|criterion| criterion.unit);
        self.unit.and_then(|from| measure::converted(value, from, to)).unwrap_or(value)
    }

    /// What a sample shows, in words: "612 ms".
    #[must_use]
    pub fn words(&self, sample: &Sample) -> String {
        match &sample.measure {
            Measure::Passed(words) | Measure::Failed(words) => words.clone(),
            Measure::Number(value) => self.number_words(*value),
        }
    }

    fn number_words(&self, value: f64) -> String {
        match self.criterion.as_ref().and_then(|criterion| criterion.unit).or(self.unit) {
            Some(unit) => measure::with_unit(self.in_own_unit(value), Some(unit)),
            None => measure::number(value),
        }
    }

    /// A sample as the log keeps it.
    #[must_use]
    pub fn seen(&self, sample: &Sample) -> Seen {
        let (value, unit) = match &sample.measure {
            Measure::Number(value) if value.is_infinite() => {
                ((if *value > 0.0 { "+Inf" } else { "-Inf" }).to_owned(), self.unit)
            }
            Measure::Number(value) => (value.to_string(), self.unit),
            Measure::Passed(_) | Measure::Failed(_) => (String::new(), None),
        };
        Seen { words: self.words(sample), value, unit, at: sample.at, fetched: false }
    }

    /// The rule fires, on what is seen.
    pub(crate) fn fired(&self, since: Timestamp, seen: Option<Seen>, deadline: Option<Timestamp>) -> Fired {
        Fired {
            alert: self.id.clone(),
            name: self.name.clone(),
            text: self.text.clone(),
            severity: self.severity,
            since,
            seen,
            deadline,
            why: String::new(),
            first: None,
            since_before: None,
        }
    }

    /// The bound in words: "> 500 ms"; empty for a yes or no.
    #[must_use]
    pub fn bound(&self) -> String {
        self.criterion.as_ref().and_then(measure::bound).unwrap_or_default()
    }

    /// What it takes to fire, in words: "2 of the last 3 samples, our default", "for 2 min".
    #[must_use]
    pub fn fire_words(&self) -> String {
        let words = match self.fire {
            Fire::Tally { hits, samples } => format!("{hits} of the last {samples} samples"),
            Fire::For(length) => format!("for {}", measure::length(length.as_secs())),
        };
        if self.is_default_fire { format!("{words}, our default") } else { words }
    }
}

/// How an alarm behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Behaviour {
    pub(super) fire: Fire,
    pub(super) is_default_fire: bool,
    pub(super) keep_firing: Duration,
    pub(super) clear: Option<Clear>,
    pub(super) warm_up: Duration,
    pub(super) no_data: NoData,
}

impl Behaviour {
    /// The nearest level that says something decides: the binding, then the metric, then `[alerts]`. The duration that
    /// the text gives (`for_s`) stands behind the binding alone.
    pub(super) fn of(bind: Option<&Tuning>, metric: Option<&Tuning>, rules: &AlertRules, for_s: Option<u64>) -> Self {
        let all = || bind.into_iter().chain(metric).chain(std::iter::once(&rules.tuning));
        let of_text = for_s.map(|seconds| Fire::For(Duration::from_secs(seconds)));
        let fire = bind.and_then(|tuning| tuning.fire).or(of_text).or_else(|| all().find_map(|tuning| tuning.fire));
        Self {
            fire: fire.unwrap_or(plan::config::FIRE),
            is_default_fire: fire.is_none(),
            keep_firing: all().find_map(|tuning| tuning.keep_firing).unwrap_or(Duration::ZERO),
            clear: all().find_map(|tuning| tuning.clear),
            warm_up: all().find_map(|tuning| tuning.warm_up).unwrap_or(Duration::ZERO),
            no_data: all().find_map(|tuning| tuning.no_data).unwrap_or(NoData::Blind),
        }
    }
}

/// Whether a metric may be read in the criterion's unit, and in which unit it comes.
pub(super) fn unit_for(metric: &Metric, confirmed: Option<Unit>, criterion: &Criterion) -> Result<Unit, String> {
    let Some(unit) = confirmed.or(metric.unit) else {
        return Err("the unit of its metric is not known: choose it against the live value".to_owned());
    };
    in_unit_of(unit, criterion, "metric")
}

/// The unit, where the criterion can be read in it. `observer`: whose unit it is, in a word.
pub(super) fn in_unit_of(unit: Unit, criterion: &Criterion, observer: &str) -> Result<Unit, String> {
    match measure::converted(1.0, unit, criterion.unit) {
        Some(_) => Ok(unit),
        None => Err(format!(
            "its {observer} is in another unit ({}) than the text ({})",
            measure::unit_name(unit),
            criterion.unit.map_or("none", measure::unit_name)
        )),
    }
}
