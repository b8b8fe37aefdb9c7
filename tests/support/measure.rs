//! Times and sizes that were measured, and the line that tells them.
//!
//! Owns: median, p95, the ratio to a limit, and the JSON line that `cargo xtask bench` puts into its table. Must not know:
//! what was measured. Nothing is ever asserted: a machine that is busy is no mistake of the program's.

use std::env;
use std::fs::File;
use std::io::{self, Write};
use std::time::Duration;

use serde_json::{Value, json};

/// The times of one thing that was done again and again.
#[derive(Debug, Clone)]
pub struct Times {
    name: &'static str,
    /// In the order in which they came.
    all: Vec<Duration>,
}

impl Times {
    /// None yet.
    #[must_use]
    pub fn of(name: &'static str) -> Self {
        Self { name, all: Vec::new() }
    }

    /// Adds one.
    pub fn add(&mut self, took: Duration) {
        self.all.push(took);
    }

    /// One time alone: what is measured once, or a bound.
    #[must_use]
    pub fn once(name: &'static str, took: Duration) -> Self {
        Self { name, all: vec![took] }
    }

    /// The smallest time that this share of all times does not exceed.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Duration {
        percentile(&self.all, percent)
    }

    /// The line for the table: JSON, with what these times are held against where there is such a thing. The ratio is that
    /// of the medians: one stall of the disk is then no verdict on either side.
    #[must_use]
    pub fn line(&self, limit: Option<&Self>) -> String {
        self.json(limit).to_string()
    }

    /// The same, with what the ratio is meant to stay within.
    #[must_use]
    pub fn line_within(&self, limit: &Self, at_most: f64) -> String {
        within(self.json(Some(limit)), at_most)
    }

    /// One of so many stretches of the same length, from 0, in the order in which they came.
    #[must_use]
    pub fn stretch(&self, stretch: usize, of: usize) -> Self {
        let length = self.all.len().div_ceil(of.max(1)).max(1);
        Self { name: self.name, all: self.all.chunks(length).nth(stretch).unwrap_or_default().to_vec() }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The line of the slow ones: what this share of all times does not exceed, beside the same of the limit.
    #[must_use]
    pub fn line_of(&self, percent: usize, name: &'static str, limit: &Self, at_most: f64) -> String {
        let slow = |times: &Self, name| Self::once(name, times.percentile(percent));
        let mut line = slow(self, name).json(Some(&slow(limit, limit.name)));
        if let Some(fields) = line.as_object_mut() {
            fields.insert("count".to_owned(), Value::from(self.all.len()));
        }
        within(line, at_most)
    }

    fn json(&self, limit: Option<&Self>) -> Value {
        let micros = |times: &Self, percent| times.percentile(percent).as_nanos() as f64 / 1000.0;
        json!({
            "name": self.name,
            "count": self.all.len(),
            "median_us": micros(self, 50),
            "p95_us": micros(self, 95),
            "max_us": micros(self, 100),
            "limit": limit.map(|limit| limit.name),
            "ratio": limit.map_or(Value::Null, |limit| ratio(micros(self, 50), micros(limit, 50))),
        })
    }
}

/// A line with words that stand behind it in the table.
#[must_use]
pub fn noted(line: &str, words: &str) -> String {
    let Ok(mut line) = line.parse::<Value>() else { return line.to_owned() };
    if let Some(fields) = line.as_object_mut() {
        fields.insert("note".to_owned(), Value::from(words));
    }
    line.to_string()
}

/// Adds lines to the file that `cargo xtask bench` names.
///
/// # Errors
/// Where it names none, or the file cannot be written.
pub fn keep(lines: &[String]) -> io::Result<()> {
    let path = env::var_os("WAR_ROOM_BENCH").ok_or_else(|| io::Error::other("WAR_ROOM_BENCH names no file"))?;
    let mut file = File::options().create(true).append(true).open(path)?;
    lines.iter().try_for_each(|line| writeln!(file, "{line}"))
}

/// The sizes of one thing that was made again and again.
#[derive(Debug, Clone)]
pub struct Sizes {
    name: &'static str,
    all_kb: Vec<u64>,
}

impl Sizes {
    /// None yet.
    #[must_use]
    pub fn of(name: &'static str) -> Self {
        Self { name, all_kb: Vec::new() }
    }

    /// Adds one.
    pub fn add(&mut self, size_kb: u64) {
        self.all_kb.push(size_kb);
    }

    /// The line for the table, as that of times.
    #[must_use]
    pub fn line(&self, limit: Option<&Self>) -> String {
        self.json(limit).to_string()
    }

    /// The same, with what the ratio is meant to stay within.
    #[must_use]
    pub fn line_within(&self, limit: &Self, at_most: f64) -> String {
        within(self.json(Some(limit)), at_most)
    }

    fn json(&self, limit: Option<&Self>) -> Value {
        let kb = |sizes: &Self, percent| percentile(&sizes.all_kb, percent);
        json!({
            "name": self.name,
            "count": self.all_kb.len(),
            "median_kb": kb(self, 50),
            "p95_kb": kb(self, 95),
            "max_kb": kb(self, 100),
            "limit": limit.map(|limit| limit.name),
            "ratio": limit.map_or(Value::Null, |limit| ratio(kb(self, 50) as f64, kb(limit, 50) as f64)),
        })
    }
}

/// The smallest value that this share of all values does not exceed.
fn percentile<T: Copy + Default + Ord>(all: &[T], percent: usize) -> T {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// JSON has no infinity: a limit of nothing gives no ratio.
fn ratio(median: f64, limit: f64) -> Value {
    let ratio = median / limit;
    if ratio.is_finite() { Value::from(ratio) } else { Value::Null }
}

fn within(mut line: Value, at_most: f64) -> String {
    if let Some(fields) = line.as_object_mut() {
        fields.insert("at_most".to_owned(), Value::from(at_most));
    }
    line.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(name: &'static str, micros: impl IntoIterator<Item = u64>) -> Times {
        Times { name, all: micros.into_iter().map(Duration::from_micros).collect() }
    }

    #[test]
    fn percentiles_are_times_that_came() {
        let hundred = times("a", (1..=100).rev());
        let found = [50, 95, 100].map(|percent| hundred.percentile(percent).as_micros());
        assert_eq!(found, [50, 95, 100]);
        assert_eq!(times("a", [7]).percentile(95), Duration::from_micros(7));
        assert_eq!(times("a", [3, 1, 2]).percentile(50), Duration::from_micros(2));
        assert_eq!(times("a", []).percentile(50), Duration::ZERO);
    }

    #[test]
    fn the_line_names_its_limit_and_the_ratio_of_the_medians() {
        let limit = times("bare", [10, 20, 9_000]);
        let line: Value = times("whole", [30, 50, 70]).line(Some(&limit)).parse().expect("JSON");
        let expected = json!({
            "name": "whole", "count": 3, "median_us": 50.0, "p95_us": 70.0, "max_us": 70.0, "limit": "bare", "ratio": 2.5,
        });
        assert_eq!(line, expected);
        let alone: Value = limit.line(None).parse().expect("JSON");
        assert_eq!((&alone["limit"], &alone["ratio"]), (&Value::Null, &Value::Null));
        let nothing: Value = limit.line(Some(&times("nothing", [0]))).parse().expect("JSON");
        assert_eq!(nothing["ratio"], Value::Null);
    }

    #[test]
    fn the_line_of_the_slow_ones_holds_one_in_a_hundred_against_the_same() {
        let line = times("whole", 1..=200).line_of(99, "whole, p99", &times("bare", 1..=100), 1.3);
        let line: Value = line.parse().expect("JSON");
        let expected = json!({
            "name": "whole, p99", "count": 200, "median_us": 198.0, "p95_us": 198.0, "max_us": 198.0, "limit": "bare",
            "ratio": 2.0, "at_most": 1.3,
        });
        assert_eq!(line, expected);
        let noted: Value = noted(&line.to_string(), "3 of 4").parse().expect("JSON");
        assert_eq!((&noted["note"], &noted["ratio"]), (&json!("3 of 4"), &json!(2.0)));
    }

    #[test]
    fn a_line_of_sizes_says_what_it_is_meant_to_stay_within() {
        let sizes = |name, all_kb: [u64; 3]| Sizes { name, all_kb: all_kb.to_vec() };
        let line = sizes("whole", [30, 70, 50]).line_within(&sizes("bare", [10, 9_000, 20]), 1.2);
        let line: Value = line.parse().expect("JSON");
        let expected = json!({
            "name": "whole", "count": 3, "median_kb": 50, "p95_kb": 70, "max_kb": 70, "limit": "bare", "ratio": 2.5, "at_most": 1.2,
        });
        assert_eq!(line, expected);
    }
}
