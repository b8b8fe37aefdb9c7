//! How a room's file is called: `SLUG-YYYYMMDD-N.warroom`.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

/// What a room's file ends in.
pub(crate) const ENDING: &str = "warroom";

/// How long a slug may be: file systems end names at 255 bytes, and people read less.
const LONGEST: usize = 60;

/// How many rooms of one subject a day may have.
const MOST: u32 = 9999;

/// The free names of a day, the lowest number first. A lock that a killed program left behind takes no name away.
pub(super) fn candidates(folder: &Path, subject: &str, day: Date) -> impl Iterator<Item = PathBuf> {
    let stem = format!("{}-{}", slug(subject), day.strftime("%Y%m%d"));
    let folder = folder.to_path_buf();
    (1..=MOST)
        .map(move |number| folder.join(format!("{stem}-{number}.{ENDING}")))
        .filter(|path| !path.exists() && !path.with_extension("html").exists())
}

/// Which of its subject's rooms of that day a file is; nought where its name is another's.
pub(super) fn number(path: &Path) -> u32 {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The subject in small letters and digits, all else as one dash.
fn slug(subject: &str) -> String {
    let mut slug = String::new();
    for letter in subject.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "room".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_and_never_empty() {
        let all = ["payments-api", "  Payments API (EU) ", "Заказ", "../../etc", "a--b"].map(slug);
        assert_eq!(all, ["payments-api", "payments-api-eu", "room", "etc", "a-b"]);
        assert_eq!(slug(&"x".repeat(200)).len(), LONGEST);
    }

    #[test]
    fn the_first_free_number_counts() {
        let folder = tempfile::tempdir().unwrap();
        let day = jiff::civil::date(2026, 1, 21);
        std::fs::write(folder.path().join("pay-20260121-1.warroom"), "").unwrap();
        std::fs::write(folder.path().join("pay-20260121-2.html"), "").unwrap();
        let first = candidates(folder.path(), "Pay", day).next().unwrap();
        assert_eq!(first, folder.path().join("pay-20260121-3.warroom"));
    }
}
