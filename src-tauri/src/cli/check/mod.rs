//! `war-room check`: reads checklists and tells what was read and what was noticed.
//!
//! Owns: which files, which findings count, and the exit code. Must not know: how a result is written.

mod json;

use std::io;
use std::path::Path;

use plan::{Finding, Plan, Resolved};

use super::arguments::Check;
use super::{Streams, exit};
use crate::record::{CheckReport, write_check};
use crate::wire::project;
use crate::{source, start_and_zone};

/// A checklist, read, with its day.
struct Checked {
    /// As named on the command line.
    name: String,
    plan: Plan,
    /// The day; `None` where nothing names T0.
    resolved: Option<Resolved>,
    /// What counts.
    findings: Vec<Finding>,
    /// How many were allowed.
    allowed: usize,
}

impl Checked {
    fn report(&self) -> CheckReport<'_> {
        CheckReport {
            name: &self.name,
            plan: &self.plan,
            resolved: self.resolved.as_ref(),
            findings: &self.findings,
            allowed: self.allowed,
        }
    }
}

/// Reads each file, goes on where one cannot be read, and gives the worst code.
pub(super) fn check(arguments: &Check, streams: &mut Streams<'_>) -> io::Result<u8> {
    let mut code = exit::GOOD;
    let mut read = Vec::new();
    for path in &arguments.files {
        match one(arguments, path) {
            Ok(checked) => {
                let level = arguments.deny.level();
                if checked.findings.iter().any(|finding| finding.severity >= level) {
                    code = code.max(exit::FINDINGS);
                }
                if !arguments.is_json() {
                    write_check(&checked.report(), streams.out, streams.out_colour)?;
                }
                read.push(checked);
            }
            Err(sentences) => {
                code = code.max(exit::UNREADABLE);
                for sentence in sentences {
                    writeln!(streams.err, "{sentence}")?;
                }
            }
        }
    }
    if arguments.is_json() {
        json::write(&read, arguments.files.len() > 1, streams.out)?;
    }
    streams.out.flush()?;
    Ok(code)
}

fn one(arguments: &Check, path: &Path) -> Result<Checked, Vec<String>> {
    let shown = |path: &Path| path.display().to_string();
    let source = source::read(path).map_err(|error| {
        let mut sentences = vec![error.sentence(shown)];
        sentences.extend(error.detail(shown));
        sentences
    })?;
    let (plan, mut findings) = source.plan();
    let all = findings.len();
    findings.retain(|finding| !arguments.allow.iter().any(|code| code.eq_ignore_ascii_case(finding.code)));
    let resolved = day(arguments, &plan).map_err(|sentence| vec![format!("{}: {sentence}", shown(path))])?;
    Ok(Checked { name: shown(path), allowed: all - findings.len(), plan, resolved, findings })
}

/// The day as the command line has it, else as the text does.
fn day(arguments: &Check, plan: &Plan) -> Result<Option<Resolved>, String> {
    let zone = arguments.day.zone.as_deref().unwrap_or(&plan.start.zone);
    match arguments.day.start.or(plan.start.start) {
        Some(start) => start_and_zone::resolve(plan, &project::field(start), zone).map(Some),
        None => Ok(None),
    }
}
