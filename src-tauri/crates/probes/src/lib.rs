//! What is observed of production.
//!
//! Owns: how each signal is asked, how often, and how an answer becomes a reading or a fault. Must not know: what is
//! alarming, the room's log, the window. Where secrets and files are, the caller says.

use std::time::Duration;

use plan::config::ExpectHttp;
use room::{Fault, Signal};

mod fetch;
mod http;
mod look;
mod prometheus;
mod questions;
mod supervision;
mod tls;
mod trust;
mod words;

#[cfg(test)]
mod tests;

pub use prometheus::{History, Steps};
pub use questions::questions;
pub use supervision::{Watching, watch};

/// What is asked, over and over.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
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
}

/// An address with what it takes to be let in. `Debug` shows no secret.
#[derive(Clone)]
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
