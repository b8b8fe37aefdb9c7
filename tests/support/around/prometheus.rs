//! A real Prometheus.
//!
//! Owns: its configuration, its folder, its port. Must not know: what its samples mean.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::http::ask;
use super::program::Program;
use super::{free_port, wait_until};

/// What a Prometheus is to do.
#[derive(Debug, Clone)]
pub struct Setup {
    /// As it is written there: `1s`.
    pub scrape_interval: String,
    /// How often it looks at its rules.
    pub evaluation_interval: String,
    /// Jobs, and the address of each.
    pub targets: Vec<(String, String)>,
    /// A rule file's text.
    pub rules: Option<String>,
    /// Where an Alertmanager listens.
    pub alertmanager: Option<String>,
}

impl Setup {
    /// Scrapes these every second.
    #[must_use]
    pub fn new<'a>(targets: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        Self {
            scrape_interval: String::from("1s"),
            evaluation_interval: String::from("1s"),
            targets: targets.into_iter().map(|(job, address)| (job.to_owned(), address)).collect(),
            rules: None,
            alertmanager: None,
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "global:\n  scrape_interval: {0}\n  scrape_timeout: {0}\n  evaluation_interval: {1}\n",
            self.scrape_interval, self.evaluation_interval
        );
        if self.rules.is_some() {
            text.push_str("rule_files: [rules.yml]\n");
        }
        if let Some(address) = &self.alertmanager {
            let _ = writeln!(text, "alerting:\n  alertmanagers:\n    - static_configs: [{{targets: ['{address}']}}]");
        }
        text.push_str("scrape_configs:\n");
        for (job, address) in &self.targets {
            // Labels that a pushgateway hands on stay as they were pushed.
            let _ = writeln!(
                text,
                "  - job_name: '{job}'\n    honor_labels: true\n    static_configs: [{{targets: ['{address}']}}]"
            );
        }
        text
    }
}

/// A running Prometheus, or one that was stopped and keeps its port and its samples.
#[derive(Debug)]
pub struct Prometheus {
    folder: TempDir,
    port: u16,
    program: Option<Program>,
}

impl Prometheus {
    /// Starts it and waits until it is ready.
    #[must_use]
    pub fn start(setup: &Setup) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("prometheus.yml"), setup.text()).expect("its configuration");
        if let Some(rules) = &setup.rules {
            fs::write(folder.path().join("rules.yml"), rules).expect("its rules");
        }
        let mut prometheus = Self { folder, port: free_port(), program: None };
        prometheus.start_again();
        prometheus
    }

    /// Where it is asked.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A Prometheus that scrapes nothing and has this past, in OpenMetrics with times. The text is made for the time by
    /// its clock, in whole seconds.
    #[must_use]
    pub fn with_past(past: impl FnOnce(i64) -> String) -> Self {
        let mut prometheus = Self::start(&Setup::new([]));
        let now = prometheus.value("vector(time())").expect("a Prometheus knows the time");
        let text = past(now as i64);
        prometheus.stop();
        let file = prometheus.folder.path().join("past.om");
        fs::write(&file, text).expect("its past");
        let output = Command::new("promtool")
            // One block for all: a block of two hours each would take a pass over the file each.
            .args(["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=9000h"])
            .args([file, prometheus.folder.path().join("samples")])
            .output();
        let output = output.unwrap_or_else(|error| {
            panic!("promtool does not start ({error}): `cargo xtask test` installs it, with Prometheus")
        });
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        prometheus.start_again();
        prometheus
    }

    /// Ends it in order.
    pub fn stop(&mut self) {
        if let Some(program) = self.program.take() {
            program.stop();
        }
    }

    /// Starts it where it was, with the samples that it had.
    pub fn start_again(&mut self) {
        if self.program.is_some() {
            return;
        }
        let (folder, port) = (self.folder.path(), self.port);
        self.program = Some(Program::start(
            &["prometheus"],
            folder,
            |command| {
                command
                    .arg(format!("--config.file={}", folder.join("prometheus.yml").display()))
                    .arg(format!("--storage.tsdb.path={}", folder.join("samples").display()))
                    .arg(format!("--web.listen-address=127.0.0.1:{port}"))
                    .arg("--log.level=warn");
            },
            || ask(port, "GET", "/-/ready", "").is_ok_and(|(status, _)| status == 200),
        ));
    }

    /// It stands still: connections are taken, and nothing is answered.
    pub fn pause(&self) {
        self.program.as_ref().expect("it runs").signal("STOP");
    }

    /// It goes on.
    pub fn resume(&self) {
        self.program.as_ref().expect("it runs").signal("CONT");
    }

    /// The result of an instant query.
    #[must_use]
    pub fn query(&self, query: &str) -> Value {
        let query: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let (status, body) = ask(self.port, "GET", &format!("/api/v1/query?query={query}"), "").expect("an answer");
        assert_eq!(status, 200, "{body}");
        let answer: Value = serde_json::from_str(&body).expect("an answer in JSON");
        answer["data"]["result"].clone()
    }

    /// The value of the one series that a query gives; `None` where it gives none or several.
    #[must_use]
    pub fn value(&self, query: &str) -> Option<f64> {
        let result = self.query(query);
        let [series] = result.as_array()?.as_slice() else { return None };
        series["value"][1].as_str()?.parse().ok()
    }

    /// Waits until a query gives one series of this value.
    pub fn wait_for(&self, query: &str, value: f64) {
        wait_until(&format!("{query} is {value}"), || {
            self.value(query).is_some_and(|now| (now - value).abs() <= value.abs() * f64::EPSILON)
        });
    }
}
