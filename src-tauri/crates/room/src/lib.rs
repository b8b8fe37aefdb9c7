//! The rules of a deployment room.
//!
//! ```text
//! decide(state, intent, now) -> events -> (journal, synced) -> apply(state, event) -> state
//! ```
//!
//! Owns: what may be done in a room, what it changes, and what must follow outside. Must not know: clocks, files,
//! networks, chance. Time and names come in as arguments; folding the same events always gives the same state.

mod apply;
mod decide;
mod effect;
mod event;
mod intent;
mod refusal;
mod state;

pub use decide::{Decision, decide};
pub use effect::{Effect, SEAL_EVERY, effects};
pub use event::{Event, Opened, Person, Recorded, VERSION, Way};
pub use intent::Intent;
pub use refusal::Refusal;
pub use state::{ContactState, Draft, ItemState, Mark, Mode, Note, Proof, Room, Sent, Standing, Undoable};
