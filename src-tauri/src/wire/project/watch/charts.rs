//! The vital signs over hours: every piece with its lowest and its highest, so that no short breach vanishes.

use jiff::{SignedDuration, Timestamp};
use journal::{Bucket, Stretch, signal_key};
use plan::{Resolved, Unit};
use room::{Signal, measure};

use super::vitals::{seconds, unit_of, value_words};
use super::{Seeing, all_signals, blind};
use crate::tape::{Point, Tape};
use crate::wire::project::times::{clock, on_the_wall, round_times};
use crate::wire::project::words::{length, stopwatch};
use crate::wire::{ChartView, ChartsPageView, ChartsQuery};

/// The lengths that may be asked for.
const HOURS: [u32; 3] = [1, 6, 24];

/// How many stretches the words name one by one.
const NAMED: usize = 3;

/// What has to be read, and how it is shown.
#[derive(Debug)]
pub(crate) struct ChartsAsked {
    hours: u32,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    resolved: Resolved,
    charts: Vec<Asked>,
}

/// A vital sign.
#[derive(Debug)]
struct Asked {
    signal: Signal,
    name: String,
    /// What is seen now; empty where nothing is.
    now: String,
    own: Option<Unit>,
    shown: Option<Unit>,
}

/// What the charts over so many hours need.
///
/// # Errors
/// They are not drawn over so many.
pub(crate) fn charts_asked(seen: &Seeing<'_>, query: &ChartsQuery) -> Result<ChartsAsked, String> {
    let hours = query.hours;
    if !HOURS.contains(&hours) {
        return Err(format!("Charts are drawn over 1, 6 or 24 hours, not over {hours}: choose one of them."));
    }
    let from = seen.now.checked_sub(SignedDuration::from_hours(i64::from(hours))).unwrap_or(seen.now);
    let signals = all_signals(seen.room).into_iter().filter(|signal| matches!(signal, Signal::Metric(_)));
    let charts = signals.map(|signal| {
        let sample = seen.watching.watch.signal(&signal).and_then(|known| known.sample.as_ref());
        let now = sample.filter(|_| seen.is_seen(&signal)).map(|sample| value_words(&signal, sample, seen));
        let (own, shown) = unit_of(&signal, seen);
        Asked { name: blind::name(&signal, seen), now: now.unwrap_or_default(), own, shown, signal }
    });
    Ok(ChartsAsked { hours, from, to: seen.now, resolved: seen.room.resolved().clone(), charts: charts.collect() })
}

/// The charts of a drill, whose numbers lie in no file.
pub(crate) fn charts_of_tape(seen: &Seeing<'_>, asked: &ChartsAsked) -> ChartsPageView {
    let stretches: Vec<Stretch> = asked
        .charts
        .iter()
        .map(|chart| stretch_of_tape(&seen.watching.tape, &chart.signal, asked.from, asked.to))
        .collect();
    asked.page(&stretches)
}

/// What a drill's tape has of a signal, as the journal would tell it.
pub(crate) fn stretch_of_tape(tape: &Tape, signal: &Signal, from: Timestamp, to: Timestamp) -> Stretch {
    let points: Vec<Point> = tape.points(signal, from).into_iter().filter(|point| point.at <= to).collect();
    let gaps = Tape::gaps(&points, from, to);
    let unseen_ms = gaps.iter().map(|(from, to)| to.as_millisecond() - from.as_millisecond()).sum();
    Stretch { buckets: points.iter().map(piece).collect(), gaps, unseen_ms }
}

fn piece(point: &Point) -> Bucket {
    let at = point.at.as_millisecond();
    Bucket {
        at,
        first_at: at,
        last_at: at,
        good_until: point.good_until.as_millisecond(),
        low: point.value,
        high: point.value,
        mean: point.value,
        last: point.value,
        seen: 1,
        unseen: 0,
        gap_ms: 0,
    }
}

impl ChartsAsked {
    /// How many pieces a chart has at the most: as many as its place has dots on a fine screen.
    pub(crate) const MOST_PIECES: u32 = 600;

    /// The names of what has to be read.
    pub(crate) fn signals(&self) -> Vec<String> {
        self.charts.iter().map(|chart| signal_key(&chart.signal)).collect()
    }

    /// The page, from what was read in the order of [`ChartsAsked::signals`].
    pub(crate) fn page(&self, stretches: &[Stretch]) -> ChartsPageView {
        ChartsPageView {
            hours: self.hours,
            caption: format!(
                "last {} h · low–high of {}",
                self.hours,
                length(u64::from(self.hours * 3600 / Self::MOST_PIECES))
            ),
            from_s: seconds(self.from),
            to_s: seconds(self.to),
            stale_after_s: f64::from(self.hours) * 3600.0 / f64::from(Self::MOST_PIECES),
            axis: self.axis(),
            charts: self.charts.iter().zip(stretches).map(|(chart, stretch)| self.chart(chart, stretch)).collect(),
        }
    }

    /// Few enough that their words do not touch at the side of a phase.
    fn axis(&self) -> Vec<(f64, String)> {
        let step_s = match self.hours {
            1 => 900,
            6 => 7_200,
            _ => 21_600,
        };
        let wall = |at: Timestamp| clock(&at.to_zoned_datetime(self.resolved.zone.clone()));
        let times = round_times(self.from, self.to, step_s, &self.resolved.zone);
        times.into_iter().map(|at| (seconds(at), wall(at))).collect()
    }

    fn chart(&self, chart: &Asked, stretch: &Stretch) -> ChartView {
        let shown = |value: f64| match chart.own {
            Some(own) => measure::converted(value, own, chart.shown).unwrap_or(value),
            None => value,
        };
        let drawn = |value: f64| Some(shown(value)).filter(|value| value.is_finite());
        let (mut times_s, mut highs, mut lows) = (Vec::new(), Vec::new(), Vec::new());
        let mut before: Option<&Bucket> = None;
        let seen = || stretch.buckets.iter().filter(|bucket| bucket.seen > 0);
        for bucket in seen() {
            if let Some(before) = before.filter(|before| bucket.first_at > before.good_until) {
                times_s.push(f64::midpoint(thousandth(before.last_at), thousandth(bucket.first_at)));
                highs.push(None);
                lows.push(None);
            }
            times_s.push(f64::midpoint(thousandth(bucket.first_at), thousandth(bucket.last_at)));
            highs.push(drawn(bucket.high));
            lows.push(drawn(bucket.low));
            before = Some(bucket);
        }
        let inside = || seen().filter(|bucket| bucket.last_at >= self.from.as_millisecond());
        let low = inside().map(|bucket| bucket.low).reduce(f64::min).map(shown);
        let high = inside().map(|bucket| bucket.high).reduce(f64::max).map(shown);
        ChartView {
            id: chart.signal.name().to_owned(),
            times_s,
            highs,
            lows,
            gaps: stretch.gaps.iter().map(|(from, to)| (seconds(*from), seconds(*to))).collect(),
            words: self.words(chart, low.zip(high), stretch),
        }
    }

    /// The chart for who cannot see it.
    fn words(&self, chart: &Asked, range: Option<(f64, f64)>, stretch: &Stretch) -> String {
        let over = if self.hours == 1 { "last hour".to_owned() } else { format!("last {} hours", self.hours) };
        let range = match range {
            Some((low, high)) => {
                let told = |value| measure::with_unit(value, chart.shown);
                format!("from {} to {}", told(low), told(high))
            }
            None => "nothing seen".to_owned(),
        };
        let now = if chart.now.is_empty() { "not seen now".to_owned() } else { format!("now {}", chart.now) };
        let unseen = if stretch.unseen_ms > 0 {
            let spans = stretch.gaps.iter().rev().take(NAMED).map(|(from, to)| {
                let wall = |at: Timestamp| on_the_wall(at, &self.resolved);
                format!("from {} to {}", wall(*from), wall(*to))
            });
            let spans: Vec<String> = spans.collect();
            let more = stretch.gaps.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} times before") } else { String::new() };
            let length = stopwatch(stretch.unseen_ms.unsigned_abs().div_ceil(1000));
            let spans = if spans.is_empty() { String::new() } else { format!(", {}{more}", spans.join(", ")) };
            format!(", not seen for {length} in all{spans}")
        } else {
            String::new()
        };
        format!("{}, {over}: {range}, {now}{unseen}", chart.name)
    }
}

fn thousandth(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}
