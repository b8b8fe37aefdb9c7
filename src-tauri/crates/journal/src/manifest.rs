//! The signature under the manifest of an archive: the same key as that of the seals, over bytes that no seal has.

use crate::device::{Device, is_signed};

/// Begins the bytes that are signed.
const DOMAIN: &[u8] = b"war-room manifest 1\n";

impl Device {
    /// Signs a manifest, as it stands in its file.
    #[must_use]
    pub fn sign_manifest(&self, manifest: &[u8]) -> [u8; 64] {
        self.sign(&signed(manifest))
    }
}

/// Whether the signature under a manifest is this key's.
#[must_use]
pub fn is_manifest_signed(public_key: &[u8], manifest: &[u8], signature: &[u8]) -> bool {
    is_signed(public_key, &signed(manifest), signature)
}

fn signed(manifest: &[u8]) -> Vec<u8> {
    [DOMAIN, manifest].concat()
}
