//! The desktop asks a person for a file, in a window of its own: one question at a time, whatever it is for.
//!
//! Owns: which question is open, and why a second is not put. Must not know: how the desktop asks, nor what comes of an
//! answer.

use super::{Controller, Effect, Out, refused};
use crate::wire::project::export_title;
use crate::wire::{ExportKind, Problem};

/// What the desktop asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// A checklist to open.
    Checklist,
    /// A file that is evidence.
    Evidence,
    /// Where this is to be saved.
    Save(ExportKind),
}

/// The question that is open, if one is.
#[derive(Debug, Default)]
pub(super) struct Asking(Option<Question>);

impl Asking {
    /// Puts a question.
    ///
    /// # Errors
    /// Where another is open: two windows over this one would each wait for the other.
    pub(super) fn begin(&mut self, question: Question) -> Result<(), Problem> {
        let already = match self.0 {
            None => {
                self.0 = Some(question);
                return Ok(());
            }
            Some(Question::Checklist) => "for a checklist".to_owned(),
            Some(Question::Evidence) => "for a file as evidence".to_owned(),
            Some(Question::Save(kind)) => format!("where to save “{}”", export_title(kind)),
        };
        Err(refused(&format!("The desktop is asking {already} already: answer its window first.")))
    }

    /// Whether it is asked where something is to be saved.
    pub(super) fn is_where(&self) -> bool {
        matches!(self.0, Some(Question::Save(_)))
    }

    /// It was answered, or closed.
    pub(super) fn end(&mut self) {
        self.0 = None;
    }
}

impl Controller {
    /// Asks the desktop for a checklist.
    pub(super) fn choose(&mut self, out: &mut Out) -> Result<(), Problem> {
        self.asking.begin(Question::Checklist)?;
        out.effects.push(Effect::AskForFile);
        Ok(())
    }
}
