//! From byte offsets to lines and columns.

/// Where the lines of a text begin.
pub(super) struct Lines<'text> {
    text: &'text str,
    starts: Vec<usize>,
}

impl<'text> Lines<'text> {
    pub(super) fn of(text: &'text str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        // What follows a final line break is no line of the text: a mistake at the end is told at the last one.
        let starts = std::iter::once(0).chain(after_breaks.filter(|start| *start < text.len())).collect();
        Self { text, starts }
    }

    /// Whether a `[` stands right before this byte offset.
    pub(super) fn is_in_heading(&self, offset: usize) -> bool {
        self.text.get(..offset).is_some_and(|before| before.trim_end_matches([' ', '\t']).ends_with('['))
    }

    /// Line and column, both from 1, of a byte offset; the column in characters. An offset behind the end is the end of
    /// the last line.
    pub(super) fn at(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.strip_suffix('\n').unwrap_or(self.text).len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = self.text.as_bytes().get(start..offset).unwrap_or_default();
        // Bytes that continue a character are told by their two highest bits.
        let column = before.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count() + 1;
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let lines = Lines::of("ab\nä€c\n");
        assert_eq!(lines.at(0), (1, 1));
        assert_eq!(lines.at(1), (1, 2));
        assert_eq!(lines.at(3), (2, 1));
        assert_eq!(lines.at(8), (2, 3));
        assert_eq!(lines.at(9), (2, 4));
        assert_eq!(lines.at(9999), (2, 4));
        assert_eq!(Lines::of("").at(0), (1, 1));
    }
}
