//! How an act is turned down: as a sentence.

use crate::wire::{Problem, ProblemCode};

/// What is answered where an act needs a room.
pub(super) fn no_room() -> Problem {
    refused("No room is open: open a checklist or enter a room first.")
}

/// A problem in one sentence.
pub(super) fn problem(code: ProblemCode, message: String) -> Problem {
    Problem { code, message, detail: None }
}

/// What is refused, and what to do instead.
pub(super) fn refused(message: &str) -> Problem {
    problem(ProblemCode::Refused, message.to_owned())
}
