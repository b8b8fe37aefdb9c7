//! The samples as a table for programs (RFC 4180): a row for each answer of each signal, and a row for each stretch in which
//! nothing was seen, so that a gap is never taken for calm.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use journal::{KeptSample, State, signal_key};
use plan::Unit;
use room::{Room, Rulebook, Signal, measure};

/// The names of the columns.
const HEAD: &str = "time,until,signal,source,criteria,state,value,unit,lowest,highest,mean,answers,without_data,unseen_s,\
                    minutes\r\n";

/// What is known of the signals besides their samples.
#[derive(Debug, Default)]
pub(crate) struct SamplesTable {
    signals: BTreeMap<String, Known>,
}

#[derive(Debug, Default)]
struct Known {
    source: String,
    criteria: String,
    unit: Option<Unit>,
}

impl SamplesTable {
    /// The table of a room.
    pub(crate) fn of(room: &Room) -> Self {
        let config = room.config();
        let book = Rulebook::of(room);
        let criteria = |signal: &Signal| {
            let texts = book.rules_of(signal).map(|rule| rule.text.as_str());
            texts.collect::<Vec<_>>().join("; ")
        };
        let metrics = config.metrics.iter().map(|(name, metric)| {
            let signal = Signal::Metric(name.clone());
            let unit = room.confirmed_unit(name).or(metric.unit);
            (signal_key(&signal), Known { source: metric.source.clone(), criteria: criteria(&signal), unit })
        });
        let probes = config.probes.iter().map(|(name, probe)| {
            let signal = Signal::Probe(name.clone());
            (signal_key(&signal), Known { source: String::new(), criteria: criteria(&signal), unit: probe.unit() })
        });
        Self { signals: metrics.chain(probes).collect() }
    }

    /// The row that names the columns.
    pub(crate) fn head() -> &'static str {
        HEAD
    }

    /// The rows of a signal, in the order of time.
    pub(crate) fn rows(&self, signal: &str, samples: &[KeptSample]) -> String {
        let nothing = Known::default();
        let known = self.signals.get(signal).unwrap_or(&nothing);
        let unit = known.unit.map(measure::unit_name).unwrap_or_default();
        let about = format!("{},{},{}", field(signal), field(&known.source), field(&known.criteria));
        let mut text = String::new();
        // Up to when the last sample with data counts, and when it was.
        let mut good: Option<(i64, i64)> = None;
        for KeptSample { minutes, state, bucket } in samples {
            if bucket.seen > 0 {
                if let Some((last_at, _)) = good.filter(|(_, until)| bucket.first_at > *until) {
                    let (from, to) = (time(last_at), time(bucket.first_at));
                    let unseen_s = seconds(bucket.first_at.saturating_sub(last_at));
                    let _ = write!(text, "{from},{to},{about},unseen,,,,,,0,0,{unseen_s},0\r\n");
                }
                good = good.filter(|(at, _)| *at > bucket.last_at).or(Some((bucket.last_at, bucket.good_until)));
            }
            let until = if bucket.seen > 0 { time(bucket.good_until) } else { String::new() };
            let (is_number, is_several) = (matches!(state, State::Number | State::TooFew), *minutes > 0);
            let value =
                |wanted: bool, value: f64| if wanted && bucket.seen > 0 { value.to_string() } else { String::new() };
            let _ = write!(
                text,
                "{},{until},{about},{},{},{},{},{},{},{},{},{},{minutes}\r\n",
                time(bucket.at),
                word(*state),
                value(true, bucket.last),
                if is_number && bucket.seen > 0 { unit } else { "" },
                value(is_several, bucket.low),
                value(is_several, bucket.high),
                value(is_several, bucket.mean),
                bucket.seen,
                bucket.unseen,
                seconds(bucket.gap_ms),
            );
        }
        text
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Number => "number",
        State::TooFew => "too_few",
        State::Passed => "passed",
        State::Failed => "failed",
        State::NoData => "no_data",
    }
}

/// RFC 3339 in UTC, to the millisecond. A number that is no time, as only a forged row has it, stays a number.
fn time(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).map_or_else(|_| milliseconds.to_string(), |at| at.to_string())
}

fn seconds(milliseconds: i64) -> String {
    measure::written(milliseconds as f64 / 1000.0)
}

/// Words as a field. What a table program would take for a formula is told to be words by an apostrophe.
fn field(words: &str) -> String {
    let words: String = words.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    let begin = words.trim_start().chars().next();
    let words = match begin {
        Some('=' | '+' | '-' | '@') => format!("'{words}"),
        _ => words,
    };
    if words.contains([',', '"']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_a_formula_and_none_breaks_its_row() {
        let written =
            ["=1+1", " @sum(a)", "-rate", "+3", "a,b", "say \"x\"", "two\r\nlines", "Errors > 5 %"].map(field);
        let wanted =
            ["'=1+1", "' @sum(a)", "'-rate", "'+3", "\"a,b\"", "\"say \"\"x\"\"\"", "two  lines", "Errors > 5 %"];
        assert_eq!(written, wanted);
    }

    #[test]
    fn a_gap_has_a_row_of_its_own_and_no_number() {
        let kept = |at: i64, value: Option<f64>| {
            let bucket = match value {
                Some(value) => journal::Bucket {
                    at,
                    first_at: at,
                    last_at: at,
                    good_until: at + 12_000,
                    low: value,
                    high: value,
                    mean: value,
                    last: value,
                    seen: 1,
                    ..journal::Bucket::default()
                },
                None => journal::Bucket { at, unseen: 1, ..journal::Bucket::default() },
            };
            let state = if value.is_some() { State::Number } else { State::NoData };
            KeptSample { minutes: 0, state, bucket }
        };
        let rows = SamplesTable::default()
            .rows("metrics.x", &[kept(0, Some(0.5)), kept(5_000, None), kept(60_000, Some(1.0))]);
        assert_eq!(
            rows,
            "1970-01-01T00:00:00Z,1970-01-01T00:00:12Z,metrics.x,,,number,0.5,,,,,1,0,0,0\r\n\
             1970-01-01T00:00:05Z,,metrics.x,,,no_data,,,,,,0,1,0,0\r\n\
             1970-01-01T00:00:00Z,1970-01-01T00:01:00Z,metrics.x,,,unseen,,,,,,0,0,60,0\r\n\
             1970-01-01T00:01:00Z,1970-01-01T00:01:12Z,metrics.x,,,number,1,,,,,1,0,0,0\r\n"
        );
        for row in rows.lines() {
            assert_eq!(row.matches(',').count(), HEAD.matches(',').count(), "{row}");
        }
    }
}
