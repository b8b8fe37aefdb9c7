//! A command as plain words, where it is as simple as a check is.
//!
//! Owns: quotes, pipes, and what makes a command more than one that can be told by its words. Must not know: what the
//! words mean.

/// One stage of a pipe.
pub(crate) type Words = Vec<String>;

/// The stages of a pipe, each as its words; `None` for anything more than that: a second command, a redirection into a
/// file, what the shell replaces, a variable.
pub(crate) fn stages(command: &str) -> Option<Vec<Words>> {
    let mut stages: Vec<Words> = vec![Vec::new()];
    let (mut word, mut is_word, mut quote) = (String::new(), false, None);
    let mut characters = command.trim().chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some('"') | None, '\\') => match characters.next()? {
                // The line goes on.
                '\n' => {}
                escaped => {
                    word.push(escaped);
                    is_word = true;
                }
            },
            (Some('"') | None, '$' | '`') => return None,
            (Some(_), _) => word.push(character),
            (None, '\'' | '"') => {
                quote = Some(character);
                is_word = true;
            }
            (None, '#') if !is_word => break,
            (None, '\n' | ';' | '&' | '<' | '(' | ')' | '{' | '}') => return None,
            (None, '>') => {
                // What is thrown away, or put with the output, changes nothing.
                let target: String = std::iter::from_fn(|| characters.next_if(|next| !next.is_whitespace())).collect();
                let is_error = is_word && word == "2";
                let is_harmless = target == "/dev/null" || is_error && target == "&1";
                if !is_harmless || is_word && !is_error {
                    return None;
                }
                (word, is_word) = (String::new(), false);
            }
            (None, '|') => {
                if characters.peek() == Some(&'|') {
                    return None;
                }
                end_word(&mut stages, &mut word, &mut is_word);
                stages.push(Vec::new());
            }
            (None, _) if character.is_whitespace() => end_word(&mut stages, &mut word, &mut is_word),
            (None, _) => {
                word.push(character);
                is_word = true;
            }
        }
    }
    end_word(&mut stages, &mut word, &mut is_word);
    (quote.is_none() && stages.iter().all(|stage| !stage.is_empty())).then_some(stages)
}

fn end_word(stages: &mut [Words], word: &mut String, is_word: &mut bool) {
    if std::mem::take(is_word)
        && let Some(stage) = stages.last_mut()
    {
        stage.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &str, expected: &str) {
        let told =
            stages(command).map(|stages| stages.iter().map(|words| words.join("·")).collect::<Vec<_>>().join(" | "));
        assert_eq!(told.unwrap_or_else(|| "no".to_owned()), expected, "{command}");
    }

    #[test]
    fn a_pipe_is_its_words_and_anything_more_is_none() {
        check("curl -s 'http://a/x y' | jq .", "curl·-s·http://a/x y | jq·.");
        check("curl \\\n  -f \"http://a\" # health", "curl·-f·http://a");
        check("curl -o /dev/null http://a 2>/dev/null", "curl·-o·/dev/null·http://a");
        check("nc -z db 5432 2>&1 >/dev/null", "nc·-z·db·5432");
        for more in [
            "a; b",
            "a && b",
            "a || b",
            "a > file",
            "a >> file",
            "echo $(rm x)",
            "echo `rm x`",
            "curl $HOST",
            "a &",
            "a < b",
            "(a)",
            "a 'b",
            "a |",
            "",
            "a\nb",
            "curl \"http://$HOST/\"",
            "a 1>&2",
            "x{1,2}",
        ] {
            check(more, "no");
        }
    }
}
