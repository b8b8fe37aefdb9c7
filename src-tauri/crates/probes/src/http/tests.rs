//! Tests.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::tests::{clock, endpoint, free_port, set, start};

const PACE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(3));

fn expect() -> ExpectHttp {
    ExpectHttp::default()
}

fn check(expect: &ExpectHttp, status: u16, milliseconds: u64, body: &str, expected: Result<&str, &str>) {
    let took = Duration::from_millis(milliseconds);
    let answer = Answer { status, took, body: body.as_bytes().to_vec(), ..Answer::default() };
    let expected = match expected {
        Ok(words) => Measure::Passed(words.to_owned()),
        Err(words) => Measure::Failed(words.to_owned()),
    };
    assert_eq!(judged(expect, &answer), expected);
}

#[test]
fn a_status_is_as_expected_or_not() {
    check(&expect(), 200, 44, "", Ok("200 in 44 ms"));
    check(&expect(), 204, 44, "", Ok("204 in 44 ms"));
    check(&expect(), 500, 30, "", Err("500 in 30 ms, expected 200 to 299"));
    check(&expect(), 302, 30, "", Err("302 in 30 ms, expected 200 to 299"));
    let only = ExpectHttp { status: Some(200), ..expect() };
    check(&only, 200, 1, "", Ok("200 in 1 ms"));
    check(&only, 500, 30, "", Err("500 in 30 ms, expected 200"));
    check(&only, 204, 30, "", Err("204 in 30 ms, expected 200"));
    check(&ExpectHttp { status: Some(302), ..expect() }, 302, 5, "", Ok("302 in 5 ms"));
}

#[test]
fn an_answer_comes_in_time_or_not() {
    let within = ExpectHttp { within: Some(Duration::from_millis(500)), ..expect() };
    check(&within, 200, 500, "", Ok("200 in 500 ms"));
    check(&within, 200, 612, "", Err("200 in 612 ms, expected within 500 ms"));
    check(&within, 500, 612, "", Err("500 in 612 ms, expected 200 to 299"));
}

#[test]
fn a_body_holds_a_text_or_not() {
    let holds = ExpectHttp { body: Some("ok".to_owned()), ..expect() };
    check(&holds, 200, 40, "all ok here", Ok("200 in 40 ms"));
    check(&holds, 200, 40, "down", Err("200 in 40 ms, the body does not hold “ok”"));
}

#[test]
fn a_body_names_a_version_or_not() {
    let version = ExpectHttp { version: Some("4.2.0".to_owned()), ..expect() };
    check(&version, 200, 40, r#"{"version": "v4.2.0"}"#, Ok("200 in 40 ms"));
    check(&version, 200, 40, "payments 4.1.9", Err("200 in 40 ms, the body names version 4.1.9, expected 4.2.0"));
    check(&version, 200, 40, "ok", Err("200 in 40 ms, the body names no version, expected 4.2.0"));
}

#[test]
fn json_is_as_expected_or_not() {
    let json =
        |pointer: &str, scalar: Scalar| ExpectHttp { json: BTreeMap::from([(pointer.to_owned(), scalar)]), ..expect() };
    let up = json("/status", Scalar::Text("up".to_owned()));
    check(&up, 200, 40, r#"{"status":"up"}"#, Ok("200 in 40 ms"));
    check(&up, 200, 40, r#"{"status":"down"}"#, Err("200 in 40 ms, /status is “down”, expected “up”"));
    check(&up, 200, 40, r#"{"status":true}"#, Err("200 in 40 ms, /status is true, expected “up”"));
    check(&up, 200, 40, "{}", Err("200 in 40 ms, /status is not there, expected “up”"));
    check(&up, 200, 40, "up", Err("200 in 40 ms, the body is no JSON"));
    let ready = json("/nodes/0/ready", Scalar::Number(3.0));
    check(&ready, 200, 1, r#"{"nodes":[{"ready":3}]}"#, Ok("200 in 1 ms"));
    check(&ready, 200, 1, r#"{"nodes":[{"ready":2}]}"#, Err("200 in 1 ms, /nodes/0/ready is 2, expected 3"));
    let flag = json("/a~1b", Scalar::Flag(true));
    check(&flag, 200, 1, r#"{"a/b":true}"#, Ok("200 in 1 ms"));
    check(&flag, 200, 1, r#"{"a/b":null}"#, Err("200 in 1 ms, /a~1b is null, expected true"));
}

proptest! {
    #[test]
    fn no_body_breaks_it(status in 100_u16..600, body in prop::collection::vec(any::<u8>(), 0..100), pointer in "/?\\PC{0,10}") {
        let json = BTreeMap::from([(pointer, Scalar::Flag(true))]);
        judged(&ExpectHttp { json, ..expect() }, &Answer { status, body, ..Answer::default() });
    }
}

fn probe(url: &str, expect: ExpectHttp) -> Http {
    Http::new(endpoint(url), (0, expect), PACE, clock)
}

async fn seen(mut probe: Http) -> Result<Measure, Fault> {
    set(start(), Duration::from_millis(44));
    probe.ask().await.map(|sample| sample.measure)
}

#[tokio::test]
async fn a_look_is_of_now_and_counts_for_two_looks() {
    let server = MockServer::start().await;
    Mock::given(method("GET")).and(path("/health")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    set(start(), Duration::from_millis(44));
    let sample = probe(&format!("{}/health", server.uri()), expect()).ask().await.unwrap();
    assert_eq!(sample.measure, Measure::Passed("200 in 44 ms".to_owned()));
    assert_eq!(sample.at, start() + SignedDuration::from_millis(88));
    assert_eq!(sample.good_until, sample.at + SignedDuration::from_secs(13));
    assert_eq!(sample.too_few, None);
}

#[tokio::test]
async fn headers_are_sent_and_redirects_are_not_followed() {
    let server = MockServer::start().await;
    let away = ResponseTemplate::new(302).insert_header("Location", "/login");
    Mock::given(path("/")).and(header("X-Key", "abc")).respond_with(away).expect(1).mount(&server).await;
    Mock::given(path("/login")).respond_with(ResponseTemplate::new(200)).expect(0).mount(&server).await;
    let mut probe = probe(&server.uri(), expect());
    probe.endpoint.headers.push(("X-Key".to_owned(), "abc".to_owned()));
    let words = "302 in 44 ms, expected 200 to 299; a redirect is not followed";
    assert_eq!(seen(probe).await, Ok(Measure::Failed(words.to_owned())));
}

/// A server that sends on from each path to the next, and whose last path answers; how often each is asked is expected.
async fn sends_on(ways: &[(&str, &str)], last: &str, headers: u64) -> MockServer {
    let server = MockServer::start().await;
    for (from, to) in ways {
        let away = ResponseTemplate::new(302).insert_header("Location", *to);
        Mock::given(path(*from)).respond_with(away).mount(&server).await;
    }
    let with_key = Mock::given(path(last)).and(header("X-Key", "abc")).respond_with(ResponseTemplate::new(200));
    with_key.with_priority(1).expect(headers).mount(&server).await;
    Mock::given(path(last)).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    server
}

fn following(url: &str, redirects: u64) -> Http {
    let mut probe = Http::new(endpoint(url), (redirects, expect()), PACE, clock);
    probe.endpoint.headers.push(("X-Key".to_owned(), "abc".to_owned()));
    probe
}

#[tokio::test]
async fn redirects_are_followed_as_often_as_is_said() {
    let server = sends_on(&[("/", "/a?token=hidden"), ("/a", "/b")], "/b", 1).await;
    let uri = server.uri();
    let words = format!("200 in 44 ms after 2 redirects, at {uri}/b");
    assert_eq!(seen(following(&uri, 2)).await, Ok(Measure::Passed(words)));
    let words =
        format!("302 in 44 ms after 1 redirect, at {uri}/a, expected 200 to 299; no further redirect is followed");
    assert_eq!(seen(following(&uri, 1)).await, Ok(Measure::Failed(words)));
}

#[tokio::test]
async fn a_header_of_the_settings_goes_to_no_other_server() {
    let other = sends_on(&[], "/login", 0).await;
    let server = sends_on(&[("/", &format!("{}/login", other.uri()))], "/none", 0).await;
    let words = format!("200 in 44 ms after 1 redirect, at {}/login", other.uri());
    assert_eq!(seen(following(&server.uri(), 1)).await, Ok(Measure::Passed(words)));
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_is_its_own_status() {
    let server = sends_on(&[("/", "ftp://a.example")], "/none", 0).await;
    let words = "302 in 44 ms, expected 200 to 299";
    assert_eq!(seen(following(&server.uri(), 3)).await, Ok(Measure::Failed(words.to_owned())));
    let gone = format!("http://127.0.0.1:{}/", free_port());
    let server = sends_on(&[("/", &gone)], "/none", 0).await;
    let words = "nothing listens there: the connection was refused";
    assert_eq!(seen(following(&server.uri(), 3)).await, Ok(Measure::Failed(words.to_owned())));
}

#[tokio::test]
async fn a_large_body_is_a_fault_only_where_something_is_expected_in_it() {
    let server = MockServer::start().await;
    let large = ResponseTemplate::new(200).set_body_bytes(vec![b'x'; 1024 * 1024 + 1]);
    Mock::given(method("GET")).respond_with(large).mount(&server).await;
    assert_eq!(seen(probe(&server.uri(), expect())).await, Ok(Measure::Passed("200 in 44 ms".to_owned())));
    let holds = ExpectHttp { body: Some("x".to_owned()), ..expect() };
    assert_eq!(seen(probe(&server.uri(), holds)).await, Err(Fault::TooLarge { limit_bytes: 1024 * 1024 }));
}

#[tokio::test]
async fn a_body_without_an_end_is_not_read_on() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        while stream.write_all(&[b'x'; 64 * 1024]).await.is_ok() {}
    });
    let holds = ExpectHttp { body: Some("y".to_owned()), ..expect() };
    let read = tokio::time::timeout(Duration::from_secs(20), seen(probe(&url, holds))).await;
    assert_eq!(read, Ok(Err(Fault::TooLarge { limit_bytes: 1024 * 1024 })));
}

#[tokio::test]
async fn a_refused_connection_fails_and_an_unknown_name_is_a_fault() {
    let refused = probe(&format!("http://127.0.0.1:{}", free_port()), expect());
    let words = "nothing listens there: the connection was refused";
    assert_eq!(seen(refused).await, Ok(Measure::Failed(words.to_owned())));
    // No label is that long, so the resolver asks nobody.
    let host = format!("{}.example", "a".repeat(64));
    assert_eq!(seen(probe(&format!("http://{host}"), expect())).await, Err(Fault::NameUnknown { host }));
}

#[tokio::test]
async fn a_connection_that_is_closed_at_once_fails() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let closing = async {
        loop {
            drop(listener.accept().await);
        }
    };
    let words = "the connection was closed before the answer was whole";
    tokio::select! {
        seen = seen(probe(&url, expect())) => assert_eq!(seen, Ok(Measure::Failed(words.to_owned()))),
        () = closing => {}
    }
}

#[tokio::test]
async fn what_speaks_no_tls_and_what_is_not_trusted_fails() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let plain = async {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    };
    let mut probe = probe(&url, expect());
    probe.endpoint.ca_pem = Some(crate::tls::tests::authority("one").pem().into_bytes());
    let words = "the connection cannot be trusted: no TLS is spoken there";
    tokio::select! {
        seen = seen(probe) => assert_eq!(seen, Ok(Measure::Failed(words.to_owned()))),
        () = plain => {}
    }
}
