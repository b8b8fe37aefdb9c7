//! Rules about Rust sources, and the reader that tells their code from words about it.

/// The code of a Rust source: comments, strings and characters are blanked, line breaks stay, so that a rule never
/// trips over a sentence.
pub(super) fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = string(rest, code.chars().next_back()) {
            length
        } else {
            code.push(next);
            rest = &rest[next.len_utf8()..];
            continue;
        };
        code.extend(rest[..length].chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    code
}

/// A block comment may hold others.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of the string or character that begins here, where one does. A lifetime is none.
fn string(text: &str, before: Option<char>) -> Option<usize> {
    let inside_a_word = before.is_some_and(|character| character.is_alphanumeric() || character == '_');
    if !inside_a_word {
        let body = text.strip_prefix("br").or_else(|| text.strip_prefix('r'));
        if let Some(body) = body {
            let hashes = body.len() - body.trim_start_matches('#').len();
            if body[hashes..].starts_with('"') {
                let end = format!("\"{}", "#".repeat(hashes));
                let start = text.len() - body.len() + hashes + 1;
                return Some(text[start..].find(&end).map_or(text.len(), |at| start + at + end.len()));
            }
        }
    }
    if text.starts_with('"') {
        return Some(quoted_end(text, '"'));
    }
    let mut characters = text.strip_prefix('\'')?.chars();
    let (first, second) = (characters.next()?, characters.next());
    (first == '\\' || second == Some('\'')).then(|| quoted_end(text, '\''))
}

fn quoted_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The lines of the file's own test modules, first and one behind the last, from 0; all lines of a file that holds only tests.
/// What stands behind such a module is code again.
pub(super) fn test_lines(path: &str, text: &str) -> Vec<(usize, usize)> {
    let code = code(text);
    let lines: Vec<&str> = code.lines().collect();
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return vec![(0, lines.len())];
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < lines.len() {
        let next = lines[at + 1].trim();
        if lines[at].trim() != "#[cfg(test)]" || !next.starts_with("mod ") || !next.ends_with('{') {
            at += 1;
            continue;
        }
        let mut depth = 0_i64;
        let mut end = at + 1;
        loop {
            let braces = |brace: char| i64::try_from(lines[end].matches(brace).count()).unwrap_or_default();
            depth += braces('{') - braces('}');
            end += 1;
            if depth <= 0 || end == lines.len() {
                break;
            }
        }
        found.push((at, end));
        at = end;
    }
    found
}

/// The code of a source with its comments, strings and tests blanked; line numbers stay.
pub(super) fn code_without_tests(path: &str, text: &str) -> String {
    let tests = test_lines(path, text);
    let kept = |at: usize| !tests.iter().any(|(first, end)| (*first..*end).contains(&at));
    let code = code(text);
    code.lines().enumerate().map(|(at, line)| if kept(at) { format!("{line}\n") } else { "\n".into() }).collect()
}

/// Where a word stands in the code, as lines from 1. A word is not found inside another.
pub(super) fn lines_with(code: &str, word: &str) -> Vec<usize> {
    let in_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut lines = Vec::new();
    for (at, _) in code.match_indices(word) {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let begins = !before.is_some_and(in_word) || !word.starts_with(in_word);
        let ends = !after.is_some_and(in_word) || !word.ends_with(in_word);
        if begins && ends {
            lines.push(code[..at].matches('\n').count() + 1);
        }
    }
    lines
}

/// `todo!`, `unimplemented!`, `dbg!`.
pub(super) fn left_to_do(path: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let words = ["todo!", "unimplemented!", "dbg!"];
    words
        .into_iter()
        .flat_map(|word| lines_with(&code, word).into_iter().map(move |line| (word, line)))
        .map(|(word, line)| format!("{path}:{line}: {word} is left; write what belongs there, or leave the part out"))
        .collect()
}

/// `#[allow(…)]` without `reason = …`.
pub(super) fn allowances_without_reason(path: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let mut complaints = Vec::new();
    for opening in ["#[allow(", "#![allow(", "#[expect(", "#![expect("] {
        for (at, _) in code.match_indices(opening) {
            let end = code[at..].find(")]").map_or(code.len(), |end| at + end);
            if lines_with(&code[at..end], "reason").is_empty() {
                let line = code[..at].matches('\n').count() + 1;
                complaints.push(format!(
                    "{path}:{line}: an allowance without a reason; add reason = \"…\", or mend what is allowed"
                ));
            }
        }
    }
    complaints
}

/// A file without `//!` at its head.
pub(super) fn without_opening(path: &str, text: &str) -> Vec<String> {
    if text.trim_start().starts_with("//!") {
        return Vec::new();
    }
    vec![format!("{path}:1: open the file with //!, what it owns and what it must not know")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_told_from_words_about_it() {
        let source = "let a = \"std::fs\"; // std::fs\nlet b = r#\"a \" todo!\"#; /* x /* y */ todo! */ let c = '\\''; let d: &'static str = b\"q\\\"q\";\nlet e = 'x';";
        let code = code(source);
        assert!(
            !code.contains("fs") && !code.contains("todo") && !code.contains('q') && !code.contains("'x'"),
            "{code}"
        );
        assert!(
            code.contains("let b") && code.contains("let c") && code.contains("&'static str") && code.contains("let e"),
            "{code}"
        );
        assert_eq!(code.lines().count(), source.lines().count());
    }

    #[test]
    fn tests_are_not_judged_as_code_and_what_follows_them_is() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { let s = \"{\"; }\n}\nfn c() {}\n";
        assert_eq!(test_lines("a/b.rs", text), [(1, 5)]);
        assert_eq!(code_without_tests("a/b.rs", text), "fn a() {}\n\n\n\n\nfn c() {}\n");
        assert_eq!(test_lines("a/b.rs", "#[cfg(test)]\nmod tests;\nfn a() {}\n"), []);
        assert_eq!(test_lines("a/tests.rs", "fn a() {}\n"), [(0, 1)]);
    }

    #[test]
    fn words_are_whole_words() {
        assert_eq!(lines_with("Instantly\nInstant::x\n_Instant", "Instant"), [2]);
        assert_eq!(lines_with("my_todo!()\ntodo!()", "todo!"), [2]);
    }

    #[test]
    fn what_is_left_to_do_is_found() {
        assert_eq!(left_to_do("a.rs", "fn a() { todo!() }\n").len(), 1);
        assert_eq!(left_to_do("a.rs", "fn a() {\n    unimplemented!(\"later\")\n}\nfn b() { dbg!(1); }").len(), 2);
        assert_eq!(left_to_do("a.rs", "// todo! nothing\nfn a() { let todo = \"todo!()\"; }"), Vec::<String>::new());
    }

    #[test]
    fn an_allowance_needs_a_reason() {
        assert_eq!(allowances_without_reason("a.rs", "#[allow(dead_code)]\nfn a() {}").len(), 1);
        assert_eq!(allowances_without_reason("a.rs", "#![allow(\n    dead_code,\n)]").len(), 1);
        assert_eq!(allowances_without_reason("a.rs", "#[expect(dead_code)]\nfn reason() {}").len(), 1);
        assert_eq!(
            allowances_without_reason("a.rs", "#[allow(dead_code, reason = \"used by a test\")]\nfn a() {}"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_file_needs_an_opening() {
        assert_eq!(without_opening("a.rs", "use std::fs;\n").len(), 1);
        assert_eq!(without_opening("a.rs", "/// An item.\nfn a() {}").len(), 1);
        assert_eq!(without_opening("a.rs", "//! Owns nothing.\n"), Vec::<String>::new());
    }
}
