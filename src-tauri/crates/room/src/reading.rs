//! What is observed: a signal, its readings, and every way in which there is none.
//!
//! Owns: the shapes and the words. Must not know: how anything is asked, and what is alarming.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Below it, a size is told in KiB.
const MIB_BYTES: u64 = 1024 * 1024;

/// Something that is observed: an entry of `war-room.toml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// `[metrics.NAME]`
    Metric(String),
    /// `[probes.NAME]`
    Probe(String),
}

impl Signal {
    /// Its name in the settings.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Metric(name) | Self::Probe(name) => name,
        }
    }
}

/// One answer of a signal, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Whose.
    pub signal: Signal,
    /// Counts up with every question to this signal: an answer that a later one overtook is dropped.
    pub sequence: u64,
    /// When it was answered, on this laptop's clock.
    pub at: Timestamp,
    /// What came.
    pub outcome: Result<Sample, Fault>,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The value, or whether what was expected is so.
    pub measure: Measure,
    /// The sample's own time, brought onto this laptop's clock: for a query that of the newest sample that went into
    /// it, of several selectors the oldest of these. Never the time of the answer.
    pub at: Timestamp,
    /// Until when it counts, on this laptop's clock: the sample's own time and the larger of two polls and 2.5 times
    /// the scrape interval seen (DESIGN.md, "Fresh").
    pub good_until: Timestamp,
    /// Where a minimum was asked for and not reached: how many things the value was made from, and how many it takes.
    pub too_few: Option<(f64, f64)>,
}

/// A value, or a yes or no.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// A number in the signal's unit; may be infinite, is never NaN.
    Number(f64),
    /// What was expected is so; in words: "200 in 44 ms".
    Passed(String),
    /// What was expected is not so; in words: "500 in 30 ms, expected 200".
    Failed(String),
}

/// Why there is no value. NO DATA, in each of its kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The query found nothing.
    Empty,
    /// The value is not a number.
    NotANumber,
    /// More than one series; the labels of the first few.
    Several {
        /// How many.
        count: usize,
        /// `{pod="a"}`
        labels: Vec<String>,
    },
    /// A value came, but none of the series that it is made from is alive any more.
    Ended,
    /// No selector can be found in the query: nothing proves that its value is of now.
    Unproven,
    /// The answer is of another kind: `matrix`, `string`.
    OtherKind {
        /// Which.
        kind: String,
    },
    /// The server refuses the query, in its words.
    BadQuery {
        /// Its words.
        words: String,
    },
    /// The server answers with an error's status.
    Status {
        /// Which.
        code: u16,
        /// What else it says, shortened.
        words: String,
    },
    /// The answer is no JSON of the API.
    NotTheApi {
        /// What it is: "an HTML page", "no JSON (expected value at line 1 column 1)".
        words: String,
    },
    /// The answer is larger than any answer to such a question.
    TooLarge {
        /// From how many bytes on it is not read.
        limit_bytes: u64,
    },
    /// No answer in time.
    TimedOut {
        /// How long was waited.
        after: Duration,
    },
    /// The machine answers, but nothing listens there.
    Refused,
    /// The name is not known.
    NameUnknown {
        /// The name.
        host: String,
    },
    /// The machine cannot be reached.
    Unreachable {
        /// The system's words.
        words: String,
    },
    /// The connection cannot be trusted.
    Untrusted {
        /// Why.
        words: String,
    },
    /// A secret that the settings name is nowhere to be found.
    NoSecret {
        /// Its name.
        name: String,
        /// The environment's name for it.
        variable: String,
    },
    /// The settings name what cannot be used: a file, a header, an address, a source.
    BadSettings {
        /// What and why.
        words: String,
    },
    /// It is a command, and no person has armed it.
    NotArmed,
    /// The command gave no answer: it could not be started, or something ended it.
    NotRun {
        /// Why.
        words: String,
    },
    /// The output of the command is not one number.
    NoNumber {
        /// What it is instead.
        words: String,
    },
    /// The name server answers, and cannot say.
    NameServer {
        /// Why.
        words: String,
    },
    /// What answered does not know yet.
    NotYet {
        /// What.
        words: String,
    },
    /// It failed right after the laptop slept, when the network may not be back.
    Waking {
        /// What was seen.
        words: String,
    },
    /// The laptop slept, or its clock jumped, while the answer was awaited: it is of no known time.
    Overslept,
    /// The task that asks failed and is started again.
    Broken {
        /// What it left.
        words: String,
    },
}

impl Fault {
    /// Whether it speaks of the way there, and not of what is there: all at once, and the laptop is offline.
    #[must_use]
    pub fn is_of_the_way(&self) -> bool {
        matches!(
            self,
            Self::TimedOut { .. } | Self::NameUnknown { .. } | Self::Unreachable { .. } | Self::NameServer { .. }
        )
    }

    /// Whether nothing was asked at all, for want of something that a person has to give.
    #[must_use]
    pub fn is_unasked(&self) -> bool {
        matches!(self, Self::NoSecret { .. } | Self::BadSettings { .. } | Self::NotArmed)
    }

    /// Whether the source itself was asked and answered: what it had to say at that moment is known.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        matches!(
            self,
            Self::Empty
                | Self::NotANumber
                | Self::Several { .. }
                | Self::Ended
                | Self::Unproven
                | Self::OtherKind { .. }
                | Self::BadQuery { .. }
        )
    }

    /// Whether the source answered that there is no data: what the settings' `no_data` is about.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Empty | Self::NotANumber)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the query found no series"),
            Self::NotANumber => formatter.write_str("the value is not a number (NaN), as from 0 / 0"),
            Self::Several { count, labels } => {
                write!(formatter, "{count} series instead of one ({}): aggregate in the query", labels.join(", "))
            }
            Self::Ended => formatter.write_str("the series have ended: the value is only what is left of them"),
            Self::Unproven => formatter.write_str("no series stands in the query: nothing proves that it is of now"),
            Self::OtherKind { kind } => write!(formatter, "the answer is a {kind}, not one number"),
            Self::BadQuery { words } => write!(formatter, "the server refuses the query: {words}"),
            Self::Status { code, words } if words.is_empty() => write!(formatter, "the server answers {code}"),
            Self::Status { code, words } => write!(formatter, "the server answers {code}: {words}"),
            Self::NotTheApi { words } => write!(formatter, "the answer is not of the API: {words}"),
            Self::TooLarge { limit_bytes } if *limit_bytes < MIB_BYTES => {
                write!(formatter, "the answer is larger than {} KiB", limit_bytes / 1024)
            }
            Self::TooLarge { limit_bytes } => {
                write!(formatter, "the answer is larger than {} MiB", limit_bytes / MIB_BYTES)
            }
            Self::TimedOut { after } => {
                let seconds = after.as_secs_f64();
                write!(formatter, "no reply in {} s", (seconds * 10.0).round() / 10.0)
            }
            Self::Refused => formatter.write_str("nothing listens there: the connection was refused"),
            Self::NameUnknown { host } => write!(formatter, "the name {host} is not known"),
            Self::Unreachable { words } => write!(formatter, "it cannot be reached: {words}"),
            Self::Untrusted { words } => write!(formatter, "the connection cannot be trusted: {words}"),
            Self::NoSecret { name, variable } => {
                write!(formatter, "the secret {name} is not there: set {variable}, or write it into secrets.toml")
            }
            Self::BadSettings { words } => formatter.write_str(words),
            Self::NotArmed => formatter.write_str("no person armed this command: arm it on the signals' page (S)"),
            Self::NotRun { words } => write!(formatter, "the command gave no answer: {words}"),
            Self::NoNumber { words } => write!(formatter, "the output is not one number: {words}"),
            Self::NameServer { words } => write!(formatter, "the name server cannot say: {words}"),
            Self::NotYet { words } => write!(formatter, "it is not known there yet: {words}"),
            Self::Waking { words } => {
                write!(formatter, "the laptop slept, and the network may not be back yet: {words}")
            }
            Self::Overslept => formatter
                .write_str("the laptop slept or its clock jumped before the answer came, which is of no known time"),
            Self::Broken { words } => write!(formatter, "the probe failed and was started again: {words}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_its_unit() {
        let told = |limit_bytes| Fault::TooLarge { limit_bytes }.to_string();
        assert_eq!(told(64 * 1024), "the answer is larger than 64 KiB");
        assert_eq!(told(4 * 1024 * 1024), "the answer is larger than 4 MiB");
    }

    #[test]
    fn the_way_and_the_settings_are_told_from_what_is_there() {
        let words = || "why".to_owned();
        assert!(Fault::NameServer { words: words() }.is_of_the_way());
        assert!(!Fault::Waking { words: words() }.is_of_the_way() && !Fault::Overslept.is_of_the_way());
        assert!(Fault::NotArmed.is_unasked() && !Fault::NotRun { words: words() }.is_unasked());
    }
}
