//! Prompts: what stands behind one is a command, what stands between two is what the machine answered.

use std::borrow::Cow;

/// The command behind a prompt: `$ ls`, `ops@db1:~$ ls`, `[ops@db1 ~]# ls`. A bare `# ` may be a root prompt or a
/// comment, so it is none.
pub(crate) fn prompt(line: &str) -> Option<&str> {
    let line = line.trim_start();
    for sign in ["$ ", "❯ "] {
        if let Some(rest) = line.strip_prefix(sign) {
            return Some(rest);
        }
    }
    let end = line.find(['$', '#', '%'])?;
    let (head, rest) = (line.get(..end)?, line.get(end + 1..)?);
    let command = rest.strip_prefix(' ')?;
    let is_place = head.contains('@')
        && (head.contains(':') || head.starts_with('['))
        && head.split_whitespace().count() <= 2
        && head.chars().all(|c| c.is_alphanumeric() || "@.-_:~/[] ".contains(c));
    is_place.then_some(command)
}

/// Whether a command that was begun goes on: quotes, heredocs, blocks and line ends that ask for more.
#[derive(Default)]
pub(super) struct Open {
    quote: Option<char>,
    heredoc: Option<String>,
    blocks: usize,
    joined: bool,
    /// Room for the word that is being read.
    word: String,
}

impl Open {
    pub(super) fn is_open(&self) -> bool {
        self.quote.is_some() || self.heredoc.is_some() || self.blocks > 0 || self.joined
    }

    /// Takes the next line of the command.
    pub(super) fn feed(&mut self, line: &str) {
        if let Some(end) = &self.heredoc {
            if line.trim() == end {
                self.heredoc = None;
            }
            return;
        }
        let mut word = std::mem::take(&mut self.word);
        let mut is_first = true;
        let mut characters = line.chars().peekable();
        let mut escaped = false;
        while let Some(character) = characters.next() {
            if escaped {
                escaped = false;
                word.push(character);
                continue;
            }
            if let Some(quote) = self.quote {
                if character == quote {
                    self.quote = None;
                } else if character == '\\' && quote == '"' {
                    escaped = true;
                }
                continue;
            }
            match character {
                '\\' => escaped = true,
                '\'' | '"' => self.quote = Some(character),
                '#' if word.is_empty() => break,
                '<' if characters.peek() == Some(&'<') => {
                    characters.next();
                    let rest: String = characters.clone().take(64).collect();
                    self.heredoc = delimiter(&rest);
                    if self.heredoc.is_some() {
                        break;
                    }
                }
                ';' | '|' | '&' => {
                    self.block(&word, is_first);
                    word.clear();
                    is_first = true;
                }
                character if character.is_whitespace() => {
                    if !word.is_empty() {
                        self.block(&word, is_first);
                        is_first = matches!(word.as_str(), "do" | "then" | "else");
                        word.clear();
                    }
                }
                _ => word.push(character),
            }
        }
        self.block(&word, is_first);
        word.clear();
        self.word = word;
        let end = line.trim_end();
        self.joined = escaped || self.quote.is_none() && (end.ends_with('|') || end.ends_with("&&"));
    }

    fn block(&mut self, word: &str, is_first: bool) {
        match word {
            "for" | "while" | "until" | "if" | "case" if is_first => self.blocks += 1,
            "done" | "fi" | "esac" if is_first => self.blocks = self.blocks.saturating_sub(1),
            _ => {}
        }
    }
}

/// The word that ends a heredoc, from what stands behind `<<`.
fn delimiter(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(['-', ' ', '\'', '"', '\\']);
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit())).then_some(word)
}

/// A fence without its prompts and without what the machine answered; the rows stay.
pub(super) struct Stripped<'a> {
    pub(super) text: Cow<'a, str>,
    /// The row of each command that was answered, with the answer.
    pub(super) samples: Vec<(usize, String)>,
}

/// Strips a fence; one without a prompt stays as it is.
pub(super) fn strip(text: &str) -> Stripped<'_> {
    if !text.lines().any(|line| prompt(line).is_some()) {
        return Stripped { text: Cow::Borrowed(text), samples: Vec::new() };
    }
    let mut open = Open::default();
    let mut kept = String::with_capacity(text.len());
    let mut samples: Vec<(usize, String)> = Vec::new();
    let mut command: Option<usize> = None;
    for (row, line) in text.lines().enumerate() {
        if let Some(rest) = prompt(line) {
            open = Open::default();
            open.feed(rest);
            command = Some(row);
            kept.push_str(rest);
        } else if open.is_open() {
            let rest = line.strip_prefix("> ").unwrap_or(line);
            open.feed(rest);
            kept.push_str(rest);
        } else if line.trim_start().starts_with('#') {
            kept.push_str(line.trim_start());
        } else if let Some(at) = command {
            match samples.last_mut().filter(|(row, _)| *row == at) {
                Some((_, answer)) => {
                    answer.push('\n');
                    answer.push_str(line);
                }
                None if line.trim().is_empty() => {}
                None => samples.push((at, line.to_owned())),
            }
        }
        kept.push('\n');
    }
    for (_, answer) in &mut samples {
        answer.truncate(answer.trim_end().len());
    }
    Stripped { text: Cow::Owned(kept), samples }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_from_comments() {
        assert_eq!(prompt("  $ ls -l"), Some("ls -l"));
        assert_eq!(prompt("ada@db1:~/x$ ls"), Some("ls"));
        assert_eq!(prompt("[root@db1 ~]# ls"), Some("ls"));
        assert_eq!(prompt("# ls"), None);
        assert_eq!(prompt("mail ada@x.example # note"), None);
        assert_eq!(prompt("$HOME/bin/x"), None);
    }

    #[test]
    fn what_the_machine_answers_is_no_command() {
        let stripped =
            strip("$ git tag v1\n$ cat <<E\n> a $ b\n> E\nanswer\n\nmore\n# note\n$ for x in a\n> do y\n> done\n> 3\n");
        assert_eq!(stripped.text, "git tag v1\ncat <<E\na $ b\nE\n\n\n\n# note\nfor x in a\ndo y\ndone\n\n");
        assert_eq!(stripped.samples, [(1, "answer\n\nmore".to_owned()), (8, "> 3".to_owned())]);
    }
}
