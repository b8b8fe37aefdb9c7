//! A look at a server's certificate.
//!
//! Owns: the handshake, and the certificate held against what is expected. Must not know: how often is looked.
//!
//! The handshake takes any certificate, so that one which is not trusted can be told in words; whom the laptop trusts
//! decides afterwards. Nothing is sent over the connection. It goes straight to the server, through no proxy.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use room::{Fault, Measure, Sample};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::fetch::{self, Obstacle};
use crate::look::{failed, looked, took};
use crate::supervision::Asker;
use crate::{trust, words};

const DAY_S: i64 = 24 * 60 * 60;

/// Looks at the certificate of one server.
pub(crate) struct Tls {
    /// The server's name.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// Certificates in PEM that are trusted besides the system's.
    pub(crate) ca_pem: Option<Vec<u8>>,
    /// How many whole days it must be good for still.
    pub(crate) days_left: u64,
    /// How long the handshake may take.
    pub(crate) within: Option<Duration>,
    /// How often is looked.
    pub(crate) every: Duration,
    /// How long a look may take.
    pub(crate) timeout: Duration,
    /// Reads the time.
    pub(crate) clock: fn() -> Timestamp,
}

/// What a server showed of itself.
#[derive(Debug, Clone)]
struct Shown {
    leaf: CertificateDer<'static>,
    chain: Vec<CertificateDer<'static>>,
    revocation: Vec<u8>,
}

impl Tls {
    /// What the server showed, and how long connecting and handshake took.
    async fn shown(&self, name: ServerName<'static>) -> Result<Result<(Shown, Duration), Obstacle>, Fault> {
        let recorder = Arc::new(Recorder { shown: Mutex::default(), provider: trust::provider() });
        let connector = TlsConnector::from(Arc::new(trust::client(recorder.clone())?));
        let asked_at = (self.clock)();
        let handshake = async {
            let stream = TcpStream::connect((self.host.as_str(), self.port)).await?;
            connector.connect(name, stream).await
        };
        let end = handshake.await;
        let took = took(asked_at, (self.clock)());
        // A server that wants to know us breaks off after it has shown its certificate, which is what is looked at.
        let shown = recorder.shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(match (shown, end) {
            (Some(shown), _) => Ok((shown, took)),
            (None, Err(error)) => Err(fetch::of_system(&error)),
            (None, Ok(_)) => Err(Obstacle::Untrusted("the server showed no certificate".to_owned())),
        })
    }
}

impl Asker for Tls {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let Ok(name) = ServerName::try_from(self.host.clone()) else {
            return Err(Fault::NameUnknown { host: self.host.clone() });
        };
        let measure = match self.shown(name.clone()).await? {
            Err(obstacle) => failed(obstacle, &self.host, self.timeout)?,
            Ok((shown, took)) => {
                let now = (self.clock)();
                let trusted = trusted(&shown, &name, self.ca_pem.as_deref(), now)?;
                let expected = Expected { days_left: self.days_left, within: self.within };
                judged(Validity::of(&shown.leaf), trusted, took, &expected, now)
            }
        };
        Ok(looked(measure, (self.clock)(), self.every, self.timeout))
    }

    fn reconnect(&mut self) {
        // No connection outlives a look.
    }
}

/// Whether the laptop trusts what was shown, and if not, why.
fn trusted(
    shown: &Shown,
    name: &ServerName<'_>,
    ca_pem: Option<&[u8]>,
    now: Timestamp,
) -> Result<Result<(), Error>, Fault> {
    let verifier = trust::verifier(ca_pem)?;
    let now = UnixTime::since_unix_epoch(Duration::from_secs(now.as_second().unsigned_abs()));
    Ok(verifier.verify_server_cert(&shown.leaf, &shown.chain, name, &shown.revocation, now).map(|_| ()))
}

/// From when to when a certificate is valid, in seconds of the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Validity {
    from_s: i64,
    to_s: i64,
}

impl Validity {
    fn of(leaf: &CertificateDer<'_>) -> Option<Self> {
        let (_, certificate) = x509_parser::parse_x509_certificate(leaf).ok()?;
        let validity = certificate.validity();
        Some(Self { from_s: validity.not_before.timestamp(), to_s: validity.not_after.timestamp() })
    }
}

struct Expected {
    days_left: u64,
    within: Option<Duration>,
}

/// A certificate held against what is expected; the first that is wrong is named.
fn judged(
    validity: Option<Validity>,
    trusted: Result<(), Error>,
    took: Duration,
    expected: &Expected,
    now: Timestamp,
) -> Measure {
    let Some(validity) = validity else { return Measure::Failed("its certificate cannot be read".to_owned()) };
    let now_s = now.as_second();
    let left_s = validity.to_s - now_s;
    let days = left_s.div_euclid(DAY_S);
    if left_s < 0 {
        let ago = left_s.abs() / DAY_S;
        let ago = if ago == 0 { "less than a day".to_owned() } else { in_days(ago) };
        return Measure::Failed(format!("expired {ago} ago"));
    }
    if now_s < validity.from_s {
        let until = validity.from_s - now_s;
        return Measure::Failed(format!("not valid yet; it will be in {}", in_days((until - 1).div_euclid(DAY_S) + 1)));
    }
    let left = format!("{} left", in_days(days));
    if let Err(error) = trusted {
        let words = match &error {
            // That of the server itself was looked at above.
            Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
                "a certificate that signs it has expired".to_owned()
            }
            other => trust::words(other),
        };
        return Measure::Failed(words);
    }
    if days < i64::try_from(expected.days_left).unwrap_or(i64::MAX) {
        return Measure::Failed(format!("{left}, expected {}", expected.days_left));
    }
    match expected.within.filter(|within| took > *within) {
        Some(within) => Measure::Failed(format!(
            "{left}; the handshake took {}, expected within {}",
            words::length(took),
            words::length(within)
        )),
        None => Measure::Passed(left),
    }
}

fn in_days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// Takes any certificate and keeps it. Signatures are checked: whoever shows a certificate must have its key.
#[derive(Debug)]
struct Recorder {
    shown: Mutex<Option<Shown>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let shown = Shown {
            leaf: end_entity.clone().into_owned(),
            chain: intermediates.iter().map(|certificate| certificate.clone().into_owned()).collect(),
            revocation: ocsp_response.to_vec(),
        };
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
pub(crate) mod tests;
