//! The source in rows: its lines, those of which nothing was made folded, page by page.

use std::collections::HashSet;
use std::fmt::Write as _;

use plan::{Plan, ReadAs};

use super::super::book::Book;
use super::super::words::small;
use super::goal::Goals;
use super::{Checked, level_word, said};
use crate::wire::{SourceLineView, SourcePageView, SourceQuery, SourceRowView};

/// How many rows a page has: some screens full.
const PAGE: usize = 200;

/// How many lines are folded at least: two folded lines would save one row.
const SHORTEST_FOLD: usize = 3;

/// How much of a line is shown: more than the widest window has room for.
const LONGEST_LINE: usize = 500;

/// How many lines a text has; an end of line at the very end begins no further one.
pub(super) fn count(text: &str) -> usize {
    text.split('\n').count() - usize::from(text.ends_with('\n') && !text.is_empty())
}

/// The page of the source that is asked for.
pub(crate) fn source_page(book: &Book<'_>, checked: Checked<'_>, query: &SourceQuery) -> SourcePageView {
    let text = plan::line_ends(checked.text);
    let lines: Vec<&str> = text.split('\n').take(count(&text)).collect();
    let gravest = checked.gravest();
    let all = stretches(book.plan, lines.len(), gravest.keys().copied());
    let asked = large(query.line).min(lines.len());
    let wanted: HashSet<u32> = query.unfolded.iter().copied().collect();
    let is_unfolded = |stretch: &Stretch| wanted.contains(&small(stretch.first)) || stretch.holds(asked);
    let rows = Rows { folded: all.iter().copied().filter(|stretch| !is_unfolded(stretch)).collect() };
    let unfolded: Vec<Stretch> = all.into_iter().filter(is_unfolded).collect();
    let total = rows.total(lines.len());
    let at = if asked == 0 { 0 } else { rows.row_of(asked) };
    let wanted = if asked == 0 { large(query.from) } else { at };
    let from = wanted.min(total.saturating_sub(1)) / PAGE * PAGE;
    let goals = checked.has_room.then(|| Goals::of(book));
    let mut page = Vec::with_capacity(PAGE);
    let mut line = rows.line_at(from);
    while page.len() < PAGE && line <= lines.len() {
        if let Some(fold) = rows.fold_at(line) {
            page.push(fold.view());
            line = fold.last + 1;
            continue;
        }
        let said = said::line(book, line);
        page.push(SourceRowView::Line(SourceLineView {
            line: small(line),
            text: lines.get(line - 1).map(|text| shown(text)).unwrap_or_default(),
            read: said.read.to_owned(),
            words: said.words,
            finding: gravest.get(&line).map(|level| level_word(*level)).unwrap_or_default().to_owned(),
            stretch: unfolded.iter().find(|stretch| stretch.holds(line)).map_or(0, |stretch| small(stretch.first)),
            goal: goals.as_ref().and_then(|goals| goals.goal(line)),
        }));
        line += 1;
    }
    SourcePageView {
        total: small(total),
        from: small(from),
        at: small(at),
        unfolded: unfolded.iter().map(|stretch| small(stretch.first)).collect(),
        rows: page,
    }
}

fn large(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A line as it is drawn: what is too long is cut, and what no letter is drawn for is shown as such.
fn shown(text: &str) -> String {
    let text = text.strip_suffix('\r').unwrap_or(text);
    let draw = |letter: char| if letter.is_control() && letter != '\t' { '\u{fffd}' } else { letter };
    let mut drawn: String = text.chars().take(LONGEST_LINE).map(draw).collect();
    if drawn.len() < text.len() {
        let length = text.chars().count();
        if length > LONGEST_LINE && write!(drawn, " … {length} characters").is_err() {
            return drawn;
        }
    }
    drawn
}

/// Lines of which nothing was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    first: usize,
    last: usize,
}

impl Stretch {
    fn holds(self, line: usize) -> bool {
        (self.first..=self.last).contains(&line)
    }

    fn view(self) -> SourceRowView {
        let words = format!("{} lines · {} – {}", self.last - self.first + 1, self.first, self.last);
        SourceRowView::Fold { line: small(self.first), words }
    }
}

/// The stretches of which nothing was made and in which nothing was found.
fn stretches(plan: &Plan, lines: usize, found: impl Iterator<Item = usize>) -> Vec<Stretch> {
    let mut is_made = vec![false; lines + 1];
    let mut make = |first: usize, last: usize| {
        for made in is_made.iter_mut().take(last + 1).skip(first) {
            *made = true;
        }
    };
    for reading in plan.reading.iter().filter(|reading| !is_plain(&reading.read)) {
        make(reading.line, reading.end_line);
    }
    plan.counts.ignored.iter().map(|ignored| ignored.line).chain(found).for_each(|line| make(line, line));
    let mut stretches = Vec::new();
    let mut first = 1;
    // One more than there are, so that the last stretch ends, too.
    for line in 1..=lines + 1 {
        if is_made.get(line).copied().unwrap_or(true) {
            if line - first >= SHORTEST_FOLD {
                stretches.push(Stretch { first, last: line - 1 });
            }
            first = line + 1;
        }
    }
    stretches
}

/// Whether nothing was made of it but what it says.
fn is_plain(read: &ReadAs) -> bool {
    matches!(read, ReadAs::Prose | ReadAs::Code | ReadAs::Table | ReadAs::FrontMatter | ReadAs::Html | ReadAs::Layout)
}

/// Rows are lines, and each folded stretch is one.
struct Rows {
    folded: Vec<Stretch>,
}

impl Rows {
    fn total(&self, lines: usize) -> usize {
        lines - self.folded.iter().map(|fold| fold.last - fold.first).sum::<usize>()
    }

    /// The line of a row, or the first of its stretch.
    fn line_at(&self, row: usize) -> usize {
        let mut line = row + 1;
        for fold in &self.folded {
            if line <= fold.first {
                break;
            }
            line += fold.last - fold.first;
        }
        line
    }

    fn row_of(&self, line: usize) -> usize {
        let before = self.folded.iter().take_while(|fold| fold.first < line);
        let hidden: usize = before.map(|fold| fold.last.min(line) - fold.first).sum();
        line.saturating_sub(1) - hidden
    }

    /// The stretch that begins at this line.
    fn fold_at(&self, line: usize) -> Option<Stretch> {
        let at = self.folded.binary_search_by_key(&line, |fold| fold.first).ok()?;
        self.folded.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_lines_lead_to_each_other() {
        let rows = Rows { folded: vec![Stretch { first: 3, last: 5 }, Stretch { first: 8, last: 10 }] };
        let lines: Vec<_> = (0..rows.total(11)).map(|row| rows.line_at(row)).collect();
        assert_eq!(lines, [1, 2, 3, 6, 7, 8, 11]);
        for (row, line) in lines.into_iter().enumerate() {
            assert_eq!(rows.row_of(line), row, "line {line}");
        }
        assert_eq!([4, 5, 10].map(|line| rows.row_of(line)), [2, 2, 5]);
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        assert_eq!(shown("a\tb\u{7}\r"), "a\tb\u{fffd}");
        let long = shown(&"ä".repeat(501));
        assert!(long.ends_with("ää … 501 characters"), "{long}");
        assert_eq!(shown(&"ä".repeat(500)), "ä".repeat(500));
    }

    #[test]
    fn lines_are_counted_as_editors_do() {
        assert_eq!(["a", "a\n", "a\n\n", "a\nb", ""].map(count), [1, 1, 2, 2, 1]);
    }
}
