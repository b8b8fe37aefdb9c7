//! What the signals showed in the last quarter of an hour, for the charts; and how low and how high they went since go-live.
//!
//! Owns: the points and the stretches in which nothing was seen. Must not know: what is alarming.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use journal::{Bucket, Stretch};
use room::{Measure, Reading, Sample, Signal};

/// How far back the charts look.
pub(crate) const LENGTH: SignedDuration = SignedDuration::from_mins(15);

/// More points than a signal that is asked every half second gives in that time.
const MOST: usize = 2048;

/// A point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    /// The sample's own time.
    pub(crate) at: Timestamp,
    /// Until when it counts.
    pub(crate) good_until: Timestamp,
    /// Its value in the signal's unit.
    pub(crate) value: f64,
    /// Whether it was fetched afterwards.
    pub(crate) is_late: bool,
}

/// The points of each signal that has numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tape {
    signals: BTreeMap<Signal, VecDeque<Point>>,
}

impl Tape {
    /// Takes a reading in; one of a time that is known already only makes the point count for longer.
    pub(crate) fn record(&mut self, reading: &Reading) {
        let Ok(sample) = &reading.outcome else { return };
        let Measure::Number(value) = sample.measure else { return };
        if !value.is_finite() {
            return;
        }
        let points = self.signals.entry(reading.signal.clone()).or_default();
        match points.back_mut() {
            Some(last) if sample.at < last.at => return,
            Some(last) if sample.at == last.at => last.good_until = last.good_until.max(sample.good_until),
            _ => {
                points.push_back(Point { at: sample.at, good_until: sample.good_until, value, is_late: false });
            }
        }
        while points.len() > MOST {
            points.pop_front();
        }
    }

    /// Takes a reading in that was fetched afterwards, at its place.
    pub(crate) fn record_late(&mut self, reading: &Reading) {
        let Ok(Sample { measure: Measure::Number(value), at, good_until, .. }) = reading.outcome else { return };
        let points = self.signals.entry(reading.signal.clone()).or_default();
        let place = points.partition_point(|point| point.at < at);
        match points.get_mut(place).filter(|point| point.at == at) {
            Some(point) => point.good_until = point.good_until.max(good_until),
            None if value.is_finite() => points.insert(place, Point { at, good_until, value, is_late: true }),
            None => {}
        }
        while points.len() > MOST {
            points.pop_front();
        }
    }

    /// The wall clock was set: the points stay as old as they are.
    pub(crate) fn shift(&mut self, by: SignedDuration) {
        for point in self.signals.values_mut().flatten() {
            point.at = point.at.checked_add(by).unwrap_or(point.at);
            point.good_until = point.good_until.checked_add(by).unwrap_or(point.good_until);
        }
    }

    /// Begins with what was kept of a metric before the program was started.
    pub(crate) fn begin_with(&mut self, metric: &str, kept: &Stretch) {
        let point = |bucket: &Bucket| {
            let time = |milliseconds| Timestamp::from_millisecond(milliseconds).ok();
            let (at, good_until) = (time(bucket.last_at)?, time(bucket.good_until)?);
            let is_drawn = bucket.seen > 0 && bucket.last.is_finite();
            is_drawn.then_some(Point { at, good_until, value: bucket.last, is_late: false })
        };
        let points: VecDeque<Point> = kept.buckets.iter().filter_map(point).collect();
        if !points.is_empty() {
            self.signals.insert(Signal::Metric(metric.to_owned()), points);
        }
    }

    /// Whether all that was shown from then on is there: points are let go only where there are too many.
    pub(crate) fn reaches_back_to(&self, from: Timestamp) -> bool {
        self.signals.values().all(|points| points.len() < MOST || points.front().is_some_and(|first| first.at <= from))
    }

    /// The points of a signal that a chart from `from` on needs: the one before stays, so that the line begins at the
    /// edge.
    pub(crate) fn points(&self, signal: &Signal, from: Timestamp) -> Vec<Point> {
        let Some(points) = self.signals.get(signal) else { return Vec::new() };
        let first = points.iter().rposition(|point| point.at < from).unwrap_or(0);
        points.iter().skip(first).copied().collect()
    }

    /// The stretches that were fetched afterwards, from the first sample of each to its last.
    pub(crate) fn fetched(points: &[Point], from: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let late =
            points.chunk_by(|one, next| one.is_late == next.is_late).filter(|run| run.iter().any(|one| one.is_late));
        let ends = late.filter_map(|run| Some((run.first()?.at.max(from), run.last()?.at)));
        ends.filter(|(_, end)| *end > from).collect()
    }

    /// The stretches between `from` and `to` in which nothing was seen: from the last sample on where it was followed by
    /// none while it counted.
    pub(crate) fn gaps(points: &[Point], from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut gaps = Vec::new();
        let Some(first) = points.first() else { return vec![(from, to)] };
        if first.at > from {
            gaps.push((from, first.at));
        }
        for pair in points.windows(2) {
            if let [one, next] = pair
                && next.at > one.good_until
            {
                gaps.push((one.at, next.at));
            }
        }
        if let Some(last) = points.last().filter(|last| last.good_until < to) {
            gaps.push((last.at, to));
        }
        gaps.retain(|(_, end)| *end > from);
        gaps.iter().map(|(start, end)| ((*start).max(from), *end)).collect()
    }
}

/// How low and how high each metric went since go-live, of all that is stored beside the log; and what it showed at some
/// moments of that time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends {
    /// From when to when samples were looked at; `None` before they ever were.
    pub(crate) span: Option<(Timestamp, Timestamp)>,
    of: BTreeMap<Signal, [(f64, Timestamp); 2]>,
    at: BTreeMap<(Signal, Timestamp), (f64, f64)>,
}

impl Ends {
    /// What was read. A piece that begins before `from` belongs to the time before.
    pub(crate) fn of(
        read: impl Iterator<Item = (Signal, Stretch)>,
        (from, to): (Timestamp, Timestamp),
        moments: &[Timestamp],
    ) -> Self {
        let mut ends = Self { span: Some((from, to)), ..Self::default() };
        for (signal, stretch) in read {
            let seen: Vec<&Bucket> = stretch.buckets.iter().filter(|bucket| bucket.seen > 0).collect();
            for moment in moments {
                let at = moment.as_millisecond();
                let before = seen.iter().take_while(|bucket| bucket.first_at <= at).last();
                if let Some(piece) = before.filter(|piece| at <= piece.good_until && piece.low.is_finite()) {
                    ends.at.insert((signal.clone(), *moment), (piece.low, piece.high));
                }
            }
            let of = |value: fn(&Bucket) -> f64| {
                let inside = seen.iter().filter(|bucket| bucket.first_at >= from.as_millisecond());
                let found = inside.filter_map(move |bucket| {
                    Some((value(bucket), Timestamp::from_millisecond(bucket.first_at).ok()?))
                });
                found.filter(|(value, _)| value.is_finite())
            };
            let low = of(|bucket| bucket.low).min_by(|(one, _), (other, _)| one.total_cmp(other));
            let high = of(|bucket| bucket.high).max_by(|(one, _), (other, _)| one.total_cmp(other));
            if let Some((low, high)) = low.zip(high) {
                ends.of.insert(signal, [low, high]);
            }
        }
        ends
    }

    /// The lowest and the highest of a signal, each with about when it was.
    pub(crate) fn of_signal(&self, signal: &Signal) -> &[(f64, Timestamp)] {
        self.of.get(signal).map_or(&[], |ends| ends.as_slice())
    }

    /// The lowest and the highest of a signal around one of the moments, within a minute or so.
    pub(crate) fn at(&self, signal: &Signal, moment: Timestamp) -> Option<(f64, f64)> {
        self.at.get(&(signal.clone(), moment)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use room::Fault;

    fn at(second: i64) -> Timestamp {
        Timestamp::new(1_769_000_000 + second, 0).unwrap()
    }

    fn reading(second: i64, value: f64) -> Reading {
        let sample =
            Sample { measure: Measure::Number(value), at: at(second), good_until: at(second + 10), too_few: None };
        Reading { signal: Signal::Metric("a".to_owned()), sequence: 1, at: at(second), outcome: Ok(sample) }
    }

    #[test]
    fn what_was_not_seen_is_a_gap_and_no_line() {
        let mut tape = Tape::default();
        for (second, value) in [(0, 1.0), (5, 2.0), (5, 2.0), (60, 3.0)] {
            tape.record(&reading(second, value));
        }
        tape.record(&Reading { outcome: Err(Fault::Empty), ..reading(65, 0.0) });
        let points = tape.points(&Signal::Metric("a".to_owned()), at(-100));
        assert_eq!(points.len(), 3);
        assert_eq!(Tape::gaps(&points, at(-100), at(80)), [(at(-100), at(0)), (at(5), at(60)), (at(60), at(80))]);
        assert_eq!(Tape::gaps(&points, at(-100), at(66)), [(at(-100), at(0)), (at(5), at(60))]);
        assert_eq!(Tape::gaps(&[], at(0), at(1)), [(at(0), at(1))]);
    }

    #[test]
    fn a_tape_that_let_points_go_says_so() {
        let mut tape = Tape::default();
        for second in 0..i64::try_from(MOST).unwrap() {
            assert!(tape.reaches_back_to(at(-100)), "nothing was let go yet");
            tape.record(&reading(second, 1.0));
        }
        tape.record(&reading(5_000, 1.0));
        assert!(!tape.reaches_back_to(at(0)) && tape.reaches_back_to(at(1)));
    }

    #[test]
    fn what_is_fetched_afterwards_closes_the_gap_as_far_as_it_goes() {
        let mut tape = Tape::default();
        for second in [0, 60] {
            tape.record(&reading(second, 1.0));
        }
        for second in [10, 20, 30, 30] {
            tape.record_late(&reading(second, 2.0));
        }
        tape.record_late(&Reading { outcome: Err(Fault::Refused), ..reading(40, 0.0) });
        tape.record(&reading(65, 3.0));
        let points = tape.points(&Signal::Metric("a".to_owned()), at(0));
        let seconds = points.iter().map(|point| point.at.duration_since(at(0)).as_secs()).collect::<Vec<_>>();
        assert_eq!(seconds, [0, 10, 20, 30, 60, 65]);
        assert_eq!(Tape::gaps(&points, at(0), at(70)), [(at(30), at(60))]);
        assert_eq!(Tape::fetched(&points, at(15)), [(at(15), at(30))]);
        assert_eq!(Tape::fetched(&points, at(30)), []);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_a_chart() {
        let mut tape = Tape::default();
        tape.record(&reading(3600, 1.0));
        tape.shift(SignedDuration::from_secs(-3600));
        tape.record(&reading(5, 2.0));
        let points = tape.points(&Signal::Metric("a".to_owned()), at(0));
        assert_eq!(points.iter().map(|point| point.at).collect::<Vec<_>>(), [at(0), at(5)]);
    }

    #[test]
    fn the_ends_are_of_the_time_since_go_live_alone() {
        let piece = |second: i64, low: f64, high: f64| Bucket {
            first_at: at(second).as_millisecond(),
            low,
            high,
            good_until: at(second + 30).as_millisecond(),
            seen: 1,
            ..Bucket::default()
        };
        let buckets =
            vec![piece(-60, 0.0, 99.0), piece(60, 1.0, 7.0), piece(120, 0.5, 3.0), piece(180, f64::NAN, f64::NAN)];
        let signal = Signal::Metric("a".to_owned());
        let read = [(signal.clone(), Stretch { buckets, ..Stretch::default() })];
        let ends = Ends::of(read.into_iter(), (at(0), at(300)), &[at(70), at(100)]);
        assert_eq!(ends.of_signal(&signal), [(0.5, at(120)), (7.0, at(60))]);
        assert_eq!(ends.of_signal(&Signal::Metric("b".to_owned())), []);
        assert_eq!(
            (ends.at(&signal, at(70)), ends.at(&signal, at(100))),
            (Some((1.0, 7.0)), None),
            "unseen is nothing"
        );
    }
}
