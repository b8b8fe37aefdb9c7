//! Words as typed nodes, cut at a byte of the plain words.

use crate::model::{Inline, Inlines, Text};

/// Takes pieces off the front of a line's words.
pub(crate) struct Cutter<'a> {
    rest: std::slice::Iter<'a, Inline>,
    /// The piece that was cut last, and how much of it is taken. It is never copied whole: a paragraph may be one piece
    /// of many lines.
    open: Option<(&'a Inline, usize)>,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(inlines: &'a [Inline]) -> Self {
        Self { rest: inlines.iter(), open: None }
    }

    /// The next `length` bytes; less where the words end, and to the next whole character where it falls into one.
    pub(crate) fn take(&mut self, length: usize) -> Inlines {
        let mut taken = Inlines::default();
        let mut missing = length;
        while missing > 0 {
            let Some((piece, from)) = self.open.take().or_else(|| self.rest.next().map(|piece| (piece, 0))) else {
                break;
            };
            let left = piece.text().get(from..).unwrap_or("");
            if left.len() <= missing {
                missing -= left.len();
                taken.push(same_dress(piece, left));
                continue;
            }
            let at = (missing..=left.len()).find(|at| left.is_char_boundary(*at)).unwrap_or(left.len());
            taken.push(same_dress(piece, left.get(..at).unwrap_or("")));
            self.open = Some((piece, from + at));
            missing = 0;
        }
        taken
    }

    /// All that is left.
    pub(crate) fn rest(mut self) -> Inlines {
        let open = self.open.take().map(|(piece, from)| same_dress(piece, piece.text().get(from..).unwrap_or("")));
        open.into_iter().chain(self.rest.cloned()).filter(|piece| !piece.text().is_empty()).collect()
    }
}

/// The words behind the first `length` bytes, without leading blanks.
pub(crate) fn behind(inlines: &[Inline], length: usize) -> Inlines {
    let mut cutter = Cutter::new(inlines);
    cutter.take(length);
    let mut rest = cutter.rest();
    while let Some(first) = rest.first_mut() {
        let trimmed = first.text().trim_start().to_owned();
        if trimmed.is_empty() {
            rest.remove(0);
            continue;
        }
        *first = same_dress(first, &trimmed);
        break;
    }
    rest
}

fn same_dress(piece: &Inline, words: &str) -> Inline {
    let text = Text::from(words);
    match piece {
        Inline::Text { .. } => Inline::Text { text },
        Inline::Emphasis { .. } => Inline::Emphasis { text },
        Inline::Strong { .. } => Inline::Strong { text },
        Inline::Code { .. } => Inline::Code { text },
        Inline::Link { target, .. } => Inline::Link { text, target: target.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_without_losing_their_dress() {
        let words = [
            Inline::Text { text: "✅ ".into() },
            Inline::Strong { text: "Backup ä".into() },
            Inline::Text { text: " taken".into() },
        ];
        let rest = behind(&words, "✅".len());
        assert_eq!(Inline::plain(&rest), "Backup ä taken");
        assert!(matches!(rest.first(), Some(Inline::Strong { .. })));
        let mut cutter = Cutter::new(&words);
        assert_eq!(Inline::plain(&cutter.take(6)), "✅ Ba");
        assert_eq!(Inline::plain(&cutter.take(0)), "");
        assert_eq!(Inline::plain(&cutter.rest()), "ckup ä taken");
        assert_eq!(Inline::plain(&behind(&words, 99)), "");
    }
}
