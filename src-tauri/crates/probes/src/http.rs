//! A look at an address: whether it answers as expected.
//!
//! Owns: the request, and the answer held against what is expected. Must not know: how often is looked.
//!
//! Each look makes its own connection, as a visitor does. A refused or closed connection and a certificate that is not
//! trusted are answers of the other side, so they fail; no answer, an unknown name and no way there may be this laptop's,
//! so they are faults. A redirect is an answer with its own status and is not followed.

use std::time::Duration;

use jiff::Timestamp;
use plan::config::{ExpectHttp, Scalar};
use room::{Fault, Measure, Sample};
use serde_json::Value;

use crate::fetch::{self, Connections, Obstacle};
use crate::look::{failed, looked, took};
use crate::supervision::Asker;
use crate::{Endpoint, words};

/// What is expected of a body stands near its beginning; a page of health is small.
const LIMIT_BYTES: u64 = 1024 * 1024;

/// What stands in a body is shown up to here.
const LONGEST_VALUE: usize = 60;

/// Looks at one address.
pub(crate) struct Http {
    endpoint: Endpoint,
    expect: ExpectHttp,
    every: Duration,
    timeout: Duration,
    clock: fn() -> Timestamp,
}

impl Http {
    /// For an address that is looked at this often.
    pub(crate) fn new(
        endpoint: Endpoint,
        expect: ExpectHttp,
        (every, timeout): (Duration, Duration),
        clock: fn() -> Timestamp,
    ) -> Self {
        Self { endpoint, expect, every, timeout, clock }
    }

    async fn answer(&self) -> Result<Result<Answer, Obstacle>, Fault> {
        let client = fetch::client(&self.endpoint, Connections::New, self.timeout)?;
        let asked_at = (self.clock)();
        let answer = async {
            let head = fetch::head(client.get(&self.endpoint.url)).await?;
            let status = head.status().as_u16();
            let body = match fetch::body(head, LIMIT_BYTES).await {
                // Where nothing is expected of the body, its size is no matter.
                Err(Obstacle::TooLarge(_)) if !looks_inside(&self.expect) => Vec::new(),
                body => body?,
            };
            Ok((status, body))
        };
        Ok(answer.await.map(|(status, body)| Answer { status, took: took(asked_at, (self.clock)()), body }))
    }
}

impl Asker for Http {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let host = fetch::host(&self.endpoint.url);
        let measure = match self.answer().await? {
            Ok(answer) => judged(&self.expect, &answer),
            Err(obstacle) => failed(obstacle, &host, self.timeout)?,
        };
        Ok(looked(measure, (self.clock)(), self.every, self.timeout))
    }

    fn reconnect(&mut self) {
        // No connection outlives a look.
    }
}

/// What came.
struct Answer {
    status: u16,
    took: Duration,
    body: Vec<u8>,
}

fn looks_inside(expect: &ExpectHttp) -> bool {
    expect.body.is_some() || !expect.json.is_empty()
}

/// An answer held against what is expected, the first that differs named.
fn judged(expect: &ExpectHttp, answer: &Answer) -> Measure {
    let seen = format!("{} in {}", answer.status, words::length(answer.took));
    match difference(expect, answer) {
        None => Measure::Passed(seen),
        Some(difference) => Measure::Failed(format!("{seen}, {difference}")),
    }
}

fn difference(expect: &ExpectHttp, answer: &Answer) -> Option<String> {
    let is_expected = expect.status.map_or((200..300).contains(&answer.status), |status| status == answer.status);
    if !is_expected {
        let expected = expect.status.map_or("200 to 299".to_owned(), |status| status.to_string());
        let redirect = if (300..400).contains(&answer.status) { "; a redirect is not followed" } else { "" };
        return Some(format!("expected {expected}{redirect}"));
    }
    if let Some(text) = &expect.body
        && !String::from_utf8_lossy(&answer.body).contains(text.as_str())
    {
        return Some(format!("the body does not hold “{}”", words::shortened(text, LONGEST_VALUE)));
    }
    if !expect.json.is_empty() {
        let Ok(body) = serde_json::from_slice::<Value>(&answer.body) else {
            return Some("the body is no JSON".to_owned());
        };
        let wrong = expect.json.iter().find(|(pointer, scalar)| !is_equal(body.pointer(pointer), scalar));
        if let Some((pointer, scalar)) = wrong {
            let expected = match scalar {
                Scalar::Text(text) => format!("“{}”", words::shortened(text, LONGEST_VALUE)),
                Scalar::Number(number) => number.to_string(),
                Scalar::Flag(flag) => flag.to_string(),
            };
            return Some(match body.pointer(pointer) {
                None => format!("{pointer} is not there, expected {expected}"),
                Some(found) => format!("{pointer} is {}, expected {expected}", shown(found)),
            });
        }
    }
    let within = expect.within.filter(|within| answer.took > *within)?;
    Some(format!("expected within {}", words::length(within)))
}

fn is_equal(found: Option<&Value>, expected: &Scalar) -> bool {
    match (found, expected) {
        (Some(Value::String(found)), Scalar::Text(text)) => found == text,
        (Some(Value::Number(found)), Scalar::Number(number)) => found.as_f64() == Some(*number),
        (Some(Value::Bool(found)), Scalar::Flag(flag)) => found == flag,
        _ => false,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("“{}”", words::shortened(text, LONGEST_VALUE)),
        other => words::shortened(&other.to_string(), LONGEST_VALUE),
    }
}

#[cfg(test)]
mod tests;
