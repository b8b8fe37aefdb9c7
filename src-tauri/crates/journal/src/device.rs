//! The device that writes: its name and the key that signs its seals.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::chain::hex;
use crate::failure::Failure;

/// A device with its Ed25519 key.
#[derive(Clone, PartialEq, Eq)]
pub struct Device {
    key: SigningKey,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The key never stands in a diagnosis.
        formatter.debug_tuple("Device").field(&self.id()).finish()
    }
}

impl Device {
    /// A device whose key follows from a seed; for drills and tests, where the same seed gives the same log.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { key: SigningKey::from_bytes(&seed) }
    }

    /// The device's name in the log: the first 16 digits of its public key.
    #[must_use]
    pub fn id(&self) -> String {
        id_of(self.key.verifying_key().as_bytes())
    }

    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// What the key follows from: the secret itself.
    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.key.sign(bytes).to_bytes()
    }
}

/// What a device is called in the log: the first 16 digits of its public key.
pub(crate) fn id_of(public_key: &[u8]) -> String {
    hex(public_key.get(..8).unwrap_or(public_key))
}

/// Whether a signature is this key's. Keys for which anything is signed (those of a small order) count for nothing.
pub(crate) fn is_signed(public_key: &[u8], bytes: &[u8], signature: &[u8]) -> bool {
    let key = <[u8; 32]>::try_from(public_key).ok().and_then(|key| VerifyingKey::from_bytes(&key).ok());
    let signature = Signature::from_slice(signature).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(bytes, &signature).is_ok())
}

/// 32 bytes by chance.
///
/// # Errors
/// The system gives none.
pub fn random() -> Result<[u8; 32], Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::Other { path: "/dev/urandom".into(), words: error.to_string() })?;
    Ok(bytes)
}
