//! Words as typed nodes, cut at a byte of the plain words.

use crate::model::Inline;

/// Takes pieces off the front of a line's words.
pub(crate) struct Cutter<'a> {
    rest: std::slice::Iter<'a, Inline>,
    /// What is left of the piece that was cut last.
    open: Option<Inline>,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(inlines: &'a [Inline]) -> Self {
        Self { rest: inlines.iter(), open: None }
    }

    /// The next `length` bytes; less where the words end, and to the next whole character where it falls into one.
    pub(crate) fn take(&mut self, length: usize) -> Vec<Inline> {
        let mut taken = Vec::new();
        let mut missing = length;
        while missing > 0 {
            let Some(piece) = self.open.take().or_else(|| self.rest.next().cloned()) else { break };
            let own = piece.text().len();
            if own <= missing {
                missing -= own;
                taken.push(piece);
                continue;
            }
            let at = (missing..=own).find(|at| piece.text().is_char_boundary(*at)).unwrap_or(own);
            let (head, tail) = piece.text().split_at(at);
            taken.push(same_dress(&piece, head));
            self.open = Some(same_dress(&piece, tail));
            missing = 0;
        }
        taken
    }

    /// All that is left.
    pub(crate) fn rest(mut self) -> Vec<Inline> {
        self.open.take().into_iter().chain(self.rest.cloned()).filter(|piece| !piece.text().is_empty()).collect()
    }
}

/// The words behind the first `length` bytes, without leading blanks.
pub(crate) fn behind(inlines: &[Inline], length: usize) -> Vec<Inline> {
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
    let text = words.to_owned();
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
            Inline::Text { text: "✅ ".to_owned() },
            Inline::Strong { text: "Backup ä".to_owned() },
            Inline::Text { text: " taken".to_owned() },
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
