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

use crate::fetch::{self, Connections, Obstacle};
use crate::supervision::Asker;
use crate::{Endpoint, words};

mod answer;
mod freshness;
mod selectors;

use answer::Answer;
use freshness::Freshness;

/// No answer to one number is larger; a matrix of samples may be, and is then done without.
const LIMIT_BYTES: u64 = 4 * 1024 * 1024;

/// Asks one query.
pub(crate) struct Prometheus {
    endpoint: Endpoint,
    query: String,
    minimum: Option<(String, f64)>,
    timeout: Duration,
    clock: fn() -> Timestamp,
    client: Option<Client>,
    host: String,
    secrets: Vec<String>,
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
        let freshness = Freshness::new(selectors.len(), every);
        let host = fetch::host(&endpoint.url);
        let secrets = words::secrets(&endpoint.headers);
        Self { endpoint, query, minimum, timeout, clock, client: None, host, secrets, selectors, freshness }
    }

    fn client(&mut self) -> Result<Client, Fault> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let client = fetch::client(&self.endpoint, Connections::Kept, self.timeout)?;
        self.client = Some(client.clone());
        Ok(client)
    }

    /// The answer to a query, and when it came.
    async fn answer(&self, client: &Client, query: &str) -> Result<(u16, Vec<u8>, Timestamp), Fault> {
        let mut answer = self.attempt(client, query).await;
        if answer == Err(Obstacle::Closed) {
            // The server may have closed a kept connection at the very moment at which it was used; the others that are
            // kept may be as dead, so a new one has to tell.
            let client = fetch::client(&self.endpoint, Connections::New, self.timeout)?;
            answer = self.attempt(&client, query).await;
        }
        let (status, body) = answer.map_err(|obstacle| obstacle.into_fault(&self.host, self.timeout))?;
        Ok((status, body, (self.clock)()))
    }

    async fn attempt(&self, client: &Client, query: &str) -> Result<(u16, Vec<u8>), Obstacle> {
        let request = client.post(format!("{}/api/v1/query", self.endpoint.url)).form(&[("query", query)]);
        let head = fetch::head(request).await?;
        let status = head.status().as_u16();
        Ok((status, fetch::body(head, LIMIT_BYTES).await?))
    }

    fn read<'a>(&'a self, (status, body, _): &'a (u16, Vec<u8>, Timestamp)) -> Answer<'a> {
        Answer { status: *status, body, secrets: &self.secrets }
    }

    async fn value(&self, client: &Client) -> Result<f64, Fault> {
        answer::number(&self.read(&self.answer(client, &self.query).await?))
    }

    /// How many things the value was made from and how many it takes, where it is made from too few.
    async fn too_few(&self, client: &Client) -> Result<Option<(f64, f64)>, Fault> {
        let Some((query, at_least)) = &self.minimum else { return Ok(None) };
        let count = match answer::number(&self.read(&self.answer(client, query).await?)) {
            Ok(count) => count,
            Err(Fault::Empty) => 0.0,
            Err(Fault::BadQuery { words }) => {
                return Err(Fault::BadQuery { words: format!("that of the minimum: {words}") });
            }
            Err(fault) => return Err(fault),
        };
        Ok((count < *at_least).then_some((count, *at_least)))
    }

    async fn newest(&self, client: &Client) -> Result<(Vec<Option<answer::Newest>>, Timestamp), Fault> {
        if self.selectors.is_empty() {
            return Err(Fault::Unproven);
        }
        let answer = self.answer(client, &selectors::newest_query(&self.selectors)).await?;
        Ok((answer::newest(&self.read(&answer), self.selectors.len())?, answer.2))
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
        let client = self.client()?;
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
        self.client = None;
    }
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
