//! An instant query of a Prometheus, and of when its value is.
//!
//! Owns: the questions of one poll, asked side by side, and how their answers make one sample. Must not know: how often
//! is polled, and what a value means.
//!
//! A value is fresh as its selectors are. Where selectors stand in the query and none of them has a series, the value is
//! only what is left of them ([`Fault::Ended`]): so `errors or vector(0)` with no `errors`, and so `absent(x)` once `x`
//! is gone, whose 1 no sample stands behind. Settings that want these say what `no_data` means.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Client;
use room::{Fault, Measure, Sample};

use crate::Endpoint;
use crate::supervision::Asker;

mod answer;
mod freshness;
mod matrix;
mod missed;
mod range;
mod selectors;
mod server;
mod steps;

pub use missed::missed;
pub use range::History;
pub use steps::Steps;

use answer::Answer;
use freshness::Freshness;
use server::{Raw, Server};

/// No answer to one number is larger; a matrix of samples may be, and is then done without.
const LIMIT_BYTES: u64 = 4 * 1024 * 1024;

/// Where an instant query is asked.
const INSTANT: &str = "/api/v1/query";

/// Asks one query.
pub(crate) struct Prometheus {
    server: Server,
    query: String,
    minimum: Option<(String, f64)>,
    timeout: Duration,
    clock: fn() -> Timestamp,
    selectors: Vec<String>,
    freshness: Freshness,
}

impl Prometheus {
    /// For a query that is polled this often.
    pub(crate) fn new(
        endpoint: Endpoint,
        query: String,
        minimum: Option<(String, f64)>,
        (every, timeout): (Duration, Duration),
        clock: fn() -> Timestamp,
    ) -> Self {
        let selectors = selectors::selectors(&query);
        let freshness = Freshness::new(selectors.len(), (every, timeout));
        let server = Server::new(endpoint, timeout, LIMIT_BYTES);
        Self { server, query, minimum, timeout, clock, selectors, freshness }
    }

    /// The answer to a query, and when it came.
    async fn answer(&self, client: &Client, query: &str) -> Result<(Raw, Timestamp), Fault> {
        let raw = self.server.post(client, INSTANT, &[("query", query)]).await?;
        Ok((raw, (self.clock)()))
    }

    fn read<'a>(&'a self, (raw, _): &'a (Raw, Timestamp)) -> Answer<'a> {
        self.server.read(raw)
    }

    async fn value(&self, client: &Client) -> Result<f64, Fault> {
        answer::number(&self.read(&self.answer(client, &self.query).await?))
    }

    /// How many things the value was made from and how many it takes, where it is made from too few.
    async fn too_few(&self, client: &Client) -> Result<Option<(f64, f64)>, Fault> {
        let Some((query, at_least)) = &self.minimum else { return Ok(None) };
        let counted = self.answer(client, query).await?;
        too_few(answer::number(&self.read(&counted)), *at_least)
    }

    async fn newest(&self, client: &Client) -> Result<(Vec<Option<answer::Newest>>, Timestamp), Fault> {
        if self.selectors.is_empty() {
            return Err(Fault::Unproven);
        }
        let answer = self.answer(client, &selectors::newest_query(&self.selectors)).await?;
        Ok((answer::newest(&self.read(&answer), self.selectors.len())?, answer.1))
    }

    /// What the server tells of each selector's scrape interval in half the time that the poll has: the value must not
    /// wait for it.
    async fn intervals(&self, client: &Client) -> Vec<Option<f64>> {
        let mut intervals = Vec::new();
        let asking = async {
            for selector in &self.selectors {
                let answer = self.answer(client, &selectors::samples_query(selector)).await;
                let interval = answer.and_then(|answer| answer::interval(&self.read(&answer)));
                intervals.push(interval.unwrap_or_else(|fault| {
                    tracing::debug!(%fault, selector, "the scrape interval could not be learned");
                    None
                }));
            }
        };
        if tokio::time::timeout(self.timeout / 2, asking).await.is_err() {
            tracing::debug!(query = self.query, "the scrape interval was not told in time");
        }
        intervals
    }
}

impl Asker for Prometheus {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let client = self.server.client()?;
        let is_learning = self.freshness.is_learning((self.clock)(), self.timeout);
        let learning = async { if is_learning { self.intervals(&client).await } else { Vec::new() } };
        let (value, too_few, newest, intervals) =
            tokio::join!(self.value(&client), self.too_few(&client), self.newest(&client), learning);
        for (selector, interval) in intervals.into_iter().enumerate() {
            self.freshness.learn(selector, interval, (self.clock)());
        }
        sample(value, too_few, newest, &mut self.freshness)
    }

    fn reconnect(&mut self) {
        self.server.reconnect();
    }
}

/// What an answer to the query of a minimum means.
fn too_few(counted: Result<f64, Fault>, at_least: f64) -> Result<Option<(f64, f64)>, Fault> {
    let count = match counted {
        Ok(count) => count,
        Err(Fault::Empty) => 0.0,
        Err(Fault::BadQuery { words }) => {
            return Err(Fault::BadQuery { words: format!("that of the minimum: {words}") });
        }
        Err(fault) => return Err(fault),
    };
    Ok((count < at_least).then_some((count, at_least)))
}

/// One sample from the answers of a poll; where several are faults, that of the value comes first.
fn sample(
    value: Result<f64, Fault>,
    too_few: Result<Option<(f64, f64)>, Fault>,
    newest: Result<(Vec<Option<answer::Newest>>, Timestamp), Fault>,
    freshness: &mut Freshness,
) -> Result<Sample, Fault> {
    let times = newest.and_then(|(newest, answered_at)| freshness.times(&newest, answered_at));
    let (value, too_few, times) = (value?, too_few?, times?);
    Ok(Sample { measure: Measure::Number(value), at: times.at, good_until: times.good_until, too_few })
}

#[cfg(test)]
mod tests;
