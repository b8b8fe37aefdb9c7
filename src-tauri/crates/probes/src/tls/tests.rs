//! Tests.

use std::net::SocketAddr;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::tests::{clock, free_port, set, start};

/// One who signs the certificates of the tests.
pub(crate) fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A server with a certificate for a name, valid so many seconds from and to the tests' now.
pub(crate) async fn server(
    authority: &CertifiedIssuer<'static, KeyPair>,
    name: &str,
    from_s: i64,
    to_s: i64,
) -> SocketAddr {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    let now = params.not_before.replace_year(1970).unwrap();
    let epoch = now - Duration::from_secs(now.unix_timestamp().unsigned_abs());
    let at = |seconds: i64| epoch + Duration::from_secs((start().as_second() + seconds).unsigned_abs());
    (params.not_before, params.not_after) = (at(from_s), at(to_s));
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(trust::provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let _ = acceptor.accept(stream).await;
        }
    });
    address
}

fn probe(host: &str, port: u16) -> Tls {
    Tls {
        host: host.to_owned(),
        port,
        ca_pem: None,
        days_left: 14,
        within: None,
        every: Duration::from_secs(60),
        timeout: Duration::from_secs(3),
        clock,
    }
}

async fn seen(mut probe: Tls) -> Result<Measure, Fault> {
    set(start(), Duration::ZERO);
    probe.ask().await.map(|sample| sample.measure)
}

async fn check(name: &str, from_s: i64, to_s: i64, is_trusted: bool, expected: Result<&str, &str>) {
    let authority = authority("one");
    let address = server(&authority, name, from_s, to_s).await;
    // Some other one is trusted otherwise, so that no test depends on what this system trusts.
    let pem = if is_trusted { authority.pem() } else { self::authority("other").pem() };
    let probe = Tls { ca_pem: Some(pem.into_bytes()), ..probe("localhost", address.port()) };
    let expected = match expected {
        Ok(words) => Measure::Passed(words.to_owned()),
        Err(words) => Measure::Failed(words.to_owned()),
    };
    assert_eq!(seen(probe).await, Ok(expected));
}

#[tokio::test]
async fn a_certificate_is_good_for_so_many_days() {
    check("localhost", -DAY_S, 62 * DAY_S + 3600, true, Ok("62 days left")).await;
    check("localhost", -DAY_S, 14 * DAY_S, true, Ok("14 days left")).await;
    check("localhost", -DAY_S, 14 * DAY_S - 1, true, Err("13 days left, expected 14")).await;
    check("localhost", -DAY_S, DAY_S + 5, true, Err("1 day left, expected 14")).await;
    check("localhost", -DAY_S, 5, true, Err("0 days left, expected 14")).await;
}

#[tokio::test]
async fn a_certificate_that_is_not_valid_now_is_said_so() {
    check("localhost", -9 * DAY_S, -2 * DAY_S - 5, true, Err("expired 2 days ago")).await;
    check("localhost", -9 * DAY_S, -60, true, Err("expired less than a day ago")).await;
    check("localhost", -9 * DAY_S, -2 * DAY_S - 5, false, Err("expired 2 days ago")).await;
    check("localhost", DAY_S, 90 * DAY_S, true, Err("not valid yet; it will be in 1 day")).await;
}

#[tokio::test]
async fn whom_the_laptop_does_not_trust_is_said_in_words() {
    let words = "its certificate is signed by nobody that this laptop trusts";
    check("localhost", -DAY_S, 62 * DAY_S, false, Err(words)).await;
    let words = "its certificate is for a.example, not for localhost";
    check("a.example", -DAY_S, 62 * DAY_S, true, Err(words)).await;
}

#[test]
fn a_handshake_comes_in_time_or_not() {
    let validity = Some(Validity { from_s: 0, to_s: start().as_second() + 62 * DAY_S });
    let expected = Expected { days_left: 14, within: Some(Duration::from_millis(500)) };
    let judged = |milliseconds| judged(validity, Ok(()), Duration::from_millis(milliseconds), &expected, start());
    assert_eq!(judged(500), Measure::Passed("62 days left".to_owned()));
    let words = "62 days left; the handshake took 612 ms, expected within 500 ms";
    assert_eq!(judged(612), Measure::Failed(words.to_owned()));
}

#[test]
fn one_who_signs_may_have_expired() {
    let validity = Some(Validity { from_s: 0, to_s: start().as_second() + 62 * DAY_S });
    let expected = Expected { days_left: 14, within: None };
    let expired = Err(Error::InvalidCertificate(CertificateError::Expired));
    let words = "a certificate that signs it has expired";
    assert_eq!(judged(validity, expired, Duration::ZERO, &expected, start()), Measure::Failed(words.to_owned()));
    let words = "its certificate cannot be read";
    assert_eq!(judged(None, Ok(()), Duration::ZERO, &expected, start()), Measure::Failed(words.to_owned()));
}

#[tokio::test]
async fn what_is_no_server_of_tls_is_said() {
    let words = "nothing listens there: the connection was refused";
    assert_eq!(seen(probe("127.0.0.1", free_port())).await, Ok(Measure::Failed(words.to_owned())));
    let server = wiremock::MockServer::start().await;
    let words = "the connection cannot be trusted: no TLS is spoken there";
    assert_eq!(seen(probe("127.0.0.1", server.address().port())).await, Ok(Measure::Failed(words.to_owned())));
    assert_eq!(seen(probe("not a name", 443)).await, Err(Fault::NameUnknown { host: "not a name".to_owned() }));
}

proptest::proptest! {
    #[test]
    fn no_certificate_breaks_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        Validity::of(&CertificateDer::from(bytes));
    }
}
