//! One step after the other, with a sign of life.
//!
//! Owns: running a command, what is seen of it while it runs, and its tail when it fails. Must not know: which steps there are.

use std::fs;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::tree::Tree;

/// How long a step is quiet before a line says that it still runs, where nobody sits before a terminal.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// How often the line of a terminal is drawn again.
const REDRAW: Duration = Duration::from_millis(500);

/// A step that ran to its end.
#[derive(Debug)]
pub(crate) struct Finished {
    /// What it was called.
    pub(crate) name: String,
    /// How long it took.
    pub(crate) took: Duration,
    /// Whether its command ended with 0.
    pub(crate) ok: bool,
    /// All that it printed, without colours.
    pub(crate) output: String,
}

/// Prints a line for the person who waits.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    // A closed pipe is no reason to stop building.
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Runs a step that nothing can go on without.
pub(crate) fn must(tree: &Tree, name: &str, command: &mut Command) -> Result<Finished> {
    let finished = run(tree, name, command)?;
    if !finished.ok {
        bail!("{name} failed.");
    }
    Ok(finished)
}

/// Runs a step: one line when it ends, signs of life while it runs, the tail of what it printed when it fails.
pub(crate) fn run(tree: &Tree, name: &str, command: &mut Command) -> Result<Finished> {
    let started = Instant::now();
    let (reader, writer) = io::pipe().context("no pipe could be made")?;
    let second_writer = writer.try_clone().context("no pipe could be made")?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(second_writer)
        .spawn()
        .with_context(|| format!("{name}: {} could not be started", command.get_program().to_string_lossy()))?;
    // The command holds the pipe's writing ends; the reader below would wait for ever for ours.
    command.stdout(Stdio::null()).stderr(Stdio::null());

    let (sender, lines) = mpsc::channel();
    let pump = thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while matches!(reader.read_until(b'\n', &mut line), Ok(count) if count > 0) {
            if sender.send(plain(&String::from_utf8_lossy(&line))).is_err() {
                break;
            }
            line.clear();
        }
    });
    let output = follow(name, started, &lines);
    let status = child.wait().with_context(|| format!("{name}: its end was not seen"))?;
    // The pump ends with the pipe, and `follow` has seen that end.
    let _ = pump.join();

    let finished = Finished { name: name.to_owned(), took: started.elapsed(), ok: status.success(), output };
    let log = keep_log(tree, &finished);
    let mark = if finished.ok { "✓" } else { "✗" };
    clear_line();
    say(&format!("  {mark} {:<50} {:>11}", finished.name, seconds(finished.took)));
    if !finished.ok {
        say(&format!(
            "    {status}; the end of what it printed{}:",
            log.map(|path| format!(" (all of it: {})", path.display())).unwrap_or_default()
        ));
        for line in tail(&finished.output) {
            say(&format!("    │ {line}"));
        }
    }
    Ok(finished)
}

/// "3.2 s", "2 min 05 s".
pub(crate) fn seconds(took: Duration) -> String {
    let whole = took.as_secs();
    if whole < 60 { format!("{:.1} s", took.as_secs_f64()) } else { format!("{} min {:02} s", whole / 60, whole % 60) }
}

/// Collects the lines until the pipe ends, and shows that something happens.
fn follow(name: &str, started: Instant, lines: &mpsc::Receiver<String>) -> String {
    let terminal = io::stdout().is_terminal();
    let pause = if terminal { REDRAW } else { HEARTBEAT };
    let mut output = String::new();
    let mut last = String::new();
    let mut shown = Instant::now();
    loop {
        match lines.recv_timeout(pause.saturating_sub(shown.elapsed())) {
            Ok(line) => {
                output.push_str(&line);
                output.push('\n');
                if !line.trim().is_empty() {
                    line.trim().clone_into(&mut last);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return output,
        }
        if shown.elapsed() >= pause {
            shown = Instant::now();
            let words: String =
                format!("  … {name}  {}  {last}", seconds(started.elapsed())).chars().take(110).collect();
            if terminal {
                clear_line();
                let mut out = io::stdout().lock();
                let _ = write!(out, "{words}");
                let _ = out.flush();
            } else {
                say(&words);
            }
        }
    }
}

fn clear_line() {
    if io::stdout().is_terminal() {
        let mut out = io::stdout().lock();
        let _ = write!(out, "\r\x1b[2K");
        let _ = out.flush();
    }
}

/// What a person needs to see of a failure: more where nobody can look into the log afterwards.
fn tail(output: &str) -> Vec<&str> {
    let wanted = if io::stdout().is_terminal() { 60 } else { 250 };
    let lines: Vec<&str> = output.lines().collect();
    lines.into_iter().rev().take(wanted).collect::<Vec<_>>().into_iter().rev().collect()
}

fn keep_log(tree: &Tree, finished: &Finished) -> Option<PathBuf> {
    let folder = tree.target().join("xtask");
    let name: String =
        finished.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let path = folder.join(format!("{name}.log"));
    fs::create_dir_all(&folder).ok()?;
    fs::write(&path, &finished.output).ok()?;
    Some(path)
}

/// A line without colours and cursor movements; of a line drawn several times over, the last.
fn plain(line: &str) -> String {
    let line = line.trim_end_matches(['\r', '\n']);
    let line = line.rsplit('\r').next().unwrap_or(line);
    let mut text = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter != '\u{1b}' {
            text.push(letter);
            continue;
        }
        if letters.next() == Some('[') {
            for inner in letters.by_ref() {
                if inner.is_ascii_alphabetic() {
                    break;
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_redrawn_lines_are_taken_out() {
        assert_eq!(plain("\u{1b}[32mTests\u{1b}[0m  3 passed\n"), "Tests  3 passed");
        assert_eq!(plain("10 %\r50 %\r100 %\r\n"), "100 %");
    }

    #[test]
    fn minutes_are_said_from_one_on() {
        assert_eq!(seconds(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
