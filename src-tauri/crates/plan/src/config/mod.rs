//! The grammar of `war-room.toml`.
//!
//! Owns: which keys there are, what may stand behind them, and the sentence for each mistake. Must not know: files, and
//! what is done with a setting. The grammar is declared once, in `grammar`, and walked over the document in `walk`.

mod bound;
mod digest;
mod fill;
mod grammar;
mod keys;
mod lasting;
mod near;
mod position;
mod probe;
mod single;
#[cfg(test)]
mod tests;
mod value;
mod walk;
mod watch;
mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use toml::de::DeTable;

use crate::Level;
pub use bound::{BoundTo, bound, unmatched_binds};
pub use digest::digest;
pub use lasting::{Lasting, lengths, unmatched_durations};
use position::Lines;
use walk::Walk;
pub use watch::{
    AlertRules, Auth, Bind, BoundBy, Clear, DAYS_LEFT, DnsRecord, EVERY, ExpectCommand, ExpectDns, ExpectHttp, FIRE,
    Fire, GateRules, HIGH_DEADLINE, HeaderValue, Metric, Minimum, NoData, NumberInOutput, OnBreach, Probe, ProbeKind,
    Scalar, Source, TIMEOUT, Tuning,
};

/// What the text of the checklist cannot say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// `[plan]`
    pub plan: PlanFacts,
    /// `[sources]`
    pub sources: BTreeMap<String, Source>,
    /// `[metrics]`
    pub metrics: BTreeMap<String, Metric>,
    /// `[probes]`
    pub probes: BTreeMap<String, Probe>,
    /// `[[bind]]`
    pub binds: Vec<Bind>,
    /// `[durations]`: how long phases take.
    pub durations: Vec<Lasting>,
    /// `[gates]`
    pub gates: GateRules,
    /// `[alerts]`
    pub alerts: AlertRules,
}

/// `[plan]`: what the text does not say, or says wrongly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanFacts {
    /// The service's name.
    pub service: Option<String>,
    /// Its version.
    pub release: Option<String>,
    /// `production`, `staging`, …
    pub environment: Option<String>,
    /// T0 on the wall of `zone`.
    pub start: Option<jiff::civil::DateTime>,
    /// IANA name, as the bundled database writes it.
    pub zone: Option<String>,
    /// The announced window, from and to; it begins on T0's day and, where `to` is not after `from`, ends on the day
    /// after.
    pub window: Option<(jiff::civil::Time, jiff::civil::Time)>,
}

/// Something in `war-room.toml` that is wrong, or right and not used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// [`Level::Error`]: the file does not count. [`Level::Warning`]: it will not do what was meant.
    /// [`Level::Note`]: worth knowing.
    pub level: Level,
    /// What is wrong, without a full stop, so that it can be continued.
    pub message: String,
    /// How to mend it, in words that continue the message; empty where nothing is to be mended.
    pub mend: String,
}

impl Mistake {
    /// The whole sentence: `war-room.toml:12: unknown key "servce" in [plan]; did you mean "service"?`
    #[must_use]
    pub fn sentence(&self, file: &str) -> String {
        let Self { line, message, mend, .. } = self;
        if mend.is_empty() { format!("{file}:{line}: {message}") } else { format!("{file}:{line}: {message}; {mend}") }
    }
}

/// More mistakes than anybody reads at once; a file full of them is no settings file.
const MISTAKES_SHOWN_MAX: usize = 100;

/// Reads the text of a `war-room.toml`. Never fails and never stops at the first mistake; where a mistake is an
/// [`Level::Error`], what was read besides it is still there, for a person to see, and must not be acted on.
#[must_use]
pub fn parse(text: &str) -> (Config, Vec<Mistake>) {
    let lines = Lines::of(text);
    let (document, faults) = DeTable::parse_recoverable(text);
    let document = document.into_inner();
    let mut walk = Walk::over(&document, &lines, faults.is_empty());
    for fault in &faults {
        walk.report_syntax(fault);
    }
    walk.file();
    let mistakes = walk.into_mistakes();
    (fill::config(&document, &lines), shown(mistakes))
}

/// A length of time as the settings write it: `90s`, `10m`, `1h30m`.
#[must_use]
pub fn length(text: &str) -> Option<Duration> {
    value::duration(text.trim())
}

/// The mistakes in the order of the text, one per place, and not more than a person reads.
fn shown(mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    mistakes.dedup();
    let hidden = mistakes.split_off(MISTAKES_SHOWN_MAX.min(mistakes.len()));
    // As grave as the gravest that is hidden: notes alone, however many, refuse no file.
    let gravest = hidden.iter().map(|mistake| mistake.level).max();
    if let Some((last, level)) = mistakes.last().zip(gravest) {
        let (line, column) = (last.line, last.column);
        let message = format!("{} further mistakes are not shown", hidden.len());
        mistakes.push(Mistake { line, column, level, message, mend: String::new() });
    }
    mistakes
}
