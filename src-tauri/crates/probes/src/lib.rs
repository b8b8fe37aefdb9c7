//! What is observed of production.
//!
//! Owns: how each signal is asked, how often, and how an answer becomes a reading or a fault. Must not know: what is
//! alarming, the room's log, the window. Where secrets and files are, the caller says.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use plan::config::{DnsRecord, ExpectCommand, ExpectDns, ExpectHttp, NumberInOutput};
use room::{Fault, Signal};

mod alertmanager;
mod api;
mod command;
mod dns;
mod fetch;
mod http;
mod look;
mod prometheus;
mod questions;
mod supervision;
mod targets;
mod tcp;
mod tls;
mod trust;
mod words;

#[cfg(test)]
mod tests;

pub use prometheus::{History, Steps, missed};
pub use questions::{Keeper, questions};
pub use supervision::{Watching, watch};

/// What is asked, over and over.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Whose reading the answer is.
    pub signal: Signal,
    /// How long from one question to the next.
    pub every: Duration,
    /// How long an answer may take, connecting included.
    pub timeout: Duration,
    /// What is asked; or why it cannot be, which is then the answer every time.
    pub ask: Result<Ask, Fault>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// An instant query of a Prometheus, or of what speaks its API.
    Prometheus {
        /// Where it is.
        endpoint: Endpoint,
        /// PromQL.
        query: String,
        /// PromQL for how many things the value is made from, and how many it takes.
        minimum: Option<(String, f64)>,
    },
    /// An HTTP request.
    Http {
        /// Where to.
        endpoint: Endpoint,
        /// How many redirects are followed.
        redirects: u64,
        /// What the answer must be.
        expect: ExpectHttp,
    },
    /// A server's certificate.
    Tls {
        /// The server's name.
        host: String,
        /// Its port.
        port: u16,
        /// Certificates in PEM that are trusted besides the system's.
        ca_pem: Option<Vec<u8>>,
        /// How many whole days it must be good for still.
        days_left: u64,
        /// How long the handshake may take.
        within: Option<Duration>,
    },
    /// A connection.
    Tcp {
        /// The server's name.
        host: String,
        /// Its port.
        port: u16,
        /// How long connecting may take.
        within: Option<Duration>,
    },
    /// What name servers tell.
    Dns {
        /// The name.
        host: String,
        /// Which of its records.
        record: DnsRecord,
        /// What the answer must be.
        expect: ExpectDns,
    },
    /// A command that a person armed.
    Command {
        /// Its text.
        command: String,
        /// The folder in which it runs.
        folder: PathBuf,
        /// The number in its output that is the value.
        number: Option<NumberInOutput>,
        /// What must come of it.
        expect: ExpectCommand,
    },
    /// The alerts of an Alertmanager.
    Alertmanager {
        /// Where it is.
        endpoint: Endpoint,
        /// The labels that an alert must have to count.
        labels: BTreeMap<String, String>,
        /// The name of an alert that always fires.
        watchdog: Option<String>,
        /// How many may fire.
        firing: u64,
    },
    /// What a Prometheus scrapes.
    Targets {
        /// Where it is.
        endpoint: Endpoint,
        /// The job whose targets count.
        job: Option<String>,
        /// How many must be up at least; `None` for all.
        up: Option<u64>,
    },
}

/// An address with what it takes to be let in. `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://…`, without a slash at its end.
    pub url: String,
    /// Headers, secrets filled in.
    pub headers: Vec<(String, String)>,
    /// Certificates in PEM that are trusted besides the system's.
    pub ca_pem: Option<Vec<u8>>,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Endpoint").field("url", &self.url).finish_non_exhaustive()
    }
}
