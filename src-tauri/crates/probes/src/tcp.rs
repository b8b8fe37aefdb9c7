//! A look at a port: whether a connection can be made.
//!
//! Owns: the connection, and how long it took held against what is expected. Must not know: how often is looked.
//!
//! Nothing is sent over the connection. A refused one is an answer of the other side, so it fails; no answer, an unknown
//! name and no way there may be this laptop's, so they are faults.

use std::time::Duration;

use jiff::Timestamp;
use room::{Fault, Measure, Sample};
use tokio::net::TcpStream;

use crate::look::{failed, looked, took};
use crate::supervision::Asker;
use crate::{fetch, words};

/// Looks at one port.
pub(crate) struct Tcp {
    /// The server's name.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// How long connecting may take.
    pub(crate) within: Option<Duration>,
    /// How often is looked.
    pub(crate) every: Duration,
    /// How long a look may take.
    pub(crate) timeout: Duration,
    /// Reads the time.
    pub(crate) clock: fn() -> Timestamp,
}

impl Asker for Tcp {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let asked_at = (self.clock)();
        let measure = match TcpStream::connect((self.host.as_str(), self.port)).await {
            Ok(_) => judged(took(asked_at, (self.clock)()), self.within),
            Err(error) => failed(fetch::of_system(&error), &self.host, self.timeout)?,
        };
        Ok(looked(measure, (self.clock)(), self.every, self.timeout))
    }

    fn reconnect(&mut self) {
        // No connection outlives a look.
    }
}

fn judged(took: Duration, within: Option<Duration>) -> Measure {
    let seen = format!("connected in {}", words::length(took));
    match within.filter(|within| took > *within) {
        Some(within) => Measure::Failed(format!("{seen}, expected within {}", words::length(within))),
        None => Measure::Passed(seen),
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;
    use crate::tests::{clock, free_port, set, start};

    async fn seen(host: &str, port: u16, within_ms: Option<u64>) -> Result<Measure, Fault> {
        set(start(), Duration::from_millis(44));
        let mut probe = Tcp {
            host: host.to_owned(),
            port,
            within: within_ms.map(Duration::from_millis),
            every: Duration::from_secs(5),
            timeout: Duration::from_secs(3),
            clock,
        };
        probe.ask().await.map(|sample| sample.measure)
    }

    fn passed(words: &str) -> Result<Measure, Fault> {
        Ok(Measure::Passed(words.to_owned()))
    }

    fn failed(words: &str) -> Result<Measure, Fault> {
        Ok(Measure::Failed(words.to_owned()))
    }

    #[tokio::test]
    async fn a_port_takes_a_connection_in_time_or_not() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        assert_eq!(seen("127.0.0.1", port, None).await, passed("connected in 44 ms"));
        assert_eq!(seen("127.0.0.1", port, Some(44)).await, passed("connected in 44 ms"));
        assert_eq!(seen("127.0.0.1", port, Some(20)).await, failed("connected in 44 ms, expected within 20 ms"));
    }

    #[tokio::test]
    async fn a_refused_connection_fails_and_an_unknown_name_is_a_fault() {
        let words = "nothing listens there: the connection was refused";
        assert_eq!(seen("127.0.0.1", free_port(), None).await, failed(words));
        let host = "a".repeat(64);
        assert_eq!(seen(&host, 5432, None).await, Err(Fault::NameUnknown { host }));
    }
}
