//! The past of one metric, by range queries.
//!
//! Owns: which readings the polls of a past day would have given. Values, minimum and freshness are asked and proven as
//! [`super::Prometheus`] does it, only for many moments at once. Must not know: what a value means.
//!
//! A range query fails as a whole: for one step at which two series meet, or where it reads more samples than the
//! server allows. It is then asked again in halves, so that only the steps stay unseen that really cannot be had.

use std::time::Duration;

use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};
use reqwest::Client;
use room::{Fault, Reading, Sample, Signal};

use super::answer::{self, Newest};
use super::freshness::Freshness;
use super::server::{Raw, Server};
use super::steps::{Steps, milliseconds, seconds};
use super::{INSTANT, matrix, sample, selectors, too_few};
use crate::{Ask, Question};

/// A larger answer is asked for in halves: one series of 2,000 steps has less than a tenth of a megabyte.
const LIMIT_BYTES: u64 = 8 * 1024 * 1024;

/// How long one answer may take. The server's own limit is two minutes, but halves come sooner than that.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Fewer steps are not halved any more.
const SMALLEST: u64 = 60;

/// After so many questions in a row without an answer the rest is not asked.
const PATIENCE: u32 = 2;

/// One metric's past, asked part by part from the oldest to the newest. Dropping what is being asked ends it.
pub struct History {
    signal: Signal,
    /// The way there; or why there is none.
    server: Result<Server, Fault>,
    query: String,
    minimum: Option<(String, f64)>,
    timeout: Duration,
    selectors: Vec<String>,
    freshness: Freshness,
    sequence: u64,
    /// So many steps at once went well, or were refused.
    most: u64,
    is_reached: bool,
    has_answered: bool,
    failures: u32,
}

impl History {
    /// The past of what a question asks, looked at in steps this long; `None` where a question leaves no past.
    #[must_use]
    pub fn of(question: &Question, step: Duration) -> Option<Self> {
        let (server, query, minimum) = match question.ask.clone() {
            Ok(Ask::Prometheus { endpoint, query, minimum }) => {
                (Ok(Server::new(endpoint, question.timeout, LIMIT_BYTES)), query, minimum)
            }
            Ok(_) => return None,
            Err(fault) => (Err(fault), String::new(), None),
        };
        let selectors = selectors::selectors(&query);
        // What is looked at less often than on the day counts from one look to the next all the same.
        let freshness = Freshness::new(selectors.len(), (question.every.max(step), question.timeout));
        Some(Self {
            signal: question.signal.clone(),
            server,
            query,
            minimum,
            timeout: question.timeout,
            selectors,
            freshness,
            sequence: 0,
            most: u64::MAX,
            is_reached: false,
            has_answered: false,
            failures: 0,
        })
    }

    /// What the polls at these steps would have read. They follow those that were asked before.
    pub async fn readings(&mut self, steps: &Steps) -> Vec<Reading> {
        let mut readings = Vec::new();
        let mut left = vec![steps.clone()];
        while let Some(part) = left.pop() {
            if part.count() > self.most.max(SMALLEST) {
                let (earlier, later) = part.halves();
                left.extend([later, earlier]);
                continue;
            }
            match self.part(&part).await {
                Ok(outcomes) => {
                    (self.has_answered, self.failures) = (true, 0);
                    // What was refused for one moment need not be refused for the next.
                    self.most = self.most.saturating_mul(2);
                    self.tell(&part, outcomes, &mut readings);
                }
                Err(fault) if may_be_had_in_halves(&fault) && part.count() > SMALLEST => {
                    self.most = part.count().div_ceil(2);
                    left.push(part);
                }
                Err(fault) => {
                    self.failures += 1;
                    let faults = part.iter().map(|_| Err(fault.clone())).collect();
                    self.tell(&part, faults, &mut readings);
                    if self.is_over(&fault) {
                        self.server = Err(fault);
                    }
                }
            }
        }
        readings
    }

    /// Whether nothing more is to be expected.
    fn is_over(&self, fault: &Fault) -> bool {
        match fault {
            Fault::BadQuery { .. } => is_parse_error(fault) || (!self.has_answered && self.failures >= PATIENCE),
            Fault::Untrusted { .. } | Fault::NoSecret { .. } | Fault::BadSettings { .. } => true,
            _ => !self.is_reached || self.failures >= PATIENCE,
        }
    }

    fn tell(&mut self, steps: &Steps, outcomes: Vec<Result<Sample, Fault>>, readings: &mut Vec<Reading>) {
        for (at, outcome) in steps.iter().zip(outcomes) {
            self.sequence += 1;
            readings.push(Reading { signal: self.signal.clone(), sequence: self.sequence, at, outcome });
        }
    }

    /// How far the server's clock is ahead of this laptop's, as far as the way to it can tell.
    pub(super) async fn ahead(&mut self, clock: fn() -> Timestamp) -> Result<SignedDuration, Fault> {
        let server = self.server.as_mut().map_err(|fault| fault.clone())?;
        let client = server.client()?;
        let asked_at = clock();
        let raw = self.post(&client, INSTANT, &[("query", "time()")], self.timeout).await?;
        let server_ms = milliseconds(answer::number(&self.server()?.read(&raw))?);
        self.is_reached = true;
        let here_ms = i64::midpoint(asked_at.as_millisecond(), clock().as_millisecond());
        let ahead_ms = server_ms.ok_or_else(crate::api::other_shape)?.saturating_sub(here_ms);
        Ok(SignedDuration::from_millis(ahead_ms))
    }

    async fn part(&mut self, steps: &Steps) -> Result<Vec<Result<Sample, Fault>>, Fault> {
        let server = self.server.as_mut().map_err(|fault| fault.clone())?;
        let client = server.client()?;
        self.reach(&client).await?;
        let (numbers, counts, newest) =
            tokio::join!(self.numbers(&client, steps), self.counts(&client, steps), self.newest(&client, steps));
        let (numbers, counts, newest) = (numbers?, counts?, newest?);
        if let Some(newest) = &newest {
            self.learn(&client, newest).await;
        }
        let mut newest = newest.map(Vec::into_iter);
        let outcomes = steps.iter().zip(numbers).zip(counts).map(|((at, number), count)| {
            let newest = match &mut newest {
                Some(newest) => Ok((newest.next().unwrap_or_default(), at)),
                None => Err(Fault::Unproven),
            };
            sample(number, count, newest, &mut self.freshness).map(whole)
        });
        Ok(outcomes.collect())
    }

    /// Asks what costs nothing first, as long as a poll may take: whatever stands in the way is said soon.
    async fn reach(&mut self, client: &Client) -> Result<(), Fault> {
        if !self.is_reached {
            let raw = self.post(client, INSTANT, &[("query", "time()")], self.timeout).await?;
            answer::number(&self.server()?.read(&raw))?;
            self.is_reached = true;
        }
        Ok(())
    }

    fn server(&self) -> Result<&Server, Fault> {
        self.server.as_ref().map_err(Clone::clone)
    }

    async fn post(&self, client: &Client, path: &str, form: &[(&str, &str)], within: Duration) -> Result<Raw, Fault> {
        let asking = self.server()?.post(client, path, form);
        tokio::time::timeout(within, asking).await.unwrap_or(Err(Fault::TimedOut { after: within }))
    }

    async fn range(&self, client: &Client, query: &str, steps: &Steps) -> Result<Raw, Fault> {
        let form = steps.form();
        let mut form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        form.insert(0, ("query", query));
        self.post(client, "/api/v1/query_range", &form, ANSWER_WITHIN).await
    }

    async fn numbers(&self, client: &Client, steps: &Steps) -> Result<Vec<Result<f64, Fault>>, Fault> {
        let raw = self.range(client, &self.query, steps).await?;
        matrix::numbers(&self.server()?.read(&raw), steps)
    }

    /// For each step how many things the value was made from and how many it takes, where it is made from too few.
    async fn counts(&self, client: &Client, steps: &Steps) -> Result<Vec<Result<Option<(f64, f64)>, Fault>>, Fault> {
        let Some((query, at_least)) = &self.minimum else { return Ok(steps.iter().map(|_| Ok(None)).collect()) };
        let of_minimum = |fault| too_few(Err(fault), *at_least).err().unwrap_or(Fault::Empty);
        let raw = self.range(client, query, steps).await?;
        let counts = matrix::numbers(&self.server()?.read(&raw), steps).map_err(of_minimum)?;
        Ok(counts.into_iter().map(|count| too_few(count, *at_least)).collect())
    }

    /// For each step the newest sample of each selector; `None` where the query has no selector to prove it.
    async fn newest(&self, client: &Client, steps: &Steps) -> Result<Option<Vec<Vec<Option<Newest>>>>, Fault> {
        if self.selectors.is_empty() {
            return Ok(None);
        }
        let raw = self.range(client, &selectors::newest_query(&self.selectors), steps).await?;
        matrix::newest(&self.server()?.read(&raw), steps, self.selectors.len()).map(Some)
    }

    /// Learns each selector's scrape interval from the samples of a moment in the middle of those that it has.
    async fn learn(&mut self, client: &Client, newest: &[Vec<Option<Newest>>]) {
        for (at, selector) in self.selectors.clone().iter().enumerate() {
            let seen: Vec<Newest> = newest.iter().filter_map(|step| *step.get(at)?).collect();
            let Some(moment_ms) = seen.get(seen.len() / 2).and_then(|newest| milliseconds(newest.at_s)) else {
                continue;
            };
            let (query, time) = (selectors::samples_query(selector), seconds(moment_ms));
            let raw = self.post(client, INSTANT, &[("query", &query), ("time", &time)], ANSWER_WITHIN).await;
            let interval = raw.and_then(|raw| answer::interval(&self.server()?.read(&raw)));
            let interval = interval.unwrap_or_else(|fault| {
                tracing::debug!(%fault, selector, "the scrape interval could not be learned");
                None
            });
            self.freshness.learn(at, interval, Timestamp::from_millisecond(moment_ms).unwrap_or_default());
        }
    }
}

/// Whether fewer steps at once may be answered.
fn may_be_had_in_halves(fault: &Fault) -> bool {
    match fault {
        Fault::TimedOut { .. } | Fault::TooLarge { .. } => true,
        Fault::BadQuery { .. } => !is_parse_error(fault),
        Fault::Status { code, .. } => matches!(code, 413 | 422 | 500..=599),
        _ => false,
    }
}

/// What cannot be read cannot be read in halves either.
fn is_parse_error(fault: &Fault) -> bool {
    matches!(fault, Fault::BadQuery { words } if words.contains("parse error"))
}

/// A server's times are whole milliseconds; ages in seconds have lost that.
fn whole(sample: Sample) -> Sample {
    let round = |at: Timestamp| {
        at.round(TimestampRound::new().smallest(Unit::Millisecond).mode(RoundMode::HalfExpand)).unwrap_or(at)
    };
    Sample { at: round(sample.at), good_until: round(sample.good_until), ..sample }
}

#[cfg(test)]
mod tests;
