//! The hammer (`tests/bin/hammer.rs`) as a test holds it: a process that acts in a room, is told what to do, and can be
//! killed at any moment.

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// The built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_hammer");

/// A running hammer. Killed when dropped.
pub(crate) struct Hammer {
    child: Child,
    acts: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Hammer {
    /// Starts it on a room.
    pub(crate) fn on(room: &Path) -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg(room);
        Self::run(command)
    }

    /// Starts it by a command that ends in it.
    pub(crate) fn run(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the hammer starts");
        let acts = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("its answers are piped"));
        Self { child, acts, answers }
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Says what to do, and does not wait.
    pub(crate) fn tell(&mut self, act: &str) {
        let acts = self.acts.as_mut().expect("it still listens");
        writeln!(acts, "{act}").and_then(|()| acts.flush()).expect("it still listens");
    }

    /// The next answer; `None` where it ended without one. A line without its end is none.
    pub(crate) fn answer(&mut self) -> Option<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("answers are text");
        line.strip_suffix('\n').map(str::to_owned)
    }

    /// Says what to do and waits for the answer.
    pub(crate) fn ask(&mut self, act: &str) -> String {
        self.tell(act);
        self.answer().unwrap_or_else(|| panic!("no answer to {act}"))
    }

    /// Kills it where it stands (SIGKILL), and gives what it had answered by then.
    pub(crate) fn kill(mut self) -> Vec<String> {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("its end is seen");
        let mut rest = String::new();
        self.answers.read_to_string(&mut rest).expect("answers are text");
        rest.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(str::to_owned).collect()
    }

    /// Lets it come to its end.
    pub(crate) fn end(mut self) {
        drop(self.acts.take());
        assert!(self.child.wait().expect("its end is seen").success());
    }
}

impl Drop for Hammer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a hammer that only reads says of a room.
pub(crate) fn read(room: &Path) -> String {
    let mut command = Command::new(PROGRAM);
    command.arg(room).arg("--read");
    Hammer::run(command).answer().expect("it says something")
}
