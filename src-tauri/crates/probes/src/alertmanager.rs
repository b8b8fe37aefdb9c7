//! A look at the alerts of an Alertmanager.
//!
//! Owns: which alerts count, and their number held against what is expected. Must not know: how often is looked.
//!
//! An Alertmanager that hears nothing any more tells of no alert. So an alert that always fires can be named, the
//! watchdog: where it does not, nothing is known.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use room::{Fault, Measure, Sample};
use serde_json::Value;

use crate::look::looked;
use crate::supervision::Asker;
use crate::{Endpoint, api, words};

/// Thousands of alerts with their labels and texts.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;

/// So many names are enough to see what burns.
const NAMES_SHOWN: usize = 3;

/// Looks at one Alertmanager.
pub(crate) struct Alertmanager {
    /// Where it is.
    pub(crate) endpoint: Endpoint,
    /// Which alerts count.
    pub(crate) expected: Expected,
    /// How often is looked.
    pub(crate) every: Duration,
    /// How long a look may take.
    pub(crate) timeout: Duration,
    /// Reads the time.
    pub(crate) clock: fn() -> Timestamp,
}

/// Which alerts count, and how many may fire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    /// The labels that an alert must have.
    pub(crate) labels: BTreeMap<String, String>,
    /// The name of the alert that always fires.
    pub(crate) watchdog: Option<String>,
    /// How many may fire.
    pub(crate) firing: u64,
}

impl Asker for Alertmanager {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let answer = api::get(&self.endpoint, "/api/v2/alerts", &[], LIMIT_BYTES, self.timeout).await?;
        let measure = judged(&self.expected, &answer.json)?;
        Ok(looked(measure, (self.clock)(), self.every, self.timeout))
    }

    fn reconnect(&mut self) {
        // No connection outlives a look.
    }
}

/// What an alert does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Firing,
    Silenced,
    Inhibited,
    Muted,
}

impl State {
    fn of(alert: &Value) -> Result<Self, Fault> {
        let status = alert.get("status").ok_or_else(api::other_shape)?;
        let is_by = |key: &str| status.get(key).and_then(Value::as_array).is_some_and(|by| !by.is_empty());
        Ok(match status.get("state").and_then(Value::as_str).ok_or_else(api::other_shape)? {
            // One that is not sorted yet fires until it is known better.
            "active" | "unprocessed" => Self::Firing,
            "suppressed" if is_by("silencedBy") => Self::Silenced,
            "suppressed" if is_by("inhibitedBy") => Self::Inhibited,
            "suppressed" => Self::Muted,
            _ => return Err(api::other_shape()),
        })
    }
}

fn judged(expected: &Expected, answer: &Value) -> Result<Measure, Fault> {
    let alerts = answer.as_array().ok_or_else(api::other_shape)?;
    let mut is_awake = expected.watchdog.is_none();
    let mut firing: Vec<&str> = Vec::new();
    let (mut silenced, mut inhibited, mut muted) = (0, 0, 0);
    for alert in alerts {
        let labels = alert.get("labels").and_then(Value::as_object).ok_or_else(api::other_shape)?;
        let label = |name: &str| labels.get(name).and_then(Value::as_str).unwrap_or_default();
        let name = label("alertname");
        let state = State::of(alert)?;
        if expected.watchdog.as_deref() == Some(name) {
            is_awake = true;
            continue;
        }
        if !expected.labels.iter().all(|(key, value)| label(key) == value) {
            continue;
        }
        match state {
            State::Firing => firing.push(name),
            State::Silenced => silenced += 1,
            State::Inhibited => inhibited += 1,
            State::Muted => muted += 1,
        }
    }
    if !is_awake {
        let watchdog = expected.watchdog.as_deref().unwrap_or_default();
        let words = format!("the alert {watchdog} does not fire, so nobody sends alerts there");
        return Err(Fault::NotYet { words });
    }
    let quiet = [(silenced, "silenced"), (inhibited, "inhibited"), (muted, "muted")];
    let quiet = quiet.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("; {count} {word}"));
    let seen = format!("{}{}", in_words(&mut firing), quiet.collect::<String>());
    let is_good = firing.len() as u64 <= expected.firing;
    Ok(match (is_good, expected.firing) {
        (true, _) => Measure::Passed(seen),
        (false, 0) => Measure::Failed(format!("{seen}; expected none")),
        (false, most) => Measure::Failed(format!("{seen}; expected at most {most}")),
    })
}

/// "2 alerts fire (HighErrors, PodCrash)"
fn in_words(firing: &mut [&str]) -> String {
    firing.sort_unstable();
    let count = firing.len();
    let mut names: Vec<&str> = firing.to_vec();
    names.dedup();
    let more = if names.len() > NAMES_SHOWN { ", …" } else { "" };
    let names: Vec<String> = names.iter().take(NAMES_SHOWN).map(|name| words::shortened(name, 40)).collect();
    match count {
        0 => "no alert fires".to_owned(),
        1 => format!("1 alert fires ({})", names.join(", ")),
        _ => format!("{count} alerts fire ({}{more})", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wiremock::matchers::{header, method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::tests::{clock, endpoint, free_port, set, start};

    fn alert(name: &str, service: &str, state: &str, by: &str) -> Value {
        let mut status = json!({"state": state, "silencedBy": [], "inhibitedBy": []});
        if !by.is_empty() {
            status[by] = json!(["x"]);
        }
        json!({"labels": {"alertname": name, "service": service}, "status": status})
    }

    fn all() -> Value {
        json!([
            alert("HighErrors", "payments", "active", ""),
            alert("HighErrors", "payments", "active", ""),
            alert("PodCrash", "payments", "unprocessed", ""),
            alert("Slow", "payments", "suppressed", "silencedBy"),
            alert("Slower", "payments", "suppressed", "inhibitedBy"),
            alert("AtNight", "payments", "suppressed", "mutedBy"),
            alert("DiskFull", "search", "active", ""),
            alert("Watchdog", "", "active", ""),
        ])
    }

    fn expected(service: &str, watchdog: Option<&str>, firing: u64) -> Expected {
        let labels = (!service.is_empty()).then(|| ("service".to_owned(), service.to_owned()));
        Expected { labels: labels.into_iter().collect(), watchdog: watchdog.map(str::to_owned), firing }
    }

    fn check(expected: &Expected, alerts: &Value, words: Result<&str, &str>) {
        let told = match words {
            Ok(words) => Measure::Passed(words.to_owned()),
            Err(words) => Measure::Failed(words.to_owned()),
        };
        assert_eq!(judged(expected, alerts), Ok(told));
    }

    #[test]
    fn what_fires_is_counted_by_its_labels_and_what_is_quiet_told_apart() {
        let quiet = "; 1 silenced; 1 inhibited; 1 muted";
        let three = format!("3 alerts fire (HighErrors, PodCrash){quiet}");
        check(&expected("payments", None, 0), &all(), Err(&format!("{three}; expected none")));
        check(&expected("payments", None, 2), &all(), Err(&format!("{three}; expected at most 2")));
        check(&expected("payments", None, 3), &all(), Ok(&three));
        check(&expected("search", None, 0), &all(), Err("1 alert fires (DiskFull); expected none"));
        check(&expected("nobody", None, 0), &all(), Ok("no alert fires"));
        check(&expected("", None, 9), &all(), Ok(&format!("5 alerts fire (DiskFull, HighErrors, PodCrash, …){quiet}")));
        check(&expected("", None, 0), &json!([]), Ok("no alert fires"));
    }

    #[test]
    fn a_watchdog_that_is_silent_means_that_nothing_is_known() {
        check(&expected("nobody", Some("Watchdog"), 0), &all(), Ok("no alert fires"));
        check(&expected("", Some("Watchdog"), 0), &json!([alert("Watchdog", "", "active", "")]), Ok("no alert fires"));
        let fault = judged(&expected("", Some("Watchdog"), 0), &json!([])).unwrap_err();
        let words = "it is not known there yet: the alert Watchdog does not fire, so nobody sends alerts there";
        assert_eq!(fault.to_string(), words);
    }

    #[test]
    fn what_is_not_the_api_is_said() {
        for other in [json!({}), json!([7]), json!([{"labels": {}}]), json!([{"labels": {}, "status": {"state": "x"}}])]
        {
            assert_eq!(judged(&Expected::default(), &other), Err(api::other_shape()));
        }
    }

    async fn seen(endpoint: Endpoint) -> Result<Measure, Fault> {
        set(start(), Duration::ZERO);
        let (every, timeout) = (Duration::from_secs(5), Duration::from_secs(3));
        let mut probe = Alertmanager { endpoint, expected: Expected::default(), every, timeout, clock };
        probe.ask().await.map(|sample| sample.measure)
    }

    #[tokio::test]
    async fn its_api_is_asked_and_each_fault_is_told() {
        let server = MockServer::start().await;
        let alerts = Mock::given(method("GET")).and(path("/am/api/v2/alerts")).and(header("X-Key", "abcdefgh"));
        alerts.respond_with(ResponseTemplate::new(200).set_body_json(json!([]))).mount(&server).await;
        let mut known = endpoint(&format!("{}/am", server.uri()));
        known.headers.push(("X-Key".to_owned(), "abcdefgh".to_owned()));
        assert_eq!(seen(known).await, Ok(Measure::Passed("no alert fires".to_owned())));
        let fault = seen(endpoint(&server.uri())).await.unwrap_err();
        assert_eq!(fault.to_string(), "the server answers 404");
        let fault = seen(endpoint(&format!("http://127.0.0.1:{}", free_port()))).await.unwrap_err();
        assert_eq!(fault, Fault::Refused);
    }
}
