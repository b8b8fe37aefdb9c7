//! Marks that a person takes for a box and Markdown does not: what an entry, a line or a cell begins with.

use crate::model::{Inline, SourceMark};

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    /// `[-]`, `[~]`, `[]`, `[ ]text`, a no-break space in the box.
    Bracket,
    /// `☐`, `✅`, `⏳`, `:white_check_mark:`.
    Sign,
}

/// A mark at the beginning of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) state: SourceMark,
    pub(crate) sort: Sort,
    /// Bytes up to the words behind it.
    pub(crate) length: usize,
}

/// The mark that the words begin with.
pub(crate) fn mark(words: &str) -> Option<Mark> {
    bracket(words).or_else(|| sign(words))
}

/// The mark of a line's words; code and links are never one.
pub(crate) fn of(inlines: &[Inline]) -> Option<Mark> {
    let first = inlines.iter().find(|inline| !inline.text().trim().is_empty())?;
    if matches!(first, Inline::Code { .. } | Inline::Link { .. }) {
        return None;
    }
    mark(&Inline::said(inlines))
}

/// `[ ] `, `[x] ` and what people write for them.
pub(crate) fn bracket(words: &str) -> Option<Mark> {
    let start = words.len() - words.trim_start().len();
    let inner = words.get(start..)?.strip_prefix('[')?;
    let end = inner.find(']').filter(|end| *end <= 4)?;
    let (sign, rest) = (inner.get(..end)?, inner.get(end + 1..)?);
    let next = rest.chars().next();
    let is_apart = next.is_none_or(char::is_whitespace);
    let is_joined = next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '`' | '*' | '"'));
    let state = match sign.trim() {
        "" if sign.is_empty() && next.is_none() => return None,
        "" if is_apart || is_joined => SourceMark::Open,
        "x" | "X" | "✓" | "✔" | "✅" if is_apart => SourceMark::Claimed,
        "x" | "X" if !sign.is_empty() && is_joined => SourceMark::Claimed,
        "-" if is_apart => SourceMark::Cancelled,
        "~" | "/" | ">" | "?" | "!" if is_apart => SourceMark::Unknown,
        _ => return None,
    };
    Some(Mark { state, sort: Sort::Bracket, length: start + end + 2 })
}

/// A status sign, as a character or by its name.
pub(crate) fn sign(words: &str) -> Option<Mark> {
    let start = words.len() - words.trim_start().len();
    let rest = words.get(start..)?;
    let (state, length) = match rest.strip_prefix(':') {
        Some(named) => {
            let end = named.find(':').filter(|end| *end <= 30)?;
            (state_of_name(named.get(..end)?)?, end + 2)
        }
        None => {
            let first = rest.chars().next()?;
            let variation = rest.get(first.len_utf8()..).is_some_and(|rest| rest.starts_with('\u{fe0f}'));
            (state_of(first)?, first.len_utf8() + if variation { '\u{fe0f}'.len_utf8() } else { 0 })
        }
    };
    Some(Mark { state, sort: Sort::Sign, length: start + length })
}

/// Whether a character is the picture of an empty or ticked box, which nobody uses as decoration.
pub(crate) fn is_box(character: char) -> bool {
    matches!(character, '☐' | '☑' | '☒' | '⬜' | '□' | '◻' | '▢' | '🔲' | '🗹')
}

/// Whether a character is a status sign.
pub(crate) fn is_status(character: char) -> bool {
    state_of(character).is_some()
}

fn state_of(sign: char) -> Option<SourceMark> {
    Some(match sign {
        '☐' | '⬜' | '□' | '◻' | '▢' | '🔲' => SourceMark::Open,
        '✅' | '☑' | '✔' | '✓' | '🗹' => SourceMark::Claimed,
        '☒' | '❌' | '❎' | '✗' | '✘' | '✖' | '⏳' | '⌛' | '⏸' | '🚧' => SourceMark::Unknown,
        _ => return None,
    })
}

fn state_of_name(name: &str) -> Option<SourceMark> {
    Some(match name {
        "white_large_square" | "white_medium_square" | "black_square_button" | "white_square_button" => {
            SourceMark::Open
        }
        "white_check_mark" | "heavy_check_mark" | "ballot_box_with_check" | "check_mark" => SourceMark::Claimed,
        "x"
        | "negative_squared_cross_mark"
        | "heavy_multiplication_x"
        | "hourglass"
        | "hourglass_flowing_sand"
        | "construction" => SourceMark::Unknown,
        _ => return None,
    })
}

/// The words that name a state, which is all that a legend has to say.
fn is_state_word(word: &str) -> bool {
    matches!(
        word.trim_matches(|character: char| !character.is_alphanumeric()),
        "" | "done"
            | "complete"
            | "completed"
            | "in"
            | "progress"
            | "pending"
            | "waiting"
            | "failed"
            | "blocked"
            | "open"
            | "not"
            | "started"
            | "yet"
            | "passed"
            | "pass"
            | "fail"
            | "ok"
            | "okay"
            | "yes"
            | "no"
            | "na"
            | "todo"
            | "ready"
            | "skipped"
            | "unknown"
            | "successful"
            | "success"
            | "failure"
            | "erledigt"
            | "offen"
            | "fertig"
            | "hecho"
            | "pendiente"
            | "готово"
    )
}

/// Whether these lines, each led by a sign, explain the signs instead of using them: every sign once, and only the name
/// of a state behind it.
pub(crate) fn is_legend(lines: &[impl AsRef<str>]) -> bool {
    let mut signs: Vec<&str> = Vec::new();
    let mut all_states = true;
    for line in lines.iter().map(AsRef::as_ref) {
        let Some(mark) = sign(line) else { continue };
        let (Some(sign), Some(words)) = (line.get(..mark.length), line.get(mark.length..)) else { continue };
        if words.trim_start().starts_with(['=', '→']) {
            return true;
        }
        signs.push(sign.trim());
        all_states &= words.split_whitespace().all(|word| is_state_word(&word.to_lowercase()));
    }
    let count = signs.len();
    signs.sort_unstable();
    signs.dedup();
    count > 1 && signs.len() == count && all_states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_markdown_shows_as_text() {
        let state = |words: &str| bracket(words).map(|mark| (mark.state, words[mark.length..].trim().to_owned()));
        assert_eq!(state("[-] dropped"), Some((SourceMark::Cancelled, "dropped".to_owned())));
        assert_eq!(state("[~] half"), Some((SourceMark::Unknown, "half".to_owned())));
        assert_eq!(state("[] bare"), Some((SourceMark::Open, "bare".to_owned())));
        assert_eq!(state("[ ]joined"), Some((SourceMark::Open, "joined".to_owned())));
        assert_eq!(state("[X]joined"), Some((SourceMark::Claimed, "joined".to_owned())));
        assert_eq!(state("[\u{a0}]\u{a0}apart"), Some((SourceMark::Open, "apart".to_owned())));
        for words in ["[x](y)", "[TIME] x", "[]", "[](y)", "[1] note", "[Team] x", "[-]x", "[ ]: x", "a [ ] b"] {
            assert_eq!(state(words), None, "{words}");
        }
    }

    #[test]
    fn signs_that_tell_a_state() {
        let state = |words: &str| sign(words).map(|mark| (mark.state, words[mark.length..].trim().to_owned()));
        assert_eq!(state("☐ open"), Some((SourceMark::Open, "open".to_owned())));
        assert_eq!(state("✔\u{fe0f} done"), Some((SourceMark::Claimed, "done".to_owned())));
        assert_eq!(state(":white_check_mark: done"), Some((SourceMark::Claimed, "done".to_owned())));
        assert_eq!(state("⏳ waits"), Some((SourceMark::Unknown, "waits".to_owned())));
        for words in ["🚀 go", "👍", "⚠️ careful", ":rocket: go", "done ✅", ":x", "1️⃣ first"] {
            assert_eq!(state(words), None, "{words}");
        }
    }

    #[test]
    fn a_legend_uses_no_sign() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert!(is_legend(&lines(&["✅ Done", "⏳ In progress", "❌ Failed"])));
        assert!(is_legend(&lines(&["✅ = somebody has looked at it today"])));
        assert!(!is_legend(&lines(&["✅ Database up", "⏳ Cache up"])));
        assert!(!is_legend(&lines(&[
            "✅ The database answers from both zones",
            "❌ The cache answers from one zone only"
        ])));
    }

    #[test]
    fn code_and_links_are_no_marks() {
        assert!(of(&[Inline::Code { text: "[ ] x".into() }]).is_none());
        assert!(of(&[Inline::Strong { text: "[ ] x".into() }]).is_some());
    }
}
