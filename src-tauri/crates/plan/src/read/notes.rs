//! What the readers noticed on their way, as findings.

use super::quick::put_in_order;
use super::source::Source;
use crate::Finding;
use crate::model::{Level, Range};

/// Collects findings while the text is read.
pub(crate) struct Notes<'a> {
    source: &'a Source<'a>,
    found: Vec<Finding>,
}

/// A finding without its place.
pub(crate) struct Note {
    /// The rule's name ("TIM-01").
    pub(crate) code: &'static str,
    pub(crate) level: Level,
    /// What goes wrong on the day, as a sentence.
    pub(crate) message: String,
    /// How to mend it, as a sentence.
    pub(crate) mend: &'static str,
}

impl<'a> Notes<'a> {
    pub(crate) fn new(source: &'a Source<'a>) -> Self {
        Self { source, found: Vec::new() }
    }

    /// A finding about the whole of a line (from 1).
    pub(crate) fn on_line(&mut self, line: usize, note: Note) {
        let range = self.source.whole_line(line);
        self.at(range, note);
    }

    /// A finding about a stretch.
    pub(crate) fn at(&mut self, range: Range, note: Note) {
        let Note { code, level, message, mend } = note;
        self.found.push(Finding { code, severity: level, range, message, mend: mend.to_owned(), fixable: false });
    }

    /// All findings by their place in the text.
    pub(crate) fn in_order(mut self) -> Vec<Finding> {
        put_in_order(&mut self.found, |finding| (finding.range, finding.code));
        self.found
    }
}
