//! Blanks of a command: `<VERSION>`, `{{ tag }}`, `[TIME]`, `YOUR_TOKEN`, `vX.Y.Z`, `YYYYMMDD`, `____`, `...`. The shell
//! would read `<pod>` as a redirection, so blanks are hidden from its grammar.

use std::borrow::Cow;

use smallvec::SmallVec;

/// Blanks of a command, in order and each once, as they stand.
pub(crate) fn blanks(command: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let spans = spans(command);
    // Most commands have none.
    if spans.is_empty() {
        return found;
    }
    let mut seen = std::collections::HashSet::new();
    for (start, end) in spans {
        if let Some(blank) = command.get(start..end)
            && seen.insert(blank)
        {
            found.push(blank.to_owned());
        }
    }
    found
}

/// The text with every blank in brackets overwritten by letters of the same length.
pub(super) fn hidden(text: &str) -> Cow<'_, str> {
    let inside = bracketed(text);
    if inside.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut hidden = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in inside {
        hidden.push_str(text.get(from..start).unwrap_or(""));
        hidden.extend(std::iter::repeat_n('_', end.saturating_sub(start)));
        from = end;
    }
    hidden.push_str(text.get(from..).unwrap_or(""));
    Cow::Owned(hidden)
}

fn spans(command: &str) -> Vec<(usize, usize)> {
    let mut all = bracketed(command);
    let inside = all.clone();
    let mut at = 0;
    all.extend(tokens(command).filter(|(start, end)| {
        while inside.get(at).is_some_and(|(_, close)| close <= start) {
            at += 1;
        }
        inside.get(at).is_none_or(|(open, _)| open >= end)
    }));
    all.sort_unstable();
    all
}

/// Blanks that stand in brackets.
fn bracketed(text: &str) -> Vec<(usize, usize)> {
    let is_template =
        || ["--format", "template", "jsonpath", "-f '{{", "-f \"{{"].iter().any(|sign| text.contains(sign));
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(['<', '{', '['])).map(|at| from + at) {
        let tail = text.get(at..).unwrap_or("");
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let length = match tail.as_bytes().first() {
            Some(b'<') => angle(tail, before),
            Some(b'{') => braces(tail).filter(|_| !is_template()),
            _ => square(tail, before),
        };
        match length {
            Some(length) => {
                found.push((at, at + length));
                from = at + length;
            }
            None => from = at + 1,
        }
    }
    found
}

/// The words of a blank end soon; a longer stretch is something else.
const LONGEST: usize = 80;

fn inner(tail: &str, close: char) -> Option<&str> {
    let near = tail.char_indices().skip(1).take(LONGEST);
    let end = near.take_while(|(_, c)| *c != '\n').find(|(_, c)| *c == close)?.0;
    tail.get(1..end)
}

fn angle(tail: &str, before: Option<char>) -> Option<usize> {
    let words = inner(tail, '>')?;
    let is_upper = !words.chars().any(char::is_lowercase);
    let is_blank = before != Some('<')
        && words.starts_with(char::is_alphabetic)
        && !words.ends_with(' ')
        && words
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '|' | '/' | ',') || is_upper && c == '.');
    // `<p>…</p>` is markup.
    let near: String = tail.chars().take(5 * LONGEST).collect();
    let is_markup = near.contains(&format!("</{words}>"));
    (is_blank && !is_markup).then_some(words.len() + 2)
}

fn braces(tail: &str) -> Option<usize> {
    let near: String = tail.strip_prefix("{{")?.chars().take(LONGEST).collect();
    let words = near.get(..near.find("}}")?)?;
    let is_blank = !words.contains(['\n', '"', '{']) && words.contains(char::is_alphabetic);
    is_blank.then_some(words.len() + 4)
}

fn square(tail: &str, before: Option<char>) -> Option<usize> {
    let words = inner(tail, ']')?;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '/');
    let stands_apart =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '/' | ':' | '-' | '@'));
    let is_level = matches!(words, "ERROR" | "WARN" | "WARNING" | "INFO" | "DEBUG" | "FATAL" | "OK");
    let is_blank = stands_apart
        && words.starts_with(char::is_alphabetic)
        && words.ends_with(|c: char| c.is_alphanumeric())
        && words.chars().all(is_word)
        && words.split('-').all(|part| part.chars().count() > 1)
        && words.chars().count() > 2
        && !is_level;
    is_blank.then_some(words.len() + 2)
}

/// Words that are blanks without brackets.
fn tokens(command: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '…');
    let has_random_names = command.contains("mktemp");
    let mut at = 0;
    let mut quotes = Quotes::default();
    std::iter::from_fn(move || {
        while let Some(rest) = command.get(at..).filter(|rest| !rest.is_empty()) {
            let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
            let plain = rest.bytes().take_while(|byte| is_plain(byte)).count();
            let length = match rest.as_bytes().get(plain) {
                Some(next) if !next.is_ascii() => rest.find(|c: char| !is_part(c)).unwrap_or(rest.len()),
                _ => plain,
            };
            if length == 0 {
                let character = rest.chars().next()?;
                quotes.take(character);
                at += character.len_utf8();
                continue;
            }
            let start = at;
            at += length;
            let token = rest.get(..length)?;
            let before = command.get(..start).and_then(|head| head.chars().next_back());
            let is_read =
                is_blank_word(token, before, quotes.is_open()) && !(has_random_names && token.contains("XXX"));
            if is_read && !matches!(before, Some('$' | '%' | '+')) {
                let kept = token.trim_end_matches(['.', '-']).len();
                let end = if token.ends_with("...") { start + length } else { start + kept };
                return Some((start, end.max(start + 1)));
            }
        }
        None
    })
}

#[derive(Default)]
struct Quotes(Option<char>);

impl Quotes {
    fn take(&mut self, character: char) {
        match self.0 {
            Some(quote) if quote == character => self.0 = None,
            None if matches!(character, '"' | '\'') => self.0 = Some(character),
            _ => {}
        }
    }

    fn is_open(&self) -> bool {
        self.0.is_some()
    }
}

fn is_blank_word(token: &str, before: Option<char>, quoted: bool) -> bool {
    if (token == "..." || token == "…") && !quoted && before != Some('/') {
        return true;
    }
    // Each of the others needs a letter or a sign that most words do not have.
    let (mut has_capital, mut has_y, mut has_cross, mut has_dot, mut is_line) = (false, false, false, false, true);
    // How many bytes in a row are the same up to this place.
    let (mut same, mut last) = (0, 0);
    for byte in token.bytes() {
        same = if byte == last { same + 1 } else { 1 };
        last = byte;
        has_capital |= byte.is_ascii_uppercase();
        has_y |= matches!(byte, b'y' | b'Y') || !byte.is_ascii();
        has_cross |= matches!(byte, b'x' | b'X') && same >= 3;
        has_dot |= byte == b'.';
        is_line &= byte == b'_';
    }
    if is_line {
        return token.len() >= 3;
    }
    has_y && is_yours(token)
        || has_capital && is_order(token)
        || has_cross && has_crosses(token)
        || has_dot && is_version(token, before)
}

fn is_yours(token: &str) -> bool {
    if token.is_ascii() && !token.as_bytes().windows(4).any(|four| four.eq_ignore_ascii_case(b"your")) {
        return false;
    }
    let upper = token.to_uppercase();
    upper.starts_with("YOUR_")
        || upper.starts_with("YOUR-")
        || ["YOURDOMAIN", "YOURCOMPANY", "YOURORG"].iter().any(|word| upper.contains(word))
}

fn is_order(token: &str) -> bool {
    ["REPLACE_ME", "CHANGE_ME", "CHANGEME", "SET_ME", "FIXME", "TBD"].iter().any(|word| token.contains(word))
        || token.contains("YYYY")
}

/// `vol-XXXXX`: three capitals or four small ones in a row that stand by themselves.
fn has_crosses(token: &str) -> bool {
    token.split(['-', '_', '.']).any(|part| {
        let all = |cross: char| part.chars().all(|c| c == cross);
        part.len() >= 3 && all('X') || part.len() >= 4 && all('x')
    })
}

/// `vX.Y.Z`, `release-x.y`, `v1.X`: numbers with a letter in the place of one.
fn is_version(token: &str, before: Option<char>) -> bool {
    if before == Some('.') {
        return false;
    }
    let mut marked = false;
    for word in token.split(['-', '_']) {
        let parts: SmallVec<[&str; 6]> = word.strip_prefix(['v', 'V']).unwrap_or(word).split('.').take(6).collect();
        let is_letter = |part: &str| matches!(part, "X" | "Y" | "Z" | "N" | "x" | "y" | "z" | "n");
        let fits = parts.len() >= 2
            && parts.iter().all(|part| is_letter(part) || !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
        let letters = parts.iter().filter(|part| is_letter(part)).count();
        let is_small = parts.iter().any(|part| part.starts_with(char::is_lowercase));
        let stands_out = !is_small || letters >= 3 || word.starts_with('v') || word.len() < token.len();
        marked |= fits && letters > 0 && stands_out;
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_many_spellings() {
        let command = "deploy <pod-name> {{ tag }} [TIME] vX.Y.Z --id vol-XXXXX YOUR_TOKEN ____ -f dump_YYYYMMDD.gz --arn ... <pod-name> release-x.y 3.Y_SET_ME";
        assert_eq!(
            blanks(command),
            [
                "<pod-name>",
                "{{ tag }}",
                "[TIME]",
                "vX.Y.Z",
                "vol-XXXXX",
                "YOUR_TOKEN",
                "____",
                "dump_YYYYMMDD.gz",
                "...",
                "release-x.y",
                "3.Y_SET_ME"
            ]
        );
    }

    #[test]
    fn what_the_shell_means_is_no_blank() {
        for command in [
            "sort <in >out",
            "cat <<EOF",
            "[ -f x ] && ls [a-z]*",
            "[[ -n x ]]",
            "docker ps --format '{{.Names}}'",
            "jq .x.y",
            "go test ./...",
            "echo \"Waiting...\"",
            "mktemp /tmp/a.XXXXXX",
            "date +%Y%m%d_%H%M%S",
            "curl -d '<p>x</p>'",
            "echo a[0] {.items[0].name}",
            "grep \"[ERROR]\" x",
            "diff <(a) <(b)",
            "./a/x.y",
        ] {
            assert_eq!(blanks(command), Vec::<String>::new(), "{command}");
        }
    }

    #[test]
    fn hiding_keeps_every_place() {
        assert_eq!(hidden("logs <pod> {{ é }}"), "logs _____ ________");
    }
}
