//! A version in a text.
//!
//! Owns: what counts as the same version, and what looks like one. Must not know: where the text comes from.

/// So many versions are enough to see what runs there.
const SHOWN: usize = 3;

/// Longer words are no versions.
const LONGEST: usize = 40;

/// Whether a version stands in a text, as a word of its own or behind a name (`api-4.2.0`); else the versions that do. A
/// `v` in front makes no difference.
pub(super) fn found(text: &str, version: &str) -> Result<(), Vec<String>> {
    let wanted = plain(version);
    let mut others: Vec<String> = Vec::new();
    let is_part = |character: char| character.is_alphanumeric() || ".-+_".contains(character);
    for word in text.split(|character: char| !is_part(character)) {
        let word = plain(word);
        // Each place at which a version could begin: in front, and behind each hyphen or underscore.
        let behind = word.match_indices(['-', '_']).filter_map(|(at, _)| word.get(at + 1..));
        if std::iter::once(word).chain(behind.map(plain)).any(|part| part == wanted) {
            return Ok(());
        }
        let looks_like_one = word.starts_with(|character: char| character.is_ascii_digit()) && word.contains('.');
        if looks_like_one && word.len() <= LONGEST && others.len() < SHOWN && !others.iter().any(|known| known == word)
        {
            others.push(word.to_owned());
        }
    }
    Err(others)
}

fn plain(word: &str) -> &str {
    let word = word.trim_matches(['.', '-', '_', '+', ' ']);
    let bare = word.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    bare.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(), &[&str]>) {
        let expected = expected.map_err(|others| others.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        assert_eq!(found(text, "4.2.0"), expected, "{text}");
    }

    #[test]
    fn a_version_is_a_word_of_its_own() {
        for text in
            ["4.2.0", "v4.2.0", r#"{"version":"4.2.0"}"#, "payments-api-v4.2.0.", "registry/api:4.2.0", "up 4.2.0\n"]
        {
            check(text, Ok(()));
        }
        check("14.2.0", Err(&["14.2.0"]));
        check("4.2.01 and 4.2.0-rc1", Err(&["4.2.01", "4.2.0-rc1"]));
        check("4.1.9, v4.1.9, 3.0, 2.0, 1.0", Err(&["4.1.9", "3.0", "2.0"]));
        check("up since 12", Err(&[]));
        assert_eq!(found("release V7", "v7"), Ok(()));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,80}", version in "\\PC{1,8}") {
            let _ = found(&text, &version);
        }
    }
}
