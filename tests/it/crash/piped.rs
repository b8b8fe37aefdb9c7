//! The program's controller behind pipes (`tests/bin/piped.rs`) as a test holds it: told what to do as a window would,
//! and killed at any moment.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_piped");

/// What it said so far.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// The answers, by the number of what was asked: `None` where it was done, else why not.
    pub(crate) answers: BTreeMap<u64, Option<String>>,
    /// How many events it has shown.
    pub(crate) shown: u64,
    /// All that it said of its record: why it is not saved.
    pub(crate) unsaved: Vec<Option<String>>,
    /// What it said last of why one may only read.
    pub(crate) reading_only: String,
    /// The frames that it showed, in order.
    pub(crate) screens: Vec<String>,
    /// What it said was wrong.
    pub(crate) problems: Vec<String>,
}

impl Heard {
    fn take(&mut self, line: &str) {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("no JSON ({error}): {line}"));
        let words = |value: &Value| value.as_str().map(str::to_owned);
        if let Some(number) = line["number"].as_u64() {
            let known = self.answers.insert(number, words(&line["refused"]));
            assert_eq!(known, None, "{number} is answered once");
        }
        self.shown = self.shown.max(line["shown"].as_u64().unwrap_or(0));
        self.screens.extend(words(&line["screen"]));
        self.problems.extend(words(&line["problem"]));
        if let Some(reading_only) = words(&line["reading_only"]) {
            self.unsaved.push(words(&line["unsaved"]));
            self.reading_only = reading_only;
        }
    }
}

/// A running controller. Killed when dropped.
pub(crate) struct Piped {
    child: Child,
    asks: Option<ChildStdin>,
    lines: BufReader<ChildStdout>,
    pub(crate) heard: Heard,
    number: u64,
}

impl Piped {
    /// The command that runs it on a checklist or a room, for who adds to its surroundings.
    pub(crate) fn command(file: &Path) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg(file);
        command
    }

    /// Runs such a command.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let asks = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().expect("its lines are piped"));
        Self { child, asks, lines, heard: Heard::default(), number: 0 }
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks for something, and does not wait. Gives the number of its answer.
    pub(crate) fn tell(&mut self, intent: &Value) -> u64 {
        self.number += 1;
        self.write(&json!({ "number": self.number, "intent": intent }));
        self.number
    }

    /// Asks for something that is never answered.
    pub(crate) fn tell_silently(&mut self, intent: &Value) {
        self.write(&json!({ "number": 0, "intent": intent, "silent": true }));
    }

    fn write(&mut self, line: &Value) {
        let asks = self.asks.as_mut().expect("it still listens");
        writeln!(asks, "{line}").and_then(|()| asks.flush()).expect("it still listens");
    }

    /// Hears until this is true of what it said.
    pub(crate) fn hear(&mut self, what: &str, is_it: impl Fn(&Heard) -> bool) {
        while !is_it(&self.heard) {
            let mut line = String::new();
            self.lines.read_line(&mut line).expect("lines are text");
            let line = line.strip_suffix('\n');
            self.heard.take(line.unwrap_or_else(|| panic!("it ended before {what}: {:?}", self.heard)));
        }
    }

    /// Hears the answer of this number: `None` where it was done, else why not.
    pub(crate) fn answer(&mut self, number: u64) -> Option<String> {
        self.hear(&format!("answer {number}"), |heard| heard.answers.contains_key(&number));
        self.heard.answers[&number].clone()
    }

    /// Asks and hears the answer.
    pub(crate) fn ask(&mut self, intent: &Value) -> Option<String> {
        let number = self.tell(intent);
        self.answer(number)
    }

    /// Waits until the room is open.
    pub(crate) fn hear_the_room(&mut self) {
        self.hear("the room is shown", |heard| heard.screens.last().is_some_and(|screen| screen == "room"));
    }

    /// Kills it where it stands (SIGKILL), and gives all that it had said by then. Half a line was not said.
    pub(crate) fn kill(mut self) -> Heard {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("its end is seen");
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).expect("lines are text");
        let mut heard = std::mem::take(&mut self.heard);
        rest.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).for_each(|line| heard.take(line));
        heard
    }

    /// Lets it leave the room in order.
    pub(crate) fn end(mut self) -> Heard {
        drop(self.asks.take());
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).expect("lines are text");
        rest.lines().for_each(|line| self.heard.take(line));
        assert!(self.child.wait().expect("its end is seen").success());
        std::mem::take(&mut self.heard)
    }
}

impl Drop for Piped {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An act in the room, as the window asks for it.
pub(crate) fn act(act: &Value) -> Value {
    json!({ "kind": "in_room", "act": act })
}

/// A note.
pub(crate) fn note(words: &str) -> Value {
    act(&json!({ "act": "note", "text": words, "at": "" }))
}
