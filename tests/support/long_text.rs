//! A text of a real checklist's size, for what is measured.
//!
//! Owns: that text. Must not know: what is measured.

use std::fs;
use std::io;

use crate::root;

/// The lines of a real checklist.
const LINES: usize = 500;

/// A text of a real checklist's size: our own, again and again.
///
/// # Errors
/// The fixture cannot be read.
pub fn long_text() -> io::Result<String> {
    let text = fs::read_to_string(root().join("tests/fixtures/harbour.md"))?;
    Ok(text.lines().cycle().take(LINES).flat_map(|line| [line, "\n"]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_as_long_as_a_real_one() {
        let text = long_text().expect("the text");
        assert_eq!(text.lines().count(), LINES);
        assert!(text.matches("- [ ] ").count() > 80, "{text}");
    }
}
