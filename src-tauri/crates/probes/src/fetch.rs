//! One HTTP request and its answer, or what stood in its way.
//!
//! Owns: the client, the limits, and telling apart why no answer came. Must not know: what an answer means. A redirect
//! is an answer with its own status and is never followed: a login page would look healthy, and a secret would go where
//! nobody sent it.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, RequestBuilder, Response, redirect};
use room::Fault;
use url::{Host, Url};

use crate::{Endpoint, trust};

/// What stood in the way of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Obstacle {
    /// No answer in time.
    TimedOut,
    /// The machine answers that nothing listens there.
    Refused,
    /// The name is not known.
    NameUnknown,
    /// No way to the machine; the system's words.
    Unreachable(String),
    /// TLS came to nothing; why.
    Untrusted(String),
    /// It was connected, and closed before the answer was whole.
    Closed,
    /// The answer is larger than this many bytes.
    TooLarge(u64),
    /// The request cannot be made at all; why.
    Unaskable(String),
}

impl Obstacle {
    /// As the room knows it.
    pub(crate) fn into_fault(self, host: &str, after: Duration) -> Fault {
        match self {
            Self::TimedOut => Fault::TimedOut { after },
            Self::Refused => Fault::Refused,
            Self::NameUnknown => Fault::NameUnknown { host: host.to_owned() },
            Self::Unreachable(words) => Fault::Unreachable { words },
            // Nothing was asked, and asking again asks nothing either.
            Self::Unaskable(words) => Fault::BadSettings { words },
            Self::Untrusted(words) => Fault::Untrusted { words },
            Self::Closed => {
                Fault::Unreachable { words: "the connection was closed before the answer was whole".to_owned() }
            }
            Self::TooLarge(limit_bytes) => Fault::TooLarge { limit_bytes },
        }
    }
}

/// Whether connections are kept between requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connections {
    /// For many requests to one server.
    Kept,
    /// Each request makes its own, as a visitor would: name, connection and TLS are looked at each time.
    New,
}

/// A client for one endpoint.
pub(crate) fn client(endpoint: &Endpoint, connections: Connections, timeout: Duration) -> Result<Client, Fault> {
    let url = Url::parse(&endpoint.url)
        .map_err(|error| Fault::Unreachable { words: format!("the url cannot be read ({error})") })?;
    let tls = match url.scheme() {
        "https" => trust::client(trust::verifier(endpoint.ca_pem.as_deref())?)?,
        _ => trust::nobody()?,
    };
    let mut builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .connect_timeout(timeout)
        .user_agent(concat!("war-room/", env!("CARGO_PKG_VERSION")))
        .default_headers(headers(&endpoint.headers).map_err(|words| Fault::BadSettings { words })?);
    if connections == Connections::New {
        builder = builder.pool_max_idle_per_host(0);
    }
    // A proxy of the environment is on the way out of a company; nothing on this laptop is behind it.
    if is_loopback(&url) {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| Fault::Unreachable { words: last_words(&error) })
}

/// The headers of an endpoint, marked so that no log shows them; a sentence where one cannot be sent.
pub(crate) fn headers(headers: &[(String, String)]) -> Result<HeaderMap, String> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("{name} is no name of a header"))?;
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| format!("the value of the header {name} holds characters that no header may hold"))?;
        value.set_sensitive(true);
        map.append(key, value);
    }
    Ok(map)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The name in an address.
pub(crate) fn host(url: &str) -> String {
    let parsed = Url::parse(url).ok();
    parsed.as_ref().and_then(Url::host_str).unwrap_or("of the url").to_owned()
}

/// The head of the answer.
pub(crate) async fn head(request: RequestBuilder) -> Result<Response, Obstacle> {
    request.send().await.map_err(|error| obstacle(&error))
}

/// The body of the answer, of which no more is read than the limit.
pub(crate) async fn body(mut response: Response, limit_bytes: u64) -> Result<Vec<u8>, Obstacle> {
    if response.content_length().is_some_and(|length| length > limit_bytes) {
        return Err(Obstacle::TooLarge(limit_bytes));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| obstacle(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > limit_bytes {
            return Err(Obstacle::TooLarge(limit_bytes));
        }
    }
    Ok(body)
}

fn obstacle(error: &reqwest::Error) -> Obstacle {
    if error.is_builder() {
        return Obstacle::Unaskable(last_words(error));
    }
    let is_of_name = error.is_dns();
    of_chain(error, error.is_connect(), is_of_name, error.is_timeout())
}

/// What an error and its sources say. `is_connecting`: it came before there was a connection.
fn of_chain(error: &(dyn Error + 'static), is_connecting: bool, is_of_name: bool, is_timeout: bool) -> Obstacle {
    let mut system = None;
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Obstacle::Untrusted(trust::words(tls));
        }
        let io = error.downcast_ref::<io::Error>();
        system = io.or(system);
        // An error inside of a system's error is not among its sources.
        let inner = io.and_then(io::Error::get_ref).map(|inner| inner as &(dyn Error + 'static));
        next = inner.or_else(|| error.source());
    }
    if is_of_name {
        return Obstacle::NameUnknown;
    }
    match system.map(io::Error::kind) {
        Some(ErrorKind::TimedOut) => Obstacle::TimedOut,
        _ if is_timeout => Obstacle::TimedOut,
        Some(ErrorKind::ConnectionRefused) => Obstacle::Refused,
        Some(
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof,
        ) => Obstacle::Closed,
        Some(ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown) => {
            Obstacle::Unreachable(last_words(error))
        }
        _ if is_connecting => Obstacle::Unreachable(last_words(error)),
        _ => Obstacle::Closed,
    }
}

/// What stood in the way of a connection that was made by hand.
pub(crate) fn of_system(error: &io::Error) -> Obstacle {
    // The resolver's errors have no kind of their own; all that connecting itself can end in have a number.
    let is_of_name =
        error.raw_os_error().is_none() && error.get_ref().is_some_and(|inner| !inner.is::<rustls::Error>());
    of_chain(error, true, is_of_name && error.kind() != ErrorKind::UnexpectedEof, false)
}

/// The innermost words of an error, without the system's number.
fn last_words(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    let words = last.to_string();
    let words = words.split(" (os error").next().unwrap_or_default().to_owned();
    let mut characters = words.chars();
    // A sentence goes on with these words. The system's begin with a capital.
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => "the system gives no reason".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_kind(kind: ErrorKind) -> Obstacle {
        of_chain(&io::Error::from(kind), true, false, false)
    }

    #[test]
    fn what_stands_in_the_way_is_told_apart() {
        assert_eq!(of_kind(ErrorKind::ConnectionRefused), Obstacle::Refused);
        assert_eq!(of_kind(ErrorKind::TimedOut), Obstacle::TimedOut);
        assert_eq!(of_kind(ErrorKind::ConnectionReset), Obstacle::Closed);
        assert_eq!(of_kind(ErrorKind::HostUnreachable), Obstacle::Unreachable("host unreachable".into()));
        assert_eq!(of_system(&io::Error::from_raw_os_error(113)), Obstacle::Unreachable("no route to host".into()));
        assert_eq!(
            of_system(&io::Error::from_raw_os_error(101)),
            Obstacle::Unreachable("network is unreachable".into())
        );
        assert_eq!(of_system(&io::Error::from_raw_os_error(111)), Obstacle::Refused);
        assert_eq!(of_system(&io::Error::other("failed to lookup address information")), Obstacle::NameUnknown);
        let tls = io::Error::new(
            ErrorKind::InvalidData,
            rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer),
        );
        let words = "its certificate is signed by nobody that this laptop trusts";
        assert_eq!(of_system(&tls), Obstacle::Untrusted(words.into()));
        assert_eq!(of_chain(&io::Error::other("cut"), false, false, false), Obstacle::Closed);
    }

    #[test]
    fn this_laptop_is_behind_no_proxy() {
        let is = |url: &str| is_loopback(&Url::parse(url).unwrap());
        assert!(
            ["http://localhost:9090", "http://127.0.0.7/x", "http://[::1]:1", "http://a.localhost"].map(is)
                == [true; 4]
        );
        assert!(["http://localhost.example", "http://10.0.0.1", "https://prometheus"].map(is) == [false; 3]);
    }

    #[test]
    fn a_header_that_cannot_be_sent_is_a_sentence_without_its_value() {
        let one = |name: &str, value: &str| headers(&[(name.to_owned(), value.to_owned())]);
        assert!(one("X-Scope-OrgID", "team").is_ok());
        assert_eq!(
            one("Authorization", "Bearer a\nb").unwrap_err(),
            "the value of the header Authorization holds characters that no header may hold"
        );
        assert_eq!(one("a b", "c").unwrap_err(), "a b is no name of a header");
        assert!(!format!("{:?}", one("Authorization", "Bearer secret").unwrap()).contains("secret"));
    }
}
