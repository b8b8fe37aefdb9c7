//! The digest by which a text is named that a person was shown and said yes to.

use sha2::{Digest, Sha256};

/// SHA-256 over the text as it stands, in hexadecimal digits. Another text, be it by one blank, has another.
#[must_use]
pub fn digest(text: &str) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        digits.extend([byte >> 4, byte & 15].into_iter().filter_map(|half| char::from_digit(u32::from(half), 16)));
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_digest_that_any_other_program_gives_it() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_ne!(digest("abc "), digest("abc"));
    }
}
