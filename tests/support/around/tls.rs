//! A server that speaks TLS and nothing behind it, and who signs its certificate.
//!
//! Owns: certificates that are good, expired, or for another name. Must not know: who looks at them.

use std::io::Read;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::port::listen;

/// Who signs.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// A new one, whom nobody trusts yet.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    /// Its certificate, for whoever is to trust it.
    #[must_use]
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server with a certificate for this name that is good from so many days ago for so many days; its port. It lives as
    /// long as the test.
    #[must_use]
    pub fn serve(&self, name: &str, now_s: i64, days_ago: u64, days: u64) -> u16 {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        let some = params.not_before;
        let epoch = some - Duration::from_secs(some.unix_timestamp().unsigned_abs());
        params.not_before =
            epoch + Duration::from_secs(now_s.unsigned_abs()) - DAY * u32::try_from(days_ago).expect("few");
        params.not_after = params.not_before + DAY * u32::try_from(days).expect("few");
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions of TLS")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
            .expect("a key that fits");
        let config = Arc::new(config);
        let (listener, port) = listen();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Ok(connection) = ServerConnection::new(Arc::clone(&config)) else { continue };
                // The handshake comes with the first read; what is asked is nobody's business.
                let _ = StreamOwned::new(connection, stream).read(&mut [0; 1024]);
            }
        });
        port
    }
}
