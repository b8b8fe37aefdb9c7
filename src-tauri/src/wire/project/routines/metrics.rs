//! The key metrics: now, worst since go-live as far as the room has it, and the targets that the text names.

use jiff::Timestamp;
use plan::{Criterion, Place};
use room::{Purpose, Room, Rule, Seen, Signal, measure};

use super::time;
use crate::wire::KeyMetricView;
use crate::wire::project::book::Book;
use crate::wire::project::times::on_the_wall;
use crate::wire::project::watch::Seeing;
use crate::wire::project::words::{counted, criterion_name, limit, small};

/// The key metrics, what their worst values are taken from, and the targets that cannot both be kept.
pub(super) fn metrics(
    book: &Book<'_>,
    room: &Room,
    seen: Option<&Seeing<'_>>,
) -> (Vec<KeyMetricView>, String, Vec<String>) {
    let criteria: Vec<&Criterion> =
        book.plan.criteria.iter().filter(|criterion| criterion.place == Place::Watch).collect();
    let metrics: Vec<KeyMetricView> = criteria.iter().map(|criterion| metric(room, criterion, seen)).collect();
    let rounds = room.afterwards().finished().len();
    let live = room.went_live().map(|live| live.at);
    let stored = seen.and_then(|seen| seen.watching.ends.span).filter(|(from, _)| Some(*from) == live);
    let words = match (live, stored) {
        (None, _) => "worst values are taken from go-live on".to_owned(),
        (Some(_), Some((_, to))) => {
            format!("worst of all that is stored since go-live, read {}, and of what came since", time(room, to))
        }
        (Some(_), None) => {
            format!("worst of {}, of alerts and of the last 15 min", counted(rounds, "round", "rounds"))
        }
    };
    (metrics, words, contradictions(&criteria))
}

fn metric(room: &Room, criterion: &Criterion, seen: Option<&Seeing<'_>>) -> KeyMetricView {
    let rule = seen.and_then(|seen| {
        let rules = &seen.watching.watch.book().rules;
        rules.iter().find(|rule| {
            rule.purpose == Purpose::Metric && rule.criterion.as_ref().is_some_and(|known| known.id == criterion.id)
        })
    });
    let (state, now) = match (seen, rule) {
        (Some(seen), Some(rule)) => match seen.watching.watch.fresh(&rule.id, seen.now) {
            Some(last) if last.is_good => ("met", last.seen.words.clone()),
            Some(last) => ("breach", last.seen.words.clone()),
            None => ("unseen", seen.watching.watch.why_unseen(&rule.signal, seen.now)),
        },
        _ => ("unbound", "nothing observes it".to_owned()),
    };
    let worst = seen.zip(rule).and_then(|(seen, rule)| worst(room, rule, seen));
    let mut targets = vec![limit(criterion)];
    targets.extend(criterion.remark.clone());
    targets.retain(|target| !target.is_empty());
    if targets.is_empty() {
        targets.push(criterion.text.clone());
    }
    KeyMetricView {
        name: criterion_name(criterion),
        line: small(criterion.line),
        vital: rule.map(|rule| rule.signal.name().to_owned()).unwrap_or_default(),
        state: state.to_owned(),
        now,
        worst: worst.as_ref().map(|worst| worst.words.clone()).unwrap_or_default(),
        worst_at: worst.as_ref().map(|worst| worst.when(room)).unwrap_or_default(),
        worst_breaks: worst.as_ref().is_some_and(|worst| worst.breaks),
        targets,
    }
}

/// The worst value of a metric.
struct Worst {
    words: String,
    at: Timestamp,
    /// Whether only the minute is known in which it was.
    is_about: bool,
    /// Whether it breaks the target.
    breaks: bool,
}

impl Worst {
    /// "21:41:10"; of what is stored in pieces "about 21:41".
    fn when(&self, room: &Room) -> String {
        let at = on_the_wall(self.at, room.resolved());
        match at.rsplit_once(':') {
            Some((minute, _)) if self.is_about => format!("about {minute}"),
            _ => at,
        }
    }
}

/// The worst value since go-live of all that the room has.
fn worst(room: &Room, rule: &Rule, seen: &Seeing<'_>) -> Option<Worst> {
    let live = room.went_live()?.at;
    let criterion = rule.criterion.as_ref()?;
    let own = |seen: &Seen| {
        let value: f64 = seen.value.parse().ok()?;
        let value = seen.unit.map_or(Some(value), |unit| measure::converted(value, unit, criterion.unit))?;
        (seen.at >= live).then_some((value, seen.at))
    };
    let finished = room.afterwards().finished();
    let of_rounds = finished.iter().flat_map(|(_, _, done)| &done.readings);
    let of_rounds =
        of_rounds.filter(|reading| reading.signal == rule.signal.name()).filter_map(|reading| reading.seen.as_ref());
    let rules = &seen.watching.watch.book().rules;
    let of_alerts = rules.iter().filter(|known| known.signal == rule.signal);
    let of_alerts = of_alerts.filter_map(|known| room.alerts().get(&known.id)?.fired.seen.as_ref());
    let of_tape = match &rule.signal {
        signal @ Signal::Metric(_) => seen.watching.tape.points(signal, live),
        Signal::Probe(_) => Vec::new(),
    };
    let of_tape = of_tape.iter().map(|point| (rule.in_own_unit(point.value), point.at));
    let stored = seen.watching.ends.of_signal(&rule.signal).iter();
    let of_stored = stored.map(|(value, at)| (rule.in_own_unit(*value), *at, true));
    // What is known to the second comes last: of two that are as bad it is the one that is told.
    let all = of_rounds.chain(of_alerts).filter_map(own).chain(of_tape).map(|(value, at)| (value, at, false));
    let all = of_stored.chain(all).filter(|(value, at, _)| !value.is_nan() && *at >= live);
    let (value, at, is_about) =
        all.max_by(|(one, ..), (other, ..)| badness(criterion, *one).total_cmp(&badness(criterion, *other)))?;
    let words = measure::with_unit(value, criterion.unit);
    Some(Worst { words, at, is_about, breaks: !criterion.is_met_by(value) })
}

/// How far a value lies on the side that the criterion does not want.
fn badness(criterion: &Criterion, value: f64) -> f64 {
    use plan::Operator::{Above, AtLeast, AtMost, Below, Between, Equal};
    let bound = criterion.value.unwrap_or(0.0);
    match criterion.op {
        Some(Above | AtLeast) => -value,
        Some(Equal) => (value - bound).abs(),
        Some(Between) => {
            let high = criterion.high.unwrap_or(bound);
            let middle = f64::midpoint(bound, high);
            (value - middle).abs()
        }
        Some(Below | AtMost) | None => value,
    }
}

/// Targets of one line that differ, and a count of nought beside a share that is more than nought.
fn contradictions(criteria: &[&Criterion]) -> Vec<String> {
    let mut found: Vec<String> = criteria
        .iter()
        .filter_map(|criterion| {
            let remark = criterion.remark.as_deref()?;
            let is_target = remark.to_lowercase().contains("target");
            let stated: String = limit(criterion).chars().filter(|letter| !letter.is_whitespace()).collect();
            let other: String = remark.chars().filter(|letter| !letter.is_whitespace()).collect();
            (is_target && !stated.is_empty() && !other.ends_with(&stated)).then(|| {
                format!(
                    "{}: the line says {}, and in brackets “{remark}”. The first one is watched; both are shown.",
                    criterion_name(criterion),
                    limit(criterion)
                )
            })
        })
        .collect();
    let of = |name: &str| criteria.iter().find(|criterion| criterion.metric.as_deref() == Some(name));
    let rate = of("error_rate").filter(|criterion| criterion.value.is_some_and(|value| value > 0.0));
    let is_failed = |criterion: &&&Criterion| criterion.text.to_lowercase().contains("failed requests");
    let none = criteria.iter().find(is_failed).filter(|criterion| criterion.value == Some(0.0));
    if let (Some(rate), Some(none)) = (rate, none) {
        found.push(format!(
            "“{}” and “{}” cannot both be kept: a share above nought allows failed requests. Both are shown.",
            rate.text, none.text
        ));
    }
    found
}
