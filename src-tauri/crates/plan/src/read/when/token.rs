//! A text about time as words, numbers and signs, and a place in them.
//!
//! Owns: the cutting. Must not know: what a date, a time or a zone is.

/// A piece of a text about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// First byte in the text.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits.
    Number(String),
    /// Letters, in lower case.
    Word(String),
    /// Anything else that is no blank; all dashes are one.
    Sign(char),
}

/// Cuts a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        let mut end = start + character.len_utf8();
        let kind = if character.is_ascii_digit() {
            let mut number = String::from(character);
            while let Some((at, next)) = rest.next_if(|(_, next)| next.is_ascii_digit()) {
                number.push(next);
                end = at + 1;
            }
            Kind::Number(number)
        } else if character.is_alphabetic() {
            let mut word: String = character.to_lowercase().collect();
            while let Some((at, next)) = rest.next_if(|(_, next)| next.is_alphabetic() || is_accent(*next)) {
                word.extend(next.to_lowercase());
                end = at + next.len_utf8();
            }
            // The capital I with a dot of Turkish becomes an i and an accent of its own.
            word.retain(|letter| !is_accent(letter));
            Kind::Word(word)
        } else if character.is_whitespace() {
            continue;
        } else {
            Kind::Sign(if matches!(character, '–' | '—' | '−' | '‑' | '‒') { '-' } else { character })
        };
        found.push(Token { kind, start, end });
    }
    found
}

fn is_accent(character: char) -> bool {
    character == '\u{307}'
}

/// A place in the tokens; each reader either takes what it understands or leaves the place as it was.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) at: usize,
    /// The year of dates that name none.
    pub(super) year: Option<i16>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token], year: Option<i16>) -> Self {
        Self { text, tokens, at: 0, year }
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<&'a Token> {
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
