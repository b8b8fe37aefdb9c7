//! How lengths of time and words of others are put for people.
//!
//! Owns: shortening, masking, and lengths of time in words. Must not know: where the words come from.

use std::time::Duration;

/// Longer words of a server are no help in a row of the window.
const LONGEST: usize = 200;

/// A secret shorter than this is too likely to stand in a sentence by chance to be masked.
const SHORTEST_SECRET: usize = 6;

/// `44 ms`, `2 s`, `12.5 s`
pub(crate) fn length(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds >= 1000 && milliseconds.is_multiple_of(1000) {
        format!("{} s", milliseconds / 1000)
    } else if milliseconds < 10_000 {
        format!("{milliseconds} ms")
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// At most so many characters on one line; what is cut shows as an ellipsis.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    line.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

/// What else an answer says, in a line without secrets: the title of an HTML page, the text of anything else.
pub(crate) fn of_server(body: &[u8], secrets: &[String]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = if is_html(&text) { title(&text).unwrap_or_default() } else { text.as_ref() };
    without_secrets(text, secrets)
}

/// Words of a server in one line, shortened, with every secret masked that it may have sent back.
pub(crate) fn without_secrets(text: &str, secrets: &[String]) -> String {
    let mut masked = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST_SECRET) {
        masked = masked.replace(secret.as_str(), "•••");
    }
    shortened(&masked, LONGEST)
}

/// What of an endpoint's headers must never be shown, should a server send it back.
pub(crate) fn secrets(headers: &[(String, String)]) -> Vec<String> {
    let values = headers.iter().map(|(_, value)| value.as_str());
    // The longer first: a token masked before its whole header would leave the rest.
    values
        .flat_map(|value| [Some(value), value.split_once(' ').map(|(_, token)| token)])
        .flatten()
        .map(str::to_owned)
        .collect()
}

/// Whether a text is a page for a browser.
pub(crate) fn is_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
}

fn title(page: &str) -> Option<&str> {
    // Lower case in ASCII only, so that the places stay the same.
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower.get(start..)?.find("</title>")?;
    page.get(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        let words = |milliseconds| length(Duration::from_millis(milliseconds));
        assert_eq!(
            [0, 44, 999, 1000, 1001, 9999, 12_500, 60_000].map(words),
            ["0 ms", "44 ms", "999 ms", "1 s", "1001 ms", "9999 ms", "12.5 s", "60 s"]
        );
    }

    #[test]
    fn words_of_others_are_short_and_hold_no_secret() {
        assert_eq!(shortened("a\n  b", 10), "a b");
        assert_eq!(shortened("äöüäöü", 4), "äöü…");
        let secrets = ["s3cr3t-token".to_owned(), "abc".to_owned()];
        assert_eq!(without_secrets("bad token s3cr3t-token, abc", &secrets), "bad token •••, abc");
        assert_eq!(of_server(b"<html><head><title>502 Bad Gateway</title>", &secrets), "502 Bad Gateway");
        assert_eq!(of_server(b"<!DOCTYPE html><p>x", &secrets), "");
        assert_eq!(of_server(b"404 page not found\n", &secrets), "404 page not found");
        assert_eq!(of_server(&[0xff, b'x'], &secrets), "\u{fffd}x");
    }
}
