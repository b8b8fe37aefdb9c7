//! Commands that are nothing but words, which most are: `kubectl get pods -n shop | grep api`. Of those the grammar
//! would tell nothing but where each begins and ends, and one look at the letters tells it too. Whatever else stands in
//! a fence leaves all of it to the grammar.

use super::grammar::Piece;

/// What begins something else than a command, or a command that changes what comes after it.
const SPECIAL: [&str; 35] = [
    "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "select",
    "function", "time", "coproc", "declare", "typeset", "export", "readonly", "local", "unset", "unsetenv", "cd",
    "pushd", "popd", "let", "eval", "source", "exec", "set", "alias", "trap", "read",
];

/// The pieces of a fence, where all its commands are only words. `shown` is the text as the grammar would be shown it, of
/// the same length.
pub(super) fn pieces(text: &str, shown: &str) -> Option<Vec<Piece>> {
    let mut found: Vec<Piece> = Vec::new();
    let mut rows = Rows { rest: shown, at: 0, row: 0 };
    while let Some((start, line)) = rows.next() {
        let behind = line.trim_start_matches(' ');
        let first = start + line.len() - behind.len();
        if behind.is_empty() {
            continue;
        }
        let row = rows.row - 1;
        if behind.starts_with('#') {
            found.push(Piece::Comment { row, words: comment(text.get(first..start + line.len())?) });
            continue;
        }
        let (mut end, mut remark) = (first, None);
        let mut place = Place::Command;
        let mut line = (first, behind);
        loop {
            let (from, words) = line;
            let said = words_of(words, &mut place)?;
            end = if said.end == 0 { end } else { from + said.end };
            match said.next {
                Next::Row => {
                    line = rows.next()?;
                    // What is no word is not joined to what stands above it.
                    if line.1.trim_start_matches(' ').starts_with('#') || line.1.trim_matches(' ').is_empty() {
                        return None;
                    }
                }
                Next::Comment(at) => {
                    remark = Some(comment(text.get(from + at..from + words.len())?));
                    break;
                }
                Next::End => break,
            }
        }
        // A sign that joins two commands needs both, and one that leads somewhere needs to say where.
        if place != Place::Word {
            return None;
        }
        let command = text.get(first..end)?.to_owned();
        found.push(Piece::Command { row, end_row: rows.row, text: command, remark, effects: None });
    }
    Some(found)
}

fn comment(text: &str) -> String {
    text.trim_start_matches('#').trim().to_owned()
}

/// The rows of a text, each with its first byte.
struct Rows<'a> {
    rest: &'a str,
    at: usize,
    /// The row of the next one.
    row: usize,
}

impl<'a> Rows<'a> {
    fn next(&mut self) -> Option<(usize, &'a str)> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.at;
        let end = self.rest.find('\n').unwrap_or(self.rest.len());
        let line = self.rest.get(..end)?;
        self.rest = self.rest.get(end + 1..).unwrap_or("");
        self.at += end + 1;
        self.row += 1;
        Some((start, line))
    }
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The name of a command.
    Command,
    /// A word, or what ends the command.
    Word,
    /// The file that a command's output goes to.
    File,
}

/// What follows a row's words.
enum Next {
    End,
    /// The row goes on with the next one.
    Row,
    /// A comment begins at this byte.
    Comment(usize),
}

struct Said {
    /// Byte after the last word.
    end: usize,
    next: Next,
}

/// Goes through the words of a row; nothing where one of them is more than a word.
fn words_of(row: &str, place: &mut Place) -> Option<Said> {
    let bytes = row.as_bytes();
    let (mut at, mut end) = (0, 0);
    loop {
        at += bytes.get(at..)?.iter().take_while(|byte| **byte == b' ').count();
        let rest = bytes.get(at..)?;
        match rest {
            [] => return Some(Said { end, next: Next::End }),
            [b'\\'] if at > 0 && bytes.get(at - 1) == Some(&b' ') => return Some(Said { end, next: Next::Row }),
            [b'#', ..] if *place == Place::Word => return Some(Said { end, next: Next::Comment(at) }),
            [b'|', b'|', b' ', ..] | [b'&', b'&', b' ', ..] if *place == Place::Word => {
                *place = Place::Command;
                at += 3;
            }
            [b'|', b' ', ..] if *place == Place::Word => {
                *place = Place::Command;
                at += 2;
            }
            [b'>', b'>', b' ', ..] if *place == Place::Word => {
                *place = Place::File;
                at += 3;
            }
            [b'>', b' ', ..] if *place == Place::Word => {
                *place = Place::File;
                at += 2;
            }
            _ => {
                let length = match place {
                    Place::Command => name(rest).filter(|length| ends(rest, *length))?,
                    Place::Word | Place::File => word(rest)?,
                };
                *place = Place::Word;
                at += length;
                end = at;
            }
        }
    }
}

/// Length of the name of a command.
fn name(text: &[u8]) -> Option<usize> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-');
    let length = text.iter().take_while(|byte| is_of_name(byte)).count();
    let name = str::from_utf8(text.get(..length)?).ok()?;
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '.' | '/'));
    (begins && !SPECIAL.contains(&name)).then_some(length)
}

/// Length of `$(date +%d)`: what another command answers, with words that mean nothing to the shell.
fn answer(text: &[u8]) -> Option<usize> {
    let inside = text.strip_prefix(b"$(")?;
    let mut at = name(inside)?;
    loop {
        match inside.get(at)? {
            b')' => return Some(at + 3),
            b' ' => {
                let is_of_word = |byte: &u8| {
                    byte.is_ascii_alphanumeric()
                        || matches!(byte, b'_' | b'.' | b'/' | b'-' | b':' | b',' | b'@' | b'%' | b'+')
                };
                let length = inside.get(at + 1..)?.iter().take_while(|byte| is_of_word(byte)).count();
                if length == 0 {
                    return None;
                }
                at += 1 + length;
            }
            _ => return None,
        }
    }
}

/// Length of a word: letters and signs that mean nothing to the shell, and quotes that hold nothing of the kind.
fn word(text: &[u8]) -> Option<usize> {
    // `A=1` may be an assignment; what has another sign before it is none.
    let mut is_name = true;
    let mut at = 0;
    loop {
        match text.get(at) {
            Some(byte) if byte.is_ascii_alphanumeric() => at += 1,
            Some(b'_') => at += 1,
            Some(b'.' | b'/' | b'-' | b':' | b',' | b'@' | b'%') => {
                is_name = false;
                at += 1;
            }
            Some(b'=' | b'?' | b'*') if !is_name && at > 1 => at += 1,
            Some(b'$') => {
                is_name = false;
                at += answer(text.get(at..)?)?;
            }
            Some(quote @ (b'\'' | b'"')) => {
                let inside = text.get(at + 1..)?;
                let length = inside.iter().position(|byte| byte == quote)?;
                let means = |byte: &u8| matches!(byte, b'$' | b'`' | b'\\' | b'!');
                if length == 0 || inside.get(..length)?.iter().any(means) {
                    return None;
                }
                at += length + 2;
            }
            _ => return (at > 0 && ends(text, at)).then_some(at),
        }
    }
}

/// Whether a word ends at a byte.
fn ends(text: &[u8], at: usize) -> bool {
    matches!(text.get(at), None | Some(b' '))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grammar::Grammar;
    use super::*;

    fn of_grammar(text: &str) -> String {
        format!("{:?}", Grammar::default().of_tree(text))
    }

    #[test]
    fn what_is_only_words_needs_no_grammar() {
        for text in [
            "# Wait\nkubectl rollout status deployment/api -n shop # until it is done\n\n",
            "helm install shop ./helm \\\n  -f values.yaml \\\n    -n shop\nls",
            "kubectl get events --sort-by='.lastTimestamp' -o \"wide table\" | grep api && ./ok.sh || exit 1\n",
            "  curl https://x.example:80/a,b%20c@d?e=up ./*.yaml\n   #x\n## y ##\n",
            "pg_dump shop | gzip > shop_$(date +%Y%m%d_%H%M%S).sql.gz\nls >> a # b\n",
            "",
        ] {
            let said = pieces(text, text).map(|said| format!("{said:?}"));
            assert_eq!(said.as_deref(), Some(of_grammar(text).as_str()), "{text}");
        }
    }

    #[test]
    fn what_means_more_is_left_to_the_grammar() {
        for text in [
            "cd x",
            "A=1 make",
            "echo $X",
            "a; b",
            "a &",
            "a > ",
            "a > | b",
            "a >b",
            "a $(cd b)",
            "a $(b $C)",
            "a $(b",
            "a \\\n",
            "a \\\n# b\n",
            "a |",
            "a | if",
            "ls *",
            "(a)",
            "a *",
            "a b?c",
            "a -*(b)",
            "if a",
            "a `b`",
            "a 'b",
            "a\tb",
            "a\r\n",
            "make A=1",
            "a && \\\nexport B",
            "é",
            "1 a",
            "a \"$B\"",
        ] {
            assert!(pieces(text, text).is_none(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_told_without_the_grammar_is_what_it_tells(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "a", "ls", "kubectl", "./x.sh", "-n", "--b=c", "-x=", "12", "a.b/c", "u@h:/p", "50%", "x,y", "'q r'", "\"s t\"",
                    "'é#'", "--o='p'", " ", " ", " ", "  ", "\n", "\n", " \\\n", " | ", " && ", " || ", " # r", "#", "# é <t>", "if",
                    "done", "cd", "=", "-", "--", ":", "%", "@", ",", ".", "/", "~", "\t", "'", "\"", "_", "e\u{a0}", "A=1 ", " > ", " >> ", ">", "$(", ")", "$(date +%d)", "$(ls a-b)", "+", "?", "*", "/", "http://x.example/y?q=1&z",
                ]),
                0..24,
            ),
        ) {
            let text = parts.concat();
            if let Some(said) = pieces(&text, &text) {
                prop_assert_eq!(format!("{said:?}"), of_grammar(&text), "{}", text);
            }
        }
    }
}
