//! Tests against a server of answers on loopback, which evaluates a made-up past at each step that it is asked for.

use std::collections::HashMap;

use jiff::SignedDuration;
use room::Measure;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::*;
use crate::Endpoint;
use crate::tests::{endpoint, free_port, start};

/// What a query has at a moment: series by their labels.
type Past = fn(&str, i64) -> Vec<(&'static str, f64)>;

fn form(request: &Request) -> HashMap<String, String> {
    url::form_urlencoded::parse(&request.body).into_owned().collect()
}

fn json(body: String) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body, "application/json")
}

fn answer_of(kind: &str, result: &str) -> ResponseTemplate {
    json(format!(r#"{{"status":"success","data":{{"resultType":"{kind}","result":{result}}}}}"#))
}

fn refusal(kind: &str, words: &str) -> ResponseTemplate {
    let body = format!(r#"{{"status":"error","errorType":"{kind}","error":"{words}"}}"#);
    ResponseTemplate::new(422).set_body_raw(body, "application/json")
}

/// First, last and step of a range query in seconds after the start of the test.
fn span(form: &HashMap<String, String>) -> Option<(i64, i64, i64)> {
    let second = |key: &str| Some(form.get(key)?.parse::<f64>().ok()? as i64);
    let origin = start().as_second();
    Some((second("start")? - origin, second("end")? - origin, second("step")?))
}

fn matrix(past: Past, query: &str, (first, last, step): (i64, i64, i64)) -> ResponseTemplate {
    let mut series: Vec<(&str, Vec<String>)> = Vec::new();
    let mut at = first;
    while at <= last {
        for (labels, value) in past(query, at) {
            let point = format!(r#"[{},"{value}"]"#, start().as_second() + at);
            match series.iter_mut().find(|(known, _)| *known == labels) {
                Some((_, points)) => points.push(point),
                None => series.push((labels, vec![point])),
            }
        }
        at += step;
    }
    let series: Vec<String> = series
        .iter()
        .map(|(labels, points)| format!(r#"{{"metric":{labels},"values":[{}]}}"#, points.join(",")))
        .collect();
    answer_of("matrix", &format!("[{}]", series.join(",")))
}

/// A server with this past, whose samples are 15 s apart. `refuse` may answer a range query otherwise.
async fn server(past: Past, refuse: fn(&str, (i64, i64, i64)) -> Option<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let answer = move |request: &Request| {
        let form = form(request);
        let query = form.get("query").cloned().unwrap_or_default();
        if let Some(span) = span(&form) {
            return refuse(&query, span).unwrap_or_else(|| matrix(past, &query, span));
        }
        if query == "time()" {
            return answer_of("scalar", r#"[1800000000,"1800000000"]"#);
        }
        answer_of("matrix", r#"[{"metric":{},"values":[[0,"1"],[15,"1"],[30,"1"]]}]"#)
    };
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    server
}

fn question(endpoint: Endpoint, query: &str, minimum: Option<(&str, f64)>) -> Question {
    let minimum = minimum.map(|(query, at_least)| (query.to_owned(), at_least));
    Question {
        signal: Signal::Metric("errors".to_owned()),
        every: Duration::from_secs(5),
        timeout: Duration::from_secs(3),
        ask: Ok(Ask::Prometheus { endpoint, query: query.to_owned(), minimum }),
    }
}

/// The steps from the start of the test on.
fn steps(count: i64) -> Steps {
    let every = Duration::from_secs(5);
    Steps::over(start(), start() + SignedDuration::from_secs((count - 1) * 5), every)
}

async fn readings(server: &MockServer, minimum: Option<(&str, f64)>, steps: &Steps) -> Vec<Reading> {
    let question = question(endpoint(&server.uri()), "a", minimum);
    History::of(&question, steps.step()).unwrap().readings(steps).await
}

/// Seconds after the start: the reading's own, its sample's, until when that counts; or the fault.
fn told(reading: &Reading) -> Result<(i64, i64, i64), Fault> {
    let of = |at: Timestamp| at.duration_since(start()).as_secs();
    let sample = reading.outcome.as_ref().map_err(Clone::clone)?;
    Ok((of(reading.at), of(sample.at), of(sample.good_until)))
}

/// Scraped every 15 s until 60 s, and seen for five minutes after that.
fn dies(query: &str, at: i64) -> Vec<(&'static str, f64)> {
    match query {
        "a" => vec![("{}", 0.5)],
        "max(timestamp(a))" if at < 360 => vec![("{}", (start().as_second() + (at - at % 15).min(60)) as f64)],
        _ => vec![],
    }
}

#[tokio::test]
async fn a_value_counts_as_long_as_its_samples_do_and_has_their_time() {
    let server = server(dies, |_, _| None).await;
    let readings = readings(&server, None, &steps(100)).await;
    assert_eq!(readings.len(), 100);
    // 2.5 times the 15 s between two samples.
    assert_eq!(told(&readings[0]), Ok((0, 0, 37)));
    assert_eq!(told(&readings[7]), Ok((35, 30, 67)));
    assert_eq!(told(&readings[30]), Ok((150, 60, 97)), "the series is dead, and its value still answers");
    assert_eq!(told(&readings[72]), Err(Fault::Ended), "at 360 s nothing of it is left but the value");
    let numbers: Vec<u64> = readings.iter().map(|reading| reading.sequence).collect();
    assert!(numbers.iter().copied().eq(1..=100));
    assert_eq!(readings[30].outcome.as_ref().unwrap().at.subsec_nanosecond(), 0, "no digits that ages would add");
}

fn odd(query: &str, at: i64) -> Vec<(&'static str, f64)> {
    match (query, at) {
        ("a", 5) => vec![("{}", f64::NAN)],
        ("a", 10) => vec![],
        ("a", 15) => vec![(r#"{"pod":"a"}"#, 1.0), (r#"{"pod":"b"}"#, 2.0)],
        ("a", _) => vec![("{}", f64::INFINITY)],
        ("n", 20) => vec![("{}", 3.0)],
        ("n", 25) => vec![],
        ("n", _) => vec![("{}", 20.0)],
        _ => vec![("{}", (start().as_second() + at) as f64)],
    }
}

#[tokio::test]
async fn each_step_has_its_own_fault_and_its_own_minimum() {
    let server = server(odd, |_, _| None).await;
    let readings = readings(&server, Some(("n", 20.0)), &steps(7)).await;
    let outcomes: Vec<_> = readings.into_iter().map(|reading| reading.outcome).collect();
    let labels = ["{pod=\"a\"}", "{pod=\"b\"}"].map(str::to_owned).to_vec();
    assert_eq!(outcomes[0].as_ref().unwrap().measure, Measure::Number(f64::INFINITY));
    assert_eq!(outcomes[1], Err(Fault::NotANumber));
    assert_eq!(outcomes[2], Err(Fault::Empty));
    assert_eq!(outcomes[3], Err(Fault::Several { count: 2, labels }));
    let too_few = |at: usize| outcomes[at].as_ref().unwrap().too_few;
    assert_eq!([4, 5, 6].map(too_few), [Some((3.0, 20.0)), Some((0.0, 20.0)), None]);
}

#[tokio::test]
async fn a_query_without_a_selector_is_unproven_at_every_step() {
    let server = server(|_, _| vec![("{}", 1.0)], |_, _| None).await;
    let question = question(endpoint(&server.uri()), "vector(1)", None);
    let readings = History::of(&question, Duration::from_secs(5)).unwrap().readings(&steps(3)).await;
    assert!(readings.iter().all(|reading| reading.outcome == Err(Fault::Unproven)), "{readings:?}");
}

/// How many range queries of the value came, and how many steps the longest had.
async fn asked(server: &MockServer) -> (usize, i64) {
    let requests = server.received_requests().await.unwrap();
    let forms = requests.iter().map(form).filter(|form| form["query"] == "a");
    let counts: Vec<i64> = forms.filter_map(|form| span(&form)).map(|(a, b, step)| (b - a) / step + 1).collect();
    (counts.len(), counts.into_iter().max().unwrap_or_default())
}

fn fine(query: &str, at: i64) -> Vec<(&'static str, f64)> {
    if query == "a" { vec![("{}", 1.0)] } else { vec![("{}", (start().as_second() + at) as f64)] }
}

#[tokio::test]
async fn no_question_is_longer_than_the_server_allows() {
    let server = server(fine, |_, (first, last, step)| {
        ((last - first) / step > 11_000).then(|| refusal("bad_data", "exceeded maximum resolution of 11,000 points"))
    })
    .await;
    let steps = steps(25_000);
    let question = question(endpoint(&server.uri()), "a", None);
    let mut history = History::of(&question, steps.step()).unwrap();
    let mut count = 0;
    for part in steps.parts() {
        let readings = history.readings(&part).await;
        assert!(readings.iter().all(|reading| reading.outcome.is_ok()));
        count += readings.len();
    }
    assert_eq!((count, asked(&server).await), (25_000, (13, 2_000)));
}

#[tokio::test]
async fn what_is_refused_at_once_is_asked_in_halves() {
    let server = server(fine, |_, (first, last, step)| {
        ((last - first) / step >= 1000).then(|| refusal("execution", "query processing would load too many samples"))
    })
    .await;
    let readings = readings(&server, None, &steps(2500)).await;
    assert_eq!(readings.len(), 2500);
    assert!(readings.iter().all(|reading| reading.outcome.is_ok()));
    assert!(readings.windows(2).all(|pair| pair[0].at < pair[1].at), "in the order of their times");
}

#[tokio::test]
async fn one_bad_moment_does_not_hide_the_others() {
    let server = server(fine, |query, (first, last, _)| {
        let is_bad = query == "a" && first <= 5000 && last >= 5000;
        is_bad.then(|| refusal("execution", "found duplicate series for the match group"))
    })
    .await;
    let readings = readings(&server, None, &steps(5000)).await;
    let bad: Vec<i64> = readings
        .iter()
        .filter(|reading| reading.outcome.is_err())
        .map(|reading| reading.at.duration_since(start()).as_secs())
        .collect();
    assert!(bad.contains(&5000) && bad.len() <= 60, "{bad:?}");
    assert_eq!(readings.len(), 5000);
}

#[tokio::test]
async fn what_cannot_be_read_is_asked_once() {
    let server = server(fine, |_, _| Some(refusal("bad_data", "1:3: parse error: unexpected end"))).await;
    let readings = readings(&server, None, &steps(5000)).await;
    let words = "1:3: parse error: unexpected end".to_owned();
    assert!(readings.iter().all(|reading| reading.outcome == Err(Fault::BadQuery { words: words.clone() })));
    assert_eq!((readings.len(), asked(&server).await.0), (5000, 1));
}

#[tokio::test]
async fn a_query_that_always_fails_ends_soon() {
    let server = server(fine, |_, _| Some(refusal("execution", "many-to-many matching not allowed"))).await;
    let readings = readings(&server, None, &steps(11_000)).await;
    assert_eq!(readings.len(), 11_000);
    assert!(readings.iter().all(|reading| matches!(reading.outcome, Err(Fault::BadQuery { .. }))));
    assert!(asked(&server).await.0 <= 12);
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_asked_in_halves() {
    let server = server(fine, |query, (first, last, step)| {
        let is_large = query == "a" && (last - first) / step >= 1000;
        is_large.then(|| ResponseTemplate::new(200).set_body_bytes(vec![b'x'; 8 * 1024 * 1024 + 1]))
    })
    .await;
    let readings = readings(&server, None, &steps(1500)).await;
    assert!(readings.len() == 1500 && readings.iter().all(|reading| reading.outcome.is_ok()));
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_once_and_for_all() {
    let url = format!("http://127.0.0.1:{}", free_port());
    let mut history = History::of(&question(endpoint(&url), "a", None), Duration::from_secs(5)).unwrap();
    let readings = history.readings(&steps(20)).await;
    assert!(readings.len() == 20 && readings.iter().all(|reading| reading.outcome == Err(Fault::Refused)));
    let unaskable = Question {
        ask: Err(Fault::NoSecret { name: "a".to_owned(), variable: "A".to_owned() }),
        ..question(endpoint(&url), "a", None)
    };
    let readings = History::of(&unaskable, Duration::from_secs(5)).unwrap().readings(&steps(2)).await;
    assert!(readings.iter().all(|reading| matches!(reading.outcome, Err(Fault::NoSecret { .. }))));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_answer_is_waited_for_once() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut history = History::of(&question(endpoint(&url), "a", None), Duration::from_secs(5)).unwrap();
    let readings = history.readings(&steps(20)).await;
    let after = Duration::from_secs(3);
    assert!(readings.iter().all(|reading| reading.outcome == Err(Fault::TimedOut { after })), "{readings:?}");
}

#[tokio::test]
async fn proof_is_sent_and_never_shown() {
    let server = MockServer::start().await;
    let echo = ResponseTemplate::new(403).set_body_string("Bearer s3cr3t-token may not do this");
    Mock::given(wiremock::matchers::header("Authorization", "Bearer s3cr3t-token"))
        .respond_with(echo)
        .mount(&server)
        .await;
    let mut endpoint = endpoint(&server.uri());
    endpoint.headers.push(("Authorization".to_owned(), "Bearer s3cr3t-token".to_owned()));
    let mut history = History::of(&question(endpoint, "a", None), Duration::from_secs(5)).unwrap();
    let words = "••• may not do this".to_owned();
    assert_eq!(history.readings(&steps(1)).await[0].outcome, Err(Fault::Status { code: 403, words }));
}

/// What polls missed, on a server whose clock is so many seconds ahead of this laptop's.
async fn missed_of(past: Past, ahead_s: i64, seconds: (i64, i64)) -> (Vec<Reading>, MockServer) {
    let server = MockServer::start().await;
    let answer = move |request: &Request| {
        let form = form(request);
        let query = form.get("query").cloned().unwrap_or_default();
        match span(&form) {
            Some(span) => matrix(past, &query, span),
            None if query == "time()" => answer_of("scalar", &format!(r#"[0,"{}"]"#, 1_800_000_000 + 1000 + ahead_s)),
            None => answer_of("matrix", r#"[{"metric":{},"values":[[0,"1"],[15,"1"],[30,"1"]]}]"#),
        }
    };
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    // Now is 1,000 s after the start of the test.
    crate::tests::set(start() + SignedDuration::from_secs(1000), Duration::ZERO);
    let at = |second: i64| start() + SignedDuration::from_secs(second);
    let question = question(endpoint(&server.uri()), "a", None);
    (super::super::missed(&question, at(seconds.0), at(seconds.1), crate::tests::clock).await, server)
}

#[tokio::test]
async fn what_polls_missed_comes_with_the_samples_own_times_by_this_laptops_clock() {
    let (readings, _) = missed_of(dies, 0, (0, 100)).await;
    assert_eq!(readings.len(), 21);
    assert_eq!(told(&readings[0]), Ok((0, 0, 37)));
    assert_eq!(told(&readings[7]), Ok((35, 30, 67)));
    assert_eq!(told(&readings[20]), Ok((100, 60, 97)), "a dead series is no newer than it is");
    // The server's clock is 20 s ahead: its 30 s past is what was here at 10.
    let (readings, _) = missed_of(dies, 20, (0, 100)).await;
    assert_eq!(told(&readings[0]), Ok((0, -5, 32)));
    assert_eq!(told(&readings[20]), Ok((100, 40, 77)));
}

#[tokio::test]
async fn a_night_is_asked_in_longer_steps() {
    let (readings, server) = missed_of(fine, 0, (0, 6 * 3600)).await;
    assert_eq!(readings.len(), 3_601, "6 s apart");
    assert!(readings.iter().all(|reading| reading.outcome.is_ok()));
    assert!(readings.windows(2).all(|pair| pair[0].at < pair[1].at));
    let requests = server.received_requests().await.unwrap();
    assert!(requests.len() < 20, "{}", requests.len());
}

#[tokio::test(start_paused = true)]
async fn what_does_not_come_in_time_is_a_fault_at_its_moment() {
    crate::tests::set(start(), Duration::ZERO);
    let at = |second: i64| start() + SignedDuration::from_secs(second);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let question = question(endpoint(&url), "a", None);
    let began = tokio::time::Instant::now();
    let readings = super::super::missed(&question, at(0), at(20), crate::tests::clock).await;
    assert!(began.elapsed() <= Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(readings.len(), 5);
    let after = Duration::from_secs(3);
    assert!(readings.iter().all(|reading| reading.outcome == Err(Fault::TimedOut { after })), "{readings:?}");
}

#[tokio::test]
async fn what_leaves_no_past_says_so() {
    let at = |second: i64| start() + SignedDuration::from_secs(second);
    let tcp = Ask::Tcp { host: "a.example".to_owned(), port: 1, within: None };
    let question = Question { ask: Ok(tcp), ..question(endpoint("http://a.example"), "a", None) };
    let readings = super::super::missed(&question, at(0), at(10), crate::tests::clock).await;
    assert!(matches!(readings[0].outcome, Err(Fault::BadSettings { .. })), "{readings:?}");
}
