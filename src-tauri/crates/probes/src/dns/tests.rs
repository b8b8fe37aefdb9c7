//! Tests.

use std::net::Ipv4Addr;

use tokio::net::UdpSocket;

use super::*;
use crate::tests::{clock, set, start};

/// What the name server of the tests answers.
#[derive(Debug, Clone)]
enum Answers {
    /// These records: type, time to live, data.
    Records(Vec<(u16, u32, Vec<u8>)>),
    /// This code and no record.
    Code(u8),
    /// Nothing.
    Nothing,
}

const A: u16 = 1;
const CNAME: u16 = 5;
const AAAA: u16 = 28;

/// A name server on the loopback that answers every question so.
async fn server(answers: Answers) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 1500];
        loop {
            let (length, from) = socket.recv_from(&mut buffer).await.unwrap();
            if let Some(answer) = answer(&buffer[..length], &answers) {
                socket.send_to(&answer, from).await.unwrap();
            }
        }
    });
    address
}

/// The answer to a question, RFC 1035, 4.1: header, the question again, records that point at its name.
fn answer(asked: &[u8], answers: &Answers) -> Option<Vec<u8>> {
    let (records, code) = match answers {
        Answers::Records(records) => (records.as_slice(), 0),
        Answers::Code(code) => (&[][..], *code),
        Answers::Nothing => return None,
    };
    let question = 12 + asked[12..].iter().position(|byte| *byte == 0).unwrap() + 5;
    let mut answer = asked[..2].to_vec();
    answer.extend([0x81, 0x80 | code, 0, 1]);
    answer.extend(u16::try_from(records.len()).unwrap().to_be_bytes());
    answer.extend([0; 4]);
    answer.extend(&asked[12..question]);
    // The first record is of the name that was asked for; behind a CNAME the next is of what that names.
    let mut name = vec![0xc0, 12];
    for (kind, ttl, data) in records {
        answer.extend(&name);
        answer.extend(kind.to_be_bytes());
        answer.extend([0, 1]);
        answer.extend(ttl.to_be_bytes());
        answer.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        answer.extend(data);
        if *kind == CNAME {
            name.clone_from(data);
        }
    }
    Some(answer)
}

fn ip(last: u8, ttl: u32) -> (u16, u32, Vec<u8>) {
    (A, ttl, Ipv4Addr::new(203, 0, 113, last).octets().to_vec())
}

fn alias(ttl: u32) -> (u16, u32, Vec<u8>) {
    (CNAME, ttl, b"\x04lb-1\x07example\x00".to_vec())
}

async fn seen(record: DnsRecord, expect: ExpectDns, answers: Answers) -> Result<Measure, Fault> {
    seen_within(Duration::from_secs(3), record, expect, answers).await
}

async fn seen_within(
    timeout: Duration,
    record: DnsRecord,
    expect: ExpectDns,
    answers: Answers,
) -> Result<Measure, Fault> {
    let server = server(answers).await;
    set(start(), Duration::from_millis(12));
    let mut probe = Dns {
        host: "api.example".to_owned(),
        record,
        expect,
        server: Some(server),
        every: Duration::from_secs(5),
        timeout,
        clock,
    };
    probe.ask().await.map(|sample| sample.measure)
}

async fn check(record: DnsRecord, expect: &ExpectDns, records: Vec<(u16, u32, Vec<u8>)>, expected: Result<&str, &str>) {
    let expected = match expected {
        Ok(words) => Measure::Passed(words.to_owned()),
        Err(words) => Measure::Failed(words.to_owned()),
    };
    assert_eq!(seen(record, expect.clone(), Answers::Records(records)).await, Ok(expected));
}

fn value(value: &str) -> ExpectDns {
    ExpectDns { value: Some(value.to_owned()), ..ExpectDns::default() }
}

#[tokio::test]
async fn a_name_leads_where_it_should_or_not() {
    use DnsRecord::{A as V4, Aaaa as V6, Cname};
    let any = ExpectDns::default();
    let seen = "203.0.113.7, 203.0.113.9, kept for 60 s, in 12 ms";
    check(V4, &any, vec![ip(9, 60), ip(7, 60)], Ok(seen)).await;
    check(V4, &value("203.0.113.9"), vec![ip(9, 60), ip(7, 60)], Ok(seen)).await;
    let words = "203.0.113.9, kept for 60 s, in 12 ms; expected 203.0.113.7";
    check(V4, &value("203.0.113.7"), vec![ip(9, 60)], Err(words)).await;
    let six = (AAAA, 60, std::net::Ipv6Addr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 7]).octets().to_vec());
    check(V6, &value("2001:DB8:0::7"), vec![six], Ok("2001:db8::7, kept for 60 s, in 12 ms")).await;
    check(Cname, &value("LB-1.example."), vec![alias(30)], Ok("lb-1.example, kept for 30 s, in 12 ms")).await;
    let words = "lb-1.example, kept for 30 s, in 12 ms; expected lb-2.example";
    check(Cname, &value("lb-2.example"), vec![alias(30)], Err(words)).await;
    let many = (1..=6).map(|last| ip(last, 5)).collect();
    let words = "203.0.113.1, 203.0.113.2, 203.0.113.3, 203.0.113.4 and 2 more, kept for 5 s, in 12 ms";
    check(V4, &any, many, Ok(words)).await;
}

#[tokio::test]
async fn an_answer_may_be_kept_only_for_so_long() {
    let most = ExpectDns { ttl: Some(Duration::from_secs(60)), ..ExpectDns::default() };
    check(DnsRecord::A, &most, vec![ip(7, 60)], Ok("203.0.113.7, kept for 60 s, in 12 ms")).await;
    let words = "203.0.113.7, kept for 61 s, in 12 ms; expected to be kept for 60 s at most";
    check(DnsRecord::A, &most, vec![ip(7, 61)], Err(words)).await;
    // What leads to the address is kept, too.
    let words = "203.0.113.7, kept for 300 s, in 12 ms; expected to be kept for 60 s at most";
    check(DnsRecord::A, &most, vec![alias(300), ip(7, 5)], Err(words)).await;
    let within = ExpectDns { within: Some(Duration::from_millis(5)), ..ExpectDns::default() };
    let words = "203.0.113.7, kept for 60 s, in 12 ms; expected within 5 ms";
    check(DnsRecord::A, &within, vec![ip(7, 60)], Err(words)).await;
}

#[tokio::test]
async fn every_absence_is_told_apart() {
    let told = async |record, answers| match seen(record, ExpectDns::default(), answers).await {
        Ok(Measure::Failed(words)) => format!("FAIL {words}"),
        Ok(other) => format!("{other:?}"),
        Err(fault) => format!("NO DATA {fault}"),
    };
    let v4 = DnsRecord::A;
    assert_eq!(told(v4, Answers::Code(3)).await, "FAIL there is no name api.example (NXDOMAIN)");
    assert_eq!(told(DnsRecord::Aaaa, Answers::Code(0)).await, "FAIL api.example has no AAAA record");
    let words = "NO DATA the name server cannot say: it failed to find out (SERVFAIL)";
    assert_eq!(told(v4, Answers::Code(2)).await, words);
    let words = "NO DATA the name server cannot say: it refuses to tell this laptop (REFUSED)";
    assert_eq!(told(v4, Answers::Code(5)).await, words);
}

#[tokio::test]
async fn a_name_server_that_says_nothing_is_a_time_out() {
    let after = Duration::from_millis(200);
    let seen = seen_within(after, DnsRecord::A, ExpectDns::default(), Answers::Nothing).await;
    assert_eq!(seen, Err(Fault::TimedOut { after }));
}

#[tokio::test]
async fn a_value_that_no_such_record_holds_is_a_mistake_of_the_settings() {
    let told = async |record, of: &str| {
        let seen = seen(record, value(of), Answers::Nothing).await;
        seen.unwrap_err().to_string()
    };
    assert_eq!(
        told(DnsRecord::A, "lb.example").await,
        "expect.value is “lb.example”, and a record A holds an address of IPv4"
    );
    assert_eq!(
        told(DnsRecord::Aaaa, "203.0.113.7").await,
        "expect.value is “203.0.113.7”, and a record AAAA holds an address of IPv6"
    );
    assert_eq!(
        told(DnsRecord::Cname, "203.0.113.7").await,
        "expect.value is “203.0.113.7”, and a record CNAME holds a name"
    );
}
