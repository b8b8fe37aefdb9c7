//! Words on their way to a notification service.
//!
//! Owns: what a server would take for markup, what its bus does not carry. Must not know: what is said.

/// How long a text may be, in characters: servers cut much earlier, and some freeze over more.
const CHARACTERS_MAX: usize = 2_000;

/// A title: one line of plain text, on every server.
pub(crate) fn title(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    carried(&words.join(" "))
}

/// A body: escaped once where the server reads markup in it, and as it is elsewhere.
pub(crate) fn body(text: &str, has_markup: bool) -> String {
    let text = carried(text);
    if has_markup { escaped(&text) } else { text }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Without control characters, of which a bus does not carry NUL and servers draw the others as they like.
fn carried(text: &str) -> String {
    let shown = |character: &char| *character == '\n' || !character.is_control();
    let mut carried: String = text.chars().filter(shown).take(CHARACTERS_MAX).collect();
    if text.chars().filter(shown).count() > CHARACTERS_MAX {
        carried.push('…');
    }
    carried
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_escaped_exactly_once_and_only_for_a_server_that_reads_markup() {
        for (text, with_markup) in [
            ("p95 > 500 ms & rising", "p95 &gt; 500 ms &amp; rising"),
            ("<b>612 ms</b>", "&lt;b&gt;612 ms&lt;/b&gt;"),
            ("already &amp;", "already &amp;amp;"),
            ("\"612\" 'ms'\nline two", "\"612\" 'ms'\nline two"),
        ] {
            assert_eq!(body(text, true), with_markup);
            assert_eq!(body(text, false), text);
        }
    }

    #[test]
    fn a_title_is_one_plain_line() {
        assert_eq!(title("HOLD: p95 > 500 ms\n  & rising"), "HOLD: p95 > 500 ms & rising");
    }

    #[test]
    fn what_a_bus_does_not_carry_is_left_out_and_length_ends() {
        assert_eq!(body("a\0b\u{1b}[31mc\r\nd", false), "ab[31mc\nd");
        let long = body(&"<".repeat(CHARACTERS_MAX + 1), true);
        assert_eq!(long, format!("{}…", "&lt;".repeat(CHARACTERS_MAX)));
    }
}
