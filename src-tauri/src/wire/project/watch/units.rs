//! Units held against live values, to be confirmed once.

use plan::Unit;
use room::{Measure, Rule, Signal, measure};

use super::Seeing;
use crate::wire::UnitQuestionView;
use crate::wire::project::words::capitalised;

/// Each unit, in the order in which it is offered.
const UNITS: [Unit; 7] = [Unit::Ratio, Unit::Percent, Unit::S, Unit::Ms, Unit::Count, Unit::Cores, Unit::Bytes];

/// From how many times the threshold on a value is more likely in another unit than true.
const DOUBTFUL: f64 = 50.0;

/// The metrics whose unit nobody has confirmed against a live value.
pub(super) fn units(seen: &Seeing<'_>) -> Vec<UnitQuestionView> {
    let metrics = seen.room.config().metrics.iter();
    let open = metrics.filter(|(name, _)| seen.room.confirmed_unit(name).is_none());
    open.filter_map(|(name, metric)| {
        let signal = Signal::Metric(name.clone());
        let sample = seen.watching.watch.signal(&signal)?.sample.as_ref()?;
        let Measure::Number(value) = sample.measure else { return None };
        let rules: Vec<&Rule> = seen.watching.watch.book().rules.iter().filter(|rule| rule.signal == signal).collect();
        Some(UnitQuestionView {
            metric: name.clone(),
            name: rules.first().map_or_else(|| capitalised(&name.replace('_', " ")), |rule| rule.name.clone()),
            query: metric.query.clone(),
            value: short(value),
            unit: metric.unit.map(measure::unit_name).unwrap_or_default().to_owned(),
            reading: metric.unit.map(|unit| reading(value, unit)).unwrap_or_default(),
            doubt: rules.iter().find_map(|rule| doubt(rule, value)).unwrap_or_default(),
            choices: UNITS.iter().map(|unit| (measure::unit_name(*unit).to_owned(), reading(value, *unit))).collect(),
        })
    })
    .collect()
}

/// The value as it came, without the digits that nobody reads.
fn short(value: f64) -> String {
    if value.is_infinite() {
        return measure::number(value);
    }
    format!("{}", (value * 1e6).round() / 1e6)
}

fn reading(value: f64, unit: Unit) -> String {
    let (spoken, unit) = measure::spoken(value, unit);
    measure::with_unit(spoken, Some(unit))
}

fn doubt(rule: &Rule, value: f64) -> Option<String> {
    let bound = rule.criterion.as_ref()?.value.filter(|bound| *bound > 0.0)?;
    let times = rule.in_own_unit(value) / bound;
    (times.is_finite() && times >= DOUBTFUL)
        .then(|| format!("That is {} times “{}”: is it in another unit?", times.round(), rule.text))
}
