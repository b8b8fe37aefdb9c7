//! A correction: what is right where an earlier event says otherwise.

use serde::{Deserialize, Serialize};

/// A person says what is right where an event of this log says otherwise. The event stays as it was written, and so does
/// what it did: a correction is for whoever reads the log, and changes no state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The number of the event that it corrects; it may be a correction itself.
    pub event: u64,
    /// What is right.
    pub right: String,
    /// Why that is known, or how it came to be wrong.
    pub why: String,
}
