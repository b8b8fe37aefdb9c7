//! Tests against a server of answers on loopback.

use std::time::Duration;

use jiff::SignedDuration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::tests::{clock, endpoint, free_port, set, start};

const PACE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(3));

fn form(query: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair("query", query).finish()
}

fn vector(values: &[(&str, &str)]) -> ResponseTemplate {
    let series: Vec<String> =
        values.iter().map(|(labels, value)| format!(r#"{{"metric":{labels},"value":[5000,"{value}"]}}"#)).collect();
    let body = format!(r#"{{"status":"success","data":{{"resultType":"vector","result":[{}]}}}}"#, series.join(","));
    ResponseTemplate::new(200).set_body_raw(body, "application/json")
}

fn matrix(times: &[u32]) -> ResponseTemplate {
    let samples: Vec<String> = times.iter().map(|time| format!(r#"[{time},"1"]"#)).collect();
    let series = format!(r#"{{"metric":{{}},"values":[{}]}}"#, samples.join(","));
    let body = format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{series}]}}}}"#);
    ResponseTemplate::new(200).set_body_raw(body, "application/json")
}

async fn answers(server: &MockServer, query: &str, answer: ResponseTemplate) {
    let asked = Mock::given(method("POST")).and(path("/prefix/api/v1/query")).and(body_string(form(query)));
    asked.respond_with(answer).mount(server).await;
}

fn prometheus(server: &MockServer, query: &str, minimum: Option<(&str, f64)>) -> Prometheus {
    set(start(), Duration::ZERO);
    let endpoint = endpoint(&format!("{}/prefix", server.uri()));
    let minimum = minimum.map(|(query, at_least)| (query.to_owned(), at_least));
    Prometheus::new(endpoint, query.to_owned(), minimum, PACE, clock)
}

#[tokio::test]
async fn a_value_has_the_time_of_its_oldest_selector() {
    let server = MockServer::start().await;
    answers(&server, "a / b", vector(&[("{}", "0.004")])).await;
    let newest = selectors::newest_query(&["a".to_owned(), "b".to_owned()]);
    answers(&server, &newest, vector(&[(r#"{"war_room":"0"}"#, "4999"), (r#"{"war_room":"1"}"#, "4980")])).await;
    answers(&server, "a[5m]", matrix(&[4939, 4969, 4999])).await;
    answers(&server, "b[5m]", matrix(&[4920, 4950, 4980])).await;
    let sample = prometheus(&server, "a / b", None).ask().await.unwrap();
    assert_eq!(sample.measure, Measure::Number(0.004));
    assert_eq!(sample.at, start() - SignedDuration::from_secs(20));
    assert_eq!(sample.good_until, start() + SignedDuration::from_secs(55));
    assert_eq!(sample.too_few, None);
}

#[tokio::test]
async fn an_interval_that_is_not_told_does_not_keep_the_value() {
    let server = MockServer::start().await;
    answers(&server, "a", vector(&[("{}", "1")])).await;
    answers(&server, "max(timestamp(a))", vector(&[("{}", "4999")])).await;
    answers(&server, "a[5m]", ResponseTemplate::new(200).set_body_bytes(vec![b'x'; 4 * 1024 * 1024 + 1])).await;
    let sample = prometheus(&server, "a", None).ask().await.unwrap();
    assert_eq!(sample.good_until, start() + SignedDuration::from_secs(9));
}

async fn fault(query: &str, value: ResponseTemplate, newest: ResponseTemplate) -> Result<Measure, Fault> {
    let server = MockServer::start().await;
    answers(&server, query, value).await;
    answers(&server, "max(timestamp(a))", newest).await;
    prometheus(&server, query, None).ask().await.map(|sample| sample.measure)
}

#[tokio::test]
async fn a_value_without_a_live_series_has_ended_and_one_without_a_selector_is_unproven() {
    let one = || vector(&[("{}", "1")]);
    let fresh = || vector(&[("{}", "4999")]);
    assert_eq!(fault("a", one(), fresh()).await, Ok(Measure::Number(1.0)));
    assert_eq!(fault("rate(a[5m])", one(), vector(&[])).await, Err(Fault::Ended));
    assert_eq!(fault("a or vector(0)", one(), vector(&[])).await, Err(Fault::Ended));
    assert_eq!(fault("absent(a)", one(), vector(&[])).await, Err(Fault::Ended));
    assert_eq!(fault("vector(1)", one(), vector(&[])).await, Err(Fault::Unproven));
    assert_eq!(fault("a", vector(&[]), vector(&[])).await, Err(Fault::Empty));
    assert_eq!(fault("vector(NaN)", vector(&[("{}", "NaN")]), fresh()).await, Err(Fault::NotANumber));
    let broken = ResponseTemplate::new(503).set_body_string("starting");
    let told = Err(Fault::Status { code: 503, words: "starting".to_owned() });
    assert_eq!(fault("a", one(), broken).await, told);
}

#[tokio::test]
async fn a_minimum_counts_what_the_value_was_made_from() {
    let server = MockServer::start().await;
    answers(&server, "a", vector(&[("{}", "0.5")])).await;
    answers(&server, "max(timestamp(a))", vector(&[("{}", "5000")])).await;
    answers(&server, "n", vector(&[("{}", "7")])).await;
    answers(&server, "none", vector(&[])).await;
    answers(&server, "many", vector(&[(r#"{"x":"1"}"#, "7"), (r#"{"x":"2"}"#, "7")])).await;
    let refused = r#"{"status":"error","errorType":"bad_data","error":"parse error"}"#;
    answers(&server, "bad(", ResponseTemplate::new(400).set_body_string(refused)).await;
    let too_few = async |query, at_least| {
        let mut prometheus = prometheus(&server, "a", Some((query, at_least)));
        prometheus.ask().await.map(|sample| sample.too_few)
    };
    assert_eq!(too_few("n", 7.0).await, Ok(None));
    assert_eq!(too_few("n", 20.0).await, Ok(Some((7.0, 20.0))));
    assert_eq!(too_few("none", 20.0).await, Ok(Some((0.0, 20.0))));
    assert!(matches!(too_few("many", 20.0).await, Err(Fault::Several { count: 2, .. })));
    let words = "that of the minimum: parse error".to_owned();
    assert_eq!(too_few("bad(", 20.0).await, Err(Fault::BadQuery { words }));
}

#[tokio::test]
async fn proof_is_sent_and_never_shown() {
    let server = MockServer::start().await;
    let echo = ResponseTemplate::new(403).set_body_string("Bearer s3cr3t-token may not do this");
    Mock::given(header("Authorization", "Bearer s3cr3t-token")).respond_with(echo).mount(&server).await;
    let mut endpoint = endpoint(&server.uri());
    endpoint.headers.push(("Authorization".to_owned(), "Bearer s3cr3t-token".to_owned()));
    let mut prometheus = Prometheus::new(endpoint, "a".to_owned(), None, PACE, clock);
    let words = "••• may not do this".to_owned();
    assert_eq!(prometheus.ask().await, Err(Fault::Status { code: 403, words }));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start().await;
    let away = ResponseTemplate::new(302).insert_header("Location", "/login");
    Mock::given(method("POST")).respond_with(away).mount(&server).await;
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(200)).expect(0).mount(&server).await;
    let words = "a redirect, which is not followed".to_owned();
    assert_eq!(prometheus(&server, "a", None).ask().await, Err(Fault::Status { code: 302, words }));
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read() {
    let large = ResponseTemplate::new(200).set_body_bytes(vec![b'x'; 4 * 1024 * 1024 + 1]);
    let told = fault("a", large, vector(&[])).await;
    assert_eq!(told, Err(Fault::TooLarge { limit_bytes: 4 * 1024 * 1024 }));
}

async fn asked(url: &str) -> Result<Sample, Fault> {
    Prometheus::new(endpoint(url), "a".to_owned(), None, PACE, clock).ask().await
}

#[tokio::test]
async fn what_stands_in_the_way_is_told_apart() {
    assert_eq!(asked(&format!("http://127.0.0.1:{}", free_port())).await, Err(Fault::Refused));
    // No label is that long, so the resolver asks nobody.
    let host = format!("{}.example", "a".repeat(64));
    assert_eq!(asked(&format!("http://{host}:9090")).await, Err(Fault::NameUnknown { host }));
    assert!(matches!(asked("not an address").await, Err(Fault::Unreachable { .. })));
    let authority = crate::tls::tests::authority("one");
    let address = crate::tls::tests::server(&authority, "localhost", -1_700_000_000, 1_000_000_000).await;
    let mut endpoint = endpoint(&format!("https://localhost:{}", address.port()));
    endpoint.ca_pem = Some(crate::tls::tests::authority("other").pem().into_bytes());
    let mut other = Prometheus::new(endpoint, "a".to_owned(), None, PACE, clock);
    let words = "its certificate is signed by nobody that this laptop trusts".to_owned();
    assert_eq!(other.ask().await, Err(Fault::Untrusted { words }));
}

/// A server that closes each connection after one answer without saying so before.
async fn closes_kept_connections(listener: TcpListener) {
    let body = r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[5000,"5000"]}]}}"#;
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let answer = answer.clone();
        tokio::spawn(async move {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
            // The next question comes in, and the connection goes.
            let _ = stream.read(&mut request).await;
        });
    }
}

#[tokio::test]
async fn a_kept_connection_that_is_gone_is_made_anew() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(closes_kept_connections(listener));
    let mut prometheus = Prometheus::new(endpoint(&url), "a".to_owned(), None, PACE, clock);
    for _ in 0..3 {
        assert!(prometheus.ask().await.is_ok());
    }
}
