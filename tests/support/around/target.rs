//! Something that Prometheus scrapes, in the test's own process.
//!
//! Owns: the text that it shows. Must not know: who reads it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::http::{Answer, Server};

/// An exporter with a text that the test sets.
pub struct Target {
    server: Server,
    shown: Arc<Mutex<Answer>>,
}

impl Target {
    /// Listens on a free port, and shows this in the format of Prometheus: `latency_seconds 0.31`.
    #[must_use]
    pub fn start(text: &str) -> Self {
        let shown = Arc::new(Mutex::new(Answer::text(format!("{text}\n"))));
        let answers = Arc::clone(&shown);
        let server = Server::start(move |_| answers.lock().unwrap_or_else(PoisonError::into_inner).clone());
        Self { server, shown }
    }

    /// `127.0.0.1:PORT`, as Prometheus wants it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.server.port())
    }

    /// Shows other samples from now on.
    pub fn set(&self, text: &str) {
        self.show(Answer::text(format!("{text}\n")));
    }

    /// Answers with a status and no samples from now on.
    pub fn fail(&self, status: u16) {
        self.show(Answer { status, ..Answer::text("") });
    }

    /// Answers at once, and with its text only after a while.
    pub fn drag(&self, text: &str, body_after: Duration) {
        self.show(Answer { body_after, ..Answer::text(text) });
    }

    /// Refuses every connection from now on.
    pub fn die(&mut self) {
        self.server.die();
    }

    /// Answers again, where it did.
    pub fn live(&mut self) {
        self.server.live();
    }

    fn show(&self, answer: Answer) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }
}
