//! Whom a connection trusts: the system's certificates and those of a `ca_file`.
//!
//! Owns: the one way of TLS for all that is asked, and its errors in words. Must not know: what is asked.

use std::sync::Arc;

use room::Fault;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{AlertDescription, CertificateError, ClientConfig, Error, RootCertStore};
use rustls_platform_verifier::Verifier;

/// The cryptography beneath TLS.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// The certificates of a file in PEM; a sentence where it holds none, or one that cannot be trusted.
pub(crate) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let found = found.map_err(|error| format!("it is not PEM ({error})"))?;
    if found.is_empty() {
        return Err("no certificate in PEM stands in it".to_owned());
    }
    let mut store = RootCertStore::empty();
    for certificate in &found {
        store.add(certificate.clone()).map_err(|error| format!("a certificate in it is damaged ({error})"))?;
    }
    Ok(found)
}

/// What decides whether a server is who it says it is. Reads the system's certificates from disk.
pub(crate) fn verifier(ca_pem: Option<&[u8]>) -> Result<Arc<dyn ServerCertVerifier>, Fault> {
    let extra = match ca_pem {
        Some(pem) => {
            certificates(pem).map_err(|words| Fault::BadSettings { words: format!("the ca_file: {words}") })?
        }
        None => Vec::new(),
    };
    let verifier = Verifier::new_with_extra_roots(extra, provider()).map_err(|error| match error {
        Error::General(_) => Fault::Untrusted {
            words: "this laptop has no list of trusted certificates; install ca-certificates".into(),
        },
        other => Fault::Untrusted { words: words(&other) },
    })?;
    Ok(Arc::new(verifier))
}

/// TLS that trusts as `verifier` says.
pub(crate) fn client(verifier: Arc<dyn ServerCertVerifier>) -> Result<ClientConfig, Fault> {
    let versions = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| Fault::Untrusted { words: words(&error) })?;
    Ok(versions.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

/// TLS that trusts nobody, for addresses that have none.
pub(crate) fn nobody() -> Result<ClientConfig, Fault> {
    let versions = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| Fault::Untrusted { words: words(&error) })?;
    Ok(versions.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// Why TLS came to nothing, as the end of a sentence.
pub(crate) fn words(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(error) => certificate_words(error),
        Error::InvalidMessage(_) => "no TLS is spoken there".to_owned(),
        Error::AlertReceived(AlertDescription::ProtocolVersion) => {
            "the server speaks no version of TLS from 1.2 on".to_owned()
        }
        Error::AlertReceived(AlertDescription::CertificateRequired) => {
            "the server asks for a certificate of ours".to_owned()
        }
        Error::AlertReceived(AlertDescription::UnrecognisedName) => {
            "the server does not know the name that it was asked for".to_owned()
        }
        Error::AlertReceived(alert) => format!("the server broke the handshake off ({alert:?})"),
        other => other.to_string(),
    }
}

fn certificate_words(error: &CertificateError) -> String {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "a certificate has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "a certificate is not valid yet".to_owned()
        }
        CertificateError::UnknownIssuer => "its certificate is signed by nobody that this laptop trusts".to_owned(),
        CertificateError::NotValidForName => "its certificate is for another name".to_owned(),
        CertificateError::NotValidForNameContext { expected, presented } => {
            let names: Vec<String> = presented.iter().take(3).map(|name| plain_name(name)).collect();
            let more = if presented.len() > 3 { ", …" } else { "" };
            if names.is_empty() {
                return format!("its certificate names nobody, so not {}", expected.to_str());
            }
            format!("its certificate is for {}{more}, not for {}", names.join(", "), expected.to_str())
        }
        CertificateError::Revoked => "its certificate was revoked".to_owned(),
        CertificateError::BadEncoding => "its certificate is damaged".to_owned(),
        CertificateError::BadSignature => "the signature of its certificate is wrong".to_owned(),
        CertificateError::Other(other) => other.to_string(),
        other => format!("its certificate is refused ({other})"),
    }
}

/// `a.example` from `DnsName("a.example")`, as the verifier writes it.
fn plain_name(name: &str) -> String {
    let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    inner.unwrap_or(name).trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_certificates_is_told_from_others() {
        let made = rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap();
        let pem = made.cert.pem();
        assert_eq!(certificates(format!("{pem}\n{pem}").as_bytes()).unwrap().len(), 2);
        assert_eq!(certificates(b"hello").unwrap_err(), "no certificate in PEM stands in it");
        assert_eq!(certificates(b"").unwrap_err(), "no certificate in PEM stands in it");
        let key = made.signing_key.serialize_pem();
        assert_eq!(certificates(key.as_bytes()).unwrap_err(), "no certificate in PEM stands in it");
        let cut = &pem[..pem.len() / 2];
        assert!(certificates(cut.as_bytes()).unwrap_err().starts_with("it is not PEM ("));
        let damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(certificates(damaged.as_bytes()).unwrap_err().starts_with("a certificate in it is damaged ("));
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(plain_name("DnsName(\"a.example\")"), "a.example");
        assert_eq!(plain_name("a.example"), "a.example");
    }
}
