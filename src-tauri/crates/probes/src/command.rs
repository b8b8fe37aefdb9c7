//! A look by a command.
//!
//! Owns: the process with all that it starts, and what came of it held against what is expected. Must not know: whether
//! a person armed it, and how often is looked.
//!
//! The text goes to a shell as it stands in the settings: nothing is filled in. The shell takes a variable that is not
//! set, and a failure in front of a pipe, for failures. The command reads nothing, sits in a process group of its own,
//! and nothing of the group outlives the look.

use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use plan::config::{ExpectCommand, NumberInOutput};
use room::{Fault, Measure, Sample};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use crate::look::{looked, took};
use crate::supervision::Asker;
use crate::words;

mod number;

/// More output than this is read and forgotten.
const LIMIT_BYTES: usize = 64 * 1024;

/// So much of what a command says is shown.
const LONGEST_WORDS: usize = 120;

/// What a shell ends with where there is no such command, or none that may run.
const NO_COMMAND: [u8; 2] = [126, 127];

/// Runs one command.
pub(crate) struct Run {
    /// Its text.
    pub(crate) command: String,
    /// The folder in which it runs.
    pub(crate) folder: PathBuf,
    /// The number in its output that is the value.
    pub(crate) number: Option<NumberInOutput>,
    /// What must come of it.
    pub(crate) expect: ExpectCommand,
    /// How often is looked.
    pub(crate) every: Duration,
    /// How long it may take.
    pub(crate) timeout: Duration,
    /// Reads the time.
    pub(crate) clock: fn() -> Timestamp,
}

/// The process group of a command; dropping it ends all that is in it.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw))
    }

    fn end(&mut self) {
        // Where nothing is left of the group there is nothing to end.
        if let Some(pid) = self.0.take()
            && let Err(error) = kill_process_group(pid, Signal::KILL)
        {
            tracing::debug!(%error, "nothing is left of the group of a command");
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

/// What came of a command.
#[derive(Debug)]
struct Outcome {
    status: ExitStatus,
    took: Duration,
    output: Kept,
    errors: Kept,
}

/// The beginning of an output.
#[derive(Debug, Default)]
struct Kept {
    text: String,
    is_cut: bool,
}

impl Kept {
    async fn of(pipe: Option<impl AsyncRead + Unpin>) -> io::Result<Self> {
        let Some(mut pipe) = pipe else { return Ok(Self::default()) };
        let (mut kept, mut is_cut, mut buffer) = (Vec::new(), false, [0; 4096]);
        loop {
            let read = pipe.read(&mut buffer).await?;
            let room = LIMIT_BYTES - kept.len();
            match buffer.get(..read) {
                None | Some([]) => break,
                // What is too much is read on, so that the command is not held up by it.
                Some(bytes) => {
                    is_cut |= bytes.len() > room;
                    kept.extend(bytes.iter().take(room));
                }
            }
        }
        Ok(Self { text: String::from_utf8_lossy(&kept).into_owned(), is_cut })
    }

    /// The last line with anything in it.
    fn last_line(&self) -> Option<&str> {
        self.text.lines().rev().map(str::trim).find(|line| !line.is_empty())
    }
}

impl Run {
    async fn outcome(&self) -> io::Result<Outcome> {
        let asked_at = (self.clock)();
        let mut child = Command::new("bash")
            .args(["-u", "-o", "pipefail", "-c", &self.command])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        let mut group = Group::of(&child);
        let (output, errors) = (Kept::of(child.stdout.take()), Kept::of(child.stderr.take()));
        let ended = async {
            let status = child.wait().await;
            let took = took(asked_at, (self.clock)());
            // What it left running would keep its output open.
            group.end();
            status.map(|status| (status, took))
        };
        let (ended, output, errors) = tokio::join!(ended, output, errors);
        let (status, took) = ended?;
        Ok(Outcome { status, took, output: output?, errors: errors? })
    }
}

impl Asker for Run {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let outcome = self.outcome().await.map_err(|error| {
            let words = match error.kind() {
                io::ErrorKind::NotFound => "there is no bash, or not the folder of the settings".to_owned(),
                _ => format!("it could not be started ({error})"),
            };
            Fault::NotRun { words }
        })?;
        let measure = judged(&outcome, &self.expect, self.number.as_ref(), &secrets())?;
        Ok(looked(measure, (self.clock)(), self.every, self.timeout))
    }

    fn reconnect(&mut self) {
        // Each look is a process of its own.
    }
}

/// What a command may print of the secrets that it found in its environment.
fn secrets() -> Vec<String> {
    let ours = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("WAR_ROOM_SECRET_"));
    ours.map(|(_, value)| value.to_string_lossy().trim().to_owned()).collect()
}

/// What came of a command, held against what is expected; the first that differs is named.
fn judged(
    outcome: &Outcome,
    expect: &ExpectCommand,
    number: Option<&NumberInOutput>,
    secrets: &[String],
) -> Result<Measure, Fault> {
    let said = outcome.errors.last_line().or_else(|| outcome.output.last_line());
    let said =
        said.map(|line| format!(": {}", words::shortened(&words::without_secrets(line, secrets), LONGEST_WORDS)));
    let said = said.unwrap_or_default();
    let Some(code) = outcome.status.code().and_then(|code| u8::try_from(code).ok()) else {
        return Err(Fault::NotRun { words: format!("something ended it ({}){said}", outcome.status) });
    };
    let seen = format!("exit {code} in {}", words::length(outcome.took));
    if code != expect.exit {
        if NO_COMMAND.contains(&code) {
            return Err(Fault::NotRun { words: format!("the shell cannot run it (exit {code}){said}") });
        }
        let words = format!("{seen}, expected {}{said}", expect.exit);
        // Of a value nothing is known where its command failed; it is not a bad value.
        return if number.is_some() { Err(Fault::NotRun { words }) } else { Ok(Measure::Failed(words)) };
    }
    if let Some(text) = &expect.text {
        let holds = |kept: &Kept| kept.text.contains(text.as_str());
        if !holds(&outcome.output) && !holds(&outcome.errors) {
            if outcome.output.is_cut || outcome.errors.is_cut {
                return Err(Fault::TooLarge { limit_bytes: LIMIT_BYTES as u64 });
            }
            let words = format!("{seen}, the output does not hold “{}”", words::shortened(text, 60));
            return if number.is_some() { Err(Fault::NotRun { words }) } else { Ok(Measure::Failed(words)) };
        }
    }
    if let Some(number) = number {
        if outcome.output.is_cut {
            return Err(Fault::TooLarge { limit_bytes: LIMIT_BYTES as u64 });
        }
        return number::of(&outcome.output.text, number.after.as_deref()).map(Measure::Number);
    }
    Ok(match expect.within.filter(|within| outcome.took > *within) {
        Some(within) => Measure::Failed(format!("{seen}, expected within {}", words::length(within))),
        None => Measure::Passed(seen),
    })
}

#[cfg(test)]
mod tests;
