//! A program that runs beside a test.
//!
//! Owns: its process group, what it prints, the wait until it is ready. Must not know: which program.

use std::env;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// How long something may take before a test gives up: CI has two cores and other work.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked again.
const LOOK: Duration = Duration::from_millis(25);

/// A running program. It is killed, with all that it started, when this value goes.
#[derive(Debug)]
pub(super) struct Program {
    process: Child,
    printed: PathBuf,
}

impl Program {
    /// Starts the first of `names` that is on the PATH, and waits until it is ready. What it prints goes to a file in `folder`,
    /// and into the message where it does not come up.
    pub(super) fn start(
        names: &[&str],
        folder: &Path,
        prepare: impl FnOnce(&mut Command),
        mut is_ready: impl FnMut() -> bool,
    ) -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        let program = env::split_paths(&path)
            .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
            .find(|path| path.is_file())
            .unwrap_or_else(|| panic!("{} is not on the PATH: `cargo xtask test` installs it", names.join(" or ")));
        let printed = folder.join("printed.log");
        let output = File::options().create(true).append(true).open(&printed).expect("a file for what it prints");
        let mut command = Command::new(&program);
        prepare(&mut command);
        let process = command
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("the file twice"))
            .stderr(output)
            // A group of its own, so that what it starts ends with it.
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let mut running = Self { process, printed };
        wait_until(&format!("{} is ready", program.display()), || {
            let ended = running.process.try_wait().expect("its status");
            assert!(ended.is_none(), "{} ended: {ended:?}\n{}", program.display(), running.printed());
            is_ready()
        });
        running
    }

    /// What it has printed.
    pub(super) fn printed(&self) -> String {
        fs::read_to_string(&self.printed).unwrap_or_default()
    }

    /// Asks it to end, and waits until it has.
    pub(super) fn stop(mut self) {
        self.signal("TERM");
        wait_until("the program has ended", || self.process.try_wait().expect("its status").is_some());
    }

    /// Sends a signal to it and to all that it started.
    pub(super) fn signal(&self, name: &str) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-s", name, "--", &group]).stderr(Stdio::null()).status();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.signal("KILL");
        let _ = self.process.wait();
    }
}

/// Looks again and again until `is_so`, and fails with `what` where that does not come.
pub fn wait_until(what: &str, is_so: impl FnMut() -> bool) {
    wait_within(PATIENCE, what, is_so);
}

/// The same, with another patience.
pub fn wait_within(patience: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    // Nobody ever sends: it is the wait between two looks.
    let (_never, wait) = channel::<()>();
    while !is_so() {
        assert!(started.elapsed() < patience, "not within {} s: {what}", patience.as_secs());
        let _ = wait.recv_timeout(LOOK);
    }
}
