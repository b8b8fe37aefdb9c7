//! A text about time as words, numbers and signs, and a place in them.
//!
//! Owns: the cutting. Must not know: what a date, a time or a zone is.

use std::borrow::Cow;

use smallvec::SmallVec;

/// A piece of a text about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    /// First byte in the text.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// Digits.
    Number(&'a str),
    /// Letters, in lower case.
    Word(Cow<'a, str>),
    /// Anything else that is no blank; all dashes are one.
    Sign(char),
}

/// A text in lower case of which [`tokens`] takes the words; nothing where they have to be brought into it one by one.
pub(super) fn lowered(text: &str) -> Cow<'_, str> {
    match text.is_ascii() {
        true if text.bytes().any(|byte| byte.is_ascii_uppercase()) => Cow::Owned(text.to_ascii_lowercase()),
        true => Cow::Borrowed(text),
        false => Cow::Borrowed(""),
    }
}

/// Cuts a text; `lowered` is what [`lowered`] makes of it.
pub(super) fn tokens<'a>(text: &'a str, lowered: &'a str) -> SmallVec<[Token<'a>; 16]> {
    let bytes = text.as_bytes();
    // The place at which the letters or digits that begin at one end.
    let run =
        |from: usize, is_in: fn(u8) -> bool| from + bytes.iter().skip(from).take_while(|byte| is_in(**byte)).count();
    let mut found = SmallVec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let start = at;
        if byte.is_ascii_digit() {
            at = run(at, |byte| byte.is_ascii_digit());
            found.push(Token { kind: Kind::Number(text.get(start..at).unwrap_or("")), start, end: at });
            continue;
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        at += character.len_utf8();
        if character.is_alphabetic() {
            at = run(at, |byte| byte.is_ascii_alphabetic());
            // Most words end here; the letters of other alphabets are looked at one by one.
            if bytes.get(at).is_some_and(|next| !next.is_ascii()) {
                let rest = text.get(at..).unwrap_or("");
                at += rest.find(|next: char| !next.is_alphabetic() && !is_accent(next)).unwrap_or(rest.len());
            }
            let word = text.get(start..at).unwrap_or("");
            let word = match lowered.get(start..at) {
                Some(word) => Cow::Borrowed(word),
                None if word.bytes().all(|byte| byte.is_ascii_lowercase()) => Cow::Borrowed(word),
                None => Cow::Owned(lower(word)),
            };
            found.push(Token { kind: Kind::Word(word), start, end: at });
        } else if !character.is_whitespace() {
            let sign = if matches!(character, '–' | '—' | '−' | '‑' | '‒') { '-' } else { character };
            found.push(Token { kind: Kind::Sign(sign), start, end: at });
        }
    }
    found
}

/// Whether one of a text's words, in lower case, is so.
pub(super) fn any_word(text: &str, is: impl Fn(&str) -> bool) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        if byte.is_ascii() && !byte.is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        at += bytes.iter().skip(at).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if bytes.get(at).is_some_and(|next| !next.is_ascii()) {
            let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if at == start && !character.is_alphabetic() {
                at += character.len_utf8();
                continue;
            }
            let rest = text.get(at..).unwrap_or("");
            at += rest.find(|next: char| !next.is_alphabetic() && !is_accent(next)).unwrap_or(rest.len());
        }
        let word = text.get(start..at).unwrap_or("");
        let mut room = [0; 24];
        let is_so = if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            is(word)
        } else if let Some(room) = room.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            room.copy_from_slice(word.as_bytes());
            room.make_ascii_lowercase();
            str::from_utf8(room).is_ok_and(&is)
        } else {
            is(&lower(word))
        };
        if is_so {
            return true;
        }
    }
    false
}

fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let letters = word.chars().flat_map(char::to_lowercase);
    // The capital I with a dot of Turkish becomes an i and an accent of its own.
    letters.filter(|letter| !is_accent(*letter)).collect()
}

fn is_accent(character: char) -> bool {
    character == '\u{307}'
}

/// A place in the tokens; each reader either takes what it understands or leaves the place as it was.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token<'a>],
    pub(super) at: usize,
    /// The year of dates that name none.
    pub(super) year: Option<i16>,
    /// Whether a word like "before" or "after" may stand among the pieces.
    pub(super) has_direction: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token<'a>], year: Option<i16>) -> Self {
        Self { text, tokens, at: 0, year, has_direction: true }
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at + ahead)
    }

    /// The digits of a number.
    pub(super) fn digits(&self, ahead: usize) -> Option<&'a str> {
        match &self.peek(ahead)?.kind {
            Kind::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// A number of four digits at most.
    pub(super) fn number(&self, ahead: usize) -> Option<i32> {
        self.digits(ahead).filter(|digits| digits.len() <= 4)?.parse().ok()
    }

    pub(super) fn word(&self, ahead: usize) -> Option<&'a str> {
        match &self.peek(ahead)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The piece as it stands.
    pub(super) fn written(&self, ahead: usize) -> &'a str {
        self.peek(ahead).and_then(|token| self.text.get(token.start..token.end)).unwrap_or("")
    }

    /// Whether the piece is written in capitals only.
    pub(super) fn is_upper(&self, ahead: usize) -> bool {
        let written = self.written(ahead);
        !written.is_empty() && written.chars().all(char::is_uppercase)
    }

    /// Whether the piece begins with a capital.
    pub(super) fn is_capital(&self, ahead: usize) -> bool {
        self.written(ahead).starts_with(char::is_uppercase)
    }

    pub(super) fn sign(&self, ahead: usize, sign: char) -> bool {
        self.peek(ahead).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    /// Whether nothing stands between this piece and the one before it.
    pub(super) fn is_joined(&self, ahead: usize) -> bool {
        let before = (self.at + ahead).checked_sub(1).and_then(|at| self.tokens.get(at));
        before.zip(self.peek(ahead)).is_some_and(|(before, token)| before.end == token.start)
    }

    /// How many pieces a word or sign between two ends of a range takes; 0 where there is none.
    pub(super) fn until(&self, ahead: usize) -> usize {
        if self.sign(ahead, '-') || self.sign(ahead, '/') || self.sign(ahead, '→') || self.sign(ahead, '…') {
            return 1;
        }
        if self.sign(ahead, '.') && self.sign(ahead + 1, '.') {
            return 2;
        }
        usize::from(matches!(
            self.word(ahead),
            Some("to" | "until" | "till" | "through" | "bis" | "au" | "al" | "hasta" | "até" | "до" | "по")
        ))
    }
}
