//! From byte offsets of the text to the lines and columns that people see.

use std::borrow::Cow;
use std::cell::Cell;

use crate::model::Range;

/// A carriage return that stands alone ends a line in Markdown (CommonMark 0.31, 2.1): it becomes a line feed, so that
/// lines are counted as they are read. No byte changes its place.
#[must_use]
pub fn line_ends(text: &str) -> Cow<'_, str> {
    let is_alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|(at, _)| is_alone(at)) {
        return Cow::Borrowed(text);
    }
    let ends =
        text.char_indices().map(|(at, character)| if character == '\r' && is_alone(at) { '\n' } else { character });
    Cow::Owned(ends.collect())
}

/// The text with the starts of its lines.
pub(crate) struct Source<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// The line that was asked for last, counted from 0: most questions are about the same line or one soon behind it.
    last: Cell<usize>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        // A line has some forty bytes.
        let mut line_starts = Vec::with_capacity(text.len() / 40 + 1);
        line_starts.push(0);
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for (word, place) in words.iter().zip((0..).step_by(8)) {
            let mut ends = line_feeds(u64::from_le_bytes(*word));
            while ends != 0 {
                line_starts.push(place + ends.trailing_zeros() as usize / 8 + 1);
                ends &= ends - 1;
            }
        }
        let behind = text.len() - rest.len();
        let ends = rest.iter().zip(behind..).filter(|(byte, _)| **byte == b'\n');
        line_starts.extend(ends.map(|(_, at)| at + 1));
        Self { text, line_starts, last: Cell::new(0) }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Line of the byte at `offset`, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        const NEAR: usize = 8;
        let last = self.last.get();
        let near = self.line_starts.get(last..).unwrap_or_default();
        let line = match near.iter().take(NEAR).position(|start| *start > offset) {
            Some(behind @ 1..) => last + behind,
            _ => self.line_starts.partition_point(|start| *start <= offset).max(1),
        };
        self.last.set(line - 1);
        line
    }

    /// How many lines there are; an end of line at the very end begins no further one.
    pub(crate) fn lines(&self) -> usize {
        let ends_with_line = self.line_starts.len() > 1 && self.line_starts.last() == Some(&self.text.len());
        self.line_starts.len() - usize::from(ends_with_line)
    }

    /// The first byte of line `line` (from 1).
    pub(crate) fn line_start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|index| self.line_starts.get(index)).copied().unwrap_or(self.text.len())
    }

    /// The words of line `line` (from 1), without its end.
    pub(crate) fn line_text(&self, line: usize) -> &'a str {
        let Some(start) = line.checked_sub(1).and_then(|index| self.line_starts.get(index)) else { return "" };
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let mut line = self.text.as_bytes().get(*start..end).unwrap_or_default();
        while let [rest @ .., b'\n' | b'\r'] = line {
            line = rest;
        }
        self.text.get(*start..start + line.len()).unwrap_or("")
    }

    /// The whole of line `line`, without leading blanks.
    pub(crate) fn whole_line(&self, line: usize) -> Range {
        let text = self.line_text(line);
        let behind = text.trim_start();
        // In most lines each character is a byte.
        let is_ascii = text.is_ascii();
        let count = |text: &str| if is_ascii { text.len() } else { text.chars().count() };
        let length = count(text);
        Range { line, column: length - count(behind) + 1, end_line: line, end_column: length + 1 }
    }
}

/// The upper bit of each of eight bytes that is a line feed.
fn line_feeds(bytes: u64) -> u64 {
    const LOWER: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // A byte is no line feed where it differs from one in its lower seven bits, which carries into the eighth, or in the
    // eighth itself.
    let other = bytes ^ 0x0a0a_0a0a_0a0a_0a0a;
    !((other & LOWER).wrapping_add(LOWER) | other | LOWER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_return_ends_a_line_and_moves_no_byte() {
        assert_eq!(line_ends("a\rb\r\nc\r"), "a\nb\r\nc\n");
        assert!(matches!(line_ends("a\r\nb\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_is_the_same_whichever_was_asked_for_before() {
        let text = "a\n\nbcd\n".repeat(20);
        let source = Source::new(&text);
        for step in [1, 5, 7, 61, 119] {
            for offset in (0..=text.len()).map(|at| at * step % (text.len() + 1)) {
                let before = text[..offset].matches('\n').count();
                assert_eq!(source.line(offset), before + 1, "{offset}");
            }
        }
    }

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let source = Source::new("a\r\nbä✅c\n");
        assert_eq!(source.line(0), 1);
        assert_eq!(source.line(3), 2);
        assert_eq!(source.line_text(2), "bä✅c");
        assert_eq!(source.whole_line(2), Range { line: 2, column: 1, end_line: 2, end_column: 5 });
        assert_eq!(source.line_text(9), "");
    }
}
