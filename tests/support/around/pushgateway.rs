//! A real Pushgateway.
//!
//! Owns: its port, and the one group that tests push into. Must not know: what is pushed.

use std::fmt::Display;

use tempfile::TempDir;

use super::free_port;
use super::http::ask;
use super::program::Program;

/// The group of all that is pushed.
const GROUP: &str = "/metrics/job/test";

/// A running Pushgateway.
#[derive(Debug)]
pub struct Pushgateway {
    _program: Program,
    _folder: TempDir,
    port: u16,
}

impl Pushgateway {
    /// Starts it and waits until it is ready.
    #[must_use]
    pub fn start() -> Self {
        let (folder, port) = (tempfile::tempdir().expect("a folder"), free_port());
        let program = Program::start(
            &["prometheus-pushgateway", "pushgateway"],
            folder.path(),
            |command| {
                command
                    .arg(format!("--web.listen-address=127.0.0.1:{port}"))
                    // In memory alone: Debian's keeps what was pushed in one file for the whole machine.
                    .arg("--persistence.file=")
                    .arg("--log.level=warn");
            },
            || ask(port, "GET", "/-/ready", "").is_ok_and(|(status, _)| status == 200),
        );
        Self { _program: program, _folder: folder, port }
    }

    /// `127.0.0.1:PORT`, as Prometheus wants it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Pushes one sample; what was pushed under other names stays. `metric` may have labels: `errors{path="/"}`.
    pub fn push(&self, metric: &str, value: impl Display) {
        let (status, body) = ask(self.port, "POST", GROUP, &format!("{metric} {value}\n")).expect("an answer");
        assert_eq!(status, 200, "{body}");
    }

    /// Forgets all that was pushed.
    pub fn delete(&self) {
        let (status, body) = ask(self.port, "DELETE", GROUP, "").expect("an answer");
        assert_eq!(status, 202, "{body}");
    }
}
