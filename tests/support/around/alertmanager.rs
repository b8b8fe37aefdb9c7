//! A real Alertmanager, and the webhook that it calls.
//!
//! Owns: its configuration, its port, when it called. Must not know: what alarms.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde_json::Value;
use tempfile::TempDir;

use super::free_port;
use super::http::{Answer, Server, ask};
use super::program::Program;

/// How long it waits, as it is written there. The default is Alertmanager's own.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// Before the first word of a group.
    pub group_wait: &'static str,
    /// Before the next of the same group.
    pub group_interval: &'static str,
    /// Before the same is said again.
    pub repeat_interval: &'static str,
}

impl Default for Waits {
    fn default() -> Self {
        Self { group_wait: "30s", group_interval: "5m", repeat_interval: "4h" }
    }
}

impl Waits {
    /// As short as is sensible.
    pub const TUNED: Self = Self { group_wait: "1s", group_interval: "1s", repeat_interval: "1m" };
}

/// One call of the webhook.
#[derive(Debug, Clone)]
pub struct Call {
    /// When it came.
    pub at: Instant,
    /// What it said.
    pub body: Value,
}

/// A running Alertmanager.
pub struct Alertmanager {
    _program: Program,
    _folder: TempDir,
    _webhook: Server,
    port: u16,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Alertmanager {
    /// Starts it with its webhook and waits until it is ready.
    #[must_use]
    pub fn start(waits: Waits) -> Self {
        let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
        let taken = Arc::clone(&calls);
        let webhook = Server::start(move |request| {
            let at = Instant::now();
            let body = serde_json::from_str(&request.body).unwrap_or_default();
            taken.lock().unwrap_or_else(PoisonError::into_inner).push(Call { at, body });
            Answer::text("")
        });
        let (folder, port) = (tempfile::tempdir().expect("a folder"), free_port());
        let config = folder.path().join("alertmanager.yml");
        let Waits { group_wait, group_interval, repeat_interval } = waits;
        let text = format!(
            "route:\n  receiver: test\n  group_wait: {group_wait}\n  group_interval: {group_interval}\n  \
             repeat_interval: {repeat_interval}\nreceivers:\n  - name: test\n    webhook_configs:\n      \
             - url: 'http://127.0.0.1:{}/'\n        send_resolved: true\n",
            webhook.port()
        );
        fs::write(&config, text).expect("its configuration");
        let program = Program::start(
            &["prometheus-alertmanager", "alertmanager"],
            folder.path(),
            |command| {
                command
                    .arg(format!("--config.file={}", config.display()))
                    .arg(format!("--storage.path={}", folder.path().join("state").display()))
                    .arg(format!("--web.listen-address=127.0.0.1:{port}"))
                    // It is alone, and has no network to look for others in.
                    .arg("--cluster.listen-address=")
                    .arg("--log.level=warn");
            },
            || ask(port, "GET", "/-/ready", "").is_ok_and(|(status, _)| status == 200),
        );
        Self { _program: program, _folder: folder, _webhook: webhook, port, calls }
    }

    /// `127.0.0.1:PORT`, as Prometheus wants it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What the webhook was told so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
