//! A look at an address: whether it answers as expected.
//!
//! Owns: the request, and the answer held against what is expected. Must not know: how often is looked.
//!
//! Each look makes its own connection, as a visitor does. A refused or closed connection and a certificate that is not
//! trusted are answers of the other side, so they fail; no answer, an unknown name and no way there may be this laptop's,
//! so they are faults. A redirect is an answer with its own status, and is followed only as often as the settings say: no
//! header of theirs goes to another server, and none is followed from `https` to `http`.

use std::time::Duration;

use jiff::Timestamp;
use plan::config::{ExpectHttp, Scalar};
use reqwest::Response;
use reqwest::header::LOCATION;
use room::{Fault, Measure, Sample};
use serde_json::Value;
use url::Url;

use crate::fetch::{self, Connections, Obstacle};
use crate::look::{failed, looked, took};
use crate::supervision::Asker;
use crate::{Endpoint, words};

mod version;

/// What is expected of a body stands near its beginning; a page of health is small.
const LIMIT_BYTES: u64 = 1024 * 1024;

/// What stands in a body is shown up to here.
const LONGEST_VALUE: usize = 60;

/// Looks at one address.
pub(crate) struct Http {
    endpoint: Endpoint,
    redirects: u64,
    expect: ExpectHttp,
    every: Duration,
    timeout: Duration,
    clock: fn() -> Timestamp,
}

impl Http {
    /// For an address that is looked at this often.
    pub(crate) fn new(
        endpoint: Endpoint,
        (redirects, expect): (u64, ExpectHttp),
        (every, timeout): (Duration, Duration),
        clock: fn() -> Timestamp,
    ) -> Self {
        Self { endpoint, redirects, expect, every, timeout, clock }
    }

    /// What came, or what stood in its way and at which server.
    async fn answer(&self) -> Result<Result<Answer, (Obstacle, String)>, Fault> {
        let asked_at = (self.clock)();
        let mut endpoint = self.endpoint.clone();
        let (mut followed, mut not_followed) = (0, "");
        loop {
            let client = fetch::client(&endpoint, Connections::New, self.timeout)?;
            let head = match fetch::head(client.get(&endpoint.url)).await {
                Ok(head) => head,
                Err(obstacle) => return Ok(Err((obstacle, fetch::host(&endpoint.url)))),
            };
            match redirect(&head) {
                Some(_) if self.redirects == 0 => not_followed = "; a redirect is not followed",
                Some(_) if followed == self.redirects => not_followed = "; no further redirect is followed",
                Some(to) if head.url().scheme() == "https" && to.scheme() != "https" => {
                    not_followed = "; a redirect from https to http is not followed";
                }
                Some(to) => {
                    followed += 1;
                    if to.origin() != head.url().origin() {
                        // A secret is for the server that the settings name.
                        endpoint.headers.clear();
                    }
                    endpoint.url = to.into();
                    continue;
                }
                None => {}
            }
            let status = head.status().as_u16();
            let body = match fetch::body(head, LIMIT_BYTES).await {
                Ok(body) => body,
                // Where nothing is expected of the body, its size is no matter.
                Err(Obstacle::TooLarge(_)) if !looks_inside(&self.expect) => Vec::new(),
                Err(obstacle) => return Ok(Err((obstacle, fetch::host(&endpoint.url)))),
            };
            let took = took(asked_at, (self.clock)());
            let at = if followed == 0 { String::new() } else { without_query(&endpoint.url) };
            return Ok(Ok(Answer { status, took, body, followed, at, not_followed }));
        }
    }
}

/// Where an answer sends on to.
fn redirect(head: &Response) -> Option<Url> {
    if !matches!(head.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let to = head.url().join(head.headers().get(LOCATION)?.to_str().ok()?).ok()?;
    matches!(to.scheme(), "http" | "https").then_some(to)
}

/// An address without what may be a secret in it.
fn without_query(url: &str) -> String {
    words::shortened(url.split(['?', '#']).next().unwrap_or(url), LONGEST_VALUE)
}

impl Asker for Http {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let measure = match self.answer().await? {
            Ok(answer) => judged(&self.expect, &answer),
            Err((obstacle, host)) => failed(obstacle, &host, self.timeout)?,
        };
        Ok(looked(measure, (self.clock)(), self.every, self.timeout))
    }

    fn reconnect(&mut self) {
        // No connection outlives a look.
    }
}

/// What came.
#[derive(Debug, Default)]
struct Answer {
    status: u16,
    took: Duration,
    body: Vec<u8>,
    /// How many redirects led to it.
    followed: u64,
    /// Where they led.
    at: String,
    /// Why a redirect was not followed, to continue a sentence.
    not_followed: &'static str,
}

fn looks_inside(expect: &ExpectHttp) -> bool {
    expect.body.is_some() || expect.version.is_some() || !expect.json.is_empty()
}

/// An answer held against what is expected, the first that differs named.
fn judged(expect: &ExpectHttp, answer: &Answer) -> Measure {
    let way = match answer.followed {
        0 => String::new(),
        1 => format!(" after 1 redirect, at {}", answer.at),
        several => format!(" after {several} redirects, at {}", answer.at),
    };
    let seen = format!("{} in {}{way}", answer.status, words::length(answer.took));
    match difference(expect, answer) {
        None => Measure::Passed(seen),
        Some(difference) => Measure::Failed(format!("{seen}, {difference}")),
    }
}

fn difference(expect: &ExpectHttp, answer: &Answer) -> Option<String> {
    let is_expected = expect.status.map_or((200..300).contains(&answer.status), |status| status == answer.status);
    if !is_expected {
        let expected = expect.status.map_or("200 to 299".to_owned(), |status| status.to_string());
        return Some(format!("expected {expected}{}", answer.not_followed));
    }
    if let Some(text) = &expect.body
        && !String::from_utf8_lossy(&answer.body).contains(text.as_str())
    {
        return Some(format!("the body does not hold “{}”", words::shortened(text, LONGEST_VALUE)));
    }
    if let Some(version) = &expect.version
        && let Err(others) = version::found(&String::from_utf8_lossy(&answer.body), version)
    {
        let version = words::shortened(version, LONGEST_VALUE);
        return Some(match others.as_slice() {
            [] => format!("the body names no version, expected {version}"),
            others => format!("the body names version {}, expected {version}", others.join(", ")),
        });
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
