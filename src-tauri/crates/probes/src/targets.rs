//! A look at what a Prometheus scrapes.
//!
//! Owns: which targets count, their health held against what is expected, and of when that is. Must not know: how often
//! is looked.
//!
//! A health is as old as the scrape that found it: what is up is seen as long ago as the oldest scrape among them, what
//! is down as the newest that failed. The server's clock and the laptop's may differ, so only ages cross.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use room::{Fault, Measure, Sample};
use serde_json::Value;

use crate::look::looked;
use crate::supervision::Asker;
use crate::{Endpoint, api, words};

/// Each target comes with all labels that it was found by: thousands of them.
const LIMIT_BYTES: u64 = 32 * 1024 * 1024;

/// So many names are enough to see what is down.
const NAMES_SHOWN: usize = 3;

/// A scrape counts for so many of its intervals (DESIGN.md, "Fresh").
const INTERVALS: f64 = 2.5;

/// Looks at the targets of one Prometheus.
pub(crate) struct Targets {
    /// Where it is.
    pub(crate) endpoint: Endpoint,
    /// Which targets count.
    pub(crate) expected: Expected,
    /// The scrape that the last look rested on, by the server's clock, and on this laptop's: one scrape has one time.
    pub(crate) last: Option<(Timestamp, Timestamp)>,
    /// How often is looked.
    pub(crate) every: Duration,
    /// How long a look may take.
    pub(crate) timeout: Duration,
    /// Reads the time.
    pub(crate) clock: fn() -> Timestamp,
}

/// Which targets count, and how many must be up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    /// Their job.
    pub(crate) job: Option<String>,
    /// How many must be up at least; `None` for all.
    pub(crate) up: Option<u64>,
}

impl Asker for Targets {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let active = [("state", "active")];
        let answer = api::get(&self.endpoint, "/api/v1/targets", &active, LIMIT_BYTES, self.timeout).await?;
        let answered_at = (self.clock)();
        let seen = judged(&self.expected, &answer.json)?;
        let Some(scraped_at) = seen.scraped_at else {
            return Ok(looked(seen.measure, answered_at, self.every, self.timeout));
        };
        let at = match self.last.filter(|(scrape, _)| *scrape == scraped_at) {
            Some((_, at)) => at,
            None => {
                // A server that does not say what time it is there is taken to agree with this laptop.
                let age = answer.server_time.unwrap_or(answered_at).duration_since(scraped_at);
                let age = age.max(SignedDuration::ZERO);
                answered_at.checked_sub(age).unwrap_or(answered_at)
            }
        };
        self.last = Some((scraped_at, at));
        let sample = looked(seen.measure, at, self.every, self.timeout);
        let scrapes = SignedDuration::try_from(seen.interval.mul_f64(INTERVALS)).unwrap_or(SignedDuration::ZERO);
        let good_until = sample.good_until.max(at.checked_add(scrapes).unwrap_or(at));
        Ok(Sample { good_until, ..sample })
    }

    fn reconnect(&mut self) {
        // No connection outlives a look.
    }
}

/// What was seen.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    measure: Measure,
    /// The scrape that it rests on, by the server's clock; nothing where there is none.
    scraped_at: Option<Timestamp>,
    /// How far apart the scrapes are that it rests on.
    interval: Duration,
}

struct Target {
    name: String,
    health: Health,
    error: String,
    scraped_at: Option<Timestamp>,
    interval: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    Up,
    Down,
    Unknown,
}

impl Target {
    fn of(target: &Value) -> Result<Self, Fault> {
        let text = |key: &str| target.get(key).and_then(Value::as_str).unwrap_or_default();
        let health = match text("health") {
            "up" => Health::Up,
            "down" => Health::Down,
            "unknown" => Health::Unknown,
            _ => return Err(api::other_shape()),
        };
        let instance = target.get("labels").and_then(|labels| labels.get("instance")).and_then(Value::as_str);
        // One that was never scraped bears the first day of the calendar.
        let scraped_at = text("lastScrape").parse().ok().filter(|at: &Timestamp| *at > Timestamp::UNIX_EPOCH);
        Ok(Self {
            name: words::shortened(instance.unwrap_or_else(|| text("scrapeUrl")), 60),
            health,
            error: words::shortened(without_address(text("lastError")), 80),
            scraped_at: scraped_at.filter(|_| health != Health::Unknown),
            interval: plan::config::length(text("scrapeInterval")).unwrap_or_default(),
        })
    }
}

/// An error of a scrape without the address in front, which is long and may hold a password.
fn without_address(error: &str) -> &str {
    error.strip_prefix("Get \"").and_then(|rest| rest.split_once("\": ")).map_or(error, |(_, why)| why)
}

fn judged(expected: &Expected, answer: &Value) -> Result<Seen, Fault> {
    let targets = answer.get("data").and_then(|data| data.get("activeTargets")).and_then(Value::as_array);
    let mut counted = Vec::new();
    for target in targets.ok_or_else(api::other_shape)? {
        let job = target.get("labels").and_then(|labels| labels.get("job")).and_then(Value::as_str);
        if expected.job.is_none() || expected.job.as_deref() == job {
            counted.push(Target::of(target)?);
        }
    }
    let of = |health: Health| counted.iter().filter(move |target| target.health == health);
    let (up, unknown) = (of(Health::Up).count(), of(Health::Unknown).count());
    if counted.is_empty() {
        let job = expected.job.as_ref().map(|job| format!(" of the job {job}")).unwrap_or_default();
        let measure = Measure::Failed(format!("Prometheus has no target{job}"));
        return Ok(Seen { measure, scraped_at: None, interval: Duration::ZERO });
    }
    let least = expected.up.map_or(counted.len(), |up| usize::try_from(up).unwrap_or(usize::MAX));
    let seen = format!("{up} of {} up", counted.len());
    if up >= least {
        let scrapes = of(Health::Up).filter_map(|target| target.scraped_at);
        return Ok(Seen {
            measure: Measure::Passed(seen),
            scraped_at: scrapes.min(),
            interval: of(Health::Up).map(|target| target.interval).max().unwrap_or_default(),
        });
    }
    if up + unknown >= least {
        let names = named(of(Health::Unknown).map(|target| target.name.clone()));
        return Err(Fault::NotYet { words: format!("{seen}, not scraped so far: {names}") });
    }
    let expected = if expected.up.is_some() { format!("expected {least}") } else { "expected all".to_owned() };
    let down = of(Health::Down).map(|target| match target.error.as_str() {
        "" => target.name.clone(),
        error => format!("{} ({error})", target.name),
    });
    let down = named(down);
    let down = if down.is_empty() { String::new() } else { format!("; down: {down}") };
    Ok(Seen {
        measure: Measure::Failed(format!("{seen}, {expected}{down}")),
        scraped_at: of(Health::Down).filter_map(|target| target.scraped_at).max(),
        interval: of(Health::Down).map(|target| target.interval).max().unwrap_or_default(),
    })
}

fn named(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = names.collect();
    names.sort();
    let more = names.len().saturating_sub(NAMES_SHOWN);
    names.truncate(NAMES_SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{more}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wiremock::matchers::{method, path, query_param};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::tests::{clock, endpoint, set, start};

    fn target(job: &str, instance: &str, health: &str, scraped_s: i64) -> Value {
        let error = if health == "down" { "connection refused" } else { "" };
        let scraped = match health {
            "unknown" => "0001-01-01T00:00:00Z".to_owned(),
            _ => (start() + SignedDuration::from_secs(scraped_s)).to_string(),
        };
        json!({
            "labels": {"job": job, "instance": instance}, "scrapeUrl": format!("http://{instance}/metrics"),
            "health": health, "lastError": error, "lastScrape": scraped, "scrapeInterval": "15s",
        })
    }

    fn answer(targets: &[Value]) -> Value {
        json!({"status": "success", "data": {"activeTargets": targets, "droppedTargets": []}})
    }

    fn told(job: Option<&str>, up: Option<u64>, targets: &[Value]) -> (String, Option<i64>) {
        match judged(&Expected { job: job.map(str::to_owned), up }, &answer(targets)) {
            Ok(Seen { measure, scraped_at, .. }) => {
                let words = match measure {
                    Measure::Passed(words) => format!("PASS {words}"),
                    Measure::Failed(words) => format!("FAIL {words}"),
                    Measure::Number(_) => panic!("no number"),
                };
                (words, scraped_at.map(|at| at.duration_since(start()).as_secs()))
            }
            Err(fault) => (format!("NO DATA {fault}"), None),
        }
    }

    fn check(job: Option<&str>, up: Option<u64>, targets: &[Value], words: &str, scraped_s: Option<i64>) {
        assert_eq!(told(job, up, targets), (words.to_owned(), scraped_s));
    }

    #[test]
    fn all_are_up_or_so_many_and_the_others_are_named() {
        let (a, b) = (target("api", "a:80", "up", -9), target("api", "b:80", "up", -4));
        let (c, d) = (target("api", "c:80", "down", -7), target("api", "d:80", "down", -2));
        let other = target("db", "e:80", "down", -1);
        let api = Some("api");
        check(api, None, &[a.clone(), b.clone(), other.clone()], "PASS 2 of 2 up", Some(-9));
        let words = "FAIL 2 of 4 up, expected all; down: c:80 (connection refused), d:80 (connection refused)";
        check(api, None, &[a.clone(), b.clone(), c.clone(), d.clone()], words, Some(-2));
        check(api, Some(2), &[a.clone(), b.clone(), c.clone()], "PASS 2 of 3 up", Some(-9));
        let words = "FAIL 2 of 3 up, expected 3; down: c:80 (connection refused)";
        check(api, Some(3), &[a.clone(), b.clone(), c], words, Some(-7));
        check(api, Some(3), &[a.clone(), b], "FAIL 2 of 2 up, expected 3", None);
        check(None, None, &[a, other], "FAIL 1 of 2 up, expected all; down: e:80 (connection refused)", Some(-1));
        let down: Vec<Value> = (0..9).map(|number| target("api", &format!("{number}:80"), "unknown", 0)).collect();
        let words = "NO DATA it is not known there yet: 0 of 9 up, not scraped so far: 0:80, 1:80, 2:80 and 6 more";
        check(api, None, &down, words, None);
    }

    #[test]
    fn an_error_is_told_without_its_address() {
        let refused =
            "Get \"http://u:hunter2@127.0.0.1:80/metrics\": dial tcp 127.0.0.1:80: connect: connection refused";
        assert_eq!(without_address(refused), "dial tcp 127.0.0.1:80: connect: connection refused");
        assert_eq!(without_address("server returned HTTP status 500"), "server returned HTTP status 500");
    }

    #[test]
    fn no_target_at_all_is_not_all_of_them() {
        check(Some("api"), None, &[], "FAIL Prometheus has no target of the job api", None);
        check(None, Some(0), &[], "FAIL Prometheus has no target", None);
    }

    #[test]
    fn what_was_not_scraped_so_far_is_neither_up_nor_down() {
        let (up, down, unknown) =
            (target("a", "u", "up", -3), target("a", "d", "down", -3), target("a", "n", "unknown", 0));
        let words = "NO DATA it is not known there yet: 1 of 2 up, not scraped so far: n";
        check(None, None, &[up.clone(), unknown.clone()], words, None);
        check(None, Some(1), &[up.clone(), unknown.clone()], "PASS 1 of 2 up", Some(-3));
        let words = "FAIL 1 of 3 up, expected all; down: d (connection refused)";
        check(None, None, &[up, down, unknown], words, Some(-3));
    }

    #[test]
    fn what_is_not_the_api_is_said() {
        for other in [json!([]), json!({"data": {}}), json!({"data": {"activeTargets": [{"health": "odd"}]}})] {
            assert_eq!(judged(&Expected::default(), &other), Err(api::other_shape()));
        }
    }

    #[tokio::test]
    async fn a_health_is_as_old_as_its_scrape_by_the_servers_clock() {
        let server = MockServer::start().await;
        // Its clock is an hour behind the laptop's.
        let there = start() - SignedDuration::from_hours(1);
        let date = there.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let body = answer(&[target("api", "a", "up", -3607)]);
        let template = ResponseTemplate::new(200).set_body_json(body).insert_header("Date", date.as_str());
        let asked = Mock::given(method("GET")).and(path("/api/v1/targets")).and(query_param("state", "active"));
        asked.respond_with(template).mount(&server).await;
        set(start(), Duration::ZERO);
        let mut probe = Targets {
            endpoint: endpoint(&server.uri()),
            expected: Expected::default(),
            last: None,
            every: Duration::from_secs(5),
            timeout: Duration::from_secs(3),
            clock,
        };
        let sample = probe.ask().await.unwrap();
        assert_eq!(sample.at, start() - SignedDuration::from_secs(7));
        assert_eq!(sample.good_until, sample.at + SignedDuration::from_millis(37_500));
        // The same scrape is the same sample, however long its answer was on the way.
        set(start() + SignedDuration::from_secs(2), Duration::ZERO);
        assert_eq!(probe.ask().await.unwrap().at, sample.at);
    }
}
