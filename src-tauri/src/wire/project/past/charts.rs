//! The vital signs of the past: over a stretch, and at a moment.

use jiff::Timestamp;
use journal::{Bucket, Stretch, signal_key};
use plan::Unit;
use room::{Judgement, Measure, Purpose, Room, Rule, Rulebook, Sample, Signal, measure};

use super::{Looked, seconds, severity};
use crate::wire::project::log::{self, LogIndex};
use crate::wire::project::times::{clock, date};
use crate::wire::project::watch::{all_signals, limit_lines};
use crate::wire::project::words::capitalised;
use crate::wire::{PastChartView, PastChartsView, PastLineView, PastTimeView};

/// What a drill's charts say that were not kept while it ran.
const MADE_UP_AGAIN: &str = "Made up again from the drill's scenario and seed, skipped time too.";

/// How many moments at which something happened are told apart.
const TICKS: u32 = 400;

/// A signal that has numbers, as the room understood it at a moment.
#[derive(Debug, Clone)]
struct Vital {
    signal: Signal,
    name: String,
    own: Option<Unit>,
    shown: Option<Unit>,
    /// The rules that counted.
    rules: Vec<Rule>,
    /// The decision rules, whether they counted or not: their thresholds are drawn where no other is.
    decisions: Vec<Rule>,
}

impl Vital {
    /// All of them, those first whose rules ask for the most.
    fn all(room: &Room, at: Timestamp) -> Vec<Self> {
        let book = Rulebook::of(room);
        let metrics = all_signals(room).into_iter().filter_map(|signal| match &signal {
            Signal::Metric(name) => Some((name.clone(), signal)),
            Signal::Probe(_) => None,
        });
        let begun = at >= room.resolved().start;
        let mut vitals: Vec<Self> = metrics
            .map(|(metric, signal)| {
                let all = || book.rules_of(&signal);
                let rules: Vec<Rule> =
                    all().filter(|rule| Rulebook::counts(room, &rule.purpose, begun, at)).cloned().collect();
                let unit = |rule: &Rule| rule.criterion.as_ref().and_then(|criterion| criterion.unit);
                let own =
                    room.confirmed_unit(&metric).or(room.config().metrics.get(&metric).and_then(|known| known.unit));
                Self {
                    name: all().next().map_or_else(|| capitalised(&metric.replace('_', " ")), |rule| rule.name.clone()),
                    shown: rules.iter().find_map(unit).or_else(|| all().find_map(unit)).or(own),
                    own,
                    decisions: all().filter(|rule| rule.purpose == Purpose::Decision).cloned().collect(),
                    rules,
                    signal,
                }
            })
            .collect();
        let weight = |vital: &Self| vital.rules.iter().chain(&vital.decisions).map(|rule| rule.severity).max();
        vitals.sort_by_key(|vital| std::cmp::Reverse(weight(vital)));
        vitals
    }

    fn shown(&self, value: f64) -> f64 {
        self.own.and_then(|own| measure::converted(value, own, self.shown)).unwrap_or(value)
    }

    /// What it showed at a moment, and its colour by the rules that counted then.
    fn at(&self, at: Timestamp, stretch: &Stretch) -> PastLineView {
        let line = |value: String, tone: &str| PastLineView {
            id: self.signal.name().to_owned(),
            label: self.name.clone(),
            value,
            tone: tone.to_owned(),
        };
        let at_ms = at.as_millisecond();
        let seen = || stretch.buckets.iter().filter(|bucket| bucket.seen > 0);
        // Of samples that were rolled up nothing but their mean is known inside of the row.
        let inside = seen().find(|bucket| bucket.first_at <= at_ms && at_ms < bucket.last_at && bucket.seen > 1);
        let last = seen().filter(|bucket| bucket.last_at <= at_ms).max_by_key(|bucket| bucket.last_at);
        let (value, about) = match (inside, last) {
            (Some(row), _) => (row.mean, "about "),
            (None, Some(row)) if row.good_until >= at_ms => (row.last, ""),
            _ => return line("not seen".to_owned(), "unseen"),
        };
        let sample = Sample { measure: Measure::Number(value), at, good_until: at, too_few: None };
        let breached = self.rules.iter().filter(|rule| rule.judge(&sample) == Judgement::Breach);
        let tone = breached
            .map(|rule| (rule.severity, rule.purpose == Purpose::Decision))
            .max()
            .map_or("", |(worst, is_decision)| if is_decision { severity(worst) } else { "high" });
        line(format!("{about}{}", measure::with_unit(self.shown(value), self.shown)), tone)
    }
}

/// What has to be read of a moment.
#[derive(Debug, Clone)]
pub(crate) struct PastAsked {
    pub(crate) at: Timestamp,
    pub(crate) seq: u64,
    /// Whether it is a drill's, of which no samples are kept.
    pub(crate) is_made_up: bool,
    vitals: Vec<Vital>,
}

impl PastAsked {
    /// Of the room as it stood then.
    pub(crate) fn of(room: &Room, at: Timestamp, seq: u64) -> Self {
        Self { at, seq, is_made_up: room.opened().drill.is_some(), vitals: Vital::all(room, at) }
    }

    pub(crate) fn signals(&self) -> impl Iterator<Item = &Signal> {
        self.vitals.iter().map(|vital| &vital.signal)
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.signals().map(signal_key).collect()
    }

    /// What they showed, from what was read in the order of [`PastAsked::signals`].
    pub(crate) fn values(&self, stretches: &[Stretch]) -> Vec<PastLineView> {
        self.vitals.iter().zip(stretches).map(|(vital, stretch)| vital.at(self.at, stretch)).collect()
    }
}

/// What has to be read for the charts.
#[derive(Debug)]
pub(crate) struct PastChartsAsked {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    /// Whether they are a drill's, of which no samples are kept.
    pub(crate) is_made_up: bool,
    vitals: Vec<Vital>,
    view: PastChartsView,
}

impl PastChartsAsked {
    /// How many pieces a chart has at the most.
    pub(crate) const MOST_PIECES: u32 = 600;

    pub(crate) fn of(looked: &Looked<'_>, events: &[room::Recorded]) -> Self {
        let (from, to) = looked.window();
        let at = looked.at.map_or(looked.now, |(at, _)| at);
        let vitals = Vital::all(looked.room, at);
        let is_long = to.duration_since(from).as_hours() >= 24;
        let words = |at: Timestamp| {
            let at = at.to_zoned_datetime(looked.room.resolved().zone.clone());
            if is_long { format!("{} {}", date(at.date()), clock(&at)) } else { clock(&at) }
        };
        let view = PastChartsView {
            from_s: seconds(from),
            to_s: seconds(to),
            axis: looked.times().into_iter().map(|at| PastTimeView { at_s: seconds(at), words: words(at) }).collect(),
            ticks: ticks(looked.index, events, from, to),
            without: if vitals.is_empty() { "No metric is measured in this room.".to_owned() } else { String::new() },
            ..PastChartsView::default()
        };
        Self { from, to: to.min(looked.now), is_made_up: looked.room.opened().drill.is_some(), vitals, view }
    }

    pub(crate) fn signals(&self) -> impl Iterator<Item = &Signal> {
        self.vitals.iter().map(|vital| &vital.signal)
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.signals().map(signal_key).collect()
    }

    /// The charts, from what was read in the order of [`PastChartsAsked::signals`].
    pub(crate) fn page(self, stretches: &[Stretch]) -> PastChartsView {
        let charts = self.vitals.iter().zip(stretches).map(|(vital, stretch)| self.chart(vital, stretch));
        let charts: Vec<PastChartView> = charts.collect();
        PastChartsView { charts, ..self.view }
    }

    /// The same of a drill, from what was made up again.
    pub(crate) fn page_made_up_again(mut self, stretches: &[Stretch]) -> PastChartsView {
        MADE_UP_AGAIN.clone_into(&mut self.view.note);
        self.page(stretches)
    }

    fn chart(&self, vital: &Vital, stretch: &Stretch) -> PastChartView {
        let (mut times_s, mut values) = (Vec::new(), Vec::new());
        let mut before: Option<&Bucket> = None;
        for bucket in stretch.buckets.iter().filter(|bucket| bucket.seen > 0) {
            let middle = |from: i64, to: i64| f64::midpoint(from as f64, to as f64) / 1000.0;
            if let Some(before) = before.filter(|before| bucket.first_at > before.good_until) {
                times_s.push(middle(before.last_at, bucket.first_at));
                values.push(None);
            }
            times_s.push(middle(bucket.first_at, bucket.last_at));
            values.push(Some(vital.shown(bucket.high)).filter(|value| value.is_finite()));
            before = Some(bucket);
        }
        let numbers = || values.iter().flatten().copied();
        let told = |value| measure::with_unit(value, vital.shown);
        let range = match (numbers().reduce(f64::min), numbers().reduce(f64::max)) {
            (Some(low), Some(high)) => format!("from {} to {}", told(low), told(high)),
            _ => "nothing seen".to_owned(),
        };
        // In a closed room none counts any more, and before T0 none does yet.
        let drawn = if vital.rules.is_empty() { &vital.decisions } else { &vital.rules };
        PastChartView {
            id: vital.signal.name().to_owned(),
            name: vital.name.clone(),
            times_s,
            values,
            gaps: stretch.gaps.iter().map(|(from, to)| (seconds(*from), seconds(*to))).collect(),
            lines: limit_lines(&drawn.iter().collect::<Vec<_>>()),
            words: format!("{}: {range}", vital.name),
        }
    }
}

/// When something happened, the most urgent of what lies together.
fn ticks(
    index: &LogIndex,
    events: &[room::Recorded],
    from: Timestamp,
    to: Timestamp,
) -> Vec<crate::wire::PastTickView> {
    let length_ms = (to.as_millisecond() - from.as_millisecond()).max(1);
    let mut found: Vec<(i64, &'static str, i64)> = Vec::new();
    let weight = |tone: &str| ["", "good", "medium", "high", "critical"].iter().position(|known| *known == tone);
    for (at, tone) in log::told_between(events, index, from, to) {
        let at_ms = at.as_millisecond();
        let place = (at_ms - from.as_millisecond()) * i64::from(TICKS) / length_ms;
        match found.last_mut() {
            Some((last, known, known_ms)) if *last == place => {
                if weight(tone) > weight(known) {
                    (*known, *known_ms) = (tone, at_ms);
                }
            }
            _ => found.push((place, tone, at_ms)),
        }
    }
    let tick = |(_, tone, at_ms): (i64, &str, i64)| crate::wire::PastTickView {
        at_s: at_ms as f64 / 1000.0,
        tone: tone.to_owned(),
    };
    found.into_iter().map(tick).collect()
}
