//! Words as typed nodes, cut at a byte of the plain words.

use crate::model::{Inline, Inlines};

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
            let words = piece.shared();
            let left = words.get(from..).unwrap_or("");
            if left.len() <= missing {
                missing -= left.len();
                taken.push(piece.with(words.part(from..words.len())));
                continue;
            }
            let at = from + (missing..left.len()).find(|at| left.is_char_boundary(*at)).unwrap_or(left.len());
            taken.push(piece.with(words.part(from..at)));
            self.open = Some((piece, at));
            missing = 0;
        }
        taken
    }

    /// All that is left.
    pub(crate) fn rest(mut self) -> Inlines {
        let open = self.open.take().map(|(piece, from)| piece.with(piece.shared().part(from..piece.text().len())));
        open.into_iter().chain(self.rest.cloned()).filter(|piece| !piece.text().is_empty()).collect()
    }
}

/// The words behind the first `length` bytes, without leading blanks.
pub(crate) fn behind(inlines: &[Inline], length: usize) -> Inlines {
    let mut cutter = Cutter::new(inlines);
    cutter.take(length);
    let mut rest = cutter.rest();
    while let Some(first) = rest.first_mut() {
        let words = first.shared();
        let blanks = words.len() - words.trim_start().len();
        if blanks == words.len() {
            rest.remove(0);
            continue;
        }
        *first = first.with(words.part(blanks..words.len()));
        break;
    }
    rest
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
